//! A form of accounts as it was posted: the answers by key, in their normal form, and what is wrong with them.

use crate::base::{Say, check, text};
use crate::error::Result;
use crate::form::judge::is_needed;
use crate::form::posted::{kept, posted};
use crate::form::{Doc, Issue, Kind, Page, Severity, Values, judge_page};
use crate::server::app::Visit;
use crate::server::plain::{self, Answer};
use crate::ui::form::{FormReply, SEEN};
use std::future::Future;

/// The answers to one page.
#[derive(Clone)]
pub struct Filled {
    page: &'static Page,
    values: Values,
    /// What is only remarked stood beside the fields when it was posted.
    seen: bool,
}

impl Filled {
    /// Takes what was posted.
    pub fn of(page: &'static Page, raw: &Values) -> Filled {
        Filled { page, values: posted(page, raw), seen: raw.contains_key(SEEN) }
    }

    /// An answer in its normal form; empty if there is none, or if its question does not arise.
    pub fn get(&self, key: &str) -> String {
        let path = self.page.path(key);
        let (Some(field), Some(value)) = (self.page.field_at(&path), self.values.get(&path)) else { return String::new() };
        let doc = self.doc();
        match (field.need, field.kind) {
            (crate::form::Need::When(..), _) if !is_needed(field, self.page.key, &doc) => String::new(),
            (_, Kind::Password | Kind::NewPassword) => value.clone(),
            _ if field.secret => text::code(value),
            (_, kind) => check::canonical(kind, value),
        }
    }

    /// Those of some answers that are not empty, by key.
    pub fn some(&self, keys: &[&str]) -> Values {
        keys.iter().map(|key| ((*key).to_owned(), self.get(key))).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// All answers, by key.
    pub fn by_key(&self) -> Values {
        self.page.fields().map(|(_, field)| (field.key.to_owned(), self.get(field.key))).collect()
    }

    /// What stops this form; warnings come along only if something does.
    pub fn issues(&self, visit: &Visit) -> Vec<Issue> {
        let issues = self.judged(visit);
        if issues.iter().any(|issue| issue.severity == Severity::Error) { issues } else { Vec::new() }
    }

    /// What nothing stops but somebody without script should read before it is done, once. With script it was told as the field was left.
    pub fn doubts(&self, visit: &Visit) -> Vec<Issue> {
        if visit.plain && !self.seen { self.judged(visit) } else { Vec::new() }
    }

    fn judged(&self, visit: &Visit) -> Vec<Issue> {
        let mut issues = judge_page(self.page, &self.doc(), visit.app.clock.today());
        // What is fixed is never taken from a form, so nobody can mend it there.
        issues.retain(|issue| !self.page.field_at(&issue.path).is_some_and(|field| field.fixed));
        issues
    }

    /// What is wrong with one answer, for a button that needs no other.
    pub fn issues_of(&self, visit: &Visit, key: &str) -> Vec<Issue> {
        let path = self.page.path(key);
        judge_page(self.page, &self.doc(), visit.app.clock.today())
            .into_iter()
            .filter(|issue| issue.path == path && issue.severity == Severity::Error)
            .collect()
    }

    /// An issue at one of the fields.
    pub fn issue(&self, key: &str, message: Say) -> Issue {
        Issue::error(self.page.path(key), message)
    }

    /// What may be shown again, and whether what is remarked was seen.
    pub fn kept(&self) -> Values {
        let seen = self.seen.then(|| (SEEN.to_owned(), "yes".to_owned()));
        kept(self.page, &self.values).into_iter().chain(seen).collect()
    }

    fn doc(&self) -> Doc {
        Doc::of(self.values.clone())
    }
}

/// Answers a posted form: reads it, runs the use case, and replies with or without script.
pub async fn answer<F, Work>(page: &'static Page, raw: Values, work: F) -> Result<FormReply>
where
    F: FnOnce(Visit, Filled) -> Work,
    Work: Future<Output = Result<Answer>>,
{
    let visit = Visit::current()?;
    let filled = Filled::of(page, &raw);
    let mut kept = filled.kept();
    let result = work(visit.clone(), filled).await;
    if matches!(&result, Ok(Answer::Wrong(issues)) if issues.iter().any(|issue| issue.severity == Severity::Warning)) {
        kept.insert(SEEN.to_owned(), "yes".to_owned());
    }
    plain::reply(&visit, page.key, kept, result).await
}
