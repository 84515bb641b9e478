//! All SQL of `calendar_notice`, and of what waits to be confirmed.

use super::model::Known;
use crate::base::workdays::{Calendar, Year};
use crate::error::{OrBroken, Result};
use crate::server::db::{Row, Tx};
use crate::server::ids;
use crate::vals;
use std::sync::{Arc, Mutex, PoisonError};

/// The calendars read last, by the notice that was the newest then: a stored notice never changes.
static READ: Mutex<Vec<(String, Arc<Calendar>)>> = Mutex::new(Vec::new());
/// How many are kept; a server needs one.
const KEPT: usize = 8;

fn year(row: &Row) -> Result<(i16, Year)> {
    Ok((i16::try_from(row.int("year")?).broken()?, serde_json::from_str(&row.text("body")?).broken()?))
}

/// The running number and the id of the newest notice.
pub async fn newest(tx: &mut Tx) -> Result<(i64, String)> {
    let row = tx.row("SELECT seq, id FROM calendar_notice ORDER BY seq DESC LIMIT 1", vals![]).await?;
    row.map_or(Ok((0, String::new())), |row| Ok((row.int("seq")?, row.text("id")?)))
}

/// The calendar as it is now. Which notice is the newest is asked each time, so that no node counts by an old one.
pub async fn current(tx: &mut Tx) -> Result<Arc<Calendar>> {
    let (_, id) = newest(tx).await?;
    if let Some((_, found)) = READ.lock().unwrap_or_else(PoisonError::into_inner).iter().find(|(of, _)| *of == id) {
        return Ok(found.clone());
    }
    let rows = tx.rows("SELECT year, body FROM calendar_notice ORDER BY seq", vals![]).await?;
    let calendar = Arc::new(Calendar { years: rows.iter().map(year).collect::<Result<_>>()? });
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.truncate(KEPT - 1);
    read.insert(0, (id, calendar.clone()));
    Ok(calendar)
}

/// Adds a notice after the newest one; false if another was added meanwhile.
pub async fn add(tx: &mut Tx, of: i16, notice: &Year, by: Option<String>, now: i64) -> Result<bool> {
    let (seq, _) = newest(tx).await?;
    let sql = "INSERT INTO calendar_notice (seq, id, year, body, at, account_id) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (seq) DO NOTHING";
    Ok(tx.run(sql, vals![seq + 1, ids::new(now), i64::from(of), serde_json::to_string(notice).broken()?, now, by]).await? == 1)
}

/// The first year that a notice after this one is about.
pub async fn first_year_after(tx: &mut Tx, seq: i64) -> Result<Option<i64>> {
    let row = tx.row("SELECT MIN(year) AS year FROM calendar_notice WHERE seq > $1", vals![seq]).await?;
    row.map_or(Ok(None), |row| row.opt_int("year"))
}

/// All years, the last first.
pub async fn years(tx: &mut Tx) -> Result<Vec<Known>> {
    let sql = "SELECT n.year, n.body, n.at, COALESCE(a.person_name, '') AS by_name, \
               (SELECT COUNT(*) FROM calendar_notice e WHERE e.year = n.year) AS version \
               FROM calendar_notice n LEFT JOIN account a ON a.id = n.account_id \
               WHERE n.seq = (SELECT MAX(l.seq) FROM calendar_notice l WHERE l.year = n.year) ORDER BY n.year DESC";
    let known = |row: &Row| {
        let (year, notice) = year(row)?;
        let (days_off, makeup_workdays) = (notice.days_off.len(), notice.makeup_workdays.len());
        Ok(Known { year, days_off, makeup_workdays, version: row.int("version")?, at: row.int("at")?, by: row.text("by_name")? })
    };
    tx.rows(sql, vals![]).await?.iter().map(known).collect()
}

async fn setting(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    tx.row("SELECT value FROM setting WHERE key = $1", vals![key]).await?.map(|row| row.text("value")).transpose()
}

async fn put_setting(tx: &mut Tx, key: &str, value: String) -> Result<()> {
    let sql = "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.run(sql, vals![key, value]).await.map(drop)
}

const PROPOSED: &str = "calendar/proposed";
const FOLLOWED: &str = "calendar/followed";
const REACHED: &str = "calendar/reached";

/// The notice that waits to be confirmed.
pub async fn proposed(tx: &mut Tx) -> Result<Option<(i16, Year)>> {
    setting(tx, PROPOSED).await?.map(|json| serde_json::from_str(&json).broken()).transpose()
}

/// Lets a notice wait, in place of another.
pub async fn put_proposed(tx: &mut Tx, year: i16, notice: &Year) -> Result<()> {
    put_setting(tx, PROPOSED, serde_json::to_string(&(year, notice)).broken()?).await
}

/// Nothing waits any more.
pub async fn drop_proposed(tx: &mut Tx) -> Result<()> {
    tx.run("DELETE FROM setting WHERE key = $1", vals![PROPOSED]).await.map(drop)
}

/// How far the days of cases have been reckoned again by a notice: the last case done; empty before the first.
pub async fn reached(tx: &mut Tx, seq: i64) -> Result<String> {
    let reached = setting(tx, REACHED).await?;
    Ok(reached.and_then(|reached| reached.strip_prefix(&format!("{seq}/")).map(str::to_owned)).unwrap_or_default())
}

/// Notes how far they have.
pub async fn put_reached(tx: &mut Tx, seq: i64, last: &str) -> Result<()> {
    put_setting(tx, REACHED, format!("{seq}/{last}")).await
}

/// Up to which notice the stored last days of cases have been reckoned again.
pub async fn followed(tx: &mut Tx) -> Result<i64> {
    Ok(setting(tx, FOLLOWED).await?.and_then(|seq| seq.parse().ok()).unwrap_or(0))
}

/// Notes that they have.
pub async fn put_followed(tx: &mut Tx, seq: i64) -> Result<()> {
    put_setting(tx, FOLLOWED, seq.to_string()).await
}
