//! The demonstration's data (演示数据): made-up units, people and applications, told as a story through the same use cases
//! that people use, so that what is loaded is what the product makes. Who there is stands in `people`, what they fill in in
//! `book`. Outside demonstrations only one thing here is needed: the form that shows how a book is filled in ([`sample_form`]).

mod agencies;
mod book;
mod cases;
pub mod crowd;
mod exams;
mod paper;
mod people;
mod persons;
mod qualified;
#[cfg(test)]
mod tests;

pub use self::book::sample_form;

use self::book::{Answers, attach, fill, sample};
use super::app::{App, Visit};
use crate::application::book::Address;
use crate::application::picker::Chosen;
use crate::application::service;
use crate::base::say;
use crate::catalogue::category::Place;
use crate::catalogue::{self, Delegation};
use crate::error::{AppError, Result};
use crate::form::Severity;
use crate::server::db::Tx;
use crate::server::plain::Answer;
use crate::{account, vals};
use std::sync::Arc;

/// The password of every account of the demonstration.
pub const PASSWORD: &str = "Demo#2026xk";

const VALVE: &str = include_str!("../../../end2end/fixtures/valve-maker.json");
const CALIBRATION: &str = include_str!("../../../end2end/fixtures/calibration-institute.json");
const NATIONAL: &str = include_str!("../../../end2end/fixtures/national-maker.json");
const WRONG: &str = include_str!("../../../end2end/fixtures/wrong.json");

/// 陕西省 and 西咸新区, and the day from which the one delegates to the other.
const SHAANXI: &str = "610000";
const XIXIAN: &str = "611200";
const DELEGATED_FROM: &str = "2024-01-01";

const DAY: i64 = 86_400_000;

/// Loads the demonstration into an empty database, and so many generated cases beside it.
///
/// # Errors
/// A sentence for the person at the terminal: no demonstration, or a database that is not empty.
pub async fn load(app: &Arc<App>, cases: usize) -> Result<(), String> {
    if !app.config.demo {
        return Err("demonstration data is loaded only where Leptos.toml says `demo = true`".into());
    }
    let mut past = Past::default();
    let told = story(app, &mut past).await;
    past.go(app, 0);
    let done = match told {
        Ok(()) if cases > 0 => crowd::load(app, cases).await,
        told => told,
    };
    done.map_err(|e| e.say().en.into_owned())
}

/// The accounts of the demonstration for the person at the terminal, where it is loaded; nothing elsewhere.
pub async fn accounts(app: &App) -> Result<Option<String>> {
    let loaded = app.config.demo && people::are_here(&mut app.db.read().await?).await?;
    Ok(loaded.then(people::list))
}

/// How many days ago the story is.
#[derive(Default)]
struct Past(i64);

impl Past {
    fn go(&mut self, app: &App, days_ago: i64) {
        app.clock.advance((self.0 - days_ago) * DAY);
        self.0 = days_ago;
    }
}

async fn story(app: &Arc<App>, past: &mut Past) -> Result<()> {
    let hash = account::password::hash(PASSWORD.to_owned()).await?;
    past.go(app, 30);
    let seat = app.clone();
    app.db.write(move |tx| Box::pin(async move { settle(&seat, tx, &hash).await })).await?;
    let valve = people::visit(app, "valve01").await?;
    licence(&valve, "营业执照.pdf").await?;

    cases::tell(app, past).await?;
    persons::tell(app, past).await?;

    past.go(app, 12);
    let no = complete(&valve, VALVE).await?;
    submit(&valve, &no).await?;
    past.go(app, 10);
    service::withdraw(&valve, &no, "补充型式试验报告后重新申请。").await?;

    past.go(app, 3);
    let maker = people::visit(app, "disc01").await?;
    let no = complete(&maker, NATIONAL).await?;
    submit(&maker, &no).await?;

    past.go(app, 2);
    let no = complete(&valve, VALVE).await?;
    submit(&valve, &no).await?;

    past.go(app, 1);
    let institute = people::visit(app, "calib01").await?;
    let no = complete(&institute, CALIBRATION).await?;
    submit(&institute, &no).await?;
    for draft in DRAFTS {
        let visit = people::visit(app, draft.username).await?;
        let no = create(&visit, draft.category, draft.items, &draft.address()).await?;
        fill(&visit, &no, Answers::plain(draft.answers)).await?;
    }

    past.go(app, 0);
    let wrong = sample(VALVE, app.clock.today())?;
    let no = create_sample(&valve, &wrong).await?;
    fill(&valve, &no, wrong.answers.with(book::wrong(WRONG)?)).await?;
    complete(&valve, VALVE).await.map(drop)
}

/// Who there is, all at once or not at all; refused where anybody is already.
async fn settle(app: &App, tx: &mut Tx, hash: &str) -> Result<()> {
    let row = tx.row("SELECT (SELECT COUNT(*) FROM unit) + (SELECT COUNT(*) FROM account) AS n", vals![]).await?;
    if row.map_or(Ok(0), |row| row.int("n"))? != 0 {
        return Err(AppError::Refused(say(
            "数据库里已有单位或账号，没有载入演示数据。请换一个空的数据库。",
            "The database holds units or accounts already, so no demonstration data was loaded. Choose an empty database.",
        )));
    }
    let catalogue = catalogue::store::current(app, tx).await?;
    let items = catalogue.items.iter().filter(|item| item.category_code == "manufacture" && item.equipment_kind == "压力管道元件");
    let items = items.filter(|item| item.decider(None) == Some(catalogue::Decider::Provincial)).map(|item| item.id.clone()).collect();
    let delegation = Delegation { province: SHAANXI.into(), items, categories: Vec::new(), area: XIXIAN.into(), authority: XIXIAN.into() };
    catalogue::store::insert_delegation(tx, &delegation, DELEGATED_FROM, app.clock.now()).await?;
    people::insert(app, tx, hash).await?;
    agencies::insert(app, tx).await?;
    exams::insert(app, tx).await
}

/// A draft somebody has begun.
struct Begun {
    username: &'static str,
    category: &'static str,
    items: &'static [&'static str],
    region: &'static str,
    address: &'static str,
    answers: &'static [(&'static str, &'static str)],
}

impl Begun {
    fn address(&self) -> Vec<Address> {
        vec![Address { region: self.region.into(), address: self.address.into() }]
    }
}

const DRAFTS: &[Begun] = &[
    Begun {
        username: "lift01",
        category: "manufacture",
        items: &["SE057", "SE058"],
        region: "330502",
        address: "示范大道18号",
        answers: &[
            ("basic/reg_capital", "5000"),
            ("basic/founded_on", "2012-06-18"),
            ("basic/fixed_assets", "8600"),
            ("basic/staff_count", "240"),
            ("basic/postcode", "313000"),
            ("basic/mgmt_rep", "丁立群"),
            ("basic/mgmt_rep_title", "副总经理"),
        ],
    },
    Begun {
        username: "gas01",
        category: "filling-cylinder",
        items: &["SE121"],
        region: "440307",
        address: "示范路66号充装站",
        answers: &[("basic/reg_capital", "800"), ("basic/staff_count", "46"), ("basic/postcode", "518172")],
    },
    Begun {
        username: "pipe01",
        category: "manufacture",
        items: &["SE036"],
        region: "611205",
        address: "示范大街2号",
        answers: &[("basic/reg_capital", "2000"), ("basic/founded_on", "2018-03-09"), ("basic/staff_count", "75"), ("basic/postcode", "713702")],
    },
    // Almost nothing: what the profile gives.
    Begun { username: "valve01", category: "manufacture", items: &["SE034"], region: "610112", address: "示范工业园阀门路1号", answers: &[] },
];

/// A complete book with its papers, a draft still.
async fn complete(visit: &Visit, file: &str) -> Result<String> {
    let sample = sample(file, visit.app.clock.today())?;
    let no = create_sample(visit, &sample).await?;
    fill(visit, &no, sample.answers).await?;
    attach(visit, &no, &sample.papers).await?;
    Ok(no)
}

async fn create_sample(visit: &Visit, sample: &book::Sample) -> Result<String> {
    let facts = &sample.facts;
    let items: Vec<&str> = facts.items.iter().map(|item| item.id.as_str()).collect();
    // The picker asks for working addresses only where they decide on the authority.
    let asked = catalogue::category(&facts.category).is_some_and(|category| category.place != Place::Registered);
    create(visit, &facts.category, &items, if asked { facts.addresses.as_slice() } else { &[] }).await
}

async fn create(visit: &Visit, category: &str, items: &[&str], places: &[Address]) -> Result<String> {
    let items = items.iter().map(|id| (*id).to_owned()).collect();
    let chosen = Chosen { category: category.to_owned(), items, places: places.to_vec(), ..Chosen::default() };
    numbered(service::create(visit, chosen, "").await?)
}

/// The number of the application that was made.
fn numbered(answer: Answer) -> Result<String> {
    answered(answer).map(|address| address.split('/').nth(2).unwrap_or_default().to_owned())
}

/// Where a use case leads that went well.
fn answered(answer: Answer) -> Result<String> {
    match answer {
        Answer::Go(address) => Ok(address),
        Answer::Told(why) | Answer::Noted(why) => Err(AppError::Refused(why)),
        Answer::Wrong(issues) => Err(refused(&issues)),
    }
}

async fn submit(visit: &Visit, no: &str) -> Result<()> {
    let issues = service::submit(visit, no, "demo", true).await?;
    if issues.is_empty() { Ok(()) } else { Err(refused(&issues)) }
}

/// The scan of the unit's licence.
async fn licence(visit: &Visit, name: &str) -> Result<()> {
    attach(visit, super::files::service::UNIT, &[("licence".to_owned(), name.to_owned())]).await
}

fn refused(issues: &[crate::form::Issue]) -> AppError {
    let errors = issues.iter().filter(|issue| issue.severity == Severity::Error);
    let list: Vec<String> = errors.map(|issue| format!("{}: {}", issue.path, issue.message.en)).collect();
    AppError::Refused(say(list.join("; "), list.join("; ")))
}
