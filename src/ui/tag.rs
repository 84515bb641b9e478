//! A state in a word, with a mark that does not need colour (drawn by the style sheet).

use super::lang::tx;
use crate::base::Text;
use leptos::prelude::*;

/// What a state means for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagTone {
    /// It waits for the reader.
    Wait,
    /// It is under way, elsewhere.
    Go,
    Done,
    /// A limit or a correction presses.
    Warn,
    Wrong,
    /// Closed.
    Off,
}

/// A status tag.
#[component]
pub fn Tag(tone: TagTone, text: Text) -> impl IntoView {
    let class = match tone {
        TagTone::Wait => "tag info",
        TagTone::Go => "tag go",
        TagTone::Done => "tag ok",
        TagTone::Warn => "tag warn",
        TagTone::Wrong => "tag bad",
        TagTone::Off => "tag idle",
    };
    view! { <span class=class>{tx(text)}</span> }
}
