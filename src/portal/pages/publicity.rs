//! 公示: accepted applications, and granted licences (行政许可法 art. 40; ruling 3).

use super::Head;
use super::published::PublishedTable;
use crate::base::{Text, t, workdays};
use crate::portal::api;
use crate::portal::model::{AcceptedLine, Listing, PublishedLine};
use crate::ui::empty::Empty;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::pager::Pager;
use crate::ui::table::ListTable;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const NO: Text = t("申请流水编号", "Application number");
const APPLICANT: Text = t("申请人", "Applicant");
const MATTER: Text = t("服务事项名称", "Matter");
const TIME: Text = t("申请时间", "Applied on");

/// 已受理的申请
pub const ACCEPTED: Text = t("已受理的申请", "Accepted applications");
const GRANTED: Text = t("准予的许可", "Granted licences");

/// What of the address this page reads: whether the second list, and where in it.
type Asked = (bool, String, bool);

/// `/publicity`
#[component]
pub fn PublicityPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| -> Asked {
        query.with(|q| (q.get("list").as_deref() == Some("granted"), q.get("at").unwrap_or_default(), q.get("newer").is_some()))
    });
    view! {
        <Head
            text=t("公示", "Publicity")
            lead=t("受理的申请和准予的许可，任何人都可以查阅。", "Accepted applications and granted licences are open to everybody.")
        />
        {move || {
            let (granted, at, newer) = asked.get();
            let here = move |this: bool| (granted == this).then_some("page");
            let list = if granted { view! { <Granted at=at newer=newer/> }.into_any() } else { view! { <Accepted at=at newer=newer/> }.into_any() };
            view! {
                <nav class="views" aria-label=tx(t("公示的内容", "Lists"))>
                    <a href="/publicity" aria-current=here(false)>{tx(ACCEPTED)}</a>
                    <a href="/publicity?list=granted" aria-current=here(true)>{tx(GRANTED)}</a>
                </nav>
                {list}
            }
        }}
    }
}

#[component]
fn Accepted(at: String, newer: bool) -> impl IntoView {
    let rows = load(move || (at.clone(), newer), |(at, newer)| api::accepted(at, newer));
    let draw = |list: Listing<AcceptedLine>| {
        if list.rows.is_empty() {
            return view! { <NoneAccepted/> }.into_any();
        }
        let pager = foot("/publicity?", &list);
        view! { <AcceptedTable rows=list.rows/>{pager} }.into_any()
    };
    view! { <Load resource=rows view=draw/> }
}

#[component]
fn Granted(at: String, newer: bool) -> impl IntoView {
    let rows = load(move || (at.clone(), newer), |(at, newer)| api::granted(at, newer));
    let draw = |list: Listing<PublishedLine>| {
        if list.rows.is_empty() {
            let (title, text) = (
                t("还没有准予的许可", "No licences yet"),
                t(
                    "审批机关作出决定后 7 个工作日内在这里公示；单位登记的纸质许可证，核验后也列在这里。",
                    "Decisions appear here within 7 working days; licences on paper appear once an officer has checked them.",
                ),
            );
            return view! { <Empty title=title text=text><a class="button" href="/search">{tx(t("查许可证", "Look up a licence"))}</a></Empty> }.into_any();
        }
        let pager = foot("/publicity?list=granted&", &list);
        view! { <PublishedTable caption=GRANTED rows=list.rows/>{pager} }.into_any()
    };
    view! { <Load resource=rows view=draw/> }
}

fn foot<T>(address: &str, list: &Listing<T>) -> impl IntoView + use<T> {
    let newer = list.newer.as_ref().map(|at| format!("{address}at={at}&newer=1"));
    let older = list.older.as_ref().map(|at| format!("{address}at={at}"));
    view! { <Pager count=list.count capped=list.capped newer=newer older=older/> }
}

/// Says that nothing was accepted yet.
#[component]
pub fn NoneAccepted() -> impl IntoView {
    view! {
        <Empty
            title=t("还没有受理的申请", "No accepted applications yet")
            text=t("申请被受理后列在这里：编号、申请人、事项和时间。", "Applications are listed here once they are accepted: number, applicant, matter and time.")
        />
    }
}

/// The manual's table of accepted applications.
#[component]
pub fn AcceptedTable(rows: Vec<AcceptedLine>) -> impl IntoView {
    let lang = use_lang();
    let line = move |row: AcceptedLine| {
        view! {
            <tr>
                <td class="code" data-label=tx(NO)>{row.no}</td>
                <td class="title" data-label=tx(APPLICANT) lang="zh-CN">{row.applicant}</td>
                <td data-label=tx(MATTER)>{row.matter.get(lang).to_owned()}</td>
                <td data-label=tx(TIME)>{workdays::show_date(workdays::legal_date(row.submitted_at), lang)}</td>
            </tr>
        }
    };
    view! { <ListTable caption=ACCEPTED heads=vec![NO, APPLICANT, MATTER, TIME] stack=true>{rows.into_iter().map(line).collect_view()}</ListTable> }
}
