//! 评审日历: a month of an agency, with the reviews of each day and whoever is away.

use super::Tabs;
use crate::base::{t, workdays};
use crate::casework::agencies::api::{self, BlockDays, UnblockDays};
use crate::casework::agencies::model::{Engaged, LEAVE_DRAWN, Leave, Month, Reviewer, month_name};
use crate::form::Values;
use crate::ui::field::{field_id, field_name};
use crate::ui::form::{LatestState, PostForm, Submitting};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::month::{MonthTable, month_words};
use crate::ui::notice::Saved;
use crate::ui::value::{lang_of, marked};
use jiff::ToSpan;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

/// `/agency/calendar`
#[component]
pub fn CalendarPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|q| (q.get("month").unwrap_or_default(), q.get("reviewer").unwrap_or_default())));
    let month = load(move || asked.get(), |(month, reviewer)| async move { Ok((api::month(month).await?, reviewer)) });
    view! {
        <Heading text=t("评审日历", "Review calendar")/>
        <Tabs/>
        <Saved/>
        <Load resource=month view=|(month, reviewer): (Month, String)| view! { <Whole month=month reviewer=reviewer/> }.into_any()/>
    }
}

fn send(values: Values) -> Submitting {
    Box::pin(api::block_days(values))
}

#[component]
fn Whole(mut month: Month, reviewer: String) -> impl IntoView {
    let (people, state, may_edit) = (month.reviewers.clone(), month.state.clone(), month.may_edit && !month.reviewers.is_empty());
    if !reviewer.is_empty() {
        month.engaged.retain(|engaged| engaged.reviewer == reviewer);
    }
    let leaves = month.leaves();
    let enter = may_edit.then(|| {
        let choices = people.clone();
        view! {
            <section class="part" aria-labelledby="leave-title">
                <h2 id="leave-title">{tx(LEAVE_DRAWN.title)}</h2>
                <p>{tx(LEAVE_DRAWN.lead)}</p>
                <PostForm page=&LEAVE_DRAWN action=BlockDays::url() submit=send state=state button=t("登记", "Enter")><Who people=choices/></PostForm>
            </section>
        }
    });
    view! {
        <Way first=month.first reviewer=reviewer.clone()/>
        <Filter people=people month=month.first reviewer=reviewer/>
        <Grid month=month/>
        <Leaves leaves=leaves may_edit=may_edit/>
        {enter}
    }
}

fn address(month: Date, reviewer: &str) -> String {
    let of = if reviewer.is_empty() { String::new() } else { format!("&reviewer={}", crate::base::text::url_escape(reviewer)) };
    format!("/agency/calendar?month={}{of}", month_name(month))
}

/// To the months before and after.
#[component]
fn Way(first: Date, reviewer: String) -> impl IntoView {
    let lang = use_lang();
    let link = |months: i32, before: &'static str, after: &'static str| {
        let other = first.checked_add(months.months()).ok()?;
        Some(view! { <a class="button small" href=address(other, &reviewer)>{before}{month_words(other, lang)}{after}</a> })
    };
    view! { <nav class="actions" aria-label=tx(t("月份", "Months"))>{link(-1, "‹ ", "")}" "{link(1, "", " ›")}</nav> }
}

/// The calendar of one reviewer, or of another month.
#[component]
fn Filter(people: Vec<Reviewer>, month: Date, reviewer: String) -> impl IntoView {
    let option = |person: Reviewer| {
        let label = person.label();
        view! { <option value=label.clone() selected=label == reviewer lang=lang_of(&label)>{label.clone()}</option> }
    };
    view! {
        <form method="get" action="/agency/calendar" class="filter-form" role="search" aria-label=tx(t("筛选日历", "Filter the calendar"))>
            <div class="field"><label for="f-month">{tx(t("月份", "Month"))}</label><input id="f-month" name="month" type="month" value=month_name(month)/></div>
            <div class="field wide"><label for="f-reviewer">{tx(t("评审人员", "Reviewer"))}</label>
                <select id="f-reviewer" name="reviewer"><option value="">{tx(t("全部", "All"))}</option>{people.into_iter().map(option).collect_view()}</select>
            </div>
            <p class="actions"><button class="button" type="submit">{tx(t("查看", "Show"))}</button></p>
        </form>
    }
}

/// The weeks; on a phone a list of the days on which there is something.
#[component]
fn Grid(month: Month) -> impl IntoView {
    let title = format!("{} {}", tx(t("评审日历", "Review calendar")), month_words(month.first, use_lang()));
    let nothing = month
        .engaged
        .is_empty()
        .then(|| view! { <p class="muted">{tx(t("这个月没有约定的评审，也没有休假。", "No review is agreed in this month, and nobody is away."))}</p> });
    let Month { first, today, off, engaged, .. } = month;
    let at = Callback::new(move |day: Date| {
        let here: Vec<Engaged> = engaged.iter().filter(|engaged| engaged.day == day).cloned().collect();
        (!here.is_empty()).then(|| view! { <ul>{here.into_iter().map(|engaged| view! { <Entry engaged=engaged/> }).collect_view()}</ul> }.into_any())
    });
    view! { <MonthTable caption=title first=first today=today off=off at=at/>{nothing} }
}

/// What one reviewer does on a day.
#[component]
fn Entry(engaged: Engaged) -> impl IntoView {
    let what = match engaged.case {
        Some((no, unit)) => view! { <a href=format!("/cases/{no}") lang="zh-CN">{unit}</a> }.into_any(),
        None => view! { <span class="tag idle">{tx(t("休假", "Away"))}</span> }.into_any(),
    };
    view! { <li><span lang=lang_of(&engaged.reviewer)>{engaged.reviewer.clone()}</span>" "{what}</li> }
}

/// Who is away in this month, and how to take it back.
#[component]
fn Leaves(leaves: Vec<Leave>, may_edit: bool) -> impl IntoView {
    let lang = use_lang();
    let row = |leave: Leave| {
        let (from, to) = (workdays::show_date(leave.from, lang), workdays::show_date(leave.to, lang));
        let words = if leave.from == leave.to { format!("{} {from}", leave.reviewer) } else { format!("{} {from} – {to}", leave.reviewer) };
        let end = may_edit.then(|| {
            let label = format!("{} {words}", tx(t("取消", "Take back")));
            view! {
                " "<form method="post" action=UnblockDays::url() class="inline">
                    <input type="hidden" name="reviewer" value=leave.reviewer.clone()/>
                    <input type="hidden" name="from" value=leave.from.to_string()/>
                    <input type="hidden" name="to" value=leave.to.to_string()/>
                    <button class="button small" type="submit" aria-label=label>{tx(t("取消", "Take back"))}</button>
                </form>
            }
        });
        view! { <li>{marked(&words)}{end}</li> }
    };
    (!leaves.is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby="away-title">
                <h2 id="away-title">{tx(t("本月不可评审的日期", "Away in this month"))}</h2>
                <ul>{leaves.into_iter().map(row).collect_view()}</ul>
            </section>
        }
    })
}

/// Which reviewer, among those the store knows.
#[component]
fn Who(people: Vec<Reviewer>) -> impl IntoView {
    let lang = use_lang();
    let latest = use_context::<LatestState>();
    let path = "leave/reviewer";
    move || {
        let state = latest.map(|LatestState(state)| state.get()).unwrap_or_default();
        let chosen = state.values.get(path).cloned().unwrap_or_default();
        let wrong = state.issues.into_iter().find(|issue| issue.path == path).map(|issue| issue.message.get(lang).to_owned());
        let (message, invalid) = (format!("{}-message", field_id(path)), wrong.is_some().then_some("true"));
        let described = wrong.is_some().then(|| message.clone());
        let option = |person: &Reviewer| {
            let label = person.label();
            view! { <option value=label.clone() selected=label == chosen lang=lang_of(&label)>{label.clone()}</option> }
        };
        view! {
            <div class="field">
                <label for=field_id(path)>{tx(t("评审人员", "Reviewer"))}</label>
                {wrong.map(|text| view! { <p class="message" id=message>{marked(&text)}</p> })}
                <div class="frame w4"><select id=field_id(path) name=field_name(path) aria-required="true" aria-invalid=invalid aria-describedby=described>
                    <option value="">{tx(t("请选择", "Choose"))}</option>{people.iter().map(option).collect_view()}
                </select></div>
            </div>
        }
    }
}
