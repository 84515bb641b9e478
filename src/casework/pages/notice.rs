//! The correction notice that is being composed (补正告知书), as the applicant will read it, and the one button that sends it.

use crate::base::t;
use crate::casework::forms::Form;
use crate::casework::model::Desk;
use crate::document::read::Paper;
use crate::ui::lang::tx;
use crate::ui::notice::{Notice, Tone};
use crate::workflow::ActionKind;
use leptos::prelude::*;

#[component]
pub fn NoticePreview(desk: Desk) -> impl IntoView {
    let (Some(preview), Some(form)) = (desk.preview, Form::of(ActionKind::RequireCorrection)) else { return ().into_any() };
    let send = if preview.is_whole {
        view! {
            <Notice tone=Tone::Warn><p>{tx(t("只能发出一次：发出后不能修改或者撤回，申请人只能修改标出的内容。", "It is sent once: it cannot be changed or taken back, and the applicant can change only what is marked."))}</p></Notice>
            <p class="actions no-print"><button class="button primary" type="submit" form=super::forms::form_id(form) name="values[step]" value="send">{tx(form.button)}</button></p>
        }
        .into_any()
    } else {
        view! { <Notice tone=Tone::Warn><p>{tx(t("还有没填完的问题，没有列入；补全后再预览，才能发出。", "Points that are not finished are left out; complete them and preview again before it is sent."))}</p></Notice> }.into_any()
    };
    view! {
        <section class="desk-notice" id="desk-notice" aria-labelledby="desk-notice-title">
            <h2 id="desk-notice-title">{tx(t("补正告知书（预览，还没有发出）", "Correction notice (a preview, not sent)"))}</h2>
            <Paper content=preview.content inside=true/>
            {send}
        </section>
    }
    .into_any()
}
