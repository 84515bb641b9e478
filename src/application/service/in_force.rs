//! The version of the catalogue an application goes by (目录版本): a draft by the one in force, so that what everybody looks at is what
//! would be handed in; from its first submission on by the one of that day.

use super::super::book::{self, CaseFacts};
use super::super::store::{self, Record};
use super::entry::{all, fill, labels};
use super::open_doc;
use crate::catalogue;
use crate::error::Result;
use crate::form::{Doc, Values};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::State;

/// A draft as the catalogue in force has it, if that is another version than the one it has.
pub(super) async fn in_force(visit: &Visit, tx: &mut Tx, record: &Record) -> Result<Option<Record>> {
    if record.case.state != State::Draft {
        return Ok(None);
    }
    let catalogue = catalogue::store::current(&visit.app, tx).await?;
    if catalogue.version == record.catalogue_version {
        return Ok(None);
    }
    // What is withdrawn keeps its name until something else is chosen; a person's code is no item of the catalogue.
    let is_known = catalogue.unknown(&record.items).is_empty();
    let item_labels = if is_known { labels(&catalogue, &record.items) } else { record.item_labels.clone() };
    Ok(Some(Record { catalogue_version: catalogue.version.clone(), item_labels, ..record.clone() }))
}

/// What a unit's draft shows and nobody types, as far as it stands otherwise in it. A person's is laid from account and register.
pub(super) fn stale(doc: &Doc, facts: &CaseFacts) -> Values {
    if facts.person.is_some() { Values::new() } else { book::refilled(doc, facts) }
}

/// Keeps a draft as it is handed in: a correction begins from there, whatever is in force by then.
pub(super) async fn keep(visit: &Visit, tx: &mut Tx, record: &Record, facts: &CaseFacts) -> Result<()> {
    store::set_choice(tx, record).await?;
    let stale = stale(&open_doc(visit, tx, record, -1).await?, facts);
    if stale.is_empty() { Ok(()) } else { fill(visit, tx, record, all(stale)).await.map(drop) }
}
