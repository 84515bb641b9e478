//! A dialog over the page, on the browser's own `<dialog>`: it keeps the focus inside, closes by Escape, and gives the
//! focus back. Only a help: what it asks must have a plain page or form as well.

use super::lang::tx;
use crate::base::{Text, t};
use leptos::prelude::*;

/// A dialog that is seen while `open` holds. `id` is unique on the page and names its parts.
#[component]
pub fn Dialog(id: &'static str, open: RwSignal<bool>, title: Text, #[prop(optional)] wide: bool, children: Children) -> impl IntoView {
    let element = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        if let Some(dialog) = element.get() {
            match (wanted, dialog.open()) {
                // It cannot fail for a dialog that is on the page and closed.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    let title_id = format!("{id}-title");
    let class = if wide { "dialog wide" } else { "dialog" };
    view! {
        <dialog class=class id=id node_ref=element aria-labelledby=title_id on:close=move |_| open.set(false)>
            <div class="dialog-head">
                <h2 id=title_id.clone()>{tx(title)}</h2>
                <button class="ic del" type="button" aria-label=tx(t("关闭", "Close")) title=tx(t("关闭", "Close")) on:click=move |_| open.set(false)></button>
            </div>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}
