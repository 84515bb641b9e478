//! What screens are given: a page of the book, the whole book to check before submitting, a frozen version.

use super::super::book::{Change, changes, judge_book, page_state, places, places::words, rows::rows};
use super::super::frozen::{Frozen, FrozenPart};
use super::super::model::{BookView, FileView, Judged, Marked, Notice, PageMark, Posted, Review};
use super::super::store::{self, Record};
use super::in_force::in_force;
use super::{head, judged, load_handed_in, load_own, mask, pages};
use crate::base::Lang;
use crate::casework::timeline::timeline;
use crate::catalogue;
use crate::error::{AppError, Result};
use crate::form::doc::row_of;
use crate::form::judge::is_choice;
use crate::form::{Doc, Issue, Kind, Offered, Page, Table};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::action::is_at;
use crate::workflow::{ActionKind, Party, State};
use std::collections::BTreeMap;

/// A book that is open at a page, judged.
struct Open {
    record: Record,
    pages: Vec<&'static Page>,
    page: &'static Page,
    doc: Doc,
    judged: Judged,
}

async fn open(visit: &Visit, tx: &mut Tx, no: &str, page: &str) -> Result<Open> {
    let record = load_own(visit, tx, no).await?;
    let pages = pages(&record);
    let page = *pages.iter().find(|p| p.key == page).ok_or(AppError::NotFound)?;
    let (doc, facts) = judged(visit, tx, &record).await?;
    let mut issues = judge_book(&pages, &facts, &doc, visit.app.clock.today());
    let judged = Judged { pages: marks_of(&pages, &issues, &doc), issues: issues.remove(page.key).unwrap_or_default() };
    Ok(Open { record, pages, page, doc, judged })
}

/// How the book stands, and what is to mend on a page.
pub async fn marks(visit: &Visit, no: &str, page: &str) -> Result<Judged> {
    Ok(open(visit, &mut visit.app.db.read().await?, no, page).await?.judged)
}

/// A page of the book, judged, with secrets masked.
pub async fn book(visit: &Visit, no: &str, page: &str) -> Result<BookView> {
    let mut tx = visit.app.db.read().await?;
    let Open { record, pages, page, doc, judged } = open(visit, &mut tx, no, page).await?;
    let prefix = format!("{}/", page.key);
    let mine =
        Doc { revision: doc.revision, cells: doc.cells.iter().filter(|(path, _)| path.starts_with(&prefix)).map(|(p, c)| (p.clone(), c.clone())).collect() };
    let head = head(visit, &mut tx, &record).await?;
    let is_correction = record.case.state == State::Correction;
    Ok(BookView {
        may_edit: head.may(ActionKind::Edit),
        may_rechoose: head.may(ActionKind::Rechoose),
        is_correction,
        no: head.no,
        category: head.category,
        category_label: head.category_label,
        kind: head.kind,
        kind_label: head.kind_label,
        authority: head.authority,
        judged,
        prefilled: prefilled(page, &mine),
        files: files(&mut tx, &mine).await?,
        saved_at: record.changed_at,
        offered: offered(&pages, page, &doc, visit.lang),
        posted: Posted::default(),
        unsaved: Vec::new(),
        marks: if is_correction { marked(&record, &pages, &doc) } else { Vec::new() },
        doc: Doc { revision: record.revision, cells: mask(&pages, mine.cells) },
    })
}

/// The page with what a post of it has left: what could not be saved stands where it was typed, on the revision it was typed on, so that
/// what others changed since is a conflict and not lost.
pub fn laid(mut view: BookView, page: &str, posted: Posted) -> BookView {
    let pages = super::super::book::pages(&view.category, &view.kind);
    if let Some(page) = pages.iter().find(|p| p.key == page).filter(|_| !posted.typed.is_empty()) {
        for (path, value) in crate::form::posted::posted(page, &posted.typed) {
            let is_there = row_of(&path).is_none_or(|row| view.doc.cells.contains_key(row));
            if !is_there || !view.is_open(&path) || view.doc.get(&path) == value {
                continue;
            }
            if let Some(levels) = view.offered.get_mut(&path) {
                *levels = crate::base::region::levels(&value);
            }
            let (revision, op) = view.doc.cells.get(&path).map_or((0, String::new()), |cell| (cell.revision, cell.op_id.clone()));
            view.doc.set(&path, Some(value), revision, &op);
            view.unsaved.push(path);
        }
        view.doc.revision = view.doc.revision.min(posted.seen);
    }
    BookView { posted, ..view }
}

/// What the last correction notice marks, with the names of its places.
fn marked(record: &Record, pages: &[&'static Page], doc: &Doc) -> Vec<Marked> {
    let mark = |mark: &crate::workflow::action::Mark| Marked {
        path: mark.path.clone(),
        place: words(pages, &mark.path, |table| doc.rows(table)),
        text: mark.text.clone(),
    };
    record.case.marks.iter().map(mark).collect()
}

/// How far each page is.
fn marks_of(pages: &[&'static Page], issues: &BTreeMap<&'static str, Vec<Issue>>, doc: &Doc) -> Vec<PageMark> {
    let none = Vec::new();
    let mark =
        |page: &&'static Page| PageMark { key: page.key.into(), title: page.title.into(), state: page_state(page, issues.get(page.key).unwrap_or(&none), doc) };
    pages.iter().map(mark).collect()
}

/// Values that came from the profile and were not changed since: set by the draft's first filling.
fn prefilled(page: &Page, doc: &Doc) -> Vec<String> {
    let from_profile = |path: &&String| page.field_at(path).is_some_and(|field| !field.from_profile.is_empty() && !field.fixed);
    doc.cells.iter().filter(|(_, cell)| cell.op_id.contains(super::entry::FILLED)).map(|(path, _)| path).filter(from_profile).cloned().collect()
}

async fn files(tx: &mut Tx, doc: &Doc) -> Result<BTreeMap<String, FileView>> {
    let ids: Vec<String> =
        doc.cells.iter().filter(|(path, _)| path.split('/').count() == 3).filter_map(|(_, c)| c.value.clone()).filter(|id| id.len() == 36).collect();
    let files = crate::server::files::store::find_all(tx, &ids).await?;
    Ok(files.into_iter().map(|f| (f.id.clone(), FileView { id: f.id, name: f.name, size: f.size, sha256: f.sha256 })).collect())
}

/// What the regions of a page offer, and its choices among rows.
fn offered(pages: &[&'static Page], page: &Page, doc: &Doc, lang: Lang) -> Offered {
    page.tables().flat_map(|table| rows_offered(pages, table, doc, lang)).chain(regions(page, doc)).collect()
}

/// What the columns of a table offer that are choices among rows, where there is a choice.
fn rows_offered(pages: &[&'static Page], table: &Table, doc: &Doc, lang: Lang) -> Offered {
    let sources = table.columns.iter().filter(|column| is_choice(column.kind, doc));
    let sources = sources.filter_map(|column| if let Kind::Rows(source) = column.kind { Some(source) } else { None });
    let options = |source: &str| -> Vec<(String, String)> {
        rows(pages, doc, source, super::submit::shown).into_iter().map(|(id, words)| (id, words.get(lang).to_owned())).collect()
    };
    sources.map(|source| (source.to_owned(), vec![options(source)])).collect()
}

/// The options of every region field that stands on the page.
fn regions(page: &Page, doc: &Doc) -> Offered {
    let single = page.fields().filter(|(_, f)| f.kind == Kind::Region).map(|(path, _)| path);
    let in_tables = page.tables().flat_map(|table| {
        let columns: Vec<&str> = table.columns.iter().filter(|c| c.kind == Kind::Region).map(|c| c.key).collect();
        let path = page.path(table.key);
        doc.rows(&path).into_iter().flat_map(move |row| columns.iter().map(|c| format!("{path}/{row}/{c}")).collect::<Vec<_>>())
    });
    let paths: Vec<String> = single.chain(in_tables).collect();
    paths
        .into_iter()
        .map(|path| {
            let levels = crate::base::region::levels(doc.get(&path));
            (path, levels)
        })
        .collect()
}

/// The book as it stands: a draft judged, or the version submitted.
pub async fn review(visit: &Visit, no: &str) -> Result<Review> {
    let mut tx = visit.app.db.read().await?;
    let record = load_own(visit, &mut tx, no).await?;
    let record = in_force(visit, &mut tx, &record).await?.unwrap_or(record);
    let pages = pages(&record);
    let history = timeline(&visit.app, &mut tx, &record.file(), Party::Unit).await?;
    let head = head(visit, &mut tx, &record).await?;
    let catalogue = catalogue::store::version(&visit.app, &mut tx, &record.catalogue_version).await?;
    let limits = catalogue.limits.of_items(catalogue::Kind::of_key(&record.kind).unwrap_or(catalogue::Kind::First), &catalogue.pick(&record.items));
    let reason = record.facts.reason.clone();
    let common = |frozen| Review {
        head,
        frozen: without_secrets(frozen),
        pages: Vec::new(),
        issues: Vec::new(),
        revision: record.revision,
        history,
        sha256: String::new(),
        reason,
        limits,
        notice: None,
        changes: Vec::new(),
    };
    let last = store::find_version(&mut tx, &record.id, None).await?;
    let last = last.map(|version| serde_json::from_str::<Frozen>(&version.body).map(|frozen| (frozen, version.sha256)));
    let last = last.transpose().map_err(|e| AppError::BadRequest(e.to_string()))?;
    let is_open = matches!(record.case.state, State::Draft | State::Correction);
    let last = match last {
        Some((frozen, sha256)) if !is_open => return Ok(Review { sha256, ..common(frozen) }),
        last => last,
    };
    let (doc, facts) = judged(visit, &mut tx, &record).await?;
    let found = judge_book(&pages, &facts, &doc, visit.app.clock.today());
    let marks = marks_of(&pages, &found, &doc);
    let issues = pages.iter().filter_map(|page| found.get(page.key).filter(|i| !i.is_empty()).map(|i| (page.key.to_owned(), i.clone()))).collect();
    let frozen = super::submit::freeze(visit, &mut tx, &record, &doc, 0).await?;
    let notice = (record.case.state == State::Correction).then(|| Notice { number: record.case.corrections, marks: marked(&record, &pages, &doc) });
    let changes = last.map(|(last, _)| changes(&last.doc(), &frozen.doc(), &pages)).unwrap_or_default();
    Ok(Review { pages: marks, issues, notice, changes, ..common(frozen) })
}

/// One submitted version with its hash.
pub async fn version(visit: &Visit, no: &str, version: i64) -> Result<(Frozen, String)> {
    let mut tx = visit.app.db.read().await?;
    let record = load_handed_in(visit, &mut tx, no).await?;
    let found = store::find_version(&mut tx, &record.id, Some(version)).await?.ok_or(AppError::NotFound)?;
    let frozen = serde_json::from_str(&found.body).map_err(|e| AppError::BadRequest(e.to_string()))?;
    Ok((without_secrets(frozen), found.sha256))
}

/// What changed between two submitted versions.
pub async fn compare(visit: &Visit, no: &str, before: i64, after: i64) -> Result<Vec<Change>> {
    let pages = pages(&load_handed_in(visit, &mut visit.app.db.read().await?, no).await?);
    let (before, _) = version(visit, no, before).await?;
    let (after, _) = version(visit, no, after).await?;
    Ok(changes(&before.doc(), &after.doc(), &pages))
}

/// The version handed in last, inside somebody else's change; nothing of it is for a browser.
pub async fn newest(tx: &mut Tx, application_id: &str) -> Result<Option<Frozen>> {
    let found = store::find_version(tx, application_id, None).await?;
    found.map(|version| serde_json::from_str(&version.body).map_err(|e| AppError::BadRequest(e.to_string()))).transpose()
}

/// The paths that differ between the last two versions handed in, of what a correction notice can mark; inside somebody else's change.
pub async fn changed(tx: &mut Tx, application_id: &str, pages: &[&'static Page]) -> Result<Vec<String>> {
    let read = |version: store::Version| serde_json::from_str::<Frozen>(&version.body).map_err(|e| AppError::BadRequest(e.to_string()));
    let Some(after) = store::find_version(tx, application_id, None).await?.filter(|version| version.version > 1) else { return Ok(Vec::new()) };
    let Some(before) = store::find_version(tx, application_id, Some(after.version - 1)).await? else { return Ok(Vec::new()) };
    let changes = changes(&read(before)?.doc(), &read(after)?.doc(), pages);
    let places: Vec<String> = pages.iter().flat_map(|page| places(page)).map(|place| place.path()).collect();
    Ok(changes.into_iter().map(|change| change.path).filter(|path| places.iter().any(|place| is_at(path, place))).collect())
}

/// Ciphertext has no business in a browser; what is shown of a secret is masked already.
fn without_secrets(mut frozen: Frozen) -> Frozen {
    for part in frozen.pages.iter_mut().flat_map(|page| &mut page.parts) {
        match part {
            FrozenPart::Group { values, .. } => values.iter_mut().for_each(|v| v.sealed.clear()),
            FrozenPart::Table { rows, .. } => rows.iter_mut().flatten().for_each(|v| v.sealed.clear()),
            FrozenPart::Files { .. } | FrozenPart::Note(_) => {}
        }
    }
    frozen
}
