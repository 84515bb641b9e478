//! Loading: space is kept while something comes, and an error is said where the thing would have stood.

use super::heading::Heading;
use super::lang::{tx, use_lang};
use super::notice::{Notice, Tone};
use super::value::marked;
use crate::base::t;
use crate::error::AppError;
use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

/// JSON inside a page, read the same way as a server function's answer: the reading code of each type is in the
/// browser's part once and not twice.
pub struct Wire;

impl<T: Serialize> Encoder<T> for Wire {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Wire {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, serde_json::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// What a page is drawn from: fetched on the server before the page is sent, and again in the browser when `source` changes.
pub type Loaded<T> = Resource<Result<T, AppError>, Wire>;

/// Fetches what a page is drawn from.
pub fn load<S, T, F>(source: impl Fn() -> S + Send + Sync + 'static, fetch: impl Fn(S) -> F + Send + Sync + 'static) -> Loaded<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new_with_options(source, fetch, true)
}

/// Draws what was loaded, or says why not.
#[component]
pub fn Load<T, V>(resource: Loaded<T>, view: V) -> impl IntoView
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
        <Notice tone=Tone::Wrong><p>{marked(error.say().get(lang))}{sign_in}</p></Notice>
        <p><a href="/">{tx(t("返回首页", "Back to the start"))}</a></p>
    }
}
