//! 办理中的申请: where each case stands, whose turn it is, how many days are left, what to do next.

use crate::application::api;
use crate::application::model::Head;
use crate::application::read::turn;
use crate::base::{Lang, t};
use crate::ui::lang::{tx, use_lang};
use crate::ui::load::{Load, load};
use crate::ui::tag::{Tag, TagTone};
use crate::workflow::clock::{Line, Standing};
use crate::workflow::{Party, State};
use leptos::prelude::*;

/// The unit's cases that are under way; nothing where there is none.
#[component]
pub fn UnderWay() -> impl IntoView {
    let heads = load(|| (), |()| api::under_way());
    let draw = |heads: Vec<Head>| {
        if heads.is_empty() {
            return ().into_any();
        }
        let title = tx(t("办理中的申请", "Under way"));
        let rows = heads.into_iter().map(|head| view! { <CaseNow head=head/> }).collect_view();
        view! { <section class="under-way" aria-label=title><h2>{title}</h2><ul>{rows}</ul></section> }.into_any()
    };
    view! { <Load resource=heads view=draw/> }
}

#[component]
fn CaseNow(head: Head) -> impl IntoView {
    let lang = use_lang();
    let ours = head.turn.is_some_and(|role| role.party() == Party::Unit);
    let tone = if ours { TagTone::Wait } else { TagTone::Go };
    let page = if head.state == State::Correction { "/check" } else { "" };
    let left = head.clock.as_ref().and_then(|line| left(line, lang)).map(|words| view! { <strong>{words}</strong> });
    view! {
        <li>
            <p class="case-line">
                <a class="code" href=format!("/applications/{}{page}", head.no)>{head.no.clone()}</a>
                <Tag tone=tone text=head.state_label()/>
                {left}
                <span class="case-authority" lang="zh-CN">{head.authority.clone()}</span>
            </p>
            <p class="case-turn">{turn(&head, lang)}</p>
        </li>
    }
}

/// How much is left of a limit that runs.
fn left(line: &Line, lang: Lang) -> Option<String> {
    if line.standing != Standing::Running {
        return None;
    }
    let (unit_zh, unit_en) = if line.calendar_days { ("天", "days") } else { ("个工作日", "working days") };
    let left = line.of.saturating_sub(line.day);
    Some(match (line.overdue, left, lang) {
        (true, _, Lang::Zh) => "已超期".to_owned(),
        (true, _, Lang::En) => "Overdue".to_owned(),
        (false, 0, Lang::Zh) => "今天到期".to_owned(),
        (false, 0, Lang::En) => "Due today".to_owned(),
        (false, n, Lang::Zh) => format!("还剩 {n} {unit_zh}"),
        (false, n, Lang::En) => format!("{n} {unit_en} left"),
    })
}
