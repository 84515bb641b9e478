//! A change that is cut off in the middle leaves nothing.

use super::letters::{granted, people};
use super::*;
use crate::casework::certify;
use crate::form::Values;
use crate::server::db::Db;

/// Lets every write to a table fail, or no longer.
async fn cut(test: &TestApp, table: &str, event: &str, on: bool) {
    let statements = match (&test.app.db, on) {
        (Db::Sqlite { .. }, true) => vec![format!("CREATE TRIGGER cut BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, 'cut'); END")],
        (Db::Sqlite { .. }, false) => vec!["DROP TRIGGER cut".to_owned()],
        (Db::Postgres(_), true) => vec![
            "CREATE OR REPLACE FUNCTION cut() RETURNS trigger AS 'BEGIN RAISE EXCEPTION ''cut''; END' LANGUAGE plpgsql".to_owned(),
            format!("CREATE TRIGGER cut BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION cut()"),
        ],
        (Db::Postgres(_), false) => vec![format!("DROP TRIGGER cut ON {table}")],
    };
    for sql in statements {
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![]).await })).await.unwrap();
    }
}

/// Everything an act may leave behind.
async fn left(test: &TestApp) -> Vec<i64> {
    vec![
        test.count("SELECT COUNT(*) AS n FROM document").await,
        test.count("SELECT COUNT(*) AS n FROM certificate").await,
        test.count("SELECT COUNT(*) AS n FROM case_event").await,
        test.count("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) AS n FROM counter").await,
        test.count("SELECT COUNT(*) AS n FROM audit").await,
        test.count("SELECT COUNT(*) AS n FROM application WHERE state = 'granted'").await,
        test.count("SELECT COUNT(*) AS n FROM message").await,
        test.count("SELECT COUNT(*) AS n FROM outbox").await,
        test.count("SELECT COUNT(*) AS n FROM review_booking").await,
    ]
}

#[tokio::test]
async fn cut_off_between_any_two_writes_nothing_has_happened() {
    for test in engines().await {
        let people = people(&test).await;
        let (_, no) = granted(&test, "[\"SE031\",\"SE061\"]").await;
        let before = left(&test).await;
        for (table, event) in [
            ("counter", "INSERT"),
            ("document", "INSERT"),
            ("certificate", "INSERT"),
            ("case_event", "INSERT"),
            ("application", "UPDATE"),
            ("audit", "INSERT"),
            ("message", "INSERT"),
            ("outbox", "INSERT"),
        ] {
            cut(&test, table, event, true).await;
            let cut_off = certify::issue(&people.officer, &no, "once", 2, &Values::new()).await;
            cut(&test, table, event, false).await;
            assert!(cut_off.is_err(), "{table}");
            assert_eq!(left(&test).await, before, "{table}");
        }
        assert_eq!(certify::issue(&people.officer, &no, "once", 2, &Values::new()).await, Ok(State::Issued));
        let after = left(&test).await;
        assert_eq!((after[0] - before[0], after[1], after[2] - before[2], after[5]), (2, 2, 1, 0));
        assert!(after[6] > before[6] && after[7] > before[7], "the holder is told, once it is done");
    }
}

#[tokio::test]
async fn an_agreement_that_is_cut_off_books_nobody_and_tells_nobody() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = submitted(&test).await;
        let window = days(date(2026, 3, 9), date(2026, 3, 10));
        act(&people.officer, &no, Action::Accept { agency: Some(unit_of(&people.lead)), checked: Vec::new() }).await.unwrap();
        act(&people.officer, &no, Action::Entrust).await.unwrap();
        act(&owner, &no, Action::Propose { windows: vec![window] }).await.unwrap();
        let before = left(&test).await;
        let agree = || act(&people.lead, &no, Action::Agree { window, reviewers: vec![people.reviewer.clone()] });
        for table in ["review_booking", "document", "case_event", "audit", "message", "outbox"] {
            cut(&test, table, "INSERT", true).await;
            let cut_off = agree().await;
            cut(&test, table, "INSERT", false).await;
            assert!(cut_off.is_err(), "{table}");
            assert_eq!(left(&test).await, before, "{table}");
        }
        agree().await.unwrap();
        assert_eq!(left(&test).await.pop(), Some(2), "a row for each day");
    }
}
