//! The clocks of a case (spec 5.3, rulings 18–23), reckoned from dated events each time. The day of an event is not counted;
//! the day a pause begins still is, the day it ends is not. Both sides see the same ledger.

mod reckoning;

use self::reckoning::Reckoning;
use super::Facts;
use super::actor::{Party, Role};
use super::case::Case;
use super::limits::Limits;
use super::state::State;
use crate::base::workdays::Calendar;
use crate::base::{Say, Text, t};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// C1
    Acceptance,
    /// The unit's corrections (ours, no law).
    Correction,
    /// C2; C7 and C8 where it counts from receipt.
    Decision,
    /// C2b, beside C2 as information (ruling 20).
    Rule,
    /// C3
    Scheduling,
    /// C4
    Review,
    /// C5
    Rectification,
    /// C6
    Delivery,
    /// C9
    Renewal,
    /// C10
    Publicity,
    /// C11
    Feedback,
    /// All subjects passed (persons).
    Examination,
    /// The resit of a failed renewal (persons).
    Resit,
    /// Marks published (persons).
    Marks,
    /// A complaint about marks answered (persons).
    Complaint,
    /// A hearing that was requested held (行政许可法 art. 47), or one that was opened closed.
    Hearing,
    /// A hearing asked for by whoever was told of the right (art. 47).
    HearingRequest,
}

/// From when to when a clock ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub clock: Clock,
    pub from: Date,
    pub to: Option<Date>,
}

impl Run {
    /// A right ends with its last day, used or not: nobody is late.
    fn lapsed(self, due: Option<Date>, today: Date) -> Run {
        let over = due.filter(|due| self.clock == Clock::HearingRequest && self.to.unwrap_or(today) > *due);
        Run { to: over.or(self.to), ..self }
    }
}

/// Why time does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// 鉴定评审 (行政许可法 art. 45), from entrustment to report.
    Review,
    /// 听证
    Hearing,
    /// 中止
    Suspension,
}

/// From when to when time did not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub why: Reason,
    pub from: Date,
    pub to: Option<Date>,
}

/// How a limit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Working(u32),
    Months(i32),
    Until(Date),
}

impl Clock {
    /// What it is called, and who is bound by it.
    pub fn label(self) -> Text {
        match self {
            Clock::Acceptance => t("受理决定", "Decision on acceptance"),
            Clock::Correction => t("申请人补正", "Corrections by the applicant"),
            Clock::Decision => t("作出许可决定（法定）", "Decision (by law)"),
            Clock::Rule => t("审查（许可规则，自收到报告起）", "Examination (by the rule, from the report)"),
            Clock::Scheduling => t("约定评审时间", "Agreeing the review’s date"),
            Clock::Review => t("鉴定评审（含整改）", "Review, rectification included"),
            Clock::Rectification => t("整改", "Rectification"),
            Clock::Delivery => t("送达决定、颁发证书", "Serving the decision and certificate"),
            Clock::Renewal => t("原证届满前作出换证决定", "Decision before the old certificate expires"),
            Clock::Publicity => t("公布决定", "Publishing the decision"),
            Clock::Feedback => t("评审反馈", "Feedback on the review"),
            Clock::Examination => t("通过全部考试科目", "Passing all subjects"),
            Clock::Resit => t("换证补考", "Resit of the renewal"),
            Clock::Marks => t("公布考试成绩", "Publishing the marks"),
            Clock::Complaint => t("答复成绩申诉", "Answering the complaint about marks"),
            Clock::Hearing => t("举行听证", "Holding the hearing"),
            Clock::HearingRequest => t("申请听证", "Asking for a hearing"),
        }
    }

    /// The word stored.
    pub fn word(self) -> &'static str {
        match self {
            Clock::Acceptance => "acceptance",
            Clock::Correction => "correction",
            Clock::Decision => "decision",
            Clock::Rule => "rule",
            Clock::Scheduling => "scheduling",
            Clock::Review => "review",
            Clock::Rectification => "rectification",
            Clock::Delivery => "delivery",
            Clock::Renewal => "renewal",
            Clock::Publicity => "publicity",
            Clock::Feedback => "feedback",
            Clock::Examination => "examination",
            Clock::Resit => "resit",
            Clock::Marks => "marks",
            Clock::Complaint => "complaint",
            Clock::Hearing => "hearing",
            Clock::HearingRequest => "hearing-request",
        }
    }

    fn length(self, limits: &Limits, case: &Case, facts: &Facts) -> Option<Length> {
        let months = |n: u32| i32::try_from(n).map(Length::Months).ok();
        let extended = if case.extended { limits.extend } else { 0 };
        match self {
            Clock::Acceptance => Some(Length::Working(limits.accept)),
            Clock::Correction => Some(Length::Working(case.correct_days.unwrap_or(limits.correct))),
            Clock::Decision | Clock::Rule => Some(Length::Working(limits.decide + extended)),
            Clock::Scheduling => Some(Length::Working(limits.schedule)),
            Clock::Review => months(limits.review_months),
            Clock::Rectification => case.rectification.as_ref().map(|r| Length::Until(r.deadline)),
            Clock::Delivery => Some(Length::Working(limits.deliver)),
            Clock::Renewal => facts.expires.map(Length::Until),
            Clock::Publicity => Some(Length::Working(limits.publish)),
            Clock::Feedback => Some(Length::Working(limits.feedback)),
            Clock::Examination => months(limits.exam_months),
            Clock::Resit => months(limits.resit_months),
            Clock::Marks => Some(Length::Working(limits.marks)),
            Clock::Complaint => Some(Length::Working(limits.complaint)),
            Clock::Hearing => Some(Length::Working(limits.hearing)),
            Clock::HearingRequest => Some(Length::Working(limits.hearing_request)),
        }
    }

    /// Suspension stops every clock but the old certificate's expiry, which nothing stops.
    fn is_stopped_by(self, why: Reason) -> bool {
        match why {
            Reason::Suspension => self != Clock::Renewal,
            Reason::Hearing => matches!(self, Clock::Decision | Clock::Rule),
            Reason::Review => self == Clock::Decision,
        }
    }
}

/// How a clock stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Running,
    Stopped { since: Date, why: Reason },
    Ended { on: Date },
}

/// One clock, as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub clock: Clock,
    pub from: Date,
    /// Day `day` of `of`; working days unless `calendar_days`.
    pub day: u32,
    pub of: u32,
    pub calendar_days: bool,
    pub standing: Standing,
    /// The last day; unknown while it is stopped.
    pub due: Option<Date>,
    /// The last day the authority committed itself to, where earlier.
    pub committed: Option<Date>,
    pub overdue: bool,
    /// The limit runs into a year whose holidays are not known.
    pub warning: Option<Say>,
}

/// All clocks of a case, whose turn it is, and until when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    pub lines: Vec<Line>,
    pub turn: Option<Role>,
    /// The clock that binds whoever's turn it is.
    pub main: Option<Clock>,
    /// What they have to do; empty where there is nothing more to say than the state.
    pub todo: Say,
}

impl Ledger {
    /// The line of a clock.
    pub fn line(&self, clock: Clock) -> Option<&Line> {
        self.lines.iter().rev().find(|line| line.clock == clock)
    }

    /// The line that binds whoever's turn it is.
    pub fn main_line(&self) -> Option<&Line> {
        self.line(self.main?)
    }

    /// As a side sees it: the agency does not learn of the feedback on it (spec 1.3), nor of what is considered before it is decided.
    pub fn seen_by(mut self, side: Party) -> Ledger {
        self.lines.retain(|line| side != Party::Agency || !matches!(line.clock, Clock::Feedback | Clock::HearingRequest));
        self
    }

    /// The right to ask for a hearing, while it can be used.
    pub fn asking(&self) -> Option<&Line> {
        self.line(Clock::HearingRequest).filter(|line| line.standing == Standing::Running)
    }

    /// The last day for whoever's turn it is.
    pub fn due(&self) -> Option<Date> {
        self.main_line()?.due
    }
}

/// The ledger of a case on a day; of each clock its last run.
pub fn ledger(case: &Case, facts: &Facts, calendar: &Calendar, today: Date) -> Ledger {
    let mut runs: Vec<Run> = Vec::new();
    for run in &case.runs {
        runs.retain(|earlier| earlier.clock != run.clock);
        runs.push(*run);
    }
    let lines = runs.iter().filter_map(|run| line(run, case, facts, calendar, today)).collect();
    let main = main_clock(case).map(|main| if main == Clock::Examination { super::sitting::exam_clock(case, facts, calendar) } else { main });
    let mut ledger = Ledger { lines, turn: case.turn(), main, todo: Say::default() };
    if let Some(turn) = ledger.turn {
        ledger.todo = case.todo(turn, &ledger).into();
    }
    ledger
}

/// What stops the clock that binds whoever's turn it is, of several the last: the same for a list as for the ledger.
pub fn stopped(case: &Case) -> Option<Pause> {
    let main = main_clock(case)?;
    case.pauses.iter().rfind(|pause| pause.to.is_none() && main.is_stopped_by(pause.why)).copied()
}

/// The clock that binds whoever's turn it is; on the way to an examination [`super::sitting::exam_clock`] knows better.
fn main_clock(case: &Case) -> Option<Clock> {
    if case.is_complained() {
        return Some(Clock::Complaint);
    }
    match case.state {
        State::Accepted | State::ExamFailed if case.is_examined() => Some(Clock::Examination),
        State::ExamRegistered | State::Resit => Some(Clock::Marks),
        State::Submitted | State::Resubmitted => Some(Clock::Acceptance),
        State::Correction => Some(Clock::Correction),
        State::Accepted | State::Reported | State::ExamPassed | State::Examining | State::PendingApproval | State::Suspended => Some(Clock::Decision),
        State::Hearing => Some(Clock::Hearing),
        State::Entrusted | State::Scheduling | State::ScheduleReturned => Some(Clock::Scheduling),
        State::Scheduled | State::UnderReview => Some(Clock::Review),
        State::Rectifying => Some(Clock::Rectification),
        State::Granted | State::Denied | State::Issued => case.owed(),
        _ => None,
    }
}

/// The last day of the current run of a clock; `None` if it never ran or stands still.
pub fn due(clock: Clock, case: &Case, facts: &Facts, calendar: &Calendar) -> Option<Date> {
    let run = case.run(clock)?;
    Reckoning::new(run, case, facts, calendar).due(clock.length(&facts.limits, case, facts)?)
}

/// The `n`th working day a clock counts, as long as it is running.
pub fn nth_day(clock: Clock, n: u32, case: &Case, facts: &Facts, calendar: &Calendar) -> Option<Date> {
    let run = case.run(clock).filter(|run| run.to.is_none())?;
    Reckoning::new(run, case, facts, calendar).due(Length::Working(n))
}

fn line(run: &Run, case: &Case, facts: &Facts, calendar: &Calendar, today: Date) -> Option<Line> {
    let length = run.clock.length(&facts.limits, case, facts)?;
    let due = Reckoning::new(run, case, facts, calendar).due(length);
    let run = run.lapsed(due, today);
    let reckoning = Reckoning::new(&run, case, facts, calendar);
    let shorter = facts.committed.as_ref().and_then(|limits| reckoning.due(run.clock.length(limits, case, facts)?));
    let standing = match (run.to, reckoning.open_pause()) {
        (Some(on), _) => Standing::Ended { on },
        (None, Some(pause)) => Standing::Stopped { since: pause.from, why: pause.why },
        (None, None) => Standing::Running,
    };
    let (day, of, calendar_days) = match length {
        Length::Working(n) => (reckoning.counted(today, |day| calendar.is_working_day(day)), n, false),
        Length::Months(_) | Length::Until(_) => (reckoning.counted(today, |_| true), reckoning.whole(length), true),
    };
    Some(Line {
        clock: run.clock,
        from: reckoning.from,
        day,
        of,
        calendar_days,
        overdue: due.is_some_and(|due| run.to.unwrap_or(today) > due),
        warning: due.and_then(|due| calendar.warning(reckoning.from, due)),
        committed: shorter.filter(|shorter| due.is_some_and(|due| *shorter < due)),
        standing,
        due,
    })
}
