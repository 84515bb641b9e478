//! The screens of documents: one to read, and the public check of a printed one.

mod paper;
mod verify;

pub use paper::DocumentPage;
pub use verify::VerifyPage;
