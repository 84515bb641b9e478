//! All SQL with which the public reads certificates and accepted cases (公示、查询). It reads only; what a unit does with
//! its certificates is `store`.

use super::model::State;
use crate::base::paging::Cursor;
use crate::base::text;
use crate::catalogue::PERSONNEL;
use crate::error::{AppError, Result};
use crate::server::db::{Row, Tx, Val};
use crate::vals;

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
}

impl Granted {
    /// Its place in the list: the day of issue as a number, and its id.
    pub fn cursor(&self) -> Cursor {
        let digits: String = self.issued_on.chars().filter(char::is_ascii_digit).collect();
        Cursor { key: digits.parse().unwrap_or_default(), id: self.id.clone() }
    }
}

/// The day a cursor of certificates stands for.
fn day(cursor: &Cursor) -> String {
    format!("{:04}-{:02}-{:02}", cursor.key / 10_000, cursor.key / 100 % 100, cursor.key % 100)
}

/// What says that an application was accepted: by the officer, or by the law. In the words of the index. CROSS JOIN: SQLite keeps the order.
const FROM_ACCEPTED: &str = "FROM case_event e CROSS JOIN application a CROSS JOIN unit u \
     WHERE e.event IN ('accepted', 'deemed-accepted') AND a.id = e.application_id AND u.id = a.unit_id AND a.submitted_at IS NOT NULL";

const FROM_GRANTED: &str = "FROM certificate c JOIN unit u ON u.id = c.unit_id JOIN authority t ON t.code = c.authority_code WHERE";

const GRANTED: &str = "c.id, c.number, u.name AS holder, u.code, c.category, c.items, t.name AS authority, c.issued_on, c.valid_to, c.state";

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

/// Certificates in force beyond a cursor. What a unit registered counts once an officer has checked it.
pub async fn granted(tx: &mut Tx, after: Option<&Cursor>, newer: bool, limit: usize) -> Result<Vec<Granted>> {
    let select = format!("SELECT {GRANTED} {FROM_GRANTED} c.state = $1");
    let after = after.map(|cursor| (Val::from(day(cursor)), Val::from(&cursor.id)));
    page(tx, select, ("c.issued_on", "c.id"), vals![State::Valid.word()], after, newer, limit).await?.iter().map(read).collect()
}

/// How many there are, counted no further than one beyond `cap`.
pub async fn count_granted(tx: &mut Tx, cap: i64) -> Result<i64> {
    count(tx, &format!("{FROM_GRANTED} c.state = $1"), vals![State::Valid.word()], cap).await
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

fn read(row: &Row) -> Result<Granted> {
    let bad = |what: &str| AppError::BadRequest(format!("stored certificate: {what}"));
    Ok(Granted {
        id: row.text("id")?,
        number: row.text("number")?,
        holder: row.text("holder")?,
        code: row.text("code")?,
        category: row.text("category")?,
        items: serde_json::from_str(&row.text("items")?).map_err(|_| bad("items"))?,
        authority: row.text("authority")?,
        issued_on: row.text("issued_on")?,
        valid_to: row.text("valid_to")?,
        state: State::of_word(&row.text("state")?).ok_or_else(|| bad("state"))?,
    })
}
