//! Running numbers, a row for each series.

use super::db::Tx;
use crate::error::{AppError, Result};
use crate::vals;

/// The next number of a series; correct however many ask at once, never given twice.
pub async fn next(tx: &mut Tx, series: &str) -> Result<i64> {
    let sql = "INSERT INTO counter (series, value) VALUES ($1, 1) ON CONFLICT (series) DO UPDATE SET value = counter.value + 1 RETURNING value";
    tx.row(sql, vals![series]).await?.ok_or(AppError::NotFound)?.int("value")
}
