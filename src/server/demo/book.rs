//! What the demonstration's applicants fill in: the samples that the tests of the book and of the browser use too. Their
//! dates are moved so that they lie as far from today as they lay from the day of their application.

use super::paper::{pdf, photograph};
use crate::application::book::{CaseFacts, flatten, pages, prefill};
use crate::application::frozen::{Frozen, FrozenPart};
use crate::application::model::{Batch, FileView};
use crate::application::service;
use crate::error::{AppError, Result};
use crate::form::{Base, Doc, Op, Outcome, Page, Values};
use crate::server::app::Visit;
use crate::server::ids;
use axum::body::Bytes;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Answers by path.
pub struct Answers(Values);

impl Answers {
    /// A few answers.
    pub fn plain(answers: &[(&str, &str)]) -> Answers {
        Answers(answers.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect())
    }

    /// These answers with others laid over them.
    pub fn with(mut self, others: Values) -> Answers {
        self.0.extend(others);
        self
    }
}

/// A whole book.
pub struct Sample {
    pub facts: CaseFacts,
    pub answers: Answers,
    /// Place and name of each attachment.
    pub papers: Vec<(String, String)>,
}

impl Sample {
    /// The book with everything in it; a paper stands for itself by its name.
    pub(super) fn doc(&self, today: Date) -> Doc {
        let mut values = prefill(&Values::new(), &self.facts, today);
        values.retain(|path, _| !path.starts_with("basic/addresses/"));
        values.extend(self.answers.0.clone());
        values.extend(self.papers.iter().enumerate().map(|(n, (slot, name))| (format!("{slot}/f{n}"), name.clone())));
        Doc::of(values)
    }
}

fn bad(cause: serde_json::Error) -> AppError {
    AppError::BadRequest(format!("sample: {cause}"))
}

/// Reads a sample file as of today.
pub fn sample(file: &str, today: Date) -> Result<Sample> {
    let file: Value = serde_json::from_str(file).map_err(bad)?;
    let facts: CaseFacts = serde_json::from_value(file["case"].clone()).map_err(bad)?;
    let mut answers = flatten(&file["pages"]);
    let filed = answers.get("cover/apply_date").and_then(|date| date.parse::<Date>().ok()).unwrap_or(today);
    let days = (today - filed).get_days();
    let slots: Vec<String> = pages(&facts.category, &facts.kind).iter().flat_map(|page| page.slots().map(|slot| page.path(slot.key))).collect();
    let slot_of = |path: &str| path.rsplit_once('/').map(|(slot, _)| slot.to_owned()).filter(|slot| slots.contains(slot));
    let papers = answers.iter().filter_map(|(path, name)| Some((slot_of(path)?, name.clone()))).collect();
    answers.retain(|path, _| slot_of(path).is_none());
    answers.values_mut().for_each(|value| {
        if let Some(date) = value.parse::<Date>().ok().filter(|_| value.len() == 10) {
            *value = date.saturating_add(days.days()).to_string();
        }
    });
    Ok(Sample { facts, answers: Answers(answers), papers })
}

/// 样表: a book as it reads when it is filled in, the valve maker's, or that of a person's first qualification.
///
/// # Errors
/// [`AppError::BadRequest`] for a file of samples that is none.
pub fn sample_form(personnel: bool, today: Date) -> Result<Frozen> {
    let sample = if personnel { super::persons::sample()? } else { sample(super::VALVE, today)? };
    let doc = sample.doc(today);
    let files: Vec<FileView> = sample.papers.into_iter().map(|(_, name)| FileView { id: name.clone(), name, size: 0, sha256: String::new() }).collect();
    let mut frozen = service::freeze_sample(&sample.facts, &doc, &files);
    // The papers are only named: there is nothing to open.
    for part in frozen.pages.iter_mut().flat_map(|page| &mut page.parts) {
        if let FrozenPart::Files { files, .. } = part {
            files.iter_mut().for_each(|file| file.id.clear());
        }
    }
    Ok(frozen)
}

/// The wrong values of the sample of mistakes, by path.
pub fn wrong(file: &str) -> Result<Values> {
    let file: BTreeMap<String, Value> = serde_json::from_str(file).map_err(bad)?;
    Ok(file.into_iter().filter_map(|(path, case)| Some((path, case["value"].as_str()?.to_owned()))).collect())
}

/// Saves answers into a draft as its pages do: what is there already is not typed again, nor is what nobody types.
pub async fn fill(visit: &Visit, no: &str, answers: Answers) -> Result<()> {
    let there = service::changes(visit, no, -1).await?;
    let doc = Doc { revision: there.revision, cells: there.changed };
    let head = service::review(visit, no).await?.head;
    let book = pages(&head.category, &head.kind);
    let tables = book.iter().flat_map(|page| page.tables().filter(|table| !table.is_given()).map(|table| page.path(table.key)));
    let given: Vec<String> = tables.filter(|table| !doc.rows(table).is_empty()).collect();
    let is_given = |path: &str| given.iter().any(|table| path.strip_prefix(table.as_str()).is_some_and(|rest| rest.starts_with('/')));
    let is_fixed = |path: &str| book.iter().find_map(|page: &&'static Page| page.field_at(path)).is_some_and(|field| field.fixed);
    let typed =
        answers.0.into_iter().filter(|(path, value)| !is_given(path) && !is_fixed(path) && (doc.cells.get(path).and_then(|c| c.value.as_ref()) != Some(value)));
    let op = |(path, value)| Op { id: ids::new(visit.now()), path, base: Base::Revision(doc.revision), value: Some(value) };
    let ops: Vec<Op> = typed.map(op).collect();
    let saved = service::save(visit, Batch { no: no.to_owned(), seen: doc.revision, ops }).await?;
    match saved.outcomes.iter().find(|(_, outcome)| !matches!(outcome, Outcome::Applied { .. })) {
        Some((op, _)) => Err(AppError::BadRequest(format!("the draft was changed meanwhile ({op})"))),
        None => Ok(()),
    }
}

/// Uploads papers to their places.
pub async fn attach(visit: &Visit, no: &str, papers: &[(String, String)]) -> Result<()> {
    for (slot, name) in papers {
        upload(visit, no, slot, name).await?;
    }
    Ok(())
}

/// Uploads a paper or a photograph, and tells its id.
pub async fn upload(visit: &Visit, no: &str, slot: &str, name: &str) -> Result<String> {
    let bytes = Bytes::from(if name.ends_with(".png") { photograph() } else { pdf(name.trim_end_matches(".pdf")) });
    let file = crate::server::files::service::take(visit, no, slot, name, futures::stream::iter([Ok::<_, Infallible>(bytes)])).await?;
    Ok(file.id)
}
