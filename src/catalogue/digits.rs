//! 证书编号里的设备种类代码: the digit each kind of equipment has in certificate numbers. The rules print only some of them; the others
//! are ours until known better, so all are a setting (spec 6.5, ruling 24). Pure.

use super::setting::{InForce, Setting};
use crate::base::{Text, say, t};
use crate::form::{Doc, Field, Group, Issue, Kind, Page, Part, Values};
use jiff::civil::Date;

/// Key of the field, 设备种类, and its digit as delivered.
const KINDS: [(&str, &str, char); 12] = [
    ("boiler", "锅炉", '1'),
    ("vessel", "压力容器", '2'),
    ("mobile", "移动式压力容器", '2'),
    ("cylinder", "气瓶", '2'),
    ("lift", "电梯", '3'),
    ("crane", "起重机械", '4'),
    ("vehicle", "场（厂）内专用机动车辆", '5'),
    ("ride", "大型游乐设施", '6'),
    ("component", "压力管道元件", '7'),
    ("piping", "压力管道", '8'),
    ("ropeway", "客运索道", '9'),
    ("safety", "安全附件", 'F'),
];

const fn digit(key: &'static str, label: Text) -> Field {
    Field::new(key, label, Kind::Text).max(1)
}

/// 设备种类代码
pub static DIGITS: Page = Page {
    key: "digits",
    title: t("证书编号中的设备种类代码", "Kinds of equipment in certificate numbers"),
    lead: t("只影响以后编定的证书编号；已经颁发的证书编号不变。", "It holds for numbers given from now on; certificates that are issued keep theirs."),
    parts: &[Part::Group(Group {
        title: Text::NONE,
        hint: t("一个数字或者大写字母。", "One digit or capital letter each."),
        fields: &[
            digit("boiler", t("锅炉", "Boilers")),
            digit("vessel", t("压力容器", "Pressure vessels")),
            digit("mobile", t("移动式压力容器", "Transportable pressure vessels")),
            digit("cylinder", t("气瓶", "Gas cylinders")),
            digit("lift", t("电梯", "Lifts")),
            digit("crane", t("起重机械", "Lifting appliances")),
            digit("vehicle", t("场（厂）内专用机动车辆", "In-plant vehicles")),
            digit("ride", t("大型游乐设施", "Amusement rides")),
            digit("component", t("压力管道元件", "Pressure piping components")),
            digit("piping", t("压力管道", "Pressure piping")),
            digit("ropeway", t("客运索道", "Passenger ropeways")),
            digit("safety", t("安全附件", "Safety accessories")),
        ],
    })],
    rules,
};

fn rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    for (key, ..) in KINDS {
        let path = page.path(key);
        let typed = doc.get(&path);
        if !typed.is_empty() && one(typed).is_none() {
            issues.push(Issue::error(path, say("请填一个数字或者大写字母", "One digit or capital letter")));
        }
    }
    for (n, (key, kind, digit)) in KINDS.into_iter().enumerate() {
        let path = page.path(key);
        let typed = doc.get(&path);
        // The rules give vessels and cylinders one digit (ruling 24).
        let shares = |(other, (also, _, delivered)): &(usize, (&str, &str, char))| *other != n && *delivered != digit && doc.get(&page.path(also)) == typed;
        if let Some((_, (also, kind_too, _))) = KINDS.into_iter().enumerate().find(shares).filter(|_| one(typed).is_some()) {
            let too = page.field_at(&page.path(also)).map_or(kind_too, |field| field.label.en);
            issues.push(Issue::warning(
                path,
                say(
                    format!("与“{kind_too}”相同：从编号看不出是{kind}还是{kind_too}"),
                    format!("The same as for {too}: a number does not tell which of the two it is"),
                ),
            ));
        }
    }
}

/// The one digit or capital letter that was typed.
fn one(typed: &str) -> Option<char> {
    let mut letters = typed.chars();
    let first = letters.next().filter(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
    first.filter(|_| letters.next().is_none())
}

/// 设备种类代码 as a setting.
#[derive(Clone, Debug, PartialEq)]
pub struct EquipmentDigits;

impl Setting for EquipmentDigits {
    const FORM: &'static Page = &DIGITS;
    const KEY: &'static str = "certificate/digits";

    fn delivered() -> Values {
        KINDS.into_iter().map(|(key, _, digit)| (key.to_owned(), digit.to_string())).collect()
    }

    fn kept(typed: &str) -> Option<String> {
        one(typed).map(String::from)
    }
}

/// The digits in force.
pub type Digits = InForce<EquipmentDigits>;

impl Digits {
    /// The digit of a 设备种类.
    pub fn of(&self, equipment: &str) -> Option<char> {
        let (key, ..) = KINDS.into_iter().find(|(_, kind, _)| *kind == equipment)?;
        one(self.answer(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_field_and_a_digit() {
        let fields: Vec<_> = DIGITS.fields().map(|(_, field)| (field.key, field.label.zh)).collect();
        assert_eq!(fields, KINDS.iter().map(|(key, kind, _)| (*key, *kind)).collect::<Vec<_>>());
        assert_eq!(Digits::delivered().of("安全附件"), Some('F'));
        assert_eq!(Digits::delivered().of("飞机"), None);
    }
}
