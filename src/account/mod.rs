//! Accounts (账号): registration, sign-in, sessions, profiles, sub-users. Not the roles' rights, which stand in
//! `server::access`, nor messages, which `notice` sends.

pub mod api;
#[cfg(feature = "ssr")]
pub mod filled;
pub mod forms;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod password;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
