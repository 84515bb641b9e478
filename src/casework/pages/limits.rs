//! 承诺时限: the form of an authority's own limits.

use crate::base::t;
use crate::casework::api::{self, SetLimits};
use crate::casework::committed::LIMITS;
use crate::form::Values;
use crate::ui::form::{FormState, PostForm, Submitting};
use crate::ui::heading::Heading;
use crate::ui::lang::tx;
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

fn send(values: Values) -> Submitting {
    Box::pin(api::set_limits(values))
}

/// `/limits`
#[component]
pub fn LimitsPage() -> impl IntoView {
    let state = load(|| (), |()| api::limits());
    let query = use_query_map();
    let saved = move || {
        let is_saved = query.with(|query| query.get("saved").is_some());
        is_saved.then(|| view! { <Notice tone=Tone::Done><p role="status">{tx(t("已保存。", "Saved."))}</p></Notice> })
    };
    view! {
        <Heading text=LIMITS.title/>
        {saved}
        <p class="lead">{tx(LIMITS.lead)}</p>
        <Load resource=state view=|state: FormState| view! { <PostForm page=&LIMITS action=SetLimits::url() submit=send state=state button=t("保存", "Save")/> }.into_any()/>
    }
}
