//! Use cases around examinations: what the public reads, what a body arranges. Each checks whose session it is.

mod marks;
mod seats;
mod sessions;

pub use marks::{answer_complaint, enter, import, publish, report, sheet};
pub use seats::{cancel, sign_up};
pub use sessions::{add_session, call_off, change_session};

use super::model::{ABSENT, Board, CHANGE, Candidate, MyCase, Passed, Session, SessionFile, Sessions, key_of};
use super::store::{self, SeatRow};
use crate::account::filled::Filled;
use crate::account::model::Caller;
use crate::account::store::find_unit;
use crate::base::say;
use crate::base::text::url_escape;
use crate::casework::service::load;
use crate::catalogue::routing::provincial_code;
use crate::catalogue::{self, Authority, PersonnelCodes};
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::ui::form::FormState;
use crate::workflow::action::Score;
use crate::workflow::{ActionKind, Party};
use jiff::ToSpan;
use jiff::civil::Date;

/// How long a list of those who passed is public, in days: a setting of ours, no rule names one.
const LIST_DAYS: i32 = 365;
const DAY_MS: i64 = 24 * 3_600_000;

/// The member of an examination body who asks, and the body.
fn member(visit: &Visit) -> Result<(&Caller, &str)> {
    let (caller, unit) = visit.unit()?;
    if caller.unit_kind == "exam-body" { Ok((caller, unit)) } else { Err(AppError::Forbidden) }
}

/// The body of a member who may change things.
fn writer(visit: &Visit) -> Result<String> {
    let (caller, body) = member(visit)?;
    if caller.may_write() { Ok(body.to_owned()) } else { Err(AppError::Forbidden) }
}

/// A body's own session; another's does not exist.
async fn owned(tx: &mut Tx, body: &str, id: &str) -> Result<Session> {
    store::find_session(tx, id).await?.filter(|session| session.body_id == body).ok_or(AppError::NotFound)
}

/// Back to the page of a session, which says that it was done.
fn back(session: &str) -> Answer {
    Answer::Go(format!("/exam/sessions/{}?saved=1", url_escape(session)))
}

/// The plans of this year and later, the sessions that can be signed up for, and the reader's own cases.
pub async fn board(visit: &Visit) -> Result<Board> {
    let mut tx = visit.app.db.read().await?;
    let today = visit.app.clock.today();
    let unit = visit.caller.as_ref().filter(|caller| caller.unit_kind == "person").and_then(|caller| caller.unit_id.clone());
    let mut cases = Vec::new();
    for no in match &unit {
        Some(unit) => store::cases_of(&mut tx, unit).await?,
        None => Vec::new(),
    } {
        cases.extend(my_case(visit, &mut tx, no).await?);
    }
    Ok(Board {
        plans: store::plans(&mut tx, today.year(), None).await?,
        sessions: store::open_sessions(&mut tx, today).await?,
        published: store::published_sessions(&mut tx, before(today, LIST_DAYS + 100), visit.now() - i64::from(LIST_DAYS) * DAY_MS).await?,
        cases,
        click: ids::incident(),
        state: FormState::default(),
    })
}

/// The list of those who passed at a session (合格人员名单), public for a year.
pub async fn passed(visit: &Visit, id: &str) -> Result<Passed> {
    let mut tx = visit.app.db.read().await?;
    let session = store::find_session(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let since = visit.now() - i64::from(LIST_DAYS) * DAY_MS;
    let public: Vec<SeatRow> =
        store::seats(&mut tx, id).await?.into_iter().filter(|row| row.published_at.is_some_and(|published| published >= since)).collect();
    if public.is_empty() {
        return Err(AppError::NotFound);
    }
    let has_passed = |row: &SeatRow| {
        let sat = row.case.person.as_ref().and_then(|person| person.sittings.iter().find(|sitting| sitting.session == id));
        sat.is_some_and(|sitting| sitting.failed().next().is_none())
    };
    let rows = public.into_iter().filter(has_passed).map(|row| (row.nth, row.name, row.codes)).collect();
    Ok(Passed { session, rows })
}

/// So many days before a day.
fn before(today: Date, days: i32) -> Date {
    today.saturating_sub(days.days())
}

/// A case, if its owner has something to do with an examination now.
async fn my_case(visit: &Visit, tx: &mut Tx, no: String) -> Result<Option<MyCase>> {
    let (file, actor) = load(visit, tx, &no).await?;
    let available = file.available(&actor, visit.now());
    let (may_sign_up, may_cancel) = (available.contains(&ActionKind::SignUp), available.contains(&ActionKind::CancelSignUp));
    let Some(person) = &file.record.case.person else { return Ok(None) };
    if !may_sign_up && person.seat.is_none() {
        return Ok(None);
    }
    let only_body = file.record.case.agency.clone().filter(|_| may_sign_up && !person.sittings.is_empty());
    let (codes, revision, seat) = (file.record.items.clone(), file.record.case.revision, person.seat.clone());
    Ok(Some(MyCase { no, codes, revision, may_sign_up, may_cancel, seat, only_body }))
}

/// The sessions and plans of the caller's body.
pub async fn sessions(visit: &Visit) -> Result<Sessions> {
    let (caller, body) = member(visit)?;
    let mut tx = visit.app.db.read().await?;
    let region = find_unit(&mut tx, body).await?.map(|unit| unit.region).unwrap_or_default();
    let province = provincial_code(&region);
    // Those that the province or the national authority delegated to decide in their name (行政许可法 art. 24).
    let deciding = |code: &str| code == province || code == Authority::NATIONAL;
    let all = catalogue::store::authorities(&mut tx).await?.into_iter();
    let ours = all.filter(|authority| deciding(&authority.code) || authority.delegated_by.as_deref().is_some_and(deciding));
    let ours: Vec<String> = ours.map(|authority| authority.code).collect();
    Ok(Sessions {
        rows: store::sessions_of(&mut tx, body).await?,
        plans: store::plans(&mut tx, visit.app.clock.today().year(), Some(body)).await?,
        waiting: store::waiting(&mut tx, body, &ours).await?,
        may_edit: caller.may_write(),
        plan: FormState::default(),
        session: FormState::default(),
    })
}

/// Publishes the plan of a year (TSG Z8001-2019 art. 28).
pub async fn publish_plan(visit: Visit, filled: Filled) -> Result<Answer> {
    let body = writer(&visit)?;
    let mut issues = filled.issues(&visit);
    let year = filled.get("year").parse::<i16>().unwrap_or_default();
    if issues.is_empty() && year < visit.app.clock.today().year() {
        issues.push(filled.issue("year", say("这个年度已经过去", "This year has passed")));
    }
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            store::set_plan(tx, &body, year, &filled.get("text"), seat.now()).await?;
            seat.audit(tx, "publish-exam-plan", &body, &year.to_string()).await
        })
    });
    change.await?;
    Ok(Answer::Go("/exam/sessions?saved=1".to_owned()))
}

/// A session of the caller's body with its candidates.
pub async fn session(visit: &Visit, id: &str) -> Result<SessionFile> {
    let (caller, body) = member(visit)?;
    let mut tx = visit.app.db.read().await?;
    let session = owned(&mut tx, body, id).await?;
    let rows = store::seats(&mut tx, id).await?;
    let is_marked = rows.iter().any(|row| row.published_at.is_some());
    let candidates = rows.iter().map(|row| candidate(id, row)).collect();
    let has_come = session.day <= visit.app.clock.today();
    let (change, state) = (arranged(&session), FormState::default());
    let (may_edit, click) = (caller.may_write(), ids::incident());
    Ok(SessionFile { session, candidates, has_come, may_edit, is_marked, change, call_off: state.clone(), click, state })
}

/// What is arranged of a session, as its form begins.
fn arranged(session: &Session) -> FormState {
    let (day, closes_on, seats, codes) = (session.day.to_string(), session.closes_on.to_string(), session.seats.to_string(), session.codes.join("、"));
    let pairs = [("day", &day), ("times", &session.times), ("closes_on", &closes_on), ("place", &session.place), ("codes", &codes), ("seats", &seats)];
    FormState { values: pairs.into_iter().map(|(key, value)| (CHANGE.path(key), value.clone())).collect(), ..FormState::default() }
}

/// Whoever has a seat, as the body knows them.
fn candidate(session: &str, row: &SeatRow) -> Candidate {
    let known = PersonnelCodes::builtin().subjects(&row.codes);
    let person = row.case.person.as_ref();
    let sits = person.is_some_and(|person| person.seat.as_ref().is_some_and(|seat| seat.session == session)) && row.case.state.is_open();
    let sat = person.and_then(|person| person.sittings.iter().find(|sitting| sitting.session == session));
    let to_sit = person.filter(|_| sits).map(|person| person.to_sit(&known)).unwrap_or_default();
    let subjects = match sat {
        Some(sitting) => sitting.scores.iter().map(|score| score.subject.clone()).collect(),
        None => known.iter().filter(|subject| to_sit.contains(subject.as_str())).cloned().collect(),
    };
    let misconduct = match (sat, person.filter(|_| sits)) {
        (Some(sitting), _) => sitting.misconduct.clone(),
        (None, Some(person)) => person.misconduct.clone(),
        (None, None) => Vec::new(),
    };
    // What stands in the record counts: a complaint may have put it right.
    let published = |score: &Score| (key_of(&score.subject).to_owned(), score.points.map_or_else(|| ABSENT.to_owned(), |points| points.to_string()));
    let marks = sat.map_or_else(|| row.marks.clone(), |sitting| sitting.scores.iter().map(published).collect());
    let is_last = person.and_then(|person| person.sittings.last()).is_some_and(|last| last.session == session);
    Candidate {
        no: row.no.clone(),
        name: row.name.clone(),
        codes: row.codes.clone(),
        nth: row.nth,
        state: row.case.label(Party::ExamBody).into(),
        revision: row.case.revision,
        sits,
        is_published: row.published_at.is_some(),
        complains: is_last && person.is_some_and(|person| person.complaint),
        subjects,
        marks,
        misconduct,
    }
}
