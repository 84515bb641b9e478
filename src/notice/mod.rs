//! Messages to people outside (短信、邮件): an outbox written in the transaction that causes a message, and a worker
//! that sends it with retry. What a message says is the business of whoever causes it.

#[cfg(feature = "ssr")]
pub mod service;
