//! What happens to a case once there is one: acting on it, its timeline, its clocks, the proof that nothing in its record
//! was changed. What may happen is `workflow`'s; what a book says is `application`'s.

pub mod agencies;
pub mod answers;
pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod forms;
#[cfg(feature = "ssr")]
pub mod job;
pub mod model;
#[cfg(feature = "ssr")]
mod notices;
pub mod pages;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
pub mod verify;
