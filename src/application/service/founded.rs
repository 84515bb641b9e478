//! What a person's application rests on in the register (已持证项目), for whoever decides on it.

use super::super::store;
use crate::base::Say;
use crate::base::workdays::legal_date;
use crate::casework::store::Record;
use crate::catalogue::PersonnelCode;
use crate::catalogue::conditions::{self, Applicant};
use crate::error::Result;
use crate::licence::person;
use crate::server::db::Tx;
use crate::workflow::person::PersonKind;

/// Where the book has 学历, which decides on what has to be held first.
const EDUCATION: &str = "person/education";

/// Why an application that was handed in cannot be granted yet for what the register holds of the person, if so.
pub async fn unfounded(tx: &mut Tx, record: &Record, kind: PersonKind, code: &PersonnelCode) -> Result<Option<Say>> {
    let Some(filed) = record.case.submitted_at.map(legal_date) else { return Ok(None) };
    let held = person::known(tx, &record.unit_id).await?;
    let book = store::cells_at(tx, &record.id, &[EDUCATION]).await?;
    let education = Some(book.get(EDUCATION)).filter(|education| !education.is_empty());
    Ok(conditions::unfounded(code, kind, &Applicant { held: &held, education, ..Applicant::default() }, filed))
}
