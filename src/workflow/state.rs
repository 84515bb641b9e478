//! The states of a case (spec 5.1, ruling 14). A state is a plain word: the store, the lists and the table of actions are
//! keyed by it; what belongs to one state only (whose turn, where a suspension came from) is in [`super::Case`].

use super::actor::{Party, Role};
use super::person::PersonKind;
use crate::base::{Text, t};
use serde::{Deserialize, Serialize};

/// 申请状态
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// 初始填写（草稿）
    #[default]
    Draft,
    /// A deleted draft; it can be brought back for a while.
    Deleted,
    /// 已提交（待受理）
    Submitted,
    /// 补齐补正（待补正）
    Correction,
    /// 已补正（待受理）
    Resubmitted,
    /// 不予受理
    Refused,
    /// 已受理
    Accepted,
    /// 已委托（待约请）
    Entrusted,
    /// 协商评审时间
    Scheduling,
    /// 约请退回
    ScheduleReturned,
    /// 评审时间已确定
    Scheduled,
    /// 现场评审中
    UnderReview,
    /// 整改中
    Rectifying,
    /// 评审报告已提交
    Reported,
    /// 已报名（待考试）
    ExamRegistered,
    /// 考试不合格, one resit left
    ExamFailed,
    /// 已报名补考
    Resit,
    /// 考试合格
    ExamPassed,
    /// 审查中
    Examining,
    /// 听证中
    Hearing,
    /// 待批准
    PendingApproval,
    /// 准予许可
    Granted,
    /// 不予许可
    Denied,
    /// 已发证
    Issued,
    /// 已撤回
    Withdrawn,
    /// 终止办理
    Terminated,
    /// 中止办理
    Suspended,
    /// 考试不合格 after the resit; only an answered complaint about the marks changes it.
    Failed,
    /// 超期失效: not all subjects passed in time
    Lapsed,
}

use State::*;

const ROWS: [(State, &str, Text); 29] = [
    (Draft, "draft", t("初始填写", "Draft")),
    (Deleted, "deleted", t("已删除", "Deleted")),
    (Submitted, "submitted", t("已提交", "Submitted")),
    (Correction, "correction", t("补齐补正", "Correction required")),
    (Resubmitted, "resubmitted", t("已补正", "Corrected, resubmitted")),
    (Refused, "refused", t("不予受理", "Not accepted")),
    (Accepted, "accepted", t("已受理", "Accepted")),
    (Entrusted, "entrusted", t("已委托", "Review entrusted")),
    (Scheduling, "scheduling", t("协商评审时间", "Review date under negotiation")),
    (ScheduleReturned, "schedule-returned", t("约请退回", "Proposed dates returned")),
    (Scheduled, "scheduled", t("评审时间已确定", "Review date agreed")),
    (UnderReview, "under-review", t("现场评审中", "Under on-site review")),
    (Rectifying, "rectifying", t("整改中", "Under rectification")),
    (Reported, "reported", t("评审报告已提交", "Review reported")),
    (ExamRegistered, "exam-registered", t("待考试", "Signed up for the examination")),
    (ExamFailed, "exam-failed", t("考试不合格（可补考）", "Failed, one resit left")),
    (Resit, "resit", t("待补考", "Signed up for the resit")),
    (ExamPassed, "exam-passed", t("考试合格", "Examination passed")),
    (Examining, "examining", t("审查中", "Under examination")),
    (Hearing, "hearing", t("听证中", "Hearing")),
    (PendingApproval, "pending-approval", t("待批准", "Waiting for approval")),
    (Granted, "granted", t("准予许可", "Granted")),
    (Denied, "denied", t("不予许可", "Denied")),
    (Issued, "issued", t("已发证", "Certificate issued")),
    (Withdrawn, "withdrawn", t("已撤回", "Withdrawn")),
    (Terminated, "terminated", t("终止办理", "Terminated")),
    (Suspended, "suspended", t("中止办理", "Suspended")),
    (Failed, "failed", t("考试不合格", "Examination failed")),
    (Lapsed, "lapsed", t("超期失效", "Lapsed")),
];

/// While the date of the review is agreed, until it begins.
pub const BEFORE_REVIEW: &[State] = &[Entrusted, Scheduling, ScheduleReturned, Scheduled];
/// From submission up to the decision; a case in one of these can be withdrawn and terminated (ruling 14).
pub const OPEN: &[State] = &[
    Submitted,
    Correction,
    Resubmitted,
    Accepted,
    Entrusted,
    Scheduling,
    ScheduleReturned,
    Scheduled,
    UnderReview,
    Rectifying,
    Reported,
    ExamRegistered,
    ExamFailed,
    Resit,
    ExamPassed,
    Examining,
    Hearing,
    PendingApproval,
    Suspended,
];

/// States no action changes any more; records may still be added (ruling 14).
pub const FINAL: &[State] = &[Refused, Denied, Issued, Withdrawn, Terminated, Lapsed];

impl State {
    /// Every state, in the order a case goes through them.
    pub fn all() -> impl Iterator<Item = State> {
        ROWS.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (State, &'static str, Text) {
        // The rows stand in the order of the variants; a test holds it.
        &ROWS[self as usize]
    }

    /// The word stored.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The state of a stored word.
    pub fn of_word(word: &str) -> Option<State> {
        ROWS.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// 申请状态, in the manual's words where it has one.
    pub fn label(self) -> Text {
        self.row().2
    }

    /// 申请状态 for a side of a case: a person's has the words of spec 4.5 where they differ (0.3: an application taken back is 撤销).
    /// Officials tell 审查 from 批准, and act on it; for everybody else both are 审批中.
    pub fn label_for(self, person: Option<PersonKind>, side: Party) -> Text {
        let Some(kind) = person else { return self.label() };
        match self {
            Submitted => t("待受理", "Waiting for acceptance"),
            Correction => t("待补正", "Correction required"),
            Resubmitted => t("已补正（待受理）", "Corrected, waiting for acceptance"),
            Withdrawn => t("已撤销", "Cancelled"),
            Accepted if kind.is_examined() => t("已受理（待考试）", "Accepted, examination to come"),
            Accepted => t("已受理（待审核）", "Accepted, file review to come"),
            Examining | PendingApproval if side != Party::Authority => t("审批中", "Under approval"),
            other => other.label(),
        }
    }

    /// Whether it can be withdrawn, suspended or terminated.
    pub fn is_open(self) -> bool {
        OPEN.contains(&self)
    }

    /// Whether the date of the review is still to be agreed, or the review to begin.
    pub fn is_before_review(self) -> bool {
        BEFORE_REVIEW.contains(&self)
    }

    /// Whether nothing changes it any more.
    pub fn is_final(self) -> bool {
        FINAL.contains(&self)
    }

    /// Who has to act next; where two sides negotiate, [`super::Case::turn`] knows better.
    pub fn turn(self) -> Option<Role> {
        match self {
            Draft | Correction | Entrusted | ScheduleReturned | Rectifying | ExamFailed => Some(Role::Signer),
            Submitted | Resubmitted | Accepted => Some(Role::Acceptance),
            Scheduling | Scheduled | UnderReview => Some(Role::AgencyLead),
            Reported | ExamPassed | Examining | Hearing => Some(Role::Examiner),
            ExamRegistered | Resit => Some(Role::ExamOfficer),
            PendingApproval | Suspended => Some(Role::Approver),
            Granted => Some(Role::Certificate),
            Deleted | Refused | Denied | Issued | Withdrawn | Terminated | Failed | Lapsed => None,
        }
    }
}
