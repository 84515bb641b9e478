//! What is known of a case. [`super::fold`] makes it from events; it remembers days, never remainders: [`super::clock`] reckons
//! with them.

use super::Matter;
use super::action::{Amended, Conclusion, Draft, Mark, Window};
use super::actor::{Party, Role};
use super::clock::{Clock, Pause, Reason, Run};
use super::person::Candidate;
use super::state::State;
use crate::base::Text;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One offer of days by one side (约请轮次).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub by: Party,
    pub on: Date,
    pub windows: Vec<Window>,
    /// Whom the agency would send, if it offers.
    pub reviewers: Vec<String>,
    /// How it ended; `None` while it stands.
    pub end: Option<RoundEnd>,
}

/// How an offer of days ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundEnd {
    Agreed(Window),
    Returned(String),
    /// The other side offered days of its own.
    Answered,
    Withdrawn,
    Expired,
    AgencyReplaced,
}

/// 受理
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// The day the clocks count from; of a deemed one, the day of receipt.
    pub on: Date,
    pub deemed: bool,
    /// How many versions of the 受理决定书 there are.
    pub documents: u32,
}

/// The day agreed for the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub window: Window,
    pub reviewers: Vec<String>,
    /// Counts changes, as RFC 5545 has it.
    pub sequence: u32,
}

/// A wish for another day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub by: Party,
    pub window: Window,
    pub reason: String,
}

/// 整改
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectification {
    pub problems: Vec<String>,
    pub deadline: Date,
    /// The memo waits for the unit's signature.
    #[serde(default)]
    pub unsigned: bool,
    /// Handed in and not judged yet.
    pub handed_in: bool,
    pub confirmed: bool,
}

/// A case as its events make it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    pub state: State,
    /// How many events there are; whoever acts has seen one.
    pub revision: i64,
    pub runs: Vec<Run>,
    pub pauses: Vec<Pause>,
    /// What a suspension goes back to.
    pub back: Option<State>,
    /// The version of the book handed in last.
    pub version: i64,
    pub submitted_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// Correction notices so far, and what the last one marks.
    pub corrections: u32,
    pub marks: Vec<Mark>,
    /// The working days the last notice gives, where it says them.
    pub correct_days: Option<u32>,
    /// Who asked for a second notice.
    pub consent_asked_by: Option<String>,
    pub consented: bool,
    pub acceptance: Option<Acceptance>,
    pub agency: Option<String>,
    pub escalated: bool,
    /// A side asked the authority to step in (报请协调) about the agency there is.
    pub authority_called: bool,
    pub rounds: Vec<Round>,
    pub appointment: Option<Appointment>,
    pub wish: Option<Wish>,
    /// Items applied for no longer: left out of the acceptance (TSG 07-2019 3.3.4), or given up during the review (3.4.2).
    pub given_up: Vec<String>,
    /// What amended acceptances say of the applicant.
    pub amended: Amended,
    pub rectification: Option<Rectification>,
    pub conclusion: Option<Conclusion>,
    pub explanation_due: bool,
    /// Who ever drafted or examined: none of them approves (ruling 12).
    pub examiners: BTreeSet<String>,
    pub approver: Option<String>,
    pub draft: Option<Draft>,
    /// An examiner proposed to extend the limit (提请延期).
    pub extension_proposed: bool,
    pub extended: bool,
    pub hearing_requested: bool,
    pub decided: Option<Date>,
    pub certificates: Vec<String>,
    pub delivered: Option<Date>,
    pub published: Option<Date>,
    pub feedback: Option<Date>,
    pub acknowledged: BTreeSet<String>,
    /// 承办人
    pub handler: Option<String>,
    /// Of a person's case.
    pub person: Option<Candidate>,
}

impl Case {
    /// What kind of case it is.
    pub fn matter(&self) -> Matter {
        if self.person.is_some() { Matter::Person } else { Matter::Unit }
    }

    /// 申请状态, as a side reads it.
    pub fn label(&self, side: Party) -> Text {
        self.state.label_for(self.person.as_ref().map(|person| person.kind), side)
    }

    /// Whether it was deemed accepted and has no 受理决定书 yet.
    pub fn is_undocumented(&self) -> bool {
        self.acceptance.as_ref().is_some_and(|acceptance| acceptance.documents == 0)
    }

    /// Whether an examination is part of its way.
    pub fn is_examined(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.kind.is_examined())
    }

    /// Whether a complaint about marks waits for its answer.
    pub fn is_complained(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.complaint)
    }

    /// Whose turn it is.
    pub fn turn(&self) -> Option<Role> {
        if self.is_complained() {
            return Some(Role::ExamOfficer);
        }
        if let (State::Accepted | State::ExamPassed, Some(person)) = (self.state, &self.person) {
            let sits = self.state == State::Accepted && person.kind.is_examined();
            return Some(match (sits, self.is_undocumented()) {
                (true, _) => Role::Signer,
                (false, true) => Role::Acceptance,
                (false, false) => Role::Examiner,
            });
        }
        match (self.state, self.standing().map(|round| round.by)) {
            (State::Scheduling, Some(Party::Agency)) => Some(Role::Signer),
            (State::Rectifying, _) if self.rectification.as_ref().is_some_and(|r| r.handed_in) => Some(Role::AgencyLead),
            (State::Denied | State::Issued, _) if self.owed().is_some() => Some(Role::Certificate),
            (state, _) => state.turn(),
        }
    }

    /// Who is asked for something while it is somebody else's turn: 延期 of the approver, 再次告知补正 of the supervisor, 协调 of whoever
    /// accepts.
    pub fn asked(&self) -> Option<Role> {
        match self.state {
            State::Resubmitted if self.consent_asked_by.is_some() && !self.consented => Some(Role::Supervisor),
            State::Examining | State::PendingApproval if self.extension_proposed && !self.extended => Some(Role::Approver),
            State::Entrusted | State::Scheduling | State::ScheduleReturned if self.authority_called => Some(Role::Acceptance),
            _ => None,
        }
    }

    /// Whether a hearing that was requested is still to be opened.
    pub fn awaits_hearing(&self) -> bool {
        self.hearing_requested && matches!(self.state, State::Examining | State::PendingApproval)
    }

    /// What a decision still owes (spec 5.3, C10 and C6): 公布 first, which ends first, then 送达.
    pub fn owed(&self) -> Option<Clock> {
        [Clock::Publicity, Clock::Delivery].into_iter().find(|clock| self.run(*clock).is_some_and(|run| run.to.is_none()))
    }

    /// The offer of days that waits for an answer.
    pub fn standing(&self) -> Option<&Round> {
        self.rounds.last().filter(|round| round.end.is_none())
    }

    /// The last run of a clock, ended or not.
    pub fn run(&self, clock: Clock) -> Option<&Run> {
        self.runs.iter().rev().find(|run| run.clock == clock)
    }

    /// Whether the memo of the review waits for the unit's signature.
    pub fn awaits_signature(&self) -> bool {
        self.rectification.as_ref().is_some_and(|rectification| rectification.unsigned)
    }

    /// Whether a review was reported (and not returned).
    pub fn is_reported(&self) -> bool {
        self.conclusion.is_some()
    }
}

/// How clocks start, stop and rest.
impl Case {
    pub(super) fn start(&mut self, clock: Clock, from: Date) {
        self.runs.push(Run { clock, from, to: None });
    }

    pub(super) fn stop(&mut self, clocks: &[Clock], on: Date) {
        self.runs.iter_mut().filter(|run| run.to.is_none() && clocks.contains(&run.clock)).for_each(|run| run.to = Some(on));
    }

    /// Lets the last run of a clock go on as if it had never ended.
    pub(super) fn reopen(&mut self, clock: Clock) {
        self.runs.iter_mut().rev().find(|run| run.clock == clock).into_iter().for_each(|run| run.to = None);
    }

    pub(super) fn pause(&mut self, why: Reason, from: Date) {
        self.pauses.push(Pause { why, from, to: None });
    }

    pub(super) fn resume(&mut self, why: Reason, on: Date) {
        self.pauses.iter_mut().filter(|pause| pause.to.is_none() && pause.why == why).for_each(|pause| pause.to = Some(on));
    }
}
