//! What can stand against agreeing on the date of a review (协商鉴定评审时间), and whose days are free.

use super::{review_time_left, unless};
use crate::base::{Text, t};
use crate::workflow::action::Window;
use crate::workflow::actor::{Actor, Party};
use crate::workflow::case::Case;
use crate::workflow::{Context, Refusal};
use jiff::civil::Date;

/// Whether the standing offer waits for this side.
fn waits_for(case: &Case, party: Party) -> bool {
    case.standing().is_some_and(|round| round.by != party)
}

pub(in crate::workflow) fn agencys_turn(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(waits_for(case, Party::Agency), t("现在等申请单位答复。", "It is the applicant’s turn to answer."))
}

fn units_turn(case: &Case) -> Option<Refusal> {
    unless(waits_for(case, Party::Unit), t("现在等评审机构答复；要改日期请先撤回约请。", "The agency has to answer; withdraw the proposal to change it."))
}

/// The agency agrees where it has somebody to send on a day that is offered.
pub(in crate::workflow) fn agency_can_agree(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    let offered = case.standing().map(|round| round.windows.as_slice()).unwrap_or_default();
    let is_sent = |who: &String| has_free_day(offered, std::slice::from_ref(who), ctx);
    agencys_turn(case, actor, ctx).or_else(|| has_reviewers(ctx)).or_else(|| {
        unless(
            ctx.facts.reviewers.iter().any(is_sent),
            t(
                "所提的日期都没有可以派出的评审人员，不能同意；请另提评审时间，或者退回约请。",
                "Nobody can be sent on the days that are offered, so they cannot be agreed to. Offer other dates, or return the proposal.",
            ),
        )
    })
}

pub(in crate::workflow) fn agency_can_offer(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    agencys_turn(case, actor, ctx).or_else(|| has_reviewers(ctx)).or_else(|| review_time_left(case, actor, ctx))
}

fn has_reviewers(ctx: &Context) -> Option<Refusal> {
    unless(
        !ctx.facts.reviewers.is_empty(),
        t(
            "没有可以派出的评审人员，不能约定日期；请先由主账号在“评审人员”中登记或者启用。",
            "There is no reviewer who may be sent, so no date can be agreed on. The owner of the account enters or enables one under “Reviewers” first.",
        ),
    )
}

pub(in crate::workflow) fn units_turn_in_time(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    units_turn(case).or_else(|| review_time_left(case, actor, ctx))
}

pub(in crate::workflow) fn counter_possible(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    let days = case.standing().map(|round| (round.windows.as_slice(), round.reviewers.as_slice())).unwrap_or_default();
    units_turn(case).or_else(|| unless(has_free_day(days.0, days.1, ctx), booked()))
}

/// The refusal of days on which a reviewer is at another unit.
pub(in crate::workflow) fn booked() -> Text {
    t("评审人员在这些日期已有其他评审，请另选日期。", "A reviewer is taken by another review on these days; choose others.")
}

/// Whether none of these reviewers is taken on any of these days.
pub(in crate::workflow) fn is_free(window: Window, reviewers: &[String], ctx: &Context) -> bool {
    !ctx.bookings.iter().any(|booking| booking.window.meets(window) && reviewers.contains(&booking.reviewer))
}

/// The days of a period that are not over.
fn days(window: Window, ctx: &Context) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(window.from.max(ctx.today())), |day| day.tomorrow().ok()).take_while(move |day| *day <= window.to)
}

fn has_free_day(windows: &[Window], reviewers: &[String], ctx: &Context) -> bool {
    windows.iter().flat_map(|window| days(*window, ctx)).any(|day| is_free(Window { from: day, to: day }, reviewers, ctx))
}

/// The days of a period on which the agency has nobody to send; none while it has named nobody at all.
pub(in crate::workflow) fn unmanned(window: Window, ctx: &Context) -> impl Iterator<Item = Date> {
    let reviewers = &ctx.facts.reviewers;
    let is_sent = move |day: Date| reviewers.iter().any(|who| is_free(Window { from: day, to: day }, std::slice::from_ref(who), ctx));
    days(window, ctx).filter(move |day| !reviewers.is_empty() && !is_sent(*day))
}

pub(in crate::workflow) fn no_wish(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(case.wish.is_none(), t("已有改期申请，等对方答复。", "A wish for another date waits for its answer.")).or_else(|| review_time_left(case, actor, ctx))
}

pub(in crate::workflow) fn wish_of_the_other(case: &Case, actor: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.wish.as_ref().is_some_and(|wish| !actor.is_of(wish.by)), t("没有等您答复的改期申请。", "No wish for another date waits for your answer."))
}

pub(in crate::workflow) fn wish_possible(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    let Some(wish) = &case.wish else { return wish_of_the_other(case, actor, ctx) };
    wish_of_the_other(case, actor, ctx)
        .or_else(|| {
            unless(wish.window.from >= ctx.today(), t("申请改到的日期已过，请另提日期。", "The date asked for has passed; decline and ask for another."))
        })
        .or_else(|| {
            // An agency may send others as it agrees.
            let others = ctx.facts.reviewers.iter().filter(|_| actor.is_of(Party::Agency)).map(std::slice::from_ref);
            let mut sent = std::iter::once(case.sent(&[])).chain(others);
            unless(sent.any(|sent| is_free(wish.window, sent, ctx)), booked())
        })
}

pub(in crate::workflow) fn day_has_come(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(
        case.appointment.as_ref().is_some_and(|a| a.window.from <= ctx.today()),
        t("还没有到约定的评审日期；要提前请先申请改期。", "The agreed day has not come; ask for another date to begin earlier."),
    )
}
