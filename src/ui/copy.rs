//! A number or code to be kept, with a button that copies it where script runs.

use super::icon::{Glyph, Icon};
use super::lang::tx;
use crate::base::t;
use leptos::prelude::*;

/// A code that can be copied.
#[component]
pub fn CopyCode(#[prop(into)] code: String) -> impl IntoView {
    let (ready, done) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| ready.set(true));
    let text = StoredValue::new(code.clone());
    let click = move |_| {
        copy(&text.get_value());
        done.set(true);
        set_timeout(move || done.set(false), std::time::Duration::from_secs(3));
    };
    let word = move || tx(if done.get() { t("已复制", "Copied") } else { t("复制", "Copy") });
    let button = move || {
        ready.get().then(|| view! { <button class="button quiet small" type="button" on:click=click><Glyph icon=Icon::Copy/><span aria-live="polite">{word}</span></button> })
    };
    view! { <span class="copyable"><span class="code">{code}</span>{button}</span> }
}

fn copy(text: &str) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::{JsCast, JsValue};
        let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
        let clipboard = get(window().navigator().as_ref(), "clipboard");
        // Not there on an insecure address; the text can still be selected.
        if let Ok(write) = get(&clipboard, "writeText").dyn_into::<js_sys::Function>() {
            write.call1(&clipboard, &JsValue::from_str(text)).ok();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = text;
}
