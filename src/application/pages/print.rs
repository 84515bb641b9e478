//! The print-out (打印): the official form's tables, a page or the whole book, with room for signature and stamp.

use crate::application::api;
use crate::application::model::Review;
use crate::application::read::Book;
use crate::base::{Text, t};
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// `/applications/{no}/print`, and `?page=` for one page.
#[component]
pub fn PrintPage() -> impl IntoView {
    let no = use_params_map().with(|p| p.get("no").unwrap_or_default());
    let review = load(move || no.clone(), api::review);
    view! { <Load resource=review view=|review: Review| view! { <Sheet review=review/> }.into_any()/> }
}

/// Who signs the print-out of a person's application.
const SIGNED_BY_PERSON: Text = t("申请人（签名）：", "Applicant (signature): ");
const SIGNED_BY_UNIT: [Text; 2] = [t("法定代表人（签字）：", "Legal representative (signature): "), t("申请单位（公章）：", "Applicant (stamp): ")];

#[component]
fn Sheet(review: Review) -> impl IntoView {
    let lang = use_lang();
    let only = use_query_map().with(|q| q.get("page").unwrap_or_default());
    let mut frozen = review.frozen;
    if !only.is_empty() {
        frozen.pages.retain(|page| page.key == only);
    }
    let version = if frozen.version == 0 { tx(t("草稿", "Draft")).to_owned() } else { format!("{} {}", tx(t("版本", "Version")), frozen.version) };
    let head = review.head;
    let signatures: &'static [Text] = if head.is_person() { &[SIGNED_BY_PERSON] } else { &SIGNED_BY_UNIT };
    let signatures = signatures.iter().copied();
    view! {
        <PageTitle text=format!("{} {}", tx(t("申请书", "Application")), head.no)/>
        <div class="sheet">
            <p class="no-print actions"><button type="button" class="button primary" on:click=|_| print()>{tx(t("打印", "Print"))}</button></p>
            <header class="sheet-head">
                <h1 class="sheet-title">{frozen.category.get(lang).to_owned()}{tx(t("申请书", " – application"))}</h1>
                <p><span class="code">{head.no.clone()}</span>" · "{version}" · "<span lang="zh-CN">{frozen.unit_name.clone()}</span></p>
            </header>
            <Book frozen=frozen/>
            <footer class="sheet-sign">
                {signatures.map(|line| view! { <p>{tx(line)}<span class="blank"></span></p> }).collect_view()}
                <p>{tx(t("日期：", "Date: "))}<span class="blank"></span></p>
                {(!review.sha256.is_empty()).then(|| view! { <p class="hash code">{tx(t("内容校验码", "Fingerprint"))}" "{review.sha256.clone()}</p> })}
            </footer>
        </div>
    }
}

fn print() {
    #[cfg(feature = "hydrate")]
    {
        // Where printing is not possible the button does nothing, as the browser's own would.
        window().print().ok();
    }
}
