//! Messages that pass: said politely, gone after a while. Nothing that must be read or decided belongs here, except an
//! undo that stays until it is used or waved away.

use super::lang::{tx, use_lang};
use crate::base::{Say, Text, t};
use leptos::prelude::*;
use std::time::Duration;

/// How long a message without a button stays.
const STAY: Duration = Duration::from_secs(6);

#[derive(Clone)]
struct Toast {
    key: u32,
    text: Say,
    action: Option<(Text, Callback<()>)>,
}

/// Where messages are given; a context.
#[derive(Clone, Copy)]
pub struct Toaster(RwSignal<Vec<Toast>>);

/// Makes messages possible everywhere below.
pub fn provide_toaster() -> Toaster {
    let toaster = Toaster(RwSignal::new(Vec::new()));
    provide_context(toaster);
    toaster
}

impl Toaster {
    /// Says something in passing; called from what a person did, never while drawing.
    pub fn say(self, text: impl Into<Say>) {
        let key = self.add(text.into(), None);
        set_timeout(move || self.remove(key), STAY);
    }

    /// Says what was done, with a way back.
    pub fn offer(self, text: impl Into<Say>, label: Text, action: Callback<()>) {
        self.add(text.into(), Some((label, action)));
    }

    fn add(self, text: Say, action: Option<(Text, Callback<()>)>) -> u32 {
        let key = self.0.with_untracked(|all| all.last().map_or(0, |toast| toast.key + 1));
        self.0.update(|all| all.push(Toast { key, text, action }));
        key
    }

    fn remove(self, key: u32) {
        self.0.update(|all| all.retain(|toast| toast.key != key));
    }
}

/// The place where messages appear; once on a page, below everything.
#[component]
pub fn Toasts() -> impl IntoView {
    let lang = use_lang();
    let toaster = use_context::<Toaster>();
    let toasts = move || toaster.map(|toaster| toaster.0.get()).unwrap_or_default();
    let one = move |toast: Toast| {
        let key = toast.key;
        let remove = move || {
            if let Some(toaster) = toaster {
                toaster.remove(key);
            }
        };
        let button = toast.action.map(|(label, action)| {
            let act = move |_| {
                action.run(());
                remove();
            };
            view! { <button type="button" on:click=act>{tx(label)}</button> }
        });
        view! { <div class="toast"><span>{toast.text.get(lang).to_owned()}</span>{button}<button type="button" aria-label=tx(t("知道了", "Dismiss")) on:click=move |_| remove()>"×"</button></div> }
    };
    view! { <div class="toasts" role="status"><For each=toasts key=|toast| toast.key children=one/></div> }
}
