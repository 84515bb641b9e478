//! What the browser may ask of documents.

use super::view::{Checked, DocumentLine, DocumentView};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;

#[cfg(feature = "ssr")]
use {super::service, crate::server::app::Visit};

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

/// What a printed statement is worth, by its path `/verify/…`, with everything needed to check the answer.
#[server(name = CheckStatement, endpoint = "document/check", prefix = "/api", input = PostUrl)]
pub async fn check(path: String) -> Result<Checked, AppError> {
    service::check(&Visit::current()?.app, &path).await
}
