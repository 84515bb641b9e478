//! The unit's application for a licence (单位许可申请): what is asked, how it is judged, and how it comes to the authority.
//! What happens to it afterwards is `casework`; what may be applied for is `catalogue`.

pub mod api;
pub mod book;
pub mod draft;
pub mod frozen;
pub mod keys;
pub mod model;
pub mod pages;
pub mod picker;
pub mod qualify;
pub mod read;
#[cfg(feature = "ssr")]
pub mod service;
pub mod sheet;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
