//! What anyone can see (公共服务门户): home, the guide to a service, help, publicity, look-up. It owns no table: rows come
//! from the features that do. What only a unit or an authority may see does not belong here.

pub mod api;
pub mod guide;
pub mod help;
pub mod model;
pub mod pages;
pub mod qualification;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(all(test, feature = "ssr"))]
mod tests;
