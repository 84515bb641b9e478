//! Deleting and bringing back, withdrawing, copying.

use super::*;
use crate::application::store;
use crate::workflow::{ActionKind, State};

async fn record(visit: &Visit, no: &str) -> store::Record {
    store::find(&mut visit.app.db.read().await.unwrap(), no).await.unwrap().unwrap()
}

async fn events(visit: &Visit, no: &str) -> Vec<String> {
    let mut tx = visit.app.db.read().await.unwrap();
    let id = store::find(&mut tx, no).await.unwrap().unwrap().id;
    crate::casework::store::timeline(&mut tx, &id).await.unwrap().into_iter().map(|event| event.what.happened().zh.to_owned()).collect()
}

#[tokio::test]
async fn a_draft_is_deleted_and_brought_back() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        test.wait(1);
        service::delete(&owner, &no).await.unwrap();
        service::delete(&owner, &no).await.unwrap();
        assert_eq!(record(&owner, &no).await.case.state, State::Deleted);
        assert!(is_moved(service::book(&owner, &no, "basic").await));
        assert!(is_moved(service::review(&owner, &no).await));
        assert!(is_moved(service::changes(&owner, &no, 0).await));
        assert!(is_moved(service::table_rows(&owner, &no, "basic", "certs").await.map(|_| ())));
        assert!(is_moved(service::copy(&owner, &no).await));
        test.wait(1);
        service::restore(&owner, &no).await.unwrap();
        service::restore(&owner, &no).await.unwrap();
        assert_eq!(service::book(&owner, &no, "basic").await.unwrap().doc.get("basic/legal_rep"), "李守正");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM application WHERE ended_at IS NOT NULL").await, 0);
        assert_eq!(events(&owner, &no).await, ["新建申请", "删除草稿", "恢复草稿"], "once each");
    }
}

#[tokio::test]
async fn a_submission_is_withdrawn() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let filler = test.join(&unit_of(&owner), Role::Filler).await;
        let no = complete(&owner, &sample).await;
        assert!(is_moved(service::withdraw(&owner, &no, "").await), "not before it is submitted");
        service::submit(&owner, &no, "c", true).await.unwrap();
        assert_eq!(service::withdraw(&filler, &no, "").await.err(), Some(AppError::Forbidden));
        test.wait(1);
        for _ in 0..2 {
            service::withdraw(&owner, &no, "材料有误").await.unwrap();
        }
        let review = service::review(&owner, &no).await.unwrap();
        assert_eq!((review.head.state, review.head.clock), (State::Withdrawn, None));
        assert_eq!(review.sha256.len(), 64, "the version stays readable");
        assert_eq!(events(&owner, &no).await, ["新建申请", "提交申请", "撤回申请"]);
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM case_event WHERE reason = $1", "材料有误").await, 1);
        assert!(is_moved(service::restore(&owner, &no).await));
        assert!(is_moved(save(&owner, &no, &[op("a", "basic/fax", Base::Revision(i64::MAX), "1")]).await));
    }
}

#[tokio::test]
async fn a_copy_has_the_answers_but_no_declaration() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let people = service::table_rows(&owner, &no, "staff", "people").await.unwrap().1.len();
        let row = "staff/people/extra";
        save(&owner, &no, &[op("v", row, NEW, "zz"), op("w", &format!("{row}/name"), NEW, "走了的人"), gone("x", row, Base::Op("v".into()))]).await.unwrap();
        assert_eq!(service::submit(&owner, &no, "c", true).await.unwrap(), []);
        test.wait(2 * 24 * 60);
        let copy = service::copy(&owner, &no).await.unwrap();
        assert_ne!(copy, no);
        let new = record(&owner, &copy).await;
        assert_eq!(
            (new.case.state, new.case.submitted_at, new.facts.copied_from.as_str(), new.items),
            (State::Draft, None, no.as_str(), vec!["SE031".to_owned(), "SE033".to_owned()])
        );
        let cells = service::changes(&owner, &copy, -1).await.unwrap().changed;
        for absent in ["items/declarer", "items/declared_on", "staff/people/extra", "staff/people/extra/name", "items/signed/0001"] {
            assert!(!cells.contains_key(absent), "{absent}");
        }
        assert!(cells.values().all(|cell| cell.value.is_some()), "no tombstones");
        assert_eq!(cells["cover/apply_date"].value.as_deref(), Some("2026-11-24"), "of today, not of the earlier one");
        assert_eq!(service::table_rows(&owner, &copy, "staff", "people").await.unwrap().1.len(), people);
        let view = service::book(&owner, &copy, "basic").await.unwrap();
        assert_eq!((view.doc.get("basic/postcode"), view.doc.get("basic/org_name")), ("710016", "西安示范阀门制造有限公司"));
        assert_eq!(view.doc.revision, 1);
        assert_eq!(events(&owner, &copy).await, ["由以前的申请复制"]);
        assert_eq!(record(&owner, &no).await.case.state, State::Submitted, "the old one is untouched");
        assert!(matches!(one(&owner, &copy, op("y", "basic/postcode", Base::Revision(1), "710017")).await, Outcome::Applied { .. }));
    }
}

#[tokio::test]
async fn who_may_do_what() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let unit = unit_of(&owner);
        let reader = test.join(&unit, Role::Reader).await;
        let filler = test.join(&unit, Role::Filler).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(service::review(&reader, &no).await.unwrap().head.actions, [ActionKind::Read]);
        for act in ["delete", "copy"] {
            assert_eq!(service::act(&reader, &no, act).await.err(), Some(AppError::Forbidden), "{act}");
        }
        for act in ["delete", "restore", "copy"] {
            assert_eq!(service::act(&stranger, &no, act).await.err(), Some(AppError::NotFound), "{act}");
            assert_eq!(service::act(&test.nobody(), &no, act).await.err(), Some(AppError::SignIn), "{act}");
        }
        for act in ["submit", "withdraw"] {
            assert!(is_bad(service::act(&owner, &no, act).await.map(|_| ())), "{act} has a door of its own");
        }
        let to = |answer| match answer {
            Answer::Go(to) => to,
            other => panic!("{}", told(other)),
        };
        assert_eq!(to(service::act(&filler, &no, "delete").await.unwrap()), format!("/applications?deleted={no}"));
        assert_eq!(service::act(&reader, &no, "restore").await.err(), Some(AppError::Forbidden));
        assert_eq!(to(service::act(&filler, &no, "restore").await.unwrap()), "/applications");
        assert_eq!(to(service::act(&filler, &no, "copy").await.unwrap()), "/applications/20261122000002");
    }
}

#[tokio::test]
async fn deleting_and_submitting_at_once_end_in_one_state() {
    for test in engines().await {
        let sample = Sample::of(CALIBRATION);
        let owner = owner(&test, &sample).await;
        for n in 0..6 {
            let no = complete(&owner, &sample).await;
            let click = format!("c{n}");
            let (submitted, deleted) = tokio::join!(service::submit(&owner, &no, &click, true), service::delete(&owner, &no));
            match record(&owner, &no).await.case.state {
                State::Submitted => assert!(submitted.is_ok() && is_moved(deleted)),
                State::Deleted => assert!(is_moved(submitted) && deleted.is_ok()),
                other => panic!("{other:?}"),
            }
        }
    }
}
