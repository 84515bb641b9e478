//! The public screens.

mod guide;
mod help;
mod home;
mod licences;
mod not_found;
mod publicity;
mod published;
mod sample;
mod search;

pub use guide::{PersonnelPage, ServicePage};
pub use help::HelpPage;
pub use home::HomePage;
pub use not_found::NotFoundPage;
pub use publicity::PublicityPage;
pub use sample::{PersonSamplePage, SamplePage};
pub use search::SearchPage;

use crate::base::{Text, t};
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::heading::PageTitle;
use crate::ui::lang::tx;
use leptos::prelude::*;

/// The head of a public page: where it lies, what it is called, what it is for.
#[component]
fn Head(text: Text, lead: Text) -> impl IntoView {
    view! {
        <PageTitle text=tx(text)/>
        <Breadcrumb trail=vec![("/".to_owned(), tx(t("首页", "Home")).to_owned())] here=tx(text)/>
        <h1>{tx(text)}</h1>
        <p class="lead">{tx(lead)}</p>
    }
}

/// A clause, which keeps its legal Chinese name; nothing where there is none.
fn basis(clause: &'static str) -> Option<impl IntoView> {
    (!clause.is_empty()).then(|| view! { <small class="muted" lang="zh-CN">{clause}</small> })
}
