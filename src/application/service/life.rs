//! The life of an application outside its pages: deleting and bringing back, withdrawing, copying, listing.

use super::super::model::{Head, Listing};
use super::super::store::{self, Filter, Record};
use super::{desk, head, load, load_for, pages};
use crate::base::paging::Cursor;
use crate::casework::service::{begin, perform};
use crate::casework::store::Click;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::workflow::{Action, ActionKind, Case, State};

/// Rows on a page of 许可管理, as the manual has it.
const PAGE: i64 = 20;
/// Counting stops here; beyond, the list says "1000+".
const CAP: i64 = 1000;

/// One of the small acts of 许可管理, by its word.
pub async fn act(visit: &Visit, no: &str, act: &str) -> Result<Answer> {
    match act {
        "delete" => delete(visit, no).await.map(|()| Answer::Go(format!("/applications?deleted={no}"))),
        "restore" => restore(visit, no).await.map(|()| Answer::Go("/applications".into())),
        "copy" => copy(visit, no).await.map(|no| Answer::Go(format!("/applications/{no}"))),
        _ => Err(AppError::BadRequest("act".into())),
    }
}

/// Deletes a draft; [`restore`] undoes it.
pub async fn delete(visit: &Visit, no: &str) -> Result<()> {
    once(visit, no, Action::Delete, State::Deleted).await
}

/// Brings a deleted draft back (撤销删除).
pub async fn restore(visit: &Visit, no: &str) -> Result<()> {
    once(visit, no, Action::Restore, State::Draft).await
}

/// Withdraws an application that is not decided yet (撤回申请).
pub async fn withdraw(visit: &Visit, no: &str, reason: &str) -> Result<()> {
    once(visit, no, Action::Withdraw { reason: reason.to_owned() }, State::Withdrawn).await
}

/// Does what a click may ask for twice: done already, it is the same answer.
async fn once(visit: &Visit, no: &str, action: Action, to: State) -> Result<()> {
    let (seat, number) = (visit.clone(), no.to_owned());
    let done = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let record = load(&seat, tx, &number).await?;
            if record.case.state == to {
                return Ok(());
            }
            let (mut file, actor) = desk(&seat, tx, &record).await?;
            perform(&seat, tx, &mut file, &actor, &action, &Click::default()).await
        })
    });
    match done.await {
        Err(AppError::Moved(told)) => {
            let now = load(visit, &mut visit.app.db.read().await?, no).await?.case.state;
            if now == to { Ok(()) } else { Err(AppError::Moved(told)) }
        }
        done => done,
    }
}

/// Makes a new draft with the answers of an earlier application; returns its number.
pub async fn copy(visit: &Visit, no: &str) -> Result<String> {
    let (seat, no) = (visit.clone(), no.to_owned());
    visit
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let old = load_for(&seat, tx, &no, ActionKind::Copy).await?;
                let doc = super::open_doc(&seat, tx, &old, -1).await?;
                let mut values = crate::application::book::copy_from(&doc, &pages(&old));
                let now = seat.now();
                let record = Record {
                    id: ids::new(now),
                    no: super::entry::new_no(&seat, tx).await?,
                    case: Case::default(),
                    revision: 0,
                    created_at: now,
                    changed_at: now,
                    facts: super::Facts { copied_from: old.no.clone(), chosen_at: 0, ..old.facts.clone() },
                    ..old.clone()
                };
                let record = super::in_force::in_force(&seat, tx, &record).await?.unwrap_or(record);
                store::insert(tx, &record).await?;
                let facts = super::case_facts(&seat, tx, &record).await?;
                values.extend(crate::application::book::fixed_values(&facts));
                values.extend(crate::application::book::apply_dates(&facts, seat.app.clock.today()));
                super::entry::fill(&seat, tx, &record, super::entry::all(values)).await?;
                begin(&seat, tx, &record.no, Action::CreateCopy { of: old.no.clone() }).await?;
                Ok(record.no)
            })
        })
        .await
}

/// A page of the unit's applications.
pub async fn list(visit: &Visit, filter: Filter, cursor: &str, newer: bool) -> Result<Listing> {
    let (_, unit) = visit.unit()?;
    let mut tx = visit.app.db.read().await?;
    let at = if cursor.is_empty() { None } else { Some(Cursor::decode(cursor).ok_or_else(|| AppError::BadRequest("cursor".into()))?) };
    let key = at.map(|c| (c.key, c.id));
    let mut records = store::list(&mut tx, unit, &filter, key.clone(), newer, PAGE + 1).await?;
    let more = records.len() > PAGE as usize;
    if more {
        if newer {
            records.remove(0)
        } else {
            records.remove(records.len() - 1)
        };
    }
    let count = store::count(&mut tx, unit, &filter, CAP).await?;
    let token = |record: Option<&Record>| record.map(|r| Cursor { key: r.created_at, id: r.id.clone() }.encode());
    let (has_newer, has_older) = if newer { (more, true) } else { (key.is_some(), more) };
    let numbers: Vec<&str> = records.iter().map(|record| record.no.as_str()).collect();
    let mut given = crate::document::service::given(visit, &mut tx, &numbers).await?;
    let mut rows = Vec::with_capacity(records.len());
    for record in &records {
        let given = given.remove(&record.no).unwrap_or_default();
        rows.push(Head { given, ..head(visit, &mut tx, record).await? });
    }
    Ok(Listing {
        count: count.min(CAP),
        capped: count > CAP,
        next: has_older.then(|| token(records.last())).flatten(),
        previous: has_newer.then(|| token(records.first())).flatten(),
        authorities: store::authorities(&mut tx, unit).await?,
        rows,
    })
}
