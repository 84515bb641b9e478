//! What the register holds of a person, and what rests on it: certificates on paper beside the one issued here, how it was obtained the
//! last time, how long the next one is valid.

use super::certificates::{granted, issue, issued, standing_of, terms};
use super::*;
use crate::account::filled::Filled;
use crate::casework::{certify, desk};
use crate::catalogue::conditions::HeldCode;
use crate::catalogue::service::{authorities, set_validity};
use crate::catalogue::validity::VALIDITY;
use crate::form::Values;
use crate::licence::person as held;
use crate::server::plain::Answer;

async fn known(test: &TestApp, who: &Visit) -> Vec<HeldCode> {
    held::known(&mut test.app.db.read().await.unwrap(), &unit_of(who)).await.unwrap()
}

fn refused<T>(done: Result<T>) -> String {
    match done {
        Err(AppError::Refused(say)) => say.zh.into_owned(),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("done"),
    }
}

#[tokio::test]
async fn nothing_is_granted_on_a_certificate_nobody_has_checked() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "李强").await;
        let id = paper(&test, &who, LIFTS, Certificate::Pending).await;
        let no = filed(&test, &who, PersonKind::RenewFile, "Y-DT", &a.employer).await;
        act(&a.employer, &no, Action::ConfirmPractice { unit: unit_of(&a.employer) }).await.unwrap();
        act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
        act(&a.officer, &no, Action::BeginExamination).await.unwrap();
        let shown = async |visit: &Visit| desk::desk(visit, &no).await.unwrap().unfounded.map(|why| why.zh.into_owned());
        let why = shown(&a.officer).await.unwrap();
        assert!(why.contains("TS8161777-2026") && why.contains("登记簿") && why.contains("还没有核验"), "{why}");
        assert_eq!((shown(&who).await, shown(&a.employer).await), (None, None), "whoever decides has it checked");
        let draft = |grant| act(&a.officer, &no, Action::DraftDecision { draft: Draft { grant, opinion: "符合".into(), second: None } });
        let grant = || act(&a.approver, &no, Action::Grant { note: String::new() });
        assert_eq!(refused(draft(true).await), why);
        draft(false).await.unwrap();
        turn(&test, &id, Certificate::Pending, Certificate::Valid).await;
        assert_eq!(shown(&a.officer).await, None);
        draft(true).await.unwrap();
        act(&a.officer, &no, Action::SendToApproval).await.unwrap();
        turn(&test, &id, Certificate::Valid, Certificate::Revoked).await;
        assert!(refused(grant().await).contains("登记簿里没有"), "taken away after the draft");
        turn(&test, &id, Certificate::Revoked, Certificate::Valid).await;
        grant().await.unwrap();
        let seen = record(&test, &no).await.case.revision;
        certify::issue(&a.officer, &no, "issue", seen, &Values::new()).await.unwrap();
        assert_eq!(record(&test, &no).await.case.certificates, ["TS8161777-2031"], "it is continued");
        let held = known(&test, &who).await.remove(0);
        assert_eq!((held.first_on, held.valid_to, held.way), (date(2016, 8, 1), date(2031, 7, 31), Some(PersonKind::RenewFile)));
        let certificate = words(&a.officer, &no, Kind::PersonCertificate).await;
        assert!(certificate.contains("2016年8月1日"), "初次取证日期: {certificate}");
    }
}

#[tokio::test]
async fn a_first_qualification_does_not_rest_on_it_either() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let id = paper(&test, &who, ("TS8261778-2029", &["UT-II"], "2020-01-01", "2024-02-01", "2029-01-31"), Certificate::Pending).await;
        let (higher, other) =
            (filed(&test, &who, PersonKind::Obtain, "UT-III", &a.employer).await, filed(&test, &who, PersonKind::Obtain, "RT-I", &a.employer).await);
        let shown = async |no: &str| desk::desk(&a.officer, no).await.unwrap().unfounded.is_some();
        assert_eq!((shown(&higher).await, shown(&other).await), (true, false), "level III needs level II");
        turn(&test, &id, Certificate::Pending, Certificate::Valid).await;
        assert!(!shown(&higher).await);
    }
}

#[tokio::test]
async fn nothing_is_issued_that_the_register_does_not_have() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "李强").await;
        let id = paper(&test, &who, LIFTS, Certificate::Pending).await;
        for kind in [PersonKind::RenewFile, PersonKind::RenewExam, PersonKind::Move] {
            let no = granted(&test, &who, kind, "Y-DT", &a.employer).await;
            assert!(refused(issue(&a.officer, &no).await).contains("核验"), "{kind:?}");
        }
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM certificate").await, 1, "no new one without an examination");
        turn(&test, &id, Certificate::Pending, Certificate::Valid).await;
        assert_eq!(issued(&test, &a.officer, &who, PersonKind::Move, "Y-DT", &a.employer).await, "TS8161777-2026");
    }
}

#[tokio::test]
async fn a_certificate_on_paper_beside_the_one_issued_here_is_taken_over() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        assert_eq!(issued(&test, &a.officer, &who, PersonKind::Obtain, "UT-II", &a.employer).await, "TS8261001-2031");
        go(&test, date(2026, 3, 20));
        let old = ("TS8261900-2027", &["RT-II", "UT-II"][..], "2012-06-01", "2022-06-01", "2027-05-31");
        paper(&test, &who, old, Certificate::Valid).await;
        let both = [("UT-II".to_owned(), "2031-02-28".to_owned()), ("RT-II".to_owned(), "2027-05-31".to_owned())];
        assert_eq!(terms(&test, &who).await, both, "of each the longer term");
        let practice = async || held::practice_of(&mut test.app.db.read().await.unwrap(), &unit_of(&who)).await.unwrap().map(|(unit, _)| unit);
        assert_eq!(practice().await, Some(unit_of(&a.employer)), "the one issued here knows where");
        // Applied for with another unit in the book: nothing but a change moves the practice.
        let other = test.member("institution", AccountRole::Owner).await;
        assert_eq!(issued(&test, &a.officer, &who, PersonKind::Obtain, "MT-II", &other).await, "TS8261001-2031");
        let third = [both[0].clone(), both[1].clone(), ("MT-II".to_owned(), "2031-02-28".to_owned())];
        assert_eq!((terms(&test, &who).await, practice().await), (third.into(), Some(unit_of(&a.employer))));
        let now = standing_of(&test, &who).await;
        assert_eq!((now.len(), held::part(&now[0]).first_on()), (1, Some(date(2012, 6, 1))), "one, and since the very first");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM certificate WHERE state = 'superseded'").await, 2);
        // And again, so that nothing of it stands in the way for ever.
        issued(&test, &a.officer, &who, PersonKind::Obtain, "PT-II", &a.employer).await;
        assert_eq!(terms(&test, &who).await.len(), 4);
    }
}

#[tokio::test]
async fn of_two_certificates_on_paper_nothing_is_lost() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "李强").await;
        paper(&test, &who, ("TS8261901-2027", &["RT-II"], "2017-06-01", "2022-06-01", "2027-05-31"), Certificate::Valid).await;
        go(&test, date(2026, 3, 3));
        paper(&test, &who, ("TS8161902-2028", &["Y-DT"], "2018-06-01", "2023-06-01", "2028-05-31"), Certificate::Valid).await;
        assert_eq!(issued(&test, &a.officer, &who, PersonKind::Move, "RT-II", &a.employer).await, "TS8161902-2028");
        let both = [("Y-DT".to_owned(), "2028-05-31".to_owned()), ("RT-II".to_owned(), "2027-05-31".to_owned())];
        assert_eq!(terms(&test, &who).await, both);
        let now = standing_of(&test, &who).await;
        assert_eq!((now.len(), held::part(&now[0]).practice), (1, unit_of(&a.employer)));
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM certificate WHERE state = 'superseded'").await, 2);
        // One of several that is suspended holds up the rest: there is one certificate.
        let id = paper(&test, &who, ("TS8261903-2028", &["MT-II"], "2018-06-01", "2023-06-01", "2028-05-31"), Certificate::Suspended).await;
        let no = granted(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        assert!(refused(issue(&a.officer, &no).await).contains("暂扣"));
        turn(&test, &id, Certificate::Suspended, Certificate::Valid).await;
        issue(&a.officer, &no).await.unwrap();
        assert_eq!(terms(&test, &who).await.len(), 4);
    }
}

#[tokio::test]
async fn the_register_keeps_how_it_was_the_last_time() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let way = async || known(&test, &who).await.remove(0).way;
        let mut day = date(2026, 3, 2);
        for (kind, expected) in [
            (PersonKind::Obtain, PersonKind::Obtain),
            (PersonKind::RenewFile, PersonKind::RenewFile),
            (PersonKind::Move, PersonKind::RenewFile),
            (PersonKind::RenewExam, PersonKind::RenewExam),
        ] {
            go(&test, day);
            issued(&test, &a.officer, &who, kind, "UT-II", &a.employer).await;
            assert_eq!(way().await, Some(expected), "{kind:?}");
            day = day.tomorrow().unwrap();
        }
    }
}

#[tokio::test]
async fn the_administrator_sets_how_long_the_next_one_is_valid() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        issued(&test, &a.officer, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        let admin = test.person(test.account(AccountRole::Admin)).await;
        let mut values = authorities(&admin).await.unwrap().validity.values;
        let published = async || crate::portal::service::validity(&test.nobody()).await.unwrap().zh.into_owned();
        assert_eq!(published().await, "5 年。");
        for wrong in ["", "0", "11", "4.5", "四"] {
            values.insert(VALIDITY.path("ndt"), wrong.into());
            let Answer::Wrong(issues) = set_validity(admin.clone(), Filled::of(&VALIDITY, &values)).await.unwrap() else { panic!("{wrong} was taken") };
            assert_eq!(issues.iter().map(|issue| issue.path.as_str()).collect::<Vec<_>>(), ["validity/ndt"], "{wrong}");
        }
        values.insert(VALIDITY.path("ndt"), "4".into());
        for stranger in [&a.officer, &who] {
            assert_eq!(set_validity(stranger.clone(), Filled::of(&VALIDITY, &values)).await.err(), Some(AppError::Forbidden));
        }
        assert_eq!(published().await, "5 年。");
        assert!(matches!(set_validity(admin.clone(), Filled::of(&VALIDITY, &values)).await.unwrap(), Answer::Go(_)));
        assert_eq!(authorities(&admin).await.unwrap().validity.values, values);
        assert_eq!(published().await, "检验人员 5 年，无损检测人员 4 年。");
        assert_eq!(terms(&test, &who).await, [("UT-II".to_owned(), "2031-02-28".to_owned())], "what is issued keeps its term");
        let no = seated(&test, &a, &who, "RT-II").await;
        go(&test, date(2026, 4, 1));
        act(&a.body, &no, marks([80, 70, 90])).await.unwrap();
        decided(&a, &no, true).await;
        assert!(words(&a.officer, &no, Kind::Grant).await.contains("4 年，按月计算"));
        let seen = record(&test, &no).await.case.revision;
        certify::issue(&a.officer, &no, "issue", seen, &Values::new()).await.unwrap();
        issued(&test, &a.officer, &who, PersonKind::Obtain, "Y-DT", &a.employer).await;
        let all = [("UT-II", "2031-02-28"), ("RT-II", "2030-03-31"), ("Y-DT", "2031-03-31")];
        assert_eq!(terms(&test, &who).await, all.map(|(code, to)| (code.to_owned(), to.to_owned())), "each by the setting of its day");
    }
}
