//! 工作日历: the years known, a notice that waits with the limits it moves, and the form for one more.

use super::api::{self, DecideNotice, ProposeNotice};
use super::model::{CalendarAdmin, Known, Moved, NOTICE, Pending};
use crate::base::workdays::{date_time, show_date};
use crate::base::{Lang, t};
use crate::form::Values;
use crate::ui::form::{PostForm, Submitting};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::{Notice, Tone};
use crate::ui::table::ListTable;
use crate::ui::value::lang_of;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/admin/calendar`
#[component]
pub fn CalendarPage() -> impl IntoView {
    let page = load(|| (), |()| api::years());
    view! {
        <Heading text=t("工作日历", "Working days")/>
        <Load resource=page view=|page: CalendarAdmin| view! { <Whole page=page/> }.into_any()/>
    }
}

fn send(values: Values) -> Submitting {
    Box::pin(api::propose(values))
}

#[component]
fn Whole(page: CalendarAdmin) -> impl IntoView {
    let last = match use_lang() {
        Lang::Zh => format!("已录入到 {} 年。以后的日期按周一至周五推算，期限旁边会注明可能变动。", page.last),
        Lang::En => format!("Known up to {}. Later days count Monday to Friday, and limits beside them say that they may move.", page.last),
    };
    let left = match use_lang() {
        Lang::Zh => format!("新的放假安排已经生效，还有 {} 个在办案件的期限正在后台重新计算。", page.left),
        Lang::En => format!("The new notice counts; limits of {} more open cases are being reckoned again in the background.", page.left),
    };
    let left = (page.left > 0).then(|| view! { <Notice tone=Tone::Info><p role="status">{left}</p></Notice> });
    view! {
        <p class="lead">{last}</p>
        {left}
        {page.pending.map(|pending| view! { <Waiting pending=pending/> })}
        <section aria-label=tx(NOTICE.title)>
            <h2>{tx(NOTICE.title)}</h2>
            <p>{tx(NOTICE.lead)}</p>
            <PostForm page=&NOTICE action=ProposeNotice::url() submit=send state=page.state button=t("查看影响", "See what moves")/>
        </section>
        <Years rows=page.years/>
    }
}

#[component]
fn Waiting(pending: Pending) -> impl IntoView {
    let lang = use_lang();
    let title = match lang {
        Lang::Zh => format!("待确认：{} 年放假安排", pending.year),
        Lang::En => format!("To confirm: the notice of {}", pending.year),
    };
    let Pending { notice, digest, moved, .. } = pending;
    let effect = match (moved.len(), lang) {
        (0, Lang::Zh) => "没有在办案件的期限变动。".to_owned(),
        (0, Lang::En) => "No limit of an open case moves.".to_owned(),
        (n, Lang::Zh) => format!("在办案件有 {n} 项期限变动："),
        (n, Lang::En) => format!("{n} limits of open cases move:"),
    };
    let heads = [t("申请号", "Number"), t("期限", "Limit"), t("现在到期", "Ends now"), t("变动后到期", "Ends then")];
    let day = move |day: Option<Date>| day.map_or_else(|| "–".to_owned(), |day| show_date(day, lang));
    let row = move |moved: Moved| {
        view! {
            <tr>
                <td class="code title" data-label=tx(heads[0])>{moved.no}</td>
                <td data-label=tx(heads[1])>{tx(moved.clock.label())}</td>
                <td data-label=tx(heads[2])>{day(moved.before)}</td>
                <td data-label=tx(heads[3])>{day(moved.after)}</td>
            </tr>
        }
    };
    let table = (!moved.is_empty()).then(|| {
        view! { <ListTable caption=t("变动的期限", "Limits that move") heads=heads.to_vec() stack=true>{moved.into_iter().map(row).collect_view()}</ListTable> }
    });
    let none = || tx(t("无", "none")).to_owned();
    let list = |days: Vec<String>| if days.is_empty() { none() } else { days.join(" ") };
    let button = |act: &'static str, class: &'static str, label| {
        view! {
            <form method="post" action=DecideNotice::url() class="inline">
                <input type="hidden" name="digest" value=digest.clone()/><input type="hidden" name="act" value=act/>
                <button class=class type="submit">{tx(label)}</button>
            </form>
        }
    };
    view! {
        <section aria-label=title.clone()>
            <h2>{title.clone()}</h2>
            <Notice tone=Tone::Warn><p>{tx(t("还没有生效，请核对后确认。", "It does not count yet; check it and confirm."))}</p></Notice>
            <dl class="facts">
                <dt>{tx(t("放假的日期", "Days off"))}</dt><dd>{list(notice.days_off)}</dd>
                <dt>{tx(t("调休上班的日期", "Make-up working days"))}</dt><dd>{list(notice.makeup_workdays)}</dd>
            </dl>
            <p>{effect}</p>
            {table}
            <div class="actions">
                {button("confirm", "button primary", t("确认生效", "Confirm"))}
                {button("discard", "button", t("放弃", "Discard"))}
            </div>
        </section>
    }
}

#[component]
fn Years(rows: Vec<Known>) -> impl IntoView {
    let title = t("已录入的年份", "Years known");
    let heads = [
        t("年份", "Year"),
        t("放假天数", "Days off"),
        t("调休上班天数", "Make-up days"),
        t("录入次数", "Times entered"),
        t("录入时间", "Entered"),
        t("录入人", "By"),
    ];
    let row = move |known: Known| {
        let by = if known.by.is_empty() { tx(t("程序自带", "brought by the program")).to_owned() } else { known.by };
        view! {
            <tr>
                <td class="num title" data-label=tx(heads[0])>{known.year}</td>
                <td class="num" data-label=tx(heads[1])>{known.days_off}</td>
                <td class="num" data-label=tx(heads[2])>{known.makeup_workdays}</td>
                <td class="num" data-label=tx(heads[3])>{known.version}</td>
                <td data-label=tx(heads[4])>{date_time(known.at)}</td>
                <td lang=lang_of(&by) data-label=tx(heads[5])>{by.clone()}</td>
            </tr>
        }
    };
    view! {
        <section>
            <h2>{tx(title)}</h2>
            <ListTable caption=title heads=heads.to_vec() stack=true>{rows.into_iter().map(row).collect_view()}</ListTable>
        </section>
    }
}
