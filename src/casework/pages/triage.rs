//! The list of cases by the keys (look.md): `j` and `k` move, Enter and `o` open, `?` shows them. They are heard wherever the focus is, but
//! where somebody types or chooses.

use crate::base::{Text, t};
use crate::ui::dialog::Dialog;
use crate::ui::lang::tx;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Each key with what it does.
const KEYS: [(&[&str], Text); 4] = [
    (&["j", "↓"], t("下一件；↓ 只在列表中有效", "The next case; ↓ within the list only")),
    (&["k", "↑"], t("上一件；↑ 只在列表中有效", "The case before; ↑ within the list only")),
    (&["o", "Enter"], t("打开选中的案件", "Open the case that has the focus")),
    (&["?"], t("显示这些按键", "Show these keys")),
];

/// Listens for the keys while the list is on the page, and says which there are.
#[component]
pub fn Triage() -> impl IntoView {
    let open = RwSignal::new(false);
    let listener = window_event_listener(leptos::ev::keydown, move |event| pressed(&event, open));
    on_cleanup(move || listener.remove());
    let row = |(keys, what): (&[&str], Text)| {
        let keys = keys.iter().map(|key| view! { <kbd>{(*key).to_owned()}</kbd>" " }).collect_view();
        view! { <dt>{keys}</dt><dd>{tx(what)}</dd> }
    };
    view! {
        <p class="hint triage-keys">
            {tx(t("键盘：j 下一件，k 上一件，回车打开。", "Keys: j for the next case, k for the one before, Enter opens."))}" "
            <button class="link" type="button" on:click=move |_| open.set(true)>{tx(t("全部按键（?）", "All keys (?)"))}</button>
        </p>
        <Dialog id="triage-keys" open=open title=t("按键", "Keys")><dl class="facts">{KEYS.map(row).collect_view()}</dl></Dialog>
    }
}

#[cfg(feature = "hydrate")]
fn pressed(event: &KeyboardEvent, keys: RwSignal<bool>) {
    use wasm_bindgen::JsCast;
    let focused = document().active_element();
    let is_elsewhere = |element: &web_sys::Element| element.closest("input, select, textarea, dialog").ok().flatten().is_some();
    if event.default_prevented() || event.ctrl_key() || event.alt_key() || event.meta_key() || focused.as_ref().is_some_and(is_elsewhere) {
        return;
    }
    let key = event.key();
    if matches!(key.as_str(), "?" | "？") {
        event.prevent_default();
        return keys.set(true);
    }
    let Ok(links) = document().query_selector_all(".triage tbody .title a") else { return };
    let links: Vec<web_sys::HtmlElement> = (0..links.length()).filter_map(|n| links.get(n)?.dyn_into().ok()).collect();
    let row = focused.and_then(|element| element.closest(".triage tbody tr").ok().flatten());
    let here = row.and_then(|row| links.iter().position(|link| row.contains(Some(link))));
    let to = match (key.as_str(), here) {
        ("j" | "k", None) => Some(0),
        ("j" | "ArrowDown", Some(here)) => Some(here + 1),
        ("k" | "ArrowUp", Some(here)) => here.checked_sub(1),
        ("o", Some(here)) => {
            links[here].click();
            None
        }
        _ => None,
    };
    if let Some(link) = to.and_then(|to| links.get(to)) {
        event.prevent_default();
        // It cannot fail for a link that is on the page.
        link.focus().ok();
    }
}

#[cfg(not(feature = "hydrate"))]
fn pressed(_: &KeyboardEvent, _: RwSignal<bool>) {}
