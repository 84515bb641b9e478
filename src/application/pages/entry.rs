//! Entry choice (首次 / 已取证, spec 2.8), and the short stop between picker and book.

use crate::application::api;
use crate::application::model::Review;
use crate::base::t;
use crate::ui::heading::Heading;
use crate::ui::lang::tx;
use crate::ui::load::load;
use crate::workflow::ActionKind;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;

/// `/apply`
#[component]
pub fn EntryPage() -> impl IntoView {
    let prepare = [
        t("本单位基本情况；由代理机构填报的，还有代理机构的情况", "Basic data of the unit and, if an agent fills the form, of the agent"),
        t("要申请的许可类别和项目", "The category and items to apply for"),
        t("本单位的资源条件：场所、设备、仪器", "The unit’s resources: premises, equipment, instruments"),
        t("本单位的人员条件", "The unit’s personnel"),
    ];
    view! {
        <Heading text=t("特种设备生产单位许可申请", "Application for a unit licence")/>
        <div class="cards">
            <article class="card">
                <h2>{tx(t("我单位是首次申请行政许可证书", "Our unit applies for its first licence"))}</h2>
                <p>{tx(t("需要填写的内容较多，请先准备：", "There is much to fill in. Please have ready:"))}</p>
                <ol>{prepare.map(|text| view! { <li>{tx(text)}</li> }).collect_view()}</ol>
                <p>{tx(t("随时可以停下，填过的内容都会保存。", "You can stop at any time; what you typed is kept."))}</p>
                <p><a class="button primary" href="/apply/first">{tx(t("点击进入", "Enter"))}</a></p>
            </article>
            <article class="card">
                <h2>{tx(t("我单位已取得行政许可证书", "Our unit holds a licence"))}</h2>
                <p>{tx(t("登记本单位已有的许可证（包括纸质证书），以后换证、增项、变更时不必重新填写。", "Register the licences your unit holds, on paper too, so that renewals, additions and changes need not be typed again."))}</p>
                <p><a class="button" href="/apply/certificates">{tx(t("点击进入", "Enter"))}</a></p>
            </article>
        </div>
        <p><a href="/applications">{tx(t("继续填写已有的草稿", "Go on with a draft"))}</a></p>
    }
}

/// `/applications/{no}` leads to the first page of a draft's book, or to the case.
#[component]
pub fn StartPage() -> impl IntoView {
    let no = use_params_map().with(|p| p.get("no").unwrap_or_default());
    let review = load(move || no.clone(), api::review);
    view! {
        <Suspense>
            {move || review.get().map(|r| {
                let to = r.ok().and_then(|r| begin(&r)).unwrap_or_else(|| "/applications".into());
                view! { <Redirect path=to/> }
            })}
        </Suspense>
    }
}

/// Where an application is gone on with.
fn begin(review: &Review) -> Option<String> {
    if !review.head.may(ActionKind::Edit) {
        return Some(format!("/cases/{}", review.head.no));
    }
    review.pages.first().map(|page| format!("/applications/{}/{}", review.head.no, page.key))
}
