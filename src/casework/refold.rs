//! What is stored of cases, made anew where this version makes more of their events than the one that stored it. Events never change;
//! what they make of a case may, and the two have to agree again before anybody acts or checks the record.

use super::service;
use super::store::{self, Record};
use crate::error::{AppError, Result};
use crate::server::app::App;
use crate::server::db::Tx;
use crate::workflow::fold;
use std::sync::Arc;

/// Counts up whenever the fold makes something else of events that may be stored already; those stand in [`ANEW`] then.
const FOLD: i64 = 2;
/// Of which something else is made since the first fold: what was asked for and nobody noted, and of a hearing its time and its day.
const ANEW: &[&str] = &["extension-proposed", "authority-called", "hearing-requested", "hearing-opened"];

/// Does it once for each [`FOLD`], at the start; tells how many cases it changed. Cut off, it begins again, which changes nothing twice.
pub async fn refold(app: &Arc<App>) -> Result<usize> {
    let mut tx = app.db.read().await?;
    if store::folded(&mut tx).await? >= FOLD {
        return Ok(0);
    }
    let cases = store::with_events(&mut tx, ANEW).await?;
    drop(tx);
    let mut changed = 0;
    for no in cases {
        let seat = app.clone();
        let work = app.db.write(move |tx| Box::pin(async move { refold_one(&seat, tx, &no).await }));
        changed += usize::from(work.await?);
    }
    app.db.write(move |tx| Box::pin(async move { store::put_folded(tx, FOLD).await })).await?;
    Ok(changed)
}

async fn refold_one(app: &App, tx: &mut Tx, no: &str) -> Result<bool> {
    let record = store::find(tx, no).await?.ok_or(AppError::NotFound)?;
    // Nobody acts on it meanwhile.
    store::claim(tx, &record.id, record.case.revision).await?;
    let case = fold(&store::events(tx, &record.id).await?);
    if case == record.case {
        return Ok(false);
    }
    let file = service::open(app, tx, Record { case, ..record }).await?;
    let (due, wake) = file.days(app.clock.now());
    store::reproject(tx, &file.record.id, &file.record.case, due, wake).await?;
    Ok(true)
}
