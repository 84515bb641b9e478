//! The use cases of an application: authorise, load, decide, store, in one transaction each. Judgement is `book`'s,
//! SQL is `store`'s.

mod attach;
mod draft;
mod entry;
mod founded;
mod home;
mod in_force;
mod life;
mod person;
mod practice;
mod read;
mod rechoose;
mod route;
mod submit;

pub use attach::{attach_file, detach_file};
pub use draft::{changes, import_rows, save, save_page, table_rows};
pub use entry::{create, picker};
pub use founded::unfounded;
pub use home::under_way;
pub use life::{act, copy, delete, list, restore, withdraw};
pub use person::{create_person, find_practices, is_under_way, person_picker};
#[cfg(test)]
pub(super) use practice::ask_employers;
pub use practice::{FORMER_ORG, PRACTICE_CODE, PRACTICE_ORG, practising_unit};
pub use read::{book, changed, compare, laid, marks, newest, review, version};
pub use rechoose::{choice, rechoose};
pub use submit::{HandIn, freeze_sample, hand_in, resubmit, submit};

use super::book::{self, Address, CaseFacts};
use super::model::Head;
use super::picker;
use super::store::{self, Record};
use crate::base::Say;
use crate::base::workdays::legal_date;
use crate::casework::service::{self as casework, File};
use crate::catalogue;
use crate::error::{AppError, Result};
use crate::form::{Cell, Doc, Field, Kind, Page, Values};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::{ActionKind, Actor, State};
use serde::{Deserialize, Serialize};

/// What the picker knew when the application was made; routing rests on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    pub addresses: Vec<Address>,
    /// For 检验机构甲类B1: who set the institution up.
    pub set_up_by: String,
    /// Why this authority decides.
    pub reason: Option<Say>,
    /// The application this one was copied from.
    pub copied_from: String,
    /// The draft's revision at which items and addresses were chosen again; 0 while that never happened.
    pub chosen_at: i64,
}

/// The application, if it exists for the caller.
async fn load(visit: &Visit, tx: &mut Tx, no: &str) -> Result<Record> {
    let caller = visit.caller()?;
    let record = store::find(tx, no).await?.ok_or(AppError::NotFound)?;
    if caller.unit_id.as_deref() != Some(record.unit_id.as_str()) {
        desk(visit, tx, &record).await?;
    }
    Ok(record)
}

/// The application's case, and what the caller is to it.
async fn desk(visit: &Visit, tx: &mut Tx, record: &Record) -> Result<(File, Actor)> {
    let file = casework::open(&visit.app, tx, record.file()).await?;
    let actor = casework::actor(visit, tx, &file).await?;
    Ok((file, actor))
}

/// The application, if the action may be done with it.
async fn load_for(visit: &Visit, tx: &mut Tx, no: &str, kind: ActionKind) -> Result<Record> {
    let record = load(visit, tx, no).await?;
    admit(visit, tx, &record, kind).await?;
    Ok(record)
}

/// The application, if what was handed in with it may be read by the caller.
async fn load_handed_in(visit: &Visit, tx: &mut Tx, no: &str) -> Result<Record> {
    let record = load_for(visit, tx, no, ActionKind::Read).await?;
    let (_, actor) = desk(visit, tx, &record).await?;
    if actor.side().reads_book() { Ok(record) } else { Err(AppError::NotFound) }
}

/// The applicant's own application to read: its book as it is being written, and everything it is told. The other sides
/// read what was handed in, and the agency never the feedback (spec 1.3).
async fn load_own(visit: &Visit, tx: &mut Tx, no: &str) -> Result<Record> {
    own(visit, load_for(visit, tx, no, ActionKind::Read).await?)
}

fn own(visit: &Visit, record: Record) -> Result<Record> {
    if visit.caller()?.unit_id.as_deref() == Some(record.unit_id.as_str()) { Ok(record) } else { Err(AppError::NotFound) }
}

/// Lets an action through if the table of actions has it.
async fn admit(visit: &Visit, tx: &mut Tx, record: &Record, kind: ActionKind) -> Result<()> {
    let (file, actor) = desk(visit, tx, record).await?;
    file.admit(&actor, kind, visit.now())
}

/// The pages of an application's book.
fn pages(record: &Record) -> Vec<&'static Page> {
    book::pages(&record.category, &record.kind)
}

/// The field at a path of a book.
fn field_at(pages: &[&'static Page], path: &str) -> Option<&'static Field> {
    pages.iter().find_map(|page| page.field_at(path))
}

/// A draft as it is judged, with what is known of its case: what catalogue, account and register give stands in it as it is now.
async fn judged(visit: &Visit, tx: &mut Tx, record: &Record) -> Result<(Doc, CaseFacts)> {
    let newer = in_force::in_force(visit, tx, record).await?;
    let record = newer.as_ref().unwrap_or(record);
    let mut doc = open_doc(visit, tx, record, -1).await?;
    let mut facts = case_facts(visit, tx, record).await?;
    if let Some(person) = &mut facts.person {
        person.practice = person::practice(tx, &doc).await?;
        person.former = person::former(tx, &doc).await?;
        person.is_anothers = person::is_anothers(visit, tx, record, &doc).await?;
    }
    let mut given = Values::new();
    if record.case.state == State::Draft {
        given.extend(in_force::stale(&doc, &facts));
        given.extend(person::as_now(visit, tx, record).await?);
    }
    given.extend(book::persons::given(&facts));
    for (path, value) in given {
        doc.set(&path, Some(value), 0, "");
    }
    let tables = route::Tables::of(visit, tx, record).await?;
    facts.route = Some(match &facts.person {
        Some(person) => book::persons::route(&tables.rules(), person, &doc),
        None => {
            facts.withdrawn = tables.catalogue.unknown(&record.items).into_iter().map(str::to_owned).collect();
            book::route(&tables.rules(), &facts, &doc)
        }
    });
    Ok((doc, facts))
}

/// The draft with its secrets opened, for judgement; never sent to a browser.
async fn open_doc(visit: &Visit, tx: &mut Tx, record: &Record, above: i64) -> Result<Doc> {
    let mut doc = store::cells(tx, &record.id, above).await?;
    open_secrets(visit, &pages(record), &mut doc)?;
    Ok(doc)
}

fn open_secrets(visit: &Visit, pages: &[&'static Page], doc: &mut Doc) -> Result<()> {
    for (path, cell) in &mut doc.cells {
        if let Some(value) = cell.value.as_mut().filter(|value| !value.is_empty())
            && field_at(pages, path).is_some_and(|field| field.secret)
        {
            *value = visit.app.keys.open(value)?;
        }
    }
    Ok(())
}

/// Replaces secrets by what may be shown of them.
fn mask(pages: &[&'static Page], mut cells: std::collections::BTreeMap<String, Cell>) -> std::collections::BTreeMap<String, Cell> {
    for (path, cell) in &mut cells {
        if let Some(value) = &mut cell.value
            && let Some(field) = field_at(pages, path).filter(|field| field.secret)
        {
            *value = masked(field, value);
        }
    }
    cells
}

/// A secret as it is shown: of a personal id the ends (`610112********0012`). What is no id is hidden whole where one is
/// asked for, and shown elsewhere: a certificate's number is a secret only because on an operator's it is the id.
fn masked(field: &Field, value: &str) -> String {
    let is_document = field.kind == Kind::ResidentId || field.key.ends_with("id_no");
    if !is_document && !crate::base::resident_id::holds_one(value) {
        return value.to_owned();
    }
    let (head, tail) = if value.chars().count() == 18 { (6, 4) } else { (0, 0) };
    crate::base::text::masked(value, head, tail)
}

/// What the authority of an application is called: of a case that is over as on the day it was decided or else handed in.
pub async fn authority_name(tx: &mut Tx, record: &Record) -> Result<String> {
    let case = &record.case;
    let day = case.decided.or(case.submitted_at.map(legal_date)).filter(|_| case.state.is_final());
    let then = match day {
        Some(day) => catalogue::store::authority_on(tx, &record.authority_code, &day.to_string()).await?,
        None => None,
    };
    Ok(then.map_or_else(|| record.authority_name.clone(), |then| then.name))
}

/// The head line of a record, as the caller may see it.
async fn head(visit: &Visit, tx: &mut Tx, record: &Record) -> Result<Head> {
    let (file, actor) = desk(visit, tx, record).await?;
    let ledger = file.ledger(visit.now());
    Ok(Head {
        no: record.no.clone(),
        category: record.category.clone(),
        category_label: catalogue::category_name(&record.category),
        kind: record.kind.clone(),
        kind_label: catalogue::kind_name(&record.kind),
        authority: authority_name(tx, record).await?,
        items: record.item_labels.clone(),
        item_name: record.case.person.as_ref().and_then(|_| catalogue::PersonnelCodes::builtin().find(record.items.first()?)).map(|code| code.said()),
        state: file.settled(visit.now()).state,
        unit_name: record.unit_name.clone(),
        created_at: record.created_at,
        changed_at: record.changed_at,
        submitted_at: record.case.submitted_at,
        accepted_on: record.case.acceptance.as_ref().map(|acceptance| acceptance.on),
        actions: file.available(&actor, visit.now()),
        turn: ledger.turn,
        clock: ledger.main_line().cloned(),
        todo: ledger.todo,
        given: Vec::new(),
    })
}

/// Everything judgement needs to know of a case.
async fn case_facts(visit: &Visit, tx: &mut Tx, record: &Record) -> Result<CaseFacts> {
    let catalogue = crate::catalogue::store::version(&visit.app, tx, &record.catalogue_version).await?;
    let unit = crate::account::store::find_unit(tx, &record.unit_id).await?.ok_or(AppError::NotFound)?;
    let items = record.items.iter().filter_map(|id| catalogue.find(id));
    let authority = crate::catalogue::store::find_authority(tx, &record.authority_code).await?.ok_or(AppError::NotFound)?;
    // Later it is for whoever accepts to judge (spec 5.5): a correction is handed in all the same.
    let bans = match record.case.state {
        State::Draft => crate::casework::bans::of_unit(tx, &record.unit_id, &record.category, visit.app.clock.today()).await?,
        _ => Vec::new(),
    };
    let others = person::others(tx, record).await?;
    Ok(CaseFacts {
        bans,
        org_name: unit.name.clone(),
        uscc: crate::account::service::shown_code(&visit.app, tx, &unit.id).await?,
        is_branch: unit.unit_type == "branch",
        category: record.category.clone(),
        category_name: catalogue::category_name(&record.category).zh.into_owned(),
        kind: record.kind.clone(),
        items: items.map(|item| entry::case_item(item, &record.category)).collect(),
        authority: authority.name.clone(),
        authority_code: authority.code.clone(),
        setup: picker::setup(&record.facts.set_up_by),
        addresses: record.facts.addresses.clone(),
        licence_on_file: unit.profile.get(crate::account::service::profile::LICENCE).is_some_and(|file| !file.is_empty()),
        held: crate::licence::service::held_items(&visit.app, tx, &record.unit_id).await?,
        has_open_same_certificate: others.iter().find(|other| other.items.iter().any(|code| record.items.contains(code))).map(|other| other.no.clone()),
        person: person::facts(tx, record, &others).await?,
        filed: record.case.submitted_at.map(legal_date),
        marked: (record.case.state == State::Correction).then(|| record.case.marked()),
        ..CaseFacts::default()
    })
}
