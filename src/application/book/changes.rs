//! What changed between two versions of a book, in the order of its pages: for check-your-answers and for the officer's
//! comparison of rounds. Values are as stored; the screen shows them through their field.

use super::rows::{chosen, rows};
use crate::base::{Say, Text, say, text};
use crate::form::{Doc, Field, Kind, Page, Part, Table};
use serde::{Deserialize, Serialize};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The path of the field, row or attachment.
    pub path: String,
    /// Page, table, row and field in words.
    pub label: Say,
    /// Empty if there was nothing.
    pub before: String,
    /// Empty if it was removed.
    pub after: String,
}

/// All differences between two versions as they were frozen. A row added or removed is one change; personal ids are never spelled out.
pub fn changes(before: &Doc, after: &Doc, pages: &[&'static Page]) -> Vec<Change> {
    let mut found = Vec::new();
    for page in pages {
        let walk = Walk { before, after, page, pages };
        for part in page.parts {
            match part {
                Part::Group(group) => found.extend(group.fields.iter().filter_map(|field| walk.field(field, page.path(field.key), &[page.title, field.label]))),
                Part::Table(table) => walk.table(table, &mut found),
                Part::Files(slots) => slots.iter().for_each(|slot| walk.files(&page.path(slot.key), slot.label, &mut found)),
                Part::Note(_) => {}
            }
        }
    }
    found
}

struct Walk<'a> {
    before: &'a Doc,
    after: &'a Doc,
    page: &'static Page,
    pages: &'a [&'static Page],
}

/// Stands for an id that may be compared but not read.
const HIDDEN: &str = "••••";

impl Walk<'_> {
    fn field(&self, field: &Field, path: String, words: &[Text]) -> Option<Change> {
        let (old, new) = (text::tidy(self.before.get(&path)), text::tidy(self.after.get(&path)));
        if field.kind.says_same(&old, &new) {
            return None;
        }
        let show = |doc: &Doc, value: String| match field.kind {
            _ if field.secret && !value.is_empty() => HIDDEN.to_owned(),
            Kind::Rows(table) => chosen(&rows(self.pages, doc, table, |_, words| say(words.to_owned(), words.to_owned())), &value).zh.into_owned(),
            _ => value,
        };
        Some(Change { path, label: joined(words.iter().map(|w| say(w.zh, w.en))), before: show(self.before, old), after: show(self.after, new) })
    }

    fn table(&self, table: &Table, found: &mut Vec<Change>) {
        let path = self.page.path(table.key);
        let (old, new) = (self.before.rows(&path), self.after.rows(&path));
        let all = new
            .iter()
            .enumerate()
            .map(|(n, row)| (n + 1, row))
            .chain(old.iter().enumerate().filter(|(_, row)| !new.contains(row)).map(|(n, row)| (n + 1, row)));
        for (n, row) in all {
            let row_path = format!("{path}/{row}");
            let place = [self.page.title.into(), table.label.into(), say(format!("第 {n} 行"), format!("row {n}"))];
            match (old.contains(row), new.contains(row)) {
                (true, true) => {
                    for column in table.columns {
                        if let Some(change) = self.field(column, format!("{row_path}/{}", column.key), &[column.label]) {
                            found.push(Change { label: joined(place.iter().cloned().chain([change.label.clone()])), ..change });
                        }
                    }
                }
                (was, is) => {
                    let words = |doc: &Doc, there: bool| if there { summary(table, doc, &row_path) } else { String::new() };
                    found.push(Change { label: joined(place), before: words(self.before, was), after: words(self.after, is), path: row_path });
                }
            }
        }
    }

    fn files(&self, slot: &str, label: Text, found: &mut Vec<Change>) {
        let (old, new) = (self.before.rows(slot), self.after.rows(slot));
        let mut all: Vec<&String> = old.iter().chain(&new).collect();
        all.sort_unstable();
        all.dedup();
        for n in all {
            let path = format!("{slot}/{n}");
            let (was, is) = (self.before.get(&path).to_owned(), self.after.get(&path).to_owned());
            if was != is {
                found.push(Change { path, label: joined([self.page.title.into(), label.into()]), before: was, after: is });
            }
        }
    }
}

fn joined(words: impl IntoIterator<Item = Say>) -> Say {
    let (zh, en): (Vec<_>, Vec<_>) = words.into_iter().filter(|w| !w.zh.is_empty()).map(|w| (w.zh, w.en)).unzip();
    say(zh.join(" · "), en.join(" · "))
}

/// A row's first open answers, enough to know it by.
fn summary(table: &Table, doc: &Doc, row: &str) -> String {
    let open = table.columns.iter().filter(|column| !column.secret && !matches!(column.kind, Kind::Rows(_)));
    let answers = open.map(|column| doc.get(&format!("{row}/{}", column.key))).filter(|value| !value.is_empty());
    answers.take(3).collect::<Vec<_>>().join("，")
}
