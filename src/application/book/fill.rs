//! What is filled in for a person: from the profile and the picker, from an earlier application, from a sample file.

use super::{CaseFacts, DECLARATIONS, PersonFacts, pages};
use crate::form::{
    Doc, Field, Kind, Page, Values,
    doc::{orders_after, row_of},
};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is shown but not typed: answers, and the rows of tables that are given. The service writes them again whenever
/// account or items change.
pub fn fixed_values(facts: &CaseFacts) -> Values {
    let join = |mut words: Vec<&str>| {
        words.dedup();
        words.retain(|word| !word.is_empty());
        words.join("、")
    };
    let mut kinds: Vec<&str> = facts.items.iter().map(|item| item.equipment_kind.as_str()).collect();
    kinds.sort_unstable();
    let facts_by_key = [
        ("org_name", facts.org_name.clone()),
        ("name", facts.org_name.clone()),
        ("uscc", facts.uscc.clone()),
        ("category", facts.category_name.clone()),
        ("equipment_kind", join(kinds)),
        ("kind", facts.kind.clone()),
        ("item_names", join(facts.items.iter().map(|item| item.name.as_str()).collect())),
        ("authority", facts.authority.clone()),
    ];
    let of_person = facts.person.iter().flat_map(|person| {
        [
            ("conditions", conditions(person)),
            ("person_type", person.code.group.word().to_owned()),
            ("code", person.code.code.clone()),
            ("item_name", person.code.name.clone()),
        ]
    });
    let facts_by_key: Vec<(&str, String)> = facts_by_key.into_iter().chain(of_person).collect();
    let fixed = book_fields(facts).filter(|(_, field)| field.fixed);
    let answers = fixed.filter_map(|(path, field)| facts_by_key.iter().find(|(key, _)| *key == field.key).map(|(_, value)| (path, value.clone())));
    answers.chain(item_rows(facts)).collect()
}

/// What is shown but not typed, as far as a draft has it otherwise.
pub fn refilled(doc: &Doc, facts: &CaseFacts) -> Values {
    fixed_values(facts).into_iter().filter(|(path, value)| doc.cells.get(path).and_then(|cell| cell.value.as_ref()) != Some(value)).collect()
}

/// The rows of the tables of items (申请许可项目表).
fn item_rows(facts: &CaseFacts) -> impl Iterator<Item = (String, String)> {
    let pages = pages(&facts.category, &facts.kind).into_iter();
    let tables = pages.flat_map(|page| page.tables().filter(|table| table.is_given()).map(|table| page.path(table.key)));
    tables.flat_map(|table| {
        facts.items.iter().zip(orders_after(None, facts.items.len())).flat_map(move |(item, order)| {
            let row = format!("{table}/{}", item.id);
            let columns = [("item", &item.item), ("sub_item", &item.name), ("parameters", &item.parameters)];
            columns.map(|(key, value)| (format!("{row}/{key}"), value.clone())).into_iter().chain([(row, order)])
        })
    })
}

/// The answers of a new draft, as far as the profile, the picker and today's date give them.
pub fn prefill(profile: &Values, facts: &CaseFacts, today: Date) -> Values {
    let mut values: Values = book_fields(facts)
        .filter_map(|(path, field)| Some((path, profile.get(field.from_profile)?, field)))
        .filter(|(_, value, field)| !value.is_empty() && may_hold(field, value))
        .map(|(path, value, _)| (path, value.clone()))
        .collect();
    values.extend(fixed_values(facts));
    values.extend(apply_dates(facts, today));
    for page in pages(&facts.category, &facts.kind) {
        for table in page.tables() {
            let rows = given_rows(facts, page, table.key);
            for (n, (row, order)) in rows.iter().zip(orders_after(None, rows.len())).enumerate() {
                let path = format!("{}/{}/r{}", page.key, table.key, n + 1);
                values.extend(row.iter().map(|(key, value)| (format!("{path}/{key}"), value.clone())));
                values.insert(path, order);
            }
        }
    }
    let region = facts.addresses.first().filter(|_| facts.person.is_some()).map(|place| place.region.clone());
    values.extend(region.map(|region| ("qualification/practice_region".to_owned(), region)));
    if let Some(certificate) = &facts.certificate {
        let old = [("certificate_no", certificate.number.clone()), ("valid_to", certificate.valid_to.clone())];
        for (path, field) in book_fields(facts) {
            values.extend(old.iter().filter(|(key, _)| *key == field.key).map(|(_, value)| (path.clone(), value.clone())));
        }
    }
    values
}

/// 申请日期: the day on which the draft is begun, until somebody writes another (spec 2.11).
pub fn apply_dates(facts: &CaseFacts, today: Date) -> Values {
    book_fields(facts).filter(|(_, field)| field.key == "apply_date").map(|(path, _)| (path, today.to_string())).collect()
}

fn book_fields(facts: &CaseFacts) -> impl Iterator<Item = (String, &'static Field)> {
    pages(&facts.category, &facts.kind).into_iter().flat_map(|page| page.fields().collect::<Vec<_>>())
}

/// A profile's word that is not among a field's choices is left out rather than shown as an error.
fn may_hold(field: &Field, value: &str) -> bool {
    match field.kind {
        Kind::Select(choices) | Kind::Radio(choices) => choices.iter().any(|choice| choice.key == value),
        _ => true,
    }
}

/// A row by its columns.
type GivenRow = Vec<(&'static str, String)>;

/// The rows that the picker gives: working addresses, and an institution's codes.
fn given_rows(facts: &CaseFacts, page: &Page, table: &str) -> Vec<GivenRow> {
    match (page.key, table) {
        ("basic" | "i_basic", "addresses") => facts.addresses.iter().map(|a| vec![("region", a.region.clone()), ("address", a.address.clone())]).collect(),
        ("i_items", "codes") => {
            let approval = if facts.kind == "add-item" {
                "added"
            } else if facts.kind.starts_with("first") {
                "first"
            } else {
                "held"
            };
            facts
                .items
                .iter()
                .map(|item| vec![("code", if item.code.is_empty() { item.name.clone() } else { item.code.clone() }), ("approval", approval.to_owned())])
                .collect()
        }
        _ => Vec::new(),
    }
}

/// What another choice of items and addresses changes in a draft, by path; a row that goes holds nothing. What was typed
/// stays, on pages too that the book does not have any more. `before` knows the addresses as they stand in the book.
pub fn rechosen(doc: &Doc, before: &CaseFacts, after: &CaseFacts, profile: &Values, today: Date) -> BTreeMap<String, Option<String>> {
    let is_new = |path: &String| path.matches('/').count() == 1 && !doc.cells.contains_key(path);
    let filled = prefill(profile, after, today).into_iter().filter(|(path, _)| is_new(path));
    let mut changes: BTreeMap<String, Option<String>> = filled.chain(refilled(doc, after)).map(|(path, value)| (path, Some(value))).collect();
    for page in pages(&after.category, &after.kind) {
        for table in page.tables() {
            let path = page.path(table.key);
            let there = doc.rows(&path);
            if table.is_given() {
                let gone = there.iter().filter(|row| !after.items.iter().any(|item| item.id == **row));
                changes.extend(gone.map(|row| (format!("{path}/{row}"), None)));
                continue;
            }
            let now = given_rows(after, page, table.key);
            if now.is_empty() {
                continue;
            }
            let old = given_rows(before, page, table.key);
            let is = |row: &str, given: &GivenRow| given.iter().all(|(key, value)| doc.get(&format!("{path}/{row}/{key}")) == value);
            let gone = there.iter().filter(|row| old.iter().any(|given| is(row, given)) && !now.iter().any(|given| is(row, given)));
            changes.extend(gone.map(|row| (format!("{path}/{row}"), None)));
            let fresh: Vec<&GivenRow> = now.iter().filter(|given| !there.iter().any(|row| is(row, given))).collect();
            let last = there.last().map(|row| doc.get(&format!("{path}/{row}")));
            for (n, (given, order)) in fresh.iter().zip(orders_after(last, fresh.len())).enumerate() {
                let row = format!("{path}/p{}n{}", doc.revision, n + 1);
                changes.extend(given.iter().map(|(key, value)| (format!("{row}/{key}"), Some(value.clone()))));
                changes.insert(row, Some(order));
            }
        }
    }
    changes
}

/// The answers of an earlier application, for a new one: no declarations, dates of application ([`apply_dates`] gives its own),
/// ticks or files, nothing that comes from account and picker, nothing removed.
pub fn copy_from(old: &Doc, pages: &[&'static Page]) -> Values {
    let tables: Vec<String> = pages.iter().flat_map(|page| page.tables().filter(|table| !table.is_given()).map(|table| page.path(table.key))).collect();
    let is_row = |path: &str| path.rsplit_once('/').is_some_and(|(table, _)| tables.iter().any(|t| t == table));
    let is_answer = |path: &str| {
        pages.iter().find_map(|page| page.field_at(path)).is_some_and(|field| !field.fixed && field.key != "apply_date" && field.kind != Kind::Tick)
    };
    let is_declared = |path: &str| DECLARATIONS.iter().any(|prefix| path.starts_with(prefix));
    let is_live = |path: &str| row_of(path).is_none_or(|row| old.cells.get(row).is_some_and(|cell| cell.value.is_some()));
    old.cells
        .iter()
        .filter_map(|(path, cell)| Some((path, cell.value.as_ref()?)))
        .filter(|(path, value)| is_live(path) && !is_declared(path) && (is_row(path) || (is_answer(path) && !value.is_empty())))
        .map(|(path, value)| (path.clone(), value.clone()))
        .collect()
}

/// Nested answers of a sample file as paths: an object is a page or row, an array of objects a table, an object of objects a table whose
/// rows are given, an array of words a place for attachments.
pub fn flatten(pages: &Value) -> Values {
    let mut values = Values::new();
    let Value::Object(pages) = pages else { return values };
    for (page, answers) in pages {
        let Value::Object(answers) = answers else { continue };
        for (key, answer) in answers {
            flatten_answer(&format!("{page}/{key}"), answer, &mut values);
        }
    }
    values
}

fn flatten_answer(path: &str, answer: &Value, values: &mut Values) {
    match answer {
        Value::String(text) => {
            values.insert(path.to_owned(), text.clone());
        }
        Value::Object(rows) => {
            for (row, columns) in rows {
                values.extend(columns_of(&format!("{path}/{row}"), columns));
            }
        }
        Value::Array(rows) => {
            for ((n, row), order) in rows.iter().enumerate().zip(orders_after(None, rows.len())) {
                let path = format!("{path}/r{}", n + 1);
                match row {
                    Value::Object(_) => {
                        values.extend(columns_of(&path, row));
                        values.insert(path, order);
                    }
                    other => values.extend(other.as_str().map(|file| (path, file.to_owned()))),
                }
            }
        }
        _ => {}
    }
}

/// The answers of a row.
fn columns_of(path: &str, row: &Value) -> Vec<(String, String)> {
    let columns = row.as_object().into_iter().flatten();
    columns.filter_map(|(key, value)| Some((format!("{path}/{key}"), value.as_str()?.to_owned()))).collect()
}

/// The points that are checked, or what the table of codes asks for.
fn conditions(person: &PersonFacts) -> String {
    let rule = person.code.prerequisite.zh.as_ref();
    match (person.points.is_empty(), rule.is_empty()) {
        (false, _) => person.points.join("；"),
        (true, false) => rule.to_owned(),
        (true, true) => "没有另列的条件".to_owned(),
    }
}
