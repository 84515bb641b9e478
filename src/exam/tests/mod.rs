//! Examinations on both engines: what a body arranges, seats, marks, and whom each is refused to.

mod cutting;
mod marks;
mod seats;
mod sessions;

use super::model::{self, MARKS, PLAN, SESSION, SUBJECTS, Session, mark};
use super::service;
use crate::account::filled::Filled;
use crate::account::model::Role as AccountRole;
use crate::account::store::{Account, Unit};
use crate::base::workdays::start_of;
use crate::casework::service::{act, load, perform};
use crate::casework::store::{self as cases, Click};
use crate::catalogue::Authority;
use crate::error::{AppError, Result};
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::ids;
use crate::server::plain::Answer;
use crate::server::testing::{TestApp, person_draft};
use crate::workflow::person::PersonKind;
use crate::workflow::{Action, State};
use jiff::civil::{Date, date};

const SHAANXI: &str = "610000";
const CODE: &str = "UT-II";

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

async fn body(test: &TestApp) -> Visit {
    test.member("exam-body", AccountRole::Owner).await
}

async fn officer(test: &TestApp) -> Visit {
    let duties = vec!["acceptance".to_owned()];
    test.person(Account { authority_code: Some(SHAANXI.into()), duties, ..test.account(AccountRole::Staff) }).await
}

/// A person who is registered.
async fn person(test: &TestApp, name: &str) -> Visit {
    let unit = Unit {
        id: ids::new(test.app.clock.now()),
        kind: "person".into(),
        name: name.into(),
        code: test.app.keys.digest("id", &ids::incident()),
        region: "610112".into(),
        ..Unit::default()
    };
    let id = unit.id.clone();
    test.app.db.write(move |tx| Box::pin(async move { crate::account::store::insert_unit(tx, &unit).await })).await.unwrap();
    let id_no_sealed = test.app.keys.seal("610112199003070012");
    test.person(Account { unit_id: Some(id), id_no_sealed, ..test.account(AccountRole::Owner) }).await
}

/// A person's case, accepted.
async fn accepted(test: &TestApp, who: &Visit, officer: &Visit) -> String {
    let no = person_draft(who, PersonKind::Obtain, CODE).await.no;
    let (seat, number) = (who.clone(), no.clone());
    let made = test.app.db.write(move |tx| {
        Box::pin(async move {
            let (mut file, actor) = load(&seat, tx, &number).await?;
            let action = Action::Submit { version: 1, sha256: "00".into() };
            perform(&seat, tx, &mut file, &actor, &action, &Click::default()).await
        })
    });
    made.await.unwrap();
    act(officer, &no, &ids::incident(), None, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
    no
}

async fn record(test: &TestApp, no: &str) -> cases::Record {
    cases::find(&mut test.app.db.read().await.unwrap(), no).await.unwrap().unwrap()
}

async fn revision(test: &TestApp, no: &str) -> i64 {
    record(test, no).await.case.revision
}

fn fill(page: &'static crate::form::Page, pairs: &[(&str, &str)]) -> Filled {
    let values = pairs.iter().map(|(key, value)| (page.path(key), (*value).to_owned())).collect::<Values>();
    Filled::of(page, &values)
}

const OFFER: [(&str, &str); 6] =
    [("day", "2026-04-01"), ("times", "09:00 理论"), ("closes_on", "2026-03-25"), ("place", "西安市示范考场"), ("codes", "UT-II、RT-II"), ("seats", "2")];

fn offer(changes: &[(&str, &str)]) -> Filled {
    filled(&SESSION, changes)
}

/// The offer with some answers changed or added, on a page that asks for it.
fn filled(page: &'static crate::form::Page, changes: &[(&str, &str)]) -> Filled {
    let value = |(key, value): (&'static str, &'static str)| (key, changes.iter().find(|(k, _)| *k == key).map_or(value.to_owned(), |(_, v)| (*v).to_owned()));
    let added = changes.iter().filter(|(key, _)| OFFER.iter().all(|(k, _)| k != key)).map(|(key, value)| (*key, (*value).to_owned()));
    let pairs: Vec<(&str, String)> = OFFER.into_iter().map(value).chain(added).collect();
    fill(page, &pairs.iter().map(|(key, value)| (*key, value.as_str())).collect::<Vec<_>>())
}

/// A session of a body on 1 April, signed up for until 25 March.
async fn session(body: &Visit, seats: &str) -> Session {
    let before: Vec<String> = service::sessions(body).await.unwrap().rows.into_iter().map(|session| session.id).collect();
    gone(service::add_session(body.clone(), offer(&[("seats", seats)])).await);
    service::sessions(body).await.unwrap().rows.into_iter().find(|session| !before.contains(&session.id)).unwrap()
}

async fn sign_up(test: &TestApp, who: &Visit, no: &str, session: &Session, click: &str) -> Result<Answer> {
    let seen = revision(test, no).await;
    service::sign_up(who, no.to_owned(), session.id.clone(), seen, click.to_owned()).await
}

fn gone(answer: Result<Answer>) {
    match answer {
        Ok(Answer::Go(_)) => {}
        Ok(Answer::Wrong(issues)) => panic!("{issues:?}"),
        Ok(Answer::Told(say) | Answer::Noted(say)) => panic!("{say:?}"),
        Err(error) => panic!("{error:?}"),
    }
}

fn wrong(answer: Result<Answer>) -> Vec<String> {
    match answer {
        Ok(Answer::Wrong(issues)) => issues.into_iter().map(|issue| issue.path).collect(),
        Ok(_) => panic!("it went through"),
        Err(error) => panic!("{error:?}"),
    }
}

fn refused(answer: Result<Answer>) -> String {
    match answer {
        Err(AppError::Refused(say)) => say.zh.into_owned(),
        Ok(_) => panic!("it went through"),
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn subjects_are_those_of_the_table_of_codes() {
    let codes = crate::catalogue::PersonnelCodes::builtin();
    for code in codes.selectable() {
        assert_eq!(codes.subjects(std::slice::from_ref(&code.code)), SUBJECTS.map(|(_, label)| label.zh), "{}", code.code);
    }
    for (key, label) in SUBJECTS {
        assert_eq!(model::key_of(label.zh), key);
        assert!(MARKS.columns.iter().any(|column| column.key == key && column.label == label));
    }
}

#[test]
fn a_mark_is_points_or_absence() {
    for (typed, kept) in [("", ""), (" 70 ", "70"), ("0", "0"), ("100", "100"), ("缺考", "缺考"), ("Absent", "缺考"), ("007", "7")] {
        assert_eq!(mark(typed).as_deref(), Ok(kept), "{typed}");
    }
    for typed in ["101", "-1", "69.5", "优", "１２"] {
        assert!(mark(typed).is_err(), "{typed}");
    }
}

#[tokio::test]
async fn a_body_publishes_its_plan_and_its_sessions() {
    for test in engines().await {
        let a = body(&test).await;
        let plan = |year: &str, text: &str| fill(&PLAN, &[("year", year), ("text", text)]);
        gone(service::publish_plan(a.clone(), plan("2026", "四月超声检测")).await);
        gone(service::publish_plan(a.clone(), plan("2026", "四月、十月超声检测")).await);
        assert_eq!(wrong(service::publish_plan(a.clone(), plan("2025", "过去")).await), ["exam_plan/year"]);
        let made = session(&a, "2").await;
        assert_eq!((made.codes.join(","), made.left(), made.day), ("RT-II,UT-II".to_owned(), 2, date(2026, 4, 1)));
        let board = service::board(&test.nobody()).await.unwrap();
        assert_eq!(board.plans.iter().map(|plan| plan.text.as_str()).collect::<Vec<_>>(), ["四月、十月超声检测"]);
        assert_eq!((board.sessions.len(), board.cases.len()), (1, 0));
        for (changes, path) in [
            (&[("codes", "UT-II、ABC")][..], "exam_session/codes"),
            (&[("seats", "0")], "exam_session/seats"),
            (&[("seats", "501")], "exam_session/seats"),
            (&[("closes_on", "2026-03-01")], "exam_session/closes_on"),
            (&[("closes_on", "2026-04-01")], "exam_session/closes_on"),
        ] {
            assert_eq!(wrong(service::add_session(a.clone(), offer(changes)).await), [path], "{changes:?}");
        }
        let other = body(&test).await;
        assert_eq!(service::session(&other, &made.id).await.err(), Some(AppError::NotFound), "another body's");
        assert!(service::sessions(&other).await.unwrap().rows.is_empty());
        let reader = test.join(a.unit().unwrap().1, AccountRole::Reader).await;
        assert!(service::session(&reader, &made.id).await.is_ok_and(|file| !file.may_edit));
        assert_eq!(service::add_session(reader.clone(), offer(&[])).await.err(), Some(AppError::Forbidden));
        assert_eq!(service::publish_plan(reader, plan("2026", "x")).await.err(), Some(AppError::Forbidden));
        for stranger in [person(&test, "王小明").await, test.member("agency", AccountRole::Owner).await, test.member("enterprise", AccountRole::Owner).await]
        {
            assert_eq!(service::sessions(&stranger).await.err(), Some(AppError::Forbidden));
            assert_eq!(service::session(&stranger, &made.id).await.err(), Some(AppError::Forbidden));
            assert_eq!(service::add_session(stranger.clone(), offer(&[])).await.err(), Some(AppError::Forbidden));
        }
        go(&test, date(2026, 3, 26));
        assert!(service::board(&test.nobody()).await.unwrap().sessions.is_empty(), "signing up has ended");
    }
}

#[tokio::test]
async fn a_body_knows_the_accepted_candidates_of_its_province() {
    for test in engines().await {
        let officer = officer(&test).await;
        let mut bodies = Vec::new();
        for region in ["610112", "659001"] {
            let (id, name) = (ids::new(test.app.clock.now()), ids::incident());
            let unit = Unit { id, kind: "exam-body".into(), code: name.clone(), name, region: region.into(), ..Unit::default() };
            let id = unit.id.clone();
            test.app.db.write(move |tx| Box::pin(async move { crate::account::store::insert_unit(tx, &unit).await })).await.unwrap();
            bodies.push(test.join(&id, AccountRole::Owner).await);
        }
        let mut numbers = Vec::new();
        // 西咸新区 decides by delegation of the province.
        for authority in [SHAANXI, "611200", Authority::NATIONAL, "660000", "330000"] {
            let no = accepted(&test, &person(&test, "王小明").await, &officer).await;
            let moved = no.clone();
            let sql = "UPDATE application SET authority_code = $1 WHERE no = $2";
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![authority, moved]).await })).await.unwrap();
            numbers.push(no);
        }
        for (body, expected) in bodies.iter().zip([[0, 1, 2].as_slice(), &[2, 3]]) {
            let mut waiting: Vec<String> = service::sessions(body).await.unwrap().waiting.into_iter().map(|one| one.no).collect();
            let mut expected: Vec<String> = expected.iter().map(|n: &usize| numbers[*n].clone()).collect();
            waiting.sort();
            expected.sort();
            assert_eq!(waiting, expected);
        }
    }
}
