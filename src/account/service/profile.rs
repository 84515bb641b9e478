//! 单位资料 and 个人资料: seen and changed. Name and code of a unit stay as registered; the number of a document is sealed,
//! found by a keyed digest, and shown masked. Who a certified person is changes by 变更 only.

use crate::account::filled::Filled;
use crate::account::forms;
use crate::account::model::{Caller, PersonProfile, Role, UnitProfile};
use crate::account::store::{self, Account, Unit};
use crate::base::{Say, say, text};
use crate::error::{AppError, Result};
use crate::form::{Page, Values};
use crate::notice::inbox::{self, Recipient};
use crate::notice::model::Choices;
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::plain::Answer;
use crate::{application, licence};

/// What a unit's profile keeps beside its columns.
pub(super) const UNIT_KEYS: &[&str] = &["legal_form", "parent_name", "legal_rep", "reg_authority", "address", "contact", "contact_mobile", "email"];
/// What a person's does.
pub(super) const PERSON_KEYS: &[&str] = &["region", "address"];
/// The file id of the licence scan among a unit's.
pub const LICENCE: &str = "licence_file";

/// Everything the profile of a unit says, by the keys that `from_profile` of the application book names.
pub async fn of_unit(tx: &mut Tx, unit_id: &str) -> Result<Values> {
    let unit = store::find_unit(tx, unit_id).await?.ok_or(AppError::NotFound)?;
    Ok(all_of(&unit))
}

fn all_of(unit: &Unit) -> Values {
    let mut values = unit.profile.clone();
    let columns = [("org_name", &unit.name), ("uscc", &unit.code), ("org_type", &unit.unit_type), ("region", &unit.region)];
    values.extend(columns.map(|(key, value)| (key.to_owned(), value.clone())));
    values
}

/// How the caller is told of things (通知方式).
pub async fn notices(visit: &Visit) -> Result<Choices> {
    let me = store::find_account(&mut visit.app.db.read().await?, &visit.caller()?.account_id).await?.ok_or(AppError::SignIn)?;
    let shown = Recipient { mobile: text::masked(&me.mobile, 3, 4), ..me.recipient() };
    inbox::choices(visit, shown).await
}

/// The caller's unit, which a person does not have.
fn own_unit(visit: &Visit) -> Result<(&Caller, &str)> {
    let (caller, unit_id) = visit.unit()?;
    if caller.role == Role::Person { Err(AppError::Forbidden) } else { Ok((caller, unit_id)) }
}

/// What an individual's application begins with, by the keys that `from_profile` of its book names. The number is in the
/// open: whoever keeps it seals it.
pub async fn of_person(app: &App, tx: &mut Tx, account_id: &str) -> Result<Values> {
    let account = store::find_account(tx, account_id).await?.ok_or(AppError::SignIn)?;
    let mut values = account.profile.clone();
    let id_no = app.keys.open(&account.id_no_sealed)?;
    let columns = [("name", account.person_name), ("id_kind", account.id_kind), ("id_no", id_no), ("mobile", account.mobile), ("email", account.email)];
    values.extend(columns.map(|(key, value)| (key.to_owned(), value)));
    Ok(values)
}

/// The caller's unit, for its profile page.
pub async fn unit(visit: &Visit) -> Result<UnitProfile> {
    let (_, unit_id) = own_unit(visit)?;
    let mut tx = visit.app.db.read().await?;
    let unit = store::find_unit(&mut tx, unit_id).await?.ok_or(AppError::NotFound)?;
    let page = forms::profile_page(&unit.kind);
    let all = all_of(&unit);
    Ok(UnitProfile { kind: unit.kind.clone(), values: by_path(page, |key| all.get(key).cloned()), licence: all.get(LICENCE).cloned() })
}

/// Changes the caller's unit's profile.
pub async fn change_unit(visit: Visit, filled: Filled, act: String) -> Result<Answer> {
    let (caller, unit_id) = own_unit(&visit)?;
    if !caller.may_write() {
        return Err(AppError::Forbidden);
    }
    if !act.is_empty() {
        return Ok(Answer::Wrong(Vec::new()));
    }
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let (seat, unit_id) = (visit.clone(), unit_id.to_owned());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let unit = store::find_unit(tx, &unit_id).await?.ok_or(AppError::NotFound)?;
            let mut profile = unit.profile;
            profile.retain(|key, _| !UNIT_KEYS.contains(&key.as_str()));
            profile.extend(filled.some(UNIT_KEYS));
            store::set_profile(tx, &unit.id, &filled.get("org_type"), &filled.get("region"), &profile).await?;
            seat.audit(tx, "unit-profile", &unit.id, "").await
        })
    });
    change.await?;
    Ok(Answer::Go("/account?saved=1".to_owned()))
}

/// Sets the scan of the licence, an upload of the caller's unit that is complete.
pub async fn attach_licence(visit: &Visit, file_id: &str) -> Result<()> {
    let (caller, unit_id) = own_unit(visit)?;
    if !caller.may_write() {
        return Err(AppError::Forbidden);
    }
    let (seat, unit_id, file_id) = (visit.clone(), unit_id.to_owned(), file_id.to_owned());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let mut unit = store::find_unit(tx, &unit_id).await?.ok_or(AppError::NotFound)?;
            unit.profile.insert(LICENCE.to_owned(), file_id.clone());
            store::set_profile(tx, &unit.id, &unit.unit_type, &unit.region, &unit.profile).await?;
            seat.audit(tx, "unit-licence", &unit.id, &file_id).await
        })
    });
    change.await
}

/// The profile page of a person.
pub fn person_page(role: Role) -> &'static Page {
    if role == Role::Person { &forms::PROFILE_PERSON } else { &forms::PROFILE_MEMBER }
}

/// The caller's own profile, the number of the document masked.
pub async fn person(visit: &Visit) -> Result<PersonProfile> {
    let caller = visit.caller()?;
    let account = store::find_account(&mut visit.app.db.read().await?, &caller.account_id).await?.ok_or(AppError::SignIn)?;
    let masked = masked_id(&visit.app, &account)?;
    let value = |key: &str| match key {
        "name" => Some(account.person_name.clone()),
        "email" => Some(account.email.clone()),
        "id_kind" => Some(account.id_kind.clone()),
        "id_no" => Some(masked.clone()),
        _ => account.profile.get(key).cloned(),
    };
    Ok(PersonProfile {
        username: account.username.clone(),
        mobile: text::masked(&account.mobile, 3, 4),
        values: by_path(person_page(account.role), value),
        role: account.role,
    })
}

/// What a 变更 makes of who a person is; what is empty stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub name: String,
    pub id_kind: String,
    pub id_no: String,
}

/// Sets who a person is from now on, in the change that certifies it (变更, spec 4.4).
pub async fn set_identity(visit: &Visit, tx: &mut Tx, unit_id: &str, new: &Identity) -> Result<()> {
    let unit = store::find_unit(tx, unit_id).await?.ok_or(AppError::NotFound)?;
    let or = |new: &String, old: String| if new.is_empty() { old } else { new.clone() };
    if !new.id_no.is_empty() && is_anothers(&visit.app, tx, unit_id, &new.id_no).await? {
        return Err(AppError::Refused(say(
            "变更后的证件号码是另一个已注册的人的，请核对；没有发证。",
            "The new number is that of another registered person, please check it; nothing was issued.",
        )));
    }
    let code = if new.id_no.is_empty() { unit.code } else { visit.app.keys.digest("id", &new.id_no) };
    store::set_person(tx, unit_id, &or(&new.name, unit.name), &code).await?;
    for mut account in store::members_of(tx, unit_id).await? {
        account.person_name = or(&new.name, account.person_name);
        if !new.id_no.is_empty() {
            seal_id(&visit.app, &mut account, &new.id_no);
            account.id_kind.clone_from(&new.id_kind);
        }
        store::set_contact(tx, &account).await?;
    }
    visit.audit(tx, "person-changed", unit_id, &new.name).await
}

/// Whether the number of a document is another registered person's.
pub async fn is_anothers(app: &App, tx: &mut Tx, unit_id: &str, number: &str) -> Result<bool> {
    Ok(store::find_unit_by_code(tx, &app.keys.digest("id", number)).await?.is_some_and(|other| other.id != unit_id))
}

/// Why a person cannot say by themselves that they are called otherwise or have another document: the record knows them, and a certificate
/// is changed by its authority only (变更, spec 4.4).
async fn bound(visit: &Visit, tx: &mut Tx, unit_id: &str) -> Result<Option<Say>> {
    // What has lapsed cannot be changed any more, so it binds nobody.
    let today = visit.app.clock.today();
    if licence::person::together(&licence::person::standing(tx, unit_id).await?).terms.iter().any(|term| today <= term.to) {
        return Ok(Some(say(
            "您持有检验检测人员证，姓名和证件不能在这里改；请申请“变更”，审批机关核对后随证书一起更改",
            "You hold a certificate, so name and document are not changed here; apply for a “Change”, and they change together with the certificate",
        )));
    }
    let is_under_way = application::service::is_under_way(tx, unit_id).await?;
    Ok(is_under_way.then(|| {
        say(
            "您有申请正在办理，姓名和证件现在不能改；发证以后请申请“变更”，要现在改的，先撤销申请",
            "An application of yours is under way, so name and document stay now; apply for a “Change” once you are certified, or cancel the application first",
        )
    }))
}

/// Changes the caller's own profile. A masked number means the one that is kept.
pub async fn change_person(visit: Visit, filled: Filled, act: String) -> Result<Answer> {
    let caller = visit.caller()?;
    if !act.is_empty() {
        return Ok(Answer::Wrong(Vec::new()));
    }
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let (seat, id) = (visit.clone(), caller.account_id.clone());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let mut account = store::find_account(tx, &id).await?.ok_or(AppError::SignIn)?;
            let (name, id_kind, id_no) = (filled.get("name"), filled.get("id_kind"), filled.get("id_no"));
            let is_kept = id_no.contains('*');
            if is_kept && (id_no != masked_id(&seat.app, &account)? || id_kind != account.id_kind) {
                return Ok(vec![filled.issue("id_no", say("请把证件号码整个重填一遍", "Please enter the whole number again"))]);
            }
            let person = account.unit_id.clone().filter(|_| account.role == Role::Person);
            if let Some(unit) = &person {
                // What is handed in at this moment waits, or is seen below.
                store::hold_unit(tx, unit).await?;
                let is_other = !is_kept && seat.app.keys.open(&account.id_no_sealed)? != id_no;
                let differs = [("name", name != account.person_name), ("id_kind", id_kind != account.id_kind), ("id_no", is_other)];
                let changed: Vec<&str> = differs.into_iter().filter_map(|(key, differs)| differs.then_some(key)).collect();
                let why = if changed.is_empty() { None } else { bound(&seat, tx, unit).await? };
                if let Some(why) = why {
                    return Ok(changed.into_iter().map(|key| filled.issue(key, why.clone())).collect());
                }
                if is_other && is_anothers(&seat.app, tx, unit, &id_no).await? {
                    return Ok(vec![filled.issue("id_no", super::person_taken())]);
                }
            }
            if !is_kept {
                seal_id(&seat.app, &mut account, &id_no);
            }
            (account.person_name, account.id_kind) = (name, id_kind);
            account.email = filled.get("email");
            account.profile.retain(|key, _| !PERSON_KEYS.contains(&key.as_str()));
            account.profile.extend(filled.some(PERSON_KEYS));
            if let Some(unit) = &person {
                store::set_person(tx, unit, &account.person_name, &account.id_no_digest).await?;
            }
            store::set_contact(tx, &account).await?;
            seat.audit(tx, "person-profile", &account.id, "").await?;
            Ok(Vec::new())
        })
    });
    let issues = change.await?;
    Ok(if issues.is_empty() { Answer::Go("/account/person?saved=1".to_owned()) } else { Answer::Wrong(issues) })
}

/// Seals the number of a document into an account, with the digest it is found by.
pub(super) fn seal_id(app: &App, account: &mut Account, number: &str) {
    account.id_no_sealed = app.keys.seal(number);
    account.id_no_digest = if number.is_empty() { String::new() } else { app.keys.digest("id", number) };
}

/// `610112********0012`; of short numbers only the ends.
fn masked_id(app: &App, account: &Account) -> Result<String> {
    let number = app.keys.open(&account.id_no_sealed)?;
    Ok(if number.len() == 18 { text::masked(&number, 6, 4) } else { text::masked(&number, 2, 2) })
}

fn by_path(page: &Page, value: impl Fn(&str) -> Option<String>) -> Values {
    page.fields().filter_map(|(path, field)| Some((path, value(field.key)?))).collect()
}
