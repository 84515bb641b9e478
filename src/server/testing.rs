//! Applications to test with: on SQLite always, and on PostgreSQL too if `XUKE_TEST_POSTGRES` names a server where
//! databases may be created. Each has a database, a folder and a clock of its own.

use super::app::{App, Visit};
use super::config::Config;
use super::ids;
use crate::account::model::{Caller, Role};
use crate::account::store::{self, Account, Unit};
use crate::base::Lang;
use crate::vals;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::path::PathBuf;
use std::sync::Arc;

/// An application under test; gone with all it holds when dropped.
pub struct TestApp {
    pub app: Arc<App>,
    folder: PathBuf,
    /// The server's address and the database created there.
    postgres: Option<(String, String)>,
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
        TestApp::open(None).await
    }

    async fn on_postgres(server: String) -> TestApp {
        let name = format!("xuke_test_{}", ids::hex(&ids::random::<8>()));
        let create = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        PgConnection::connect(&server).await.unwrap().execute(AssertSqlSafe(create)).await.unwrap();
        TestApp::open(Some((server, name))).await
    }

    async fn open(postgres: Option<(String, String)>) -> TestApp {
        let folder = std::env::temp_dir().join(format!("xuke-test-{}", ids::hex(&ids::random::<8>())));
        // All tests come from one address, so its limit must not meet them.
        let given = [("XUKE_DEMO", "1"), ("XUKE_RATE_PER_MINUTE", "100000"), ("XUKE_DATA", &folder.display().to_string())];
        let mut variables: Vec<_> = given.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        if let Some((server, name)) = &postgres {
            let (host, _) = server.rsplit_once('/').unwrap();
            variables.push(("XUKE_DATABASE_URL".to_owned(), format!("{host}/{name}")));
        }
        variables.extend(std::env::vars().filter(|(name, _)| matches!(name.as_str(), "XUKE_FONT" | "XUKE_FONT_BOLD")));
        let config = Config::load(None, variables.into_iter()).unwrap();
        TestApp { app: App::open(config, true).await.unwrap(), folder, postgres }
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

    /// A number a query gives, as `n`.
    pub async fn count(&self, sql: &'static str) -> i64 {
        self.app.db.read().await.unwrap().row(sql, vals![]).await.unwrap().expect("a row").int("n").unwrap()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // What cannot be removed lies in a temporary place anyway.
        std::fs::remove_dir_all(&self.folder).ok();
        let Some((server, name)) = self.postgres.take() else { return };
        let remove = async move {
            if let Ok(mut server) = PgConnection::connect(&server).await {
                server.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.ok();
            }
        };
        let thread = std::thread::spawn(|| tokio::runtime::Builder::new_current_thread().enable_all().build().map(|runtime| runtime.block_on(remove)).ok());
        thread.join().ok();
    }
}
