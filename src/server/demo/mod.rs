//! The demonstration's data.

use super::app::App;
use std::sync::Arc;

/// Loads the demonstration into an empty database and tells its accounts.
///
/// # Errors
/// A sentence for the person at the terminal.
pub async fn load(app: &Arc<App>) -> Result<String, String> {
    if !app.config.demo {
        return Err("this is no demonstration: set demo = true".into());
    }
    Ok(String::new())
}
