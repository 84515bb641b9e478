//! 人员申请管理 (spec 2.22): a person's applications with the manual's columns, 项目名称 and 提交机构 filled, and its one search.

use super::list::{Actions, day_or_none, tone};
use crate::application::model::Head;
use crate::application::read::turn;
use crate::base::{Text, t, workdays};
use crate::catalogue::personnel::Group;
use crate::form::Values;
use crate::ui::lang::{tx, use_lang};
use crate::ui::table::ListTable;
use crate::ui::tag::Tag;
use crate::ui::value::lang_of;
use leptos::prelude::*;

/// The manual's columns, with the number of the application.
const HEADS: [Text; 11] = [
    t("序号", "No."),
    t("申请年度", "Year"),
    t("人员类型", "Type"),
    t("项目代号", "Code"),
    t("项目名称", "Item"),
    t("申请类别", "Kind"),
    t("申请状态", "State"),
    t("提交机构", "Authority"),
    t("申请日期", "Filed"),
    t("受理日期", "Accepted"),
    t("操作", "Actions"),
];

/// The search by 项目名称.
#[component]
pub(super) fn PersonFilter(filter: Values) -> impl IntoView {
    let typed = filter.get("item").cloned().unwrap_or_default();
    view! {
        <form method="get" action="/applications" class="filter-form" role="search" aria-label=tx(t("筛选申请", "Filter applications"))>
            <div class="field"><label for="f-item">{tx(t("项目名称", "Item"))}</label><input id="f-item" name="item" value=typed maxlength="50"/></div>
            <p class="actions"><button class="button" type="submit">{tx(t("查询", "Search"))}</button>" "<a class="button" href="/applications">{tx(t("重置", "Reset"))}</a></p>
        </form>
    }
}

#[component]
pub(super) fn PersonTable(rows: Vec<(usize, Head)>) -> impl IntoView {
    let rows = rows.into_iter().map(|(n, head)| view! { <Line n=n + 1 head=head/> }).collect_view();
    view! { <ListTable caption=t("我的资格申请", "My applications") heads=HEADS.to_vec() stack=true>{rows}</ListTable> }
}

#[component]
fn Line(n: usize, head: Head) -> impl IntoView {
    let lang = use_lang();
    let code = head.items.split(' ').next().unwrap_or_default();
    let name = head.item_name.as_ref().map(|name| name.get(lang).to_owned()).unwrap_or_default();
    let year = workdays::legal_date(head.submitted_at.unwrap_or(head.created_at)).year();
    let filed = day_or_none(head.submitted_at.map(|at| workdays::legal_date(at).to_string()), lang);
    let accepted = day_or_none(head.accepted_on.map(|day| day.to_string()), lang);
    view! {
        <tr>
            <td class="num" data-label=tx(HEADS[0])>{n}</td>
            <td class="num" data-label=tx(HEADS[1])>{year}</td>
            <td data-label=tx(HEADS[2])>{tx(Group::of_code(code).label())}</td>
            <td class="code title" data-label=tx(HEADS[3])>{code.to_owned()}<small class="turn">{head.no.clone()}</small></td>
            <td lang=lang_of(&name) data-label=tx(HEADS[4])>{name.clone()}</td>
            <td data-label=tx(HEADS[5])>{head.kind_label.get(lang).to_owned()}</td>
            <td data-label=tx(HEADS[6])><Tag tone=tone(&head) text=head.state_label()/><small class="turn">{turn(&head, lang)}</small></td>
            <td lang="zh-CN" data-label=tx(HEADS[7])>{head.authority.clone()}</td>
            <td data-label=tx(HEADS[8])>{filed}</td>
            <td data-label=tx(HEADS[9])>{accepted}</td>
            <td class="row-actions" data-label=tx(HEADS[10])><Actions head=head.clone()/></td>
        </tr>
    }
}
