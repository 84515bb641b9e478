//! The one certificate of a person (特种设备检验检测人员证). What is granted later makes a new version of it under the same number; the
//! version before is superseded and stays in the register.

use super::model::State;
use super::register::{self, Entered};
pub use super::store::Certificate;

use super::store;
use super::terms::{PersonPart, Term};
use crate::base::say;
use crate::catalogue::conditions::HeldCode;
use crate::catalogue::{self, Authority, PERSONNEL, PersonnelCodes};
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::db::Tx;

/// The certificate a person holds now, be it in force, suspended or past its term; one on paper once it is checked.
pub async fn current(tx: &mut Tx, unit: &str) -> Result<Option<Certificate>> {
    let all = store::of_unit(tx, unit).await?;
    Ok(all.into_iter().find(|c| c.category == PERSONNEL && matches!(c.state, State::Valid | State::Suspended)))
}

/// What a certificate holds, item by item, each with who granted it; one on paper has the same term for all.
pub fn part(c: &Certificate) -> PersonPart {
    let of_paper = || {
        let (from, to) = (c.issued_on.parse().unwrap_or_default(), c.valid_to.parse().unwrap_or_default());
        let terms = c.items.iter().map(|code| Term { code: code.clone(), first_on: from, from, to, by: String::new() }).collect();
        PersonPart { terms, practice: String::new() }
    };
    let mut part = c.person.clone().unwrap_or_else(of_paper);
    part.terms.iter_mut().filter(|term| term.by.is_empty()).for_each(|term| term.by.clone_from(&c.authority_code));
    part
}

/// 已持证项目: what a person is qualified for now or was until its term ended, unless it was taken away.
pub async fn held(tx: &mut Tx, unit: &str) -> Result<Vec<Term>> {
    Ok(current(tx, unit).await?.map(|c| part(&c).terms).unwrap_or_default())
}

/// What the register knows of a person's qualifications, also what no officer has checked yet, by its newest certificate.
pub async fn known(tx: &mut Tx, unit: &str) -> Result<Vec<HeldCode>> {
    let is_known = |c: &Certificate| c.category == PERSONNEL && matches!(c.state, State::Pending | State::Valid | State::Suspended);
    let mut all: Vec<HeldCode> = Vec::new();
    for c in store::of_unit(tx, unit).await?.into_iter().filter(is_known) {
        let row = |term: Term| HeldCode {
            code: term.code,
            first_on: term.first_on,
            valid_to: term.to,
            number: c.number.clone(),
            unchecked: c.state == State::Pending,
        };
        let rows: Vec<HeldCode> = part(&c).terms.into_iter().map(row).filter(|row| all.iter().all(|known| known.code != row.code)).collect();
        all.extend(rows);
    }
    Ok(all)
}

/// 执业单位 that the register has for a person, by its id.
pub async fn practice_of(tx: &mut Tx, unit: &str) -> Result<Option<String>> {
    Ok(current(tx, unit).await?.map(|c| part(&c).practice).filter(|practice| !practice.is_empty()))
}

/// Enters a version of a person's certificate in place of the one it follows.
pub async fn replace(visit: &Visit, tx: &mut Tx, old: Option<&Certificate>, entered: Entered) -> Result<()> {
    if let Some(old) = old {
        let reason = format!("换发为 {}", entered.number);
        if !store::set_state(tx, &old.id, old.state, State::Superseded, &reason, visit.now()).await? {
            return Err(AppError::Moved(say("证书刚刚被改动，请重新办理。", "The certificate was changed this moment; please do it again.")));
        }
    }
    register::enter(visit, tx, entered).await
}

/// The items of a certificate in words, for whoever looked it up.
pub async fn items(tx: &mut Tx, id: &str) -> Result<Vec<String>> {
    let authorities = catalogue::store::authorities(tx).await?;
    Ok(store::find(tx, id).await?.map(|c| labels(&c, &authorities)).unwrap_or_default())
}

/// The items in words, each with the month its term ends, and with who granted it where that is another authority than the one that
/// keeps the certificate.
pub(super) fn labels(c: &Certificate, authorities: &[Authority]) -> Vec<String> {
    let codes = PersonnelCodes::builtin();
    let name = |code: &str| codes.find(code).map_or_else(|| code.to_owned(), |known| format!("{}（{code}）", known.name));
    let by = |term: &Term| {
        let other = authorities.iter().find(|authority| authority.code == term.by && term.by != c.authority_code);
        other.map(|authority| format!("（{}）", authority.name)).unwrap_or_default()
    };
    match &c.person {
        Some(_) => part(c).terms.iter().map(|term| format!("{} 至{}年{}月{}", name(&term.code), term.to.year(), term.to.month(), by(term))).collect(),
        None => c.items.iter().map(|code| name(code)).collect(),
    }
}
