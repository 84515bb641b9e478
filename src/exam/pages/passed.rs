//! 合格人员名单: who passed at a session, for the public.

use crate::base::{t, workdays};
use crate::exam::api;
use crate::exam::model::Passed;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::empty::Empty;
use crate::ui::heading::PageTitle;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::table::ListTable;
use crate::ui::value::lang_of;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// `/exams/passed/{id}`
#[component]
pub fn PassedPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let passed = load(move || id.get(), api::passed);
    view! { <Load resource=passed view=|passed: Passed| view! { <Whole passed=passed/> }.into_any()/> }
}

#[component]
fn Whole(passed: Passed) -> impl IntoView {
    let (lang, Passed { session, rows }) = (use_lang(), passed);
    let title = format!("{} {}", workdays::show_date(session.day, lang), tx(t("考试合格人员名单", "Those who passed")));
    let list = if rows.is_empty() {
        let text = t("不合格的科目可以补考一次。", "What was failed can be resat once.");
        view! { <Empty title=t("本场没有全部科目合格的考生", "Nobody passed all subjects at this session") text=text/> }.into_any()
    } else {
        let heads = [t("座位号", "Seat"), t("姓名", "Name"), t("合格项目", "Passed")];
        let row = |(nth, name, codes): (i64, String, Vec<String>)| {
            view! {
                <tr>
                    <td class="num" data-label=tx(heads[0])>{nth}</td>
                    <td class="title" lang=lang_of(&name)>{name.clone()}</td>
                    <td class="code" data-label=tx(heads[2])>{codes.join(tx(t("、", ", ")))}</td>
                </tr>
            }
        };
        let rows = rows.into_iter().map(row).collect_view();
        view! { <ListTable caption=t("合格人员名单", "Those who passed") heads=heads.to_vec() stack=true>{rows}</ListTable> }.into_any()
    };
    view! {
        <Breadcrumb trail=vec![("/exams".to_owned(), tx(t("资格考试", "Examinations")).to_owned())] here=title.clone()/>
        <PageTitle text=title.clone()/>
        <h1>{title}</h1>
        <p class="lead" lang="zh-CN">{format!("{}　{}　{}", session.body, session.place, session.codes.join("、"))}</p>
        <p>{tx(t(
            "全部科目合格（每科 70 分以上）的考生列在这里；是否发证，由审批机关审查后决定。名单公布一年。",
            "Listed is whoever passed all subjects (70 points or more in each). Whether a certificate is issued is the authority’s decision. The list is public for a year.",
        ))}</p>
        {list}
    }
}
