//! The screens of documents: one to read, the public check of a printed one, and what an authority has of its own.

mod library;
mod paper;
mod verify;

pub use library::{LibraryPage, TemplatePage};
pub use paper::DocumentPage;
pub use verify::VerifyPage;
