//! The queries with which stored cases are made anew from their events ([`crate::casework::refold`]).

use crate::error::{OrBroken, Result};
use crate::server::db::Tx;
use crate::vals;
use crate::workflow::{Case, Role};
use jiff::civil::Date;

const FOLDED: &str = "casework/folded";

/// By which fold the stored cases were made; 0 before they were counted.
pub async fn folded(tx: &mut Tx) -> Result<i64> {
    let row = tx.row("SELECT value FROM setting WHERE key = $1", vals![FOLDED]).await?;
    let value = row.map(|row| row.text("value")).transpose()?;
    Ok(value.and_then(|value| value.parse().ok()).unwrap_or(0))
}

/// Notes it.
pub async fn put_folded(tx: &mut Tx, fold: i64) -> Result<()> {
    let sql = "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.run(sql, vals![FOLDED, fold.to_string()]).await.map(drop)
}

/// Numbers of the cases with any of these events.
pub async fn with_events(tx: &mut Tx, events: &[&str]) -> Result<Vec<String>> {
    let places = (1..=events.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT no FROM application WHERE id IN (SELECT application_id FROM case_event WHERE event IN ({places})) ORDER BY id");
    tx.rows(sql, events.iter().map(|event| (*event).into()).collect()).await?.iter().map(|row| row.text("no")).collect()
}

/// Stores what the same events make of a case now. Nothing happened, so no revision moves.
pub async fn reproject(tx: &mut Tx, application_id: &str, case: &Case, due: Option<Date>, wake: Option<i64>) -> Result<()> {
    let sql = "UPDATE application SET projection = $2, turn = $3, asked = $4, due_on = $5, wake_at = $6 WHERE id = $1 AND case_revision = $7";
    let (turn, asked) = (case.turn().map_or("", Role::word), case.asked().map_or("", Role::word));
    let args = vals![application_id, serde_json::to_string(case).broken()?, turn, asked, due.map(|day| day.to_string()), wake, case.revision];
    tx.run(sql, args).await.map(drop)
}
