//! Xuke (许可): licensing of special equipment. `docs/ARCHITECTURE.md` is the map.
pub mod application;
pub mod base;
pub mod form;
