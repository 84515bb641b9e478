//! Uploaded files (附件): created, filled at an offset, completed by hash; kept once by SHA-256 in a folder or in S3,
//! and given only to those who may see them. What a file is attached to is the application's and the account's matter.

use super::config::Config;

/// Where files are kept.
pub struct Files;

impl Files {
    /// Opens what the configuration names.
    ///
    /// # Errors
    /// A sentence for the person who starts the server.
    pub fn open(config: &Config) -> Result<Files, String> {
        std::fs::create_dir_all(config.data.join("files")).map_err(|e| e.to_string())?;
        Ok(Files)
    }
}

/// The routes of uploads, downloads and sheets.
pub fn routes<S: Clone + Send + Sync + 'static>() -> axum::Router<S> {
    axum::Router::new()
}
