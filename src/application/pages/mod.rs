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

use crate::base::{Text, t};
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::lang::tx;
use leptos::prelude::*;

const HOME: (&str, Text) = ("/", t("首页", "Home"));

/// What the list of applications is called: 许可管理 of a unit, 我的申请 of a person.
const fn list_name(is_person: bool) -> Text {
    if is_person { t("我的申请", "My applications") } else { t("许可管理", "My applications") }
}

/// The pages above, as the way to a page of this feature.
fn trail(above: &[(&str, Text)]) -> Vec<(String, String)> {
    above.iter().map(|(href, name)| ((*href).to_owned(), tx(*name).to_owned())).collect()
}

/// The way to a page of an application: 首页 › 许可管理 › its number; on a phone ‹ 许可管理.
#[component]
fn CaseTrail(no: String, is_person: bool) -> impl IntoView {
    view! { <Breadcrumb trail=trail(&[HOME, ("/applications", list_name(is_person))]) here=no/> }
}

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
