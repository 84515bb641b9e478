//! Messages: the inbox of everybody who signs in (站内消息), and an outbox of text messages and mail (短信、邮件) with a
//! worker that sends them with retry. Both are written in the transaction that causes a message; what it says is the
//! business of whoever causes it.

pub mod api;
#[cfg(feature = "ssr")]
pub mod driver;
#[cfg(feature = "ssr")]
pub mod inbox;
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
