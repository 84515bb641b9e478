//! A draft in the hands of a person: what is on the page, what is not yet saved, and what others changed. On the server
//! it only draws; in the browser it saves 600 ms after the last keystroke, takes others' changes in, and never
//! overwrites what is being typed.

use super::model::{BookView, Conflict, Judged, PageMark};
use crate::form::{Doc, Issue, Page};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How safe the work is; the mark never moves and never lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveMark {
    /// 未保存: typed, on its way.
    Unsaved,
    /// 已存到审批机关, at this time (unix milliseconds).
    Saved(i64),
    /// The server was not reached; it is tried again.
    Waiting,
    /// The session has ended: sign in, nothing is lost.
    SignIn,
    /// The draft is no draft any more, or may not be changed; why.
    Refused(crate::base::Say),
}

/// One page of a draft. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Draft {
    pub no: StoredValue<String>,
    pub page: &'static Page,
    pub doc: RwSignal<Doc>,
    /// Answers changed since the page was drawn, for the questions that arise from them; not those in tables.
    pub given: RwSignal<BTreeMap<String, String>>,
    /// Bumped when rows or files come, go or move; values alone do not redraw the page.
    pub shape: RwSignal<u32>,
    pub issues: RwSignal<Vec<Issue>>,
    /// Fields a person has left once; only these are judged before the page was saved.
    pub touched: RwSignal<BTreeSet<String>>,
    pub marks: RwSignal<Vec<PageMark>>,
    pub mark: RwSignal<SaveMark>,
    pub conflicts: RwSignal<Vec<Conflict>>,
    /// What changed elsewhere last, path and value.
    pub elsewhere: RwSignal<(String, String)>,
    /// The names of files on their way.
    pub uploading: RwSignal<Vec<String>>,
    /// Whether all issues are shown: the page has been worked on before.
    pub show_all: RwSignal<bool>,
}

impl Draft {
    /// A draft's page as the server gave it: what stands in it, and the rest.
    pub fn new(page: &'static Page, doc: Doc, view: &BookView) -> Draft {
        let state = view.judged.pages.iter().find(|mark| mark.key == page.key).map(|mark| mark.state);
        Draft {
            no: StoredValue::new(view.no.clone()),
            page,
            doc: RwSignal::new(doc),
            given: RwSignal::new(BTreeMap::new()),
            shape: RwSignal::new(0),
            issues: RwSignal::new(view.judged.issues.clone()),
            touched: RwSignal::new(BTreeSet::new()),
            marks: RwSignal::new(view.judged.pages.clone()),
            mark: RwSignal::new(SaveMark::Saved(view.saved_at)),
            conflicts: RwSignal::new(view.posted.conflicts.clone()),
            elsewhere: RwSignal::default(),
            uploading: RwSignal::default(),
            show_all: RwSignal::new(state != Some(super::book::PageState::Empty)),
        }
    }

    /// The issues a person should see now.
    pub fn shown_issues(self) -> Vec<Issue> {
        let all = self.show_all.get();
        let touched = self.touched.get();
        self.issues.get().into_iter().filter(|issue| all || touched.contains(&issue.path)).collect()
    }

    /// The answer at a path as it stands on the page; a change of it is tracked.
    pub fn answer(self, path: &str) -> String {
        let given = self.given.with(|given| given.get(path).cloned());
        given.unwrap_or_else(|| self.doc.with_untracked(|doc| doc.get(path).to_owned()))
    }

    /// Notes a changed answer.
    pub fn give(self, path: &str, value: &str) {
        if crate::form::doc::row_of(path).is_none() {
            self.given.update(|given| {
                given.insert(path.to_owned(), value.to_owned());
            });
        }
    }

    /// Takes in how the server judged.
    pub fn judged(self, judged: Judged) {
        // The page may be left by now.
        if self.marks.try_with_untracked(|marks| *marks != judged.pages) == Some(true) {
            self.marks.set(judged.pages);
        }
        if self.issues.try_with_untracked(|issues| *issues != judged.issues) == Some(true) {
            self.issues.set(judged.issues);
        }
    }

    /// The rows of a table, in order.
    pub fn rows(self, table: &str) -> Vec<String> {
        self.shape.track();
        self.doc.with_untracked(|doc| doc.rows(table))
    }
}
