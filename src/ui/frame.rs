//! The frame around every page: name, navigation, language, who is signed in; footer. No emblem.

use super::lang::{tx, use_lang};
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

/// The frame. `user` is the name shown when somebody is signed in.
#[component]
pub fn Frame(nav: Signal<Vec<NavItem>>, user: Signal<Option<String>>, demo: Signal<bool>, sign_out: &'static str, children: Children) -> impl IntoView {
    let lang = use_lang();
    let other = if lang == Lang::Zh { ("en", "English", "en") } else { ("zh", "中文", "zh-CN") };
    let location = use_location();
    let here = move || {
        let search = location.search.get();
        let path = location.pathname.get();
        if search.is_empty() { path } else { format!("{path}?{search}") }
    };
    let switch = move || format!("/lang/{}?to={}", other.0, here().replace('?', "%3F").replace('=', "%3D").replace('&', "%26"));
    let entry = |item: NavItem| view! { <li><A href=item.href>{tx(item.label)}</A></li> };
    let account = move || match user.get() {
        Some(name) => view! {
            <A href="/account" attr:class="user"><span lang="zh-CN">{name}</span></A>
            <form method="post" action=sign_out class="inline"><button class="link" type="submit">{tx(t("退出", "Sign out"))}</button></form>
        }
        .into_any(),
        None => view! { <A href="/sign-in">{tx(t("登录", "Sign in"))}</A>" "<A href="/register">{tx(t("注册", "Register"))}</A> }.into_any(),
    };
    view! {
        <a class="skip" href="#main">{tx(t("跳到正文", "Skip to content"))}</a>
        {move || demo.get().then(|| view! { <p class="demo-banner" role="note">{tx(t("演示系统：数据均为虚构，请勿填写真实信息。", "Demonstration: all data is made up; enter nothing real."))}" "<a href="/demo/messages">{tx(t("查看短信和邮件", "See messages"))}</a></p> })}
        <header class="site-head">
            <A href="/" attr:class="brand"><strong>{tx(t("许可", "Xuke"))}</strong>" "<span>{tx(t("特种设备行政许可", "Licensing of special equipment"))}</span></A>
            <details class="menu" open=true>
                <summary>{tx(t("菜单", "Menu"))}</summary>
                <nav aria-label=tx(t("主导航", "Main"))><ul>{move || nav.get().into_iter().map(entry).collect_view()}</ul></nav>
                <div class="account"><a class="lang" rel="external" href=switch lang=other.2>{other.1}</a>" "{account}</div>
            </details>
        </header>
        <main id="main" tabindex="-1">{children()}</main>
        <footer class="site-foot">
            <p>{tx(t("许可是开源的行政许可系统演示，不是政府网站，不受理真实申请。", "Xuke is an open demonstration of a licensing system. It is not a government site and takes no real applications."))}</p>
            <p><A href="/help">{tx(t("帮助", "Help"))}</A></p>
        </footer>
    }
}
