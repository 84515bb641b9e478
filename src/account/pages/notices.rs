//! 通知方式: how one is told besides the inbox.

use super::account::AccountNav;
use super::open::{Refused, Saved};
use crate::account::api;
use crate::base::{Text, t};
use crate::notice::api::ChooseNotices;
use crate::notice::model::Choices;
use crate::ui::heading::Heading;
use crate::ui::lang::tx;
use crate::ui::load::{Load, load};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// `/account/notices`
#[component]
pub fn NoticesPage() -> impl IntoView {
    let choices = load(|| (), |()| api::notice_choices());
    view! {
        <Heading text=t("通知方式", "How you are told")/>
        <AccountNav/>
        <Saved/>
        <Refused form="notices"/>
        <p class="lead">{tx(t("案件有进展、轮到您办理或者期限将到时，总会在“消息”里告诉您；还可以另外发短信和邮件。", "You are always told in your messages here when something happens, when it is your turn and when a limit draws near; text messages and mail come on top."))}</p>
        <Load resource=choices view=|choices: Choices| view! { <Form choices=choices/> }.into_any()/>
    }
}

#[component]
fn Form(choices: Choices) -> impl IntoView {
    let tick = |name: &'static str, label: Text, to: String, wanted: bool| {
        let missing = to.is_empty();
        let to = if missing { tx(t("账号里还没有填写", "none is known of your account")).to_owned() } else { to };
        view! {
            <label class="choice">
                <input type="checkbox" name=name value="true" checked=wanted && !missing disabled=missing/>
                <span>{tx(label)}" "<span class="muted">{to}</span></span>
            </label>
        }
    };
    view! {
        <form method="post" action=ChooseNotices::url() class="form">
            <fieldset class="field">
                <legend class="label">{tx(t("另外发给我", "Also send me"))}</legend>
                {tick("sms", t("短信", "Text messages"), choices.mobile, choices.choice.sms)}
                {tick("mail", t("电子邮件", "Mail"), choices.email, choices.choice.mail)}
            </fieldset>
            <p class="actions"><button class="button primary" type="submit">{tx(t("保存", "Save"))}</button></p>
        </form>
    }
}
