//! The demonstration on both engines.

use super::people::UNITS;
use super::*;
use crate::application::store::Filter;
use crate::base::{CreditCode, ResidentId};
use crate::server::testing::TestApp;
use crate::workflow::State;

async fn states(visit: &Visit) -> Vec<(String, State)> {
    let listing = service::list(visit, Filter::default(), "", false).await.unwrap();
    listing.rows.into_iter().map(|head| (head.no, head.state)).collect()
}

async fn is_clean(visit: &Visit, no: &str) -> bool {
    let review = service::review(visit, no).await.unwrap();
    review.issues.iter().flat_map(|(_, issues)| issues).all(|issue| issue.severity != Severity::Error)
}

#[tokio::test]
async fn it_loads_once_with_applications_in_every_state() {
    for test in TestApp::all().await {
        let before = test.app.clock.today();
        assert_eq!(accounts(&test.app).await.unwrap(), None);
        load(&test.app, 0).await.unwrap();
        let list = accounts(&test.app).await.unwrap().unwrap();
        assert!(
            ["valve01", "person04", "samr01", "陕西省西咸新区市场监督管理局 康建民", "agency03", "admin", PASSWORD].iter().all(|word| list.contains(word)),
            "{list}"
        );
        assert_eq!(test.app.clock.today(), before, "the clock is as it was");
        assert!(load(&test.app, 0).await.unwrap_err().contains("already"));

        // Persons have theirs below; what else is left out lasts no longer than a click, or is nothing to begin with.
        let persons = [State::ExamRegistered, State::ExamFailed, State::Resit, State::ExamPassed, State::Failed, State::Lapsed];
        let nobody = [State::Deleted, State::Resubmitted, State::ScheduleReturned, State::Hearing, State::Terminated, State::Suspended];
        for state in State::all().filter(|state| !persons.contains(state) && !nobody.contains(state)) {
            let sql = format!("SELECT COUNT(*) AS n FROM application WHERE state = '{}'", state.word());
            let row = test.app.db.read().await.unwrap().row(sql, crate::vals![]).await.unwrap();
            assert_ne!(row.unwrap().int("n").unwrap(), 0, "{state:?}");
        }

        let valve = people::visit(&test.app, "valve01").await.unwrap();
        let found = states(&valve).await;
        let with = |state: State| found.iter().filter(move |(_, s)| *s == state).map(|(no, _)| no.clone()).collect::<Vec<_>>();
        assert_eq!((with(State::Submitted).len(), with(State::Withdrawn).len(), with(State::Draft).len()), (1, 1, 3));
        let mut ready = Vec::new();
        for no in with(State::Draft) {
            if is_clean(&valve, &no).await {
                ready.push(no);
            }
        }
        assert_eq!(ready.len(), 1, "one draft is ready to submit");
        assert_eq!(service::submit(&valve, &ready[0], "click", true).await.unwrap(), Vec::new());

        for (username, authority) in [
            ("disc01", "国家市场监督管理总局"),
            ("pipe01", "陕西省西咸新区市场监督管理局"),
            ("lift01", "浙江省市场监督管理局"),
            ("gas01", "广东省市场监督管理局"),
        ] {
            let visit = people::visit(&test.app, username).await.unwrap();
            let listing = service::list(&visit, Filter::default(), "", false).await.unwrap();
            assert_eq!(listing.rows.iter().map(|head| head.authority.as_str()).collect::<Vec<_>>(), [authority], "{username}");
        }
    }
}

#[tokio::test]
async fn persons_wait_at_every_station_of_both_kinds_of_authority() {
    for test in TestApp::all().await {
        load(&test.app, 0).await.unwrap();
        let unit = people::visit(&test.app, "inspect01").await.unwrap();
        for (username, state, authority) in [
            ("person05", State::Submitted, "陕西省市场监督管理局"),
            ("person06", State::Submitted, "陕西省市场监督管理局"),
            ("person07", State::Correction, "陕西省市场监督管理局"),
            ("person08", State::Accepted, "陕西省市场监督管理局"),
            ("person09", State::ExamRegistered, "陕西省市场监督管理局"),
            ("person10", State::ExamFailed, "陕西省市场监督管理局"),
            ("person11", State::PendingApproval, "陕西省市场监督管理局"),
            ("person12", State::Issued, "陕西省市场监督管理局"),
            ("person13", State::Submitted, "国家市场监督管理总局"),
            ("person14", State::ExamPassed, "国家市场监督管理总局"),
            ("person15", State::Issued, "国家市场监督管理总局"),
        ] {
            let visit = people::visit(&test.app, username).await.unwrap();
            let rows = service::list(&visit, Filter::default(), "", false).await.unwrap().rows;
            let found: Vec<_> = rows.iter().map(|head| (head.state, head.authority.as_str())).collect();
            assert_eq!(found, [(state, authority)], "{username}");
            let held = crate::licence::service::list(&visit).await.unwrap().rows.len();
            assert_eq!(held, usize::from(state == State::Issued), "{username}");
            if authority.starts_with("陕西") {
                let waits = crate::casework::service::view(&unit, &rows[0].no).await.unwrap().may(crate::workflow::ActionKind::ConfirmPractice);
                assert_eq!(waits, username == "person05", "{username}");
            }
        }
        let due = crate::casework::store::due(&mut test.app.db.read().await.unwrap(), test.app.clock.now(), 10).await.unwrap();
        assert_eq!(due, Vec::<String>::new(), "time has nothing to catch up with");
    }
}

#[tokio::test]
async fn it_is_refused_where_somebody_is_already() {
    let test = TestApp::on_sqlite().await;
    test.member("enterprise", account::model::Role::Owner).await;
    assert!(load(&test.app, 0).await.unwrap_err().contains("already"));
}

#[test]
fn codes_and_numbers_have_the_right_check_digits() {
    for unit in UNITS {
        assert!(CreditCode::parse(unit.code).is_ok(), "{}", unit.name);
    }
    let today = jiff::civil::date(2026, 11, 22);
    for id in people::resident_ids() {
        assert!(ResidentId::parse(id, today).is_ok(), "{id}");
    }
}

#[test]
fn the_photograph_is_one_that_is_taken() {
    assert_eq!(crate::server::files::content::sides(&paper::photograph()), Some((295, 413)));
}

#[test]
fn the_persons_sample_has_nothing_to_mend_and_goes_where_it_says() {
    use crate::application::book::{judge_book, pages};
    use crate::catalogue::{Authority, Catalogue, Rules};
    let (catalogue, authorities) = (Catalogue::builtin(), Authority::builtin());
    let rules = Rules { catalogue: &catalogue, authorities: &authorities, delegations: &[] };
    let sample = persons::sample().unwrap();
    let book = pages(&sample.facts.category, &sample.facts.kind);
    for today in [jiff::civil::date(2026, 11, 22), jiff::civil::date(2040, 1, 2)] {
        let doc = sample.doc(today);
        let code = sample.facts.person.as_ref().map(|person| &person.code).unwrap();
        assert_eq!(rules.person(code, doc.get("qualification/practice_region")).unwrap().name, sample.facts.authority);
        let found: Vec<_> = judge_book(&book, &sample.facts, &doc, today).into_values().flatten().collect();
        assert_eq!(found, []);
    }
}

#[test]
fn samples_belong_to_the_units() {
    for file in [VALVE, CALIBRATION, NATIONAL] {
        let sample = sample(file, jiff::civil::date(2030, 1, 2)).unwrap();
        assert!(UNITS.iter().any(|unit| unit.code == sample.facts.uscc && unit.name == sample.facts.org_name), "{}", sample.facts.org_name);
        assert!(sample.papers.iter().all(|(slot, name)| slot.matches('/').count() == 1 && name.ends_with(".pdf")));
    }
}

#[tokio::test]
async fn generated_cases_are_as_whole_as_any() {
    use crate::casework::verify::{Found, verify};
    for test in TestApp::all().await {
        load(&test.app, 700).await.unwrap();
        let verdict = verify(&test.app).await.unwrap();
        assert!(matches!(verdict, Found::Sound { cases, .. } if cases >= 900), "{verdict:?}");
        for stage in
            ["submitted", "correction", "accepted", "entrusted", "scheduling", "scheduled", "under-review", "rectifying", "reported", "examining", "granted"]
        {
            let sql = "SELECT COUNT(*) AS n FROM application WHERE state = $1";
            let row = test.app.db.read().await.unwrap().row(sql, vals![stage]).await.unwrap().unwrap();
            assert!(row.int("n").unwrap() > 0, "{stage}");
        }
        let due = crate::casework::store::due(&mut test.app.db.read().await.unwrap(), test.app.clock.now(), 10).await.unwrap();
        assert_eq!(due, Vec::<String>::new(), "time has nothing to catch up with");
        let booked = "SELECT COUNT(*) AS n FROM application a WHERE a.category <> 'personnel' AND a.state IN ('scheduled', 'under-review', 'rectifying', 'reported', 'examining', 'pending-approval') \
                      AND NOT EXISTS (SELECT 1 FROM review_booking b WHERE b.application_id = a.id)";
        assert_eq!(test.count(booked).await, 0, "every review of a unit has its day");
        let clerk = crate::account::store::find_by_name(&mut test.app.db.read().await.unwrap(), "clerk07").await.unwrap().unwrap();
        let clerk = test.signed_in(&clerk.id).await;
        let queue = crate::casework::desk::queue(&clerk, &Default::default(), "", false).await.unwrap();
        assert!(queue.count > 0 && crate::casework::desk::desk(&clerk, &queue.rows[0].no).await.is_ok());
    }
}
