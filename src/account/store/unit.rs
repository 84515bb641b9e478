//! Units, their members and invitations.

use super::account::accounts;
use super::{Account, json_of, values_of};
use crate::account::model::Role;
use crate::base::text;
use crate::error::Result;
use crate::form::Values;
use crate::server::db::{Row, Tx};
use crate::vals;
use std::collections::BTreeSet;

/// A row of units (单位).
#[derive(Clone, Debug, Default)]
pub struct Unit {
    pub id: String,
    /// enterprise | institution | agency | exam-body | person; in older rows branch, which now the type says alone
    pub kind: String,
    pub name: String,
    /// 统一社会信用代码 or 组织机构代码; of a person the keyed digest of the id number, which is never shown.
    pub code: String,
    pub unit_type: String,
    pub region: String,
    /// What the profile page holds beyond these.
    pub profile: Values,
    pub created_at: i64,
}

fn unit(row: &Row) -> Result<Unit> {
    Ok(Unit {
        id: row.text("id")?,
        kind: row.text("kind")?,
        name: row.text("name")?,
        code: row.text("code")?,
        unit_type: row.text("unit_type")?,
        region: row.text("region")?,
        profile: values_of(&row.text("profile")?),
        created_at: row.int("created_at")?,
    })
}

const COLUMNS: &str = "SELECT id, kind, name, code, unit_type, region, profile, created_at FROM unit";

/// The unit with this id.
pub async fn find_unit(tx: &mut Tx, id: &str) -> Result<Option<Unit>> {
    tx.row(format!("{COLUMNS} WHERE id = $1"), vals![id]).await?.as_ref().map(unit).transpose()
}

/// Holds a unit for the rest of a change: what is read of its applications next is what another change of its own left.
pub async fn hold_unit(tx: &mut Tx, id: &str) -> Result<()> {
    tx.run("UPDATE unit SET region = region WHERE id = $1", vals![id]).await.map(drop)
}

/// The unit with this credit or organisation code.
pub async fn find_unit_by_code(tx: &mut Tx, code: &str) -> Result<Option<Unit>> {
    tx.row(format!("{COLUMNS} WHERE code = $1"), vals![code]).await?.as_ref().map(unit).transpose()
}

/// All units of a kind; meant for review agencies and examination bodies, of which there are few.
pub async fn units_of_kind(tx: &mut Tx, kind: &str) -> Result<Vec<Unit>> {
    tx.rows(format!("{COLUMNS} WHERE kind = $1 ORDER BY id LIMIT 1000"), vals![kind]).await?.iter().map(unit).collect()
}

/// Takes a review agency or an examination body off the list, and its open invitations back; what it did stays.
pub async fn close_agency(tx: &mut Tx, id: &str) -> Result<()> {
    tx.run("UPDATE unit SET kind = 'closed-' || kind WHERE id = $1 AND kind IN ('agency', 'exam-body')", vals![id]).await?;
    tx.run("DELETE FROM invitation WHERE unit_id = $1 AND used_at IS NULL", vals![id]).await.map(drop)
}

/// Stores a new unit.
pub async fn insert_unit(tx: &mut Tx, u: &Unit) -> Result<()> {
    insert_units(tx, std::slice::from_ref(u)).await
}

/// Stores new units.
pub async fn insert_units(tx: &mut Tx, units: &[Unit]) -> Result<()> {
    let row = |u: &Unit| vals![&u.id, &u.kind, &u.name, &u.code, &u.unit_type, &u.region, json_of(&u.profile), u.created_at];
    tx.insert_all("unit (id, kind, name, code, unit_type, region, profile, created_at)", units.iter().map(row).collect()).await?;
    let grams = units.iter().flat_map(|u| grams(&u.name).into_iter().map(|gram| vals![gram, &u.id]));
    tx.insert_all("unit_gram (gram, unit_id)", grams.collect()).await
}

/// Sets who a person is, as the identity document says now.
pub async fn set_person(tx: &mut Tx, id: &str, name: &str, code: &str) -> Result<()> {
    tx.run("UPDATE unit SET name = $1, code = $2 WHERE id = $3", vals![name, code, id]).await?;
    tx.run("DELETE FROM unit_gram WHERE unit_id = $1", vals![id]).await?;
    tx.insert_all("unit_gram (gram, unit_id)", grams(name).into_iter().map(|gram| vals![gram, id]).collect()).await
}

/// Units whose code is this, or whose name holds it: name and code, the shortest names first. Not persons, nor who reviews
/// and examines.
pub async fn find_practices(tx: &mut Tx, typed: &str, limit: i64) -> Result<Vec<(String, String)>> {
    let (code, name) = (text::code(typed), text::like(typed));
    let Some(gram) = rarest_gram(tx, typed, 200).await? else { return Ok(Vec::new()) };
    let sql = "SELECT name, code FROM unit WHERE kind IN ('enterprise', 'branch', 'institution') AND (code = $1 OR (LOWER(name) LIKE $2 ESCAPE '!' \
               AND id IN (SELECT unit_id FROM unit_gram WHERE gram >= $3 AND gram <= $4))) ORDER BY LENGTH(name), name LIMIT $5";
    let rows = tx.rows(sql, vals![code, name, gram.from, gram.to, limit]).await?;
    rows.iter().map(|row| Ok((row.text("name")?, row.text("code")?))).collect()
}

/// A name as it is looked for: lower case, all brackets alike.
fn searched(name: &str) -> Vec<char> {
    name.chars().map(|c| if matches!(c, ')' | '（' | '）') { '(' } else { c.to_ascii_lowercase() }).collect()
}

/// Every two characters in a row, and the last one alone.
fn grams(name: &str) -> BTreeSet<String> {
    let name = searched(name);
    (0..name.len()).map(|at| name[at..name.len().min(at + 2)].iter().collect()).collect()
}

/// A piece of a text that few names hold: their grams lie between these two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gram {
    pub from: String,
    pub to: String,
    /// Of so many names, counted no further than one beyond the cap asked for.
    pub count: i64,
}

/// The piece of a text that the fewest names hold; `None` for no text.
pub async fn rarest_gram(tx: &mut Tx, text: &str, cap: i64) -> Result<Option<Gram>> {
    let text = searched(text);
    let pieces: BTreeSet<(String, String)> = match text.as_slice() {
        // One character begins every gram of which it is the first.
        [one] => BTreeSet::from([(one.to_string(), format!("{one}{}", char::MAX))]),
        text => text.windows(2).map(|pair| (pair.iter().collect(), pair.iter().collect())).collect(),
    };
    let mut rarest: Option<Gram> = None;
    for (from, to) in pieces {
        let sql = "SELECT COUNT(*) AS n FROM (SELECT 1 FROM unit_gram WHERE gram >= $1 AND gram <= $2 LIMIT $3) AS counted";
        let count = tx.row(sql, vals![&from, &to, cap + 1]).await?.map_or(Ok(0), |row| row.int("n"))?;
        if rarest.as_ref().is_none_or(|known| count < known.count) {
            rarest = Some(Gram { from, to, count });
        }
    }
    Ok(rarest)
}

/// Sets what the unit's profile page holds.
pub async fn set_profile(tx: &mut Tx, id: &str, unit_type: &str, region: &str, profile: &Values) -> Result<()> {
    tx.run("UPDATE unit SET unit_type = $1, region = $2, profile = $3 WHERE id = $4", vals![unit_type, region, json_of(profile), id]).await.map(drop)
}

/// The active accounts of a unit, the oldest first.
pub async fn members_of(tx: &mut Tx, unit_id: &str) -> Result<Vec<Account>> {
    accounts(tx, "WHERE unit_id = $1 AND state = 'active' ORDER BY id LIMIT 500", vals![unit_id]).await
}

/// An invitation that may still be accepted (邀请).
#[derive(Clone, Debug)]
pub struct Invitation {
    pub id: String,
    pub unit_id: String,
    pub unit_name: String,
    pub mobile: String,
    pub person_name: String,
    pub role: Role,
    pub may_submit: bool,
    pub expires_at: i64,
}

fn invitation(row: &Row) -> Result<Invitation> {
    Ok(Invitation {
        id: row.text("id")?,
        unit_id: row.text("unit_id")?,
        unit_name: row.text("unit_name")?,
        mobile: row.text("mobile")?,
        person_name: row.text("person_name")?,
        role: Role::of_word(&row.text("role")?),
        may_submit: row.flag("may_submit")?,
        expires_at: row.int("expires_at")?,
    })
}

const OPEN_INVITATIONS: &str = "SELECT i.id, i.unit_id, u.name AS unit_name, i.mobile, i.person_name, i.role, i.may_submit, i.expires_at \
                                FROM invitation i JOIN unit u ON u.id = i.unit_id \
                                WHERE i.used_at IS NULL AND i.expires_at > $1 AND u.kind NOT LIKE 'closed-%'";

/// The open invitation of a link.
pub async fn find_invitation(tx: &mut Tx, token_digest: &str, now: i64) -> Result<Option<Invitation>> {
    tx.row(format!("{OPEN_INVITATIONS} AND i.token_digest = $2"), vals![now, token_digest]).await?.as_ref().map(invitation).transpose()
}

/// The open invitations of a unit.
pub async fn invitations_of(tx: &mut Tx, unit_id: &str, now: i64) -> Result<Vec<Invitation>> {
    tx.rows(format!("{OPEN_INVITATIONS} AND i.unit_id = $2 ORDER BY i.id LIMIT 500"), vals![now, unit_id]).await?.iter().map(invitation).collect()
}

/// Stores an invitation in place of any open one of the same unit to the same number.
pub async fn insert_invitation(tx: &mut Tx, token_digest: &str, i: &Invitation, invited_by: &str) -> Result<()> {
    tx.run("DELETE FROM invitation WHERE unit_id = $1 AND mobile = $2 AND used_at IS NULL", vals![&i.unit_id, &i.mobile]).await?;
    let sql = "INSERT INTO invitation (token_digest, id, unit_id, mobile, person_name, role, may_submit, invited_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = vals![token_digest, &i.id, &i.unit_id, &i.mobile, &i.person_name, i.role.word(), i.may_submit, invited_by, i.expires_at];
    tx.run(sql, args).await.map(drop)
}

/// Uses an invitation; tells whether it was still open.
pub async fn use_invitation(tx: &mut Tx, id: &str, now: i64) -> Result<bool> {
    Ok(tx.run("UPDATE invitation SET used_at = $1 WHERE id = $2 AND used_at IS NULL", vals![now, id]).await? == 1)
}

/// Takes back an open invitation of a unit; tells whether there was one.
pub async fn drop_invitation(tx: &mut Tx, unit_id: &str, id: &str) -> Result<bool> {
    Ok(tx.run("DELETE FROM invitation WHERE unit_id = $1 AND id = $2 AND used_at IS NULL", vals![unit_id, id]).await? == 1)
}
