//! What can stand against a hearing (听证, 行政许可法 art. 46–48), and against a decision because of one.

use super::unless;
use crate::base::workdays::{date_en, date_zh};
use crate::base::{say, t};
use crate::workflow::actor::Actor;
use crate::workflow::case::Case;
use crate::workflow::clock::{Clock, Reason, due};
use crate::workflow::{Context, Refusal};
use jiff::civil::Date;

/// One hearing is a right; another one is for the examiner to open, or a decision could be put off for ever.
pub(in crate::workflow) fn no_hearing_requested(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    let was_held = case.pauses.iter().any(|pause| pause.why == Reason::Hearing);
    unless(!case.hearing_requested, t("已经提出听证。", "A hearing has been requested already."))
        .or_else(|| unless(!was_held, t("听证已经举行过。", "The hearing has been held already.")))
}

/// The right is told once, and not of a hearing that is to come or was held.
pub(in crate::workflow) fn right_untold(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    no_hearing_requested(case, actor, ctx)
        .or_else(|| unless(case.run(Clock::HearingRequest).is_none(), t("听证权利已经告知过。", "The applicant was told of the right to a hearing already.")))
}

/// The last day on which the applicant may ask for a hearing, of a right that was told and neither used nor waived; it may have passed.
fn last_day(case: &Case, ctx: &Context) -> Option<Date> {
    let told = case.run(Clock::HearingRequest).filter(|run| run.to.is_none());
    told.and_then(|_| due(Clock::HearingRequest, case, ctx.facts, ctx.calendar))
}

/// The same, as long as it has not passed.
fn open_until(case: &Case, ctx: &Context) -> Option<Date> {
    last_day(case, ctx).filter(|last| ctx.today() <= *last)
}

/// Whoever was told of the right asks within its days (art. 47); one that was never told does not lapse.
pub(in crate::workflow) fn right_left(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    no_hearing_requested(case, actor, ctx).or_else(|| match (case.run(Clock::HearingRequest), last_day(case, ctx)) {
        (None, _) => None,
        (Some(_), None) => Some(Refusal::rule(t("已经放弃听证，不能再申请。", "The hearing was waived, so it cannot be asked for any more."))),
        (Some(_), Some(last)) => (last < ctx.today()).then(|| {
            Refusal::rule(say(
                format!("听证应当在{}以前提出，期限已过；有意见的，可以向审批机关陈述、申辩。", date_zh(last)),
                format!("A hearing had to be asked for by {}; what you have to say you may still state to the authority.", date_en(last)),
            ))
        }),
    })
}

pub(in crate::workflow) fn right_open(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(open_until(case, ctx).is_some(), t("现在没有可以放弃的听证权利。", "There is no right to a hearing that could be waived now."))
}

/// What was not held is not closed: closing it ends the right to one.
pub(in crate::workflow) fn hearing_came(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    let on = case.hearing_on.filter(|on| ctx.today() < *on)?;
    Some(Refusal::rule(say(
        format!("听证定于{}举行，举行以后才能结束。", date_zh(on)),
        format!("The hearing is on {}; it is closed once it was held.", date_en(on)),
    )))
}

/// A hearing that was requested comes before the decision.
pub(in crate::workflow) fn heard(case: &Case) -> Option<Refusal> {
    unless(
        !case.hearing_requested,
        t(
            "已经提出听证，应当先举行听证，再作决定；待批准的，请先退回审查。",
            "A hearing was requested: it is held before the decision. Send the case back to the examiner first if it waits for approval.",
        ),
    )
}

/// So do the days in which the applicant may still ask for one.
pub(in crate::workflow) fn heard_first(case: &Case, ctx: &Context) -> Option<Refusal> {
    heard(case).or_else(|| {
        let last = open_until(case, ctx)?;
        Some(Refusal::rule(say(
            format!("申请人在{}以前可以要求听证，期限届满以后才能作出决定；申请人放弃听证的除外。", date_zh(last)),
            format!("The applicant may ask for a hearing until {}; the decision comes after that day, unless they waive the hearing.", date_en(last)),
        )))
    })
}
