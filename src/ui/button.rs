//! Buttons that plain forms need: one that exists only where no script runs, and the one that Enter means.

use super::lang::tx;
use crate::base::Text;
pub(super) use crate::base::text::escaped;
use leptos::prelude::*;

/// A submit button for visitors without script. Its markup is text to a browser that runs scripts, so it is written as
/// such; elements inside `<noscript>` would not be found when the page is taken over.
#[component]
pub fn PlainButton(
    label: Text,
    /// Name and value it posts; none for a form with a single button.
    #[prop(optional)]
    name: &'static str,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    let posted = if name.is_empty() { String::new() } else { format!(" name=\"{}\" value=\"{}\"", escaped(name), escaped(&value)) };
    view! { <noscript inner_html=format!("<button class=\"button small\" type=\"submit\"{posted}>{}</button>", escaped(tx(label)))></noscript> }
}

/// What Enter in a field does: browsers press the first submit button of a form. Stands first in a form with several.
#[component]
pub fn EnterButton(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! { <button class="visually-hidden" type="submit" name=name value=value tabindex="-1" aria-hidden="true"></button> }
}
