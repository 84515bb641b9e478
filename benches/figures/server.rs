//! The release build under measurement: a process with a folder, a port and a database of its own.

use crate::browser::Browser;
use crate::load::now;
use crate::{Failure, Result, machine, whole};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::env;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use xuke::server::ids;

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a server is started on, again and again.
pub struct Site {
    binary: PathBuf,
    log: PathBuf,
    url: String,
    settings: Vec<(&'static str, String)>,
}

impl Site {
    /// Migrates an empty database and loads the demonstration, and so many generated cases. No address is SQLite in the folder.
    pub fn create(folder: &Path, database: &str, cases: usize) -> Result<Site> {
        fs::create_dir_all(folder)?;
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let url = format!("http://{listen}");
        let settings = vec![
            ("XUKE_DATABASE_URL", database.to_owned()),
            ("XUKE_DATA", folder.join("data").display().to_string()),
            ("XUKE_LISTEN", listen),
            ("XUKE_PUBLIC_URL", url.clone()),
            ("XUKE_DEMO", "1".to_owned()),
            // All requests come from one address.
            ("XUKE_RATE_PER_MINUTE", "1000000".to_owned()),
        ];
        let site = Site { binary: binary()?, log: folder.join("server.log"), url, settings };
        site.run(&["migrate"])?;
        site.run(&["demo", "--cases", &cases.to_string()])?;
        Ok(site)
    }

    /// The address of its database.
    pub fn database(&self) -> String {
        let of = |name: &str| self.settings.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str()).unwrap_or_default();
        let given = of("XUKE_DATABASE_URL");
        if given.is_empty() { format!("sqlite:{}/xuke.db", of("XUKE_DATA")) } else { given.to_owned() }
    }

    /// Runs a command of the binary to its good end.
    pub fn run(&self, words: &[&str]) -> Result<()> {
        let done = self.command(words).output().map_err(|e| format!("{}: {e}", self.binary.display()))?;
        if done.status.success() { Ok(()) } else { Err(format!("xuke {words:?}, {}: {}", done.status, String::from_utf8_lossy(&done.stderr)).into()) }
    }

    /// Starts serving and waits until it is ready.
    pub async fn start(&self) -> Result<Running> {
        let log = File::options().create(true).append(true).open(&self.log)?;
        let child = self.command(&["serve"]).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut running = Running { child, url: self.url.clone(), log: self.log.clone() };
        let ready = running.ready().await;
        ready.map_err(|cause| running.explain(cause))?;
        Ok(running)
    }

    /// A command of the binary; the values of a shell or a machine would only mislead it.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(words);
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("XUKE_")) {
            command.env_remove(name);
        }
        command.envs(self.settings.iter().cloned());
        command
    }
}

fn binary() -> Result<PathBuf> {
    if let Some(path) = env::var_os("XUKE_BIN") {
        return Ok(path.into());
    }
    let target = env::var_os("CARGO_TARGET_DIR").ok_or("neither XUKE_BIN nor CARGO_TARGET_DIR says where the binary is; use `make bench`")?;
    Ok(Path::new(&target).join("release/xuke"))
}

/// A server that serves; taken away at once when dropped.
pub struct Running {
    child: Child,
    pub url: String,
    log: PathBuf,
}

impl Running {
    /// A figure of its memory in MB, by the kernel's name: `VmRSS` now, `VmHWM` at most.
    pub fn memory(&self, key: &str) -> Result<f64> {
        machine::megabytes(&format!("/proc/{}/status", self.child.id()), key)
    }

    /// A failure with the end of the server's log, where its cause may stand.
    pub fn explain(&self, cause: Failure) -> Failure {
        let log = fs::read_to_string(&self.log).unwrap_or_else(|e| e.to_string());
        let lines: Vec<&str> = log.lines().collect();
        format!("{}\nThe server's log ends with:\n{}", whole(&*cause), lines[lines.len().saturating_sub(20)..].join("\n")).into()
    }

    async fn ready(&mut self) -> Result<()> {
        let browser = Browser::new(&self.url)?;
        let deadline = now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the server ended by itself, {status}").into());
            }
            match browser.get("/health/ready", "identity").await {
                Ok(_) => return Ok(()),
                Err(cause) if now() > deadline => return Err(cause),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already needs no ending.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A database on the PostgreSQL of `XUKE_TEST_POSTGRES`, for one run.
pub struct Database {
    server: String,
    name: String,
    pub url: String,
}

impl Database {
    /// Sorts by bytes, as the application asks.
    pub async fn create() -> Result<Database> {
        let server = env::var("XUKE_TEST_POSTGRES").map_err(|e| format!("XUKE_TEST_POSTGRES: {e}; `make bench` starts a PostgreSQL"))?;
        let (host, _) = server.rsplit_once('/').ok_or("XUKE_TEST_POSTGRES names no database")?;
        let name = format!("xuke_bench_{}", ids::hex(&ids::random::<8>()));
        let url = format!("{host}/{name}");
        obey(&server, format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")).await?;
        Ok(Database { server, name, url })
    }

    /// Leaves nothing behind, whoever is still connected.
    pub async fn remove(self) -> Result<()> {
        obey(&self.server, format!("DROP DATABASE {} WITH (FORCE)", self.name)).await
    }
}

/// Runs a statement on a PostgreSQL database.
pub async fn obey(server: &str, statement: String) -> Result<()> {
    let mut connection = PgConnection::connect(server).await?;
    connection.execute(AssertSqlSafe(statement)).await?;
    Ok(connection.close().await?)
}
