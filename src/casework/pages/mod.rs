//! The screens of a case for all its sides: the queue it is taken from, the desk on which it lies, the date of its review;
//! and what an authority commits itself to.

mod case;
mod forms;
mod limits;
mod notice;
mod person;
mod points;
mod queue;
mod schedule;
mod versions;

pub use case::CasePage;
pub use limits::LimitsPage;
pub use queue::QueuePage;
pub use schedule::SchedulePage;

use crate::base::{Lang, t};
use crate::casework::model::Entry;
use crate::ui::lang::{tx, use_lang};
use crate::ui::tag::TagTone;
use crate::workflow::{Party, State};
use leptos::prelude::*;

/// What a state means for an official.
fn tone(entry: &Entry) -> TagTone {
    match (entry.state, entry.turn.map(|role| role.party())) {
        (State::Granted | State::Issued, _) => TagTone::Done,
        (State::Refused | State::Denied | State::Failed | State::Lapsed, _) => TagTone::Wrong,
        (_, Some(Party::Authority)) => TagTone::Wait,
        (_, Some(_)) => TagTone::Go,
        (_, None) => TagTone::Off,
    }
}

/// How many working days are left, in a word and a colour.
#[component]
fn Left(entry: Entry) -> impl IntoView {
    let lang = use_lang();
    if entry.due.is_none() {
        return view! { <span class="muted">{tx(t("不计期限", "No limit runs"))}</span> }.into_any();
    }
    let class = match entry.left {
        ..=0 => "tag bad",
        1..=2 => "tag warn",
        _ => "tag idle",
    };
    let words = match (entry.left, lang) {
        (n @ ..=-1, Lang::Zh) => format!("已超期 {} 个工作日", -n),
        (n @ ..=-1, Lang::En) => format!("{} working days overdue", -n),
        (0, Lang::Zh) => "今天到期".to_owned(),
        (0, Lang::En) => "Due today".to_owned(),
        (n, Lang::Zh) => format!("剩 {n} 个工作日"),
        (n, Lang::En) => format!("{n} working days left"),
    };
    view! { <span class=class>{words}</span> }.into_any()
}
