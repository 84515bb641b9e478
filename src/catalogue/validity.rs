//! 人员证有效期: how many years what a person is qualified for is valid. The rule of inspection personnel (TSG Z8002-2022) was not at hand
//! in full, so the years of each group are a setting (spec 4.3). Pure.

use super::personnel::Group as Personnel;
use crate::base::{Text, say, t};
use crate::form::{Doc, Field, Group, Issue, Kind, Page, Part, Values};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Who has a field, by its word; the others have no certificate of ours.
const GROUPS: [Personnel; 2] = [Personnel::Inspection, Personnel::Ndt];
/// Years as delivered.
const DELIVERED: i32 = 5;

const fn group(key: &'static str, label: Text) -> Field {
    Field::new(key, label, Kind::Int(t("年", "years"))).max(3)
}

/// 人员证有效期
pub static VALIDITY: Page = Page {
    key: "validity",
    title: t("人员证有效期", "Validity of personnel certificates"),
    lead: t("只影响以后颁发的证书；已经颁发的证书不变。", "It holds for certificates issued from now on; those that are issued keep their terms."),
    parts: &[Part::Group(Group {
        title: Text::NONE,
        hint: t("1 至 10 年。", "1 to 10 years."),
        fields: &[group("inspection", t("检验人员", "Inspection personnel")), group("ndt", t("无损检测人员", "Non-destructive testing personnel"))],
    })],
    rules,
};

fn rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    for group in GROUPS {
        let path = page.path(group.word());
        // What is no number at all is told so already.
        if doc.get(&path).parse::<u64>().is_ok() && years(doc.get(&path)).is_none() {
            issues.push(Issue::error(path, say("有效期应为 1 至 10 年", "A term is 1 to 10 years")));
        }
    }
}

/// Whole years, one to ten.
fn years(typed: &str) -> Option<i32> {
    typed.trim().parse().ok().filter(|years| (1..=10).contains(years))
}

/// The years in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validity {
    by_key: BTreeMap<String, i32>,
}

impl Validity {
    /// As delivered.
    pub fn delivered() -> Validity {
        Validity { by_key: GROUPS.map(|group| (group.word().to_owned(), DELIVERED)).into() }
    }

    /// Those delivered with others in their places, by the keys of the form. What is no term changes nothing.
    pub fn with(set: &BTreeMap<String, String>) -> Validity {
        let mut validity = Validity::delivered();
        for (key, term) in &mut validity.by_key {
            *term = set.get(key).and_then(|typed| years(typed)).unwrap_or(*term);
        }
        validity
    }

    /// By the keys of the form.
    pub fn by_key(&self) -> BTreeMap<String, String> {
        self.by_key.iter().map(|(key, years)| (key.clone(), years.to_string())).collect()
    }

    /// As the form shows them.
    pub fn values(&self) -> Values {
        self.by_key().into_iter().map(|(key, years)| (VALIDITY.path(&key), years)).collect()
    }

    /// Years what a group is qualified for is valid.
    pub fn years(&self, group: Personnel) -> i32 {
        self.by_key.get(group.word()).copied().unwrap_or(DELIVERED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::judge_page;

    #[test]
    fn every_group_has_a_field_and_years() {
        let fields: Vec<_> = VALIDITY.fields().map(|(_, field)| (field.key, field.label)).collect();
        assert_eq!(fields, GROUPS.map(|group| (group.word(), group.label())));
        assert_eq!(GROUPS.map(|group| Validity::delivered().years(group)), [5, 5]);
    }

    #[test]
    fn what_is_set_takes_the_place_of_what_is_delivered() {
        let set = BTreeMap::from([("inspection".to_owned(), "4".to_owned()), ("ndt".to_owned(), "0".to_owned()), ("x".to_owned(), "1".to_owned())]);
        let validity = Validity::with(&set);
        assert_eq!(GROUPS.map(|group| validity.years(group)), [4, 5]);
        assert_eq!(Validity::with(&validity.by_key()), validity);
    }

    #[test]
    fn a_term_is_one_to_ten_whole_years() {
        for (typed, right) in
            [("1", true), ("5", true), ("10", true), ("0", false), ("11", false), ("100", false), ("4.5", false), ("-3", false), ("五", false), ("", false)]
        {
            let doc = Doc::of(Values::from([(VALIDITY.path("inspection"), typed.to_owned()), (VALIDITY.path("ndt"), "5".to_owned())]));
            let wrong: Vec<_> = judge_page(&VALIDITY, &doc, jiff::civil::date(2026, 3, 2)).into_iter().map(|issue| issue.path).collect();
            assert_eq!(wrong.len(), usize::from(!right), "{typed}: {wrong:?}");
        }
    }
}
