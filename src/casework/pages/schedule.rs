//! 协商鉴定评审时间 (spec 2.19): what was offered and answered, and what the reader can do about it; as a page, and as a
//! dialog over the case.

use super::forms::Forms;
use super::month::ReviewMonths;
use crate::base::{Lang, Text, say, t, workdays};
use crate::casework::api;
use crate::casework::inviting::{Invitation, ReviewDays};
use crate::casework::model::Desk;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::dialog::Dialog;
use crate::ui::heading::{Heading, PageTitle};
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::value::{lang_of, marked};
use crate::workflow::ActionKind;
use crate::workflow::action::{SCHEDULE, Window};
use crate::workflow::case::{Round, RoundEnd};
use crate::workflow::clock::Clock;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const TITLE: Text = t("协商鉴定评审时间", "Agree on the review’s date");

fn is_schedule(kind: ActionKind) -> bool {
    SCHEDULE.contains(&kind)
}

/// `/cases/{no}/schedule`
#[component]
pub fn SchedulePage() -> impl IntoView {
    let params = use_params_map();
    let no = Memo::new(move |_| params.with(|p| p.get("no").unwrap_or_default()));
    let desk = load(move || no.get(), api::desk);
    view! { <Load resource=desk view=|desk: Desk| view! { <Page desk=desk/> }.into_any()/> }
}

#[component]
fn Page(desk: Desk) -> impl IntoView {
    let no = desk.entry.no.clone();
    view! {
        <PageTitle text=format!("{} {no}", tx(TITLE))/>
        <Breadcrumb trail=vec![(format!("/cases/{no}"), no)] here=tx(TITLE).to_owned()/>
        <Heading text=TITLE/>
        <div class="desk-panel plain"><Negotiation desk=desk/></div>
    }
}

/// On the case: what is agreed, and the way to the rest. With script it opens over the page.
#[component]
pub fn Schedule(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let may = SCHEDULE.iter().any(|kind| desk.case.may(*kind));
    if desk.rounds.is_empty() && desk.appointment.is_none() && !may {
        return ().into_any();
    }
    let is_posted = desk.form.values.get("act").and_then(|act| ActionKind::of_word(act)).is_some_and(is_schedule);
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(is_posted));
    let href = format!("/cases/{}/schedule", desk.entry.no);
    let pressed = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        open.set(true);
    };
    let agreed = desk.appointment.as_ref().map(|agreed| {
        let file = format!("/files/calendar/{}.ics", desk.entry.no);
        view! { <p><strong>{agreed.window.said().get(lang).to_owned()}</strong>" "<span lang="zh-CN">{agreed.reviewers.join("、")}</span>" "<a href=file download="" rel="external">{tx(t("加入日历", "Add to calendar"))}</a></p> }
    });
    let class = if may { "button primary" } else { "button" };
    view! {
        <section class="desk-schedule" aria-labelledby="desk-schedule">
            <h2 id="desk-schedule">{tx(t("评审时间", "Review date"))}</h2>
            {agreed}
            <p class="actions"><a class=class href=href on:click=pressed>{tx(TITLE)}</a></p>
            <Dialog id="schedule" open=open title=TITLE wide=true><div class="desk-panel plain"><Negotiation desk=desk/></div></Dialog>
        </section>
    }
    .into_any()
}

/// The clock, the rounds, and the forms.
#[component]
fn Negotiation(desk: Desk) -> impl IntoView {
    let lang = use_lang();
    let clock = desk.case.ledger.lines.iter().find(|line| line.clock == Clock::Scheduling).cloned();
    let clock = clock.map(|line| view! { <p>{tx(line.clock.label())}{tx(t("：", ": "))}{line.say().get(lang).to_owned()}</p> });
    let days = desk.days.clone();
    let letter = days.clone().map(|days| view! { <PartA unit=desk.entry.unit.clone() agency=desk.agency.clone() invitation=days.invitation/> });
    let parties = letter.is_none().then(|| view! { <dl class="facts"><dt>{tx(t("申请单位", "Applicant"))}</dt><dd lang="zh-CN">{desk.entry.unit.clone()}</dd><dt>{tx(t("鉴定评审机构", "Review agency"))}</dt><dd lang="zh-CN">{desk.agency.clone()}</dd></dl> });
    let agreed = desk.appointment.clone().map(|agreed| {
        view! { <Notice tone=Tone::Done><p>{tx(t("评审时间已确定：", "Agreed: "))}{agreed.window.said().get(lang).to_owned()}{tx(t("；评审人员：", "; reviewers: "))}<span lang="zh-CN">{agreed.reviewers.join("、")}</span></p></Notice> }
    });
    let wish = desk.wish.clone().map(|wish| {
        let who = wish.by.label().get(lang);
        let others = (!wish.reviewers.is_empty()).then(|| view! { {tx(t("；改派评审人员：", "; reviewers instead: "))}<span lang="zh-CN">{wish.reviewers.join("、")}</span> });
        view! { <Notice tone=Tone::Warn><p>{who}{tx(t("申请改到：", " asks to move it to: "))}{wish.window.said().get(lang).to_owned()}" "<span lang=lang_of(&wish.reason)>{wish.reason.clone()}</span>{others}</p></Notice> }
    });
    let unmanned = desk.unmanned.clone().map(|said| {
        view! { <Notice tone=Tone::Warn><p>{said.get(lang).to_owned()}" "<a href="/agency/reviewers">{tx(t("评审人员", "Reviewers"))}</a></p></Notice> }
    });
    let rounds = desk.rounds.clone();
    let history = (!rounds.is_empty()).then(|| {
        let heads = [t("轮次", "Round"), t("提出", "By"), t("日期", "On"), t("时间段", "Dates"), t("结果", "Outcome")];
        let rows = rounds.into_iter().enumerate().map(|(n, round)| view! { <RoundRow n=n + 1 round=round/> }).collect_view();
        view! {
            <div class="table-scroll" tabindex="0" role="region" aria-label=tx(t("约请记录", "Rounds"))>
                <table class="list"><thead><tr>{heads.map(|head| view! { <th scope="col">{tx(head)}</th> }).collect_view()}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        }
    });
    let room = days.clone().map(|days| view! { <Room desk=desk.clone() days=days/> });
    let months = days.map(|days| view! { <ReviewMonths desk=desk.clone() days=days/> });
    view! {
        {letter}{parties}{clock}{agreed}{wish}{unmanned}{room}{history}{months}
        <Forms desk=desk frozen=None kinds=is_schedule/>
    }
}

/// Part A of the 约请函 but for the dates, which the form below asks for.
#[component]
fn PartA(unit: String, agency: String, invitation: Invitation) -> impl IntoView {
    let lang = use_lang();
    let matter = invitation.matter.get(lang).to_owned();
    let accepted = match (invitation.acceptance.as_str(), lang) {
        ("", Lang::Zh) => format!("本单位的{matter}申请已经受理，现约请你机构进行鉴定评审。"),
        ("", Lang::En) => format!("Our application, {matter}, has been accepted; we now arrange the review with you."),
        (number, Lang::Zh) => format!("本单位的{matter}申请已经受理，受理单编号{number}，现约请你机构进行鉴定评审。"),
        (number, Lang::En) => format!("Our application, {matter}, has been accepted under number {number}; we now arrange the review with you."),
    };
    let rows = [
        (t("申请单位", "Applicant"), unit),
        (t("法定代表（负责）人", "Legal representative"), invitation.legal_rep),
        (t("通讯地址", "Address"), invitation.address),
        (t("邮政编码", "Postcode"), invitation.postcode),
        (t("联系人", "Contact"), invitation.contact),
        (t("电话", "Telephone"), invitation.phone),
        (t("手机", "Mobile"), invitation.mobile),
        (t("传真", "Fax"), invitation.fax),
        (t("电子信箱", "Mail"), invitation.email),
    ];
    let row = |(label, value): (Text, String)| (!value.is_empty()).then(|| view! { <dt>{tx(label)}</dt><dd lang=lang_of(&value)>{value.clone()}</dd> });
    view! {
        <section class="part-a" aria-labelledby="part-a">
            <h2 id="part-a">{tx(t("约请函（申请单位填写部分）", "Letter of appointment, the applicant’s part"))}</h2>
            <p>{tx(t("致：", "To: "))}<span lang="zh-CN">{agency}</span></p>
            <p>{marked(&accepted)}</p>
            <dl class="facts">{rows.into_iter().map(row).collect_view()}</dl>
        </section>
    }
}

/// Until when the review has to end so that there is time for a rectification, and a warning where it may end later (spec 2.19).
#[component]
fn Room(desk: Desk, days: ReviewDays) -> impl IntoView {
    let lang = use_lang();
    let standing = desk.rounds.last().filter(|round| round.end.is_none());
    let offered = standing.into_iter().flat_map(|round| round.windows.iter().copied());
    let agreed = desk.appointment.iter().map(|agreed| agreed.window);
    let wished = desk.wish.iter().map(|wish| wish.window);
    let is_tight = offered.chain(agreed).chain(wished).any(|window| days.is_tight(window));
    let (roomy, last, months) = (workdays::show_date(days.roomy, lang), workdays::show_date(days.last, lang), days.rectify_months);
    let rule = match lang {
        Lang::Zh => format!("评审在{roomy}以前结束的，才够整改（最长 {months} 个月）在{last}以前完成；整个评审含整改应当在受理后一年内完成。"),
        Lang::En => format!(
            "Only a review that ends by {roomy} leaves time for a rectification (up to {months} months) before {last}, the end of the year within which all of it has to be done."
        ),
    };
    if !is_tight {
        return view! { <p class="hint">{rule}</p> }.into_any();
    }
    let warned =
        t("所提或者约定的日期较晚，需要整改的，可能来不及在期限内完成。", "Dates offered or agreed are late: a rectification may not be done in time.");
    view! { <Notice tone=Tone::Warn><p>{tx(warned)}</p><p>{rule}</p></Notice> }.into_any()
}

#[component]
fn RoundRow(n: usize, round: Round) -> impl IntoView {
    let lang = use_lang();
    let said = |windows: &[Window]| windows.iter().map(|window| window.said().get(lang).to_owned()).collect::<Vec<_>>().join(tx(t("；", "; ")));
    let end = match &round.end {
        None => say("等待答复", "Waits for an answer"),
        Some(RoundEnd::Agreed(window)) => {
            let window = window.said();
            say(format!("同意 {}", window.zh), format!("Agreed: {}", window.en))
        }
        Some(RoundEnd::Returned(reason)) => say(format!("退回：{reason}"), format!("Returned: {reason}")),
        Some(RoundEnd::Answered) => say("另提时间", "Answered with other dates"),
        Some(RoundEnd::Withdrawn) => say("已撤回", "Withdrawn"),
        Some(RoundEnd::Expired) => say("已过期", "Expired"),
        Some(RoundEnd::AgencyReplaced) => say("更换了评审机构", "The agency was replaced"),
    };
    let people = (!round.reviewers.is_empty()).then(|| view! { <br/><small lang="zh-CN">{round.reviewers.join("、")}</small> });
    view! {
        <tr>
            <th scope="row">{n}</th>
            <td>{tx(round.by.label())}</td>
            <td>{workdays::show_date(round.on, lang)}</td>
            <td>{said(&round.windows)}{people}</td>
            <td>{marked(end.get(lang))}</td>
        </tr>
    }
}
