//! The authority's side over a hundred thousand cases: pages of a queue and searches, beside their SQL alone; and many officials
//! deciding while many applicants save, with the proof afterwards that nothing was lost, doubled or broken.

use crate::browser::{Browser, Reader, Writer};
use crate::load::{Client, Load, Span, drive, drive_for};
use crate::report::{Aim, Line};
use crate::server::{Running, Site, obey};
use crate::{CLIENTS, PAGES, Result};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Barrier;
use xuke::base::paging::Cursor;
use xuke::casework::model::{CaseList, Wanted};
use xuke::casework::store::{self, Whose};
use xuke::server::db::Db;
use xuke::server::demo::crowd::{CLERKS, DRAFTS};
use xuke::ui::form::FormReply;
use xuke::vals;

const CASES: usize = 100_000;
/// The page far back.
const FAR: usize = 500;
/// Rows a page shows, and one more that tells whether there is another.
const ROWS: i64 = 21;
/// How long officials and applicants work at once.
const SHIFT: Duration = Duration::from_secs(60);

/// All figures on one engine.
pub async fn figures(engine: &str, folder: &Path, database: &str) -> Result<Vec<Line>> {
    eprintln!("{engine}, {CASES} cases");
    let site = Site::create(folder, database, CASES)?;
    // A database in use knows what it holds; this one was filled a moment ago.
    if !database.is_empty() {
        obey(database, "ANALYZE".to_owned()).await?;
    }
    let server = site.start().await?;
    let db = Db::open(&site.database()).await?;
    let mut lines = queues(engine, &server, &db).await.map_err(|cause| server.explain(cause))?;
    lines.extend(shift(engine, &site, &server, &db).await.map_err(|cause| server.explain(cause))?);
    db.close().await;
    Ok(lines)
}

/// The queue's SQL alone, as the library runs it.
struct Sql {
    db: Db,
    authority: [String; 1],
    wanted: Wanted,
    at: Option<Cursor>,
}

impl Client for Sql {
    async fn call(&mut self) -> Result<()> {
        let mut tx = self.db.read().await?;
        store::queue(&mut tx, Whose::Authorities(&self.authority), &self.wanted, self.at.as_ref(), false, ROWS).await?;
        Ok(())
    }
}

/// An official of the authority that has most cases, and what to search for there.
async fn busiest(db: &Db) -> Result<(String, String, String, String)> {
    let mut tx = db.read().await?;
    let sql = "SELECT c.username, a.authority_code, a.no, u.name FROM application a JOIN account c ON c.authority_code = a.authority_code JOIN unit u ON u.id = a.unit_id \
               WHERE c.username LIKE 'clerk%' AND a.state = 'examining' AND a.authority_code = \
               (SELECT authority_code FROM application GROUP BY authority_code ORDER BY COUNT(*) DESC LIMIT 1) ORDER BY a.id LIMIT 1";
    let row = tx.row(sql, vals![]).await?.ok_or("no official has a case")?;
    let part = row.text("name")?.chars().skip(1).take(4).collect();
    Ok((row.text("username")?, row.text("authority_code")?, row.text("no")?, part))
}

async fn queues(engine: &str, server: &Running, db: &Db) -> Result<Vec<Line>> {
    let (clerk, authority, no, name) = busiest(db).await?;
    let browser = Browser::signed_in_as(&server.url, &clerk).await?;
    let mut far = String::new();
    for _ in 1..FAR {
        let page: CaseList = browser.post("casework/queue", &[("cursor", far.as_str())]).await?.json()?;
        far = page.next.ok_or("the queue has no page so far back")?;
    }
    let mut lines = Vec::new();
    for (what, address, text, at, most) in [
        ("Queue, first page", "/cases".to_owned(), "", None, 30.0),
        ("Queue, page 500", format!("/cases?at={far}"), "", Cursor::decode(&far), 30.0),
        ("Queue, search by name", format!("/cases?text={}", xuke::base::text::url_escape(&name)), name.as_str(), None, 50.0),
        ("Queue, search by number", format!("/cases?text={no}"), no.as_str(), None, 50.0),
    ] {
        let reader = || Reader { browser: browser.clone(), path: address.clone() };
        let page = drive((0..CLIENTS).map(|_| reader()).collect(), PAGES).await?;
        let wanted = Wanted { text: text.to_owned(), ..Wanted::default() };
        let sql = || Sql { db: db.clone(), authority: [authority.clone()], wanted: wanted.clone(), at: at.clone() };
        let bare = drive((0..CLIENTS).map(|_| sql()).collect(), PAGES).await?;
        lines.push(Line::new(format!("{what}, {engine}, p99"), page.p99, "ms").beside(bare.p99, "its SQL").aim(Aim::Most(most)));
    }
    Ok(lines)
}

/// Takes, accepts and entrusts one case after the other.
struct Decider {
    browser: Browser,
    agency: String,
    /// Numbers, with the revision each is at.
    cases: Vec<(String, i64)>,
    step: usize,
}

impl Client for Decider {
    async fn call(&mut self) -> Result<()> {
        let (no, seen) = self.cases.last_mut().ok_or("no case is left")?;
        let act = ["take", "accept", "entrust"][self.step];
        let (revision, click) = (seen.to_string(), crate::browser::fresh_id());
        let mut fields = vec![("values[no]", no.as_str()), ("values[seen]", &revision), ("values[click]", &click), ("values[act]", act)];
        if act == "accept" {
            fields.push(("values[accept/agency]", &self.agency));
        }
        if let FormReply::Wrong(why) = self.browser.post("casework/act", &fields).await?.json()? {
            return Err(format!("{no}, {act}: {why:?}").into());
        }
        *seen += 1;
        self.step = (self.step + 1) % 3;
        if self.step == 0 {
            self.cases.pop();
        }
        Ok(())
    }

    fn is_done(&self) -> bool {
        self.cases.is_empty()
    }
}

async fn deciders(server: &Running, db: &Db) -> Result<Vec<Decider>> {
    let mut tx = db.read().await?;
    let agency = tx.row("SELECT id FROM unit WHERE kind = 'agency' ORDER BY id LIMIT 1", vals![]).await?.ok_or("there is no agency")?.text("id")?;
    let sql = "SELECT no, case_revision, authority_code FROM application WHERE state = 'submitted' AND unit_id IN \
               (SELECT unit_id FROM account WHERE username LIKE 'firm%') ORDER BY id";
    let mut waiting = BTreeMap::<String, Vec<(String, i64)>>::new();
    for row in tx.rows(sql, vals![]).await? {
        waiting.entry(row.text("authority_code")?).or_default().push((row.text("no")?, row.int("case_revision")?));
    }
    let sql = "SELECT username, authority_code FROM account WHERE username LIKE 'clerk%' ORDER BY username";
    let mut clerks = BTreeMap::<String, Vec<String>>::new();
    for row in tx.rows(sql, vals![]).await? {
        clerks.entry(row.text("authority_code")?).or_default().push(row.text("username")?);
    }
    drop(tx);
    let mut deciders: Vec<Decider> = Vec::new();
    // Colleagues share what their authority has.
    for (authority, clerks) in &clerks {
        let cases = waiting.remove(authority).unwrap_or_default();
        for (place, clerk) in clerks.iter().enumerate() {
            let cases = cases.iter().skip(place).step_by(clerks.len()).cloned().collect();
            deciders.push(Decider { browser: Browser::signed_in_as(&server.url, clerk).await?, agency: agency.clone(), cases, step: 0 });
        }
    }
    Ok(deciders)
}

async fn writers(server: &Running, db: &Db) -> Result<Vec<Writer>> {
    let mut writers = Vec::new();
    for n in 0..DRAFTS {
        let firm = format!("firm{n:06}");
        let sql = "SELECT a.no FROM account c JOIN application a ON a.unit_id = c.unit_id WHERE c.username = $1 AND a.state = 'draft'";
        let no = db.read().await?.row(sql, vals![firm.as_str()]).await?.ok_or("an applicant has no draft")?.text("no")?;
        writers.push(Writer::open(&Browser::signed_in_as(&server.url, &firm).await?, &no).await?);
    }
    Ok(writers)
}

/// How many actions and saves are stored.
async fn stored(db: &Db) -> Result<(i64, i64)> {
    let sql = "SELECT (SELECT COUNT(*) FROM case_event WHERE event IN ('taken', 'accepted', 'entrusted')) AS events, (SELECT COUNT(*) FROM draft_op) AS ops";
    let row = db.read().await?.row(sql, vals![]).await?.ok_or("nothing is stored")?;
    Ok((row.int("events")?, row.int("ops")?))
}

async fn shift(engine: &str, site: &Site, server: &Running, db: &Db) -> Result<Vec<Line>> {
    eprintln!("{engine}, {CLERKS} officials decide while {DRAFTS} applicants save");
    let (deciders, writers) = (deciders(server, db).await?, writers(server, db).await?);
    let before = stored(db).await?;
    let together = Arc::new(Barrier::new(deciders.len() + writers.len()));
    let (decided, saved) = tokio::join!(drive_for(deciders, SHIFT, together.clone()), drive_for(writers, SHIFT, together));
    let (decided, saved) = (decided?, saved?);
    let after = stored(db).await?;
    let told = (i64::try_from(decided.len())?, i64::try_from(saved.len())?);
    if (after.0 - before.0, after.1 - before.1) != told {
        return Err(format!("{told:?} actions and saves were confirmed; before {before:?}, after {after:?} are stored").into());
    }
    site.run(&["verify-audit"])?;
    let lines = |what: &str, spans: &[Span], least: Aim| {
        let load = Load::of(spans);
        [
            Line::new(format!("{what}, {engine}"), load.per_second, "/s").aim(least),
            Line::new(format!("{what}, {engine}, p50"), load.p50, "ms"),
            Line::new(format!("{what}, {engine}, p99"), load.p99, "ms"),
        ]
    };
    let mut all = Vec::from(lines("50 officials decide", &decided, Aim::Least(300.0)));
    all.extend(lines("200 applicants save meanwhile", &saved, Aim::Open));
    Ok(all)
}
