//! 许可管理: pages, filters, an honest count.

use super::*;
use crate::application::store::{self, Filter, Record};
use crate::document::model::Kind;
use crate::workflow::action::Ground;
use crate::workflow::{Action, ActionKind};

/// Applications of the caller's unit, one a minute, the first the oldest; every third is submitted. Numbers are far from the counter's.
async fn many(test: &TestApp, visit: &Visit, total: usize) -> Vec<String> {
    let no = draft(visit, Sample::of(VALVE).chosen()).await;
    let first = store::find(&mut test.app.db.read().await.unwrap(), &no).await.unwrap().unwrap();
    let mut numbers = vec![no];
    for _ in 1..total {
        test.wait(1);
        let now = test.app.clock.now();
        let record = Record { id: ids::new(now), no: format!("202611229{:05}", numbers.len() + 1), created_at: now, changed_at: now, ..first.clone() };
        numbers.push(record.no.clone());
        let submit = numbers.len() % 3 == 0;
        let change = test.app.db.write(move |tx| {
            Box::pin(async move {
                store::insert(tx, &record).await?;
                if submit {
                    tx.run("UPDATE application SET state = 'submitted', submitted_at = $1 WHERE id = $2", crate::vals![now, record.id]).await?;
                }
                Ok(())
            })
        });
        change.await.unwrap();
    }
    numbers
}

fn filter(pairs: &[(&str, &str)]) -> Filter {
    Filter::of(&pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
}

#[tokio::test]
async fn what_waits_for_the_unit_is_seen_first() {
    for test in engines().await {
        let owner = owner(&test, &Sample::of(VALVE)).await;
        let numbers = many(&test, &owner, 4).await;
        let stands = [("acceptance", Some("2026-12-01")), ("signer", None), ("examiner", Some("2026-11-30")), ("signer", Some("2027-01-01"))];
        for (no, (turn, due_on)) in numbers.iter().zip(stands) {
            let args = crate::vals![turn, due_on.map(str::to_owned), no];
            let sql = "UPDATE application SET state = 'submitted', turn = $1, due_on = $2 WHERE no = $3";
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, args).await })).await.unwrap();
        }
        let found = service::under_way(&owner).await.unwrap();
        assert_eq!(found.iter().map(|head| &head.no).collect::<Vec<_>>(), [3, 1, 2, 0].map(|at: usize| &numbers[at]));
    }
}

#[tokio::test]
async fn pages_go_on_and_back() {
    for test in engines().await {
        let owner = owner(&test, &Sample::of(VALVE)).await;
        let mut newest_first = many(&test, &owner, 45).await;
        newest_first.reverse();
        let page = async |cursor: &str, newer: bool| {
            let listing = service::list(&owner, Filter::default(), cursor, newer).await.unwrap();
            let numbers: Vec<String> = listing.rows.iter().map(|head| head.no.clone()).collect();
            assert_eq!((listing.count, listing.capped), (45, false));
            (numbers, listing.previous, listing.next)
        };
        let (one, none, next) = page("", false).await;
        assert_eq!((&one[..], none), (&newest_first[..20], None));
        let (two, _, next) = page(&next.unwrap(), false).await;
        assert_eq!(two, newest_first[20..40]);
        let (three, previous, none) = page(&next.unwrap(), false).await;
        assert_eq!((&three[..], none), (&newest_first[40..], None));
        let (two, previous, next) = page(&previous.unwrap(), true).await;
        assert_eq!(two, newest_first[20..40]);
        assert_eq!(page(&next.unwrap(), false).await.0, newest_first[40..], "and on again");
        // What comes in meanwhile does not shift the pages.
        test.wait(1);
        draft(&owner, Sample::of(VALVE).chosen()).await;
        let before = service::list(&owner, Filter::default(), &previous.unwrap(), true).await.unwrap();
        assert_eq!(before.rows.iter().map(|head| head.no.clone()).collect::<Vec<_>>(), newest_first[..20]);
        let newest = service::list(&owner, Filter::default(), &before.previous.unwrap(), true).await.unwrap();
        assert_eq!((newest.rows.len(), newest.previous), (1, None));
        assert!(is_bad(service::list(&owner, Filter::default(), "x'; --", false).await));
    }
}

#[tokio::test]
async fn every_filter() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let numbers = many(&test, &owner, 9).await;
        service::delete(&owner, &numbers[0]).await.unwrap();
        let fits = async |pairs: &[(&str, &str)]| {
            let listing = service::list(&owner, filter(pairs), "", false).await.unwrap();
            assert_eq!(usize::try_from(listing.count).unwrap(), listing.rows.len());
            listing.rows.len()
        };
        for (pairs, expected) in [
            (&[][..], 8),
            (&[("state", "deleted")], 1),
            (&[("state", "draft")], 5),
            (&[("state", "submitted")], 3),
            (&[("category", "manufacture")], 8),
            (&[("category", "design")], 0),
            (&[("kind", "first")], 8),
            (&[("kind", "reissue")], 0),
            (&[("authority", "610000"), ("state", "draft")], 5),
            (&[("authority", "610000")], 8),
            (&[("authority", "100000")], 0),
            (&[("no", &numbers[4])], 1),
            (&[("no", " 20261122 ")], 8),
            (&[("no", "20261123")], 0),
            (&[("no", "%")], 0),
            (&[("from", "2026-11-22"), ("to", "2026-11-22")], 3),
            (&[("from", "2026-11-23")], 0),
            (&[("to", "2026-11-21")], 0),
            (&[("from", "not a day")], 8),
            (
                &[
                    ("state", "submitted"),
                    ("category", "manufacture"),
                    ("kind", "first"),
                    ("authority", "610000"),
                    ("no", "2026"),
                    ("from", "2026-11-01"),
                    ("to", "2026-11-30"),
                ],
                3,
            ),
        ] {
            assert_eq!(fits(pairs).await, expected, "{pairs:?}");
        }
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(service::list(&stranger, Filter::default(), "", false).await.unwrap().rows, []);
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        assert_eq!(service::list(&reader, Filter::default(), "", false).await.unwrap().rows.len(), 8);
        assert_eq!(service::list(&test.nobody(), Filter::default(), "", false).await.err(), Some(AppError::SignIn));
    }
}

#[tokio::test]
async fn counting_stops_at_the_cap() {
    for test in engines().await {
        let owner = owner(&test, &Sample::of(VALVE)).await;
        many(&test, &owner, 5).await;
        let unit = unit_of(&owner);
        let mut tx = test.app.db.read().await.unwrap();
        for (cap, counted) in [(3, 4), (4, 5), (5, 5), (1000, 5)] {
            assert_eq!(store::count(&mut tx, &unit, &Filter::default(), cap).await.unwrap(), counted, "{cap}");
        }
    }
}

#[tokio::test]
async fn what_the_authority_has_given_stands_in_the_row() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        service::submit(&owner, &no, "c", true).await.unwrap();
        let rows = async |visit: &Visit| service::list(visit, Filter::default(), "", false).await.unwrap();
        let listing = rows(&owner).await;
        assert_eq!(listing.authorities, [("610000".to_owned(), "陕西省市场监督管理局".to_owned())]);
        assert_eq!(listing.rows[0].given, [], "a receipt is no decision");
        assert!(listing.rows[0].may(ActionKind::Withdraw), "a unit withdraws from the list too");
        let refuse = Action::Refuse { ground: Ground::NoPermitNeeded, reason: "不需要取得许可".into(), right_authority: String::new() };
        crate::casework::service::act(&super::correcting::officer(&test).await, &no, "d", None, refuse).await.unwrap();
        let given = rows(&owner).await.rows.remove(0).given;
        assert_eq!(given.iter().map(|line| line.kind).collect::<Vec<_>>(), [Kind::NonAcceptance]);
        assert!(Kind::NonAcceptance.is_decision() && !Kind::Acceptance.is_decision());
        // Nobody else's.
        draft(&owner, sample.chosen()).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        assert_eq!(crate::document::service::given(&stranger, &mut test.app.db.read().await.unwrap(), &[&no]).await.unwrap().len(), 0);
        assert_eq!(rows(&stranger).await.authorities, []);
    }
}
