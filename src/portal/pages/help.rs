//! 我要问: the questions and answers, with anchors.

use super::Head;
use crate::application::keys::{KEYS, Key};
use crate::base::{Text, t};
use crate::portal::guide::HOTLINE;
use crate::portal::help::{CHAPTERS, Chapter, Topic};
use crate::ui::lang::tx;
use leptos::prelude::*;

/// `/help`
#[component]
pub fn HelpPage() -> impl IntoView {
    let entry = |chapter: &'static Chapter| view! { <li><a href=format!("#{}", chapter.id)>{tx(chapter.title)}</a></li> };
    view! {
        <Head text=t("帮助", "Help") lead=t("先看这里的问题；没有答案的，请问审批机关。", "Look here first; if there is no answer, ask your authority.")/>
        <nav class="toc" aria-label=tx(t("本页内容", "On this page"))><ul>{CHAPTERS.iter().map(entry).collect_view()}</ul></nav>
        <div class="prose">
            {CHAPTERS.iter().map(|chapter| view! { <Questions chapter=chapter/> }).collect_view()}
            <h3 id="keys">{tx(t("申请书里的快捷键", "Keys in the application book"))}</h3>
            <p>{tx(t(
                "Windows 和 Linux：Alt 加下面的键（Firefox：Alt+Shift）；macOS：Control+Option。",
                "Windows and Linux: Alt and the key below (Firefox: Alt+Shift); macOS: Control+Option.",
            ))}</p>
            <ul>{KEYS.map(key_line).collect_view()}</ul>
            <h2 id="contact">{tx(t("还是没有答案？", "Still no answer?"))}</h2>
            <p>{tx(t("申请中的问题，请问回执上的审批机关；投诉举报请拨打全国热线：", "About an application, ask the authority on the receipt; for complaints, call the national hotline: "))}<b>{HOTLINE}</b></p>
        </div>
    }
}

fn key_line(key: Key) -> impl IntoView {
    let also = (!key.also.is_empty()).then(|| view! { {tx(t("，也可以按 ", ", or press "))}<kbd>{key.also}</kbd> });
    view! { <li><kbd>{key.letter}</kbd>" "{tx(key.does)}{also}</li> }
}

#[component]
fn Questions(chapter: &'static Chapter) -> impl IntoView {
    view! {
        <h2 id=chapter.id>{tx(chapter.title)}</h2>
        {chapter.topics.iter().map(|topic| view! { <Question topic=topic/> }).collect_view()}
    }
}

#[component]
fn Question(topic: &'static Topic) -> impl IntoView {
    let link = |(to, name): &'static (&'static str, Text)| view! { <li><a href=*to>{tx(*name)}</a></li> };
    let links = (!topic.links.is_empty()).then(|| view! { <ul>{topic.links.iter().map(link).collect_view()}</ul> });
    view! {
        <h3 id=topic.id>{tx(topic.question)}</h3>
        {topic.answer.iter().map(|text| view! { <p>{tx(*text)}</p> }).collect_view()}
        {links}
    }
}
