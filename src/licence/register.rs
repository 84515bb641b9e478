//! The register of certificates (登记簿): what is issued enters it, and what becomes of it is set here by its authority, with
//! the reason (spec 5.6). Whoever looks a certificate up is told what stands here at that moment.

use super::model::{Held, Register, Standing, State};
use super::service::certificate_view;
use super::store::{self, Certificate};
use super::terms::PersonPart;
use crate::base::{say, text};
use crate::catalogue;
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;

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
        state: State::Valid,
        file_id: None,
        document_id: Some(entered.document_id),
        state_reason: String::new(),
        created_at: now,
        person: entered.person,
    };
    if store::insert(tx, &certificate).await? { Ok(()) } else { Err(AppError::Moved(say("证书编号已经使用。", "The number is in use."))) }
}

/// Whether any certificate has these running digits, whatever its year.
pub async fn is_known(tx: &mut Tx, stem: &str) -> Result<bool> {
    store::has_stem(tx, stem).await
}

/// How the certificate stands that a document is, today; `None` if the register has none such.
pub async fn standing(app: &App, tx: &mut Tx, document_id: &str) -> Result<Option<Standing>> {
    let found = store::find_issued(tx, document_id).await?;
    Ok(found.map(|c| Standing::of(c.state, &c.valid_to, app.clock.today())))
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

/// The authority of an official who keeps its register: 制证人员 and 监督人员.
fn keeper(visit: &Visit) -> Result<&str> {
    let caller = visit.caller()?;
    let has_duty = caller.duties.iter().any(|duty| matches!(duty.as_str(), "certificate" | "supervisor"));
    caller.authority_code.as_deref().filter(|_| has_duty).ok_or(AppError::Forbidden)
}

/// The authority's certificates: those whose number or holder's name holds this, the newest first.
pub async fn list(visit: &Visit, typed: &str) -> Result<Register> {
    let authority = keeper(visit)?;
    let mut tx = visit.app.db.read().await?;
    let mut rows = store::of_authority(&mut tx, authority, &text::tidy(typed), PAGE + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let catalogue = catalogue::store::current(&visit.app, &mut tx).await?;
    let today = visit.app.clock.today();
    let held = |(certificate, holder): (Certificate, String)| Held {
        reason: certificate.state_reason.clone(),
        next: certificate.state.next().to_vec(),
        certificate: certificate_view(certificate, &catalogue, &[], &[], today),
        holder,
    };
    Ok(Register { rows: rows.into_iter().map(held).collect(), more, form: crate::server::plain::recall(visit, "register").await? })
}

/// Sets what has become of a certificate: `id`, `state` and `reason`. Another authority's does not exist.
pub async fn set_state(visit: &Visit, values: &Values) -> Result<Answer> {
    let authority = keeper(visit)?.to_owned();
    let get = |key: &str| values.get(key).map(|value| text::tidy(value)).unwrap_or_default();
    let (id, reason) = (get("id"), get("reason"));
    let Some(state) = State::of_word(&get("state")) else { return Ok(Answer::Told(say("请选择新的状态。", "Choose the new state."))) };
    if reason.is_empty() {
        return Ok(Answer::Told(say("请写明理由。", "Give the reason.")));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let found = store::find(tx, &id).await?.filter(|c| c.authority_code == authority).ok_or(AppError::NotFound)?;
            let label = found.state.label();
            if !found.state.next().contains(&state) || !store::set_state(tx, &id, found.state, state, &reason, seat.now()).await? {
                return Err(AppError::Moved(say(
                    format!("证书现在的状态是“{}”，不能这样改；没有改动任何内容。", label.zh),
                    format!("The certificate is “{}”; this change is not possible, nothing was changed.", label.en),
                )));
            }
            seat.audit(tx, &format!("certificate-{}", state.word()), &found.number, &reason).await?;
            Ok(found.number)
        })
    });
    let number = change.await?;
    Ok(Answer::Go(format!("/certificates?q={}", text::url_escape(&number))))
}
