//! When a hearing may be held (听证).

use super::need;
use crate::base::workdays::{date_en, date_zh};
use crate::base::{say, t};
use crate::workflow::case::Case;
use crate::workflow::clock::{Clock, due};
use crate::workflow::{Context, Refusal};
use jiff::ToSpan;
use jiff::civil::Date;

/// A hearing is told at least so many days ahead (行政许可法 art. 48).
const HEARING_NOTICE_DAYS: i64 = 7;

/// Told 7 days ahead, and held within its limit (行政许可法 art. 47, 48): from the request, or of one that nobody requested from today.
/// Where that has passed the first day that can be told of is left.
pub(super) fn need_hearing(case: &Case, on: Date, ctx: &Context) -> Result<(), Refusal> {
    let earliest = ctx.today().checked_add(HEARING_NOTICE_DAYS.days()).unwrap_or(Date::MAX);
    need(earliest <= on, t("听证应当在举行的 7 日前通知。", "A hearing is told at least 7 days ahead."))?;
    let days = ctx.facts.limits.hearing;
    let last = if case.hearing_requested { due(Clock::Hearing, case, ctx.facts, ctx.calendar) } else { ctx.calendar.add_working_days(ctx.today(), days) };
    let last = last.map_or(earliest, |last| last.max(earliest));
    if on <= last {
        return Ok(());
    }
    Err(Refusal::payload(say(
        format!("听证应当在 {days} 个工作日内举行，最迟{}。", date_zh(last)),
        format!("A hearing is held within {days} working days, by {} at the latest.", date_en(last)),
    )))
}
