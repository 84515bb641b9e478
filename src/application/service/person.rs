//! Entering a person's application: which qualification, who decides and why, what stands against it, and the new draft. And
//! what its judgement needs to know.

use super::super::book::persons::NEW_ID_NO;
use super::super::book::{self, Ban, OtherPractice, PersonFacts};
use super::super::qualify::{Choice, Decides, Qualify};
use super::super::store::{self, Record};
use super::practice::{FORMER_ORG, OFFERED, PRACTICE_CODE, PRACTICE_ORG, practising_unit, unit_named};
use super::{Facts, case_facts};
use crate::account::model::{Caller, Role};
use crate::account::service::profile;
use crate::account::store::{Unit, find_practices as find_units, find_unit, members_of};
use crate::base::resident_id::ResidentId;
use crate::base::{Say, region, say, text};
use crate::casework::bans;
use crate::casework::service::begin;
use crate::catalogue::checklist::Points;
use crate::catalogue::conditions::{Applicant, judge};
use crate::catalogue::{self, PERSONNEL, PersonnelCode, PersonnelCodes, Rules};
use crate::error::{AppError, Result};
use crate::form::{Doc, Values};
use crate::licence;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::workflow::person::PersonKind;
use crate::workflow::{Action, Case};

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
            // Whoever goes on before the last of the selects was heard would lose it.
            if !choice.region.is_empty() && !region::is_deepest(&choice.region) {
                against.push(say("请把执业所在地选到最后一级（区、县）", "Choose the place of practice down to the last level (district)"));
            }
            points = catalogue::store::setting::<Points>(&mut tx).await?.points(code, kind);
        }
        (None, _) => ask = Some(say("请选择申请类别", "Choose the kind of application")),
        (_, None) => ask = Some(say("请选择项目代号", "Choose a code")),
    }
    let fits = |code: &&PersonnelCode| code.decider().is_some() && text::holds_words(&code.words(), &choice.words);
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
pub(super) async fn facts(tx: &mut Tx, record: &Record, others: &[Record]) -> Result<Option<PersonFacts>> {
    let code = record.items.first().and_then(|code| PersonnelCodes::builtin().find(code).cloned());
    let Some((code, kind)) = code.zip(PersonKind::of_word(&record.kind)) else { return Ok(None) };
    let held = licence::person::known(tx, &record.unit_id).await?;
    let practises_at = match licence::person::practice_of(tx, &record.unit_id).await? {
        Some((unit, name)) => Some(find_unit(tx, &unit).await?.map_or((name, String::new()), |unit| (unit.name, unit.code))),
        None => None,
    };
    let points = catalogue::store::setting::<Points>(tx).await?.points(&code, kind);
    let mut elsewhere = Vec::new();
    for other in others {
        let doc = store::cells_at(tx, &other.id, &[PRACTICE_ORG, PRACTICE_CODE]).await?;
        let (name, code) = (doc.get(PRACTICE_ORG).to_owned(), text::code(doc.get(PRACTICE_CODE)));
        elsewhere.extend((!name.is_empty()).then(|| OtherPractice { no: other.no.clone(), name, code }));
    }
    Ok(Some(PersonFacts { code, kind, held, practice: None, practises_at, former: None, elsewhere, points, is_anothers: false }))
}

/// What a person's draft shows of the account and nobody types, as the account has it now: it may have been corrected since.
pub(super) async fn as_now(visit: &Visit, tx: &mut Tx, record: &Record) -> Result<Values> {
    let account = if record.category == PERSONNEL { members_of(tx, &record.unit_id).await?.into_iter().next() } else { None };
    let Some(account) = account else { return Ok(Values::new()) };
    let about = profile::of_person(&visit.app, tx, &account.id).await?;
    let shown = super::pages(record).into_iter().flat_map(|page| page.fields()).filter(|(_, field)| field.fixed);
    Ok(shown.filter_map(|(path, field)| Some((path, about.get(field.from_profile)?.clone()))).collect())
}

/// The registered unit that a book names, by name and code.
pub(super) async fn practice(tx: &mut Tx, doc: &Doc) -> Result<Option<(String, String)>> {
    Ok(practising_unit(tx, doc).await?.map(|unit| (unit.name, unit.code)))
}

/// Whether the number of the new document that the book of a 变更 gives is another registered person's.
pub(super) async fn is_anothers(visit: &Visit, tx: &mut Tx, record: &Record, doc: &Doc) -> Result<bool> {
    let number = text::code(doc.get(NEW_ID_NO));
    Ok(!number.is_empty() && profile::is_anothers(&visit.app, tx, &record.unit_id, &number).await?)
}

/// The registered unit that the book of a 变更 says is left, by name and code.
pub(super) async fn former(tx: &mut Tx, doc: &Doc) -> Result<Option<(String, String)>> {
    Ok(unit_named(tx, doc.get(FORMER_ORG)).await?.map(|unit| (unit.name, unit.code)))
}

/// This person's other applications that are under way.
pub(super) async fn others(tx: &mut Tx, record: &Record) -> Result<Vec<Record>> {
    if record.category == PERSONNEL { store::others_under_way(tx, &record.unit_id, PERSONNEL, &record.id).await } else { Ok(Vec::new()) }
}

/// Whether a person has an application under way, from submission until the register knows what came of it.
pub async fn is_under_way(tx: &mut Tx, unit_id: &str) -> Result<bool> {
    Ok(!store::others_under_way(tx, unit_id, PERSONNEL, "").await?.is_empty())
}

/// Registered units whose name holds this, or whose code it is, for 执业单位: name and code.
pub async fn find_practices(visit: &Visit, typed: &str) -> Result<Vec<(String, String)>> {
    person(visit)?;
    if text::tidy(typed).chars().count() < SHORTEST {
        return Ok(Vec::new());
    }
    find_units(&mut visit.app.db.read().await?, &text::tidy(typed), OFFERED).await
}
