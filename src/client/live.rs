//! The moment scripts take over a page that the server drew. Until then people may have typed already.

use leptos::prelude::*;
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, EventInit, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

thread_local! {
    /// Who is asked before the browser's own way back or forward is gone.
    static BEFORE: Cell<Option<fn(&Event)>> = const { Cell::new(None) };
}

/// Listens for the browser's own way back and forward, before anybody else: a window asks its listeners in the order in which they
/// came, whether they capture or not, and the router is one.
pub fn listen() {
    let listener = Closure::<dyn FnMut(Event)>::new(|event| {
        if let Some(ask) = BEFORE.get() {
            ask(&event);
        }
    });
    window().add_event_listener_with_callback("popstate", listener.as_ref().unchecked_ref()).ok();
    listener.forget();
}

/// Asks this function before the browser's own way back or forward is gone; what stops the event keeps the page as it is.
pub(super) fn before_travelling(ask: fn(&Event)) {
    BEFORE.set(Some(ask));
}

/// Passes on what was typed before anybody listened, and says at the document that somebody listens now.
pub fn begin() {
    // Listeners are there once the page's own effects have run.
    Effect::new(|_| request_animation_frame(take_over));
}

fn take_over() {
    let Ok(controls) = document().query_selector_all("main :is(input, select, textarea)") else { return };
    let controls = (0..controls.length()).filter_map(|i| controls.item(i)?.dyn_into::<Element>().ok());
    for control in controls.filter(differs) {
        tell(&control, "input");
        tell(&control, "change");
    }
    if let Some(html) = document().document_element() {
        html.set_attribute("data-live", "").ok();
    }
}

/// Whether a control holds something else than the server wrote.
fn differs(control: &Element) -> bool {
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "checkbox" | "radio" => input.checked() && !input.default_checked(),
            "hidden" | "file" | "password" | "search" => false,
            _ => input.value() != input.default_value(),
        };
    }
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        let written = select.query_selector("option[selected]").ok().flatten().or_else(|| select.query_selector("option").ok().flatten());
        return written.is_some_and(|option| option.get_attribute("value").unwrap_or_default() != select.value());
    }
    control.dyn_ref::<HtmlTextAreaElement>().is_some_and(|area| area.default_value().is_ok_and(|written| area.value() != written))
}

fn tell(control: &Element, kind: &str) {
    let options = EventInit::new();
    options.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(kind, &options) {
        control.dispatch_event(&event).ok();
    }
}
