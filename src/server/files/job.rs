//! Sweeps uploads that were begun and never reached their place.

use super::store;
use crate::error::{OrBroken, Result};
use crate::server::app::App;
use std::time::UNIX_EPOCH;

/// How long an upload may take.
const KEEP_MS: i64 = 24 * 3_600_000;

/// Removes what is older than a day and came to nothing.
pub async fn sweep(app: &App) -> Result<()> {
    let before = app.clock.now() - KEEP_MS;
    let gone = app.db.write(move |tx| Box::pin(async move { store::sweep(tx, before).await })).await?;
    for id in gone {
        tokio::fs::remove_file(app.files.part(&id)).await.ok();
    }
    // Parts without a row: a plain form that was cut, or an upload whose end was cut.
    let mut parts = tokio::fs::read_dir(&app.files.parts).await.broken()?;
    while let Some(part) = parts.next_entry().await.broken()? {
        let changed = part.metadata().await.and_then(|m| m.modified()).broken()?;
        let changed = changed.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        if changed < before {
            tokio::fs::remove_file(part.path()).await.ok();
        }
    }
    Ok(())
}
