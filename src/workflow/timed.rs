//! What time does to a case by itself (ruling 17): it is done before anything else, whenever somebody looks.

use super::Context;
use super::action::{Action, ActionKind};
use super::actor::Role;
use super::case::Case;
use super::clock::{Clock, due, nth_day};
use super::event::Event;
use super::guard::complaint_ends;
use super::sitting::exam_ends;
use super::state::State;
use crate::base::workdays::{end_of, start_of};

/// Working days before the end of C3 on which the supervisor is told: the 8th of 10 (ruling 23).
const ESCALATES_BEFORE: u32 = 2;

/// What time will do next to a case as it stands, and when (unix milliseconds).
pub fn coming(case: &Case, ctx: &Context) -> Option<(i64, Action)> {
    let candidates = [deemed(case, ctx), expiry(case), escalation(case, ctx), lapse(case, ctx)];
    candidates.into_iter().flatten().min_by_key(|(at, _)| *at)
}

/// No notice within the limit: accepted from the day of receipt (行政许可法 art. 32(4)).
fn deemed(case: &Case, ctx: &Context) -> Option<(i64, Action)> {
    if !matches!(case.state, State::Submitted | State::Resubmitted) {
        return None;
    }
    let on = case.run(Clock::Acceptance)?.from;
    due(Clock::Acceptance, case, ctx.facts, ctx.calendar).map(|due| (end_of(due), Action::DeemAccepted { on }))
}

/// The last day offered is over.
fn expiry(case: &Case) -> Option<(i64, Action)> {
    let round = case.standing().filter(|_| case.state == State::Scheduling)?;
    round.windows.iter().map(|window| window.to).max().map(|last| (end_of(last), Action::ExpireProposal))
}

fn escalation(case: &Case, ctx: &Context) -> Option<(i64, Action)> {
    let negotiated = matches!(case.state, State::Entrusted | State::Scheduling | State::ScheduleReturned);
    if !negotiated || case.escalated {
        return None;
    }
    let days = ctx.facts.limits.schedule.saturating_sub(ESCALATES_BEFORE);
    nth_day(Clock::Scheduling, days, case, ctx.facts, ctx.calendar).map(|day| (start_of(day), Action::Escalate))
}

/// Not all subjects passed in time (TSG Z8001-2019 art. 14, 21). Whoever sits in time waits for the marks.
fn lapse(case: &Case, ctx: &Context) -> Option<(i64, Action)> {
    let person = case.person.as_ref().filter(|person| person.kind.is_examined() && !person.complaint)?;
    let last = exam_ends(case, ctx.facts, ctx.calendar)?;
    let waits = match case.state {
        State::Accepted | State::ExamFailed => true,
        State::ExamRegistered | State::Resit => person.seat.as_ref().is_some_and(|seat| seat.day > last),
        _ => false,
    };
    // The month in which the marks can be complained about is not cut short (art. 32); signing up ends with the limit all the same.
    let last = complaint_ends(case, ctx).filter(|_| case.state == State::ExamFailed).map_or(last, |ends| ends.max(last));
    waits.then(|| (end_of(last), Action::Lapse))
}

/// The events time has brought by now, and the case after them.
pub fn settle(case: &Case, ctx: &Context) -> (Case, Vec<Event>) {
    let (mut case, mut events) = (case.clone(), Vec::new());
    while let Some((_, action)) = coming(&case, ctx).filter(|(at, _)| *at <= ctx.now) {
        let event = Event { at: ctx.now, by: String::new(), role: Role::System, action };
        case.apply(&event);
        events.push(event);
    }
    (case, events)
}

/// Whether time itself does this.
pub(super) fn is_times(kind: ActionKind) -> bool {
    matches!(kind, ActionKind::DeemAccepted | ActionKind::ExpireProposal | ActionKind::Escalate | ActionKind::Lapse)
}
