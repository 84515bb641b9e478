//! All SQL of the outbox.

use crate::error::Result;
use crate::server::db::{Row, Tx};
use crate::vals;

/// A message in the outbox.
pub struct Waiting {
    pub id: String,
    pub channel: String,
    pub recipient: String,
    pub subject: String,
    pub sealed: String,
    pub created_at: i64,
    pub due_at: i64,
    pub tries: i64,
}

const COLUMNS: &str = "id, channel, recipient, subject, sealed, created_at, due_at, tries";

fn waiting(row: &Row) -> Result<Waiting> {
    Ok(Waiting {
        id: row.text("id")?,
        channel: row.text("channel")?,
        recipient: row.text("recipient")?,
        subject: row.text("subject")?,
        sealed: row.text("sealed")?,
        created_at: row.int("created_at")?,
        due_at: row.int("due_at")?,
        tries: row.int("tries")?,
    })
}

/// Adds a message, due at once.
pub async fn add(tx: &mut Tx, w: &Waiting) -> Result<()> {
    let sql = format!("INSERT INTO outbox ({COLUMNS}, state, error) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', '')");
    tx.run(sql, vals![&w.id, &w.channel, &w.recipient, &w.subject, &w.sealed, w.created_at, w.due_at, w.tries]).await.map(|_| ())
}

/// What is due, oldest first.
pub async fn due(tx: &mut Tx, now: i64, most: i64) -> Result<Vec<Waiting>> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT $2");
    tx.rows(sql, vals![now, most]).await?.iter().map(waiting).collect()
}

/// Takes a message for one try; false if another node took it.
pub async fn claim(tx: &mut Tx, id: &str, seen_due_at: i64, until: i64) -> Result<bool> {
    let sql = "UPDATE outbox SET due_at = $1, tries = tries + 1 WHERE id = $2 AND state = 'waiting' AND due_at = $3";
    Ok(tx.run(sql, vals![until, id, seen_due_at]).await? == 1)
}

/// Notes that a message went out or is given up. Its text goes unless somebody may still read it.
pub async fn settle(tx: &mut Tx, id: &str, state: &str, error: &str, keep_text: bool) -> Result<()> {
    let sql = "UPDATE outbox SET state = $1, error = $2, sealed = CASE WHEN $3 = 1 THEN sealed ELSE '' END WHERE id = $4";
    tx.run(sql, vals![state, error, keep_text, id]).await.map(|_| ())
}

/// Puts a message off.
pub async fn put_off(tx: &mut Tx, id: &str, due_at: i64, error: &str) -> Result<()> {
    tx.run("UPDATE outbox SET due_at = $1, error = $2 WHERE id = $3", vals![due_at, error, id]).await.map(|_| ())
}

/// The newest messages, whatever became of them.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<Waiting>> {
    tx.rows(format!("SELECT {COLUMNS} FROM outbox ORDER BY id DESC LIMIT $1"), vals![most]).await?.iter().map(waiting).collect()
}

/// Forgets what is settled and older than `before`.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<()> {
    tx.run("DELETE FROM outbox WHERE state <> 'waiting' AND created_at < $1", vals![before]).await.map(|_| ())
}
