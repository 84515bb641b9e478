//! 制证: a granted case ends in one or more certificates (ruling 2). Numbers, papers, rows of the register and the case's
//! event are one change.

use super::clicks::{hold, need_click, need_seen, was_done};
use super::dossier::{Dossier, parameters};
use super::letters::YEARS;
use super::model::{PlannedCertificate, PlannedRow};
use super::qualify;
use super::service::{load, perform};
use super::store::Click;
use crate::base::say;
use crate::catalogue::Item;
use crate::document::kinds::certificate::{FillingLicence, FillingOf, InstitutionApproval, Medium, PlaceName, ProductionLicence};
use crate::document::kinds::{LicenceItem, Paper};
use crate::document::number::{CertificateNumber, Project};
use crate::document::service::{issue as issue_paper, next_certificate_number};
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::licence::register::{self, Entered, Renewable};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::{Action, ActionKind, State};
use jiff::ToSpan;
use jiff::civil::Date;

/// Items of one certificate, and what its number begins with.
struct Plan {
    number: CertificateNumber,
    items: Vec<Item>,
}

/// What would be issued now, for preview. Whoever may not issue learns nothing.
pub async fn plan(visit: &Visit, no: &str) -> Result<Vec<PlannedCertificate>> {
    let mut tx = visit.app.db.read().await?;
    let (file, actor) = load(visit, &mut tx, no).await?;
    file.admit(&actor, ActionKind::Issue, visit.now())?;
    let case = file.settled(visit.now());
    let dossier = Dossier::read(visit, &mut tx, &file, case).await?;
    if dossier.is_person() {
        return qualify::plan(visit, &mut tx, &dossier).await;
    }
    let old = renewed(&mut tx, &dossier).await?;
    let last = last_day(&dossier, visit.app.clock.today())?;
    let valid_to = last.to_string();
    let head = |plan: &Plan| kept(plan, old.as_ref(), last).map_or_else(|| plan.number.head().to_owned(), |number| CertificateNumber::stem(&number).to_owned());
    let planned = |plan: &Plan| PlannedCertificate {
        title: paper(&dossier, plan, &Values::new(), &valid_to).title(),
        head: head(plan),
        rows: plan
            .items
            .iter()
            .map(|item| PlannedRow { id: item.id.clone(), name: item.label(), parameters: parameters(item), remark: remark(&dossier, item, &Values::new()) })
            .collect(),
        valid_to: valid_to.clone(),
    };
    Ok(plans(&dossier)?.iter().map(planned).collect())
}

/// Issues the certificates of a granted case. `remarks` gives 备注 by the id of an item where it is to be another than planned;
/// `click` names the click and `seen` is the revision looked at, as for any act. Answers with the state after it.
pub async fn issue(visit: &Visit, no: &str, click: &str, seen: i64, remarks: &Values) -> Result<State> {
    need_click(click)?;
    match issue_once(visit, no, click, seen, remarks.clone()).await {
        // A click sent twice whose second met its first under way: now the first one's answer is there.
        Err(AppError::Moved(_)) => issue_once(visit, no, click, seen, remarks.clone()).await,
        done => done,
    }
}

async fn issue_once(visit: &Visit, no: &str, click: &str, seen: i64, remarks: Values) -> Result<State> {
    let (seat, no, click) = (visit.clone(), no.to_owned(), click.to_owned());
    visit.app.db.write(move |tx| Box::pin(async move { issue_in(&seat, tx, &no, &click, seen, &remarks).await })).await
}

async fn issue_in(visit: &Visit, tx: &mut Tx, no: &str, click: &str, seen: i64, remarks: &Values) -> Result<State> {
    let (mut file, actor) = load(visit, tx, no).await?;
    if was_done(tx, &file, click, |done| done.kind() == ActionKind::Issue).await? {
        return Ok(file.record.case.state);
    }
    need_seen(tx, &file, &actor, seen).await?;
    file.admit(&actor, ActionKind::Issue, visit.now())?;
    hold(tx, &file, &actor).await?;
    let case = file.settled(visit.now());
    let dossier = Dossier::read(visit, tx, &file, case).await?;
    let (numbers, documents) = if dossier.is_person() {
        let (number, document) = qualify::issue(visit, tx, &dossier, remarks).await?;
        (vec![number], vec![document])
    } else {
        issue_licences(visit, tx, &dossier, remarks).await?
    };
    perform(visit, tx, &mut file, &actor, &Action::Issue { certificates: numbers }, &Click { id: click, documents: &documents }).await?;
    Ok(file.record.case.state)
}

/// Issues a unit's certificates; their numbers and the ids of their documents.
async fn issue_licences(visit: &Visit, tx: &mut Tx, dossier: &Dossier, remarks: &Values) -> Result<(Vec<String>, Vec<String>)> {
    let today = visit.app.clock.today();
    let valid_to = last_day(dossier, today)?;
    let (mut numbers, mut documents) = (Vec::new(), Vec::new());
    let old = renewed(tx, dossier).await?;
    for plan in plans(dossier)? {
        let number = match kept(&plan, old.as_ref(), valid_to) {
            Some(number) => number,
            None => free_number(tx, &plan.number, dossier.unit_id(), valid_to).await?,
        };
        let paper = paper(dossier, &plan, remarks, &valid_to.to_string());
        let issued = issue_paper(tx, &visit.app, &dossier.parties(None), number, paper.as_ref()).await?;
        let entered = Entered {
            unit_id: dossier.unit_id().to_owned(),
            number: issued.number.clone(),
            category: dossier.entry.category.clone(),
            items: plan.items.iter().map(|item| item.id.clone()).collect(),
            authority_code: dossier.authority.code.clone(),
            issued_on: today.to_string(),
            valid_to: valid_to.to_string(),
            document_id: issued.id.clone(),
            person: None,
        };
        register::enter(visit, tx, entered).await?;
        numbers.push(issued.number);
        documents.push(issued.id);
    }
    if let Some(old) = old {
        register::supersede(visit, tx, &old, &numbers.join("、")).await?;
    }
    Ok((numbers, documents))
}

/// The certificate that a renewal renews (换证), as the book names it: it has to be the unit's own and in force.
async fn renewed(tx: &mut Tx, dossier: &Dossier) -> Result<Option<Renewable>> {
    let Some(number) = dossier.renews() else { return Ok(None) };
    let old = register::renewable(tx, dossier.unit_id(), &number).await?;
    old.map(Some).ok_or_else(|| {
        AppError::Refused(say(
            format!("登记簿里没有该单位有效的原许可证 {number}。请先核验单位登记的原证，再换发。"),
            format!("The register has no certificate {number} of this unit in force. Please check the one the unit registered first, then renew it."),
        ))
    })
}

/// The number of the old certificate with another year, if it begins as this one does.
fn kept(plan: &Plan, old: Option<&Renewable>, valid_to: Date) -> Option<String> {
    plan.number.renewed(&old?.number, valid_to.year())
}

/// The next number that no certificate has: those registered from paper have theirs, and a maker's code stays its own.
pub(super) async fn free_number(tx: &mut Tx, series: &CertificateNumber, unit_id: &str, valid_to: Date) -> Result<String> {
    loop {
        let number = next_certificate_number(tx, series, valid_to.year()).await?;
        if !register::is_taken(tx, CertificateNumber::stem(&number), unit_id).await? {
            return Ok(number);
        }
    }
}

/// 有效期至: four years, less the day on which it begins (TSG 07-2019 1.5); of a renewal that was filed in time from the day after the
/// old one ends (3.6.3.1).
fn last_day(dossier: &Dossier, today: Date) -> Result<Date> {
    let begins = match dossier.follows() {
        Some(old) => old.tomorrow(),
        None => Ok(today),
    };
    let end = begins.and_then(|day| day.checked_add(i32::from(YEARS).years())).and_then(|day| day.yesterday());
    end.map_err(|_| AppError::Refused(say("日期超出范围。", "The date is out of range.")))
}

/// One certificate for each title and kind of equipment: items whose numbers begin alike.
fn plans(dossier: &Dossier) -> Result<Vec<Plan>> {
    let mut plans: Vec<Plan> = Vec::new();
    for item in &dossier.items {
        let project = project(&dossier.entry.category, item);
        let number = CertificateNumber::new(project, &item.equipment_kind, &dossier.authority.number_code, &dossier.digits);
        let number = number.ok_or_else(|| {
            let name = item.label();
            AppError::Refused(say(
                format!("项目“{name}”没有证书编号的规则，请联系系统管理员。"),
                format!("There is no rule for the number of a certificate for {name}; please tell the administrator."),
            ))
        })?;
        match plans.iter_mut().find(|plan| plan.number == number) {
            Some(plan) => plan.items.push(item.clone()),
            None => plans.push(Plan { number, items: vec![item.clone()] }),
        }
    }
    if plans.is_empty() { Err(AppError::Refused(say("没有可以发证的项目。", "There is no item to certify."))) } else { Ok(plans) }
}

/// Of inspection bodies the rule's samples show Ⅶ for testing only; the others are ours until known better.
fn project(category: &str, item: &Item) -> Project {
    match category {
        "design" => Project::Design,
        "manufacture" => Project::Manufacture,
        "install" => Project::Installation,
        "filling-mobile" | "filling-cylinder" => Project::Filling,
        _ if item.equipment_kind == "检测机构" => Project::Institution('Ⅶ'),
        _ if item.sub_item.starts_with("甲类") => Project::Institution('Ⅰ'),
        _ if item.sub_item.starts_with("乙类") => Project::Institution('Ⅱ'),
        _ => Project::Institution('Ⅲ'),
    }
}

/// 备注 (TSG 07-2019 annex A): what the officer wrote, else what the applicant did, that a type test is needed, what is covered, and at
/// which of several addresses, by their numbers: `地址 1、2`.
fn remark(dossier: &Dossier, item: &Item, given: &Values) -> String {
    if let Some(given) = given.get(&item.id) {
        return crate::base::text::tidy(given);
    }
    let test = if item.type_test { "须经型式试验，见型式试验证书".to_owned() } else { String::new() };
    let covered = dossier.covered(item);
    let covered = if covered.is_empty() { String::new() } else { format!("覆盖{}", covered.join("、")) };
    let places: Vec<String> = dossier.places(item).into_iter().map(|n| n.to_string()).collect();
    let places = if places.is_empty() { String::new() } else { format!("地址 {}", places.join("、")) };
    let parts = [dossier.beside(item, "remark"), test, covered, places];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("；")
}

fn paper(dossier: &Dossier, plan: &Plan, remarks: &Values, valid_to: &str) -> Box<dyn Paper + Send + Sync> {
    let (registered, addresses, valid_to) = (dossier.registered(), dossier.addresses(), valid_to.to_owned());
    let remark = |item: &Item| remark(dossier, item, remarks);
    match dossier.entry.category.as_str() {
        category @ ("filling-mobile" | "filling-cylinder") => Box::new(FillingLicence {
            of: if category == "filling-mobile" { FillingOf::Mobile } else { FillingOf::Cylinder },
            registered,
            addresses,
            media: plan.items.iter().flat_map(|item| media(item, &dossier.beside(item, "product"), &remark(item))).collect(),
            valid_to,
        }),
        "institution" | "calibration" => Box::new(InstitutionApproval {
            registered,
            addresses,
            items: plan.items.iter().map(|item| (if item.level.is_empty() { item.sub_item.clone() } else { item.level.clone() }, remark(item))).collect(),
            valid_to,
            ..InstitutionApproval::default()
        }),
        category => Box::new(ProductionLicence {
            registered,
            place: if category == "manufacture" { PlaceName::Manufacturing } else { PlaceName::Office },
            addresses,
            items: plan
                .items
                .iter()
                .map(|item| LicenceItem {
                    item: item.item.clone(),
                    sub_item: item.sub_item.clone(),
                    parameters: parameters(item),
                    products: String::new(),
                    remark: remark(item),
                })
                .collect(),
            valid_to,
        }),
    }
}

/// 充装介质 as the applicant wrote them: `压缩气体：氧、氮；混合气体：…`, a line of the certificate for each class.
fn media(item: &Item, written: &str, remark: &str) -> Vec<Medium> {
    let line = |part: &str| {
        let (class, names) = part.split_once(['：', ':']).unwrap_or(("", part));
        Medium {
            variety: item.sub_item.clone(),
            class: class.trim().to_owned(),
            names: names.split(['、', '，', ',']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            remark: remark.to_owned(),
        }
    };
    let parts: Vec<&str> = written.split(['；', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { vec![line("")] } else { parts.into_iter().map(line).collect() }
}
