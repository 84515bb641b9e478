//! The routes of uploads and downloads. `POST /files` begins, `PATCH /files/{id}?offset=N` sends, `GET /files/{id}/status`
//! tells where to go on, `POST /files/{id}/complete` ends; `POST /files/form` does all of it for a form without script, and
//! `POST /files/page` for a page of the book, `POST /files/act` for an action of a case, `POST /files/marks` for the marks of an examination.
//! `GET /files/document/{id}` gives an issued document as PDF.

use super::form::{self, Form};
use super::service::{self, Begin};
use super::{act, marks, page, sheets};
use crate::base::say;
use crate::base::text::url_escape;
use crate::error::AppError;
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::{ids, plain, session};
use crate::ui::field::field_id;
use crate::ui::form::FormState;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde::Deserialize;

/// What was wrong with a file, for [`plain::recall`]: its value `at` is the path of the place.
const FORM: &str = "files";

/// An error on its way out of a route.
pub(super) struct Failed(AppError);

impl From<AppError> for Failed {
    fn from(error: AppError) -> Failed {
        Failed(error)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        crate::server::router::answer(&self.0)
    }
}

pub(super) type Answer = Result<Response, Failed>;

/// The routes of uploads, downloads and sheets.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let form_limit = DefaultBodyLimit::max(form::MOST);
    Router::new()
        .route("/files", post(begin))
        .route("/files/form", post(form).layer(form_limit))
        .route("/files/document/{id}", get(document))
        .route("/files/page", post(page::save).layer(form_limit))
        .route("/files/act", post(act::act).layer(form_limit))
        .route("/files/marks", post(marks::import).layer(form_limit))
        .route("/files/marks/{session}", get(marks::export))
        .route("/files/{id}", get(download).patch(receive))
        .route("/files/{id}/status", get(status))
        .route("/files/{id}/complete", post(complete))
        .route("/files/sheet/{no}/{page}/{table}", get(sheets::export))
}

async fn begin(Extension(visit): Extension<Visit>, Json(wanted): Json<Begin>) -> Answer {
    Ok((StatusCode::CREATED, Json(service::begin(&visit, wanted).await?)).into_response())
}

#[derive(Deserialize)]
struct Offset {
    offset: i64,
}

async fn receive(Extension(visit): Extension<Visit>, Path(id): Path<String>, Query(at): Query<Offset>, body: Body) -> Answer {
    Ok(Json(service::receive(&visit, &id, at.offset, body.into_data_stream()).await?).into_response())
}

async fn status(Extension(visit): Extension<Visit>, Path(id): Path<String>) -> Answer {
    Ok(Json(service::progress(&visit, &id).await?).into_response())
}

#[derive(Deserialize)]
struct Complete {
    sha256: String,
}

async fn complete(Extension(visit): Extension<Visit>, Path(id): Path<String>, Json(done): Json<Complete>) -> Answer {
    let file = service::complete(&visit, &id, &done.sha256).await?;
    Ok(Json(service::Progress::from(&file)).into_response())
}

async fn download(Extension(visit): Extension<Visit>, Path(id): Path<String>) -> Answer {
    let file = service::read(&visit, &id).await?;
    let bytes = visit.app.files.get(&file.sha256).await?;
    Ok((headers(&file.name, &file.media, &file.sha256, file.size), Body::from_stream(bytes.into_stream())).into_response())
}

async fn document(Extension(visit): Extension<Visit>, Path(id): Path<String>) -> Answer {
    let (name, sha256, size) = crate::document::service::pdf(&visit, &id).await?;
    let bytes = visit.app.files.get(&sha256).await?;
    Ok((headers(&name, "application/pdf", &sha256, size), Body::from_stream(bytes.into_stream())).into_response())
}

/// A file may be looked at in the browser, and do nothing there. A PDF is not sandboxed: browsers would not show it.
fn headers(name: &str, media: &str, sha256: &str, size: i64) -> HeaderMap {
    let (ending, policy) = match media {
        "application/pdf" => ("pdf", "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"),
        "image/png" => ("png", "default-src 'none'; sandbox; frame-ancestors 'none'"),
        _ => ("jpg", "default-src 'none'; sandbox; frame-ancestors 'none'"),
    };
    let disposition = format!("inline; filename=\"file.{ending}\"; filename*=UTF-8''{}", url_escape(name));
    let fixed = [(header::CONTENT_SECURITY_POLICY, policy), (header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::CACHE_CONTROL, "private, no-store")];
    let mut headers: HeaderMap = fixed.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect();
    let mut put = |name, value: &str| headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
    put(header::CONTENT_TYPE, media);
    put(header::CONTENT_LENGTH, &size.to_string());
    put(header::CONTENT_DISPOSITION, &disposition);
    put(header::ETAG, &format!("\"{sha256}\""));
    headers
}

/// `application`, `slot` and one or more files; back to the page, with what was wrong.
async fn form(Extension(visit): Extension<Visit>, from: HeaderMap, body: Multipart) -> Answer {
    let form = Form::read(&visit, body).await;
    if let Some(error) = form.cut {
        return Err(error.into());
    }
    let text = |name: &str| form.texts.get(name).map_or("", String::as_str);
    let (application, slot) = (text("application"), text("slot"));
    let mut told = form.files.is_empty().then(|| nothing_chosen().say());
    for (_, held) in form.files {
        let done = match held {
            Ok(held) => service::place(&visit, application, slot, held).await.map(|_| ()),
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            told = told.or(Some(error.say()));
        }
    }
    let at = Values::from([("at".to_owned(), slot.to_owned())]);
    let state = told.map(|told| FormState { values: at, told: Some(told), ..FormState::default() });
    leave(&visit, &back(&from, state.is_some(), slot), state.map(|state| (FORM, state))).await
}

/// Told to whoever pressed the button alone.
pub(super) fn nothing_chosen() -> AppError {
    AppError::Refused(say("请先选择文件。", "Please choose a file first."))
}

/// The page a form stood on, at the place `at`; `again` lets it show what was kept.
fn back(from: &HeaderMap, again: bool, at: &str) -> String {
    let referer = from.get(header::REFERER).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<axum::http::Uri>().ok());
    let (path, query) = referer.as_ref().map_or(("/", ""), |page| (page.path(), page.query().unwrap_or("")));
    let query: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && *p != "again=1").chain(again.then_some("again=1")).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("{path}{query}#{}", url_escape(&field_id(at)))
}

/// Sends a browser on, and keeps the state of a form for the page that is shown next.
pub(super) async fn leave(visit: &Visit, to: &str, kept: Option<(&str, FormState)>) -> Answer {
    let address = HeaderValue::from_str(to).map_err(|_| AppError::BadRequest("address".into()))?;
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response();
    if let Some((form, state)) = kept {
        let mut visit = visit.clone();
        if visit.form_token.is_empty() {
            visit.form_token = ids::token();
            response.headers_mut().append(header::SET_COOKIE, session::set_cookie(&visit.app, session::FORM_COOKIE, &visit.form_token, None));
        }
        plain::keep(&visit, form, &state).await?;
    }
    Ok(response)
}
