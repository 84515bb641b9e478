//! A word in passing (提示条) over the foot of the page, where script runs: what just happened elsewhere, or was done here and can be
//! taken back. It says nothing that the page does not show as well. One at a time; it stays until the next or until it is closed,
//! so that nobody has to hurry.

use super::lang::tx;
use crate::base::{Text, t};
use leptos::prelude::*;

/// What a toast offers.
#[derive(Clone, Copy)]
enum Offer {
    /// A page to go to.
    Go(&'static str),
    /// Something to do.
    Do(Callback<()>),
}

/// What is said, the words of what is offered with it, and the offer.
type Toast = (String, Text, Offer);

/// The toasts of a page. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Option<Toast>>);

/// Makes toasts known to everything below.
pub(super) fn provide_toasts() -> Toasts {
    let toasts = Toasts(RwSignal::new(None));
    provide_context(toasts);
    toasts
}

impl Toasts {
    /// Says what can be read at another page.
    pub fn tell(self, said: String, label: Text, href: &'static str) {
        self.0.set(Some((said, label, Offer::Go(href))));
    }

    /// Says what was done, with a button that takes it back.
    pub fn offer(self, said: String, label: Text, run: impl Fn() + Send + Sync + 'static) {
        self.0.set(Some((said, label, Offer::Do(Callback::new(move |()| run())))));
    }

    /// Takes away what is said; what it offers is about to be impossible.
    pub fn clear(self) {
        self.0.try_set(None);
    }
}

/// Where toasts stand. It is there before the first one, so that each is read out.
#[component]
pub(super) fn ToastBar(toasts: Toasts) -> impl IntoView {
    let toast = move |(said, label, offer): Toast| {
        let offered = match offer {
            Offer::Go(href) => view! { <a href=href on:click=move |_| toasts.clear()>{tx(label)}</a> }.into_any(),
            Offer::Do(run) => {
                let click = move |_| {
                    toasts.clear();
                    run.run(());
                };
                view! { <button class="link" type="button" on:click=click>{tx(label)}</button> }.into_any()
            }
        };
        let close = tx(t("关闭", "Close"));
        view! {
            <p class="toast">
                <span>{said}</span>
                {offered}
                <button class="ic del" type="button" aria-label=close title=close on:click=move |_| toasts.clear()></button>
            </p>
        }
    };
    view! { <div class="toasts" aria-live="polite">{move || toasts.0.get().map(toast)}</div> }
}
