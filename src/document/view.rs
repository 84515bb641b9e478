//! What screens are given of documents. Pure.

use super::model::{Claim, Content, Kind};
use super::sign::{Doubt, PublicKey, verify};
use crate::licence::model::Registered;
use crate::ui::form::FormState;
use serde::{Deserialize, Serialize};

/// A document to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentView {
    pub id: String,
    pub content: Content,
    pub statement: String,
    /// When the applicant's unit opened it first, unix milliseconds.
    pub opened_at: Option<i64>,
}

/// A line of a case's list of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLine {
    pub id: String,
    pub kind: Kind,
    pub number: String,
    /// Unix milliseconds.
    pub issued_at: i64,
    pub opened_at: Option<i64>,
}

/// The code of a document, to stand on another paper: on the print-out of a version that of its receipt (申请材料接收凭证).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperCode {
    /// The document's.
    pub number: String,
    /// What the code says: the address where it is checked.
    pub statement: String,
    /// The QR code as SVG.
    pub svg: String,
}

/// A kind of document with the template an authority has for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateLine {
    pub kind: Kind,
    /// 0 while it is the text delivered with the program.
    pub version: i64,
    /// Unix milliseconds; 0 for the text delivered.
    pub at: i64,
}

/// One version of a template, or of a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextVersion {
    pub version: i64,
    /// Empty: the text delivered with the program.
    pub body: String,
    pub at: i64,
    /// Who saved it.
    pub who: String,
}

/// A template to edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateView {
    pub kind: Kind,
    /// What it says now, or what was typed and not saved.
    pub text: String,
    /// What it is changed from.
    pub version: i64,
    /// Placeholders of the kind, and whether each stands alone on its line.
    pub placeholders: Vec<(String, bool)>,
    /// How a document would read, with the placeholders' names in their places; nothing if the text does not read.
    pub preview: Option<Content>,
    pub versions: Vec<TextVersion>,
    pub form: FormState,
}

/// A reason to pick for a point of a correction notice (补正理由), or for a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub id: String,
    /// The letter it is for.
    pub kind: Kind,
    /// The newest first; that one counts.
    pub versions: Vec<TextVersion>,
}

impl Reason {
    /// What it says.
    pub fn text(&self) -> &str {
        self.versions.first().map_or("", |newest| newest.body.as_str())
    }

    /// What it is changed from.
    pub fn version(&self) -> i64 {
        self.versions.first().map_or(0, |newest| newest.version)
    }
}

/// What an authority has of its own: templates and reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Library {
    pub templates: Vec<TemplateLine>,
    pub reasons: Vec<Reason>,
    /// How a letter would read with the reason that was typed and not saved.
    pub preview: Option<Content>,
    /// What was posted and not done.
    pub form: FormState,
}

/// The answer about a printed statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    pub keys: Vec<PublicKey>,
    /// What the register knows under it.
    pub claim: Option<Claim>,
    pub doubt: Option<Doubt>,
    /// A certificate past its last day.
    pub is_expired: bool,
    /// The certificate as the register has it today.
    pub registered: Option<Registered>,
}

impl Checked {
    /// Checks it all again from the statement itself: signature, then facts. For the browser, which trusts no answer.
    ///
    /// # Errors
    /// Why it does not hold.
    pub fn again(&self, statement: &str, origin: &str) -> Result<(), Doubt> {
        let read = verify(statement, origin, &self.keys)?;
        self.claim.as_ref().map_or(Err(Doubt::OtherFacts), |claim| read.agrees(claim))
    }
}
