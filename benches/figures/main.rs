//! `make bench`: what the release build does on this machine, beside what the machine does without it. Everything is asked over
//! HTTP of a process of its own; each figure of speed and memory is the median of three rounds, each on a server started anew.

mod bare;
mod browser;
mod load;
mod machine;
mod office;
mod papers;
mod report;
mod server;
mod uploads;
mod weight;

use bare::{Commits, Echo};
use browser::{Browser, Reader, Writer};
use load::{Client, Load, drive, median};
use report::{Aim, Line};
use server::{Database, Running, Site};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use weight::{Weight, first_load};

/// A sentence for the person at the terminal.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// A failure with all that led to it.
pub fn whole(what: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(what), |&cause| cause.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// What can be measured by itself, in this order; without a word, all of it.
const PARTS: [&str; 4] = ["sqlite", "postgres", "office-sqlite", "office-postgres"];
/// How many ask at once, and so the most changes that one commit can hold.
const CLIENTS: usize = 16;
const ROUNDS: usize = 3;
/// Calls of one client in one round.
const SAVES: usize = 200;
const PAGES: usize = 100;
/// How long a server is left alone before its memory counts as that at rest.
const REST: Duration = Duration::from_secs(3);

/// Draft saves, beside the same number of rows committed one at a time and in groups.
struct Saves {
    saved: Load,
    single: Load,
    grouped: Load,
}

/// A page, beside the same bytes served by axum alone.
struct Pages {
    page: Load,
    bare: Load,
}

/// Everything on SQLite, which is how the application is delivered.
struct Round {
    rest: f64,
    peak: f64,
    saves: Saves,
    home: Pages,
    book: Pages,
}

/// What the first load of a page weighs, by kind of file.
struct First {
    what: &'static str,
    weights: BTreeMap<&'static str, Weight>,
    aim: Aim,
}

/// The drafts that are worked on: a complete one to read, and a copy of it for each client to write.
struct Drafts {
    page: String,
    copies: Vec<String>,
}

/// A temporary folder, gone with all it holds when dropped.
struct Folder(PathBuf);

impl Folder {
    fn create() -> Result<Folder> {
        let path = std::env::temp_dir().join(format!("xuke-bench-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed lies in a temporary place anyway.
        std::fs::remove_dir_all(&self.0).ok();
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    // Cargo adds flags of its own.
    let parts: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    match bench(&parts).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("bench: {}", whole(&*what));
            ExitCode::FAILURE
        }
    }
}

async fn bench(parts: &[String]) -> Result<()> {
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
        return Err(format!("{unknown}: no such part; there are {}", PARTS.join(", ")).into());
    }
    let folder = Folder::create()?;
    println!("{}\n", machine::facts(&folder.0)?);
    let (database, office) = (Database::create().await?, Database::create().await?);
    let measured = measure(parts, &folder.0, &database.url, &office.url).await;
    let removed = database.remove().await.and(office.remove().await);
    let lines = measured?;
    println!("{CLIENTS} clients at once, {CLIENTS} rows a grouped commit; KB and MB are 1000 and 1000000 bytes; a ratio is figure by baseline.");
    report::print(&lines);
    removed
}

async fn measure(parts: &[String], folder: &Path, postgres: &str, office: &str) -> Result<Vec<Line>> {
    let wants = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    let mut lines = Vec::new();
    if wants("sqlite") {
        lines.extend(on_sqlite(&folder.join("sqlite")).await?);
    }
    if wants("postgres") {
        lines.extend(on_postgres(&folder.join("postgres"), postgres).await?);
    }
    if wants("office-sqlite") {
        lines.extend(office::figures("SQLite", &folder.join("office-sqlite"), "").await?);
    }
    if wants("office-postgres") {
        lines.extend(office::figures("PostgreSQL", &folder.join("office-postgres"), office).await?);
    }
    Ok(lines)
}

async fn on_sqlite(folder: &Path) -> Result<Vec<Line>> {
    let site = Site::create(folder, "", 0)?;
    let server = site.start().await?;
    let drafts = begin(&server).await.map_err(|cause| server.explain(cause))?;
    let loads = first_loads(&server, &drafts).await.map_err(|cause| server.explain(cause))?;
    drop(server);
    let mut rounds = Vec::new();
    for n in 1..=ROUNDS {
        eprintln!("SQLite, round {n} of {ROUNDS}");
        let server = site.start().await?;
        rounds.push(round(&server, &drafts, &folder.join("bare.db")).await.map_err(|cause| server.explain(cause))?);
    }
    let mut lines = of_saves("SQLite", rounds.iter().map(|round| &round.saves));
    lines.extend(of_pages("Home", rounds.iter().map(|round| &round.home)));
    let [rate, p50, p99] = of_pages("Book page", rounds.iter().map(|round| &round.book));
    lines.extend([rate, p50, p99.aim(Aim::Most(25.0))]);
    let rest = median(rounds.iter().map(|round| round.rest));
    lines.push(Line::new("Memory at rest", rest, "MB").aim(Aim::Most(60.0)));
    lines.push(Line::new("Memory at most, under load", median(rounds.iter().map(|round| round.peak)), "MB").beside(rest, "at rest"));
    lines.extend(loads.into_iter().flat_map(of_first));
    lines.extend(papers::figures(&site).await?);
    lines.extend(uploads::figures(&site, folder).await?);
    Ok(lines)
}

async fn on_postgres(folder: &Path, url: &str) -> Result<Vec<Line>> {
    let site = Site::create(folder, url, 0)?;
    let server = site.start().await?;
    let drafts = begin(&server).await.map_err(|cause| server.explain(cause))?;
    drop(server);
    let mut rounds = Vec::new();
    for n in 1..=ROUNDS {
        eprintln!("PostgreSQL, round {n} of {ROUNDS}");
        let server = site.start().await?;
        let browser = Browser::signed_in(&server.url).await.map_err(|cause| server.explain(cause))?;
        let (single, grouped) = (Commits::on_postgres(url, 1).await?, Commits::on_postgres(url, CLIENTS).await?);
        rounds.push(saves(&browser, &drafts, single, grouped).await.map_err(|cause| server.explain(cause))?);
    }
    Ok(of_saves("PostgreSQL", rounds.iter()))
}

async fn begin(server: &Running) -> Result<Drafts> {
    let unit = Browser::signed_in(&server.url).await?;
    let no = unit.newest_draft().await?;
    let mut drafts = Drafts { page: format!("/applications/{no}/basic"), copies: Vec::new() };
    for _ in 0..CLIENTS {
        drafts.copies.push(unit.copy(&no).await?);
    }
    Ok(drafts)
}

/// Weighed once: they are the same in every round.
async fn first_loads(server: &Running, drafts: &Drafts) -> Result<Vec<First>> {
    let (nobody, unit) = (Browser::new(&server.url)?, Browser::signed_in(&server.url).await?);
    Ok(vec![
        First { what: "Home", weights: first_load(&nobody, "/", "split_public_").await?, aim: Aim::Most(250.0) },
        First { what: "Home, signed in", weights: first_load(&unit, "/", "split_public_").await?, aim: Aim::Most(250.0) },
        First { what: "Book page", weights: first_load(&unit, &drafts.page, "split_book_").await?, aim: Aim::Open },
    ])
}

async fn round(server: &Running, drafts: &Drafts, file: &Path) -> Result<Round> {
    tokio::time::sleep(REST).await;
    let rest = server.memory("VmRSS")?;
    let (nobody, unit) = (Browser::new(&server.url)?, Browser::signed_in(&server.url).await?);
    let (single, grouped) = (Commits::on_sqlite(file, 1).await?, Commits::on_sqlite(file, CLIENTS).await?);
    let saves = saves(&unit, drafts, single, grouped).await?;
    let home = pages(&nobody, "/").await?;
    let book = pages(&unit, &drafts.page).await?;
    Ok(Round { rest, saves, home, book, peak: server.memory("VmHWM")? })
}

async fn saves<C: Client>(browser: &Browser, drafts: &Drafts, single: C, grouped: C) -> Result<Saves> {
    let mut writers = Vec::new();
    for no in &drafts.copies {
        writers.push(Writer::open(browser, no).await?);
    }
    let saved = drive(writers, SAVES).await?;
    let single = drive(vec![single], SAVES * CLIENTS).await?;
    let groups = drive(vec![grouped], SAVES).await?;
    Ok(Saves { saved, single, grouped: Load { per_second: groups.per_second * CLIENTS as f64, ..groups } })
}

async fn pages(browser: &Browser, path: &str) -> Result<Pages> {
    let echo = Echo::of(browser.get(path, "br").await?).await?;
    let page = drive(readers(browser, path), PAGES).await?;
    // So much quicker that it needs more of them to take a while.
    let bare = drive(readers(&Browser::new(&echo.url)?, path), 10 * PAGES).await?;
    Ok(Pages { page, bare })
}

fn readers(browser: &Browser, path: &str) -> Vec<Reader> {
    (0..CLIENTS).map(|_| Reader { browser: browser.clone(), path: path.to_owned() }).collect()
}

fn of_load(what: &str, load: Load, baseline: Load, of: &'static str) -> [Line; 3] {
    [
        Line::new(what, load.per_second, "/s").beside(baseline.per_second, of),
        Line::new(format!("{what}, p50"), load.p50, "ms").beside(baseline.p50, of),
        Line::new(format!("{what}, p99"), load.p99, "ms").beside(baseline.p99, of),
    ]
}

fn of_saves<'a>(engine: &str, rounds: impl Iterator<Item = &'a Saves> + Clone) -> Vec<Line> {
    let saved = Load::median(rounds.clone().map(|saves| saves.saved));
    let single = Load::median(rounds.clone().map(|saves| saves.single));
    let grouped = Load::median(rounds.map(|saves| saves.grouped));
    let what = format!("Draft saves, {engine}");
    let [rate, p50, p99] = of_load(&what, saved, grouped, "grouped commits");
    vec![rate.aim(Aim::Share(0.5)), Line::new(what, saved.per_second, "/s").beside(single.per_second, "single commits"), p50, p99]
}

fn of_pages<'a>(what: &str, rounds: impl Iterator<Item = &'a Pages> + Clone) -> [Line; 3] {
    of_load(what, Load::median(rounds.clone().map(|pages| pages.page)), Load::median(rounds.map(|pages| pages.bare)), "bare axum")
}

fn of_first(First { what, weights, aim }: First) -> Vec<Line> {
    let line = |kind: &str, weight: Weight| Line::new(format!("First load, {what}: {kind}"), weight.sent, "KB").beside(weight.plain, "uncompressed");
    let mut lines: Vec<Line> = weights.iter().map(|(&kind, &weight)| line(kind, weight)).collect();
    let all = weights.into_values().fold(Weight::default(), Weight::and);
    lines.push(line("all", all).aim(aim));
    lines
}
