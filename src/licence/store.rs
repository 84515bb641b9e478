//! All SQL of certificates (许可证).

use super::model::State;
use super::terms::PersonPart;
use crate::base::text;
use crate::error::{AppError, Result};
use crate::server::db::{Row, Tx};
use crate::vals;

/// A row of certificates.
#[derive(Clone, Debug)]
pub struct Certificate {
    pub id: String,
    pub unit_id: String,
    pub number: String,
    /// A key of [`crate::catalogue::CATEGORIES`].
    pub category: String,
    /// Catalogue ids; what the catalogue does not know stands as it is on the paper. Stored as a JSON list.
    pub items: Vec<String>,
    pub authority_code: String,
    /// ISO dates.
    pub issued_on: String,
    pub valid_to: String,
    /// 初次取证日期 of a person's on paper, ISO; empty of all others.
    pub first_on: String,
    pub state: State,
    /// The scan of a paper certificate.
    pub file_id: Option<String>,
    /// The document, if it was issued here.
    pub document_id: Option<String>,
    /// Why it is in its state; empty as long as nobody set it.
    pub state_reason: String,
    pub created_at: i64,
    /// Of a person's certificate that was issued here.
    pub person: Option<PersonPart>,
}

const COLUMNS: &str =
    "id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, file_id, document_id, state_reason, created_at, person, first_on";

fn certificate(row: &Row) -> Result<Certificate> {
    let bad = |what: &str| AppError::BadRequest(format!("stored certificate: {what}"));
    Ok(Certificate {
        id: row.text("id")?,
        unit_id: row.text("unit_id")?,
        number: row.text("number")?,
        category: row.text("category")?,
        items: serde_json::from_str(&row.text("items")?).map_err(|_| bad("items"))?,
        authority_code: row.text("authority_code")?,
        issued_on: row.text("issued_on")?,
        valid_to: row.text("valid_to")?,
        first_on: row.text("first_on")?,
        state: State::of_word(&row.text("state")?).ok_or_else(|| bad("state"))?,
        file_id: row.opt_text("file_id")?,
        document_id: row.opt_text("document_id")?,
        state_reason: row.text("state_reason")?,
        created_at: row.int("created_at")?,
        person: row.opt_text("person")?.map(|json| serde_json::from_str(&json).map_err(|_| bad("person"))).transpose()?,
    })
}

fn json(items: &[String]) -> String {
    serde_json::to_string(items).unwrap_or_default()
}

/// The certificates of a unit, the newest first.
pub async fn of_unit(tx: &mut Tx, unit_id: &str) -> Result<Vec<Certificate>> {
    tx.rows(format!("SELECT {COLUMNS} FROM certificate WHERE unit_id = $1 ORDER BY created_at DESC, id DESC LIMIT 500"), vals![unit_id])
        .await?
        .iter()
        .map(certificate)
        .collect()
}

/// One certificate.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Certificate>> {
    tx.row(format!("SELECT {COLUMNS} FROM certificate WHERE id = $1"), vals![id]).await?.as_ref().map(certificate).transpose()
}

/// A unit's certificate with this number, not one that was superseded.
pub async fn find_number(tx: &mut Tx, unit_id: &str, number: &str) -> Result<Option<Certificate>> {
    tx.row(format!("SELECT {COLUMNS} FROM certificate WHERE unit_id = $1 AND number = $2 AND state <> 'superseded'"), vals![unit_id, number])
        .await?
        .as_ref()
        .map(certificate)
        .transpose()
}

/// Stores a certificate; false if its unit has one with this number.
pub async fn insert(tx: &mut Tx, c: &Certificate) -> Result<bool> {
    let sql = format!(
        "INSERT INTO certificate ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
         ON CONFLICT (unit_id, number) WHERE state <> 'superseded' DO NOTHING"
    );
    let args = vals![
        &c.id,
        &c.unit_id,
        &c.number,
        &c.category,
        json(&c.items),
        &c.authority_code,
        &c.issued_on,
        &c.valid_to,
        c.state.word(),
        c.file_id.clone(),
        c.document_id.clone(),
        &c.state_reason,
        c.created_at,
        c.person.as_ref().map(|person| serde_json::to_string(person).unwrap_or_default()),
        &c.first_on
    ];
    Ok(tx.run(sql, args).await? == 1)
}

/// Changes what a unit registered, if nobody confirmed it meanwhile; it waits to be checked again.
pub async fn change(tx: &mut Tx, c: &Certificate) -> Result<bool> {
    let sql = "UPDATE certificate SET number = $1, items = $2, authority_code = $3, issued_on = $4, valid_to = $5, first_on = $6, state = 'pending', state_reason = '' \
               WHERE id = $7 AND state IN ('pending', 'rejected')";
    Ok(tx.run(sql, vals![&c.number, json(&c.items), &c.authority_code, &c.issued_on, &c.valid_to, &c.first_on, &c.id]).await? == 1)
}

/// Removes what a unit registered, if nobody confirmed it meanwhile.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<()> {
    tx.run("DELETE FROM certificate WHERE id = $1 AND state IN ('pending', 'rejected')", vals![id]).await.map(drop)
}

/// Sets the scan of what a unit registered, if nobody confirmed it meanwhile; it waits to be checked again.
pub async fn set_scan(tx: &mut Tx, id: &str, file_id: &str) -> Result<bool> {
    let sql = "UPDATE certificate SET file_id = $1, state = 'pending', state_reason = '' WHERE id = $2 AND state IN ('pending', 'rejected')";
    Ok(tx.run(sql, vals![file_id, id]).await? == 1)
}

/// Holds a certificate until the change ends, so that nobody alters what is being judged.
pub async fn hold(tx: &mut Tx, id: &str) -> Result<()> {
    tx.run("UPDATE certificate SET state = state WHERE id = $1", vals![id]).await.map(drop)
}

/// Certificates of other units with these running digits, and their holders.
pub async fn doubles(tx: &mut Tx, stem: &str, unit_id: &str) -> Result<Vec<(String, String)>> {
    let sql = "SELECT c.number, u.name AS holder FROM certificate c JOIN unit u ON u.id = c.unit_id \
               WHERE c.number >= $1 AND c.number < $2 AND c.unit_id <> $3 AND c.state <> 'rejected' ORDER BY c.number, c.id LIMIT 5";
    let rows = tx.rows(sql, vals![format!("{stem}-"), format!("{stem}."), unit_id]).await?;
    rows.iter().map(|row| Ok((row.text("number")?, row.text("holder")?))).collect()
}

/// Whether any certificate's number is this with a year behind, as a unit sees it: what was sent back to others is nobody's, what was sent
/// back to itself still stands in its list.
pub async fn has_stem(tx: &mut Tx, stem: &str, unit_id: &str) -> Result<bool> {
    // `.` follows `-`: everything that begins so, over the index of numbers.
    let sql = "SELECT id FROM certificate WHERE number >= $1 AND number < $2 AND (state <> 'rejected' OR unit_id = $3) LIMIT 1";
    Ok(tx.row(sql, vals![format!("{stem}-"), format!("{stem}."), unit_id]).await?.is_some())
}

/// The certificate that a document is.
pub async fn find_issued(tx: &mut Tx, document_id: &str) -> Result<Option<Certificate>> {
    tx.row(format!("SELECT {COLUMNS} FROM certificate WHERE document_id = $1"), vals![document_id]).await?.as_ref().map(certificate).transpose()
}

/// An authority's certificates with their holders: those whose number begins so or whose holder's name holds this, the newest first.
pub async fn of_authority(tx: &mut Tx, authority_code: &str, typed: &str, limit: usize) -> Result<Vec<(Certificate, String)>> {
    let columns = COLUMNS.split(", ").map(|column| format!("c.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT {columns}, u.name AS holder FROM certificate c JOIN unit u ON u.id = c.unit_id WHERE c.authority_code = $1 \
         AND ($2 = '' OR (c.number >= $2 AND c.number < $3) OR LOWER(u.name) LIKE $4 ESCAPE '!') ORDER BY c.created_at DESC, c.id DESC LIMIT $5"
    );
    let code = text::code(typed);
    let args = vals![authority_code, &code, format!("{code}~"), text::like(typed), i64::try_from(limit).unwrap_or(i64::MAX)];
    tx.rows(sql, args).await?.iter().map(|row| Ok((certificate(row)?, row.text("holder")?))).collect()
}

/// Number, state, reason and instant of a unit's certificates that were annulled or revoked since an instant.
pub async fn struck(tx: &mut Tx, unit_id: &str, since: i64) -> Result<Vec<(String, State, String, i64)>> {
    let sql = "SELECT number, state, state_reason, state_at FROM certificate WHERE unit_id = $1 AND state IN ('annulled', 'revoked') AND state_at >= $2";
    let struck = |row: &Row| {
        let state = State::of_word(&row.text("state")?).unwrap_or(State::Revoked);
        Ok((row.text("number")?, state, row.text("state_reason")?, row.int("state_at")?))
    };
    tx.rows(sql, vals![unit_id, since]).await?.iter().map(struck).collect()
}

/// Sets the state of a certificate that still is in another.
pub async fn set_state(tx: &mut Tx, id: &str, from: State, to: State, reason: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE certificate SET state = $1, state_reason = $2, state_at = $3 WHERE id = $4 AND state = $5";
    Ok(tx.run(sql, vals![to.word(), reason, now, id, from.word()]).await? == 1)
}
