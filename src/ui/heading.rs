//! The heading of a page, which is the document's title too.

use super::lang::tx;
use crate::base::{Text, t};
use leptos::prelude::*;
use leptos_meta::Title;

/// The document's title alone, for pages whose heading says more.
#[component]
pub fn PageTitle(#[prop(into)] text: String) -> impl IntoView {
    view! { <Title text=format!("{text} - {}", tx(t("许可", "Xuke")))/> }
}

/// The heading of a page.
#[component]
pub fn Heading(text: Text) -> impl IntoView {
    view! { <PageTitle text=tx(text)/><h1>{tx(text)}</h1> }
}
