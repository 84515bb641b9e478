//! Sets the PDFs of documents nobody opened yet, so that a later release finds them as they were issued.

use super::{service, store};
use crate::error::Result;
use crate::server::app::App;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Works until it is aborted. Idle three times as long as it works: people come first.
pub async fn run(app: Arc<App>) {
    loop {
        let began = Instant::now();
        match set_some(&app).await {
            Ok(0) => tokio::time::sleep(Duration::from_secs(5)).await,
            Ok(_) => tokio::time::sleep(began.elapsed() * 3).await,
            Err(error) => {
                tracing::error!(%error, "setting documents");
                tokio::time::sleep(Duration::from_secs(60)).await;
            }
        }
    }
}

/// Sets a few documents and tells how many.
pub async fn set_some(app: &Arc<App>) -> Result<usize> {
    let waiting = store::unset(&mut app.db.read().await?, 4).await?;
    for record in &waiting {
        service::set(app, record).await?;
    }
    Ok(waiting.len())
}
