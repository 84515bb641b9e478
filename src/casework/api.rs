//! What the sides of a case may ask of it. Each function says its endpoint, so that an open tab finds it after a release.

use super::model::{CaseList, Desk};
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::{FormReply, FormState};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {
    super::committed::{self, LIMITS},
    super::desk as service,
    super::model::Wanted,
    super::previewing,
    crate::server::app::Visit,
    crate::server::plain,
};

/// A page of the cases of the caller's authority or agency (待办).
#[server(name = AskQueue, endpoint = "casework/queue", prefix = "/api", input = PostUrl)]
pub async fn queue(#[server(default)] filter: Values, #[server(default)] cursor: String, #[server(default)] back: bool) -> Result<CaseList, AppError> {
    service::queue(&Visit::current()?, &Wanted::of(&filter), &cursor, back).await
}

/// A case with what its forms offer, and what was posted to one of them and not done.
#[server(name = AskDesk, endpoint = "casework/desk", prefix = "/api", input = PostUrl)]
pub async fn desk(no: String) -> Result<Desk, AppError> {
    let visit = Visit::current()?;
    let form = plain::recall(&visit, &format!("case/{no}")).await?;
    let desk = service::desk(&visit, &no).await?;
    let preview = previewing::preview(&visit, &no, &form.values).await?;
    Ok(Desk { kept: service::kept(&visit, &form.values).await?, preview, form, ..desk })
}

/// Does what a form of the desk says; `values` holds the act, the revision seen, the click's name and the answers. A form
/// with files posts the same to `/files/act`. A step that takes a place of the book into a correction notice only changes the form.
#[server(endpoint = "casework/act", prefix = "/api", input = PostUrl)]
pub async fn act(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let values = service::posted(values);
    let done = service::act(&visit, &values).await;
    let form = format!("case/{}", values.get("no").map_or("", String::as_str));
    plain::reply(&visit, &form, values, done).await
}

/// What the caller's authority has committed itself to (承诺时限), in its form.
#[server(name = AskLimits, endpoint = "casework/limits", prefix = "/api", input = PostUrl)]
pub async fn limits() -> Result<FormState, AppError> {
    committed::form(&Visit::current()?).await
}

/// Sets what the caller's authority commits itself to.
#[server(endpoint = "casework/set-limits", prefix = "/api", input = PostUrl)]
pub async fn set_limits(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    crate::account::filled::answer(&LIMITS, values, committed::set).await
}
