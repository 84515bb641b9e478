//! Who acts on a case, and as what (spec 1.2, ruling 11). Finding out what somebody is to a case is `casework`'s.

use crate::base::{Text, t};
use serde::{Deserialize, Serialize};

/// The sides of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// 申请人
    Unit,
    /// 审批机关
    Authority,
    /// 鉴定评审机构
    Agency,
    /// 考试机构
    ExamBody,
    /// 执业单位 of a person
    Employer,
    /// Time, acting by itself.
    System,
}

impl Party {
    /// Whether it reads the book and what the case notes of itself; an examination body and a practising unit learn what concerns
    /// them, not a person's record (个人信息保护法 art. 6).
    pub fn reads_book(self) -> bool {
        matches!(self, Party::Unit | Party::Authority | Party::Agency)
    }

    /// What it is called.
    pub fn label(self) -> Text {
        match self {
            Party::Unit => t("申请人", "Applicant"),
            Party::Authority => t("审批机关", "Authority"),
            Party::Agency => t("鉴定评审机构", "Review agency"),
            Party::ExamBody => t("考试机构", "Examination body"),
            Party::Employer => t("执业单位", "Practising unit"),
            Party::System => t("系统", "System"),
        }
    }
}

/// What somebody is to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 查阅人 of the applicant, and everybody else there.
    Reader,
    /// 填报人: edits and uploads.
    Filler,
    /// The owner, or a filler to whom the owner gave it: submits, withdraws, agrees dates, sends feedback (ruling 11).
    Signer,
    /// 受理人员
    Acceptance,
    /// 审查人员
    Examiner,
    /// 批准人
    Approver,
    /// 制证人员
    Certificate,
    /// 监督人员 of the deciding authority or of one above it (行政许可法 art. 60).
    Supervisor,
    /// Who answers for the agency the case is entrusted to.
    AgencyLead,
    /// 评审员
    Reviewer,
    /// 查阅人 of the agency, and everybody else there.
    AgencyReader,
    /// 考试机构工作人员
    ExamOfficer,
    /// 查阅人 of the examination body, and everybody else there.
    ExamReader,
    /// Who answers for the unit a person practises at (特种设备安全法 art. 51).
    Employer,
    /// A limit that has run out.
    System,
}

const ROWS: [(Role, &str, Text, Party); 15] = [
    (Role::Reader, "reader", t("申请人一方的查阅人", "Applicant’s reader"), Party::Unit),
    (Role::Filler, "filler", t("申请人一方的填报人", "Applicant’s filler"), Party::Unit),
    (Role::Signer, "signer", t("申请人", "Applicant"), Party::Unit),
    (Role::Acceptance, "acceptance", t("受理人员", "Acceptance officer"), Party::Authority),
    (Role::Examiner, "examiner", t("审查人员", "Case examiner"), Party::Authority),
    (Role::Approver, "approver", t("批准人", "Approver"), Party::Authority),
    (Role::Certificate, "certificate", t("制证人员", "Certificate officer"), Party::Authority),
    (Role::Supervisor, "supervisor", t("监督人员", "Supervisor"), Party::Authority),
    (Role::AgencyLead, "agency-lead", t("鉴定评审机构负责人", "Lead of the review agency"), Party::Agency),
    (Role::Reviewer, "reviewer", t("鉴定评审人员", "Reviewer"), Party::Agency),
    (Role::AgencyReader, "agency-reader", t("鉴定评审机构查阅人", "Reader of the review agency"), Party::Agency),
    (Role::ExamOfficer, "exam-officer", t("考试机构", "Examination body"), Party::ExamBody),
    (Role::ExamReader, "exam-reader", t("考试机构查阅人", "Reader of the examination body"), Party::ExamBody),
    (Role::Employer, "employer", t("执业单位", "Practising unit"), Party::Employer),
    (Role::System, "system", t("系统", "System"), Party::System),
];

impl Role {
    fn row(self) -> &'static (Role, &'static str, Text, Party) {
        // The rows stand in the order of the variants; a test holds it.
        &ROWS[self as usize]
    }

    /// The word stored; of an official, also the word of the duty.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The role of a stored word.
    pub fn of_word(word: &str) -> Option<Role> {
        ROWS.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// What it is called.
    pub fn label(self) -> Text {
        self.row().2
    }

    /// The side it is on.
    pub fn party(self) -> Party {
        self.row().3
    }
}

/// Whoever acts, with everything they are to this case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub account: String,
    pub roles: Vec<Role>,
}

impl Actor {
    /// A member of the applicant, by what they may do there.
    pub fn of_unit(account: &str, write: bool, submit: bool) -> Actor {
        let roles = [(Role::Reader, true), (Role::Filler, write), (Role::Signer, submit)];
        Actor { account: account.to_owned(), roles: roles.into_iter().filter(|(_, is)| *is).map(|(role, _)| role).collect() }
    }

    /// Time itself.
    pub fn system() -> Actor {
        Actor { account: String::new(), roles: vec![Role::System] }
    }

    /// Whether they are this to the case.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The side they are on; nobody is on two.
    pub fn side(&self) -> Party {
        self.roles.first().map_or(Party::Unit, |role| role.party())
    }

    /// Whether they stand on this side.
    pub fn is_of(&self, party: Party) -> bool {
        self.roles.iter().any(|role| role.party() == party)
    }
}
