//! Submitting: judged once more, frozen, once whatever happens.

use super::correcting::{notice, officer};
use super::*;
use crate::application::service::HandIn;
use crate::application::store;
use crate::catalogue::Catalogue;
use crate::workflow::State;

async fn state(visit: &Visit, no: &str) -> (State, Option<i64>) {
    let record = store::find(&mut visit.app.db.read().await.unwrap(), no).await.unwrap().unwrap();
    (record.case.state, record.case.submitted_at)
}

async fn happened(test: &TestApp, no: &str) -> (i64, i64) {
    let versions = count(test, "SELECT COUNT(*) AS n FROM application_version v JOIN application a ON a.id = v.application_id WHERE a.no = $1", no).await;
    let sql = "SELECT COUNT(*) AS n FROM case_event e JOIN application a ON a.id = e.application_id WHERE e.event = 'submitted' AND a.no = $1";
    let events = count(test, sql, no).await;
    // Each has its receipt.
    assert_eq!(count(test, "SELECT COUNT(*) AS n FROM document WHERE kind = 'receipt' AND case_no = $1", no).await, versions);
    (versions, events)
}

#[tokio::test]
async fn complete_samples_are_submitted() {
    for test in engines().await {
        for file in [VALVE, CALIBRATION, NATIONAL] {
            let sample = Sample::of(file);
            let owner = owner(&test, &sample).await;
            let no = complete(&owner, &sample).await;
            assert_eq!(errors(&owner, &no).await, Vec::<String>::new(), "{}", sample.case.org_name);
            let draft = service::review(&owner, &no).await.unwrap();
            assert_eq!((draft.sha256.as_str(), draft.frozen.authority.as_str()), ("", sample.case.authority.as_str()));
            assert_eq!(service::submit(&owner, &no, "click", true).await.unwrap(), []);
            assert_eq!(state(&owner, &no).await.0, State::Submitted);
            let review = service::review(&owner, &no).await.unwrap();
            assert_eq!(review.head.submitted_at, state(&owner, &no).await.1);
            assert_eq!(review.head.clock.and_then(|clock| clock.due), Some(date(2026, 11, 27)), "five working days after a Sunday");
            assert_eq!(review.history.last().unwrap().what.happened().zh, "提交申请");
            assert!(review.issues.is_empty() && review.sha256.len() == 64);
            assert_eq!(service::version(&owner, &no, 1).await.unwrap(), (review.frozen, review.sha256));
            let mobile = count(&test, "SELECT COUNT(*) AS n FROM audit WHERE deed = 'submit' AND about = $1", &no).await;
            assert_eq!(mobile, 1);
        }
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM outbox WHERE channel = 'sms'").await, 3, "each is told by SMS");
    }
}

#[tokio::test]
async fn a_bar_is_told_in_the_picker_and_on_the_check_page_and_stops_it() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let bans = async || service::picker(&owner, sample.chosen()).await.unwrap().bans;
        assert_eq!((bans().await, errors(&owner, &no).await), (Vec::new(), Vec::new()));
        let sql = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, state_reason, state_at, created_at) \
                   VALUES ('lost', $1, 'TS2710001-2028', 'design', '[]', '610000', '2024-04-01', '2028-03-31', 'revoked', '出借证书', $2, $2)";
        let (unit, now) = (unit_of(&owner), test.app.clock.now());
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![unit, now]).await })).await.unwrap();
        let told = bans().await;
        assert!(told.len() == 1 && told[0].zh.contains("出借证书") && told[0].zh.contains("2029-11-22"), "{told:?}");
        assert_eq!(errors(&owner, &no).await, ["items/items"]);
        let Err(AppError::Refused(refused)) = service::submit(&owner, &no, "c", true).await else { panic!("submitted") };
        assert_eq!(refused, told[0], "one function says all");
        assert_eq!(state(&owner, &no).await, (State::Draft, None));
    }
}

#[tokio::test]
async fn a_unit_that_became_a_branch_shows_the_authorisation_of_its_parent() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        assert_eq!(errors(&owner, &no).await, Vec::<String>::new());
        let save = async |changes: &[(&str, &str)]| {
            let page = &crate::account::forms::PROFILE_ENTERPRISE;
            let mut values: Values = sample.profile.iter().map(|(key, value)| (page.path(key), value.clone())).collect();
            values.extend(changes.iter().map(|(key, value)| (page.path(key), (*value).to_owned())));
            let filled = crate::account::filled::Filled::of(page, &values);
            crate::account::service::profile::change_unit(owner.clone(), filled, String::new()).await.unwrap()
        };
        let branch = [("legal_form", "branch"), ("org_type", "branch"), ("parent_name", "西安示范集团有限公司")];
        assert!(matches!(save(&[("legal_form", "legal"), ("org_type", "branch")]).await, Answer::Wrong(_)), "a branch is no legal person");
        assert!(matches!(save(&branch).await, Answer::Go(_)));
        assert_eq!(errors(&owner, &no).await, ["items/parent_authorisation"]);
        assert!(matches!(save(&[("legal_form", "legal"), ("org_type", "company")]).await, Answer::Go(_)));
        assert_eq!(errors(&owner, &no).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn errors_stop_it_and_leave_a_draft() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let before = service::changes(&owner, &no, 0).await.unwrap();
        let paths = async |click: &str, agreed| service::submit(&owner, &no, click, agreed).await.unwrap().into_iter().map(|i| i.path).collect::<Vec<_>>();
        assert_eq!(paths("c1", false).await, ["agree"]);
        assert_eq!(service::changes(&owner, &no, 0).await.unwrap(), before, "nothing was touched");
        one(&owner, &no, op("x", "basic/postcode", Base::Revision(i64::MAX), "71001")).await;
        assert_eq!(paths("c2", true).await, ["basic/postcode"]);
        assert_eq!(state(&owner, &no).await, (State::Draft, None));
        assert_eq!(happened(&test, &no).await, (0, 0));
        assert!(matches!(one(&owner, &no, op("y", "basic/postcode", Base::Op("x".into()), "710016")).await, Outcome::Applied { .. }), "and can be mended");
        assert!(paths("c2", true).await.is_empty(), "the same click after mending");
        assert_eq!(happened(&test, &no).await, (1, 1));
        assert!(is_moved(save(&owner, &no, &[op("z", "basic/postcode", Base::Op("y".into()), "1")]).await), "closed now");
        assert!(is_moved(service::delete(&owner, &no).await));
        let empty = draft(&owner, sample.chosen()).await;
        assert!(service::submit(&owner, &empty, "c3", true).await.unwrap().len() > 20);
    }
}

#[tokio::test]
async fn only_who_may_submit() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let unit = unit_of(&owner);
        let filler = test.join(&unit, Role::Filler).await;
        let reader = test.join(&unit, Role::Reader).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(service::submit(&filler, &no, "c", true).await.err(), Some(AppError::Forbidden));
        assert_eq!(service::submit(&reader, &no, "c", true).await.err(), Some(AppError::Forbidden));
        assert_eq!(service::submit(&stranger, &no, "c", true).await.err(), Some(AppError::NotFound));
        assert_eq!(service::submit(&test.nobody(), &no, "c", true).await.err(), Some(AppError::SignIn));
        for click in ["", "a\0b", "有空 格", &"c".repeat(81)] {
            assert!(is_bad(service::submit(&owner, &no, click, true).await), "{click:?}");
        }
        assert_eq!(state(&owner, &no).await, (State::Draft, None));
        let trusted = test.person(crate::account::store::Account { unit_id: Some(unit), may_submit: true, ..test.account(Role::Filler) }).await;
        assert_eq!(service::submit(&trusted, &no, "c", true).await.unwrap(), []);
    }
}

#[tokio::test]
async fn one_click_is_one_submission() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        for click in ["c1", "c1", "c2"] {
            assert_eq!(service::submit(&owner, &no, click, true).await.unwrap(), [], "{click}");
        }
        assert_eq!(happened(&test, &no).await, (1, 1));
        // Nobody hands in under the name of a click of another application, be it theirs or somebody's who did not click yet.
        let other = complete(&owner, &sample).await;
        for id in [format!("{no}-c1"), format!("{no}-9"), "c1".to_owned(), other.clone(), format!("{other}-"), format!("{other}1-c")] {
            let click = HandIn { client_id: id.clone(), agreed: true, ..HandIn::default() };
            assert!(is_bad(service::hand_in(&owner, &other, click).await), "{id}");
        }
        assert_eq!((state(&owner, &other).await, happened(&test, &other).await), ((State::Draft, None), (0, 0)));
        service::withdraw(&owner, &no, "").await.unwrap();
        assert_eq!(service::submit(&owner, &no, "c1", true).await.unwrap(), [], "the retry of a click that was done");
        assert_eq!(state(&owner, &no).await.0, State::Withdrawn);
        assert!(is_moved(service::submit(&owner, &no, "c9", true).await));
    }
}

#[tokio::test]
async fn what_is_submitted_is_what_was_checked() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        // Both tabs have the check page open; a third one goes on typing.
        let seen = service::review(&owner, &no).await.unwrap().revision;
        let click = |id: &str, seen: i64| HandIn { client_id: format!("{no}-{id}"), agreed: true, seen: Some(seen), corrected: None };
        one(&owner, &no, op("x", "basic/postcode", Base::Revision(i64::MAX), "710017")).await;
        let Err(AppError::Moved(told)) = service::hand_in(&owner, &no, click("c1", seen)).await else { panic!("submitted") };
        assert!(told.zh.contains("没有提交") && told.zh.contains("重新核对"), "{}", told.zh);
        assert_eq!((state(&owner, &no).await, happened(&test, &no).await), ((State::Draft, None), (0, 0)));
        let now = service::review(&owner, &no).await.unwrap();
        assert!(serde_json::to_string(&now.frozen).unwrap().contains("710017"), "the page shows the new state");
        assert_eq!(service::hand_in(&owner, &no, click("c2", now.revision)).await.unwrap(), []);
        // A replay is answered before anything else, and so is the other tab.
        for (id, seen) in [("c2", now.revision), ("c1", seen), ("c3", 0)] {
            assert_eq!(service::hand_in(&owner, &no, click(id, seen)).await.unwrap(), [], "{id}");
        }
        assert_eq!(happened(&test, &no).await, (1, 1));
    }
}

#[tokio::test]
async fn twenty_clicks_at_once_are_one_submission() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let clicks = (0..20).map(|n| {
            let (owner, no) = (owner.clone(), no.clone());
            // Half of them are the same click sent again.
            tokio::spawn(async move { service::submit(&owner, &no, &format!("c{}", n / 2), true).await })
        });
        for click in clicks.collect::<Vec<_>>() {
            assert_eq!(click.await.unwrap().unwrap(), []);
        }
        assert_eq!(happened(&test, &no).await, (1, 1));
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM outbox WHERE channel = 'sms'").await, 1);
    }
}

#[tokio::test]
async fn fifty_submissions_at_once() {
    for test in engines().await {
        let sample = Sample::of(CALIBRATION);
        let owner = owner(&test, &sample).await;
        let mut numbers = Vec::new();
        for _ in 0..50 {
            numbers.push(complete(&owner, &sample).await);
        }
        let clicks: Vec<_> = numbers
            .iter()
            .map(|no| {
                let (owner, no) = (owner.clone(), no.clone());
                tokio::spawn(async move { service::submit(&owner, &no, "click", true).await })
            })
            .collect();
        for click in clicks {
            assert_eq!(click.await.unwrap().unwrap(), []);
        }
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM application WHERE state = 'submitted' AND submitted_at IS NOT NULL").await, 50);
        assert_eq!(test.count("SELECT COUNT(DISTINCT no) AS n FROM application").await, 50);
        assert_eq!(test.count("SELECT COUNT(DISTINCT application_id) AS n FROM application_version").await, 50);
    }
}

#[tokio::test]
async fn a_version_is_frozen_for_ever() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        service::submit(&owner, &no, "c", true).await.unwrap();
        let before = service::version(&owner, &no, 1).await.unwrap();
        let mut tx = test.app.db.read().await.unwrap();
        let id = store::find(&mut tx, &no).await.unwrap().unwrap().id;
        let stored = store::find_version(&mut tx, &id, Some(1)).await.unwrap().unwrap();
        assert!(store::find_version(&mut tx, &id, Some(2)).await.unwrap().is_none());
        drop(tx);
        let frozen: crate::application::frozen::Frozen = serde_json::from_str(&stored.body).unwrap();
        assert_eq!(stored.sha256, ids::digest(&frozen.hashed_text()));
        assert_eq!(stored.sha256, before.1);
        assert_eq!(stored.sha256, ids::digest(&before.0.hashed_text()), "what a reader is shown has the same hash");
        assert_eq!((frozen.no.as_str(), frozen.version, frozen.pages.len()), (no.as_str(), 1, 10));
        let unit = unit_of(&owner);
        let renamed = "UPDATE unit SET name = '改名以后', profile = '{}' WHERE id = $1";
        test.app.db.write(move |tx| Box::pin(async move { tx.run(renamed, crate::vals![unit]).await })).await.unwrap();
        assert_eq!(service::version(&owner, &no, 1).await.unwrap(), before);
        assert_eq!(service::review(&owner, &no).await.unwrap().frozen, before.0);
        let stranger = test.member("enterprise", Role::Owner).await;
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        assert_eq!(service::version(&stranger, &no, 1).await.err(), Some(AppError::NotFound));
        assert_eq!(service::version(&owner, &no, 2).await.err(), Some(AppError::NotFound));
        assert!(service::version(&reader, &no, 1).await.is_ok());
    }
}

#[tokio::test]
async fn what_is_printed_carries_the_code_of_its_receipt() {
    use crate::document::service::{check, receipt_code};
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let none = "0".repeat(64);
        for fingerprint in ["", &none] {
            assert_eq!(receipt_code(&owner, &no, fingerprint).await.err(), Some(AppError::NotFound), "of a draft there is none");
        }
        service::submit(&owner, &no, "c", true).await.unwrap();
        let first = service::version(&owner, &no, 1).await.unwrap().1;
        let code = receipt_code(&owner, &no, &first).await.unwrap();
        assert!(code.svg.starts_with("<svg") && code.svg.contains("<path"));
        let path = code.statement.strip_prefix(test.app.signer.origin()).unwrap();
        let checked = check(&test.app, path).await.unwrap();
        assert_eq!(checked.doubt, None);
        assert_eq!(checked.claim.map(|claim| (claim.kind, claim.number)), Some((crate::document::model::Kind::Receipt, code.number.clone())));
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM document WHERE opened_at IS NOT NULL AND case_no = $1", &no).await, 0, "nobody opened it");
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(receipt_code(&stranger, &no, &first).await.err(), Some(AppError::NotFound));
        assert_eq!(receipt_code(&test.nobody(), &no, &first).await.err(), Some(AppError::SignIn));
        // Each version keeps its own.
        test.wait(1);
        notice(&officer(&test).await, &no, "basic/postcode").await;
        lay(&owner, &no, Values::from([("basic/postcode".to_owned(), "710018".to_owned())])).await;
        assert_eq!(service::resubmit(&owner, &no, "d", true, vec!["basic/postcode".to_owned()]).await.unwrap(), []);
        let second = service::version(&owner, &no, 2).await.unwrap().1;
        assert_eq!(receipt_code(&owner, &no, &first).await.unwrap(), code);
        assert_ne!(receipt_code(&owner, &no, &second).await.unwrap().number, code.number);
    }
}

/// Stores another version of the catalogue, in force from a day on; its name.
async fn another_version(test: &TestApp, from: &str, change: impl FnOnce(&mut Catalogue)) -> String {
    let mut another = Catalogue::builtin();
    // Versions read are kept by name for the whole process: this one is nobody else's.
    another.version = ids::token();
    another.effective_from = from.to_owned();
    change(&mut another);
    let version = another.version.clone();
    test.app.db.write(move |tx| Box::pin(async move { crate::catalogue::store::insert(tx, &another, None, 0).await })).await.unwrap();
    version
}

#[tokio::test]
async fn an_application_goes_by_the_catalogue_of_the_day_it_is_handed_in() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let of_catalogue = async || store::find(&mut test.app.db.read().await.unwrap(), &no).await.unwrap().unwrap().catalogue_version;
        let shown = async || service::book(&owner, &no, "items").await.unwrap().doc.get("items/items/SE031/parameters").to_owned();
        let scope = |catalogue: &mut Catalogue, text: &str| {
            catalogue.items.iter_mut().filter(|item| item.id == "SE031").for_each(|item| item.parameters = text.to_owned());
        };
        let change = |catalogue: &mut Catalogue| {
            scope(catalogue, "整定压力小于 10 MPa");
            catalogue.limits.usual.accept = 3;
        };
        let second = another_version(&test, "2026-11-23", change).await;
        assert_eq!(shown().await, "其他安全阀", "not in force yet");
        test.wait(24 * 60);
        assert_eq!((shown().await.as_str(), of_catalogue().await), ("整定压力小于 10 MPa", Catalogue::builtin().version), "it is shown before it is handed in");
        let review = service::review(&owner, &no).await.unwrap();
        assert_eq!((review.frozen.catalogue_version, review.limits.accept, review.limits.decide), (second.clone(), 3, 20));
        assert_eq!(service::submit(&owner, &no, "c1", true).await.unwrap(), []);
        assert_eq!(of_catalogue().await, second);
        let review = service::review(&owner, &no).await.unwrap();
        assert_eq!(review.head.clock.and_then(|clock| clock.due), Some(date(2026, 11, 26)), "its limits hold, too");
        assert!(review.frozen.catalogue_version == second && serde_json::to_string(&review.frozen).unwrap().contains("整定压力小于 10 MPa"));

        // It stays with that one: a correction is no other application.
        another_version(&test, "2026-11-24", |catalogue| scope(catalogue, "")).await;
        test.wait(24 * 60);
        notice(&officer(&test).await, &no, "basic/postcode").await;
        let review = service::review(&owner, &no).await.unwrap();
        assert_eq!((review.frozen.catalogue_version, review.changes), (second.clone(), Vec::new()));
        assert_eq!(shown().await, "整定压力小于 10 MPa");
        lay(&owner, &no, Values::from([("basic/postcode".to_owned(), "710018".to_owned())])).await;
        assert_eq!(service::resubmit(&owner, &no, "c2", true, vec!["basic/postcode".to_owned()]).await.unwrap(), []);
        assert_eq!(of_catalogue().await, second);
        // A copy is a new draft, by the newest.
        let copy = service::copy(&owner, &no).await.unwrap();
        assert_eq!(service::book(&owner, &copy, "items").await.unwrap().doc.get("items/items/SE031/parameters"), "");
    }
}

#[tokio::test]
async fn an_item_withdrawn_from_the_catalogue_is_told() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let version = another_version(&test, "2026-11-23", |catalogue| catalogue.items.retain(|item| item.id != "SE033")).await;
        assert_eq!(errors(&owner, &no).await, Vec::<String>::new(), "not in force yet");
        test.wait(24 * 60);
        let issues = service::submit(&owner, &no, "c", true).await.unwrap();
        assert_eq!(issues.iter().map(|i| i.path.as_str()).collect::<Vec<_>>(), ["items/items"]);
        assert!(issues[0].message.zh.contains("SE033"), "{issues:?}");
        let review = service::review(&owner, &no).await.unwrap();
        assert_eq!(review.issues, [("items".to_owned(), issues)], "the page that leads here says what the refusal says");
        assert_eq!(state(&owner, &no).await, (State::Draft, None));
        assert_eq!(service::book(&owner, &no, "items").await.unwrap().doc.rows("items/items").len(), 2, "what was chosen stands until something else is");
        let fresh = draft(&owner, Chosen { items: vec!["SE031".into()], ..sample.chosen() }).await;
        let record = store::find(&mut test.app.db.read().await.unwrap(), &fresh).await.unwrap().unwrap();
        assert_eq!(record.catalogue_version, version);
    }
}
