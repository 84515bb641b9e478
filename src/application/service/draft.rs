//! Changing a draft: batches of ops from a hydrated page, whole pages from a plain form, rows from a sheet, files.

use super::super::book;
use super::super::model::{Batch, Conflict, Saved};
use super::super::store::{self, Record};
use super::{admit, field_at, load, load_for, load_own, mask, masked, open_secrets, own, pages};
use crate::base::{say, text};
use crate::error::{AppError, Result};
use crate::form::doc::{orders_after, row_of};
use crate::form::{Base, Cell, Doc, Field, Op, Outcome, Page, RowAct, Table, Values};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::workflow::{ActionKind, State};
use std::collections::BTreeMap;

/// The most a draft, a value and a batch may hold.
const MAX_CELLS: i64 = 30_000;
const MAX_VALUE: usize = 200_000;
const MAX_OPS: usize = 8_000;

/// Applies a batch of ops and tells what others changed since the client last looked.
pub async fn save(visit: &Visit, batch: Batch) -> Result<Saved> {
    match save_once(visit, batch.clone()).await {
        // A second sending that met its first under way: now the first one's answers are there.
        Err(AppError::Moved(_)) => save_once(visit, batch).await,
        done => done,
    }
}

async fn save_once(visit: &Visit, batch: Batch) -> Result<Saved> {
    let seat = visit.clone();
    visit.app.db.write(move |tx| Box::pin(async move { save_in(&seat, tx, batch).await })).await
}

/// What others changed since a revision.
pub async fn changes(visit: &Visit, no: &str, seen: i64) -> Result<Saved> {
    let mut tx = visit.app.db.read().await?;
    let record = load_own(visit, &mut tx, no).await?;
    let mut doc = if record.revision > seen { store::cells(&mut tx, &record.id, seen).await? } else { Doc::default() };
    let pages = pages(&record);
    open_secrets(visit, &pages, &mut doc)?;
    Ok(Saved { outcomes: Vec::new(), revision: record.revision, saved_at: record.changed_at, changed: mask(&pages, doc.cells) })
}

async fn save_in(visit: &Visit, tx: &mut Tx, batch: Batch) -> Result<Saved> {
    let record = own(visit, load(visit, tx, &batch.no).await?)?;
    let pages = pages(&record);
    judge_files(tx, &record, &pages, &batch.ops).await?;
    let (outcomes, revision) = apply(visit, tx, &record, &pages, batch.ops).await?;
    let changed = if revision > batch.seen {
        let mut doc = store::cells(tx, &record.id, batch.seen).await?;
        open_secrets(visit, &pages, &mut doc)?;
        mask(&pages, doc.cells)
    } else {
        BTreeMap::new()
    };
    Ok(Saved { outcomes, revision, saved_at: visit.now(), changed })
}

/// Applies ops to a draft inside a change. A replay gets its old answer whatever the state is now.
async fn apply(visit: &Visit, tx: &mut Tx, record: &Record, pages: &[&'static Page], ops: Vec<Op>) -> Result<(Vec<(String, Outcome)>, i64)> {
    if ops.is_empty() {
        return Ok((Vec::new(), record.revision));
    }
    judge_shape(pages, &ops)?;
    let ids: Vec<&str> = ops.iter().map(|op| op.id.as_str()).collect();
    let answered = store::answered(tx, &record.id, &ids).await?;
    let fresh: Vec<&Op> = ops.iter().filter(|op| !answered.contains_key(&op.id)).collect();
    let mut outcomes = answered.clone();
    let mut revision = record.revision;
    if !fresh.is_empty() {
        admit(visit, tx, record, ActionKind::Edit).await?;
        judge_locks(record, &fresh)?;
        let count = i64::try_from(fresh.len()).unwrap_or(i64::MAX);
        let Some(top) = store::take_revisions(tx, &record.id, count, visit.now()).await? else { return Err(overtaken(visit, tx, &record.no).await) };
        if top > MAX_CELLS / 3 && store::count_cells(tx, &record.id).await? + count > MAX_CELLS {
            return Err(AppError::Refused(say("草稿内容过多，请删除不需要的行。", "The draft holds too much; please remove rows you do not need.")));
        }
        revision = top;
        let rows = fresh.iter().filter_map(|op| row_of(&op.path));
        let paths: Vec<&str> = fresh.iter().map(|op| op.path.as_str()).chain(rows).collect();
        let mut doc = store::cells_at(tx, &record.id, &paths).await?;
        open_secrets(visit, pages, &mut doc)?;
        let caller = visit.caller()?.account_id.clone();
        for (op, next) in fresh.iter().zip(top - count + 1..) {
            if outcomes.contains_key(&op.id) {
                continue;
            }
            let secret = field_at(pages, &op.path).filter(|field| field.secret);
            let mut op = Op::clone(op);
            if field_at(pages, &op.path).is_some() {
                op.value = op.value.map(|value| text::tidy(&value));
            }
            let is_mask = |value: &str, field: &Field| value.contains('*') && value == masked(field, doc.get(&op.path));
            if secret.zip(op.value.as_deref()).is_some_and(|(field, value)| is_mask(value, field)) {
                op.value = Some(doc.get(&op.path).to_owned());
            }
            let mut outcome = doc.apply(&op, next);
            if let Outcome::Conflict { theirs: Some(theirs), .. } = &mut outcome
                && let Some(field) = secret
            {
                *theirs = masked(field, theirs);
            }
            if secret.is_some() {
                op.value = op.value.map(|value| visit.app.keys.seal(&value));
            }
            store::store_op(tx, &record.id, &op, &outcome, &caller, visit.now()).await?;
            outcomes.insert(op.id, outcome);
        }
    }
    let in_order = ops.iter().filter_map(|op| Some((op.id.clone(), outcomes.get(&op.id)?.clone()))).collect();
    Ok((in_order, revision))
}

/// What to tell whoever came too late for a draft.
pub(super) async fn overtaken(visit: &Visit, tx: &mut Tx, no: &str) -> AppError {
    match load_for(visit, tx, no, ActionKind::Edit).await {
        Err(error) => error,
        // Withdrawn and begun again between two looks: the next try finds it.
        Ok(_) => AppError::TooOften { seconds: 1 },
    }
}

/// During a correction only what the notice marks is open with what goes with it (补齐补正), and the declaration.
fn is_open(record: &Record, path: &str) -> bool {
    record.case.state != State::Correction || book::is_unlocked(&pages(record), path, &record.case.marked())
}

fn judge_locks(record: &Record, ops: &[&Op]) -> Result<()> {
    if ops.iter().all(|op| is_open(record, &op.path)) {
        return Ok(());
    }
    Err(AppError::Refused(say(
        "补正时只能修改告知书标出的内容、随之要改的内容和申请人声明；没有改动任何内容。",
        "During a correction only what the notice marks, what goes with it and the declaration may be changed; nothing was changed.",
    )))
}

/// The caller's draft, held for the rest of a change.
async fn hold(visit: &Visit, tx: &mut Tx, no: &str) -> Result<Record> {
    let record = load_for(visit, tx, no, ActionKind::Edit).await?;
    if store::hold(tx, &record.id).await? { Ok(record) } else { Err(overtaken(visit, tx, no).await) }
}

/// Whether a path is a place for attachments, or one of them.
pub(super) fn is_slot(pages: &[&'static Page], path: &str) -> bool {
    pages.iter().any(|page| page.slots().any(|slot| path == page.path(slot.key)))
}

pub(super) fn is_attachment(pages: &[&'static Page], path: &str) -> bool {
    path.rsplit_once('/').is_some_and(|(slot, _)| is_slot(pages, slot))
}

/// An attachment is a file of this application: nobody learns of another one's by naming it.
async fn judge_files(tx: &mut Tx, record: &Record, pages: &[&'static Page], ops: &[Op]) -> Result<()> {
    let named: Vec<String> = ops.iter().filter(|op| is_attachment(pages, &op.path)).filter_map(|op| op.value.clone()).collect();
    if named.is_empty() {
        return Ok(());
    }
    let known = crate::server::files::store::find_all(tx, &named).await?;
    let is_ours = |id: &String| known.iter().any(|file| file.id == *id && file.application_no == record.no);
    if named.iter().all(is_ours) { Ok(()) } else { Err(AppError::BadRequest("file".into())) }
}

/// Refuses what none of our pages sends. Unknown fields are kept (a newer page may know them); shapes are not.
fn judge_shape(pages: &[&'static Page], ops: &[Op]) -> Result<()> {
    let bad = |what: &str| Err(AppError::BadRequest(what.into()));
    if ops.len() > MAX_OPS {
        return bad("too many changes at once");
    }
    let given: Vec<String> = pages.iter().flat_map(|page| page.tables().filter(|table| table.is_given()).map(|table| page.path(table.key))).collect();
    for op in ops {
        let parts: Vec<&str> = op.path.split('/').collect();
        let plain = |s: &&str| !s.is_empty() && s.len() <= 60 && s.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if !(2..=4).contains(&parts.len()) || !parts.iter().all(plain) || !pages.iter().any(|page| page.key == parts[0]) {
            return bad("path");
        }
        if op.id.is_empty() || op.id.len() > 80 || has_nul(&op.id) || op.value.as_deref().is_some_and(has_nul) {
            return bad("value");
        }
        if op.value.as_ref().is_some_and(|value| value.len() > MAX_VALUE) {
            return Err(AppError::Refused(say(
                "有一处内容过长（六万多字），没有保存；请缩短它，其余内容会一起保存。",
                "One answer is too long (some 200,000 letters) and was not saved. Shorten it; the rest will be saved with it.",
            )));
        }
        let is_given = op.path.rsplit_once('/').is_some_and(|(table, _)| given.iter().any(|path| path == table));
        if is_given || field_at(pages, &op.path).is_some_and(|field| field.fixed) {
            return bad("this field is not typed");
        }
    }
    Ok(())
}

/// The one character a store cannot hold.
fn has_nul(text: &str) -> bool {
    text.contains('\0')
}

/// Saves what a page posted without script: a field becomes an op only if it differs from what the person saw.
/// Returns the conflicts, for the page to show both values.
pub async fn save_page(visit: &Visit, no: &str, page: &str, seen: i64, values: Values, act: &str) -> Result<Vec<Conflict>> {
    let (seat, no, page, act) = (visit.clone(), no.to_owned(), page.to_owned(), act.to_owned());
    visit.app.db.write(move |tx| Box::pin(async move { save_page_in(&seat, tx, &no, &page, seen, values, &act).await })).await
}

async fn save_page_in(visit: &Visit, tx: &mut Tx, no: &str, page: &str, seen: i64, values: Values, act: &str) -> Result<Vec<Conflict>> {
    let record = hold(visit, tx, no).await?;
    let pages = pages(&record);
    let page = *pages.iter().find(|p| p.key == page).ok_or(AppError::NotFound)?;
    let mut doc = store::cells(tx, &record.id, -1).await?;
    open_secrets(visit, &pages, &mut doc)?;
    let mut ops = Vec::new();
    // What is closed is not posted, and an absent tick would read as taken back.
    for (path, value) in crate::form::posted::posted(page, &values) {
        let field = page.field_at(&path);
        if !is_open(&record, &path) || field.is_none_or(|field| field.fixed) || row_of(&path).is_some_and(|row| !doc.cells.contains_key(row)) {
            continue;
        }
        let secret = field.filter(|field| field.secret);
        let before = match doc.cells.get(&path) {
            Some(cell) if cell.revision <= seen => cell.value.clone().unwrap_or_default(),
            Some(_) => {
                let stored = store::value_at(tx, &record.id, &path, seen).await?.unwrap_or_default();
                if secret.is_some() { visit.app.keys.open(&stored)? } else { stored }
            }
            None => String::new(),
        };
        let is_same = field.is_some_and(|field| field.kind.says_same(&value, &before));
        if !is_same && secret.is_none_or(|field| value != masked(field, &before)) {
            ops.push(Op { id: ids::new(visit.now()), path, base: Base::Revision(seen), value: Some(value) });
        }
    }
    let mine: BTreeMap<String, Op> = ops.iter().map(|op| (op.id.clone(), op.clone())).collect();
    let (outcomes, _) = apply(visit, tx, &record, &pages, ops).await?;
    if let Some(act) = RowAct::parse(act) {
        let mut doc = store::cells(tx, &record.id, -1).await?;
        open_secrets(visit, &pages, &mut doc)?;
        let ops = act.ops(&doc, || ids::new(visit.now()));
        let record = load(visit, tx, no).await?;
        apply(visit, tx, &record, &pages, ops).await?;
    }
    let conflicts = outcomes.into_iter().filter_map(|(id, outcome)| match outcome {
        Outcome::Conflict { theirs, revision } => {
            let op = mine.get(&id)?;
            Some(Conflict { path: op.path.clone(), mine: op.value.clone(), theirs, revision })
        }
        Outcome::Applied { .. } => None,
    });
    Ok(conflicts.collect())
}

/// The rows of a repeat table as they are, for a sheet.
pub async fn table_rows(visit: &Visit, no: &str, page: &str, table: &str) -> Result<(&'static Table, Vec<Values>)> {
    let mut tx = visit.app.db.read().await?;
    let record = load_own(visit, &mut tx, no).await?;
    let pages = pages(&record);
    let (path, table) = find_table(&pages, page, table)?;
    let doc = super::open_doc(visit, &mut tx, &record, -1).await?;
    let cell = |c: &crate::form::Field, id: &str| {
        let value = doc.get(&format!("{path}/{id}/{}", c.key));
        if c.secret { masked(c, value) } else { value.to_owned() }
    };
    let row = |id: String| table.columns.iter().map(|c| (c.key.to_owned(), cell(c, &id))).collect();
    Ok((table, doc.rows(&path).into_iter().map(row).collect()))
}

fn find_table(pages: &[&'static Page], page: &str, table: &str) -> Result<(String, &'static Table)> {
    let page = *pages.iter().find(|p| p.key == page).ok_or(AppError::NotFound)?;
    let table = page.parts.iter().find_map(|part| match part {
        crate::form::Part::Table(t) if t.key == table && !t.is_given() => Some(t),
        _ => None,
    });
    let table = table.ok_or(AppError::NotFound)?;
    Ok((page.path(table.key), table))
}

/// Appends the rows of a sheet to a repeat table, all or none.
pub async fn import_rows(visit: &Visit, no: &str, page: &str, table: &str, rows: Vec<Values>) -> Result<usize> {
    let count = rows.len();
    let (page, table) = (page.to_owned(), table.to_owned());
    change(
        visit,
        no,
        move |_, pages, doc| {
            let (path, table) = find_table(pages, &page, &table)?;
            let there = doc.rows(&path);
            if there.len() + rows.len() > usize::from(table.max_rows) {
                let max = table.max_rows;
                return Err(AppError::Refused(say(format!("最多 {max} 行；没有导入任何一行。"), format!("At most {max} rows; nothing was imported."))));
            }
            let last = there.last().map(|row| doc.get(&format!("{path}/{row}")).to_owned());
            let orders = orders_after(last.as_deref(), rows.len());
            let mut changes = Vec::new();
            for (row, order) in rows.into_iter().zip(orders) {
                let at = format!("{path}/{}", ids::hex(&ids::random::<6>()));
                changes.push((at.clone(), Some(order)));
                changes.extend(row.into_iter().filter(|(_, v)| !v.is_empty()).map(|(key, value)| (format!("{at}/{key}"), Some(value))));
            }
            Ok(changes)
        },
        "",
    )
    .await?;
    Ok(count)
}

/// A change the server itself makes of a draft: `decide` gives paths and values from the draft as it is. A value that is
/// there but empty stands for `value`.
pub(super) async fn change<F>(visit: &Visit, no: &str, decide: F, value: &str) -> Result<()>
where
    F: FnOnce(&Record, &[&'static Page], &Doc) -> Result<Vec<(String, Option<String>)>> + Send + 'static,
{
    let (seat, no, value) = (visit.clone(), no.to_owned(), value.to_owned());
    visit
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let record = hold(&seat, tx, &no).await?;
                let pages = pages(&record);
                let doc = super::open_doc(&seat, tx, &record, -1).await?;
                let changes = decide(&record, &pages, &doc)?;
                let ops = changes.into_iter().map(|(path, new)| {
                    let base = Base::Revision(doc.cells.get(&path).map_or(0, |cell: &Cell| cell.revision));
                    let new = new.map(|v| if v.is_empty() { value.clone() } else { v });
                    Op { id: ids::new(seat.now()), path, base, value: new }
                });
                let ops = ops.collect();
                apply(&seat, tx, &record, &pages, ops).await?;
                Ok(())
            })
        })
        .await
}
