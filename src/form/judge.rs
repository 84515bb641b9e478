//! Judging what was typed: the same function in the browser, at save and at submit. Values are kept even when wrong.

use super::{Doc, Field, Kind, Need, Page, Part, Table};
use crate::base::{self, Say, Text, say};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether an issue stops a submission.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Severity {
    Error,
    Warning,
}

/// Something to mend, and where.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Issue {
    /// The path of the field, table, row or slot it is about.
    pub path: String,
    pub severity: Severity,
    pub message: Say,
}

impl Issue {
    /// An issue that stops a submission.
    pub fn error(path: impl Into<String>, message: impl Into<Say>) -> Issue {
        Issue { path: path.into(), severity: Severity::Error, message: message.into() }
    }

    /// An issue a person may leave as it is.
    pub fn warning(path: impl Into<String>, message: impl Into<Say>) -> Issue {
        Issue { path: path.into(), severity: Severity::Warning, message: message.into() }
    }
}

/// Whether a field is needed, given its siblings (`parent` is the page's or row's path).
pub fn is_needed(field: &Field, parent: &str, doc: &Doc) -> bool {
    match field.need {
        Need::Always => field.kind != Kind::Tick,
        Need::Optional => false,
        Need::When(key, values) => values.contains(&doc.get(&format!("{parent}/{key}"))),
    }
}

/// Whether a field is asked at all. An answer to a question that no longer arises is kept, and counts for nothing.
pub fn is_asked(field: &Field, parent: &str, doc: &Doc) -> bool {
    is_choice(field.kind, doc) && (!matches!(field.need, Need::When(..)) || is_needed(field, parent, doc))
}

/// Whether there is anything to choose: one row is no choice.
pub fn is_choice(kind: Kind, doc: &Doc) -> bool {
    !matches!(kind, Kind::Rows(table) if doc.rows(table).len() < 2)
}

/// Judges one field.
pub fn judge_field(field: &Field, parent: &str, doc: &Doc, today: Date) -> Vec<Issue> {
    if !is_asked(field, parent, doc) {
        return Vec::new();
    }
    let path = format!("{parent}/{}", field.key);
    let value = base::text::tidy(doc.get(&path));
    if value.is_empty() {
        return if is_needed(field, parent, doc) { vec![Issue::error(path, missing(field))] } else { Vec::new() };
    }
    if value.chars().count() > usize::from(field.max) {
        let (max, now) = (field.max, value.chars().count());
        return vec![Issue::error(
            path,
            say(format!("最多 {max} 个字，现在是 {now} 个字，请缩短"), format!("At most {max} characters; now {now}. Please shorten it")),
        )];
    }
    let mut issues = Vec::new();
    if let Err(message) = base::check::value(field.kind, &value, today).and_then(|()| still_there(field, &value, doc)) {
        issues.push(Issue::error(path, with_example(message, field.example)));
    } else {
        issues.extend(base::check::warnings(field.kind, &value).into_iter().map(|message| Issue::warning(path.clone(), message)));
    }
    issues
}

/// A row that was chosen may have been removed since.
fn still_there(field: &Field, value: &str, doc: &Doc) -> Result<(), Say> {
    let Kind::Rows(table) = field.kind else { return Ok(()) };
    let rows = doc.rows(table);
    if value.split(',').all(|row| rows.iter().any(|there| there == row)) {
        return Ok(());
    }
    let (zh, en) = (field.label.zh, field.label.en);
    Err(say(format!("所选的{zh}有的已被删除，请重新选择"), format!("{en}: some of those chosen have been removed; please choose again")))
}

fn missing(field: &Field) -> Say {
    let choose = matches!(field.kind, Kind::Select(_) | Kind::Radio(_) | Kind::Checks(_) | Kind::Rows(_) | Kind::Region | Kind::Date | Kind::Period);
    let (zh, en) = (field.label.zh, field.label.en);
    match field.kind {
        Kind::Tick => say(format!("请勾选“{zh}”"), format!("Please tick “{en}”")),
        _ if choose => say(format!("请选择{zh}"), format!("Please choose: {en}")),
        _ => with_example(say(format!("请填写{zh}"), format!("Please enter: {en}")), field.example),
    }
}

fn with_example(message: Say, example: Text) -> Say {
    if example.is_none() {
        return message;
    }
    say(format!("{}，例如 {}", message.zh, example.zh), format!("{}, for example {}", message.en, example.en))
}

/// Judges one page: its fields, its tables' rows, and its own rules. Attachments are judged by the case's material list.
pub fn judge_page(page: &Page, doc: &Doc, today: Date) -> Vec<Issue> {
    let mut issues = Vec::new();
    for part in page.parts {
        match part {
            Part::Group(group) => issues.extend(group.fields.iter().flat_map(|field| judge_field(field, page.key, doc, today))),
            Part::Table(table) => judge_table(page, table, doc, today, &mut issues),
            Part::Files(_) | Part::Note(_) => {}
        }
    }
    (page.rules)(page, doc, today, &mut issues);
    issues
}

fn judge_table(page: &Page, table: &Table, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    let path = page.path(table.key);
    let rows = doc.rows(&path);
    let (label, need, max) = (table.label, table.min_rows, table.max_rows);
    if rows.len() < usize::from(need) {
        issues.push(Issue::error(&path, say(format!("“{}”至少填写 {need} 行", label.zh), format!("{}: at least {need} row(s)", label.en))));
    }
    if rows.len() > usize::from(max) {
        issues.push(Issue::error(&path, say(format!("“{}”最多 {max} 行", label.zh), format!("{}: at most {max} rows", label.en))));
    }
    for row in rows {
        let row = format!("{path}/{row}");
        issues.extend(table.columns.iter().flat_map(|column| judge_field(column, &row, doc, today)));
    }
}
