//! What is filled in where the date of a review is agreed (协商鉴定评审时间).

use super::need;
use crate::base::workdays::{date_en, date_zh};
use crate::base::{say, t};
use crate::workflow::action::Window;
use crate::workflow::actor::{Actor, Party};
use crate::workflow::case::Case;
use crate::workflow::guard::{booked, is_free, review_ends, unmanned};
use crate::workflow::{Context, Refusal};
use jiff::civil::Date;

/// The most windows one offer has (issue: up to three).
const WINDOWS: usize = 3;
/// How many days without reviewers are named at once.
const UNMANNED_NAMED: usize = 5;

pub(super) fn need_reviewers(reviewers: &[String]) -> Result<(), Refusal> {
    need(!reviewers.is_empty() && reviewers.iter().all(|r| !r.is_empty()), t("请选择评审人员。", "Choose the reviewers."))
}

/// On another date the same reviewers come, or whom the agency names.
pub(super) fn need_sent(window: Window, named: &[String], case: &Case, actor: &Actor, ctx: &Context) -> Result<(), Refusal> {
    need(named.is_empty() || actor.is_of(Party::Agency), t("评审人员由评审机构指定。", "The agency names the reviewers."))?;
    need(is_free(window, case.sent(named), ctx), booked())
}

pub(super) fn need_windows(windows: &[Window], case: &Case, ctx: &Context) -> Result<(), Refusal> {
    need((1..=WINDOWS).contains(&windows.len()), t("请提出一至三个时间段。", "Offer one to three periods."))?;
    need(windows.iter().all(|w| w.from <= w.to), t("结束日期不能早于开始日期。", "A period cannot end before it begins."))?;
    need(windows.iter().all(|w| w.from >= ctx.today()), t("日期不能早于今天。", "A date cannot be before today."))?;
    let last = review_ends(case, ctx);
    need(
        windows.iter().all(|w| w.to <= last),
        t(
            "整个评审（含整改）应当在受理后一年内完成，所提日期超出了期限。",
            "The whole review has to be done within its limit after acceptance; these days lie beyond it.",
        ),
    )
}

/// On every day offered the agency has somebody to send. Whoever asks learns the day, not who is where.
pub(super) fn need_manned(windows: &[Window], ctx: &Context) -> Result<(), Refusal> {
    let days: Vec<Date> = windows.iter().flat_map(|window| unmanned(*window, ctx)).take(UNMANNED_NAMED).collect();
    let (zh, en): (Vec<String>, Vec<String>) = days.iter().map(|day| (date_zh(*day), date_en(*day))).unzip();
    if days.is_empty() {
        return Ok(());
    }
    Err(Refusal::payload(say(
        format!("评审机构在这些日期没有可以派出的评审人员：{}。请避开这些日期。", zh.join("、")),
        format!("The agency has nobody to send on these days: {}. Please leave them out.", en.join(", ")),
    )))
}

pub(super) fn need_offered(window: Window, reviewers: &[String], case: &Case, ctx: &Context) -> Result<(), Refusal> {
    need(window.from <= window.to && window.from >= ctx.today(), t("请选择今天以后的日期。", "Choose days from today on."))?;
    let offered = case.standing().is_some_and(|round| round.windows.iter().any(|offer| window.is_inside(*offer)));
    need(offered, t("所选日期不在对方提出的时间段内。", "These days are not among those offered."))?;
    need(is_free(window, reviewers, ctx), booked())
}
