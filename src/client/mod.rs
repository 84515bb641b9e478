//! The browser's wiring, and nothing of the field: saving drafts, uploading files.

pub mod crop;
pub mod draft;
pub mod live;
pub mod upload;
