//! A case as its screens know it. Pure.

pub use super::wanted::{Near, SOON, Share, Wanted};

use super::compared::Notified;
use super::forms::{Offer, Source};
use super::inviting::ReviewDays;
use crate::base::{Say, Text, t};
use crate::catalogue::person_kind;
use crate::document::model::Content;
use crate::document::view::DocumentLine;
use crate::form::Values;
use crate::notice::model::Letter;
use crate::ui::form::FormState;
use crate::workflow::action::meets;
use crate::workflow::case::{Appointment, Round, Wish};
use crate::workflow::clock::Pause;
use crate::workflow::person::{Seat, Sitting};
use crate::workflow::{ActionKind, Case, Ledger, Matter, Named, Party, Role, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One line of a case's timeline (时间线).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// Unix milliseconds.
    pub at: i64,
    pub what: ActionKind,
    pub role: Role,
    /// The person's name; empty for what time did.
    pub who: String,
    /// What it says, line by line: the reason, and what else is told.
    pub said: Say,
    /// Files it brought: id and name.
    pub files: Vec<(String, String)>,
    /// Whom and what it names by ids; their names stand in what is said.
    #[serde(skip)]
    pub named: Vec<(Text, Named)>,
    /// Ids of the documents it made.
    pub documents: Vec<String>,
}

/// A case for whoever looks at it: where it stands, what they may do, what happened so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    pub no: String,
    pub state: State,
    /// What an action has to name as seen.
    pub revision: i64,
    /// The side the reader is on.
    pub side: Party,
    pub ledger: Ledger,
    pub actions: Vec<ActionKind>,
    pub timeline: Vec<Happening>,
}

impl CaseView {
    /// Whether an action can succeed now.
    pub fn may(&self, kind: ActionKind) -> bool {
        self.actions.contains(&kind)
    }
}

/// A work queue (待办): the cases in these states.
#[derive(Clone, Copy, Debug)]
pub struct Queue {
    pub key: &'static str,
    pub label: Text,
    pub states: &'static [State],
}

/// The key of the queue of what is done.
pub const CLOSED: &str = "closed";
/// The key of the queue of what somebody is asked for whose turn it is not ([`Case::asked`]); its cases stand in another queue as well.
pub const ASKED: &str = "asked";

const fn queue(key: &'static str, zh: &'static str, en: &'static str, states: &'static [State]) -> Queue {
    Queue { key, label: t(zh, en), states }
}

/// Counting the cases of a queue stops here; beyond, it says "99+".
pub const COUNTED: i64 = 99;

/// The queues of an authority (spec 2.23), in the order a case goes through them. 中止 waits for whoever resumes it. Of decided
/// cases the queue tells which: under way as long as something is to be served or published, or a complaint about the marks to be
/// answered, then closed.
pub const QUEUES: [Queue; 14] = [
    queue("accept", "待受理", "To accept", &[State::Submitted, State::Resubmitted]),
    queue("correct", "补正中", "Being corrected", &[State::Correction]),
    queue("entrust", "待委托", "To entrust", &[State::Accepted]),
    queue("exam", "考试中", "Examinations", &[State::ExamRegistered, State::ExamFailed, State::Resit, State::Failed]),
    queue("schedule", "待约请", "To schedule", &[State::Entrusted, State::Scheduling, State::ScheduleReturned]),
    queue("review", "评审中", "Under review", &[State::Scheduled, State::UnderReview]),
    queue("rectify", "整改中", "Rectifying", &[State::Rectifying]),
    queue("examine", "待审查", "To examine", &[State::Reported, State::ExamPassed, State::Examining, State::Hearing]),
    queue("approve", "待批准", "To approve", &[State::PendingApproval]),
    queue(
        ASKED,
        "延期、请示、协调",
        "Asked for",
        &[State::Resubmitted, State::Entrusted, State::Scheduling, State::ScheduleReturned, State::Examining, State::PendingApproval],
    ),
    queue("certify", "待制证", "To certify", &[State::Granted]),
    queue("serve", "待送达、待公布", "To serve, to publish", &[State::Denied, State::Issued]),
    queue("suspended", "已中止", "Suspended", &[State::Suspended]),
    queue(CLOSED, "已办结", "Closed", &[State::Refused, State::Denied, State::Issued, State::Withdrawn, State::Terminated, State::Failed, State::Lapsed]),
];

/// The queues of a side: of a review agency those from the acceptance on, of an examination body those from the seat taken there.
pub fn queues_of(side: Party) -> impl Iterator<Item = &'static Queue> {
    QUEUES.iter().filter(move |queue| match side {
        Party::Agency => !matches!(queue.key, "accept" | "correct" | "exam" | ASKED),
        Party::ExamBody => !matches!(queue.key, "accept" | "correct" | "entrust" | "schedule" | "review" | "rectify" | ASKED),
        _ => true,
    })
}

/// A certificate that a granted case will end in (ruling 2), for preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedCertificate {
    /// 特种设备生产许可证
    pub title: String,
    /// What its number will begin with: `TS2F61`.
    pub head: String,
    pub rows: Vec<PlannedRow>,
    /// ISO.
    pub valid_to: String,
}

/// An item on a planned certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedRow {
    /// Its id in the catalogue; under it the remark may be given otherwise.
    pub id: String,
    pub name: String,
    /// 许可参数（级别）
    pub parameters: String,
    /// 备注 as it follows from the rules and the application.
    pub remark: String,
}

/// What an official is told of a case beside its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// 视为受理: the limit passed in silence (行政许可法 art. 32(4)).
    DeemedAccepted,
    /// 督办: the date of the review was not agreed in time (ruling 23).
    Escalated,
    /// 请求协调: a side asked the authority to step in.
    Called,
    /// 请示待同意: a second correction notice waits for the supervisor's consent.
    ConsentAsked,
    /// 延期待批
    ExtensionProposed,
    /// 已延期
    Extended,
    /// 听证: one was requested and is still to be opened.
    Hearing,
}

impl Flag {
    /// Every flag there is.
    pub const ALL: [Flag; 7] =
        [Flag::DeemedAccepted, Flag::Escalated, Flag::Called, Flag::ConsentAsked, Flag::ExtensionProposed, Flag::Extended, Flag::Hearing];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Flag::DeemedAccepted => "deemed-accepted",
            Flag::Escalated => "escalated",
            Flag::Called => "called",
            Flag::ConsentAsked => "consent-asked",
            Flag::ExtensionProposed => "extension-proposed",
            Flag::Extended => "extended",
            Flag::Hearing => "hearing",
        }
    }

    /// Those of a case; a date that is agreed at last needs no supervision any more.
    pub fn of(case: &Case) -> Vec<Flag> {
        let deemed = case.acceptance.as_ref().is_some_and(|acceptance| acceptance.deemed);
        let asked = case.asked();
        let all = [
            (Flag::DeemedAccepted, deemed),
            (Flag::Escalated, case.escalated && case.appointment.is_none()),
            (Flag::Called, asked == Some(Role::Acceptance)),
            (Flag::ConsentAsked, asked == Some(Role::Supervisor)),
            (Flag::ExtensionProposed, asked == Some(Role::Approver)),
            (Flag::Extended, case.extended && case.state.is_open()),
            (Flag::Hearing, case.awaits_hearing()),
        ];
        all.into_iter().filter(|(_, is)| *is).map(|(flag, _)| flag).collect()
    }

    /// What it is called.
    pub fn label(self) -> Text {
        match self {
            Flag::DeemedAccepted => t("视为受理", "Deemed accepted"),
            Flag::Escalated => t("督办", "Escalated"),
            Flag::Called => t("请求协调", "Help asked"),
            Flag::ConsentAsked => t("请示待同意", "Consent asked"),
            Flag::ExtensionProposed => t("延期待批", "Extension proposed"),
            Flag::Extended => t("已延期", "Extended"),
            Flag::Hearing => t("听证", "Hearing requested"),
        }
    }
}

/// A case in a list of an authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: String,
    pub no: String,
    pub unit: String,
    /// Its credit code; of a person what may be shown of the id number, and that only to who reads the book.
    pub code: String,
    pub authority: String,
    pub category: String,
    pub kind: String,
    /// 申请项目, comma-joined
    pub items: String,
    pub state: State,
    pub turn: Option<Role>,
    /// The last day of the clock that binds whoever's turn it is; none while it stands still.
    pub due: Option<Date>,
    /// Working days left; negative once it has passed.
    pub left: i64,
    /// The last day the authority committed itself to (承诺时限) where that is earlier, and the working days left to it; of its own turns.
    pub committed: Option<(Date, i64)>,
    /// What stops that clock, if it does.
    pub stopped: Option<Pause>,
    /// For officials only.
    pub flags: Vec<Flag>,
    /// 承办人; empty if nobody has it.
    pub handler: String,
    /// What an action has to name as seen.
    pub revision: i64,
}

impl Entry {
    /// What kind of case it is.
    pub fn matter(&self) -> Matter {
        if person_kind(&self.category, &self.kind).is_some() { Matter::Person } else { Matter::Unit }
    }

    /// 申请状态, as a side reads it.
    pub fn state_label(&self, side: Party) -> Text {
        self.state.label_for(person_kind(&self.category, &self.kind), side)
    }
}

/// A page of a work queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseList {
    pub rows: Vec<Entry>,
    /// The side the reader is on.
    pub side: Party,
    /// Whether the reader looks on at authorities that theirs delegated to.
    pub delegates: bool,
    /// How many cases are past their last day, counted to one beyond [`COUNTED`].
    pub overdue: i64,
    /// How many cases each queue holds, by its key, counted to one beyond [`COUNTED`].
    pub counts: Vec<(String, i64)>,
    /// How many fit the filter, capped.
    pub count: i64,
    pub capped: bool,
    pub next: Option<String>,
    pub previous: Option<String>,
    /// Names the clicks of the buttons in the rows; empty for whoever takes no cases.
    pub click: String,
}

/// What a person's case has beside any other (spec 4.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// 执业单位 that are asked, each with its answer if it has given one.
    pub practice: Vec<(String, Option<bool>)>,
    /// 执业单位 that are only named, the former one too, each with whether its proof was checked.
    pub named: Vec<(String, bool)>,
    /// The seat taken and not used yet.
    pub seat: Option<Seat>,
    /// The examination and the resit, if there was one.
    pub sittings: Vec<Sitting>,
}

/// A letter before it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The action that sends it.
    pub of: ActionKind,
    pub content: Content,
    /// Of a correction notice, comes back with the order to send it, so that nothing else is sent than was seen.
    pub fingerprint: String,
    /// Whether every point that was begun is in it.
    pub is_whole: bool,
}

/// The desk on which a case lies for one of its sides (案件办理): the case, and what its forms offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    pub case: CaseView,
    pub entry: Entry,
    /// The version handed in last.
    pub version: i64,
    /// The review agency or the examination body; empty before there is one.
    pub agency: String,
    /// Of a person's case, as far as the reader is told.
    pub person: Option<PersonView>,
    /// Why the unit may not apply at present (spec 5.5), for whoever accepts.
    pub ban: Option<Say>,
    /// Why a person's application cannot be granted yet, for officials.
    pub unfounded: Option<Say>,
    /// The correction notices so far.
    pub notices: Vec<Notified>,
    /// The letter that is being composed, as it would read.
    pub preview: Option<Preview>,
    /// The negotiation of the review's date (约请), and what came of it.
    pub rounds: Vec<Round>,
    pub appointment: Option<Appointment>,
    pub wish: Option<Wish>,
    /// What its sides need to agree on it.
    pub days: Option<ReviewDays>,
    /// Why the agency, whose answer is waited for, cannot agree: it has nobody to send.
    pub unmanned: Option<Say>,
    /// The memo of the review waits for the unit's signature.
    pub unsigned: bool,
    /// What waits for somebody, whoever's turn it is: a hearing, the time to ask for one, and for officials what they are asked for.
    pub waits: Vec<Say>,
    /// 不再申请的项目
    pub given_up: Vec<String>,
    /// Of a case handed in again, the paths that differ from the version before: a second notice is about them only.
    pub changed: Vec<String>,
    /// What was issued in the case, as far as the reader may see it.
    pub documents: Vec<DocumentLine>,
    /// What the reader was told of the case, the newest first.
    pub letters: Vec<Letter>,
    /// The certificates it would end in now, for whoever issues them.
    pub planned: Vec<PlannedCertificate>,
    /// The authority's library of reasons, for whoever requires corrections.
    pub reasons: Vec<String>,
    /// What the case answers of the questions of forms, by path, until something else is typed.
    pub prefilled: Values,
    /// What the questions of the forms offer.
    pub offers: Vec<(Source, Vec<Offer>)>,
    /// Names the clicks of the forms on this page.
    pub click: String,
    /// Names of files that were uploaded with a form that was not done, by id.
    pub kept: BTreeMap<String, String>,
    /// What was posted and not done.
    pub form: FormState,
}

impl Desk {
    /// Whether a place of the book may be marked in a correction notice: in the first any, in another what was handed in anew.
    pub fn may_mark(&self, place: &str) -> bool {
        self.notices.is_empty() || meets(place, &self.changed)
    }

    /// What the form of an action holds: what was posted of it and not done, or what the case answers of it.
    pub fn filled(&self, kind: ActionKind) -> &Values {
        let is_posted = self.form.values.get("act").is_some_and(|act| act == kind.word());
        if is_posted { &self.form.values } else { &self.prefilled }
    }

    /// What a question offers.
    pub fn offers(&self, from: Source) -> &[Offer] {
        self.offers.iter().find(|(source, _)| *source == from).map(|(_, offers)| offers.as_slice()).unwrap_or_default()
    }
}
