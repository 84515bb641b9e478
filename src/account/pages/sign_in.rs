//! 登录 and 忘记密码.

use super::open::{OpenedForm, open};
use crate::account::forms::challenge;
use crate::account::{api, forms};
use crate::base::t;
use crate::form::Values;
use crate::ui::field::{field_id, field_name};
use crate::ui::form::{LatestState, Submitting, take};
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::load;
use crate::ui::notice::{Notice, Tone};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

/// `/sign-in`, by password or (`?by=code`) by a code.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let by_code = Memo::new(move |_| query.with(|q| q.get("by").is_some_and(|by| by == "code")));
    let next = Memo::new(move |_| query.with(|q| q.get("next").unwrap_or_default()));
    let tab = move |code: bool| {
        let next = next.get();
        let next = if next.is_empty() { String::new() } else { format!("next={}", crate::base::text::url_escape(&next)) };
        let by = if code { "by=code" } else { "" };
        let query: Vec<&str> = [by, &next].into_iter().filter(|part| !part.is_empty()).collect();
        let query = query.join("&");
        let label = if code { t("短信登录", "With a code") } else { t("账号密码登录", "With a password") };
        let current = (by_code.get() == code).then_some("page");
        view! { <a href=format!("/sign-in?{query}") aria-current=current>{tx(label)}</a> }
    };
    let was_reset = move || {
        query.with(|q| q.get("done").is_some_and(|done| done == "reset")).then(|| {
            let done = t("密码已重设，请用新密码登录。", "Your password is set. Please sign in with it.");
            view! { <Notice tone=Tone::Done><p role="status">{tx(done)}</p></Notice> }
        })
    };
    view! {
        <Heading text=t("登录", "Sign in")/>
        {was_reset}
        <nav class="views" aria-label=tx(t("登录方式", "How to sign in"))>{move || tab(false)}{move || tab(true)}</nav>
        {move || if by_code.get() { view! { <ByCode/> }.into_any() } else { view! { <ByPassword/> }.into_any() }}
        <p><A href="/reset-password">{tx(t("忘记密码", "Forgot your password"))}</A>" · "<A href="/register">{tx(t("注册", "Register"))}</A></p>
    }
}

#[component]
fn ByPassword() -> impl IntoView {
    let opened = load(|| (), |()| open(&forms::SIGN_IN, Values::new()));
    let submit = |mut values: Values| -> Submitting {
        let next = take(&mut values, "next");
        Box::pin(api::sign_in(values, next))
    };
    view! { <OpenedForm page=&forms::SIGN_IN action=api::SignIn::url() submit=submit button=t("登录", "Sign in") opened=opened more=|| view! { <Question/><Next/> }.into_any()/> }
}

#[component]
fn ByCode() -> impl IntoView {
    let opened = load(|| (), |()| open(&forms::SIGN_IN_SMS, Values::new()));
    let submit = |mut values: Values| -> Submitting {
        let (act, next) = (take(&mut values, "act"), take(&mut values, "next"));
        Box::pin(api::sign_in_by_code(values, act, next))
    };
    view! { <OpenedForm page=&forms::SIGN_IN_SMS action=api::SignInByCode::url() submit=submit button=t("登录", "Sign in") opened=opened more=|| view! { <Next/> }.into_any()/> }
}

/// Where to go on after signing in.
#[component]
fn Next() -> impl IntoView {
    let query = use_query_map();
    view! { <input type="hidden" name="next" value=move || query.with(|q| q.get("next").unwrap_or_default())/> }
}

/// The question after a failure (验证问题): plain words, to be read or heard.
#[component]
fn Question() -> impl IntoView {
    let lang = use_lang();
    let LatestState(latest) = expect_context::<LatestState>();
    move || {
        let state = latest.get();
        let (id, question) = challenge::question(&state.values)?;
        let wrong = state.issues.into_iter().find(|issue| issue.path == challenge::ANSWER).map(|issue| issue.message.get(lang).to_owned());
        let (input, hint, message) = (field_id(challenge::ANSWER), "challenge-question", "challenge-message");
        let described = if wrong.is_some() { format!("{hint} {message}") } else { hint.to_owned() };
        let invalid = wrong.is_some().then_some("true");
        let class = if wrong.is_some() { "field bad" } else { "field" };
        Some(view! {
            <div class=class>
                <label for=input.clone()>{tx(t("验证问题", "A question"))}</label>
                <p class="hint" id=hint>{question.get(lang).to_owned()}" "{tx(t("请填写答案，数字或文字都可以。", "Please write the answer, in digits or words."))}</p>
                {wrong.map(|text| view! { <p class="message" id=message><span aria-hidden="true">"! "</span>{text}</p> })}
                <div class="frame"><input id=input name=field_name(challenge::ANSWER) type="text" maxlength="20" autocomplete="off" aria-required="true" aria-describedby=described aria-invalid=invalid/></div>
                <input type="hidden" name=field_name(challenge::ID) value=id/>
            </div>
        })
    }
}

/// `/reset-password`
#[component]
pub fn ResetPage() -> impl IntoView {
    let opened = load(|| (), |()| open(&forms::RESET, Values::new()));
    let submit = |mut values: Values| -> Submitting {
        let act = take(&mut values, "act");
        Box::pin(api::reset_password(values, act))
    };
    view! {
        <Heading text=t("重设密码", "Reset your password")/>
        <OpenedForm page=&forms::RESET action=api::ResetPassword::url() submit=submit button=t("重设密码", "Reset the password") opened=opened/>
        <p><A href="/sign-in">{tx(t("返回登录", "Back to signing in"))}</A></p>
    }
}
