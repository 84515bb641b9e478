//! The screens of a case for all its sides: the queue it is taken from, the desk on which it lies, the date of its review;
//! and what an authority commits itself to.

mod case;
#[cfg(feature = "hydrate")]
mod dom;
mod forms;
mod limits;
mod month;
mod notice;
mod person;
mod points;
mod queue;
mod schedule;
mod triage;
mod versions;
mod waiting;

pub use case::CasePage;
pub use limits::LimitsPage;
pub use queue::QueuePage;
pub use schedule::SchedulePage;

use crate::base::workdays::show_date;
use crate::base::{Lang, t};
use crate::casework::model::{Entry, SOON};
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

/// How many working days are left, in a word and a colour; of a limit that stands still since when and why, as the ledger has it. What
/// the authority committed itself to comes first, until the law's own day has passed.
#[component]
fn Left(entry: Entry) -> impl IntoView {
    let lang = use_lang();
    if entry.due.is_none() {
        let words = entry.stopped.map_or_else(|| t("不计期限", "No limit runs").into(), |pause| pause.why.since(pause.from));
        return view! { <span class="muted">{words.get(lang).to_owned()}</span> }.into_any();
    }
    let (left, is_committed) = match entry.committed {
        Some((_, left)) if entry.left >= 0 => (left, true),
        _ => (entry.left, false),
    };
    let class = match left {
        ..=0 => "tag bad",
        1..=SOON => "tag warn",
        _ => "tag idle",
    };
    let words = match (left, is_committed, lang) {
        (n @ ..=-1, false, Lang::Zh) => format!("已超期 {} 个工作日", -n),
        (n @ ..=-1, false, Lang::En) => format!("{} working days overdue", -n),
        (n @ ..=-1, true, Lang::Zh) => format!("超过承诺 {} 个工作日", -n),
        (n @ ..=-1, true, Lang::En) => format!("{} working days past the commitment", -n),
        (0, false, Lang::Zh) => "今天到期".to_owned(),
        (0, false, Lang::En) => "Due today".to_owned(),
        (0, true, Lang::Zh) => "承诺今天到期".to_owned(),
        (0, true, Lang::En) => "Committed for today".to_owned(),
        (n, false, Lang::Zh) => format!("剩 {n} 个工作日"),
        (n, false, Lang::En) => format!("{n} working days left"),
        (n, true, Lang::Zh) => format!("按承诺剩 {n} 个工作日"),
        (n, true, Lang::En) => format!("{n} working days left as committed"),
    };
    view! { <span class=class>{words}</span> }.into_any()
}

/// The last day, and the one the authority committed itself to where there is an earlier one.
fn last_days(entry: &Entry, lang: Lang) -> Option<String> {
    let due = show_date(entry.due?, lang);
    let Some((committed, _)) = entry.committed else { return Some(due) };
    let committed = show_date(committed, lang);
    Some(match lang {
        Lang::Zh => format!("承诺 {committed} · 法定 {due}"),
        Lang::En => format!("Committed {committed} · by law {due}"),
    })
}
