//! All SQL of `reminder`, and of the stored last days of open cases.

use crate::error::Result;
use crate::server::db::{Row, Tx};
use crate::vals;
use jiff::civil::Date;

fn found(row: &Row) -> Result<(String, String)> {
    Ok((row.text("id")?, row.text("no")?))
}

/// Cases on which a limit runs that ends on a day or later, id and number, in the order of their ids.
pub async fn running(tx: &mut Tx, ends: &str, after: &str, limit: i64) -> Result<Vec<(String, String)>> {
    let sql = "SELECT id, no FROM application WHERE id > $1 AND due_on >= $2 AND turn <> '' ORDER BY id LIMIT $3";
    tx.rows(sql, vals![after, ends, limit]).await?.iter().map(found).collect()
}

/// The same, and those on whose review a limit runs beside (C4), which ends much later.
pub async fn reaching(tx: &mut Tx, ends: &str, after: &str, limit: i64) -> Result<Vec<(String, String)>> {
    let sql = "SELECT id, no FROM application WHERE id > $1 AND turn <> '' \
               AND (due_on >= $2 OR (due_on IS NOT NULL AND state IN ('entrusted', 'scheduling', 'schedule-returned', 'rectifying'))) ORDER BY id LIMIT $3";
    tx.rows(sql, vals![after, ends, limit]).await?.iter().map(found).collect()
}

/// How many there are beyond one.
pub async fn count_running(tx: &mut Tx, ends: &str, after: &str) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM application WHERE id > $1 AND due_on >= $2 AND turn <> ''";
    tx.row(sql, vals![after, ends]).await?.map_or(Ok(0), |row| row.int("n"))
}

/// Stores the last day of a case and when time acts on it next, if the case is still at this revision.
pub async fn set_days(tx: &mut Tx, application_id: &str, revision: i64, due: Option<Date>, wake: Option<i64>) -> Result<()> {
    let sql = "UPDATE application SET due_on = $1, wake_at = $2 WHERE id = $3 AND case_revision = $4";
    tx.run(sql, vals![due.map(|day| day.to_string()), wake, application_id, revision]).await.map(drop)
}

/// Lets time come back to a case as soon as it looks again.
pub async fn wake(tx: &mut Tx, no: &str, now: i64) -> Result<()> {
    tx.run("UPDATE application SET wake_at = $1 WHERE no = $2", vals![now, no]).await.map(drop)
}

/// The reminders a case has had.
pub async fn sent(tx: &mut Tx, application_id: &str) -> Result<Vec<String>> {
    tx.rows("SELECT key FROM reminder WHERE application_id = $1", vals![application_id]).await?.iter().map(|row| row.text("key")).collect()
}

/// Takes a reminder: false if it was sent before, or is being sent elsewhere.
pub async fn take(tx: &mut Tx, application_id: &str, key: &str, now: i64) -> Result<bool> {
    let sql = "INSERT INTO reminder (application_id, key, at) VALUES ($1, $2, $3) ON CONFLICT (application_id, key) DO NOTHING";
    Ok(tx.run(sql, vals![application_id, key, now]).await? == 1)
}
