//! The routes of uploads and downloads. `POST /files` begins, `PATCH /files/{id}?offset=N` sends, `GET /files/{id}/status`
//! tells where to go on, `POST /files/{id}/complete` ends; `POST /files/form` does all of it for a form without script.
//! `GET /files/document/{id}` gives an issued document as PDF.

use super::service::{self, Begin};
use super::{MAX_SIZE, sheets};
use crate::base::text::url_escape;
use crate::error::{AppError, OrBroken};
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

/// What was wrong with a file or a sheet, for [`plain::recall`]: its value `at` is the path of the place or table.
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

type Answer = Result<Response, Failed>;

/// The routes of uploads, downloads and sheets.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    // A form around a file of the largest size.
    let form_limit = DefaultBodyLimit::max(usize::try_from(MAX_SIZE).unwrap_or(usize::MAX) + 1024 * 1024);
    Router::new()
        .route("/files", post(begin))
        .route("/files/form", post(form).layer(form_limit))
        .route("/files/document/{id}", get(document))
        .route("/files/{id}", get(download).patch(receive))
        .route("/files/{id}/status", get(status))
        .route("/files/{id}/complete", post(complete))
        .route("/files/sheet/{no}/{page}/{table}", get(sheets::export).post(sheets::import))
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

/// `application`, `slot`, then one or more files; back to the page, with what was wrong.
async fn form(Extension(visit): Extension<Visit>, from: HeaderMap, mut form: Multipart) -> Answer {
    let (mut application, mut slot, mut told) = (String::new(), String::new(), None);
    let unreadable = |e: axum::extract::multipart::MultipartError| AppError::BadRequest(e.body_text());
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or("") {
            "application" => application = field.text().await.map_err(unreadable)?,
            "slot" => slot = field.text().await.map_err(unreadable)?,
            "file" => {
                let name = field.file_name().unwrap_or("").to_owned();
                let done = if name.is_empty() { Err(nothing_chosen()) } else { service::take(&visit, &application, &slot, &name, field).await.map(|_| ()) };
                if let Err(error) = done {
                    told = told.or(Some(error.say()));
                }
            }
            _ => {}
        }
    }
    let state = told.map(|told| FormState { told: Some(told), ..FormState::default() });
    back(&visit, &from, state, &slot).await
}

fn nothing_chosen() -> AppError {
    AppError::Refused(crate::base::say("请先选择文件，再点“上传”。", "Please choose a file first, then press “Upload”."))
}

/// Sends a browser back to the page it came from, to the place `at`, with what it should be told there.
pub(super) async fn back(visit: &Visit, from: &HeaderMap, state: Option<FormState>, at: &str) -> Answer {
    let referer = from.get(header::REFERER).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<axum::http::Uri>().ok());
    let (path, query) = referer.as_ref().map_or(("/", ""), |page| (page.path(), page.query().unwrap_or("")));
    let again = state.is_some().then_some("again=1");
    let query: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && *p != "again=1").chain(again).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let address = HeaderValue::from_str(&format!("{path}{query}#{}", url_escape(&field_id(at)))).broken()?;
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response();
    if let Some(state) = state {
        let mut visit = visit.clone();
        if visit.form_token.is_empty() {
            visit.form_token = ids::token();
            response.headers_mut().append(header::SET_COOKIE, session::set_cookie(&visit.app, session::FORM_COOKIE, &visit.form_token, None));
        }
        let state = FormState { values: Values::from([("at".to_owned(), at.to_owned())]), ..state };
        plain::keep(&visit, FORM, &state).await?;
    }
    Ok(response)
}
