//! What a person's case (检验、检测人员资格认定) has beside any other: the kind of application, the confirmation by the
//! practising unit (执业单位), and the examination (spec 4.3–4.5, ruling 26).

use super::action::Score;
use crate::base::{Say, Text, say, t};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A subject is passed at so many points of a hundred (TSG Z8001-2019).
pub const PASS: u32 = 70;

/// 考试科目 with their keys in forms and sheets; a test holds them against the table of codes.
pub const SUBJECTS: [(&str, Text); 3] =
    [("closed", t("理论（闭卷）", "Theory (closed book)")), ("open", t("理论（开卷）", "Theory (open book)")), ("practice", t("实际操作", "Practice"))];

/// What a subject is called, as it stands in the record; one of another table has only its own name.
pub fn subject_of(subject: &str) -> Say {
    SUBJECTS.iter().find(|(_, label)| label.zh == subject).map_or_else(|| say(subject.to_owned(), subject.to_owned()), |(_, label)| (*label).into())
}

/// Stands among the practising units asked for one that is only named, not registered here: nobody can answer for it, so an examiner
/// checks its proof (执业证明).
pub const NAMED: &str = "named";

/// The same for the former practising unit of a 变更, whose proof of leaving (离职证明) is checked with the other's.
pub const LEFT: &str = "left";

/// Whether it stands for a unit that is only named.
pub fn is_named(unit: &str) -> bool {
    matches!(unit, NAMED | LEFT)
}

/// 申请类别 of a person's application (spec 2.21).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersonKind {
    /// 取证
    Obtain,
    /// 考试换证
    RenewExam,
    /// 审核换证: by file review, no examination (免考换证 in TSG Z8001).
    RenewFile,
    /// 变更: of the practising unit or of personal data (特种设备安全法 art. 51).
    Move,
}

const KINDS: [(PersonKind, &str, Text); 4] = [
    (PersonKind::Obtain, "obtain", t("取证", "First qualification")),
    (PersonKind::RenewExam, "renew-exam", t("考试换证", "Renewal by examination")),
    (PersonKind::RenewFile, "renew-file", t("审核换证", "Renewal by file review")),
    (PersonKind::Move, "move", t("变更", "Change")),
];

impl PersonKind {
    /// All kinds, in the manual's order.
    pub fn all() -> impl Iterator<Item = PersonKind> {
        KINDS.iter().map(|row| row.0)
    }

    /// The word in addresses and the store.
    pub fn word(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// 申请类别, in the manual's words.
    pub fn label(self) -> Text {
        KINDS[self as usize].2
    }

    /// The kind of a word.
    pub fn of_word(word: &str) -> Option<PersonKind> {
        KINDS.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// Whether an examination is part of the way (ruling 26).
    pub fn is_examined(self) -> bool {
        matches!(self, PersonKind::Obtain | PersonKind::RenewExam)
    }

    /// Whether it renews what is held (换证).
    pub fn is_renewal(self) -> bool {
        matches!(self, PersonKind::RenewExam | PersonKind::RenewFile)
    }

    /// Whether a certificate must be held already.
    pub fn needs_certificate(self) -> bool {
        self != PersonKind::Obtain
    }
}

/// A seat at an examination (考试报名).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub session: String,
    pub day: Date,
}

/// 违纪 voids one subject, 作弊 all of them (TSG Z8001-2019 第1号修改单, annex D).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misconduct {
    /// `None` for 作弊.
    pub subject: Option<String>,
    pub text: String,
}

/// An examination that was taken, with its marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    pub session: String,
    pub day: Date,
    pub published: Date,
    pub scores: Vec<Score>,
    pub misconduct: Vec<Misconduct>,
    /// The marks were complained about (成绩申诉).
    pub complained: bool,
}

impl Sitting {
    /// Whether a subject's mark was voided.
    pub fn is_void(&self, subject: &str) -> bool {
        self.misconduct.iter().any(|misconduct| misconduct.subject.as_deref().is_none_or(|void| void == subject))
    }

    /// The subjects of this sitting that were not passed.
    pub fn failed(&self) -> impl Iterator<Item = &str> {
        let is_passed = |score: &Score| score.points.is_some_and(|points| points >= PASS) && !self.is_void(&score.subject);
        self.scores.iter().filter(move |score| !is_passed(score)).map(|score| score.subject.as_str())
    }
}

/// What is known of a person's case beside any other's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    pub kind: PersonKind,
    /// What each practising unit asked has answered.
    pub practice: BTreeMap<String, bool>,
    /// The seat taken and not used yet.
    pub seat: Option<Seat>,
    /// Reported at the examination whose marks are still to come.
    pub misconduct: Vec<Misconduct>,
    /// The examination and the resit, if there was one.
    pub sittings: Vec<Sitting>,
    /// A complaint waits for its answer.
    pub complaint: bool,
}

impl Candidate {
    /// Of whom nothing is known yet.
    pub fn new(kind: PersonKind) -> Candidate {
        Candidate { kind, practice: BTreeMap::new(), seat: None, misconduct: Vec::new(), sittings: Vec::new(), complaint: false }
    }

    /// What a practising unit asked has answered; of those that are only named, what the one check of their proofs said.
    pub fn answer_of(&self, unit: &str) -> Option<bool> {
        self.practice.get(if is_named(unit) { NAMED } else { unit }).copied()
    }

    /// The subjects the next sitting is about: all of them, or in a resit those failed.
    pub fn to_sit<'a>(&'a self, subjects: &'a [String]) -> BTreeSet<&'a str> {
        match self.sittings.last() {
            Some(sitting) => sitting.failed().collect(),
            None => subjects.iter().map(String::as_str).collect(),
        }
    }

    /// Whether the one resit was taken (补考一次).
    pub fn was_resat(&self) -> bool {
        self.sittings.len() > 1
    }
}
