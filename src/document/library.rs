//! What an authority has of its own (文书模板、常用理由): templates of its letters and the reasons its officials pick from, both version
//! by version. Supervisors and its administrators edit both. Documents hold their own words: nothing here alters one that is issued.

use super::kinds::COMMON;
use super::model::{Block, Content, Kind, REASONED};
use super::store;
use super::template::{Filling, Shape, Template};
use super::view::{Library, TemplateLine, TemplateView};
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
    let own = store::text_versions(tx, authority_code, kind.word(), 1).await?.into_iter().find(|version| !version.body.is_empty());
    match own.map(|own| Template::stored(kind, &own.body)) {
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
        let newest = store::text_versions(&mut tx, authority, kind.word(), 1).await?.pop();
        templates.push(TemplateLine { kind, version: newest.as_ref().map_or(0, |v| v.version), at: newest.map_or(0, |v| v.at) });
    }
    let form = plain::recall(visit, REASONS).await?;
    let get = |key: &str| form.values.get(key).map(String::as_str).unwrap_or_default();
    let preview = match reasoned(get("kind")).filter(|_| get("step") == "preview") {
        Some(kind) => Some(sample(kind, &template(&mut tx, authority, kind).await?, Some(get("text")))),
        None => None,
    };
    Ok(Library { templates, reasons: store::reasons(&mut tx, authority, MOST_REASONS).await?, preview, form })
}

/// A template to edit: as it is, or as it was typed and not saved.
pub async fn open(visit: &Visit, word: &str) -> Result<TemplateView> {
    let (authority, kind) = (editor(visit)?, editable(word)?);
    let versions = store::text_versions(&mut visit.app.db.read().await?, authority, kind.word(), VERSIONS).await?;
    let form = plain::recall(visit, &form(word)).await?;
    let stored = versions.first().map(|newest| newest.body.as_str()).filter(|body| !body.is_empty()).unwrap_or(kind.text());
    let (text, template) = match form.values.get("text") {
        Some(typed) => (typed.clone(), Template::read(kind, typed)),
        None => (stored.to_owned(), Template::stored(kind, stored)),
    };
    Ok(TemplateView {
        kind,
        version: versions.first().map_or(0, |newest| newest.version),
        placeholders: kind.placeholders().iter().map(|place| (place.name.to_owned(), place.shape == Shape::Parts)).collect(),
        preview: template.ok().map(|template| sample(kind, &template, None)),
        text,
        versions,
        form,
    })
}

/// A document with the names of the placeholders in their places, and with a reason in its own if there is one.
fn sample(kind: Kind, template: &Template, reason: Option<&str>) -> Content {
    let named = |name: &str| reason.filter(|_| kind.required().first() == Some(&name)).map_or_else(|| format!("〔{name}〕"), str::to_owned);
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
        holder: named(COMMON[0].name),
        code: named(COMMON[1].name),
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
            add_version(&seat, tx, &authority, kind.word(), seen, &body).await?;
            seat.audit(tx, "save-template", kind.word(), &(seen + 1).to_string()).await
        })
    });
    change.await?;
    Ok(Answer::Go(format!("/templates/{}?saved=1", kind.word())))
}

/// Adds the version of a text that follows the one it was changed from.
async fn add_version(visit: &Visit, tx: &mut Tx, authority: &str, key: &str, seen: i64, body: &str) -> Result<()> {
    let newest = store::text_versions(tx, authority, key, 1).await?.pop();
    let is_seen = newest.as_ref().map_or(0, |newest| newest.version) == seen;
    if is_seen && store::insert_text(tx, authority, key, seen + 1, body, &visit.caller()?.account_id, visit.now()).await? {
        return Ok(());
    }
    let by = newest.map(|newest| newest.who).unwrap_or_default();
    Err(AppError::Moved(say(
        format!("{by}已先保存了新的版本。您的修改没有保存，请对照最新版本再改。"),
        format!("{by} saved a newer version first. Yours was not saved; compare it with the newest."),
    )))
}

fn reasoned(word: &str) -> Option<Kind> {
    Kind::of_word(word).filter(|kind| REASONED.contains(kind))
}

/// The reasons the caller's authority offers for a kind of letter.
pub async fn reasons(visit: &Visit, kind: Kind) -> Result<Vec<String>> {
    let all = store::reasons(&mut visit.app.db.read().await?, authority(visit)?, MOST_REASONS).await?;
    Ok(all.into_iter().filter(|reason| reason.kind == kind).map(|reason| reason.text().to_owned()).collect())
}

/// Adds a reason for a `kind` of letter, changes one (`id`, from the version `seen`), shows how it would read (`step` is `preview`), or
/// retires it (`retire`).
pub async fn save_reason(visit: &Visit, values: &Values) -> Result<Answer> {
    let authority = editor(visit)?.to_owned();
    let get = |key: &str| values.get(key).map(|value| text::tidy(value)).unwrap_or_default();
    let (step, id, body) = (get("step"), get("id"), get("text"));
    let kind = reasoned(&get("kind")).ok_or_else(|| AppError::BadRequest("kind".into()))?;
    let seen: i64 = if id.is_empty() { 0 } else { get("seen").parse().map_err(|_| AppError::BadRequest("seen".into()))? };
    if step != "retire" && (body.is_empty() || body.chars().count() > LONGEST_REASON) {
        return Ok(Answer::Told(say(format!("请写明理由，最多 {LONGEST_REASON} 个字。"), format!("Write the reason, at most {LONGEST_REASON} characters."))));
    }
    if step == "preview" {
        return Ok(Answer::Noted(say("预览见下，还没有保存。", "See the preview below; nothing is saved yet.")));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let now = seat.now();
            if step == "retire" {
                if !store::retire_reason(tx, &authority, &id, now).await? {
                    return Err(AppError::NotFound);
                }
                return seat.audit(tx, "retire-reason", &id, "").await;
            }
            let id = if id.is_empty() { add_reason(tx, &authority, kind, now).await? } else { id };
            if !store::hold_reason(tx, &authority, &id).await? {
                return Err(AppError::NotFound);
            }
            add_version(&seat, tx, &authority, &store::reason_key(&id), seen, &body).await?;
            seat.audit(tx, "save-reason", &id, &body).await
        })
    });
    change.await?;
    Ok(Answer::Go("/templates?saved=1".to_owned()))
}

/// Makes room for one more reason; its id.
async fn add_reason(tx: &mut Tx, authority: &str, kind: Kind, now: i64) -> Result<String> {
    if i64::try_from(store::reasons(tx, authority, MOST_REASONS).await?.len()).unwrap_or(MOST_REASONS) >= MOST_REASONS {
        return Err(AppError::Refused(say(format!("最多 {MOST_REASONS} 条，请先停用不用的。"), format!("At most {MOST_REASONS}; retire some first."))));
    }
    let id = ids::new(now);
    store::insert_reason(tx, authority, &id, kind).await?;
    Ok(id)
}
