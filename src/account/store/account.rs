//! Accounts.

use super::{json_of, split, values_of};
use crate::account::model::Role;
use crate::error::Result;
use crate::form::Values;
use crate::notice::inbox::Recipient;
use crate::server::db::{Row, Tx};
use crate::vals;

/// A row of accounts (账号).
#[derive(Clone, Debug)]
pub struct Account {
    pub id: String,
    pub username: String,
    /// Empty for staff without one.
    pub mobile: String,
    pub password_hash: String,
    pub person_name: String,
    pub email: String,
    pub id_kind: String,
    pub id_no_sealed: String,
    pub id_no_digest: String,
    pub profile: Values,
    pub role: Role,
    pub may_submit: bool,
    pub unit_id: Option<String>,
    pub authority_code: Option<String>,
    pub duties: Vec<String>,
    /// Sealed; seals local drafts of this person.
    pub secret: String,
    pub is_active: bool,
    pub created_at: i64,
}

impl Account {
    /// Where they are told of things.
    pub fn recipient(&self) -> Recipient {
        Recipient { account_id: self.id.clone(), mobile: self.mobile.clone(), email: self.email.clone(), is_outside: self.unit_id.is_some() }
    }
}

impl Default for Account {
    fn default() -> Account {
        let none = String::new;
        Account {
            id: none(),
            username: none(),
            mobile: none(),
            password_hash: none(),
            person_name: none(),
            email: none(),
            id_kind: none(),
            id_no_sealed: none(),
            id_no_digest: none(),
            profile: Values::new(),
            role: Role::Reader,
            may_submit: false,
            unit_id: None,
            authority_code: None,
            duties: Vec::new(),
            secret: none(),
            is_active: true,
            created_at: 0,
        }
    }
}

const COLUMNS: &str = "id, username, mobile, password_hash, person_name, email, id_kind, id_no_sealed, id_no_digest, profile, role, may_submit, unit_id, authority_code, duties, secret, \
                       state, created_at";

pub(super) fn account(row: &Row) -> Result<Account> {
    Ok(Account {
        id: row.text("id")?,
        username: row.text("username")?,
        mobile: row.text("mobile")?,
        password_hash: row.text("password_hash")?,
        person_name: row.text("person_name")?,
        email: row.text("email")?,
        id_kind: row.text("id_kind")?,
        id_no_sealed: row.text("id_no_sealed")?,
        id_no_digest: row.text("id_no_digest")?,
        profile: values_of(&row.text("profile")?),
        role: Role::of_word(&row.text("role")?),
        may_submit: row.flag("may_submit")?,
        unit_id: row.opt_text("unit_id")?,
        authority_code: row.opt_text("authority_code")?,
        duties: split(&row.text("duties")?),
        secret: row.text("secret")?,
        is_active: row.text("state")? == "active",
        created_at: row.int("created_at")?,
    })
}

pub(super) async fn accounts(tx: &mut Tx, tail: &str, args: Vec<crate::server::db::Val>) -> Result<Vec<Account>> {
    tx.rows(format!("SELECT {COLUMNS} FROM account {tail}"), args).await?.iter().map(account).collect()
}

async fn one(tx: &mut Tx, tail: &str, args: Vec<crate::server::db::Val>) -> Result<Option<Account>> {
    Ok(accounts(tx, tail, args).await?.pop())
}

/// Whether somebody has or had this user name; capitals do not matter.
pub async fn is_username_taken(tx: &mut Tx, username: &str) -> Result<bool> {
    Ok(tx.row("SELECT id FROM account WHERE username_key = $1", vals![username.to_lowercase()]).await?.is_some())
}

/// An account, active or closed.
pub async fn find_account(tx: &mut Tx, id: &str) -> Result<Option<Account>> {
    one(tx, "WHERE id = $1", vals![id]).await
}

/// The active account with this mobile number.
pub async fn find_by_mobile(tx: &mut Tx, mobile: &str) -> Result<Option<Account>> {
    one(tx, "WHERE mobile_key = $1 AND state = 'active'", vals![mobile]).await
}

/// The active account with this user name or mobile number, in lower case.
pub async fn find_by_name(tx: &mut Tx, key: &str) -> Result<Option<Account>> {
    // A user name has a letter in it and a mobile number none, so at most one fits.
    one(tx, "WHERE (username_key = $1 OR mobile_key = $1) AND state = 'active'", vals![key]).await
}

/// The staff of all authorities, the newest last.
pub async fn accounts_of_staff(tx: &mut Tx) -> Result<Vec<Account>> {
    accounts(tx, "WHERE role = 'staff' AND state = 'active' ORDER BY authority_code, id LIMIT 2000", vals![]).await
}

/// The staff of one authority, by name.
pub async fn accounts_of_authority(tx: &mut Tx, authority_code: &str) -> Result<Vec<Account>> {
    accounts(tx, "WHERE role = 'staff' AND state = 'active' AND authority_code = $1 ORDER BY person_name, id LIMIT 500", vals![authority_code]).await
}

/// Stores a new account.
pub async fn insert_account(tx: &mut Tx, a: &Account) -> Result<()> {
    insert_accounts(tx, std::slice::from_ref(a)).await
}

/// Stores new accounts.
pub async fn insert_accounts(tx: &mut Tx, accounts: &[Account]) -> Result<()> {
    let into = "account (id, username, username_key, mobile, mobile_key, password_hash, person_name, email, id_kind, id_no_sealed, id_no_digest, profile, \
                role, may_submit, unit_id, authority_code, duties, secret, state, created_at)";
    let row = |a: &Account| {
        let mobile_key = if a.mobile.is_empty() { &a.id } else { &a.mobile };
        vals![
            &a.id,
            &a.username,
            a.username.to_lowercase(),
            &a.mobile,
            mobile_key,
            &a.password_hash,
            &a.person_name,
            &a.email,
            &a.id_kind,
            &a.id_no_sealed,
            &a.id_no_digest,
            json_of(&a.profile),
            a.role.word(),
            a.may_submit,
            a.unit_id.clone(),
            a.authority_code.clone(),
            a.duties.join(","),
            &a.secret,
            if a.is_active { "active" } else { "closed" },
            a.created_at,
        ]
    };
    tx.insert_all(into, accounts.iter().map(row).collect()).await
}

/// Sets a password hash.
pub async fn set_password(tx: &mut Tx, id: &str, hash: &str) -> Result<()> {
    tx.run("UPDATE account SET password_hash = $1 WHERE id = $2", vals![hash, id]).await.map(drop)
}

/// Sets the mobile number.
pub async fn set_mobile(tx: &mut Tx, id: &str, mobile: &str) -> Result<()> {
    tx.run("UPDATE account SET mobile = $1, mobile_key = $1 WHERE id = $2", vals![mobile, id]).await.map(drop)
}

/// Sets the duties of an official, and the mobile number, which may be none.
pub async fn set_staff(tx: &mut Tx, id: &str, duties: &str, mobile: &str) -> Result<()> {
    let mobile_key = if mobile.is_empty() { id } else { mobile };
    tx.run("UPDATE account SET duties = $1, mobile = $2, mobile_key = $3 WHERE id = $4", vals![duties, mobile, mobile_key, id]).await.map(drop)
}

/// Sets what the person's profile page holds.
pub async fn set_contact(tx: &mut Tx, a: &Account) -> Result<()> {
    let sql = "UPDATE account SET person_name = $1, email = $2, id_kind = $3, id_no_sealed = $4, id_no_digest = $5, profile = $6 WHERE id = $7";
    tx.run(sql, vals![&a.person_name, &a.email, &a.id_kind, &a.id_no_sealed, &a.id_no_digest, json_of(&a.profile), &a.id]).await.map(drop)
}

/// Sets the role of an active member.
pub async fn set_role(tx: &mut Tx, id: &str, role: Role, may_submit: bool) -> Result<()> {
    tx.run("UPDATE account SET role = $1, may_submit = $2 WHERE id = $3 AND state = 'active'", vals![role.word(), may_submit, id]).await.map(drop)
}

/// Closes an account, ends its sessions and lets its mobile number be used again. Tells whether it was open.
pub async fn close_account(tx: &mut Tx, id: &str) -> Result<bool> {
    let closed = tx.run("UPDATE account SET state = 'closed', mobile_key = id WHERE id = $1 AND state = 'active'", vals![id]).await?;
    super::end_all_sessions(tx, id).await?;
    Ok(closed == 1)
}
