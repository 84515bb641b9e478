//! What people are told of a case (告知): for every event who is told and in which words, with what to do next and by when.
//! It is written in the change that makes the event; the inbox takes each event once, text messages and mail go as chosen.

use super::service::File;
use super::store;
use super::wording::{Who, audience, is_alert, is_receipt, next, words};
use crate::account::store::{Account, accounts_of_authority, find_account, find_unit, members_of};
use crate::base::{Say, say};
use crate::catalogue::store::find_authority;
use crate::error::Result;
use crate::notice::inbox::{Note, tell};
use crate::server::app::App;
use crate::server::db::Tx;
use crate::workflow::{Action, Case, Event, Party, Role};

/// Tells everybody concerned of events that were just done to a case; `before` is the case as it was. Nobody is told of what
/// they did themselves, but that it was received.
pub async fn tell_of(app: &App, tx: &mut Tx, file: &File, before: &Case, events: &[Event]) -> Result<()> {
    if events.iter().all(|event| audience(event.action.kind(), &event.action, event.role).is_empty()) {
        return Ok(());
    }
    let names = Names::of(tx, file).await?;
    let last = events.len();
    for (n, event) in (1..).zip(events) {
        let key = format!("event/{}/{}", file.record.id, before.revision + n);
        let told = audience(event.action.kind(), &event.action, event.role);
        // Without review and examination the file is examined at once.
        let at_once = matches!(event.action, Action::Accept { .. } | Action::ConfirmAcceptance { .. }) && file.record.case.turn() == Some(Role::Examiner);
        for who in told.iter().chain(at_once.then_some(&Who::Duty(Role::Examiner))) {
            let then = if usize::try_from(n).is_ok_and(|n| n == last) { next(&file.ledger(event.at), &file.record.case, *who) } else { say("", "") };
            let what = words(&event.action, &names.agency, *who, file.record.case.matter());
            for account in people(tx, file, before, *who, &event.action).await? {
                if account.id != event.by || is_receipt(event.action.kind()) {
                    let flagged = is_alert(&event.action) && *who == Who::Duty(Role::Supervisor);
                    send(app, tx, file, &names, &account, &key, flagged, &joined(&what, &then)).await?;
                }
            }
        }
    }
    Ok(())
}

/// Reminds whoever must act of a limit.
pub async fn remind(app: &App, tx: &mut Tx, file: &File, key: &str, to: Role, what: Say) -> Result<()> {
    let names = Names::of(tx, file).await?;
    let who = match to.party() {
        Party::Unit => Who::Unit,
        Party::Agency | Party::ExamBody => Who::Agency,
        Party::Employer => Who::Employers,
        Party::Authority | Party::System => Who::Duty(to),
    };
    let key = format!("{key}/{}", file.record.id);
    for account in people(tx, file, &file.record.case, who, &Action::Read).await? {
        send(app, tx, file, &names, &account, &key, false, &what).await?;
    }
    Ok(())
}

fn joined(what: &Say, then: &Say) -> Say {
    let space = if then.en.is_empty() { "" } else { " " };
    say(format!("{}{}", what.zh, then.zh), format!("{}{space}{}", what.en, then.en))
}

/// Names that messages hold.
struct Names {
    unit: String,
    agency: String,
    authority: String,
    /// The authority that delegated to the deciding one.
    superior: Option<String>,
}

impl Names {
    async fn of(tx: &mut Tx, file: &File) -> Result<Names> {
        let authority = find_authority(tx, &file.record.authority_code).await?;
        let agency = match &file.record.case.agency {
            Some(agency) => find_unit(tx, agency).await?.map(|unit| unit.name).unwrap_or_default(),
            None => String::new(),
        };
        Ok(Names {
            unit: find_unit(tx, &file.record.unit_id).await?.map(|unit| unit.name).unwrap_or_default(),
            agency,
            superior: authority.as_ref().and_then(|authority| authority.delegated_by.clone()),
            authority: authority.map(|authority| authority.name).unwrap_or_default(),
        })
    }
}

#[expect(clippy::too_many_arguments, reason = "one message: of which case, to whom, of what")]
async fn send(app: &App, tx: &mut Tx, file: &File, names: &Names, to: &Account, key: &str, flagged: bool, what: &Say) -> Result<()> {
    let no = &file.record.no;
    let is_ours = to.unit_id.as_deref() == Some(file.record.unit_id.as_str());
    let (say, link) = if is_ours {
        (say(format!("您的申请 {no}：{}", what.zh), format!("Your application {no}: {}", what.en)), format!("/applications/{no}"))
    } else {
        let unit = &names.unit;
        (say(format!("{unit}的申请 {no}：{}", what.zh), format!("Application {no} of {unit}: {}", what.en)), format!("/cases/{no}"))
    };
    let note = Note { key, flagged, say: &say, link: &link };
    tell(tx, app, &to.recipient(), &note, &names.authority).await
}

/// The accounts of whoever is told.
async fn people(tx: &mut Tx, file: &File, before: &Case, who: Who, action: &Action) -> Result<Vec<Account>> {
    match who {
        Who::Unit => {
            let submitter = store::find_submitter(tx, &file.record.id).await?;
            use crate::account::model::Role::{Owner, Person};
            let is_told = |account: &Account| matches!(account.role, Owner | Person) || Some(&account.id) == submitter.as_ref();
            Ok(members_of(tx, &file.record.unit_id).await?.into_iter().filter(is_told).collect())
        }
        Who::Agency => leads(tx, file.record.case.agency.as_deref()).await,
        Who::FormerAgency => leads(tx, before.agency.as_deref()).await,
        Who::Employers => {
            let mut all = Vec::new();
            for employer in &file.record.employers {
                all.extend(leads(tx, Some(employer)).await?);
            }
            Ok(all)
        }
        Who::Named => match action {
            Action::HandOver { to } => Ok(find_account(tx, to).await?.into_iter().collect()),
            _ => Ok(Vec::new()),
        },
        Who::Duty(role) => on_duty(tx, file, role).await,
        // Of a case that is taken up again it is whoever has to act now.
        Who::AtWork => at_work(tx, file, if matches!(action, Action::Resume { .. }) { &file.record.case } else { before }).await,
    }
}

/// Whoever answers for an agency.
async fn leads(tx: &mut Tx, agency: Option<&str>) -> Result<Vec<Account>> {
    use crate::account::model::Role;
    let Some(agency) = agency else { return Ok(Vec::new()) };
    let is_lead = |account: &Account| account.role == Role::Owner || (account.role == Role::Filler && account.may_submit);
    Ok(members_of(tx, agency).await?.into_iter().filter(is_lead).collect())
}

/// The officials at work on a case: who has it, who examined it, and whose turn it is.
async fn at_work(tx: &mut Tx, file: &File, case: &Case) -> Result<Vec<Account>> {
    let mut all = match case.turn().filter(|turn| turn.party() == Party::Authority) {
        Some(turn) => on_duty(tx, file, turn).await?,
        None => Vec::new(),
    };
    let known = |account: &Account| case.handler.as_ref() == Some(&account.id) || case.examiners.contains(&account.id);
    for account in accounts_of_authority(tx, &file.record.authority_code).await?.into_iter().filter(known) {
        if !all.iter().any(|other| other.id == account.id) {
            all.push(account);
        }
    }
    Ok(all)
}

/// The officials of a duty: whoever has the case if it is theirs, or else everybody with it; of supervisors also those of the
/// authority that delegated (行政许可法 art. 24). Whoever examined does not approve (ruling 12), so is not asked to.
async fn on_duty(tx: &mut Tx, file: &File, role: Role) -> Result<Vec<Account>> {
    let case = &file.record.case;
    let mut all = accounts_of_authority(tx, &file.record.authority_code).await?;
    if role == Role::Supervisor
        && let Some(above) = Names::of(tx, file).await?.superior
    {
        all.extend(accounts_of_authority(tx, &above).await?);
    }
    all.retain(|account| account.duties.iter().any(|duty| duty == role.word()) && !(role == Role::Approver && case.examiners.contains(&account.id)));
    if role != Role::Supervisor
        && let Some(at) = all.iter().position(|account| Some(&account.id) == case.handler.as_ref())
    {
        return Ok(vec![all.swap_remove(at)]);
    }
    Ok(all)
}
