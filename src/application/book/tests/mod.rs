//! Tests of the books, with the samples they share.

#[cfg(feature = "ssr")]
mod correcting;
mod filling;
mod judging;
mod pages;
mod routing;

use super::checks::judge_with_files;
use super::choices::{KINDS, PERSON_KINDS};
use super::places::TOGETHER;
use super::*;
use crate::catalogue::{Authority, Catalogue, Delegation, Route, Rules};
use crate::form::{Doc, Issue, Part, Severity, Values};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);
static AUTHORITIES: LazyLock<Vec<Authority>> = LazyLock::new(Authority::builtin);

fn rules(delegations: &[Delegation]) -> Rules<'_> {
    Rules { catalogue: &CATALOGUE, authorities: &AUTHORITIES, delegations }
}

const TODAY: Date = date(2026, 11, 22);
const CATEGORIES: [&str; 7] = ["design", "manufacture", "install", "filling-mobile", "filling-cylinder", "calibration", "institution"];
const VALVE: &str = include_str!("../../../../end2end/fixtures/valve-maker.json");
const CALIBRATION: &str = include_str!("../../../../end2end/fixtures/calibration-institute.json");
const NATIONAL: &str = include_str!("../../../../end2end/fixtures/national-maker.json");
const WRONG: &str = include_str!("../../../../end2end/fixtures/wrong.json");

fn all_pages() -> Vec<&'static Page> {
    let of_units = CATEGORIES.iter().flat_map(|category| KINDS.iter().flat_map(|kind| pages(category, kind.key)));
    of_units.chain(PERSON_KINDS.iter().flat_map(|kind| pages(PERSONNEL, kind.key))).collect()
}

/// A sample: its facts, and its answers laid over what is filled in for the person.
fn sample(file: &str) -> (CaseFacts, Doc) {
    let file: Value = serde_json::from_str(file).unwrap();
    let facts: CaseFacts = serde_json::from_value(file["case"].clone()).unwrap();
    let profile: Values = serde_json::from_value(file["profile"].clone()).unwrap();
    let typed = flatten(&file["pages"]);
    let mut values = prefill(&profile, &facts, TODAY);
    values.retain(|path, _| !(path.starts_with("basic/addresses/") && typed.keys().any(|p| p.starts_with("basic/addresses/"))));
    values.extend(typed);
    (facts, Doc::of(values))
}

/// The facts with what the server finds out of the book: where it leads, by what is delivered.
fn routed(doc: &Doc, facts: &CaseFacts) -> CaseFacts {
    let own = AUTHORITIES.iter().find(|authority| authority.name == facts.authority);
    CaseFacts { authority_code: own.map(|own| own.code.clone()).unwrap_or_default(), route: Some(route(&rules(&[]), facts, doc)), ..facts.clone() }
}

fn found(doc: &Doc, facts: &CaseFacts) -> Vec<Issue> {
    judge_book(&pages(&facts.category, &facts.kind), &routed(doc, facts), doc, TODAY).into_values().flatten().collect()
}

/// The findings at one path after one answer was changed.
fn after(file: &str, path: &str, value: &str) -> Vec<Issue> {
    let (facts, mut doc) = sample(file);
    doc.set(path, Some(value.to_owned()), 0, "");
    found(&doc, &facts).into_iter().filter(|issue| issue.path == path).collect()
}
