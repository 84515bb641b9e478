//! All SQL with which the public reads certificates, and cases that were accepted or whose decision was published (公示、查询). It reads
//! only; what a unit does with its certificates is `store`.

use super::model::State;
use crate::base::paging::Cursor;
use crate::base::text;
use crate::base::workdays::{legal_date, start_of};
use crate::catalogue::PERSONNEL;
use crate::catalogue::store::{Dated, dated_authorities};
use crate::document::model::Content;
use crate::error::{AppError, Result};
use crate::server::db::{Row, Tx, Val};
use crate::vals;
use crate::workflow::Case;
use serde::de::DeserializeOwned;

/// An accepted application.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// Of the event.
    pub id: String,
    /// When it was accepted.
    pub at: i64,
    pub no: String,
    pub applicant: String,
    pub category: String,
    pub kind: String,
    pub submitted_at: i64,
}

/// A certificate with its holder.
#[derive(Clone, Debug)]
pub struct Granted {
    pub id: String,
    pub number: String,
    pub holder: String,
    pub code: String,
    pub category: String,
    pub items: Vec<String>,
    pub authority: String,
    /// ISO dates.
    pub issued_on: String,
    pub valid_to: String,
    pub state: State,
    /// What it says, if it was issued here.
    pub content: Option<Content>,
}

/// What says that an application was accepted: by the officer, or by the law. In the words of the index. CROSS JOIN: SQLite keeps the order.
const FROM_ACCEPTED: &str = "FROM case_event e CROSS JOIN application a CROSS JOIN unit u \
     WHERE e.event IN ('accepted', 'deemed-accepted') AND a.id = e.application_id AND u.id = a.unit_id AND a.submitted_at IS NOT NULL";

/// The authority is called as on the day of the certificate.
const FROM_GRANTED: &str = "FROM certificate c JOIN unit u ON u.id = c.unit_id JOIN authority_version t ON t.code = c.authority_code \
     AND t.effective_from <= c.issued_on AND (t.effective_to IS NULL OR t.effective_to >= c.issued_on) LEFT JOIN document d ON d.id = c.document_id WHERE";

const GRANTED: &str = "c.id, c.number, u.name AS holder, u.code, c.category, c.items, t.name AS authority, c.issued_on, c.valid_to, c.state, d.content";

/// The rows of one page of a list sorted by two columns, the latest first, whichever way it was asked.
async fn page(tx: &mut Tx, select: String, sort: (&str, &str), mut args: Vec<Val>, after: Option<(Val, Val)>, newer: bool, limit: usize) -> Result<Vec<Row>> {
    let (key, id) = sort;
    let (sign, order) = if newer && after.is_some() { (">", "ASC") } else { ("<", "DESC") };
    let mut sql = select;
    if let Some((at, last)) = after {
        let n = args.len() + 1;
        sql.push_str(&format!(" AND ({key} {sign} ${n} OR ({key} = ${n} AND {id} {sign} ${}))", n + 1));
        args.extend([at, last]);
    }
    args.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
    sql.push_str(&format!(" ORDER BY {key} {order}, {id} {order} LIMIT ${}", args.len()));
    let mut rows = tx.rows(sql, args).await?;
    if order == "ASC" {
        rows.reverse();
    }
    Ok(rows)
}

async fn count(tx: &mut Tx, from: &str, mut args: Vec<Val>, cap: i64) -> Result<i64> {
    args.push((cap + 1).into());
    let sql = format!("SELECT COUNT(*) AS n FROM (SELECT 1 {from} LIMIT ${}) AS counted", args.len());
    tx.row(sql, args).await?.map_or(Ok(0), |row| row.int("n"))
}

/// Accepted applications beyond a cursor.
pub async fn accepted(tx: &mut Tx, after: Option<&Cursor>, newer: bool, limit: usize) -> Result<Vec<Accepted>> {
    let select = format!("SELECT e.id, e.at, a.no, u.name AS applicant, a.category, a.kind, a.submitted_at {FROM_ACCEPTED}");
    let after = after.map(|cursor| (Val::from(cursor.key), Val::from(&cursor.id)));
    let line = |row: &Row| {
        Ok(Accepted {
            id: row.text("id")?,
            at: row.int("at")?,
            no: row.text("no")?,
            applicant: row.text("applicant")?,
            category: row.text("category")?,
            kind: row.text("kind")?,
            submitted_at: row.int("submitted_at")?,
        })
    };
    page(tx, select, ("e.at", "e.id"), Vec::new(), after, newer, limit).await?.iter().map(line).collect()
}

/// How many there are, counted no further than one beyond `cap`.
pub async fn count_accepted(tx: &mut Tx, cap: i64) -> Result<i64> {
    count(tx, FROM_ACCEPTED, Vec::new(), cap).await
}

/// A licence as it is made public (双公示): a decision that was published with the certificates it ended in, or one on paper that an
/// officer has confirmed.
#[derive(Clone, Debug)]
pub struct Published {
    /// Of the event, or of the certificate on paper.
    pub id: String,
    /// When it was published; of one on paper, the beginning of the day it was issued.
    pub at: i64,
    pub holder: String,
    pub code: String,
    pub category: String,
    pub items: Vec<String>,
    pub authority: String,
    pub authority_code: String,
    pub decision: Option<Decision>,
    pub certificates: Vec<Shown>,
}

/// 准予行政许可决定书
#[derive(Clone, Debug)]
pub struct Decision {
    /// 申请号
    pub no: String,
    /// 文号
    pub number: String,
    /// ISO.
    pub on: String,
}

/// A certificate as the list shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub number: String,
    /// ISO dates.
    pub issued_on: String,
    pub valid_to: String,
    pub state: State,
}

/// In the words of the index. CROSS JOIN: SQLite keeps the order.
const FROM_PUBLISHED: &str = "FROM case_event e CROSS JOIN application a CROSS JOIN unit u CROSS JOIN authority t \
     WHERE e.event = 'published' AND a.id = e.application_id AND u.id = a.unit_id AND t.code = a.authority_code";

/// In the words of the index.
const FROM_PAPER: &str = "FROM certificate c CROSS JOIN unit u CROSS JOIN authority_version t \
     WHERE c.document_id IS NULL AND c.state = 'valid' AND u.id = c.unit_id AND t.code = c.authority_code \
     AND t.effective_from <= c.issued_on AND (t.effective_to IS NULL OR t.effective_to >= c.issued_on)";

/// Published licences beyond a cursor, the latest first.
pub async fn published(tx: &mut Tx, after: Option<&Cursor>, newer: bool, limit: usize) -> Result<Vec<Published>> {
    let mut rows = decisions(tx, after, newer, limit).await?;
    rows.extend(on_paper(tx, after, newer, limit).await?);
    rows.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
    if newer && after.is_some() {
        rows.drain(..rows.len().saturating_sub(limit));
    } else {
        rows.truncate(limit);
    }
    let rows = in_the_name_of(tx, rows).await?;
    with_certificates(tx, rows).await
}

/// A delegated body decides in the name of the delegating one (行政许可法 art. 24); who decided is called as on that day.
async fn in_the_name_of(tx: &mut Tx, mut rows: Vec<Published>) -> Result<Vec<Published>> {
    let all = dated_authorities(tx).await?;
    for row in &mut rows {
        let Some(decision) = &row.decision else { continue };
        let published = legal_date(row.at).to_string();
        let on = if decision.on.is_empty() { &published } else { &decision.on };
        let own = Dated::on(&all, &row.authority_code, on);
        if let Some(named) = own.and_then(|own| Dated::on(&all, own.delegated_by.as_deref()?, on)).or(own) {
            (row.authority, row.authority_code) = (named.name.clone(), named.code.clone());
        }
    }
    Ok(rows)
}

/// How many there are, counted no further than one beyond `cap`.
pub async fn count_published(tx: &mut Tx, cap: i64) -> Result<i64> {
    Ok(count(tx, FROM_PUBLISHED, Vec::new(), cap).await? + count(tx, FROM_PAPER, Vec::new(), cap).await?)
}

async fn decisions(tx: &mut Tx, after: Option<&Cursor>, newer: bool, limit: usize) -> Result<Vec<Published>> {
    let letter = "COALESCE((SELECT d.number FROM document d WHERE d.case_no = a.no AND d.kind = 'grant' ORDER BY d.id DESC LIMIT 1), '')";
    let select = format!(
        "SELECT e.id, e.at, a.no, u.name AS holder, u.code, a.category, a.items, a.projection, t.name AS authority, t.code AS authority_code, \
         {letter} AS letter {FROM_PUBLISHED}"
    );
    let after = after.map(|cursor| (Val::from(cursor.key), Val::from(&cursor.id)));
    let line = |row: &Row| {
        let case: Case = read_json(&row.text("projection")?, "case")?;
        let mut items: Vec<String> = read_json(&row.text("items")?, "items")?;
        items.retain(|item| !case.given_up.contains(item));
        let on = case.decided.map(|day| day.to_string()).unwrap_or_default();
        Ok(Published {
            id: row.text("id")?,
            at: row.int("at")?,
            holder: row.text("holder")?,
            code: row.text("code")?,
            category: row.text("category")?,
            items,
            authority: row.text("authority")?,
            authority_code: row.text("authority_code")?,
            decision: Some(Decision { no: row.text("no")?, number: row.text("letter")?, on }),
            certificates: Vec::new(),
        })
    };
    page(tx, select, ("e.at", "e.id"), Vec::new(), after, newer, limit).await?.iter().map(line).collect()
}

async fn on_paper(tx: &mut Tx, after: Option<&Cursor>, newer: bool, limit: usize) -> Result<Vec<Published>> {
    let select = format!(
        "SELECT c.id, c.number, u.name AS holder, u.code, c.category, c.items, t.name AS authority, t.code AS authority_code, c.issued_on, c.valid_to {FROM_PAPER}"
    );
    // Within the day of a cursor all come before it, but for those of its own instant.
    let bound = |cursor: &Cursor| {
        let day = legal_date(cursor.key);
        let id = if start_of(day) == cursor.key { cursor.id.as_str() } else { "~" };
        (Val::from(day.to_string()), Val::from(id))
    };
    let line = |row: &Row| {
        let issued_on = row.text("issued_on")?;
        let certificate = Shown { number: row.text("number")?, valid_to: row.text("valid_to")?, state: State::Valid, issued_on };
        Ok(Published {
            id: row.text("id")?,
            at: certificate.issued_on.parse().map_or(0, start_of),
            holder: row.text("holder")?,
            code: row.text("code")?,
            category: row.text("category")?,
            items: read_json(&row.text("items")?, "items")?,
            authority: row.text("authority")?,
            authority_code: row.text("authority_code")?,
            decision: None,
            certificates: vec![certificate],
        })
    };
    page(tx, select, ("c.issued_on", "c.id"), Vec::new(), after.map(bound), newer, limit).await?.iter().map(line).collect()
}

/// The decisions with what the register has of each.
async fn with_certificates(tx: &mut Tx, mut rows: Vec<Published>) -> Result<Vec<Published>> {
    let numbers: Vec<Val> = rows.iter().filter_map(|row| row.decision.as_ref()).map(|decision| Val::from(&decision.no)).collect();
    if numbers.is_empty() {
        return Ok(rows);
    }
    let places = (1..=numbers.len()).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT d.case_no, c.number, c.issued_on, c.valid_to, c.state FROM document d CROSS JOIN certificate c \
         WHERE d.case_no IN ({places}) AND c.document_id = d.id ORDER BY c.number, c.id"
    );
    for row in tx.rows(sql, numbers).await? {
        let (no, state) = (row.text("case_no")?, State::of_word(&row.text("state")?).ok_or_else(|| bad("state"))?);
        let certificate = Shown { number: row.text("number")?, issued_on: row.text("issued_on")?, valid_to: row.text("valid_to")?, state };
        if let Some(row) = rows.iter_mut().find(|row| row.decision.as_ref().is_some_and(|decision| decision.no == no)) {
            row.certificates.push(certificate);
        }
    }
    Ok(rows)
}

/// Certificates whose number or unit's code is this, or whose unit's name holds it, also those no longer in force: whoever
/// looks one up has to learn that. What a unit registered counts once an officer has confirmed it. A person's is found by
/// [`find_person`] only.
pub async fn search(tx: &mut Tx, typed: &str, limit: usize) -> Result<Vec<Granted>> {
    let sql = format!(
        "SELECT {GRANTED} {FROM_GRANTED} c.category <> '{PERSONNEL}' AND c.state NOT IN ($1, 'rejected') AND (c.number = $2 OR u.code = $2 \
         OR LOWER(u.name) LIKE $3 ESCAPE '!') ORDER BY u.name, c.issued_on DESC, c.id LIMIT $4"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.rows(sql, vals![State::Pending.word(), text::code(typed), text::like(typed), limit]).await?.iter().map(read).collect()
}

/// The certificate of a person of this name with this number, the version in force before those it superseded; with the id of its
/// holder.
pub async fn find_person(tx: &mut Tx, name: &str, number: &str) -> Result<Option<(Granted, String)>> {
    let sql = format!(
        "SELECT {GRANTED}, c.unit_id {FROM_GRANTED} c.category = '{PERSONNEL}' AND c.state NOT IN ($1, 'rejected') AND c.number = $2 AND u.name = $3 \
         ORDER BY CASE WHEN c.state = $4 THEN 1 ELSE 0 END, c.created_at DESC, c.id DESC LIMIT 1"
    );
    let row = tx.row(sql, vals![State::Pending.word(), text::code(number), text::tidy(name), State::Superseded.word()]).await?;
    row.map(|row| Ok((read(&row)?, row.text("unit_id")?))).transpose()
}

fn bad(what: &str) -> AppError {
    AppError::BadRequest(format!("stored licence: {what}"))
}

fn read_json<T: DeserializeOwned>(json: &str, what: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|_| bad(what))
}

fn read(row: &Row) -> Result<Granted> {
    Ok(Granted {
        id: row.text("id")?,
        number: row.text("number")?,
        holder: row.text("holder")?,
        code: row.text("code")?,
        category: row.text("category")?,
        items: read_json(&row.text("items")?, "items")?,
        authority: row.text("authority")?,
        issued_on: row.text("issued_on")?,
        valid_to: row.text("valid_to")?,
        state: State::of_word(&row.text("state")?).ok_or_else(|| bad("state"))?,
        content: row.opt_text("content")?.map(|json| read_json(&json, "content")).transpose()?,
    })
}
