//! What anyone may ask of the portal.

use super::model::{AcceptedLine, Found, Listing, PublishedLine};
use crate::application::frozen::Frozen;
use crate::base::Say;
use crate::catalogue::LegalLimits;
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::FormReply;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {
    super::model::{PERSON, PROGRESS},
    super::service,
    crate::account::filled,
    crate::server::app::Visit,
};

/// Accepted applications (已受理的申请), the latest first.
#[server(name = ReadAccepted, endpoint = "portal/accepted", prefix = "/api", input = PostUrl)]
pub async fn accepted(#[server(default)] at: String, #[server(default)] newer: bool) -> Result<Listing<AcceptedLine>, AppError> {
    service::accepted(&Visit::current()?, &at, newer).await
}

/// Granted licences that were published (准予的许可), the latest first.
#[server(name = ReadGranted, endpoint = "portal/granted", prefix = "/api", input = PostUrl)]
pub async fn granted(#[server(default)] at: String, #[server(default)] newer: bool) -> Result<Listing<PublishedLine>, AppError> {
    service::granted(&Visit::current()?, &at, newer).await
}

/// Looks up licences by the name or code of the unit, or by number (许可证查询).
#[server(name = FindLicences, endpoint = "portal/licences", prefix = "/api", input = PostUrl)]
pub async fn licences(#[server(default)] q: String) -> Result<Found, AppError> {
    service::licences(&Visit::current()?, &q).await
}

/// How far an application is (办理进度查询). Posted, so that the limit on posts holds against guessing.
#[server(endpoint = "portal/progress", prefix = "/api", input = PostUrl)]
pub async fn progress(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    filled::answer(&PROGRESS, values, |visit, filled| async move { service::progress(&visit, &filled).await }).await
}

/// How long what a person is qualified for is valid now (人员证有效期).
#[server(name = ReadValidity, endpoint = "portal/validity", prefix = "/api", input = PostUrl)]
pub async fn validity() -> Result<Say, AppError> {
    service::validity(&Visit::current()?).await
}

/// The limits in force now (办理期限).
#[server(name = ReadLimits, endpoint = "portal/limits", prefix = "/api", input = PostUrl)]
pub async fn limits() -> Result<LegalLimits, AppError> {
    service::limits(&Visit::current()?).await
}

/// A book that is filled in with made-up answers (样表): a unit's, or a person's.
#[server(name = ReadSample, endpoint = "portal/sample", prefix = "/api", input = PostUrl)]
pub async fn sample(#[server(default)] personnel: bool) -> Result<Frozen, AppError> {
    service::sample(&Visit::current()?, personnel)
}

/// The certificate of a person by name and number (检验检测人员证查询). Posted, so that the limit on posts holds against guessing.
#[server(name = FindPerson, endpoint = "portal/person", prefix = "/api", input = PostUrl)]
pub async fn person(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    filled::answer(&PERSON, values, |visit, filled| async move { service::person(&visit, &filled).await }).await
}
