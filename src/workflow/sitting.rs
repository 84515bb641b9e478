//! How the events of an examination and the answers of practising units change a person's case; a part of [`super::fold`]. And until
//! when it may be sat.

use super::Facts;
use super::action::Score;
use super::case::Case;
use super::clock::{Clock, due};
use super::event::Event;
use super::person::{PersonKind, Sitting};
use super::state::State;
use crate::base::workdays::Calendar;
use jiff::civil::Date;

impl Case {
    pub(super) fn answer_practice(&mut self, unit: &str, yes: bool) {
        if let Some(person) = &mut self.person {
            person.practice.insert(unit.to_owned(), yes);
        }
    }

    /// A seat that was given up is as if never taken.
    pub(super) fn leave_seat(&mut self) {
        self.runs.retain(|run| run.clock != Clock::Marks || run.to.is_some());
        if let Some(person) = &mut self.person {
            (person.seat, person.misconduct) = (None, Vec::new());
        }
    }

    pub(super) fn publish_marks(&mut self, scores: &[Score], event: &Event) {
        self.stop(&[Clock::Marks], event.day());
        if let Some(person) = &mut self.person
            && let Some(seat) = person.seat.take()
        {
            let misconduct = std::mem::take(&mut person.misconduct);
            let scores = scores.to_vec();
            person.sittings.push(Sitting { session: seat.session, day: seat.day, published: event.day(), scores, misconduct, complained: false });
        }
        self.judge_sitting(event);
    }

    /// Where the marks of the last sitting leave the case. A certificate is decided on within its limit from the results
    /// (TSG Z8001-2019 art. 16).
    pub(super) fn judge_sitting(&mut self, event: &Event) {
        let Some(person) = &self.person else { return };
        let is_passed = person.sittings.last().is_some_and(|sitting| sitting.failed().next().is_none());
        let (is_over, is_renewal) = (person.was_resat(), person.kind == PersonKind::RenewExam);
        let (day, resits) = (event.day(), person.seat.is_some());
        if is_passed {
            // By marks put right after a complaint, perhaps: the resit that was signed up for is not needed.
            self.leave_seat();
            self.stop(&[Clock::Examination, Clock::Resit], day);
            self.start(Clock::Decision, day);
            self.ended_at = None;
            self.state = State::ExamPassed;
        } else if is_over {
            self.stop(&[Clock::Examination, Clock::Resit], day);
            self.ended_at = Some(event.at);
            self.state = State::Failed;
        } else {
            if is_renewal && self.run(Clock::Resit).is_none() {
                self.start(Clock::Resit, day);
            }
            self.state = if resits { State::Resit } else { State::ExamFailed };
        }
    }
}

/// What limits the way to the last mark: the two years, or the one year after a failed renewal if that ends before (TSG Z8001-2019 art. 14, 21).
pub(super) fn exam_clock(case: &Case, facts: &Facts, calendar: &Calendar) -> Clock {
    match [Clock::Examination, Clock::Resit].map(|clock| due(clock, case, facts, calendar)) {
        [Some(whole), Some(resit)] if resit < whole => Clock::Resit,
        _ => Clock::Examination,
    }
}

/// The last day on which an examination may be taken.
pub(super) fn exam_ends(case: &Case, facts: &Facts, calendar: &Calendar) -> Option<Date> {
    due(exam_clock(case, facts, calendar), case, facts, calendar)
}
