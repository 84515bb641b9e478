//! The calendar in force, and what the administrator does with it: a year's notice is read, its effect on open cases is
//! shown, and it counts once confirmed.

use super::model::{CalendarAdmin, NOTICE, Pending, read_notice};
use super::store;
use crate::account::filled::Filled;
use crate::account::model::Role;
use crate::base::workdays::{Calendar, Year};
use crate::base::{Say, say};
use crate::casework::deadlines;
use crate::error::{AppError, Result};
use crate::form::Issue;
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use std::sync::Arc;

const PAGE: &str = "/admin/calendar";
/// Cases reckoned again at once.
const BATCH: i64 = 200;

fn admin(visit: &Visit) -> Result<()> {
    if visit.caller()?.role == Role::Admin { Ok(()) } else { Err(AppError::Forbidden) }
}

/// The calendar in force, on every node from the moment a notice is confirmed.
pub async fn current(tx: &mut Tx) -> Result<Arc<Calendar>> {
    store::current(tx).await
}

/// Stores the years the program carries, as far as the database knows none of them. Of nodes that start together one does it all.
pub async fn seed(app: &Arc<App>) -> Result<()> {
    let now = app.clock.now();
    let work = app.db.write(move |tx| {
        Box::pin(async move {
            let known = store::current(tx).await?;
            for (year, notice) in Calendar::builtin().years.into_iter().filter(|(year, _)| !known.years.contains_key(year)) {
                if !store::add(tx, year, &notice, None, now).await? {
                    break;
                }
            }
            Ok(())
        })
    });
    work.await
}

fn digest(year: i16, notice: &Year) -> String {
    ids::digest(&serde_json::to_string(&(year, notice)).unwrap_or_default())
}

/// The calendar with one more notice.
fn with(calendar: &Calendar, year: i16, notice: &Year) -> Arc<Calendar> {
    let mut years = calendar.years.clone();
    years.insert(year, notice.clone());
    Arc::new(Calendar { years })
}

/// The years known, and what a notice that waits would change.
pub async fn page(visit: &Visit) -> Result<CalendarAdmin> {
    admin(visit)?;
    let mut tx = visit.app.db.read().await?;
    let years = store::years(&mut tx).await?;
    let last = years.first().map_or(0, |known| known.year);
    let pending = match store::proposed(&mut tx).await? {
        Some((year, notice)) => {
            let after = with(&*store::current(&mut tx).await?, year, &notice);
            let moved = deadlines::moved(&visit.app, &mut tx, year, &after).await?;
            Some(Pending { year, digest: digest(year, &notice), notice, moved })
        }
        None => None,
    };
    let left = match unfollowed(&mut tx).await? {
        Some((_, year, after)) => deadlines::left(&mut tx, year, &after).await?,
        None => 0,
    };
    Ok(CalendarAdmin { years, last, pending, left, ..CalendarAdmin::default() })
}

/// Reads a notice and lets it wait for confirmation, in place of any that waits already.
pub async fn propose(visit: Visit, filled: Filled) -> Result<Answer> {
    admin(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let wrong = |key: &str, told: Say| Ok(Answer::Wrong(vec![Issue::error(NOTICE.path(key), told)]));
    let year: i16 = filled.get("year").parse().unwrap_or_default();
    if year < visit.app.clock.today().year() {
        return wrong("year", say("这一年已经过去，期限已按当时的安排算完", "That year has passed; its limits have run by what was known"));
    }
    let notice = match read_notice(year, &filled.get("days_off"), &filled.get("makeup_workdays")) {
        Ok(notice) => notice,
        Err((key, told)) => return wrong(key, told),
    };
    let seat = visit.clone();
    let work = visit.app.db.write(move |tx| {
        Box::pin(async move {
            seat.audit(tx, "propose-calendar", &year.to_string(), &digest(year, &notice)).await?;
            store::put_proposed(tx, year, &notice).await
        })
    });
    work.await?;
    Ok(Answer::Go(PAGE.into()))
}

/// Confirms (`confirm`) or discards (`discard`) the notice that waits, if it is still the one that was seen.
pub async fn decide(visit: &Visit, seen: &str, act: &str) -> Result<Answer> {
    admin(visit)?;
    if !matches!(act, "confirm" | "discard") {
        return Err(AppError::BadRequest("act".into()));
    }
    let (seat, seen, confirm) = (visit.clone(), seen.to_owned(), act == "confirm");
    let work = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let waiting = store::proposed(tx).await?.filter(|(year, notice)| digest(*year, notice) == seen);
            let moved = say(
                "待确认的放假安排已被确认、放弃或者换成另一份，没有改动。请刷新后再看。",
                "The notice that waited was confirmed, discarded or replaced; nothing was changed. Please reload.",
            );
            let (year, notice) = waiting.ok_or(AppError::Moved(moved.clone()))?;
            store::drop_proposed(tx).await?;
            if confirm && !store::add(tx, year, &notice, Some(seat.caller()?.account_id.clone()), seat.now()).await? {
                return Err(AppError::Moved(moved));
            }
            seat.audit(tx, if confirm { "confirm-calendar" } else { "discard-calendar" }, &year.to_string(), &seen).await
        })
    });
    work.await?;
    if confirm {
        // The first cases at once; whoever confirms does not wait for all of them.
        follow_some(&visit.app, BATCH).await?;
    }
    Ok(Answer::Go(PAGE.into()))
}

/// Reckons the stored last days of open cases again if a notice came since that was done. Each case is a change of its own.
pub async fn follow(app: &Arc<App>) -> Result<()> {
    while follow_some(app, BATCH).await? {}
    Ok(())
}

/// A notice that is not followed yet: its running number, the first year it is about, and the last case that was done.
async fn unfollowed(tx: &mut Tx) -> Result<Option<(i64, i16, String)>> {
    let done = store::followed(tx).await?;
    let (seq, _) = store::newest(tx).await?;
    let Some(year) = store::first_year_after(tx, done).await?.and_then(|year| i16::try_from(year).ok()) else { return Ok(None) };
    Ok(Some((seq, year, store::reached(tx, seq).await?)))
}

/// Does the next cases; tells whether there may be more.
pub async fn follow_some(app: &Arc<App>, most: i64) -> Result<bool> {
    let mut tx = app.db.read().await?;
    let Some((seq, year, after)) = unfollowed(&mut tx).await? else { return Ok(false) };
    drop(tx);
    let last = deadlines::reckon_some(app, year, &after, most).await?;
    let more = last.is_some();
    let note = async move |tx: &mut Tx| match last {
        Some(last) => store::put_reached(tx, seq, &last).await,
        None => store::put_followed(tx, seq).await,
    };
    app.db.write(move |tx| Box::pin(async move { note(tx).await })).await?;
    Ok(more)
}
