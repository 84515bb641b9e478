//! 人员证有效期: how many years what a person is qualified for is valid. The rule of inspection personnel (TSG Z8002-2022) was not at hand
//! in full, so the years of each group are a setting (spec 4.3). Pure.

use super::personnel::Group as Personnel;
use super::setting::{InForce, Setting};
use crate::base::{Text, say, t};
use crate::form::{Doc, Field, Group, Issue, Kind, Page, Part, Values};
use jiff::civil::Date;

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

/// 人员证有效期 as a setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms;

impl Setting for Terms {
    const FORM: &'static Page = &VALIDITY;
    const KEY: &'static str = "personnel/validity";

    fn delivered() -> Values {
        GROUPS.map(|group| (group.word().to_owned(), DELIVERED.to_string())).into()
    }

    fn kept(typed: &str) -> Option<String> {
        years(typed).map(|years| years.to_string())
    }
}

/// The years in force.
pub type Validity = InForce<Terms>;

impl Validity {
    /// Years what a group is qualified for is valid.
    pub fn years(&self, group: Personnel) -> i32 {
        years(self.answer(group.word())).unwrap_or(DELIVERED)
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
