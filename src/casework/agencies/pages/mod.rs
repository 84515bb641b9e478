//! The screens of review agencies: what the administrator says one can do, its reviewers, its calendar.

mod calendar;
mod competence;
mod reviewers;

pub use calendar::CalendarPage;
pub use competence::AgencyPage;
pub use reviewers::ReviewersPage;

use crate::base::t;
use crate::casework::agencies::model::KINDS;
use crate::ui::lang::tx;
use leptos::prelude::*;

/// The way between the agency's screens.
#[component]
fn Tabs() -> impl IntoView {
    view! {
        <p class="actions">
            <a class="button" href="/agency/calendar">{tx(t("评审日历", "Review calendar"))}</a>" "
            <a class="button" href="/agency/reviewers">{tx(t("评审人员", "Reviewers"))}</a>
        </p>
    }
}

/// Kinds of equipment in the reader's language.
fn kinds(keys: &[String]) -> String {
    super::model::named(KINDS, keys, crate::ui::lang::use_lang())
}
