//! All SQL of catalogue versions, authorities and delegations, and their seeding from the data the program carries. Of authorities
//! `authority` holds what is so today, for joins; what was and will be so by its days stands in `authority_version`.

use super::admin::VersionRow;
use super::setting::{InForce, Setting};
use super::{Authority, Catalogue, Delegation, LegalLimits};
use crate::error::{AppError, Result};
use crate::server::app::App;
use crate::server::db::{Row, Tx};
use crate::server::ids;
use crate::vals;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Versions read so far; a stored version never changes.
static READ: Mutex<BTreeMap<String, Arc<Catalogue>>> = Mutex::new(BTreeMap::new());

/// The first day of what an authority is as far back as anybody knows.
const FIRST: &str = "1900-01-01";

/// In force on the day `$1`, of versions `v`.
const ON_DAY: &str = "v.effective_from <= $1 AND (v.effective_to IS NULL OR v.effective_to >= $1)";

fn stored<E: std::error::Error>(what: &str) -> impl Fn(E) -> AppError + '_ {
    move |e| AppError::BadRequest(format!("stored {what}: {e}"))
}

/// Stores the catalogue and the authorities the program carries, as far as the database does not have them yet.
pub async fn seed(app: &Arc<App>) -> Result<()> {
    let (now, today) = (app.clock.now(), app.clock.today().to_string());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let catalogue = Catalogue::builtin();
                if tx.row("SELECT version FROM catalogue_version WHERE version = $1", vals![catalogue.version.as_str()]).await?.is_none() {
                    insert(tx, &catalogue, None, now).await?;
                }
                // Versions from before limits were stored have those of their day for ever.
                tx.run("UPDATE catalogue_version SET limits = $1 WHERE limits = ''", vals![as_stored(&LegalLimits::default())]).await?;
                for authority in Authority::builtin() {
                    // One that is known may have another name by now.
                    if find_authority(tx, &authority.code).await?.is_none() {
                        put_authority(tx, &authority, FIRST).await?;
                    }
                }
                bring_up_to(tx, &today).await
            })
        })
        .await
}

fn as_stored(limits: &LegalLimits) -> String {
    serde_json::to_string(limits).unwrap_or_default()
}

/// Stores a version of the catalogue.
pub async fn insert(tx: &mut Tx, catalogue: &Catalogue, imported_by: Option<String>, now: i64) -> Result<()> {
    let digest = ids::digest(&serde_json::to_string(catalogue).unwrap_or_default());
    let sql = "INSERT INTO catalogue_version (version, effective_from, effective_to, digest, imported_at, imported_by, title, limits) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let (version, from, title) = (catalogue.version.as_str(), catalogue.effective_from.as_str(), catalogue.title.as_str());
    let args = vals![version, from, None::<String>, digest, now, imported_by, title, as_stored(&catalogue.limits)];
    tx.run(sql, args).await?;
    for (position, item) in (0_i64..).zip(&catalogue.items) {
        let body = serde_json::to_string(item).unwrap_or_default();
        tx.run(
            "INSERT INTO catalogue_item (version, item_id, position, body) VALUES ($1, $2, $3, $4)",
            vals![catalogue.version.as_str(), item.id.as_str(), position, body],
        )
        .await?;
    }
    Ok(())
}

/// The version in force today.
pub async fn current(app: &App, tx: &mut Tx) -> Result<Arc<Catalogue>> {
    on_day(app, tx, &app.clock.today().to_string()).await
}

/// The version in force on a day (ISO); of two from the same day, the one imported later.
pub async fn on_day(app: &App, tx: &mut Tx, day: &str) -> Result<Arc<Catalogue>> {
    let sql = "SELECT version FROM catalogue_version WHERE effective_from <= $1 ORDER BY effective_from DESC, imported_at DESC, version DESC LIMIT 1";
    let row = tx.row(sql, vals![day]).await?.ok_or(AppError::NotFound)?;
    version(app, tx, &row.text("version")?).await
}

/// One version; an application keeps the one it was filed under.
pub async fn version(_: &App, tx: &mut Tx, version: &str) -> Result<Arc<Catalogue>> {
    if let Some(found) = READ.lock().unwrap_or_else(PoisonError::into_inner).get(version) {
        return Ok(found.clone());
    }
    let head =
        tx.row("SELECT version, title, effective_from, limits FROM catalogue_version WHERE version = $1", vals![version]).await?.ok_or(AppError::NotFound)?;
    let rows = tx.rows("SELECT body FROM catalogue_item WHERE version = $1 ORDER BY position", vals![version]).await?;
    let items = rows.iter().map(|row| serde_json::from_str(&row.text("body")?).map_err(stored("item"))).collect::<Result<Vec<_>>>()?;
    let limits = serde_json::from_str(&head.text("limits")?).map_err(stored("limits"))?;
    let (version, title, effective_from) = (head.text("version")?, head.text("title")?, head.text("effective_from")?);
    let catalogue = Arc::new(Catalogue { version: version.clone(), title, effective_from, items, limits, authorities: Vec::new() });
    READ.lock().unwrap_or_else(PoisonError::into_inner).insert(version, catalogue.clone());
    Ok(catalogue)
}

/// Stores an authority as it is from a day (ISO) on. One that was not known before is found on every day: nobody says since when it is there.
pub async fn put_authority(tx: &mut Tx, authority: &Authority, from: &str) -> Result<()> {
    let (code, name) = (authority.code.as_str(), authority.name.as_str());
    let known = authority_on(tx, code, from).await?;
    if known.as_ref() == Some(authority) {
        return Ok(());
    }
    if known.is_none() {
        set_today(tx, authority).await?;
    }
    let from = if known.is_some() { from } else { FIRST };
    let sql = "INSERT INTO authority_version (code, effective_from, effective_to, name, body) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (code, effective_from) DO UPDATE SET name = excluded.name, body = excluded.body";
    tx.run(sql, vals![code, from, None::<String>, name, body_of(authority)]).await?;
    let rows = tx.rows("SELECT effective_from FROM authority_version WHERE code = $1 ORDER BY effective_from", vals![code]).await?;
    for pair in rows.windows(2) {
        let sql = "UPDATE authority_version SET effective_to = $1 WHERE code = $2 AND effective_from = $3";
        tx.run(sql, vals![day_before(&pair[1].text("effective_from")?), code, pair[0].text("effective_from")?]).await?;
    }
    Ok(())
}

fn body_of(authority: &Authority) -> String {
    serde_json::to_string(authority).unwrap_or_default()
}

/// Lets an authority be this today.
async fn set_today(tx: &mut Tx, authority: &Authority) -> Result<()> {
    let level = serde_json::to_value(authority.level).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let sql = "INSERT INTO authority (code, name, level, body) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, body = excluded.body";
    tx.run(sql, vals![authority.code.as_str(), authority.name.as_str(), level, body_of(authority)]).await.map(drop)
}

/// Those that are something else today than they were so far.
async fn turned(tx: &mut Tx, today: &str) -> Result<Vec<Authority>> {
    let sql = format!("SELECT v.body FROM authority_version v JOIN authority a ON a.code = v.code WHERE v.body <> a.body AND {ON_DAY}");
    tx.rows(sql, vals![today]).await?.iter().map(authority).collect()
}

/// Lets all authorities be what they are on a day, which is today.
pub async fn bring_up_to(tx: &mut Tx, today: &str) -> Result<()> {
    for authority in turned(tx, today).await? {
        set_today(tx, &authority).await?;
    }
    Ok(())
}

/// Lets authorities follow the calendar.
pub async fn follow(app: &App) -> Result<()> {
    let today = app.clock.today().to_string();
    if turned(&mut app.db.read().await?, &today).await?.is_empty() {
        return Ok(());
    }
    app.db.write(move |tx| Box::pin(async move { bring_up_to(tx, &today).await })).await
}

/// The day before, where there is one.
fn day_before(day: &str) -> Option<String> {
    day.parse::<jiff::civil::Date>().ok().and_then(|day| day.yesterday().ok()).map(|day| day.to_string())
}

fn authority(row: &Row) -> Result<Authority> {
    serde_json::from_str(&row.text("body")?).map_err(stored("authority"))
}

/// All authorities as they are today, by code.
pub async fn authorities(tx: &mut Tx) -> Result<Vec<Authority>> {
    tx.rows("SELECT body FROM authority ORDER BY code", vals![]).await?.iter().map(authority).collect()
}

/// All authorities as they are on a day (ISO), by code.
pub async fn authorities_on(tx: &mut Tx, day: &str) -> Result<Vec<Authority>> {
    tx.rows(format!("SELECT v.body FROM authority_version v WHERE {ON_DAY} ORDER BY v.code"), vals![day]).await?.iter().map(authority).collect()
}

/// An authority by its code, as it is on a day (ISO).
pub async fn authority_on(tx: &mut Tx, code: &str, day: &str) -> Result<Option<Authority>> {
    let sql = format!("SELECT v.body FROM authority_version v WHERE {ON_DAY} AND v.code = $2");
    tx.row(sql, vals![day, code]).await?.map(|row| authority(&row)).transpose()
}

/// An authority and the days on which it is as it says.
#[derive(Clone, Debug)]
pub struct Dated {
    authority: Authority,
    from: String,
    to: Option<String>,
}

impl Dated {
    /// What an authority is on a day (ISO).
    pub fn on<'a>(all: &'a [Dated], code: &str, day: &str) -> Option<&'a Authority> {
        let is_then = |one: &&Dated| one.authority.code == code && one.from.as_str() <= day && one.to.as_deref().is_none_or(|to| day <= to);
        all.iter().find(is_then).map(|one| &one.authority)
    }
}

/// All authorities on all days.
pub async fn dated_authorities(tx: &mut Tx) -> Result<Vec<Dated>> {
    let dated = |row: &Row| Ok(Dated { authority: authority(row)?, from: row.text("effective_from")?, to: row.opt_text("effective_to")? });
    tx.rows("SELECT body, effective_from, effective_to FROM authority_version ORDER BY code, effective_from", vals![]).await?.iter().map(dated).collect()
}

/// An authority by its code, as it is today.
pub async fn find_authority(tx: &mut Tx, code: &str) -> Result<Option<Authority>> {
    tx.row("SELECT body FROM authority WHERE code = $1", vals![code]).await?.map(|row| authority(&row)).transpose()
}

/// Stores a delegation.
pub async fn insert_delegation(tx: &mut Tx, delegation: &Delegation, from: &str, now: i64) -> Result<()> {
    let body = serde_json::to_string(delegation).unwrap_or_default();
    let sql = "INSERT INTO delegation (id, authority_code, body, effective_from, effective_to) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, vals![ids::new(now), delegation.authority.as_str(), body, from, None::<String>]).await?;
    Ok(())
}

/// The delegations in force on a day (ISO).
pub async fn delegations(tx: &mut Tx, day: &str) -> Result<Vec<Delegation>> {
    let sql = "SELECT body FROM delegation WHERE effective_from <= $1 AND (effective_to IS NULL OR effective_to >= $1) ORDER BY id";
    tx.rows(sql, vals![day]).await?.iter().map(|row| serde_json::from_str(&row.text("body")?).map_err(stored("delegation"))).collect()
}

/// A delegation with its id and dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: String,
    pub delegation: Delegation,
    pub effective_from: String,
    pub effective_to: Option<String>,
}

/// All delegations ever published.
pub async fn all_delegations(tx: &mut Tx) -> Result<Vec<Kept>> {
    let rows = tx.rows("SELECT id, body, effective_from, effective_to FROM delegation ORDER BY id LIMIT 2000", vals![]).await?;
    let kept = |row: &Row| {
        let delegation = serde_json::from_str(&row.text("body")?).map_err(stored("delegation"))?;
        Ok(Kept { id: row.text("id")?, delegation, effective_from: row.text("effective_from")?, effective_to: row.opt_text("effective_to")? })
    };
    rows.iter().map(kept).collect()
}

/// Sets the last day of a delegation, if that shortens it and does not lie before its first.
pub async fn end_delegation(tx: &mut Tx, id: &str, last_day: &str) -> Result<bool> {
    let sql = "UPDATE delegation SET effective_to = $1 WHERE id = $2 AND effective_from <= $1 AND (effective_to IS NULL OR effective_to > $1)";
    Ok(tx.run(sql, vals![last_day, id]).await? == 1)
}

/// All versions, the newest in force first.
pub async fn versions(tx: &mut Tx) -> Result<Vec<VersionRow>> {
    let sql = "SELECT v.version, v.title, v.effective_from, v.effective_to, v.imported_at, COALESCE(a.person_name, '') AS imported_by, \
               (SELECT COUNT(*) FROM catalogue_item i WHERE i.version = v.version) AS items \
               FROM catalogue_version v LEFT JOIN account a ON a.id = v.imported_by ORDER BY v.effective_from DESC, v.imported_at DESC, v.version DESC LIMIT 500";
    let version = |row: &Row| {
        Ok(VersionRow {
            version: row.text("version")?,
            title: row.text("title")?,
            effective_from: row.text("effective_from")?,
            effective_to: row.opt_text("effective_to")?,
            items: row.int("items")?,
            imported_at: row.int("imported_at")?,
            imported_by: row.text("imported_by")?,
            is_current: false,
        })
    };
    tx.rows(sql, vals![]).await?.iter().map(version).collect()
}

/// Sets the last day of every version that another one follows.
pub async fn chain_versions(tx: &mut Tx) -> Result<()> {
    for pair in versions(tx).await?.windows(2) {
        let last_day = day_before(&pair[0].effective_from);
        tx.run("UPDATE catalogue_version SET effective_to = $1 WHERE version = $2", vals![last_day, pair[1].version.as_str()]).await?;
    }
    Ok(())
}

/// A setting, as set or as delivered.
pub async fn setting<S: Setting>(tx: &mut Tx) -> Result<InForce<S>> {
    let row = tx.row("SELECT value FROM setting WHERE key = $1", vals![S::KEY]).await?;
    let set = row.map(|row| serde_json::from_str(&row.text("value")?).map_err(stored("setting"))).transpose()?;
    Ok(set.map_or_else(InForce::delivered, |set| InForce::with(&set)))
}

/// Sets it.
pub async fn put_setting<S: Setting>(tx: &mut Tx, set: &InForce<S>) -> Result<()> {
    let value = serde_json::to_string(set.answers()).unwrap_or_default();
    let sql = "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.run(sql, vals![S::KEY, value]).await.map(drop)
}

/// Where a version waits to be confirmed.
const PROPOSED: &str = "catalogue/proposed";

/// The version that waits to be confirmed.
pub async fn find_proposed(tx: &mut Tx) -> Result<Option<Catalogue>> {
    let row = tx.row("SELECT value FROM setting WHERE key = $1", vals![PROPOSED]).await?;
    row.map(|row| serde_json::from_str(&row.text("value")?).map_err(stored("catalogue"))).transpose()
}

/// Lets a version wait, in place of another.
pub async fn put_proposed(tx: &mut Tx, catalogue: &Catalogue) -> Result<()> {
    let value = serde_json::to_string(catalogue).unwrap_or_default();
    let sql = "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.run(sql, vals![PROPOSED, value]).await.map(drop)
}

/// Nothing waits any more.
pub async fn drop_proposed(tx: &mut Tx) -> Result<()> {
    tx.run("DELETE FROM setting WHERE key = $1", vals![PROPOSED]).await.map(drop)
}
