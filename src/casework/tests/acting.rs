//! Doing things: once, in order, by one of two.

use super::*;
use crate::casework::desk;
use crate::casework::forms::Source;
use crate::casework::job::settle_due;
use std::slice::from_ref;

#[tokio::test]
async fn what_is_done_is_remembered() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let agency = test.member("agency", AccountRole::Owner).await;
        let view = service::view(&officer, &no).await.unwrap();
        assert_eq!((view.state, view.revision, view.side), (State::Submitted, 2, Party::Authority));
        assert!(view.may(ActionKind::Accept) && !view.may(ActionKind::Entrust));
        assert_eq!(view.ledger.due(), Some(date(2026, 3, 9)));
        let accept = Action::Accept { agency: Some(unit_of(&agency)), checked: Vec::new() };
        assert_eq!(service::act(&officer, &no, "click-1", Some(2), accept).await.unwrap(), State::Accepted);
        let view = service::view(&owner, &no).await.unwrap();
        let told: Vec<_> = view.timeline.iter().map(|h| (h.what, h.role)).collect();
        assert_eq!(told, [(ActionKind::Create, Role::Filler), (ActionKind::Submit, Role::Signer), (ActionKind::Accept, Role::Acceptance)]);
        assert_eq!(view.timeline[2].who, officer.caller().unwrap().person_name);
        let stored = record(&test, &no).await;
        assert_eq!(fold(&events(&test, &no).await), stored.case);
        let sql = "SELECT COUNT(*) AS n FROM application WHERE state = 'accepted' AND turn = 'acceptance' AND case_revision = 3 AND due_on = '2026-03-30'";
        assert_eq!(test.count(sql).await, 1, "queues find it");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed = 'accept'").await, 1);
    }
}

#[tokio::test]
async fn a_click_sent_again_is_done_once() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        for _ in 0..3 {
            let done = service::act(&owner, &no, "w-1", Some(2), Action::Withdraw { reason: "有误".into() }).await;
            assert_eq!(done.unwrap(), State::Withdrawn);
        }
        assert_eq!(events(&test, &no).await.len(), 3);
        let other = service::act(&owner, &no, "w-1", Some(2), Action::Withdraw { reason: "另有安排".into() }).await;
        assert!(matches!(&other, Err(AppError::Refused(told)) if told.zh.contains("撤回申请")), "{other:?}");
        let other = service::act(&owner, &no, "w-1", Some(2), Action::Take).await;
        assert!(matches!(other, Err(AppError::Refused(_))), "{other:?}");
        for click in ["", "a b", &"c".repeat(81)] {
            let bad = service::act(&owner, &no, click, None, Action::Withdraw { reason: String::new() }).await;
            assert!(matches!(bad, Err(AppError::BadRequest(_))), "{click}");
        }
        let door = act(&owner, &no, Action::Submit { version: 2, sha256: String::new() }).await;
        assert!(matches!(door, Err(AppError::BadRequest(_))), "a submission has its own door");
    }
}

#[tokio::test]
async fn of_two_officials_the_second_is_told_who_did_what() {
    for test in engines().await {
        let (_, no) = submitted(&test).await;
        let first = official(&test, SHAANXI, &["acceptance"]).await;
        let second = official(&test, SHAANXI, &["acceptance"]).await;
        let refuse = || Action::Refuse { ground: crate::workflow::action::Ground::FalseData, reason: "见附件".into(), right_authority: String::new() };
        service::act(&first, &no, "a", Some(2), refuse()).await.unwrap();
        let Err(AppError::Moved(told)) = service::act(&second, &no, "b", Some(2), refuse()).await else { panic!("done twice") };
        assert!(told.zh.contains(&first.caller().unwrap().person_name) && told.zh.contains("不予受理") && told.zh.contains("2026-03-02 12:00"), "{}", told.zh);
        let (_, no) = submitted(&test).await;
        let clicks = (0..8).map(|n| {
            let (who, no) = (if n % 2 == 0 { first.clone() } else { second.clone() }, no.clone());
            tokio::spawn(async move { service::act(&who, &no, &format!("c{n}"), Some(2), Action::Take).await })
        });
        let mut done = 0;
        for click in clicks.collect::<Vec<_>>() {
            match click.await.unwrap() {
                Ok(_) => done += 1,
                Err(no) => assert!(matches!(no, AppError::Moved(_)), "{no:?}"),
            }
        }
        assert_eq!((done, events(&test, &no).await.len()), (1, 3));
    }
}

#[tokio::test]
async fn whoever_is_named_has_to_be_that() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let elsewhere = official(&test, ZHEJIANG, &["acceptance"]).await.caller().unwrap().account_id.clone();
        let maker = test.member("enterprise", AccountRole::Owner).await;
        for agency in ["nobody".to_owned(), unit_of(&maker), unit_of(&owner)] {
            assert!(matches!(act(&officer, &no, Action::Accept { agency: Some(agency), checked: Vec::new() }).await, Err(AppError::Refused(_))));
        }
        act(&officer, &no, Action::Take).await.unwrap();
        assert!(matches!(act(&officer, &no, Action::HandOver { to: elsewhere }).await, Err(AppError::Refused(_))));
        assert_eq!(events(&test, &no).await.len(), 3);
    }
}

/// A certificate of a unit, in the state its authority has set.
async fn certified(test: &TestApp, unit: &str, state: crate::licence::model::State) {
    use crate::licence::store::{Certificate, insert, set_state};
    let now = test.app.clock.now();
    let certificate = Certificate {
        id: ids::new(now),
        unit_id: unit.to_owned(),
        number: "TS2710001-2028".into(),
        category: "manufacture".into(),
        items: vec!["SE031".into()],
        authority_code: SHAANXI.into(),
        issued_on: "2024-04-01".into(),
        valid_to: "2028-03-31".into(),
        first_on: String::new(),
        state: crate::licence::model::State::Valid,
        file_id: None,
        person: None,
        document_id: None,
        state_reason: String::new(),
        created_at: now,
    };
    let work = test.app.db.write(move |tx| {
        Box::pin(async move {
            insert(tx, &certificate).await?;
            set_state(tx, &certificate.id, certificate.state, state, "超范围制造", now).await
        })
    });
    assert!(work.await.unwrap());
}

fn barred(done: Result<impl std::fmt::Debug>) -> String {
    match done {
        Err(AppError::Refused(told)) => told.zh.into_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_licence_that_was_lost_bars_for_three_years() {
    use crate::licence::model::State as Licence;
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        for (lost, clause) in [(Licence::Revoked, "特种设备安全法》第九十六条"), (Licence::Annulled, "TSG 07-2019 第3.3.3条")] {
            go(&test, date(2026, 3, 2));
            let (owner, no) = submitted(&test).await;
            let waiting = drafted_by(&test, &owner).await;
            certified(&test, &unit_of(&owner), lost).await;
            let accept = Action::Accept { agency: Some(unit_of(&test.member("agency", AccountRole::Owner).await)), checked: Vec::new() };
            let told = barred(act(&officer, &no, accept).await);
            assert!(told.contains(clause) && told.contains("TS2710001-2028") && told.contains("超范围制造") && told.contains("2029-03-02"), "{told}");
            assert!(!service::view(&officer, &no).await.unwrap().may(ActionKind::Accept));
            let ground = crate::workflow::action::Ground::Banned;
            act(&officer, &no, Action::Refuse { ground, reason: "见上".into(), right_authority: String::new() }).await.unwrap();
            let submit = Action::Submit { version: 1, sha256: "00".into() };
            assert!(barred(inside(&owner, &waiting, submit.clone()).await).contains(clause));
            go(&test, date(2029, 3, 2));
            barred(inside(&owner, &waiting, submit.clone()).await);
            go(&test, date(2029, 3, 3));
            inside(&owner, &waiting, submit).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_renewal_is_bound_by_the_old_certificate() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        for (kind, category, due) in
            [("renew-review", "manufacture", Some(date(2028, 3, 31))), ("first", "manufacture", None), ("renew-review", "design", None)]
        {
            let (owner, no) = drafted(&test).await;
            certified(&test, &unit_of(&owner), crate::licence::model::State::Valid).await;
            let number = no.clone();
            let sql = "UPDATE application SET kind = $2, category = $3 WHERE no = $1";
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![number, kind, category]).await })).await.unwrap();
            inside(&owner, &no, Action::Submit { version: 1, sha256: "00".into() }).await.unwrap();
            let ledger = service::view(&officer, &no).await.unwrap().ledger;
            assert_eq!(ledger.line(crate::workflow::clock::Clock::Renewal).and_then(|line| line.due), due, "{kind} {category}");
        }
        // Two years less a day are half gone after a year.
        go(&test, date(2027, 4, 1));
        crate::casework::deadlines::remind(&test.app).await.unwrap();
        let told = crate::notice::inbox::inbox(&officer, "", false).await.unwrap().rows;
        assert!(told.iter().any(|letter| letter.say.zh.contains("原证届满前作出换证决定") && letter.say.zh.contains("2028年3月31日")), "{told:?}");
    }
}

#[tokio::test]
async fn false_data_bars_the_same_licence_for_a_year() {
    use crate::workflow::action::Ground;
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let submit = || Action::Submit { version: 1, sha256: "00".into() };
        for (ground, bars) in [(Ground::OutsideScope, false), (Ground::FalseData, true)] {
            go(&test, date(2026, 3, 2));
            let (owner, no) = submitted(&test).await;
            let (same, another) = (drafted_by(&test, &owner).await, drafted_by(&test, &owner).await);
            let number = another.clone();
            let sql = "UPDATE application SET category = 'design' WHERE no = $1";
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![number]).await })).await.unwrap();
            act(&officer, &no, Action::Refuse { ground, reason: "见附件".into(), right_authority: String::new() }).await.unwrap();
            if bars {
                let told = barred(inside(&owner, &same, submit()).await);
                assert!(told.contains("第七十八条") && told.contains(&no) && told.contains("2027-03-02"), "{told}");
                inside(&owner, &another, submit()).await.unwrap();
                go(&test, date(2027, 3, 3));
            }
            inside(&owner, &same, submit()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn silence_accepts_once_however_many_nodes_look() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        go(&test, date(2026, 3, 9));
        assert_eq!(settle_due(&test.app).await.unwrap(), 0, "the last day is not over");
        go(&test, date(2026, 3, 10));
        assert_eq!(service::view(&owner, &no).await.unwrap().state, State::Accepted, "whoever looks sees it before the job has run");
        let looks = (0..4).map(|_| {
            let app = test.app.clone();
            tokio::spawn(async move { settle_due(&app).await })
        });
        for look in looks.collect::<Vec<_>>() {
            look.await.unwrap().unwrap();
        }
        let case = record(&test, &no).await.case;
        assert_eq!((case.state, case.revision, case.acceptance.unwrap().on), (State::Accepted, 3, date(2026, 3, 2)));
        assert_eq!(settle_due(&test.app).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn an_instant_at_which_nothing_comes_is_mended_once() {
    for test in engines().await {
        submitted(&test).await;
        let stale = "UPDATE application SET wake_at = 1";
        test.app.db.write(move |tx| Box::pin(async move { tx.run(stale, crate::vals![]).await })).await.unwrap();
        assert_eq!(settle_due(&test.app).await.unwrap(), 1);
        assert_eq!(settle_due(&test.app).await.unwrap(), 0, "not again every minute");
        go(&test, date(2026, 3, 10));
        assert_eq!(settle_due(&test.app).await.unwrap(), 1, "it comes when its time comes");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM application WHERE state = 'accepted'").await, 1);
    }
}

#[tokio::test]
async fn one_reviewer_is_never_at_two_places() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (lead, reviewer) = agency(&test).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 11));
        let mut cases = Vec::new();
        for _ in 0..2 {
            let (owner, no) = submitted(&test).await;
            act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
            act(&officer, &no, Action::Entrust).await.unwrap();
            act(&owner, &no, Action::Propose { windows: vec![window] }).await.unwrap();
            cases.push((owner, no));
        }
        let agree = |n: usize, from: Date, to: Date| {
            let (lead, no, reviewers) = (lead.clone(), cases[n].1.clone(), vec![reviewer.clone()]);
            async move { act(&lead, &no, Action::Agree { window: days(from, to), reviewers }).await }
        };
        let (one, other) = tokio::join!(agree(0, window.from, window.to), agree(1, window.to, window.to));
        assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "{one:?} {other:?}");
        let (won, lost) = if one.is_ok() { (0, 1) } else { (1, 0) };
        let told = one.err().or(other.err()).unwrap();
        assert!(matches!(&told, AppError::Moved(say) | AppError::Refused(say) if say.zh.contains("评审")), "{told:?}");
        assert!(matches!(agree(lost, window.to, window.to).await, Err(AppError::Refused(_))));
        act(&cases[won].0, &cases[won].1, Action::Withdraw { reason: String::new() }).await.unwrap();
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM review_booking").await, 0, "the days are free again");
        assert_eq!(agree(lost, window.to, window.to).await.unwrap(), State::Scheduled);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM review_booking").await, 1);
    }
}

#[tokio::test]
async fn a_reviewer_who_left_is_not_agreed_on() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (lead, reviewer) = agency(&test).await;
        let unit = unit_of(&lead);
        let known = crate::casework::agencies::store::reviewers(&mut test.app.db.read().await.unwrap(), &unit).await.unwrap().remove(0);
        let is_sent = async |yes: bool| {
            let (unit, id) = (unit.clone(), known.id.clone());
            let work = test
                .app
                .db
                .write(move |tx| Box::pin(async move { crate::casework::agencies::store::change_reviewer(tx, &unit, &id, "压力管道元件", yes).await }));
            assert!(work.await.unwrap());
        };
        let (owner, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit.clone()), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        let (first, second) = (days(date(2026, 3, 10), date(2026, 3, 11)), days(date(2026, 3, 12), date(2026, 3, 13)));
        act(&owner, &no, Action::Propose { windows: vec![second] }).await.unwrap();
        act(&lead, &no, Action::Counter { windows: vec![first], reviewers: vec![reviewer.clone()], reason: String::new() }).await.unwrap();
        is_sent(false).await;
        let left = act(&owner, &no, Action::AcceptCounter { window: first }).await;
        assert!(matches!(&left, Err(AppError::Refused(told)) if told.zh.contains(&reviewer)), "{left:?}");
        is_sent(true).await;
        assert_eq!(act(&owner, &no, Action::AcceptCounter { window: first }).await.unwrap(), State::Scheduled);
        let ask = |window, reviewers: &[String]| Action::AskReschedule { window, reason: "停产".into(), reviewers: reviewers.to_vec() };
        let agree = |reviewers: &[String]| Action::AgreeReschedule { reviewers: reviewers.to_vec() };
        act(&owner, &no, ask(second, &[])).await.unwrap();
        is_sent(false).await;
        let left = act(&lead, &no, agree(&[])).await;
        assert!(matches!(&left, Err(AppError::Refused(told)) if told.zh.contains(&reviewer)), "{left:?}");
        // Another one comes instead, on the days wished for, and later another one on the same days.
        let (other, third) = (hire(&test, &unit, "李评审").await, hire(&test, &unit, "赵评审").await);
        assert_eq!(act(&lead, &no, agree(from_ref(&other))).await.unwrap(), State::Scheduled);
        let booked = async |reviewer: &String| {
            let sql = "SELECT COUNT(*) AS n FROM review_booking WHERE reviewer = $1";
            test.app.db.read().await.unwrap().row(sql, crate::vals![reviewer]).await.unwrap().unwrap().int("n").unwrap()
        };
        assert_eq!((booked(&reviewer).await, booked(&other).await), (0, 2));
        assert!(matches!(act(&lead, &no, ask(second, from_ref(&reviewer))).await, Err(AppError::Refused(_))), "who left cannot be named");
        act(&lead, &no, ask(second, from_ref(&third))).await.unwrap();
        assert!(desk::desk(&owner, &no).await.unwrap().offers(Source::Reviewers).is_empty(), "whom an agency may send is its own to know");
        act(&owner, &no, agree(&[])).await.unwrap();
        assert_eq!(record(&test, &no).await.case.appointment.unwrap().reviewers, std::slice::from_ref(&third));
        assert_eq!((booked(&other).await, booked(&third).await), (0, 2));
        act(&owner, &no, ask(first, &[])).await.unwrap();
        assert_eq!(desk::desk(&lead, &no).await.unwrap().offers(Source::Reviewers).len(), 2);
        let values = super::desk::form(&lead, &no, "agree-reschedule", &[("reviewers@0", &other)]).await;
        assert!(super::desk::is_done(&desk::act(&lead, &values).await));
        assert_eq!((booked(&other).await, booked(&third).await), (2, 0));
    }
}

#[tokio::test]
async fn an_authority_may_commit_itself_to_less() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        let set = "INSERT INTO setting (key, value) VALUES ('committed/610000', '{\"accept\":2,\"decide\":99,\"unknown\":1}')";
        test.app.db.write(move |tx| Box::pin(async move { tx.run(set, crate::vals![]).await })).await.unwrap();
        let ledger = service::view(&owner, &no).await.unwrap().ledger;
        let line = ledger.main_line().unwrap();
        assert_eq!((line.due, line.committed), (Some(date(2026, 3, 9)), Some(date(2026, 3, 4))));
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let agency = test.member("agency", AccountRole::Owner).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&agency)), checked: Vec::new() }).await.unwrap();
        let ledger = service::view(&owner, &no).await.unwrap().ledger;
        assert_eq!(ledger.main_line().unwrap().committed, None, "longer than the law's is no commitment");
    }
}

/// Of a period that has begun the rest can be agreed on.
#[tokio::test]
async fn days_that_have_passed_are_not_offered() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (lead, reviewer) = agency(&test).await;
        let (owner, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        let (gone, begun) = (days(date(2026, 3, 9), date(2026, 3, 9)), days(date(2026, 3, 10), date(2026, 3, 12)));
        act(&owner, &no, Action::Propose { windows: vec![gone, begun] }).await.unwrap();
        test.wait(i64::from((date(2026, 3, 11) - test.app.clock.today()).get_days()) * 24 * 60);
        let desk = desk::desk(&lead, &no).await.unwrap();
        let offered: Vec<&str> = desk.offers(Source::Offered).iter().map(|(days, _)| days.as_str()).collect();
        assert_eq!(offered, ["2026-03-11/2026-03-12"]);
        act(&lead, &no, Action::Agree { window: days(date(2026, 3, 11), date(2026, 3, 12)), reviewers: vec![reviewer] }).await.unwrap();
    }
}
