//! What the administrator's browser may ask of the calendar.

use super::model::CalendarAdmin;
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::FormReply;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {super::model::NOTICE, super::service, crate::server::app::Visit, crate::server::plain};

/// The years known, and the notice that waits to be confirmed.
#[server(name = AskCalendar, endpoint = "calendar/years", prefix = "/api", input = PostUrl)]
pub async fn years() -> Result<CalendarAdmin, AppError> {
    let visit = Visit::current()?;
    let state = plain::recall(&visit, NOTICE.key).await?;
    service::page(&visit).await.map(|page| CalendarAdmin { state, ..page })
}

/// Reads a year's notice, for its effect to be seen before it counts.
#[server(name = ProposeNotice, endpoint = "calendar/propose", prefix = "/api", input = PostUrl)]
pub async fn propose(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    crate::account::filled::answer(&NOTICE, values, service::propose).await
}

/// Confirms or discards the notice that waits: `act` is `confirm` or `discard`.
#[server(name = DecideNotice, endpoint = "calendar/decide", prefix = "/api", input = PostUrl)]
pub async fn decide(digest: String, act: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::decide(&visit, &digest, &act).await;
    plain::reply(&visit, NOTICE.key, Values::new(), done).await
}
