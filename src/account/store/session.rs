//! Sessions. Starting one belongs to `server::session`, which owns the cookie.

use super::split;
use crate::account::model::{Caller, Role};
use crate::error::Result;
use crate::server::db::{Row, Tx};
use crate::vals;

/// Whoever holds the session with this token digest, and when they last did something.
pub async fn find_caller(tx: &mut Tx, token_digest: &str) -> Result<Option<(Caller, i64)>> {
    let sql = "SELECT s.id AS session_id, s.seen_at, a.id, a.username, a.person_name, a.role, a.may_submit, a.unit_id, a.authority_code, a.duties, \
               COALESCE(u.name, '') AS unit_name, COALESCE(u.kind, '') AS unit_kind \
               FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN unit u ON u.id = a.unit_id \
               WHERE s.token_digest = $1 AND a.state = 'active'";
    let Some(row) = tx.row(sql, vals![token_digest]).await? else { return Ok(None) };
    Ok(Some((caller(&row)?, row.int("seen_at")?)))
}

fn caller(row: &Row) -> Result<Caller> {
    Ok(Caller {
        account_id: row.text("id")?,
        session_id: row.text("session_id")?,
        username: row.text("username")?,
        person_name: row.text("person_name")?,
        role: Role::of_word(&row.text("role")?),
        submits: row.flag("may_submit")?,
        unit_id: row.opt_text("unit_id")?,
        unit_name: row.text("unit_name")?,
        unit_kind: row.text("unit_kind")?,
        authority_code: row.opt_text("authority_code")?,
        duties: split(&row.text("duties")?),
    })
}

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub id: String,
    pub created_at: i64,
    pub seen_at: i64,
    pub agent: String,
    pub address: String,
}

/// The sessions of an account that were used since a moment, the latest first.
pub async fn sessions_of(tx: &mut Tx, account_id: &str, since: i64) -> Result<Vec<SessionRow>> {
    let sql = "SELECT id, created_at, seen_at, agent, address FROM session WHERE account_id = $1 AND seen_at >= $2 ORDER BY seen_at DESC, id LIMIT 100";
    let row = |row: &Row| {
        Ok(SessionRow {
            id: row.text("id")?,
            created_at: row.int("created_at")?,
            seen_at: row.int("seen_at")?,
            agent: row.text("agent")?,
            address: row.text("address")?,
        })
    };
    tx.rows(sql, vals![account_id, since]).await?.iter().map(row).collect()
}

/// Ends one session of an account; tells whether there was one.
pub async fn end_session(tx: &mut Tx, account_id: &str, id: &str) -> Result<bool> {
    Ok(tx.run("DELETE FROM session WHERE account_id = $1 AND id = $2", vals![account_id, id]).await? > 0)
}

/// Ends all sessions of an account but one.
pub async fn end_other_sessions(tx: &mut Tx, account_id: &str, kept: &str) -> Result<u64> {
    tx.run("DELETE FROM session WHERE account_id = $1 AND id <> $2", vals![account_id, kept]).await
}

/// Ends all sessions of an account.
pub async fn end_all_sessions(tx: &mut Tx, account_id: &str) -> Result<()> {
    tx.run("DELETE FROM session WHERE account_id = $1", vals![account_id]).await.map(drop)
}
