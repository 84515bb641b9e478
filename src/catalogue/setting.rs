//! What the law leaves open is a setting of the administrator: the answers of a form, by the keys of its fields. Pure.

use crate::form::{Page, Values};
use std::fmt::Debug;
use std::marker::PhantomData;

/// One setting.
pub trait Setting: Clone + Debug + PartialEq + Send + Sync + 'static {
    /// Its form.
    const FORM: &'static Page;
    /// Where it stands in the store.
    const KEY: &'static str;

    /// Its answers as delivered, by the keys of the form.
    fn delivered() -> Values;

    /// What is kept of an answer; `None` of what is none, which changes nothing.
    fn kept(typed: &str) -> Option<String>;
}

/// A setting as it is in force: an answer for every key.
#[derive(Clone, Debug, PartialEq)]
pub struct InForce<S> {
    answers: Values,
    setting: PhantomData<fn() -> S>,
}

impl<S: Setting> InForce<S> {
    /// As delivered.
    pub fn delivered() -> InForce<S> {
        InForce { answers: S::delivered(), setting: PhantomData }
    }

    /// What is delivered, with others in their places, by the keys of the form.
    pub fn with(set: &Values) -> InForce<S> {
        let mut all = InForce::delivered();
        for (key, answer) in &mut all.answers {
            if let Some(kept) = set.get(key).and_then(|typed| S::kept(typed)) {
                *answer = kept;
            }
        }
        all
    }

    /// The answer of a key; empty where there is none.
    pub fn answer(&self, key: &str) -> &str {
        self.answers.get(key).map_or("", String::as_str)
    }

    /// By the keys of the form, as it is stored.
    pub fn answers(&self) -> &Values {
        &self.answers
    }

    /// By the paths of the form, as it shows them.
    pub fn values(&self) -> Values {
        self.answers.iter().map(|(key, answer)| (S::FORM.path(key), answer.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Checklist, Digits, Validity};
    use super::*;

    /// Every field has an answer as delivered, which is kept as it is; what is set takes its place, what is no answer changes nothing.
    fn holds<S: Setting>(key: &str, right: (&str, &str), wrong: &str) {
        let fields: Vec<&str> = S::FORM.fields().map(|(_, field)| field.key).collect();
        let delivered = InForce::<S>::delivered();
        assert_eq!(fields.len(), delivered.answers().len());
        for field in fields {
            assert_eq!(S::kept(delivered.answer(field)).as_deref(), Some(delivered.answer(field)), "{field}");
        }
        let set = |typed: &str| InForce::<S>::with(&Values::from([(key.to_owned(), typed.to_owned()), ("no-such-key".to_owned(), "1".to_owned())]));
        assert_eq!((set(right.0).answer(key), set(wrong)), (right.1, delivered));
        assert_eq!(InForce::<S>::with(set(right.0).answers()), set(right.0));
    }

    #[test]
    fn what_is_set_takes_the_place_of_what_is_delivered() {
        fn of<S: Setting>(_: InForce<S>, key: &str, right: (&str, &str), wrong: &str) {
            holds::<S>(key, right, wrong);
        }
        of(Digits::delivered(), "ride", ("A", "A"), "ff");
        of(Checklist::delivered(), "inspector", ("  甲 \n\n乙", "甲\n乙"), " \n");
        of(Validity::delivered(), "inspection", ("4", "4"), "0");
    }
}
