//! Changing a draft by ops.

use super::*;
use crate::application::store;

fn applied(outcome: &Outcome) -> i64 {
    match outcome {
        Outcome::Applied { revision } => *revision,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn ops_apply_conflict_and_answer_again() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let first = op("a", "basic/fax", NEW, "029-1");
        let at = applied(&one(&owner, &no, first.clone()).await);
        assert_eq!(one(&owner, &no, first.clone()).await, Outcome::Applied { revision: at }, "the same id, the same answer");
        let late = op("b", "basic/fax", NEW, "029-2");
        let conflict = Outcome::Conflict { theirs: Some("029-1".into()), revision: at };
        assert_eq!(one(&owner, &no, late.clone()).await, conflict);
        assert_eq!(applied(&one(&owner, &no, op("c", "basic/fax", Base::Op("a".into()), "029-3")).await), revision(&owner, &no).await);
        assert_eq!(one(&owner, &no, late).await, conflict, "also of a conflict");
        assert_eq!(one(&owner, &no, first).await, Outcome::Applied { revision: at });
        assert_eq!(service::book(&owner, &no, "basic").await.unwrap().doc.get("basic/fax"), "029-3");
        let same = one(&owner, &no, op("d", "basic/fax", NEW, "029-3")).await;
        assert!(matches!(same, Outcome::Applied { .. }), "two who type the same do not quarrel");
        let other = one(&owner, &no, op("e", "basic/website", NEW, "https://a.cn")).await;
        assert!(matches!(other, Outcome::Applied { .. }));
        let twice = [op("f", "works/summary", NEW, "一"), op("f", "works/summary", NEW, "一")];
        let saved = save(&owner, &no, &twice).await.unwrap();
        assert_eq!(saved.outcomes.len(), 2);
        assert_eq!(saved.outcomes[0], saved.outcomes[1], "twice in one batch");
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM draft_op WHERE id = $1", "f").await, 1);
    }
}

#[tokio::test]
async fn what_is_typed_is_kept_tidy_and_composed() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        applied(&one(&owner, &no, op("a", "works/summary", NEW, " Jose\u{301}\u{200b} ")).await);
        assert_eq!(service::book(&owner, &no, "works").await.unwrap().doc.get("works/summary"), "Jos\u{e9}");
    }
}

#[tokio::test]
async fn a_queue_of_edits_does_not_conflict_with_itself() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let queue = [op("a", "basic/fax", NEW, "1"), op("b", "basic/fax", Base::Op("a".into()), "12"), op("c", "basic/fax", Base::Op("b".into()), "123")];
        let before = revision(&owner, &no).await;
        let saved = save(&owner, &no, &queue).await.unwrap();
        let revisions: Vec<i64> = saved.outcomes.iter().map(|(_, o)| applied(o)).collect();
        assert_eq!(revisions, [before + 1, before + 2, before + 3]);
        assert_eq!(saved.revision, before + 3);
        let broken = one(&owner, &no, op("d", "basic/fax", Base::Op("a".into()), "x")).await;
        assert_eq!(broken, Outcome::Conflict { theirs: Some("123".into()), revision: before + 3 });
    }
}

#[tokio::test]
async fn a_replay_after_the_end_still_gets_its_answer() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let first = op("a", "basic/fax", NEW, "029-1");
        let answer = one(&owner, &no, first.clone()).await;
        let before = service::changes(&owner, &no, 0).await.unwrap();
        service::delete(&owner, &no).await.unwrap();
        let replayed = save(&owner, &no, std::slice::from_ref(&first)).await.unwrap();
        assert_eq!((replayed.outcomes, replayed.revision), (vec![("a".to_owned(), answer.clone())], before.revision));
        assert!(is_moved(save(&owner, &no, &[op("b", "basic/fax", Base::Op("a".into()), "x")]).await));
        assert!(is_moved(save(&owner, &no, &[first.clone(), op("b", "basic/fax", NEW, "x")]).await), "all or none");
        service::restore(&owner, &no).await.unwrap();
        test.wait(1);
        let again = save(&owner, &no, &[first]).await.unwrap();
        assert_eq!((again.outcomes, again.revision), (vec![("a".to_owned(), answer)], before.revision));
        assert_eq!(service::changes(&owner, &no, 0).await.unwrap().changed, before.changed, "replaying changes nothing");
    }
}

#[tokio::test]
async fn a_removed_row_stays_removed() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let row = "staff/people/r1";
        let at = applied(&one(&owner, &no, op("a", row, NEW, "m")).await);
        one(&owner, &no, op("b", "staff/people/r1/name", NEW, "郑小刚")).await;
        let removed = applied(&one(&owner, &no, gone("c", row, Base::Revision(at))).await);
        assert_eq!(one(&owner, &no, op("d", "staff/people/r1/post", NEW, "焊工")).await, Outcome::Conflict { theirs: None, revision: removed });
        assert!(service::book(&owner, &no, "staff").await.unwrap().doc.rows("staff/people").is_empty());
        let back = one(&owner, &no, op("e", row, Base::Revision(removed), "m")).await;
        applied(&back);
        let (_, rows) = service::table_rows(&owner, &no, "staff", "people").await.unwrap();
        assert_eq!((rows.len(), rows[0]["name"].as_str()), (1, "郑小刚"), "brought back with what it held");
    }
}

#[tokio::test]
async fn what_no_page_sends_is_refused() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let before = revision(&owner, &no).await;
        let id = "i".repeat(81);
        for wrong in [
            op("x", "cover/org_name", Base::Revision(before), "别的公司"),
            op("x", "items/items/SE031/parameters", Base::Revision(before), "不限"),
            op("x", "items/items/SE001", NEW, "m"),
            gone("x", "items/items/SE031", Base::Revision(before)),
            op("x", "basic", NEW, "1"),
            op("x", "nonsense/fax", NEW, "1"),
            op("x", "basic/fax/", NEW, "1"),
            op("x", "basic//fax", NEW, "1"),
            op("x", "basic/a/b/c/d", NEW, "1"),
            op("x", "basic/fa x", NEW, "1"),
            op("x", "basic/电话", NEW, "1"),
            op("x", &format!("basic/{}", "a".repeat(61)), NEW, "1"),
            op("x", "basic/fax", NEW, "a\0b"),
            op("", "basic/fax", NEW, "1"),
            op("x\0", "basic/fax", NEW, "1"),
            op(&id, "basic/fax", NEW, "1"),
        ] {
            let batch = [op("good", "basic/website", NEW, "https://a.cn"), wrong.clone()];
            assert!(is_bad(save(&owner, &no, &batch).await), "{wrong:?}");
        }
        let long = save(&owner, &no, &[op("good", "basic/website", NEW, "https://a.cn"), op("x", "works/summary", NEW, &"好".repeat(70_000))]).await;
        assert!(matches!(&long, Err(AppError::Refused(say)) if say.zh.contains("过长")), "{long:?}");
        let many: Vec<Op> = (0..8001).map(|n| op(&format!("n{n}"), "basic/fax", NEW, "1")).collect();
        assert!(is_bad(save(&owner, &no, &many).await));
        assert_eq!(revision(&owner, &no).await, before, "all or none");
        applied(&one(&owner, &no, op("p", "items/items/SE031/product", NEW, "A42Y-16C")).await);
        assert!(service::import_rows(&owner, &no, "items", "items", vec![Values::new()]).await.is_err(), "items are chosen in the picker");
        let unknown = one(&owner, &no, op("u", "basic/of_a_newer_page", NEW, "kept")).await;
        applied(&unknown);
    }
}

#[tokio::test]
async fn only_who_may_write_and_only_ones_own() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let change = [op("a", "basic/fax", NEW, "1")];
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(save(&reader, &no, &change).await.err(), Some(AppError::Forbidden));
        assert_eq!(save(&stranger, &no, &change).await.err(), Some(AppError::NotFound));
        assert_eq!(save(&test.nobody(), &no, &change).await.err(), Some(AppError::SignIn));
        assert_eq!(save(&owner, "20261122999999", &change).await.err(), Some(AppError::NotFound));
        for page in ["basic", "cover"] {
            assert_eq!(service::book(&stranger, &no, page).await.err(), Some(AppError::NotFound));
        }
        assert_eq!(service::review(&stranger, &no).await.err(), Some(AppError::NotFound));
        assert_eq!(service::changes(&stranger, &no, 0).await.err(), Some(AppError::NotFound));
        assert_eq!(service::book(&owner, &no, "calibration").await.err(), Some(AppError::NotFound), "a page this book does not have");
        assert!(service::book(&reader, &no, "basic").await.is_ok());
        let filler = test.join(&unit_of(&owner), Role::Filler).await;
        assert!(save(&filler, &no, &change).await.is_ok());
        assert!(save(&reader, &no, &change).await.is_ok(), "a replay is answered before rights are asked");
        let (other, elsewhere) = (Sample::of(NATIONAL), "b");
        let neighbour = super::owner(&test, &other).await;
        let theirs = draft(&neighbour, other.chosen()).await;
        one(&neighbour, &theirs, op(elsewhere, "basic/fax", NEW, "secret")).await;
        assert!(
            is_moved(save(&owner, &no, &[op(elsewhere, "basic/fax", Base::Revision(i64::MAX), "2")]).await),
            "the answer of another draft is not given away"
        );
    }
}

#[tokio::test]
async fn others_see_what_changed_since() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let filler = test.join(&unit_of(&owner), Role::Filler).await;
        let start = service::changes(&owner, &no, -1).await.unwrap();
        assert!(start.changed.len() > 10, "the first filling");
        assert!(service::changes(&owner, &no, start.revision).await.unwrap().changed.is_empty());
        test.wait(1);
        one(&filler, &no, op("a", "basic/fax", NEW, "1")).await;
        let seen = service::changes(&owner, &no, start.revision).await.unwrap();
        assert_eq!(seen.changed.keys().collect::<Vec<_>>(), ["basic/fax"]);
        assert_eq!((seen.changed["basic/fax"].op_id.as_str(), seen.saved_at >= start.saved_at + 60_000), ("a", true));
        let batch = Batch { no: no.clone(), seen: start.revision, ops: vec![op("b", "basic/website", NEW, "https://a.cn")] };
        let saved = service::save(&owner, batch).await.unwrap();
        assert_eq!(saved.changed.keys().collect::<Vec<_>>(), ["basic/fax", "basic/website"], "the answer to a save brings others' changes along");
    }
}

#[tokio::test]
async fn many_at_once_lose_nothing() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let before = revision(&owner, &no).await;
        let writers = (0..20).map(|n| {
            let (owner, no) = (owner.clone(), no.clone());
            // Every op is sent twice, as an impatient client does, and the row is another for each.
            tokio::spawn(async move {
                let op = op(&format!("op{n}"), &format!("staff/people/r{n}"), NEW, "m");
                let (a, b) = tokio::join!(save(&owner, &no, std::slice::from_ref(&op)), save(&owner, &no, std::slice::from_ref(&op)));
                (a.unwrap().outcomes, b.unwrap().outcomes)
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            let (a, b) = writer.await.unwrap();
            assert_eq!(a, b);
            applied(&a[0].1);
        }
        assert_eq!(service::book(&owner, &no, "staff").await.unwrap().doc.rows("staff/people").len(), 20);
        assert_eq!(revision(&owner, &no).await, before + 20);
        let rivals = (0..20).map(|n| {
            let (owner, no) = (owner.clone(), no.clone());
            tokio::spawn(async move { one(&owner, &no, op(&format!("rival{n}"), "basic/fax", NEW, &n.to_string())).await })
        });
        let mut won = 0;
        for rival in rivals.collect::<Vec<_>>() {
            won += i32::from(matches!(rival.await.unwrap(), Outcome::Applied { .. }));
        }
        assert_eq!(won, 1, "one of twenty wins the field, the others are told");
    }
}

#[tokio::test]
async fn the_history_knows_what_a_path_held() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let start = revision(&owner, &no).await;
        for (n, value) in ["1", "2", "3"].iter().enumerate() {
            one(&owner, &no, op(&format!("h{n}"), "basic/legal_rep", Base::Revision(i64::MAX), value)).await;
        }
        let mut tx = test.app.db.read().await.unwrap();
        let id = store::find(&mut tx, &no).await.unwrap().unwrap().id;
        for (revision, value) in [(0, None), (start, Some("李守正")), (start + 1, Some("1")), (start + 2, Some("2")), (start + 9, Some("3"))] {
            assert_eq!(store::value_at(&mut tx, &id, "basic/legal_rep", revision).await.unwrap().as_deref(), value, "{revision}");
        }
        let paths: Vec<String> = (0..250).map(|n| format!("basic/nothing{n}")).chain(["basic/legal_rep".to_owned()]).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let doc = store::cells_at(&mut tx, &id, &paths).await.unwrap();
        assert_eq!((doc.cells.len(), doc.get("basic/legal_rep")), (1, "3"), "however many paths are asked for");
        assert_eq!(store::answered(&mut tx, &id, &paths).await.unwrap().len(), 0);
        assert_eq!(store::count_cells(&mut tx, &id).await.unwrap(), i64::try_from(store::cells(&mut tx, &id, -1).await.unwrap().cells.len()).unwrap());
    }
}
