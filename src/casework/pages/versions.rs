//! The book as it was handed in (申请书): any version, any two compared in three colours that are words as well, and a button beside
//! each place that takes it into a correction notice.

use super::points::Marking;
use crate::application::book::{Place, pages, places, places::words};
use crate::application::frozen::Frozen;
use crate::application::read::{Beside, Book, Word, changes_table, versioned};
use crate::base::t;
use crate::casework::compared::Compared;
use crate::casework::model::Desk;
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::workflow::{ActionKind, Party};
use leptos::context::Provider;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A version of the book.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HandedIn {
    pub frozen: Frozen,
    pub sha256: String,
    pub compared: Option<Compared>,
}

/// What is written beside a value: 原值、补正后、另有改动. The class gives it its colour.
const FIRST: Word = ("first", t("原值", "Before"));
const CORRECTED: Word = ("corrected", t("补正后", "Corrected"));
const ELSEWHERE: Word = ("elsewhere", t("另有改动", "Changed besides"));

fn after(is_asked: bool) -> Word {
    if is_asked { CORRECTED } else { ELSEWHERE }
}

/// The book as it was handed in, its versions and their differences.
#[component]
pub fn HandedInBook(desk: Desk, book: HandedIn) -> impl IntoView {
    let HandedIn { frozen, sha256, compared } = book;
    let beside = Beside(beside(&desk, &frozen, compared.as_ref()));
    let shown = (frozen.version, compared.as_ref().map(|compared| compared.before));
    let comparison = compared.map(|compared| view! { <Comparison desk=desk.clone() frozen=frozen.clone() compared=compared/> });
    // As the official form, with room to sign and the code of its receipt.
    let print = (desk.case.side == Party::Unit).then(|| {
        let (version, href) = (frozen.version, format!("/applications/{}/print?version={}", desk.entry.no, frozen.version));
        view! { <p class="no-print"><a href=href>{tx(t("打印第 ", "Print version "))}{version}{tx(t(" 版", ""))}</a></p> }
    });
    view! {
        <section class="desk-book" id="desk-book" aria-labelledby="desk-book-title">
            <h2 id="desk-book-title">{tx(t("申请书", "Application book"))}</h2>
            <Versions desk=desk shown=shown/>
            <p class="hash code">{tx(t("内容校验码", "Fingerprint"))}" "{sha256}</p>
            {print}
            {comparison}
            <Provider value=beside><div class="read"><Book frozen=frozen/></div></Provider>
        </section>
    }
}

/// What stands beside the places of the book: what it was in the version compared with, and the button that marks it.
fn beside(desk: &Desk, frozen: &Frozen, compared: Option<&Compared>) -> Callback<(String, String), Option<AnyView>> {
    let changed: BTreeMap<String, (bool, String)> = compared
        .map(|compared| compared.changes.iter().map(|(change, is_asked)| (change.path.clone(), (*is_asked, change.before.clone()))).collect())
        .unwrap_or_default();
    // Rows are counted in the version handed in last, which is the one the notice is about.
    let marks = desk.case.may(ActionKind::RequireCorrection) && frozen.version == desk.version;
    let book = pages(&desk.entry.category, &desk.entry.kind);
    let places: BTreeMap<String, Place> = book.into_iter().flat_map(places).map(|place| (place.path(), place)).filter(|_| marks).collect();
    let desk = desk.clone();
    let rows: BTreeMap<String, usize> =
        places.keys().flat_map(|table| frozen.rows(table).into_iter().enumerate().map(move |(n, row)| (format!("{table}/{row}"), n + 1))).collect();
    Callback::new(move |(path, name): (String, String)| {
        let change = changed.get(&path).map(|(is_asked, before)| view! { <Changed is_asked=*is_asked before=before.clone()/> });
        let row = rows.get(&path).copied();
        let place = if row.is_some() { path.rsplit_once('/').map_or(path.as_str(), |(table, _)| table) } else { path.as_str() };
        let place = places.get(place).copied().filter(|_| desk.may_mark(&path));
        let mark = place.map(|place| view! { <Marking place=place row=row name=name/> });
        (change.is_some() || mark.is_some()).then(|| view! { {change}{mark} }.into_any())
    })
}

/// That a place is another than before, and what it was.
#[component]
fn Changed(is_asked: bool, before: String) -> impl IntoView {
    let (class, word) = after(is_asked);
    view! { <span class="beside" lang=use_lang().tag()><span class=format!("tag {class}")>{tx(word)}</span>" "{versioned(Some(FIRST), before)}</span> }
}

/// The versions handed in, where there are several, and which is compared with which.
#[component]
fn Versions(desk: Desk, shown: (i64, Option<i64>)) -> impl IntoView {
    let (shown, with) = shown;
    (desk.version > 1).then(|| {
        let base = format!("/cases/{}", desk.entry.no);
        let called = |n: i64| format!("{}{n}{}", tx(t("第 ", "Version ")), tx(t(" 版", "")));
        let options = |chosen: Option<i64>| (1..=desk.version).map(|n| view! { <option value=n selected=chosen == Some(n)>{called(n)}</option> }).collect_view();
        let last = (shown > 1).then(|| {
            view! { <a href=format!("{base}?version={shown}&with={}#changes", shown - 1)>{tx(t("与上一版比较", "Compare with the one before"))}</a> }
        });
        view! {
            <form class="desk-versions no-print" method="get" action=format!("{base}#desk-book")>
                <div class="field"><label for="book-version">{tx(t("版本", "Version"))}</label><select id="book-version" name="version">{options(Some(shown))}</select></div>
                <div class="field">
                    <label for="book-with">{tx(t("与哪一版比较", "Compare with"))}</label>
                    <select id="book-with" name="with"><option value="">{tx(t("不比较", "None"))}</option>{options(with)}</select>
                </div>
                <button class="button small" type="submit">{tx(t("显示", "Show"))}</button>
                {last}
            </form>
        }
    })
}

/// What differs from an earlier version: what the notices between asked for, and what was changed besides.
#[component]
fn Comparison(desk: Desk, frozen: Frozen, compared: Compared) -> impl IntoView {
    let lang = use_lang();
    let Compared { before, after: version, changes, untouched } = compared;
    let title = format!("{}{before}{}{version}{}", tx(t("第 ", "Versions ")), tx(t(" 版与第 ", " and ")), tx(t(" 版比较", " compared")));
    let book = pages(&desk.entry.category, &desk.entry.kind);
    let untouched: Vec<_> =
        untouched.into_iter().map(|path| view! { <li>{words(&book, &path, |table| frozen.rows(table)).get(lang).to_owned()}</li> }).collect();
    let missed = (!untouched.is_empty()).then(|| {
        view! { <Notice tone=Tone::Warn><p>{tx(t("告知书要求补正，但没有改动：", "Asked for in the notice, but not changed:"))}</p><ul>{untouched}</ul></Notice> }
    });
    let table = changes_table(changes.into_iter().map(|(change, is_asked)| (change, Some([FIRST, after(is_asked)]))).collect());
    view! {
        <section class="desk-changes" id="changes" aria-labelledby="changes-title">
            <h3 id="changes-title">{title}</h3>
            {missed}{table}
        </section>
    }
}
