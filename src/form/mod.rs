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

use std::collections::BTreeMap;

/// Values by path, as a browser posts them.
pub type Values = BTreeMap<String, String>;

/// Options of a field that stand in no table of fields, each with its words: of a region provinces, cities and counties, level by level;
/// of a choice among rows the rows, on one level.
pub type Options = Vec<Vec<(String, String)>>;

/// Such options by [`Field::options_at`].
pub type Offered = BTreeMap<String, Options>;
