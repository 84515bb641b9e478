//! The server's wiring, and nothing of the field: configuration, database, keys, sessions, guard, router, files, jobs.

pub mod access;
pub mod app;
pub mod clock;
pub mod config;
pub mod db;
pub mod files;
pub mod ids;
pub mod keys;
pub mod plain;
pub mod router;
pub mod session;

pub use app::App;
