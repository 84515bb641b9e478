//! What time does to cases by itself: deemed acceptance, offers that expire, escalation; reminders; where the calendar changed, other
//! last days; and authorities that are called something else from today on.

use super::{deadlines, service, store};
use crate::error::Result;
use crate::server::app::App;
use jiff::civil::Date;
use std::sync::Arc;
use std::time::Duration;

/// How often time is looked after; every act looks first itself, so nobody waits for this.
const EVERY: Duration = Duration::from_secs(60);
/// Cases read at once.
const BATCH: i64 = 200;

/// Looks after time until aborted.
pub async fn run(app: Arc<App>) {
    let mut reminded = None;
    loop {
        if let Err(error) = settle_due(&app).await {
            tracing::error!(%error, "settling cases");
        }
        if let Err(error) = crate::calendar::service::follow(&app).await {
            tracing::error!(%error, "following the calendar");
        }
        if let Err(error) = crate::catalogue::store::follow(&app).await {
            tracing::error!(%error, "following the authorities");
        }
        match remind_daily(&app, reminded).await {
            Ok(day) => reminded = Some(day),
            Err(error) => tracing::error!(%error, "reminding"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Reminders are a matter of days: all cases are looked at once a day and once at every start; what was sent is stored.
async fn remind_daily(app: &Arc<App>, reminded: Option<Date>) -> Result<Date> {
    let day = deadlines::morning(app.clock.now());
    if reminded != Some(day) {
        deadlines::remind(app).await?;
    }
    Ok(day)
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
