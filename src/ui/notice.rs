//! A box that says something about the page: icon, word, colour.

use super::lang::tx;
use crate::base::t;
use leptos::prelude::*;

/// What kind of thing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Info,
    Done,
    Warn,
    Wrong,
}

/// A notice.
#[component]
pub fn Notice(tone: Tone, children: Children) -> impl IntoView {
    let (class, mark, word) = match tone {
        Tone::Info => ("notice info", "i", t("说明", "Note")),
        Tone::Done => ("notice done", "✓", t("完成", "Done")),
        Tone::Warn => ("notice warn", "!", t("注意", "Attention")),
        Tone::Wrong => ("notice wrong", "!", t("有误", "Error")),
    };
    let role = if tone == Tone::Wrong { "alert" } else { "note" };
    view! {
        <div class=class role=role>
            <span class="notice-mark" aria-hidden="true">{mark}</span>
            <div class="notice-text"><span class="visually-hidden">{tx(word)}"："</span>{children()}</div>
        </div>
    }
}
