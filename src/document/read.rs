//! A document to read, the same words as its PDF: on its own page, and where one is composed. The text is law and stays Chinese.

use super::model::{Block, Content, Kind, Signature, Table, day};
use crate::base::Lang;
use crate::ui::lang::use_lang;
use leptos::prelude::*;

/// The title of a kind of document in a list; an English page has beside it what that means.
#[component]
pub fn Title(kind: Kind) -> impl IntoView {
    let gloss = (use_lang() == Lang::En).then(|| view! { " "<small class="muted">{kind.english()}</small> });
    view! { <span lang="zh-CN">{kind.title()}</span>{gloss} }
}

/// What a document says. A page that shows it `inside` something else has a title of its own.
#[component]
pub fn Paper(content: Content, #[prop(optional)] inside: bool) -> impl IntoView {
    let demo = content.demo.then_some("演示文书，不具有法律效力");
    let seal = (!content.kind.is_signed_by_parties()).then(|| view! { <p class="paper-seal">{content.issuer.clone()}<br/>{day(&content.date)}</p> });
    let unit =
        content.names_unit().then(|| view! { <p class="paper-unit">"申请单位："{content.holder.clone()}<br/>"统一社会信用代码："{content.code.clone()}</p> });
    let title = content.title;
    let title = if inside { view! { <h3 class="paper-title">{title}</h3> }.into_any() } else { view! { <h1 class="paper-title">{title}</h1> }.into_any() };
    view! {
        <article class="paper" lang="zh-CN">
            {title}
            <p class="paper-number code">{content.number}</p>
            {unit}
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
