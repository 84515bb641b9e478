//! Setting fields of a page that are not redrawn: what changed elsewhere, what was chosen of two, what was pasted.

use crate::application::draft::Draft;
use crate::base::period;
use crate::form::Kind;
use crate::ui::field::field_id;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// Shows a change from elsewhere. Where the focus is nothing is touched.
pub(super) fn show(draft: Draft, path: &str, value: &str) {
    let element = document().get_element_by_id(&field_id(path));
    let is_touched = element.as_ref().is_some_and(|element| element.contains(document().active_element().as_deref()));
    if !is_touched {
        put(draft, path, value);
    }
}

/// Shows a value also where the focus is: what a person pastes is theirs.
pub fn put(draft: Draft, path: &str, value: &str) {
    if draft.page.field_at(path).is_some_and(|field| field.kind == Kind::Region) {
        draft.elsewhere.set((path.to_owned(), value.to_owned()));
    } else if let Some(element) = document().get_element_by_id(&field_id(path)) {
        set(&element, value);
    }
}

fn set(element: &Element, value: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "checkbox" => input.set_checked(value == "yes"),
            _ => input.set_value(value),
        }
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    } else if let Ok(inputs) = element.query_selector_all("input") {
        // The element with the id is the fieldset of a group: radios have their key as value, boxes of a group at the end of their name,
        // and so have the days of a period.
        for input in (0..inputs.length()).filter_map(|i| inputs.item(i)?.dyn_into::<HtmlInputElement>().ok()) {
            let (name, own) = (input.name(), input.value());
            let key = name.split_once('@').map_or(own.as_str(), |(_, key)| key.trim_end_matches(']'));
            match (input.type_().as_str(), period::ENDS.iter().position(|end| *end == key)) {
                ("date" | "text", Some(end)) => input.set_value(period::ends(value)[end]),
                _ => input.set_checked(value.split(',').any(|one| one == key)),
            }
        }
    }
}
