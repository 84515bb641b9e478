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
    let is_open = crate::ui::field::openness();
    let listening = window_event_listener(leptos::ev::paste, move |event| {
        let Some((cell, text)) = block(&event) else { return };
        if let Some(told) = fill(draft, saver, is_open, &cell, &text) {
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

/// Fills a block in from a cell on, as far as its cells may be changed; `None` if the path is no cell of a table.
#[cfg(feature = "hydrate")]
fn fill(draft: Draft, saver: crate::client::draft::Saver, is_open: impl Fn(&str) -> bool, cell: &str, text: &str) -> Option<Say> {
    use crate::application::sheet::{paste, paste::lay};
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
    let room = usize::from(table.max_rows).saturating_sub(at);
    let laid = lay(&path, room, &there[at..], paste(table, column, text), is_open);
    let told = laid.told(table.max_rows);
    for (path, value) in laid.cells {
        put(draft, &path, &value);
        saver.typed(path, Some(value));
    }
    let last = there.last().map(|id| draft.doc.with_untracked(|doc| doc.get(&format!("{path}/{id}")).to_owned()));
    let op = |path: String, value: String| Op { id: new_id(), path, base: Base::Revision(0), value: Some(value) };
    let mut ops = Vec::new();
    for (order, values) in orders_after(last.as_deref(), laid.added.len()).into_iter().zip(laid.added) {
        let row = format!("{path}/{}", new_id());
        ops.push(op(row.clone(), order));
        ops.extend(values.into_iter().filter(|(_, value)| !value.is_empty()).map(|(column, value)| op(format!("{row}/{column}"), value)));
    }
    saver.act(ops);
    Some(told)
}
