//! What people are told: who, once, in both languages, by the ways they chose; and that an inbox is its owner's alone.

use super::*;
use crate::casework::deadlines::remind;
use crate::casework::desk;
use crate::casework::job::settle_due;
use crate::casework::model::Wanted;
use crate::casework::wording::{Who, audience};
use crate::notice::inbox;
use crate::notice::model::{Choice, Letter};
use crate::server::plain::Answer;
use crate::workflow::action::{Feedback, Satisfaction};
use crate::workflow::clock::Clock;

async fn letters(visit: &Visit) -> Vec<Letter> {
    inbox::inbox(visit, "", false).await.unwrap().rows
}

async fn texts(test: &TestApp, visit: &Visit) -> Vec<String> {
    let id = &visit.caller().unwrap().account_id;
    let account = crate::account::store::find_account(&mut test.app.db.read().await.unwrap(), id).await.unwrap().unwrap();
    test.messages(&account.mobile).await
}

/// Everybody around a case of Shaanxi.
struct Parties {
    owner: Visit,
    officer: Visit,
    examiner: Visit,
    supervisor: Visit,
    agency: Visit,
    reviewer: String,
    no: String,
}

async fn parties(test: &TestApp) -> Parties {
    let officer = official(test, SHAANXI, &["acceptance"]).await;
    let examiner = official(test, SHAANXI, &["examiner"]).await;
    let supervisor = official(test, SHAANXI, &["supervisor"]).await;
    let (agency, reviewer) = agency(test).await;
    let (owner, no) = submitted(test).await;
    Parties { owner, officer, examiner, supervisor, agency, reviewer, no }
}

impl Parties {
    /// Up to the report of the review, on days that are given.
    async fn review(&self, test: &TestApp) {
        act(&self.officer, &self.no, Action::Accept { agency: Some(unit_of(&self.agency)), checked: Vec::new() }).await.unwrap();
        act(&self.officer, &self.no, Action::Entrust).await.unwrap();
        let window = days(date(2026, 3, 16), date(2026, 3, 17));
        act(&self.owner, &self.no, Action::Propose { windows: vec![window] }).await.unwrap();
        act(&self.agency, &self.no, Action::Agree { window, reviewers: vec![self.reviewer.clone()] }).await.unwrap();
        go(test, date(2026, 3, 16));
        act(&self.agency, &self.no, Action::StartReview).await.unwrap();
        let files = vec![super::forms::upload(&self.agency, &self.no, "report").await.unwrap()];
        let report = Action::Report { conclusion: Conclusion::Meets, findings: findings(), summary: "符合".into(), files };
        act(&self.agency, &self.no, report).await.unwrap();
    }
}

fn feedback(misconduct: Option<&str>) -> Action {
    Action::GiveFeedback {
        answers: Feedback {
            period: days(date(2026, 3, 16), date(2026, 3, 17)),
            categories: vec!["manufacture".into()],
            reviewers: "王评审".into(),
            misconduct: misconduct.map(str::to_owned),
            departure: None,
            unfairness: None,
            satisfaction: Satisfaction::Satisfied,
            note: String::new(),
        },
    }
}

#[tokio::test]
async fn each_event_tells_whom_it_concerns_once() {
    for test in engines().await {
        let p = parties(&test).await;
        let told = letters(&p.officer).await;
        assert_eq!((told.len(), told[0].is_read, told[0].flagged), (1, false, false));
        let Letter { say, link, .. } = &told[0];
        assert!(say.zh.contains(&p.owner.caller().unwrap().unit_name) && say.zh.contains("请决定是否受理，最后一天是2026年3月9日"), "{}", say.zh);
        assert!(say.en.contains("Please decide on acceptance by 9 Mar 2026"), "{}", say.en);
        assert_eq!(*link, format!("/cases/{}", p.no));
        let receipt = letters(&p.owner).await;
        assert!(receipt.len() == 1 && receipt[0].say.zh.contains("下一步由审批机关决定是否受理"), "{receipt:?}");
        for _ in 0..3 {
            service::act(&p.officer, &p.no, "once", Some(2), Action::Accept { agency: Some(unit_of(&p.agency)), checked: Vec::new() }).await.unwrap();
        }
        let told = letters(&p.owner).await;
        assert_eq!((told.len(), told[0].link.clone()), (2, format!("/applications/{}", p.no)));
        assert!(told[0].say.zh.contains("已受理") && told[0].say.zh.contains(&p.agency.caller().unwrap().unit_name), "{}", told[0].say.zh);
        let told = letters(&p.agency).await;
        assert!(told.len() == 1 && told[0].say.zh.contains("已受理"), "the agency is told at the same time: {told:?}");
        act(&p.officer, &p.no, Action::Entrust).await.unwrap();
        let told = letters(&p.agency).await;
        assert!(told.len() == 2 && told[0].say.zh.contains("下一步由申请人提出评审时间"), "{told:?}");
        assert!(letters(&p.owner).await[0].say.zh.contains("请提出评审时间"));
    }
}

#[tokio::test]
async fn ways_are_as_each_person_chose() {
    for test in engines().await {
        let p = parties(&test).await;
        let received = texts(&test, &p.owner).await;
        assert!(received.len() == 1 && received[0].contains(&p.no), "the receipt comes by one way: {received:?}");
        assert!(received[0].contains("您的申请") && received[0].contains("Your application"), "in both languages: {received:?}");
        assert_eq!(texts(&test, &p.officer).await.len(), 0, "officials look into the inbox");
        let on = Choice { sms: true, mail: false };
        assert!(matches!(inbox::choose(&p.officer, on).await.unwrap(), Answer::Go(_)));
        inbox::choose(&p.owner, Choice { sms: false, mail: false }).await.unwrap();
        let me = crate::account::service::profile::notices(&p.owner).await.unwrap();
        assert_eq!((me.choice, me.email.as_str()), (Choice { sms: false, mail: false }, ""));
        act(&p.officer, &p.no, Action::Accept { agency: Some(unit_of(&p.agency)), checked: Vec::new() }).await.unwrap();
        assert_eq!((texts(&test, &p.owner).await.len(), letters(&p.owner).await.len()), (1, 2));
        act(&p.owner, &p.no, Action::Withdraw { reason: "有误".into() }).await.unwrap();
        let told = texts(&test, &p.officer).await;
        assert!(told.len() == 1 && told[0].contains(&p.no) && told[0].ends_with("【许可】"), "{told:?}");
        assert!(texts(&test, &p.agency).await.iter().any(|text| text.contains("撤回")), "whoever is outside is told by SMS until they choose otherwise");
    }
}

#[tokio::test]
async fn silence_alerts_the_supervisor_once_on_many_nodes() {
    for test in engines().await {
        let p = parties(&test).await;
        let elsewhere = official(&test, ZHEJIANG, &["supervisor"]).await;
        go(&test, date(2026, 3, 10));
        futures::future::join_all((0..4).map(|_| settle_due(&test.app))).await;
        settle_due(&test.app).await.unwrap();
        let told = letters(&p.supervisor).await;
        assert!(told.len() == 1 && told[0].flagged && told[0].say.zh.contains("视为受理"), "{told:?}");
        let unit = letters(&p.owner).await;
        assert!(unit.len() == 2 && !unit[0].flagged && unit[0].say.zh.contains("2026年3月2日"), "{unit:?}");
        assert_eq!(letters(&elsewhere).await.len(), 0);
    }
}

#[tokio::test]
async fn a_date_not_agreed_in_time_alerts_the_supervisor() {
    for test in engines().await {
        let p = parties(&test).await;
        act(&p.officer, &p.no, Action::Accept { agency: Some(unit_of(&p.agency)), checked: Vec::new() }).await.unwrap();
        act(&p.officer, &p.no, Action::Entrust).await.unwrap();
        go(&test, date(2026, 3, 11));
        settle_due(&test.app).await.unwrap();
        assert_eq!(letters(&p.supervisor).await.len(), 0);
        go(&test, date(2026, 3, 12));
        settle_due(&test.app).await.unwrap();
        let told = letters(&p.supervisor).await;
        assert!(told.len() == 1 && told[0].flagged, "{told:?}");
    }
}

#[tokio::test]
async fn a_bad_answer_alerts_the_supervisor_and_the_agency_learns_nothing() {
    for test in engines().await {
        for (misconduct, alerts) in [(Some("宴请"), 1), (None, 0)] {
            go(&test, date(2026, 3, 2));
            let p = parties(&test).await;
            p.review(&test).await;
            assert_eq!(letters(&p.examiner).await.len(), 1, "the report is for the examiner");
            let before = letters(&p.agency).await.len();
            act(&p.owner, &p.no, feedback(misconduct)).await.unwrap();
            let told = letters(&p.supervisor).await;
            assert_eq!(told.iter().filter(|letter| letter.flagged).count(), alerts, "{told:?}");
            assert!(told.iter().all(|letter| !letter.say.zh.contains("宴请")), "what it says is read in the case");
            assert_eq!(letters(&p.agency).await.len(), before);
        }
    }
}

#[tokio::test]
async fn who_comes_too_late_learns_only_of_what_their_side_may_see() {
    for test in engines().await {
        let p = parties(&test).await;
        p.review(&test).await;
        let late = async |visit: &Visit, seen: i64| match service::act(visit, &p.no, "late", Some(seen), Action::Take).await {
            Err(AppError::Moved(told)) => told.zh.into_owned(),
            other => panic!("{other:?}"),
        };
        let reported = record(&test, &p.no).await.case.revision;
        act(&p.owner, &p.no, feedback(Some("宴请"))).await.unwrap();
        let told = late(&p.agency, reported).await;
        assert!(told.contains("刚刚有了变化") && !told.contains("反馈"), "{told}");
        assert!(late(&p.examiner, reported).await.contains("提交评审反馈表"), "the authority may know");
        act(&p.examiner, &p.no, Action::ReceiveReport).await.unwrap();
        let received = record(&test, &p.no).await.case.revision;
        act(&p.examiner, &p.no, Action::DraftDecision { draft: Draft { grant: true, opinion: "符合".into(), second: None } }).await.unwrap();
        let told = late(&p.owner, received).await;
        assert!(told.contains("刚刚有了变化") && !told.contains(&p.examiner.caller().unwrap().person_name), "{told}");
        assert!(late(&p.owner, reported).await.contains("接收评审报告"), "of two the one they may know");
    }
}

#[tokio::test]
async fn an_end_is_told_to_whoever_worked_on_the_case() {
    for test in engines().await {
        for withdrawn in [true, false] {
            go(&test, date(2026, 3, 2));
            let (approver, other) = (official(&test, SHAANXI, &["approver"]).await, official(&test, SHAANXI, &["examiner"]).await);
            let p = parties(&test).await;
            p.review(&test).await;
            act(&p.examiner, &p.no, Action::ReceiveReport).await.unwrap();
            act(&p.examiner, &p.no, Action::DraftDecision { draft: Draft { grant: true, opinion: "符合".into(), second: None } }).await.unwrap();
            act(&p.examiner, &p.no, Action::SendToApproval).await.unwrap();
            let (by, end) =
                if withdrawn { (&p.owner, Action::Withdraw { reason: "停产".into() }) } else { (&approver, Action::Terminate { reason: "停产".into() }) };
            act(by, &p.no, end).await.unwrap();
            let told = async |visit: &Visit| letters(visit).await.iter().filter(|letter| letter.say.zh.contains("停产") && letter.link.contains(&p.no)).count();
            assert_eq!((told(&p.examiner).await, told(&p.officer).await, told(&p.agency).await), (1, 1, 1));
            assert_eq!((told(&approver).await, told(&other).await), (usize::from(withdrawn), 0), "whose turn it was; not who had nothing to do with it");
        }
    }
}

#[tokio::test]
async fn feedback_is_reminded_of_twice() {
    for test in engines().await {
        let p = parties(&test).await;
        p.review(&test).await;
        // Ten working days from 16 March: 23 March is the fifth, 26 March the eighth, 30 March the last.
        for day in 17..=31 {
            go(&test, date(2026, 3, day));
            remind(&test.app).await.unwrap();
        }
        let told = letters(&p.owner).await;
        let told: Vec<_> = told.iter().filter(|letter| letter.say.zh.contains("“评审反馈”")).map(|letter| letter.say.zh.as_ref()).collect();
        assert!(told.len() == 2 && told[1].contains("过半") && told[0].contains("只剩 2 个工作日"), "{told:?}");
    }
}

#[tokio::test]
async fn a_decision_is_under_way_until_it_is_served() {
    for test in engines().await {
        let (approver, certifier) = (official(&test, SHAANXI, &["approver"]).await, official(&test, SHAANXI, &["certificate"]).await);
        let p = parties(&test).await;
        p.review(&test).await;
        act(&p.examiner, &p.no, Action::ReceiveReport).await.unwrap();
        act(&p.examiner, &p.no, Action::DraftDecision { draft: Draft { grant: false, opinion: "不符合".into(), second: None } }).await.unwrap();
        act(&p.examiner, &p.no, Action::SendToApproval).await.unwrap();
        act(&approver, &p.no, Action::Deny { reason: "不符合条件".into(), ground: None }).await.unwrap();
        // Ten working days from 16 March.
        assert!(letters(&certifier).await[0].say.zh.contains("请送达决定书，最后一天是2026年3月30日"));
        let held = async |queue: &str| {
            let list = desk::queue(&certifier, &Wanted { queue: queue.into(), ..Wanted::default() }, "", false).await.unwrap();
            let count = list.counts.iter().find(|(key, _)| key == queue).map_or(list.count, |(_, n)| *n);
            assert_eq!((i64::try_from(list.rows.len()).unwrap(), list.count), (count, count), "{queue}");
            list.rows.first().map(|row| row.due)
        };
        let home = async || crate::application::service::under_way(&p.owner).await.unwrap().len();
        assert_eq!((held("serve").await, held("closed").await, held("").await), (Some(Some(date(2026, 3, 30))), None, Some(Some(date(2026, 3, 30)))));
        assert_eq!(home().await, 1);
        go(&test, date(2026, 3, 31));
        remind(&test.app).await.unwrap();
        let told = letters(&certifier).await;
        assert!(told[0].say.zh.contains("送达") && told[0].say.zh.contains("已超期 1 个工作日"), "{told:?}");
        act(&certifier, &p.no, Action::Deliver { how: "电子送达".into() }).await.unwrap();
        assert_eq!((held("serve").await, held("closed").await, held("").await), (None, Some(None), None));
        assert_eq!((home().await, test.count("SELECT COUNT(*) AS n FROM application WHERE turn <> '' OR due_on IS NOT NULL").await), (0, 0));
    }
}

#[tokio::test]
async fn the_clock_of_the_feedback_is_not_the_agencys() {
    for test in engines().await {
        let p = parties(&test).await;
        p.review(&test).await;
        let line = async |visit: &Visit| service::view(visit, &p.no).await.unwrap().ledger.line(Clock::Feedback).cloned();
        assert!(line(&p.owner).await.is_some() && line(&p.examiner).await.is_some());
        assert_eq!(line(&p.agency).await, None);
        act(&p.owner, &p.no, feedback(None)).await.unwrap();
        assert_eq!(line(&p.agency).await, None, "nor that it was given");
    }
}

fn party(who: Who) -> Party {
    match who {
        Who::Unit => Party::Unit,
        Who::Agency | Who::FormerAgency => Party::Agency,
        Who::Employers => Party::Employer,
        Who::Duty(_) | Who::AtWork | Who::Named => Party::Authority,
    }
}

#[test]
fn nobody_is_told_of_what_they_may_not_see() {
    let bad = feedback(Some("宴请"));
    for kind in ActionKind::ALL {
        for by in [Role::Signer, Role::AgencyLead, Role::Examiner] {
            for who in audience(*kind, &bad, by) {
                assert!(kind.is_seen_by(party(*who)), "{kind:?} {who:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_inbox_is_its_owners_alone() {
    for test in engines().await {
        let p = parties(&test).await;
        let mine = letters(&p.officer).await.remove(0);
        for other in [&p.owner, &p.examiner] {
            assert_eq!(inbox::open(other, mine.id.clone()).await.err(), Some(AppError::NotFound));
            inbox::read_all(other).await.unwrap();
        }
        let unread = async || inbox::unread(&test.app, p.officer.caller().unwrap()).await.unwrap();
        assert_eq!(unread().await, 1);
        assert!(matches!(inbox::open(&p.officer, mine.id.clone()).await.unwrap(), Answer::Go(to) if to == mine.link));
        assert_eq!((unread().await, letters(&p.officer).await[0].is_read), (0, true));
        for nobody in [inbox::inbox(&test.nobody(), "", false).await.map(drop), inbox::read_all(&test.nobody()).await.map(drop)] {
            assert_eq!(nobody.err(), Some(AppError::SignIn));
        }
    }
}

#[tokio::test]
async fn pages_of_an_inbox_join_without_gap_or_overlap() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        for _ in 0..45 {
            submitted(&test).await;
        }
        let page = async |at: &str, newer: bool| inbox::inbox(&officer, at, newer).await.unwrap();
        let one = page("", false).await;
        assert_eq!((one.rows.len(), one.count, one.capped, one.unread, one.newer.is_none()), (20, 45, false, 45, true));
        let two = page(one.older.as_deref().unwrap(), false).await;
        let three = page(two.older.as_deref().unwrap(), false).await;
        assert_eq!((two.rows.len(), three.rows.len(), three.older.is_none()), (20, 5, true));
        let ids: std::collections::BTreeSet<_> = [&one, &two, &three].iter().flat_map(|page| page.rows.iter().map(|letter| letter.id.clone())).collect();
        assert_eq!(ids.len(), 45);
        assert_eq!(page(three.newer.as_deref().unwrap(), true).await.rows, two.rows);
        assert!(matches!(inbox::inbox(&officer, "x", false).await, Err(AppError::BadRequest(_))));
        inbox::read_all(&officer).await.unwrap();
        assert_eq!(page("", false).await.unread, 0);
    }
}
