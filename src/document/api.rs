//! What the browser may ask of documents.

use super::view::{Checked, DocumentLine, DocumentView, Library, PaperCode, TemplateView};
use crate::error::AppError;
use crate::form::Values;
use crate::ui::form::FormReply;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {super::library, super::service, crate::server::app::Visit, crate::server::plain};

/// A document to read; the applicant's first look is noted (送达).
#[server(name = OpenDocument, endpoint = "document/open", prefix = "/api", input = PostUrl)]
pub async fn open(id: String) -> Result<DocumentView, AppError> {
    service::open(&Visit::current()?, &id).await
}

/// The documents of a case that the caller may read.
#[server(name = DocumentsOfCase, endpoint = "document/of-case", prefix = "/api", input = PostUrl)]
pub async fn of_case(no: String) -> Result<Vec<DocumentLine>, AppError> {
    service::of_case(&Visit::current()?, &no).await
}

/// The code that the print-out of a version carries: that of its receipt.
#[server(name = AskReceiptCode, endpoint = "document/receipt-code", prefix = "/api", input = PostUrl)]
pub async fn receipt_code(no: String, fingerprint: String) -> Result<PaperCode, AppError> {
    service::receipt_code(&Visit::current()?, &no, &fingerprint).await
}

/// What a printed statement is worth, by its path `/verify/…`, with everything needed to check the answer.
#[server(name = CheckStatement, endpoint = "document/check", prefix = "/api", input = PostUrl)]
pub async fn check(path: String) -> Result<Checked, AppError> {
    service::check(&Visit::current()?.app, &path).await
}

/// The templates and reasons of the caller's authority.
#[server(name = AskLibrary, endpoint = "document/library", prefix = "/api", input = PostUrl)]
pub async fn library_of() -> Result<Library, AppError> {
    library::overview(&Visit::current()?).await
}

/// A template to edit, by the word of its kind.
#[server(name = AskTemplate, endpoint = "document/template", prefix = "/api", input = PostUrl)]
pub async fn template(kind: String) -> Result<TemplateView, AppError> {
    library::open(&Visit::current()?, &kind).await
}

/// Saves a template, or only shows how it would read: `kind`, `seen`, `text`, `step`.
#[server(endpoint = "document/save-template", prefix = "/api", input = PostUrl)]
pub async fn save_template(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = library::save(&visit, &values).await;
    let form = library::form(values.get("kind").map_or("", String::as_str));
    plain::reply(&visit, &form, values, done).await
}

/// Adds, changes, previews or retires a reason: `step`, `id`, `seen`, `kind`, `text`.
#[server(endpoint = "document/save-reason", prefix = "/api", input = PostUrl)]
pub async fn save_reason(#[server(default)] values: Values) -> Result<FormReply, AppError> {
    let visit = Visit::current()?;
    let done = library::save_reason(&visit, &values).await;
    plain::reply(&visit, library::REASONS, values, done).await
}
