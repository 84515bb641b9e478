//! Entering a person's application: which qualification, who decides and why, what stands against it, and the new draft. And
//! what its judgement needs to know.

use super::super::book::{self, Ban, PersonFacts};
use super::super::qualify::{Choice, Decides, Qualify};
use super::super::store::{self, Record};
use super::{Facts, case_facts, practising_unit};
use crate::account::model::{Caller, Role};
use crate::account::service::profile;
use crate::account::store::{Unit, find_practices as find_units, find_unit};
use crate::base::resident_id::ResidentId;
use crate::base::{Say, region, say, text};
use crate::casework::bans;
use crate::casework::service::begin;
use crate::catalogue::conditions::{Applicant, judge};
use crate::catalogue::{self, PERSONNEL, PersonnelCode, PersonnelCodes, Rules};
use crate::error::{AppError, Result};
use crate::form::Doc;
use crate::licence;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::workflow::person::PersonKind;
use crate::workflow::{Action, Case};

/// Units a search offers.
const OFFERED: i64 = 8;
/// The fewest characters to look for.
const SHORTEST: usize = 2;

/// The caller, if they apply in their own name.
fn person(visit: &Visit) -> Result<(&Caller, &str)> {
    let (caller, unit) = visit.unit()?;
    if caller.role == Role::Person { Ok((caller, unit)) } else { Err(AppError::Forbidden) }
}

/// The page for what is chosen so far (选择资格项目).
pub async fn person_picker(visit: &Visit, choice: Choice) -> Result<Qualify> {
    let (caller, unit) = person(visit)?;
    let table = PersonnelCodes::builtin();
    let mut tx = visit.app.db.read().await?;
    let kind = PersonKind::of_word(&choice.kind);
    let code = table.find(&choice.code);
    let (mut decides, mut ask, mut against, mut points) = (None, None, Vec::new(), Vec::new());
    match (kind, code) {
        (Some(kind), Some(code)) => {
            match route(visit, &mut tx, code, &choice.region).await? {
                Ok(found) => decides = Some(found),
                Err(why) => ask = Some(why),
            }
            against = obstacles(visit, &mut tx, caller, unit, code, kind).await?;
            points = catalogue::store::checklist(&mut tx).await?.points(code, kind);
        }
        (None, _) => ask = Some(say("请选择申请类别", "Choose the kind of application")),
        (_, None) => ask = Some(say("请选择项目代号", "Choose a code")),
    }
    let wanted = text::code(&choice.words);
    let fits = |code: &&PersonnelCode| {
        let said = format!("{} {} {} {}", code.code, code.name, code.level, code.item);
        code.decider().is_some() && (wanted.is_empty() || text::code(&said).contains(&wanted))
    };
    Ok(Qualify { codes: table.codes.iter().filter(fits).cloned().collect(), decides, ask, against, points, regions: region::levels(&choice.region), choice })
}

/// Who decides on a code for a place of practice, or what has to be answered first.
async fn route(visit: &Visit, tx: &mut Tx, code: &PersonnelCode, place: &str) -> Result<std::result::Result<Decides, Say>> {
    let catalogue = catalogue::store::current(&visit.app, tx).await?;
    let authorities = catalogue::store::authorities(tx).await?;
    let delegations = catalogue::store::delegations(tx, &visit.app.clock.today().to_string()).await?;
    let rules = Rules { catalogue: &catalogue, authorities: &authorities, delegations: &delegations };
    let found = rules.person(code, place).map_err(|ask| ask.said_to_person());
    Ok(found.map(|part| Decides { authority: part.authority, name: part.name, reason: part.reason }))
}

/// What stands against an application as far as account and register know.
async fn obstacles(visit: &Visit, tx: &mut Tx, caller: &Caller, unit: &str, code: &PersonnelCode, kind: PersonKind) -> Result<Vec<Say>> {
    let today = visit.app.clock.today();
    let about = profile::of_person(&visit.app, tx, &caller.account_id).await?;
    let is_resident = about.get("id_kind").is_some_and(|kind| kind == "resident");
    let id = about.get("id_no").filter(|_| is_resident).and_then(|number| ResidentId::parse(number, today).ok());
    let held = licence::person::known(tx, unit).await?;
    let who = Applicant { born: id.map(|id| id.birth_date()), held: &held, ..Applicant::default() };
    let mut all: Vec<Say> = judge(code, kind, &who, today).iter().map(|finding| finding.say()).collect();
    all.extend(bans::of_unit(tx, unit, PERSONNEL, today).await?.iter().map(Ban::said));
    Ok(all)
}

/// Makes a draft of what is chosen, prefilled, and leads to its first page.
pub async fn create_person(visit: &Visit, choice: Choice) -> Result<Answer> {
    person(visit)?;
    let page = person_picker(visit, choice).await?;
    if let Some(why) = page.ask.into_iter().chain(page.against).next() {
        return Ok(Answer::Told(why));
    }
    let table = PersonnelCodes::builtin();
    let chosen = table.find(&page.choice.code).cloned().zip(PersonKind::of_word(&page.choice.kind)).zip(page.decides);
    let Some(((code, kind), decides)) = chosen else { return Err(AppError::BadRequest("choice".into())) };
    let (seat, place) = (visit.clone(), page.choice.region);
    let no = visit.app.db.write(move |tx| Box::pin(async move { create_in(&seat, tx, code, kind, decides, place).await })).await?;
    Ok(Answer::Go(format!("/applications/{no}")))
}

async fn create_in(visit: &Visit, tx: &mut Tx, code: PersonnelCode, kind: PersonKind, decides: Decides, place: String) -> Result<String> {
    let (caller, unit) = person(visit)?;
    let now = visit.now();
    let Unit { id: unit_id, name: unit_name, code: unit_code, .. } = find_unit(tx, unit).await?.ok_or(AppError::NotFound)?;
    let places = if place.is_empty() { Vec::new() } else { vec![book::Address { region: place, address: String::new() }] };
    let record = Record {
        id: ids::new(now),
        no: super::entry::new_no(visit, tx).await?,
        unit_id,
        unit_name,
        unit_code,
        category: PERSONNEL.to_owned(),
        kind: kind.word().to_owned(),
        catalogue_version: catalogue::store::current(&visit.app, tx).await?.version.clone(),
        authority_code: decides.authority,
        authority_name: decides.name,
        item_labels: format!("{} {}", code.code, code.name),
        items: vec![code.code],
        facts: Facts { addresses: places, reason: Some(decides.reason), ..Facts::default() },
        employers: Vec::new(),
        case: Case::default(),
        revision: 0,
        created_at: now,
        changed_at: now,
    };
    store::insert(tx, &record).await?;
    let facts = case_facts(visit, tx, &record).await?;
    let about = profile::of_person(&visit.app, tx, &caller.account_id).await?;
    let values = book::prefill(&about, &facts, visit.app.clock.today());
    super::entry::fill(visit, tx, &record, super::entry::all(values)).await?;
    begin(visit, tx, &record.no, Action::CreatePerson { kind }).await?;
    visit.audit(tx, "create", &record.no, &record.item_labels).await?;
    Ok(record.no)
}

/// What judgement needs to know of a person's application beside any other's.
pub(super) async fn facts(tx: &mut Tx, record: &Record) -> Result<Option<PersonFacts>> {
    let code = record.items.first().and_then(|code| PersonnelCodes::builtin().find(code).cloned());
    let Some((code, kind)) = code.zip(PersonKind::of_word(&record.kind)) else { return Ok(None) };
    let held = licence::person::known(tx, &record.unit_id).await?;
    let practises_at = match licence::person::practice_of(tx, &record.unit_id).await? {
        Some(unit) => find_unit(tx, &unit).await?.map(|unit| (unit.name, unit.code)),
        None => None,
    };
    let points = catalogue::store::checklist(tx).await?.points(&code, kind);
    Ok(Some(PersonFacts { code, kind, held, practice: None, practises_at, points }))
}

/// The registered unit that a book names, by name and code: by its code, or by its whole name where no code is given.
pub(super) async fn practice(tx: &mut Tx, doc: &Doc) -> Result<Option<(String, String)>> {
    if let Some(unit) = practising_unit(tx, doc).await? {
        return Ok(Some((unit.name, unit.code)));
    }
    let name = doc.get(super::PRACTICE_ORG);
    if name.is_empty() || !doc.get(super::PRACTICE_CODE).is_empty() {
        return Ok(None);
    }
    Ok(find_units(tx, name, OFFERED).await?.into_iter().find(|(known, _)| text::same_name(known, name)))
}

/// The number of another application of this person for the same code.
pub(super) async fn open_elsewhere(tx: &mut Tx, record: &Record) -> Result<Option<String>> {
    if record.category == PERSONNEL { store::open_for_codes(tx, record).await } else { Ok(None) }
}

/// Registered units whose name holds this, or whose code it is, for 执业单位: name and code.
pub async fn find_practices(visit: &Visit, typed: &str) -> Result<Vec<(String, String)>> {
    person(visit)?;
    if text::tidy(typed).chars().count() < SHORTEST {
        return Ok(Vec::new());
    }
    find_units(&mut visit.app.db.read().await?, &text::tidy(typed), OFFERED).await
}
