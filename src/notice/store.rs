//! All SQL of the outbox, the inbox, and how people want to be told.

use super::model::{Choice, Letter};
use crate::base::paging::Cursor;
use crate::base::{Say, say};
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

/// What a person is told.
pub struct Note<'a> {
    /// The event, the reminder or what else happened: nobody is told twice of the same one.
    pub key: &'a str,
    pub flagged: bool,
    pub say: &'a Say,
    pub link: &'a str,
}

/// Puts a message into an inbox; false if its owner has been told of this before.
pub async fn add_letter(tx: &mut Tx, id: &str, account_id: &str, note: &Note<'_>, now: i64) -> Result<bool> {
    let sql = "INSERT INTO message (id, account_id, key, flagged, zh, en, link, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
               ON CONFLICT (account_id, key) DO NOTHING";
    let args = vals![id, account_id, note.key, note.flagged, note.say.zh.as_ref(), note.say.en.as_ref(), note.link, now];
    Ok(tx.run(sql, args).await? == 1)
}

fn letter(row: &Row) -> Result<Letter> {
    Ok(Letter {
        id: row.text("id")?,
        at: row.int("at")?,
        say: say(row.text("zh")?, row.text("en")?),
        link: row.text("link")?,
        flagged: row.flag("flagged")?,
        is_read: row.opt_int("read_at")?.is_some(),
    })
}

const LETTER: &str = "SELECT id, at, zh, en, link, flagged, read_at FROM message WHERE account_id = $1";

/// A page of an inbox, the newest first; with `newer`, the page that ends before the cursor.
pub async fn letters(tx: &mut Tx, account_id: &str, at: Option<&Cursor>, newer: bool, limit: i64) -> Result<Vec<Letter>> {
    let (sign, order) = if newer && at.is_some() { (">", "ASC") } else { ("<", "DESC") };
    let (mut sql, mut args) = (LETTER.to_owned(), vals![account_id, limit]);
    if let Some(Cursor { key, id }) = at {
        sql.push_str(&format!(" AND (at {sign} $3 OR (at = $3 AND id {sign} $4))"));
        args.extend(vals![*key, id.as_str()]);
    }
    let rows = tx.rows(format!("{sql} ORDER BY at {order}, id {order} LIMIT $2"), args).await?;
    let mut letters = rows.iter().map(letter).collect::<Result<Vec<_>>>()?;
    if order == "ASC" {
        letters.reverse();
    }
    Ok(letters)
}

/// A person's messages that lead to one of two pages, the newest first.
pub async fn letters_of(tx: &mut Tx, account_id: &str, [one, other]: [String; 2], since: i64, limit: i64) -> Result<Vec<Letter>> {
    let sql = format!("{LETTER} AND at >= $2 AND (link = $3 OR link = $4) ORDER BY at DESC, id DESC LIMIT $5");
    tx.rows(sql, vals![account_id, since, one, other, limit]).await?.iter().map(letter).collect()
}

/// A message, if it is in this person's inbox.
pub async fn find_letter(tx: &mut Tx, account_id: &str, id: &str) -> Result<Option<Letter>> {
    tx.row(format!("{LETTER} AND id = $2"), vals![account_id, id]).await?.as_ref().map(letter).transpose()
}

/// How many messages an inbox holds, counted no further than one beyond `cap`.
pub async fn count_letters(tx: &mut Tx, account_id: &str, cap: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM message WHERE account_id = $1 LIMIT $2) AS counted";
    tx.row(sql, vals![account_id, cap + 1]).await?.map_or(Ok(0), |row| row.int("n"))
}

/// How many of them wait to be read, counted up to `cap`.
pub async fn count_unread(tx: &mut Tx, account_id: &str, cap: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM message WHERE account_id = $1 AND read_at IS NULL LIMIT $2) AS counted";
    tx.row(sql, vals![account_id, cap]).await?.map_or(Ok(0), |row| row.int("n"))
}

/// Notes that a message was read; every one for `None`.
pub async fn mark_read(tx: &mut Tx, account_id: &str, id: Option<&str>, now: i64) -> Result<()> {
    let sql = "UPDATE message SET read_at = $1 WHERE account_id = $2 AND read_at IS NULL AND (id = $3 OR $3 = '')";
    tx.run(sql, vals![now, account_id, id.unwrap_or_default()]).await.map(drop)
}

/// How a person chose to be told; `None` if they never chose.
pub async fn find_choice(tx: &mut Tx, account_id: &str) -> Result<Option<Choice>> {
    let row = tx.row("SELECT sms, mail FROM notice_choice WHERE account_id = $1", vals![account_id]).await?;
    row.map(|row| Ok(Choice { sms: row.flag("sms")?, mail: row.flag("mail")? })).transpose()
}

/// Notes how a person wants to be told.
pub async fn put_choice(tx: &mut Tx, account_id: &str, choice: Choice) -> Result<()> {
    let sql =
        "INSERT INTO notice_choice (account_id, sms, mail) VALUES ($1, $2, $3) ON CONFLICT (account_id) DO UPDATE SET sms = excluded.sms, mail = excluded.mail";
    tx.run(sql, vals![account_id, choice.sms, choice.mail]).await.map(drop)
}
