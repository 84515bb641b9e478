//! 补齐补正: the notice as a checklist that leads to each place, and handing the corrected book in again.

use crate::application::api::Resubmit;
use crate::application::model::{BookView, Marked, Review};
use crate::base::{Lang, t};
use crate::ui::field::{field_id, field_name};
use crate::ui::form::FormState;
use crate::ui::lang::{tx, use_lang};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::{lang_of, marked};
use crate::workflow::ActionKind;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use std::sync::Arc;

/// Where the place of a point is filled in.
fn address(no: &str, mark: &Marked) -> String {
    format!("/applications/{no}/{}#{}", mark.path.split('/').next().unwrap_or_default(), field_id(&mark.path))
}

/// 补齐补正告知书 with ticks, declaration and the button that hands the book in again. `ready` if nothing else is to mend.
#[component]
pub fn Correction(review: Review, state: FormState, ready: bool) -> impl IntoView {
    let lang = use_lang();
    let Some(notice) = review.notice.clone() else { return ().into_any() };
    let no = review.head.no.clone();
    let may = ready && review.head.may(ActionKind::Resubmit);
    // The click's name: the same notice and revision give the same one, so a reload or a second tab does not hand in twice.
    let client_id = format!("{no}-c{}-{}", notice.number, review.revision);
    let point = |mark: Marked| {
        let id = format!("done-{}", field_id(&mark.path));
        let tick = may.then(|| {
            let ticked = state.values.contains_key(&mark.path);
            view! { <label class="choice" for=id.clone()><input type="checkbox" id=id.clone() name=field_name(&mark.path) value="yes" checked=ticked/><span>{tx(t("已修改", "Corrected"))}<span class="visually-hidden">{tx(t("：", ": "))}{mark.place.get(lang).to_owned()}</span></span></label> }
        });
        view! {
            <li>
                <a rel="external" href=address(&no, &mark)>{mark.place.get(lang).to_owned()}</a>
                <p lang=lang_of(&mark.text)>{mark.text.clone()}</p>
                {tick}
            </li>
        }
    };
    let points = notice.marks.into_iter().map(point).collect_view();
    let agree = super::check::not_agreed(&state).map(|say| view! { <p class="message" role="alert" id="agreed-message">{marked(say.get(lang))}</p> });
    let button = may.then(|| {
        view! {
            <div class="field">
                {agree}
                <label class="choice"><input type="checkbox" id="agreed" name="agreed" value="yes" aria-describedby="agreed-message"/><span>{tx(t("我确认所填内容和上传材料真实、完整、有效", "I confirm that what I state and upload is true, complete and valid"))}</span></label>
            </div>
            <p class="actions"><button class="button primary" type="submit">{tx(t("重新提交", "Hand in again"))}</button></p>
        }
    });
    let hint = if ready && !may {
        t("重新提交需要主账号，或主账号授权的填报人。", "Handing in again needs the owner of the account, or a filler the owner allowed to.")
    } else {
        t(
            "只能修改下面列出的内容、随之要改的内容和申请人声明；逐条改好后标明“已修改”，再重新提交。",
            "Only what is listed, what goes with it and the declaration can be changed. Correct each point, tick it, and hand the book in again.",
        )
    };
    view! {
        <section class="correction" aria-labelledby="correction-title">
            <h2 id="correction-title">{tx(t("补齐补正告知书", "Correction notice"))}</h2>
            <p class="hint">{tx(hint)}</p>
            <form method="post" action=Resubmit::url()>
                <input type="hidden" name="no" value=no.clone()/>
                <input type="hidden" name="client_id" value=client_id/>
                <input type="hidden" name="revision" value=review.revision.to_string()/>
                <ol class="points">{points}</ol>
                {button}
            </form>
        </section>
    }
    .into_any()
}

/// What the notice says of a page of the book, with links to its places.
#[component]
pub fn PageMarks(view: Arc<BookView>, page: &'static str) -> impl IntoView {
    let lang = use_lang();
    if view.marks.is_empty() {
        return ().into_any();
    }
    let here: Vec<Marked> = view.marks.iter().filter(|mark| mark.path.split('/').next() == Some(page)).cloned().collect();
    let no = &view.no;
    let (count, check) = (here.len(), format!("/applications/{no}/check"));
    let line = |mark: Marked| view! { <li><a rel="external" href=format!("#{}", field_id(&mark.path))>{mark.place.get(lang).to_owned()}</a>{tx(t("：", ": "))}<span lang=lang_of(&mark.text)>{mark.text.clone()}</span></li> };
    let lines = here.into_iter().map(line).collect_view();
    let said = match (count, lang) {
        (0, Lang::Zh) => "本页没有需要补正的内容；除申请人声明和随补正要改的内容外不能修改。".to_owned(),
        (0, Lang::En) => "Nothing on this page has to be corrected; only the declaration and what goes with a correction can be changed.".to_owned(),
        (n, Lang::Zh) => format!("本页有 {n} 处需要补正，除随之要改的内容外，其余不能修改："),
        (n, Lang::En) => format!("To be corrected on this page: {n}. But for what goes with it, the rest cannot be changed."),
    };
    view! { <Notice tone=Tone::Warn><p>{said}" "<a href=check>{tx(t("补齐补正告知书", "Correction notice"))}</a></p><ul>{lines}</ul></Notice> }.into_any()
}

/// What the notice says of one place, beside it.
#[component]
pub fn MarksAt(view: Arc<BookView>, path: String) -> impl IntoView {
    let below = format!("{path}/");
    let here = view.marks.iter().filter(|mark| mark.path == path || mark.path.starts_with(&below));
    here.map(|mark| view! { <p class="message warn">{tx(t("需要补正：", "To correct: "))}<span lang=lang_of(&mark.text)>{mark.text.clone()}</span></p> })
        .collect_view()
}
