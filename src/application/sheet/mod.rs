//! Repeat tables as spreadsheets (表格导入导出): templates and data out, rows in, and blocks copied from a spreadsheet.
//! Pure apart from the file format; which table of which draft is the service's matter.

pub mod cell;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod import;
pub mod paste;
#[cfg(all(test, feature = "ssr"))]
mod tests;

#[cfg(feature = "ssr")]
pub use export::export;
#[cfg(feature = "ssr")]
pub use import::{import, import_rows};
pub use paste::paste;

use crate::base::{Say, Text, say};
use crate::form::{Field, Table};

/// Something in a sheet that keeps it from being imported, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetIssue {
    /// The row as the spreadsheet counts it; 0 for the sheet as a whole.
    pub row: u32,
    /// The column's label; none for a row or the sheet as a whole.
    pub column: Option<Say>,
    pub message: Say,
}

impl SheetIssue {
    /// The issue with its place, as a person reads it.
    pub fn say(&self) -> Say {
        let (row, told) = (self.row, &self.message);
        match &self.column {
            Some(column) => say(format!("第 {row} 行“{}”：{}", column.zh, told.zh), format!("Row {row}, “{}”: {}", column.en, told.en)),
            None if row > 0 => say(format!("第 {row} 行：{}", told.zh), format!("Row {row}: {}", told.en)),
            None => told.clone(),
        }
    }
}

/// The columns a person fills in.
fn columns(table: &Table) -> impl Iterator<Item = &'static Field> + use<> {
    table.columns.iter().filter(|column| !column.fixed)
}

/// The column with this heading, in either language.
fn column_of(table: &Table, heading: &str) -> Option<&'static Field> {
    let heading = crate::base::text::code(heading);
    let is = |text: Text| crate::base::text::code(text.zh) == heading || crate::base::text::code(text.en) == heading;
    columns(table).find(|column| is(column.label))
}
