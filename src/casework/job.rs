//! What time does to cases by itself: deemed acceptance, offers that expire, escalation.

use super::{service, store};
use crate::error::Result;
use crate::server::app::App;
use std::sync::Arc;
use std::time::Duration;

/// How often time is looked after; every act looks first itself, so nobody waits for this.
const EVERY: Duration = Duration::from_secs(60);
/// Cases read at once.
const BATCH: i64 = 200;

/// Looks after time until aborted.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(error) = settle_due(&app).await {
            tracing::error!(%error, "settling cases");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Does what is due, case by case; tells how many were looked at. One that fails is logged and does not hold up the others.
pub async fn settle_due(app: &Arc<App>) -> Result<usize> {
    let due = store::due(&mut app.db.read().await?, app.clock.now(), BATCH).await?;
    for no in &due {
        if let Err(error) = service::settle(app, no).await {
            tracing::error!(%error, no, "settling a case");
        }
    }
    Ok(due.len())
}
