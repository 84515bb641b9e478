//! What a person typed or chose, read from the control an event came from. One listener serves a whole field or table,
//! because the name of a control is its path. And the other way round: the marks of an issue at a control that is
//! already on the page.

use super::field::{FieldEvents, field_id};
use crate::base::Lang;
use crate::form::{Issue, Severity};
use leptos::ev::{Event, FocusEvent};
use leptos::prelude::Callable;

/// The path in a control's name: `values[p]` and `p` are both `p`.
#[cfg(feature = "hydrate")]
pub(super) fn path_of(name: &str) -> &str {
    name.strip_prefix("values[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(name)
}

/// Passes on what was typed.
pub(super) fn typed(events: Option<FieldEvents>, event: &Event) {
    if let Some(events) = events
        && let Some(answer) = answer(event)
    {
        events.input.run(answer);
    }
}

/// Passes on that a control was left.
pub(super) fn left(events: Option<FieldEvents>, event: &FocusEvent) {
    if let Some(events) = events
        && let Some(path) = left_path(event)
    {
        once_released(Box::new(move || events.leave.run(path)));
    }
}

/// Waits until no pointer is pressed: a message that came before would push what is pressed away from under it, and the
/// click would be lost.
fn once_released(then: Box<dyn FnOnce()>) {
    #[cfg(feature = "hydrate")]
    if leptos::prelude::document().query_selector(":active").is_ok_and(|pressed| pressed.is_some()) {
        leptos::prelude::request_animation_frame(move || once_released(then));
        return;
    }
    then();
}

/// The classes of a field, and what its control says of itself, for an issue or none.
pub(super) fn state(issue: Option<&Issue>) -> (&'static str, Option<&'static str>) {
    match issue.map(|issue| issue.severity) {
        Some(Severity::Error) => ("bad", Some("true")),
        Some(Severity::Warning) => ("warn", None),
        None => ("", None),
    }
}

/// The id of the message at a field.
pub(super) fn message_id(path: &str) -> String {
    format!("{}-message", field_id(path))
}

#[cfg(not(feature = "hydrate"))]
mod page {
    use super::*;

    pub(in crate::ui) fn answer(_: &Event) -> Option<(String, String)> {
        None
    }

    pub(in crate::ui) fn left_path(_: &FocusEvent) -> Option<String> {
        None
    }

    pub(in crate::ui) fn describe(_: &str, _: Option<&Issue>, _: Option<&str>) {}

    pub(in crate::ui) fn mark_cell(_: &str, _: Option<&Issue>, _: Lang) {}

    pub(in crate::ui) fn choose(_: &str, _: &str) {}

    pub fn focus(_: &str) {}
}

#[cfg(feature = "hydrate")]
mod page {
    use super::*;
    use crate::ui::button::escaped;
    use crate::ui::value::{lang_of, runs};
    use leptos::prelude::document;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

    fn target(event: &Event) -> Option<(Element, String)> {
        let element: Element = event.target()?.dyn_into().ok()?;
        let name = element.get_attribute("name")?;
        Some((element, path_of(&name).to_owned()))
    }

    /// Path and value of the control an event came from. A region's selects speak for themselves.
    pub(in crate::ui) fn answer(event: &Event) -> Option<(String, String)> {
        let (element, path) = target(event)?;
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            let is_box = input.type_() == "checkbox";
            return Some(match path.split_once('@') {
                Some((whole, _)) if is_box => (whole.to_owned(), ticked(&element)),
                Some((whole, _)) => (whole.to_owned(), days(&element)),
                None if is_box => (path, if input.checked() { "yes" } else { "" }.to_owned()),
                None => (path, input.value()),
            });
        }
        if path.contains('@') {
            return None;
        }
        let value = match element.dyn_ref::<HtmlSelectElement>() {
            Some(select) => select.value(),
            None => element.dyn_ref::<HtmlTextAreaElement>()?.value(),
        };
        Some((path, value))
    }

    /// The period that a day belongs to.
    fn days(one: &Element) -> String {
        let inputs = one.closest(".days").ok().flatten().and_then(|days| days.query_selector_all("input").ok());
        let day = |at: u32| inputs.as_ref().and_then(|all| Some(all.item(at)?.dyn_into::<HtmlInputElement>().ok()?.value())).unwrap_or_default();
        crate::base::period::joined(&day(0), &day(1))
    }

    /// The keys ticked in a group of checks, joined with commas.
    fn ticked(one: &Element) -> String {
        let Some(boxes) = one.closest(".choices").ok().flatten().and_then(|group| group.query_selector_all("input:checked").ok()) else { return String::new() };
        let names = (0..boxes.length()).filter_map(|i| boxes.item(i)?.dyn_into::<Element>().ok()?.get_attribute("name"));
        let keys: Vec<String> = names.filter_map(|name| Some(path_of(&name).split_once('@')?.1.to_owned())).collect();
        keys.join(",")
    }

    /// The path of the answer that was left; going on to another part of it is not leaving it.
    pub(in crate::ui) fn left_path(event: &FocusEvent) -> Option<String> {
        let whole = |path: &str| path.split_once('@').map_or(path, |(whole, _)| whole).to_owned();
        let (_, path) = target(event)?;
        let next = event.related_target().and_then(|next| next.dyn_into::<Element>().ok()?.get_attribute("name"));
        let stays = path.contains('@') && next.is_some_and(|name| whole(path_of(&name)) == whole(&path));
        (!stays).then(|| whole(&path))
    }

    fn set(element: &Element, name: &str, value: Option<&str>) {
        // An attribute with a name known here cannot be refused.
        match value {
            Some(value) => element.set_attribute(name, value).ok(),
            None => element.remove_attribute(name).ok(),
        };
    }

    /// Tells a control what is said about it.
    pub(in crate::ui) fn describe(path: &str, issue: Option<&Issue>, hint: Option<&str>) {
        let Some(element) = document().get_element_by_id(&field_id(path)) else { return };
        let message = issue.map(|_| message_id(path));
        let ids: Vec<&str> = hint.into_iter().chain(message.as_deref()).collect();
        set(&element, "aria-invalid", state(issue).1);
        set(&element, "aria-describedby", (!ids.is_empty()).then(|| ids.join(" ")).as_deref());
    }

    /// Chooses an option of a select.
    pub(in crate::ui) fn choose(id: &str, key: &str) {
        if let Some(select) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlSelectElement>().ok()) {
            select.set_value(key);
        }
    }

    /// Gives the focus to what stands at a path: a control, a group, the number of a row.
    pub fn focus(path: &str) {
        let element = document().get_element_by_id(&field_id(path));
        element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()).and_then(|element| element.focus().ok());
    }

    /// Marks a cell of a repeat table.
    pub(in crate::ui) fn mark_cell(path: &str, issue: Option<&Issue>, lang: Lang) {
        describe(path, issue, None);
        let Some(cell) = document().get_element_by_id(&field_id(path)).and_then(|e| e.closest("td").ok().flatten()) else { return };
        let classes = cell.class_list();
        let (class, _) = state(issue);
        classes.remove_2("bad", "warn").ok();
        if let Some(old) = document().get_element_by_id(&message_id(path)) {
            old.remove();
        }
        if let Some(issue) = issue {
            classes.add_1(class).ok();
            let piece = |run: &str| match lang_of(run) {
                None => escaped(run),
                Some(lang) => format!("<span lang=\"{lang}\">{}</span>", escaped(run)),
            };
            let said: String = runs(issue.message.get(lang)).into_iter().map(piece).collect();
            let html = format!("<p class=\"message {class}\" id=\"{}\">{said}</p>", message_id(path));
            cell.insert_adjacent_html("beforeend", &html).ok();
        }
    }
}

pub use page::focus;
pub(super) use page::{answer, choose, describe, left_path, mark_cell};
