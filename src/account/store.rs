//! All SQL of units, accounts, sessions, codes and challenges.

use super::model::{Caller, Role};
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
        duties: row.text("duties")?.split(',').filter(|d| !d.is_empty()).map(str::to_owned).collect(),
    })
}
