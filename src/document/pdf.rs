//! Sets documents as PDF with typst: A4, tagged, its fonts embedded in subset. How they look is `paper.typ`; what they say
//! goes in as data. The same document gives the same bytes.

use super::model::Content;
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::PdfOptions;

const PAPER: &str = include_str!("paper.typ");
/// How many documents the compiler's memory outlives what it did not need again.
const KEPT: usize = 8;

/// Sets documents. What it needs for that, tens of megabytes, is loaded when it is asked and put away when it rests.
pub struct Press {
    font: PathBuf,
    font_bold: PathBuf,
    kept: Mutex<Kept>,
}

/// What is loaded, and whether it was needed since the last rest.
#[derive(Default)]
struct Kept {
    plates: Option<Arc<Plates>>,
    used: bool,
}

/// Fonts, library and template.
struct Plates {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    paper: Source,
    content: FileId,
    code: FileId,
}

/// What `paper.typ` reads.
#[derive(Serialize)]
struct Data<'a> {
    #[serde(flatten)]
    content: &'a Content,
    certificate: bool,
    parties: bool,
    /// Whether it says below its number whom it concerns.
    unit: bool,
    /// The address a reader must find behind the code.
    site: &'a str,
}

impl Press {
    /// A press with two fonts of one family. Nothing is read yet.
    pub fn new(font: &Path, font_bold: &Path) -> Press {
        Press { font: font.to_owned(), font_bold: font_bold.to_owned(), kept: Mutex::default() }
    }

    /// Reads everything once, so that a server without its fonts does not start.
    ///
    /// # Errors
    /// A sentence with the key of the configuration that is wrong.
    pub fn ready(&self) -> Result<(), String> {
        Plates::load(&self.font, &self.font_bold).map(drop)
    }

    /// Puts away what was not needed since it was asked to rest before.
    pub fn rest(&self) {
        let mut kept = self.kept();
        if !kept.used && kept.plates.take().is_some() {
            typst::comemo::evict(0);
        }
        kept.used = false;
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Whoever broke off in the middle of loading has stored nothing.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn plates(&self) -> Result<Arc<Plates>, String> {
        let mut kept = self.kept();
        kept.used = true;
        if let Some(plates) = &kept.plates {
            return Ok(plates.clone());
        }
        let plates = Arc::new(Plates::load(&self.font, &self.font_bold)?);
        kept.plates = Some(plates.clone());
        Ok(plates)
    }

    /// The document's PDF, with its signed statement as a QR code. Takes tens of milliseconds of a processor.
    ///
    /// # Errors
    /// For the log: a font that cannot be had, or content the template cannot set.
    pub fn pdf(&self, content: &Content, statement: &str) -> Result<Vec<u8>, String> {
        let site = statement.split("/verify/").next().unwrap_or("");
        let kind = content.kind;
        let data = Data { content, certificate: kind.is_certificate(), parties: kind.is_signed_by_parties(), unit: content.names_unit(), site };
        let data = serde_json::to_vec(&data).map_err(|e| e.to_string())?;
        let plates = self.plates()?;
        let sheet = Sheet { plates: &plates, content: Bytes::new(data), code: Bytes::from_string(qr(statement)?) };
        let document = typst::compile(&sheet).output.map_err(told)?;
        let options = PdfOptions { ident: Smart::Custom(statement.to_owned()), creator: Smart::Custom(Some("Xuke".into())), ..PdfOptions::default() };
        let pdf = typst_pdf::pdf(&document, &options).map_err(told);
        typst::comemo::evict(KEPT);
        pdf
    }
}

impl Plates {
    fn load(font: &Path, font_bold: &Path) -> Result<Plates, String> {
        let fonts = vec![face("font", font)?, face("font_bold", font_bold)?];
        let family = fonts[0].info().family.clone();
        if fonts[1].info().family != family {
            return Err(format!("Leptos.toml [xuke]: font_bold: {} is of another family than font ({family})", fonts[1].info().family));
        }
        let inputs: Dict = [("family".into(), family.into_value())].into_iter().collect();
        let id = |path: &str| {
            let path = VirtualPath::new(path).map_err(|e| format!("{path}: {e:?}"))?;
            Ok::<_, String>(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        Ok(Plates {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            paper: Source::new(id("/paper.typ")?, PAPER.to_owned()),
            content: id("/content.json")?,
            code: id("/code.svg")?,
        })
    }
}

/// The simplified Chinese face of a font file, or its only one.
fn face(key: &str, path: &Path) -> Result<Font, String> {
    let wrong = |cause: String| format!("Leptos.toml [xuke]: {key}: {}: {cause}", path.display());
    let bytes = Bytes::new(std::fs::read(path).map_err(|e| wrong(e.to_string()))?);
    let mut faces: Vec<Font> = Font::iter(bytes).collect();
    let chinese = faces.iter().position(|face| face.info().family.ends_with("SC")).unwrap_or(0);
    if faces.is_empty() { Err(wrong("is not a font".into())) } else { Ok(faces.swap_remove(chinese)) }
}

fn told(errors: impl IntoIterator<Item = SourceDiagnostic>) -> String {
    errors.into_iter().map(|error| error.message.to_string()).collect::<Vec<_>>().join("; ")
}

/// A QR code as SVG, dark runs as one path. Level M: a stamp or a fold over a part of it does no harm.
pub(super) fn qr(text: &str) -> Result<String, String> {
    use std::fmt::Write;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|e| e.to_string())?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == Color::Dark {
                write!(path, "M{x} {y}h{n}v1h-{n}z", n = run.len()).map_err(|e| e.to_string())?;
            }
            x += run.len();
        }
    }
    // Four light modules around it belong to the code.
    let side = width + 8;
    Ok(format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 {side} {side}"><path d="{path}"/></svg>"#))
}

/// One document on the press.
struct Sheet<'a> {
    plates: &'a Plates,
    content: Bytes,
    code: Bytes,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.plates.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.plates.book
    }

    fn main(&self) -> FileId {
        self.plates.paper.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.plates.paper.id() { Ok(self.plates.paper.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id {
            id if id == self.plates.content => Ok(self.content.clone()),
            id if id == self.plates.code => Ok(self.code.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.plates.fonts.get(index).cloned()
    }

    /// Documents carry their own date.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
#[path = "pdf_tests.rs"]
mod tests;
