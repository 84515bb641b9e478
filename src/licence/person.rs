//! The one certificate of a person (特种设备检验检测人员证). What is granted later makes a new version of it under the same number; the
//! version before is superseded and stays in the register, and so is every certificate on paper that was confirmed beside it.

use super::model::State;
use super::register::{self, Entered};
pub use super::store::Certificate;

use super::store;
use super::terms::{PersonPart, Term, merged};
use crate::base::{Say, say};
use crate::catalogue::conditions::HeldCode;
use crate::catalogue::store::{Dated, dated_authorities};
use crate::catalogue::{PERSONNEL, PersonnelCode, PersonnelCodes};
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::db::Tx;
use jiff::civil::Date;

/// The certificates a person holds now, be they in force, suspended or past their term, those on paper once they are checked. First the
/// one issued here: the next version follows it, and what stands on others is taken over into it.
pub async fn standing(tx: &mut Tx, unit: &str) -> Result<Vec<Certificate>> {
    let is_standing = |c: &Certificate| matches!(c.state, State::Valid | State::Suspended);
    let mut all = of_person(tx, unit, is_standing).await?;
    all.sort_by_key(|c| c.document_id.is_none());
    Ok(all)
}

async fn of_person(tx: &mut Tx, unit: &str, counts: impl Fn(&Certificate) -> bool) -> Result<Vec<Certificate>> {
    Ok(store::of_unit(tx, unit).await?.into_iter().filter(|c| c.category == PERSONNEL && counts(c)).collect())
}

/// What a certificate holds, item by item, each with who granted it; one on paper has the same term for all, and may spell a code otherwise
/// than the table.
pub fn part(c: &Certificate) -> PersonPart {
    let of_paper = || {
        let (from, to) = (c.issued_on.parse().unwrap_or_default(), c.valid_to.parse().unwrap_or_default());
        let first_on = c.first_on.parse().unwrap_or(from);
        let codes = PersonnelCodes::builtin();
        let known = |code: &String| codes.find(code).map_or_else(|| code.clone(), |known| known.code.clone());
        let term = |code: &String| Term { code: known(code), first_on, from, to, by: String::new(), way: None };
        PersonPart { terms: c.items.iter().map(term).collect(), ..PersonPart::default() }
    };
    let mut part = c.person.clone().unwrap_or_else(of_paper);
    part.terms.iter_mut().filter(|term| term.by.is_empty()).for_each(|term| term.by.clone_from(&c.authority_code));
    part
}

/// What standing certificates hold together.
pub fn together(all: &[Certificate]) -> PersonPart {
    let terms = merged(terms(all)).into_iter().map(|(_, term)| term).collect();
    PersonPart { terms, ..all.iter().map(part).find(PersonPart::is_practising).unwrap_or_default() }
}

fn terms(all: &[Certificate]) -> impl Iterator<Item = (&Certificate, Term)> {
    all.iter().flat_map(|c| part(c).terms.into_iter().map(move |term| (c, term)))
}

/// What the register knows of a person's qualifications, now or until their term ended unless they were taken away: first what is
/// checked, then what no officer has checked yet.
pub async fn known(tx: &mut Tx, unit: &str) -> Result<Vec<HeldCode>> {
    let (checked, waiting) = (standing(tx, unit).await?, of_person(tx, unit, |c| c.state == State::Pending).await?);
    let row = |(c, term): (&Certificate, Term)| HeldCode {
        code: term.code,
        first_on: term.first_on,
        valid_to: term.to,
        number: c.number.clone(),
        unchecked: c.state == State::Pending,
        way: term.way,
    };
    Ok([&checked, &waiting].into_iter().flat_map(|all| merged(terms(all))).map(row).collect())
}

/// The last day of what a renewal filed on a day renews, item by item: of the terms checked that ran then, the first to end. A certificate
/// that was replaced since counts: the renewal was filed for it.
pub async fn expiry(tx: &mut Tx, unit: &str, codes: &[String], filed: Date) -> Result<Option<Date>> {
    let all = of_person(tx, unit, |c| matches!(c.state, State::Valid | State::Suspended | State::Superseded)).await?;
    let is_meant = |term: &Term| codes.contains(&term.code) && term.from <= filed && filed <= term.to;
    Ok(terms(&all).map(|(_, term)| term).filter(is_meant).map(|term| term.to).min())
}

/// 执业单位 that the register has for a person: its id, empty of one that is not registered here, and its name as far as it was kept.
pub async fn practice_of(tx: &mut Tx, unit: &str) -> Result<Option<(String, String)>> {
    Ok(Some(together(&standing(tx, unit).await?)).filter(PersonPart::is_practising).map(|part| (part.practice, part.practice_name)))
}

/// Enters a version of a person's certificate in place of those it follows.
pub async fn replace(visit: &Visit, tx: &mut Tx, old: &[Certificate], entered: Entered) -> Result<()> {
    let reason = format!("换发为 {}", entered.number);
    for old in old {
        if !store::set_state(tx, &old.id, old.state, State::Superseded, &reason, visit.now()).await? {
            return Err(AppError::Moved(say("证书刚刚被改动，请重新办理。", "The certificate was changed this moment; please do it again.")));
        }
    }
    register::enter(visit, tx, entered).await
}

/// The items of a certificate in words, for whoever looked it up.
pub async fn items(tx: &mut Tx, id: &str) -> Result<Vec<Say>> {
    let authorities = dated_authorities(tx).await?;
    Ok(store::find(tx, id).await?.map(|c| labels(&c, &authorities)).unwrap_or_default())
}

/// The items in words, each with the month its term ends, and with who granted it where that is another authority than the one that
/// keeps the certificate.
pub(super) fn labels(c: &Certificate, authorities: &[Dated]) -> Vec<Say> {
    let codes = PersonnelCodes::builtin();
    let named = |known: &PersonnelCode, code: &str| {
        let name = known.said();
        say(format!("{}（{code}）", name.zh), format!("{} ({code})", name.en))
    };
    let name = |code: &str| codes.find(code).map_or_else(|| say(code.to_owned(), code.to_owned()), |known| named(known, code));
    let by = |term: &Term| {
        let other = Dated::on(authorities, &term.by, &c.issued_on).filter(|_| term.by != c.authority_code);
        other.map_or_else(Default::default, |authority| [format!("（{}）", authority.name), format!(" ({})", authority.name)])
    };
    let held = |term: &Term| {
        let (name, [by_zh, by_en], year, month) = (name(&term.code), by(term), term.to.year(), term.to.month());
        say(format!("{} 至{year}年{month}月{by_zh}", name.zh), format!("{} to {year}-{month:02}{by_en}", name.en))
    };
    match &c.person {
        Some(_) => part(c).terms.iter().map(held).collect(),
        None => c.items.iter().map(|code| name(code)).collect(),
    }
}
