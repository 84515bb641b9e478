//! A page of the book posted without script, whichever of its buttons was pressed: what was typed is saved first, then
//! every file that was chosen goes to its place and every sheet into its table. Then the browser is led on, or back to
//! what is to be mended.

use super::form::Form;
use super::routes::{Answer, leave, nothing_chosen};
use super::service::{Held, place};
use super::sheets;
use crate::application::model::{Conflict, Told};
use crate::application::pages::after;
use crate::application::service;
use crate::base::text::url_escape;
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
    let (conflicts, told) = match (typed(&visit, &no, &page, &act, texts).await, cut) {
        (Ok(conflicts), None) => (conflicts, chosen(&visit, &no, &act, files).await),
        (Ok(conflicts), Some(error)) => (conflicts, vec![Told::wrong(&page, error.say())]),
        (Err(error), _) => (Vec::new(), vec![Told::wrong(&page, error.say())]),
    };
    let to = next(&no, &page, &act, &conflicts, &told);
    let kept = (!conflicts.is_empty() || !told.is_empty()).then(|| {
        let posted = serde_json::to_string(&(conflicts, told)).unwrap_or_default();
        FormState { values: Values::from([("posted".to_owned(), posted)]), ..FormState::default() }
    });
    let form = format!("book/{no}");
    leave(&visit, &to, kept.map(|state| (form.as_str(), state))).await
}

/// Saves what was typed, and does what the button of a row says.
async fn typed(visit: &Visit, no: &str, page: &str, act: &str, texts: Values) -> Result<Vec<Conflict>> {
    let Some(seen) = texts.get(SEEN) else { return Ok(Vec::new()) };
    let seen = seen.parse().map_err(|_| AppError::BadRequest(SEEN.into()))?;
    let path = |name: &str| Some(name.strip_prefix("values[")?.strip_suffix(']')?.to_owned());
    let values = texts.into_iter().filter_map(|(name, value)| Some((path(&name)?, value))).collect();
    service::save_page(visit, no, page, seen, values, act).await
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
