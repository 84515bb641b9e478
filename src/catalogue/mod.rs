//! The permit catalogue: which items there are, which covers which, who decides, what has to be handed in and how long
//! it may take. Cases that refer to it, and the review itself, do not belong here.

pub mod admin;
pub mod api;
pub mod category;
pub mod checklist;
pub mod conditions;
pub mod coverage;
pub mod digits;
pub mod limits;
pub mod materials;
pub mod model;
pub mod names;
pub mod pages;
pub mod personnel;
pub mod routing;
#[cfg(feature = "ssr")]
pub mod service;
pub mod setting;
#[cfg(feature = "ssr")]
pub mod store;
pub mod validity;

pub use category::{Book, CATEGORIES, Category, category, category_of};
pub use checklist::Checklist;
pub use coverage::Missing;
pub use digits::Digits;
pub use limits::{LegalLimits, limits, limits_for, months};
pub use materials::Kind;
pub use model::{Authority, AuthorityLevel, Catalogue, Decider, Difference, Item, Setup};
pub use names::{PERSONNEL, category_name, kind_name, matter_name, person_kind};
pub use personnel::{PersonnelCode, PersonnelCodes};
pub use routing::{Ask, Delegation, Part, Route, Rules};
pub use validity::Validity;

#[cfg(all(test, feature = "ssr"))]
mod tests;
