//! The frame around every page: name, navigation, language, who is signed in; footer. No emblem, and no menu that hides
//! things: on a phone the navigation stands in a second line.

use super::icon::{Glyph, Icon, Logo};
use super::lang::{tx, use_lang};
use super::toast::{ToastBar, Toasts, provide_toasts};
use super::value::lang_of;
use crate::base::text::url_escape;
use crate::base::{Lang, Text, t};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

/// An entry of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    pub href: &'static str,
    pub label: Text,
}

/// The frame. `user` is the name shown when somebody is signed in; `unread` counts their messages.
#[component]
pub fn Frame(nav: Vec<NavItem>, user: Option<String>, demo: bool, sign_out: &'static str, unread: Option<Signal<usize>>, children: Children) -> impl IntoView {
    let lang = use_lang();
    let toasts = provide_toasts();
    let other = if lang == Lang::Zh { ("en", "English", "en") } else { ("zh", "中文", "zh-CN") };
    let location = use_location();
    let switch = move || {
        let (path, search) = (location.pathname.get(), location.search.get());
        let here = if search.is_empty() { path } else { format!("{path}?{}", search.trim_start_matches('?')) };
        format!("/lang/{}?to={}", other.0, url_escape(&here))
    };
    Effect::new(move |before: Option<(String, String)>| {
        let here = (location.pathname.get(), location.search.get());
        if before.as_ref().is_some_and(|before| *before != here) {
            begin_anew(before.is_some_and(|before| before.0 != here.0));
        }
        here
    });
    let entry = |item: NavItem| view! { <li><A href=item.href>{tx(item.label)}</A></li> };
    let account = match user {
        Some(name) => view! {
            {unread.map(|unread| view! { <Bell unread=unread toasts=toasts/> })}
            <A href="/account" attr:class="who"><Glyph icon=Icon::User/><span lang=lang_of(&name)>{name.clone()}</span></A>
            <form method="post" action=sign_out><button type="submit">{tx(t("退出", "Sign out"))}</button></form>
        }
        .into_any(),
        None => view! { <A href="/register">{tx(t("注册", "Register"))}</A><A href="/sign-in" attr:class="strong">{tx(t("登录", "Sign in"))}</A> }.into_any(),
    };
    let banner = {
        demo.then(|| {
            view! {
                <p class="bar demo" role="note">
                    {tx(t("演示系统：数据均为虚构，请勿填写真实信息。", "Demonstration: all data is made up; enter nothing real."))}
                    <a href="/demo/messages">{tx(t("查看短信和邮件", "See messages"))}</a>
                </p>
            }
        })
    };
    view! {
        <a class="skip" href="#main">{tx(t("跳到正文", "Skip to content"))}</a>
        <header class="top">
            <div class="top-in">
                <A href="/" attr:class="brand"><Logo/><b>{tx(t("许可", "Xuke"))}</b><span>{tx(t("特种设备行政许可", "Licensing of special equipment"))}</span></A>
                <nav class="top-nav" aria-label=tx(t("主导航", "Main"))><ul>{nav.into_iter().map(entry).collect_view()}</ul></nav>
                <div class="top-side"><a rel="external" href=switch lang=other.2 hreflang=other.2>{other.1}</a>{account}</div>
            </div>
            {banner}
        </header>
        <main id="main" class="main" tabindex="-1">{children()}</main>
        <footer class="foot">
            <div class="foot-in">
                <p>{tx(t("许可是开源的行政许可系统演示，不是政府网站，不受理真实申请。", "Xuke is an open demonstration of a licensing system. It is not a government site and takes no real applications."))}</p>
                <ul><li><A href="/help">{tx(t("帮助", "Help"))}</A></li></ul>
            </div>
        </footer>
        <ToastBar toasts=toasts/>
    }
}

/// Gives the focus to the content when it is another page's. Whoever followed a link would lose it together with the link; a form that
/// is answered on its own page keeps it.
fn begin_anew(other_page: bool) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        use web_sys::{FocusOptions, HtmlElement};
        let lost = document().active_element().is_none_or(|element| matches!(element.tag_name().as_str(), "A" | "BODY"));
        let main = document().get_element_by_id("main").filter(|_| other_page || lost);
        if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
            // The router scrolls by itself.
            let still = FocusOptions::new();
            still.set_prevent_scroll(true);
            main.focus_with_options(&still).ok();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = other_page;
}

/// The bell: how many messages wait to be read. One that comes while the page is open is told of.
#[component]
fn Bell(unread: Signal<usize>, toasts: Toasts) -> impl IntoView {
    let lang = use_lang();
    Effect::new(move |before: Option<usize>| {
        let now = unread.get();
        if before.is_some_and(|before| before < now) {
            toasts.tell(tx(t("您有新的消息。", "You have a new message.")).to_owned(), t("查看", "Read"), "/inbox");
        }
        now
    });
    let name = move || match (unread.get(), lang) {
        (0, Lang::Zh) => "消息".to_owned(),
        (n, Lang::Zh) => format!("消息，{n} 条未读"),
        (0, Lang::En) => "Messages".to_owned(),
        (n, Lang::En) => format!("Messages, {n} unread"),
    };
    let count = move || Some(unread.get()).filter(|n| *n > 0).map(|n| view! { <span class="bell-n" aria-hidden="true">{n.min(99)}</span> });
    view! { <A href="/inbox" attr:class="bell" attr:aria-label=name><Glyph icon=Icon::Bell/>{count}</A> }
}
