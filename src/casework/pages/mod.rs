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
mod waiting;

pub use case::CasePage;
pub use limits::LimitsPage;
pub use queue::QueuePage;
pub use schedule::SchedulePage;

use crate::base::{Lang, t};
use crate::casework::model::Entry;
use crate::ui::lang::use_lang;
use crate::ui::tag::{Tag, TagTone};
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

/// What officials are told beside the state.
#[component]
fn Flags(entry: Entry) -> impl IntoView {
    entry.flags.into_iter().map(|flag| view! { " "<Tag tone=TagTone::Warn text=flag.label()/> }).collect_view()
}

/// How many working days are left, in a word and a colour; of a limit that stands still since when and why, as the ledger has it.
#[component]
fn Left(entry: Entry) -> impl IntoView {
    let lang = use_lang();
    if entry.due.is_none() {
        let words = entry.stopped.map_or_else(|| t("不计期限", "No limit runs").into(), |pause| pause.why.since(pause.from));
        return view! { <span class="muted">{words.get(lang).to_owned()}</span> }.into_any();
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
