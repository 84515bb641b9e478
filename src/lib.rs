//! Xuke (许可): licensing of special equipment. `docs/ARCHITECTURE.md` is the map.
#![recursion_limit = "512"]

pub mod account;
pub mod app;
pub mod application;
pub mod base;
pub mod calendar;
pub mod casework;
pub mod catalogue;
#[cfg(feature = "hydrate")]
pub mod client;
pub mod document;
pub mod error;
pub mod exam;
pub mod form;
pub mod licence;
pub mod notice;
pub mod portal;
#[cfg(feature = "ssr")]
pub mod server;
pub mod ui;
pub mod workflow;

/// Takes over the page the server drew.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    client::live::listen();
    leptos::mount::hydrate_lazy(app::App);
}
