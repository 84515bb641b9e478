//! The language of the interface, as a context.

use crate::base::{Lang, Text};
use leptos::prelude::*;

/// Makes the language known to everything below.
pub fn provide_lang(lang: Lang) {
    provide_context(lang);
}

/// The language of the interface; Chinese if nobody said.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// A fixed text in the language of the interface.
pub fn tx(text: Text) -> &'static str {
    text.get(use_lang())
}
