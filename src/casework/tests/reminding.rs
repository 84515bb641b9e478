//! Reminders: each step once, however often and on however many nodes the job runs; and the calendar's change.

use super::*;
use crate::calendar::model::NOTICE;
use crate::calendar::service as calendar;
use crate::casework::deadlines::remind;
use crate::casework::job::settle_due;
use crate::form::Values;
use crate::notice::inbox;
use crate::server::plain::Answer;
use crate::workflow::clock::Clock;

/// What the reminders to somebody say, the oldest first.
async fn reminders(visit: &Visit) -> Vec<String> {
    let mut rows = inbox::inbox(visit, "", false).await.unwrap().rows;
    rows.reverse();
    rows.into_iter().map(|letter| letter.say.zh.into_owned()).filter(|text| text.contains("最后一天是") && text.contains('“')).collect()
}

/// As the job does on several nodes, and again after a restart.
async fn look(test: &TestApp) {
    futures::future::join_all((0..3).map(|_| remind(&test.app))).await;
    assert_eq!(remind(&test.app).await.unwrap(), 0);
}

#[tokio::test]
async fn each_step_of_a_limit_reminds_once() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let other = official(&test, SHAANXI, &["examiner"]).await;
        let agency = test.member("agency", AccountRole::Owner).await;
        let (owner, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&agency)), checked: Vec::new() }).await.unwrap();
        // 20 working days from 2 March: 16 March is the 10th, 24 the 16th, 26 the 18th, 30 the last.
        let mut told = Vec::new();
        let days = (3..=31).map(|day| date(2026, 3, day)).chain((1..=3).map(|day| date(2026, 4, day)));
        for day in days {
            go(&test, day);
            let before = reminders(&officer).await.len();
            look(&test).await;
            let now = reminders(&officer).await;
            assert!(now.len() <= before + 1);
            if now.len() > before {
                told.push((day.to_string(), now[before].clone()));
            }
        }
        let on: Vec<&str> = told.iter().map(|(day, _)| day.as_str()).collect();
        assert_eq!(on, ["2026-03-16", "2026-03-24", "2026-03-26", "2026-03-31"], "{told:?}");
        for ((_, text), says) in told.iter().zip(["过半", "八成", "只剩 2 个工作日", "已超期 1 个工作日"]) {
            assert!(text.contains(says) && text.contains("2026年3月30日") && text.contains(&no), "{text}");
        }
        assert_eq!((reminders(&owner).await.len(), reminders(&other).await.len()), (0, 0), "only whoever must act");
    }
}

#[tokio::test]
async fn what_was_missed_is_said_once_and_before_eight_nobody_is_disturbed() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let agency = test.member("agency", AccountRole::Owner).await;
        let (_, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&agency)), checked: Vec::new() }).await.unwrap();
        go(&test, date(2026, 3, 16));
        test.app.clock.advance(-5 * 3_600_000);
        assert_eq!(remind(&test.app).await.unwrap(), 0, "seven in the morning");
        go(&test, date(2026, 3, 27));
        look(&test).await;
        let told = reminders(&officer).await;
        assert!(told.len() == 1 && told[0].contains("只剩 1 个工作日"), "{told:?}");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM reminder").await, 3);
    }
}

#[tokio::test]
async fn the_unit_is_reminded_of_its_own_limit() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (owner, no) = submitted(&test).await;
        let marks = vec![crate::workflow::action::Mark { path: "basic/fax".into(), text: "缺区号".into() }];
        act(&officer, &no, Action::RequireCorrection { marks, cause: String::new(), days: 0 }).await.unwrap();
        go(&test, date(2026, 6, 1));
        look(&test).await;
        let told = reminders(&owner).await;
        assert!(told.len() == 1 && told[0].contains("已超期"), "{told:?}");
        // Once it has passed the authority may act, and is told so.
        let told = reminders(&officer).await;
        assert!(told.len() == 1 && told[0].contains("已超期") && told[0].contains("可以视为撤回申请"), "{told:?}");
    }
}

/// Limits of the unit or the agency that lapse are told to those of the authority who may act then; the whole review beside the
/// rectification.
#[tokio::test]
async fn what_lapses_elsewhere_is_told_to_the_authority() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (supervisor, approver) = (official(&test, SHAANXI, &["supervisor"]).await, official(&test, SHAANXI, &["approver"]).await);
        let (lead, reviewer) = agency(&test).await;
        let (owner, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        let of = async |visit: &Visit, what: &str| reminders(visit).await.into_iter().filter(|text| text.contains(what)).collect::<Vec<_>>();
        // Ten working days from 2 March: 16 March is the last.
        go(&test, date(2026, 3, 16));
        look(&test).await;
        assert_eq!(of(&supervisor, "约定评审时间").await.len(), 0, "not before it has passed");
        go(&test, date(2026, 3, 17));
        look(&test).await;
        for visit in [&officer, &supervisor] {
            let told = of(visit, "约定评审时间").await;
            assert!(told.len() == 1 && told[0].contains("已超期") && told[0].contains("更换评审机构"), "{told:?}");
        }
        assert_eq!(of(&approver, "约定评审时间").await.len(), 0);
        let window = days(date(2026, 3, 18), date(2026, 3, 18));
        act(&owner, &no, Action::Propose { windows: vec![window] }).await.unwrap();
        act(&lead, &no, Action::Agree { window, reviewers: vec![reviewer] }).await.unwrap();
        go(&test, window.from);
        act(&lead, &no, Action::StartReview).await.unwrap();
        let (problems, requirements, file) = (vec!["试验台未校准".to_owned()], vec!["送检".to_owned()], String::new());
        let memo = Action::Memo { problems, requirements, deadline: date(2026, 5, 18), agency_signer: "赵某".into(), unit_signer: String::new(), file };
        act(&lead, &no, memo).await.unwrap();
        go(&test, date(2026, 5, 19));
        look(&test).await;
        for visit in [&supervisor, &approver] {
            let told = of(visit, "“整改”").await;
            assert!(told.len() == 1 && told[0].contains("已超期") && told[0].contains("终止办理"), "{told:?}");
        }
        // Half of the year for the whole review.
        go(&test, date(2026, 9, 2));
        look(&test).await;
        assert!(of(&owner, "鉴定评审（含整改）").await.iter().any(|text| text.contains("过半")), "the review beside the rectification");
        go(&test, date(2027, 3, 3));
        look(&test).await;
        assert!(of(&supervisor, "鉴定评审（含整改）").await.iter().any(|text| text.contains("已超期")));
    }
}

#[tokio::test]
async fn a_hearing_is_reminded_of_wherever_the_case_lies() {
    for test in engines().await {
        let people = super::letters::people(&test).await;
        let (owner, no) = super::letters::reported(&test, &people).await;
        super::letters::examined(&people, &no, true).await;
        act(&owner, &no, Action::RequestHearing { reason: "对评审结论有异议".into() }).await.unwrap();
        go(&test, date(2026, 3, 27));
        look(&test).await;
        assert!(reminders(&people.approver).await.iter().any(|text| text.contains("“举行听证”") && text.contains("过半")));
        act(&people.approver, &no, Action::SendBack { reason: "先举行听证".into() }).await.unwrap();
        act(&people.officer, &no, Action::OpenHearing { on: date(2026, 4, 7), place: "会议室".into() }).await.unwrap();
        go(&test, date(2026, 4, 20));
        look(&test).await;
        assert!(reminders(&people.officer).await.iter().any(|text| text.contains("“举行听证”") && text.contains("已超期")));
    }
}

/// A right is reminded of once, and nobody is late with it.
#[tokio::test]
async fn whoever_may_ask_for_a_hearing_is_reminded_of_its_last_day() {
    for test in engines().await {
        let people = super::letters::people(&test).await;
        let (owner, no) = super::letters::reported(&test, &people).await;
        act(&people.officer, &no, Action::ReceiveReport).await.unwrap();
        act(&people.officer, &no, Action::TellHearingRight { reason: "拟不予许可".into() }).await.unwrap();
        // Five working days from 12 March: 19 March is the last.
        for day in 13..=20 {
            go(&test, date(2026, 3, day));
            look(&test).await;
        }
        let told: Vec<String> = reminders(&owner).await.into_iter().filter(|text| text.contains("“申请听证”")).collect();
        assert!(told.len() == 1 && told[0].contains("只剩 2 个工作日") && told[0].contains("2026年3月19日"), "{told:?}");
        let late = act(&owner, &no, Action::RequestHearing { reason: "有异议".into() }).await;
        assert!(matches!(&late, Err(AppError::Refused(say)) if say.zh.contains("2026年3月19日")), "{late:?}");
    }
}

/// Every limit that moves is shown, not only the one that binds whoever's turn it is.
#[tokio::test]
async fn a_notice_shows_the_limits_beside_the_main_one() {
    for test in engines().await {
        let admin = test.person(test.account(AccountRole::Admin)).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (lead, _) = agency(&test).await;
        // A year from 4 January is a Monday that the notice makes a day off; the date of the review is to be agreed long before.
        go(&test, date(2026, 1, 4));
        let (_, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        filled(&test, &admin, "2027", "2027-01-01 2027-01-04", "").await.unwrap();
        let moved = calendar::page(&admin).await.unwrap().pending.unwrap().moved;
        let moved: Vec<_> = moved.into_iter().map(|moved| (moved.no, moved.clock, moved.before, moved.after)).collect();
        assert_eq!(moved, [(no, Clock::Review, Some(date(2027, 1, 4)), Some(date(2027, 1, 5)))]);
    }
}

async fn filled(test: &TestApp, admin: &Visit, year: &str, off: &str, work: &str) -> Result<Answer> {
    let answers = [("year", year), ("days_off", off), ("makeup_workdays", work)];
    let values: Values = answers.iter().map(|(key, value)| (NOTICE.path(key), (*value).to_owned())).collect();
    let seat = test.visit(admin.caller.clone());
    calendar::propose(seat, crate::account::filled::Filled::of(&NOTICE, &values)).await
}

#[tokio::test]
async fn a_notice_shows_what_moves_and_counts_once_confirmed() {
    for test in engines().await {
        let admin = test.person(test.account(AccountRole::Admin)).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        go(&test, date(2026, 12, 28));
        let (_, no) = submitted(&test).await;
        let due = async || service::view(&officer, &no).await.unwrap().ledger.main_line().unwrap().clone();
        let line = due().await;
        assert_eq!(line.due, Some(date(2027, 1, 4)));
        assert!(line.warning.as_ref().is_some_and(|warning| warning.zh.contains("2027")), "it runs into a year that is not known");
        let before = calendar::page(&admin).await.unwrap();
        assert_eq!((before.last, before.pending.is_none()), (2026, true));
        assert!(matches!(filled(&test, &admin, "2027", "2027-01-01至2027-01-03 2027-01-04", "2027-01-09").await.unwrap(), Answer::Go(_)));
        let pending = calendar::page(&admin).await.unwrap().pending.unwrap();
        let moved: Vec<_> = pending.moved.iter().map(|moved| (moved.no.clone(), moved.clock, moved.before, moved.after)).collect();
        assert_eq!(moved, [(no.clone(), Clock::Acceptance, Some(date(2027, 1, 4)), Some(date(2027, 1, 6)))]);
        assert_eq!(due().await.due, Some(date(2027, 1, 4)), "nothing counts before it is confirmed");
        let other = calendar::decide(&admin, "another", "confirm").await;
        assert!(matches!(other, Err(AppError::Moved(_))));
        calendar::decide(&admin, &pending.digest, "confirm").await.unwrap();
        let line = due().await;
        assert_eq!((line.due, line.warning), (Some(date(2027, 1, 6)), None));
        let sql = "SELECT COUNT(*) AS n FROM application WHERE due_on = '2027-01-06' AND state = 'submitted'";
        assert_eq!(test.count(sql).await, 1, "queues follow");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed = 'confirm-calendar'").await, 1);
        let again = calendar::decide(&admin, &pending.digest, "confirm").await;
        assert!(matches!(again, Err(AppError::Moved(_))), "the same click again changes nothing");
        let page = calendar::page(&admin).await.unwrap();
        assert_eq!((page.last, page.years[0].days_off, page.years[0].makeup_workdays, page.years[0].version), (2027, 4, 1, 1));
        assert_eq!(page.years[0].by, admin.caller().unwrap().person_name);
    }
}

#[tokio::test]
async fn a_stored_day_that_was_cut_off_from_the_calendar_is_mended_by_the_job() {
    for test in engines().await {
        let admin = test.person(test.account(AccountRole::Admin)).await;
        go(&test, date(2026, 12, 28));
        submitted(&test).await;
        filled(&test, &admin, "2027", "2027-01-01 2027-01-04", "").await.unwrap();
        let digest = calendar::page(&admin).await.unwrap().pending.unwrap().digest;
        calendar::decide(&admin, &digest, "confirm").await.unwrap();
        // As if the process had died after the notice was stored.
        for sql in ["UPDATE application SET due_on = '2027-01-04'", "UPDATE setting SET value = '1' WHERE key = 'calendar/followed'"] {
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![]).await })).await.unwrap();
        }
        calendar::follow(&test.app).await.unwrap();
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM application WHERE due_on = '2027-01-06'").await, 1);
    }
}

#[tokio::test]
async fn a_case_that_fails_holds_up_no_other_and_is_come_back_to() {
    for test in engines().await {
        let admin = test.person(test.account(AccountRole::Admin)).await;
        go(&test, date(2026, 12, 28));
        // The first in the order in which they are gone through.
        let (_, bad) = submitted(&test).await;
        submitted(&test).await;
        let whole = serde_json::to_string(&record(&test, &bad).await.case).unwrap();
        let set = async |projection: &str| {
            let (no, projection) = (bad.clone(), projection.to_owned());
            let sql = "UPDATE application SET projection = $1 WHERE no = $2";
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![projection, no]).await })).await.unwrap();
        };
        set("{").await;
        filled(&test, &admin, "2027", "2027-01-01 2027-01-04", "").await.unwrap();
        let pending = calendar::page(&admin).await.unwrap().pending.unwrap();
        assert_eq!(pending.moved.len(), 1, "the preview shows the other");
        calendar::decide(&admin, &pending.digest, "confirm").await.unwrap();
        let done = async || test.count("SELECT COUNT(*) AS n FROM application WHERE due_on = '2027-01-06'").await;
        assert_eq!((done().await, calendar::page(&admin).await.unwrap().left), (1, 0));
        settle_due(&test.app).await.unwrap();
        assert_eq!(done().await, 1, "it still fails");
        set(&whole).await;
        settle_due(&test.app).await.unwrap();
        assert_eq!(done().await, 2, "mended, time finds it");
    }
}

#[tokio::test]
async fn whoever_confirms_a_notice_is_told_how_many_cases_are_still_to_come() {
    for test in engines().await {
        let admin = test.person(test.account(AccountRole::Admin)).await;
        go(&test, date(2026, 12, 28));
        for _ in 0..3 {
            submitted(&test).await;
        }
        filled(&test, &admin, "2027", "2027-01-01 2027-01-04", "").await.unwrap();
        let digest = calendar::page(&admin).await.unwrap().pending.unwrap().digest;
        calendar::decide(&admin, &digest, "confirm").await.unwrap();
        assert_eq!(calendar::page(&admin).await.unwrap().left, 0, "so few are done at once");
        for sql in ["UPDATE application SET due_on = '2027-01-04'", "UPDATE setting SET value = '1' WHERE key = 'calendar/followed'"] {
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![]).await })).await.unwrap();
        }
        let done = async || test.count("SELECT COUNT(*) AS n FROM application WHERE due_on = '2027-01-06'").await;
        assert!(calendar::follow_some(&test.app, 2).await.unwrap());
        assert_eq!((done().await, calendar::page(&admin).await.unwrap().left), (2, 1));
        assert!(!calendar::follow_some(&test.app, 2).await.unwrap());
        assert_eq!((done().await, calendar::page(&admin).await.unwrap().left), (3, 0));
    }
}

#[tokio::test]
async fn nodes_that_start_together_seed_the_calendar_once() {
    for test in engines().await {
        let years = test.count("SELECT COUNT(*) AS n FROM calendar_notice").await;
        test.app.db.write(move |tx| Box::pin(async move { tx.run("DELETE FROM calendar_notice", crate::vals![]).await })).await.unwrap();
        let (one, other) = tokio::join!(calendar::seed(&test.app), calendar::seed(&test.app));
        assert!(one.is_ok() && other.is_ok());
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM calendar_notice").await, years);
    }
}

#[tokio::test]
async fn a_wrong_notice_is_refused_at_its_field() {
    let test = TestApp::on_sqlite().await;
    go(&test, date(2026, 3, 2));
    let admin = test.person(test.account(AccountRole::Admin)).await;
    for (year, off, work, at) in [
        ("2025", "2025-01-01", "", "year"),
        ("2027", "1月1日", "", "days_off"),
        ("2027", "2026-01-01", "", "days_off"),
        ("2027", "2027-05-05至2027-05-01", "", "days_off"),
        ("2027", "2027-01-01", "2027-01-04", "makeup_workdays"),
        ("2027", "2027-01-02", "2027-01-02", "makeup_workdays"),
    ] {
        let Ok(Answer::Wrong(issues)) = filled(&test, &admin, year, off, work).await else { panic!("{year} {off} {work}") };
        assert_eq!(issues.iter().map(|issue| issue.path.clone()).collect::<Vec<_>>(), [NOTICE.path(at)], "{off} {work}");
    }
    assert!(calendar::page(&admin).await.unwrap().pending.is_none());
    let officer = official(&test, SHAANXI, &["acceptance"]).await;
    assert_eq!(calendar::page(&officer).await.err(), Some(AppError::Forbidden));
    assert_eq!(filled(&test, &officer, "2027", "2027-01-01", "").await.err(), Some(AppError::Forbidden));
}
