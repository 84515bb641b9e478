//! Words of the field, pure: nothing here knows of a screen, a store or a network. Codes and numbers are newtypes
//! parsed once at the border; [`check`] judges what was typed before that, and says what to do.

pub mod check;
pub mod credit_code;
pub mod lang;
pub mod mobile;
pub mod money;
pub mod paging;
pub mod period;
pub mod region;
pub mod resident_id;
pub mod text;
pub mod workdays;

pub use credit_code::{CreditCode, OrganisationCode};
pub use lang::{Lang, Say, Text, listed, say, t};
pub use mobile::Mobile;
pub use resident_id::ResidentId;
