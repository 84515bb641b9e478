//! Marks of an examination as a sheet: the candidates out, their marks in, both without script.

use super::form::Form;
use super::routes::{Answer, leave, nothing_chosen};
use super::service::Held;
use super::sheets::{MAX_SHEET, workbook};
use crate::base::{say, text::url_escape};
use crate::error::{AppError, Result};
use crate::exam::model::MARKS;
use crate::exam::service;
use crate::form::Issue;
use crate::server::app::Visit;
use crate::ui::form::FormState;
use axum::Extension;
use axum::extract::{Multipart, Path};

/// `GET /files/marks/{session}`: the template with the candidates.
pub(super) async fn export(Extension(visit): Extension<Visit>, Path(session): Path<String>) -> Answer {
    let rows = service::sheet(&visit, &session).await?;
    workbook(&MARKS, visit.lang, rows, &session).await
}

/// `session`, the revision `seen` of its marks, and one sheet; back to the session's page, with what was wrong.
pub(super) async fn import(Extension(visit): Extension<Visit>, body: Multipart) -> Answer {
    let Form { texts, files, cut } = Form::read(&visit, body).await;
    if let Some(error) = cut {
        return Err(error.into());
    }
    let session = texts.get("session").cloned().unwrap_or_default();
    let seen = texts.get("seen").and_then(|seen| seen.parse().ok()).ok_or_else(|| AppError::BadRequest("seen".into()))?;
    let state = match read(&visit, &session, seen, files.into_iter().next().map(|(_, held)| held)).await {
        Ok(state) => state,
        Err(error) => FormState { told: Some(error.say()), ..FormState::default() },
    };
    let form = format!("marks/{session}");
    leave(&visit, &format!("/exam/sessions/{}?again=1", url_escape(&session)), Some((&form, state))).await
}

async fn read(visit: &Visit, session: &str, seen: i64, held: Option<Result<Held>>) -> Result<FormState> {
    let bytes = held.ok_or_else(nothing_chosen)??.bytes(MAX_SHEET).await?;
    Ok(match service::import(visit, session.to_owned(), seen, bytes.to_vec()).await? {
        Ok(count) => {
            let noted = say(format!("已导入 {count} 名考生的成绩，尚未公布。"), format!("Marks of {count} candidate(s) imported, not published yet."));
            FormState { noted: Some(noted), ..FormState::default() }
        }
        Err(issues) => {
            let told = say("没有导入任何成绩，请按下面所列改好后再导入。", "Nothing was imported. Please mend what is listed below and import again.");
            FormState { told: Some(told), issues: issues.iter().map(|issue| Issue::error("sheet", issue.say())).collect(), ..FormState::default() }
        }
    })
}
