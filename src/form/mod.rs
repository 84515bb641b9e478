//! How any form works, pure. A form is a table of [`Field`]s in [`Page`]s; what was typed is a [`Doc`], a map from
//! path to value with a revision per path; changes are [`Op`]s. The same tables draw the inputs, the read-only view,
//! the print-out, the comparison and the error summary; the same judgement runs at save and at submit, and of short forms in the browser.

pub mod doc;
pub mod field;
pub mod judge;
#[cfg(feature = "ssr")]
pub mod posted;
pub mod rows;

pub use doc::{Base, Cell, Doc, Op, Outcome};
pub use field::{Choice, Field, FileKind, Group, Kind, Need, Page, Part, Slot, Table, choice};
pub use judge::{Issue, Severity, judge_field, judge_page};
pub use rows::RowAct;

/// Values by path, as a browser posts them.
pub type Values = std::collections::BTreeMap<String, String>;
