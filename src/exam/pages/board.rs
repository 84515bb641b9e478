//! 考试: the plans of the year and the sessions that can be signed up for, read by anyone; whoever has an accepted case signs up here.

use super::{GiveUp, Hours, Plans, Seen, Told};
use crate::base::{t, workdays};
use crate::exam::api::{self, SignUp};
use crate::exam::model::{Board, MyCase, Session};
use crate::ui::empty::Empty;
use crate::ui::form::FormState;
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::Saved;
use crate::ui::table::ListTable;
use crate::ui::value::marked;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/exams`
#[component]
pub fn BoardPage() -> impl IntoView {
    let board = load(|| (), |()| api::board());
    view! {
        <Heading text=t("资格考试", "Qualification examinations")/>
        <p class="lead">{tx(t(
            "考试机构公布的年度计划和正在报名的场次。申请受理后，登录即可在这里报名。",
            "The plans of the year and the sessions open for signing up. Once your application is accepted, sign in and sign up here.",
        ))}</p>
        <Saved/>
        <Load resource=board view=|board: Board| view! { <Whole board=board/> }.into_any()/>
    }
}

#[component]
fn Whole(board: Board) -> impl IntoView {
    let Board { plans, sessions, published, cases, click, state } = board;
    let mine = (!cases.is_empty()).then(|| {
        let row = |case| view! { <Mine case=case sessions=sessions.clone() click=click.clone() state=state.clone()/> };
        let rows = cases.into_iter().map(row).collect_view();
        view! { <section class="part" aria-labelledby="mine-title"><h2 id="mine-title">{tx(t("我的考试", "My examinations"))}</h2>{rows}</section> }
    });
    let lists = (!published.is_empty()).then(|| {
        let lang = use_lang();
        let line = |session: Session| {
            let words = format!("{} {} {}", workdays::show_date(session.day, lang), session.body, session.codes.join(tx(t("、", ", "))));
            view! { <li><a href=format!("/exams/passed/{}", session.id)>{marked(&words)}</a></li> }
        };
        let lines = published.into_iter().map(line).collect_view();
        view! { <section class="part" aria-labelledby="passed-title"><h2 id="passed-title">{tx(t("合格人员名单", "Those who passed"))}</h2><ul>{lines}</ul></section> }
    });
    view! {
        <Told state=state.clone()/>
        {mine}
        <section class="part">
            <h2>{tx(t("正在报名的场次", "Sessions open for signing up"))}</h2>
            <Open rows=sessions/>
        </section>
        {lists}
        <section class="part" aria-labelledby="plans-title"><h2 id="plans-title">{tx(t("年度考试计划", "Plans of the year"))}</h2><Plans rows=plans/></section>
    }
}

#[component]
fn Open(rows: Vec<Session>) -> impl IntoView {
    if rows.is_empty() {
        let text = t("考试机构开放报名后，会列在这里。", "Once a body opens one, it is listed here.");
        return view! { <Empty title=t("现在没有可以报名的场次", "No session can be signed up for now") text=text/> }.into_any();
    }
    let lang = use_lang();
    let heads = [t("考试日期", "Day"), t("考试机构", "Body"), t("地点", "Place"), t("项目", "Codes"), t("报名截止", "Sign up by"), t("余位", "Seats left")];
    let row = |session: Session| {
        view! {
            <tr>
                <td class="title">{workdays::show_date(session.day, lang)}<Hours session=session.clone()/></td>
                <td data-label=tx(heads[1]) lang="zh-CN">{session.body.clone()}</td>
                <td data-label=tx(heads[2]) lang="zh-CN">{session.place.clone()}</td>
                <td class="code" data-label=tx(heads[3])>{session.codes.join(tx(t("、", ", ")))}</td>
                <td data-label=tx(heads[4])>{workdays::show_date(session.closes_on, lang)}</td>
                <td class="num" data-label=tx(heads[5])>{session.left()}" / "{session.seats}</td>
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ListTable caption=t("正在报名的场次", "Sessions open for signing up") heads=heads.to_vec() stack=true>{rows}</ListTable> }.into_any()
}

/// One case of the reader's: its seat, or the sessions it can have one in.
#[component]
fn Mine(case: MyCase, sessions: Vec<Session>, click: String, state: FormState) -> impl IntoView {
    let lang = use_lang();
    let MyCase { no, codes, revision, may_sign_up, may_cancel, seat, only_body } = case;
    let click = format!("{click}-{no}");
    let head = view! {
        <h3 id=format!("case-{no}")>{codes.join(tx(t("、", ", ")))}" "<a href=format!("/cases/{no}")>{no.clone()}</a></h3>
    };
    if let Some(seat) = seat {
        let give_up = may_cancel.then(|| view! { <GiveUp no=no.clone() session=String::new() seen=revision click=click state=state/> });
        let day = workdays::show_date(seat.day, lang);
        return view! {
            <article>{head}<p>{tx(t("已报名，考试日期：", "Signed up for the examination of "))}{day}</p>
                <p>{tx(t("准考证在案件的文书中，可以下载打印。", "The admission slip is among the documents of the case, to download and print."))}</p>{give_up}</article>
        }
        .into_any();
    }
    let fits = |session: &Session| session.examines(&codes) && only_body.as_ref().is_none_or(|body| *body == session.body_id);
    let fitting: Vec<Session> = sessions.into_iter().filter(|session| may_sign_up && session.left() > 0 && fits(session)).collect();
    if fitting.is_empty() {
        return view! { <article>{head}<p class="muted">{tx(t("现在没有可以报名的场次。", "No session can be signed up for now."))}</p></article> }.into_any();
    }
    let offer = |session: Session| {
        let words = format!("{} {} {} {}", workdays::show_date(session.day, lang), session.times, session.body, session.place);
        view! {
            <li><form method="post" action=SignUp::url()>
                <Seen no=no.clone() session=session.id.clone() seen=revision click=format!("{click}-{}", session.id)/>
                <span>{marked(&words)}</span>
                <button class="button small" type="submit" aria-label=format!("{} {words}", tx(t("报名", "Sign up")))>{tx(t("报名", "Sign up"))}</button>
            </form></li>
        }
    };
    let offers = fitting.into_iter().map(offer).collect_view();
    view! { <article>{head}<ul class="seats">{offers}</ul></article> }.into_any()
}
