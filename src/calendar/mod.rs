//! 工作日历: which days are working days, as the yearly notices of the State Council give them. The program brings along
//! what was known when it was built; the administrator enters what is published later. How limits are counted is
//! `base::workdays` and `workflow::clock`.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod store;
