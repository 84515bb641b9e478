//! Codes of inspection and testing persons (检验、检测人员资格项目代号). Their applications are in `personnel`.

use super::Decider;
use crate::base::{Say, Text, say, t};
use serde::{Deserialize, Serialize};

/// What kind of person a code is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 检验人员
    Inspection,
    /// 无损检测人员
    Ndt,
    /// 作业人员: reference data for page 6 of the book, never applied for here (ruling 27)
    Operator,
}

impl Group {
    /// 人员类型
    pub fn label(self) -> Text {
        match self {
            Group::Inspection => t("检验人员", "Inspection personnel"),
            Group::Ndt => t("无损检测人员", "Non-destructive testing personnel"),
            Group::Operator => t("作业人员", "Operators"),
        }
    }

    /// The word in the table of codes.
    pub fn word(self) -> &'static str {
        match self {
            Group::Inspection => "inspection",
            Group::Ndt => "ndt",
            Group::Operator => "operator",
        }
    }

    /// The group of a code by how it is written: inspection has its level before the item, testing behind the method.
    pub fn of_code(code: &str) -> Group {
        if ["Y-", "S-", "GS-", "G-"].iter().any(|level| code.starts_with(level)) { Group::Inspection } else { Group::Ndt }
    }

    /// The number of that rule.
    pub fn rule_short(self) -> &'static str {
        match self {
            Group::Inspection => "TSG Z8002-2022",
            Group::Ndt | Group::Operator => "TSG Z8001-2019",
        }
    }

    /// The rule its examinations and certificates follow.
    pub fn rule(self) -> &'static str {
        match self {
            Group::Inspection => "《特种设备检验人员考核规则》（TSG Z8002-2022）",
            Group::Ndt | Group::Operator => "《特种设备无损检测人员考核规则》（TSG Z8001-2019）",
        }
    }
}

/// Who decides on a person's qualification.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonnelDecider {
    National,
    Provincial,
    /// 市、县级: operators only
    Local,
}

/// One qualification (资格项目).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PersonnelCode {
    /// `Y-DT`, `UT-II`
    pub code: String,
    /// Other spellings on certificates.
    #[serde(default)]
    pub aliases: Vec<String>,
    pub group: Group,
    pub level: String,
    /// In English, as is `item_en`; reference data have neither.
    #[serde(default)]
    pub level_en: String,
    pub item_code: String,
    pub item: String,
    #[serde(default)]
    pub item_en: String,
    pub name: String,
    pub authority: PersonnelDecider,
    /// Whether it can be applied for.
    pub selectable: bool,
    #[serde(default)]
    pub covers: Vec<String>,
    /// What must be held before.
    pub prerequisite: Say,
    /// What else is to know of the code.
    #[serde(default)]
    pub note: Say,
}

impl PersonnelCode {
    /// What it is found by: code in every spelling, equipment or method, level, in either language.
    pub fn words(&self) -> String {
        [&self.code, &self.name, &self.level, &self.item, &self.aliases.join(" "), &self.item_en, &self.level_en].map(String::as_str).join(" ")
    }

    /// 项目名称
    pub fn said(&self) -> Say {
        let en = if self.item_en.is_empty() { self.name.clone() } else { format!("{}, {}", capital(&self.item_en), self.level_en) };
        say(self.name.clone(), en)
    }

    /// 级别
    pub fn level_said(&self) -> Say {
        say(self.level.clone(), if self.level_en.is_empty() { self.level.clone() } else { capital(&self.level_en) })
    }

    /// Who decides, for codes that can be applied for.
    pub fn decider(&self) -> Option<Decider> {
        match self.authority {
            PersonnelDecider::National => Some(Decider::National),
            PersonnelDecider::Provincial => Some(Decider::Provincial),
            PersonnelDecider::Local => None,
        }
    }
}

/// With its first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The table of codes.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PersonnelCodes {
    pub version: String,
    /// 考试科目, by group (TSG Z8001-2019 art. 13: theory with closed and open book, and practice).
    #[serde(default)]
    pub subjects: std::collections::BTreeMap<Group, Vec<String>>,
    pub codes: Vec<PersonnelCode>,
}

impl PersonnelCodes {
    /// The codes known when the program was built.
    #[cfg(feature = "ssr")]
    pub fn builtin() -> &'static PersonnelCodes {
        static CODES: std::sync::LazyLock<PersonnelCodes> =
            std::sync::LazyLock::new(|| serde_json::from_str(include_str!("data/personnel_codes.json")).unwrap_or_default());
        &CODES
    }

    /// The code with this spelling or alias.
    pub fn find(&self, code: &str) -> Option<&PersonnelCode> {
        self.codes.iter().find(|known| known.code == code || known.aliases.iter().any(|alias| alias == code))
    }

    /// 考试科目 of what is applied for.
    pub fn subjects(&self, codes: &[String]) -> Vec<String> {
        let groups = codes.iter().filter_map(|code| self.find(code)).map(|code| code.group);
        let subjects = groups.filter_map(|group| self.subjects.get(&group)).flatten();
        let mut all: Vec<String> = Vec::new();
        subjects.for_each(|subject| {
            if !all.contains(subject) {
                all.push(subject.clone())
            }
        });
        all
    }

    /// The codes of these spellings, those that are known.
    pub fn pick(&self, codes: &[String]) -> Vec<&PersonnelCode> {
        codes.iter().filter_map(|code| self.find(code)).collect()
    }

    /// What can be applied for.
    pub fn selectable(&self) -> impl Iterator<Item = &PersonnelCode> {
        self.codes.iter().filter(|code| code.selectable)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_applied_for_is_called_in_both_languages() {
        for code in PersonnelCodes::builtin().codes.iter().filter(|code| code.decider().is_some()) {
            let (said, level) = (code.said(), code.level_said());
            assert_eq!(said.zh, code.name);
            assert!(said.en.is_ascii() && level.en.is_ascii(), "{said:?} {level:?}");
        }
        let said = |code: &str| PersonnelCodes::builtin().find(code).map(|code| code.said().en.into_owned()).unwrap_or_default();
        assert_eq!(["S-DT", "PA-II"].map(said), ["Lifts and escalators, inspection engineer", "Phased-array ultrasonic, level II"]);
    }
}
