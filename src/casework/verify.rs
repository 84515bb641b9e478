//! Proof that no record of a case was changed (`xuke verify-audit`): each row's hash, the hash of the row before in it, the
//! running number, and that the events make exactly the case that is stored. People act while it is read.

use super::store::{self, Link};
use crate::error::Result;
use crate::server::app::App;
use crate::server::db::Tx;
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

/// How far the check has come.
#[derive(Default)]
pub(super) struct Audit {
    chain: Chain,
    cases: i64,
    events: i64,
}

/// Goes through every record.
pub async fn verify(app: &App) -> Result<Found> {
    let mut tx = app.db.read().await?;
    let mut audit = Audit::default();
    loop {
        let rows = audit.read(&mut tx).await?;
        let is_last = rows.is_empty();
        let bad = if is_last { audit.end(&mut tx).await? } else { audit.follow(&mut tx, rows).await? };
        if let Some(bad) = bad {
            return Ok(Found::Bad(bad));
        }
        if is_last {
            break;
        }
    }
    let missing = store::find_without_record(&mut tx).await?;
    Ok(missing.map_or_else(|| audit.sound(), |no| Found::Bad(format!("case {no}: its whole record is missing"))))
}

impl Audit {
    /// The next rows after those gone through.
    pub(super) async fn read(&self, tx: &mut Tx) -> Result<Vec<(Link, String)>> {
        store::links_after(tx, &self.chain.application_id, self.chain.case.revision, BATCH).await
    }

    /// Goes through rows as they were read; what is wrong with the first bad one.
    pub(super) async fn follow(&mut self, tx: &mut Tx, rows: Vec<(Link, String)>) -> Result<Option<String>> {
        for (link, hash) in rows {
            if link.application_id != self.chain.application_id {
                if let Some(bad) = self.end(tx).await? {
                    return Ok(Some(bad));
                }
                self.chain = Chain { application_id: link.application_id.clone(), ..Chain::default() };
                self.cases += 1;
            }
            if let Some(bad) = self.take(&link, hash)? {
                return Ok(Some(bad));
            }
        }
        Ok(None)
    }

    /// One more row of the case being gone through.
    fn take(&mut self, link: &Link, hash: String) -> Result<Option<String>> {
        if let Some(bad) = fault(&self.chain, link, &hash)? {
            return Ok(Some(format!("case {}, event {} ({}): {bad}", link.application_id, link.seq, link.event)));
        }
        self.chain.case.apply(&link.event()?);
        self.chain.hash = hash;
        self.events += 1;
        Ok(None)
    }

    /// What is wrong where the rows of a case end. If the case has come further since they were read, its newer rows are read, too.
    pub(super) async fn end(&mut self, tx: &mut Tx) -> Result<Option<String>> {
        let id = self.chain.application_id.clone();
        if id.is_empty() {
            return Ok(None);
        }
        loop {
            let Some((no, revision, case)) = store::projection(tx, &id).await? else {
                return Ok(Some(format!("case {id}: it has a record but is not there")));
            };
            if revision <= self.chain.case.revision {
                let is_whole = revision == self.chain.case.revision && case == self.chain.case;
                return Ok((!is_whole).then(|| format!("case {no}: what is stored is not what its events make")));
            }
            let newer: Vec<_> = self.read(tx).await?.into_iter().take_while(|(link, _)| link.application_id == id).collect();
            if newer.is_empty() {
                return Ok(Some(format!("case {no}: events after {} are missing", self.chain.case.revision)));
            }
            for (link, hash) in newer {
                if let Some(bad) = self.take(&link, hash)? {
                    return Ok(Some(bad));
                }
            }
        }
    }

    /// What was found, if nothing is wrong.
    pub(super) fn sound(&self) -> Found {
        Found::Sound { cases: self.cases, events: self.events }
    }
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
