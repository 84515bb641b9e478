//! What screens are given of documents. Pure.

use super::model::{Claim, Content, Kind};
use super::sign::{Doubt, PublicKey, verify};
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

/// The answer about a printed statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    pub keys: Vec<PublicKey>,
    /// What the register knows under it.
    pub claim: Option<Claim>,
    pub doubt: Option<Doubt>,
    /// A certificate past its last day.
    pub is_expired: bool,
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
