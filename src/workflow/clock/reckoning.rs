//! One run of a clock, day by day, with the pauses that stop it.

use super::{Clock, Length, Pause, Run};
use crate::base::workdays::{Calendar, days_between};
use crate::workflow::Facts;
use crate::workflow::case::Case;
use crate::workflow::limits::Start;
use jiff::ToSpan;
use jiff::civil::Date;

fn between(from: Date, to: Date) -> u32 {
    u32::try_from(days_between(from, to)).unwrap_or(0)
}

/// One run with the pauses that stop it.
pub(super) struct Reckoning<'a> {
    pub(super) from: Date,
    to: Option<Date>,
    pauses: Vec<Pause>,
    calendar: &'a Calendar,
}

impl<'a> Reckoning<'a> {
    pub(super) fn new(run: &Run, case: &Case, facts: &Facts, calendar: &'a Calendar) -> Reckoning<'a> {
        let is_ours = |pause: &&Pause| run.clock.is_stopped_by(pause.why) && pause.to.is_none_or(|to| to > run.from) && run.to.is_none_or(|to| to > pause.from);
        let from_receipt = run.clock == Clock::Decision && facts.limits.decide_from == Start::Receipt;
        let receipt = case.run(Clock::Acceptance).map(|received| received.from).filter(|_| from_receipt);
        Reckoning { from: receipt.unwrap_or(run.from), to: run.to, pauses: case.pauses.iter().filter(is_ours).copied().collect(), calendar }
    }

    /// What it stands still for: of pauses within each other, as a suspension during the review, the last, which has to end first.
    pub(super) fn open_pause(&self) -> Option<&Pause> {
        self.pauses.iter().rfind(|pause| pause.to.is_none())
    }

    /// Whether a day is in a pause; a day in two counts once.
    fn is_paused(&self, day: Date) -> bool {
        self.pauses.iter().any(|pause| pause.from < day && pause.to.is_none_or(|to| day <= to))
    }

    fn days(&self) -> impl Iterator<Item = Date> {
        std::iter::successors(self.from.tomorrow().ok(), |day| day.tomorrow().ok())
    }

    /// Days counted up to today or the end.
    pub(super) fn counted(&self, today: Date, counts: impl Fn(Date) -> bool) -> u32 {
        self.counted_to(self.to.map_or(today, |to| to.min(today)), counts)
    }

    fn counted_to(&self, last: Date, counts: impl Fn(Date) -> bool) -> u32 {
        self.days().take_while(|day| *day <= last).map(|day| u32::from(counts(day) && !self.is_paused(day))).sum()
    }

    /// How many calendar days a limit has, those of pauses not among them: what is counted up to the last day, and while that is unknown
    /// what would be without pauses.
    pub(super) fn whole(&self, length: Length) -> u32 {
        match self.due(length) {
            Some(due) => self.counted_to(due, |_| true),
            None => self.end(length).map_or(0, |end| between(self.from, end)),
        }
    }

    /// Where a limit of months or a date ends if nothing moves it.
    fn end(&self, length: Length) -> Option<Date> {
        match length {
            Length::Working(_) => None,
            Length::Months(months) => self.calendar.add_months(self.from, months),
            Length::Until(day) => Some(day),
        }
    }

    /// The last day; `None` if an open pause comes before it.
    pub(super) fn due(&self, length: Length) -> Option<Date> {
        let stops = self.open_pause().map(|pause| pause.from);
        let due = match length {
            Length::Working(0) => self.from,
            Length::Working(n) => self
                .days()
                .take_while(|day| stops.is_none_or(|stop| *day <= stop))
                .filter(|day| self.calendar.is_working_day(*day) && !self.is_paused(*day))
                .nth(usize::try_from(n).ok()? - 1)?,
            Length::Months(months) => self.calendar.working_day_from(self.moved(self.from.checked_add(months.months()).ok()?)?)?,
            Length::Until(day) => self.moved(day)?,
        };
        (stops.is_none_or(|stop| due <= stop)).then_some(due)
    }

    /// A day moved by as many days as were paused before it.
    fn moved(&self, due: Date) -> Option<Date> {
        let paused = self.days().take_while(|day| self.pauses.iter().any(|pause| pause.to.is_some_and(|to| *day <= to))).filter(|day| self.is_paused(*day));
        due.checked_add(i64::try_from(paused.count()).ok()?.days()).ok()
    }
}
