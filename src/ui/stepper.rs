//! Steps of a case: done, now, next.

use super::lang::{tx, use_lang};
use crate::base::{Lang, Text, t};
use leptos::prelude::*;
use std::cmp::Ordering;

/// A row of steps; `done` of them are behind, the next one is under way. A case that ended early is `stopped` there.
#[component]
pub fn Stepper(steps: Vec<Text>, done: usize, #[prop(optional)] stopped: bool) -> impl IntoView {
    let (open, close) = if use_lang() == Lang::Zh { ("（", "）") } else { (" (", ")") };
    let step = |(n, text): (usize, Text)| {
        let (class, word) = match n.cmp(&done) {
            Ordering::Less => ("done", t("已完成", "done")),
            Ordering::Equal if stopped => ("stop", t("到此为止", "ended here")),
            Ordering::Equal => ("now", t("进行中", "now")),
            Ordering::Greater => ("next", t("未开始", "to come")),
        };
        let current = (n == done).then_some("step");
        view! { <li class=class aria-current=current>{tx(text)}<span class="visually-hidden">{open}{tx(word)}{close}</span></li> }
    };
    view! { <ol class="steps">{steps.into_iter().enumerate().map(step).collect_view()}</ol> }
}
