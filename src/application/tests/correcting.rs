//! 补齐补正: only what the notice marks is open, and it comes back as a new version.

use super::person::{ID_NO, begun_person, complete_person, holds, individual};
use super::*;
use crate::account::store::Account;
use crate::application::qualify::Choice;
use crate::workflow::action::Mark;
use crate::workflow::{Action, State};

pub(super) async fn officer(test: &TestApp) -> Visit {
    let account = Account { authority_code: Some("610000".into()), duties: vec!["acceptance".into()], ..test.account(Role::Staff) };
    test.person(account).await
}

pub(super) async fn notice(officer: &Visit, no: &str, path: &str) {
    let marks = vec![Mark { path: path.into(), text: "有误".into() }];
    let done = crate::casework::service::act(officer, no, "notice", None, Action::RequireCorrection { marks, cause: String::new(), days: 0 }).await;
    assert_eq!(done.unwrap(), State::Correction);
}

fn is_refused<T: std::fmt::Debug>(result: Result<T>) -> bool {
    matches!(result, Err(AppError::Refused(_)))
}

#[tokio::test]
async fn only_what_is_marked_can_be_changed_and_handed_in_again() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        service::submit(&owner, &no, "c1", true).await.unwrap();
        notice(&officer(&test).await, &no, "basic/postcode").await;
        assert!(service::book(&owner, &no, "basic").await.unwrap().may_edit);
        let seen = Base::Revision(revision(&owner, &no).await);
        assert!(is_refused(save(&owner, &no, &[op("a", "basic/fax", seen.clone(), "029-1")]).await));
        assert!(is_refused(save(&owner, &no, &[op("b", "basic/postcode2", seen.clone(), "1")]).await), "a longer name is another field");
        let both = [op("d", "basic/postcode", seen.clone(), "710017"), op("e", "basic/fax", seen.clone(), "029-1")];
        assert!(is_refused(save(&owner, &no, &both).await), "all or nothing");
        assert!(matches!(one(&owner, &no, op("f", "basic/postcode", seen.clone(), "710018")).await, Outcome::Applied { .. }));
        assert!(matches!(one(&owner, &no, op("g", "items/declarer_title", seen, "董事长")).await, Outcome::Applied { .. }), "it is signed anew");
        assert!(is_moved(service::submit(&owner, &no, "c2", true).await), "the first submission was another click");
        assert!(is_refused(service::resubmit(&owner, &no, "c3", true, vec![]).await), "the point is not ticked");
        let done = || vec!["basic/postcode".to_owned()];
        let issues = service::resubmit(&owner, &no, "c3", false, done()).await.unwrap();
        assert_eq!(issues.iter().map(|i| i.path.as_str()).collect::<Vec<_>>(), ["agree"]);
        for _ in 0..2 {
            assert_eq!(service::resubmit(&owner, &no, "c3", true, done()).await.unwrap(), []);
        }
        assert_eq!(service::review(&owner, &no).await.unwrap().head.state, State::Resubmitted);
        let text = async |version| serde_json::to_string(&service::version(&owner, &no, version).await.unwrap().0).unwrap();
        assert!(text(1).await.contains("710016") && text(2).await.contains("710018"));
        assert_eq!(service::version(&owner, &no, 3).await.err(), Some(AppError::NotFound));
        let late = op("h", "basic/postcode", Base::Op("f".into()), "710019");
        assert!(is_moved(save(&owner, &no, &[late]).await), "closed again");
    }
}

#[tokio::test]
async fn the_notice_leads_to_its_places_and_versions_are_compared() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        service::submit(&owner, &no, "c1", true).await.unwrap();
        let officer = officer(&test).await;
        assert_eq!(service::review(&owner, &no).await.unwrap().notice, None);
        notice(&officer, &no, "basic/postcode").await;
        let told = service::review(&owner, &no).await.unwrap().notice.unwrap();
        assert_eq!((told.number, told.marks.len(), told.marks[0].place.zh.as_ref()), (1, 1, "申请单位基本情况 · 邮政编码"));
        let page = service::book(&owner, &no, "basic").await.unwrap();
        assert_eq!(page.marks, told.marks);
        assert!(page.is_open("basic/postcode") && page.is_open("items/declarer") && !page.is_open("basic/fax") && !page.is_open("basic/postcode2"));
        // Without script the whole page is posted, closed fields left out: nothing of them is taken for emptied.
        let seen = revision(&owner, &no).await;
        let typed = Values::from([("basic/postcode".to_owned(), "710018".to_owned()), ("basic/fax".to_owned(), "029-1".to_owned())]);
        assert!(service::save_page(&owner, &no, "basic", seen, typed, "save").await.unwrap().is_empty());
        // Whoever checks it again sees what is different since.
        let changes = service::review(&owner, &no).await.unwrap().changes;
        let found: Vec<_> = changes.iter().map(|c| (c.path.as_str(), c.before.as_str(), c.after.as_str())).collect();
        assert_eq!(found, [("basic/postcode", "710016", "710018")]);
        let done = vec!["basic/postcode".to_owned()];
        assert!(service::resubmit(&owner, &no, "c2", true, done).await.unwrap().is_empty());
        assert!(service::review(&owner, &no).await.unwrap().changes.is_empty());
        for reader in [&owner, &officer] {
            let changes = service::compare(reader, &no, 1, 2).await.unwrap();
            let found: Vec<_> = changes.iter().map(|c| (c.path.as_str(), c.before.as_str(), c.after.as_str())).collect();
            assert_eq!(found, [("basic/postcode", "710016", "710018")]);
        }
        assert_eq!(service::compare(&officer, &no, 1, 3).await.err(), Some(AppError::NotFound));
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(service::compare(&stranger, &no, 1, 2).await.err(), Some(AppError::NotFound));
    }
}

/// What a rule compares with the marked place is open as well: without it the book could not be handed in again.
#[tokio::test]
async fn what_is_judged_with_a_marked_place_can_be_mended_too() {
    let cases = [
        (
            "subcontract/any",
            &[("subcontract/any", Some("no"))][..],
            &[("subcontract/contracts/r1", None), ("subcontract/contracts/r2", None), ("subcontract/contracts/r3", None)][..],
        ),
        ("resources/welders", &[("resources/welders", Some("90"))], &[("resources/total", Some("120"))]),
        ("resources/lease", &[("resources/lease/0001", None)], &[("resources/places/r3/ownership", Some("own"))]),
    ];
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let office = officer(&test).await;
        for (mark, asked, mended) in cases {
            let no = complete(&owner, &sample).await;
            assert_eq!(service::submit(&owner, &no, "s", true).await.unwrap(), []);
            notice(&office, &no, mark).await;
            let change = async |changes: &[(&str, Option<&str>)]| {
                let seen = Base::Revision(revision(&owner, &no).await);
                let op = |(path, value): &(&str, Option<&str>)| match value {
                    Some(value) => op(&ids::token(), path, seen.clone(), value),
                    None => gone(&ids::token(), path, seen.clone()),
                };
                save(&owner, &no, &changes.iter().map(op).collect::<Vec<_>>()).await.unwrap();
            };
            let hand_in = async || service::resubmit(&owner, &no, "r", true, vec![mark.to_owned()]).await.unwrap();
            change(asked).await;
            assert_eq!(hand_in().await.into_iter().map(|issue| issue.path).collect::<Vec<_>>(), [mark]);
            change(mended).await;
            assert_eq!(hand_in().await, [], "{mark}");
        }
    }
}

/// The button of a marked row posts as any other row's; nothing comes or goes but that row.
#[tokio::test]
async fn a_marked_row_can_be_taken_out() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        service::submit(&owner, &no, "s", true).await.unwrap();
        notice(&officer(&test).await, &no, "production/machines/r2").await;
        let view = service::book(&owner, &no, "production").await.unwrap();
        assert!(view.is_open("production/machines/r2") && !view.is_open("production/machines") && !view.is_open("production/machines/r1"));
        let press = async |act: &str| service::save_page(&owner, &no, "production", revision(&owner, &no).await, Values::new(), act).await;
        for act in ["remove:production/machines/r1", "add:production/machines", "copy:production/machines/r2"] {
            assert!(is_refused(press(act).await), "{act}");
        }
        assert_eq!(press("remove:production/machines/r2").await.unwrap(), []);
        let rows = service::book(&owner, &no, "production").await.unwrap().doc.rows("production/machines");
        assert!(rows.contains(&"r1".to_owned()) && !rows.contains(&"r2".to_owned()), "{rows:?}");
        assert_eq!(service::resubmit(&owner, &no, "r", true, vec!["production/machines/r2".to_owned()]).await.unwrap(), []);
    }
}

#[tokio::test]
async fn the_files_of_a_marked_page_are_open_and_come_with_the_new_version() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        service::submit(&owner, &no, "c1", true).await.unwrap();
        notice(&officer(&test).await, &no, "production/extra").await;
        let told = service::review(&owner, &no).await.unwrap().notice.unwrap();
        assert_eq!(told.marks[0].place.zh, "生产设备状况 · 本页附件");
        for (slot, is_open) in [("production/extra", true), ("instruments/extra", false)] {
            let id = uploaded(&owner, &no, slot, "购置发票.pdf").await;
            let done = service::attach_file(&owner, &no, slot, &id).await;
            assert_eq!(done.is_ok(), is_open, "{slot}: {done:?}");
        }
        let done = vec!["production/extra".to_owned()];
        assert_eq!(service::resubmit(&owner, &no, "c2", true, done).await.unwrap(), []);
        let names = async |version| {
            let doc = service::version(&owner, &no, version).await.unwrap().0.doc();
            doc.rows("production/extra").iter().map(|n| doc.get(&format!("production/extra/{n}")).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!((names(1).await, names(2).await), (Vec::new(), vec!["购置发票.pdf".to_owned()]));
        let changes = service::compare(&owner, &no, 1, 2).await.unwrap();
        assert_eq!(changes.iter().map(|c| (c.before.as_str(), c.after.as_str())).collect::<Vec<_>>(), [("", "购置发票.pdf")]);
    }
}

#[tokio::test]
async fn what_was_right_on_the_day_of_filing_stops_no_correction() {
    for test in engines().await {
        // The last day of the window, three months before the end; and the day before the 63rd birthday.
        let person = individual(&test, ID_NO).await;
        holds(&person, "UT-II", "2017-09-01", "2027-02-22", "valid").await;
        let renewal = begun_person(&person, "renew-file", "UT-II").await;
        let young = individual(&test, "610112196311230017").await;
        let first = begun_person(&young, "obtain", "UT-I").await;
        let promises = [("proofs/unbroken", "yes"), ("proofs/clean", "yes"), ("qualification/last_way", "exam")];
        let office = officer(&test).await;
        for (who, no, extra) in [(&person, &renewal, &promises[..]), (&young, &first, &[][..])] {
            complete_person(who, no).await;
            lay(who, no, extra.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()).await;
            assert_eq!(service::submit(who, no, &format!("s{no}"), true).await.unwrap(), []);
            notice(&office, no, "person/postcode").await;
        }
        test.app.clock.advance(7 * 24 * 3_600_000);
        let late = begun_person_told(&person).await;
        assert!(late.contains("3 至 6 个月"), "a new application would be late: {late}");
        for (who, no) in [(&person, &renewal), (&young, &first)] {
            lay(who, no, Values::from([("person/postcode".to_owned(), "710016".to_owned())])).await;
            assert_eq!(errors(who, no).await, Vec::<String>::new());
            assert_eq!(service::resubmit(who, no, &format!("r{no}"), true, vec!["person/postcode".to_owned()]).await.unwrap(), []);
        }
    }
}

/// What is said to whoever would renew by file review now.
async fn begun_person_told(person: &Visit) -> String {
    let choice = Choice { kind: "renew-file".into(), code: "UT-II".into(), region: "610112".into(), words: String::new() };
    told(service::create_person(person, choice).await.unwrap())
}

#[tokio::test]
async fn a_verification_that_ran_out_since_is_told_and_stops_no_correction() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let valid_to = sample.typed.keys().find(|path| path.starts_with("instruments/instruments/") && path.ends_with("/valid_to")).unwrap().clone();
        lay(&owner, &no, Values::from([(valid_to.clone(), "2026-11-22".to_owned())])).await;
        assert_eq!(service::submit(&owner, &no, "s", true).await.unwrap(), []);
        notice(&officer(&test).await, &no, "basic/postcode").await;
        test.app.clock.advance(7 * 24 * 3_600_000);
        lay(&owner, &no, Values::from([("basic/postcode".to_owned(), "710018".to_owned())])).await;
        let issues = service::review(&owner, &no).await.unwrap().issues;
        let found = issues.iter().flat_map(|(_, issues)| issues).find(|issue| issue.path == valid_to).unwrap();
        assert_eq!(found.severity, Severity::Warning, "{found:?}");
        assert_eq!(service::resubmit(&owner, &no, "r", true, vec!["basic/postcode".to_owned()]).await.unwrap(), []);
    }
}
