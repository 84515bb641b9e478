//! The screens of certificates.

mod held;
mod keep;
mod register;

pub use held::CertificatesPage;
pub use keep::RegisterPage;

use super::model::CertificateView;
use crate::base::{Lang, t, workdays};
use crate::ui::lang::tx;
use leptos::prelude::*;

/// 初次取证日期 of a person's certificate: years of holding count from it, so whoever checks one on paper compares it, too.
fn first_on(row: &CertificateView, lang: Lang) -> Option<impl IntoView + use<>> {
    let day = row.first_on.parse().map_or_else(|_| tx(t("未填", "not stated")).to_owned(), |day| workdays::show_date(day, lang));
    row.is_person.then(|| view! { <br/><small>{tx(t("初次取证：", "First obtained: "))}{day}</small> })
}
