//! What only scripts can do is shown only where they run.

use leptos::prelude::*;

/// Whether scripts run. The server's HTML must be found as it is when the page is taken over, so it is true only after that.
pub fn scripted() -> Signal<bool> {
    let scripted = RwSignal::new(false);
    Effect::new(move |_| scripted.set(true));
    scripted.into()
}
