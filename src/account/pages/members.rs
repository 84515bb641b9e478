//! 成员: the owner's list, invitations, and accepting one.

use super::account::AccountNav;
use super::open::{ActButton, AskingButton, OpenedForm, Refused, Saved, open};
use crate::account::api;
use crate::account::forms::{self, MEMBER_ROLES};
use crate::account::model::{Member, Members, OpenInvitation, Role, Welcome};
use crate::base::{Lang, t, workdays};
use crate::form::Values;
use crate::ui::form::{Submitting, take};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::value::{lang_of, marked};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

/// `/account/members`
#[component]
pub fn MembersPage() -> impl IntoView {
    let members = load(|| (), |()| api::members());
    let opened = load(|| (), |()| open(&forms::INVITE, forms::defaults(&forms::INVITE)));
    let submit = |values: Values| -> Submitting { Box::pin(api::invite(values)) };
    view! {
        <Heading text=t("成员", "Members")/>
        <AccountNav/>
        <Saved/>
        <Refused form="members"/>
        <Refused form="member"/>
        <Load resource=members view=|all: Members| view! { <List all=all/> }.into_any()/>
        <section class="part" aria-labelledby="invite-title">
            <h2 id="invite-title">{tx(t("邀请成员", "Invite a colleague"))}</h2>
            <OpenedForm page=&forms::INVITE action=api::Invite::url() submit=submit button=t("发送邀请", "Send the invitation") opened=opened/>
        </section>
    }
}

#[component]
fn List(all: Members) -> impl IntoView {
    let heads = [t("姓名", "Name"), t("用户名", "User name"), t("手机号", "Mobile"), t("角色", "Role"), t("操作", "Actions")];
    let row = |member: Member| {
        let submits = member.may_submit.then(|| view! { {tx(t("，可以提交", ", may submit"))} });
        let actions = (member.role != Role::Owner).then(|| view! { <Manage member=member.clone()/> });
        view! {
            <tr>
                <td class="title" lang=lang_of(&member.name)>{member.name.clone()}</td>
                <td class="code" data-label=tx(heads[1])>{member.username}</td>
                <td class="code" data-label=tx(heads[2])>{member.mobile}</td>
                <td data-label=tx(heads[3])>{tx(member.role.label())}{submits}</td>
                <td>{actions}</td>
            </tr>
        }
    };
    let open = all.invitations;
    let invited = (!open.is_empty()).then(|| view! { <h2>{tx(t("还没有接受的邀请", "Open invitations"))}</h2><ul class="invitations">{open.into_iter().map(|i| view! { <Invited invitation=i/> }).collect_view()}</ul> });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=tx(t("成员", "Members"))>
            <table class="list stack">
                <thead><tr>{heads.map(|head| view! { <th scope="col">{tx(head)}</th> }).collect_view()}</tr></thead>
                <tbody>{all.members.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {invited}
    }
}

/// Changing and closing one member.
#[component]
fn Manage(member: Member) -> impl IntoView {
    let (role_id, submit_id) = (format!("role-{}", member.id), format!("submit-{}", member.id));
    let options = MEMBER_ROLES.iter().map(|choice| view! { <option value=choice.key selected=choice.key == member.role.word()>{tx(choice.label)}</option> });
    view! {
        <details class="asking">
            <summary>{tx(t("修改角色", "Change the role"))}</summary>
            <form method="post" action=api::ChangeRole::url() class="form">
                <input type="hidden" name="id" value=member.id.clone()/>
                <div class="field"><label for=role_id.clone()>{tx(t("角色", "Role"))}</label><div class="frame"><select id=role_id name="values[member/role]">{options.collect_view()}</select></div></div>
                <label class="choice" for=submit_id.clone()><input id=submit_id.clone() type="checkbox" name="values[member/may_submit]" value="yes" checked=member.may_submit/><span>{tx(t("可以代表单位提交和撤回申请", "May submit and withdraw for the unit"))}</span></label>
                <p class="actions"><button class="button" type="submit">{tx(t("保存角色", "Save the role"))}</button></p>
            </form>
        </details>
        <AskingButton action=api::CloseMember::url() id=member.id label=t("关闭账号", "Close the account") lost=t("关闭后这个账号马上退出，不能再登录，也不能恢复；以前填写和提交的内容都保留。", "The account is signed out at once, cannot sign in again and cannot be restored; all it filled in and submitted stays.")/>
    }
}

#[component]
fn Invited(invitation: OpenInvitation) -> impl IntoView {
    let lang = use_lang();
    let until = workdays::date_time(invitation.expires_at);
    let text = match lang {
        Lang::Zh => format!("{}（{}），{}，{until} 前有效", invitation.name, invitation.mobile, invitation.role.label().zh),
        Lang::En => format!("{} ({}), {}, valid until {until}", invitation.name, invitation.mobile, invitation.role.label().en),
    };
    view! { <li>{marked(&text)}" "<ActButton action=api::Uninvite::url() id=invitation.id label=t("撤回邀请", "Take it back")/></li> }
}

/// `/invitation/:token`
#[component]
pub fn InvitationPage() -> impl IntoView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|p| p.get("token").unwrap_or_default()));
    let welcome = load(move || token.get(), api::invitation);
    view! { <Load resource=welcome view=|welcome: Welcome| view! { <Accept welcome=welcome/> }.into_any()/> }
}

#[component]
fn Accept(welcome: Welcome) -> impl IntoView {
    let lang = use_lang();
    let opened = load(|| (), |()| open(&forms::ACCEPT, Values::new()));
    let submit = |mut values: Values| -> Submitting {
        let token = take(&mut values, "token");
        Box::pin(api::accept_invitation(values, token))
    };
    let Welcome { unit_name, name, mobile, role } = welcome;
    let text = match lang {
        Lang::Zh => format!("{name}，您好！{unit_name}邀请您作为{}使用本系统，手机号 {mobile}。", role.label().zh),
        Lang::En => format!("{name}: {unit_name} invites you to use this system as {}, mobile number {mobile}.", role.label().en),
    };
    view! {
        <Heading text=t("接受邀请", "Accept the invitation")/>
        <p>{marked(&text)}</p>
        <OpenedForm page=&forms::ACCEPT action=api::AcceptInvitation::url() submit=submit button=t("接受邀请", "Accept") opened=opened more=|| view! { <Token/> }.into_any()/>
    }
}

/// The link's secret, carried by the form.
#[component]
fn Token() -> impl IntoView {
    let params = use_params_map();
    view! { <input type="hidden" name="token" value=move || params.with(|p| p.get("token").unwrap_or_default())/> }
}
