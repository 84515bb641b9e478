//! The record of a case: any change of it shows, and where.

use super::*;
use crate::casework::verify::{Audit, Found, verify};

/// Changes what the program itself never changes.
async fn tamper(test: &TestApp, sql: &'static str) {
    let touched = test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![]).await })).await.unwrap();
    assert!(touched > 0, "{sql}");
}

async fn bad(test: &TestApp) -> String {
    match verify(&test.app).await.unwrap() {
        Found::Bad(what) => what,
        sound => panic!("{sound:?}"),
    }
}

/// Three cases, the second of them with seven events.
async fn some(test: &TestApp) -> String {
    submitted(test).await;
    let (owner, no) = submitted(test).await;
    for _ in 0..2 {
        act(&owner, &no, Action::Acknowledge { document: ids::token() }).await.unwrap();
    }
    let officer = official(test, SHAANXI, &["acceptance"]).await;
    act(&officer, &no, Action::Take).await.unwrap();
    let colleague = official(test, SHAANXI, &["acceptance"]).await.caller().unwrap().account_id.clone();
    act(&officer, &no, Action::HandOver { to: colleague }).await.unwrap();
    act(&owner, &no, Action::Withdraw { reason: "有误".into() }).await.unwrap();
    submitted(test).await;
    record(test, &no).await.id
}

#[tokio::test]
async fn whole_records_are_whole() {
    for test in engines().await {
        assert_eq!(verify(&test.app).await.unwrap(), Found::Sound { cases: 0, events: 0 });
        some(&test).await;
        assert_eq!(verify(&test.app).await.unwrap(), Found::Sound { cases: 3, events: 11 });
    }
}

#[tokio::test]
async fn every_change_shows_and_where() {
    for (sql, event, what) in [
        ("UPDATE case_event SET payload = '{\"act\":\"withdraw\",\"reason\":\"不是我\"}' WHERE event = 'withdrawn'", "event 7 (withdrawn)", "content"),
        ("UPDATE case_event SET at = at - 1 WHERE event = 'taken'", "event 5 (taken)", "content"),
        ("UPDATE case_event SET account_id = 'other' WHERE event = 'taken'", "event 5 (taken)", "content"),
        ("UPDATE case_event SET reason = '' WHERE event = 'withdrawn'", "event 7 (withdrawn)", "content"),
        ("UPDATE case_event SET documents = '[\"x\"]' WHERE event = 'handed-over'", "event 6 (handed-over)", "content"),
        ("UPDATE case_event SET hash = 'x' WHERE event = 'taken'", "event 5 (taken)", "content"),
        ("DELETE FROM case_event WHERE event = 'taken'", "event 6 (handed-over)", "an event before it is missing"),
        ("DELETE FROM case_event WHERE event = 'withdrawn'", "", "events after 6 are missing"),
        ("UPDATE application SET projection = REPLACE(projection, '\"withdrawn\"', '\"granted\"') WHERE state = 'withdrawn'", "", "not what its events make"),
    ] {
        for test in engines().await {
            let id = some(&test).await;
            tamper(&test, sql).await;
            let told = bad(&test).await;
            assert!(told.contains(event) && told.contains(what), "{sql}: {told}");
            assert!(event.is_empty() || told.contains(&id), "{told}");
        }
    }
}

#[tokio::test]
async fn a_record_that_is_gone_shows() {
    for test in engines().await {
        let (_, no) = drafted(&test).await;
        tamper(&test, "DELETE FROM case_event").await;
        assert!(bad(&test).await.contains(&no));
    }
}

#[tokio::test]
async fn a_forged_chain_must_still_make_the_case() {
    for test in engines().await {
        let (_, no) = submitted(&test).await;
        let id = record(&test, &no).await.id;
        // Somebody who can compute hashes rewrites the last event, but not the case.
        let rows = store::links_after(&mut test.app.db.read().await.unwrap(), "", 0, 10).await.unwrap();
        let mut link = rows.last().unwrap().0.clone();
        link.payload = "{\"act\":\"delete\"}".into();
        link.event = "deleted".into();
        let hash = link.hash().unwrap();
        let sql = "UPDATE case_event SET payload = $1, event = $2, hash = $3 WHERE application_id = $4 AND seq = 2";
        let args = crate::vals![link.payload, link.event, hash, id];
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, args).await })).await.unwrap();
        assert!(bad(&test).await.contains("not what its events make"));
    }
}

/// Whoever acts while the record is gone through tampers with nothing: what came since is read, too.
#[tokio::test]
async fn people_act_while_it_is_checked() {
    for test in engines().await {
        let both = [submitted(&test).await, submitted(&test).await];
        let acts = async || {
            for (owner, no) in &both {
                act(owner, no, Action::Acknowledge { document: ids::token() }).await.unwrap();
            }
        };
        let mut tx = test.app.db.read().await.unwrap();
        let mut audit = Audit::default();
        let rows = audit.read(&mut tx).await.unwrap();
        assert_eq!(rows.len(), 4);
        acts().await;
        acts().await;
        assert_eq!(audit.follow(&mut tx, rows).await.unwrap(), None, "the first case went on before the second was begun");
        let rows = audit.read(&mut tx).await.unwrap();
        assert_eq!(rows.len(), 2, "of the second case");
        assert_eq!(audit.follow(&mut tx, rows).await.unwrap(), None);
        assert_eq!(audit.read(&mut tx).await.unwrap().len(), 0);
        acts().await;
        assert_eq!(audit.end(&mut tx).await.unwrap(), None);
        assert_eq!(audit.sound(), Found::Sound { cases: 2, events: 9 }, "but not what the first did after it was done with");
        assert_eq!(verify(&test.app).await.unwrap(), Found::Sound { cases: 2, events: 10 });
        // What is read on is judged like anything else.
        let mut audit = Audit::default();
        let rows = audit.read(&mut tx).await.unwrap();
        acts().await;
        tamper(&test, "UPDATE case_event SET reason = 'x' WHERE seq = 6").await;
        let told = audit.follow(&mut tx, rows).await.unwrap();
        assert!(told.as_ref().is_some_and(|told| told.contains("event 6") && told.contains("content")), "{told:?}");
    }
}
