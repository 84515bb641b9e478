//! What the browsers of administrators and agencies may ask. Each function says its endpoint, so that an open tab finds it
//! after a release.

use super::model::{AgencyFile, Month, Reviewers};
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::FormReply;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {
    super::{model, service},
    crate::account::filled::answer,
    crate::server::app::Visit,
    crate::server::plain,
};

/// What an agency can do.
#[server(name = AskAgency, endpoint = "casework/agency", prefix = "/api", input = PostUrl)]
pub async fn agency(id: String) -> Result<AgencyFile, AppError> {
    let visit = Visit::current()?;
    let state = plain::recall(&visit, model::COMPETENCE.key).await?;
    service::agency(&visit, &id).await.map(|page| AgencyFile { state, ..page })
}

/// Sets what an agency can do.
#[server(endpoint = "casework/set-competence", prefix = "/api", input = PostUrl)]
pub async fn set_competence(#[server(default)] values: Values, agency: String) -> Result<FormReply, AppError> {
    answer(&model::COMPETENCE, values, |visit, filled| service::set_competence(visit, filled, agency)).await
}

/// The reviewers of my agency.
#[server(name = AskReviewers, endpoint = "casework/reviewers", prefix = "/api", input = PostUrl)]
pub async fn reviewers() -> Result<Reviewers, AppError> {
    let visit = Visit::current()?;
    let mut state = plain::recall(&visit, model::REVIEWER.key).await?;
    state.told = state.told.or(plain::recall(&visit, model::REVIEWER_CHANGE.key).await?.told);
    service::my_reviewers(&visit).await.map(|page| Reviewers { state, ..page })
}

/// Adds a reviewer to my agency.
#[server(endpoint = "casework/add-reviewer", prefix = "/api", input = PostUrl)]
pub async fn add_reviewer(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    answer(&model::REVIEWER, values, service::add_reviewer).await
}

/// Changes a reviewer of my agency.
#[server(endpoint = "casework/change-reviewer", prefix = "/api", input = PostUrl)]
pub async fn change_reviewer(#[server(default)] values: Values, id: String) -> Result<FormReply, AppError> {
    answer(&model::REVIEWER_CHANGE, values, |visit, filled| service::change_reviewer(visit, filled, id)).await
}

/// A month of my agency, such as `2026-12`.
#[server(name = AskMonth, endpoint = "casework/month", prefix = "/api", input = PostUrl)]
pub async fn month(#[server(default)] month: String) -> Result<Month, AppError> {
    let visit = Visit::current()?;
    let state = plain::recall(&visit, model::LEAVE.key).await?;
    service::month(&visit, &month).await.map(|page| Month { state, ..page })
}

/// Enters days on which a reviewer is away.
#[server(endpoint = "casework/block-days", prefix = "/api", input = PostUrl)]
pub async fn block_days(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    answer(&model::LEAVE, values, service::block).await
}

/// Gives days of leave back.
#[server(endpoint = "casework/unblock-days", prefix = "/api", input = PostUrl)]
pub async fn unblock_days(reviewer: String, from: Date, to: Date) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::unblock(&visit, reviewer, from, to).await;
    plain::reply(&visit, model::LEAVE.key, Values::new(), done).await
}
