//! An application as both sides of the wire know it: its state, its head line, what its screens are given. Pure.

use crate::base::{Say, Text, t};
use crate::form::{Doc, Issue, Op, Outcome};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The states that exist before acceptance (spec 5.1, states 1, 2 and 21); the workflow adds the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// 初始填写（草稿）
    Draft,
    /// 已提交（待受理）
    Submitted,
    /// 已撤回
    Withdrawn,
    /// A deleted draft; it can be brought back for a while.
    Deleted,
}

impl State {
    const ALL: [State; 4] = [State::Draft, State::Submitted, State::Withdrawn, State::Deleted];

    /// The word stored.
    pub fn word(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted => "submitted",
            State::Withdrawn => "withdrawn",
            State::Deleted => "deleted",
        }
    }

    /// The state of a stored word.
    pub fn of_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|s| s.word() == word)
    }

    /// 申请状态, in the manual's words.
    pub fn label(self) -> Text {
        match self {
            State::Draft => t("初始填写", "Draft"),
            State::Submitted => t("已提交", "Submitted"),
            State::Withdrawn => t("已撤回", "Withdrawn"),
            State::Deleted => t("已删除", "Deleted"),
        }
    }
}

/// What may be done with a case; one table draws the buttons and guards the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// 查看
    Read,
    /// 编辑
    Edit,
    /// 删除
    Delete,
    /// 恢复
    Restore,
    /// 提交
    Submit,
    /// 撤回
    Withdraw,
    /// 复制为新申请
    Copy,
}

/// What somebody is to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    pub write: bool,
    pub submit: bool,
}

/// Which actions can succeed now.
pub fn available(state: State, rights: Rights) -> Vec<Action> {
    use Action::{Copy, Delete, Edit, Read, Restore, Submit, Withdraw};
    let table: &[(Action, bool)] = match state {
        State::Draft => &[(Read, true), (Edit, rights.write), (Submit, rights.submit), (Delete, rights.write), (Copy, rights.write)],
        State::Submitted => &[(Read, true), (Withdraw, rights.submit), (Copy, rights.write)],
        State::Withdrawn => &[(Read, true), (Copy, rights.write)],
        State::Deleted => &[(Restore, rights.write)],
    };
    table.iter().filter(|(_, may)| *may).map(|(action, _)| *action).collect()
}

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
    pub state: State,
    pub unit_name: String,
    /// Unix milliseconds.
    pub created_at: i64,
    pub changed_at: i64,
    pub submitted_at: Option<i64>,
    pub actions: Vec<Action>,
    /// 待受理 until this date, if the authority's clock runs.
    pub due: Option<String>,
}

impl Head {
    /// Whether an action can succeed now.
    pub fn may(&self, action: Action) -> bool {
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

/// Everything a page of the book is drawn from. Secrets in `doc` are masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BookView {
    pub head: Head,
    pub pages: Vec<PageMark>,
    pub doc: Doc,
    /// Issues of the page shown.
    pub issues: Vec<Issue>,
    /// Paths whose value came from the unit's profile and was not touched since.
    pub prefilled: Vec<String>,
    pub files: BTreeMap<String, FileView>,
    /// When the last change was stored, unix milliseconds.
    pub saved_at: i64,
    /// 省/市/区 options for the region fields of the page, by path.
    pub regions: BTreeMap<String, Vec<Vec<(String, String)>>>,
    pub conflicts: Vec<Conflict>,
    pub told: Vec<Told>,
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
    pub marks: Vec<PageMark>,
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
}

/// What happened to a case, for its timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    pub at: i64,
    pub what: Say,
    pub who: String,
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
    /// 法定办结时限, working days.
    pub limit_days: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_actions() {
        let owner = Rights { write: true, submit: true };
        let filler = Rights { write: true, submit: false };
        let reader = Rights { write: false, submit: false };
        for (state, rights, expected) in [
            (State::Draft, owner, vec![Action::Read, Action::Edit, Action::Submit, Action::Delete, Action::Copy]),
            (State::Draft, filler, vec![Action::Read, Action::Edit, Action::Delete, Action::Copy]),
            (State::Draft, reader, vec![Action::Read]),
            (State::Submitted, owner, vec![Action::Read, Action::Withdraw, Action::Copy]),
            (State::Submitted, filler, vec![Action::Read, Action::Copy]),
            (State::Withdrawn, reader, vec![Action::Read]),
            (State::Deleted, filler, vec![Action::Restore]),
            (State::Deleted, reader, vec![]),
        ] {
            assert_eq!(available(state, rights), expected, "{state:?} {rights:?}");
        }
    }

    #[test]
    fn words_come_back() {
        for state in State::ALL {
            assert_eq!(State::of_word(state.word()), Some(state));
        }
    }
}
