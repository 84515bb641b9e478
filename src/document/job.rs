//! Sets the PDFs of documents nobody opened yet, so that a later release finds them as they were issued.

use super::{service, store};
use crate::error::Result;
use crate::server::app::App;
use std::sync::Arc;
use std::time::Duration;

/// Works until it is aborted. While there is nothing to do, the press puts its fonts away.
pub async fn run(app: Arc<App>) {
    let mut after = String::new();
    loop {
        let began = app.clock.now();
        let rest = match set_some(&app, &after).await {
            Ok(Some(last)) => {
                after = last;
                app.clock.rest_since(began)
            }
            Ok(None) => {
                after.clear();
                app.press.rest();
                Duration::from_secs(60)
            }
            Err(error) => {
                tracing::error!(%error, "looking for documents to set");
                Duration::from_secs(60)
            }
        };
        tokio::time::sleep(rest).await;
    }
}

/// Sets the next few documents after one and tells the last; `None` if there are no more. One that cannot be set keeps no other.
pub(super) async fn set_some(app: &Arc<App>, after: &str) -> Result<Option<String>> {
    let waiting = store::unset(&mut app.db.read().await?, after, 4).await?;
    for record in &waiting {
        if let Err(error) = service::set(app, record).await {
            tracing::error!(%error, document = record.id, "setting a document");
        }
    }
    Ok(waiting.into_iter().last().map(|record| record.id))
}
