//! What a body offers: sessions added, changed, called off. Whoever has a seat is told in the same change. Cases are held before their
//! session, as in [`super::seats`].

use super::super::model::{MOST_SEATS, Session};
use super::super::store::{self, SeatRow};
use super::seats::slip;
use super::{back, candidate, owned, writer};
use crate::account::filled::Filled;
use crate::base::{Say, say};
use crate::casework::service::{File, load, perform};
use crate::casework::store::Click;
use crate::catalogue::PersonnelCodes;
use crate::error::{AppError, Result};
use crate::form::Issue;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::workflow::{Action, Actor};
use jiff::civil::Date;

/// The session a form describes; `before` is the one that is changed.
fn offered(visit: &Visit, filled: &Filled, before: Session) -> std::result::Result<Session, Vec<Issue>> {
    let mut issues = filled.issues(visit);
    let (day, closes_on) = (filled.get("day").parse::<Date>(), filled.get("closes_on").parse::<Date>());
    let seats = filled.get("seats").parse::<i64>().unwrap_or_default();
    let codes = codes(&filled.get("codes"));
    let mut need = |is: bool, key: &str, why: Say| {
        if !is {
            issues.push(filled.issue(key, why));
        }
    };
    let today = visit.app.clock.today();
    if let (Ok(day), Ok(closes_on)) = (&day, &closes_on) {
        // Signing up may have ended before the session is changed.
        need(*closes_on >= today || *closes_on == before.closes_on, "closes_on", say("报名截止日期已经过去", "This day has passed"));
        need(closes_on < day, "closes_on", say("报名截止日期须早于考试日期", "Signing up has to end before the day of the examination"));
        need(*day > today, "day", say("考试日期须在今天以后", "The day has to be after today"));
    }
    let (taken, is_number) = (before.taken, (1..=MOST_SEATS).contains(&seats));
    need(is_number, "seats", say(format!("请填 1 到 {MOST_SEATS}"), format!("From 1 to {MOST_SEATS}")));
    need(
        !is_number || seats >= taken,
        "seats",
        say(format!("已有 {taken} 人报名，座位不能更少"), format!("{taken} have signed up; there cannot be fewer seats")),
    );
    if let Err(unknown) = &codes {
        let (zh, en) = (format!("“{unknown}”不是可以申请的资格代号"), format!("“{unknown}” is no code that can be applied for"));
        need(false, "codes", say(zh, en));
    }
    let (Ok(day), Ok(closes_on), Ok(codes), true) = (day, closes_on, codes, issues.is_empty()) else { return Err(issues) };
    Ok(Session { day, closes_on, codes, seats, times: filled.get("times"), place: filled.get("place"), ..before })
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

/// Adds a session; the same one sent again is there already.
pub async fn add_session(visit: Visit, filled: Filled) -> Result<Answer> {
    let body_id = writer(&visit)?;
    let now = visit.now();
    let empty = Session {
        id: ids::new(now),
        body_id,
        body: String::new(),
        day: Date::ZERO,
        times: String::new(),
        closes_on: Date::ZERO,
        place: String::new(),
        codes: Vec::new(),
        seats: 0,
        taken: 0,
        revision: 0,
        called_off: None,
    };
    let session = match offered(&visit, &filled, empty) {
        Ok(session) => session,
        Err(issues) => return Ok(Answer::Wrong(issues)),
    };
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            if !store::insert_session(tx, &session, now).await? {
                let same = store::same_session(tx, &session).await?.ok_or(AppError::NotFound)?;
                return Ok(back(&same.id));
            }
            seat.audit(tx, "add-exam-session", &session.id, &summary(&session)).await?;
            Ok(back(&session.id))
        })
    });
    change.await
}

fn summary(session: &Session) -> String {
    format!("{} {} {} {}", session.day, session.times, session.place, session.codes.join(","))
}

/// Changes a session; `seen` is its revision on the screen. Whoever has a seat is told of another day, hour or place and gets another slip.
pub async fn change_session(visit: Visit, filled: Filled, id: String, seen: i64) -> Result<Answer> {
    let body = writer(&visit)?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let before = owned(tx, &body, &id).await?;
            need_standing(&before)?;
            if before.day <= seat.app.clock.today() {
                return Err(AppError::Refused(say(
                    "考试日期已到，场次不能再变更；没有举行的，可以取消。",
                    "The day has come, so the session cannot be changed; if it did not take place, call it off.",
                )));
            }
            let session = match offered(&seat, &filled, before.clone()) {
                Ok(session) => session,
                Err(issues) => return Ok(Answer::Wrong(issues)),
            };
            // The same change sent again.
            if session == before {
                return Ok(back(&id));
            }
            if store::same_session(tx, &session).await?.is_some_and(|same| same.id != id) {
                return Ok(Answer::Told(say(
                    "同一时间、地点和项目的场次已经有了，没有变更。",
                    "There is a session at this time and place for these codes already; nothing was changed.",
                )));
            }
            let seated = seated(&seat, tx, &id).await?;
            if let Some((row, _, _)) = seated.iter().find(|(row, _, _)| !session.examines(&row.codes)) {
                let why = say(
                    format!("座位号 {} 的考生报的是{}，不能从场次中去掉", row.nth, row.codes.join("、")),
                    format!("Seat {} was taken for {}, which therefore stays", row.nth, row.codes.join(", ")),
                );
                return Ok(Answer::Wrong(vec![filled.issue("codes", why)]));
            }
            if session.is_moved_from(&before) {
                let reason = filled.get("reason");
                for (row, file, actor) in seated {
                    move_exam(&seat, tx, &session, (row, file, actor), &reason).await?;
                }
            }
            if !store::change_session(tx, &session, seen).await? {
                return Err(moved());
            }
            seat.audit(tx, "change-exam-session", &id, &summary(&session)).await?;
            Ok(back(&id))
        })
    });
    change.await
}

async fn move_exam(visit: &Visit, tx: &mut Tx, session: &Session, seated: Seated, reason: &str) -> Result<()> {
    let (row, mut file, actor) = seated;
    let document = slip(visit, tx, &file, session, row.nth, true).await?;
    let action = Action::MoveExam { day: session.day, times: session.times.clone(), place: session.place.clone(), reason: reason.to_owned() };
    let done = perform(visit, tx, &mut file, &actor, &action, &Click { id: "", documents: &[document] }).await;
    done.map_err(|error| match error {
        AppError::Refused(why) => AppError::Refused(say(
            format!("座位号 {}（{}）：{}没有变更。", row.nth, row.name, why.zh),
            format!("Seat {} ({}): {} Nothing was changed.", row.nth, row.name, why.en),
        )),
        other => other,
    })
}

/// Calls a session off as a whole: every seat is given back, and its candidate told. Possible until marks are published, for one that did not
/// take place, too.
pub async fn call_off(visit: Visit, filled: Filled, id: String, seen: i64) -> Result<Answer> {
    let body = writer(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let (session, reason) = (owned(tx, &body, &id).await?, filled.get("reason"));
            // The same click sent again.
            if session.called_off.as_ref() == Some(&reason) {
                return Ok(back(&id));
            }
            need_standing(&session)?;
            if store::seats(tx, &id).await?.iter().any(|row| row.published_at.is_some()) {
                return Err(AppError::Refused(say("已经公布成绩的场次不能取消。", "Marks were published, so the session took place.")));
            }
            for (row, mut file, actor) in seated(&seat, tx, &id).await? {
                perform(&seat, tx, &mut file, &actor, &Action::CallOff { reason: reason.clone() }, &Click::default()).await?;
                store::free_seat(tx, &id, &row.application_id).await?;
            }
            if !store::call_off(tx, &id, seen, &reason).await? {
                return Err(moved());
            }
            seat.audit(tx, "call-off-exam-session", &id, &reason).await?;
            Ok(back(&id))
        })
    });
    change.await
}

/// A seat that is still its candidate's, with their case.
type Seated = (SeatRow, File, Actor);

async fn seated(visit: &Visit, tx: &mut Tx, session: &str) -> Result<Vec<Seated>> {
    let mut all = Vec::new();
    for row in store::seats(tx, session).await? {
        if candidate(session, &row).sits {
            let (file, actor) = load(visit, tx, &row.no).await?;
            all.push((row, file, actor));
        }
    }
    Ok(all)
}

fn need_standing(session: &Session) -> Result<()> {
    let gone = || AppError::Refused(say("这个场次已经取消。", "This session was called off."));
    if session.called_off.is_none() { Ok(()) } else { Err(gone()) }
}

fn moved() -> AppError {
    AppError::Moved(say(
        "场次刚刚有了变化，您的操作没有执行。请看过最新情况再办理。",
        "The session has just changed, so yours was not done. Look at it as it is now.",
    ))
}
