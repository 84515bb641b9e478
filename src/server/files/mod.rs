//! Uploaded files (附件): created, filled at an offset, completed by hash; kept once by SHA-256 in a folder or in S3,
//! and given only to those who may see them. What a file is attached to is the application's and the account's matter.
//! Parts of unfinished uploads lie in the data folder of the node that receives them.

mod act;
pub mod content;
mod form;
pub mod job;
mod marks;
mod page;
mod routes;
pub mod service;
mod sheets;
pub mod store;
#[cfg(test)]
mod tests;

pub use routes::routes;

use super::config::Config;
use crate::error::{OrBroken, Result as AppResult};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{GetResult, ObjectStore, WriteMultipart};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::AsyncReadExt;
use tokio::sync::Semaphore;

/// The largest upload, in bytes.
pub const MAX_SIZE: i64 = 20 * 1024 * 1024;
/// S3 takes no smaller pieces than this.
const PIECE: usize = 5 * 1024 * 1024;
/// Uploads examined and stored at once; the others wait with nothing in memory.
const AT_ONCE: usize = 4;

/// Where files are kept.
pub struct Files {
    kept: Arc<dyn ObjectStore>,
    /// The folder behind `kept`, if it is one.
    folder: Option<Arc<LocalFileSystem>>,
    parts: PathBuf,
    gate: Semaphore,
}

impl Files {
    /// Opens what the configuration names.
    ///
    /// # Errors
    /// A sentence for the person who starts the server.
    pub fn open(config: &Config) -> Result<Files, String> {
        Files::open_with(config, AmazonS3Builder::from_env())
    }

    fn open_with(config: &Config, s3: AmazonS3Builder) -> Result<Files, String> {
        let wrong = |cause: String| format!("Leptos.toml [xuke]: files_url: {cause}");
        let parts = config.data.join("uploads");
        std::fs::create_dir_all(&parts).map_err(|e| format!("the folder {}: {e}", parts.display()))?;
        let gate = Semaphore::new(AT_ONCE);
        if let Some(bucket) = config.files_url.strip_prefix("s3://") {
            let kept = s3.with_bucket_name(bucket.trim_end_matches('/')).build().map_err(|e| wrong(e.to_string()))?;
            return Ok(Files { kept: Arc::new(kept), folder: None, parts, gate });
        }
        if config.files_url.contains("://") {
            return Err(wrong("is neither a folder nor s3://bucket".into()));
        }
        let folder = if config.files_url.is_empty() { config.data.join("files") } else { PathBuf::from(&config.files_url) };
        std::fs::create_dir_all(&folder).map_err(|e| wrong(format!("{}: {e}", folder.display())))?;
        let folder = Arc::new(LocalFileSystem::new_with_prefix(&folder).map_err(|e| wrong(e.to_string()))?);
        Ok(Files { kept: folder.clone(), folder: Some(folder), parts, gate })
    }

    /// Where the bytes of an unfinished upload lie.
    pub fn part(&self, id: &str) -> PathBuf {
        self.parts.join(id)
    }

    /// Stores a finished part under its hash, unless the same bytes are there already. It is on disk when this returns.
    async fn keep(&self, part: &Path, sha256: &str) -> AppResult<()> {
        let key = key(sha256);
        if self.has(&key).await? {
            return Ok(());
        }
        let mut from = tokio::fs::File::open(part).await.broken()?;
        let mut to = WriteMultipart::new_with_chunk_size(self.kept.put_multipart(&key).await.broken()?, PIECE);
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let read = match from.read(&mut buffer).await {
                Ok(0) => break,
                Ok(read) => read,
                Err(cause) => {
                    to.abort().await.ok();
                    return Err(cause).broken();
                }
            };
            to.wait_for_capacity(1).await.broken()?;
            to.write(&buffer[..read]);
        }
        to.finish().await.broken()?;
        self.settle(&key).await
    }

    /// Keeps bytes made here, under their hash. They are on disk when this returns.
    pub async fn put(&self, bytes: Vec<u8>) -> AppResult<String> {
        let sha256 = crate::server::ids::hex(&Sha256::digest(&bytes));
        let key = key(&sha256);
        if !self.has(&key).await? {
            self.kept.put(&key, bytes.into()).await.broken()?;
            self.settle(&key).await?;
        }
        Ok(sha256)
    }

    async fn has(&self, key: &Key) -> AppResult<bool> {
        match self.kept.head(key).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(other) => Err(other).broken(),
        }
    }

    /// Makes sure that a file of the folder is on disk.
    async fn settle(&self, key: &Key) -> AppResult<()> {
        if let Some(folder) = &self.folder {
            let path = folder.path_to_filesystem(key).broken()?;
            tokio::fs::File::open(path).await.broken()?.sync_all().await.broken()?;
        }
        Ok(())
    }

    /// The bytes of a hash, as a stream.
    pub async fn get(&self, sha256: &str) -> AppResult<GetResult> {
        self.kept.get(&key(sha256)).await.broken()
    }
}

/// `ab/abcdef…`: a folder of a hundred thousand files is slow to back up.
fn key(sha256: &str) -> Key {
    Key::from_iter([&sha256[..sha256.len().min(2)], sha256])
}
