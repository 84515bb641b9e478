//! The frame of a table to be read: a name, heads that stay in sight, scrolling sideways on its own, cards on a phone.
//! Cells carry `data-label` for the cards; the cell with class `title` stands first there.

use super::lang::tx;
use crate::base::Text;
use leptos::prelude::*;

/// A list table; its children are the rows.
#[component]
pub fn ListTable(
    caption: Text,
    heads: Vec<Text>,
    /// Rows become cards on a phone.
    #[prop(optional)]
    stack: bool,
    children: Children,
) -> impl IntoView {
    let class = if stack { "list stack" } else { "list" };
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{tx(head)}</th> }).collect_view();
    view! {
        <div class="table-scroll fit" tabindex="0" role="region" aria-label=tx(caption)>
            <table class=class>
                <caption class="visually-hidden">{tx(caption)}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}
