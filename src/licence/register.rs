//! The register of certificates (登记簿): what is issued enters it, and what becomes of it is set here by its authority, with
//! the reason (spec 5.6). Whoever looks a certificate up is told what stands here at that moment.

use super::model::{Held, Register, Registered, State};
use super::service::certificate_view;
use super::store::{self, Certificate};
use super::terms::PersonPart;
use crate::account::model::{REGISTER_KEEPERS, Role, opens};
use crate::account::store::members_of;
use crate::base::{say, text};
use crate::catalogue;
use crate::document::number::CertificateNumber;
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::notice::inbox::{Note, tell};
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::plain::Answer;
use crate::server::{files, ids};
use jiff::civil::Date;

/// Rows of the page.
const PAGE: usize = 50;

/// A certificate as it is issued.
#[derive(Clone, Debug)]
pub struct Entered {
    pub unit_id: String,
    pub number: String,
    pub category: String,
    pub items: Vec<String>,
    pub authority_code: String,
    /// ISO dates.
    pub issued_on: String,
    pub valid_to: String,
    pub document_id: String,
    /// Of a person's.
    pub person: Option<PersonPart>,
}

/// Enters a certificate into the register, in the change that issues it.
pub async fn enter(visit: &Visit, tx: &mut Tx, entered: Entered) -> Result<()> {
    let now = visit.now();
    let certificate = Certificate {
        id: ids::new(now),
        unit_id: entered.unit_id,
        number: entered.number,
        category: entered.category,
        items: entered.items,
        authority_code: entered.authority_code,
        issued_on: entered.issued_on,
        valid_to: entered.valid_to,
        first_on: String::new(),
        state: State::Valid,
        file_id: None,
        document_id: Some(entered.document_id),
        state_reason: String::new(),
        created_at: now,
        person: entered.person,
    };
    if store::insert(tx, &certificate).await? { Ok(()) } else { Err(AppError::Moved(say("证书编号已经使用。", "The number is in use."))) }
}

/// A certificate that may be renewed.
#[derive(Clone, Debug)]
pub struct Renewable {
    id: String,
    pub number: String,
    /// ISO.
    pub valid_to: String,
}

/// A unit's certificate in force with this number, be it past its term.
pub async fn renewable(tx: &mut Tx, unit_id: &str, number: &str) -> Result<Option<Renewable>> {
    let found = store::find_number(tx, unit_id, number).await?.filter(|c| c.state == State::Valid);
    Ok(found.map(|c| Renewable { id: c.id, number: c.number, valid_to: c.valid_to }))
}

/// Notes that others took a certificate's place (已换发), in the change that issues them.
pub async fn supersede(visit: &Visit, tx: &mut Tx, old: &Renewable, numbers: &str) -> Result<()> {
    let reason = format!("换发为 {numbers}");
    if store::set_state(tx, &old.id, State::Valid, State::Superseded, &reason, visit.now()).await? {
        return visit.audit(tx, "certificate-superseded", &old.number, &reason).await;
    }
    let number = &old.number;
    Err(AppError::Moved(say(
        format!("原许可证 {number} 的状态刚刚被改动；没有发证，请再看一遍。"),
        format!("The state of the old certificate {number} has just been changed; nothing was issued, please look again."),
    )))
}

/// Whether these running digits, whatever the year, are another certificate's, so that a unit cannot have them.
pub async fn is_taken(tx: &mut Tx, stem: &str, unit_id: &str) -> Result<bool> {
    store::has_stem(tx, stem, unit_id).await
}

/// The certificate that a document is, as it stands today; `None` if the register has none such.
pub async fn registered(app: &App, tx: &mut Tx, document_id: &str) -> Result<Option<Registered>> {
    let Some(found) = store::find_issued(tx, document_id).await? else { return Ok(None) };
    let (catalogue, authorities) = (catalogue::store::current(app, tx).await?, catalogue::store::dated_authorities(tx).await?);
    let view = certificate_view(found, &catalogue, &authorities, &[], app.clock.today());
    Ok(Some(Registered { standing: view.standing.public(), items: view.items, valid_to: view.valid_to }))
}

/// A certificate that was annulled or revoked (撤销、吊销).
#[derive(Clone, Debug)]
pub struct Struck {
    pub number: String,
    pub state: State,
    pub reason: String,
    /// Unix milliseconds.
    pub at: i64,
}

/// The certificates a unit has lost since an instant.
pub async fn struck(tx: &mut Tx, unit_id: &str, since: i64) -> Result<Vec<Struck>> {
    let struck = store::struck(tx, unit_id, since).await?;
    Ok(struck.into_iter().map(|(number, state, reason, at)| Struck { number, state, reason, at }).collect())
}

/// The last day of the certificate that a renewal filed on a day is about: of those checked that cover one of the items, the first
/// to expire. One that was replaced since counts: the renewal was filed for it.
pub async fn expiry(tx: &mut Tx, unit_id: &str, category: &str, items: &[String], filed: Date) -> Result<Option<Date>> {
    let is_meant = |c: &Certificate| {
        let counts = matches!(c.state, State::Valid | State::Suspended | State::Superseded);
        counts && c.category == category && c.items.iter().any(|item| items.contains(item))
    };
    let held = store::of_unit(tx, unit_id).await?.into_iter().filter(is_meant);
    let term = |c: Certificate| Some((c.issued_on.parse::<Date>().ok()?, c.valid_to.parse::<Date>().ok()?));
    Ok(held.filter_map(term).filter(|(issued, last)| *issued <= filed && filed <= *last).map(|(_, last)| last).min())
}

/// The authority of an official who keeps its register: 制证人员 and 监督人员.
fn keeper(visit: &Visit) -> Result<&str> {
    let caller = visit.caller()?;
    caller.authority_code.as_deref().filter(|_| opens(&caller.duties, REGISTER_KEEPERS)).ok_or(AppError::Forbidden)
}

/// The authority's certificates: those whose number or holder's name holds this, the newest first.
pub async fn list(visit: &Visit, typed: &str) -> Result<Register> {
    let authority = keeper(visit)?;
    let mut tx = visit.app.db.read().await?;
    let mut rows = store::of_authority(&mut tx, authority, &text::tidy(typed), PAGE + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let scans: Vec<String> = rows.iter().filter_map(|(c, _)| c.file_id.clone()).collect();
    let scans = files::store::find_all(&mut tx, &scans).await?;
    let mut doubles = Vec::with_capacity(rows.len());
    for (c, _) in &rows {
        let waits = c.state == State::Pending;
        doubles.push(if waits { store::doubles(&mut tx, CertificateNumber::stem(&c.number), &c.unit_id).await? } else { Vec::new() });
    }
    let catalogue = catalogue::store::current(&visit.app, &mut tx).await?;
    let today = visit.app.clock.today();
    let held = |((certificate, holder), doubles): ((Certificate, String), Vec<(String, String)>)| Held {
        next: certificate.state.next().to_vec(),
        face: face(&certificate),
        certificate: certificate_view(certificate, &catalogue, &[], &scans, today),
        holder,
        doubles,
    };
    Ok(Register { rows: rows.into_iter().zip(doubles).map(held).collect(), more, form: crate::server::plain::recall(visit, "register").await? })
}

/// What a certificate states, in short: it differs as soon as anything on it does, the scan too.
fn face(c: &Certificate) -> String {
    let items = c.items.join("、");
    ids::digest(&[c.number.as_str(), &c.category, &items, &c.first_on, &c.issued_on, &c.valid_to, c.file_id.as_deref().unwrap_or_default()].join("\n"))
}

/// Lets whoever keeps the register of its authority read the scan of a certificate, the one it has now.
pub async fn sees_scan(visit: &Visit, tx: &mut Tx, slot: &str, file_id: &str) -> Result<()> {
    let authority = keeper(visit).map_err(|_| AppError::NotFound)?;
    let found = store::find(tx, slot.strip_prefix("certificate/").unwrap_or_default()).await?;
    let is_ours = found.is_some_and(|c| c.authority_code == authority && c.file_id.as_deref() == Some(file_id));
    if is_ours { Ok(()) } else { Err(AppError::NotFound) }
}

/// Why a certificate on paper may not be judged as the officer would: it was changed meanwhile, or there is nothing to see.
fn unseen(c: &Certificate, state: State, seen: &str) -> Option<AppError> {
    if c.state != State::Pending {
        return None;
    }
    if seen != face(c) {
        return Some(AppError::Moved(say(
            "单位刚刚改动了这本证书的登记，请再看一遍；没有改动任何内容。",
            "The unit has just changed what it registered; please look again. Nothing was changed.",
        )));
    }
    (state == State::Valid && c.file_id.is_none()).then(|| {
        AppError::Refused(say(
            "单位还没有上传扫描件，不能核验为有效；可以写明理由退回。",
            "The unit has not uploaded the scan, so it cannot be confirmed; you can send it back with a reason.",
        ))
    })
}

/// Tells the holder what became of a certificate and why: whoever may change what the unit registered.
async fn tell_holder(visit: &Visit, tx: &mut Tx, c: &Certificate, state: State, reason: &str) -> Result<()> {
    let authority = catalogue::store::find_authority(tx, &c.authority_code).await?.map(|authority| authority.name).unwrap_or_default();
    let (number, label) = (&c.number, state.label());
    let (then, link) = if state == State::Rejected {
        (("请照证书改正后重新登记。", " Please correct it from the certificate and register it again."), format!("/apply/certificates?edit={}", c.id))
    } else {
        (("", ""), "/apply/certificates".to_owned())
    };
    let kind = if c.category == catalogue::PERSONNEL { "证书" } else { "许可证" };
    let what = say(
        format!("{kind} {number} 的状态改为“{}”，理由：{reason}。{}", label.zh, then.0),
        format!("Certificate {number} is now “{}”, because: {reason}.{}", label.en, then.1),
    );
    let key = format!("certificate/{}/{}", c.id, ids::new(visit.now()));
    for account in members_of(tx, &c.unit_id).await?.into_iter().filter(|account| account.role != Role::Reader) {
        tell(tx, &visit.app, &account.recipient(), &Note { key: &key, flagged: false, say: &what, link: &link }, &authority).await?;
    }
    Ok(())
}

/// Sets what has become of a certificate: `id`, `state` and `reason`, and of one that waits to be checked what was `seen`.
/// Another authority's does not exist.
pub async fn set_state(visit: &Visit, values: &Values) -> Result<Answer> {
    let authority = keeper(visit)?.to_owned();
    let get = |key: &str| values.get(key).map(|value| text::tidy(value)).unwrap_or_default();
    let (id, reason, seen) = (get("id"), get("reason"), get("seen"));
    let Some(state) = State::of_word(&get("state")) else { return Ok(Answer::Told(say("请选择新的状态。", "Choose the new state."))) };
    if reason.is_empty() {
        return Ok(Answer::Told(say("请写明理由。", "Give the reason.")));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            store::hold(tx, &id).await?;
            let found = store::find(tx, &id).await?.filter(|c| c.authority_code == authority).ok_or(AppError::NotFound)?;
            if let Some(why) = unseen(&found, state, &seen) {
                return Err(why);
            }
            let label = found.state.label();
            if !found.state.next().contains(&state) || !store::set_state(tx, &id, found.state, state, &reason, seat.now()).await? {
                return Err(AppError::Moved(say(
                    format!("证书现在的状态是“{}”，不能这样改；没有改动任何内容。", label.zh),
                    format!("The certificate is “{}”; this change is not possible, nothing was changed.", label.en),
                )));
            }
            seat.audit(tx, &format!("certificate-{}", state.word()), &found.number, &reason).await?;
            tell_holder(&seat, tx, &found, state, &reason).await?;
            Ok(found.number)
        })
    });
    let number = change.await?;
    Ok(Answer::Go(format!("/certificates?q={}", text::url_escape(&number))))
}
