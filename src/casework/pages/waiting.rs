//! What waits for somebody, for all sides of a case: the memo of the review for the unit's signature (签署备忘录), a hearing that was
//! requested, and what officials ask of each other.

use crate::base::t;
use crate::casework::model::Desk;
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::marked;
use crate::workflow::Party;
use leptos::prelude::*;

/// What it is, and who has to act; nothing where nothing waits.
#[component]
pub fn Waiting(desk: Desk) -> impl IntoView {
    let who = if desk.case.side == Party::Unit {
        t(
            "评审备忘录等本单位签署，签署后才能提交整改报告。",
            "The memo of the review waits for your unit’s signature; the rectification can be handed in once it is signed.",
        )
    } else {
        t("评审备忘录等申请单位签署。", "The memo of the review waits for the applicant’s signature.")
    };
    let lang = use_lang();
    let waits = desk.waits.into_iter().map(|said| view! { <Notice tone=Tone::Warn><p>{marked(said.get(lang))}</p></Notice> }).collect_view();
    let unsigned = desk.unsigned.then(|| view! { <Notice tone=Tone::Warn><p>{tx(who)}</p></Notice> });
    view! { {unsigned}{waits} }
}
