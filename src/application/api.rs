//! What the browser may ask of applications. Each function says its endpoint, so that an open tab finds it after a
//! release; each is as short as its use case allows.

use super::book::Change;
use super::frozen::Frozen;
use super::model::{Batch, BookView, Head, Judged, Listing, Review, Saved};
use super::picker::{Chosen, Picker};
use super::qualify::{Choice, Qualify};
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::FormReply;
use leptos::prelude::*;
use leptos::server_fn::codec::{Json, PostUrl};

#[cfg(feature = "ssr")]
use {
    super::service::{self, HandIn},
    crate::server::app::Visit,
    crate::server::plain::{self, Answer},
};

/// The picker for what is chosen so far (选择许可类别与项目).
#[server(name = AskPicker, endpoint = "application/picker", prefix = "/api", input = Json)]
pub async fn picker(chosen: Chosen) -> Result<Picker, AppError> {
    service::picker(&Visit::current()?, chosen).await
}

/// The unit’s cases that are under way (办理中的申请): those that wait for it first, then the most urgent.
#[server(name = AskUnderWay, endpoint = "application/under-way", prefix = "/api", input = PostUrl)]
pub async fn under_way() -> Result<Vec<Head>, AppError> {
    service::under_way(&Visit::current()?).await
}

/// Makes a draft from the picker. `chosen` is its JSON, as the page's form carries it.
#[server(endpoint = "application/create", prefix = "/api", input = PostUrl)]
pub async fn create(chosen: String, #[server(default)] authority: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let chosen = serde_json::from_str(&chosen).map_err(|e| AppError::BadRequest(e.to_string()))?;
    let done = service::create(&visit, chosen, &authority).await;
    plain::reply(&visit, "picker", Values::new(), done).await
}

/// The choice of a qualification as far as it is made (选择资格项目).
#[server(name = AskQualify, endpoint = "application/qualify", prefix = "/api", input = Json)]
pub async fn qualify(choice: Choice) -> Result<Qualify, AppError> {
    service::person_picker(&Visit::current()?, choice).await
}

/// Makes a draft of a person's application.
#[server(endpoint = "application/create-person", prefix = "/api", input = PostUrl)]
pub async fn create_person(kind: String, code: String, #[server(default)] region: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::create_person(&visit, Choice { kind, code, region, words: String::new() }).await;
    plain::reply(&visit, "qualify", Values::new(), done).await
}

/// Registered units to practise in (执业单位), by a part of the name or the code.
#[server(name = FindPractices, endpoint = "application/practices", prefix = "/api", input = PostUrl)]
pub async fn practices(typed: String) -> Result<Vec<(String, String)>, AppError> {
    service::find_practices(&Visit::current()?, &typed).await
}

/// What a draft is for now, and the revision that was read: where choosing again begins.
#[server(name = AskChoice, endpoint = "application/choice", prefix = "/api", input = PostUrl)]
pub async fn choice(no: String) -> Result<(Chosen, i64), AppError> {
    service::choice(&Visit::current()?, &no).await
}

/// Gives a draft other items or addresses. `revision` is the draft's when the choice was begun.
#[server(endpoint = "application/rechoose", prefix = "/api", input = PostUrl)]
pub async fn rechoose(no: String, revision: i64, chosen: String, #[server(default)] authority: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let chosen = serde_json::from_str(&chosen).map_err(|e| AppError::BadRequest(e.to_string()))?;
    let done = service::rechoose(&visit, &no, revision, chosen, &authority).await;
    plain::reply(&visit, "picker", Values::new(), done).await
}

/// A page of the book, with what a plain post of it may have run into.
#[server(endpoint = "application/book", prefix = "/api", input = PostUrl)]
pub async fn book(no: String, page: String) -> Result<BookView, AppError> {
    let visit = Visit::current()?;
    let view = service::book(&visit, &no, &page).await?;
    let state = plain::recall(&visit, &format!("book/{no}")).await?;
    let posted = state.values.get("posted").and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    Ok(service::laid(view, &page, posted))
}

/// Saves changes of a draft, one op a path; also the way to ask what others changed (no ops).
#[server(endpoint = "application/save", prefix = "/api", input = Json)]
pub async fn save(batch: Batch) -> Result<Saved, AppError> {
    service::save(&Visit::current()?, batch).await
}

/// What others changed since a revision; asked in the background, so it never extends a session.
#[server(endpoint = "application/changes", prefix = "/api", input = PostUrl)]
pub async fn changes(no: String, seen: i64) -> Result<Saved, AppError> {
    service::changes(&Visit::current()?, &no, seen).await
}

/// How far each page is, and what is to mend on one, judged now.
#[server(endpoint = "application/marks", prefix = "/api", input = PostUrl)]
pub async fn marks(no: String, page: String) -> Result<Judged, AppError> {
    service::marks(&Visit::current()?, &no, &page).await
}

/// Everything to check before submitting, or to read afterwards.
#[server(name = AskReview, endpoint = "application/review", prefix = "/api", input = PostUrl)]
pub async fn review(no: String) -> Result<Review, AppError> {
    service::review(&Visit::current()?, &no).await
}

/// One submitted version with its hash.
#[server(endpoint = "application/version", prefix = "/api", input = PostUrl)]
pub async fn version(no: String, version: i64) -> Result<(Frozen, String), AppError> {
    service::version(&Visit::current()?, &no, version).await
}

/// Submits (提交). One click is one submission: `client_id` names the click. `revision` is the draft's that was checked.
#[server(endpoint = "application/submit", prefix = "/api", input = PostUrl)]
pub async fn submit(no: String, client_id: String, revision: i64, #[server(default)] agreed: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let click = HandIn { client_id, agreed: agreed == "yes", seen: Some(revision), corrected: None };
    let done = service::hand_in(&visit, &no, click).await;
    let answer = done.map(|issues| if issues.is_empty() { Answer::Go(format!("/applications/{no}/receipt")) } else { Answer::Wrong(issues) });
    plain::reply(&visit, &format!("submit/{no}"), Values::new(), answer).await
}

/// What changed from one submitted version to another (补正前后对照).
#[server(name = AskCompare, endpoint = "application/compare", prefix = "/api", input = PostUrl)]
pub async fn compare(no: String, before: i64, after: i64) -> Result<Vec<Change>, AppError> {
    service::compare(&Visit::current()?, &no, before, after).await
}

/// Hands a corrected application in again (重新提交). A ticked point of the notice posts its path as `values[path]`.
#[server(endpoint = "application/resubmit", prefix = "/api", input = PostUrl)]
pub async fn resubmit(
    no: String,
    client_id: String,
    revision: i64,
    #[server(default)] agreed: String,
    #[server(default)] values: Values,
) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let click = HandIn { client_id, agreed: agreed == "yes", seen: Some(revision), corrected: Some(values.keys().cloned().collect()) };
    let done = service::hand_in(&visit, &no, click).await;
    let answer = done.map(|issues| if issues.is_empty() { Answer::Go(format!("/applications/{no}/receipt")) } else { Answer::Wrong(issues) });
    plain::reply(&visit, &format!("submit/{no}"), values, answer).await
}

/// The unit's applications (许可管理), filtered, a page at a time.
#[server(endpoint = "application/list", prefix = "/api", input = PostUrl)]
pub async fn list(#[server(default)] filter: Values, #[server(default)] cursor: String, #[server(default)] newer: bool) -> Result<Listing, AppError> {
    let visit = Visit::current()?;
    service::list(&visit, super::store::Filter::of(&filter), &cursor, newer).await
}

/// Deletes a draft, brings it back, or copies: `act` is `delete`, `restore` or `copy`.
#[server(endpoint = "application/act", prefix = "/api", input = PostUrl)]
pub async fn act(no: String, act: String) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = service::act(&visit, &no, &act).await;
    plain::reply(&visit, "applications", Values::new(), done).await
}

/// Takes an attachment out of a draft.
#[server(endpoint = "application/detach", prefix = "/api", input = PostUrl)]
pub async fn detach(no: String, path: String) -> Result<(), AppError> {
    service::detach_file(&Visit::current()?, &no, &path).await
}
