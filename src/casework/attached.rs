//! Files that come with an action: uploaded for it, taken along by it, seen by whoever sees it.

use super::service::{File, load};
use crate::base::say;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::files;
use crate::workflow::{Action, ActionKind, Party};

/// The place of files that come with an action.
pub fn slot(kind: ActionKind) -> String {
    format!("act/{}", kind.word())
}

/// Files that come with an action are the actor's own, uploaded for it; from now on whoever sees the action sees them.
pub(super) async fn claim(visit: &Visit, tx: &mut Tx, file: &File, action: &Action) -> Result<()> {
    let named: Vec<String> = action.files().into_iter().map(str::to_owned).collect();
    let unit = visit.caller()?.unit_id.clone();
    let found = files::store::find_all(tx, &named).await?;
    for id in &named {
        let place = slot(action.kind());
        let fits = found.iter().any(|f| f.id == *id && f.unit_id == unit && f.application_no == file.record.no && f.slot == place);
        if !fits {
            return Err(AppError::Refused(say("附件已不在，请重新上传。", "The attachment is no longer there; please upload it again.")));
        }
        files::store::mark_attached(tx, id, visit.now()).await?;
    }
    Ok(())
}

/// Whether a file that came with an action may be read by the caller.
pub async fn sees(visit: &Visit, tx: &mut Tx, no: &str, slot: &str, attached: bool) -> Result<()> {
    let (_, actor) = load(visit, tx, no).await?;
    let Some(word) = slot.strip_prefix("act/") else {
        // The book's own files are for those who examine it.
        return if actor.is_of(Party::Unit) { Err(AppError::NotFound) } else { Ok(()) };
    };
    let side = actor.side();
    let is_seen = attached && ActionKind::of_word(word).is_some_and(|kind| kind.is_seen_by(side));
    if is_seen { Ok(()) } else { Err(AppError::NotFound) }
}

/// Lets a file be uploaded for an action that the caller may do.
pub async fn may_bring(visit: &Visit, no: &str, slot: &str) -> Result<()> {
    let kind = slot.strip_prefix("act/").and_then(ActionKind::of_word).ok_or_else(|| AppError::BadRequest("slot".into()))?;
    let (file, actor) = load(visit, &mut visit.app.db.read().await?, no).await?;
    file.admit(&actor, kind, visit.now())
}
