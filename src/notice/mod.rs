//! Messages to people outside (短信、邮件): an outbox written in the transaction that causes a message, and a worker
//! that sends it with retry. What a message says is the business of whoever causes it.

pub mod api;
#[cfg(feature = "ssr")]
pub mod driver;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
