//! The ways of a person's case, its letters, its limits.

use super::*;
use crate::casework::certify;
use crate::casework::deadlines::remind;
use crate::casework::desk;
use crate::casework::forms::{NONE, Source};
use crate::casework::job::settle_due;
use crate::casework::model::Wanted;
use crate::casework::verify::{Found, verify};
use crate::form::Values;
use crate::workflow::action::Ground;
use crate::workflow::clock::Clock;

#[tokio::test]
async fn a_case_leads_from_filing_over_the_examination_to_the_certificate() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = seated(&test, &a, &who, "UT-II").await;
        go(&test, date(2026, 4, 1));
        act(&a.body, &no, marks([80, 70, 90])).await.unwrap();
        decided(&a, &no, true).await;
        let seen = record(&test, &no).await.case.revision;
        let planned = certify::plan(&a.officer, &no).await.unwrap();
        assert_eq!((planned[0].title.as_str(), planned[0].head.as_str(), planned[0].valid_to.as_str()), ("特种设备检验检测人员证", "TS8261", "2031-03-31"));
        for _ in 0..2 {
            assert_eq!(certify::issue(&a.officer, &no, "once", seen, &Values::new()).await.unwrap(), State::Issued, "the same click again");
        }
        act(&a.officer, &no, Action::Deliver { how: "电子送达".into() }).await.unwrap();
        act(&a.officer, &no, Action::Publish).await.unwrap();
        assert_eq!(record(&test, &no).await.case.certificates, ["TS8261001-2031"]);
        assert_eq!(papers(&a.officer, &no).await, [Kind::Acceptance, Kind::Grant, Kind::PersonCertificate]);
        let acceptance = words(&a.officer, &no, Kind::Acceptance).await;
        assert!(
            acceptance.contains("请在2028年3月2日以前") && acceptance.contains("TSG Z8001-2019") && acceptance.contains("610112********0012"),
            "{acceptance}"
        );
        let grant = words(&a.officer, &no, Kind::Grant).await;
        assert!(grant.contains("5 年") && grant.contains("UT-II"), "{grant}");
        let certificate = words(&a.officer, &no, Kind::PersonCertificate).await;
        assert!(certificate.contains("王小明") && certificate.contains("2026年4月至2031年3月"), "{certificate}");
        for said in [acceptance, grant, certificate] {
            assert!(!said.contains("TSG 07") && !said.contains("你单位") && !said.contains("199003070012"), "{said}");
            assert!(said.contains("\"code\":\"\""), "no paper prints a person's code: {said}");
        }
        let events = record(&test, &no).await.case.revision;
        assert_eq!(verify(&test.app).await.unwrap(), Found::Sound { cases: 1, events });
    }
}

#[tokio::test]
async fn renewal_by_file_and_change_are_examined_at_once() {
    for test in engines().await {
        let a = around(&test).await;
        let examiner = official(&test, SHAANXI, &["examiner"]).await;
        for kind in [PersonKind::RenewFile, PersonKind::Move] {
            let who = person(&test, "李强").await;
            let no = filed(&test, &who, kind, "Y-DT", &a.employer).await;
            act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
            assert_eq!(service::view(&who, &no).await.unwrap().ledger.turn, Some(Role::Examiner), "{kind:?}");
            assert!(matches!(act(&who, &no, seat(&a.body, date(2026, 4, 1))).await, Err(AppError::Refused(_))), "nothing to sit");
            assert!(inbox(&examiner).await[0].contains("请开始审查"), "{:?}", inbox(&examiner).await);
            let acceptance = words(&a.officer, &no, Kind::Acceptance).await;
            assert!(acceptance.contains("自受理之日的次日起20个工作日") && !acceptance.contains("补考"), "{acceptance}");
        }
    }
}

#[tokio::test]
async fn without_the_practising_units_word_nothing_is_granted() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "李强").await;
        paper(&test, &who, LIFTS, Certificate::Valid).await;
        let no = filed(&test, &who, PersonKind::RenewFile, "Y-DT", &a.employer).await;
        act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
        act(&a.officer, &no, Action::BeginExamination).await.unwrap();
        act(&a.officer, &no, Action::DraftDecision { draft: Draft { grant: true, opinion: "符合".into(), second: None } }).await.unwrap();
        act(&a.officer, &no, Action::SendToApproval).await.unwrap();
        let grant = || act(&a.approver, &no, Action::Grant { note: String::new() });
        assert!(matches!(grant().await, Err(AppError::Refused(_))));
        let forged = super::super::desk::form(&a.employer, &no, "confirm-practice", &[]).await;
        let other = test.member("institution", AccountRole::Owner).await;
        assert_eq!(desk::act(&other, &forged).await.err(), Some(AppError::NotFound));
        for _ in 0..2 {
            assert!(super::super::desk::is_done(&desk::act(&a.employer, &forged).await), "sent again it is the same click");
        }
        assert_eq!(grant().await.unwrap(), State::Granted);
    }
}

#[tokio::test]
async fn an_official_checks_the_proof_of_a_unit_that_is_only_named() {
    use super::super::desk::{form, is_done, wrong};
    use crate::workflow::person::NAMED;
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "李强").await;
        paper(&test, &who, LIFTS, Certificate::Valid).await;
        let no = filed(&test, &who, PersonKind::RenewFile, "Y-DT", &a.employer).await;
        let id = record(&test, &no).await.id;
        let named = [NAMED.to_owned()];
        test.app.db.write(move |tx| Box::pin(async move { crate::application::store::set_employers(tx, &id, &named).await })).await.unwrap();
        assert_eq!(service::view(&a.employer, &no).await.err(), Some(AppError::NotFound), "nobody answers for it");
        act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
        act(&a.officer, &no, Action::BeginExamination).await.unwrap();
        let shown = async |visit: &Visit| desk::desk(visit, &no).await.unwrap().person.unwrap().named.first().map(|(_, is_checked)| *is_checked);
        assert_eq!((shown(&a.officer).await, shown(&who).await), (Some(false), Some(false)));
        let draft = || act(&a.officer, &no, Action::DraftDecision { draft: Draft { grant: true, opinion: "符合".into(), second: None } });
        assert!(matches!(draft().await, Err(AppError::Refused(say)) if say.zh.contains("执业证明")));
        let posts = async |visit: &Visit, answers: &[(&str, &str)]| desk::act(visit, &form(visit, &no, "check-practice", answers).await).await;
        assert_eq!(wrong(posts(&a.officer, &[("note", "x")]).await), ["check-practice/checked"], "it has to be ticked");
        assert_eq!(posts(&a.approver, &[("checked", "yes")]).await.err(), Some(AppError::Forbidden));
        assert_eq!(posts(&who, &[("checked", "yes")]).await.err(), Some(AppError::Forbidden));
        assert!(is_done(&posts(&a.officer, &[("checked", "yes"), ("note", "已致电核实")]).await));
        assert_eq!(shown(&a.officer).await, Some(true));
        draft().await.unwrap();
        let told =
            crate::casework::timeline::timeline(&test.app, &mut test.app.db.read().await.unwrap(), &record(&test, &no).await, Party::Authority).await.unwrap();
        assert!(told.iter().any(|happening| happening.said.zh == "已致电核实"));
        act(&a.officer, &no, Action::SendToApproval).await.unwrap();
        assert_eq!(act(&a.approver, &no, Action::Grant { note: String::new() }).await.unwrap(), State::Granted);
    }
}

#[tokio::test]
async fn a_complaint_after_the_resit_is_work_of_the_body_until_it_is_answered() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = seated(&test, &a, &who, "UT-II").await;
        go(&test, date(2026, 4, 1));
        act(&a.body, &no, marks([60, 70, 90])).await.unwrap();
        act(&who, &no, seat(&a.body, date(2026, 5, 6))).await.unwrap();
        go(&test, date(2026, 5, 6));
        let resit = Action::PublishMarks { scores: vec![Score { subject: SUBJECTS[0].into(), points: Some(50) }] };
        assert_eq!(act(&a.body, &no, resit).await.unwrap(), State::Failed);
        let found = async |queue: &str| {
            let wanted = Wanted { queue: queue.into(), ..Wanted::default() };
            desk::queue(&a.body, &wanted, "", false).await.unwrap().rows.len()
        };
        assert_eq!((found("exam").await, found("closed").await), (0, 1));
        act(&who, &no, Action::ComplainMarks { reason: "漏计分".into() }).await.unwrap();
        assert_eq!((found("exam").await, found("closed").await), (1, 0));
        act(&a.body, &no, Action::AnswerComplaint { text: "复核无误".into(), scores: Vec::new(), lifted: Vec::new() }).await.unwrap();
        assert_eq!((found("exam").await, found("closed").await), (0, 1));
    }
}

#[tokio::test]
async fn letters_to_persons_name_their_own_rules() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "李强").await;
        let no = filed(&test, &who, PersonKind::Obtain, "Y-DT", &a.employer).await;
        let refuse =
            Action::Refuse { ground: Ground::Banned, reason: "以欺骗手段取得的资格被撤销未满三年".into(), right_authority: String::new() };
        act(&a.officer, &no, refuse).await.unwrap();
        assert!(words(&a.officer, &no, Kind::NonAcceptance).await.contains("《中华人民共和国行政许可法》第七十九条"));
        let no = filed(&test, &who, PersonKind::Obtain, "Y-DT", &a.employer).await;
        act(&who, &no, Action::Withdraw { reason: "暂不考试".into() }).await.unwrap();
        let told = words(&a.officer, &no, Kind::Termination).await;
        assert!(told.contains("因你撤回申请（暂不考试），") && told.contains("检验、检测人员资格认定（取证）"), "{told}");
        let no = filed(&test, &who, PersonKind::RenewFile, "Y-DT", &a.employer).await;
        act(&a.officer, &no, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
        decided(&a, &no, false).await;
        let denial = words(&a.officer, &no, Kind::Denial).await;
        assert!(denial.contains("TSG Z8002-2022") && !denial.contains("TSG 07"), "{denial}");
    }
}

#[tokio::test]
async fn silence_accepts_a_person_too_and_is_documented_afterwards() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = filed(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        go(&test, date(2026, 3, 10));
        settle_due(&test.app).await.unwrap();
        act(&a.officer, &no, Action::ConfirmAcceptance { agency: None, checked: Vec::new() }).await.unwrap();
        let acceptance = words(&a.officer, &no, Kind::Acceptance).await;
        assert!(acceptance.contains("系补发") && acceptance.contains("请在2028年3月2日以前"), "two years from the receipt: {acceptance}");
    }
}

#[tokio::test]
async fn the_acceptance_of_a_person_asks_for_no_agency() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = filed(&test, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        let drawn = desk::desk(&a.officer, &no).await.unwrap();
        assert_eq!(drawn.offers(Source::Agencies).iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), [NONE]);
        let posted = super::super::desk::form(&a.officer, &no, "accept", &[("agency", NONE)]).await;
        assert!(super::super::desk::is_done(&desk::act(&a.officer, &posted).await));
        assert_eq!(record(&test, &no).await.case.state, State::Accepted);
    }
}

#[tokio::test]
async fn a_renewal_is_decided_before_the_item_ends_that_it_renews() {
    use super::certificates::issued;
    let last = async |visit: &Visit, no: &str| service::view(visit, no).await.unwrap().ledger.line(Clock::Renewal).and_then(|line| line.due);
    for test in engines().await {
        let a = around(&test).await;
        for kind in PersonKind::all() {
            let who = person(&test, "李强").await;
            paper(&test, &who, LIFTS, Certificate::Valid).await;
            paper(&test, &who, ("TS8261902-2026", &["UT-II"], "2017-06-01", "2021-06-01", "2026-05-31"), Certificate::Valid).await;
            let no = filed(&test, &who, kind, "Y-DT", &a.employer).await;
            let expected = matches!(kind, PersonKind::RenewExam | PersonKind::RenewFile).then_some(date(2026, 7, 31));
            assert_eq!(last(&a.officer, &no).await, expected, "{kind:?}");
        }
        // What stands beside it on the one certificate ends later.
        let who = person(&test, "王小明").await;
        issued(&test, &a.officer, &who, PersonKind::Obtain, "UT-II", &a.employer).await;
        go(&test, date(2027, 5, 10));
        issued(&test, &a.officer, &who, PersonKind::Obtain, "RT-II", &a.employer).await;
        go(&test, date(2030, 9, 2));
        let no = filed(&test, &who, PersonKind::RenewExam, "UT-II", &a.employer).await;
        assert_eq!(last(&a.officer, &no).await, Some(date(2031, 2, 28)));
        // Once it is renewed the case keeps the day it was bound to.
        go(&test, date(2030, 9, 10));
        issued(&test, &a.officer, &who, PersonKind::RenewExam, "UT-II", &a.employer).await;
        assert_eq!(last(&a.officer, &no).await, Some(date(2031, 2, 28)));
    }
}

#[tokio::test]
async fn limits_of_persons_are_those_of_the_rules_in_every_kind() {
    for test in engines().await {
        let a = around(&test).await;
        for kind in PersonKind::all() {
            let who = person(&test, "王小明").await;
            let no = filed(&test, &who, kind, "UT-II", &a.employer).await;
            let (file, _) = load(&a.officer, &mut test.app.db.read().await.unwrap(), &no).await.unwrap();
            let limits = file.facts.limits;
            for (name, limit, rule) in [
                ("acceptance, 行政许可法 art. 32", limits.accept, 5),
                ("decision from the marks, TSG Z8001-2019 art. 16", limits.decide, 20),
                ("extension, 行政许可法 art. 42", limits.extend, 10),
                ("serving, 行政许可法 art. 44", limits.deliver, 10),
                ("publicity", limits.publish, 7),
                ("months to pass all subjects, art. 14", limits.exam_months, 24),
                ("months after a failed renewal, art. 21", limits.resit_months, 12),
                ("marks, art. 28", limits.marks, 20),
                ("complaint about marks, art. 32", limits.complaint, 20),
            ] {
                assert_eq!(limit, rule, "{kind:?}: {name}");
            }
        }
    }
}

#[tokio::test]
async fn limits_of_persons_are_the_rules_or_what_the_authority_committed_to() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = seated(&test, &a, &who, "UT-II").await;
        let commit = "INSERT INTO setting (key, value) VALUES ('committed/610000', '{\"decide\":10,\"marks\":15}')";
        test.app.db.write(move |tx| Box::pin(async move { tx.run(commit, crate::vals![]).await })).await.unwrap();
        go(&test, date(2026, 4, 1));
        let line = |view: crate::casework::model::CaseView, clock: Clock| view.ledger.line(clock).cloned().unwrap();
        let view = || service::view(&a.body, &no);
        let of_marks = line(view().await.unwrap(), Clock::Marks);
        assert_eq!((of_marks.of, of_marks.due.map(|day| day.to_string())), (20, Some("2026-04-30".to_owned())));
        assert!(of_marks.committed.is_some_and(|day| Some(day) < of_marks.due), "{of_marks:?}");
        let exam = line(view().await.unwrap(), Clock::Examination);
        assert_eq!(exam.due.map(|day| day.to_string()).as_deref(), Some("2028-03-02"));
        act(&a.body, &no, marks([80, 70, 90])).await.unwrap();
        let decision = line(view().await.unwrap(), Clock::Decision);
        assert_eq!((decision.of, decision.from), (20, date(2026, 4, 1)), "from the marks, not from the acceptance");
        assert!(decision.committed.is_some());
    }
}

#[tokio::test]
async fn whoever_must_act_is_reminded_of_the_limits_of_persons() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = seated(&test, &a, &who, "UT-II").await;
        let reminded = async |visit: &Visit, of: &str| inbox(visit).await.into_iter().filter(|text| text.contains(of)).count();
        go(&test, date(2026, 4, 29));
        remind(&test.app).await.unwrap();
        remind(&test.app).await.unwrap();
        assert_eq!((reminded(&a.body, "公布考试成绩").await, reminded(&who, "公布考试成绩").await), (1, 0));
        act(&a.body, &no, marks([60, 90, 90])).await.unwrap();
        go(&test, date(2028, 3, 1));
        remind(&test.app).await.unwrap();
        assert_eq!((reminded(&who, "通过全部考试科目").await, reminded(&a.body, "通过全部考试科目").await), (1, 0));
        go(&test, date(2028, 3, 3));
        settle_due(&test.app).await.unwrap();
        assert_eq!(record(&test, &no).await.case.state, State::Lapsed);
        assert!(inbox(&who).await[0].contains("申请失效"));
    }
}

#[tokio::test]
async fn a_complaint_about_marks_waits_for_the_body() {
    for test in engines().await {
        let a = around(&test).await;
        let who = person(&test, "王小明").await;
        let no = seated(&test, &a, &who, "UT-II").await;
        go(&test, date(2026, 4, 10));
        act(&a.body, &no, marks([60, 90, 90])).await.unwrap();
        let posted = super::super::desk::form(&who, &no, "complain-marks", &[("reason", "闭卷第三题漏计分")]).await;
        assert!(super::super::desk::is_done(&desk::act(&who, &posted).await));
        assert!(inbox(&a.body).await[0].contains("答复成绩申诉"), "{:?}", inbox(&a.body).await);
        assert_eq!(service::view(&who, &no).await.unwrap().ledger.turn, Some(Role::ExamOfficer));
        let stands = Action::AnswerComplaint { text: "复核无误".into(), scores: Vec::new(), lifted: Vec::new() };
        for stranger in [&who, &a.officer, &a.employer] {
            assert!(act(stranger, &no, stands.clone()).await.is_err());
        }
        act(&a.body, &no, stands).await.unwrap();
        assert!(inbox(&who).await[0].contains(&no));
    }
}
