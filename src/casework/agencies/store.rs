//! All SQL of what review agencies can do and of their reviewers, and of the days those are away; the days of a case are
//! written by the store of cases.

use super::model::{Competence, Engaged, Reviewer};
use crate::error::{OrBroken, Result};
use crate::server::db::{Row, Tx};
use crate::vals;
use crate::workflow::{Role, State};
use jiff::civil::Date;

/// States in which the agency has something in hand.
const IN_HAND: [State; 6] = [State::Entrusted, State::Scheduling, State::ScheduleReturned, State::Scheduled, State::UnderReview, State::Rectifying];

/// States from which a case may come back to the agency or body that was named: an entrustment is to come, what rests goes on, and marks
/// are complained about.
const EXPECTED: [State; 3] = [State::Accepted, State::Suspended, State::ExamFailed];

fn words(states: &[State]) -> String {
    states.iter().map(|state| format!("'{}'", state.word())).collect::<Vec<_>>().join(", ")
}

/// Numbers of the cases that need an agency or an examination body, or may yet: of those that failed, if the marks came after `since`
/// (unix milliseconds). At most so many as one reads.
pub async fn needing(tx: &mut Tx, agency_id: &str, since: i64) -> Result<Vec<String>> {
    let states = words(&[&IN_HAND[..], &EXPECTED].concat());
    let sql = format!(
        "SELECT no FROM application WHERE agency_id = $1 AND (state IN ({states}) OR turn = $2 OR (state = $3 AND changed_at > $4)) ORDER BY no LIMIT 20"
    );
    let args = vals![agency_id, Role::ExamOfficer.word(), State::Failed.word(), since];
    tx.rows(sql, args).await?.iter().map(|row| row.text("no")).collect()
}

/// What an agency can do, kind by kind.
pub async fn competence(tx: &mut Tx, agency_id: &str) -> Result<Vec<Competence>> {
    let sql = "SELECT equipment_kind, province FROM agency_competence WHERE agency_id = $1 ORDER BY equipment_kind, province LIMIT 2000";
    let mut all: Vec<Competence> = Vec::new();
    for row in tx.rows(sql, vals![agency_id]).await? {
        let (kind, province) = (row.text("equipment_kind")?, row.text("province")?);
        match all.last_mut() {
            Some(last) if last.kind == kind => last.provinces.push(province),
            _ => all.push(Competence { kind, provinces: vec![province] }),
        }
    }
    Ok(all)
}

/// Gives an agency exactly these provinces for a kind.
pub async fn set_competence(tx: &mut Tx, agency_id: &str, kind: &str, provinces: &[String]) -> Result<()> {
    tx.run("DELETE FROM agency_competence WHERE agency_id = $1 AND equipment_kind = $2", vals![agency_id, kind]).await?;
    for province in provinces {
        let sql = "INSERT INTO agency_competence (agency_id, equipment_kind, province) VALUES ($1, $2, $3)";
        tx.run(sql, vals![agency_id, kind, province]).await?;
    }
    Ok(())
}

/// An agency as it is judged for a case: its id and name, what it has in hand, and the kinds it is competent for, each with
/// whether in the province asked about.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub id: String,
    pub name: String,
    pub open: i64,
    pub kinds: Vec<(String, bool)>,
}

/// Every agency but one, for a province.
pub async fn candidates(tx: &mut Tx, but: &str, province: &str) -> Result<Vec<Candidate>> {
    let states = words(&IN_HAND);
    let sql = format!(
        "SELECT u.id, u.name, COALESCE(h.n, 0) AS open, c.equipment_kind, COUNT(CASE WHEN c.province = $2 THEN 1 END) AS here FROM unit u \
         LEFT JOIN (SELECT agency_id, COUNT(*) AS n FROM application WHERE agency_id IS NOT NULL AND state IN ({states}) GROUP BY agency_id) AS h \
         ON h.agency_id = u.id LEFT JOIN agency_competence c ON c.agency_id = u.id WHERE u.kind = 'agency' AND u.id <> $1 \
         GROUP BY u.id, u.name, h.n, c.equipment_kind ORDER BY u.id, c.equipment_kind LIMIT 20000"
    );
    let mut all: Vec<Candidate> = Vec::new();
    for row in tx.rows(sql, vals![but, province]).await? {
        let (id, kind) = (row.text("id")?, row.opt_text("equipment_kind")?);
        if all.last().is_none_or(|last| last.id != id) {
            all.push(Candidate { id, name: row.text("name")?, open: row.int("open")?, kinds: Vec::new() });
        }
        if let (Some(last), Some(kind)) = (all.last_mut(), kind) {
            last.kinds.push((kind, row.int("here")? > 0));
        }
    }
    Ok(all)
}

fn reviewer(row: &Row) -> Result<Reviewer> {
    Ok(Reviewer {
        id: row.text("id")?,
        name: row.text("name")?,
        number: row.text("number")?,
        kinds: row.text("kinds")?.split(',').filter(|kind| !kind.is_empty()).map(str::to_owned).collect(),
        is_active: row.flag("is_active")?,
    })
}

/// The reviewers of an agency, those that may be sent first.
pub async fn reviewers(tx: &mut Tx, agency_id: &str) -> Result<Vec<Reviewer>> {
    let sql = "SELECT id, name, number, kinds, is_active FROM reviewer WHERE agency_id = $1 ORDER BY is_active DESC, name, id LIMIT 1000";
    tx.rows(sql, vals![agency_id]).await?.iter().map(reviewer).collect()
}

/// Stores a new reviewer.
pub async fn insert_reviewer(tx: &mut Tx, agency_id: &str, r: &Reviewer, now: i64) -> Result<()> {
    let sql = "INSERT INTO reviewer (id, agency_id, name, number, kinds, is_active, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    tx.run(sql, vals![&r.id, agency_id, &r.name, &r.number, r.kinds.join(","), r.is_active, now]).await.map(drop)
}

/// Changes what of a reviewer may be changed; tells whether the agency has them.
pub async fn change_reviewer(tx: &mut Tx, agency_id: &str, id: &str, kinds: &str, is_active: bool) -> Result<bool> {
    let sql = "UPDATE reviewer SET kinds = $3, is_active = $4 WHERE id = $2 AND agency_id = $1";
    Ok(tx.run(sql, vals![agency_id, id, kinds, is_active]).await? == 1)
}

/// The days on which an agency's reviewers are taken, by day and reviewer.
pub async fn engaged(tx: &mut Tx, agency_id: &str, from: Date, to: Date) -> Result<Vec<Engaged>> {
    let sql = "SELECT b.reviewer, b.day, a.no, u.name AS unit FROM review_booking b LEFT JOIN application a ON a.id = b.application_id \
               LEFT JOIN unit u ON u.id = a.unit_id WHERE b.agency_id = $1 AND b.day >= $2 AND b.day <= $3 ORDER BY b.day, b.reviewer LIMIT 20000";
    let engaged = |row: &Row| {
        let day: Date = row.text("day")?.parse().broken()?;
        Ok(Engaged { reviewer: row.text("reviewer")?, day, case: row.opt_text("no")?.zip(row.opt_text("unit")?) })
    };
    tx.rows(sql, vals![agency_id, from.to_string(), to.to_string()]).await?.iter().map(engaged).collect()
}

/// Takes a day of a reviewer for leave; one that a case has fails the change.
pub async fn block(tx: &mut Tx, agency_id: &str, reviewer: &str, day: Date) -> Result<()> {
    let sql = "INSERT INTO review_booking (agency_id, reviewer, day, application_id) VALUES ($1, $2, $3, NULL)";
    tx.run(sql, vals![agency_id, reviewer, day.to_string()]).await.map(drop)
}

/// Gives days of leave back; tells how many there were.
pub async fn unblock(tx: &mut Tx, agency_id: &str, reviewer: &str, from: Date, to: Date) -> Result<u64> {
    let sql = "DELETE FROM review_booking WHERE agency_id = $1 AND reviewer = $2 AND day >= $3 AND day <= $4 AND application_id IS NULL";
    tx.run(sql, vals![agency_id, reviewer, from.to_string(), to.to_string()]).await
}
