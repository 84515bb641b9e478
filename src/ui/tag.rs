//! A state in a word, with a mark that does not need colour.

use super::lang::tx;
use crate::base::Text;
use leptos::prelude::*;

/// What a state means for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagTone {
    /// It waits for the reader.
    Wait,
    /// It is under way.
    Go,
    Done,
    Wrong,
    /// Closed.
    Off,
}

/// A status tag.
#[component]
pub fn Tag(tone: TagTone, text: Text) -> impl IntoView {
    let (class, mark) = match tone {
        TagTone::Wait => ("tag wait", "○"),
        TagTone::Go => ("tag go", "◐"),
        TagTone::Done => ("tag done", "●"),
        TagTone::Wrong => ("tag wrong", "!"),
        TagTone::Off => ("tag off", "–"),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span>" "{tx(text)}</span> }
}
