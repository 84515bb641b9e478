//! What happens to a case once there is one: acting on it, its timeline, its clocks, the proof that nothing in its record
//! was changed. What may happen is `workflow`'s; what a book says is `application`'s.

pub mod agencies;
pub mod answers;
pub mod api;
#[cfg(feature = "ssr")]
pub mod attached;
#[cfg(feature = "ssr")]
pub mod bans;
#[cfg(feature = "ssr")]
mod briefing;
#[cfg(feature = "ssr")]
pub mod certify;
#[cfg(feature = "ssr")]
pub mod clicks;
pub mod committed;
pub mod compared;
#[cfg(feature = "ssr")]
pub mod correcting;
#[cfg(feature = "ssr")]
pub mod deadlines;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod dossier;
pub mod forms;
pub mod inviting;
#[cfg(feature = "ssr")]
pub mod job;
#[cfg(feature = "ssr")]
mod letters;
pub mod model;
#[cfg(feature = "ssr")]
mod notices;
pub mod pages;
pub mod points;
#[cfg(feature = "ssr")]
pub mod previewing;
#[cfg(feature = "ssr")]
mod qualify;
#[cfg(feature = "ssr")]
pub mod refold;
#[cfg(feature = "ssr")]
pub mod service;
#[cfg(feature = "ssr")]
mod sides;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
pub mod timeline;
#[cfg(feature = "ssr")]
pub mod verify;
pub mod wanted;
#[cfg(feature = "ssr")]
mod wording;
