//! Review agencies (鉴定评审机构): what each can do and has in hand, whom it sends, its calendar, and the calendar file of a
//! date agreed.

pub mod api;
#[cfg(feature = "ssr")]
pub mod calendar_file;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use service::{need_idle, need_reviewers, reviewers, suggest};
