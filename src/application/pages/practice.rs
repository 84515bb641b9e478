//! 执业单位 found among the registered units while one types. Without script name and code are typed; the judgement says what does
//! not fit.

use crate::application::api;
use crate::application::draft::Draft;
use crate::base::t;
use crate::ui::field::FieldEvents;
use crate::ui::lang::{tx, use_lang};
use leptos::prelude::*;
use leptos::task::spawn_local;

const ORG: &str = "qualification/practice_org";
const CODE: &str = "qualification/practice_code";

/// The units that fit what is typed, behind its field; nothing at any other.
#[component]
pub fn Practices(path: String) -> impl IntoView {
    let draft = use_context::<Draft>().filter(|_| path == ORG);
    draft.map(|draft| view! { <Found draft=draft/> })
}

#[component]
fn Found(draft: Draft) -> impl IntoView {
    let _ = use_lang();
    let events = use_context::<FieldEvents>();
    let found = RwSignal::new(Vec::<(String, String)>::new());
    // What was asked last: an answer that comes late is for other words.
    let asked = StoredValue::new(String::new());
    Effect::new(move |before: Option<String>| {
        let typed = draft.answer(ORG);
        if before.as_ref().is_some_and(|before| *before != typed) && asked.with_value(|asked| *asked != typed) {
            asked.set_value(typed.clone());
            let wanted = typed.clone();
            spawn_local(async move {
                // Whoever goes on typing asks again.
                let rows = api::practices(wanted.clone()).await.unwrap_or_default();
                if asked.try_with_value(|asked| *asked == wanted) == Some(true) {
                    found.set(rows);
                }
            });
        }
        typed
    });
    let choose = move |(name, code): (String, String)| {
        asked.set_value(name.clone());
        for (path, value) in [(ORG, name), (CODE, code)] {
            put(draft, path, &value);
            if let Some(events) = events {
                events.input.run((path.to_owned(), value));
                events.leave.run(path.to_owned());
            }
        }
        found.set(Vec::new());
    };
    let row = move |(name, code): (String, String)| {
        let unit = (name.clone(), code.clone());
        view! { <li><button type="button" class="button" on:click=move |_| choose(unit.clone())><span lang="zh-CN">{name}</span>" "<span class="code">{code}</span></button></li> }
    };
    let list = move || {
        let rows = found.get();
        (!rows.is_empty()).then(|| {
            view! { <p class="hint">{tx(t("已注册的单位，点选即填入名称和代码：", "Registered units; choose one to fill in name and code:"))}</p><ul class="found">{rows.into_iter().map(row).collect_view()}</ul> }
        })
    };
    view! { <div role="status">{list}</div> }
}

fn put(draft: Draft, path: &str, value: &str) {
    #[cfg(feature = "hydrate")]
    crate::client::show::put(draft, path, value);
    #[cfg(not(feature = "hydrate"))]
    let _ = (draft, path, value);
}
