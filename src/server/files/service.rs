//! The use cases of uploads: begin, receive, complete, read. Whoever began an upload goes on with it; a complete file
//! is seen by its unit.

use super::store::{self, File};
use super::{MAX_SIZE, content};
use crate::account::model::Caller;
use crate::base::say;
use crate::error::{AppError, OrBroken, Result};
use crate::server::app::Visit;
use crate::server::ids;
use axum::body::Bytes;
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use std::io::SeekFrom;
use std::path::PathBuf;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

/// Uploads of one unit that may be under way at once.
const MAX_OPEN: i64 = 200;
/// What `application` says of the unit's own papers.
pub const UNIT: &str = "unit";
/// What `application` says of the scan of a certificate the unit holds; `slot` is `certificate/{id}`.
pub const CERTIFICATE: &str = "certificate";

/// What somebody wants to upload.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Begin {
    /// 申请号, `unit` or `certificate`.
    pub application: String,
    /// The path of the place: `page/slot`.
    pub slot: String,
    pub name: String,
    pub size: i64,
    /// SHA-256 of the whole file, if the sender can reckon it: by it an upload that was cut is known again.
    #[serde(default)]
    pub sha256: String,
}

/// How far an upload is.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Progress {
    pub id: String,
    pub size: i64,
    pub received: i64,
    pub complete: bool,
}

impl From<&File> for Progress {
    fn from(file: &File) -> Progress {
        Progress { id: file.id.clone(), size: file.size, received: file.received, complete: file.completed_at.is_some() }
    }
}

/// Begins an upload, or goes on with the caller's own of the same file for the same place that was cut, also after
/// the page of then is gone, until it is swept. Whether the bytes are those of the hash is found out at the end.
pub async fn begin(visit: &Visit, begin: Begin) -> Result<Progress> {
    judge_size(begin.size)?;
    let is_digest = begin.sha256.len() == 64 && begin.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !begin.sha256.is_empty() && !is_digest {
        return Err(AppError::BadRequest("sha256".into()));
    }
    let file = new(visit, begin)?;
    if !file.sha256.is_empty()
        && let Some(cut) = store::find_cut(&mut visit.app.db.read().await?, &file).await?
    {
        return Ok(Progress::from(&cut));
    }
    let progress = Progress::from(&file);
    add(visit, file).await?;
    Ok(progress)
}

/// Whoever may upload, and their unit.
fn writer(visit: &Visit) -> Result<(&Caller, &str)> {
    let (caller, unit) = visit.unit()?;
    if caller.may_write() { Ok((caller, unit)) } else { Err(AppError::Forbidden) }
}

/// A file as it begins, if the caller may begin one.
fn new(visit: &Visit, begin: Begin) -> Result<File> {
    let (caller, unit) = writer(visit)?;
    if begin.application.is_empty() || begin.application.len() > 40 || begin.slot.len() > 120 {
        return Err(AppError::BadRequest("application or slot".into()));
    }
    Ok(File {
        id: ids::new(visit.now()),
        unit_id: Some(unit.to_owned()),
        account_id: caller.account_id.clone(),
        application_no: begin.application,
        slot: begin.slot,
        name: tidy_name(&begin.name),
        size: begin.size,
        received: 0,
        media: String::new(),
        sha256: begin.sha256,
        created_at: visit.now(),
        completed_at: None,
        attached_at: None,
    })
}

async fn add(visit: &Visit, file: File) -> Result<()> {
    visit
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                if store::count_open(tx, file.unit_id.as_deref().unwrap_or("")).await? >= MAX_OPEN {
                    return Err(AppError::TooOften { seconds: 60 });
                }
                store::create(tx, &file).await
            })
        })
        .await
}

fn judge_size(size: i64) -> Result<()> {
    if size <= 0 {
        return Err(AppError::Refused(say("这个文件是空的，请换一个文件。", "This file is empty. Please choose another.")));
    }
    if size > MAX_SIZE { Err(too_large(MAX_SIZE)) } else { Ok(()) }
}

fn too_large(most: i64) -> AppError {
    let most = most / 1024 / 1024;
    AppError::Refused(say(
        format!("文件超过 {most} MB，没有上传。请压缩或分成几个文件。"),
        format!("The file is larger than {most} MB and was not uploaded. Please compress it or split it."),
    ))
}

/// A name without folders and without what a screen cannot show.
fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let direction = |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let name: String = last.chars().filter(|c| !c.is_control() && !direction(c)).take(150).collect();
    let name = name.trim();
    if name.is_empty() { "附件".to_owned() } else { name.to_owned() }
}

/// How far the caller's upload is.
pub async fn progress(visit: &Visit, id: &str) -> Result<Progress> {
    Ok(Progress::from(&mine(visit, id).await?))
}

/// The upload the caller began.
async fn mine(visit: &Visit, id: &str) -> Result<File> {
    let caller = visit.caller()?;
    let file = store::find(&mut visit.app.db.read().await?, id).await?;
    file.filter(|f| f.account_id == caller.account_id && f.unit_id == caller.unit_id).ok_or(AppError::NotFound)
}

/// Takes bytes of an upload in, from `offset` on. What arrives before a cut is kept.
pub async fn receive<E>(visit: &Visit, id: &str, offset: i64, bytes: impl Stream<Item = std::result::Result<Bytes, E>>) -> Result<Progress> {
    let file = mine(visit, id).await?;
    if file.completed_at.is_some() {
        return Ok(Progress::from(&file));
    }
    if offset != file.received {
        return Err(elsewhere());
    }
    let part = visit.app.files.part(id);
    let there = tokio::fs::metadata(&part).await.map_or(0, |m| i64::try_from(m.len()).unwrap_or(0));
    if there < offset {
        // The part is gone, or lies on another node: go on from what is here.
        advance(visit, id, offset, there).await?;
        return Err(elsewhere());
    }
    let (taken, fits) = write_part(&part, offset, file.size - offset, bytes).await?;
    if !advance(visit, id, offset, offset + taken).await? {
        return Err(elsewhere());
    }
    if !fits {
        return Err(AppError::BadRequest("more bytes than announced".into()));
    }
    Ok(Progress { received: offset + taken, ..Progress::from(&file) })
}

async fn advance(visit: &Visit, id: &str, from: i64, to: i64) -> Result<bool> {
    let id = id.to_owned();
    visit.app.db.write(move |tx| Box::pin(async move { store::advance(tx, &id, from, to).await })).await
}

fn elsewhere() -> AppError {
    AppError::Moved(say("上传的位置对不上，将从已收到的地方继续。", "The upload stands at another place; it goes on from what was received."))
}

/// Writes at most `room` bytes; tells how many, and whether that was all.
async fn write_part<E>(part: &std::path::Path, offset: i64, room: i64, bytes: impl Stream<Item = std::result::Result<Bytes, E>>) -> Result<(i64, bool)> {
    let mut to = tokio::fs::OpenOptions::new().write(true).create(true).truncate(false).open(part).await.broken()?;
    to.seek(SeekFrom::Start(u64::try_from(offset).unwrap_or(0))).await.broken()?;
    let mut bytes = std::pin::pin!(bytes);
    let mut taken = 0;
    let mut fits = true;
    while let Some(Ok(some)) = bytes.next().await {
        let length = i64::try_from(some.len()).unwrap_or(i64::MAX);
        if taken + length > room {
            fits = false;
            break;
        }
        to.write_all(&some).await.broken()?;
        taken += length;
    }
    to.flush().await.broken()?;
    Ok((taken, fits))
}

/// Completes an upload whose bytes are all here: examines it, keeps it by its hash, and attaches it. An empty hash is
/// the plain form's, which came in one piece. Asked again, it answers the same.
pub async fn complete(visit: &Visit, id: &str, sha256: &str) -> Result<File> {
    let mut file = mine(visit, id).await?;
    if file.completed_at.is_none() {
        let _permit = visit.app.files.gate.acquire().await.broken()?;
        file = finish(visit, file, sha256).await?;
    } else if !sha256.is_empty() && sha256 != file.sha256 {
        return Err(AppError::BadRequest("another hash".into()));
    }
    if file.attached_at.is_none() {
        attach(visit, &mut file).await?;
    }
    Ok(file)
}

async fn finish(visit: &Visit, file: File, sha256: &str) -> Result<File> {
    if file.received != file.size {
        return Err(elsewhere());
    }
    let files = &visit.app.files;
    let part = files.part(&file.id);
    let at = part.clone();
    let seen = tokio::task::spawn_blocking(move || content::examine(&at)).await.broken()?.broken()?;
    let seen = match seen {
        Ok(seen) if [sha256, file.sha256.as_str()].iter().all(|said| said.is_empty() || seen.sha256 == **said) => seen,
        Ok(_) => {
            discard(visit, &file.id).await?;
            return Err(AppError::Refused(say(
                "文件在传输中出了错，没有保存。请重新上传。",
                "The file was damaged on its way and was not saved. Please upload it again.",
            )));
        }
        Err(why) => {
            discard(visit, &file.id).await?;
            return Err(AppError::Refused(why));
        }
    };
    files.keep(&part, &seen.sha256).await?;
    let (id, now, found) = (file.id.clone(), visit.now(), seen.clone());
    visit.app.db.write(move |tx| Box::pin(async move { store::complete(tx, &id, found.media, &found.sha256, now).await })).await?;
    tokio::fs::remove_file(&part).await.ok();
    Ok(File { media: seen.media.into(), sha256: seen.sha256, completed_at: Some(now), ..file })
}

/// Puts a complete file where it is meant to be. A refusal takes the upload back: nobody would see it again.
async fn attach(visit: &Visit, file: &mut File) -> Result<()> {
    // What comes with an action waits for it; without one it is swept.
    let waits = file.slot.starts_with("act/");
    let done = match file.application_no.as_str() {
        no if waits => crate::casework::attached::may_bring(visit, no, &file.slot).await,
        UNIT => crate::account::service::attach_licence(visit, &file.id).await,
        CERTIFICATE => crate::licence::service::attach_scan(visit, &file.slot, &file.id).await,
        no => crate::application::service::attach_file(visit, no, &file.slot, &file.id).await,
    };
    match done {
        Ok(()) if waits => Ok(()),
        Ok(()) => {
            let (id, now) = (file.id.clone(), visit.now());
            file.attached_at = Some(now);
            visit.app.db.write(move |tx| Box::pin(async move { store::mark_attached(tx, &id, now).await })).await
        }
        Err(error @ (AppError::Broken(_) | AppError::TooOften { .. })) => Err(error),
        Err(error) => {
            discard(visit, &file.id).await?;
            Err(error)
        }
    }
}

/// A complete file of the caller's applicant, with the sides of a picture that is small enough to be looked at.
pub async fn picture(visit: &Visit, id: &str, most: i64) -> Result<(File, Option<(u64, u64)>)> {
    let file = mine(visit, id).await?;
    if file.size > most {
        return Ok((file, None));
    }
    let bytes = visit.app.files.get(&file.sha256).await?.bytes().await.broken()?;
    let sides = content::sides(&bytes);
    Ok((file, sides))
}

async fn discard(visit: &Visit, id: &str) -> Result<()> {
    tokio::fs::remove_file(visit.app.files.part(id)).await.ok();
    let id = id.to_owned();
    visit.app.db.write(move |tx| Box::pin(async move { store::delete(tx, &id).await })).await
}

/// A file that came with a plain form: its bytes are here, its place is not settled. Dropped without one, it is gone.
#[derive(Debug)]
pub struct Held {
    id: String,
    name: String,
    size: i64,
    part: PathBuf,
}

impl Held {
    /// The file itself, where it is small enough to be read at once.
    pub async fn bytes(&self, most: i64) -> Result<Bytes> {
        if self.size > most {
            return Err(too_large(most));
        }
        tokio::fs::read(&self.part).await.broken().map(Bytes::from)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Nothing is left of a file that went to its place.
        std::fs::remove_file(&self.part).ok();
    }
}

/// Takes a form's file in, as it comes.
pub async fn hold<E>(visit: &Visit, name: &str, bytes: impl Stream<Item = std::result::Result<Bytes, E>>) -> Result<Held> {
    writer(visit)?;
    let id = ids::new(visit.now());
    let mut held = Held { part: visit.app.files.part(&id), id, name: name.into(), size: 0 };
    let (size, fits) = write_part(&held.part, 0, MAX_SIZE, bytes).await?;
    if !fits {
        return Err(too_large(MAX_SIZE));
    }
    judge_size(size)?;
    held.size = size;
    Ok(held)
}

/// Puts a form's file where it is meant to be: begin, receive and complete in one.
pub async fn place(visit: &Visit, application: &str, slot: &str, held: Held) -> Result<File> {
    let begin = Begin { application: application.into(), slot: slot.into(), name: held.name.clone(), size: held.size, sha256: String::new() };
    let file = File { id: held.id.clone(), received: held.size, ..new(visit, begin)? };
    add(visit, file).await?;
    complete(visit, &held.id, "").await
}

/// The whole upload of a file whose place is known.
pub async fn take<E>(visit: &Visit, application: &str, slot: &str, name: &str, bytes: impl Stream<Item = std::result::Result<Bytes, E>>) -> Result<File> {
    place(visit, application, slot, hold(visit, name, bytes).await?).await
}

/// A complete file, for whoever may see it: the members of its unit, the other sides of its case, and of a
/// certificate's scan the authority that checks it.
pub async fn read(visit: &Visit, id: &str) -> Result<File> {
    let caller = visit.caller()?;
    let mut tx = visit.app.db.read().await?;
    let file = store::find(&mut tx, id).await?.filter(|f| f.completed_at.is_some() && f.unit_id.is_some()).ok_or(AppError::NotFound)?;
    if file.unit_id != caller.unit_id {
        if file.application_no == CERTIFICATE {
            crate::licence::register::sees_scan(visit, &mut tx, &file.slot, &file.id).await?;
            return Ok(file);
        }
        crate::casework::attached::sees(visit, &mut tx, &file.application_no, &file.slot, file.attached_at.is_some()).await?;
    }
    Ok(file)
}
