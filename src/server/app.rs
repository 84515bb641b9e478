//! What every request shares.

use super::clock::Clock;
use super::config::Config;
use super::db::{Db, Tx};
use super::keys::{Keys, Ring};
use super::{ids, session};
use crate::account::model::Caller;
use crate::base::Lang;
use crate::document::pdf::Press;
use crate::document::sign::Signer;
use crate::error::{AppError, OrBroken, Result};
use crate::notice::driver::Drivers;
use std::sync::Arc;

/// The running application.
pub struct App {
    pub config: Config,
    pub db: Db,
    pub clock: Clock,
    pub keys: Keys,
    pub files: super::files::Files,
    /// Signs what documents state of themselves.
    pub signer: Signer,
    /// Sets documents as PDF.
    pub press: Press,
    pub drivers: Drivers,
    /// A hash of a password nobody has, to spend the same time on accounts that do not exist.
    pub nobody: String,
}

impl App {
    /// Opens everything the configuration names. Migrates first if `migrate`.
    ///
    /// # Errors
    /// A sentence for the person who starts the server.
    pub async fn open(config: Config, migrate: bool) -> Result<Arc<App>, String> {
        let drivers = Drivers::open(&config)?;
        std::fs::create_dir_all(&config.data).map_err(|e| format!("the data folder {}: {e}", config.data.display()))?;
        let url = config.database();
        let told = |e: AppError| format!("the database {}: {e}; the log says more", url.rsplit('@').next().unwrap_or(""));
        let db = Db::open(&url).await.map_err(told)?;
        if migrate {
            db.migrate(&url).await.map_err(told)?;
        }
        if !db.sorts_by_bytes().await.map_err(told)? {
            return Err("the database does not sort text by bytes; create it with LC_COLLATE 'C' (Leptos.toml, database_url, shows how)".into());
        }
        let keys = Keys::load(&config.keys()).map_err(|e| format!("the key file {}: {e}", config.keys().display()))?;
        let files = super::files::Files::open(&config)?;
        let signing = config.signing_keys();
        let ring = Ring::load(&signing, Signer::name).map_err(|e| format!("Leptos.toml [xuke]: signing_key_file: {}: {e}", signing.display()))?;
        let signer = Signer::new(&config.public_url, ring);
        let press = Press::new(&config.font, &config.font_bold);
        let nobody = crate::account::password::hash_now(&ids::token()).map_err(|e| e.to_string())?;
        let clock = Clock::default();
        clock.advance(config.clock_days * 86_400_000);
        let app = Arc::new(App { config, db, clock, keys, files, signer, press, drivers, nobody });
        if migrate {
            crate::catalogue::store::seed(&app).await.map_err(|e| format!("seeding the catalogue: {e}"))?;
            crate::calendar::service::seed(&app).await.map_err(|e| format!("seeding the calendar: {e}"))?;
            crate::casework::refold::refold(&app).await.map_err(|e| format!("making stored cases anew: {e}"))?;
        }
        Ok(app)
    }
}

/// One request, and who makes it.
#[derive(Clone)]
pub struct Visit {
    pub app: Arc<App>,
    pub caller: Option<Caller>,
    pub lang: Lang,
    /// The client's address, for limits and the list of sessions.
    pub address: String,
    pub agent: String,
    /// A form posted without script: the answer is a redirect.
    pub plain: bool,
    /// The cookie that finds what a plain form held; empty if the browser has none yet.
    pub form_token: String,
    /// How many messages wait to be read; counted for pages only.
    pub unread: usize,
    /// The language links, `next=` and `again=` of the address.
    pub query: String,
}

impl Visit {
    /// The visit of the request that the running server function or page belongs to.
    ///
    /// # Errors
    /// [`AppError::Broken`] outside a request.
    pub fn current() -> Result<Visit> {
        leptos::prelude::use_context::<Visit>().ok_or_else(|| std::io::Error::other("no visit in this context")).broken()
    }

    /// Whoever is signed in.
    ///
    /// # Errors
    /// [`AppError::SignIn`] if nobody is.
    pub fn caller(&self) -> Result<&Caller> {
        self.caller.as_ref().ok_or(AppError::SignIn)
    }

    /// The signed-in member of a unit, and the unit's id.
    ///
    /// # Errors
    /// [`AppError::SignIn`], or [`AppError::Forbidden`] for persons and officials.
    pub fn unit(&self) -> Result<(&Caller, &str)> {
        let caller = self.caller()?;
        Ok((caller, caller.unit_id.as_deref().ok_or(AppError::Forbidden)?))
    }

    /// Now, in unix milliseconds.
    pub fn now(&self) -> i64 {
        self.app.clock.now()
    }

    /// Writes an audit row inside a change (审计).
    pub async fn audit(&self, tx: &mut Tx, deed: &str, about: &str, detail: &str) -> Result<()> {
        let who = self.caller.as_ref().map(|c| c.account_id.clone());
        audit(tx, self.now(), who, deed, about, detail).await
    }

    /// Starts a session for an account and sets its cookie.
    pub async fn sign_in(&self, account_id: &str) -> Result<()> {
        session::start(self, account_id).await
    }
}

/// Writes an audit row.
pub async fn audit(tx: &mut Tx, now: i64, account_id: Option<String>, deed: &str, about: &str, detail: &str) -> Result<()> {
    tx.run(
        "INSERT INTO audit (id, at, account_id, deed, about, detail) VALUES ($1, $2, $3, $4, $5, $6)",
        crate::vals![ids::new(now), now, account_id, deed, about, detail],
    )
    .await?;
    Ok(())
}
