//! The store's promises: what is acknowledged is there, what is refused or killed leaves nothing, in whatever company.

use super::*;
use crate::server::testing::TestApp;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const INSERT: &str = "INSERT INTO setting (key, value) VALUES ($1, $2)";

async fn put(db: &Db, key: &str, value: &str) -> Result<()> {
    let row = vals![key, value];
    db.write(move |tx| Box::pin(async move { tx.run(INSERT, row).await.map(drop) })).await
}

async fn get(db: &Db, key: &str) -> Option<String> {
    let row = db.read().await.unwrap().row("SELECT value FROM setting WHERE key = $1", vals![key]).await.unwrap();
    row.map(|row| row.text("value").unwrap())
}

#[tokio::test]
async fn what_is_acknowledged_is_seen_by_everybody() {
    for test in TestApp::all().await {
        let writers: Vec<_> = (0..200)
            .map(|n| {
                let db = test.app.db.clone();
                tokio::spawn(async move {
                    put(&db, &format!("k{n}"), &n.to_string()).await.unwrap();
                    assert_eq!(get(&db, &format!("k{n}")).await.as_deref(), Some(n.to_string().as_str()));
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM setting WHERE key LIKE 'k%'").await, 200);
    }
}

#[tokio::test]
async fn changes_of_one_client_keep_their_order() {
    for test in TestApp::all().await {
        put(&test.app.db, "text", "").await.unwrap();
        for n in 0..30 {
            let add = "UPDATE setting SET value = value || $1 WHERE key = 'text'";
            test.app.db.write(move |tx| Box::pin(async move { tx.run(add, vals![format!("{n},")]).await })).await.unwrap();
        }
        assert_eq!(get(&test.app.db, "text").await.unwrap(), (0..30).map(|n| format!("{n},")).collect::<String>());
    }
}

/// On SQLite the whole group waits behind one slow change, so that they surely share a COMMIT.
#[tokio::test]
async fn a_refused_change_takes_back_only_itself() {
    for test in TestApp::all().await {
        let db = &test.app.db;
        let slow = db.write(|_| {
            Box::pin(async {
                tokio::time::sleep(Duration::from_millis(100)).await;
                Ok(())
            })
        });
        let refused = db.write(|tx| {
            Box::pin(async move {
                tx.run(INSERT, vals!["refused", "x"]).await?;
                Err::<(), _>(AppError::Forbidden)
            })
        });
        let failed = db.write(|tx| {
            Box::pin(async move {
                tx.run(INSERT, vals!["failed", "x"]).await?;
                tx.run("INSERT INTO no_such_table (a) VALUES ($1)", vals![1]).await
            })
        });
        let (slow, before, refused, failed, after) = tokio::join!(slow, put(db, "before", "1"), refused, failed, put(db, "after", "1"));
        assert_eq!((slow, before, after), (Ok(()), Ok(()), Ok(())));
        assert_eq!(refused, Err(AppError::Forbidden));
        assert!(matches!(failed, Err(AppError::Broken(_))));
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM setting WHERE key IN ('before', 'after', 'refused', 'failed')").await, 2);
    }
}

async fn die(_: &mut Tx) -> Result<()> {
    panic!("killed in the middle")
}

#[tokio::test]
async fn a_killed_change_leaves_nothing_and_the_writer_goes_on() {
    for test in TestApp::all().await {
        let db = &test.app.db;
        let killed = db.write(|tx| {
            Box::pin(async move {
                tx.run(INSERT, vals!["killed", "x"]).await?;
                die(tx).await
            })
        });
        let (one, killed, two) = tokio::join!(put(db, "one", "1"), killed, put(db, "two", "2"));
        assert!(killed.is_err(), "it is not acknowledged");
        assert_eq!((one, two), (Ok(()), Ok(())));
        put(db, "three", "3").await.unwrap();
        let keys = [get(db, "one").await, get(db, "two").await, get(db, "three").await, get(db, "killed").await];
        assert_eq!(keys.map(|value| value.is_some()), [true, true, true, false]);
    }
}

#[tokio::test]
async fn a_client_that_hangs_up_does_not_cut_a_change_in_two() {
    for test in TestApp::all().await {
        let db = test.app.db.clone();
        let (begun, has_begun) = oneshot::channel();
        let asked = tokio::spawn(async move {
            db.write(|tx| {
                Box::pin(async move {
                    tx.run(INSERT, vals!["first", "1"]).await?;
                    begun.send(()).ok();
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    tx.run(INSERT, vals!["second", "2"]).await
                })
            })
            .await
        });
        has_begun.await.unwrap();
        asked.abort();
        let mut there = 0;
        for _ in 0..100 {
            there = test.count("SELECT COUNT(*) AS n FROM setting WHERE key IN ('first', 'second')").await;
            if there == 2 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(there, 2);
    }
}

#[tokio::test]
async fn the_same_twice_is_told_as_such() {
    for test in TestApp::all().await {
        put(&test.app.db, "once", "1").await.unwrap();
        assert!(matches!(put(&test.app.db, "once", "2").await, Err(AppError::Moved(_))));
        assert_eq!(get(&test.app.db, "once").await.as_deref(), Some("1"));
        put(&test.app.db, "other", "3").await.unwrap();
    }
}

#[tokio::test]
async fn counters_count_each_once() {
    for test in TestApp::all().await {
        let takers: Vec<_> = (0..100)
            .map(|_| {
                let db = test.app.db.clone();
                tokio::spawn(async move { db.write(|tx| Box::pin(async move { crate::server::counter::next(tx, "series").await })).await.unwrap() })
            })
            .collect();
        let mut taken = Vec::new();
        for taker in takers {
            taken.push(taker.await.unwrap());
        }
        taken.sort_unstable();
        assert_eq!(taken, (1..=100).collect::<Vec<i64>>());
    }
}

#[tokio::test]
async fn a_number_taken_back_is_given_to_the_next() {
    for test in TestApp::all().await {
        let take = |keep: bool| {
            test.app.db.write(move |tx| {
                Box::pin(async move {
                    let n = crate::server::counter::next(tx, "series").await?;
                    if keep { Ok(n) } else { Err(AppError::Forbidden) }
                })
            })
        };
        assert_eq!((take(true).await, take(false).await, take(true).await), (Ok(1), Err(AppError::Forbidden), Ok(2)));
    }
}

#[tokio::test]
async fn reading_cannot_change() {
    let test = TestApp::on_sqlite().await;
    let mut tx = test.app.db.read().await.unwrap();
    assert!(tx.run(INSERT, vals!["a", "b"]).await.is_err());
}

#[tokio::test]
async fn values_come_back_as_they_went() {
    for test in TestApp::all().await {
        assert!(test.app.db.sorts_by_bytes().await.unwrap());
        let mut tx = test.app.db.read().await.unwrap();
        let sql = "SELECT CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS b, CAST($3 AS BIGINT) AS c, CAST($4 AS BIGINT) AS d, CAST($5 AS BIGINT) AS e";
        let row = tx.row(sql, vals!["许可'\"", None::<String>, i64::MAX, None::<i64>, true]).await.unwrap().unwrap();
        assert_eq!((row.text("a").unwrap().as_str(), row.opt_text("b").unwrap(), row.int("c").unwrap()), ("许可'\"", None, i64::MAX));
        assert_eq!((row.opt_int("d").unwrap(), row.flag("e").unwrap()), (None, true));
        assert!(row.text("b").is_err() && row.int("no_such_column").is_err());
        assert!(tx.row("SELECT value FROM setting WHERE key = 'nothing'", vals![]).await.unwrap().is_none());
    }
}

/// More changes than the queue and a group hold.
#[tokio::test]
async fn a_full_queue_waits() {
    let test = TestApp::on_sqlite().await;
    let done = std::sync::Arc::new(AtomicUsize::new(0));
    let writers: Vec<_> = (0..3 * GROUP + QUEUE)
        .map(|n| {
            let (db, done) = (test.app.db.clone(), done.clone());
            tokio::spawn(async move {
                put(&db, &format!("q{n}"), "").await.unwrap();
                done.fetch_add(1, Ordering::Relaxed);
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(done.load(Ordering::Relaxed), 3 * GROUP + QUEUE);
    assert_eq!(test.count("SELECT COUNT(*) AS n FROM setting WHERE key LIKE 'q%'").await, i64::try_from(3 * GROUP + QUEUE).unwrap());
}
