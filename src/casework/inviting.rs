//! 约请: what the sides need to agree on the date of a review (spec 2.19): the days there are, and part A of the letter as the book
//! answers it.

use crate::base::Say;
use crate::workflow::action::Window;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use {
    super::agencies,
    super::dossier::Dossier,
    super::service::File,
    crate::base::say,
    crate::base::workdays::legal_date,
    crate::catalogue::matter_name,
    crate::error::Result,
    crate::server::app::Visit,
    crate::server::db::Tx,
    crate::workflow::clock::{Clock, due},
    crate::workflow::{Case, Party},
    std::collections::BTreeMap,
};

/// How many months are shown.
const MONTHS: i32 = 6;

/// The days there are for a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewDays {
    pub today: Date,
    /// The last day of the whole review, rectification included (C4).
    pub last: Date,
    /// 整改 takes at most so many months …
    pub rectify_months: u32,
    /// … so that there is time for it after a review that ends by this day.
    pub roomy: Date,
    /// Days without work, in the months shown.
    pub off: Vec<Date>,
    /// Days on which somebody is taken: to the agency it is said who is, and by what; to the unit only that nobody is free.
    pub taken: Vec<(Date, Say)>,
    pub invitation: Invitation,
}

/// Part A of the 约请函 but for the dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub matter: Say,
    /// 受理单编号; empty while no decision was issued.
    pub acceptance: String,
    /// 法定代表（负责）人
    pub legal_rep: String,
    pub address: String,
    pub postcode: String,
    pub contact: String,
    pub phone: String,
    pub mobile: String,
    pub fax: String,
    pub email: String,
}

impl ReviewDays {
    /// The first days of the months shown.
    pub fn months(&self) -> Vec<Date> {
        let first = self.today.first_of_month();
        (0..MONTHS).filter_map(|n| first.checked_add(n.months()).ok()).take_while(|month| *month <= self.last).collect()
    }

    /// Whether a review on these days leaves no time for the longest rectification.
    pub fn is_tight(&self, window: Window) -> bool {
        window.to > self.roomy
    }
}

/// The days for the review of a case whose date is being agreed, as a side may know them.
#[cfg(feature = "ssr")]
pub async fn days(visit: &Visit, tx: &mut Tx, file: &File, case: &Case, side: Party) -> Result<Option<ReviewDays>> {
    let (Some(agency), true) = (&case.agency, case.state.is_before_review() && side.reads_book()) else { return Ok(None) };
    let Some(last) = due(Clock::Review, case, &file.facts, file.calendar()) else { return Ok(None) };
    let today = legal_date(visit.now());
    let rectify_months = file.facts.limits.rectify_months;
    let roomy = last.checked_sub(i64::from(rectify_months).months()).unwrap_or(today);
    let invitation = invitation(&Dossier::read(visit, tx, file, case.clone()).await?);
    let mut days = ReviewDays { today, last, rectify_months, roomy, off: Vec::new(), taken: Vec::new(), invitation };
    let first = today.first_of_month();
    let end = days.months().pop().map_or(today, Date::last_of_month);
    let shown = move || std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(move |day| *day <= end);
    days.off = shown().filter(|day| !file.calendar().is_working_day(*day)).collect();
    days.taken = match side {
        Party::Agency => {
            let engaged = agencies::store::engaged(tx, agency, first, end).await?;
            let by_others = engaged.into_iter().filter(|one| one.case.as_ref().is_none_or(|(no, _)| *no != file.record.no));
            let said = |one: agencies::model::Engaged| {
                let (who, unit) = (one.reviewer, one.case.map(|(_, unit)| unit));
                let away = ("休假".to_owned(), "away".to_owned());
                let (zh, en) = unit.map_or(away, |unit| (unit.clone(), unit));
                (one.day, say(format!("{who}：{zh}"), format!("{who}: {en}")))
            };
            by_others.map(said).collect()
        }
        Party::Unit => {
            let mut taken: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
            for booking in &file.bookings {
                for day in shown().filter(|day| booking.window.from <= *day && *day <= booking.window.to) {
                    taken.entry(day).or_default().push(&booking.reviewer);
                }
            }
            let all = &file.facts.reviewers;
            let nobody = |who: &[&str]| !all.is_empty() && all.iter().all(|one| who.contains(&one.as_str()));
            let nobody_free = taken.into_iter().filter(|(_, who)| nobody(who));
            nobody_free.map(|(day, _)| (day, say("评审机构无人可派", "The agency has nobody to send"))).collect()
        }
        _ => Vec::new(),
    };
    Ok(Some(days))
}

#[cfg(feature = "ssr")]
fn invitation(d: &Dossier) -> Invitation {
    Invitation {
        matter: matter_name(&d.entry.category, &d.entry.kind),
        acceptance: d.matter().acceptance,
        legal_rep: d.answer("legal_rep"),
        address: d.registered(),
        postcode: d.answer("postcode"),
        contact: d.answer("contact"),
        phone: d.answer("phone"),
        mobile: d.answer("contact_mobile"),
        fax: d.answer("fax"),
        email: d.answer("email"),
    }
}
