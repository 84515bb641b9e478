//! All SQL of applications, drafts and versions; what events make of an application is written by `casework`.

use crate::base::text;
use crate::catalogue::{PERSONNEL, PersonnelCodes};
use crate::error::{AppError, Result};
use crate::form::{Cell, Doc, Op, Outcome};
use crate::server::db::{Row, Tx, Val};
use crate::vals;
use crate::workflow::state::OPEN;
use crate::workflow::{Case, Role, State};
use std::collections::BTreeMap;

/// A row of `application`, with the names a list shows.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: String,
    pub no: String,
    pub unit_id: String,
    pub unit_name: String,
    pub unit_code: String,
    pub category: String,
    pub kind: String,
    pub catalogue_version: String,
    pub authority_code: String,
    pub authority_name: String,
    pub items: Vec<String>,
    pub item_labels: String,
    pub facts: super::service::Facts,
    /// 执业单位 a person's case asks; set when it is submitted.
    pub employers: Vec<String>,
    /// What its events have made of it.
    pub case: Case,
    pub revision: i64,
    pub created_at: i64,
    pub changed_at: i64,
}

const RECORD: &str = "SELECT a.id, a.no, a.unit_id, u.name AS unit_name, u.code AS unit_code, a.category, a.kind, a.catalogue_version, a.authority_code, \
     t.name AS authority_name, a.items, a.item_labels, a.facts, a.employers, a.projection, a.revision, a.created_at, a.changed_at \
     FROM application a JOIN unit u ON u.id = a.unit_id JOIN authority t ON t.code = a.authority_code";

fn record(row: &Row) -> Result<Record> {
    let bad = |what: &str| AppError::BadRequest(format!("stored {what}"));
    Ok(Record {
        id: row.text("id")?,
        no: row.text("no")?,
        unit_id: row.text("unit_id")?,
        unit_name: row.text("unit_name")?,
        unit_code: row.text("unit_code")?,
        category: row.text("category")?,
        kind: row.text("kind")?,
        catalogue_version: row.text("catalogue_version")?,
        authority_code: row.text("authority_code")?,
        authority_name: row.text("authority_name")?,
        items: serde_json::from_str(&row.text("items")?).map_err(|_| bad("items"))?,
        item_labels: row.text("item_labels")?,
        facts: serde_json::from_str(&row.text("facts")?).map_err(|_| bad("facts"))?,
        employers: serde_json::from_str(&row.text("employers")?).map_err(|_| bad("employers"))?,
        case: crate::casework::store::read_case(row)?,
        revision: row.int("revision")?,
        created_at: row.int("created_at")?,
        changed_at: row.int("changed_at")?,
    })
}

/// An application by its number.
pub async fn find(tx: &mut Tx, no: &str) -> Result<Option<Record>> {
    tx.row(format!("{RECORD} WHERE a.no = $1"), vals![no]).await?.map(|row| record(&row)).transpose()
}

/// Stores a new application; its case begins with its first event.
pub async fn insert(tx: &mut Tx, r: &Record) -> Result<()> {
    insert_all(tx, std::slice::from_ref(r)).await
}

/// Stores new applications.
pub async fn insert_all(tx: &mut Tx, records: &[Record]) -> Result<()> {
    let into = "application (id, no, unit_id, category, kind, catalogue_version, authority_code, items, item_labels, facts, revision, created_at, \
                changed_at, state, case_revision, projection, turn)";
    let row = |r: &Record| {
        vals![
            r.id.as_str(),
            r.no.as_str(),
            r.unit_id.as_str(),
            r.category.as_str(),
            r.kind.as_str(),
            r.catalogue_version.as_str(),
            r.authority_code.as_str(),
            json(&r.items),
            r.item_labels.as_str(),
            json(&r.facts),
            r.revision,
            r.created_at,
            r.changed_at,
            r.case.state.word(),
            0,
            json(&r.case),
            "",
        ]
    };
    tx.insert_all(into, records.iter().map(row).collect()).await
}

/// Writes another choice of items into a draft: what it is for, and who decides.
pub async fn set_choice(tx: &mut Tx, r: &Record) -> Result<()> {
    let sql = "UPDATE application SET category = $1, catalogue_version = $2, authority_code = $3, items = $4, item_labels = $5, facts = $6 \
               WHERE id = $7 AND state = 'draft'";
    let (items, facts) = (json(&r.items), json(&r.facts));
    let args = vals![r.category.as_str(), r.catalogue_version.as_str(), r.authority_code.as_str(), items, r.item_labels.as_str(), facts, r.id.as_str()];
    tx.run(sql, args).await?;
    Ok(())
}

/// Sets whom a person's case asks about the practice.
pub async fn set_employers(tx: &mut Tx, application_id: &str, employers: &[String]) -> Result<()> {
    tx.run("UPDATE application SET employers = $1 WHERE id = $2", vals![json(&employers), application_id]).await.map(drop)
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The draft's cells above a revision (all for -1), ciphertext where secret.
pub async fn cells(tx: &mut Tx, application_id: &str, above: i64) -> Result<Doc> {
    let sql = "SELECT path, value, revision, op_id FROM draft_cell WHERE application_id = $1 AND revision > $2";
    let mut doc = Doc::default();
    for row in tx.rows(sql, vals![application_id, above]).await? {
        doc.set(&row.text("path")?, row.opt_text("value")?, row.int("revision")?, &row.text("op_id")?);
    }
    Ok(doc)
}

/// The cells at some paths only.
pub async fn cells_at(tx: &mut Tx, application_id: &str, paths: &[&str]) -> Result<Doc> {
    let mut doc = Doc::default();
    for some in paths.chunks(100) {
        let marks: Vec<String> = (0..some.len()).map(|i| format!("${}", i + 2)).collect();
        let sql = format!("SELECT path, value, revision, op_id FROM draft_cell WHERE application_id = $1 AND path IN ({})", marks.join(", "));
        let args: Vec<Val> = std::iter::once(application_id).chain(some.iter().copied()).map(Val::from).collect();
        for row in tx.rows(sql, args).await? {
            doc.set(&row.text("path")?, row.opt_text("value")?, row.int("revision")?, &row.text("op_id")?);
        }
    }
    Ok(doc)
}

/// Takes `count` revisions of a draft: the compare-and-swap every change of it begins with. `None` if it is no draft any more.
pub async fn take_revisions(tx: &mut Tx, application_id: &str, count: i64, now: i64) -> Result<Option<i64>> {
    let sql = "UPDATE application SET revision = revision + $1, changed_at = $2 WHERE id = $3 AND state IN ('draft', 'correction') RETURNING revision";
    tx.row(sql, vals![count, now, application_id]).await?.map(|row| row.int("revision")).transpose()
}

/// Holds a draft for the rest of a change, so that what is read of it next is what is changed. False if it is no draft any more.
pub async fn hold(tx: &mut Tx, application_id: &str) -> Result<bool> {
    Ok(tx.run("UPDATE application SET revision = revision WHERE id = $1 AND state IN ('draft', 'correction')", vals![application_id]).await? == 1)
}

/// The answers given to ops before, by op id; only of this application.
pub async fn answered(tx: &mut Tx, application_id: &str, ids: &[&str]) -> Result<BTreeMap<String, Outcome>> {
    let mut found = BTreeMap::new();
    for some in ids.chunks(100) {
        let marks: Vec<String> = (0..some.len()).map(|i| format!("${}", i + 2)).collect();
        let sql = format!("SELECT id, outcome FROM draft_op WHERE application_id = $1 AND id IN ({})", marks.join(", "));
        let args: Vec<Val> = std::iter::once(application_id).chain(some.iter().copied()).map(Val::from).collect();
        for row in tx.rows(sql, args).await? {
            let outcome = serde_json::from_str(&row.text("outcome")?).map_err(|_| AppError::BadRequest("stored outcome".into()))?;
            found.insert(row.text("id")?, outcome);
        }
    }
    Ok(found)
}

/// Stores an op with its outcome, and the cell if it was applied.
pub async fn store_op(tx: &mut Tx, application_id: &str, op: &Op, outcome: &Outcome, account_id: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO draft_op (id, application_id, path, value, outcome, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, vals![op.id.as_str(), application_id, op.path.as_str(), op.value.clone(), json(outcome), account_id, now]).await?;
    if let Outcome::Applied { revision } = outcome {
        put_cell(tx, application_id, &op.path, &Cell { value: op.value.clone(), revision: *revision, op_id: op.id.clone() }).await?;
    }
    Ok(())
}

/// Sets a cell.
pub async fn put_cell(tx: &mut Tx, application_id: &str, path: &str, cell: &Cell) -> Result<()> {
    let sql = "INSERT INTO draft_cell (application_id, path, value, revision, op_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (application_id, path) \
               DO UPDATE SET value = excluded.value, revision = excluded.revision, op_id = excluded.op_id";
    tx.run(sql, vals![application_id, path, cell.value.clone(), cell.revision, cell.op_id.as_str()]).await?;
    Ok(())
}

/// How many paths a draft holds.
pub async fn count_cells(tx: &mut Tx, application_id: &str) -> Result<i64> {
    tx.row("SELECT COUNT(*) AS n FROM draft_cell WHERE application_id = $1", vals![application_id]).await?.map_or(Ok(0), |row| row.int("n"))
}

/// A submitted version: its frozen body, hash, and when.
pub struct Version {
    pub version: i64,
    pub body: String,
    pub sha256: String,
    pub submitted_at: i64,
}

/// The version a click of "submit" made, by its client id.
pub async fn find_submission(tx: &mut Tx, client_id: &str) -> Result<Option<String>> {
    tx.row("SELECT application_id FROM application_version WHERE client_id = $1", vals![client_id]).await?.map(|r| r.text("application_id")).transpose()
}

/// One version of an application; the newest for `None`.
pub async fn find_version(tx: &mut Tx, application_id: &str, version: Option<i64>) -> Result<Option<Version>> {
    let sql = "SELECT version, body, sha256, submitted_at FROM application_version WHERE application_id = $1 AND (version = $2 OR $2 = 0) ORDER BY version DESC LIMIT 1";
    let Some(row) = tx.row(sql, vals![application_id, version.unwrap_or(0)]).await? else { return Ok(None) };
    Ok(Some(Version { version: row.int("version")?, body: row.text("body")?, sha256: row.text("sha256")?, submitted_at: row.int("submitted_at")? }))
}

/// Stores a frozen version; a second one under the same client id fails.
pub async fn insert_version(tx: &mut Tx, application_id: &str, client_id: &str, v: &Version, account_id: &str) -> Result<()> {
    insert_versions(tx, &[(application_id, client_id, v, account_id)]).await
}

/// Stores frozen versions, each with its application, click and account.
pub async fn insert_versions(tx: &mut Tx, versions: &[(&str, &str, &Version, &str)]) -> Result<()> {
    let row = |(application_id, client_id, v, account_id): &(&str, &str, &Version, &str)| {
        vals![*application_id, v.version, *client_id, v.body.as_str(), v.sha256.as_str(), *account_id, v.submitted_at]
    };
    let into = "application_version (application_id, version, client_id, body, sha256, submitted_by, submitted_at)";
    tx.insert_all(into, versions.iter().map(row).collect()).await
}

/// What 许可管理 is filtered by; empty fields do not filter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub no: String,
    /// A part of the names of the items (项目名称).
    pub item: String,
    pub category: String,
    pub kind: String,
    pub state: String,
    pub authority: String,
    /// Unix milliseconds.
    pub from: Option<i64>,
    pub to: Option<i64>,
}

impl Record {
    /// What of it its case rests on.
    pub fn file(&self) -> crate::casework::store::Record {
        crate::casework::store::Record {
            id: self.id.clone(),
            no: self.no.clone(),
            unit_id: self.unit_id.clone(),
            authority_code: self.authority_code.clone(),
            catalogue_version: self.catalogue_version.clone(),
            category: self.category.clone(),
            kind: self.kind.clone(),
            items: self.items.clone(),
            employers: self.employers.clone(),
            case: self.case.clone(),
        }
    }
}

impl Filter {
    /// The filter of a posted form; days are legal days, `to` included.
    pub fn of(values: &crate::form::Values) -> Filter {
        let get = |key: &str| values.get(key).map(|v| v.trim().to_owned()).unwrap_or_default();
        let day = |key: &str, plus: i64| get(key).parse::<jiff::civil::Date>().ok().map(|date| crate::base::workdays::start_of(date) + plus);
        Filter {
            no: get("no"),
            item: get("item"),
            category: get("category"),
            kind: get("kind"),
            state: get("state"),
            authority: get("authority"),
            from: day("from", 0),
            to: day("to", 86_400_000),
        }
    }

    fn sql(&self, unit_id: &str) -> (String, Vec<Val>) {
        let mut sql = "a.unit_id = $1".to_owned();
        let mut args = vals![unit_id];
        let mut and = |clause: &str, value: Val| {
            args.push(value);
            sql.push_str(&format!(" AND {}", clause.replace('?', &format!("${}", args.len()))));
        };
        for (column, value) in [("a.category", &self.category), ("a.kind", &self.kind), ("a.state", &self.state), ("a.authority_code", &self.authority)] {
            if !value.is_empty() {
                and(&format!("{column} = ?"), value.into());
            }
        }
        if self.state.is_empty() {
            and("a.state <> ?", "deleted".into());
        }
        if !self.no.is_empty() {
            and("a.no >= ?", self.no.as_str().into());
            and("a.no < ?", format!("{}~", self.no).into());
        }
        if !self.item.is_empty() {
            // Of persons' items the names are known in English, too.
            let codes = PersonnelCodes::builtin().codes.iter().filter(|code| code.decider().is_some() && text::holds_words(&code.words(), &self.item));
            let items: Vec<String> = codes.map(|code| format!("'[\"{}\"]'", code.code)).chain(["NULL".to_owned()]).collect();
            let found = format!("(LOWER(a.item_labels) LIKE ? ESCAPE '!' OR (a.category = '{PERSONNEL}' AND a.items IN ({})))", items.join(", "));
            and(&found, text::like(&self.item).into());
        }
        if let Some(from) = self.from {
            and("a.submitted_at >= ?", from.into());
        }
        if let Some(to) = self.to {
            and("a.submitted_at < ?", to.into());
        }
        (sql, args)
    }
}

/// A page of a unit's applications, newest first. `after` and `before` are keys of a neighbouring page's last or first row.
pub async fn list(tx: &mut Tx, unit_id: &str, filter: &Filter, cursor: Option<(i64, String)>, newer: bool, limit: i64) -> Result<Vec<Record>> {
    let (mut sql, mut args) = filter.sql(unit_id);
    if let Some((at, id)) = cursor {
        let n = args.len();
        let sign = if newer { ">" } else { "<" };
        sql.push_str(&format!(" AND (a.created_at {sign} ${} OR (a.created_at = ${} AND a.id {sign} ${}))", n + 1, n + 1, n + 2));
        args.extend(vals![at, id]);
    }
    let order = if newer { "ASC" } else { "DESC" };
    args.push(limit.into());
    let sql = format!("{RECORD} WHERE {sql} ORDER BY a.created_at {order}, a.id {order} LIMIT ${}", args.len());
    let mut rows = tx.rows(sql, args).await?.iter().map(record).collect::<Result<Vec<_>>>()?;
    if newer {
        rows.reverse();
    }
    Ok(rows)
}

/// A person's applications but one (of no id: all) from submission until the register knows what came of them.
pub async fn others_under_way(tx: &mut Tx, unit_id: &str, category: &str, but: &str) -> Result<Vec<Record>> {
    let states: Vec<String> = OPEN.iter().chain(&[State::Granted]).map(|state| format!("'{}'", state.word())).collect();
    let sql = format!("{RECORD} WHERE a.unit_id = $1 AND a.category = $2 AND a.id <> $3 AND a.state IN ({}) ORDER BY a.id LIMIT 100", states.join(", "));
    tx.rows(sql, vals![unit_id, category, but]).await?.iter().map(record).collect()
}

/// Cases of a unit that are under way, until what was decided is served and published: those that wait for the unit first, then
/// the most urgent.
pub async fn under_way(tx: &mut Tx, unit_id: &str, limit: i64) -> Result<Vec<Record>> {
    let sql =
        format!("{RECORD} WHERE a.unit_id = $1 AND a.turn <> '' AND a.state <> 'draft' ORDER BY a.turn <> $3, COALESCE(a.due_on, '9999-12-31'), a.id LIMIT $2");
    tx.rows(sql, vals![unit_id, limit, Role::Signer.word()]).await?.iter().map(record).collect()
}

/// How many applications fit, counted no further than `cap`.
pub async fn count(tx: &mut Tx, unit_id: &str, filter: &Filter, cap: i64) -> Result<i64> {
    let (sql, mut args) = filter.sql(unit_id);
    args.push((cap + 1).into());
    let sql = format!("SELECT COUNT(*) AS n FROM (SELECT 1 FROM application a WHERE {sql} LIMIT ${}) AS counted", args.len());
    tx.row(sql, args).await?.map_or(Ok(0), |row| row.int("n"))
}

/// The authorities a unit's applications go to, code and name.
pub async fn authorities(tx: &mut Tx, unit_id: &str) -> Result<Vec<(String, String)>> {
    let sql = "SELECT DISTINCT t.code, t.name FROM application a JOIN authority t ON t.code = a.authority_code WHERE a.unit_id = $1 ORDER BY t.code";
    tx.rows(sql, vals![unit_id]).await?.iter().map(|row| Ok((row.text("code")?, row.text("name")?))).collect()
}

/// What a path held at an earlier revision, from the history.
pub async fn value_at(tx: &mut Tx, application_id: &str, path: &str, revision: i64) -> Result<Option<String>> {
    let sql = "SELECT value, outcome FROM draft_op WHERE application_id = $1 AND path = $2";
    let mut best = (-1, None);
    for row in tx.rows(sql, vals![application_id, path]).await? {
        if let Ok(Outcome::Applied { revision: at }) = serde_json::from_str(&row.text("outcome")?)
            && at <= revision
            && at > best.0
        {
            best = (at, row.opt_text("value")?);
        }
    }
    Ok(best.1)
}
