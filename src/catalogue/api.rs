//! What the administrator's browser may ask of the catalogue. Each function says its endpoint, so that an open tab finds
//! it after a release.

use super::admin::{AuthoritiesAdmin, CatalogueAdmin};
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::FormReply;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {
    super::checklist::CHECKLIST,
    super::digits::DIGITS,
    super::validity::VALIDITY,
    super::{admin, service},
    crate::server::app::Visit,
    crate::server::plain,
    crate::ui::form::FormState,
};

/// The versions, and the one that waits to be confirmed.
#[server(name = AskVersions, endpoint = "catalogue/versions", prefix = "/api", input = PostUrl)]
pub async fn versions() -> Result<CatalogueAdmin, AppError> {
    let visit = Visit::current()?;
    let state = plain::recall(&visit, admin::IMPORT.key).await?;
    service::versions(&visit).await.map(|page| CatalogueAdmin { state, ..page })
}

/// Reads a new version, for its difference to be seen before it counts.
#[server(endpoint = "catalogue/propose", prefix = "/api", input = PostUrl)]
pub async fn propose(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let text = values.get(&admin::IMPORT.path("text")).cloned().unwrap_or_default();
    let done = service::propose(&visit, &text).await;
    plain::reply(&visit, admin::IMPORT.key, values, done).await
}

/// Confirms or discards the version that waits: `act` is `confirm` or `discard`.
#[server(endpoint = "catalogue/decide", prefix = "/api", input = PostUrl)]
pub async fn decide(digest: String, act: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::decide(&visit, &digest, &act).await;
    plain::reply(&visit, admin::IMPORT.key, Values::new(), done).await
}

/// Authorities and delegations.
#[server(name = AskAuthorities, endpoint = "catalogue/authorities", prefix = "/api", input = PostUrl)]
pub async fn authorities() -> Result<AuthoritiesAdmin, AppError> {
    let visit = Visit::current()?;
    let mut page = service::authorities(&visit).await?;
    page.state = plain::recall(&visit, admin::DELEGATE.key).await?;
    for (form, shown) in [(&DIGITS, &mut page.digits), (&CHECKLIST, &mut page.checklist), (&VALIDITY, &mut page.validity)] {
        let typed = plain::recall(&visit, form.key).await?;
        if typed != FormState::default() {
            *shown = typed;
        }
    }
    Ok(page)
}

/// Adds a delegation (委托).
#[server(endpoint = "catalogue/delegate", prefix = "/api", input = PostUrl)]
pub async fn delegate(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    crate::account::filled::answer(&admin::DELEGATE, values, service::delegate).await
}

/// Ends a delegation with its last day.
#[server(endpoint = "catalogue/end-delegation", prefix = "/api", input = PostUrl)]
pub async fn end_delegation(id: String, #[server(default)] last_day: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::end_delegation(&visit, &id, &last_day).await;
    plain::reply(&visit, admin::DELEGATE.key, Values::new(), done).await
}

/// Sets the check-list of inspection personnel.
#[server(endpoint = "catalogue/set-checklist", prefix = "/api", input = PostUrl)]
pub async fn set_checklist(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    crate::account::filled::answer(&CHECKLIST, values, service::set_checklist).await
}

/// Sets how long persons are qualified.
#[server(endpoint = "catalogue/set-validity", prefix = "/api", input = PostUrl)]
pub async fn set_validity(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    crate::account::filled::answer(&VALIDITY, values, service::set_validity).await
}

/// Sets the digits of kinds of equipment in certificate numbers.
#[server(endpoint = "catalogue/set-digits", prefix = "/api", input = PostUrl)]
pub async fn set_digits(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    crate::account::filled::answer(&DIGITS, values, service::set_digits).await
}
