//! All SQL of plans, sessions, seats and marks that are not published; of a candidate's case it reads what their seat needs.

use super::model::{Plan, Session, Waiting};
use crate::casework::store::read_case;
use crate::error::{OrBroken, Result};
use crate::form::Values;
use crate::server::db::{Row, Tx, Val};
use crate::vals;
use crate::workflow::Case;
use jiff::civil::Date;

/// Publishes a body's plan of a year, in place of the one before.
pub async fn set_plan(tx: &mut Tx, body_id: &str, year: i16, text: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO exam_plan (body_id, year, text, published_at) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (body_id, year) DO UPDATE SET text = excluded.text, published_at = excluded.published_at";
    tx.run(sql, vals![body_id, i64::from(year), text, now]).await.map(drop)
}

/// Plans from a year on, of one body or of all.
pub async fn plans(tx: &mut Tx, from: i16, body_id: Option<&str>) -> Result<Vec<Plan>> {
    let sql = "SELECT u.name AS body, p.year, p.text FROM exam_plan p JOIN unit u ON u.id = p.body_id \
               WHERE p.year >= $1 AND ($2 = '' OR p.body_id = $2) ORDER BY p.year, u.name LIMIT 500";
    let plan = |row: &Row| Ok(Plan { body: row.text("body")?, year: i16::try_from(row.int("year")?).broken()?, text: row.text("text")? });
    tx.rows(sql, vals![i64::from(from), body_id.unwrap_or_default()]).await?.iter().map(plan).collect()
}

/// A seat of a case that has left the examination: withdrawn, terminated, lapsed.
const LEFT: &str = "published_at IS NULL AND EXISTS (SELECT 1 FROM application a WHERE a.id = exam_seat.application_id \
                    AND a.state NOT IN ('exam-registered', 'resit', 'suspended'))";

/// Sessions; seats that were left, which [`free_left`] takes back when somebody asks for one, are not among those taken.
fn sessions(which: &str) -> String {
    format!(
        "SELECT s.id, s.body_id, u.name AS body, s.day, s.times, s.closes_on, s.place, s.codes, s.seats, s.revision, s.called_off, \
         s.taken - (SELECT COUNT(*) FROM exam_seat WHERE session_id = s.id AND {LEFT}) AS taken \
         FROM exam_session s JOIN unit u ON u.id = s.body_id WHERE {which}"
    )
}

fn session(row: &Row) -> Result<Session> {
    Ok(Session {
        id: row.text("id")?,
        body_id: row.text("body_id")?,
        body: row.text("body")?,
        day: row.text("day")?.parse().broken()?,
        times: row.text("times")?,
        closes_on: row.text("closes_on")?.parse().broken()?,
        place: row.text("place")?,
        codes: row.text("codes")?.split(',').map(str::to_owned).collect(),
        seats: row.int("seats")?,
        taken: row.int("taken")?,
        revision: row.int("revision")?,
        called_off: row.opt_text("called_off")?,
    })
}

/// Stores a new session, unless the same one stands already.
pub async fn insert_session(tx: &mut Tx, s: &Session, now: i64) -> Result<bool> {
    let sql = "INSERT INTO exam_session (id, body_id, day, times, closes_on, place, codes, seats, taken, given, revision, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9) ON CONFLICT DO NOTHING";
    let args = vals![&s.id, &s.body_id, s.day.to_string(), &s.times, s.closes_on.to_string(), &s.place, s.codes.join(","), s.seats, now];
    Ok(tx.run(sql, args).await? == 1)
}

/// The session of a body that stands at this time and place for these codes.
pub async fn same_session(tx: &mut Tx, s: &Session) -> Result<Option<Session>> {
    let sql = sessions("s.body_id = $1 AND s.day = $2 AND s.times = $3 AND s.place = $4 AND s.codes = $5 AND s.called_off IS NULL");
    tx.row(sql, vals![&s.body_id, s.day.to_string(), &s.times, &s.place, s.codes.join(",")]).await?.as_ref().map(session).transpose()
}

/// Changes what is arranged of a session, if it still is at the revision that was seen, and has not been called off.
pub async fn change_session(tx: &mut Tx, s: &Session, seen: i64) -> Result<bool> {
    free_left(tx, &s.id).await?;
    let sql = "UPDATE exam_session SET day = $3, times = $4, closes_on = $5, place = $6, codes = $7, seats = $8, revision = revision + 1 \
               WHERE id = $1 AND revision = $2 AND called_off IS NULL AND taken <= $8";
    let args = vals![&s.id, seen, s.day.to_string(), &s.times, s.closes_on.to_string(), &s.place, s.codes.join(","), s.seats];
    Ok(tx.run(sql, args).await? == 1)
}

/// Calls a session off, if it still is at the revision that was seen.
pub async fn call_off(tx: &mut Tx, id: &str, seen: i64, reason: &str) -> Result<bool> {
    let sql = "UPDATE exam_session SET called_off = $3, revision = revision + 1 WHERE id = $1 AND revision = $2 AND called_off IS NULL";
    Ok(tx.run(sql, vals![id, seen, reason]).await? == 1)
}

/// The session with this id.
pub async fn find_session(tx: &mut Tx, id: &str) -> Result<Option<Session>> {
    tx.row(sessions("s.id = $1"), vals![id]).await?.as_ref().map(session).transpose()
}

/// The sessions of a body, the latest first.
pub async fn sessions_of(tx: &mut Tx, body_id: &str) -> Result<Vec<Session>> {
    tx.rows(sessions("s.body_id = $1 ORDER BY s.day DESC, s.id LIMIT 500"), vals![body_id]).await?.iter().map(session).collect()
}

/// Sessions that can be signed up for, the next first; bodies that were closed have none.
pub async fn open_sessions(tx: &mut Tx, today: Date) -> Result<Vec<Session>> {
    let sql = sessions("s.closes_on >= $1 AND s.called_off IS NULL AND u.kind = 'exam-body' ORDER BY s.day, s.id LIMIT 500");
    tx.rows(sql, vals![today.to_string()]).await?.iter().map(session).collect()
}

/// Sessions closed since a day whose marks, or some of them, were published since an instant; the latest first.
pub async fn published_sessions(tx: &mut Tx, closed_since: Date, since: i64) -> Result<Vec<Session>> {
    let sql = sessions(
        "s.closes_on >= $1 AND EXISTS (SELECT 1 FROM exam_seat e WHERE e.session_id = s.id AND e.published_at >= $2) \
         ORDER BY s.day DESC, s.id LIMIT 100",
    );
    tx.rows(sql, vals![closed_since.to_string(), since]).await?.iter().map(session).collect()
}

/// Accepted candidates without a seat whose authority is one of these, and those who resit at the body; the first accepted first.
pub async fn waiting(tx: &mut Tx, body_id: &str, authorities: &[String]) -> Result<Vec<Waiting>> {
    let listed: Vec<String> = (3..).take(authorities.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT a.no, a.items, a.projection, u.name FROM application a JOIN unit u ON u.id = a.unit_id \
               WHERE a.category = $1 AND a.kind IN ('obtain', 'renew-exam') \
               AND ((a.state = 'accepted' AND a.authority_code IN ({})) OR (a.state = 'exam-failed' AND a.agency_id = $2)) \
               ORDER BY a.submitted_at, a.id LIMIT 500",
        listed.join(", ")
    );
    let waiting = |row: &Row| {
        let case = read_case(row)?;
        Ok(Waiting {
            no: row.text("no")?,
            name: row.text("name")?,
            codes: serde_json::from_str(&row.text("items")?).broken()?,
            resits: case.person.as_ref().is_some_and(|person| !person.sittings.is_empty()),
            since: case.acceptance.map(|acceptance| acceptance.on),
        })
    };
    let mut args = vals![crate::catalogue::PERSONNEL, body_id];
    args.extend(authorities.iter().map(Val::from));
    tx.rows(sql, args).await?.iter().map(waiting).collect()
}

/// Takes back the seats that were left.
async fn free_left(tx: &mut Tx, session_id: &str) -> Result<()> {
    let sql = format!("DELETE FROM exam_seat WHERE session_id = $1 AND {LEFT}");
    let left = i64::try_from(tx.run(sql, vals![session_id]).await?).broken()?;
    if left > 0 {
        tx.run("UPDATE exam_session SET taken = taken - $2 WHERE id = $1", vals![session_id, left]).await?;
    }
    Ok(())
}

/// Takes a seat if there is one; its number. The one statement decides, however many ask at once.
pub async fn take_seat(tx: &mut Tx, session_id: &str, application_id: &str, now: i64) -> Result<Option<i64>> {
    free_left(tx, session_id).await?;
    let sql = "UPDATE exam_session SET taken = taken + 1, given = given + 1 WHERE id = $1 AND taken < seats";
    if tx.run(sql, vals![session_id]).await? == 0 {
        return Ok(None);
    }
    let row = tx.row("SELECT given FROM exam_session WHERE id = $1", vals![session_id]).await?;
    let nth = row.map_or(Ok(0), |row| row.int("given"))?;
    let sql = "INSERT INTO exam_seat (session_id, application_id, nth, marks, taken_at) VALUES ($1, $2, $3, '{}', $4)";
    tx.run(sql, vals![session_id, application_id, nth, now]).await?;
    Ok(Some(nth))
}

/// Gives a seat back.
pub async fn free_seat(tx: &mut Tx, session_id: &str, application_id: &str) -> Result<()> {
    let sql = "DELETE FROM exam_seat WHERE session_id = $1 AND application_id = $2";
    if tx.run(sql, vals![session_id, application_id]).await? == 1 {
        tx.run("UPDATE exam_session SET taken = taken - 1 WHERE id = $1", vals![session_id]).await?;
    }
    Ok(())
}

/// A seat, with the case of whoever has it.
pub struct SeatRow {
    pub application_id: String,
    pub no: String,
    pub name: String,
    pub codes: Vec<String>,
    pub nth: i64,
    pub marks: Values,
    /// When the marks were, in milliseconds; `None` while they are to come.
    pub published_at: Option<i64>,
    pub case: Case,
}

/// The seats of a session, in order.
pub async fn seats(tx: &mut Tx, session_id: &str) -> Result<Vec<SeatRow>> {
    let sql = "SELECT s.application_id, s.nth, s.marks, s.published_at, a.no, a.items, a.projection, u.name FROM exam_seat s \
               JOIN application a ON a.id = s.application_id JOIN unit u ON u.id = a.unit_id WHERE s.session_id = $1 ORDER BY s.nth LIMIT 1000";
    let seat = |row: &Row| {
        Ok(SeatRow {
            application_id: row.text("application_id")?,
            no: row.text("no")?,
            name: row.text("name")?,
            codes: serde_json::from_str(&row.text("items")?).broken()?,
            nth: row.int("nth")?,
            marks: serde_json::from_str(&row.text("marks")?).broken()?,
            published_at: row.opt_int("published_at")?,
            case: read_case(row)?,
        })
    };
    tx.rows(sql, vals![session_id]).await?.iter().map(seat).collect()
}

/// Goes on to the next revision of a session's marks, if they still are at this one.
pub async fn claim_marks(tx: &mut Tx, session_id: &str, revision: i64) -> Result<bool> {
    let sql = "UPDATE exam_session SET revision = revision + 1 WHERE id = $1 AND revision = $2";
    Ok(tx.run(sql, vals![session_id, revision]).await? == 1)
}

/// Stores what was typed for a candidate.
pub async fn set_marks(tx: &mut Tx, session_id: &str, application_id: &str, marks: &Values) -> Result<()> {
    let sql = "UPDATE exam_seat SET marks = $3 WHERE session_id = $1 AND application_id = $2 AND published_at IS NULL";
    tx.run(sql, vals![session_id, application_id, serde_json::to_string(marks).broken()?]).await.map(drop)
}

/// Notes that a candidate's marks are in the record.
pub async fn set_published(tx: &mut Tx, session_id: &str, application_id: &str, now: i64) -> Result<()> {
    let sql = "UPDATE exam_seat SET published_at = $3 WHERE session_id = $1 AND application_id = $2";
    tx.run(sql, vals![session_id, application_id, now]).await.map(drop)
}

/// The numbers of a person's cases that may be on the way to an examination.
pub async fn cases_of(tx: &mut Tx, unit_id: &str) -> Result<Vec<String>> {
    let sql = "SELECT no FROM application WHERE unit_id = $1 AND category = $2 AND submitted_at IS NOT NULL AND ended_at IS NULL ORDER BY id DESC LIMIT 50";
    tx.rows(sql, vals![unit_id, crate::catalogue::PERSONNEL]).await?.iter().map(|row| row.text("no")).collect()
}
