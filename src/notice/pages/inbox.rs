//! 消息: what happened to one's cases, the newest first, and how many wait to be read.

use crate::base::{t, workdays};
use crate::notice::api::{self, OpenLetter, ReadAll};
use crate::notice::model::{Inbox, Letter};
use crate::ui::empty::Empty;
use crate::ui::heading::Heading;
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::notice::Refused;
use crate::ui::pager::Pager;
use crate::ui::tag::{Tag, TagTone};
use crate::ui::value::marked;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

/// `/inbox`
#[component]
pub fn InboxPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|q| (q.get("at").unwrap_or_default(), q.get("newer").is_some())));
    let inbox = load(move || asked.get(), |(at, newer)| api::inbox(at, newer));
    view! {
        <Heading text=t("消息", "Messages")/>
        <Refused form="inbox"/>
        <Load resource=inbox view=|inbox: Inbox| view! { <List inbox=inbox/> }.into_any()/>
    }
}

#[component]
fn List(inbox: Inbox) -> impl IntoView {
    if inbox.rows.is_empty() {
        let text = t("您的申请或者待办有进展时，会在这里告诉您。", "When something happens to your cases, you are told here.");
        return view! { <Empty title=t("还没有消息", "No messages yet") text=text/> }.into_any();
    }
    let all = (inbox.unread > 0).then(|| {
        view! { <form method="post" action=ReadAll::url()><p class="actions"><button class="button" type="submit">{tx(t("全部标为已读", "Mark all as read"))}</button></p></form> }
    });
    let rows = inbox.rows.into_iter().map(|letter| view! { <Line letter=letter/> }).collect_view();
    let link = |at: Option<String>, tail: &str| at.map(|at| format!("/inbox?at={at}{tail}"));
    view! {
        <p class="actions"><a href="/account/notices">{tx(t("设置短信和邮件通知", "Choose text messages and mail"))}</a></p>
        {all}
        <ul class="letters" aria-label=tx(t("消息，最新的在最前", "Messages, newest first"))>{rows}</ul>
        <Pager count=inbox.count capped=inbox.capped newer=link(inbox.newer, "&newer=1") older=link(inbox.older, "")/>
    }
    .into_any()
}

#[component]
fn Line(letter: Letter) -> impl IntoView {
    let lang = use_lang();
    let unread = (!letter.is_read).then(|| view! { <Tag tone=TagTone::Wait text=t("未读", "Unread")/>" " });
    let flag = letter.flagged.then(|| view! { <Tag tone=TagTone::Warn text=t("提醒监督", "For supervision")/>" " });
    let class = if letter.is_read { "letter" } else { "letter unread" };
    // Opening is a change, so it is a button; it leads to the case.
    view! {
        <li class=class>
            <p class="letter-head">{unread}{flag}<time>{workdays::date_time(letter.at)}</time></p>
            <p>{marked(letter.say.get(lang))}</p>
            <form method="post" action=OpenLetter::url()>
                <input type="hidden" name="id" value=letter.id/>
                <button class="link" type="submit">{tx(t("打开案件", "Open the case"))}<span class="visually-hidden">{format!(" {}", number(&letter.link))}</span></button>
            </form>
        </li>
    }
}

/// The number a link leads to, so that every button has a name of its own.
fn number(link: &str) -> String {
    link.split('/').nth(2).unwrap_or_default().to_owned()
}
