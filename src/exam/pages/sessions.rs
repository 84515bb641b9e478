//! 考试场次: what a body offers, and its plan of the year.

use super::Plans;
use crate::base::{t, workdays};
use crate::exam::api::{self, AddSession, PublishPlan};
use crate::exam::model::{PLAN, SESSION, Session, Sessions};
use crate::form::Values;
use crate::ui::empty::Empty;
use crate::ui::form::{PostForm, Submitting};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::Saved;
use crate::ui::table::ListTable;
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
    let Sessions { rows, plans, may_edit, plan, session } = all;
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
    let row = |session: Session| {
        view! {
            <tr>
                <td class="title"><a href=format!("/exam/sessions/{}", session.id)>{workdays::show_date(session.day, lang)}</a></td>
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
