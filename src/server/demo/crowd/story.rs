//! What happened to a case by the stage it has reached: the steps of people, each with its time. Pure.

use crate::base::workdays::{legal_date, start_of};
use crate::workflow::Action;
use crate::workflow::action::{Conclusion, Draft, Ground, Mark, Window};
use jiff::ToSpan;
use jiff::civil::Date;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Submitted,
    Correction,
    Refused,
    Accepted,
    Withdrawn,
    Entrusted,
    Scheduling,
    Scheduled,
    UnderReview,
    Rectifying,
    Reported,
    Examining,
    Approval,
    Granted,
    Denied,
}

use Stage::*;

/// How many of twenty cases have come how far.
pub const STAGES: [Stage; 20] = [
    Submitted,
    Submitted,
    Submitted,
    Correction,
    Accepted,
    Accepted,
    Entrusted,
    Scheduling,
    Scheduled,
    Scheduled,
    UnderReview,
    UnderReview,
    Rectifying,
    Reported,
    Examining,
    Approval,
    Granted,
    Refused,
    Withdrawn,
    Denied,
];

impl Stage {
    /// Where the review lies: ahead, behind, or nowhere yet.
    pub fn review(self) -> Option<When> {
        match self {
            Scheduled => Some(When::Ahead),
            UnderReview | Rectifying | Reported | Examining | Approval => Some(When::Behind),
            Granted | Denied => Some(When::LongAgo),
            _ => None,
        }
    }
}

/// When a review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Ahead,
    Behind,
    /// Its days are nobody's any more.
    LongAgo,
}

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Applicant,
    Officer,
    Chief,
    Agency,
}

/// A step of a case.
pub struct Step {
    pub at: i64,
    pub who: Who,
    pub action: Action,
}

/// What a case's steps depend on.
pub struct Plan<'a> {
    pub stage: Stage,
    /// Spreads cases of one stage over days.
    pub spread: i64,
    pub now: i64,
    /// The day of the review, where there is one.
    pub review: Date,
    pub agency: &'a str,
    pub reviewer: &'a str,
}

impl Plan<'_> {
    /// When the review begins.
    fn begins(&self) -> i64 {
        start_of(self.review) + 9 * HOUR
    }

    /// When the application was handed in.
    pub fn handed_in(&self) -> i64 {
        let ago = |days: i64| self.now - days * DAY - HOUR;
        let spread = self.spread;
        match self.stage {
            // Silence of five working days would accept it.
            Submitted => ago(spread % 4),
            Correction => ago(6 + spread % 10),
            Refused | Withdrawn => ago(20 + spread % 300),
            Accepted => ago(3 + spread % 12),
            Entrusted => ago(4 + spread % 4),
            Scheduling => ago(6 + spread % 3),
            Scheduled => ago(9 + spread % 4),
            _ => self.begins() - 9 * DAY,
        }
    }

    /// The steps after the draft was made, oldest first.
    pub fn steps(&self, sha256: &str) -> Vec<Step> {
        let from = self.handed_in();
        let mut steps = vec![Step { at: from, who: Who::Applicant, action: Action::Submit { version: 1, sha256: sha256.to_owned() } }];
        let mut then = |at: i64, who: Who, action: Action| steps.push(Step { at, who, action });
        let (officer, applicant, agency, chief) = (Who::Officer, Who::Applicant, Who::Agency, Who::Chief);
        match self.stage {
            Submitted => return steps,
            Correction => {
                let marks = vec![Mark { path: "basic/fax".into(), text: "传真号码缺少区号，请补正。".into() }];
                then(from + DAY, officer, Action::RequireCorrection { marks, cause: String::new(), days: 0 });
                return steps;
            }
            Refused => {
                let reason = "所申请的设备不在特种设备目录内。".into();
                then(from + DAY, officer, Action::Refuse { ground: Ground::OutsideScope, reason, right_authority: String::new() });
                return steps;
            }
            _ => then(from + DAY, officer, Action::Accept { agency: Some(self.agency.to_owned()), checked: Vec::new() }),
        }
        if self.spread % 2 == 1 {
            then(from + DAY + HOUR, officer, Action::Take);
        }
        match self.stage {
            Accepted => return steps,
            Withdrawn => {
                then(from + 2 * DAY, applicant, Action::Withdraw { reason: "生产计划调整。".into() });
                return steps;
            }
            _ => then(from + 2 * DAY, officer, Action::Entrust),
        }
        if self.stage == Entrusted {
            return steps;
        }
        let review = Window { from: self.review, to: self.review };
        let ahead = |days: i64| legal_date(self.now).checked_add(days.days()).unwrap_or(Date::MAX);
        let soon = Window { from: ahead(4 + self.spread % 3), to: ahead(5 + self.spread % 3) };
        then(from + 3 * DAY, applicant, Action::Propose { windows: vec![if self.stage == Scheduling { soon } else { review }] });
        if self.stage == Scheduling {
            return steps;
        }
        then(from + 4 * DAY, agency, Action::Agree { window: review, reviewers: vec![self.reviewer.to_owned()] });
        if self.stage == Scheduled {
            return steps;
        }
        let begins = self.begins();
        let evening = begins + 8 * HOUR;
        then(begins, agency, Action::StartReview);
        match self.stage {
            UnderReview => return steps,
            Rectifying => {
                let deadline = self.review.checked_add(60.days()).unwrap_or(self.review);
                let (agency_signer, unit_signer) = ("评审组长".into(), String::new());
                let problems = vec!["焊接工艺评定记录不全。".into(), "计量器具检定超期。".into()];
                let requirements = vec!["补全记录。".into(), "送检并提供证书。".into()];
                then(evening, agency, Action::Memo { problems, requirements, deadline, agency_signer, unit_signer, file: String::new() });
                return steps;
            }
            _ => {
                let summary = "资源条件和质量保证体系符合要求。".into();
                let findings = vec![("人员".into(), "符合".into()), ("设备设施".into(), "符合".into())];
                then(evening, agency, Action::Report { conclusion: Conclusion::Meets, findings, summary, files: vec!["paper".into()] });
            }
        }
        if self.stage == Reported {
            return steps;
        }
        let next = begins + DAY;
        then(next, officer, Action::ReceiveReport);
        if self.stage == Examining {
            return steps;
        }
        let grant = self.stage != Denied;
        let opinion = if grant { "评审报告完整，建议准予许可。" } else { "现场抽样复查不符合，建议不予许可。" };
        then(next + HOUR, officer, Action::DraftDecision { draft: Draft { grant, opinion: opinion.into(), second: None } });
        then(next + 2 * HOUR, officer, Action::SendToApproval);
        match self.stage {
            Granted => {
                then(next + 3 * HOUR, chief, Action::Grant { note: String::new() });
                then(next + 4 * HOUR, officer, Action::Publish);
            }
            Denied => {
                then(next + 3 * HOUR, chief, Action::Deny { reason: "不符合许可条件。".into(), ground: None });
                then(next + 4 * HOUR, officer, Action::Deliver { how: "online".into() });
            }
            _ => {}
        }
        steps
    }
}
