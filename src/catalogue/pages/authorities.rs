//! 审批机关与委托: who decides where, what provinces have delegated, the form for one more delegation,
//! the digits that certificate numbers are made with, what is checked of inspection personnel, and how long persons are qualified.

use super::Tabs;
use crate::base::{Text, t};
use crate::catalogue::admin::{AuthoritiesAdmin, DELEGATE, DelegationRow};
use crate::catalogue::api::{self, Delegate, EndDelegation, SetChecklist, SetDigits, SetValidity};
use crate::catalogue::checklist::CHECKLIST;
use crate::catalogue::digits::DIGITS;
use crate::catalogue::validity::VALIDITY;
use crate::catalogue::{Authority, AuthorityLevel};
use crate::form::Values;
use crate::ui::empty::Empty;
use crate::ui::form::{PostForm, Submitting};
use crate::ui::heading::Heading;
use crate::ui::lang::tx;
use crate::ui::load::{Load, load};
use crate::ui::table::ListTable;
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::marked;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/admin/authorities`
#[component]
pub fn AuthoritiesAdminPage() -> impl IntoView {
    let page = load(|| (), |()| api::authorities());
    view! {
        <Heading text=t("审批机关与委托", "Authorities and delegations")/>
        <Tabs/>
        <Load resource=page view=|page: AuthoritiesAdmin| view! { <Whole page=page/> }.into_any()/>
    }
}

fn send(values: Values) -> Submitting {
    Box::pin(api::delegate(values))
}

fn send_digits(values: Values) -> Submitting {
    Box::pin(api::set_digits(values))
}

fn send_checklist(values: Values) -> Submitting {
    Box::pin(api::set_checklist(values))
}

fn send_validity(values: Values) -> Submitting {
    Box::pin(api::set_validity(values))
}

#[component]
fn Whole(page: AuthoritiesAdmin) -> impl IntoView {
    view! {
        <Delegations rows=page.delegations today=page.today/>
        <section aria-label=tx(DELEGATE.title)>
            <h2>{tx(DELEGATE.title)}</h2>
            <p>{marked(tx(DELEGATE.lead))}</p>
            <PostForm page=&DELEGATE action=Delegate::url() submit=send state=page.state button=t("新增委托", "Add the delegation")/>
        </section>
        <Authorities rows=page.authorities/>
        <section aria-label=tx(DIGITS.title)>
            <h2>{tx(DIGITS.title)}</h2>
            <p>{tx(DIGITS.lead)}</p>
            <PostForm page=&DIGITS action=SetDigits::url() submit=send_digits state=page.digits button=t("保存", "Save")/>
        </section>
        <section aria-label=tx(CHECKLIST.title)>
            <h2>{tx(CHECKLIST.title)}</h2>
            <p>{tx(CHECKLIST.lead)}</p>
            <PostForm page=&CHECKLIST action=SetChecklist::url() submit=send_checklist state=page.checklist button=t("保存清单", "Save the list")/>
        </section>
        <section aria-label=tx(VALIDITY.title)>
            <h2>{tx(VALIDITY.title)}</h2>
            <p>{tx(VALIDITY.lead)}</p>
            <PostForm page=&VALIDITY action=SetValidity::url() submit=send_validity state=page.validity button=t("保存有效期", "Save the terms")/>
        </section>
    }
}

const DELEGATIONS: Text = t("委托", "Delegations");
const DELEGATION: [Text; 6] =
    [t("委托机关和受委托机关", "By and to"), t("地区", "Area"), t("项目", "Items"), t("期间", "Time"), t("状态", "State"), t("操作", "Actions")];
const AUTHORITY: [Text; 4] = [t("代码", "Code"), t("名称", "Name"), t("级别", "Level"), t("证书编号代码", "Code in certificate numbers")];

#[component]
fn Delegations(rows: Vec<DelegationRow>, today: String) -> impl IntoView {
    let title = tx(DELEGATIONS);
    if rows.is_empty() {
        return view! { <section><h2>{title}</h2><Empty title=t("还没有委托", "No delegations yet") text=t("省级项目都由省级机关办理。", "Provinces decide on all provincial items.")/></section> }.into_any();
    }
    let row = move |row: DelegationRow| {
        let (tone, state) = match (row.is_current, &row.effective_to) {
            (true, _) => (TagTone::Done, t("有效", "In force")),
            (false, Some(to)) if *to < today => (TagTone::Off, t("已结束", "Ended")),
            (false, _) => (TagTone::Wait, t("未生效", "Not yet")),
        };
        let is_over = row.effective_to.as_ref().is_some_and(|to| *to < today);
        let label = format!("{} {}", tx(t("最后一天", "Last day")), row.to);
        let end = (!is_over).then(|| {
            view! {
                <form method="post" action=EndDelegation::url() class="inline">
                    <input type="hidden" name="id" value=row.id.clone()/>
                    <input type="date" name="last_day" min=today.clone() value=row.effective_to.clone().unwrap_or_default() aria-label=label/>" "
                    <button class="button" type="submit">{tx(t("结束委托", "End"))}</button>
                </form>
            }
        });
        let what = row.what.into_iter().map(|label| view! { <li>{label}</li> }).collect_view();
        view! {
            <tr>
                <th class="title" scope="row" lang="zh-CN">{row.by}" → "{row.to}</th>
                <td lang="zh-CN" data-label=tx(DELEGATION[1])>{row.area}</td>
                <td lang="zh-CN" data-label=tx(DELEGATION[2])><ul>{what}</ul></td>
                <td data-label=tx(DELEGATION[3])>{row.effective_from}" – "{row.effective_to.clone()}</td>
                <td data-label=tx(DELEGATION[4])><Tag tone=tone text=state/></td>
                <td data-label=tx(DELEGATION[5])>{end}</td>
            </tr>
        }
    };
    view! {
        <section>
            <h2>{title}</h2>
            <ListTable caption=DELEGATIONS heads=DELEGATION.to_vec() stack=true>{rows.into_iter().map(row).collect_view()}</ListTable>
        </section>
    }
    .into_any()
}

#[component]
fn Authorities(rows: Vec<Authority>) -> impl IntoView {
    let row = |authority: Authority| {
        let level = match authority.level {
            AuthorityLevel::National => t("国家", "National"),
            AuthorityLevel::Provincial => t("省级", "Provincial"),
            AuthorityLevel::Delegated => t("受委托", "Delegated"),
        };
        view! {
            <tr>
                <td class="code" data-label=tx(AUTHORITY[0])>{authority.code}</td>
                <th class="title" scope="row" lang="zh-CN">{authority.name}</th>
                <td data-label=tx(AUTHORITY[2])>{tx(level)}</td>
                <td class="code" data-label=tx(AUTHORITY[3])>{authority.number_code}</td>
            </tr>
        }
    };
    let title = t("审批机关", "Authorities");
    view! {
        <section>
            <h2>{tx(title)}</h2>
            <ListTable caption=title heads=AUTHORITY.to_vec() stack=true>{rows.into_iter().map(row).collect_view()}</ListTable>
        </section>
    }
}
