//! A month as a table of its weeks. What stands at a day is the page's; on a phone only the days are listed at which something stands.

use super::lang::{tx, use_lang};
use crate::base::workdays::{show_date, weeks_of};
use crate::base::{Lang, Text, t};
use jiff::civil::Date;
use leptos::prelude::*;

const HEADS: [Text; 7] = [t("周一", "Mon"), t("周二", "Tue"), t("周三", "Wed"), t("周四", "Thu"), t("周五", "Fri"), t("周六", "Sat"), t("周日", "Sun")];

/// `2026年12月`
pub fn month_words(month: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月", month.year(), month.month()),
        Lang::En => format!("{:04}-{:02}", month.year(), month.month()),
    }
}

/// The table of a month.
#[component]
pub fn MonthTable(
    caption: String,
    /// Its first day.
    first: Date,
    today: Date,
    /// Days without work.
    off: Vec<Date>,
    /// What stands at a day, if anything.
    at: Callback<Date, Option<AnyView>>,
) -> impl IntoView {
    let lang = use_lang();
    let cell = |day: Option<Date>| {
        let Some(day) = day else { return view! { <td class="none"></td> }.into_any() };
        let (stands, is_off) = (at.run(day), off.contains(&day));
        let class = match (stands.is_some(), is_off) {
            (false, true) => "none off",
            (false, false) => "none",
            (true, true) => "off",
            (true, false) => "",
        };
        let current = (day == today).then_some("date");
        let word = is_off.then(|| view! { " "<small>{tx(t("休", "off"))}</small> });
        view! { <td class=class aria-current=current><span class="day"><span class="long">{show_date(day, lang)}</span><span class="short" aria-hidden="true">{day.day()}</span>{word}</span>{stands}</td> }.into_any()
    };
    let rows = weeks_of(first).into_iter().map(|week| view! { <tr>{week.map(cell).collect_view()}</tr> }).collect_view();
    view! {
        <div class="table-scroll fit" tabindex="0" role="region" aria-label=caption.clone()>
            <table class="month">
                <caption>{caption.clone()}</caption>
                <thead><tr>{HEADS.map(|head| view! { <th scope="col">{tx(head)}</th> }).collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
