//! A box that says something about the page: icon, word, colour.

use super::form::FormState;
use super::lang::{tx, use_lang};
use super::load::{Load, load};
use super::value::marked;
use crate::account::api::form_state;
use crate::base::{Lang, t};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

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
    let (class, word) = match tone {
        Tone::Info => ("notice info", t("说明", "Note")),
        Tone::Done => ("notice ok", t("完成", "Done")),
        Tone::Warn => ("notice warn", t("注意", "Attention")),
        Tone::Wrong => ("notice bad", t("有误", "Error")),
    };
    let role = if tone == Tone::Wrong { "alert" } else { "note" };
    let colon = if use_lang() == Lang::Zh { "：" } else { ": " };
    view! {
        <div class=class role=role>
            <div class="notice-text"><span class="visually-hidden">{tx(word)}{colon}</span>{children()}</div>
        </div>
    }
}

/// Says that something was done, where the address says so.
#[component]
pub fn Saved() -> impl IntoView {
    let query = use_query_map();
    move || query.with(|q| q.get("saved").is_some()).then(|| view! { <Notice tone=Tone::Done><p role="status">{tx(t("已保存。", "Saved."))}</p></Notice> })
}

/// What a small button was refused, where it was posted without script. `form` is the name its function keeps that under.
#[component]
pub fn Refused(form: &'static str) -> impl IntoView {
    let lang = use_lang();
    let state = load(|| (), move |()| form_state(form.to_owned()));
    view! { <Load resource=state view=move |state: FormState| state.told.map(|told| view! { <Notice tone=Tone::Wrong><p>{marked(told.get(lang))}</p></Notice> }).into_any()/> }
}
