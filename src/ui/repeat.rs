//! A repeat table of fields: rows are added, removed, moved and copied by buttons that post without script, and act in
//! place with it. Made for hundreds of rows: cells are static inputs, one listener hears them all, and an issue touches
//! only the cell it is about.

use super::answer::{left, mark_cell, typed};
use super::field::{FieldEvents, cell, field_id, head_id, openness, optional, width};
use super::icon::{Glyph, Icon};
use super::lang::{tx, use_lang};
use super::note::under_head;
use super::value::{label_with_unit, marked};
use crate::base::{Lang, Text, t};
use crate::form::{Doc, Field, Issue, Offered, RowAct, Table};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What a page does with a row button when script runs.
#[derive(Clone, Copy)]
pub struct RowEvents(pub Callback<RowAct>);

/// What can be done with a row: verb, class of its drawing, name.
const ACTS: [(&str, &str, Text); 4] =
    [("up", "ic up", t("上移", "Move up")), ("down", "ic down", t("下移", "Move down")), ("copy", "ic copy", t("复制", "Copy")), REMOVE];
const REMOVE: (&str, &str, Text) = ("remove", "ic del", t("删除", "Remove"));

/// A repeat table. `sheet` is the address of its XLSX export, without an ending. Where only some rows are open, as those a correction
/// notice marks, these can be taken out as long as enough are left, since none can be added.
#[component]
pub fn RepeatTable(
    table: &'static Table,
    path: String,
    #[prop(into)] rows: Signal<Vec<String>>,
    doc: RwSignal<Doc>,
    #[prop(into)] issues: Signal<Vec<Issue>>,
    offered: Offered,
    #[prop(optional, into)] sheet: String,
) -> impl IntoView {
    let lang = use_lang();
    let is_open = openness();
    let is_whole = !table.is_given() && is_open(&path);
    let has_acts = is_whole || !table.is_given() && rows.with_untracked(|rows| rows.iter().any(|row| is_open(&format!("{path}/{row}"))));
    let may_go = Memo::new(move |_| rows.with(Vec::len) > usize::from(table.min_rows));
    let label = table.label.get(lang);
    let id = field_id(&path);
    let own = issues_below(&path, issues);
    let message = {
        let path = path.clone();
        move || own.with(|all| all.get(&path).map(|issue| view! { <p class="message">{marked(issue.message.get(lang))}</p> }))
    };
    follow(path.clone(), own, lang);
    let hint = (!table.hint.is_none()).then(|| view! { <p class="hint">{tx(table.hint)}</p> });
    let columns: Vec<(&'static Field, String)> =
        table.columns.iter().filter(|column| column.is_offered(&offered)).map(|column| (column, under_head(column, table.columns, lang))).collect();
    // The label alone names the cells of a column; what else the head says is read with the head.
    let heads = columns.iter().map(|(column, note)| {
        let label = label_with_unit(column, lang);
        let optional = optional(column).map(|word| view! { " "<span class="optional">{word}</span> });
        let short = (!note.is_empty()).then(|| label.clone());
        let note = (!note.is_empty()).then(|| view! { <small>{marked(note)}</small> });
        view! { <th scope="col" class=width(column) abbr=short><span id=head_id(&path, column.key)>{label}{optional}</span>{note}</th> }
    });
    let heads = heads.collect_view();
    let places = Memo::new(move |_| rows.with(|rows| rows.iter().cloned().zip(1usize..).collect::<BTreeMap<_, _>>()));
    let offered = StoredValue::new(offered);
    let columns = StoredValue::new(columns);
    let at = StoredValue::new(path.clone());
    let row = move |row: String| {
        let base = format!("{}/{row}", at.get_value());
        let column = |(column, note): &(&'static Field, String)| {
            let path = format!("{base}/{}", column.key);
            let value = doc.with_untracked(|doc| doc.get(&path).to_owned());
            let options = offered.with_value(|all| all.get(column.options_at(&path)).cloned().unwrap_or_default());
            let issue = own.with_untracked(|all| all.get(&path).cloned());
            cell(column, &path, value, issue.as_ref(), options, is_open(&path), note)
        };
        let cells = columns.with_value(|columns| columns.iter().map(column).collect_view());
        let head = field_id(&base);
        let actions = has_acts.then(|| {
            let button = |(verb, class, text): (&'static str, &'static str, Text)| {
                view! { <button class=class type="submit" name="act" value=format!("{verb}:{base}") title=tx(text) aria-label=tx(text) aria-describedby=head.clone()></button> }
            };
            if is_whole {
                return view! { <td class="c-act">{ACTS.map(button).into_iter().collect_view()}</td> }.into_any();
            }
            let remove = is_open(&base).then(|| button(REMOVE));
            view! { <td class="c-act"><span hidden=move || !may_go.get()>{remove}</span></td> }.into_any()
        });
        let (before, after) = if lang == Lang::Zh { ("第 ", " 行") } else { ("Row ", "") };
        view! {
            <tr>
                <th scope="row" class="c-no" id=head.clone() tabindex="-1">
                    <span class="row-word">{before}</span>{move || places.with(|places| places.get(&row).copied())}<span class="row-word">{after}</span>
                </th>
                {cells}
                {actions}
            </tr>
        }
    };
    let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
    let count = move || {
        let count = rows.with(Vec::len);
        if lang == Lang::Zh { format!("{count} 行") } else { format!("{count} rows") }
    };
    let add = if lang == Lang::Zh { format!("添加{}", table.row.zh) } else { format!("Add {}", table.row.en) };
    let export = (!sheet.is_empty()).then(|| view! { <a class="button quiet small" href=format!("{sheet}.xlsx") download=""><Glyph icon=Icon::Download/>{tx(t("下载表格（XLSX）", "Download sheet (XLSX)"))}</a> });
    let events = use_context::<FieldEvents>();
    let acts = use_context::<RowEvents>();
    let title = format!("{id}-title");
    let head = has_acts.then(|| view! { <th scope="col" class="c-act"><span class="visually-hidden">{tx(t("操作", "Actions"))}</span></th> });
    let foot = is_whole.then(|| {
        view! {
            <div class="repeat-foot">
                <button class="button small add" type="submit" name="act" value=format!("add:{path}")><Glyph icon=Icon::Plus/>{add}</button>
                {export}
                <span class="count" role="status">{count}</span>
            </div>
        }
    });
    view! {
        <section class="repeat" id=id role="group" tabindex="-1" aria-labelledby=title on:click=move |event| clicked(acts, &event)>
            <div class="repeat-head"><h2 id=title.clone()>{label}</h2>{hint}{message}</div>
            <div class="table-scroll" tabindex="0" role="region" aria-label=label hidden=move || is_empty.get()
                on:input=move |event| typed(events, &event) on:focusout=move |event| left(events, &event)>
                <table class="cells">
                    <thead><tr>
                        <th scope="col" class="c-no"><span class="visually-hidden">{tx(t("序号", "No."))}</span></th>
                        {heads}
                        {head}
                    </tr></thead>
                    <tbody><For each=move || rows.get() key=String::clone children=row/></tbody>
                </table>
            </div>
            <p class="repeat-none" hidden=move || !is_empty.get()>{tx(t("还没有内容", "No rows yet"))}</p>
            {foot}
        </section>
    }
}

/// The first issue of each path of a table.
fn issues_below(path: &str, issues: Signal<Vec<Issue>>) -> Memo<BTreeMap<String, Issue>> {
    let (path, below) = (path.to_owned(), format!("{path}/"));
    Memo::new(move |_| {
        issues.with(|all| {
            let mut own = BTreeMap::new();
            for issue in all.iter().filter(|issue| issue.path == path || issue.path.starts_with(&below)) {
                own.entry(issue.path.clone()).or_insert_with(|| issue.clone());
            }
            own
        })
    })
}

/// Marks the cells whose issue changed; what the server drew is right already.
fn follow(path: String, own: Memo<BTreeMap<String, Issue>>, lang: Lang) {
    Effect::new(move |before: Option<BTreeMap<String, Issue>>| {
        let now = own.get();
        if let Some(before) = before {
            let gone = before.keys().filter(|at| !now.contains_key(*at)).map(|at| (at, None));
            let come = now.iter().filter(|(at, issue)| before.get(*at) != Some(issue)).map(|(at, issue)| (at, Some(issue)));
            for (at, issue) in gone.chain(come).filter(|(at, _)| **at != path) {
                mark_cell(at, issue, lang);
            }
        }
        now
    });
}

/// A row button: with script it acts at once, and the focus stays where the work is.
fn clicked(acts: Option<RowEvents>, event: &leptos::ev::MouseEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let button =
            event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()).and_then(|element| element.closest("button[name=act]").ok().flatten());
        let act = button.and_then(|button| button.get_attribute("value")).and_then(|value| RowAct::parse(&value));
        if let (Some(RowEvents(run)), Some(act)) = (acts, act) {
            event.prevent_default();
            let after = focus::after(&act);
            run.run(act);
            request_animation_frame(after);
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (acts, event);
}

/// Where the focus goes after a row came, went or moved.
#[cfg(feature = "hydrate")]
mod focus {
    use super::{RowAct, field_id};
    use leptos::prelude::document;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement};

    const CONTROL: &str = "td input, td select, td textarea";

    fn row_of(row: &str) -> Option<Element> {
        document().get_element_by_id(&field_id(row))?.closest("tr").ok().flatten()
    }

    fn focus(element: Option<Element>) -> Option<()> {
        element?.dyn_into::<HtmlElement>().ok()?.focus().ok()
    }

    fn within(element: Option<Element>, what: &str) -> Option<Element> {
        element?.query_selector(what).ok().flatten()
    }

    /// Remembers what is needed while the row still stands, and gives what to do once it has changed.
    pub(super) fn after(act: &RowAct) -> Box<dyn FnOnce()> {
        let act = act.clone();
        let neighbour = match &act {
            RowAct::Remove(row) => row_of(row).and_then(|row| row.next_element_sibling().or_else(|| row.previous_element_sibling())),
            _ => None,
        };
        Box::new(move || {
            let section = |table: &str| document().get_element_by_id(&field_id(table));
            match &act {
                RowAct::Add(table) => focus(within(within(section(table), "tbody > tr:last-of-type"), CONTROL)),
                RowAct::Copy(row) => focus(within(row_of(row).and_then(|row| row.next_element_sibling()), CONTROL)),
                RowAct::Remove(row) => {
                    let table = row.rsplit_once('/').map_or("", |(table, _)| table);
                    focus(within(neighbour, ".del")).or_else(|| focus(within(section(table), ".add"))).or_else(|| focus(section(table)))
                }
                RowAct::Up(row) => focus(within(row_of(row), ".up")),
                RowAct::Down(row) => focus(within(row_of(row), ".down")),
            };
        })
    }
}
