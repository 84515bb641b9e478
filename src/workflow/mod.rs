//! How a case moves, pure: its states, what may be done by whom, what follows, and which clocks run. A case is a list of
//! events; what is known of it is a fold over them. Loading, storing and telling people are `casework`'s.

pub mod action;
pub mod actor;
pub mod available;
pub mod case;
pub mod clock;
pub mod event;
mod filled;
pub mod fold;
pub mod guard;
pub mod limits;
pub mod person;
mod sitting;
pub mod state;
pub mod step;
pub mod timed;
mod told;

pub use action::{Action, ActionKind};
pub use actor::{Actor, Party, Role};
pub use available::available;
pub use case::Case;
pub use clock::{Ledger, ledger};
pub use event::Event;
pub use fold::fold;
pub use limits::{Limits, Start};
pub use state::State;
pub use step::{step, unchecked};
pub use told::Named;

use crate::base::Say;
use crate::base::workdays::{Calendar, legal_date};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[cfg(all(test, feature = "ssr"))]
mod tests;

/// What kind of case it is; the table of actions is chosen by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Matter {
    /// 单位许可
    #[default]
    Unit,
    /// 检验、检测人员资格认定
    Person,
}

/// Whether the review on site is part of the way (鉴定评审, spec 3.5 and 5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Review {
    Needed,
    NotNeeded,
    /// 由审批机关决定: whoever accepts decides, by naming an agency or not.
    AuthorityDecides,
}

/// What is true of a case whatever happens to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The applicant.
    pub unit: String,
    pub items: Vec<String>,
    pub review: Review,
    /// 法定时限, by the version of the rules the case was filed under.
    pub limits: Limits,
    /// 承诺时限 of the authority, where shorter.
    pub committed: Option<Limits>,
    /// The last day of the certificate a renewal is about (行政许可法 art. 50).
    pub expires: Option<Date>,
    /// 执业单位 that have to confirm that the person practises there; for a change also the former one.
    pub employers: Vec<String>,
    /// 考试科目
    pub subjects: Vec<String>,
    /// What is checked one by one before it is accepted (资格条件核对, spec 4.3).
    pub points: Vec<String>,
    /// Why a person's application cannot be granted yet: what it rests on in the register is not checked, or not there any more.
    pub unfounded: Option<Say>,
    /// Paths of the book that differ between the last two versions: what a second correction notice may be about.
    pub changed: Vec<String>,
    /// Whom the agency may send, while the date of its review is agreed.
    pub reviewers: Vec<String>,
}

impl Facts {
    /// What every case has; nothing else is known of it.
    pub fn of(unit: &str, items: &[String], review: Review, limits: Limits) -> Facts {
        Facts {
            unit: unit.to_owned(),
            items: items.to_vec(),
            review,
            limits,
            committed: None,
            expires: None,
            employers: Vec::new(),
            subjects: Vec::new(),
            points: Vec::new(),
            unfounded: None,
            changed: Vec::new(),
            reviewers: Vec::new(),
        }
    }
}

/// Days a reviewer is taken by another case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    pub reviewer: String,
    pub window: action::Window,
}

/// What a decision rests on besides the case itself; the same for [`available`] and [`step`] (ruling 17).
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Unix milliseconds.
    pub now: i64,
    pub calendar: &'a Calendar,
    pub facts: &'a Facts,
    /// Why the unit may not apply at present (spec 5.5).
    pub ban: Option<Say>,
    /// Other cases' days of the agency's reviewers.
    pub bookings: &'a [Booking],
}

impl Context<'_> {
    /// The legal day.
    pub fn today(&self) -> Date {
        legal_date(self.now)
    }
}

/// What kind of no it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// Nobody can do this in this state.
    State,
    /// Somebody else can.
    Role,
    /// A rule stands against it now.
    Rule,
    /// What was filled in will not do.
    Payload,
}

/// Why an action is not done: what stands against it, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub why: Why,
    pub say: Say,
}

impl Refusal {
    /// A rule that stands against the action whatever is filled in.
    pub fn rule(say: impl Into<Say>) -> Refusal {
        Refusal { why: Why::Rule, say: say.into() }
    }

    /// Something to fill in differently.
    pub fn payload(say: impl Into<Say>) -> Refusal {
        Refusal { why: Why::Payload, say: say.into() }
    }
}
