//! The date agreed as a calendar file (RFC 5545): one event a case, for whoever is a side of it.

use crate::account::store::find_unit;
use crate::casework::{service, store};
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::workflow::case::{Appointment, Case};
use crate::workflow::{Event, State};
use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use icalendar::{Component, EventStatus, Property};
use jiff::civil::Date;

/// What the record says of the date: it, whether it still stands, how often that changed, and when last (unix milliseconds).
#[derive(Debug, PartialEq, Eq)]
struct Known {
    appointment: Appointment,
    stands: bool,
    /// Of one agency, [`Appointment::sequence`]; counted on when the agency is replaced, for calendars ignore what counts less.
    sequence: u32,
    at: i64,
}

/// Reads the date from the record; `None` if there never was one.
fn known(events: &[Event]) -> Option<Known> {
    let (mut case, mut known) = (Case::default(), None::<Known>);
    for event in events {
        case.apply(event);
        let standing = case.appointment.as_ref().filter(|_| !matches!(case.state, State::Withdrawn | State::Terminated));
        known = match (known, standing) {
            (None, None) => None,
            (None, Some(new)) => Some(Known { appointment: new.clone(), stands: true, sequence: 0, at: event.at }),
            (Some(old), Some(new)) if old.stands && old.appointment == *new => Some(old),
            (Some(old), Some(new)) => Some(Known { appointment: new.clone(), stands: true, sequence: old.sequence + 1, at: event.at }),
            (Some(old), None) if old.stands => Some(Known { stands: false, sequence: old.sequence + 1, at: event.at, ..old }),
            (old, None) => old,
        };
    }
    known
}

/// The file of a case's date, as text.
pub async fn text(visit: &Visit, no: &str) -> Result<String> {
    let mut tx = visit.app.db.read().await?;
    let (file, _) = service::load(visit, &mut tx, no).await?;
    let record = file.record;
    let known = known(&store::events(&mut tx, &record.id).await?).ok_or(AppError::NotFound)?;
    let unit = find_unit(&mut tx, &record.unit_id).await?.map(|unit| unit.name).unwrap_or_default();
    let url = &visit.app.config.public_url;
    let host = url.split("://").nth(1).unwrap_or(url);
    let Appointment { window, reviewers, .. } = known.appointment;
    // The end of an all-day event is the day after it (3.6.1).
    let after = window.to.tomorrow().unwrap_or(window.to);
    let mut event = icalendar::Event::new();
    event
        .uid(&format!("{}@{host}", record.id))
        .sequence(known.sequence)
        .add_property("DTSTAMP", stamp(known.at))
        .append_property(day("DTSTART", window.from))
        .append_property(day("DTEND", after))
        .status(if known.stands { EventStatus::Confirmed } else { EventStatus::Cancelled })
        .summary(&format!("鉴定评审：{unit}（{no}） / On-site review: {unit} ({no})"))
        .description(&format!("评审人员：{}\nReviewers: {}", reviewers.join("、"), reviewers.join(", ")))
        .url(&format!("{url}/cases/{no}"));
    let mut calendar = icalendar::Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "-//Xuke//Xuke//ZH")).push(event.done());
    Ok(calendar.to_string())
}

fn day(name: &str, day: Date) -> Property {
    Property::new(name, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

/// An instant in UTC: `20260302T040000Z`.
fn stamp(at: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// `GET /files/calendar/{no}.ics`
pub async fn download(Extension(visit): Extension<Visit>, Path(name): Path<String>) -> Response {
    let file = match name.strip_suffix(".ics") {
        Some(no) => text(&visit, no).await,
        None => Err(AppError::NotFound),
    };
    let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) else {
        return crate::server::router::answer(&AppError::NotFound);
    };
    match file {
        Ok(text) => {
            let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text).into_response()
        }
        Err(error) => crate::server::router::answer(&error),
    }
}
