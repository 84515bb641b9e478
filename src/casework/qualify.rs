//! 制证 for a person: a granted case makes the next version of the person's one certificate, or its first.

use super::certify::free_number;
use super::dossier::{Dossier, qualification};
use super::model::{PlannedCertificate, PlannedRow};
use crate::account::service::profile::{Identity, set_identity};
use crate::base::{say, text};
use crate::catalogue::personnel::Group;
use crate::catalogue::{self, PersonnelCodes};
use crate::document::kinds::Paper;
use crate::document::kinds::certificate::{PersonCertificate, Qualified};
use crate::document::number::{CertificateNumber, Project};
use crate::document::service::issue as issue_paper;
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::licence::model::{State, is_number};
use crate::licence::person::{self, Certificate};
use crate::licence::register::Entered;
use crate::licence::terms::{PersonPart, Term, granted};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::person::PersonKind;
use jiff::civil::Date;

/// What would be entered, and in place of what.
struct Version {
    kind: PersonKind,
    /// Everything the person holds; the first keeps its number.
    old: Vec<Certificate>,
    part: PersonPart,
    valid_to: Date,
    paper: PersonCertificate,
    series: CertificateNumber,
}

impl Version {
    /// What follows from the case and the register. A suspended certificate (暂扣) waits until it is in force again.
    async fn of(visit: &Visit, tx: &mut Tx, dossier: &Dossier, remarks: &Values) -> Result<Version> {
        let refused = |zh: &'static str, en: &'static str| AppError::Refused(say(zh, en));
        let old = person::standing(tx, dossier.unit_id()).await?;
        if old.iter().any(|c| c.state == State::Suspended) {
            return Err(refused("该人员的证书正被暂扣，恢复后再办理。", "This person’s certificate is suspended; do it when it is in force again."));
        }
        let kind = dossier.case.person.as_ref().map(|candidate| candidate.kind);
        let (Some(kind), Some(first)) = (kind, dossier.codes.first()) else {
            return Err(refused("没有可以发证的项目。", "There is no item to certify."));
        };
        let codes = PersonnelCodes::builtin();
        let years: Vec<(String, i32)> = dossier.codes.iter().map(|code| (code.code.clone(), dossier.validity.years(code.group))).collect();
        let held = person::together(&old);
        // What it rested on when it was granted may have been taken away since.
        if kind.needs_certificate() && !years.iter().all(|(code, _)| held.terms.iter().any(|term| term.code == *code)) {
            return Err(refused(
                "登记簿里没有该人员可以换证、变更的项目；纸质证书请先在登记簿核验。",
                "The register has nothing of this person to renew or change; a certificate on paper is checked there first.",
            ));
        }
        // Only 变更 moves somebody to another unit (特种设备安全法 art. 51), also where two applications were under way at once. The same unit
        // may have registered meanwhile.
        let is_same = held.practice.is_empty() && text::same_name(&held.practice_name, &dossier.practice());
        let (practice, practice_name) = if kind == PersonKind::Move || !held.is_practising() || is_same {
            dossier.practising_unit(tx).await?.map_or_else(|| (String::new(), text::tidy(&dossier.practice())), |unit| (unit.id, unit.name))
        } else {
            (held.practice, held.practice_name)
        };
        let terms = granted(&held.terms, kind, &years, &dossier.authority.code, visit.app.clock.today());
        let part = PersonPart { terms, practice, practice_name };
        let Some((valid_to, first_on)) = part.valid_to().zip(part.first_on()) else {
            return Err(refused("没有可以发证的项目。", "There is no item to certify."));
        };
        let authorities = catalogue::store::authorities(tx).await?;
        let line = |term: &Term| Qualified {
            qualification: codes.find(&term.code).map(qualification).unwrap_or_default(),
            from: term.from.to_string(),
            to: term.to.to_string(),
            authority: authorities.iter().find(|authority| authority.code == term.by).map(|authority| authority.name.clone()).unwrap_or_default(),
            remark: remarks.get(&term.code).map(|remark| text::tidy(remark)).unwrap_or_default(),
        };
        let paper = PersonCertificate { first_on: first_on.to_string(), items: part.terms.iter().map(line).collect(), valid_to: valid_to.to_string() };
        let digit = if first.group == Group::Ndt { '2' } else { '1' };
        let series = CertificateNumber::new(Project::Person(digit), "", &dossier.authority.number_code, &dossier.digits);
        let series = series.ok_or_else(|| refused("没有证书编号的规则。", "There is no rule for the number."))?;
        Ok(Version { kind, old, part, valid_to, paper, series })
    }

    /// The number it keeps; only the year of expiry follows the term (spec 6.5).
    fn kept(&self) -> Option<String> {
        let old = self.old.first().filter(|c| is_number(&c.number))?;
        Some(format!("{}-{}", CertificateNumber::stem(&old.number), self.valid_to.year()))
    }
}

/// What would be issued now, for preview.
pub(super) async fn plan(visit: &Visit, tx: &mut Tx, dossier: &Dossier) -> Result<Vec<PlannedCertificate>> {
    let version = Version::of(visit, tx, dossier, &Values::new()).await?;
    let row = |item: &Qualified| PlannedRow {
        id: item.qualification.code.clone(),
        name: format!("{}{}", item.qualification.item, item.qualification.level),
        parameters: format!("{} 至 {}", item.from, item.to),
        remark: item.remark.clone(),
    };
    Ok(vec![PlannedCertificate {
        title: version.paper.title(),
        head: version.kept().unwrap_or_else(|| version.series.head().to_owned()),
        rows: version.paper.items.iter().map(row).collect(),
        valid_to: version.valid_to.to_string(),
    }])
}

/// Issues the version; its number and the id of its document.
pub(super) async fn issue(visit: &Visit, tx: &mut Tx, dossier: &Dossier, remarks: &Values) -> Result<(String, String)> {
    let version = Version::of(visit, tx, dossier, remarks).await?;
    // What another authority adds stands on the certificate of the one that issued it first, and that one keeps its register.
    let (number, keeper) = match (version.kept(), version.old.first()) {
        (Some(number), Some(old)) => (number, old.authority_code.clone()),
        _ => (free_number(tx, &version.series, dossier.unit_id(), version.valid_to).await?, dossier.authority.code.clone()),
    };
    let mut parties = dossier.parties(None);
    if version.kind == PersonKind::Move {
        let identity = dossier.identity_from_now(&visit.app)?;
        if identity != Identity::default() {
            set_identity(visit, tx, dossier.unit_id(), &identity).await?;
            parties.unit_name = Some(identity.name).filter(|name| !name.is_empty()).unwrap_or(parties.unit_name);
        }
    }
    let issued = issue_paper(tx, &visit.app, &parties, number, &version.paper).await?;
    let entered = Entered {
        unit_id: dossier.unit_id().to_owned(),
        number: issued.number.clone(),
        category: dossier.entry.category.clone(),
        items: version.part.terms.iter().map(|term| term.code.clone()).collect(),
        authority_code: keeper,
        issued_on: visit.app.clock.today().to_string(),
        valid_to: version.valid_to.to_string(),
        document_id: issued.id.clone(),
        person: Some(version.part),
    };
    person::replace(visit, tx, &version.old, entered).await?;
    Ok((issued.number, issued.id))
}
