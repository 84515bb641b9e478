//! Examinations of persons (考试, TSG Z8001-2019 art. 28–32): plans of the year, sessions and their seats, signing up, marks and
//! what is said of them. What becomes of a case stands in its record; here is what an examination body arranges.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
