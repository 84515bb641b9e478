//! Cases on both engines: acting, being too late, seeing, time, and the proof of the record.

mod acting;
mod agencies;
mod amending;
mod asked;
mod committing;
mod cutting;
mod desk;
mod forms;
mod letters;
mod persons;
mod placing;
mod previewing;
mod proving;
mod reminding;
mod renewing;
mod rules;
mod seeing;
mod telling;

use super::agencies::model::Reviewer;
use super::service::{self, begin, load, perform};
use super::store::{self, Click};
use crate::account::model::Role as AccountRole;
use crate::account::store::Account;
use crate::application::frozen::{Frozen, FrozenPage, FrozenPart, FrozenValue, SCHEMA};
use crate::application::store::{Record, Version, insert_version};
use crate::base::say;
use crate::base::workdays::start_of;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::ids;
use crate::server::testing::TestApp;
use crate::workflow::action::{Conclusion, Draft, Window};
use crate::workflow::{Action, ActionKind, Case, Event, Party, Role, State, fold};
use jiff::civil::{Date, date};

const SHAANXI: &str = "610000";
const ZHEJIANG: &str = "330000";

/// Applications on both engines, at noon of a Monday.
async fn engines() -> Vec<TestApp> {
    let all = TestApp::all().await;
    for test in &all {
        go(test, date(2026, 3, 2));
    }
    all
}

/// Noon of a day.
fn go(test: &TestApp, day: Date) {
    test.app.clock.advance(start_of(day) + 12 * 3_600_000 - test.app.clock.now());
}

/// An official of an authority with these duties.
async fn official(test: &TestApp, authority: &str, duties: &[&str]) -> Visit {
    let duties = duties.iter().map(|duty| (*duty).to_owned()).collect();
    test.person(Account { authority_code: Some(authority.to_owned()), duties, ..test.account(AccountRole::Staff) }).await
}

/// A version of a book with these answers by their paths, each on the page its path begins with.
fn version_of(no: &str, version: i64, answers: &[(&str, &str)], at: i64) -> Version {
    let mut pages: Vec<FrozenPage> = Vec::new();
    for (path, shown) in answers {
        let key = path.split('/').next().unwrap();
        let shown = say((*shown).to_owned(), (*shown).to_owned());
        let value = FrozenValue { path: (*path).to_owned(), label: say("", ""), shown, sealed: String::new(), digest: String::new(), chosen: String::new() };
        match pages.iter_mut().find(|page| page.key == key).and_then(|page| page.parts.first_mut()) {
            Some(FrozenPart::Group { values, .. }) => values.push(value),
            _ => pages.push(FrozenPage { key: key.into(), title: say("", ""), parts: vec![FrozenPart::Group { title: say("", ""), values: vec![value] }] }),
        }
    }
    let book = Frozen {
        schema: SCHEMA,
        no: no.to_owned(),
        version,
        unit_name: String::new(),
        unit_code: String::new(),
        category: say("", ""),
        kind: say("", ""),
        authority: String::new(),
        catalogue_version: String::new(),
        pages,
    };
    Version { version, body: serde_json::to_string(&book).unwrap(), sha256: "00".into(), submitted_at: at }
}

/// Hands a book in, the first time or corrected, with these answers by their paths.
async fn hand_in(owner: &Visit, no: &str, version: i64, answers: &[(&str, &str)]) {
    let stored = version_of(no, version, answers, owner.now());
    let (seat, no) = (owner.clone(), no.to_owned());
    let done = owner.app.db.write(move |tx| {
        Box::pin(async move {
            let (mut file, actor) = load(&seat, tx, &no).await?;
            insert_version(tx, &file.record.id, &format!("{no}-{version}"), &stored, &seat.caller()?.account_id).await?;
            let sha256 = "00".to_owned();
            let done = file.record.case.marks.iter().map(|mark| mark.path.clone()).collect();
            let action = if version == 1 { Action::Submit { version, sha256 } } else { Action::Resubmit { version, sha256, done } };
            perform(&seat, tx, &mut file, &actor, &action, &Click::default()).await
        })
    });
    done.await.unwrap();
}

/// A whole application as its unit handed it in, with the unit's owner.
async fn filed(test: &TestApp) -> (Visit, String) {
    let (owner, no) = drafted(test).await;
    hand_in(&owner, &no, 1, &[]).await;
    (owner, no)
}

/// The owner of a unit with a draft of its own to Shaanxi; the book itself is `application`'s matter.
async fn drafted(test: &TestApp) -> (Visit, String) {
    let owner = test.member("enterprise", AccountRole::Owner).await;
    let no = drafted_by(test, &owner).await;
    (owner, no)
}

/// One more draft of a unit.
async fn drafted_by(test: &TestApp, owner: &Visit) -> String {
    let no = ids::incident();
    let now = test.app.clock.now();
    let catalogue = crate::catalogue::Catalogue::builtin();
    let record = Record {
        id: ids::new(now),
        no: no.clone(),
        unit_id: owner.unit().unwrap().1.to_owned(),
        unit_name: String::new(),
        unit_code: String::new(),
        category: "manufacture".into(),
        kind: "first".into(),
        catalogue_version: catalogue.version,
        authority_code: SHAANXI.into(),
        authority_name: String::new(),
        items: vec!["SE031".into(), "SE033".into()],
        item_labels: String::new(),
        facts: crate::application::service::Facts::default(),
        employers: Vec::new(),
        case: Case::default(),
        revision: 0,
        created_at: now,
        changed_at: now,
    };
    let (seat, number) = (owner.clone(), no.clone());
    let made = test.app.db.write(move |tx| {
        Box::pin(async move {
            crate::application::store::insert(tx, &record).await?;
            begin(&seat, tx, &number, Action::Create).await
        })
    });
    made.await.unwrap();
    no
}

/// An action that has a door of its own elsewhere.
async fn inside(visit: &Visit, no: &str, action: Action) -> Result<()> {
    let (seat, no) = (visit.clone(), no.to_owned());
    let done = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let (mut file, actor) = load(&seat, tx, &no).await?;
            perform(&seat, tx, &mut file, &actor, &action, &Click::default()).await
        })
    });
    done.await
}

async fn submitted(test: &TestApp) -> (Visit, String) {
    let (owner, no) = drafted(test).await;
    inside(&owner, &no, Action::Submit { version: 1, sha256: "00".into() }).await.unwrap();
    (owner, no)
}

/// Does it as of now.
async fn act(visit: &Visit, no: &str, action: Action) -> Result<State> {
    service::act(visit, no, &ids::token(), None, action).await
}

async fn record(test: &TestApp, no: &str) -> store::Record {
    store::find(&mut test.app.db.read().await.unwrap(), no).await.unwrap().unwrap()
}

async fn events(test: &TestApp, no: &str) -> Vec<Event> {
    let id = record(test, no).await.id;
    store::events(&mut test.app.db.read().await.unwrap(), &id).await.unwrap()
}

/// A review agency's owner, and a reviewer it may send.
async fn agency(test: &TestApp) -> (Visit, String) {
    let lead = test.member("agency", AccountRole::Owner).await;
    let reviewer = hire(test, &unit_of(&lead), "王评审").await;
    (lead, reviewer)
}

/// One more reviewer of an agency, as cases name them.
async fn hire(test: &TestApp, agency: &str, name: &str) -> String {
    let now = test.app.clock.now();
    let reviewer =
        Reviewer { id: ids::new(now), name: name.to_owned(), number: ids::incident(), kinds: vec!["压力管道元件".to_owned()], is_active: true };
    let (label, agency) = (reviewer.label(), agency.to_owned());
    test.app.db.write(move |tx| Box::pin(async move { super::agencies::store::insert_reviewer(tx, &agency, &reviewer, now).await })).await.unwrap();
    label
}

/// What a report has to say of the conditions.
fn findings() -> Vec<(String, String)> {
    vec![("人员".to_owned(), "持证人员齐全".to_owned())]
}

fn unit_of(visit: &Visit) -> String {
    visit.unit().unwrap().1.to_owned()
}

fn days(from: Date, to: Date) -> Window {
    Window { from, to }
}
