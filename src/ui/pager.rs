//! Keyset paging: newer and older, and an honest count.

use super::lang::use_lang;
use crate::base::{Lang, t};
use leptos::prelude::*;

/// The foot of a list.
#[component]
pub fn Pager(count: i64, capped: bool, newer: Option<String>, older: Option<String>) -> impl IntoView {
    let lang = use_lang();
    let plus = if capped { "+" } else { "" };
    let total = match lang {
        Lang::Zh => format!("共 {count}{plus} 条"),
        Lang::En => format!("{count}{plus} in all"),
    };
    let link = |href: Option<String>, text: crate::base::Text| href.map(|href| view! { <a class="button" href=href>{text.get(lang)}</a> });
    view! {
        <nav class="pager" aria-label=t("分页", "Pages").get(lang)>
            <span>{total}</span>" "{link(newer, t("较新的", "Newer"))}" "{link(older, t("较早的", "Older"))}
        </nav>
    }
}
