//! A block copied from a spreadsheet, pasted into a cell of a repeat table: it fills the cells to the right and below,
//! adds the rows it needs, and is saved like everything typed. Without script the table is filled from a sheet instead.

use crate::application::draft::Draft;
use crate::base::Say;
use crate::ui::lang::use_lang;
use leptos::prelude::*;

/// What the last paste did.
#[derive(Clone, Copy)]
struct Pasted(RwSignal<Option<Say>>);

/// Tells what a paste did, and listens for one. Stands in the page of a draft, below its saver.
#[component]
pub fn PasteStatus() -> impl IntoView {
    let lang = use_lang();
    let pasted = Pasted(RwSignal::new(None));
    listen(use_context::<Draft>(), pasted);
    view! { <p class="hint" role="status" aria-live="polite">{move || pasted.0.get().map(|say| say.get(lang).to_owned())}</p> }
}

#[cfg(not(feature = "hydrate"))]
fn listen(draft: Option<Draft>, pasted: Pasted) {
    let _ = (draft, pasted);
}

#[cfg(feature = "hydrate")]
fn listen(draft: Option<Draft>, pasted: Pasted) {
    let (Some(draft), Some(saver)) = (draft, use_context::<crate::client::draft::Saver>()) else { return };
    let listening = window_event_listener(leptos::ev::paste, move |event| {
        let Some((cell, text)) = block(&event) else { return };
        if let Some(told) = fill(draft, saver, &cell, &text) {
            event.prevent_default();
            pasted.0.set(Some(told));
        }
    });
    on_cleanup(move || listening.remove());
}

/// The path of the cell pasted into and the text, if it is a block.
#[cfg(feature = "hydrate")]
fn block(event: &web_sys::ClipboardEvent) -> Option<(String, String)> {
    use wasm_bindgen::JsCast;
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let name = target.get_attribute("name")?;
    let path = name.strip_prefix("values[")?.strip_suffix(']')?.to_owned();
    let text = event.clipboard_data()?.get_data("text/plain").ok()?;
    crate::application::sheet::paste::is_block(&text).then_some((path, text))
}

/// Fills a block in from a cell on; `None` if the path is no cell of a table.
#[cfg(feature = "hydrate")]
fn fill(draft: Draft, saver: crate::client::draft::Saver, cell: &str, text: &str) -> Option<Say> {
    use crate::base::say;
    use crate::client::draft::new_id;
    use crate::client::show::put;
    use crate::form::doc::orders_after;
    use crate::form::{Base, Op};
    let parts: Vec<&str> = cell.split('/').collect();
    let [page, key, row, column] = parts.as_slice() else { return None };
    let table = draft.page.tables().find(|table| draft.page.key == *page && table.key == *key && !table.is_given())?;
    let path = draft.page.path(table.key);
    let there = draft.doc.with_untracked(|doc| doc.rows(&path));
    let at = there.iter().position(|id| id == row)?;
    let mut rows = draft.offered.with_value(|offered| crate::application::sheet::paste(table, column, text, offered));
    let room = usize::from(table.max_rows).saturating_sub(at);
    let lost = rows.len().saturating_sub(room);
    rows.truncate(room);
    let count = rows.len();
    let added = rows.split_off(rows.len().min(there.len() - at));
    for (values, id) in rows.into_iter().zip(&there[at..]) {
        for (column, value) in values {
            let path = format!("{path}/{id}/{column}");
            put(draft, &path, &value);
            saver.typed(path, Some(value));
        }
    }
    let last = there.last().map(|id| draft.doc.with_untracked(|doc| doc.get(&format!("{path}/{id}")).to_owned()));
    let op = |path: String, value: String| Op { id: new_id(), path, base: Base::Revision(0), value: Some(value) };
    let mut ops = Vec::new();
    for (order, values) in orders_after(last.as_deref(), added.len()).into_iter().zip(added) {
        let row = format!("{path}/{}", new_id());
        ops.push(op(row.clone(), order));
        ops.extend(values.into_iter().filter(|(_, value)| !value.is_empty()).map(|(column, value)| op(format!("{row}/{column}"), value)));
    }
    saver.act(ops);
    let max = table.max_rows;
    Some(if lost == 0 {
        say(format!("已粘贴 {count} 行。"), format!("Pasted {count} row(s)."))
    } else {
        say(
            format!("已粘贴 {count} 行；这张表最多 {max} 行，其余 {lost} 行没有粘贴。"),
            format!("Pasted {count} row(s); this table holds at most {max}, so {lost} were left out."),
        )
    })
}
