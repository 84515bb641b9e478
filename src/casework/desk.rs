//! The official's side: the work queue (待办), the desk on which a case lies (案件办理), and what its forms post.

use super::agencies;
use super::model::{CaseList, Desk, Entry, QUEUES, Wanted};
use super::service::{self, File};
use super::store::{self, Whose};
use crate::account::model::{Caller, Role as AccountRole};
use crate::account::store::{accounts_of_authority, find_unit};
use crate::application;
use crate::base::paging::Cursor;
use crate::base::workdays::{Calendar, legal_date};
use crate::base::{say, text};
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::workflow::action::{Ground, Mark};
use crate::workflow::{Action, ActionKind, Party, Role, State};

/// Rows on a page of a queue.
const PAGE: i64 = 20;
/// Counting stops here; beyond, the list says "1000+".
const CAP: i64 = 1000;
/// The most points one notice has; more rows than this are not read.
const MARKS: usize = 200;

/// The actions that name a review agency.
const NAMES_AGENCY: [ActionKind; 4] = [ActionKind::Accept, ActionKind::ConfirmAcceptance, ActionKind::AmendAcceptance, ActionKind::ReplaceAgency];

/// The official who asks, and their authority.
fn official(visit: &Visit) -> Result<(&Caller, &str)> {
    let caller = visit.caller()?;
    let has_duty = caller.duties.iter().any(|duty| Role::of_word(duty).is_some_and(|role| role.party() == Party::Authority));
    let authority = caller.authority_code.as_deref().filter(|_| caller.role == AccountRole::Staff && has_duty);
    Ok((caller, authority.ok_or(AppError::Forbidden)?))
}

/// A page of the authority's cases, the most urgent first.
pub async fn queue(visit: &Visit, filter: &Wanted, cursor: &str, back: bool) -> Result<CaseList> {
    let (caller, authority) = official(visit)?;
    let whose = Whose { authority, handler: filter.mine.then_some(caller.account_id.as_str()) };
    let mut tx = visit.app.db.read().await?;
    let at = if cursor.is_empty() { None } else { Some(Cursor::decode(cursor).ok_or_else(|| AppError::BadRequest("cursor".into()))?) };
    let mut rows = store::queue(&mut tx, whose, filter, at.as_ref(), back, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    if more {
        rows.remove(if back { 0 } else { rows.len() - 1 });
    }
    let (calendar, today) = (Calendar::builtin(), legal_date(visit.now()));
    rows.iter_mut().for_each(|row| row.left = left(row, &calendar, today));
    let count = store::count_queue(&mut tx, whose, filter, CAP).await?;
    let states = store::count_states(&mut tx, whose).await?;
    let of_queue = |states_of: &[State]| states.iter().filter(|(word, _)| states_of.iter().any(|state| state.word() == word)).map(|(_, n)| n).sum();
    let (has_previous, has_next) = if back { (more, true) } else { (at.is_some(), more) };
    let token = |row: Option<&Entry>| row.map(|row| store::cursor(row).encode());
    Ok(CaseList {
        counts: QUEUES.iter().map(|queue| (queue.key.to_owned(), of_queue(queue.states))).collect(),
        count: count.min(CAP),
        capped: count > CAP,
        next: token(rows.last()).filter(|_| has_next),
        previous: token(rows.first()).filter(|_| has_previous),
        rows,
    })
}

/// Working days left to the last day; negative once it has passed.
fn left(entry: &Entry, calendar: &Calendar, today: jiff::civil::Date) -> i64 {
    let Some(due) = entry.due else { return 0 };
    if due < today { -i64::from(calendar.working_days_between(due, today)).max(1) } else { i64::from(calendar.working_days_between(today, due)) }
}

/// A case with everything its page shows and offers, but for the book.
pub async fn desk(visit: &Visit, no: &str) -> Result<Desk> {
    let (caller, _) = official(visit)?;
    let case = service::view(visit, no).await?;
    let mut tx = visit.app.db.read().await?;
    let (file, _) = service::load(visit, &mut tx, no).await?;
    let mut entry = store::find_entry(&mut tx, &file.record.id).await?.ok_or(AppError::NotFound)?;
    entry.state = case.state;
    entry.turn = case.ledger.turn;
    entry.due = case.ledger.due();
    entry.left = left(&entry, &Calendar::builtin(), legal_date(visit.now()));
    let agencies = if NAMES_AGENCY.iter().any(|kind| case.may(*kind)) { agencies::suggest(&mut tx, &file).await? } else { Vec::new() };
    let colleagues = if case.may(ActionKind::HandOver) { accounts_of_authority(&mut tx, &file.record.authority_code).await? } else { Vec::new() };
    let agency = match &file.record.case.agency {
        Some(agency) => find_unit(&mut tx, agency).await?.map(|unit| unit.name).unwrap_or_default(),
        None => String::new(),
    };
    let File { record, facts, .. } = file;
    let others = colleagues.into_iter().filter(|colleague| colleague.id != caller.account_id && !colleague.duties.is_empty());
    Ok(Desk {
        entry,
        version: record.case.version,
        agency,
        review: facts.review,
        corrections: record.case.corrections,
        marks: record.case.marks,
        agencies: agencies.into_iter().map(|agency| (agency.id, format!("{}（{}）", agency.name, agency.reason.get(visit.lang)))).collect(),
        colleagues: others.map(|colleague| (colleague.id, colleague.person_name)).collect(),
        click: ids::token(),
        form: Default::default(),
        case,
    })
}

/// Does what a form of the desk posts: `no`, `seen` (the revision looked at), `click`, `act`, and the action's own answers.
pub async fn act(visit: &Visit, values: &Values) -> Result<Answer> {
    official(visit)?;
    let get = |key: &str| values.get(key).map(|value| text::tidy(value)).unwrap_or_default();
    let no = get("no");
    let seen = get("seen").parse().map_err(|_| AppError::BadRequest("seen".into()))?;
    let action = match ActionKind::of_word(&get("act")) {
        Some(ActionKind::Take) => Action::Take,
        Some(ActionKind::HandOver) => Action::HandOver { to: get("to") },
        Some(ActionKind::Accept) => Action::Accept { agency: agency(&get("agency")) },
        Some(ActionKind::ConfirmAcceptance) => Action::ConfirmAcceptance { agency: agency(&get("agency")) },
        Some(ActionKind::Refuse) => {
            let Some((ground, ..)) = Ground::ALL.into_iter().find(|(_, word, _)| *word == get("ground")) else {
                return Ok(Answer::Told(say("请选择不予受理的情形。", "Choose the ground.")));
            };
            Action::Refuse { ground, reason: get("reason"), right_authority: get("right_authority") }
        }
        Some(ActionKind::RequireCorrection) if get("step") == "more" => return Ok(Answer::Wrong(Vec::new())),
        Some(ActionKind::RequireCorrection) => match marks(visit, &mut visit.app.db.read().await?, &no, values).await? {
            Ok(marks) => Action::RequireCorrection { marks, cause: get("cause") },
            Err(told) => return Ok(Answer::Told(told)),
        },
        Some(ActionKind::AskConsent) => Action::AskConsent { cause: get("cause") },
        Some(ActionKind::Consent) => Action::Consent,
        _ => return Err(AppError::BadRequest("act".into())),
    };
    let click = format!("{}-{}", get("click"), action.kind().word());
    service::act(visit, &no, &click, Some(seen), action).await?;
    Ok(Answer::Go(format!("/cases/{no}")))
}

/// 不委托 is a choice of its own where the authority decides on the review.
fn agency(chosen: &str) -> Option<String> {
    if chosen == "none" { None } else { Some(chosen.to_owned()) }
}

/// The points of a notice as posted, row by row: `place1`, `row1`, `text1`, … An empty row is none; half a row is told.
async fn marks(visit: &Visit, tx: &mut Tx, no: &str, values: &Values) -> Result<std::result::Result<Vec<Mark>, crate::base::Say>> {
    let (file, _) = service::load(visit, tx, no).await?;
    let book = application::service::newest(tx, &file.record.id).await?.ok_or(AppError::NotFound)?;
    let entry = store::find_entry(tx, &file.record.id).await?.ok_or(AppError::NotFound)?;
    let places: Vec<_> = application::book::pages(&entry.category, &entry.kind).into_iter().flat_map(application::book::places).collect();
    let mut marks = Vec::new();
    for n in 1..=MARKS {
        let get = |key: &str| values.get(&format!("{key}{n}")).map(|value| text::tidy(value)).unwrap_or_default();
        let (path, row, what) = (get("place"), get("row"), get("text"));
        if path.is_empty() && what.is_empty() {
            continue;
        }
        let Some(place) = places.iter().find(|place| place.path() == path) else {
            return Ok(Err(say(format!("第 {n} 条没有选择位置。"), format!("Point {n} names no place of the book."))));
        };
        if what.is_empty() {
            return Ok(Err(say(format!("第 {n} 条没有写明问题。"), format!("Point {n} does not say what is wrong."))));
        }
        let path = if row.is_empty() || !place.has_rows {
            path
        } else {
            let rows = book.rows(&path);
            let Some(id) = row.parse::<usize>().ok().and_then(|row| rows.get(row.checked_sub(1)?)) else {
                return Ok(Err(say(
                    format!("第 {n} 条：“{}”只有 {} 行。", place.label.zh, rows.len()),
                    format!("Point {n}: “{}” has {} rows.", place.label.en, rows.len()),
                )));
            };
            format!("{path}/{id}")
        };
        marks.push(Mark { path, text: what });
    }
    Ok(Ok(marks))
}
