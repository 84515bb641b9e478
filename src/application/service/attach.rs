//! Attachments of a draft (附件): put to a place, taken out; what a place takes.

use super::draft::{change, is_attachment, is_slot};
use super::{load, pages};
use crate::base::say;
use crate::error::{AppError, Result};
use crate::form::{Doc, FileKind, Page};
use crate::server::app::Visit;

/// Attaches a completed upload to a place of the book.
pub async fn attach_file(visit: &Visit, no: &str, slot: &str, file_id: &str) -> Result<()> {
    judge_photo(visit, no, slot, file_id).await?;
    let (slot, file) = (slot.to_owned(), file_id.to_owned());
    change(
        visit,
        no,
        move |_, pages, doc| {
            if !is_slot(pages, &slot) {
                return Err(AppError::NotFound);
            }
            // An upload completed twice is attached once.
            if doc.rows(&slot).iter().any(|n| doc.get(&format!("{slot}/{n}")) == file) {
                return Ok(Vec::new());
            }
            Ok(vec![(format!("{slot}/{}", next_segment(&slot, doc)), Some(String::new()))])
        },
        file_id,
    )
    .await
}

/// A photograph has its sides and is small (spec 7.4); other places take any file.
async fn judge_photo(visit: &Visit, no: &str, slot: &str, file_id: &str) -> Result<()> {
    let record = load(visit, &mut visit.app.db.read().await?, no).await?;
    let is_photo = |page: &&'static Page| page.slots().any(|place| page.path(place.key) == slot && place.kind == FileKind::Photo);
    if !pages(&record).iter().any(is_photo) {
        return Ok(());
    }
    let (file, sides) = crate::server::files::service::picture(visit, file_id, FileKind::PHOTO_BYTES).await?;
    let (width, height) = FileKind::PHOTO_SIDES;
    let wrong = |zh: String, en: String| Err(AppError::Refused(say(zh, en)));
    if !file.media.starts_with("image/") {
        return wrong("照片只接受 JPG 或 PNG 图片。".into(), "A photograph is a JPG or PNG picture.".into());
    }
    if file.size > FileKind::PHOTO_BYTES {
        let (most, now) = (FileKind::PHOTO_BYTES / 1024, (file.size + 1023) / 1024);
        return wrong(format!("照片不能超过 {most} KB，现在是 {now} KB。"), format!("A photograph has at most {most} KB; this one has {now}."));
    }
    match sides {
        Some(sides) if sides == FileKind::PHOTO_SIDES => Ok(()),
        sides => {
            let (x, y) = sides.unwrap_or_default();
            wrong(
                format!("照片应为 {width}×{height} 像素，现在是 {x}×{y}。请裁剪后再上传。"),
                format!("A photograph has {width}×{height} pixels; this one has {x}×{y}. Please cut it and upload again."),
            )
        }
    }
}

/// The next segment in a slot: numbers, so that files stay in the order they came.
fn next_segment(slot: &str, doc: &Doc) -> String {
    let prefix = format!("{slot}/");
    let used = doc.cells.keys().filter_map(|path| path.strip_prefix(&prefix)?.parse::<u32>().ok()).max().unwrap_or(0);
    format!("{:04}", used + 1)
}

/// Takes an attachment out of the draft; the history keeps it.
pub async fn detach_file(visit: &Visit, no: &str, path: &str) -> Result<()> {
    let path = path.to_owned();
    change(
        visit,
        no,
        move |_, pages, doc| if doc.get(&path).is_empty() || !is_attachment(pages, &path) { Err(AppError::NotFound) } else { Ok(vec![(path, None)]) },
        "",
    )
    .await
}
