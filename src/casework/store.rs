//! All SQL of `case_event`, of the columns of `application` that a case's events make, and of reviewers' bookings. Events
//! are only ever added; each holds the hash of the one before, so that a change of any of them shows.

mod folded;
mod queue;

pub use folded::{folded, put_folded, reproject, with_events};
pub use queue::{Whose, count_queue, count_queues, cursor, find_entry, queue};

use super::committed::Committed;
use super::model::Happening;
use crate::error::{OrBroken, Result};
use crate::server::db::{Row, Tx};
use crate::server::ids;
use crate::vals;
use crate::workflow::action::Window;
use crate::workflow::{Action, Booking, Case, Event, Role};
use jiff::civil::Date;
use serde::Serialize;

/// What of an application its case rests on.
#[derive(Clone, Debug)]
pub struct Record {
    pub id: String,
    pub no: String,
    pub unit_id: String,
    pub authority_code: String,
    pub catalogue_version: String,
    pub category: String,
    pub kind: String,
    pub items: Vec<String>,
    /// 执业单位 a person's case asks.
    pub employers: Vec<String>,
    pub case: Case,
}

const RECORD: &str = "SELECT id, no, unit_id, authority_code, catalogue_version, category, kind, items, employers, projection FROM application";

fn record(row: &Row) -> Result<Record> {
    Ok(Record {
        id: row.text("id")?,
        no: row.text("no")?,
        unit_id: row.text("unit_id")?,
        authority_code: row.text("authority_code")?,
        catalogue_version: row.text("catalogue_version")?,
        category: row.text("category")?,
        kind: row.text("kind")?,
        items: serde_json::from_str(&row.text("items")?).broken()?,
        employers: serde_json::from_str(&row.text("employers")?).broken()?,
        case: read_case(row)?,
    })
}

/// The projection in a row.
pub fn read_case(row: &Row) -> Result<Case> {
    serde_json::from_str(&row.text("projection")?).broken()
}

/// A case by its application's number.
pub async fn find(tx: &mut Tx, no: &str) -> Result<Option<Record>> {
    tx.row(format!("{RECORD} WHERE no = $1"), vals![no]).await?.map(|row| record(&row)).transpose()
}

/// Cases by their ids.
pub async fn find_all(tx: &mut Tx, ids: &[&str]) -> Result<Vec<Record>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=ids.len()).map(|n| format!("${n}")).collect();
    let args = ids.iter().map(|id| (*id).into()).collect();
    tx.rows(format!("{RECORD} WHERE id IN ({})", marks.join(", ")), args).await?.iter().map(record).collect()
}

/// Numbers of cases for which time has something to do.
pub async fn due(tx: &mut Tx, now: i64, limit: i64) -> Result<Vec<String>> {
    tx.rows("SELECT no FROM application WHERE wake_at <= $1 ORDER BY wake_at LIMIT $2", vals![now, limit]).await?.iter().map(|row| row.text("no")).collect()
}

/// Holds a case for the rest of a change, if it still is at this revision: the compare-and-swap every action begins with.
pub async fn claim(tx: &mut Tx, application_id: &str, revision: i64) -> Result<bool> {
    let sql = "UPDATE application SET case_revision = case_revision WHERE id = $1 AND case_revision = $2";
    Ok(tx.run(sql, vals![application_id, revision]).await? == 1)
}

/// Stores what a case has become: the whole, and the columns queues and lists look at. `due` and `wake` are the running
/// clock's last day and the instant of time's next step.
pub async fn project(tx: &mut Tx, application_id: &str, case: &Case, due: Option<Date>, wake: Option<i64>, now: i64) -> Result<()> {
    let sql = "UPDATE application SET state = $2, case_revision = $3, turn = $4, due_on = $5, wake_at = $6, agency_id = $7, handler_id = $8, \
               projection = $9, submitted_at = $10, ended_at = $11, changed_at = $12, asked = $13 WHERE id = $1";
    let args = vals![
        application_id,
        case.state.word(),
        case.revision,
        case.turn().map_or("", Role::word),
        due.map(|day| day.to_string()),
        wake,
        case.agency.clone(),
        case.handler.clone(),
        serde_json::to_string(case).broken()?,
        case.submitted_at,
        case.ended_at,
        now,
        case.asked().map_or("", Role::word),
    ];
    tx.run(sql, args).await.map(drop)
}

/// A row of `case_event` as it is hashed: these fields in this order, for ever.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub application_id: String,
    pub seq: i64,
    pub at: i64,
    pub account_id: String,
    pub role: String,
    pub event: String,
    pub payload: String,
    pub reason: String,
    /// JSON list of ids.
    pub documents: String,
    pub client_id: Option<String>,
    pub previous: String,
}

impl Link {
    /// SHA-256 over the canonical text.
    pub fn hash(&self) -> Result<String> {
        Ok(ids::digest(&serde_json::to_string(self).broken()?))
    }

    /// The event it records.
    pub fn event(&self) -> Result<Event> {
        let role = Role::of_word(&self.role).ok_or_else(|| std::io::Error::other(format!("role {}", self.role))).broken()?;
        Ok(Event { at: self.at, by: self.account_id.clone(), role, action: serde_json::from_str(&self.payload).broken()? })
    }
}

const LINK: &str = "SELECT application_id, seq, at, account_id, role, event, payload, reason, documents, client_id, previous, hash FROM case_event";

fn link(row: &Row) -> Result<(Link, String)> {
    let link = Link {
        application_id: row.text("application_id")?,
        seq: row.int("seq")?,
        at: row.int("at")?,
        account_id: row.text("account_id")?,
        role: row.text("role")?,
        event: row.text("event")?,
        payload: row.text("payload")?,
        reason: row.text("reason")?,
        documents: row.text("documents")?,
        client_id: row.opt_text("client_id")?,
        previous: row.text("previous")?,
    };
    Ok((link, row.text("hash")?))
}

/// What a click did besides the events: its own name, and the documents it made.
#[derive(Clone, Debug, Default)]
pub struct Click<'a> {
    /// Names the click, so that sent again it is done once; empty if nobody would send it again.
    pub id: &'a str,
    pub documents: &'a [String],
}

/// Adds events to the end of a case's record, which the caller holds. The click's name and documents go with the last.
pub async fn append(tx: &mut Tx, application_id: &str, revision: i64, events: &[Event], click: &Click<'_>) -> Result<()> {
    let last = tx.row("SELECT hash FROM case_event WHERE application_id = $1 AND seq = $2", vals![application_id, revision]).await?;
    let previous = last.map_or(Ok(String::new()), |row| row.text("hash"))?;
    let links = chain(application_id, revision, previous, events, click)?;
    insert(tx, links).await
}

/// The rows of events that follow a revision and its hash, each with its own hash.
pub fn chain(application_id: &str, revision: i64, mut previous: String, events: &[Event], click: &Click<'_>) -> Result<Vec<(Link, String)>> {
    let mut links = Vec::with_capacity(events.len());
    for (at, event) in events.iter().enumerate() {
        let is_last = at + 1 == events.len();
        let documents: &[String] = if is_last { click.documents } else { &[] };
        let link = Link {
            application_id: application_id.to_owned(),
            seq: revision + i64::try_from(at).broken()? + 1,
            at: event.at,
            account_id: event.by.clone(),
            role: event.role.word().to_owned(),
            event: event.word().to_owned(),
            payload: serde_json::to_string(&event.action).broken()?,
            reason: event.action.reason().to_owned(),
            documents: serde_json::to_string(documents).broken()?,
            client_id: (is_last && !click.id.is_empty()).then(|| click.id.to_owned()),
            previous,
        };
        previous = link.hash()?;
        links.push((link, previous.clone()));
    }
    Ok(links)
}

/// Stores rows of records.
pub async fn insert(tx: &mut Tx, links: Vec<(Link, String)>) -> Result<()> {
    let into = "case_event (application_id, seq, id, at, account_id, role, event, payload, reason, documents, client_id, previous, hash)";
    let row = |(l, hash): (Link, String)| {
        let id = ids::new(l.at);
        vals![l.application_id, l.seq, id, l.at, l.account_id, l.role, l.event, l.payload, l.reason, l.documents, l.client_id, l.previous, hash]
    };
    tx.insert_all(into, links.into_iter().map(row).collect()).await
}

/// What a click did to this case before.
pub async fn done_by(tx: &mut Tx, application_id: &str, click: &str) -> Result<Option<Action>> {
    let sql = "SELECT payload FROM case_event WHERE application_id = $1 AND client_id = $2";
    let row = tx.row(sql, vals![application_id, click]).await?.filter(|_| !click.is_empty());
    row.map(|row| serde_json::from_str(&row.text("payload")?).broken()).transpose()
}

/// A case's timeline, oldest first, with people's names.
pub async fn timeline(tx: &mut Tx, application_id: &str) -> Result<Vec<Happening>> {
    let sql = "SELECT e.at, e.role, e.payload, e.documents, COALESCE(a.person_name, '') AS who FROM case_event e \
               LEFT JOIN account a ON a.id = e.account_id WHERE e.application_id = $1 ORDER BY e.seq";
    let happening = |row: &Row| {
        let action: Action = serde_json::from_str(&row.text("payload")?).broken()?;
        Ok(Happening {
            at: row.int("at")?,
            what: action.kind(),
            role: Role::of_word(&row.text("role")?).unwrap_or(Role::System),
            who: row.text("who")?,
            said: action.told(),
            files: action.files().into_iter().map(|id| (id.to_owned(), String::new())).collect(),
            named: action.names(),
            documents: serde_json::from_str(&row.text("documents")?).broken()?,
        })
    };
    tx.rows(sql, vals![application_id]).await?.iter().map(happening).collect()
}

/// The events of a case.
pub async fn events(tx: &mut Tx, application_id: &str) -> Result<Vec<Event>> {
    let rows = tx.rows(format!("{LINK} WHERE application_id = $1 ORDER BY seq"), vals![application_id]).await?;
    rows.iter().map(|row| link(row)?.0.event()).collect()
}

/// The next rows of all records after one of them, case by case, with the hash each says it has.
pub async fn links_after(tx: &mut Tx, application_id: &str, seq: i64, limit: i64) -> Result<Vec<(Link, String)>> {
    let sql = format!("{LINK} WHERE application_id > $1 OR (application_id = $1 AND seq > $2) ORDER BY application_id, seq LIMIT $3");
    tx.rows(sql, vals![application_id, seq, limit]).await?.iter().map(link).collect()
}

/// The number of a case, and what its events are said to have made of it.
pub async fn projection(tx: &mut Tx, application_id: &str) -> Result<Option<(String, i64, Case)>> {
    let row = tx.row("SELECT no, case_revision, projection FROM application WHERE id = $1", vals![application_id]).await?;
    row.map(|row| Ok((row.text("no")?, row.int("case_revision")?, read_case(&row)?))).transpose()
}

/// The number of a case whose whole record is missing.
pub async fn find_without_record(tx: &mut Tx) -> Result<Option<String>> {
    let sql = "SELECT no FROM application a WHERE NOT EXISTS (SELECT 1 FROM case_event e WHERE e.application_id = a.id) ORDER BY no LIMIT 1";
    tx.row(sql, vals![]).await?.map(|row| row.text("no")).transpose()
}

/// Days on which reviewers of an agency are at another case, or away.
pub async fn bookings(tx: &mut Tx, agency_id: &str, application_id: &str, from: Date) -> Result<Vec<Booking>> {
    let sql = "SELECT reviewer, day FROM review_booking WHERE agency_id = $1 AND (application_id IS NULL OR application_id <> $2) AND day >= $3 ORDER BY day";
    let rows = tx.rows(sql, vals![agency_id, application_id, from.to_string()]).await?;
    let booking = |row: &Row| {
        let day: Date = row.text("day")?.parse().broken()?;
        Ok(Booking { reviewer: row.text("reviewer")?, window: Window { from: day, to: day } })
    };
    rows.iter().map(booking).collect()
}

/// Gives a case exactly these days of its agency's reviewers; one taken by another case fails the change.
pub async fn book(tx: &mut Tx, application_id: &str, agency_id: &str, reviewers: &[String], window: Option<Window>) -> Result<()> {
    tx.run("DELETE FROM review_booking WHERE application_id = $1", vals![application_id]).await?;
    let Some(window) = window else { return Ok(()) };
    let sql = "INSERT INTO review_booking (agency_id, reviewer, day, application_id) VALUES ($1, $2, $3, $4)";
    let days: Vec<Date> = std::iter::successors(Some(window.from), |day| day.tomorrow().ok()).take_while(|day| *day <= window.to).collect();
    for day in days {
        for reviewer in reviewers {
            tx.run(sql, vals![agency_id, reviewer, day.to_string(), application_id]).await?;
        }
    }
    Ok(())
}

/// Notes what an authority commits itself to, as JSON.
pub async fn put_committed(tx: &mut Tx, authority_code: &str, json: String) -> Result<()> {
    let sql = "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.run(sql, vals![format!("committed/{authority_code}"), json]).await.map(drop)
}

/// What an authority committed itself to, and what else it has set.
pub async fn committed(tx: &mut Tx, authority_code: &str) -> Result<Committed> {
    let row = tx.row("SELECT value FROM setting WHERE key = $1", vals![format!("committed/{authority_code}")]).await?;
    row.map_or_else(|| Ok(Committed::default()), |row| Ok(Committed::read(&row.text("value")?)))
}

/// Number and instant of a unit's applications for a kind of licence that were turned down for hidden or false data since an instant.
pub async fn refused_for_false_data(tx: &mut Tx, unit_id: &str, category: &str, since: i64) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT a.no, e.at, e.payload FROM application a CROSS JOIN case_event e WHERE a.unit_id = $1 AND a.category = $2 \
               AND e.application_id = a.id AND a.state IN ('refused', 'denied') AND e.event IN ('refused', 'denied') AND e.at >= $3";
    let mut found = Vec::new();
    for row in tx.rows(sql, vals![unit_id, category, since]).await? {
        let action: Action = serde_json::from_str(&row.text("payload")?).broken()?;
        if action.is_for_false_data() {
            found.push((row.text("no")?, row.int("at")?));
        }
    }
    Ok(found)
}

/// Who handed the application in last.
pub async fn find_submitter(tx: &mut Tx, application_id: &str) -> Result<Option<String>> {
    let sql = "SELECT account_id FROM case_event WHERE application_id = $1 AND event IN ('submitted', 'resubmitted') ORDER BY seq DESC LIMIT 1";
    tx.row(sql, vals![application_id]).await?.map(|row| row.text("account_id")).transpose()
}
