//! The use cases of certificates a unit holds: list, register, change, remove, scan; and what applications ask about them.
//! Whoever checks a registered certificate is the authority's side.

use super::model::{AUTHORITY, Beside, CertificateForm, CertificateView, Certificates, ITEMS, OTHER, Standing, State, Tick, slot};
use super::store::{self, Certificate};
use super::terms::PersonPart;
use crate::account::filled::Filled;
use crate::account::model::Role;
use crate::base::{Say, say, text};
use crate::catalogue::store::Dated;
use crate::catalogue::{self, Catalogue, Item, PERSONNEL, PersonnelCode, PersonnelCodes, category};
use crate::error::{AppError, Result};
use crate::form::{Issue, Severity, Values};
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::files::store::File;
use crate::server::plain::{self, Answer};
use crate::server::{files, ids};
use crate::ui::field::field_id;
use crate::ui::form::FormState;
use jiff::civil::Date;

/// What a plain form of the list ran into is kept under this name.
pub const LIST: &str = "certificates";
/// Where the list is.
const PAGE: &str = "/apply/certificates";
/// Certificates one unit may register; nobody holds nearly as many.
const MAX: usize = 200;
/// Items of one certificate, and the longest text of other items.
const MAX_ITEMS: usize = 200;
const MAX_OTHER: usize = 1000;

/// The caller's unit, if the caller may change things.
fn writer(visit: &Visit) -> Result<String> {
    let (caller, unit) = visit.unit()?;
    if caller.may_write() { Ok(unit.to_owned()) } else { Err(AppError::Forbidden) }
}

/// The certificates of the caller's unit, the newest first.
pub async fn list(visit: &Visit) -> Result<Certificates> {
    let (_, unit) = visit.unit()?;
    let mut tx = visit.app.db.read().await?;
    let held = store::of_unit(&mut tx, unit).await?;
    let scans: Vec<String> = held.iter().filter_map(|c| c.file_id.clone()).collect();
    let scans = files::store::find_all(&mut tx, &scans).await?;
    let catalogue = catalogue::store::current(&visit.app, &mut tx).await?;
    let authorities = catalogue::store::dated_authorities(&mut tx).await?;
    drop(tx);
    let today = visit.app.clock.today();
    let view = |c: Certificate| certificate_view(c, &catalogue, &authorities, &scans, today);
    Ok(Certificates { rows: held.into_iter().map(view).collect(), told: told(visit).await? })
}

/// A certificate as screens show it on a day.
pub(super) fn certificate_view(c: Certificate, catalogue: &Catalogue, authorities: &[Dated], scans: &[File], today: Date) -> CertificateView {
    CertificateView {
        category: catalogue::category_name(&c.category),
        is_person: c.category == PERSONNEL,
        items: labels(&c, catalogue, authorities),
        authority: Dated::on(authorities, &c.authority_code, &c.issued_on).map_or_else(|| c.authority_code.clone(), |a| a.name.clone()),
        standing: Standing::of(c.state, &c.valid_to, today),
        open: c.state.is_open(),
        reason: c.state_reason,
        scan: c.file_id.as_ref().and_then(|id| scans.iter().find(|file| file.id == *id)).map(|file| (file.id.clone(), file.name.clone())),
        document: c.document_id,
        id: c.id,
        number: c.number,
        first_on: c.person.as_ref().and_then(PersonPart::first_on).map_or(c.first_on, |day| day.to_string()),
        issued_on: c.issued_on,
        valid_to: c.valid_to,
    }
}

/// The items of a certificate in words; of a person's with the last month of each.
fn labels(c: &Certificate, known: &Catalogue, authorities: &[Dated]) -> Vec<Say> {
    if c.category == PERSONNEL {
        return super::person::labels(c, authorities);
    }
    let label = |id: &String| known.find(id).map_or_else(|| id.clone(), Item::label);
    c.items.iter().map(label).map(|label| say(label.clone(), label)).collect()
}

/// What a form posted without script ran into: of the list, or of a scan.
async fn told(visit: &Visit) -> Result<Option<(String, Say)>> {
    let list = plain::recall(visit, LIST).await?.told.map(|told| (String::new(), told));
    if list.is_some() {
        return Ok(list);
    }
    let scan = plain::recall(visit, "files").await?;
    let at = scan.values.get("at").filter(|at| at.starts_with("certificate/")).cloned();
    Ok(at.zip(scan.told))
}

/// The form for a new certificate of a category, or for changing one.
pub async fn form(visit: &Visit, key: &str, id: &str) -> Result<CertificateForm> {
    let unit = writer(visit)?;
    let mut tx = visit.app.db.read().await?;
    let old = if id.is_empty() { None } else { Some(open(&mut tx, &unit, id).await?) };
    let key = old.as_ref().map_or(key, |c| c.category.as_str());
    let catalogue = catalogue::store::current(&visit.app, &mut tx).await?;
    let Some(known) = known(visit, &catalogue, key)? else { return Ok(CertificateForm::default()) };
    let authorities = catalogue::store::authorities(&mut tx).await?;
    drop(tx);
    let mut items: Vec<(String, Vec<Tick>)> = Vec::new();
    for (group, tick) in &known {
        match items.iter_mut().find(|(name, _)| name == group) {
            Some((_, ticks)) => ticks.push(tick.clone()),
            None => items.push((group.clone(), vec![tick.clone()])),
        }
    }
    let mut state = plain::recall(visit, "certificate").await?;
    if state == FormState::default() {
        state.values = old.as_ref().map(|c| values(c, &known)).unwrap_or_default();
    }
    state.values.insert("certificate/category".into(), key.into());
    Ok(CertificateForm { id: id.to_owned(), category: key.into(), items, authorities: authorities.into_iter().map(|a| (a.code, a.name)).collect(), state })
}

/// What certificates of a category name, each with the group it stands in; `None` for a category the caller has none of: units hold
/// no person's certificate, and persons no other.
fn known(visit: &Visit, catalogue: &Catalogue, key: &str) -> Result<Option<Vec<(String, Tick)>>> {
    if (visit.caller()?.role == Role::Person) != (key == PERSONNEL) {
        return Ok(None);
    }
    let code = |code: &PersonnelCode| (code.level.clone(), (code.code.clone(), format!("{} {}", code.code, code.name), String::new()));
    let item = |item: &Item| (item.item.clone(), (item.id.clone(), item.label(), item.parameters.clone()));
    if key == PERSONNEL {
        return Ok(Some(PersonnelCodes::builtin().codes.iter().filter(|code| code.decider().is_some()).map(code).collect()));
    }
    Ok(category(key).map(|category| category.items(catalogue).into_iter().map(item).collect()))
}

/// A certificate as the form shows it.
fn values(c: &Certificate, known: &[(String, Tick)]) -> Values {
    let (items, other): (Vec<String>, Vec<String>) = c.items.iter().cloned().partition(|id| known.iter().any(|(_, tick)| tick.0 == *id));
    let beside = Beside { id: c.id.clone(), category: c.category.clone(), authority: c.authority_code.clone(), items, other: other.join("\n") };
    let mut values = beside.values();
    values.extend(
        [("number", &c.number), ("first_on", &c.first_on), ("issued_on", &c.issued_on), ("valid_to", &c.valid_to)]
            .map(|(key, value)| (format!("certificate/{key}"), value.clone())),
    );
    values
}

/// The unit's certificate, if no officer has confirmed it yet; another unit's does not exist.
async fn open(tx: &mut Tx, unit: &str, id: &str) -> Result<Certificate> {
    let found = store::find(tx, id).await?.filter(|c| c.unit_id == unit).ok_or(AppError::NotFound)?;
    if found.state.is_open() {
        return Ok(found);
    }
    Err(checked(&found.number))
}

/// Told to whoever would change what an officer has confirmed.
fn checked(number: &str) -> AppError {
    AppError::Moved(say(
        format!("许可证 {number} 已经核验，不能再修改或者删除；没有改动任何内容。要变更请联系发证机关。"),
        format!("Certificate {number} has been checked and can no longer be changed or removed; nothing was changed. Please ask its authority."),
    ))
}

/// Registers a certificate, or changes one that waits to be checked.
pub async fn save(visit: &Visit, filled: Filled, beside: Beside) -> Result<Answer> {
    let unit = writer(visit)?;
    let seat = visit.clone();
    visit.app.db.write(move |tx| Box::pin(async move { save_in(&seat, tx, unit, &filled, &beside).await })).await
}

async fn save_in(visit: &Visit, tx: &mut Tx, unit: String, filled: &Filled, beside: &Beside) -> Result<Answer> {
    let old = if beside.id.is_empty() { None } else { Some(open(tx, &unit, &beside.id).await?) };
    let key = old.as_ref().map_or(beside.category.as_str(), |c| c.category.as_str());
    let catalogue = catalogue::store::current(&visit.app, tx).await?;
    let known = known(visit, &catalogue, key)?.ok_or_else(|| AppError::BadRequest("category".into()))?;
    let items = chosen(beside, &known);
    let mut issues = filled.issues(visit);
    if items.is_empty() {
        issues.push(Issue::error(
            ITEMS,
            say(
                "请勾选证书上的许可项目，目录里没有的写在“其他项目”里",
                "Please tick the items on the certificate; write those that are not listed under “Other items”",
            ),
        ));
    }
    if items.len() > MAX_ITEMS || beside.other.chars().count() > MAX_OTHER {
        issues.push(Issue::error(OTHER, say(format!("最多 {MAX_OTHER} 个字"), format!("At most {MAX_OTHER} characters"))));
    }
    if catalogue::store::find_authority(tx, &beside.authority).await?.is_none() {
        issues.push(Issue::error(AUTHORITY, say("请选择发证机关", "Please choose the authority that issued it")));
    }
    let number = text::code(&filled.get("number"));
    let same = store::find_number(tx, &unit, &number).await?.filter(|other| Some(&other.id) != old.as_ref().map(|c| &c.id));
    if same.is_some() {
        issues.push(taken(&number));
    }
    if issues.iter().any(|issue| issue.severity == Severity::Error) {
        return Ok(Answer::Wrong(issues));
    }
    if old.is_none() && store::of_unit(tx, &unit).await?.len() >= MAX {
        return Ok(Answer::Told(say(format!("一个单位最多登记 {MAX} 本许可证。"), format!("A unit may register at most {MAX} certificates."))));
    }
    let now = visit.now();
    let certificate = Certificate {
        id: old.as_ref().map_or_else(|| ids::new(now), |c| c.id.clone()),
        unit_id: unit,
        number: number.clone(),
        category: key.to_owned(),
        items,
        authority_code: beside.authority.clone(),
        issued_on: filled.get("issued_on"),
        valid_to: filled.get("valid_to"),
        first_on: filled.get("first_on"),
        state: State::Pending,
        file_id: None,
        document_id: None,
        state_reason: String::new(),
        created_at: now,
        person: None,
    };
    let stored = if old.is_some() { store::change(tx, &certificate).await? } else { store::insert(tx, &certificate).await? };
    if !stored {
        // Somebody registered the same number, or an officer checked it, in this very moment.
        return Ok(Answer::Wrong(vec![taken(&number)]));
    }
    visit.audit(tx, if old.is_some() { "certificate-change" } else { "certificate-register" }, &number, "").await?;
    let id = &certificate.id;
    Ok(Answer::Go(format!("{PAGE}?saved={id}#{}", field_id(&slot(id)))))
}

fn taken(number: &str) -> Issue {
    let message = say(
        format!("许可证 {number} 已经登记过，不用再登记；要改请在列表里修改"),
        format!("Certificate {number} is registered already; there is no need to register it again. To correct it, change it in the list"),
    );
    Issue::error("certificate/number", message)
}

/// Ids of the items ticked; names that the category knows become ids, others stay as they are on the paper.
fn chosen(beside: &Beside, known: &[(String, Tick)]) -> Vec<String> {
    let mut items: Vec<String> = known.iter().filter(|(_, tick)| beside.items.contains(&tick.0)).map(|(_, tick)| tick.0.clone()).collect();
    for name in beside.other_names() {
        let is_named = |(id, label, _): &Tick| text::same_name(label, name) || text::same_name(id, name);
        let id = known.iter().find(|(_, tick)| is_named(tick)).map_or_else(|| name.to_owned(), |(_, tick)| tick.0.clone());
        if !items.contains(&id) {
            items.push(id);
        }
    }
    items
}

/// Removes a certificate that waits to be checked.
pub async fn remove(visit: &Visit, id: &str) -> Result<Answer> {
    let unit = writer(visit)?;
    let (seat, id) = (visit.clone(), id.to_owned());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let found = open(tx, &unit, &id).await?;
            store::remove(tx, &found.id).await?;
            seat.audit(tx, "certificate-remove", &found.number, "").await
        })
    });
    change.await?;
    Ok(Answer::Go(format!("{PAGE}?removed=1")))
}

/// Sets the scan of a certificate, a complete upload of the caller's unit meant for `certificate/{id}`.
pub async fn attach_scan(visit: &Visit, place: &str, file_id: &str) -> Result<()> {
    let unit = writer(visit)?;
    let id = place.strip_prefix("certificate/").ok_or_else(|| AppError::BadRequest("slot".into()))?;
    let (seat, id, file_id) = (visit.clone(), id.to_owned(), file_id.to_owned());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let found = open(tx, &unit, &id).await?;
            if !store::set_scan(tx, &found.id, &file_id).await? {
                return Err(checked(&found.number));
            }
            seat.audit(tx, "certificate-scan", &found.number, &file_id).await
        })
    });
    change.await
}

/// Item ids of the valid certificates a unit holds (已取得的许可项目).
pub async fn held_items(app: &App, tx: &mut Tx, unit: &str) -> Result<Vec<String>> {
    let today = app.clock.today();
    let valid =
        store::of_unit(tx, unit).await?.into_iter().filter(|c| c.state == State::Valid && Standing::of(c.state, &c.valid_to, today) != Standing::Expired);
    Ok(valid.flat_map(|c| c.items).collect())
}

/// Warnings for a unit that applies for 首次 in a category it already holds a certificate of (guard of spec 2.8).
pub async fn warnings(app: &App, tx: &mut Tx, unit: &str, category: &str) -> Result<Vec<Say>> {
    let today = app.clock.today();
    let held = store::of_unit(tx, unit).await?.into_iter();
    let held = held.filter(|c| {
        c.category == category && matches!(c.state, State::Valid | State::Pending) && Standing::of(c.state, &c.valid_to, today) != Standing::Expired
    });
    let warning = |c: Certificate| {
        let (number, until, state) = (&c.number, &c.valid_to, c.state.label());
        say(
            format!(
                "本单位已有同一类别的许可证 {number}（{}，有效期至 {until}）。要增加项目一般应申请“增项”，不必重新申请首次取证；增项暂时不能在网上填写，请先问审批机关。",
                state.zh
            ),
            format!(
                "Your unit already holds certificate {number} of this category ({}, valid to {until}). To add items, an addition (增项) is usually the right kind rather than a first application; it cannot be filled in here yet, so please ask the authority first.",
                state.en.to_lowercase()
            ),
        )
    };
    Ok(held.map(warning).collect())
}
