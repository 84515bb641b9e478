//! All SQL of uploaded files.

use crate::error::Result;
use crate::server::db::{Row, Tx};
use crate::vals;

/// An upload, complete or on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub id: String,
    pub unit_id: Option<String>,
    pub account_id: String,
    /// 申请号; empty for the unit's own papers.
    pub application_no: String,
    /// The path of the place it is meant for.
    pub slot: String,
    pub name: String,
    pub size: i64,
    pub received: i64,
    pub media: String,
    /// Until the upload is complete, what its sender says it will be; empty if that is not known.
    pub sha256: String,
    pub created_at: i64,
    pub completed_at: Option<i64>,
    pub attached_at: Option<i64>,
}

const COLUMNS: &str = "id, unit_id, account_id, application_no, slot, name, size, received, media, sha256, created_at, completed_at, attached_at";

fn file(row: &Row) -> Result<File> {
    Ok(File {
        id: row.text("id")?,
        unit_id: row.opt_text("unit_id")?,
        account_id: row.text("account_id")?,
        application_no: row.text("application_no")?,
        slot: row.text("slot")?,
        name: row.text("name")?,
        size: row.int("size")?,
        received: row.int("received")?,
        media: row.text("media")?,
        sha256: row.text("sha256")?,
        created_at: row.int("created_at")?,
        completed_at: row.opt_int("completed_at")?,
        attached_at: row.opt_int("attached_at")?,
    })
}

/// Adds a new upload.
pub async fn create(tx: &mut Tx, f: &File) -> Result<()> {
    let sql = format!("INSERT INTO file ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)");
    let args = vals![
        &f.id,
        f.unit_id.clone(),
        &f.account_id,
        &f.application_no,
        &f.slot,
        &f.name,
        f.size,
        f.received,
        &f.media,
        &f.sha256,
        f.created_at,
        f.completed_at,
        f.attached_at
    ];
    tx.run(sql, args).await.map(|_| ())
}

/// One file.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<File>> {
    tx.row(format!("SELECT {COLUMNS} FROM file WHERE id = $1"), vals![id]).await?.as_ref().map(file).transpose()
}

/// An upload of the same account, of the same file for the same place, that was not completed; the one begun last.
pub async fn find_cut(tx: &mut Tx, f: &File) -> Result<Option<File>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM file WHERE unit_id = $1 AND account_id = $2 AND application_no = $3 AND slot = $4 AND name = $5 AND size = $6 AND sha256 = $7 \
         AND completed_at IS NULL ORDER BY id DESC LIMIT 1"
    );
    let args = vals![f.unit_id.clone(), &f.account_id, &f.application_no, &f.slot, &f.name, f.size, &f.sha256];
    tx.row(sql, args).await?.as_ref().map(file).transpose()
}

/// The complete ones among some files.
pub async fn find_all(tx: &mut Tx, ids: &[String]) -> Result<Vec<File>> {
    let mut files = Vec::with_capacity(ids.len());
    for some in ids.chunks(200) {
        let marks: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
        let sql = format!("SELECT {COLUMNS} FROM file WHERE completed_at IS NOT NULL AND id IN ({})", marks.join(", "));
        let args = some.iter().map(Into::into).collect();
        for row in tx.rows(sql, args).await? {
            files.push(file(&row)?);
        }
    }
    Ok(files)
}

/// How many uploads of a unit are under way.
pub async fn count_open(tx: &mut Tx, unit_id: &str) -> Result<i64> {
    let row = tx.row("SELECT COUNT(*) AS n FROM file WHERE unit_id = $1 AND completed_at IS NULL", vals![unit_id]).await?;
    row.map_or(Ok(0), |row| row.int("n"))
}

/// Notes that bytes up to `to` arrived; false if somebody else wrote from `from` meanwhile.
pub async fn advance(tx: &mut Tx, id: &str, from: i64, to: i64) -> Result<bool> {
    Ok(tx.run("UPDATE file SET received = $1 WHERE id = $2 AND received = $3 AND completed_at IS NULL", vals![to, id, from]).await? == 1)
}

/// Notes what a file turned out to be, once its bytes are stored; false if it was complete already.
pub async fn complete(tx: &mut Tx, id: &str, media: &str, sha256: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE file SET media = $1, sha256 = $2, completed_at = $3 WHERE id = $4 AND completed_at IS NULL";
    Ok(tx.run(sql, vals![media, sha256, now, id]).await? == 1)
}

/// Notes that a file reached its place.
pub async fn mark_attached(tx: &mut Tx, id: &str, now: i64) -> Result<()> {
    tx.run("UPDATE file SET attached_at = $1 WHERE id = $2", vals![now, id]).await.map(|_| ())
}

/// Forgets an upload that came to nothing.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    tx.run("DELETE FROM file WHERE id = $1 AND attached_at IS NULL", vals![id]).await.map(|_| ())
}

/// Forgets uploads that were begun before `before` and never reached their place, and tells their ids.
pub async fn sweep(tx: &mut Tx, before: i64) -> Result<Vec<String>> {
    let rows = tx.rows("DELETE FROM file WHERE attached_at IS NULL AND created_at < $1 RETURNING id", vals![before]).await?;
    rows.iter().map(|row| row.text("id")).collect()
}
