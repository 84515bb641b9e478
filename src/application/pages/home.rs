//! 办理中的申请: where each case stands, whose turn it is, how many days are left, what to do next.

use crate::application::api;
use crate::application::model::Head;
use crate::application::read::CaseHead;
use crate::base::t;
use crate::ui::lang::tx;
use crate::ui::load::{Load, load};
use leptos::prelude::*;

/// The unit's cases that are under way; nothing where there is none.
#[component]
pub fn UnderWay() -> impl IntoView {
    let heads = load(|| (), |()| api::under_way());
    let draw = |heads: Vec<Head>| {
        if heads.is_empty() {
            return ().into_any();
        }
        let title = tx(t("办理中的申请", "Under way"));
        let rows = heads.into_iter().map(|head| view! { <li><CaseHead head=head leads=true/></li> }).collect_view();
        view! { <section class="under-way" aria-label=title><h2>{title}</h2><ul>{rows}</ul></section> }.into_any()
    };
    view! { <Load resource=heads view=draw/> }
}
