//! A page of the book posted without script, whichever of its buttons was pressed: what was typed is saved first, then
//! every file that was chosen goes to its place and every sheet into its table. Then the browser is led on, or back to
//! what is to be mended.

use super::form::Form;
use super::routes::{Answer, leave, nothing_chosen};
use super::service::{Held, place};
use super::sheets;
use crate::application::model::{Conflict, Posted, Told};
use crate::application::pages::after;
use crate::application::service;
use crate::base::text::url_escape;
use crate::base::{Say, say};
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::Visit;
use crate::ui::field::field_id;
use crate::ui::form::FormState;
use axum::Extension;
use axum::extract::Multipart;

/// The revision the page was drawn from. It stands behind everything typed, so where it came, all of that did. With
/// script it is left out: what was typed is saved already.
const SEEN: &str = "revision";

/// `no`, `page`, `act` (what the button says), `values[path]`, `revision`, `upload[slot]`, `import[table]`.
pub(super) async fn save(Extension(visit): Extension<Visit>, body: Multipart) -> Answer {
    let Form { mut texts, files, cut } = Form::read(&visit, body).await;
    if !texts.contains_key(SEEN)
        && let Some(error) = cut
    {
        return Err(error.into());
    }
    let [no, page, act] = ["no", "page", "act"].map(|name| texts.remove(name).unwrap_or_default());
    let path = |name: &str| Some(name.strip_prefix("values[")?.strip_suffix(']')?.to_owned());
    let seen = texts.get(SEEN).map(|seen| seen.parse().unwrap_or_default());
    let typed: Values = texts.into_iter().filter_map(|(name, value)| Some((path(&name)?, value))).collect();
    let saved = match seen {
        Some(seen) => service::save_page(&visit, &no, &page, seen, typed.clone(), &act).await,
        None => Ok(Vec::new()),
    };
    let posted = match (saved, cut) {
        (Ok(conflicts), None) => Posted { conflicts, told: chosen(&visit, &no, &act, files).await, ..Posted::default() },
        (Ok(conflicts), Some(error)) => Posted { conflicts, told: vec![Told::wrong(&page, error.say())], ..Posted::default() },
        (Err(error), _) => Posted { told: vec![Told::wrong(&page, not_saved(&error))], typed, seen: seen.unwrap_or_default(), ..Posted::default() },
    };
    let mut to = next(&no, &page, &act, &posted.conflicts, &posted.told);
    // The session ended while the page was filled in: what was typed waits for whoever signs in in this browser.
    if visit.caller.is_none() {
        to = format!("/sign-in?next={}", url_escape(&to));
    }
    let kept = (posted.conflicts.len() + posted.told.len() > 0).then(|| {
        let posted = serde_json::to_string(&posted).unwrap_or_default();
        FormState { values: Values::from([("posted".to_owned(), posted)]), ..FormState::default() }
    });
    let form = format!("book/{no}");
    leave(&visit, &to, kept.map(|state| (form.as_str(), state))).await
}

/// What is said above a page that could not be saved.
fn not_saved(error: &AppError) -> Say {
    match error {
        AppError::SignIn => say(
            "填写时登录已结束，刚才的内容还没有保存。它们还在下面，请检查后再保存；选好的文件要重新选。",
            "Your session had ended and this was not saved. It still stands below: check it and save again; files have to be chosen again.",
        ),
        other => other.say(),
    }
}

/// Does what was asked of files and sheets, and tells what is to be told of it.
async fn chosen(visit: &Visit, no: &str, act: &str, files: Vec<(String, Result<Held>)>) -> Vec<Told> {
    let mut told = Vec::new();
    let (verb, at) = act.split_once(':').unwrap_or_default();
    let asked = format!("{verb}[{at}]");
    if matches!(verb, "upload" | "import") && files.iter().all(|(name, _)| *name != asked) {
        told.push(Told::wrong(at, nothing_chosen().say()));
    }
    for (name, held) in files {
        match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
            Some(("upload", slot)) => told.extend(attach(visit, no, slot, held).await.err().map(|error| Told::wrong(slot, error.say()))),
            Some(("import", table)) => told.push(sheets::import(visit, no, table, held).await),
            _ => {}
        }
    }
    if verb == "detach"
        && let Err(error) = service::detach_file(visit, no, at).await
    {
        told.push(Told::wrong(at.rsplit_once('/').map_or(at, |(slot, _)| slot), error.say()));
    }
    told
}

async fn attach(visit: &Visit, no: &str, slot: &str, held: Result<Held>) -> Result<()> {
    place(visit, no, slot, held?).await.map(|_| ())
}

/// Where it leads: on, or to the page again, where there is something to see first.
fn next(no: &str, page: &str, act: &str, conflicts: &[Conflict], told: &[Told]) -> String {
    let stays = |told: &&Told| !told.done || !act.starts_with("go:");
    let place = told.iter().find(|told| !told.done).or(told.first().filter(stays));
    let again = format!("/applications/{}/{}?again=1", url_escape(no), url_escape(page));
    match place {
        _ if !conflicts.is_empty() => again,
        Some(told) => format!("{again}#{}", url_escape(&field_id(&told.path))),
        None => after(no, page, act),
    }
}
