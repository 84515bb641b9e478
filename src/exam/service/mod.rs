//! Use cases around examinations: what the public reads, what a body arranges. Each checks whose session it is.

mod marks;
mod seats;

pub use marks::{answer_complaint, enter, import, publish, report, sheet};
pub use seats::{cancel, sign_up};

use super::model::{ABSENT, Board, Candidate, MOST_SEATS, MyCase, Session, SessionFile, Sessions, key_of};
use super::store::{self, SeatRow};
use crate::account::filled::Filled;
use crate::account::model::Caller;
use crate::base::text::url_escape;
use crate::base::{Say, say};
use crate::casework::service::load;
use crate::catalogue::PersonnelCodes;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::ui::form::FormState;
use crate::workflow::ActionKind;
use crate::workflow::action::Score;
use jiff::civil::Date;

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
        cases,
        click: ids::incident(),
        state: FormState::default(),
    })
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
    Ok(Sessions {
        rows: store::sessions_of(&mut tx, body).await?,
        plans: store::plans(&mut tx, visit.app.clock.today().year(), Some(body)).await?,
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

/// Adds a session.
pub async fn add_session(visit: Visit, filled: Filled) -> Result<Answer> {
    let body = writer(&visit)?;
    let mut issues = filled.issues(&visit);
    let (day, closes_on) = (filled.get("day").parse::<Date>(), filled.get("closes_on").parse::<Date>());
    let seats = filled.get("seats").parse::<i64>().unwrap_or_default();
    let codes = codes(&filled.get("codes"));
    let mut need = |is: bool, key: &str, why: Say| {
        if !is {
            issues.push(filled.issue(key, why));
        }
    };
    if let (Ok(day), Ok(closes_on)) = (&day, &closes_on) {
        need(*closes_on >= visit.app.clock.today(), "closes_on", say("报名截止日期已经过去", "This day has passed"));
        need(closes_on < day, "closes_on", say("报名截止日期须早于考试日期", "Signing up has to end before the day of the examination"));
    }
    need((1..=MOST_SEATS).contains(&seats), "seats", say(format!("请填 1 到 {MOST_SEATS}"), format!("From 1 to {MOST_SEATS}")));
    if let Err(unknown) = &codes {
        let (zh, en) = (format!("“{unknown}”不是可以申请的资格代号"), format!("“{unknown}” is no code that can be applied for"));
        need(false, "codes", say(zh, en));
    }
    let (Ok(day), Ok(closes_on), Ok(codes), true) = (day, closes_on, codes, issues.is_empty()) else { return Ok(Answer::Wrong(issues)) };
    let now = visit.now();
    let (id, place) = (ids::new(now), filled.get("place"));
    let to = format!("/exam/sessions/{id}?saved=1");
    let session = Session { id, body_id: body, body: String::new(), day, closes_on, place, codes, seats, taken: 0, revision: 0 };
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            store::insert_session(tx, &session, now).await?;
            seat.audit(tx, "add-exam-session", &session.id, &format!("{} {}", session.day, session.codes.join(","))).await
        })
    });
    change.await?;
    Ok(Answer::Go(to))
}

/// The codes of a text in their own spelling; `Err` is what cannot be applied for.
fn codes(text: &str) -> std::result::Result<Vec<String>, String> {
    let known = PersonnelCodes::builtin();
    let words = text.split(['、', '，', ',', ';', '；', ' ']).map(str::trim).filter(|word| !word.is_empty());
    let code = |word: &str| known.find(word).filter(|code| code.selectable).map(|code| code.code.clone()).ok_or_else(|| word.to_owned());
    let mut codes: Vec<String> = words.map(code).collect::<std::result::Result<_, _>>()?;
    codes.sort();
    codes.dedup();
    if codes.is_empty() { Err(text.to_owned()) } else { Ok(codes) }
}

/// A session of the caller's body with its candidates.
pub async fn session(visit: &Visit, id: &str) -> Result<SessionFile> {
    let (caller, body) = member(visit)?;
    let mut tx = visit.app.db.read().await?;
    let session = owned(&mut tx, body, id).await?;
    let candidates = store::seats(&mut tx, id).await?.into_iter().map(|row| candidate(id, row)).collect();
    let has_come = session.day <= visit.app.clock.today();
    Ok(SessionFile { session, candidates, has_come, may_edit: caller.may_write(), click: ids::incident(), state: FormState::default() })
}

/// Whoever has a seat, as the body knows them.
fn candidate(session: &str, row: SeatRow) -> Candidate {
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
    let marks = sat.map_or(row.marks, |sitting| sitting.scores.iter().map(published).collect());
    let is_last = person.and_then(|person| person.sittings.last()).is_some_and(|last| last.session == session);
    Candidate {
        no: row.no,
        name: row.name,
        codes: row.codes,
        nth: row.nth,
        state: row.case.state,
        revision: row.case.revision,
        sits,
        is_published: row.is_published,
        complains: is_last && person.is_some_and(|person| person.complaint),
        subjects,
        marks,
        misconduct,
    }
}
