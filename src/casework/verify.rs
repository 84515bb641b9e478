//! Proof that no record of a case was changed (`xuke verify-audit`): each row's hash, the hash of the row before in it, the
//! running number, and that the events make exactly the case that is stored.

use super::store::{self, Link};
use crate::error::Result;
use crate::server::app::App;
use crate::workflow::Case;

/// Rows read at once.
const BATCH: i64 = 1000;

/// What the check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// So many cases with so many events.
    Sound { cases: i64, events: i64 },
    /// The first bad row, and what is wrong with it.
    Bad(String),
}

/// The case being gone through.
#[derive(Default)]
struct Chain {
    application_id: String,
    hash: String,
    case: Case,
}

/// Goes through every record.
pub async fn verify(app: &App) -> Result<Found> {
    let mut tx = app.db.read().await?;
    let (mut chain, mut cases, mut events) = (Chain::default(), 0, 0);
    loop {
        let rows = store::links_after(&mut tx, &chain.application_id, chain.case.revision, BATCH).await?;
        let is_last = rows.is_empty();
        for (link, hash) in rows {
            if link.application_id != chain.application_id {
                if let Some(bad) = end(&mut tx, &chain).await? {
                    return Ok(Found::Bad(bad));
                }
                chain = Chain { application_id: link.application_id.clone(), ..Chain::default() };
                cases += 1;
            }
            if let Some(bad) = fault(&chain, &link, &hash)? {
                return Ok(Found::Bad(format!("case {}, event {} ({}): {bad}", link.application_id, link.seq, link.event)));
            }
            chain.case.apply(&link.event()?);
            chain.hash = hash;
            events += 1;
        }
        if is_last {
            break;
        }
    }
    if let Some(bad) = end(&mut tx, &chain).await? {
        return Ok(Found::Bad(bad));
    }
    let missing = store::find_without_record(&mut tx).await?;
    Ok(missing.map_or(Found::Sound { cases, events }, |no| Found::Bad(format!("case {no}: its whole record is missing"))))
}

/// What is wrong with the next row of a chain.
fn fault(chain: &Chain, link: &Link, hash: &str) -> Result<Option<&'static str>> {
    let next = chain.case.revision + 1;
    Ok(match () {
        () if link.seq != next => Some("an event before it is missing"),
        () if link.previous != chain.hash => Some("it does not follow from the event before it"),
        () if link.hash()? != hash => Some("its content is not what its hash says"),
        () if link.event().map(|event| event.word() != link.event).unwrap_or(true) => Some("its payload cannot be read as this event"),
        () => None,
    })
}

/// What is wrong where a chain ends.
async fn end(tx: &mut crate::server::db::Tx, chain: &Chain) -> Result<Option<String>> {
    if chain.application_id.is_empty() {
        return Ok(None);
    }
    let Some((no, revision, case)) = store::projection(tx, &chain.application_id).await? else {
        return Ok(Some(format!("case {}: it has a record but is not there", chain.application_id)));
    };
    Ok(match () {
        () if revision != chain.case.revision => Some(format!("case {no}: events after {} are missing", chain.case.revision)),
        () if case != chain.case => Some(format!("case {no}: what is stored is not what its events make")),
        () => None,
    })
}
