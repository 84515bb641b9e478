//! A letter before it is sent (预览), as it will be read; and of a correction notice (补正告知书) the one button that sends it.

use crate::base::t;
use crate::casework::forms::Form;
use crate::casework::model::{Desk, Preview};
use crate::document::read::Paper;
use crate::ui::lang::tx;
use crate::ui::notice::{Notice, Tone};
use crate::workflow::ActionKind;
use leptos::prelude::*;

#[component]
pub fn NoticePreview(desk: Desk) -> impl IntoView {
    let matter = desk.entry.matter();
    let Some((preview, form)) = desk.preview.and_then(|preview| Form::of(preview.of).map(|form| (preview, form))) else { return ().into_any() };
    let (title, next) = if form.kind == ActionKind::RequireCorrection {
        (t("补正告知书（预览，还没有发出）", "Correction notice (a preview, not sent)"), sending(form, &preview))
    } else {
        let says = form.says(matter);
        let next = view! {
            <p class="hint no-print">{tx(t("文号在发出时编定。核对无误后，在办理栏点：", "Its number is given when it is sent. If it is right, press among the actions: "))}<strong>{tx(says)}</strong></p>
        };
        (t("文书（预览，还没有发出）", "Document (a preview, not sent)"), next.into_any())
    };
    view! {
        <section class="desk-notice" id="desk-notice" aria-labelledby="desk-notice-title">
            <h2 id="desk-notice-title">{tx(title)}</h2>
            <Paper content=preview.content inside=true/>
            {next}
        </section>
    }
    .into_any()
}

/// The button that sends a correction notice, once every point that was begun is whole.
fn sending(form: &'static Form, preview: &Preview) -> AnyView {
    if !preview.is_whole {
        return view! { <Notice tone=Tone::Warn><p>{tx(t("还有没填完的问题，没有列入；补全后再预览，才能发出。", "Points that are not finished are left out; complete them and preview again before it is sent."))}</p></Notice> }.into_any();
    }
    view! {
        <Notice tone=Tone::Warn><p>{tx(t("只能发出一次：发出后不能修改或者撤回，申请人只能修改标出的内容。", "It is sent once: it cannot be changed or taken back, and the applicant can change only what is marked."))}</p></Notice>
        <p class="actions no-print"><button class="button primary" type="submit" form=super::forms::form_id(form) name="values[step]" value="send">{tx(form.button)}</button></p>
    }
    .into_any()
}
