//! Uploads with progress, in pieces: what was cut goes on from what the server received. Not which file goes where.

use crate::error::AppError;
use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use serde::Deserialize;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ProgressEvent, XmlHttpRequest};

/// Bytes a request.
const PIECE: f64 = 1024.0 * 1024.0;
/// Tries of one request before the upload is given up, and the first wait between them.
const TRIES: u32 = 6;
const FIRST_WAIT_MS: i32 = 500;
/// How long one request may take.
const PATIENCE_MS: u32 = 60_000;

/// How far the server is.
#[derive(Deserialize)]
struct Progress {
    id: String,
    received: f64,
}

/// Uploads a file to a place of an application (or of the unit's papers: `unit`) and gives its id. `progress` is told
/// the share that arrived, 0 to 1.
///
/// # Errors
/// What the server refused, or that it was not reached for long.
pub async fn upload(application: String, slot: String, file: File, progress: impl Fn(f64) + 'static) -> Result<String, AppError> {
    upload_until(application, slot, file, progress, || false).await
}

/// As [`upload`], and stops when `stopped` says so; what was sent is swept later.
///
/// # Errors
/// As [`upload`]; [`AppError::Unreachable`] if it was stopped.
pub async fn upload_until(
    application: String,
    slot: String,
    file: File,
    progress: impl Fn(f64) + 'static,
    stopped: impl Fn() -> bool,
) -> Result<String, AppError> {
    let size = file.size();
    // By its hash the server knows an upload that was cut, on whatever page that was, and goes on with it.
    let sha256 = digest(&file).await.unwrap_or_default();
    let begin = serde_json::json!({ "application": application, "slot": slot, "name": file.name(), "size": size as i64, "sha256": sha256 });
    let begun: Progress = patiently(|| send("POST", "/files".into(), Body::Json(begin.to_string()), None)).await?;
    let id = begun.id;
    let progress: Rc<dyn Fn(f64)> = Rc::new(move |bytes| progress((bytes / size).clamp(0.0, 1.0)));
    let mut at = begun.received;
    progress(at);
    let mut failures = 0;
    while at < size {
        if stopped() {
            return Err(AppError::Unreachable("stopped".into()));
        }
        let piece = file.slice_with_f64_and_f64(at, (at + PIECE).min(size)).map_err(broken)?;
        let told = progress.clone();
        let sent: Result<Progress, AppError> =
            send("PATCH", format!("/files/{id}?offset={at}"), Body::Piece(piece), Some(Rc::new(move |bytes| told(at + bytes)))).await;
        match sent {
            Ok(now) => {
                at = now.received;
                failures = 0;
            }
            Err(error) if is_final(&error) => return Err(error),
            Err(error) => {
                failures += 1;
                if failures >= TRIES {
                    return Err(error);
                }
                wait(FIRST_WAIT_MS << failures).await;
                let now: Progress = patiently(|| send("GET", format!("/files/{id}/status"), Body::None, None)).await?;
                at = now.received;
            }
        }
        progress(at);
    }
    let done = serde_json::json!({ "sha256": sha256 }).to_string();
    let done: Progress = patiently(|| send("POST", format!("/files/{id}/complete"), Body::Json(done.clone()), None)).await?;
    Ok(done.id)
}

/// Whether trying again would give the same answer. A [`AppError::Moved`] of a piece means: ask where to go on.
fn is_final(error: &AppError) -> bool {
    !matches!(error, AppError::Unreachable(_) | AppError::Broken(_) | AppError::TooOften { .. } | AppError::Moved(_))
}

/// Does a request until it is answered, for a while. Each of them may be asked twice.
async fn patiently<T, F, R>(request: F) -> Result<T, AppError>
where
    F: Fn() -> R,
    R: Future<Output = Result<T, AppError>>,
{
    let mut tries = 0;
    loop {
        match request().await {
            Err(error) if !is_final(&error) && !matches!(error, AppError::Moved(_)) && tries + 1 < TRIES => {
                tries += 1;
                wait(FIRST_WAIT_MS << tries).await;
            }
            answer => return answer,
        }
    }
}

async fn wait(milliseconds: i32) {
    let promise = Promise::new(&mut |done, _| {
        // Without a timer the next try simply comes at once.
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds).ok();
    });
    JsFuture::from(promise).await.ok();
}

enum Body {
    None,
    Json(String),
    Piece(Blob),
}

/// One request. Not `fetch`: it tells nothing of a body on its way.
async fn send<T: for<'a> Deserialize<'a>>(method: &str, url: String, body: Body, progress: Option<Rc<dyn Fn(f64)>>) -> Result<T, AppError> {
    let request = XmlHttpRequest::new().map_err(broken)?;
    request.open_with_async(method, &url, true).map_err(broken)?;
    request.set_timeout(PATIENCE_MS);
    request.set_request_header("accept", "application/json").map_err(broken)?;
    let told = progress.map(|told| Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| told(event.loaded())));
    if let (Some(told), Ok(upload)) = (&told, request.upload()) {
        upload.set_onprogress(Some(told.as_ref().unchecked_ref()));
    }
    let answered = Promise::new(&mut |done: Function, _| request.set_onloadend(Some(&done)));
    match body {
        Body::None => request.send(),
        Body::Json(text) => request.set_request_header("content-type", "application/json").and_then(|()| request.send_with_opt_str(Some(&text))),
        Body::Piece(piece) => request.send_with_opt_blob(Some(&piece)),
    }
    .map_err(broken)?;
    JsFuture::from(answered).await.map_err(broken)?;
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or(0) {
        200..300 => serde_json::from_str(&text).map_err(|e| AppError::Unreachable(e.to_string())),
        status => Err(serde_json::from_str(&text).unwrap_or_else(|_| AppError::Unreachable(status.to_string()))),
    }
}

/// The SHA-256 of a file; `None` where the browser does not compute it (an address that is neither TLS nor this machine).
async fn digest(file: &File) -> Option<String> {
    let subtle = Reflect::get(window().crypto().ok()?.as_ref(), &"subtle".into()).ok().filter(JsValue::is_object)?;
    let function: Function = Reflect::get(&subtle, &"digest".into()).ok()?.dyn_into().ok()?;
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    let promise: Promise = Reflect::apply(&function, &subtle, &Array::of2(&"SHA-256".into(), &bytes)).ok()?.dyn_into().ok()?;
    let hash: ArrayBuffer = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&hash).to_vec().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn broken(cause: JsValue) -> AppError {
    AppError::Unreachable(format!("{cause:?}"))
}
