//! 签署备忘录: that the memo of the review waits for the unit's signature, for all its sides.

use crate::base::t;
use crate::casework::model::Desk;
use crate::ui::lang::tx;
use crate::ui::notice::{Notice, Tone};
use crate::workflow::Party;
use leptos::prelude::*;

/// Who has to sign; nothing once both sides have.
#[component]
pub fn Unsigned(desk: Desk) -> impl IntoView {
    let who = if desk.case.side == Party::Unit {
        t(
            "评审备忘录等本单位签署，签署后才能提交整改报告。",
            "The memo of the review waits for your unit’s signature; the rectification can be handed in once it is signed.",
        )
    } else {
        t("评审备忘录等申请单位签署。", "The memo of the review waits for the applicant’s signature.")
    };
    desk.unsigned.then(|| view! { <Notice tone=Tone::Warn><p>{tx(who)}</p></Notice> })
}
