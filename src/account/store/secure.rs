//! Codes, challenges and failures: each change is one statement that decides, so that requests at the same time cannot
//! both pass.

use crate::error::Result;
use crate::server::db::Tx;
use crate::server::ids;
use crate::vals;

/// A day, in milliseconds.
const DAY: i64 = 24 * 60 * 60_000;

/// How many codes a number was sent on a day, whatever for.
pub async fn codes_sent(tx: &mut Tx, mobile: &str, day: &str) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(sent_today), 0) AS BIGINT) AS sent FROM sms_code WHERE mobile = $1 AND day = $2";
    tx.row(sql, vals![mobile, day]).await?.map_or(Ok(0), |row| row.int("sent"))
}

/// Stores a code in place of an older one, unless that was sent after `latest`. Tells whether it did.
pub async fn put_code(tx: &mut Tx, mobile: &str, purpose: &str, digest: &str, now: i64, latest: i64, day: &str) -> Result<bool> {
    let sql = "INSERT INTO sms_code (mobile, purpose, digest, sent_at, tries, day, sent_today) VALUES ($1, $2, $3, $4, 0, $5, 1) \
               ON CONFLICT (mobile, purpose) DO UPDATE SET digest = excluded.digest, sent_at = excluded.sent_at, tries = 0, day = excluded.day, \
               sent_today = CASE WHEN sms_code.day = excluded.day THEN sms_code.sent_today + 1 ELSE 1 END WHERE sms_code.sent_at <= $6";
    Ok(tx.run(sql, vals![mobile, purpose, digest, now, day, latest]).await? == 1)
}

/// When the latest code was sent.
pub async fn code_sent_at(tx: &mut Tx, mobile: &str, purpose: &str) -> Result<i64> {
    tx.row("SELECT sent_at FROM sms_code WHERE mobile = $1 AND purpose = $2", vals![mobile, purpose]).await?.map_or(Ok(0), |row| row.int("sent_at"))
}

/// Takes one of the tries of a live code that was sent after `since`: its digest, and the tries taken.
pub async fn take_try(tx: &mut Tx, mobile: &str, purpose: &str, most: i64, since: i64) -> Result<Option<(String, i64)>> {
    let sql = "UPDATE sms_code SET tries = tries + 1 WHERE mobile = $1 AND purpose = $2 AND digest <> '' AND tries < $3 AND sent_at > $4";
    if tx.run(sql, vals![mobile, purpose, most, since]).await? == 0 {
        return Ok(None);
    }
    let row = tx.row("SELECT digest, tries FROM sms_code WHERE mobile = $1 AND purpose = $2", vals![mobile, purpose]).await?;
    row.map(|row| Ok((row.text("digest")?, row.int("tries")?))).transpose()
}

/// Gives back the try of a right answer.
pub async fn return_try(tx: &mut Tx, mobile: &str, purpose: &str) -> Result<()> {
    tx.run("UPDATE sms_code SET tries = tries - 1 WHERE mobile = $1 AND purpose = $2", vals![mobile, purpose]).await.map(drop)
}

/// Makes a code worthless; what was sent today is still counted.
pub async fn drop_code(tx: &mut Tx, mobile: &str, purpose: &str) -> Result<()> {
    tx.run("UPDATE sms_code SET digest = '' WHERE mobile = $1 AND purpose = $2", vals![mobile, purpose]).await.map(drop)
}

/// Stores a question's answer, and sweeps those that ran out.
pub async fn put_challenge(tx: &mut Tx, id: &str, digest: &str, expires_at: i64, now: i64) -> Result<()> {
    tx.run("DELETE FROM challenge WHERE expires_at < $1", vals![now]).await?;
    tx.run("INSERT INTO challenge (id, digest, expires_at) VALUES ($1, $2, $3)", vals![ids::digest(id), digest, expires_at]).await.map(drop)
}

/// Takes a question out, so that nobody answers it twice: the digest of its answer if it has not run out.
pub async fn take_challenge(tx: &mut Tx, id: &str, now: i64) -> Result<Option<String>> {
    let id = ids::digest(id);
    let row = tx.row("SELECT digest, expires_at FROM challenge WHERE id = $1", vals![&id]).await?;
    let taken = tx.run("DELETE FROM challenge WHERE id = $1", vals![&id]).await? == 1;
    let Some(row) = row.filter(|_| taken) else { return Ok(None) };
    Ok((row.int("expires_at")? > now).then_some(row.text("digest")?))
}

/// Failed sign-ins with one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    pub count: i64,
    pub locked_until: i64,
}

/// The failures of a name since a moment.
pub async fn find_failures(tx: &mut Tx, name_key: &str, since: i64) -> Result<Failures> {
    let sql = "SELECT failures, locked_until FROM sign_in_failure WHERE name_key = $1 AND last_at >= $2";
    let Some(row) = tx.row(sql, vals![name_key, since]).await? else { return Ok(Failures::default()) };
    Ok(Failures { count: row.int("failures")?, locked_until: row.int("locked_until")? })
}

/// Holds a name to the end of this change, so that attempts at the same time are judged one after the other.
pub async fn hold_failures(tx: &mut Tx, name_key: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO sign_in_failure (name_key, failures, last_at, locked_until) VALUES ($1, 0, $2, 0) \
               ON CONFLICT (name_key) DO UPDATE SET failures = sign_in_failure.failures";
    tx.run(sql, vals![name_key, now]).await.map(drop)
}

/// Counts a failure; those before `since` no longer count. Gives the number now.
pub async fn count_failure(tx: &mut Tx, name_key: &str, now: i64, since: i64) -> Result<i64> {
    // Names nobody tried for a day are swept; nobody holds those.
    tx.run("DELETE FROM sign_in_failure WHERE (name_key = $1 AND last_at < $2) OR last_at < $3", vals![name_key, since, since - DAY]).await?;
    let sql = "INSERT INTO sign_in_failure (name_key, failures, last_at, locked_until) VALUES ($1, 1, $2, 0) \
               ON CONFLICT (name_key) DO UPDATE SET failures = sign_in_failure.failures + 1, last_at = excluded.last_at";
    tx.run(sql, vals![name_key, now]).await?;
    Ok(find_failures(tx, name_key, since).await?.count)
}

/// Locks a name.
pub async fn lock(tx: &mut Tx, name_key: &str, until: i64) -> Result<()> {
    tx.run("UPDATE sign_in_failure SET locked_until = $1 WHERE name_key = $2", vals![until, name_key]).await.map(drop)
}

/// Forgets the failures of names.
pub async fn clear_failures(tx: &mut Tx, names: &[&str]) -> Result<()> {
    for name in names {
        tx.run("DELETE FROM sign_in_failure WHERE name_key = $1", vals![*name]).await?;
    }
    Ok(())
}
