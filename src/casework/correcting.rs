//! Composing a correction notice (补正告知书): its points are read against the book they are about, it is seen as the applicant will
//! read it, and sent once (行政许可法 art. 32(4)). What is sent is what was seen last.

use super::letters::preview as letter;
use super::model::Preview;
use super::service::{self, File};
use super::{points, store};
use crate::application::book::{pages, places};
use crate::application::service::newest;
use crate::base::{Say, say, text};
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::workflow::action::Mark;
use crate::workflow::{Action, ActionKind};

/// What a posted form says.
struct Notice {
    marks: Vec<Mark>,
    cause: String,
    /// The first point that is not whole.
    wrong: Option<Say>,
}

impl Notice {
    async fn read(tx: &mut Tx, file: &File, values: &Values) -> Result<Notice> {
        let book = newest(tx, &file.record.id).await?.ok_or(AppError::NotFound)?;
        let entry = store::find_entry(tx, &file.record.id).await?.ok_or(AppError::NotFound)?;
        let places: Vec<_> = pages(&entry.category, &entry.kind).into_iter().flat_map(places).collect();
        let (marks, wrong) = points::read(values, &places, |table| book.rows(table));
        let cause = values.get(&format!("{}/cause", ActionKind::RequireCorrection.word()));
        Ok(Notice { marks, cause: cause.map(|cause| text::tidy(cause)).unwrap_or_default(), wrong })
    }

    /// Tells one notice from another.
    fn fingerprint(&self) -> String {
        ids::digest(&serde_json::to_string(&(&self.marks, &self.cause)).unwrap_or_default())
    }
}

/// What a posted form asks for: the action, or what is to be answered instead.
pub async fn asked(visit: &Visit, no: &str, values: &Values) -> Result<std::result::Result<Action, Answer>> {
    if !shows(values) {
        return Ok(Err(Answer::Wrong(Vec::new())));
    }
    let mut tx = visit.app.db.read().await?;
    let (file, _) = service::load(visit, &mut tx, no).await?;
    let notice = Notice::read(&mut tx, &file, values).await?;
    if let Some(wrong) = &notice.wrong {
        return Ok(Err(Answer::Told(wrong.clone())));
    }
    let is_seen = values.get("previewed") == Some(&notice.fingerprint());
    match step(values) {
        points::PREVIEW if !notice.marks.is_empty() => {
            Ok(Err(Answer::Noted(say("预览见“补正告知书”，还没有发出。", "See the notice; it has not been sent yet."))))
        }
        _ if !is_seen && !notice.marks.is_empty() => Ok(Err(Answer::Noted(say(
            "还没有发出：填写的内容在预览以后有改动。请看过现在的告知书，再发出。",
            "Not sent yet: something was changed after the preview. Read the notice as it is now, then send it.",
        )))),
        _ => Ok(Ok(Action::RequireCorrection { marks: notice.marks, cause: notice.cause, days: file.facts.limits.correct })),
    }
}

/// The notice as it would read with what was posted, its points that are whole; for whoever may send it.
pub async fn preview(visit: &Visit, no: &str, values: &Values) -> Result<Option<Preview>> {
    if values.get("act").is_none_or(|act| act != ActionKind::RequireCorrection.word()) || !shows(values) {
        return Ok(None);
    }
    let mut tx = visit.app.db.read().await?;
    let (file, actor) = service::load(visit, &mut tx, no).await?;
    let notice = Notice::read(&mut tx, &file, values).await?;
    if notice.marks.is_empty() || file.admit(&actor, ActionKind::RequireCorrection, visit.now()).is_err() {
        return Ok(None);
    }
    let fingerprint = notice.fingerprint();
    let content = letter::correction(visit, &mut tx, &file, notice.marks, &notice.cause).await?;
    Ok(Some(Preview { of: ActionKind::RequireCorrection, content, fingerprint, is_whole: notice.wrong.is_none() }))
}

fn step(values: &Values) -> &str {
    values.get("step").map_or("", String::as_str)
}

/// Whether a step shows the notice: neither more rows nor one more place.
fn shows(values: &Values) -> bool {
    step(values) != points::MORE && !points::is_marking(step(values))
}
