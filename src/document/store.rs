//! All SQL of issued documents, of the templates authorities have of their own, and of their libraries of reasons.

use super::model::Kind;
use super::view::{Reason, TextVersion};
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

/// The documents of some kinds of several cases, oldest first.
pub async fn of_cases(tx: &mut Tx, case_nos: &[&str], kinds: &[Kind]) -> Result<Vec<Record>> {
    let marks = |from: usize, count: usize| (from..from + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let (cases, of_kinds) = (marks(1, case_nos.len()), marks(1 + case_nos.len(), kinds.len()));
    let args = case_nos.iter().copied().chain(kinds.iter().map(|kind| kind.word())).map(Into::into).collect();
    let sql = format!("{RECORD} WHERE case_no IN ({cases}) AND kind IN ({of_kinds}) ORDER BY id LIMIT 1000");
    tx.rows(sql, args).await?.iter().map(record).collect()
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

/// The number of a case's newest document of a kind; of those that concern one agency, unless it is empty.
pub async fn newest_number(tx: &mut Tx, case_no: &str, kind: Kind, agency: &str) -> Result<Option<String>> {
    let sql = "SELECT number FROM document WHERE case_no = $1 AND kind = $2 AND ($3 = '' OR agency_id = $3) ORDER BY id DESC LIMIT 1";
    tx.row(sql, vals![case_no, kind.word(), agency]).await?.map(|row| row.text("number")).transpose()
}

/// The name under which a reason's versions are kept beside those of templates.
pub fn reason_key(id: &str) -> String {
    format!("reason/{id}")
}

fn version(row: &Row) -> Result<TextVersion> {
    Ok(TextVersion { version: row.int("version")?, body: row.text("body")?, at: row.int("at")?, who: row.text("who")? })
}

/// The versions of an authority's text, the newest first: of its template of a kind, by the kind's word, or of a reason.
pub async fn text_versions(tx: &mut Tx, authority_code: &str, key: &str, limit: i64) -> Result<Vec<TextVersion>> {
    let sql = "SELECT t.version, t.body, t.at, COALESCE(a.person_name, '') AS who FROM document_template t LEFT JOIN account a ON a.id = t.account_id \
               WHERE t.authority_code = $1 AND t.kind = $2 ORDER BY t.version DESC LIMIT $3";
    tx.rows(sql, vals![authority_code, key, limit]).await?.iter().map(version).collect()
}

/// Adds a version of an authority's text; false if somebody else added it first.
pub async fn insert_text(tx: &mut Tx, authority_code: &str, key: &str, version: i64, body: &str, account_id: &str, now: i64) -> Result<bool> {
    let sql = "INSERT INTO document_template (authority_code, kind, version, body, account_id, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, vals![authority_code, key, version, body, account_id, now]).await? == 1)
}

/// The reasons an authority offers, in the order they came in, each with its versions, the newest first.
pub async fn reasons(tx: &mut Tx, authority_code: &str, limit: i64) -> Result<Vec<Reason>> {
    let sql = "SELECT id, kind FROM reason_library WHERE authority_code = $1 AND retired_at IS NULL ORDER BY id LIMIT $2";
    let reason = |row: &Row| {
        let kind = Kind::of_word(&row.text("kind")?).ok_or_else(|| AppError::BadRequest("stored kind".into()))?;
        Ok(Reason { id: row.text("id")?, kind, versions: Vec::new() })
    };
    let mut reasons: Vec<Reason> = tx.rows(sql, vals![authority_code, limit]).await?.iter().map(reason).collect::<Result<_>>()?;
    let sql = "SELECT t.kind, t.version, t.body, t.at, COALESCE(a.person_name, '') AS who FROM document_template t LEFT JOIN account a ON a.id = t.account_id \
               WHERE t.authority_code = $1 AND t.kind >= 'reason/' AND t.kind < 'reason0' ORDER BY t.kind, t.version DESC";
    for row in tx.rows(sql, vals![authority_code]).await? {
        let key = row.text("kind")?;
        if let Some(reason) = reasons.iter_mut().find(|reason| reason_key(&reason.id) == key) {
            reason.versions.push(version(&row)?);
        }
    }
    Ok(reasons)
}

/// Adds a reason for a kind of letter; what it says is its first version.
pub async fn insert_reason(tx: &mut Tx, authority_code: &str, id: &str, kind: Kind) -> Result<()> {
    let sql = "INSERT INTO reason_library (id, authority_code, kind) VALUES ($1, $2, $3)";
    tx.run(sql, vals![id, authority_code, kind.word()]).await.map(drop)
}

/// Holds a reason that is still offered; false if the authority has none such.
pub async fn hold_reason(tx: &mut Tx, authority_code: &str, id: &str) -> Result<bool> {
    let sql = "UPDATE reason_library SET kind = kind WHERE id = $1 AND authority_code = $2 AND retired_at IS NULL";
    Ok(tx.run(sql, vals![id, authority_code]).await? == 1)
}

/// Offers a reason no longer.
pub async fn retire_reason(tx: &mut Tx, authority_code: &str, id: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE reason_library SET retired_at = $1 WHERE id = $2 AND authority_code = $3 AND retired_at IS NULL";
    Ok(tx.run(sql, vals![now, id, authority_code]).await? == 1)
}
