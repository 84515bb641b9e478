//! 注册 (spec 2.2–2.4): a code proves the mobile number; unit and account are stored together; then the person is signed in.

use super::codes::{self, Purpose};
use super::profile::{PERSON_KEYS, UNIT_KEYS};
use super::{code_taken, mobile_taken, name_taken, new_account, person_taken};
use crate::account::filled::Filled;
use crate::account::model::Role;
use crate::account::password;
use crate::account::store::{self, Account, Unit};
use crate::error::Result;
use crate::form::Issue;
use crate::server::app::{Visit, audit};
use crate::server::db::Tx;
use crate::server::ids;
use crate::server::plain::Answer;

/// Who registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registrant {
    Enterprise,
    Institution,
    Individual,
}

/// Registers, or sends the code (`act` is `code`), or only gives back what was typed (any other `act`).
pub async fn register(visit: Visit, filled: Filled, act: String, who: Registrant) -> Result<Answer> {
    match act.as_str() {
        "" => {}
        "code" => return code(&visit, &filled, Purpose::Register).await,
        _ => return Ok(Answer::Wrong(Vec::new())),
    }
    let mut issues = filled.issues(&visit);
    if issues.is_empty() {
        // Name and code cannot be changed afterwards.
        issues = filled.doubts(&visit);
    }
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let hash = password::hash(filled.get("password")).await?;
    let seat = visit.clone();
    let stored = visit.app.db.write(move |tx| Box::pin(async move { store_new(&seat, tx, &filled, hash, who).await })).await?;
    match stored {
        Err(issues) => Ok(Answer::Wrong(issues)),
        Ok(account_id) => {
            visit.sign_in(&account_id).await?;
            Ok(Answer::Go("/account?welcome=1".to_owned()))
        }
    }
}

/// Sends a code to the number a form holds, if it is one.
pub(super) async fn code(visit: &Visit, filled: &Filled, purpose: Purpose) -> Result<Answer> {
    let issues = filled.issues_of(visit, "mobile");
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    codes::send_now(visit, purpose, filled.get("mobile")).await
}

async fn store_new(visit: &Visit, tx: &mut Tx, filled: &Filled, hash: String, who: Registrant) -> Result<Result<String, Vec<Issue>>> {
    let (username, mobile, uscc) = (filled.get("username"), filled.get("mobile"), filled.get("uscc"));
    // What the register knows is told only with the code: a stranger does not learn who has an account.
    if let Some(wrong) = codes::check(visit, tx, Purpose::Register, &mobile, &filled.get("sms_code")).await? {
        return Ok(Err(vec![filled.issue("sms_code", wrong)]));
    }
    let mut issues = Vec::new();
    if store::is_username_taken(tx, &username).await? {
        issues.push(filled.issue("username", name_taken()));
    }
    if !uscc.is_empty() && store::find_unit_by_code(tx, &uscc).await?.is_some() {
        issues.push(filled.issue("uscc", code_taken()));
    }
    let digest = digest(visit, filled, who);
    if !digest.is_empty() && store::find_unit_by_code(tx, &digest).await?.is_some() {
        issues.push(filled.issue("id_no", person_taken()));
    }
    if store::find_by_mobile(tx, &mobile).await?.is_some() {
        issues.push(filled.issue("mobile", mobile_taken()));
    }
    if !issues.is_empty() {
        return Ok(Err(issues));
    }
    codes::spend(tx, Purpose::Register, &mobile).await?;
    let now = visit.now();
    let mut account = Account { mobile, email: filled.get("email"), ..new_account(&visit.app, Role::Person, &username, hash) };
    let unit = if who == Registrant::Individual { person(filled, digest, now) } else { unit(filled, who, now) };
    store::insert_unit(tx, &unit).await?;
    account.unit_id = Some(unit.id);
    let id_no = if who == Registrant::Individual {
        account.person_name = filled.get("name");
        account.id_kind = filled.get("id_kind");
        account.profile = filled.some(PERSON_KEYS);
        filled.get("id_no")
    } else {
        account.role = Role::Owner;
        account.person_name = filled.get("contact");
        account.id_kind = "resident".to_owned();
        filled.get("contact_id_no")
    };
    super::profile::seal_id(&visit.app, &mut account, &id_no);
    store::insert_account(tx, &account).await?;
    audit(tx, now, Some(account.id.clone()), "register", account.unit_id.as_deref().unwrap_or(&account.id), &username).await?;
    Ok(Ok(account.id))
}

/// What an individual is found by: one register entry for one identity document. Empty for units.
fn digest(visit: &Visit, filled: &Filled, who: Registrant) -> String {
    if who == Registrant::Individual { visit.app.keys.digest("id", &filled.get("id_no")) } else { String::new() }
}

/// An individual as an applicant.
fn person(filled: &Filled, digest: String, now: i64) -> Unit {
    Unit { id: ids::new(now), kind: "person".to_owned(), name: filled.get("name"), code: digest, created_at: now, ..Unit::default() }
}

fn unit(filled: &Filled, who: Registrant, now: i64) -> Unit {
    let mut profile = filled.some(UNIT_KEYS);
    profile.insert("contact_mobile".to_owned(), filled.get("mobile"));
    let kind = if who == Registrant::Institution { "institution" } else { "enterprise" };
    Unit {
        id: ids::new(now),
        kind: kind.to_owned(),
        name: filled.get("org_name"),
        code: filled.get("uscc"),
        unit_type: filled.get("org_type"),
        region: filled.get("region"),
        profile,
        created_at: now,
    }
}
