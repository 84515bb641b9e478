//! Submitting (提交): judged once more on the server, frozen, numbered for ever; one click is one submission.

use super::super::book::rows::{chosen, rows};
use super::super::book::{CaseFacts, judge_book};
use super::super::frozen::{Frozen, FrozenPage, FrozenPart, FrozenValue, SCHEMA};
use super::super::model::FileView;
use super::super::store::{self, Record, Version};
use super::in_force::{in_force, keep};
use super::practice::ask_employers;
use super::{case_facts, desk, judged, load, masked, pages};
use crate::account::store::hold_unit;
use crate::base::workdays::date_time;
use crate::base::{Say, period, say, t};
use crate::casework::service::perform;
use crate::casework::store::Click;
use crate::catalogue;
use crate::document::kinds::Case;
use crate::document::kinds::acceptance::Receipt;
use crate::document::service::{Parties, issue_letter};
use crate::error::{AppError, Result};
use crate::form::judge::{is_asked, is_choice};
use crate::form::{Doc, Field, Issue, Kind, Page, Part, Severity};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::keys::Keys;
use crate::workflow::{Action, State};

/// What a click on 提交 or 重新提交 says.
#[derive(Clone, Debug, Default)]
pub struct HandIn {
    /// Names the click: sent again, it gets the same answer, and so does a second click after the first one won. It begins with
    /// the application's number and a dash, so that nobody can use up the name of somebody else's click.
    pub client_id: String,
    pub agreed: bool,
    /// The draft's revision that was looked at, so that nothing is handed in that nobody checked; `None` for whatever it is now.
    pub seen: Option<i64>,
    /// Of a correction the paths of the notice's points that are ticked as dealt with; `None` hands a draft in.
    pub corrected: Option<Vec<String>>,
}

/// Submits a draft as it is. Returns the issues that stop it, or none if the application is submitted.
pub async fn submit(visit: &Visit, no: &str, click: &str, agreed: bool) -> Result<Vec<Issue>> {
    hand_in(visit, no, HandIn { client_id: format!("{no}-{click}"), agreed, ..HandIn::default() }).await
}

/// Submits a corrected application once more, as it is; `done` are the paths of the notice's points that are ticked.
pub async fn resubmit(visit: &Visit, no: &str, click: &str, agreed: bool, done: Vec<String>) -> Result<Vec<Issue>> {
    hand_in(visit, no, HandIn { client_id: format!("{no}-{click}"), agreed, corrected: Some(done), ..HandIn::default() }).await
}

/// Hands a draft or a correction in. Returns the issues that stop it, or none if it is handed in.
///
/// # Errors
/// [`AppError::Moved`] if the draft is not as it was looked at.
pub async fn hand_in(visit: &Visit, no: &str, click: HandIn) -> Result<Vec<Issue>> {
    let id = &click.client_id;
    let is_its_own = id.strip_prefix(no).and_then(|rest| rest.strip_prefix('-')).is_some_and(|rest| !rest.is_empty());
    if !is_its_own || id.len() > 80 || !id.chars().all(|c| c.is_ascii_graphic()) {
        return Err(AppError::BadRequest("client id".into()));
    }
    let (seat, no) = (visit.clone(), no.to_owned());
    visit.app.db.write(move |tx| Box::pin(async move { hand_in_once(&seat, tx, &no, click).await })).await
}

async fn hand_in_once(visit: &Visit, tx: &mut Tx, no: &str, click: HandIn) -> Result<Vec<Issue>> {
    let HandIn { client_id, agreed, seen, corrected } = click;
    let client_id = client_id.as_str();
    let mut record = load(visit, tx, no).await?;
    let there = if corrected.is_some() { State::Resubmitted } else { State::Submitted };
    if record.case.state == there || was_handed_in(tx, &record, client_id).await? {
        return Ok(Vec::new());
    }
    // The compare-and-swap comes first: whoever loses it waits here and then sees the other's submission.
    if !crate::casework::store::claim(tx, &record.id, record.case.revision).await? {
        record = load(visit, tx, no).await?;
        if record.case.state == there || was_handed_in(tx, &record, client_id).await? {
            return Ok(Vec::new());
        }
        if !crate::casework::store::claim(tx, &record.id, record.case.revision).await? {
            return Err(AppError::TooOften { seconds: 1 });
        }
    }
    if record.case.person.is_some() {
        // A person's applications are judged by each other (one institution, one application for an item), so one comes after the other.
        hold_unit(tx, &record.unit_id).await?;
    }
    // Now that it is held nobody can change it any more: what is read next is what is handed in.
    let record = load(visit, tx, no).await?;
    let record = in_force(visit, tx, &record).await?.unwrap_or(record);
    let (mut file, actor) = desk(visit, tx, &record).await?;
    let number = record.case.version + 1;
    let now = visit.now();
    let mut action = match corrected {
        Some(done) => Action::Resubmit { version: number, sha256: String::new(), done },
        None => Action::Submit { version: number, sha256: String::new() },
    };
    file.admit(&actor, action.kind(), now)?;
    if seen.is_some_and(|seen| seen != record.revision) {
        return Err(AppError::Moved(say(
            "核对之后申请书又有改动（在另一个窗口，或者由同事修改），没有提交。下面是现在的内容，请重新核对后再提交。",
            "The book was changed after you checked it (in another window or by a colleague), so nothing was submitted. Below is how it stands now; please \
             check it again.",
        )));
    }
    let (doc, facts) = judged(visit, tx, &record).await?;
    let found = judge_book(&pages(&record), &facts, &doc, visit.app.clock.today());
    let mut errors: Vec<Issue> = found.into_values().flatten().filter(|issue| issue.severity == Severity::Error).collect();
    if !agreed {
        errors.push(Issue::error("agree", t("请确认所填内容真实、完整", "Please confirm that what you state is true and complete")));
    }
    if !errors.is_empty() {
        return Ok(errors);
    }
    if record.case.state == State::Draft {
        keep(visit, tx, &record, &facts).await?;
    }
    ask_employers(tx, &record, &doc, &mut file).await?;
    let frozen = freeze(visit, tx, &record, &doc, number).await?;
    let hash = ids::digest(&frozen.hashed_text());
    let version = Version { version: number, sha256: hash.clone(), body: serde_json::to_string(&frozen).unwrap_or_default(), submitted_at: now };
    let caller = visit.caller()?;
    store::insert_version(tx, &record.id, client_id, &version, &caller.account_id).await?;
    let receipt = issue_receipt(visit, tx, &record, &frozen, &version).await?;
    if let Action::Submit { sha256, .. } | Action::Resubmit { sha256, .. } = &mut action {
        *sha256 = hash;
    }
    perform(visit, tx, &mut file, &actor, &action, &Click { id: client_id, documents: &[receipt] }).await?;
    Ok(Vec::new())
}

/// Issues 申请材料接收凭证 for a version; its id.
async fn issue_receipt(visit: &Visit, tx: &mut Tx, record: &Record, frozen: &Frozen, version: &Version) -> Result<String> {
    // A place is named with its page: each page has one for files of its own.
    let parts = frozen.pages.iter().flat_map(|page| page.parts.iter().map(move |part| (&page.title.zh, part)));
    let places = parts.filter_map(|(page, part)| match part {
        FrozenPart::Files { title, files, .. } => Some((format!("{page} · {}", title.zh), files)),
        _ => None,
    });
    let receipt = Receipt {
        case: Case { application: record.no.clone(), matter: format!("{}（{}）", frozen.category.zh, frozen.kind.zh), acceptance: String::new() },
        items: record.item_labels.replace(',', "、"),
        received: date_time(version.submitted_at),
        fingerprint: version.sha256.clone(),
        files: places.flat_map(|(place, files)| files.iter().map(move |file| (place.clone(), file.name.clone()))).collect(),
    };
    let parties = Parties {
        case_no: record.no.clone(),
        unit_id: record.unit_id.clone(),
        unit_name: frozen.unit_name.clone(),
        unit_code: if record.case.person.is_some() { String::new() } else { frozen.unit_code.clone() },
        is_person: record.case.person.is_some(),
        agency_id: None,
        authority_code: record.authority_code.clone(),
        issuer: crate::casework::dossier::responsible(tx, &record.authority_code).await?.name,
    };
    issue_letter(tx, &visit.app, &parties, &receipt).await.map(|issued| issued.id)
}

/// Whether this very click handed it in before.
async fn was_handed_in(tx: &mut Tx, record: &Record, client_id: &str) -> Result<bool> {
    Ok(store::find_submission(tx, client_id).await?.is_some_and(|id| id == record.id))
}

/// The book as it reads now.
pub(super) async fn freeze(visit: &Visit, tx: &mut Tx, record: &Record, doc: &Doc, version: i64) -> Result<Frozen> {
    let facts = case_facts(visit, tx, record).await?;
    let ids: Vec<String> = doc.cells.values().filter_map(|c| c.value.clone()).filter(|v| v.len() == 36 && v.matches('-').count() == 4).collect();
    let files = crate::server::files::store::find_all(tx, &ids).await?;
    let files: Vec<FileView> = files.into_iter().map(|f| FileView { id: f.id, name: f.name, size: f.size, sha256: f.sha256 }).collect();
    let pages = pages(record);
    let book = Book { keys: Some(&visit.app.keys), pages: &pages, doc, files: &files };
    Ok(Frozen {
        schema: SCHEMA,
        no: record.no.clone(),
        version,
        unit_name: facts.org_name.clone(),
        unit_code: facts.uscc.clone(),
        category: catalogue::category_name(&record.category),
        kind: catalogue::kind_name(&record.kind),
        authority: record.authority_name.clone(),
        catalogue_version: record.catalogue_version.clone(),
        pages: pages.iter().map(|page| book.page(page)).collect(),
    })
}

/// A book of made-up answers as it reads (样表). Nobody's secrets are in it, so none is kept; they are shown masked all the same.
pub fn freeze_sample(facts: &CaseFacts, doc: &Doc, files: &[FileView]) -> Frozen {
    let pages = super::super::book::pages(&facts.category, &facts.kind);
    let book = Book { keys: None, pages: &pages, doc, files };
    Frozen {
        schema: SCHEMA,
        no: String::new(),
        version: 0,
        unit_name: facts.org_name.clone(),
        unit_code: facts.uscc.clone(),
        category: catalogue::category_name(&facts.category),
        kind: catalogue::kind_name(&facts.kind),
        authority: facts.authority.clone(),
        catalogue_version: String::new(),
        pages: pages.iter().map(|page| book.page(page)).collect(),
    }
}

struct Book<'a> {
    /// Seals secrets; without it none is kept.
    keys: Option<&'a Keys>,
    pages: &'a [&'static Page],
    doc: &'a Doc,
    files: &'a [FileView],
}

impl Book<'_> {
    fn page(&self, page: &'static Page) -> FrozenPage {
        let parts = page.parts.iter().flat_map(|part| self.part(page, part)).collect();
        FrozenPage { key: page.key.into(), title: page.title.into(), parts }
    }

    fn part(&self, page: &'static Page, part: &'static Part) -> Vec<FrozenPart> {
        match part {
            Part::Group(group) => {
                let asked = |field: &&Field| is_asked(field, page.key, self.doc);
                vec![FrozenPart::Group {
                    title: group.title.into(),
                    values: group.fields.iter().filter(asked).map(|field| self.value(field, page.path(field.key))).collect(),
                }]
            }
            Part::Table(table) => {
                let path = page.path(table.key);
                let columns: Vec<&Field> = table.columns.iter().filter(|column| is_choice(column.kind, self.doc)).collect();
                let row = |id: String| columns.iter().map(|column| self.value(column, format!("{path}/{id}/{}", column.key))).collect();
                let rows = self.doc.rows(&path).into_iter().map(row).collect();
                vec![FrozenPart::Table { title: table.label.into(), columns: columns.iter().map(|c| c.label.into()).collect(), rows, path }]
            }
            Part::Files(slots) => slots
                .iter()
                .map(|slot| {
                    let path = page.path(slot.key);
                    let file = |n: String| self.files.iter().find(|f| f.id == self.doc.get(&format!("{path}/{n}"))).cloned();
                    FrozenPart::Files { title: slot.label.into(), files: self.doc.rows(&path).into_iter().filter_map(file).collect(), path }
                })
                .collect(),
            Part::Note(text) => vec![FrozenPart::Note((*text).into())],
        }
    }

    fn value(&self, field: &Field, path: String) -> FrozenValue {
        let value = self.doc.get(&path);
        let plain = |shown: Say| FrozenValue {
            path: path.clone(),
            label: field.label.into(),
            shown,
            sealed: String::new(),
            digest: String::new(),
            chosen: String::new(),
        };
        if field.secret && !value.is_empty() {
            let (sealed, digest) = self.keys.map(|keys| (keys.seal(value), keys.digest("version", value))).unwrap_or_default();
            return FrozenValue { sealed, digest, ..plain(same(masked(field, value))) };
        }
        if let Kind::Rows(table) = field.kind {
            return FrozenValue { chosen: value.to_owned(), ..plain(chosen(&rows(self.pages, self.doc, table, shown), value)) };
        }
        plain(shown(field, value))
    }
}

fn same(text: String) -> Say {
    say(text.clone(), text)
}

/// A value in words: choices by their label, units behind, regions by name.
pub fn shown(field: &Field, value: &str) -> Say {
    if value.is_empty() {
        return say("", "");
    }
    let unit =
        |unit: crate::base::Text| if unit.is_none() { same(value.to_owned()) } else { say(format!("{value} {}", unit.zh), format!("{value} {}", unit.en)) };
    match field.kind {
        Kind::Select(choices) | Kind::Radio(choices) => choices.iter().find(|c| c.key == value).map_or_else(|| same(value.to_owned()), |c| c.label.into()),
        Kind::Checks(choices) => {
            let chosen: Vec<_> = choices.iter().filter(|c| value.split(',').any(|v| v == c.key)).collect();
            let join = |f: fn(&crate::form::Choice) -> &str, sep: &str| chosen.iter().map(|c| f(c)).collect::<Vec<_>>().join(sep);
            say(join(|c| c.label.zh, "、"), join(|c| c.label.en, ", "))
        }
        Kind::Period => period::days(value).map_or_else(|| same(value.to_owned()), |(from, to)| period::said(from, to)),
        Kind::Tick => say("已确认", "Confirmed"),
        Kind::Int(u) | Kind::Decimal(_, u) => unit(u),
        Kind::Region => same(crate::base::region::full_name(value)),
        _ => same(value.to_owned()),
    }
}
