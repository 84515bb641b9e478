//! `/documents/{id}`: a document to read, the same words as its PDF. The text is law and stays Chinese.

use crate::base::{t, workdays};
use crate::document::api;
use crate::document::model::{Block, Content, Signature, Table, day};
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

/// What a document says.
#[component]
pub(super) fn Paper(content: Content) -> impl IntoView {
    let demo = content.demo.then_some("演示文书，不具有法律效力");
    let seal = (!content.kind.is_signed_by_parties()).then(|| view! { <p class="paper-seal">{content.issuer.clone()}<br/>{day(&content.date)}</p> });
    view! {
        <article class="paper" lang="zh-CN">
            <h1>{content.title}</h1>
            <p class="paper-number code">{content.number}</p>
            {demo.map(|demo| view! { <p class="paper-demo">{demo}</p> })}
            {content.blocks.into_iter().map(block).collect_view()}
            {seal}
        </article>
    }
}

fn block(block: Block) -> AnyView {
    match block {
        Block::To(text) => view! { <p>{text}</p> }.into_any(),
        Block::Paragraph(text) => view! { <p class="paper-text">{text}</p> }.into_any(),
        Block::Heading(text) => view! { <h2>{text}</h2> }.into_any(),
        Block::Facts(pairs) => {
            let rows = pairs.into_iter().map(|(label, value)| view! { <tr><th scope="row">{label}</th><td>{value}</td></tr> });
            view! { <table class="facts"><tbody>{rows.collect_view()}</tbody></table> }.into_any()
        }
        Block::Table(table) => view! { <Rows table=table/> }.into_any(),
        Block::List(items) => view! { <ol>{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ol> }.into_any(),
        Block::Signatures(all) => view! { <div class="paper-signatures">{all.into_iter().map(signature).collect_view()}</div> }.into_any(),
    }
}

#[component]
fn Rows(table: Table) -> impl IntoView {
    let heads = table.columns.into_iter().map(|column| view! { <th scope="col">{column.name}</th> }).collect_view();
    let cells = |row: Vec<String>| row.into_iter().map(|value| view! { <td>{value}</td> }).collect_view();
    let rows = table.rows.into_iter().map(|row| view! { <tr>{cells(row)}</tr> }).collect_view();
    view! { <div class="table-scroll" tabindex="0" role="region"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div> }
}

fn signature(one: Signature) -> impl IntoView {
    let seal = (!one.seal.is_empty()).then(|| format!("（{}）", one.seal));
    view! { <p>{one.who}"："{one.name}<br/>{seal}<br/>"日期："{day(&one.date)}</p> }
}
