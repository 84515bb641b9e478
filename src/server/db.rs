//! The one SQL store, on SQLite or PostgreSQL. SQL is written once, with `$1` and with TEXT and BIGINT only.
//!
//! On SQLite one writer runs all changes in groups: each under a savepoint, all under one COMMIT, and none is
//! acknowledged before that COMMIT. On PostgreSQL a change is one transaction.

use crate::error::{AppError, OrBroken, Result};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, PgPool, Postgres, Row as _, Sqlite, SqlitePool, Transaction};
use std::borrow::Cow;
use std::panic::AssertUnwindSafe;
use std::str::FromStr;
use tokio::sync::{mpsc, oneshot};

/// The migrations of both engines.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The longest queue of changes waiting for the SQLite writer, and the most that share one COMMIT.
const QUEUE: usize = 1024;
const GROUP: usize = 128;
/// The most values one statement takes. SQLite would take 32766, but looks each up by its name among all of the statement: thousands take
/// longer than they save.
const MOST_VALUES: usize = 900;

/// A database, cheap to clone.
#[derive(Clone)]
pub enum Db {
    Sqlite { read: SqlitePool, write: mpsc::Sender<Job> },
    Postgres(PgPool),
}

/// A connection to read or change with; changes only inside [`Db::write`].
pub enum Tx {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(Transaction<'static, Postgres>),
    PostgresRead(PoolConnection<Postgres>),
}

/// A value given to a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    Text(Option<String>),
    Int(Option<i64>),
}

impl From<&str> for Val {
    fn from(v: &str) -> Val {
        Val::Text(Some(v.to_owned()))
    }
}
impl From<String> for Val {
    fn from(v: String) -> Val {
        Val::Text(Some(v))
    }
}
impl From<&String> for Val {
    fn from(v: &String) -> Val {
        Val::Text(Some(v.clone()))
    }
}
impl From<Option<String>> for Val {
    fn from(v: Option<String>) -> Val {
        Val::Text(v)
    }
}
impl From<i64> for Val {
    fn from(v: i64) -> Val {
        Val::Int(Some(v))
    }
}
impl From<Option<i64>> for Val {
    fn from(v: Option<i64>) -> Val {
        Val::Int(v)
    }
}
impl From<bool> for Val {
    fn from(v: bool) -> Val {
        Val::Int(Some(v.into()))
    }
}

/// `vals![a, b]`: the arguments of a statement.
#[macro_export]
macro_rules! vals {
    ($($value:expr),* $(,)?) => { vec![$($crate::server::db::Val::from($value)),*] };
}

/// A row of an answer.
pub enum Row {
    Sqlite(sqlx::sqlite::SqliteRow),
    Postgres(sqlx::postgres::PgRow),
}

macro_rules! column {
    ($self:ident, $name:ident) => {
        match $self {
            Row::Sqlite(row) => row.try_get($name).broken(),
            Row::Postgres(row) => row.try_get($name).broken(),
        }
    };
}

/// SQLite reads a null as an empty text or 0 where PostgreSQL refuses; both refuse here.
fn empty(name: &str) -> std::io::Error {
    std::io::Error::other(format!("column {name} is null"))
}

impl Row {
    /// A TEXT column that is never null.
    pub fn text(&self, name: &str) -> Result<String> {
        self.opt_text(name)?.ok_or_else(|| empty(name)).broken()
    }
    /// A TEXT column that may be null.
    pub fn opt_text(&self, name: &str) -> Result<Option<String>> {
        column!(self, name)
    }
    /// A BIGINT column that is never null.
    pub fn int(&self, name: &str) -> Result<i64> {
        self.opt_int(name)?.ok_or_else(|| empty(name)).broken()
    }
    /// A BIGINT column that may be null.
    pub fn opt_int(&self, name: &str) -> Result<Option<i64>> {
        column!(self, name)
    }
    /// A BIGINT column holding 0 or 1.
    pub fn flag(&self, name: &str) -> Result<bool> {
        Ok(self.int(name)? != 0)
    }
}

macro_rules! bind_all {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Val::Text(v) => query.bind(v),
                Val::Int(v) => query.bind(v),
            };
        }
        query
    }};
}

/// Runs one expression for whichever connection this is.
macro_rules! dispatch {
    ($tx:expr, $sql:expr, $args:expr, |$query:ident, $conn:ident, $wrap:ident| $do:expr) => {
        match $tx {
            Tx::Sqlite(conn) => {
                let $query = bind_all!(sqlx::query::<Sqlite>(AssertSqlSafe($sql)), $args);
                let $conn = &mut **conn;
                let $wrap = Row::Sqlite;
                $do
            }
            Tx::Postgres(conn) => {
                let $query = bind_all!(sqlx::query::<Postgres>(AssertSqlSafe($sql)), $args);
                let $conn = &mut **conn;
                let $wrap = Row::Postgres;
                $do
            }
            Tx::PostgresRead(conn) => {
                let $query = bind_all!(sqlx::query::<Postgres>(AssertSqlSafe($sql)), $args);
                let $conn = &mut **conn;
                let $wrap = Row::Postgres;
                $do
            }
        }
    };
}

impl Tx {
    /// Runs a statement and tells how many rows it touched.
    pub async fn run(&mut self, sql: impl Into<Cow<'static, str>>, args: Vec<Val>) -> Result<u64> {
        let sql = sql.into().into_owned();
        #[cfg(test)]
        super::testing::write_or_die(&sql);
        dispatch!(self, sql, args, |query, conn, _wrap| {
            let _ = _wrap;
            query.execute(conn).await.map(|done| done.rows_affected()).map_err(broken)
        })
    }

    /// Inserts rows of one shape with as few statements as may be; `into` names the table and its columns in their order.
    pub async fn insert_all(&mut self, into: &'static str, rows: Vec<Vec<Val>>) -> Result<()> {
        let width = rows.first().map_or(1, Vec::len);
        let mut rows = rows.into_iter();
        loop {
            let some: Vec<Vec<Val>> = rows.by_ref().take(MOST_VALUES / width).collect();
            if some.is_empty() {
                return Ok(());
            }
            let row = |n: usize| format!("({})", (1..=width).map(|at| format!("${}", n * width + at)).collect::<Vec<_>>().join(", "));
            let values = (0..some.len()).map(row).collect::<Vec<_>>().join(", ");
            self.run(format!("INSERT INTO {into} VALUES {values}"), some.into_iter().flatten().collect()).await?;
        }
    }

    /// All rows of a query; the query itself bounds them.
    pub async fn rows(&mut self, sql: impl Into<Cow<'static, str>>, args: Vec<Val>) -> Result<Vec<Row>> {
        let sql = sql.into().into_owned();
        #[cfg(test)]
        super::testing::write_or_die(&sql);
        dispatch!(self, sql, args, |query, conn, wrap| query.fetch_all(conn).await.map(|rows| rows.into_iter().map(wrap).collect()).map_err(broken))
    }

    /// The first row of a query, if there is one.
    pub async fn row(&mut self, sql: impl Into<Cow<'static, str>>, args: Vec<Val>) -> Result<Option<Row>> {
        let sql = sql.into().into_owned();
        #[cfg(test)]
        super::testing::write_or_die(&sql);
        dispatch!(self, sql, args, |query, conn, wrap| query.fetch_optional(conn).await.map(|row| row.map(wrap)).map_err(broken))
    }
}

/// Deadlocks and serialization failures are for the caller to try again; a broken unique rule is answered as such.
fn broken(cause: sqlx::Error) -> AppError {
    match cause.as_database_error() {
        Some(e) if e.is_unique_violation() => AppError::Moved(crate::base::say("同一内容已经保存过。", "The same has been saved already.")),
        Some(e) if matches!(e.code().as_deref(), Some("40001" | "40P01")) => AppError::TooOften { seconds: 1 },
        _ => crate::error::BrokenBy(cause).into(),
    }
}

type Finish = Box<dyn FnOnce(Result<()>) + Send>;
type JobFn = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, (bool, Finish)> + Send>;

/// One change on its way to the SQLite writer.
pub struct Job(JobFn);

impl Db {
    /// Opens a database by its address: `sqlite:PATH` or `postgres://…`. Does not migrate.
    pub async fn open(url: &str) -> Result<Db> {
        if url.starts_with("postgres") {
            let pool = sqlx::postgres::PgPoolOptions::new().max_connections(16).connect(url).await.broken()?;
            return Ok(Db::Postgres(pool));
        }
        let options = SqliteConnectOptions::from_str(url)
            .broken()?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(10))
            .pragma("cache_size", "-16000")
            .statement_cache_capacity(256);
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.broken()?;
        let read = SqlitePoolOptions::new().max_connections(4).connect_with(options.pragma("query_only", "ON")).await.broken()?;
        let (write, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(write_in_groups(writer, jobs));
        Ok(Db::Sqlite { read, write })
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self, url: &str) -> Result<()> {
        match self {
            Db::Sqlite { .. } => {
                let options = SqliteConnectOptions::from_str(url).broken()?;
                let mut conn = sqlx::SqliteConnection::connect_with(&options).await.broken()?;
                MIGRATIONS.run(&mut conn).await.broken()
            }
            Db::Postgres(pool) => MIGRATIONS.run(pool).await.broken(),
        }
    }

    /// Whether the database sorts text by bytes, as paging and order keys need.
    pub async fn sorts_by_bytes(&self) -> Result<bool> {
        let row = self.read().await?.row("SELECT CASE WHEN 'B' < 'a' AND 'a' < 'b' THEN 1 ELSE 0 END + 0 * CAST($1 AS BIGINT) AS ok", vals![0]).await?;
        row.map_or(Ok(false), |row| {
            Ok(match &row {
                Row::Sqlite(_) => row.int("ok")? == 1,
                Row::Postgres(_) => row.int("ok")? == 1,
            })
        })
    }

    /// Lets go of every connection, after what was begun is finished.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, .. } => read.close().await,
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { read, .. } => Tx::Sqlite(read.acquire().await.broken()?),
            Db::Postgres(pool) => Tx::PostgresRead(pool.acquire().await.broken()?),
        })
    }

    /// Runs one change to its end: all of it is stored and durable when this returns `Ok`, none of it otherwise.
    /// The closure holds SQL and pure decisions only; it must not wait for anything else.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let gone = || AppError::TooOften { seconds: 2 };
        match self {
            Db::Sqlite { write, .. } => {
                let (reply, answer) = oneshot::channel();
                let job = Job(Box::new(move |tx| {
                    Box::pin(async move {
                        let result = work(tx).await;
                        let keep = result.is_ok();
                        #[cfg(test)]
                        super::testing::commit_or_die(keep);
                        let finish: Finish = Box::new(move |committed| {
                            // The one who asked may have gone away; the change stands all the same.
                            reply.send(committed.and(result)).ok();
                        });
                        (keep, finish)
                    })
                }));
                write.send(job).await.map_err(|_| gone())?;
                answer.await.map_err(|_| gone())?
            }
            Db::Postgres(pool) => {
                // A task of its own: a client that hangs up does not cut a change in two.
                let pool = pool.clone();
                let task = tokio::spawn(async move {
                    let mut tx = Tx::Postgres(pool.begin().await.broken()?);
                    let value = work(&mut tx).await?;
                    #[cfg(test)]
                    super::testing::commit_or_die(true);
                    match tx {
                        Tx::Postgres(tx) => tx.commit().await.map_err(broken)?,
                        Tx::Sqlite(_) | Tx::PostgresRead(_) => {}
                    }
                    Ok(value)
                });
                task.await.broken()?
            }
        }
    }
}

async fn write_in_groups(pool: SqlitePool, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.recv().await {
        let Ok(conn) = pool.acquire().await else { continue };
        let mut tx = Tx::Sqlite(conn);
        if tx.run("BEGIN IMMEDIATE", vals![]).await.is_err() {
            continue;
        }
        let mut finished = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next {
            finished.extend(under_savepoint(&mut tx, job).await);
            next = if finished.len() < GROUP { jobs.try_recv().ok() } else { None };
        }
        let committed = tx.run("COMMIT", vals![]).await.map(|_| ());
        if committed.is_err() {
            tx.run("ROLLBACK", vals![]).await.ok();
        }
        for finish in finished {
            finish(committed.clone());
        }
    }
}

async fn under_savepoint(tx: &mut Tx, job: Job) -> Option<Finish> {
    tx.run("SAVEPOINT job", vals![]).await.ok()?;
    let done = AssertUnwindSafe((job.0)(tx)).catch_unwind().await;
    let keep = matches!(done, Ok((true, _)));
    if !keep {
        tx.run("ROLLBACK TO job", vals![]).await.ok()?;
    }
    tx.run("RELEASE job", vals![]).await.ok()?;
    match done {
        Ok((_, finish)) => Some(finish),
        Err(_) => {
            tracing::error!("a change panicked and was rolled back");
            None
        }
    }
}

#[cfg(test)]
#[path = "db_tests.rs"]
mod tests;
