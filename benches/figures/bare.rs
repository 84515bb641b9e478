//! What the figures stand beside: the same rows committed and the same bytes served with nothing of ours in between.

use crate::Result;
use crate::browser::{Answer, fresh_id};
use crate::load::Client;
use axum::Router;
use reqwest::header::{CONNECTION, CONTENT_LENGTH, DATE, TRANSFER_ENCODING};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, Executor, PgConnection, Postgres, Sqlite, SqliteConnection};
use std::path::Path;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, path TEXT NOT NULL, value TEXT NOT NULL, at BIGINT NOT NULL)";
const INSERT: &str = "INSERT INTO bare (id, path, value, at) VALUES ($1, $2, $3, $4)";

/// Commits so many rows at a time through the SQL library alone, as durably as `server::db` does.
pub struct Commits<C> {
    connection: C,
    rows: usize,
}

impl Commits<SqliteConnection> {
    /// The settings are those of `Db::open`.
    pub async fn on_sqlite(file: &Path, rows: usize) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(10))
            .pragma("cache_size", "-16000")
            .statement_cache_capacity(256);
        let mut connection = SqliteConnection::connect_with(&options).await?;
        connection.execute(TABLE).await?;
        Ok(Commits { connection, rows })
    }
}

impl Commits<PgConnection> {
    /// The server's own settings, as in `Db::open`.
    pub async fn on_postgres(url: &str, rows: usize) -> Result<Self> {
        let mut connection = PgConnection::connect(url).await?;
        connection.execute(TABLE).await?;
        Ok(Commits { connection, rows })
    }
}

/// A row alone commits by itself: a transaction around it would only cost two more statements.
macro_rules! commits {
    ($database:ty, $connection:ty) => {
        impl Client for Commits<$connection> {
            async fn call(&mut self) -> Result<()> {
                let grouped = self.rows > 1;
                if grouped {
                    sqlx::query::<$database>("BEGIN").execute(&mut self.connection).await?;
                }
                for _ in 0..self.rows {
                    let row = sqlx::query::<$database>(INSERT).bind(fresh_id()).bind("basic/fax").bind("029-00000000").bind(0_i64);
                    row.execute(&mut self.connection).await?;
                }
                if grouped {
                    sqlx::query::<$database>("COMMIT").execute(&mut self.connection).await?;
                }
                Ok(())
            }
        }
    };
}

commits!(Sqlite, SqliteConnection);
commits!(Postgres, PgConnection);

/// An axum server in this process with one answer, whatever is asked.
pub struct Echo {
    pub url: String,
    serving: JoinHandle<()>,
}

impl Echo {
    /// Gives an answer's bytes and headers, but for those that the HTTP library writes itself.
    pub async fn of(answer: Answer) -> Result<Echo> {
        let Answer { mut headers, body } = answer;
        for name in [TRANSFER_ENCODING, CONTENT_LENGTH, DATE, CONNECTION] {
            headers.remove(name);
        }
        let router: Router = Router::new().fallback(move || {
            let answer = (headers.clone(), body.clone());
            async move { answer }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let serving = tokio::spawn(async move {
            if let Err(cause) = axum::serve(listener, router).await {
                eprintln!("the bare server ended: {cause}");
            }
        });
        Ok(Echo { url, serving })
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
