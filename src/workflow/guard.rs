//! What can stand against an action whatever is filled in: each guard of the table, with its reason.

mod hearing;
mod schedule;

pub(super) use hearing::*;
pub(super) use schedule::*;

use super::actor::{Actor, Role};
use super::case::Case;
use super::clock::{Clock, due};
use super::person::is_named;
use super::sitting::exam_ends;
use super::{Context, Refusal, Review};
use crate::base::workdays::legal_date;
use crate::base::{Say, Text, t};
use jiff::ToSpan;
use jiff::civil::Date;

/// How many working days after the decision, or the end without one, feedback is still taken (ruling 16).
const FEEDBACK_CLOSES: u32 = 30;

fn unless(holds: bool, text: Text) -> Option<Refusal> {
    (!holds).then(|| Refusal::rule(text))
}

pub(super) fn always(_: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    None
}

pub(super) fn not_banned(_: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    ctx.ban.clone().map(|why: Say| Refusal::rule(why))
}

/// 一次告知 (行政许可法 art. 32(4))
pub(super) fn first_notice(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.corrections == 0, t("补正内容应当一次告知，已经告知过。", "What to correct is told once, and it has been told."))
}

/// A second notice is about what was handed in since the first, so there has to be something.
fn resubmitted_anew(ctx: &Context) -> Option<Refusal> {
    unless(
        !ctx.facts.changed.is_empty(),
        t(
            "申请人重新提交时没有改动内容，没有可以再次告知的新材料；请决定受理或者不予受理。",
            "Nothing was changed when it was handed in again, so there is no new material for a second notice; accept or refuse it.",
        ),
    )
}

pub(super) fn consented(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    resubmitted_anew(ctx).or_else(|| {
        unless(
            case.consented,
            t(
                "已经告知过一次补正。再次告知只限新提交的材料，须写明原因并经监督人员同意；请先请示。",
                "Corrections were told once. A second notice is only for newly handed-in material, with a cause and the supervisor’s consent; ask for it first.",
            ),
        )
    })
}

pub(super) fn not_asked(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    resubmitted_anew(ctx).or_else(|| {
        unless(case.corrections > 0 && case.consent_asked_by.is_none(), t("不需要请示，或者已经请示过。", "There is nothing to ask, or it was asked already."))
    })
}

pub(super) fn asked_by_another(case: &Case, actor: &Actor, _: &Context) -> Option<Refusal> {
    let asked = case.consent_asked_by.as_ref().filter(|_| !case.consented);
    unless(
        asked.is_some_and(|by| *by != actor.account),
        t("没有待同意的请示，或者是您自己提出的。", "No question waits for consent, or you asked it yourself."),
    )
}

pub(super) fn correction_lapsed(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    let lapsed = due(Clock::Correction, case, ctx.facts, ctx.calendar).is_some_and(|due| due < ctx.today());
    unless(lapsed, t("补正期限还没有过。", "The time for corrections has not passed yet."))
}

pub(super) fn deemed_undocumented(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(
        case.is_undocumented(),
        t("受理决定书已经发出，需要改动请用“变更受理内容”。", "The acceptance decision has been issued; use “amend the acceptance” for changes."),
    )
}

pub(super) fn documented(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(deemed_undocumented(case, actor, ctx).is_some(), t("视为受理，请先补发受理决定书。", "Deemed accepted: issue the acceptance decision first."))
}

pub(super) fn agency_named(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(
        case.agency.is_some() && ctx.facts.review != Review::NotNeeded,
        t(
            "受理时没有指定鉴定评审机构；视为受理的，请先补发受理决定书并指定机构。",
            "No review agency was named at acceptance; after deemed acceptance, issue the decision first and name one.",
        ),
    )
}

/// Letters name the acceptance decision, so there has to be one.
pub(super) fn review_not_needed(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    let not_needed = match ctx.facts.review {
        Review::NotNeeded => true,
        Review::AuthorityDecides => case.agency.is_none(),
        Review::Needed => false,
    };
    documented(case, actor, ctx)
        .or_else(|| unless(not_needed, t("这类申请需要鉴定评审，请委托评审机构。", "Such an application needs a review; entrust an agency.")))
}

pub(super) fn escalated(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(
        case.escalated,
        t("约定时间的期限还没有到第 8 个工作日；此前更换机构由监督人员决定。", "Before working day 8 only the supervisor replaces the agency."),
    )
}

pub(super) fn not_mine(case: &Case, actor: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.handler.as_deref() != Some(actor.account.as_str()), t("这个案件已由您承办。", "You have this case already."))
}

pub(super) fn mine(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(
        not_mine(case, actor, ctx).is_some() || actor.is(Role::Supervisor),
        t("只有承办人和监督人员可以移交。", "Only who has the case, or the supervisor, hands it over."),
    )
}

/// The last day the review may take (C4); before entrustment as if it began now.
pub(super) fn review_ends(case: &Case, ctx: &Context) -> Date {
    due(Clock::Review, case, ctx.facts, ctx.calendar).unwrap_or_else(|| ctx.today())
}

pub(super) fn review_time_left(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(
        review_ends(case, ctx) >= ctx.today(),
        t("鉴定评审的期限已过，请联系审批机关。", "The time for the whole review has passed; please contact the authority."),
    )
}

pub(super) fn items_left(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    let left = ctx.facts.items.iter().filter(|item| !case.given_up.contains(item)).count();
    unless(left > 1, t("只剩一个项目，不能再缩小；不再申请的，请撤回。", "Only one item is left; withdraw the application instead."))
}

/// 整改确认 leads to the report only (ruling 16). After a report that was returned the rectification may still be open: what was handed
/// in is judged first, else a new memo takes the place of the old one.
pub(super) fn memo_possible(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    let settled = case.rectification.as_ref().is_some_and(|r| r.confirmed || r.handed_in);
    unless(
        !settled,
        t(
            "整改已经确认的，请提交评审报告；整改报告还没有判断的，请先判断。",
            "Hand in the report if the rectification is confirmed; judge it first if it is not.",
        ),
    )
    .or_else(|| review_time_left(case, actor, ctx))
}

pub(super) fn memo_unsigned(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.awaits_signature(), t("备忘录已由双方签署。", "The memo is signed by both sides."))
}

/// A memo binds the unit once it has signed it (TSG 07-2019 3.4.2).
pub(super) fn memo_signed(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(!case.awaits_signature(), t("请先签署备忘录，再提交整改报告。", "Sign the memo first, then hand in the rectification."))
}

pub(super) fn handed_in(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.rectification.as_ref().is_some_and(|r| r.handed_in), t("申请单位还没有提交整改报告。", "The applicant has not handed in the rectification."))
}

pub(super) fn feedback_open(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    let ended = case.decided.or_else(|| case.ended_at.map(legal_date));
    let closes = ended.and_then(|day| ctx.calendar.add_working_days(day, FEEDBACK_CLOSES));
    unless(case.feedback.is_none(), t("反馈表已经提交，不能再改。", "The feedback has been sent and is locked."))
        .or_else(|| unless(case.run(Clock::Feedback).is_some(), t("评审工作完成后才能填写。", "It is filled in after the review is complete.")))
        .or_else(|| {
            unless(
                closes.is_none_or(|last| ctx.today() <= last),
                t(
                    "决定作出（没有作出决定的，案件办结）已满 30 个工作日，不再接收反馈；有情况要反映的，请联系审批机关。",
                    "Feedback is taken until 30 working days after the decision, or after the end without one; please turn to the authority instead.",
                ),
            )
        })
}

pub(super) fn explanation_due(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.explanation_due, t("没有等待说明的问题。", "No question waits for an explanation."))
}

pub(super) fn reported(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.is_reported(), t("这个案件没有评审报告。", "This case has no review report."))
}

pub(super) fn explainable(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    reported(case, actor, ctx).or_else(|| unless(!case.explanation_due, t("已经要求说明，等评审机构答复。", "An explanation was asked already.")))
}

/// 经负责人批准可以延长一次 (行政许可法 art. 42), before the limit has passed.
pub(super) fn extendable(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    let in_time = due(Clock::Decision, case, ctx.facts, ctx.calendar).is_some_and(|due| ctx.today() <= due);
    unless(!case.extended, t("已经延长过一次，不能再延长。", "The limit was extended once and cannot be again."))
        .or_else(|| unless(ctx.facts.limits.extend > 0, t("这类申请的期限不能延长。", "The limit of such an application cannot be extended.")))
        .or_else(|| unless(in_time, t("期限已过，不能再延长。", "The limit has passed.")))
}

/// It is proposed once; then it is for the approver.
pub(super) fn not_proposed(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    extendable(case, actor, ctx)
        .or_else(|| unless(!case.extension_proposed, t("已经提请延期，等批准人决定。", "An extension was proposed; the approver decides on it.")))
}

/// Whoever ever drafted or examined a case does not approve in it (ruling 12).
pub(super) fn examined_by_another(case: &Case, actor: &Actor, _: &Context) -> Option<Refusal> {
    unless(!case.examiners.contains(&actor.account), t("您审查过这个案件，不能由您批准。", "You examined this case, so you cannot approve it."))
}

pub(super) fn extendable_by_another(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    examined_by_another(case, actor, ctx).or_else(|| extendable(case, actor, ctx))
}

pub(super) fn drafted(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.draft.is_some(), t("请先拟定审查意见。", "Draft the decision first.")).or_else(|| heard(case))
}

fn draft_says(case: &Case, grant: bool) -> Option<Refusal> {
    unless(
        case.draft.as_ref().is_some_and(|draft| draft.grant == grant),
        t("与审查意见不一致；不同意的，请退回审查。", "The draft says otherwise; send it back if you disagree."),
    )
}

pub(super) fn draft_grants(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    examined_by_another(case, actor, ctx)
        .or_else(|| draft_says(case, true))
        .or_else(|| heard_first(case, ctx))
        .or_else(|| employers_agreed(case, ctx))
        .or_else(|| ctx.facts.unfounded.clone().map(Refusal::rule))
}

pub(super) fn draft_denies(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    examined_by_another(case, actor, ctx).or_else(|| draft_says(case, false)).or_else(|| heard_first(case, ctx))
}

pub(super) fn not_delivered(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.delivered.is_none(), t("已经送达。", "It has been delivered already."))
}

pub(super) fn not_published(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.published.is_none(), t("已经公布。", "It has been published already."))
}

/// 审核换证 and 变更 have no examination (ruling 26).
pub(super) fn not_examined(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(!case.is_examined(), t("这类申请要先考试合格。", "Such an application has to pass the examination first.")).or_else(|| documented(case, actor, ctx))
}

/// Whether every registered practising unit has given an answer that settles its question.
fn all_settled(case: &Case, ctx: &Context, settles: fn(Option<bool>) -> bool) -> Option<Refusal> {
    let answer = |unit: &String| case.person.as_ref().and_then(|person| person.answer_of(unit));
    let mut registered = ctx.facts.employers.iter().filter(|unit| !is_named(unit));
    unless(!registered.all(|unit| settles(answer(unit))), t("没有等答复的执业确认。", "No question about a practice waits for an answer."))
}

pub(super) fn unanswered(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    all_settled(case, ctx, |answer| answer.is_some())
}

/// A unit that denied by mistake may still confirm.
pub(super) fn unconfirmed(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    all_settled(case, ctx, |answer| answer == Some(true))
}

/// Whether a practising unit is only named and its proof was not checked yet.
pub(super) fn is_unproven(case: &Case, ctx: &Context) -> bool {
    let unchecked = |unit: &String| is_named(unit) && case.person.as_ref().is_some_and(|person| person.answer_of(unit).is_none());
    ctx.facts.employers.iter().any(unchecked)
}

pub(super) fn practice_unchecked(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(is_unproven(case, ctx), t("没有待核对的执业证明。", "No proof of practice waits to be checked."))
}

/// A person practises in one institution, which confirms it (特种设备安全法 art. 51).
fn employers_agreed(case: &Case, ctx: &Context) -> Option<Refusal> {
    let Some(person) = &case.person else { return None };
    let agreed = |unit: &String| person.answer_of(unit) == Some(true);
    unless(
        ctx.facts.employers.iter().all(agreed),
        t("该人员在执业单位执业还没有得到确认，不能准予。", "The practice has not been confirmed, so it cannot be granted."),
    )
}

fn can_sit(case: &Case, ctx: &Context) -> Option<Refusal> {
    let last = exam_ends(case, ctx.facts, ctx.calendar);
    unless(last.is_none_or(|last| ctx.today() <= last), t("考试期限已过。", "The time for the examination has passed."))
}

pub(super) fn examinable(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(case.is_examined(), t("这类申请不需要考试。", "Such an application has no examination.")).or_else(|| can_sit(case, ctx))
}

/// 补考一次 (TSG Z8001-2019 art. 15), not while the marks are disputed.
pub(super) fn resittable(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(!case.is_complained(), t("成绩申诉还在处理，答复后再报名补考。", "A complaint about the marks is open; sign up when it is answered."))
        .or_else(|| can_sit(case, ctx))
}

fn exam_day(case: &Case) -> Option<Date> {
    case.person.as_ref().and_then(|person| person.seat.as_ref()).map(|seat| seat.day)
}

pub(super) fn before_exam(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(exam_day(case).is_some_and(|day| ctx.today() < day), t("考试当天及以后不能取消报名。", "A seat cannot be given up on the day or later."))
}

/// An examination that did not take place can be called off on its day or later, while its marks are to come.
pub(super) fn seated(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(exam_day(case).is_some(), t("这个案件没有报名考试。", "This case has no seat at an examination."))
}

pub(super) fn exam_came(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    unless(exam_day(case).is_some_and(|day| day <= ctx.today()), t("还没有到考试日期。", "The day of the examination has not come."))
}

/// The marks of the resit wait for the answer to a complaint about those before: they may not be needed.
pub(super) fn exam_came_undisputed(case: &Case, actor: &Actor, ctx: &Context) -> Option<Refusal> {
    exam_came(case, actor, ctx)
        .or_else(|| unless(!case.is_complained(), t("上一次成绩的申诉还没有答复，请先答复。", "Answer the complaint about the marks before first.")))
}

/// The last day on which the last marks can be complained about, once: a month after they were published (TSG Z8001-2019 art. 32,
/// counted as ruling 21 says).
pub(super) fn complaint_ends(case: &Case, ctx: &Context) -> Option<Date> {
    let sitting = case.person.as_ref()?.sittings.last().filter(|sitting| !sitting.complained)?;
    ctx.calendar.working_day_from(sitting.published.checked_add(1.month()).ok()?)
}

pub(super) fn complainable(case: &Case, _: &Actor, ctx: &Context) -> Option<Refusal> {
    match complaint_ends(case, ctx) {
        None => Some(Refusal::rule(t("已经申诉过。", "You have complained already."))),
        Some(last) => unless(ctx.today() <= last, t("成绩公布已满一个月，不再受理申诉。", "A complaint is taken within a month of the marks.")),
    }
}

pub(super) fn complained(case: &Case, _: &Actor, _: &Context) -> Option<Refusal> {
    unless(case.is_complained(), t("没有待答复的申诉。", "No complaint waits for an answer."))
}
