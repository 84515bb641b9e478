//! A click has a name: sent again, it is done once.

use super::service::File;
use super::store;
use crate::base::say;
use crate::error::{AppError, Result};
use crate::server::db::Tx;
use crate::workflow::Action;

/// Whether a click was done to this case before. The same name with something else in it is another click.
pub async fn was_done(tx: &mut Tx, file: &File, click: &str, is_same: impl Fn(&Action) -> bool) -> Result<bool> {
    match store::done_by(tx, &file.record.id, click).await? {
        None => Ok(false),
        Some(done) if is_same(&done) => Ok(true),
        Some(done) => {
            let what = done.kind().happened();
            Err(AppError::Refused(say(
                format!("这一页已经用来办理过“{}”，内容与这次不同；这次没有执行。请刷新页面后再办理。", what.zh),
                format!("This page was used for “{}” before, with something else in it; nothing was done now. Reload the page first.", what.en),
            )))
        }
    }
}

/// Refuses a click without a name, or with one that is none.
pub fn need_click(click: &str) -> Result<()> {
    let fits = (1..=80).contains(&click.len()) && click.chars().all(|c| c.is_ascii_graphic());
    if fits { Ok(()) } else { Err(AppError::BadRequest("client id".into())) }
}

/// Whether an action is the one that was done, sent again: a file that is posted again has another id.
pub fn is_again(done: &Action, action: &Action) -> bool {
    let bare = |action: &Action| {
        let mut whole = serde_json::to_value(action).unwrap_or_default();
        if let Some(parts) = whole.as_object_mut() {
            parts.retain(|key, _| !matches!(key.as_str(), "file" | "files"));
        }
        whole
    };
    bare(done) == bare(action) && done.files().len() == action.files().len()
}
