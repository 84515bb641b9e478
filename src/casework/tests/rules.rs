//! What the law and the spec tie to a step, through the service: a second notice, days without reviewers, flags and stopped limits in the
//! lists, the 约请函 and the memo as they are written anew.

use super::desk::{corrected, form, is_done};
use super::letters::{examined, people, reported};
use super::*;
use crate::casework::desk;
use crate::casework::forms::Source;
use crate::casework::job::settle_due;
use crate::casework::model::{Flag, Wanted};
use crate::document::model::Kind;
use crate::document::service as documents;
use crate::server::plain::Answer;
use crate::workflow::action::Mark;

#[tokio::test]
async fn a_second_notice_is_about_what_was_handed_in_anew() {
    for test in engines().await {
        let (owner, no) = drafted(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let supervisor = official(&test, SHAANXI, &["supervisor"]).await;
        hand_in(&owner, &no, 1, &[("basic/postcode", "71001"), ("basic/fax", "123"), ("basic/email", "a@example.cn")]).await;
        let mark = |path: &str| Mark { path: path.into(), text: format!("{path}有误") };
        act(&officer, &no, Action::RequireCorrection { marks: vec![mark("basic/postcode"), mark("basic/fax")], cause: String::new(), days: 0 }).await.unwrap();
        hand_in(&owner, &no, 2, &[("basic/postcode", "710016"), ("basic/fax", "029-1"), ("basic/email", "a@example.cn")]).await;
        act(&officer, &no, Action::AskConsent { cause: "新填的传真仍有误".into() }).await.unwrap();
        act(&supervisor, &no, Action::Consent).await.unwrap();
        let drawn = desk::desk(&officer, &no).await.unwrap();
        assert_eq!(drawn.changed, ["basic/postcode", "basic/fax"]);
        assert_eq!(["basic/postcode", "basic/fax", "basic/email"].map(|place| drawn.may_mark(place)), [true, true, false], "what the form offers");
        let notice = async |place: &str| {
            let answers = [("place1", "basic/fax"), ("text1", "缺区号"), ("place2", place), ("text2", "也有误"), ("cause", "新填的传真仍有误")];
            desk::act(&officer, &corrected(&officer, &no, &answers).await).await
        };
        let refused = notice("basic/email").await;
        assert!(matches!(&refused, Err(AppError::Refused(say)) if say.zh.contains("2. 也有误") && !say.zh.contains("缺区号")), "it says which");
        assert!(is_done(&notice("basic/postcode").await));
        assert_eq!(record(&test, &no).await.case.corrections, 2);
    }
}

#[tokio::test]
async fn nothing_handed_in_anew_is_nothing_to_notify_of() {
    for test in engines().await {
        let (owner, no) = drafted(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        hand_in(&owner, &no, 1, &[("basic/fax", "123")]).await;
        let marks = vec![Mark { path: "basic/fax".into(), text: "缺区号".into() }];
        act(&officer, &no, Action::RequireCorrection { marks, cause: String::new(), days: 0 }).await.unwrap();
        hand_in(&owner, &no, 2, &[("basic/fax", "123")]).await;
        let view = service::view(&officer, &no).await.unwrap();
        assert!(view.may(ActionKind::Accept) && view.may(ActionKind::Refuse) && !view.may(ActionKind::AskConsent));
    }
}

/// A case entrusted to an agency, with whoever is at work on it.
async fn entrusted(test: &TestApp) -> (Visit, Visit, Visit, String, String) {
    let officer = official(test, SHAANXI, &["acceptance", "supervisor"]).await;
    let (lead, reviewer) = agency(test).await;
    let (owner, no) = submitted(test).await;
    act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
    act(&officer, &no, Action::Entrust).await.unwrap();
    (officer, owner, lead, reviewer, no)
}

#[tokio::test]
async fn days_on_which_nobody_can_come_are_not_proposed() {
    for test in engines().await {
        let (_, owner, lead, reviewer, no) = entrusted(&test).await;
        let (seat, name) = (lead.clone(), reviewer.clone());
        let away = date(2026, 3, 11);
        let work = test.app.db.write(move |tx| Box::pin(async move { crate::casework::agencies::store::block(tx, &unit_of(&seat), &name, away).await }));
        work.await.unwrap();
        let propose = |from: Date, to: Date| act(&owner, &no, Action::Propose { windows: vec![days(from, to)] });
        let refused = propose(date(2026, 3, 10), date(2026, 3, 12)).await;
        let told = |say: &crate::base::Say| say.zh.contains("2026年3月11日") && !say.zh.contains(&reviewer);
        assert!(matches!(&refused, Err(AppError::Refused(say)) if told(say)), "{refused:?}");
        hire(&test, &unit_of(&lead), "张评审").await;
        assert_eq!(propose(date(2026, 3, 10), date(2026, 3, 12)).await, Ok(State::Scheduling), "another one can come");
    }
}

#[tokio::test]
async fn lists_say_what_stops_a_limit_and_officials_what_is_flagged() {
    for test in engines().await {
        let (officer, owner, lead, ..) = entrusted(&test).await;
        let approver = official(&test, SHAANXI, &["approver"]).await;
        let (_, silent) = submitted(&test).await;
        go(&test, date(2026, 3, 12));
        settle_due(&test.app).await.unwrap();
        let rows = async |visit: &Visit| desk::queue(visit, &Wanted::default(), "", false).await.unwrap().rows;
        let flags = |rows: &[crate::casework::model::Entry], state: State| rows.iter().find(|row| row.state == state).unwrap().flags.clone();
        let all = rows(&officer).await;
        assert_eq!((flags(&all, State::Accepted), flags(&all, State::Entrusted)), (vec![Flag::DeemedAccepted], vec![Flag::Escalated]));
        let entrusted = all.iter().find(|row| row.state == State::Entrusted).unwrap().no.clone();
        assert_eq!(desk::desk(&officer, &entrusted).await.unwrap().entry.flags, [Flag::Escalated]);
        assert_eq!(desk::desk(&officer, &silent).await.unwrap().entry.flags, [Flag::DeemedAccepted]);
        assert!(rows(&lead).await[0].flags.is_empty() && desk::desk(&owner, &entrusted).await.unwrap().entry.flags.is_empty(), "for officials only");
        act(&approver, &silent, Action::Suspend { reason: "涉诉".into() }).await.unwrap();
        let all = rows(&officer).await;
        let stopped = |no: &str| all.iter().find(|row| row.no == no).unwrap().stopped.map(|pause| pause.why.since(pause.from));
        let said = stopped(&silent).unwrap();
        assert_eq!(said.zh, "自2026年3月12日（周四）起停止计算：中止办理，恢复办理后继续计算");
        let line = service::view(&officer, &silent).await.unwrap().ledger.main_line().unwrap().say();
        assert!(line.zh.ends_with(&*said.zh) && line.en.ends_with(&*said.en), "as in the ledger: {line:?}");
        assert_eq!(stopped(&entrusted), None);
    }
}

/// The documents of a kind in a case: number and words, oldest first.
async fn papers(visit: &Visit, no: &str, kind: Kind) -> Vec<(String, String)> {
    let mut papers = Vec::new();
    for line in documents::of_case(visit, no).await.unwrap().into_iter().filter(|line| line.kind == kind) {
        papers.push((line.number, documents::open(visit, &line.id).await.unwrap().content.canonical()));
    }
    papers
}

#[tokio::test]
async fn an_appointment_is_one_record_from_the_proposal_on() {
    for test in engines().await {
        let (officer, owner, lead, reviewer, no) = entrusted(&test).await;
        let (first, second) = (days(date(2026, 3, 10), date(2026, 3, 10)), days(date(2026, 3, 17), date(2026, 3, 17)));
        act(&owner, &no, Action::Propose { windows: vec![first] }).await.unwrap();
        act(&lead, &no, Action::ReturnProposal { reason: "评审员已有安排".into() }).await.unwrap();
        act(&owner, &no, Action::Propose { windows: vec![second] }).await.unwrap();
        act(&lead, &no, Action::Agree { window: second, reviewers: vec![reviewer] }).await.unwrap();
        let (unit, agency) = (owner.caller().unwrap().person_name.clone(), lead.caller().unwrap().person_name.clone());
        for side in [&owner, &lead, &officer] {
            let all = papers(side, &no, Kind::Appointment).await;
            assert!(all.len() == 4 && all.iter().all(|(number, _)| *number == all[0].0), "one number for the three parties: {all:?}");
            let says = |n: usize, part: &str| all[n].1.contains(part);
            assert!(says(0, "2026年3月10日") && says(0, &unit) && !says(0, &agency) && !says(0, "最终确定"), "part A: {}", all[0].1);
            assert!(says(1, "退回：评审员已有安排") && says(1, &agency) && !says(1, "最终确定"), "{}", all[1].1);
            assert!(says(2, "2026年3月17日") && !says(2, &agency) && !says(2, "退回"), "a new round begins anew: {}", all[2].1);
            assert!(says(3, "同意") && says(3, "最终确定") && says(3, &agency), "{}", all[3].1);
        }
        let timeline = service::view(&lead, &no).await.unwrap().timeline;
        let named = timeline.iter().filter(|happening| happening.what == ActionKind::Propose).all(|happening| happening.documents.len() == 1);
        assert!(named, "each act names its letter");
    }
}

#[tokio::test]
async fn another_agency_gets_a_letter_of_its_own() {
    for test in engines().await {
        let (officer, owner, _, _, no) = entrusted(&test).await;
        let (other, _) = agency(&test).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 10));
        act(&owner, &no, Action::Propose { windows: vec![window] }).await.unwrap();
        act(&officer, &no, Action::ReplaceAgency { agency: unit_of(&other), reason: "回避".into() }).await.unwrap();
        act(&owner, &no, Action::Propose { windows: vec![window] }).await.unwrap();
        let all = papers(&owner, &no, Kind::Appointment).await;
        assert!(all.len() == 2 && all[0].0 != all[1].0, "{all:?}");
        assert_eq!(papers(&other, &no, Kind::Appointment).await.len(), 1, "not what was written to another");
    }
}

#[tokio::test]
async fn a_memo_says_when_each_side_signed() {
    for test in engines().await {
        let (_, owner, lead, reviewer, no) = entrusted(&test).await;
        let window = days(date(2026, 3, 10), date(2026, 3, 10));
        act(&owner, &no, Action::Propose { windows: vec![window] }).await.unwrap();
        act(&lead, &no, Action::Agree { window, reviewers: vec![reviewer] }).await.unwrap();
        go(&test, window.from);
        act(&lead, &no, Action::StartReview).await.unwrap();
        let (problems, requirements, file) = (vec!["试验台未校准".to_owned()], vec!["送检".to_owned()], String::new());
        let memo = Action::Memo { problems, requirements, deadline: date(2026, 5, 1), agency_signer: "赵某".into(), unit_signer: String::new(), file };
        act(&lead, &no, memo).await.unwrap();
        let told = crate::notice::inbox::inbox(&owner, "", false).await.unwrap().rows;
        assert!(told[0].say.zh.contains("请先签署备忘录") && told[0].say.en.contains("sign it first"), "{told:?}");
        go(&test, date(2026, 3, 12));
        assert!(matches!(act(&owner, &no, Action::Rectify { text: "已校准".into(), files: vec!["f".into()] }).await, Err(AppError::Refused(_))));
        act(&owner, &no, Action::SignMemo).await.unwrap();
        let all = papers(&lead, &no, Kind::Memo).await;
        let signer = &owner.caller().unwrap().person_name;
        assert!(all.len() == 2 && all[0].0 == all[1].0, "{all:?}");
        assert!(all[0].1.contains("赵某") && !all[0].1.contains(signer.as_str()) && !all[0].1.contains("2026-03-12"), "{}", all[0].1);
        for part in ["试验台未校准", "赵某", "2026-03-10", signer, "2026-03-12", "2026年5月1日"] {
            assert!(all[1].1.contains(part), "{part}: {}", all[1].1);
        }
        let told = crate::notice::inbox::inbox(&lead, "", false).await.unwrap().rows;
        assert!(told[0].say.zh.contains("签署备忘录"), "{told:?}");
    }
}

/// Keeps a reason for a kind of letter in the library of 陕西.
async fn keep_reason(test: &TestApp, kind: Kind, text: &str) {
    let supervisor = official(test, SHAANXI, &["supervisor"]).await;
    let saved = [("kind", kind.word()), ("text", text)].map(|(key, value)| (key.to_owned(), value.to_owned()));
    crate::document::library::save_reason(&supervisor, &saved.into_iter().collect()).await.unwrap();
}

/// Picks the one reason the library offers for a kind of letter.
async fn picked(visit: &Visit, no: &str, kind: Kind) -> String {
    desk::desk(visit, no).await.unwrap().offers(Source::Reasons(kind))[0].0.clone()
}

#[tokio::test]
async fn a_refusal_and_a_denial_take_their_reason_from_the_library() {
    for test in engines().await {
        keep_reason(&test, Kind::NonAcceptance, "所申请的设备不在特种设备目录内").await;
        keep_reason(&test, Kind::Denial, "持证人员数量不足").await;
        let (owner, no) = drafted(&test).await;
        hand_in(&owner, &no, 1, &[("basic/fax", "123")]).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let refuse = async |answers: &[(&str, &str)]| desk::act(&officer, &form(&officer, &no, "refuse", answers).await).await;
        let none = refuse(&[("ground", "outside-scope")]).await;
        assert!(matches!(none, Ok(Answer::Wrong(issues)) if issues[0].path == "refuse/reason"));
        assert!(is_done(&refuse(&[("ground", "outside-scope"), ("library", &picked(&officer, &no, Kind::NonAcceptance).await)]).await));
        let letter = papers(&officer, &no, Kind::NonAcceptance).await.remove(0).1;
        assert!(letter.contains("所申请的设备不在特种设备目录内"), "{letter}");

        let people = people(&test).await;
        let (_, no) = reported(&test, &people).await;
        examined(&people, &no, false).await;
        let deny = form(&people.approver, &no, "deny", &[("library", &picked(&people.approver, &no, Kind::Denial).await)]).await;
        assert!(is_done(&desk::act(&people.approver, &deny).await));
        let letter = papers(&people.officer, &no, Kind::Denial).await.remove(0).1;
        assert!(letter.contains("持证人员数量不足"), "{letter}");
    }
}
