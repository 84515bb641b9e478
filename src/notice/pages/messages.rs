//! The messages of a demonstration (演示短信), where nobody has a telephone: codes are read here.

use crate::base::{t, workdays};
use crate::notice::api::demo_messages;
use crate::notice::model::Message;
use crate::ui::empty::Empty;
use crate::ui::heading::Heading;
use crate::ui::lang::tx;
use crate::ui::load::{Load, load};
use leptos::prelude::*;

/// `/demo/messages`
#[component]
pub fn MessagesPage() -> impl IntoView {
    let messages = load(|| (), |()| demo_messages());
    view! {
        <Heading text=t("演示消息", "Demo messages")/>
        <p class="lead">{tx(t("演示系统不真正发出短信和邮件，发出的内容都列在这里，最新的在最前。", "A demonstration sends no real messages; what it would send is listed here, newest first."))}</p>
        <p class="actions"><a class="button" href="/demo/messages">{tx(t("刷新", "Refresh"))}</a></p>
        <Load resource=messages view=|messages| view! { <List messages=messages/> }.into_any()/>
    }
}

#[component]
fn List(messages: Vec<Message>) -> impl IntoView {
    if messages.is_empty() {
        let text = t("获取短信验证码或完成一项操作后再来看。", "Ask for a code or finish a step, then look again.");
        return view! { <Empty title=t("还没有消息", "No messages yet") text=text/> }.into_any();
    }
    let caption = tx(t("发出的消息，最新的在最前", "Messages sent, newest first"));
    let row = |message: Message| {
        let subject = (!message.subject.is_empty()).then(|| view! { <strong>{message.subject}</strong><br/> });
        view! {
            <tr>
                <td class="num">{workdays::date_time(message.at)}</td>
                <td>{tx(message.channel.label())}</td>
                <td class="code">{message.to}</td>
                <td lang="zh-CN">{subject}{message.text}</td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=caption>
            <table class="read-table">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">{tx(t("时间", "Time"))}</th>
                    <th scope="col">{tx(t("方式", "Channel"))}</th>
                    <th scope="col">{tx(t("收件人", "To"))}</th>
                    <th scope="col">{tx(t("内容", "Text"))}</th>
                </tr></thead>
                <tbody>{messages.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
