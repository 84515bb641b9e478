//! How many messages wait to be read, kept up to date while a page is open.

#[cfg(feature = "hydrate")]
use crate::notice::api;
use leptos::prelude::*;

/// The count the page came with, and in the browser every new one. Asking keeps no session alive; a tab nobody looks at does
/// not ask, and after the session has ended none does.
pub fn use_unread(first: usize) -> Signal<usize> {
    let count = RwSignal::new(first);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| ask_later(count));
    count.into()
}

/// How long the count may be old.
#[cfg(feature = "hydrate")]
const EVERY: std::time::Duration = std::time::Duration::from_secs(20);

#[cfg(feature = "hydrate")]
fn ask_later(count: RwSignal<usize>) {
    set_timeout(
        move || {
            if document().hidden() {
                return ask_later(count);
            }
            leptos::task::spawn_local(async move {
                match api::unread().await {
                    Ok(n) => {
                        count.try_set(usize::try_from(n).unwrap_or_default());
                    }
                    Err(crate::error::AppError::SignIn) => return,
                    // The network comes back, or the person reloads.
                    Err(_) => {}
                }
                ask_later(count);
            });
        },
        EVERY,
    );
}
