//! Repeat tables as spreadsheets: the table with its data out, rows in.

use super::routes::Answer;
use super::service::Held;
use crate::application::model::Told;
use crate::application::sheet::SheetIssue;
use crate::application::{service, sheet};
use crate::base::{Lang, say};
use crate::error::{AppError, OrBroken};
use crate::form::{Table, Values};
use crate::server::app::Visit;
use axum::Extension;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;

/// The largest sheet, in bytes: it is read whole.
pub(super) const MAX_SHEET: i64 = 4 * 1024 * 1024;

/// `GET /files/sheet/{no}/{page}/{table}.xlsx`: the template with what is there.
pub(super) async fn export(Extension(visit): Extension<Visit>, Path((no, page, name)): Path<(String, String, String)>) -> Answer {
    let (table, rows) = service::table_rows(&visit, &no, &page, name.strip_suffix(".xlsx").ok_or(AppError::NotFound)?).await?;
    workbook(table, visit.lang, rows, &no).await
}

/// A table as a workbook to be kept, named by the table and `of`.
pub(super) async fn workbook(table: &'static Table, lang: Lang, rows: Vec<Values>, of: &str) -> Answer {
    let bytes = tokio::task::spawn_blocking(move || sheet::export(table, lang, &rows)).await.broken()?.broken()?;
    let name = crate::base::text::url_escape(&format!("{}-{of}.xlsx", table.label.get(lang)));
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"table.xlsx\"; filename*=UTF-8''{name}")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// Adds a sheet's rows to the table at a path (`page/table`), all or none, and says so.
pub(super) async fn import(visit: &Visit, no: &str, path: &str, sheet: Result<Held, AppError>) -> Told {
    match read(visit, no, path, sheet).await {
        Ok(Ok(count)) => Told { done: true, ..Told::wrong(path, say(format!("已导入 {count} 行。"), format!("{count} row(s) imported."))) },
        Ok(Err(issues)) => {
            let wrong = say("没有导入任何一行，请按下面所列改好后再导入。", "Nothing was imported. Please mend what is listed below and import again.");
            Told { list: issues.iter().map(SheetIssue::say).collect(), ..Told::wrong(path, wrong) }
        }
        Err(error) => Told::wrong(path, error.say()),
    }
}

async fn read(visit: &Visit, no: &str, path: &str, sheet: Result<Held, AppError>) -> Result<Result<usize, Vec<SheetIssue>>, AppError> {
    let bytes = sheet?.bytes(MAX_SHEET).await?;
    let (page, table) = path.split_once('/').ok_or(AppError::NotFound)?;
    // Whether the caller may see this table, and which it is.
    let (shape, _) = service::table_rows(visit, no, page, table).await?;
    match tokio::task::spawn_blocking(move || sheet::import(shape, &bytes)).await.broken()? {
        Ok(rows) => service::import_rows(visit, no, page, table, rows).await.map(Ok),
        Err(issues) => Ok(Err(issues)),
    }
}
