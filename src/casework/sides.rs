//! What a caller is to a case (spec 1.2, ruling 11): of the applicant, the authority, the agency or examination body named in it, or
//! the unit where a person practises. To everybody else it does not exist.

use super::service::File;
use super::store::Record;
use crate::account::model::{Caller, Role as AccountRole};
use crate::catalogue;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::workflow::{ActionKind, Actor, Matter, Party, Role};

/// What a caller is to a case; `None` if it does not exist for them. `superior` is the authority that delegated to the
/// deciding one: its supervisors look on (行政许可法 art. 24, 60).
fn relate(caller: &Caller, record: &Record, superior: Option<&str>) -> Option<Actor> {
    let account = &caller.account_id;
    let actor = |roles: Vec<Role>| (!roles.is_empty()).then(|| Actor { account: account.clone(), roles });
    if let Some(unit) = caller.unit_id.as_deref() {
        if unit == record.unit_id {
            return Some(Actor::of_unit(account, caller.may_write(), caller.may_submit()));
        }
        let ours = record.case.agency.as_deref() == Some(unit);
        let is_body = record.case.matter() == Matter::Person;
        let asked = record.employers.iter().any(|employer| employer == unit);
        let roles = [
            (Role::AgencyLead, ours && !is_body && caller.may_submit()),
            (Role::Reviewer, ours && !is_body && caller.may_write()),
            (Role::AgencyReader, ours && !is_body),
            (Role::ExamOfficer, ours && is_body && caller.may_write()),
            (Role::ExamReader, ours && is_body),
            (Role::Employer, asked && caller.may_submit()),
        ];
        return actor(roles.into_iter().filter(|(_, is)| *is).map(|(role, _)| role).collect());
    }
    let authority = caller.authority_code.as_deref().filter(|_| caller.role == AccountRole::Staff)?;
    let duties = caller.duties.iter().filter_map(|duty| Role::of_word(duty)).filter(|role| role.party() == Party::Authority);
    let is_ours = authority == record.authority_code;
    actor(duties.filter(|role| is_ours || (*role == Role::Supervisor && superior == Some(authority))).collect())
}

/// What the caller is to a case. Whoever is nothing to it learns nothing of it, nor does who may not even read it, unless
/// it is their own unit's.
pub async fn actor(visit: &Visit, tx: &mut Tx, file: &File) -> Result<Actor> {
    let caller = visit.caller()?;
    let authority = catalogue::store::find_authority(tx, &file.record.authority_code).await?;
    let superior = authority.and_then(|authority| authority.delegated_by);
    let actor = relate(caller, &file.record, superior.as_deref()).ok_or(AppError::NotFound)?;
    let sees = actor.is_of(Party::Unit) || file.available(&actor, visit.now()).contains(&ActionKind::Read);
    if sees { Ok(actor) } else { Err(AppError::NotFound) }
}
