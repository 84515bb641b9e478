//! The screens of an application: entry, picker, book, check, receipt, list, print.

mod book;
mod check;
mod correct;
mod entry;
mod files;
mod home;
mod list;
mod paste;
mod person;
mod person_list;
mod photo;
mod picker;
mod practice;
mod print;

pub use book::BookPage;
pub use check::{CheckPage, ReceiptPage};
pub use entry::{EntryPage, StartPage};
pub use list::ManagePage;
pub use person::QualifyPage;
pub use picker::PickerPage;
pub use print::PrintPage;

/// Where a plain post of a page leads: its button says.
pub fn after(no: &str, page: &str, act: &str) -> String {
    let at = |path: &str| format!("/applications/{no}/{page}#{}", crate::ui::field::field_id(path));
    match act.split_once(':') {
        Some(("go", "check")) => format!("/applications/{no}/check"),
        Some(("go", to)) if to.chars().all(|c| c.is_ascii_lowercase() || c == '_') => format!("/applications/{no}/{to}"),
        Some(("detach", path)) => at(path.rsplit_once('/').map_or(path, |(slot, _)| slot)),
        Some((_, path)) => at(path),
        None => format!("/applications/{no}/{page}"),
    }
}
