//! An address that leads nowhere, and where to go from there.

use crate::account::model::Me;
use crate::base::t;
use crate::ui::heading::PageTitle;
use crate::ui::lang::tx;
use leptos::prelude::*;

/// Any address that is not one of ours, and `/not-found`.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>() {
        options.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    let applies = use_context::<Signal<Me>>().is_none_or(|me| me.with_untracked(Me::may_apply));
    view! {
        <PageTitle text=tx(t("没有找到", "Not found"))/>
        <h1>{tx(t("没有找到这个页面", "This page does not exist"))}</h1>
        <p class="lead">{tx(t(
            "可能地址有误，页面已经移走，或者它不属于您的账号。您保存过的内容都在。",
            "The address may be wrong, the page has moved, or it does not belong to your account. What you saved is kept.",
        ))}</p>
        <p class="actions">
            <a class="button primary" href="/">{tx(t("返回首页", "Back to the start"))}</a>
            {applies.then(|| view! { <a class="button" href="/applications">{tx(t("许可管理", "My applications"))}</a> })}
            <a class="button" href="/help">{tx(t("帮助", "Help"))}</a>
        </p>
    }
}
