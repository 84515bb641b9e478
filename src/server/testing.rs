//! Applications to test with: on SQLite always, and on PostgreSQL too if `XUKE_TEST_POSTGRES` names a server where
//! databases may be created. Each has a database, a folder and a clock of its own.

use super::app::{App, Visit};
use super::config::Config;
use super::ids;
use crate::account::model::{Caller, Role};
use crate::account::store::{self, Account, Unit};
use crate::application::service::Facts;
use crate::application::store::Record;
use crate::base::Lang;
use crate::casework::service::begin;
use crate::catalogue::{Catalogue, PERSONNEL};
use crate::error::Result;
use crate::server::db::Db;
use crate::vals;
use crate::workflow::person::PersonKind;
use crate::workflow::{Action, Case};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Weak};
use tokio::sync::{Mutex, OnceCell};

thread_local! {
    /// How many writes the changes of this thread do before the process dies, as it were; `None` while it lives. A test and
    /// what it starts run on one thread.
    static LIFE: Cell<Option<u32>> = const { Cell::new(None) };
    static DIED: Cell<bool> = const { Cell::new(false) };
}

/// Called before every statement of every change.
pub(super) fn write_or_die(sql: &str) {
    if ["INSERT", "UPDATE", "DELETE"].iter().any(|word| sql.starts_with(word)) {
        live_or_die();
    }
}

/// Called before the COMMIT of every change that has something to keep.
pub(super) fn commit_or_die(keeps: bool) {
    if keeps {
        live_or_die();
    }
}

/// A dead process runs no code that could catch an error, so nothing here may: it is a panic, and every later write is one too.
fn live_or_die() {
    match LIFE.get() {
        None => {}
        Some(0) => {
            DIED.set(true);
            std::panic::resume_unwind(Box::new("the process died here"));
        }
        Some(left) => LIFE.set(Some(left - 1)),
    }
}

/// An application under test; gone with all it holds when dropped.
pub struct TestApp {
    pub app: Arc<App>,
    // Held to the end.
    _folder: Folder,
    _postgres: Option<(Database, Arc<Database>)>,
}

/// A temporary folder, gone with all it holds when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        Folder(std::env::temp_dir().join(format!("xuke-test-{}", ids::hex(&ids::random::<8>()))))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in a temporary place anyway.
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A database on a PostgreSQL server, gone when dropped.
struct Database {
    server: String,
    name: String,
}

impl Database {
    async fn create(server: &str, template: &str) -> Database {
        let name = format!("xuke_test_{}", ids::hex(&ids::random::<8>()));
        let create = format!("CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        PgConnection::connect(server).await.unwrap().execute(AssertSqlSafe(create)).await.unwrap();
        Database { server: server.to_owned(), name }
    }

    fn url(&self) -> String {
        let (host, _) = self.server.rsplit_once('/').unwrap();
        format!("{host}/{}", self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, drop) = (std::mem::take(&mut self.server), format!("DROP DATABASE {} WITH (FORCE)", self.name));
        let remove = async move {
            if let Ok(mut server) = PgConnection::connect(&server).await {
                server.execute(AssertSqlSafe(drop)).await.ok();
            }
        };
        let thread = std::thread::spawn(|| tokio::runtime::Builder::new_current_thread().enable_all().build().map(|runtime| runtime.block_on(remove)).ok());
        thread.join().ok();
    }
}

// Migrating and seeding takes longer than most tests, so it is done once and copied.

/// The file of a fresh SQLite database.
static FRESH: OnceCell<Vec<u8>> = OnceCell::const_new();
/// A fresh PostgreSQL database, as long as any test uses one.
static TEMPLATE: Mutex<Weak<Database>> = Mutex::const_new(Weak::new());

async fn fresh() -> Vec<u8> {
    let folder = Folder::new();
    let app = App::open(config(&folder, None), true).await.unwrap();
    let (made, copy) = (app.config.database(), folder.0.join("copy.db"));
    let mut conn = SqliteConnection::connect(&made).await.unwrap();
    conn.execute(AssertSqlSafe(format!("VACUUM INTO '{}'", copy.display()))).await.unwrap();
    std::fs::read(copy).unwrap()
}

async fn template(server: &str) -> Arc<Database> {
    let mut last = TEMPLATE.lock().await;
    if let Some(there) = last.upgrade() {
        return there;
    }
    let made = Database::create(server, "template0").await;
    let folder = Folder::new();
    App::open(config(&folder, Some(&made)), true).await.unwrap().db.close().await;
    let made = Arc::new(made);
    *last = Arc::downgrade(&made);
    made
}

fn config(folder: &Folder, postgres: Option<&Database>) -> Config {
    // All tests come from one address, so its limit must not meet them.
    let given = [("XUKE_DEMO", "1"), ("XUKE_RATE_PER_MINUTE", "100000"), ("XUKE_DATA", &folder.0.display().to_string())];
    let mut variables: Vec<_> = given.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    variables.extend(postgres.map(|database| ("XUKE_DATABASE_URL".to_owned(), database.url())));
    variables.extend(std::env::vars().filter(|(name, _)| matches!(name.as_str(), "XUKE_FONT" | "XUKE_FONT_BOLD")));
    Config::load(None, variables.into_iter()).unwrap()
}

impl TestApp {
    /// One application for each engine there is.
    pub async fn all() -> Vec<TestApp> {
        let mut all = vec![TestApp::on_sqlite().await];
        if let Ok(server) = std::env::var("XUKE_TEST_POSTGRES") {
            all.push(TestApp::on_postgres(server).await);
        }
        all
    }

    /// On SQLite, for what no engine matters to.
    pub async fn on_sqlite() -> TestApp {
        let folder = Folder::new();
        std::fs::create_dir_all(&folder.0).unwrap();
        std::fs::write(folder.0.join("xuke.db"), FRESH.get_or_init(fresh).await).unwrap();
        TestApp { app: App::open(config(&folder, None), false).await.unwrap(), _folder: folder, _postgres: None }
    }

    async fn on_postgres(server: String) -> TestApp {
        let template = template(&server).await;
        let database = Database::create(&server, &template.name).await;
        let folder = Folder::new();
        TestApp { app: App::open(config(&folder, Some(&database)), false).await.unwrap(), _folder: folder, _postgres: Some((database, template)) }
    }

    /// A visit of somebody, or of nobody.
    pub fn visit(&self, caller: Option<Caller>) -> Visit {
        Visit {
            app: self.app.clone(),
            caller,
            lang: Lang::Zh,
            address: "192.0.2.1".to_owned(),
            agent: "test".to_owned(),
            plain: false,
            form_token: String::new(),
            unread: 0,
            query: String::new(),
        }
    }

    /// A visit of nobody.
    pub fn nobody(&self) -> Visit {
        self.visit(None)
    }

    /// A new unit with one member of this role, signed in. `kind` as in the table of units.
    pub async fn member(&self, kind: &str, role: Role) -> Visit {
        let unit = Unit {
            id: ids::new(self.app.clock.now()),
            kind: kind.to_owned(),
            name: format!("测试单位{}", ids::incident()),
            code: ids::incident(),
            unit_type: "company".to_owned(),
            region: "610112".to_owned(),
            ..Unit::default()
        };
        let id = unit.id.clone();
        self.app.db.write(move |tx| Box::pin(async move { store::insert_unit(tx, &unit).await })).await.unwrap();
        self.join(&id, role).await
    }

    /// One more member of a unit, signed in.
    pub async fn join(&self, unit_id: &str, role: Role) -> Visit {
        self.person(Account { unit_id: Some(unit_id.to_owned()), ..self.account(role) }).await
    }

    /// An account of this role that belongs nowhere yet. Nobody knows its password.
    pub fn account(&self, role: Role) -> Account {
        let name = format!("u{}", ids::incident());
        let fresh = crate::account::service::new_account(&self.app, role, &name, self.app.nobody.clone());
        Account { person_name: format!("测试{name}"), mobile: format!("139{:08}", ids::below(100_000_000)), ..fresh }
    }

    /// Stores an account and signs it in.
    pub async fn person(&self, account: Account) -> Visit {
        let id = account.id.clone();
        self.app.db.write(move |tx| Box::pin(async move { store::insert_account(tx, &account).await })).await.unwrap();
        self.signed_in(&id).await
    }

    /// A new session of an account: the value of its cookie.
    pub async fn session(&self, account_id: &str) -> String {
        let (token, now) = (ids::token(), self.app.clock.now());
        let row = vals![ids::digest(&token), ids::new(now), account_id, now, now, "test", "192.0.2.1"];
        let sql = "INSERT INTO session (token_digest, id, account_id, created_at, seen_at, agent, address) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        self.app.db.write(move |tx| Box::pin(async move { tx.run(sql, row).await })).await.unwrap();
        token
    }

    /// An account with a new session.
    pub async fn signed_in(&self, account_id: &str) -> Visit {
        let token = self.session(account_id).await;
        let found = store::find_caller(&mut self.app.db.read().await.unwrap(), &ids::digest(&token)).await.unwrap();
        self.visit(Some(found.expect("an active account").0))
    }

    /// The texts queued for somebody, the newest last.
    pub async fn messages(&self, to: &str) -> Vec<String> {
        let rows = self.app.db.read().await.unwrap().rows("SELECT sealed FROM outbox WHERE recipient = $1 ORDER BY id", vals![to]).await.unwrap();
        rows.iter().map(|row| self.app.keys.open(&row.text("sealed").unwrap()).unwrap()).collect()
    }

    /// The code in the newest message to somebody.
    pub async fn code(&self, to: &str) -> String {
        let text = self.messages(to).await.pop().expect("a message");
        text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 6).expect("a code").to_owned()
    }

    /// Lets minutes go by.
    pub fn wait(&self, minutes: i64) {
        self.app.clock.advance(minutes * 60_000);
    }

    /// Does one thing, but dies before its first write; again, before its second; and so on to its COMMIT. Each time nothing at
    /// all is left of it. At last it is done, and the very same once more does nothing more.
    pub async fn die_at_every_write<T>(&self, what: &str, act: impl AsyncFn() -> Result<T>) -> T {
        let sql = self.sql_of_everything().await;
        let before = self.everything(&sql).await;
        for writes in 0..1000 {
            LIFE.set(Some(writes));
            let done = act().await;
            LIFE.set(None);
            if !DIED.take() {
                assert!(writes > 1, "{what}: it wrote nothing");
                let done = done.unwrap_or_else(|error| panic!("{what}: {error:?}"));
                let after = self.everything(&sql).await;
                assert_ne!(after, before, "{what}: it left nothing");
                // What a revision guards and no click's name is refused this time.
                drop(act().await);
                assert_eq!(self.everything(&sql).await, after, "{what}: it was done twice");
                return done;
            }
            assert!(done.is_err(), "{what}: dead after {writes} writes, and yet it was answered");
            assert_eq!(self.everything(&sql).await, before, "{what}: dead after {writes} writes");
        }
        panic!("{what}: it never came to an end");
    }

    /// A query that gives every row of every table as a line of text.
    async fn sql_of_everything(&self) -> String {
        let columns = match self.app.db {
            Db::Sqlite { .. } => {
                "SELECT m.name AS in_table, p.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) p \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, p.cid"
            }
            Db::Postgres(_) => {
                "SELECT CAST(table_name AS TEXT) AS in_table, CAST(column_name AS TEXT) AS name FROM information_schema.columns \
                 WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
            }
        };
        let rows = self.app.db.read().await.unwrap().rows(columns, vals![]).await.unwrap();
        let mut tables = BTreeMap::<String, Vec<String>>::new();
        for row in rows.iter().filter(|row| row.text("in_table").unwrap() != "_sqlx_migrations") {
            let column = format!("COALESCE(CAST({} AS TEXT), 'null')", row.text("name").unwrap());
            tables.entry(row.text("in_table").unwrap()).or_default().push(column);
        }
        assert!(tables.len() > 30, "{:?}", tables.keys());
        let table = |(name, columns): (String, Vec<String>)| format!("SELECT '{name}' AS in_table, {} AS line FROM {name}", columns.join(" || '|' || "));
        tables.into_iter().map(table).collect::<Vec<_>>().join(" UNION ALL ")
    }

    /// A digest of each table.
    async fn everything(&self, sql: &str) -> BTreeMap<String, String> {
        let rows = self.app.db.read().await.unwrap().rows(sql.to_owned(), vals![]).await.unwrap();
        let mut tables = BTreeMap::<String, Vec<String>>::new();
        for row in rows {
            tables.entry(row.text("in_table").unwrap()).or_default().push(row.text("line").unwrap());
        }
        let digest = |(name, mut lines): (String, Vec<String>)| {
            lines.sort_unstable();
            (name, format!("{} rows, {}", lines.len(), ids::digest(&lines.join("\n"))))
        };
        tables.into_iter().map(digest).collect()
    }

    /// A number a query gives, as `n`.
    pub async fn count(&self, sql: &'static str) -> i64 {
        self.app.db.read().await.unwrap().row(sql, vals![]).await.unwrap().expect("a row").int("n").unwrap()
    }
}

/// A person's draft of a kind for a code, to 陕西省; nothing is filled in.
pub async fn person_draft(who: &Visit, kind: PersonKind, code: &str) -> Record {
    let now = who.now();
    let record = Record {
        id: ids::new(now),
        no: ids::incident(),
        unit_id: who.unit().unwrap().1.to_owned(),
        unit_name: String::new(),
        unit_code: String::new(),
        category: PERSONNEL.to_owned(),
        kind: kind.word().to_owned(),
        catalogue_version: Catalogue::builtin().version,
        authority_code: "610000".to_owned(),
        authority_name: String::new(),
        items: vec![code.to_owned()],
        item_labels: code.to_owned(),
        facts: Facts::default(),
        employers: Vec::new(),
        case: Case::default(),
        revision: 0,
        created_at: now,
        changed_at: now,
    };
    let (seat, made) = (who.clone(), record.clone());
    let work = who.app.db.write(move |tx| {
        Box::pin(async move {
            crate::application::store::insert(tx, &made).await?;
            begin(&seat, tx, &made.no, Action::CreatePerson { kind }).await
        })
    });
    work.await.unwrap();
    record
}
