//! The commands of `xuke`: each opens the application and does one thing.

use super::app::App;
use super::config::{Config, LogFormat};
use super::keys::Ring;
use super::router;
use crate::base::Lang;
use crate::base::workdays::{Calendar, show_date};
use crate::casework::verify::Found;
use crate::document::sign::Signer;
use crate::error::AppError;
use clap::{Parser, Subcommand};
use std::io::{BufRead, IsTerminal};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long a help desk's question waits for a database that does not answer.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Parser)]
#[command(name = "xuke", version, about = "Licensing of special equipment / 特种设备行政许可")]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the application until stopped
    Serve,
    /// Bring the database's schema up to date
    Migrate,
    /// Load the demonstration's data into an empty database
    Demo {
        /// As many generated cases beside the story, for figures and for trying out
        #[arg(long, default_value_t = 0)]
        cases: usize,
    },
    /// Make the first administrator; the password is the first line of standard input, never an argument
    CreateAdmin { username: String },
    /// Seal personal ids with a new key
    RotateKeys,
    /// Sign documents with a new key from the next start on; the old ones still check what they signed
    RotateSigningKey,
    /// Check that no record of a case was changed; names the first bad row
    VerifyAudit,
    /// The last day of a limit of so many working days; the last line is that day alone
    Deadline {
        /// The day of the event, which is not counted, such as 2026-02-13
        date: jiff::civil::Date,
        days: u32,
    },
}

/// Reads the command line and runs it. Not async itself: its whole future would be compiled once more, in `main`.
///
/// # Errors
/// A sentence for the person at the terminal.
pub fn run() -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| format!("cannot start: {e}"))?;
    runtime.block_on(obey())
}

async fn obey() -> Result<(), String> {
    let line = Line::parse();
    let file = std::fs::read_to_string("Leptos.toml").ok();
    let config = Config::load(file.as_deref(), std::env::vars())?;
    log(&config);
    match line.command {
        Command::Serve => serve(config).await,
        Command::Migrate => App::open(config, true).await.map(|_| println!("The database is up to date.")),
        Command::Demo { cases } => {
            let app = App::open(config, true).await?;
            super::demo::load(&app, cases).await.map(|()| println!("The demonstration is loaded. `xuke serve` tells its accounts."))
        }
        Command::CreateAdmin { username } => {
            let password = password(std::io::stdin().lock())?;
            let app = App::open(config, true).await?;
            crate::account::service::staff::create_admin(&app, &username, &password).await.map_err(|e| e.say().en.into_owned())?;
            println!("Administrator {username} can sign in.");
            Ok(())
        }
        Command::RotateSigningKey => {
            let path = config.signing_keys();
            let mut ring = Ring::load(&path, Signer::name).map_err(|e| e.to_string())?;
            ring.rotate(&path, Signer::name).map_err(|e| e.to_string())?;
            println!("The next start signs with {}.", ring.current().0);
            Ok(())
        }
        Command::VerifyAudit => {
            let app = App::open(config, false).await?;
            match crate::casework::verify::verify(&app).await.map_err(|e| e.say().en.into_owned())? {
                Found::Sound { cases, events } => {
                    println!("{cases} cases with {events} events: every chain is whole.");
                    Ok(())
                }
                Found::Bad(what) => Err(what),
            }
        }
        Command::Deadline { date, days } => deadline(&config, date, days).await,
        Command::RotateKeys => super::rotate::run(config).await.map(|count| println!("Sealed {count} values with the new key.")),
    }
}

/// For help desks: how the day is counted, and on the last line the day alone.
async fn deadline(config: &Config, date: jiff::civil::Date, days: u32) -> Result<(), String> {
    let calendar = calendar(config).await;
    let due = calendar.add_working_days(date, days).ok_or("that is beyond the end of time")?;
    println!("{days} working days from {date} ({}), not counting that day: {}", show_date(date, Lang::En), show_date(due, Lang::Zh));
    if let Some(warning) = calendar.warning(date, due) {
        println!("{}", warning.en);
    }
    println!("{due}");
    Ok(())
}

/// The calendar by the newest notice in the database; where there is none to ask, the one the program carries, and a word of it.
async fn calendar(config: &Config) -> Arc<Calendar> {
    let url = config.database();
    // Opening a file makes it; whoever only asks leaves nothing behind.
    let is_there = url.strip_prefix("sqlite:").is_none_or(|path| std::path::Path::new(path).exists());
    let stored = async {
        let db = if is_there { super::db::Db::open(&url).await? } else { return Err(AppError::NotFound) };
        crate::calendar::service::current(&mut db.read().await?).await
    };
    match tokio::time::timeout(PATIENCE, stored).await {
        Ok(Ok(calendar)) if !calendar.years.is_empty() => calendar,
        _ => {
            eprintln!("There is no database to ask for the newest notice; this counts by the years the program carries.");
            Arc::new(Calendar::builtin())
        }
    }
}

/// The first line of an input; asked for where a person sits at it.
fn password(mut input: impl BufRead + IsTerminal) -> Result<String, String> {
    if input.is_terminal() {
        eprint!("Password (it is shown as you type): ");
    }
    let mut line = String::new();
    input.read_line(&mut line).map_err(|e| e.to_string())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(&config.log);
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.init(),
    }
}

async fn serve(config: Config) -> Result<(), String> {
    let app = App::open(config, true).await?;
    app.press.ready()?;
    let mut options = leptos::config::get_configuration(None).map_err(|e| e.to_string())?.leptos_options;
    options.site_addr = app.config.listen;
    if options.output_name.is_empty() {
        options.output_name = "xuke".into();
    }
    // cargo-leptos writes the names of what it built beside the binary; without that list the names carry no hash.
    let built = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join(options.hash_file.as_ref())));
    options.hash_files = built.is_some_and(|list| list.exists());
    let listener = tokio::net::TcpListener::bind(app.config.listen).await.map_err(|e| format!("cannot listen on {}: {e}", app.config.listen))?;
    let mut jobs = super::jobs::start(&app);
    let service = router::build(app.clone(), options).into_make_service_with_connect_info::<SocketAddr>();
    println!("Xuke 许可 serves on {}", app.config.public_url);
    if let Some(accounts) = super::demo::accounts(&app).await.map_err(|e| e.say().en.into_owned())? {
        println!("{accounts}");
    }
    let served = axum::serve(listener, service).with_graceful_shutdown(stopped()).await.map_err(|e| e.to_string());
    jobs.abort_all();
    close(&app).await;
    served
}

/// Waits for Ctrl-C or the service manager.
async fn stopped() {
    let interrupt = async { tokio::signal::ctrl_c().await.ok() };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate => {}
    }
    tracing::info!("stopping: finishing what was begun");
}

async fn close(app: &Arc<App>) {
    app.db.close().await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::testing::TestApp;

    /// Other people on the machine see the arguments of every process.
    #[test]
    fn a_password_is_no_argument() {
        assert!(Line::try_parse_from(["xuke", "create-admin", "boss"]).is_ok());
        assert!(Line::try_parse_from(["xuke", "create-admin", "boss", "--password", "Demo#2026xk"]).is_err());
        assert!(Line::try_parse_from(["xuke", "create-admin", "boss", "Demo#2026xk"]).is_err());
    }

    #[tokio::test]
    async fn a_deadline_counts_by_the_newest_notice() {
        for test in TestApp::all().await {
            let notice =
                "INSERT INTO calendar_notice (seq, id, year, body, at) VALUES (99, 'n', 2031, '{\"days_off\":[\"2031-01-01\"],\"makeup_workdays\":[]}', 0)";
            test.app.db.write(move |tx| Box::pin(async move { tx.run(notice, crate::vals![]).await })).await.unwrap();
            assert!(calendar(&test.app.config).await.years.contains_key(&2031));
        }
    }

    #[tokio::test]
    async fn without_a_database_it_counts_by_what_the_program_carries() {
        let folder = std::env::temp_dir().join(format!("xuke-none-{}", crate::server::ids::incident()));
        let settings = [("XUKE_DATA", folder.display().to_string()), ("XUKE_DEMO", "1".to_owned())].map(|(key, value)| (key.to_owned(), value));
        let config = Config::load(None, settings.into_iter()).unwrap();
        assert_eq!(calendar(&config).await.years, Calendar::builtin().years);
        assert!(!folder.exists(), "asking leaves nothing behind");
    }
}
