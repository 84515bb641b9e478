//! A book as it reads: labels and values of its day, ready to show, print, compare and keep for ever. The check-your-answers
//! page, the print-out and every submitted version are drawn from this one form.

use super::model::FileView;
use crate::base::{Lang, Say};
use crate::form::Doc;
use serde::{Deserialize, Serialize};

/// Version of this structure; an older one is still read.
pub const SCHEMA: u32 = 1;

/// A whole book (申请书).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    pub schema: u32,
    pub no: String,
    pub version: i64,
    pub unit_name: String,
    pub unit_code: String,
    pub category: Say,
    pub kind: Say,
    pub authority: String,
    pub catalogue_version: String,
    pub pages: Vec<FrozenPage>,
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPage {
    pub key: String,
    pub title: Say,
    pub parts: Vec<FrozenPart>,
}

/// One piece of a page, in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FrozenPart {
    Group { title: Say, values: Vec<FrozenValue> },
    Table { path: String, title: Say, columns: Vec<Say>, rows: Vec<Vec<FrozenValue>> },
    Files { path: String, title: Say, files: Vec<FileView> },
    Note(Say),
}

/// One answer with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenValue {
    pub path: String,
    pub label: Say,
    /// As shown: choices by their label, units behind. A secret is masked here.
    pub shown: Say,
    /// A secret's ciphertext; empty otherwise. Not part of the hash, which holds `digest` instead, so that keys can be rotated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sealed: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
    /// Of a choice among rows their ids as in the draft: whoever compares or counts goes by the rows, not by their words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub chosen: String,
}

impl FrozenValue {
    /// The value in one language.
    pub fn get(&self, lang: Lang) -> &str {
        self.shown.get(lang)
    }
}

impl Frozen {
    /// The rows of a table, in order.
    pub fn rows(&self, table: &str) -> Vec<String> {
        let row = |values: &Vec<FrozenValue>| Some(values.first()?.path.strip_prefix(table)?.split('/').nth(1)?.to_owned());
        let parts = self.pages.iter().flat_map(|page| &page.parts);
        let mut found = parts.filter_map(|part| if let FrozenPart::Table { path, rows, .. } = part { (path == table).then_some(rows) } else { None });
        found.next().map(|rows| rows.iter().filter_map(row).collect()).unwrap_or_default()
    }

    /// The ciphertext of a secret answer, if it was given.
    pub fn sealed(&self, path: &str) -> Option<&str> {
        let groups =
            self.pages.iter().flat_map(|page| &page.parts).filter_map(|part| if let FrozenPart::Group { values, .. } = part { Some(values) } else { None });
        groups.flatten().find(|value| value.path == path && !value.sealed.is_empty()).map(|value| value.sealed.as_str())
    }

    /// The book as values by path, to be compared with another version's: what is shown, of a secret its digest, of a choice among
    /// rows their ids, of a file its name.
    pub fn doc(&self) -> Doc {
        let of = |value: &FrozenValue| {
            let other = [&value.digest, &value.chosen].into_iter().find(|other| !other.is_empty());
            other.cloned().unwrap_or_else(|| value.shown.zh.clone().into_owned())
        };
        let mut values = Vec::new();
        for part in self.pages.iter().flat_map(|page| &page.parts) {
            match part {
                FrozenPart::Group { values: group, .. } => values.extend(group.iter().map(|value| (value.path.clone(), of(value)))),
                FrozenPart::Table { path, rows, .. } => {
                    values.extend(self.rows(path).into_iter().enumerate().map(|(n, row)| (format!("{path}/{row}"), format!("{n:06}"))));
                    values.extend(rows.iter().flatten().map(|value| (value.path.clone(), of(value))));
                }
                FrozenPart::Files { path, files, .. } => values.extend(files.iter().map(|file| (format!("{path}/{}", file.id), file.name.clone()))),
                FrozenPart::Note(_) => {}
            }
        }
        Doc::of(values)
    }

    /// What the hash of a version is taken over: canonical JSON without ciphertext.
    pub fn hashed_text(&self) -> String {
        let mut plain = self.clone();
        let parts = plain.pages.iter_mut().flat_map(|page| &mut page.parts);
        for part in parts {
            let values: Vec<&mut FrozenValue> = match part {
                FrozenPart::Group { values, .. } => values.iter_mut().collect(),
                FrozenPart::Table { rows, .. } => rows.iter_mut().flatten().collect(),
                FrozenPart::Files { .. } | FrozenPart::Note(_) => Vec::new(),
            };
            values.into_iter().for_each(|value| value.sealed.clear());
        }
        serde_json::to_string(&plain).unwrap_or_default()
    }
}
