//! The server's wiring, and nothing of the field: configuration, database, keys, sessions, guard, router, files, jobs.

pub mod access;
#[cfg(test)]
mod access_tests;
pub mod app;
pub mod clock;
pub mod command;
pub mod config;
pub mod counter;
pub mod db;
pub mod demo;
pub mod files;
pub mod ids;
pub mod jobs;
pub mod keys;
pub mod plain;
pub mod refusal;
pub mod rotate;
pub mod router;
pub mod session;
#[cfg(test)]
mod strangers_tests;
#[cfg(test)]
pub mod testing;

pub use app::App;
