//! Keyset paging: newer and older, and an honest count.

use super::lang::use_lang;
use crate::base::{Lang, Text, t};
use leptos::prelude::*;

/// The foot of a list. A count that was cut short says so: `1000+`.
#[component]
pub fn Pager(
    count: i64,
    capped: bool,
    newer: Option<String>,
    older: Option<String>,
    /// What the two ways are called, in a list that does not go by age.
    #[prop(default = [t("较新的", "Newer"), t("较早的", "Older")])]
    ways: [Text; 2],
) -> impl IntoView {
    let lang = use_lang();
    let plus = if capped { "+" } else { "" };
    let total = match lang {
        Lang::Zh => format!("共 {count}{plus} 条"),
        Lang::En => format!("{count}{plus} in all"),
    };
    // A way that is not open keeps its place, so that nothing jumps from page to page.
    let link = |href: Option<String>, before: &'static str, text: Text, after: &'static str| match href {
        Some(href) => view! { <a class="button small" href=href>{before}{text.get(lang)}{after}</a> }.into_any(),
        None => view! { <span class="button small" aria-hidden="true" aria-disabled="true">{before}{text.get(lang)}{after}</span> }.into_any(),
    };
    let several = newer.is_some() || older.is_some();
    let links = several.then(|| view! { <span class="ways">{link(newer, "‹ ", ways[0], "")}{link(older, "", ways[1], " ›")}</span> });
    view! {
        <nav class="pager" aria-label=t("分页", "Pages").get(lang)>
            <span>{total}</span>
            {links}
        </nav>
    }
}
