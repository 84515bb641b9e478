//! The background work of this process, and how often.

use super::app::App;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// Starts every job; dropping or aborting the set ends them.
pub fn start(app: &Arc<App>) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(crate::notice::job::run(app.clone()));
    jobs.spawn(crate::document::job::run(app.clone()));
    jobs.spawn(crate::casework::job::run(app.clone()));
    let files = app.clone();
    jobs.spawn(async move {
        loop {
            if let Err(error) = super::files::job::sweep(&files).await {
                tracing::error!(%error, "sweeping unfinished uploads");
            }
            tokio::time::sleep(Duration::from_secs(3600)).await;
        }
    });
    jobs
}
