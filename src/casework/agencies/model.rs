//! Review agencies as their screens know them: what they can do, whom they send, when those are away. Pure.

use crate::base::{Lang, Say, Text, t};
use crate::form::field::no_rules;
use crate::form::{Choice, Field, Group, Kind, Page, Part, choice};
use crate::ui::form::FormState;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 设备种类, in the words of the catalogue; a test holds them against it.
pub const KINDS: &[Choice] = &[
    choice("锅炉", "锅炉", "boilers"),
    choice("压力容器", "压力容器", "pressure vessels"),
    choice("气瓶", "气瓶", "gas cylinders"),
    choice("移动式压力容器", "移动式压力容器", "transportable pressure vessels"),
    choice("压力管道", "压力管道", "pressure piping"),
    choice("压力管道元件", "压力管道元件", "piping components"),
    choice("安全附件", "安全附件", "safety accessories"),
    choice("电梯", "电梯", "lifts"),
    choice("起重机械", "起重机械", "cranes"),
    choice("客运索道", "客运索道", "passenger ropeways"),
    choice("大型游乐设施", "大型游乐设施", "large amusement rides"),
    choice("场（厂）内专用机动车辆", "场（厂）内专用机动车辆", "in-plant vehicles"),
    choice("检验机构", "检验机构", "inspection bodies"),
    choice("检测机构", "检测机构", "testing bodies"),
];

/// 省级行政区 that have an authority, by their short names; a test holds them against the table of regions.
pub const PROVINCES: &[Choice] = &[
    choice("110000", "北京", "Beijing"),
    choice("120000", "天津", "Tianjin"),
    choice("130000", "河北", "Hebei"),
    choice("140000", "山西", "Shanxi"),
    choice("150000", "内蒙古", "Inner Mongolia"),
    choice("210000", "辽宁", "Liaoning"),
    choice("220000", "吉林", "Jilin"),
    choice("230000", "黑龙江", "Heilongjiang"),
    choice("310000", "上海", "Shanghai"),
    choice("320000", "江苏", "Jiangsu"),
    choice("330000", "浙江", "Zhejiang"),
    choice("340000", "安徽", "Anhui"),
    choice("350000", "福建", "Fujian"),
    choice("360000", "江西", "Jiangxi"),
    choice("370000", "山东", "Shandong"),
    choice("410000", "河南", "Henan"),
    choice("420000", "湖北", "Hubei"),
    choice("430000", "湖南", "Hunan"),
    choice("440000", "广东", "Guangdong"),
    choice("450000", "广西", "Guangxi"),
    choice("460000", "海南", "Hainan"),
    choice("500000", "重庆", "Chongqing"),
    choice("510000", "四川", "Sichuan"),
    choice("520000", "贵州", "Guizhou"),
    choice("530000", "云南", "Yunnan"),
    choice("540000", "西藏", "Tibet"),
    choice("610000", "陕西", "Shaanxi"),
    choice("620000", "甘肃", "Gansu"),
    choice("630000", "青海", "Qinghai"),
    choice("640000", "宁夏", "Ningxia"),
    choice("650000", "新疆", "Xinjiang"),
];

/// The words of some keys in one language, those unknown as they are.
pub fn named(choices: &'static [Choice], keys: &[String], lang: Lang) -> String {
    let word = |key: &String| choices.iter().find(|c| c.key == key.as_str()).map_or_else(|| key.clone(), |c| c.label.get(lang).to_owned());
    let words: Vec<String> = keys.iter().map(word).collect();
    words.join(t("、", ", ").get(lang))
}

const fn group(fields: &'static [Field]) -> Part {
    Part::Group(Group { title: Text::NONE, hint: Text::NONE, fields })
}

const REVIEWED: Field = Field::new("kinds", t("评审的设备种类", "Kinds of equipment"), Kind::Checks(KINDS));

/// 登记评审能力: the kinds ticked get exactly the provinces ticked.
pub const COMPETENCE: Page = Page {
    key: "competence",
    title: t("登记评审能力", "Set the competence"),
    lead: Text::NONE,
    parts: &[group(&[
        REVIEWED,
        Field::new("provinces", t("覆盖的省份", "Provinces"), Kind::Checks(PROVINCES))
            .hint(
                "所选种类的覆盖范围将换成这里选的省份；一个也不选，就是取消这些种类的能力。",
                "The kinds chosen will cover exactly these; with none, the competence for them ends.",
            )
            .optional(),
    ])],
    rules: no_rules,
};

/// 新增评审人员
pub const REVIEWER: Page = Page {
    key: "reviewer",
    title: t("新增评审人员", "Add a reviewer"),
    lead: Text::NONE,
    parts: &[group(&[
        Field::new("name", t("姓名", "Name"), Kind::Text)
            .hint("姓名和证书编号会写入案件记录，保存后不能修改。", "Name and number go into the records of cases and cannot be changed later.")
            .max(30),
        Field::new("number", t("评审人员证书编号", "Reviewer certificate number"), Kind::Text).example("PS-2024-00123").max(30),
        REVIEWED,
    ])],
    rules: no_rules,
};

/// What of a reviewer may be changed.
pub const REVIEWER_CHANGE: Page = Page {
    key: "reviewer_change",
    title: t("修改评审人员", "Change a reviewer"),
    lead: Text::NONE,
    parts: &[group(&[REVIEWED, Field::new("active", t("可以派出评审", "May be sent"), Kind::Tick).optional()])],
    rules: no_rules,
};

const LEAVE_DAYS: Part = group(&[Field::new("days", t("起止日期", "First and last day"), Kind::Period)]);

/// 登记休假等不可评审的日期, as it is judged.
pub const LEAVE: Page = Page { parts: &[group(&[Field::new("reviewer", t("评审人员", "Reviewer"), Kind::Text)]), LEAVE_DAYS], ..LEAVE_DRAWN };

/// The same without the reviewer, whose choices only the store knows: its page draws it.
pub const LEAVE_DRAWN: Page = Page {
    key: "leave",
    title: t("登记不可评审的日期", "Enter days away"),
    lead: t("休假、培训等日期，不能再约请评审。", "Leave, training: no review can be agreed on these days."),
    parts: &[LEAVE_DAYS],
    rules: no_rules,
};

/// An agency an official may name, the fitting first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    pub id: String,
    pub name: String,
    /// Whether it is competent for all kinds of the case in its province.
    pub fits: bool,
    /// Entrustments in hand (在办).
    pub open: i64,
    /// Why it stands where it stands.
    pub reason: Say,
}

/// A kind of equipment an agency reviews, and the provinces where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competence {
    pub kind: String,
    pub provinces: Vec<String>,
}

/// An agency as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyFile {
    pub id: String,
    pub name: String,
    pub competence: Vec<Competence>,
    pub state: FormState,
}

/// 评审人员
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewer {
    pub id: String,
    pub name: String,
    pub number: String,
    pub kinds: Vec<String>,
    pub is_active: bool,
}

impl Reviewer {
    /// As records of cases and bookings name them.
    pub fn label(&self) -> String {
        format!("{} {}", self.name, self.number)
    }
}

/// The reviewers of an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewers {
    pub rows: Vec<Reviewer>,
    pub may_edit: bool,
    pub state: FormState,
}

/// A day on which a reviewer is taken: by a case, or by leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engaged {
    pub reviewer: String,
    pub day: Date,
    /// The case and its unit; none of leave.
    pub case: Option<(String, String)>,
}

/// A month of an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    pub today: Date,
    /// Days without work.
    pub off: Vec<Date>,
    pub reviewers: Vec<Reviewer>,
    pub engaged: Vec<Engaged>,
    pub may_edit: bool,
    pub state: FormState,
}

/// Days in a row on which a reviewer is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    pub reviewer: String,
    pub from: Date,
    pub to: Date,
}

/// The first day of the month `2026-12`.
pub fn month_of(text: &str) -> Option<Date> {
    format!("{text}-01").parse().ok()
}

/// The name of a month in addresses: `2026-12`.
pub fn month_name(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

impl Month {
    /// Leave by reviewer, days that follow one another together.
    pub fn leaves(&self) -> Vec<Leave> {
        let mut days: Vec<&Engaged> = self.engaged.iter().filter(|engaged| engaged.case.is_none()).collect();
        days.sort_by(|a, b| (&a.reviewer, a.day).cmp(&(&b.reviewer, b.day)));
        let mut leaves: Vec<Leave> = Vec::new();
        for Engaged { reviewer, day, .. } in days {
            match leaves.last_mut() {
                Some(last) if last.reviewer == *reviewer && last.to.tomorrow().ok() == Some(*day) => last.to = *day,
                _ => leaves.push(Leave { reviewer: reviewer.clone(), from: *day, to: *day }),
            }
        }
        leaves
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn kinds_and_provinces_are_those_of_the_catalogue_and_the_regions() {
        let catalogue = crate::catalogue::Catalogue::builtin();
        assert!(catalogue.items.iter().all(|item| KINDS.iter().any(|kind| kind.key == item.equipment_kind)));
        assert!(KINDS.iter().all(|kind| catalogue.items.iter().any(|item| item.equipment_kind == kind.key)));
        for province in PROVINCES {
            assert!(crate::base::region::find(province.key).is_some_and(|region| region.name.starts_with(province.label.zh)), "{}", province.key);
        }
        let authorities = crate::catalogue::Authority::builtin();
        let provincial = authorities.iter().filter(|authority| authority.level == crate::catalogue::AuthorityLevel::Provincial);
        let without: Vec<_> = provincial.map(|authority| authority.code.as_str()).filter(|code| !PROVINCES.iter().any(|p| p.key == *code)).collect();
        assert_eq!(without, ["660000"], "新疆生产建设兵团 is no region");
    }

    fn month(first: Date, engaged: Vec<Engaged>) -> Month {
        Month { first, today: first, off: Vec::new(), reviewers: Vec::new(), engaged, may_edit: false, state: FormState::default() }
    }

    #[test]
    fn a_month_has_a_name() {
        assert_eq!((month_of("2026-12"), month_of("2026-13"), month_of("")), (Some(date(2026, 12, 1)), None, None));
    }

    #[test]
    fn days_of_leave_in_a_row_are_one() {
        let away = |reviewer: &str, day| Engaged { reviewer: reviewer.into(), day: date(2026, 3, day), case: None };
        let mut engaged = vec![away("b", 2), away("a", 3), away("b", 3), away("b", 5)];
        engaged.push(Engaged { case: Some(("XK1".into(), "某厂".into())), ..away("b", 4) });
        let leaves: Vec<_> = month(date(2026, 3, 1), engaged).leaves().into_iter().map(|l| (l.reviewer, l.from.day(), l.to.day())).collect();
        assert_eq!(leaves, [("a".into(), 3, 3), ("b".into(), 2, 3), ("b".into(), 5, 5)]);
    }
}
