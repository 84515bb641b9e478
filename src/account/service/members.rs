//! 子账号 (ruling 11): the owner invites fillers and readers, changes their role, closes their accounts. The link of an
//! invitation goes by message only, so that opening it proves the mobile number.

use super::{MINUTE, mobile_taken, name_taken, new_account};
use crate::account::filled::Filled;
use crate::account::model::{Caller, Member, Members, OpenInvitation, Role, Welcome};
use crate::account::password;
use crate::account::store::{self, Account, Invitation};
use crate::base::{say, text};
use crate::error::{AppError, Result};
use crate::server::app::{Visit, audit};
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;

const LIFE_DAYS: i64 = 7;
/// The most open invitations of a unit.
const OPEN: usize = 50;
const PAGE: &str = "/account/members?saved=1";

/// The caller as owner, and their unit.
fn owner(visit: &Visit) -> Result<(Caller, String)> {
    let (caller, unit_id) = visit.unit()?;
    if caller.role == Role::Owner { Ok((caller.clone(), unit_id.to_owned())) } else { Err(AppError::Forbidden) }
}

/// The members and open invitations of the owner's unit.
pub async fn list(visit: &Visit) -> Result<Members> {
    let (caller, unit_id) = owner(visit)?;
    let mut tx = visit.app.db.read().await?;
    let members = store::members_of(&mut tx, &unit_id).await?.into_iter().map(|account| Member {
        is_me: account.id == caller.account_id,
        id: account.id,
        name: account.person_name,
        username: account.username,
        mobile: text::masked(&account.mobile, 3, 4),
        role: account.role,
        may_submit: account.may_submit,
    });
    let members = members.collect();
    let invitations = store::invitations_of(&mut tx, &unit_id, visit.now()).await?.into_iter().map(|i| OpenInvitation {
        id: i.id,
        name: i.person_name,
        mobile: text::masked(&i.mobile, 3, 4),
        role: i.role,
        may_submit: i.may_submit,
        expires_at: i.expires_at,
    });
    Ok(Members { members, invitations: invitations.collect() })
}

/// Invites somebody.
pub async fn invite(visit: Visit, filled: Filled) -> Result<Answer> {
    let (caller, unit_id) = owner(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let seat = visit.clone();
    let issue = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let mobile = filled.get("mobile");
            if store::find_by_mobile(tx, &mobile).await?.is_some() {
                let taken = say(
                    "这个手机号已有账号。一个手机号只对应一个账号，请换一个手机号",
                    "This number has an account already. A number belongs to one account; please use another",
                );
                return Ok(Some(filled.issue("mobile", taken)));
            }
            if store::invitations_of(tx, &unit_id, seat.now()).await?.len() >= OPEN {
                return Err(AppError::Refused(say("未接受的邀请太多，请先撤回一些。", "Too many open invitations; please take some back first.")));
            }
            let (role, may_submit) = role_of(&filled);
            let token = ids::token();
            let invitation = Invitation {
                id: ids::new(seat.now()),
                unit_id,
                unit_name: caller.unit_name.clone(),
                mobile,
                person_name: filled.get("name"),
                role,
                may_submit,
                expires_at: seat.now() + LIFE_DAYS * 24 * 60 * MINUTE,
            };
            store::insert_invitation(tx, &ids::digest(&token), &invitation, &caller.account_id).await?;
            let (unit, link) = (&caller.unit_name, format!("{}/invitation/{token}", seat.app.config.public_url));
            let message = say(
                format!("{unit} 邀请您一起办理特种设备许可，请在 7 天内打开 {link} 设置您的账号。"),
                format!("{unit} invites you to work on special-equipment licences. Open {link} within 7 days to set up your account."),
            );
            crate::notice::service::sms(tx, &seat.app, &invitation.mobile, message.get(seat.lang)).await?;
            seat.audit(tx, "invite", &invitation.unit_id, &format!("{} {}", invitation.id, role.word())).await?;
            Ok(None)
        })
    });
    Ok(match issue.await? {
        Some(issue) => Answer::Wrong(vec![issue]),
        None => Answer::Go(PAGE.to_owned()),
    })
}

/// Takes back an invitation.
pub async fn uninvite(visit: &Visit, id: String) -> Result<Answer> {
    let (_, unit_id) = owner(visit)?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            if !store::drop_invitation(tx, &unit_id, &id).await? {
                return Err(AppError::NotFound);
            }
            seat.audit(tx, "uninvite", &unit_id, &id).await
        })
    });
    change.await?;
    Ok(Answer::Go(PAGE.to_owned()))
}

/// Changes the role of a member.
pub async fn change_role(visit: Visit, filled: Filled, id: String) -> Result<Answer> {
    let (_, unit_id) = owner(&visit)?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let member = subordinate(tx, &unit_id, &id).await?;
            let (role, may_submit) = role_of(&filled);
            store::set_role(tx, &member.id, role, may_submit).await?;
            seat.audit(tx, "change-role", &member.id, &format!("{} {may_submit}", role.word())).await
        })
    });
    change.await?;
    Ok(Answer::Go(PAGE.to_owned()))
}

/// Closes the account of a member; what they did stays.
pub async fn close(visit: &Visit, id: String) -> Result<Answer> {
    let (_, unit_id) = owner(visit)?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let member = subordinate(tx, &unit_id, &id).await?;
            store::close_account(tx, &member.id).await?;
            seat.audit(tx, "close-account", &member.id, &unit_id).await
        })
    });
    change.await?;
    Ok(Answer::Go(PAGE.to_owned()))
}

/// The invitation of a link.
pub async fn welcome(visit: &Visit, token: &str) -> Result<Welcome> {
    let invitation = store::find_invitation(&mut visit.app.db.read().await?, &ids::digest(token), visit.now()).await?.ok_or_else(over)?;
    Ok(Welcome { unit_name: invitation.unit_name, name: invitation.person_name, mobile: text::masked(&invitation.mobile, 3, 4), role: invitation.role })
}

/// Accepts an invitation: creates the account and signs it in.
pub async fn accept(visit: Visit, filled: Filled, token: String) -> Result<Answer> {
    // Before anything else: without a good link this form creates nothing and tells nothing.
    welcome(&visit, &token).await?;
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let hash = password::hash(filled.get("password")).await?;
    let seat = visit.clone();
    let created = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let now = seat.now();
            let invitation = store::find_invitation(tx, &ids::digest(&token), now).await?.ok_or_else(over)?;
            let username = filled.get("username");
            if store::is_username_taken(tx, &username).await? {
                return Ok(Err(filled.issue("username", name_taken())));
            }
            if store::find_by_mobile(tx, &invitation.mobile).await?.is_some() {
                return Err(AppError::Refused(mobile_taken()));
            }
            if !store::use_invitation(tx, &invitation.id, now).await? {
                return Err(over());
            }
            let account = Account {
                mobile: invitation.mobile,
                person_name: invitation.person_name,
                may_submit: invitation.may_submit,
                unit_id: Some(invitation.unit_id.clone()),
                ..new_account(&seat.app, invitation.role, &username, hash)
            };
            store::insert_account(tx, &account).await?;
            audit(tx, now, Some(account.id.clone()), "accept-invitation", &invitation.unit_id, &invitation.id).await?;
            Ok(Ok(account.id))
        })
    });
    match created.await? {
        Err(issue) => Ok(Answer::Wrong(vec![issue])),
        Ok(id) => {
            visit.sign_in(&id).await?;
            Ok(Answer::Go("/account?welcome=1".to_owned()))
        }
    }
}

/// What is told of a link that leads nowhere, whatever the reason.
fn over() -> AppError {
    AppError::Moved(say(
        "这个邀请链接无效、已使用或已超过 7 天。请联系本单位的主账号重新邀请。",
        "This invitation is not valid, was used, or is older than 7 days. Please ask the owner of your unit’s account to invite you again.",
    ))
}

/// A filler or reader of the unit; never its owner, never somebody else's.
async fn subordinate(tx: &mut Tx, unit_id: &str, id: &str) -> Result<Account> {
    let account = store::find_account(tx, id).await?.filter(|a| a.is_active && a.unit_id.as_deref() == Some(unit_id));
    let account = account.ok_or(AppError::NotFound)?;
    if matches!(account.role, Role::Filler | Role::Reader) { Ok(account) } else { Err(AppError::Forbidden) }
}

/// What a form gives: a reader never submits.
fn role_of(filled: &Filled) -> (Role, bool) {
    match Role::of_word(&filled.get("role")) {
        Role::Filler => (Role::Filler, filled.get("may_submit") == "yes"),
        _ => (Role::Reader, false),
    }
}
