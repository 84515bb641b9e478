//! Issuing documents inside the change of the case they belong to, and serving them to those they concern.

use super::kinds::{Head, Paper, compose};
use super::library;
use super::model::{Content, Kind};
use super::number::{CertificateNumber, letter_number, letter_series};
use super::pdf;
use super::sign;
use super::store::{self, Record};
use super::view::{Checked, DocumentLine, DocumentView, PaperCode};
use crate::account::model::{Caller, Role};
use crate::error::{AppError, OrBroken, Result};
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::{counter, ids};
use crate::workflow::{Party, Role as Duty};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// PDFs set at once; they take a processor each.
static PRESSES: Semaphore = Semaphore::const_new(2);
/// How often the note of a first look is tried while others act on the case.
const RECEIPT_TRIES: usize = 3;

/// Whom a document concerns.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    /// 申请号
    pub case_no: String,
    pub unit_id: String,
    pub unit_name: String,
    pub unit_code: String,
    /// The applicant is a person and not a unit.
    pub is_person: bool,
    /// The review agency's unit, for papers of a review.
    pub agency_id: Option<String>,
    pub authority_code: String,
    /// The authority, or the agency or unit whose paper it is.
    pub issuer: String,
}

/// What was issued.
#[derive(Clone, Debug)]
pub struct Issued {
    pub id: String,
    pub number: String,
}

/// Issues a letter with the next number of its kind. Part of the caller's change: it exists if that does.
pub async fn issue_letter(tx: &mut Tx, app: &App, parties: &Parties, paper: &(impl Paper + ?Sized + Sync)) -> Result<Issued> {
    let (kind, year) = (paper.kind(), app.clock.today().year());
    let nth = counter::next(tx, &letter_series(kind, &parties.authority_code, year)).await?;
    issue(tx, app, parties, letter_number(kind, &parties.authority_code, year, nth), paper).await
}

/// The next certificate number (证书编号, spec 6.5), for a certificate that expires in this year.
pub async fn next_certificate_number(tx: &mut Tx, series: &CertificateNumber, expires: i16) -> Result<String> {
    let nth = counter::next(tx, &series.series()).await?;
    series.number(nth, expires).ok_or_else(|| {
        let said = crate::base::say(
            "该类许可证编号已经用完，请联系系统管理员。",
            "The numbers of this kind of certificate are used up; please tell the administrator.",
        );
        AppError::Refused(said)
    })
}

/// How a document would read if it were issued now (预览). Nothing is kept, and no number is taken.
pub async fn draft(tx: &mut Tx, app: &App, parties: &Parties, paper: &(impl Paper + ?Sized + Sync)) -> Result<Content> {
    composed(tx, app, parties, "（文号在发出时编定）".to_owned(), paper).await
}

/// A document made of its input and the template in force.
async fn composed(tx: &mut Tx, app: &App, parties: &Parties, number: String, paper: &(impl Paper + ?Sized + Sync)) -> Result<Content> {
    let head = Head {
        number,
        issuer: parties.issuer.clone(),
        date: app.clock.today().to_string(),
        holder: parties.unit_name.clone(),
        code: parties.unit_code.clone(),
        is_person: parties.is_person,
        demo: app.config.demo,
    };
    let template = library::template(tx, &parties.authority_code, paper.kind()).await?;
    Ok(compose(&head, paper, &template))
}

/// Issues a document under a number: a certificate's, or that of a letter that is issued anew.
pub async fn issue(tx: &mut Tx, app: &App, parties: &Parties, number: String, paper: &(impl Paper + ?Sized + Sync)) -> Result<Issued> {
    let now = app.clock.now();
    let content = composed(tx, app, parties, number.clone(), paper).await?;
    let text = content.canonical();
    let record = Record {
        id: ids::new(now),
        case_no: parties.case_no.clone(),
        unit_id: parties.unit_id.clone(),
        agency_id: parties.agency_id.clone(),
        authority_code: parties.authority_code.clone(),
        kind: content.kind,
        number: number.clone(),
        issued_at: now,
        sha256: ids::digest(&text),
        content: text,
        statement: app.signer.sign(&content.claim()),
        pdf: None,
        opened_at: None,
    };
    store::insert(tx, &record).await?;
    Ok(Issued { id: record.id, number })
}

/// The number of a case's newest document of a kind; of those that concern one agency, where it is named.
pub async fn newest_number(tx: &mut Tx, case_no: &str, kind: Kind, agency: Option<&str>) -> Result<Option<String>> {
    store::newest_number(tx, case_no, kind, agency.unwrap_or_default()).await
}

/// Who may read a document: the applicant's unit, the deciding authority, and of those that stand on a `side` of its case the authority
/// above, the examination body its own papers, and the review agency, too, with the acceptance, whichever agency that named. So one that
/// was replaced reads nothing more. Existence is a secret to everybody else.
fn may_read(caller: &Caller, record: &Record, side: Option<Party>) -> bool {
    if caller.role == Role::Staff {
        // Only who works on cases: an administrator of the authority does not.
        let works = caller.duties.iter().filter_map(|duty| Duty::of_word(duty)).any(|duty| duty.party() == Party::Authority);
        return side.is_some() || (works && caller.authority_code.as_ref() == Some(&record.authority_code));
    }
    let Some(unit) = &caller.unit_id else { return false };
    let is_named = matches!(side, Some(Party::Agency | Party::ExamBody)) && record.agency_id.as_ref() == Some(unit);
    let is_accepted_for = side == Some(Party::Agency) && record.kind == Kind::Acceptance;
    let as_agency = (is_named || is_accepted_for) && record.kind.is_read_by_agency();
    as_agency || (*unit == record.unit_id && record.kind.is_read_by_applicant())
}

/// The side of a case on which the caller stands now, if any.
async fn side(visit: &Visit, tx: &mut Tx, case_no: &str) -> Result<Option<Party>> {
    match crate::casework::service::load(visit, tx, case_no).await {
        Ok((_, actor)) => Ok(Some(actor.side())),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A document the caller may read; the applicant's first look is its receipt (送达).
async fn opened(visit: &Visit, id: &str) -> Result<Record> {
    let caller = visit.caller()?;
    let mut tx = visit.app.db.read().await?;
    let record = store::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    if !may_read(caller, &record, None) && !may_read(caller, &record, side(visit, &mut tx, &record.case_no).await?) {
        return Err(AppError::NotFound);
    }
    drop(tx);
    if record.opened_at.is_some() || caller.unit_id.as_ref() != Some(&record.unit_id) {
        return Ok(record);
    }
    for _ in 0..RECEIPT_TRIES {
        match note_opened(visit, caller, &record).await {
            // Somebody acted on the case in this moment.
            Err(AppError::Moved(_)) => {}
            noted => {
                noted?;
                return store::find(&mut visit.app.db.read().await?, id).await?.ok_or(AppError::NotFound);
            }
        }
    }
    Err(AppError::TooOften { seconds: 1 })
}

/// The first look with its event in the case's record (签收), both or neither.
async fn note_opened(visit: &Visit, caller: &Caller, record: &Record) -> Result<()> {
    let (seat, id, no, who) = (visit.clone(), record.id.clone(), record.case_no.clone(), caller.account_id.clone());
    let note = async move |tx: &mut Tx| {
        if store::mark_opened(tx, &id, &who, seat.now()).await? {
            seat.audit(tx, "open-document", &id, "").await?;
            crate::casework::service::acknowledge(&seat, tx, &no, &id).await?;
        }
        Ok(())
    };
    visit.app.db.write(move |tx| Box::pin(async move { note(tx).await })).await
}

/// A document as a page.
pub async fn open(visit: &Visit, id: &str) -> Result<DocumentView> {
    let record = opened(visit, id).await?;
    Ok(DocumentView { id: record.id.clone(), content: content(&record)?, statement: record.statement.clone(), opened_at: record.opened_at })
}

fn content(record: &Record) -> Result<Content> {
    serde_json::from_str(&record.content).broken()
}

/// The documents of a case that the caller may read.
pub async fn of_case(visit: &Visit, case_no: &str) -> Result<Vec<DocumentLine>> {
    let caller = visit.caller()?;
    let mut tx = visit.app.db.read().await?;
    let records = store::of_case(&mut tx, case_no).await?;
    // Whoever reads of a case of their own stands on no other side of it.
    let is_own = records.iter().all(|r| caller.unit_id.as_ref() == Some(&r.unit_id));
    let side = if is_own { None } else { side(visit, &mut tx, case_no).await? };
    Ok(records.iter().filter(|r| may_read(caller, r, side)).map(line).collect())
}

/// The code of the receipt (申请材料接收凭证) that confirms a version, known by its fingerprint, for its print-out. The receipt itself is
/// not opened by that.
///
/// # Errors
/// [`AppError::NotFound`] if there is no receipt that the caller may read.
pub async fn receipt_code(visit: &Visit, case_no: &str, fingerprint: &str) -> Result<PaperCode> {
    let caller = visit.caller()?;
    let records = store::of_case(&mut visit.app.db.read().await?, case_no).await?;
    let confirms = |record: &store::Record| record.kind == Kind::Receipt && fingerprint.len() == 64 && record.content.contains(fingerprint);
    let receipt = records.into_iter().find(confirms).filter(|record| may_read(caller, record, None)).ok_or(AppError::NotFound)?;
    let svg = pdf::qr(&receipt.statement).map_err(std::io::Error::other).broken()?;
    Ok(PaperCode { number: receipt.number, statement: receipt.statement, svg })
}

fn line(r: &Record) -> DocumentLine {
    DocumentLine { id: r.id.clone(), kind: r.kind, number: r.number.clone(), issued_at: r.issued_at, opened_at: r.opened_at }
}

/// What the authority has given in several cases, as far as the caller may read it: acceptance, decision, certificates.
pub async fn given(visit: &Visit, tx: &mut Tx, case_nos: &[&str]) -> Result<BTreeMap<String, Vec<DocumentLine>>> {
    let caller = visit.caller()?;
    let mut given: BTreeMap<String, Vec<DocumentLine>> = BTreeMap::new();
    if !case_nos.is_empty() {
        let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| kind.is_decision() || kind.is_certificate() || *kind == Kind::Acceptance).collect();
        for record in store::of_cases(tx, case_nos, &kinds).await?.iter().filter(|record| may_read(caller, record, None)) {
            given.entry(record.case_no.clone()).or_default().push(line(record));
        }
    }
    Ok(given)
}

/// The file of a document: name, hash and size of its PDF. Read receipt as for the page.
pub async fn pdf(visit: &Visit, id: &str) -> Result<(String, String, i64)> {
    let record = opened(visit, id).await?;
    let (sha256, size) = set(&visit.app, &record).await?;
    let title = content(&record)?.title;
    Ok((format!("{title} {}.pdf", record.number), sha256, size))
}

/// The PDF of a document: set once, kept by its hash, the same for ever.
pub(super) async fn set(app: &Arc<App>, record: &Record) -> Result<(String, i64)> {
    if let Some(pdf) = &record.pdf {
        return Ok(pdf.clone());
    }
    let _permit = PRESSES.acquire().await.broken()?;
    let (press, content, statement) = (app.clone(), content(record)?, record.statement.clone());
    let pdf = tokio::task::spawn_blocking(move || press.press.pdf(&content, &statement)).await.broken()?;
    let pdf = pdf.map_err(std::io::Error::other).broken()?;
    let size = i64::try_from(pdf.len()).unwrap_or(0);
    let sha256 = app.files.put(pdf).await?;
    let id = record.id.clone();
    app.db.write(move |tx| Box::pin(async move { store::set_pdf(tx, &id, &sha256, size).await })).await?;
    // Another node may have been first; what it noted counts.
    let noted = store::find(&mut app.db.read().await?, &record.id).await?.and_then(|record| record.pdf);
    noted.ok_or(AppError::NotFound)
}

/// What a printed statement is worth, by its path here: checked here for those without script, and given to the browser
/// with the keys to check for itself.
pub async fn check(app: &App, path: &str) -> Result<Checked> {
    let mut checked = Checked { keys: app.signer.public_keys(), claim: None, doubt: None, is_expired: false, registered: None };
    let statement = format!("{}{path}", app.signer.origin());
    let read = match sign::verify(&statement, app.signer.origin(), &checked.keys) {
        Ok(read) => read,
        Err(why) => return Ok(Checked { doubt: Some(why), ..checked }),
    };
    let mut tx = app.db.read().await?;
    if let Some(record) = store::find_stated(&mut tx, &read.number, &statement).await? {
        checked.registered = crate::licence::register::registered(app, &mut tx, &record.id).await?;
        let claim = content(&record)?.claim();
        checked.is_expired = claim.valid_to.parse().is_ok_and(|last: jiff::civil::Date| last < app.clock.today());
        checked.claim = Some(claim);
    }
    checked.doubt = checked.again(&statement, app.signer.origin()).err();
    Ok(checked)
}
