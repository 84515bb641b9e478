//! A repeat table of fields: rows are added, removed, moved and copied by buttons that post without script, and act in
//! place with it. Cells are uncontrolled inputs; a keystroke touches nothing but its own field.

use super::field::{FieldInput, RegionLevels, field_id};
use super::lang::{tx, use_lang};
use crate::base::{Lang, t};
use crate::form::{Doc, Issue, RowAct, Table};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What a page does with a row button when script runs.
#[derive(Clone, Copy)]
pub struct RowEvents(pub Callback<RowAct>);

/// A repeat table. `sheet` is the address of its XLSX import and export, without an ending.
#[component]
pub fn RepeatTable(
    table: &'static Table,
    path: String,
    #[prop(into)] rows: Signal<Vec<String>>,
    doc: RwSignal<Doc>,
    #[prop(into)] issues: Signal<Vec<Issue>>,
    regions: BTreeMap<String, RegionLevels>,
    #[prop(optional, into)] sheet: String,
) -> impl IntoView {
    let lang = use_lang();
    let label = table.label.get(lang);
    let own = { let path = path.clone(); Memo::new(move |_| issues.with(|all| all.iter().find(|i| i.path == path).cloned())) };
    let message = move || own.get().map(|issue| view! { <p class="message"><span aria-hidden="true">"! "</span>{issue.message.get(lang).to_owned()}</p> });
    let hint = (!table.hint.is_none()).then(|| view! { <p class="hint">{tx(table.hint)}</p> });
    let heads = table.columns.iter().map(|column| {
        let optional = matches!(column.need, crate::form::Need::Optional).then(|| view! { " "<span class="optional">{tx(t("选填", "optional"))}</span> });
        view! { <th scope="col">{tx(column.label)}{optional}</th> }
    });
    let regions = StoredValue::new(regions);
    let at = StoredValue::new(path.clone());
    let numbered = Signal::derive(move || rows.get().into_iter().enumerate().collect::<Vec<_>>());
    let row = move |(n, id): (usize, String)| {
        let base = format!("{}/{id}", at.get_value());
        let cells = table.columns.iter().map(|column| {
            let path = format!("{base}/{}", column.key);
            let value = doc.with_untracked(|doc| doc.get(&path).to_owned());
            let levels = regions.with_value(|r| r.get(&path).cloned().unwrap_or_default());
            view! { <td data-label=tx(column.label)><FieldInput field=column path=path value=value issues=issues regions=levels compact=true/></td> }
        });
        let cells = cells.collect_view();
        let button = |verb: &str, mark: &'static str, text: crate::base::Text| {
            let name = match lang {
                Lang::Zh => format!("{}第 {} 行", text.zh, n + 1),
                Lang::En => format!("{} row {}", text.en, n + 1),
            };
            view! { <Act act=format!("{verb}:{base}") label=name mark=mark/> }
        };
        view! {
            <tr>
                <td class="num" id=field_id(&base)>{n + 1}</td>
                {cells}
                <td class="row-actions">
                    {button("up", "↑", t("上移", "Move up"))}{button("down", "↓", t("下移", "Move down"))}{button("copy", "⧉", t("复制", "Copy"))}{button("remove", "×", t("删除", "Remove"))}
                </td>
            </tr>
        }
    };
    let add = format!("{} {}", tx(t("添加", "Add")), tx(table.row));
    let add = if lang == Lang::Zh { add.replacen(' ', "", 1) } else { add };
    let none = move || rows.with(Vec::is_empty).then(|| view! { <p class="muted">{tx(t("还没有内容", "No rows yet"))}</p> });
    let export = (!sheet.is_empty()).then(|| view! { <a class="button" href=format!("{sheet}.xlsx") download="">{tx(t("下载表格（XLSX）", "Download sheet (XLSX)"))}</a> });
    view! {
        <section class="repeat" id=field_id(&path) tabindex="-1" aria-label=label>
            <h2>{label}</h2>
            {hint}{message}
            <div class="table-scroll" tabindex="0" role="region" aria-label=label>
                <table class="repeat-table">
                    <thead><tr><th scope="col" class="num">{tx(t("序号", "No."))}</th>{heads.collect_view()}<th scope="col">{tx(t("操作", "Actions"))}</th></tr></thead>
                    <tbody><For each=move || numbered.get() key=|(n, id)| (*n, id.clone()) children=row/></tbody>
                </table>
            </div>
            {none}
            <p class="actions"><Act act=format!("add:{path}") label=add.clone() mark=""/>{export}</p>
        </section>
    }
}

/// A button that does something with a row.
#[component]
fn Act(act: String, label: String, mark: &'static str) -> impl IntoView {
    let events = use_context::<RowEvents>();
    let wanted = act.clone();
    let click = move |event: leptos::ev::MouseEvent| {
        if let (Some(RowEvents(run)), Some(act)) = (events, RowAct::parse(&wanted)) {
            event.prevent_default();
            run.run(act);
        }
    };
    if mark.is_empty() {
        view! { <button class="button add" type="submit" name="act" value=act on:click=click><span aria-hidden="true">"＋ "</span>{label}</button> }.into_any()
    } else {
        view! { <button class="icon" type="submit" name="act" value=act title=label.clone() aria-label=label on:click=click><span aria-hidden="true">{mark}</span></button> }.into_any()
    }
}
