//! Applications on both engines: every use case with its refusals, somebody else's case, the second time, and many at once.

mod changing;
mod correcting;
mod creating;
mod cutting;
mod files;
mod institutions;
mod life;
mod listing;
mod person;
mod placing;
mod plain;
mod posting;
mod practising;
mod rechoosing;
mod routing;
mod saving;
mod secrets;
mod submitting;

use super::book::{CaseFacts, flatten};
use super::model::{Batch, Saved};
use super::picker::Chosen;
use super::service;
use crate::account::model::Role;
use crate::account::store::{Unit, insert_unit};
use crate::base::workdays::start_of;
use crate::error::{AppError, Result};
use crate::form::{Base, Op, Outcome, Severity, Values};
use crate::server::app::Visit;
use crate::server::files::store::File;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::server::testing::TestApp;
use jiff::civil::date;

const VALVE: &str = include_str!("../../../end2end/fixtures/valve-maker.json");
const CALIBRATION: &str = include_str!("../../../end2end/fixtures/calibration-institute.json");
const NATIONAL: &str = include_str!("../../../end2end/fixtures/national-maker.json");

/// A unit and its whole book, as the browser tests type it.
struct Sample {
    case: CaseFacts,
    profile: Values,
    typed: Values,
}

impl Sample {
    fn of(file: &str) -> Sample {
        let file: serde_json::Value = serde_json::from_str(file).unwrap();
        Sample {
            case: serde_json::from_value(file["case"].clone()).unwrap(),
            profile: serde_json::from_value(file["profile"].clone()).unwrap(),
            typed: flatten(&file["pages"]),
        }
    }

    /// What the picker is told.
    fn chosen(&self) -> Chosen {
        Chosen {
            category: self.case.category.clone(),
            items: self.case.items.iter().map(|item| item.id.clone()).collect(),
            places: self.case.addresses.clone(),
            set_up_by: String::new(),
        }
    }

    /// What of the answers stands at a place for attachments.
    fn files(&self) -> Vec<(String, String)> {
        let pages = super::book::pages(&self.case.category, &self.case.kind);
        let slot = |path: &str| pages.iter().flat_map(|page| page.slots().map(|s| page.path(s.key))).find(|slot| path.starts_with(&format!("{slot}/")));
        self.typed.iter().filter_map(|(path, name)| Some((slot(path)?, name.clone()))).collect()
    }

    /// What is typed: neither a file, nor an address that the picker gave, nor what is not typed at all.
    fn answers(&self) -> Values {
        let pages = super::book::pages(&self.case.category, &self.case.kind);
        let slots: Vec<String> = pages.iter().flat_map(|page| page.slots().map(|s| page.path(s.key))).collect();
        let is_fixed = |path: &str| pages.iter().find_map(|page| page.field_at(path)).is_some_and(|field| field.fixed);
        let is_file = |path: &str| slots.iter().any(|slot| path.starts_with(&format!("{slot}/")));
        self.typed
            .iter()
            .filter(|(path, _)| !path.starts_with("basic/addresses/") && !is_fixed(path) && !is_file(path))
            .map(|(p, v)| (p.clone(), v.clone()))
            .collect()
    }
}

/// Noon of the day on which the samples are right.
fn set_the_day(test: &TestApp) {
    test.app.clock.advance(start_of(date(2026, 11, 22)) + 12 * 3_600_000 - test.app.clock.now());
}

/// An application for each engine, on the day of the samples.
async fn engines() -> Vec<TestApp> {
    let all = TestApp::all().await;
    all.iter().for_each(set_the_day);
    all
}

/// The unit of a sample, its owner signed in.
async fn owner(test: &TestApp, sample: &Sample) -> Visit {
    let of = |key: &str| sample.profile.get(key).cloned().unwrap_or_default();
    let unit = Unit {
        id: ids::new(test.app.clock.now()),
        kind: if sample.case.category == "manufacture" { "enterprise" } else { "institution" }.into(),
        name: sample.case.org_name.clone(),
        code: sample.case.uscc.clone(),
        unit_type: of("org_type"),
        region: of("region"),
        profile: sample.profile.clone(),
        created_at: test.app.clock.now(),
    };
    let id = unit.id.clone();
    test.app.db.write(move |tx| Box::pin(async move { insert_unit(tx, &unit).await })).await.unwrap();
    test.join(&id, Role::Owner).await
}

fn unit_of(visit: &Visit) -> String {
    visit.unit().unwrap().1.to_owned()
}

/// A new draft's number.
async fn draft(visit: &Visit, chosen: Chosen) -> String {
    number(service::create(visit, chosen, "").await.unwrap())
}

fn number(answer: Answer) -> String {
    let Answer::Go(to) = answer else { panic!("{}", told(answer)) };
    to.strip_prefix("/applications/").unwrap().to_owned()
}

fn told(answer: Answer) -> String {
    match answer {
        Answer::Told(say) => say.zh.into_owned(),
        Answer::Go(to) => panic!("went on to {to}"),
        _ => panic!("nothing was told"),
    }
}

/// The owner of the valve maker with a fresh draft.
async fn begun(test: &TestApp) -> (Visit, String) {
    let sample = Sample::of(VALVE);
    let owner = owner(test, &sample).await;
    let no = draft(&owner, sample.chosen()).await;
    (owner, no)
}

fn op(id: &str, path: &str, base: Base, value: &str) -> Op {
    Op { id: id.into(), path: path.into(), base, value: Some(value.into()) }
}

fn gone(id: &str, path: &str, base: Base) -> Op {
    Op { id: id.into(), path: path.into(), base, value: None }
}

const NEW: Base = Base::Revision(0);

async fn save(visit: &Visit, no: &str, ops: &[Op]) -> Result<Saved> {
    service::save(visit, Batch { no: no.into(), seen: i64::MAX, ops: ops.to_vec() }).await
}

/// What became of one op.
async fn one(visit: &Visit, no: &str, op: Op) -> Outcome {
    save(visit, no, &[op]).await.unwrap().outcomes.remove(0).1
}

/// The draft's revision.
async fn revision(visit: &Visit, no: &str) -> i64 {
    service::changes(visit, no, i64::MAX).await.unwrap().revision
}

/// Types all answers of a sample, whatever was there.
async fn lay(visit: &Visit, no: &str, values: Values) {
    let seen = Base::Revision(revision(visit, no).await);
    let ops: Vec<Op> = values.into_iter().map(|(path, value)| op(&ids::token(), &path, seen.clone(), &value)).collect();
    let saved = save(visit, no, &ops).await.unwrap();
    assert!(saved.outcomes.iter().all(|(_, outcome)| matches!(outcome, Outcome::Applied { .. })), "{:?}", saved.outcomes);
}

/// A complete upload for a place of an application.
async fn uploaded(visit: &Visit, no: &str, slot: &str, name: &str) -> String {
    let (caller, unit) = visit.unit().unwrap();
    let now = visit.now();
    let file = File {
        id: ids::new(now),
        unit_id: Some(unit.into()),
        account_id: caller.account_id.clone(),
        application_no: no.into(),
        slot: slot.into(),
        name: name.into(),
        size: 3,
        received: 3,
        media: "application/pdf".into(),
        sha256: ids::digest(name),
        created_at: now,
        completed_at: Some(now),
        attached_at: None,
    };
    let id = file.id.clone();
    visit.app.db.write(move |tx| Box::pin(async move { crate::server::files::store::create(tx, &file).await })).await.unwrap();
    id
}

/// A draft with every answer and file of a sample.
async fn complete(visit: &Visit, sample: &Sample) -> String {
    let no = draft(visit, sample.chosen()).await;
    lay(visit, &no, sample.answers()).await;
    for (slot, name) in sample.files() {
        let id = uploaded(visit, &no, &slot, &name).await;
        service::attach_file(visit, &no, &slot, &id).await.unwrap();
    }
    no
}

/// The errors a book has.
async fn errors(visit: &Visit, no: &str) -> Vec<String> {
    let issues = service::review(visit, no).await.unwrap().issues;
    issues.into_iter().flat_map(|(_, issues)| issues).filter(|i| i.severity == Severity::Error).map(|i| i.path).collect()
}

/// The one number of a query about a text.
async fn count(test: &TestApp, sql: &'static str, about: &str) -> i64 {
    test.app.db.read().await.unwrap().row(sql, crate::vals![about]).await.unwrap().unwrap().int("n").unwrap()
}

fn is_moved<T: std::fmt::Debug>(result: Result<T>) -> bool {
    matches!(result, Err(AppError::Moved(_)))
}

fn is_bad<T: std::fmt::Debug>(result: Result<T>) -> bool {
    matches!(result, Err(AppError::BadRequest(_)))
}
