//! What the administrator does: staff of authorities (机关工作人员), review agencies (鉴定评审机构); and how the first
//! administrator comes to be. The administrator has no case rights (1.5).

use super::{code_taken, mobile_taken, name_taken, new_account};
use crate::account::filled::Filled;
use crate::account::forms::{AGENCY_KINDS, STAFF_CHANGE};
use crate::account::model::{Agency, Authority, Role, Staff, StaffFile, StaffMember};
use crate::account::password;
use crate::account::store::{self, Account, Unit};
use crate::base::{check, say, text};
use crate::casework::agencies::need_idle;
use crate::catalogue::store::{authorities, find_authority};
use crate::error::{AppError, Result};
use crate::form::{Issue, Kind, Values};
use crate::server::app::{App, Visit, audit};
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;

const PAGE: &str = "/admin/staff?saved=1";

fn admin(visit: &Visit) -> Result<()> {
    if visit.caller()?.role == Role::Admin { Ok(()) } else { Err(AppError::Forbidden) }
}

/// Creates an administrator from the command line.
///
/// # Errors
/// [`AppError::Refused`] for a name or password that breaks the rules of 7.4, or a name that is taken.
pub async fn create_admin(app: &App, username: &str, password: &str) -> Result<()> {
    let today = app.clock.today();
    check::value(Kind::Username, username, today).and_then(|()| check::value(Kind::NewPassword, password, today)).map_err(AppError::Refused)?;
    if check::holds_username(password, username) {
        return Err(AppError::Refused(super::secure::holds_name()));
    }
    let hash = password::hash(password.to_owned()).await?;
    let account = Account { person_name: "系统管理员".to_owned(), ..new_account(app, Role::Admin, username, hash) };
    let now = app.clock.now();
    let create = app.db.write(move |tx| {
        Box::pin(async move {
            if store::is_username_taken(tx, &account.username).await? {
                return Err(AppError::Refused(name_taken()));
            }
            store::insert_account(tx, &account).await?;
            audit(tx, now, None, "create-admin", &account.id, &account.username).await
        })
    });
    create.await
}

/// All staff, agencies and authorities.
pub async fn list(visit: &Visit) -> Result<Staff> {
    admin(visit)?;
    let mut tx = visit.app.db.read().await?;
    let staff = store::accounts_of_staff(&mut tx).await?.into_iter().map(|account| StaffMember {
        id: account.id,
        name: account.person_name,
        username: account.username,
        mobile: text::masked(&account.mobile, 3, 4),
        authority: account.authority_code.unwrap_or_default(),
        duties: account.duties,
    });
    let staff = staff.collect();
    let mut agencies = Vec::new();
    for kind in AGENCY_KINDS {
        agencies.extend(store::units_of_kind(&mut tx, kind.key).await?.into_iter().map(|unit| Agency {
            contact: unit.profile.get("contact").cloned().unwrap_or_default(),
            kind: unit.kind,
            name: unit.name,
            code: unit.code,
            id: unit.id,
        }));
    }
    let authorities = authorities(&mut tx).await?.into_iter().map(|known| Authority { code: known.code, name: known.name }).collect();
    Ok(Staff { staff, agencies, authorities })
}

/// Adds a member of an authority's staff.
pub async fn add_staff(visit: Visit, filled: Filled) -> Result<Answer> {
    admin(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let hash = password::hash(filled.get("password")).await?;
    let seat = visit.clone();
    let issues = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let authority = filled.get("authority");
            let mut issues = taken(tx, &filled).await?;
            if find_authority(tx, &authority).await?.is_none() {
                issues.push(filled.issue("authority", say("请选择审批机关", "Please choose an authority")));
            }
            if !issues.is_empty() {
                return Ok(issues);
            }
            let account = Account {
                person_name: filled.get("name"),
                mobile: filled.get("mobile"),
                authority_code: Some(authority),
                duties: filled.get("duties").split(',').map(str::to_owned).collect(),
                ..new_account(&seat.app, Role::Staff, &filled.get("username"), hash)
            };
            store::insert_account(tx, &account).await?;
            seat.audit(tx, "add-staff", &account.id, &account.duties.join(",")).await?;
            Ok(issues)
        })
    });
    Ok(done(issues.await?))
}

/// An active official.
async fn officer(tx: &mut Tx, id: &str) -> Result<Account> {
    store::find_account(tx, id).await?.filter(|account| account.is_active && account.role == Role::Staff).ok_or(AppError::NotFound)
}

/// A member of an authority's staff, to be changed.
pub async fn member(visit: &Visit, id: &str) -> Result<StaffFile> {
    admin(visit)?;
    let mut tx = visit.app.db.read().await?;
    let Account { id, person_name: name, username, mobile, duties, authority_code, .. } = officer(&mut tx, id).await?;
    let code = authority_code.unwrap_or_default();
    let authority = find_authority(&mut tx, &code).await?.map_or(code, |known| known.name);
    let values = Values::from([(STAFF_CHANGE.path("duties"), duties.join(",")), (STAFF_CHANGE.path("mobile"), mobile)]);
    Ok(StaffFile { id, name, username, authority, values })
}

/// Changes what a member of an authority's staff does and where they are reached, and sets a new password if there is one. They sign in
/// anew: what they were let do before is over.
pub async fn change_staff(visit: Visit, filled: Filled, id: String) -> Result<Answer> {
    admin(&visit)?;
    let account = officer(&mut visit.app.db.read().await?, &id).await?;
    let (mut issues, password) = (filled.issues(&visit), filled.get("password"));
    if check::holds_username(&password, &account.username) {
        issues.push(filled.issue("password", super::secure::holds_name()));
    }
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let hash = if password.is_empty() { None } else { Some(password::hash(password).await?) };
    let seat = visit.clone();
    let issues = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let account = officer(tx, &id).await?;
            let (duties, mobile) = (filled.get("duties"), filled.get("mobile"));
            let has_it = if mobile.is_empty() { None } else { store::find_by_mobile(tx, &mobile).await? };
            if has_it.is_some_and(|other| other.id != account.id) {
                return Ok(vec![filled.issue("mobile", mobile_taken())]);
            }
            store::set_staff(tx, &account.id, &duties, &mobile).await?;
            if account.mobile != mobile {
                super::secure::tell_mobile_changed(&seat, tx, &account.mobile).await?;
            }
            let is_new = hash.is_some();
            if let Some(hash) = hash {
                store::set_password(tx, &account.id, &hash).await?;
                store::clear_failures(tx, &[&account.username.to_lowercase(), &account.mobile]).await?;
                super::secure::tell_password_changed(&seat, tx, if account.mobile.is_empty() { &mobile } else { &account.mobile }).await?;
            }
            store::end_all_sessions(tx, &account.id).await?;
            seat.audit(tx, "change-staff", &account.id, &format!("{duties}{}", if is_new { " password" } else { "" })).await?;
            Ok(Vec::new())
        })
    });
    Ok(done(issues.await?))
}

/// Adds a review agency or an examination body, and the owner of its account.
pub async fn add_agency(visit: Visit, filled: Filled, act: String) -> Result<Answer> {
    admin(&visit)?;
    if !act.is_empty() {
        return Ok(Answer::Wrong(Vec::new()));
    }
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let hash = password::hash(filled.get("password")).await?;
    let seat = visit.clone();
    let issues = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let mut issues = taken(tx, &filled).await?;
            if store::find_unit_by_code(tx, &filled.get("uscc")).await?.is_some() {
                issues.push(filled.issue("uscc", code_taken()));
            }
            if !issues.is_empty() {
                return Ok(issues);
            }
            let now = seat.now();
            let mut profile = filled.some(&["address", "contact"]);
            profile.insert("contact_mobile".to_owned(), filled.get("mobile"));
            let unit = Unit {
                id: ids::new(now),
                kind: filled.get("kind"),
                name: filled.get("org_name"),
                code: filled.get("uscc"),
                unit_type: "other".to_owned(),
                region: filled.get("region"),
                profile,
                created_at: now,
            };
            store::insert_unit(tx, &unit).await?;
            let account = Account {
                person_name: filled.get("contact"),
                mobile: filled.get("mobile"),
                unit_id: Some(unit.id.clone()),
                ..new_account(&seat.app, Role::Owner, &filled.get("username"), hash)
            };
            store::insert_account(tx, &account).await?;
            seat.audit(tx, "add-agency", &unit.id, &unit.code).await?;
            Ok(issues)
        })
    });
    Ok(done(issues.await?))
}

/// Closes the account of a member of staff.
pub async fn close_staff(visit: &Visit, id: String) -> Result<Answer> {
    admin(visit)?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let account = officer(tx, &id).await?;
            store::close_account(tx, &account.id).await?;
            seat.audit(tx, "close-account", &account.id, "").await
        })
    });
    change.await?;
    Ok(Answer::Go(PAGE.to_owned()))
}

/// Closes a review agency or an examination body once it has no cases in hand: all its accounts, and those that are about to be.
pub async fn close_agency(visit: &Visit, id: String) -> Result<Answer> {
    admin(visit)?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let unit = store::find_unit(tx, &id).await?.filter(|unit| AGENCY_KINDS.iter().any(|kind| kind.key == unit.kind)).ok_or(AppError::NotFound)?;
            // First: whoever accepts an invitation or names the agency at this moment is seen then, or comes too late.
            store::close_agency(tx, &unit.id).await?;
            need_idle(tx, &unit.id, seat.now()).await?;
            for member in store::members_of(tx, &unit.id).await? {
                store::close_account(tx, &member.id).await?;
            }
            seat.audit(tx, "close-agency", &unit.id, "").await
        })
    });
    change.await?;
    Ok(Answer::Go(PAGE.to_owned()))
}

async fn taken(tx: &mut Tx, filled: &Filled) -> Result<Vec<Issue>> {
    let (username, mobile) = (filled.get("username"), filled.get("mobile"));
    let mut issues = Vec::new();
    if store::is_username_taken(tx, &username).await? {
        issues.push(filled.issue("username", name_taken()));
    }
    if !mobile.is_empty() && store::find_by_mobile(tx, &mobile).await?.is_some() {
        issues.push(filled.issue("mobile", mobile_taken()));
    }
    Ok(issues)
}

fn done(issues: Vec<Issue>) -> Answer {
    if issues.is_empty() { Answer::Go(PAGE.to_owned()) } else { Answer::Wrong(issues) }
}
