//! A click has a name: sent again, it is done once. Whoever comes too late is told who was quicker.

use super::model::Happening;
use super::service::File;
use super::store;
use crate::base::say;
use crate::base::workdays::date_time;
use crate::error::{AppError, Result};
use crate::server::db::Tx;
use crate::workflow::{Action, ActionKind, Actor, Party};

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

/// Holds a case as it was read for the rest of a change, or tells the actor who was quicker.
pub async fn hold(tx: &mut Tx, file: &File, actor: &Actor) -> Result<()> {
    let revision = file.record.case.revision;
    if store::claim(tx, &file.record.id, revision).await? { Ok(()) } else { Err(overtaken(since(tx, file, revision).await?, actor.side())) }
}

/// What happened to a case after a revision; all of it if there never was such a one.
async fn since(tx: &mut Tx, file: &File, revision: i64) -> Result<Vec<Happening>> {
    let timeline = store::timeline(tx, &file.record.id).await?;
    let known = usize::try_from(revision).unwrap_or_default();
    Ok(timeline.into_iter().skip(known).collect())
}

/// Who did what, when, to somebody who came too late; of what their side is not told, only that there was something.
fn overtaken(meanwhile: Vec<Happening>, side: Party) -> AppError {
    let Some(last) = meanwhile.into_iter().rfind(|happening| happening.what.is_seen_by(side)) else {
        return AppError::Moved(say(
            "案件刚刚有了变化。您的操作没有执行，请看过最新情况再办理。",
            "The case has just changed. Yours was not done; look at the case as it is now.",
        ));
    };
    let (what, role, at) = (last.what.happened(), last.role.label(), date_time(last.at));
    AppError::Moved(say(
        format!("{at}，{}（{}）已先做了“{}”。您的操作没有执行，请看过最新情况再办理。", last.who, role.zh, what.zh),
        format!("At {at} {} ({}) was quicker: “{}”. Yours was not done; look at the case as it is now.", last.who, role.en, what.en),
    ))
}

/// Refuses whoever looked at an older revision, unless the applicant only opened documents meanwhile.
pub async fn need_seen(tx: &mut Tx, file: &File, actor: &Actor, seen: i64) -> Result<()> {
    let revision = file.record.case.revision;
    if seen == revision {
        return Ok(());
    }
    let meanwhile = since(tx, file, if (1..revision).contains(&seen) { seen } else { 0 }).await?;
    let only_read = !meanwhile.is_empty() && meanwhile.iter().all(|happening| happening.what == ActionKind::Acknowledge);
    if only_read { Ok(()) } else { Err(overtaken(meanwhile, actor.side())) }
}
