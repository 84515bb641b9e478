//! All SQL of issued documents.

use super::model::Kind;
use crate::error::{AppError, Result};
use crate::server::db::{Row, Tx};
use crate::vals;

/// A row of `document`.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: String,
    pub case_no: String,
    pub unit_id: String,
    pub agency_id: Option<String>,
    pub authority_code: String,
    pub kind: Kind,
    pub number: String,
    pub issued_at: i64,
    pub content: String,
    pub sha256: String,
    pub statement: String,
    /// Hash and size of the PDF, once it is set.
    pub pdf: Option<(String, i64)>,
    pub opened_at: Option<i64>,
}

const RECORD: &str = "SELECT id, case_no, unit_id, agency_id, authority_code, kind, number, issued_at, content, sha256, statement, pdf_sha256, pdf_size, opened_at \
                      FROM document";

fn record(row: &Row) -> Result<Record> {
    Ok(Record {
        id: row.text("id")?,
        case_no: row.text("case_no")?,
        unit_id: row.text("unit_id")?,
        agency_id: row.opt_text("agency_id")?,
        authority_code: row.text("authority_code")?,
        kind: Kind::of_word(&row.text("kind")?).ok_or_else(|| AppError::BadRequest("stored kind".into()))?,
        number: row.text("number")?,
        issued_at: row.int("issued_at")?,
        content: row.text("content")?,
        sha256: row.text("sha256")?,
        statement: row.text("statement")?,
        pdf: row.opt_text("pdf_sha256")?.zip(row.opt_int("pdf_size")?),
        opened_at: row.opt_int("opened_at")?,
    })
}

/// Adds a document that is issued.
pub async fn insert(tx: &mut Tx, r: &Record) -> Result<()> {
    let sql = "INSERT INTO document (id, case_no, unit_id, agency_id, authority_code, kind, number, issued_at, content, sha256, statement) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let args = vals![
        &r.id,
        &r.case_no,
        &r.unit_id,
        r.agency_id.clone(),
        &r.authority_code,
        r.kind.word(),
        &r.number,
        r.issued_at,
        &r.content,
        &r.sha256,
        &r.statement
    ];
    tx.run(sql, args).await.map(|_| ())
}

/// One document.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Record>> {
    tx.row(format!("{RECORD} WHERE id = $1"), vals![id]).await?.as_ref().map(record).transpose()
}

/// The document a statement was made for.
pub async fn find_stated(tx: &mut Tx, number: &str, statement: &str) -> Result<Option<Record>> {
    let sql = format!("{RECORD} WHERE number = $1 AND statement = $2 ORDER BY id LIMIT 1");
    tx.row(sql, vals![number, statement]).await?.as_ref().map(record).transpose()
}

/// The documents of a case, oldest first.
pub async fn of_case(tx: &mut Tx, case_no: &str) -> Result<Vec<Record>> {
    tx.rows(format!("{RECORD} WHERE case_no = $1 ORDER BY id LIMIT 200"), vals![case_no]).await?.iter().map(record).collect()
}

/// The oldest documents after one whose PDF is not set yet.
pub async fn unset(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<Record>> {
    let sql = format!("{RECORD} WHERE pdf_sha256 IS NULL AND id > $1 ORDER BY id LIMIT $2");
    tx.rows(sql, vals![after, limit]).await?.iter().map(record).collect()
}

/// Notes the PDF of a document, if none is noted; what is noted stays.
pub async fn set_pdf(tx: &mut Tx, id: &str, sha256: &str, size: i64) -> Result<()> {
    let sql = "UPDATE document SET pdf_sha256 = $1, pdf_size = $2 WHERE id = $3 AND pdf_sha256 IS NULL";
    tx.run(sql, vals![sha256, size, id]).await.map(|_| ())
}

/// Notes who of the applicant's unit opened a document first, and when (送达).
pub async fn mark_opened(tx: &mut Tx, id: &str, account_id: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE document SET opened_by = $1, opened_at = $2 WHERE id = $3 AND opened_at IS NULL";
    Ok(tx.run(sql, vals![account_id, now, id]).await? == 1)
}
