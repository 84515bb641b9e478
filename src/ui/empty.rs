//! An empty list: says so well, and offers the next step.

use super::icon::{Glyph, Icon};
use super::lang::tx;
use crate::base::Text;
use leptos::prelude::*;

/// An empty state.
#[component]
pub fn Empty(title: Text, text: Text, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let step = children.map(|children| view! { <div class="actions">{children()}</div> });
    view! { <div class="empty"><Glyph icon=Icon::Document/><h2>{tx(title)}</h2><p>{tx(text)}</p>{step}</div> }
}
