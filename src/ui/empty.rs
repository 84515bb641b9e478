//! An empty list: says so well, and offers the next step.

use super::lang::tx;
use crate::base::Text;
use leptos::prelude::*;

/// An empty state.
#[component]
pub fn Empty(title: Text, text: Text, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! { <div class="empty"><p class="empty-title">{tx(title)}</p><p>{tx(text)}</p>{children.map(|c| view! { <p class="actions">{c()}</p> })}</div> }
}
