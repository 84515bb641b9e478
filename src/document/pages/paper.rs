//! `/documents/{id}`: a document to read, the same words as its PDF. The text is law and stays Chinese.

use crate::base::{t, workdays};
use crate::document::api;
use crate::document::read::Paper;
use crate::document::view::DocumentView;
use crate::ui::heading::PageTitle;
use crate::ui::lang::tx;
use crate::ui::load::{Load, load};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/documents/{id}`
#[component]
pub fn DocumentPage() -> impl IntoView {
    let id = use_params_map().with(|params| params.get("id").unwrap_or_default());
    let document = load(move || id.clone(), api::open);
    view! { <Load resource=document view=|document: DocumentView| view! { <Document document=document/> }.into_any()/> }
}

#[component]
fn Document(document: DocumentView) -> impl IntoView {
    let pdf = format!("/files/document/{}", document.id);
    let read = document.opened_at.map(|at| format!("{} {}", tx(t("申请人首次查阅：", "First opened by the applicant: ")), workdays::date_time(at)));
    view! {
        <PageTitle text=document.content.title.clone()/>
        <p class="actions no-print">
            <a class="button primary" href=pdf rel="external">{tx(t("下载 PDF", "Download the PDF"))}</a>" "
            <a class="button" href=document.statement.clone() rel="external">{tx(t("核验签名", "Check the signature"))}</a>
        </p>
        <Paper content=document.content/>
        {read.map(|read| view! { <p class="muted">{read}</p> })}
    }
}
