//! 检验人员学历、资历核对清单: what an officer checks of education and record before a first qualification as inspection personnel is
//! accepted. Its rule (TSG Z8002-2022) was not at hand in full, so the points of each level are a setting (spec 4.3). Pure.

use super::personnel::{Group as Personnel, PersonnelCode};
use super::setting::{InForce, Setting};
use crate::base::{Text, t};
use crate::form::field::no_rules;
use crate::form::{Field, Group, Kind, Page, Part, Values};
use crate::workflow::person::PersonKind;

const EDUCATION: &str = "学历和专业符合该级别的要求";
const YEARS: &str = "从事相关工作的年限符合该级别的要求";
const RECORD: &str = "已持有的资格和业绩符合该级别的要求";

/// Key of the field, 级别, and its points as delivered.
const LEVELS: [(&str, &str, &[&str]); 3] =
    [("inspector", "检验员", &[EDUCATION, YEARS]), ("engineer", "检验师", &[EDUCATION, YEARS, RECORD]), ("senior", "高级检验师", &[EDUCATION, YEARS, RECORD])];

const fn level(key: &'static str, label: Text) -> Field {
    Field::new(key, label, Kind::LongText).max(1000)
}

/// 检验人员学历、资历核对清单
pub static CHECKLIST: Page = Page {
    key: "checklist",
    title: t("检验人员学历、资历核对清单", "Education and record of inspection personnel"),
    lead: t(
        "检验人员取证受理时，受理人员逐条核对；申请人在申请前就能看到。只影响以后受理的申请。",
        "Checked point by point when a first qualification is accepted; applicants read it before they apply. It holds for what is accepted from now on.",
    ),
    parts: &[Part::Group(Group {
        title: Text::NONE,
        hint: t("每行一条。", "One point a line."),
        fields: &[
            level("inspector", t("检验员（Y）", "Inspectors (Y)")),
            level("engineer", t("检验师（S）", "Inspection engineers (S)")),
            level("senior", t("高级检验师（GS）", "Senior inspection engineers (GS)")),
        ],
    })],
    rules: no_rules,
};

/// 核对清单 as a setting. A level without a point keeps the ones it has.
#[derive(Clone, Debug, PartialEq)]
pub struct Points;

impl Setting for Points {
    const FORM: &'static Page = &CHECKLIST;
    const KEY: &'static str = "personnel/checklist";

    fn delivered() -> Values {
        LEVELS.into_iter().map(|(key, _, points)| (key.to_owned(), points.join("\n"))).collect()
    }

    fn kept(typed: &str) -> Option<String> {
        Some(lines(typed).join("\n")).filter(|points| !points.is_empty())
    }
}

/// The points in force, as they are written in the form.
pub type Checklist = InForce<Points>;

impl Checklist {
    /// What is checked before this application is accepted: nothing for a renewal or a change, nor where the rule itself is judged.
    pub fn points(&self, code: &PersonnelCode, kind: PersonKind) -> Vec<String> {
        if code.group != Personnel::Inspection || kind != PersonKind::Obtain {
            return Vec::new();
        }
        let key = LEVELS.into_iter().find(|(_, level, _)| *level == code.level).map(|(key, ..)| key);
        key.map(|key| lines(self.answer(key)).into_iter().map(str::to_owned).collect()).unwrap_or_default()
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::catalogue::PersonnelCodes;

    #[test]
    fn every_level_of_inspection_has_points_and_nothing_else_has() {
        let fields: Vec<_> = CHECKLIST.fields().map(|(_, field)| field.key).collect();
        assert_eq!(fields, LEVELS.map(|(key, ..)| key));
        let list = Checklist::delivered();
        for code in PersonnelCodes::builtin().selectable() {
            for kind in PersonKind::all() {
                let is_checked = code.group == Personnel::Inspection && kind == PersonKind::Obtain;
                assert_eq!(!list.points(code, kind).is_empty(), is_checked, "{} {kind:?}", code.code);
            }
        }
    }

    #[test]
    fn what_is_set_takes_the_place_of_what_is_delivered() {
        let set = Values::from([("inspector".to_owned(), "  甲 \n\n乙".to_owned()), ("senior".to_owned(), " \n".to_owned()), ("x".to_owned(), "y".to_owned())]);
        let list = Checklist::with(&set);
        let points = |code: &str| list.points(PersonnelCodes::builtin().find(code).unwrap(), PersonKind::Obtain);
        assert_eq!(points("Y-DT"), ["甲", "乙"]);
        assert_eq!(points("GS-JD"), [EDUCATION, YEARS, RECORD]);
    }
}
