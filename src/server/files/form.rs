//! A form with files as a browser posts it without script: its texts bounded, its files held on disk until all of it is
//! here. Whether texts or files come first does not matter.

use super::MAX_SIZE;
use super::service::{self, Held};
use crate::base::say;
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::Visit;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;

/// The most a form's texts may hold together, in bytes, with their names.
const MOST_TEXT: usize = 4 * 1024 * 1024;
/// The most files of one form, and how many of them may be of the largest size.
const MOST_FILES: usize = 100;
const MOST_LARGE: usize = 5;
/// The largest form, in bytes.
pub(super) const MOST: usize = MOST_LARGE * MAX_SIZE as usize + MOST_TEXT;

/// What came with a form.
#[derive(Default)]
pub(super) struct Form {
    pub texts: Values,
    /// Each file with the name of its input; the error is for the person who chose it.
    pub files: Vec<(String, Result<Held>)>,
    /// Why the rest of it could not be read.
    pub cut: Option<AppError>,
}

impl Form {
    /// Reads a form to its end, or as far as it can be read.
    pub async fn read(visit: &Visit, mut body: Multipart) -> Form {
        let mut form = Form::default();
        form.cut = form.fill(visit, &mut body).await.err();
        form
    }

    async fn fill(&mut self, visit: &Visit, body: &mut Multipart) -> Result<()> {
        let mut room = MOST_TEXT;
        while let Some(field) = body.next_field().await.map_err(|e| unreadable(&e))? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                // Nothing was chosen there.
                Some(file) if file.is_empty() => {}
                Some(_) if self.files.len() == MOST_FILES => return Err(too_much()),
                Some(file) => self.files.push((name, service::hold(visit, &file, field).await)),
                None => {
                    let text = text(field, room.saturating_sub(name.len())).await?;
                    room = room.saturating_sub(name.len() + text.len());
                    self.texts.insert(name, text);
                }
            }
        }
        Ok(())
    }
}

async fn text(mut field: Field<'_>, room: usize) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(some) = field.chunk().await.map_err(|e| unreadable(&e))? {
        if bytes.len() + some.len() > room {
            return Err(AppError::BadRequest("the form's texts are too long".into()));
        }
        bytes.extend_from_slice(&some);
    }
    String::from_utf8(bytes).map_err(|e| AppError::BadRequest(e.to_string()))
}

fn unreadable(error: &MultipartError) -> AppError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_much();
    }
    AppError::Refused(say("文件没有传完，没有上传。请再试一次。", "The files did not come through and were not uploaded. Please try again."))
}

fn too_much() -> AppError {
    let most = MOST / 1024 / 1024;
    AppError::Refused(say(
        format!("一次选择的文件过多，没有上传。请分几次上传，每次不超过 {most} MB、{MOST_FILES} 个文件。"),
        format!("Too much was chosen at once and nothing was uploaded. Please upload at most {most} MB and {MOST_FILES} files at a time."),
    ))
}
