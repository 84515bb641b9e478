//! Repeat tables as spreadsheets (表格导入导出): templates and data out, rows in, and blocks copied from a spreadsheet.
//! Pure apart from the file format; which table of which draft is the service's matter.

pub mod paste;
