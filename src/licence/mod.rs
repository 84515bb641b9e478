//! Certificates (许可证、核准证): what a unit holds and the public may look up. How they are applied for is `application`,
//! how a case ends in them `casework`; the register that says how each stands is here.

pub mod api;
pub mod model;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod person;
#[cfg(feature = "ssr")]
pub mod publicity;
#[cfg(feature = "ssr")]
pub mod register;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;
pub mod terms;
#[cfg(all(test, feature = "ssr"))]
mod tests;
