//! What an authority has of its own (文书模板、补正理由): templates of its letters, version by version, and the reasons its
//! officials pick from. Supervisors and its administrators edit both. Documents hold their own words: nothing here alters one that is issued.

use super::kinds::COMMON;
use super::model::{Block, Content, Kind};
use super::store;
use super::template::{Filling, Shape, Template};
use super::view::{Library, Reason, TemplateLine, TemplateView};
use crate::account::model::{TEMPLATE_EDITORS, opens};
use crate::base::{say, text};
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::{self, Answer};

/// What a plain form of reasons ran into is kept under this name.
pub const REASONS: &str = "reasons";
/// The longest template and reason, in characters.
const LONGEST: usize = 10_000;
const LONGEST_REASON: usize = 500;
/// The most reasons one authority offers, and the versions of a template that are listed.
const MOST_REASONS: i64 = 200;
const VERSIONS: i64 = 20;

/// The name of a template's form.
pub fn form(kind: &str) -> String {
    format!("template/{kind}")
}

/// The authority of an official.
fn authority(visit: &Visit) -> Result<&str> {
    visit.caller()?.authority_code.as_deref().ok_or(AppError::Forbidden)
}

/// The authority of whoever edits for it: 监督人员、机关管理员.
fn editor(visit: &Visit) -> Result<&str> {
    let is_editor = opens(&visit.caller()?.duties, TEMPLATE_EDITORS);
    authority(visit).and_then(|authority| if is_editor { Ok(authority) } else { Err(AppError::Forbidden) })
}

/// A kind whose text an authority may write: certificates look as the annexes of the rules say.
fn editable(word: &str) -> Result<Kind> {
    Kind::of_word(word).filter(|kind| !kind.is_certificate()).ok_or(AppError::NotFound)
}

/// The template a document is made with: the authority's own, else the one delivered. One that this release no longer reads
/// must not hold up a decision: the delivered one takes its place, and the log says so.
pub(super) async fn template(tx: &mut Tx, authority_code: &str, kind: Kind) -> Result<Template> {
    let own = store::template_versions(tx, authority_code, kind, 1).await?.into_iter().find(|version| !version.body.is_empty());
    match own.map(|own| Template::read(kind, &own.body)) {
        Some(Ok(template)) => return Ok(template),
        Some(Err(wrong)) => tracing::error!(authority_code, kind = kind.word(), wrong = wrong.en.as_ref(), "a stored template does not read"),
        None => {}
    }
    Template::delivered(kind).map_err(AppError::Refused)
}

/// Everything an authority has of its own.
pub async fn overview(visit: &Visit) -> Result<Library> {
    let authority = editor(visit)?;
    let mut tx = visit.app.db.read().await?;
    let mut templates = Vec::new();
    for kind in Kind::ALL.into_iter().filter(|kind| !kind.is_certificate()) {
        let newest = store::template_versions(&mut tx, authority, kind, 1).await?.pop();
        templates.push(TemplateLine { kind, version: newest.as_ref().map_or(0, |v| v.version), at: newest.map_or(0, |v| v.at) });
    }
    Ok(Library { templates, reasons: store::reasons(&mut tx, authority, MOST_REASONS).await?, form: plain::recall(visit, REASONS).await? })
}

/// A template to edit: as it is, or as it was typed and not saved.
pub async fn open(visit: &Visit, word: &str) -> Result<TemplateView> {
    let (authority, kind) = (editor(visit)?, editable(word)?);
    let versions = store::template_versions(&mut visit.app.db.read().await?, authority, kind, VERSIONS).await?;
    let form = plain::recall(visit, &form(word)).await?;
    let stored = versions.first().map(|newest| newest.body.as_str()).filter(|body| !body.is_empty()).unwrap_or(kind.text());
    let text = form.values.get("text").cloned().unwrap_or_else(|| stored.to_owned());
    Ok(TemplateView {
        kind,
        version: versions.first().map_or(0, |newest| newest.version),
        placeholders: kind.placeholders().iter().map(|place| (place.name.to_owned(), place.shape == Shape::Parts)).collect(),
        preview: Template::read(kind, &text).ok().map(|template| sample(kind, &template)),
        text,
        versions,
        form,
    })
}

/// A document with the names of the placeholders in their places.
fn sample(kind: Kind, template: &Template) -> Content {
    let named = |name: &str| format!("〔{name}〕");
    let filling = kind.placeholders().iter().fold(Filling::default(), |filling, place| match place.shape {
        Shape::Words => filling.words(place.name, named(place.name)),
        Shape::Parts => filling.parts(place.name, [Block::Paragraph(named(place.name))]),
    });
    Content {
        kind,
        title: kind.title().to_owned(),
        number: named(COMMON[2].name),
        issuer: named(COMMON[3].name),
        date: named(COMMON[4].name),
        holder: String::new(),
        code: String::new(),
        valid_to: String::new(),
        subject: String::new(),
        blocks: template.fill(&filling),
        demo: true,
    }
}

/// Saves a version of a template, or shows how it would read (`step` is `preview`), or goes back to the text delivered
/// (`restore`). `seen` is the version it is changed from.
pub async fn save(visit: &Visit, values: &Values) -> Result<Answer> {
    let get = |key: &str| values.get(key).map(String::as_str).unwrap_or_default();
    let (authority, kind) = (editor(visit)?.to_owned(), editable(get("kind"))?);
    let seen: i64 = get("seen").parse().map_err(|_| AppError::BadRequest("seen".into()))?;
    let body = get("text").replace("\r\n", "\n");
    if body.chars().count() > LONGEST {
        return Ok(Answer::Told(say(format!("最多 {LONGEST} 个字。"), format!("At most {LONGEST} characters."))));
    }
    if get("step") != "restore"
        && let Err(wrong) = Template::read(kind, &body)
    {
        return Ok(Answer::Told(wrong));
    }
    if get("step") == "preview" {
        return Ok(Answer::Noted(say("预览见下，还没有保存。", "See the preview below; nothing is saved yet.")));
    }
    let body = if get("step") == "restore" || body.trim() == kind.text() { String::new() } else { body };
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let newest = store::template_versions(tx, &authority, kind, 1).await?.pop();
            let who = seat.caller()?.account_id.clone();
            let is_seen = newest.as_ref().map_or(0, |newest| newest.version) == seen;
            if !is_seen || !store::insert_template(tx, &authority, kind, seen + 1, &body, &who, seat.now()).await? {
                let by = newest.map(|newest| newest.who).unwrap_or_default();
                return Err(AppError::Moved(say(
                    format!("{by}已先保存了新的版本。您的修改没有保存，请对照最新版本再改。"),
                    format!("{by} saved a newer version first. Yours was not saved; compare it with the newest."),
                )));
            }
            seat.audit(tx, "save-template", kind.word(), &(seen + 1).to_string()).await
        })
    });
    change.await?;
    Ok(Answer::Go(format!("/templates/{}?saved=1", kind.word())))
}

/// The reasons the caller's authority offers, for the form of a correction notice.
pub async fn reasons(visit: &Visit) -> Result<Vec<Reason>> {
    store::reasons(&mut visit.app.db.read().await?, authority(visit)?, MOST_REASONS).await
}

/// Adds a reason, changes one (`id`), or retires it (`step` is `retire`).
pub async fn save_reason(visit: &Visit, values: &Values) -> Result<Answer> {
    let authority = editor(visit)?.to_owned();
    let get = |key: &str| values.get(key).map(|value| text::tidy(value)).unwrap_or_default();
    let (step, mut reason) = (get("step"), Reason { id: get("id"), text: get("text") });
    let retires = step == "retire";
    if !retires && (reason.text.is_empty() || reason.text.chars().count() > LONGEST_REASON) {
        return Ok(Answer::Told(say(format!("请写明理由，最多 {LONGEST_REASON} 个字。"), format!("Write the reason, at most {LONGEST_REASON} characters."))));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let now = seat.now();
            let done = if retires {
                store::retire_reason(tx, &authority, &reason.id, now).await?
            } else if !reason.id.is_empty() {
                store::change_reason(tx, &authority, &reason, now).await?
            } else {
                if i64::try_from(store::reasons(tx, &authority, MOST_REASONS).await?.len()).unwrap_or(MOST_REASONS) >= MOST_REASONS {
                    return Err(AppError::Refused(say(
                        format!("最多 {MOST_REASONS} 条，请先停用不用的。"),
                        format!("At most {MOST_REASONS}; retire some first."),
                    )));
                }
                reason.id = ids::new(now);
                store::insert_reason(tx, &authority, &reason, now).await?;
                true
            };
            if !done {
                return Err(AppError::NotFound);
            }
            seat.audit(tx, if retires { "retire-reason" } else { "save-reason" }, &reason.id, &reason.text).await
        })
    });
    change.await?;
    Ok(Answer::Go("/templates?saved=1".to_owned()))
}
