//! The browser's wiring, and nothing of the field: saving drafts, uploading files.

pub mod crop;
pub mod draft;
mod leave;
pub mod live;
pub mod show;
pub mod upload;
