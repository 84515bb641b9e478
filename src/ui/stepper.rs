//! Steps of a case: done, now, next.

use super::lang::tx;
use crate::base::{Text, t};
use leptos::prelude::*;

/// A row of steps; `done` of them are behind, the next one is under way.
#[component]
pub fn Stepper(steps: Vec<Text>, done: usize) -> impl IntoView {
    let step = |(n, text): (usize, Text)| {
        let (class, mark, word) = match n.cmp(&done) {
            std::cmp::Ordering::Less => ("step done", "●", t("已完成", "done")),
            std::cmp::Ordering::Equal => ("step now", "◐", t("进行中", "now")),
            std::cmp::Ordering::Greater => ("step next", "○", t("未开始", "to come")),
        };
        let current = (n == done).then_some("step");
        view! { <li class=class aria-current=current><span aria-hidden="true">{mark}</span>" "{tx(text)}<span class="visually-hidden">"（"{tx(word)}"）"</span></li> }
    };
    view! { <ol class="steps">{steps.into_iter().enumerate().map(step).collect_view()}</ol> }
}
