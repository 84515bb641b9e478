//! 人员与机构: what the administrator manages.

use super::open::{AskingButton, Opened, OpenedForm, Refused, Saved, open};
use crate::account::api;
use crate::account::forms::{self, DUTIES, words};
use crate::account::model::{Agency, Authority, Staff, StaffFile, StaffMember};
use crate::base::{Text, t};
use crate::form::Values;
use crate::ui::breadcrumb::Breadcrumb;
use crate::ui::empty::Empty;
use crate::ui::field::{field_id, field_name};
use crate::ui::form::{LatestState, PostForm, Submitting, take};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::table::ListTable;
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

/// `/admin/staff`
#[component]
pub fn StaffPage() -> impl IntoView {
    let staff = load(|| (), |()| api::staff());
    view! {
        <Heading text=t("人员与机构", "Staff and agencies")/>
        <Saved/>
        <Refused form="staff"/>
        <Load resource=staff view=|all: Staff| view! { <Lists all=all/> }.into_any()/>
    }
}

const STAFF: Text = t("机关工作人员", "Authority staff");
const AGENCIES: Text = t("鉴定评审机构和考试机构", "Review agencies and examination bodies");

#[component]
fn Lists(all: Staff) -> impl IntoView {
    let Staff { staff, agencies, authorities } = all;
    view! {
        <section class="part">
            <h2>{tx(STAFF)}</h2>
            <p class="actions"><A href="/admin/staff/new" attr:class="button primary">{tx(t("新建工作人员", "Add a member of staff"))}</A></p>
            <StaffTable rows=staff authorities=authorities/>
        </section>
        <section class="part">
            <h2>{tx(AGENCIES)}</h2>
            <p class="actions"><A href="/admin/agencies/new" attr:class="button">{tx(forms::AGENCY.title)}</A></p>
            <AgencyTable rows=agencies/>
        </section>
    }
}

#[component]
fn StaffTable(rows: Vec<StaffMember>, authorities: Vec<Authority>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <Empty title=t("还没有工作人员", "No staff yet") text=t("新建工作人员后，他们就能登录。", "Once added, they can sign in.")/> }
            .into_any();
    }
    let heads = [t("审批机关", "Authority"), t("姓名", "Name"), t("用户名", "User name"), t("手机号", "Mobile"), t("职责", "Duties"), t("操作", "Action")];
    let name_of = move |code: &str| authorities.iter().find(|a| a.code == code).map_or_else(|| code.to_owned(), |a| a.name.clone());
    let row = |row: StaffMember| {
        let duties: Vec<&str> = row.duties.iter().map(|duty| tx(words(DUTIES, duty))).collect();
        view! {
            <tr>
                <td data-label=tx(heads[0]) lang="zh-CN">{name_of(&row.authority)}</td>
                <td class="title" lang=lang_of(&row.name)>{row.name.clone()}</td>
                <td class="code" data-label=tx(heads[2])>{row.username}</td>
                <td class="code" data-label=tx(heads[3])>{row.mobile}</td>
                <td data-label=tx(heads[4])>{duties.join(tx(t("、", ", ")))}</td>
                <td class="row-actions"><a href=format!("/admin/staff/{}", row.id)>{tx(t("修改", "Change"))}<span class="visually-hidden" lang=lang_of(&row.name)>" "{row.name.clone()}</span></a><AskingButton action=api::CloseStaff::url() id=row.id label=t("关闭账号", "Close the account") lost=t("关闭后马上退出，不能再登录，也不能恢复。", "The account is signed out at once, cannot sign in again and cannot be restored.")/></td>
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ListTable caption=STAFF heads=heads.to_vec() stack=true>{rows}</ListTable> }.into_any()
}

#[component]
fn AgencyTable(rows: Vec<Agency>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <Empty title=t("还没有机构", "No agencies yet") text=t("新建后，机构可以用主账号登录。", "Once added, an agency signs in with its main account.")/> }.into_any();
    }
    let heads = [t("机构名称", "Name"), t("机构类别", "Kind of agency"), t("统一社会信用代码", "Credit code"), t("联系人", "Contact"), t("操作", "Action")];
    let row = |row: Agency| {
        // Only a review agency has a competence to be set.
        let name = match row.kind.as_str() {
            "agency" => view! { <a href=format!("/admin/agencies/{}", row.id)>{row.name}</a> }.into_any(),
            _ => row.name.into_any(),
        };
        view! {
            <tr>
                <td class="title" lang="zh-CN">{name}</td>
                <td data-label=tx(heads[1])>{tx(words(forms::AGENCY_KINDS, &row.kind))}</td>
                <td class="code" data-label=tx(heads[2])>{row.code}</td>
                <td data-label=tx(heads[3]) lang=lang_of(&row.contact)>{row.contact.clone()}</td>
                <td><AskingButton action=api::CloseAgency::url() id=row.id label=t("关闭机构", "Close the agency") lost=t("机构的所有账号马上退出，不能再登录，也不能恢复。", "All its accounts are signed out at once, cannot sign in again and cannot be restored.")/></td>
            </tr>
        }
    };
    let rows = rows.into_iter().map(row).collect_view();
    view! { <ListTable caption=AGENCIES heads=heads.to_vec() stack=true>{rows}</ListTable> }.into_any()
}

/// `/admin/staff/new`
#[component]
pub fn NewStaffPage() -> impl IntoView {
    let opened = load(|| (), |()| open(&forms::STAFF_DRAWN, Values::new()));
    let submit = |values: Values| -> Submitting { Box::pin(api::add_staff(values)) };
    view! {
        <Breadcrumb trail=vec![("/admin/staff".to_owned(), tx(t("人员与机构", "Staff and agencies")).to_owned())] here=tx(forms::STAFF.title)/>
        <Heading text=forms::STAFF.title/>
        <OpenedForm page=&forms::STAFF_DRAWN action=api::AddStaff::url() submit=submit button=t("新建工作人员", "Add") opened=opened more=|| view! { <AuthorityField/> }.into_any()/>
    }
}

/// `/admin/staff/:id`
#[component]
pub fn ChangeStaffPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let opened = load(
        move || id.get(),
        |id| async move {
            let file = api::staff_member(id).await?;
            let opened = open(&forms::STAFF_CHANGE, file.values.clone()).await?;
            Ok((file, opened))
        },
    );
    let draw = |(file, opened): (StaffFile, Opened)| view! { <ChangeStaff file=file opened=opened/> }.into_any();
    view! { <Load resource=opened view=draw/> }
}

#[component]
fn ChangeStaff(file: StaffFile, opened: Opened) -> impl IntoView {
    let StaffFile { id, name, username, authority, .. } = file;
    let page = &forms::STAFF_CHANGE;
    let submit = |mut values: Values| -> Submitting {
        let id = take(&mut values, "id");
        Box::pin(api::change_staff(values, id))
    };
    view! {
        <Breadcrumb trail=vec![("/admin/staff".to_owned(), tx(t("人员与机构", "Staff and agencies")).to_owned())] here=name.clone()/>
        <Heading text=page.title/>
        <p class="lead">{tx(page.lead)}</p>
        <dl class="facts">
            <dt>{tx(t("审批机关", "Authority"))}</dt><dd lang="zh-CN">{authority}</dd>
            <dt>{tx(t("姓名", "Name"))}</dt><dd lang=lang_of(&name)>{name.clone()}</dd>
            <dt>{tx(t("用户名", "User name"))}</dt><dd class="code">{username}</dd>
        </dl>
        <PostForm page=page action=api::ChangeStaff::url() submit=submit state=opened.state button=t("保存修改", "Save")>
            <input type="hidden" name="id" value=id/>
        </PostForm>
    }
}

/// Which authority, among those the store knows.
#[component]
fn AuthorityField() -> impl IntoView {
    let staff = load(|| (), |()| api::staff());
    let lang = use_lang();
    let latest = use_context::<LatestState>();
    let path = "staff/authority";
    let draw = move |all: Staff| {
        let state = latest.map(|LatestState(state)| state.get()).unwrap_or_default();
        let chosen = state.values.get(path).cloned().unwrap_or_default();
        let wrong = state.issues.into_iter().find(|issue| issue.path == path).map(|issue| issue.message.get(lang).to_owned());
        let (message, invalid) = (format!("{}-message", field_id(path)), wrong.is_some().then_some("true"));
        let described = wrong.is_some().then(|| message.clone());
        let option = |authority: Authority| view! { <option value=authority.code.clone() selected=authority.code == chosen>{authority.name}</option> };
        view! {
            <div class="field">
                <label for=field_id(path)>{tx(t("审批机关", "Authority"))}</label>
                {wrong.map(|text| view! { <p class="message" id=message>{marked(&text)}</p> })}
                <div class="frame"><select id=field_id(path) name=field_name(path) lang="zh-CN" aria-required="true" aria-invalid=invalid aria-describedby=described>
                    <option value="" lang=lang.tag()>{tx(t("请选择", "Choose"))}</option>{all.authorities.into_iter().map(option).collect_view()}
                </select></div>
            </div>
        }
        .into_any()
    };
    view! { <Load resource=staff view=draw/> }
}

/// `/admin/agencies/new`
#[component]
pub fn NewAgencyPage() -> impl IntoView {
    let opened = load(|| (), |()| open(&forms::AGENCY, Values::new()));
    let submit = |mut values: Values| -> Submitting {
        let act = take(&mut values, "act");
        Box::pin(api::add_agency(values, act))
    };
    view! {
        <Breadcrumb trail=vec![("/admin/staff".to_owned(), tx(t("人员与机构", "Staff and agencies")).to_owned())] here=tx(forms::AGENCY.title)/>
        <Heading text=forms::AGENCY.title/>
        <OpenedForm page=&forms::AGENCY action=api::AddAgency::url() submit=submit button=t("新建机构", "Add") opened=opened/>
    }
}
