//! What browsers may ask about examinations. Each function says its endpoint, so that an open tab finds it after a release.

use super::model::{Board, Passed, SessionFile, Sessions};
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::FormReply;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {
    super::model::{self, Note},
    super::service,
    crate::account::filled::answer,
    crate::server::app::Visit,
    crate::server::plain,
    crate::ui::form::FormState,
};

/// The form whose answers `/exams` shows.
#[cfg(feature = "ssr")]
const BOARD: &str = "exams";

/// Plans, open sessions, and the reader's own cases.
#[server(name = AskBoard, endpoint = "exam/board", prefix = "/api", input = PostUrl)]
pub async fn board() -> Result<Board, AppError> {
    let visit = Visit::current()?;
    let state = plain::recall(&visit, BOARD).await?;
    service::board(&visit).await.map(|page| Board { state, ..page })
}

/// Signs up for a session.
#[server(endpoint = "exam/sign-up", prefix = "/api", input = PostUrl)]
pub async fn sign_up(no: String, session: String, seen: i64, click: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::sign_up(&visit, no, session, seen, click).await;
    plain::reply(&visit, BOARD, Values::new(), done).await
}

/// Gives a seat up.
#[server(endpoint = "exam/cancel", prefix = "/api", input = PostUrl)]
pub async fn cancel(no: String, session: String, seen: i64, click: String, reason: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let form = if session.is_empty() { BOARD.to_owned() } else { format!("marks/{session}") };
    let kept = Values::from([(Note::Reason.path(&no), reason.clone())]);
    let done = service::cancel(&visit, no, session, seen, click, reason).await;
    plain::reply(&visit, &form, kept, done).await
}

/// The sessions and plans of my body.
#[server(name = AskSessions, endpoint = "exam/sessions", prefix = "/api", input = PostUrl)]
pub async fn sessions() -> Result<Sessions, AppError> {
    let visit = Visit::current()?;
    let (plan, session) = (plain::recall(&visit, model::PLAN.key).await?, plain::recall(&visit, model::SESSION.key).await?);
    service::sessions(&visit).await.map(|page| Sessions { plan, session, ..page })
}

/// Publishes the plan of a year.
#[server(endpoint = "exam/publish-plan", prefix = "/api", input = PostUrl)]
pub async fn publish_plan(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    answer(&model::PLAN, values, service::publish_plan).await
}

/// Adds a session.
#[server(endpoint = "exam/add-session", prefix = "/api", input = PostUrl)]
pub async fn add_session(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    answer(&model::SESSION, values, service::add_session).await
}

/// Changes a session of my body.
#[server(endpoint = "exam/change-session", prefix = "/api", input = PostUrl)]
pub async fn change_session(#[server(default)] values: Values, session: String, seen: i64) -> Result<FormReply, AppError> {
    answer(&model::CHANGE, values, |visit, filled| service::change_session(visit, filled, session, seen)).await
}

/// Calls a session of my body off.
#[server(endpoint = "exam/call-off", prefix = "/api", input = PostUrl)]
pub async fn call_off(#[server(default)] values: Values, session: String, seen: i64) -> Result<FormReply, AppError> {
    answer(&model::CALL_OFF, values, |visit, filled| service::call_off(visit, filled, session, seen)).await
}

/// Those who passed at a session.
#[server(name = AskPassed, endpoint = "exam/passed", prefix = "/api", input = PostUrl)]
pub async fn passed(id: String) -> Result<Passed, AppError> {
    service::passed(&Visit::current()?, &id).await
}

/// A session of my body.
#[server(name = AskSession, endpoint = "exam/session", prefix = "/api", input = PostUrl)]
pub async fn session(id: String) -> Result<SessionFile, AppError> {
    let visit = Visit::current()?;
    let state = plain::recall(&visit, &format!("marks/{id}")).await?;
    let (change, call_off) = (plain::recall(&visit, model::CHANGE.key).await?, plain::recall(&visit, model::CALL_OFF.key).await?);
    let page = service::session(&visit, &id).await?;
    let change = if change == FormState::default() { page.change } else { change };
    Ok(SessionFile { state, change, call_off, ..page })
}

/// Keeps marks typed by hand.
#[server(endpoint = "exam/enter-marks", prefix = "/api", input = PostUrl)]
pub async fn enter_marks(session: String, seen: i64, #[server(default)] values: Values) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::enter(&visit, session.clone(), seen, values.clone()).await;
    plain::reply(&visit, &format!("marks/{session}"), values, done).await
}

/// Publishes the marks of a session.
#[server(endpoint = "exam/publish-marks", prefix = "/api", input = PostUrl)]
pub async fn publish_marks(session: String, seen: i64, click: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::publish(&visit, session.clone(), seen, click).await;
    plain::reply(&visit, &format!("marks/{session}"), Values::new(), done).await
}

/// Records misconduct of a candidate.
#[server(endpoint = "exam/report-misconduct", prefix = "/api", input = PostUrl)]
pub async fn report_misconduct(no: String, session: String, seen: i64, click: String, subject: String, text: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let kept = Values::from([(Note::Subject.path(&no), subject.clone()), (Note::Misconduct.path(&no), text.clone())]);
    let done = service::report(&visit, no, session.clone(), seen, click, subject, text).await;
    plain::reply(&visit, &format!("marks/{session}"), kept, done).await
}

/// Answers a complaint about marks.
#[server(endpoint = "exam/answer-complaint", prefix = "/api", input = PostUrl)]
pub async fn answer_complaint(
    no: String,
    session: String,
    seen: i64,
    click: String,
    text: String,
    #[server(default)] values: Values,
) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let kept = values.clone().into_iter().chain([(Note::Answer.path(&no), text.clone())]).collect();
    let done = service::answer_complaint(&visit, no, session.clone(), seen, click, text, values).await;
    plain::reply(&visit, &format!("marks/{session}"), kept, done).await
}
