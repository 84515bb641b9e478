//! A letter before it is sent (预览, spec 2.23): as the action that is filled in would issue it, for whoever may do it. Nothing is left of a
//! look. Of a correction notice, which is sent once and as it was seen last, `correcting` sees to it.

use super::answers;
use super::correcting;
use super::forms::Form;
use super::letters::preview as letter;
use super::model::Preview;
use super::points::PREVIEW;
use super::service::{self, refused};
use crate::base::say;
use crate::base::workdays::legal_date;
use crate::error::Result;
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::workflow::{Action, ActionKind, step};

/// Whether what was posted to a form is a look at its letter and nothing more.
pub fn is_look(form: &Form, values: &Values) -> bool {
    form.previews && values.get("step").is_some_and(|step| step == PREVIEW)
}

/// What is answered to a look: what stands against the action, else where its letter is seen.
pub async fn asked(visit: &Visit, no: &str, action: &Action) -> Result<Answer> {
    let mut tx = visit.app.db.read().await?;
    let (file, actor) = service::load(visit, &mut tx, no).await?;
    step(&file.record.case, &actor, action, &file.ctx(visit.now())).map_err(refused)?;
    Ok(Answer::Noted(say("文书的预览在申请书上方，还没有发出。", "The document is shown above the book; it has not been sent yet.")))
}

/// The letter that was asked to be seen.
pub async fn preview(visit: &Visit, no: &str, values: &Values) -> Result<Option<Preview>> {
    let Some(form) = values.get("act").and_then(|act| ActionKind::of_word(act)).and_then(Form::of) else { return Ok(None) };
    if form.kind == ActionKind::RequireCorrection {
        return correcting::preview(visit, no, values).await;
    }
    let Some(action) = answers::read(form, values, legal_date(visit.now())).ok().filter(|_| is_look(form, values)) else { return Ok(None) };
    let mut tx = visit.app.db.read().await?;
    let (file, actor) = service::load(visit, &mut tx, no).await?;
    let content = letter::letter(visit, &mut tx, &file, &actor, &action).await?;
    Ok(content.map(|content| Preview { of: form.kind, content, fingerprint: String::new(), is_whole: true }))
}
