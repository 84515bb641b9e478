//! Controls of forms on the page, by the path of their question.

use crate::ui::field::field_id;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement};

fn control(path: &str) -> Option<Element> {
    document().get_element_by_id(&field_id(path))
}

/// A form of the page.
pub fn form(id: &str) -> Option<HtmlFormElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// What is typed at a path.
pub fn typed(path: &str) -> Option<String> {
    Some(control(path)?.dyn_into::<HtmlInputElement>().ok()?.value())
}

/// Puts something there.
pub fn put(path: &str, value: &str) {
    let Some(control) = control(path) else { return };
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    } else if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    }
}

/// Unfolds the form it is in.
pub fn unfold(path: &str) {
    if let Some(Ok(Some(folded))) = control(path).map(|control| control.closest("details")) {
        // It cannot fail for an element that is on the page.
        folded.set_attribute("open", "").ok();
    }
}

/// Gives it the focus.
pub fn focus(path: &str) {
    unfold(path);
    if let Some(control) = control(path).and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
        // It cannot fail for a control that is on the page.
        control.focus().ok();
    }
}
