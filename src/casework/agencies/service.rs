//! Use cases around review agencies: which fits a case, who its reviewers are, when they are away.

use super::model::{AgencyFile, Engaged, KINDS, Month, PROVINCES, Reviewer, Reviewers, Suggested, month_of, named};
use super::store;
use crate::account::filled::Filled;
use crate::account::model::{Caller, Role};
use crate::account::store::find_unit;
use crate::base::region::province_code;
use crate::base::workdays::days_between;
use crate::base::{Lang, Say, period, say};
use crate::casework::service::File;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::ui::form::FormState;
use jiff::civil::Date;

/// The most days one entry of leave may span.
const LONGEST_LEAVE: i32 = 366;

/// The agencies that may be named for a case: the competent first, of those whoever has least in hand; the others after them,
/// with what they lack. The applicant's own organisation is none of them (ruling 12).
pub async fn suggest(tx: &mut Tx, file: &File) -> Result<Vec<Suggested>> {
    let province = province(tx, file).await?;
    let candidate = |agency: store::Candidate| {
        let of = |kind: &String| agency.kinds.iter().find(|(known, _)| known == kind);
        let (known, missing): (Vec<String>, Vec<String>) = file.equipment.iter().cloned().partition(|kind| of(kind).is_some());
        let elsewhere: Vec<String> = known.iter().filter(|kind| !province.is_empty() && of(kind).is_some_and(|(_, here)| !here)).cloned().collect();
        let fits = missing.is_empty() && elsewhere.is_empty();
        let reason = reason(&known, &missing, &elsewhere, &province, agency.open);
        Suggested { id: agency.id, name: agency.name, fits, open: agency.open, reason }
    };
    let mut all: Vec<Suggested> = store::candidates(tx, &file.record.unit_id, &province).await?.into_iter().map(candidate).collect();
    all.sort_by(|a, b| (!a.fits, a.open, &a.name).cmp(&(!b.fits, b.open, &b.name)));
    Ok(all)
}

/// Where the review takes place: in the province that decides; in that of the applicant where the authority is the national
/// one, or 新疆生产建设兵团, which is no region.
async fn province(tx: &mut Tx, file: &File) -> Result<String> {
    let of_authority = province_code(&file.record.authority_code);
    if PROVINCES.iter().any(|province| province.key == of_authority) {
        return Ok(of_authority);
    }
    Ok(find_unit(tx, &file.record.unit_id).await?.map(|unit| province_code(&unit.region)).unwrap_or_default())
}

fn reason(known: &[String], missing: &[String], elsewhere: &[String], province: &str, open: i64) -> Say {
    let kinds = |keys: &[String], lang| named(KINDS, keys, lang);
    let place = |lang| named(PROVINCES, std::slice::from_ref(&province.to_owned()), lang);
    let (zh, en) = match () {
        () if !missing.is_empty() => (format!("没有{}评审能力", kinds(missing, Lang::Zh)), format!("not competent for {}", kinds(missing, Lang::En))),
        () if !elsewhere.is_empty() => (
            format!("具有{}评审能力，不覆盖{}", kinds(elsewhere, Lang::Zh), place(Lang::Zh)),
            format!("competent for {}, but not in {}", kinds(elsewhere, Lang::En), place(Lang::En)),
        ),
        () if province.is_empty() => (format!("具有{}评审能力", kinds(known, Lang::Zh)), format!("competent for {}", kinds(known, Lang::En))),
        () => (
            format!("具有{}评审能力，覆盖{}", kinds(known, Lang::Zh), place(Lang::Zh)),
            format!("competent for {}, covers {}", kinds(known, Lang::En), place(Lang::En)),
        ),
    };
    say(format!("{zh}，在办 {open} 件"), format!("{en}, {open} in hand"))
}

/// The reviewers an agency may send: what a case records, and the label of a form.
pub async fn reviewers(tx: &mut Tx, agency_id: &str) -> Result<Vec<(String, Say)>> {
    let active = store::reviewers(tx, agency_id).await?.into_iter().filter(|reviewer| reviewer.is_active);
    let offer = |reviewer: Reviewer| {
        let (label, [zh, en]) = (reviewer.label(), [Lang::Zh, Lang::En].map(|lang| named(KINDS, &reviewer.kinds, lang)));
        (label.clone(), say(format!("{label}（{zh}）"), format!("{label} ({en})")))
    };
    Ok(active.map(offer).collect())
}

/// Whoever an agency would send has to be its own, and to be sent at all.
pub async fn need_reviewers(tx: &mut Tx, agency_id: Option<&str>, named: &[String]) -> Result<()> {
    let known = reviewers(tx, agency_id.unwrap_or_default()).await?;
    match named.iter().find(|name| !known.iter().any(|(label, _)| label == *name)) {
        None => Ok(()),
        Some(other) => Err(AppError::Refused(say(
            format!("“{other}”现在不是该评审机构可以派出的评审人员，请另选人员，或者另约时间。"),
            format!("“{other}” is no reviewer the agency may send now; choose another one, or agree on other dates."),
        ))),
    }
}

/// How long after the marks a complaint may come (a month), in milliseconds.
const COMPLAINABLE_MS: i64 = 31 * 86_400_000;

/// Whoever still has cases in hand is not closed: nobody could go on with them.
pub async fn need_idle(tx: &mut Tx, agency_id: &str, now: i64) -> Result<()> {
    let cases = store::needing(tx, agency_id, now - COMPLAINABLE_MS).await?;
    if cases.is_empty() {
        return Ok(());
    }
    Err(AppError::Refused(say(
        format!(
            "该机构还有在办案件，没有关闭：{}。评审机构的，请先由审批机关的监督人员更换评审机构；考试机构的，请先公布成绩、答复申诉或者取消场次，并等申诉期满。",
            cases.join("、")
        ),
        format!(
            "It was not closed, for it still has cases in hand: {}. A supervisor of the authority replaces a review agency first; an examination body first publishes the marks, answers the complaints or calls the examination off, and the month for complaints has to pass.",
            cases.join(", ")
        ),
    )))
}

fn admin(visit: &Visit) -> Result<()> {
    if visit.caller()?.role == Role::Admin { Ok(()) } else { Err(AppError::Forbidden) }
}

/// The member of an agency who asks, and the agency.
fn member(visit: &Visit) -> Result<(&Caller, &str)> {
    let (caller, unit) = visit.unit()?;
    if caller.unit_kind == "agency" { Ok((caller, unit)) } else { Err(AppError::Forbidden) }
}

/// The agency whose owner asks.
fn owned(visit: &Visit) -> Result<String> {
    let (caller, agency) = member(visit)?;
    if caller.role == Role::Owner { Ok(agency.to_owned()) } else { Err(AppError::Forbidden) }
}

/// What an agency can do, for the administrator.
pub async fn agency(visit: &Visit, id: &str) -> Result<AgencyFile> {
    admin(visit)?;
    let mut tx = visit.app.db.read().await?;
    let unit = find_unit(&mut tx, id).await?.filter(|unit| unit.kind == "agency").ok_or(AppError::NotFound)?;
    Ok(AgencyFile { competence: store::competence(&mut tx, id).await?, id: unit.id, name: unit.name, state: FormState::default() })
}

/// Sets the provinces of some kinds.
pub async fn set_competence(visit: Visit, filled: Filled, id: String) -> Result<Answer> {
    admin(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let seat = visit.clone();
    let to = format!("/admin/agencies/{id}?saved=1");
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            find_unit(tx, &id).await?.filter(|unit| unit.kind == "agency").ok_or(AppError::NotFound)?;
            let (kinds, provinces) = (filled.get("kinds"), list(&filled.get("provinces")));
            for kind in list(&kinds) {
                store::set_competence(tx, &id, &kind, &provinces).await?;
            }
            seat.audit(tx, "set-competence", &id, &format!("{kinds}: {}", provinces.join(","))).await
        })
    });
    change.await?;
    Ok(Answer::Go(to))
}

fn list(joined: &str) -> Vec<String> {
    joined.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The reviewers of the caller's agency.
pub async fn my_reviewers(visit: &Visit) -> Result<Reviewers> {
    let (caller, agency) = member(visit)?;
    let rows = store::reviewers(&mut visit.app.db.read().await?, agency).await?;
    Ok(Reviewers { rows, may_edit: caller.role == Role::Owner, state: FormState::default() })
}

/// Adds a reviewer.
pub async fn add_reviewer(visit: Visit, filled: Filled) -> Result<Answer> {
    let agency = owned(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let seat = visit.clone();
    let issues = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let (now, number) = (seat.now(), filled.get("number"));
            if store::reviewers(tx, &agency).await?.iter().any(|known| known.number == number) {
                return Ok(vec![filled.issue("number", say("这个编号已经登记过", "This number is on the list already"))]);
            }
            let reviewer = Reviewer { id: ids::new(now), name: filled.get("name"), number, kinds: list(&filled.get("kinds")), is_active: true };
            store::insert_reviewer(tx, &agency, &reviewer, now).await?;
            seat.audit(tx, "add-reviewer", &agency, &reviewer.label()).await?;
            Ok(Vec::new())
        })
    });
    let issues = issues.await?;
    Ok(if issues.is_empty() { Answer::Go("/agency/reviewers?saved=1".to_owned()) } else { Answer::Wrong(issues) })
}

/// Changes a reviewer's kinds, and whether they may be sent.
pub async fn change_reviewer(visit: Visit, filled: Filled, id: String) -> Result<Answer> {
    let agency = owned(&visit)?;
    let issues = filled.issues(&visit);
    if let Some(issue) = issues.into_iter().next() {
        return Ok(Answer::Told(issue.message));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let (kinds, active) = (filled.get("kinds"), filled.get("active") == "yes");
            if !store::change_reviewer(tx, &agency, &id, &kinds, active).await? {
                return Err(AppError::NotFound);
            }
            seat.audit(tx, "change-reviewer", &id, &format!("{kinds} {}", if active { "active" } else { "inactive" })).await
        })
    });
    change.await?;
    Ok(Answer::Go("/agency/reviewers?saved=1".to_owned()))
}

/// A month of the caller's agency; the present one unless it is named.
pub async fn month(visit: &Visit, name: &str) -> Result<Month> {
    let (caller, agency) = member(visit)?;
    let today = visit.app.clock.today();
    let first = month_of(name).unwrap_or_else(|| today.first_of_month());
    let last = first.last_of_month();
    let mut tx = visit.app.db.read().await?;
    let calendar = crate::calendar::service::current(&mut tx).await?;
    let days = std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| *day <= last);
    Ok(Month {
        first,
        today,
        off: days.filter(|day| !calendar.is_working_day(*day)).collect(),
        reviewers: store::reviewers(&mut tx, agency).await?,
        engaged: store::engaged(&mut tx, agency, first, last).await?,
        may_edit: caller.may_write(),
        state: FormState::default(),
    })
}

/// Enters days on which a reviewer is away.
pub async fn block(visit: Visit, filled: Filled) -> Result<Answer> {
    let (caller, agency) = member(&visit)?;
    if !caller.may_write() {
        return Err(AppError::Forbidden);
    }
    let mut issues = filled.issues(&visit);
    let days = period::days(&filled.get("days"));
    if let Some((from, to)) = days {
        if days_between(from, to) >= LONGEST_LEAVE {
            issues.push(filled.issue("days", say("一次最多登记一年", "At most a year at once")));
        } else if to < visit.app.clock.today() {
            issues.push(filled.issue("days", say("这些日期已经过去", "These days have passed")));
        }
    }
    let (Some((from, to)), true) = (days, issues.is_empty()) else { return Ok(Answer::Wrong(issues)) };
    let (seat, agency) = (visit.clone(), agency.to_owned());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let reviewer = filled.get("reviewer");
            if !store::reviewers(tx, &agency).await?.iter().any(|known| known.label() == reviewer) {
                return Ok(Answer::Wrong(vec![filled.issue("reviewer", say("请选择评审人员", "Choose a reviewer"))]));
            }
            let mut taken = store::engaged(tx, &agency, from, to).await?;
            taken.retain(|engaged| engaged.reviewer == reviewer);
            if let Some((day, (no, unit))) = taken.iter().find_map(|engaged| Some((engaged.day, engaged.case.clone()?))) {
                return Ok(Answer::Told(reviewing(day, &no, &unit)));
            }
            let days = std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(|day| *day <= to);
            for day in days.filter(|day| !taken.iter().any(|Engaged { day: known, .. }| known == day)) {
                store::block(tx, &agency, &reviewer, day).await.map_err(just_taken)?;
            }
            seat.audit(tx, "block-days", &agency, &format!("{reviewer}: {from} – {to}")).await?;
            Ok(Answer::Go(format!("/agency/calendar?month={}&saved=1", super::model::month_name(from))))
        })
    });
    change.await
}

fn reviewing(day: Date, no: &str, unit: &str) -> Say {
    say(
        format!("{day} 已约定评审 {no}（{unit}）。请先与申请单位改期，再登记休假。"),
        format!("On {day} the review of {no} ({unit}) is agreed. Agree on another date first."),
    )
}

/// A review took one of the days in the same moment.
fn just_taken(error: AppError) -> AppError {
    match error {
        AppError::Moved(_) => {
            AppError::Moved(say("其中有日期刚刚约定了评审，请看过日历再登记。", "A review was just agreed on one of these days; look at the calendar again."))
        }
        other => other,
    }
}

/// Gives days of leave back.
pub async fn unblock(visit: &Visit, reviewer: String, from: Date, to: Date) -> Result<Answer> {
    let (caller, agency) = member(visit)?;
    if !caller.may_write() {
        return Err(AppError::Forbidden);
    }
    let (seat, agency) = (visit.clone(), agency.to_owned());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            if store::unblock(tx, &agency, &reviewer, from, to).await? == 0 {
                return Err(AppError::NotFound);
            }
            seat.audit(tx, "unblock-days", &agency, &format!("{reviewer}: {from} – {to}")).await
        })
    });
    change.await?;
    Ok(Answer::Go(format!("/agency/calendar?month={}&saved=1", super::model::month_name(from))))
}
