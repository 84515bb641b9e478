//! The routes of repeat tables as spreadsheets: the table with its data out, rows in.

use super::routes::{Failed, back};
use crate::application::{service, sheet};
use crate::base::say;
use crate::error::{AppError, OrBroken};
use crate::form::Issue;
use crate::server::app::Visit;
use crate::ui::form::{FormReply, FormState};
use axum::extract::{Multipart, Path};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};

/// `GET /files/sheet/{no}/{page}/{table}.xlsx`: the template with what is there.
pub(super) async fn export(Extension(visit): Extension<Visit>, Path((no, page, name)): Path<(String, String, String)>) -> Result<Response, Failed> {
    let (table, rows) = service::table_rows(&visit, &no, &page, name.strip_suffix(".xlsx").ok_or(AppError::NotFound)?).await?;
    let lang = visit.lang;
    let bytes = tokio::task::spawn_blocking(move || sheet::export(table, lang, &rows)).await.broken()?.broken()?;
    let name = crate::base::text::url_escape(&format!("{}-{no}.xlsx", table.label.get(lang)));
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"table.xlsx\"; filename*=UTF-8''{name}")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// `POST /files/sheet/{no}/{page}/{table}`: a sheet's rows are added to the table, all or none.
pub(super) async fn import(
    Extension(visit): Extension<Visit>,
    Path((no, page, table)): Path<(String, String, String)>,
    from: HeaderMap,
    mut form: Multipart,
) -> Result<Response, Failed> {
    let unreadable = |e: axum::extract::multipart::MultipartError| AppError::BadRequest(e.body_text());
    let mut bytes = None;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if field.name() == Some("file") {
            bytes = Some(field.bytes().await.map_err(unreadable)?);
        }
    }
    let path = format!("{page}/{table}");
    let state = match read(&visit, &no, &page, &table, bytes.unwrap_or_default()).await {
        Ok(Ok(count)) => {
            let noted = say(format!("已导入 {count} 行。"), format!("{count} row(s) imported."));
            FormState { noted: Some(noted), ..FormState::default() }
        }
        Ok(Err(issues)) => {
            let issues: Vec<Issue> = issues.into_iter().map(|issue| Issue::error(&path, issue.say())).collect();
            let told = say("没有导入任何一行，请按下面所列改好后再导入。", "Nothing was imported. Please mend what is listed below and import again.");
            FormState { issues, told: Some(told), ..FormState::default() }
        }
        Err(error) if visit.plain => FormState { told: Some(error.say()), ..FormState::default() },
        Err(error) => return Err(error.into()),
    };
    if visit.plain { back(&visit, &from, Some(state), &path).await } else { Ok(Json(FormReply::Wrong(state)).into_response()) }
}

async fn read(visit: &Visit, no: &str, page: &str, table: &str, bytes: axum::body::Bytes) -> Result<Result<usize, Vec<sheet::SheetIssue>>, AppError> {
    // Whether the caller may see this table, and which it is.
    let (shape, _) = service::table_rows(visit, no, page, table).await?;
    match tokio::task::spawn_blocking(move || sheet::import(shape, &bytes)).await.broken()? {
        Ok(rows) => service::import_rows(visit, no, page, table, rows).await.map(Ok),
        Err(issues) => Ok(Err(issues)),
    }
}
