//! What is asked of somebody whose turn it is not, through the service: the queue it stands in, what the desk says of it, who is told; and
//! what an event names.

use super::desk::{form, is_done};
use super::letters::{people, reported};
use super::previewing::seen_then_sent;
use super::*;
use crate::casework::desk;
use crate::casework::model::{ASKED, Flag, Wanted};
use crate::casework::refold::refold;
use crate::casework::verify::{Found, verify};
use crate::document::model::Kind;
use crate::document::service as documents;
use crate::notice::inbox;

async fn told(visit: &Visit) -> Vec<String> {
    inbox::inbox(visit, "", false).await.unwrap().rows.into_iter().map(|letter| letter.say.zh.into_owned()).collect()
}

/// What a queue holds for somebody: its count, and the cases with their flags.
async fn held(visit: &Visit, queue: &str) -> (i64, Vec<(String, Vec<Flag>)>) {
    let list = desk::queue(visit, &Wanted { queue: queue.into(), ..Wanted::default() }, "", false).await.unwrap();
    let count = list.counts.iter().find(|(key, _)| key == queue).map_or(-1, |(_, n)| *n);
    (count, list.rows.into_iter().map(|row| (row.no, row.flags)).collect())
}

async fn waits(visit: &Visit, no: &str) -> Vec<String> {
    desk::desk(visit, no).await.unwrap().waits.into_iter().map(|said| said.zh.into_owned()).collect()
}

#[tokio::test]
async fn an_extension_stands_in_a_queue_of_its_own_until_it_is_decided() {
    for test in engines().await {
        let (others, people) = (people(&test).await, people(&test).await);
        let (_, other) = reported(&test, &others).await;
        go(&test, date(2026, 3, 2));
        let (owner, no) = reported(&test, &people).await;
        for no in [&other, &no] {
            act(&people.officer, no, Action::ReceiveReport).await.unwrap();
        }
        assert_eq!(held(&people.approver, ASKED).await, (0, Vec::new()));
        act(&people.officer, &no, Action::ProposeExtension { reason: "需要核实设备".into() }).await.unwrap();
        assert_eq!(held(&people.approver, ASKED).await, (1, vec![(no.clone(), vec![Flag::ExtensionProposed])]));
        let newest = Wanted { queue: ASKED.into(), newest: true, ..Wanted::default() };
        assert_eq!(desk::queue(&people.approver, &newest, "", false).await.unwrap().rows.len(), 1);
        let open = desk::queue(&people.approver, &Wanted::default(), "", false).await.unwrap();
        assert_eq!((open.rows.len(), open.count), (2, 2), "each once among all that is open");
        assert!(waits(&people.approver, &no).await[0].contains("需要核实设备"), "the approver decides with the proposal before them");
        assert!(waits(&owner, &no).await.is_empty() && waits(&people.lead, &no).await.is_empty(), "what officials ask of each other stays with them");
        // Whoever is no official has no such queue: it is as if none was asked for.
        let list = desk::queue(&people.lead, &Wanted { queue: ASKED.into(), ..Wanted::default() }, "", false).await.unwrap();
        assert!(list.rows.len() == 1 && !list.counts.iter().any(|(key, _)| key == ASKED), "{:?}", list.counts);
        act(&people.approver, &no, Action::Extend { reason: "需要核实设备".into() }).await.unwrap();
        assert_eq!(held(&people.approver, ASKED).await, (0, Vec::new()));
        assert_eq!(desk::desk(&people.officer, &no).await.unwrap().entry.flags, [Flag::Extended]);
        assert!(waits(&people.approver, &no).await.is_empty());
    }
}

#[tokio::test]
async fn whoever_consents_or_helps_finds_the_case() {
    for test in engines().await {
        let (officer, supervisor) = (official(&test, SHAANXI, &["acceptance"]).await, official(&test, SHAANXI, &["supervisor"]).await);
        let (owner, no) = drafted(&test).await;
        hand_in(&owner, &no, 1, &[("basic/fax", "1")]).await;
        let marks = vec![crate::workflow::action::Mark { path: "basic/fax".into(), text: "缺区号".into() }];
        act(&officer, &no, Action::RequireCorrection { marks, cause: String::new(), days: 0 }).await.unwrap();
        hand_in(&owner, &no, 2, &[("basic/fax", "29-1")]).await;
        act(&officer, &no, Action::AskConsent { cause: "新填的传真有误".into() }).await.unwrap();
        assert_eq!(held(&supervisor, ASKED).await, (1, vec![(no.clone(), vec![Flag::ConsentAsked])]));
        assert!(waits(&supervisor, &no).await[0].contains("新填的传真有误"));
        act(&supervisor, &no, Action::Consent).await.unwrap();
        assert_eq!(held(&supervisor, ASKED).await.0, 0);

        let (lead, _) = agency(&test).await;
        let (owner, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        act(&owner, &no, Action::CallAuthority { reason: "三次都约不下来".into() }).await.unwrap();
        assert_eq!(held(&officer, ASKED).await, (1, vec![(no.clone(), vec![Flag::Called])]));
        assert!(waits(&officer, &no).await[0].contains("三次都约不下来"));
    }
}

#[tokio::test]
async fn a_hearing_that_was_requested_is_told_to_whoever_decides() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = reported(&test, &people).await;
        super::letters::examined(&people, &no, true).await;
        act(&owner, &no, Action::RequestHearing { reason: "对评审结论有异议".into() }).await.unwrap();
        let told = told(&people.approver).await;
        assert!(told[0].contains("提出听证") && told[0].contains("请退回审查，先举行听证"), "{told:?}");
        for visit in [&people.approver, &people.officer, &owner] {
            assert!(waits(visit, &no).await[0].contains("对评审结论有异议"), "all sides see that the decision waits for it");
        }
        let drawn = desk::desk(&people.approver, &no).await.unwrap();
        assert!(drawn.entry.flags.contains(&Flag::Hearing) && !drawn.case.may(ActionKind::Grant) && drawn.case.may(ActionKind::SendBack));
        act(&people.approver, &no, Action::SendBack { reason: "先举行听证".into() }).await.unwrap();
        let late = act(&people.officer, &no, Action::OpenHearing { on: date(2026, 6, 1), place: "会议室".into() }).await;
        assert!(matches!(&late, Err(AppError::Refused(say)) if say.zh.contains("20 个工作日")), "{late:?}");
        act(&people.officer, &no, Action::OpenHearing { on: date(2026, 3, 25), place: "会议室".into() }).await.unwrap();
        assert!(waits(&owner, &no).await.is_empty());
        let due = "SELECT COUNT(*) AS n FROM application WHERE state = 'hearing' AND due_on IS NOT NULL";
        assert_eq!(test.count(due).await, 1, "a case does not rest in a hearing for ever");
    }
}

/// 行政许可法 art. 47: told by a letter before the decision, which waits for its days or until they are waived.
#[tokio::test]
async fn the_right_to_a_hearing_is_told_and_the_decision_waits() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = reported(&test, &people).await;
        act(&people.officer, &no, Action::ReceiveReport).await.unwrap();
        let draft = Draft { grant: false, opinion: "试验能力不足".into(), second: None };
        act(&people.officer, &no, Action::DraftDecision { draft }).await.unwrap();
        let considered = desk::desk(&people.officer, &no).await.unwrap().prefilled.remove("tell-hearing-right/reason").unwrap();
        assert_eq!(considered, "拟不予许可：试验能力不足", "from the opinion");
        seen_then_sent(&test, &people.officer, &no, "tell-hearing-right", &[("reason", &considered)]).await;
        // Told on Thursday 12 March.
        let line = documents::of_case(&owner, &no).await.unwrap().pop().unwrap();
        let letter = documents::open(&people.officer, &line.id).await.unwrap().content.canonical();
        assert_eq!(line.kind, Kind::HearingRight);
        assert!(
            letter.contains("拟不予许可：试验能力不足。") && letter.contains("5个工作日内（至2026年3月19日）") && letter.contains("第四十七条"),
            "{letter}"
        );
        assert!(!documents::of_case(&people.lead, &no).await.unwrap().iter().any(|line| line.kind == Kind::HearingRight), "not the agency's business");
        assert_eq!(waits(&people.lead, &no).await, Vec::<String>::new());
        let seen = desk::desk(&people.lead, &no).await.unwrap().case;
        assert!(!seen.timeline.iter().any(|happening| happening.what == ActionKind::TellHearingRight));
        assert!(seen.ledger.line(crate::workflow::clock::Clock::HearingRequest).is_none());
        let message = told(&owner).await.remove(0);
        assert!(message.contains("告知听证权利（拟不予许可：试验能力不足）") && message.contains("要求听证的，最后一天是2026年3月19日（周四）"), "{message}");
        for visit in [&owner, &people.officer, &people.approver] {
            assert!(waits(visit, &no).await[0].contains("2026年3月19日"));
        }
        act(&people.officer, &no, Action::SendToApproval).await.unwrap();
        assert!(told(&people.approver).await[0].contains("请在申请听证的期限届满后作出决定"));
        let deny = || Action::Deny { reason: "试验能力不足".into(), ground: None };
        let early = act(&people.approver, &no, deny()).await;
        assert!(matches!(&early, Err(AppError::Refused(say)) if say.zh.contains("2026年3月19日")), "{early:?}");
        act(&owner, &no, Action::WaiveHearing).await.unwrap();
        let told = told(&people.approver).await;
        assert!(told[0].contains("放弃听证") && told[0].contains("请作出决定"), "{told:?}");
        assert!(waits(&owner, &no).await.is_empty());
        assert_eq!(act(&people.approver, &no, deny()).await, Ok(State::Denied));
    }
}

#[tokio::test]
async fn whoever_must_act_is_told_that_a_case_goes_on() {
    for test in engines().await {
        let people = people(&test).await;
        let (_, no) = reported(&test, &people).await;
        super::letters::examined(&people, &no, true).await;
        act(&people.approver, &no, Action::SendBack { reason: "请补充".into() }).await.unwrap();
        act(&people.approver, &no, Action::Suspend { reason: "诉讼未结".into() }).await.unwrap();
        assert!(told(&people.officer).await[0].contains("中止办理（诉讼未结）"));
        act(&people.approver, &no, Action::Resume { reason: "诉讼已结".into() }).await.unwrap();
        assert!(told(&people.officer).await[0].contains("恢复办理（诉讼已结）"));
        assert!(!told(&people.approver).await.iter().any(|text| text.contains("恢复办理")), "who did it is not told");
    }
}

#[tokio::test]
async fn a_timeline_names_whom_and_what_and_leads_to_the_documents() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = reported(&test, &people).await;
        let colleague = official(&test, SHAANXI, &["examiner"]).await.caller().unwrap().clone();
        act(&people.officer, &no, Action::Take).await.unwrap();
        act(&people.officer, &no, Action::HandOver { to: colleague.account_id.clone() }).await.unwrap();
        let timeline = service::view(&people.officer, &no).await.unwrap().timeline;
        let said = |what: ActionKind| timeline.iter().find(|happening| happening.what == what).map(|happening| happening.said.clone()).unwrap();
        let agency = &people.lead.caller().unwrap().unit_name;
        assert_eq!(said(ActionKind::Accept).zh, format!("鉴定评审机构：{agency}"));
        assert_eq!(said(ActionKind::HandOver).en, format!("Handed over to: {}", colleague.person_name));
        assert_eq!(said(ActionKind::NarrowScope).zh, "暂不生产\n不再申请：紧急切断阀B");
        let accepted = timeline.iter().find(|happening| happening.what == ActionKind::Accept).unwrap();
        let lines = documents::of_case(&owner, &no).await.unwrap();
        assert!(accepted.role == Role::Acceptance && lines.iter().any(|line| accepted.documents == [line.id.clone()] && line.kind == Kind::Acceptance));
        for visit in [&owner, &people.officer, &people.lead] {
            assert_eq!(desk::desk(visit, &no).await.unwrap().given_up, ["紧急切断阀B"]);
        }
        let units = service::view(&owner, &no).await.unwrap().timeline;
        assert!(!units.iter().any(|happening| happening.said.zh.contains(&colleague.person_name)), "officials among themselves");
    }
}

#[tokio::test]
async fn what_is_amended_stands_in_the_decision_and_on_the_certificate() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = submitted(&test).await;
        act(&people.officer, &no, Action::Accept { agency: Some(unit_of(&people.lead)), checked: Vec::new() }).await.unwrap();
        let answers =
            [("changes", "更正名称和地址"), ("name", "西安新名阀门有限公司"), ("registered", "雁塔区新一路1号"), ("addresses", "新一路1号\n新二路2号")];
        assert!(is_done(&desk::act(&people.officer, &form(&people.officer, &no, "amend-acceptance", &answers).await).await));
        let line = documents::of_case(&owner, &no).await.unwrap().pop().unwrap();
        let decision = documents::open(&people.officer, &line.id).await.unwrap().content;
        assert_eq!((decision.holder.as_str(), decision.fact("住所")), ("西安新名阀门有限公司", Some("雁塔区新一路1号")));
        assert!(decision.canonical().contains("更正名称和地址；单位名称改为西安新名阀门有限公司；住所改为雁塔区新一路1号"), "{}", decision.canonical());
        let found = record(&test, &no).await;
        let case = Case { state: State::Granted, decided: Some(date(2026, 3, 2)), ..found.case };
        test.app.db.write(move |tx| Box::pin(async move { store::project(tx, &found.id, &case, None, None, 0).await })).await.unwrap();
        let seen = record(&test, &no).await.case.revision;
        let plan = crate::casework::certify::plan(&people.officer, &no).await.unwrap();
        assert!(plan[0].rows[0].remark.contains("地址 1、2"), "{:?}", plan[0].rows);
        crate::casework::certify::issue(&people.officer, &no, "issue", seen, &Default::default()).await.unwrap();
        let line = documents::of_case(&owner, &no).await.unwrap().into_iter().rfind(|line| line.kind.is_certificate()).unwrap();
        let paper = documents::open(&people.officer, &line.id).await.unwrap().content;
        assert_eq!((paper.holder.as_str(), paper.fact("住所")), ("西安新名阀门有限公司", Some("雁塔区新一路1号")));
        assert_eq!(paper.fact("制造地址"), Some("（1）新一路1号\n（2）新二路2号"));
    }
}

/// An older version noted nothing of these events; the record has to make what is stored again before anybody checks it.
#[tokio::test]
async fn what_an_older_version_stored_is_made_anew() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (lead, _) = agency(&test).await;
        let (owner, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        act(&owner, &no, Action::CallAuthority { reason: "约不下来".into() }).await.unwrap();
        submitted(&test).await;
        assert_eq!(refold(&test.app).await.unwrap(), 0, "it was done at the start");
        for sql in [
            "UPDATE application SET projection = REPLACE(projection, '\"authority_called\":true', '\"authority_called\":false'), asked = ''",
            "UPDATE setting SET value = '0' WHERE key = 'casework/folded'",
        ] {
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![]).await })).await.unwrap();
        }
        assert!(matches!(verify(&test.app).await.unwrap(), Found::Bad(_)), "as if somebody had changed it");
        let before = record(&test, &no).await.case.revision;
        assert_eq!(refold(&test.app).await.unwrap(), 1);
        assert_eq!(verify(&test.app).await.unwrap(), Found::Sound { cases: 2, events: 7 });
        assert_eq!((record(&test, &no).await.case.revision, held(&officer, ASKED).await.0), (before, 1));
        assert_eq!(refold(&test.app).await.unwrap(), 0);
    }
}

/// The version before noted no day of a hearing, and so let it be closed before.
#[tokio::test]
async fn a_hearing_that_was_opened_before_gets_its_day() {
    for test in engines().await {
        let people = people(&test).await;
        let (_, no) = reported(&test, &people).await;
        act(&people.officer, &no, Action::ReceiveReport).await.unwrap();
        act(&people.officer, &no, Action::OpenHearing { on: date(2026, 3, 20), place: "会议室".into() }).await.unwrap();
        for sql in [
            "UPDATE application SET projection = REPLACE(projection, '\"hearing_on\":\"2026-03-20\"', '\"hearing_on\":null')",
            "UPDATE setting SET value = '1' WHERE key = 'casework/folded'",
        ] {
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![]).await })).await.unwrap();
        }
        assert_eq!((record(&test, &no).await.case.hearing_on, refold(&test.app).await.unwrap()), (None, 1));
        let early = act(&people.officer, &no, Action::CloseHearing { record: "见笔录".into() }).await;
        assert!(matches!(&early, Err(AppError::Refused(say)) if say.zh.contains("2026年3月20日")), "{early:?}");
        go(&test, date(2026, 3, 20));
        assert_eq!(act(&people.officer, &no, Action::CloseHearing { record: "见笔录".into() }).await, Ok(State::Examining));
    }
}
