//! Numbers of documents (文号) and certificates (证书编号). Pure: the running number comes from a counter row, one for each
//! [`series`](CertificateNumber::series), so that none is given twice.

use super::model::Kind;
use crate::catalogue::Digits;
use serde::{Deserialize, Serialize};

/// The highest running number there is a spelling for: `Z99`.
pub const LAST: i64 = 999 + 26 * 100;

/// The certificate project (spec 6.5, `p`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Project {
    /// 设计
    Design,
    /// 制造
    Manufacture,
    /// 安装、改造、修理
    Installation,
    /// 充装
    Filling,
    /// 检验检测机构, by class (`Ⅶ` 检测机构)
    Institution(char),
    /// 检验、检测人员, by what the person was first qualified for. The 8 is as the web has it (K|M), the digit behind it ours until
    /// known better: 1 检验人员, 2 无损检测人员.
    Person(char),
}

/// A certificate number before its running number is known: `TS` project, equipment kind, authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateNumber {
    head: String,
}

impl CertificateNumber {
    /// For a project, a 设备种类 and the `number_code` of an authority. `None` for a kind of equipment without a digit.
    pub fn new(project: Project, equipment: &str, authority: &str, digits: &Digits) -> Option<CertificateNumber> {
        let digit = |equipment| digits.of(equipment);
        let head = match project {
            Project::Institution(class) => format!("TS7{class}"),
            Project::Person(group) => format!("TS8{group}"),
            Project::Design => format!("TS1{}", digit(equipment)?),
            Project::Manufacture => format!("TS2{}", digit(equipment)?),
            Project::Installation => format!("TS3{}", digit(equipment)?),
            Project::Filling => format!("TS4{}", digit(equipment)?),
        };
        Some(CertificateNumber { head: format!("{head}{authority}") })
    }

    /// Every certificate with these running digits begins so, whatever its year: the maker's code stays its own (spec 6.5).
    pub fn stem(number: &str) -> &str {
        number.rsplit_once('-').map_or(number, |(stem, _)| stem)
    }

    /// The counter its running numbers come from: that authority's for that kind.
    pub fn series(&self) -> String {
        format!("certificate/{}", self.head)
    }

    /// What stands before the running number: `TS2F61`.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// The number after a renewal: only the year of expiry changes (spec 6.5). `None` if the old one begins otherwise, so that the
    /// certificate needs a number of its own. On paper the class of an institution is typed in letters too.
    pub fn renewed(&self, old: &str, expires: i16) -> Option<String> {
        let classes = [("TS7VII", "TS7Ⅶ"), ("TS7III", "TS7Ⅲ"), ("TS7II", "TS7Ⅱ"), ("TS7I", "TS7Ⅰ")];
        let stem = CertificateNumber::stem(old);
        let typed = classes.iter().find_map(|(letters, class)| stem.strip_prefix(letters).map(|rest| format!("{class}{rest}")));
        let stem = typed.as_deref().unwrap_or(stem);
        let running = stem.strip_prefix(&self.head)?;
        (running.chars().count() == 3).then(|| format!("{stem}-{expires}"))
    }

    /// The whole number; `None` past [`LAST`].
    pub fn number(&self, nth: i64, expires: i16) -> Option<String> {
        running(nth).map(|nnn| format!("{}{nnn}-{expires}", self.head))
    }
}

/// Three places: `001` to `999`, then a letter and two digits, 1020 is `A20` and 1120 is `B20` (TSG Z7002 annex a).
fn running(nth: i64) -> Option<String> {
    match nth {
        1..=999 => Some(format!("{nth:03}")),
        1000..=LAST => {
            let letter = u8::try_from((nth - 1000) / 100).ok()? + b'A';
            Some(format!("{}{:02}", char::from(letter), nth % 100))
        }
        _ => None,
    }
}

/// The counter of a kind of letters at an authority in a year.
pub fn letter_series(kind: Kind, authority: &str, year: i16) -> String {
    match kind {
        // One series for the whole system: its number does not name the authority.
        Kind::Acceptance => format!("document/TS/{year}"),
        _ => format!("document/{}/{authority}/{year}", kind.letters()),
    }
}

/// The number of a letter: `TS` seven digits `-` year `S` for an acceptance (ruling 25), else letters, authority, year, number.
pub fn letter_number(kind: Kind, authority: &str, year: i16, nth: i64) -> String {
    match kind {
        Kind::Acceptance => format!("TS{nth:07}-{year}S"),
        _ => format!("{}{authority}-{year}-{nth:06}", kind.letters()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_numbered_as_the_rules_say() {
        let number = |project, equipment, authority, nth, year| {
            CertificateNumber::new(project, equipment, authority, &Digits::delivered()).unwrap().number(nth, year).unwrap()
        };
        for (project, equipment, authority, nth, year, expected) in [
            (Project::Manufacture, "压力容器", "10", 123, 2029, "TS2210123-2029"),
            (Project::Manufacture, "压力容器", "10", 890, 2015, "TS2210890-2015"),
            (Project::Installation, "压力管道", "10", 436, 2025, "TS3810436-2025"),
            (Project::Filling, "气瓶", "33", 1, 2030, "TS4233001-2030"),
            (Project::Filling, "移动式压力容器", "61", 1020, 2030, "TS4261A20-2030"),
            (Project::Institution('Ⅶ'), "", "11", 1120, 2026, "TS7Ⅶ11B20-2026"),
            (Project::Person('2'), "", "61", 7, 2031, "TS8261007-2031"),
            (Project::Manufacture, "安全附件", "61", 7, 2030, "TS2F61007-2030"),
        ] {
            assert_eq!(number(project, equipment, authority, nth, year), expected);
        }
        assert_eq!(CertificateNumber::new(Project::Design, "飞机", "61", &Digits::delivered()), None);
        for item in crate::catalogue::Catalogue::builtin().items.iter().filter(|item| !item.equipment_kind.ends_with("机构")) {
            assert!(
                CertificateNumber::new(Project::Design, &item.equipment_kind, "61", &Digits::delivered()).is_some(),
                "{} has no digit",
                item.equipment_kind
            );
        }
    }

    #[test]
    fn running_numbers_have_three_places_and_an_end() {
        for (nth, expected) in [(1, "001"), (999, "999"), (1000, "A00"), (1099, "A99"), (1100, "B00"), (LAST, "Z99")] {
            assert_eq!(running(nth).as_deref(), Some(expected));
        }
        assert_eq!((running(0), running(LAST + 1)), (None, None));
    }

    #[test]
    fn renewal_changes_the_year_only() {
        let vessels = CertificateNumber::new(Project::Manufacture, "压力容器", "10", &Digits::delivered()).unwrap();
        assert_eq!(vessels.renewed("TS2210123-2029", 2033).as_deref(), Some("TS2210123-2033"));
        assert_eq!(vessels.renewed("TS2210A20-2029", 2033).as_deref(), Some("TS2210A20-2033"));
        for other in ["TS2310123-2029", "TS2261123-2029", "TS221012-2029", ""] {
            assert_eq!(vessels.renewed(other, 2033), None, "{other}");
        }
        let tester = CertificateNumber::new(Project::Institution('Ⅶ'), "", "11", &Digits::delivered()).unwrap();
        assert_eq!(tester.renewed("TS7VII11001-2026", 2030).as_deref(), Some("TS7Ⅶ11001-2030"));
    }

    #[test]
    fn letters_are_numbered_by_authority_and_year() {
        assert_eq!(letter_number(Kind::Acceptance, "330000", 2026, 1_456_160), "TS1456160-2026S");
        assert_eq!(letter_number(Kind::Denial, "610000", 2026, 12), "BX610000-2026-000012");
        assert_ne!(letter_series(Kind::Denial, "610000", 2026), letter_series(Kind::Grant, "610000", 2026));
    }
}
