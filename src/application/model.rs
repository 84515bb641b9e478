//! An application as both sides of the wire know it: its head line, what its screens are given. Pure.

use crate::base::{Say, Text};
use crate::casework::model::Happening;
use crate::catalogue::person_kind;
use crate::document::view::DocumentLine;
use crate::form::{Doc, Issue, Offered, Op, Outcome, Values};
use crate::workflow::clock::Line;
use crate::workflow::person::PersonKind;
use crate::workflow::{ActionKind, Limits, Matter, Party, Role, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The head line of an application, for every screen that shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// 申请号
    pub no: String,
    pub category: String,
    pub category_label: Say,
    pub kind: String,
    pub kind_label: Say,
    pub authority: String,
    /// 申请项目, comma-joined
    pub items: String,
    /// 项目名称 of a person's.
    pub item_name: Option<Say>,
    pub state: State,
    pub unit_name: String,
    /// Unix milliseconds.
    pub created_at: i64,
    pub changed_at: i64,
    pub submitted_at: Option<i64>,
    /// 受理日期
    pub accepted_on: Option<Date>,
    pub actions: Vec<ActionKind>,
    /// Whose turn it is, if anybody's.
    pub turn: Option<Role>,
    /// The clock that binds them.
    pub clock: Option<Line>,
    /// What they have to do.
    pub todo: Say,
    /// Of a row of 许可管理 what the authority has given: acceptance, decision, certificates.
    pub given: Vec<DocumentLine>,
}

impl Head {
    /// 申请类别 of a person's.
    pub fn person(&self) -> Option<PersonKind> {
        person_kind(&self.category, &self.kind)
    }

    /// Whether it is a person's.
    pub fn is_person(&self) -> bool {
        self.person().is_some()
    }

    /// What kind of case it is.
    pub fn matter(&self) -> Matter {
        if self.is_person() { Matter::Person } else { Matter::Unit }
    }

    /// 申请状态, as the applicant reads it.
    pub fn state_label(&self) -> Text {
        self.state.label_for(self.person(), Party::Unit)
    }

    /// Whether an action can succeed now.
    pub fn may(&self, action: ActionKind) -> bool {
        self.actions.contains(&action)
    }
}

/// How far a page of the book is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageMark {
    pub key: String,
    pub title: Say,
    pub state: super::book::PageState,
}

/// An attached file, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    pub id: String,
    pub name: String,
    pub size: i64,
    pub sha256: String,
}

/// How the book stands: how far each page is, and the issues of one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    pub pages: Vec<PageMark>,
    pub issues: Vec<Issue>,
}

/// Everything a page of the book is drawn from. Secrets in `doc` are masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BookView {
    pub no: String,
    pub category: String,
    pub category_label: Say,
    pub kind: String,
    pub kind_label: Say,
    pub authority: String,
    pub may_edit: bool,
    /// Whether its items and addresses may be chosen anew.
    pub may_rechoose: bool,
    pub is_correction: bool,
    /// With the issues of the page shown.
    pub judged: Judged,
    pub doc: Doc,
    /// Paths whose value came from the unit's profile and was not touched since.
    pub prefilled: Vec<String>,
    pub files: BTreeMap<String, FileView>,
    /// When the last change was stored, unix milliseconds.
    pub saved_at: i64,
    /// What the regions of the page and its choices among rows offer.
    pub offered: Offered,
    /// What a post of this page without script has left.
    pub posted: Posted,
    /// The paths whose value in `doc` was typed and could not be saved.
    pub unsaved: Vec<String>,
    /// What the correction notice marks; empty outside a correction.
    pub marks: Vec<Marked>,
}

/// What a post of the page without script leaves for the page to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    pub conflicts: Vec<Conflict>,
    pub told: Vec<Told>,
    /// What was typed and could not be saved, by the names of its inputs, and the revision it was typed on.
    pub typed: Values,
    pub seen: i64,
}

impl BookView {
    /// Whether the field at a path may be changed now: in a correction only what is marked with what goes with it, and the
    /// declaration.
    pub fn is_open(&self, path: &str) -> bool {
        let marks: Vec<&str> = self.marks.iter().map(|mark| mark.path.as_str()).collect();
        !self.is_correction || super::book::is_unlocked(&super::book::pages(&self.category, &self.kind), path, &marks)
    }
}

/// A point of a correction notice (补齐补正告知书), with the name of its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    pub path: String,
    pub place: Say,
    /// What is wrong, in the official's words.
    pub text: String,
}

/// The correction notice an applicant has to deal with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The first, or a later one.
    pub number: u32,
    pub marks: Vec<Marked>,
}

/// What a post of the page without script ran into, or did, at a place: a slot, a table, or the page itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The path of the place; of the page its key.
    pub path: String,
    pub done: bool,
    pub say: Say,
    /// Each thing to mend.
    pub list: Vec<Say>,
}

impl Told {
    /// Something that was not done.
    pub fn wrong(path: &str, say: Say) -> Told {
        Told { path: path.to_owned(), done: false, say, list: Vec::new() }
    }
}

/// The same field changed twice: both values, for the person to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    pub path: String,
    pub mine: Option<String>,
    pub theirs: Option<String>,
    pub revision: i64,
}

/// What became of a batch of ops, and what others changed meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub outcomes: Vec<(String, Outcome)>,
    pub revision: i64,
    /// Unix milliseconds.
    pub saved_at: i64,
    /// Every cell with a revision above the one the client knew, masked.
    pub changed: BTreeMap<String, crate::form::Cell>,
}

/// A batch of changes of one draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    pub no: String,
    /// The highest revision the client has seen.
    pub seen: i64,
    pub ops: Vec<Op>,
}

/// A row of 许可管理.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    pub rows: Vec<Head>,
    /// How many fit the filter, capped.
    pub count: i64,
    pub capped: bool,
    pub next: Option<String>,
    pub previous: Option<String>,
    /// 提交机构 to filter by, code and name: those the unit has applied to.
    pub authorities: Vec<(String, String)>,
}

/// Everything to check before submitting, or to read afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub head: Head,
    pub frozen: super::frozen::Frozen,
    /// Empty for a submitted version.
    pub pages: Vec<PageMark>,
    /// By page, in the book's order.
    pub issues: Vec<(String, Vec<Issue>)>,
    pub revision: i64,
    pub history: Vec<Happening>,
    /// Hash of a submitted version; empty for a draft.
    pub sha256: String,
    /// Why this authority decides.
    pub reason: Option<Say>,
    /// 法定时限 of the version it goes by.
    pub limits: Limits,
    pub notice: Option<Notice>,
    /// What a correction has changed since the version handed in last.
    pub changes: Vec<super::book::Change>,
}
