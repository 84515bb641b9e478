//! Documents (文书): what they say, how they are numbered, set as PDF, signed, kept and served. When one is issued belongs
//! to the case it is about.

pub mod api;
#[cfg(feature = "ssr")]
pub mod job;
pub mod kinds;
#[cfg(feature = "ssr")]
pub mod library;
#[cfg(all(test, feature = "ssr"))]
mod library_tests;
pub mod model;
pub mod number;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod pdf;
pub mod read;
#[cfg(feature = "ssr")]
pub mod service;
pub mod sign;
#[cfg(feature = "ssr")]
pub mod store;
pub mod template;
#[cfg(all(test, feature = "ssr"))]
mod tests;
pub mod view;
