//! Loading: space is kept while something comes, and an error is said where the thing would have stood.

use super::heading::Heading;
use super::lang::{tx, use_lang};
use super::notice::{Notice, Tone};
use crate::base::t;
use crate::error::AppError;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// Draws what a resource brings, or says why not.
#[component]
pub fn Load<T, V>(resource: Resource<Result<T, AppError>>, view: V) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let waiting = || view! { <p class="loading" role="status">{tx(t("正在读取……", "Loading …"))}</p> };
    view! {
        <Transition fallback=waiting>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(value) => view(value),
                        Err(error) => view! { <Failed error=error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// An error in the place of what it kept away.
#[component]
pub fn Failed(error: AppError) -> impl IntoView {
    let lang = use_lang();
    #[cfg(feature = "ssr")]
    if let Some(options) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = axum::http::StatusCode::from_u16(error.status())
    {
        options.set_status(status);
    }
    let sign_in = (error == AppError::SignIn).then(|| view! { " "<a href="/sign-in">{tx(t("登录", "Sign in"))}</a> });
    let title = if error == AppError::NotFound { t("没有找到", "Not found") } else { t("没有办成", "That did not work") };
    view! {
        <Heading text=title/>
        <Notice tone=Tone::Wrong><p>{error.say().get(lang).to_owned()}{sign_in}</p></Notice>
        <p><a href="/">{tx(t("返回首页", "Back to the start"))}</a></p>
    }
}
