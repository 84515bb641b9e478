//! The commands of `xuke`: each opens the application and does one thing.

use super::app::App;
use super::config::{Config, LogFormat};
use super::keys::Ring;
use super::router;
use clap::{Parser, Subcommand};
use std::net::SocketAddr;
use std::sync::Arc;

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
    Demo,
    /// Make the first administrator
    CreateAdmin {
        username: String,
        /// Read from the first line of standard input if it is not given
        #[arg(long)]
        password: Option<String>,
    },
    /// Seal personal ids with a new key
    RotateKeys,
    /// Sign documents with a new key from the next start on; the old ones still check what they signed
    RotateSigningKey,
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
        Command::Demo => {
            let app = App::open(config, true).await?;
            super::demo::load(&app).await.map(|accounts| println!("{accounts}"))
        }
        Command::CreateAdmin { username, password } => {
            let password = password.map_or_else(first_line, Ok)?;
            let app = App::open(config, true).await?;
            crate::account::service::staff::create_admin(&app, &username, &password).await.map_err(|e| e.say().en.into_owned())?;
            println!("Administrator {username} can sign in.");
            Ok(())
        }
        Command::RotateSigningKey => {
            let path = config.signing_keys();
            let mut ring = Ring::load(&path).map_err(|e| e.to_string())?;
            ring.rotate(&path).map_err(|e| e.to_string())?;
            println!("The next start signs with {}.", ring.current().0);
            Ok(())
        }
        Command::RotateKeys => super::rotate::run(config).await.map(|count| println!("Sealed {count} values with the new key.")),
    }
}

fn first_line() -> Result<String, String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|e| e.to_string())?;
    Ok(line.trim_end().to_owned())
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
