//! 考试场次: what a body offers, and its plan of the year.

use super::{Hours, Plans};
use crate::base::{t, workdays};
use crate::exam::api::{self, AddSession, PublishPlan};
use crate::exam::model::{PLAN, SESSION, Session, Sessions, Waiting};
use crate::form::Values;
use crate::ui::empty::Empty;
use crate::ui::form::{PostForm, Submitting};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::Saved;
use crate::ui::table::ListTable;
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::lang_of;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/exam/sessions`
#[component]
pub fn SessionsPage() -> impl IntoView {
    let all = load(|| (), |()| api::sessions());
    view! {
        <Heading text=t("考试场次", "Sessions")/>
        <Saved/>
        <Load resource=all view=|all: Sessions| view! { <Whole all=all/> }.into_any()/>
    }
}

fn add(values: Values) -> Submitting {
    Box::pin(api::add_session(values))
}

fn publish(values: Values) -> Submitting {
    Box::pin(api::publish_plan(values))
}

#[component]
fn Whole(all: Sessions) -> impl IntoView {
    let Sessions { rows, plans, waiting, may_edit, plan, session } = all;
    let add_form = may_edit.then(|| {
        view! {
            <section class="part" aria-labelledby="add-title">
                <h2 id="add-title">{tx(SESSION.title)}</h2>
                <PostForm page=&SESSION action=AddSession::url() submit=add state=session button=t("新增场次", "Add the session")/>
            </section>
        }
    });
    let plan_form = may_edit.then(|| {
        view! {
            <div class="part">
                <h3>{tx(PLAN.title)}</h3>
                <p>{tx(PLAN.lead)}</p>
                <PostForm page=&PLAN action=PublishPlan::url() submit=publish state=plan button=t("公布计划", "Publish the plan")/>
            </div>
        }
    });
    view! {
        <Rows rows=rows/>
        <section class="part"><h2>{tx(t("待报名的考生", "Candidates without a seat"))}</h2><Awaited rows=waiting/></section>
        {add_form}
        <section class="part" aria-labelledby="plans-title"><h2 id="plans-title">{tx(t("年度考试计划", "Plans of the year"))}</h2><Plans rows=plans/>{plan_form}</section>
    }
}

#[component]
fn Rows(rows: Vec<Session>) -> impl IntoView {
    if rows.is_empty() {
        let text = t("新增场次后，已受理的申请人就能报名。", "Once there is one, accepted applicants can sign up.");
        return view! { <Empty title=t("还没有考试场次", "No sessions yet") text=text/> }.into_any();
    }
    let lang = use_lang();
    let heads = [t("考试日期", "Day"), t("地点", "Place"), t("项目", "Codes"), t("报名截止", "Sign up by"), t("已报 / 座位", "Taken / seats")];
    let off = |session: &Session| session.called_off.is_some().then(|| view! { " "<Tag tone=TagTone::Wrong text=t("已取消", "Called off")/> });
    let row = |session: Session| {
        view! {
            <tr>
                <td class="title"><a href=format!("/exam/sessions/{}", session.id)>{workdays::show_date(session.day, lang)}</a><Hours session=session.clone()/>{off(&session)}</td>
                <td data-label=tx(heads[1]) lang="zh-CN">{session.place.clone()}</td>
                <td class="code" data-label=tx(heads[2])>{session.codes.join(tx(t("、", ", ")))}</td>
                <td data-label=tx(heads[3])>{workdays::show_date(session.closes_on, lang)}</td>
                <td class="num" data-label=tx(heads[4])>{session.taken}" / "{session.seats}</td>
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ListTable caption=t("考试场次", "Sessions") heads=heads.to_vec() stack=true>{rows}</ListTable> }.into_any()
}

/// Whoever was accepted and has no seat yet, so that sessions fit those who come: how many for each code, then each by name.
#[component]
fn Awaited(rows: Vec<Waiting>) -> impl IntoView {
    if rows.is_empty() {
        let text = t(
            "本省和总局受理的、以及要在本机构补考的考生，报名前列在这里。",
            "Listed before they sign up: those accepted by this province or by SAMR, and those who resit here.",
        );
        return view! { <Empty title=t("没有待报名的考生", "Nobody is without a seat") text=text/> }.into_any();
    }
    let lang = use_lang();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    rows.iter().flat_map(|row| &row.codes).for_each(|code| *counts.entry(code.clone()).or_default() += 1);
    let count = |(code, n): (String, usize)| {
        let words = tx(t("人", if n == 1 { "candidate" } else { "candidates" }));
        view! { <li><span class="code">{code}</span>" "{n}" "{words}</li> }
    };
    let counts = counts.into_iter().map(count).collect_view();
    let heads = [t("申请号", "Application"), t("姓名", "Name"), t("项目", "Codes"), t("受理日期", "Accepted on"), t("情况", "Standing")];
    let row = |row: Waiting| {
        let standing = if row.resits { t("补考", "Resit") } else { t("首次考试", "First examination") };
        view! {
            <tr>
                <td class="code" data-label=tx(heads[0])>{row.no.clone()}</td>
                <td class="title" lang=lang_of(&row.name)>{row.name.clone()}</td>
                <td class="code" data-label=tx(heads[2])>{row.codes.join(tx(t("、", ", ")))}</td>
                <td data-label=tx(heads[3])>{row.since.map(|day| workdays::show_date(day, lang))}</td>
                <td data-label=tx(heads[4])>{tx(standing)}</td>
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <ul class="seats">{counts}</ul>
        <ListTable caption=t("待报名的考生", "Candidates without a seat") heads=heads.to_vec() stack=true>{rows}</ListTable>
    }
    .into_any()
}
