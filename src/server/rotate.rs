//! Sealing stored secrets with a new key (`xuke rotate-keys`); run it while no node serves, since a node reads the key file
//! at its start. Which values are sealed is each feature's matter; that all of them are found is this file's, so its SQL
//! crosses the tables' owners. Digests are kept: they use the oldest key, and hashes of versions leave ciphertext out.

use super::app::App;
use super::config::Config;
use super::db::{Db, Tx, Val};
use super::keys::Keys;
use crate::application::book;
use crate::error::{AppError, Result};
use crate::vals;
use serde_json::Value;
use std::sync::Arc;

/// Columns that hold a sealed text or nothing, with the key of their row.
const COLUMNS: &[(&str, &str, &str)] =
    &[("account", "id_no_sealed", "id"), ("account", "secret", "id"), ("outbox", "sealed", "id"), ("form_state", "sealed", "token_digest || '/' || form")];
/// Columns of applications that hold a sealed text where the book's field is secret, with the key of their row.
const CELLS: &[(&str, &str)] = &[("draft_cell", "path"), ("draft_op", "id")];
/// Rows sealed anew in one change, so that nobody waits long for the writer.
const BATCH: i64 = 200;

/// Adds a key and seals every stored secret with it; tells how many. After a run that was cut off it finishes that one,
/// with the key already made.
///
/// # Errors
/// A sentence for the person at the terminal.
pub async fn run(config: Config) -> Result<usize, String> {
    let path = config.keys();
    let app = App::open(config, true).await?;
    let wrong = |e: std::io::Error| format!("the key file {}: {e}", path.display());
    let told = |e: AppError| format!("{} What was sealed with the new key so far stays; run the command again.", e.say().en);
    let mut keys = Keys::load(&path).map_err(wrong)?;
    let mut count = seal_all(&app.db, &Arc::new(Keys::load(&path).map_err(wrong)?)).await.map_err(told)?;
    if count == 0 {
        keys.rotate(&path).map_err(wrong)?;
        count = seal_all(&app.db, &Arc::new(keys)).await.map_err(told)?;
    }
    app.db.close().await;
    Ok(count)
}

/// Seals with the current key whatever is sealed with an older one.
async fn seal_all(db: &Db, keys: &Arc<Keys>) -> Result<usize> {
    let mut count = 0;
    for (table, column, key) in COLUMNS {
        loop {
            let keys = keys.clone();
            let done = db.write(move |tx| Box::pin(async move { seal_column(tx, &keys, table, column, key).await })).await?;
            count += done;
            if done == 0 {
                break;
            }
        }
    }
    let mut last = String::new();
    loop {
        let sql = "SELECT id, category, kind FROM application WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = db.read().await?.rows(sql, vals![last.as_str(), BATCH]).await?;
        for row in &rows {
            last = row.text("id")?;
            let (id, category, kind, keys) = (last.clone(), row.text("category")?, row.text("kind")?, keys.clone());
            count += db.write(move |tx| Box::pin(async move { seal_application(tx, &keys, &id, &category, &kind).await })).await?;
        }
        if rows.is_empty() {
            return Ok(count);
        }
    }
}

/// What a text sealed with the current key begins with.
fn mark(keys: &Keys) -> String {
    keys.seal("mark").split_inclusive(':').next().unwrap_or_default().to_owned()
}

async fn seal_column(tx: &mut Tx, keys: &Keys, table: &str, column: &str, key: &str) -> Result<usize> {
    let mark = mark(keys);
    let sql =
        format!("SELECT {key} AS row_key, {column} AS sealed FROM {table} WHERE {column} <> '' AND substr({column}, 1, {}) <> $1 LIMIT {BATCH}", mark.len());
    let rows = tx.rows(sql, vals![mark]).await?;
    let count = rows.len();
    for row in rows {
        let fresh = keys.seal(&keys.open(&row.text("sealed")?)?);
        tx.run(format!("UPDATE {table} SET {column} = $1 WHERE {key} = $2"), vals![fresh, row.text("row_key")?]).await?;
    }
    Ok(count)
}

async fn seal_application(tx: &mut Tx, keys: &Keys, id: &str, category: &str, kind: &str) -> Result<usize> {
    let pages = book::pages(category, kind);
    let is_secret = |path: &str| pages.iter().find_map(|page| page.field_at(path)).is_some_and(|field| field.secret);
    let mut count = 0;
    for (table, key) in CELLS {
        let sql = format!("SELECT {key} AS row_key, path, value FROM {table} WHERE application_id = $1 AND value LIKE '%:%'");
        for row in tx.rows(sql, vals![id]).await? {
            let sealed = row.text("value")?;
            if is_secret(&row.text("path")?) && !keys.is_current(&sealed) {
                let fresh = keys.seal(&keys.open(&sealed)?);
                let args: Vec<Val> = vals![fresh, id, row.text("row_key")?];
                tx.run(format!("UPDATE {table} SET value = $1 WHERE application_id = $2 AND {key} = $3"), args).await?;
                count += 1;
            }
        }
    }
    for row in tx.rows("SELECT version, body FROM application_version WHERE application_id = $1", vals![id]).await? {
        let body = row.text("body")?;
        let tree: Value = serde_json::from_str(&body).map_err(|e| AppError::BadRequest(format!("stored version: {e}")))?;
        let old: Vec<&str> = sealed_in(&tree).into_iter().filter(|sealed| !keys.is_current(sealed)).collect();
        // Replaced in the text, so that not a byte of what was submitted changes otherwise.
        let mut fresh = body.clone();
        for sealed in &old {
            fresh = fresh.replacen(sealed, &keys.seal(&keys.open(sealed)?), 1);
        }
        if !old.is_empty() {
            let sql = "UPDATE application_version SET body = $1 WHERE application_id = $2 AND version = $3";
            tx.run(sql, vals![fresh, id, row.int("version")?]).await?;
        }
        count += old.len();
    }
    Ok(count)
}

/// Every `sealed` text of a version's body.
fn sealed_in(tree: &Value) -> Vec<&str> {
    match tree {
        Value::Object(fields) => {
            fields.iter().flat_map(|(key, value)| if key == "sealed" { value.as_str().into_iter().collect() } else { sealed_in(value) }).collect()
        }
        Value::Array(values) => values.iter().flat_map(sealed_in).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::frozen::Frozen;
    use crate::server::testing::TestApp;
    use crate::server::{demo, ids};

    /// Every sealed value with where it stands, opened.
    async fn opened(test: &TestApp, keys: &Keys) -> Vec<(String, String, bool)> {
        let mut tx = test.app.db.read().await.unwrap();
        let mut found = Vec::new();
        let mut note = |at: String, sealed: String| found.push((at, keys.open(&sealed).unwrap(), keys.is_current(&sealed)));
        for row in tx.rows("SELECT id, id_no_sealed, secret FROM account", vals![]).await.unwrap() {
            note(row.text("id").unwrap(), row.text("id_no_sealed").unwrap());
            note(row.text("id").unwrap(), row.text("secret").unwrap());
        }
        for row in tx.rows("SELECT id, sealed FROM outbox", vals![]).await.unwrap() {
            note(row.text("id").unwrap(), row.text("sealed").unwrap());
        }
        for table in ["draft_cell", "draft_op"] {
            let sql = format!("SELECT application_id, path, value FROM {table} WHERE (path LIKE '%/id_no' OR path LIKE '%/certificate') AND value LIKE '%:%'");
            for row in tx.rows(sql, vals![]).await.unwrap() {
                note(format!("{table}/{}/{}", row.text("application_id").unwrap(), row.text("path").unwrap()), row.text("value").unwrap());
            }
        }
        for row in tx.rows("SELECT application_id, body, sha256 FROM application_version", vals![]).await.unwrap() {
            let body = row.text("body").unwrap();
            let frozen: Frozen = serde_json::from_str(&body).unwrap();
            assert_eq!(ids::digest(&frozen.hashed_text()), row.text("sha256").unwrap(), "the hash still fits");
            for (n, sealed) in sealed_in(&serde_json::from_str(&body).unwrap()).into_iter().enumerate() {
                note(format!("version/{}/{n}", row.text("application_id").unwrap()), sealed.to_owned());
            }
        }
        found.sort();
        found
    }

    #[tokio::test]
    async fn every_secret_is_sealed_anew_and_a_run_cut_off_is_finished() {
        for test in TestApp::all().await {
            demo::load(&test.app, 0).await.unwrap();
            let path = test.app.config.keys();
            let lines = || std::fs::read_to_string(&path).unwrap().lines().count();
            let before = opened(&test, &Keys::load(&path).unwrap()).await;
            let plain = |all: &[(String, String, bool)]| all.iter().map(|(at, text, _)| (at.clone(), text.clone())).collect::<Vec<_>>();
            assert!(["draft_cell/", "draft_op/", "version/"].iter().all(|start| before.iter().any(|(at, ..)| at.starts_with(start))));

            // Cut off right after the key was made: the next run makes no other.
            Keys::load(&path).unwrap().rotate(&path).unwrap();
            let sealed = before.iter().filter(|(_, text, _)| !text.is_empty()).count();
            for (keys, count) in [(2, sealed), (3, sealed)] {
                assert_eq!(run(test.app.config.clone()).await.unwrap(), count);
                assert_eq!(lines(), keys);
                let after = opened(&test, &Keys::load(&path).unwrap()).await;
                assert_eq!(plain(&after), plain(&before));
                assert!(after.iter().all(|(.., current)| *current));
            }
        }
    }
}
