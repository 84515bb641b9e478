//! The print-out (打印): the official form's tables, a page or the whole book, with room for signature and stamp.

use super::CaseTrail;
use crate::application::api;
use crate::application::model::Review;
use crate::application::read::Book;
use crate::base::{Text, t};
use crate::document::view::PaperCode;
use crate::error::AppError;
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::script::scripted;
use crate::ui::value::marked;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What is printed: the book, and the code of the receipt of what was handed in.
type Printed = (Review, Option<PaperCode>);

/// `/applications/{no}/print`, `?version=` for one that was handed in before, and `?page=` for one page.
#[component]
pub fn PrintPage() -> impl IntoView {
    let no = use_params_map().with(|p| p.get("no").unwrap_or_default());
    let version = use_query_map().with(|q| q.get("version").and_then(|n| n.parse::<i64>().ok()));
    let printed = load(move || (no.clone(), version), |(no, version)| read(no, version));
    view! { <Load resource=printed view=|(review, code): Printed| view! { <Sheet review=review code=code/> }.into_any()/> }
}

async fn read(no: String, version: Option<i64>) -> Result<Printed, AppError> {
    let mut review = api::review(no.clone()).await?;
    if let Some(version) = version {
        (review.frozen, review.sha256) = api::version(no.clone(), version).await?;
    }
    if review.sha256.is_empty() {
        return Ok((review, None));
    }
    match crate::document::api::receipt_code(no, review.sha256.clone()).await {
        Ok(code) => Ok((review, Some(code))),
        Err(AppError::NotFound) => Ok((review, None)),
        Err(error) => Err(error),
    }
}

/// Who signs the print-out of a person's application.
const SIGNED_BY_PERSON: Text = t("申请人（签名）：", "Applicant (signature): ");
const SIGNED_BY_UNIT: [Text; 2] = [t("法定代表人（签字）：", "Legal representative (signature): "), t("申请单位（公章）：", "Applicant (stamp): ")];

#[component]
fn Sheet(review: Review, code: Option<PaperCode>) -> impl IntoView {
    let lang = use_lang();
    let scripted = scripted();
    let only = use_query_map().with(|q| q.get("page").unwrap_or_default());
    let mut frozen = review.frozen;
    if !only.is_empty() {
        frozen.pages.retain(|page| page.key == only);
    }
    let version = if frozen.version == 0 { tx(t("草稿", "Draft")).to_owned() } else { format!("{} {}", tx(t("版本", "Version")), frozen.version) };
    let head = review.head;
    let signatures: &'static [Text] = if head.is_person() { &[SIGNED_BY_PERSON] } else { &SIGNED_BY_UNIT };
    let signatures = signatures.iter().copied();
    let is_person = head.is_person();
    view! {
        <PageTitle text=format!("{} {}", tx(t("申请书", "Application")), head.no)/>
        <CaseTrail no=head.no.clone() is_person=is_person/>
        <div class="sheet">
            // Whoever has no script prints with the browser's own command.
            <p class="no-print actions" hidden=move || !scripted.get()><button type="button" class="button primary" on:click=|_| print()>{tx(t("打印", "Print"))}</button></p>
            <header class="sheet-head">
                <h1 class="sheet-title">{frozen.category.get(lang).to_owned()}{tx(t("申请书", " – application"))}</h1>
                <p><span class="code">{head.no.clone()}</span>" · "{version}" · "<span lang="zh-CN">{frozen.unit_name.clone()}</span></p>
            </header>
            <Book frozen=frozen/>
            <footer class="sheet-sign">
                {signatures.map(|line| view! { <p>{tx(line)}<span class="blank"></span></p> }).collect_view()}
                <p>{tx(t("日期：", "Date: "))}<span class="blank"></span></p>
                {(!review.sha256.is_empty()).then(|| view! { <p class="hash code">{tx(t("内容校验码", "Fingerprint"))}" "{review.sha256.clone()}</p> })}
                {code.map(|code| view! { <Code code=code/> })}
            </footer>
        </div>
    }
}

/// The QR code by which anybody finds out what was handed in and when: it leads to the signed facts of the receipt.
#[component]
fn Code(code: PaperCode) -> impl IntoView {
    let name = format!("{} {}", tx(t("扫码核验接收凭证", "Scan to check the receipt")), code.number);
    view! {
        <div class="sheet-code">
            <div class="qr" role="img" aria-label=name.clone() inner_html=code.svg></div>
            <p><a href=code.statement rel="external">{marked(&name)}</a></p>
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
