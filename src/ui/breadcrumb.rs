//! Where this page lies: the way from the start, first thing in `main`. On a phone the style shows the last step only.

use super::lang::tx;
use super::value::marked;
use crate::base::t;
use leptos::prelude::*;
use leptos_router::components::A;

/// The way here: address and name of each page above, and the name of this one.
#[component]
pub fn Breadcrumb(trail: Vec<(String, String)>, #[prop(into)] here: String) -> impl IntoView {
    let step = |(href, name): (String, String)| view! { <li><A href=href>{marked(&name)}</A></li> };
    view! {
        <nav class="crumbs" aria-label=tx(t("您的位置", "You are here"))>
            <ol>
                {trail.into_iter().map(step).collect_view()}
                <li aria-current="page">{marked(&here)}</li>
            </ol>
        </nav>
    }
}
