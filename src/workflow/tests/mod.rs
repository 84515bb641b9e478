//! The workflow: its ways, its limits, its clocks.

mod asked;
mod clocks;
mod complaints;
mod persons;
mod properties;
mod reviews;
mod tables;
mod ways;

use super::action::{Action, Conclusion, Draft, Feedback, Mark, Satisfaction, Window};
use super::actor::{Actor, Role};
use super::person::PersonKind;
use super::*;
use crate::base::workdays::start_of;

/// A case in a world whose time is ours.
#[derive(Clone)]
pub struct World {
    pub calendar: Calendar,
    pub facts: Facts,
    pub now: i64,
    pub case: Case,
    pub events: Vec<Event>,
    pub bookings: Vec<Booking>,
    pub ban: Option<Say>,
}

pub const LIMITS: Limits = Limits {
    accept: 5,
    correct: 30,
    decide: 20,
    decide_from: Start::Acceptance,
    extend: 10,
    schedule: 10,
    review_months: 12,
    rectify_months: 6,
    deliver: 10,
    publish: 7,
    feedback: 10,
    exam_months: 24,
    resit_months: 12,
    marks: 20,
    complaint: 20,
    hearing: 20,
    hearing_request: 5,
};

/// 考试科目
pub const SUBJECTS: [&str; 3] = ["闭卷", "开卷", "实际操作"];

pub fn day(iso: &str) -> Date {
    iso.parse().unwrap()
}

pub fn window(from: &str, to: &str) -> Window {
    Window { from: day(from), to: day(to) }
}

pub fn official(role: Role) -> Actor {
    Actor { account: role.word().into(), roles: vec![role] }
}

pub fn owner() -> Actor {
    Actor::of_unit("owner", true, true)
}

pub fn lead() -> Actor {
    Actor { account: "lead".into(), roles: vec![Role::AgencyLead, Role::Reviewer] }
}

pub fn feedback() -> Feedback {
    Feedback {
        period: window("2026-04-01", "2026-04-02"),
        categories: vec!["压力管道".into()],
        reviewers: "甲、乙".into(),
        misconduct: None,
        departure: None,
        unfairness: None,
        satisfaction: Satisfaction::Satisfied,
        note: String::new(),
    }
}

impl World {
    /// A draft on the morning of a day.
    pub fn on(iso: &str) -> World {
        let facts = Facts {
            changed: vec!["basic/region".into(), "basic/cert_date".into()],
            reviewers: vec!["r1".into(), "free".into()],
            ..Facts::of("unit", &["SE031".into(), "SE033".into()], Review::Needed, LIMITS)
        };
        World::begin(iso, facts, Action::Create)
    }

    /// A person's draft on the morning of a day, with one practising unit to be asked.
    pub fn person(iso: &str, kind: PersonKind) -> World {
        let facts = Facts {
            employers: vec!["employer".into()],
            subjects: if kind.is_examined() { SUBJECTS.map(str::to_owned).into() } else { Vec::new() },
            points: vec!["学历".into()],
            changed: vec!["basic/region".into(), "basic/cert_date".into()],
            ..Facts::of("person", &["UT-II".into()], Review::NotNeeded, LIMITS)
        };
        World::begin(iso, facts, Action::CreatePerson { kind })
    }

    fn begin(iso: &str, facts: Facts, action: Action) -> World {
        let mut world = World { calendar: Calendar::builtin(), facts, now: 0, case: Case::default(), events: Vec::new(), bookings: Vec::new(), ban: None };
        world.go(iso);
        world.add(Event { at: world.now, by: "owner".into(), role: Role::Signer, action });
        world
    }

    pub fn go(&mut self, iso: &str) {
        self.now = start_of(day(iso)) + 9 * 3_600_000;
    }

    pub fn ctx(&self) -> Context<'_> {
        Context { now: self.now, calendar: &self.calendar, facts: &self.facts, ban: self.ban.clone(), bookings: &self.bookings }
    }

    pub fn add(&mut self, event: Event) {
        self.case.apply(&event);
        self.events.push(event);
    }

    pub fn try_do(&mut self, actor: &Actor, action: Action) -> Result<State, Refusal> {
        let events = step(&self.case, actor, &action, &self.ctx())?;
        events.into_iter().for_each(|event| self.add(event));
        Ok(self.case.state)
    }

    /// Does it and tells the state after it.
    pub fn act(&mut self, actor: &Actor, action: Action) -> State {
        self.try_do(actor, action.clone()).unwrap_or_else(|no| panic!("{action:?} in {:?}: {}", self.case.state, no.say.zh))
    }

    pub fn no(&mut self, actor: &Actor, action: Action) -> Why {
        self.try_do(actor, action.clone()).expect_err(&format!("{action:?}")).why
    }

    pub fn due(&self, clock: clock::Clock) -> Option<String> {
        clock::due(clock, &self.case, &self.facts, &self.calendar).map(|due| due.to_string())
    }

    pub fn ledger(&self) -> Ledger {
        ledger(&self.case, &self.facts, &self.calendar, self.ctx().today())
    }

    pub fn submitted(iso: &str) -> World {
        let mut world = World::on(iso);
        world.act(&owner(), submit());
        world
    }

    /// Accepted with its agency on one day, entrusted on another.
    pub fn entrusted(accepted: &str, entrusted: &str) -> World {
        let mut world = World::submitted(accepted);
        world.act(&official(Role::Acceptance), Action::Accept { agency: Some("agency".into()), checked: Vec::new() });
        world.go(entrusted);
        world.act(&official(Role::Acceptance), Action::Entrust);
        world
    }

    /// Under review on a day, from a submission two days before.
    pub fn under_review(accepted: &str, review: &str) -> World {
        let mut world = World::entrusted(accepted, accepted);
        world.act(&owner(), Action::Propose { windows: vec![window(review, review)] });
        world.act(&lead(), Action::Agree { window: window(review, review), reviewers: vec!["r1".into()] });
        world.go(review);
        world.act(&lead(), Action::StartReview);
        world
    }

    /// Under examination, reported and received on a day.
    pub fn examining(accepted: &str, reported: &str) -> World {
        let mut world = World::under_review(accepted, reported);
        world.act(&lead(), report(Conclusion::Meets));
        world.act(&official(Role::Examiner), Action::ReceiveReport);
        world
    }
}

pub fn submit() -> Action {
    Action::Submit { version: 1, sha256: "00".into() }
}

pub fn report(conclusion: Conclusion) -> Action {
    Action::Report { conclusion, findings: vec![("人员".into(), "符合".into())], summary: "现场评审完成".into(), files: vec!["f1".into()] }
}

/// A memo that the unit has yet to sign, or one that both sides signed on paper.
pub fn memo(deadline: &str, is_signed: bool) -> Action {
    let (unit_signer, file) = if is_signed { ("乙", "f") } else { ("", "") };
    Action::Memo {
        problems: vec!["记录不全".into()],
        requirements: vec!["补全".into()],
        deadline: day(deadline),
        agency_signer: "甲".into(),
        unit_signer: unit_signer.into(),
        file: file.into(),
    }
}

pub fn rectify() -> Action {
    Action::Rectify { text: "已补全".into(), files: vec!["f2".into()] }
}

pub fn marks() -> Vec<Mark> {
    vec![Mark { path: "basic/region".into(), text: "所在地区有误".into() }, Mark { path: "basic/cert_date".into(), text: "认证日期有误".into() }]
}

pub fn draft(grant: bool) -> Action {
    Action::DraftDecision { draft: Draft { grant, opinion: "材料齐全，符合条件".into(), second: None } }
}
