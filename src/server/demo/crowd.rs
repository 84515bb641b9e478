//! As many cases as are wanted (`xuke demo --cases N`), spread over authorities, stages and days: for figures and for trying
//! out. Each has a unit of its own with an account; what happened to it went through `workflow::step`, so that its record is
//! as whole as any. Rows are stored many at a time.

mod story;

use self::story::{Plan, STAGES, When, Who};
use super::{DAY, PASSWORD};
use crate::account::model::Role as AccountRole;
use crate::account::service::new_account;
use crate::account::store::{Account, Unit, insert_account, insert_accounts, insert_unit, insert_units};
use crate::application::frozen::{Frozen, FrozenPage, FrozenPart, FrozenValue, SCHEMA};
use crate::application::store::{self, Record, Version};
use crate::base::region::{self, province_code};
use crate::base::workdays::{Calendar, legal_date};
use crate::base::{CreditCode, say};
use crate::casework::agencies::model::{KINDS, Reviewer};
use crate::casework::agencies::store as agencies;
use crate::casework::store as casework;
use crate::catalogue::{self, Authority, AuthorityLevel, Catalogue, Decider, Item, limits_for};
use crate::error::{AppError, Result};
use crate::server::app::App;
use crate::server::db::Tx;
use crate::server::ids;
use crate::workflow::action::Window;
use crate::workflow::{self, Action, Actor, Case, Context, Event, Facts, Review, Role, timed};
use jiff::{ToSpan, civil::Date};
use std::sync::Arc;

/// Cases stored in one change.
const BATCH: usize = 500;
/// Officials (`clerk01` …) and applicants with a draft (`firm000000` …), as many as the figures ask for.
pub const CLERKS: usize = 50;
pub const DRAFTS: usize = 200;
/// An agency's reviewers, and how many cases each more of them is for.
const REVIEWERS: usize = 40;
const FOR_EACH: usize = 400;
/// The place among the authorities of the one that has most to do.
const BUSY: usize = 1;

/// An authority with its people.
struct Office {
    authority: Authority,
    items: Vec<Item>,
    clerks: Vec<String>,
    chief: String,
    /// Its agency among all.
    agency: usize,
    cities: Vec<(String, String)>,
}

/// The review agency of a province, and how many of its reviewers' days are given away.
struct Agency {
    id: String,
    lead: String,
    reviewers: Vec<String>,
    ahead: i64,
    behind: i64,
}

impl Agency {
    /// The next free day of one of its reviewers; nobody gets the same twice.
    fn slot(&mut self, when: When, spread: i64, today: Date) -> (String, Date) {
        let count = i64::try_from(self.reviewers.len()).unwrap_or(1);
        let (nth, day) = match when {
            When::Ahead => (self.ahead, 2 + self.ahead / count),
            When::Behind => (self.behind, -2 - self.behind / count),
            When::LongAgo => (spread, -20 - spread % 300),
        };
        match when {
            When::Ahead => self.ahead += 1,
            When::Behind => self.behind += 1,
            When::LongAgo => {}
        }
        let reviewer = self.reviewers[usize::try_from(nth % count).unwrap_or(0)].clone();
        (reviewer, today.checked_add(day.days()).unwrap_or(today))
    }
}

struct World {
    app: Arc<App>,
    catalogue: Arc<Catalogue>,
    calendar: Calendar,
    hash: String,
    offices: Vec<Office>,
    agencies: Vec<Agency>,
}

/// Stores so many cases beside the story.
pub async fn load(app: &Arc<App>, count: usize) -> Result<()> {
    let hash = crate::account::password::hash(PASSWORD.to_owned()).await?;
    let seat = app.clone();
    let mut world = app.db.write(move |tx| Box::pin(async move { settle(seat, tx, hash, count).await })).await?;
    for from in (0..count).step_by(BATCH) {
        let to = count.min(from + BATCH);
        world = app.db.write(move |tx| Box::pin(async move { batch(tx, world, from..to).await })).await?;
    }
    Ok(())
}

/// Agencies, officials, and what each authority decides on.
async fn settle(app: Arc<App>, tx: &mut Tx, hash: String, count: usize) -> Result<World> {
    let catalogue = catalogue::store::current(&app, tx).await?;
    let authorities = catalogue::store::authorities(tx).await?;
    let mut world = World { app, catalogue, calendar: Calendar::builtin(), hash, offices: Vec::new(), agencies: Vec::new() };
    let mut provinces: Vec<String> = Vec::new();
    for authority in authorities.into_iter().filter(|authority| authority.level != AuthorityLevel::Delegated) {
        let (decider, province) = match authority.level {
            AuthorityLevel::National => (Decider::National, "110000".to_owned()),
            // 新疆生产建设兵团 is no region.
            _ if authority.code == "660000" => (Decider::Provincial, "650000".to_owned()),
            _ => (Decider::Provincial, province_code(&authority.code)),
        };
        let agency = match provinces.iter().position(|known| *known == province) {
            Some(known) => known,
            None => {
                let agency = found(tx, &world, &province, REVIEWERS + count / FOR_EACH).await?;
                world.agencies.push(agency);
                provinces.push(province.clone());
                provinces.len() - 1
            }
        };
        let chief = Account {
            authority_code: Some(authority.code.clone()),
            duties: words(&["approver", "supervisor"]),
            ..world.account(AccountRole::Staff, &format!("chief{}", authority.code), "主管")
        };
        insert_account(tx, &chief).await?;
        let items = world.catalogue.items.iter().filter(|item| item.decider(None) == Some(decider) && catalogue::category_of(item).is_some());
        let items = items.cloned().collect();
        world.offices.push(Office { authority, items, clerks: Vec::new(), chief: chief.id, agency, cities: cities(&province) });
    }
    for n in 0..CLERKS {
        let at = n % world.offices.len();
        let code = world.offices[at].authority.code.clone();
        let clerk = world.account(AccountRole::Staff, &format!("clerk{n:02}"), "经办");
        let clerk = Account { authority_code: Some(code), duties: words(&["acceptance", "examiner", "certificate"]), ..clerk };
        insert_account(tx, &clerk).await?;
        world.offices[at].clerks.push(clerk.id);
    }
    Ok(world)
}

fn words(duties: &[&str]) -> Vec<String> {
    duties.iter().map(|duty| (*duty).to_owned()).collect()
}

/// Cities of a province by code and short name.
fn cities(province: &str) -> Vec<(String, String)> {
    let whole = region::province_of(province).map(|province| province.name.clone()).unwrap_or_default();
    let city = |r: &region::Region| {
        let name = if r.name.ends_with('市') { &r.name } else { &whole };
        (r.code.clone(), name.trim_end_matches(['市', '省']).to_owned())
    };
    let cities: Vec<(String, String)> = region::children(province).iter().map(city).collect();
    if cities.is_empty() { vec![(province.to_owned(), whole)] } else { cities }
}

/// Founds the review agency of a province.
async fn found(tx: &mut Tx, world: &World, province: &str, reviewers: usize) -> Result<Agency> {
    let now = world.app.clock.now();
    let name = region::province_of(province).map(|province| province.name.clone()).unwrap_or_default();
    let unit = Unit {
        id: ids::new(now),
        kind: "agency".to_owned(),
        name: format!("{name}模拟鉴定评审中心"),
        code: code("12", province, 9_000_000),
        unit_type: "other".to_owned(),
        region: province.to_owned(),
        created_at: now,
        ..Unit::default()
    };
    insert_unit(tx, &unit).await?;
    let lead = Account { unit_id: Some(unit.id.clone()), ..world.account(AccountRole::Owner, &format!("agency{province}"), "评审负责人") };
    insert_account(tx, &lead).await?;
    let kinds: Vec<String> = KINDS.iter().map(|kind| kind.key.to_owned()).collect();
    for kind in &kinds {
        agencies::set_competence(tx, &unit.id, kind, &[province.to_owned()]).await?;
    }
    let mut labels = Vec::new();
    for n in 0..reviewers {
        let number = format!("PS-{}-{n:03}", &province[..2]);
        let reviewer = Reviewer { id: ids::new(now), name: person(n), number, kinds: kinds.clone(), is_active: true };
        agencies::insert_reviewer(tx, &unit.id, &reviewer, now).await?;
        labels.push(reviewer.label());
    }
    Ok(Agency { id: unit.id, lead: lead.id, reviewers: labels, ahead: 0, behind: 0 })
}

/// A credit code whose check digit is right.
fn code(kind: &str, region: &str, n: usize) -> String {
    let body = format!("{kind}{region}D{n:07}0");
    let checks = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars().map(|check| format!("{body}{check}"));
    checks.into_iter().find(|code| CreditCode::parse(code).is_ok()).unwrap_or_default()
}

fn person(n: usize) -> String {
    let pick = |list: &str, n: usize| list.chars().nth(n % list.chars().count()).unwrap_or('王');
    format!("{}{}{}", pick("王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗", n), pick("志建文晓明海国永家春", n / 20), pick("强伟军敏静丽涛超勇艳杰", n / 7))
}

/// The name of the n-th unit: city, made-up mark, trade.
fn firm(city: &str, kind: &str, n: usize) -> String {
    let pick = |list: &str, n: usize| list.chars().nth(n % list.chars().count()).unwrap_or('华');
    let marks =
        (pick("恒瑞鼎安宏盛联昌兴泰嘉信华润德通达博远卓", n), pick("源达科力成业峰泽辉阳腾航程明基锐元和庆丰", n / 20), pick("一正大新中东南西北金", n / 400));
    format!("{city}{}{}{}{kind}有限公司", marks.0, marks.1, marks.2)
}

/// What of a case is stored beside its record.
struct Made {
    /// The unit with its owner, where it is new.
    fresh: Option<(Unit, Account)>,
    owner: String,
    record: Record,
    version: Option<Version>,
    events: Vec<Event>,
    facts: Facts,
    booking: Option<(String, Vec<String>, Window)>,
}

async fn batch(tx: &mut Tx, mut world: World, range: std::ops::Range<usize>) -> Result<World> {
    let mut made = Vec::new();
    for n in range {
        made.push(world.case(tx, n).await?);
        if let (true, Some(Made { fresh: Some((unit, owner)), .. })) = (n < DRAFTS, made.last()) {
            let draft = world.draft(tx, n, unit, owner).await?;
            made.push(draft);
        }
    }
    let (units, owners): (Vec<Unit>, Vec<Account>) = made.iter_mut().filter_map(|made| made.fresh.take()).unzip();
    insert_units(tx, &units).await?;
    insert_accounts(tx, &owners).await?;
    store::insert_all(tx, &made.iter().map(|made| made.record.clone()).collect::<Vec<_>>()).await?;
    let clicks: Vec<String> = made.iter().map(|made| format!("demo-{}", made.record.no)).collect();
    let versions = made.iter().zip(&clicks).filter_map(|(made, click)| {
        let version = made.version.as_ref()?;
        Some((made.record.id.as_str(), click.as_str(), version, made.owner.as_str()))
    });
    store::insert_versions(tx, &versions.collect::<Vec<_>>()).await?;
    let mut links = Vec::new();
    for made in &made {
        links.extend(casework::chain(&made.record.id, 0, String::new(), &made.events, &casework::Click::default())?);
    }
    casework::insert(tx, links).await?;
    let now = world.app.clock.now();
    for made in made {
        let case = &made.record.case;
        let ctx = Context { now, calendar: &world.calendar, facts: &made.facts, ban: None, bookings: &[] };
        let due = workflow::ledger(case, &made.facts, &world.calendar, legal_date(now)).due();
        let wake = timed::coming(case, &ctx).map(|(at, _)| at);
        casework::project(tx, &made.record.id, case, due, wake, made.record.changed_at).await?;
        if let Some((agency, reviewers, window)) = made.booking {
            casework::book(tx, &made.record.id, &agency, &reviewers, Some(window)).await?;
        }
    }
    Ok(world)
}

impl World {
    fn account(&self, role: AccountRole, username: &str, name: &str) -> Account {
        Account { person_name: name.to_owned(), ..new_account(&self.app, role, username, self.hash.clone()) }
    }

    /// The n-th case with its unit.
    async fn case(&mut self, tx: &mut Tx, n: usize) -> Result<Made> {
        let now = self.app.clock.now();
        // Every fourth goes to one authority: some have more to do than others.
        let (at, round) = if n.is_multiple_of(4) { (BUSY % self.offices.len(), n / 4) } else { (n % self.offices.len(), n / self.offices.len()) };
        let stage = STAGES[round % STAGES.len()];
        let spread = i64::try_from(round / STAGES.len()).unwrap_or(0);
        let today = legal_date(now);
        let agency = self.offices[at].agency;
        let (reviewer, review) = stage.review().map_or_else(|| (String::new(), today), |when| self.agencies[agency].slot(when, spread, today));
        let (office, agency) = (&self.offices[at], &self.agencies[agency]);
        let (clerk, item) = (office.clerks[round % office.clerks.len()].clone(), office.items[round % office.items.len()].clone());
        let (region, city) = office.cities[round % office.cities.len()].clone();
        let plan = Plan { stage, spread, now, review, agency: &agency.id, reviewer: &reviewer };
        let actors = |who: Who, owner: &str| match who {
            Who::Applicant => Actor::of_unit(owner, true, true),
            Who::Officer => Actor { account: clerk.clone(), roles: vec![Role::Acceptance, Role::Examiner, Role::Certificate] },
            Who::Chief => Actor { account: office.chief.clone(), roles: vec![Role::Approver, Role::Supervisor] },
            Who::Agency => Actor { account: agency.lead.clone(), roles: vec![Role::AgencyLead, Role::Reviewer] },
        };
        let unit = Unit {
            id: ids::new(now),
            kind: "enterprise".to_owned(),
            name: firm(&city, &item.equipment_kind, n),
            code: code("91", &region, n),
            unit_type: "company".to_owned(),
            region,
            created_at: plan.handed_in() - 30 * DAY,
            ..Unit::default()
        };
        let owner = self.account(AccountRole::Owner, &format!("firm{n:06}"), &person(n));
        let owner = Account { mobile: format!("138{n:08}"), unit_id: Some(unit.id.clone()), ..owner };
        let created = plan.handed_in() - 2 * DAY;
        let mut record = self.record(tx, &unit, office, &item, created).await?;
        let facts = Facts { reviewers: vec![plan.reviewer.to_owned()], ..self.facts(&record, &item) };
        let book = book(&record, &unit, office, &item);
        let sha256 = ids::digest(&book.hashed_text());
        let body = serde_json::to_string(&book).unwrap_or_default();
        let mut events = vec![Event { at: created, by: owner.id.clone(), role: Role::Filler, action: Action::Create }];
        record.case.apply(&events[0]);
        for step in plan.steps(&sha256) {
            let ctx = Context { now: step.at, calendar: &self.calendar, facts: &facts, ban: None, bookings: &[] };
            let more = workflow::step(&record.case, &actors(step.who, &owner.id), &step.action, &ctx).map_err(|no| AppError::Refused(no.say))?;
            more.iter().for_each(|event| record.case.apply(event));
            record.changed_at = step.at;
            events.extend(more);
        }
        let booking = record.case.appointment.clone().filter(|_| record.case.state.is_open());
        let booking = booking.map(|appointment| (plan.agency.to_owned(), appointment.reviewers, appointment.window));
        let version = Some(Version { version: 1, sha256, body, submitted_at: plan.handed_in() });
        Ok(Made { owner: owner.id.clone(), fresh: Some((unit, owner)), record, version, events, facts, booking })
    }

    /// A draft of a unit.
    async fn draft(&self, tx: &mut Tx, n: usize, unit: &Unit, owner: &Account) -> Result<Made> {
        let office = &self.offices[n % self.offices.len()];
        let now = self.app.clock.now();
        let item = office.items[0].clone();
        let mut record = self.record(tx, unit, office, &item, now).await?;
        let events = vec![Event { at: now, by: owner.id.clone(), role: Role::Filler, action: Action::Create }];
        record.case.apply(&events[0]);
        Ok(Made { fresh: None, owner: owner.id.clone(), facts: self.facts(&record, &item), record, version: None, events, booking: None })
    }

    async fn record(&self, tx: &mut Tx, unit: &Unit, office: &Office, item: &Item, created: i64) -> Result<Record> {
        let day = legal_date(created).to_string().replace('-', "");
        let number = crate::server::counter::next(tx, &format!("application/{day}")).await?;
        Ok(Record {
            id: ids::new(created),
            no: format!("{day}{number:06}"),
            unit_id: unit.id.clone(),
            unit_name: unit.name.clone(),
            unit_code: unit.code.clone(),
            category: catalogue::category_of(item).map_or("", |category| category.key).to_owned(),
            kind: catalogue::Kind::First.key().to_owned(),
            catalogue_version: self.catalogue.version.clone(),
            authority_code: office.authority.code.clone(),
            authority_name: office.authority.name.clone(),
            items: vec![item.id.clone()],
            item_labels: item.label(),
            facts: crate::application::service::Facts::default(),
            employers: Vec::new(),
            case: Case::default(),
            revision: 0,
            created_at: created,
            changed_at: created,
        })
    }

    fn facts(&self, record: &Record, item: &Item) -> Facts {
        Facts::of(&record.unit_id, &record.items, Review::Needed, limits_for(catalogue::Kind::First, &[item]))
    }
}

/// A book with little in it, frozen as any.
fn book(record: &Record, unit: &Unit, office: &Office, item: &Item) -> Frozen {
    let value = |key: &str, zh: &'static str, en: &'static str, shown: &str| FrozenValue {
        path: format!("basic/{key}"),
        label: say(zh, en),
        shown: say(shown.to_owned(), shown.to_owned()),
        sealed: String::new(),
        digest: String::new(),
        chosen: String::new(),
    };
    let values = vec![
        value("org_name", "单位名称", "Name", &unit.name),
        value("uscc", "统一社会信用代码", "Unified social credit code", &unit.code),
        value("items", "申请项目", "Items", &item.label()),
        value("fax", "传真", "Fax", "0000000"),
    ];
    let title = || say("申请单位基本情况", "The applicant");
    Frozen {
        schema: SCHEMA,
        no: record.no.clone(),
        version: 1,
        unit_name: unit.name.clone(),
        unit_code: unit.code.clone(),
        category: catalogue::category(&record.category).map_or_else(|| say("", ""), |category| category.name.into()),
        kind: say("首次", "First"),
        authority: office.authority.name.clone(),
        catalogue_version: record.catalogue_version.clone(),
        pages: vec![FrozenPage { key: "basic".into(), title: title(), parts: vec![FrozenPart::Group { title: title(), values }] }],
    }
}
