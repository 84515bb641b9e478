//! The letters a case owes: each with its act or not at all, for those it concerns.

use super::forms::upload;
use super::*;
use crate::casework::certify;
use crate::casework::verify::{Found, verify};
use crate::document::model::Kind;
use crate::document::service as documents;
use crate::form::Values;
use crate::licence::model::{Standing, State as Certificate};
use crate::workflow::action::{Amended, Feedback, Ground, Mark, Satisfaction};

/// The kinds of the documents each event of a case names, in order.
async fn written(test: &TestApp, official: &Visit, no: &str) -> Vec<Kind> {
    let id = record(test, no).await.id;
    let timeline = store::timeline(&mut test.app.db.read().await.unwrap(), &id).await.unwrap();
    let lines = documents::of_case(official, no).await.unwrap();
    let kind = |id: &String| lines.iter().find(|line| line.id == *id).map(|line| line.kind).expect("an event names a document that exists");
    timeline.iter().flat_map(|happening| &happening.documents).map(kind).collect()
}

/// Everything a document says.
async fn words(official: &Visit, no: &str, kind: Kind) -> String {
    let lines = documents::of_case(official, no).await.unwrap();
    let line = lines.iter().rfind(|line| line.kind == kind).unwrap();
    documents::open(official, &line.id).await.unwrap().content.canonical()
}

/// The whole authority in one person but the approver, who has to be another; and an agency.
pub(super) struct People {
    pub(super) officer: Visit,
    pub(super) approver: Visit,
    pub(super) lead: Visit,
    /// Whom the agency may send.
    pub(super) reviewer: String,
}

pub(super) async fn people(test: &TestApp) -> People {
    let (lead, reviewer) = agency(test).await;
    People {
        officer: official(test, SHAANXI, &["acceptance", "examiner", "certificate"]).await,
        approver: official(test, SHAANXI, &["approver"]).await,
        lead,
        reviewer,
    }
}

fn answers() -> Feedback {
    Feedback {
        period: days(date(2026, 3, 12), date(2026, 3, 13)),
        categories: vec!["其他".into()],
        reviewers: "赵某".into(),
        misconduct: None,
        departure: None,
        unfairness: Some("迟到".into()),
        satisfaction: Satisfaction::Mostly,
        note: String::new(),
    }
}

/// To the report, with a date agreed twice, an item given up, a memo and its rectification.
pub(super) async fn reported(test: &TestApp, people: &People) -> (Visit, String) {
    let (owner, no) = submitted(test).await;
    let People { officer, lead, reviewer, .. } = people;
    act(officer, &no, Action::Accept { agency: Some(unit_of(lead)), checked: Vec::new() }).await.unwrap();
    act(officer, &no, Action::AmendAcceptance { changes: "更正产品".into(), agency: None, items: Vec::new(), amended: Amended::default() }).await.unwrap();
    act(officer, &no, Action::Entrust).await.unwrap();
    let (first, second) = (days(date(2026, 3, 10), date(2026, 3, 11)), days(date(2026, 3, 12), date(2026, 3, 13)));
    act(&owner, &no, Action::Propose { windows: vec![first] }).await.unwrap();
    act(lead, &no, Action::Agree { window: first, reviewers: vec![reviewer.clone()] }).await.unwrap();
    act(&owner, &no, Action::AskReschedule { window: second, reason: "停电".into(), reviewers: Vec::new() }).await.unwrap();
    act(lead, &no, Action::AgreeReschedule { reviewers: Vec::new() }).await.unwrap();
    go(test, second.from);
    act(lead, &no, Action::StartReview).await.unwrap();
    act(&owner, &no, Action::NarrowScope { items: vec!["SE033".into()], reason: "暂不生产".into() }).await.unwrap();
    let memo = Action::Memo {
        problems: vec!["试验台未校准".into()],
        requirements: vec!["送检并提供证书".into()],
        deadline: date(2026, 5, 1),
        agency_signer: "赵某".into(),
        unit_signer: "王某".into(),
        file: upload(lead, &no, "memo").await.unwrap(),
    };
    act(lead, &no, memo).await.unwrap();
    let proof = upload(&owner, &no, "rectify").await.unwrap();
    act(&owner, &no, Action::Rectify { text: "已校准".into(), files: vec![proof] }).await.unwrap();
    act(lead, &no, Action::VerifyOk { note: String::new() }).await.unwrap();
    let annex = upload(lead, &no, "report").await.unwrap();
    let report =
        Action::Report { conclusion: Conclusion::MeetsAfterRectification, findings: findings(), summary: "人员、设备符合".into(), files: vec![annex] };
    act(lead, &no, report).await.unwrap();
    (owner, no)
}

/// To the decision's door.
pub(super) async fn examined(people: &People, no: &str, grant: bool) {
    act(&people.officer, no, Action::ReceiveReport).await.unwrap();
    act(&people.officer, no, Action::DraftDecision { draft: Draft { grant, opinion: "见报告".into(), second: None } }).await.unwrap();
    act(&people.officer, no, Action::SendToApproval).await.unwrap();
}

async fn revision(test: &TestApp, no: &str) -> i64 {
    record(test, no).await.case.revision
}

#[tokio::test]
async fn a_case_leaves_its_papers_from_acceptance_to_certificate() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = reported(&test, &people).await;
        act(&owner, &no, Action::GiveFeedback { answers: answers() }).await.unwrap();
        act(&people.officer, &no, Action::ReceiveReport).await.unwrap();
        act(&people.approver, &no, Action::Extend { reason: "需要核实".into() }).await.unwrap();
        act(&people.officer, &no, Action::OpenHearing { on: date(2026, 3, 20), place: "第一会议室".into() }).await.unwrap();
        go(&test, date(2026, 3, 20));
        act(&people.officer, &no, Action::CloseHearing { record: "见笔录".into() }).await.unwrap();
        act(&people.officer, &no, Action::DraftDecision { draft: Draft { grant: true, opinion: "见报告".into(), second: None } }).await.unwrap();
        act(&people.officer, &no, Action::SendToApproval).await.unwrap();
        act(&people.approver, &no, Action::Grant { note: String::new() }).await.unwrap();
        let seen = revision(&test, &no).await;
        assert_eq!(certify::issue(&people.officer, &no, "issue", seen, &Values::new()).await.unwrap(), State::Issued);
        use Kind::*;
        let dates = [Appointment; 3];
        let expected =
            [&[Acceptance, Acceptance, Entrustment][..], &dates[..], &[Memo, Report, Feedback, Extension, Hearing, Grant, ProductionLicence]].concat();
        assert_eq!(written(&test, &people.officer, &no).await, expected);
        let lines = documents::of_case(&people.officer, &no).await.unwrap();
        assert_eq!((lines[0].number.as_str(), &lines[0].number), ("TS0000001-2026S", &lines[1].number), "an amended decision keeps its number");
        assert!(words(&people.officer, &no, Acceptance).await.contains("变更内容：更正产品"));
        assert!(words(&people.officer, &no, Entrustment).await.contains("TS0000001-2026S"));
        let appointment = words(&people.officer, &no, Appointment).await;
        assert!(appointment.contains("2026年3月12日至2026年3月13日") && appointment.contains("双方同意改期"), "{appointment}");
        assert!(appointment.contains(&owner.caller().unwrap().person_name) && appointment.contains(&people.lead.caller().unwrap().person_name));
        let report = words(&people.officer, &no, Report).await;
        assert!(report.contains("不再评审：紧急切断阀B") && report.contains("持证人员齐全") && report.contains("人员、设备符合"), "{report}");
        assert!(words(&people.officer, &no, Memo).await.contains("送检并提供证书"));
        assert!(
            report.contains("整改后符合条件") && report.contains("试验台未校准") && report.contains("安全阀") && !report.contains("其他紧急切断阀"),
            "{report}"
        );
        assert!(words(&people.officer, &no, Extension).await.contains("延长10个工作日"));
        let kinds = |lines: Vec<crate::document::view::DocumentLine>| lines.into_iter().map(|line| line.kind).collect::<Vec<_>>();
        let agencys = kinds(documents::of_case(&people.lead, &no).await.unwrap());
        assert_eq!(
            agencys,
            [Acceptance, Acceptance, Entrustment, Appointment, Appointment, Appointment, Memo, Report],
            "the acceptance as the applicant, never the feedback"
        );
        let units = kinds(documents::of_case(&owner, &no).await.unwrap());
        assert!(units.contains(&Feedback) && !units.contains(&Entrustment));
        assert_eq!(kinds(documents::of_case(&official(&test, ZHEJIANG, &["supervisor"]).await, &no).await.unwrap()), []);
        let (cases, events) = (1, revision(&test, &no).await);
        assert_eq!(verify(&test.app).await.unwrap(), Found::Sound { cases, events }, "what the events name is in the chain");
    }
}

#[tokio::test]
async fn whatever_ends_or_rests_a_case_is_written() {
    for test in engines().await {
        let people = people(&test).await;
        let mark = Mark { path: "basic/postcode".into(), text: "与住所不符".into() };
        let (owner, no) = submitted(&test).await;
        act(&people.officer, &no, Action::RequireCorrection { marks: vec![mark], cause: String::new(), days: 0 }).await.unwrap();
        act(&owner, &no, Action::Withdraw { reason: "改由分公司申请。".into() }).await.unwrap();
        assert_eq!(written(&test, &people.officer, &no).await, [Kind::Correction, Kind::Termination]);
        let correction = words(&people.officer, &no, Kind::Correction).await;
        assert!(correction.contains("申请单位基本情况") && correction.contains("邮政编码") && correction.contains("2026年3月2日"), "{correction}");
        assert!(words(&people.officer, &no, Kind::Termination).await.contains("因你单位撤回申请（改由分公司申请），"));
        let (_, no) = submitted(&test).await;
        let refuse =
            Action::Refuse { ground: Ground::OtherAuthority, reason: "属总局事项".into(), right_authority: "国家市场监督管理总局".into() };
        act(&people.officer, &no, refuse).await.unwrap();
        let refusal = words(&people.officer, &no, Kind::NonAcceptance).await;
        assert!(refusal.contains("第三十二条第一款第二项") && refusal.contains("可以向国家市场监督管理总局") && refusal.contains("行政复议"), "{refusal}");
        let (_, no) = reported(&test, &people).await;
        act(&people.approver, &no, Action::Suspend { reason: "诉讼未结".into() }).await.unwrap();
        act(&people.approver, &no, Action::Resume { reason: "诉讼已结".into() }).await.unwrap();
        examined(&people, &no, false).await;
        act(&people.approver, &no, Action::Deny { reason: "人员不足\n设备不足".into(), ground: None }).await.unwrap();
        assert_eq!(written(&test, &people.officer, &no).await[8..], [Kind::Suspension, Kind::Resumption, Kind::Denial]);
        let denial = words(&people.officer, &no, Kind::Denial).await;
        assert!(denial.contains("[\"人员不足\",\"设备不足\"]") && denial.contains("行政复议") && denial.contains("行政诉讼"), "{denial}");
    }
}

#[tokio::test]
async fn silence_is_documented_afterwards_and_says_so() {
    for test in engines().await {
        let people = people(&test).await;
        let (_, no) = submitted(&test).await;
        go(&test, date(2026, 3, 10));
        crate::casework::job::settle_due(&test.app).await.unwrap();
        assert_eq!(written(&test, &people.officer, &no).await, [], "an officer issues it");
        act(&people.officer, &no, Action::ConfirmAcceptance { agency: Some(unit_of(&people.lead)), checked: Vec::new() }).await.unwrap();
        let acceptance = words(&people.officer, &no, Kind::Acceptance).await;
        assert!(acceptance.contains("系补发") && acceptance.contains(&people.lead.caller().unwrap().unit_name), "{acceptance}");
    }
}

#[tokio::test]
async fn a_delegated_body_decides_in_the_name_of_the_delegating_one() {
    for test in engines().await {
        let (_, no) = submitted(&test).await;
        let number = no.clone();
        let city = crate::catalogue::Authority {
            code: "611200".into(),
            name: "陕西省西咸新区市场监督管理局".into(),
            level: crate::catalogue::AuthorityLevel::Delegated,
            number_code: "61".into(),
            delegated_by: Some(SHAANXI.into()),
        };
        let moved = test.app.db.write(move |tx| {
            Box::pin(async move {
                crate::catalogue::store::put_authority(tx, &city, "2026-01-01").await?;
                tx.run("UPDATE application SET authority_code = '611200' WHERE no = $1", crate::vals![number]).await
            })
        });
        moved.await.unwrap();
        let officer = official(&test, "611200", &["acceptance"]).await;
        act(&officer, &no, Action::Refuse { ground: Ground::FalseData, reason: "执照系伪造".into(), right_authority: String::new() }).await.unwrap();
        let looking = official(&test, SHAANXI, &["supervisor"]).await;
        let line = documents::of_case(&looking, &no).await.unwrap().remove(0);
        assert_eq!(documents::open(&looking, &line.id).await.unwrap().content.issuer, "陕西省市场监督管理局");
        let idle = official(&test, SHAANXI, &["acceptance"]).await;
        assert_eq!(documents::open(&idle, &line.id).await.err(), Some(AppError::NotFound));
    }
}

#[tokio::test]
async fn the_first_look_stands_in_the_record_and_hinders_nobody() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = submitted(&test).await;
        act(&people.officer, &no, Action::Accept { agency: Some(unit_of(&people.lead)), checked: Vec::new() }).await.unwrap();
        let id = documents::of_case(&owner, &no).await.unwrap()[0].id.clone();
        let stranger = test.member("enterprise", AccountRole::Owner).await;
        assert_eq!(documents::open(&stranger, &id).await.err(), Some(AppError::NotFound));
        documents::open(&people.lead, &id).await.unwrap();
        documents::open(&people.officer, &id).await.unwrap();
        assert_eq!(events(&test, &no).await.len(), 3, "no other side's look is one");
        let seen = revision(&test, &no).await;
        for _ in 0..2 {
            documents::open(&owner, &id).await.unwrap();
        }
        let last = events(&test, &no).await.pop().unwrap();
        assert_eq!((revision(&test, &no).await, last.action), (seen + 1, Action::Acknowledge { document: id }));
        service::act(&people.officer, &no, "e", Some(seen), Action::Entrust).await.unwrap();
        let late = service::act(&people.officer, &no, "t", Some(seen), Action::Take).await;
        assert!(matches!(late, Err(AppError::Moved(_))), "but an act does");
    }
}

/// A case whose decision is made, without its way there.
pub(super) async fn granted(test: &TestApp, items: &'static str) -> (Visit, String) {
    let (owner, no) = submitted(test).await;
    let found = record(test, &no).await;
    let case = Case { state: State::Granted, decided: Some(date(2026, 3, 2)), ..found.case };
    let made = test.app.db.write(move |tx| {
        Box::pin(async move {
            store::project(tx, &found.id, &case, None, None, 0).await?;
            tx.run("UPDATE application SET items = $1 WHERE id = $2", crate::vals![items, found.id]).await
        })
    });
    made.await.unwrap();
    (owner, no)
}

#[tokio::test]
async fn one_case_ends_in_a_certificate_for_each_kind_of_equipment() {
    for test in engines().await {
        let people = people(&test).await;
        // Two safety accessories and a lift.
        let (owner, no) = granted(&test, "[\"SE031\",\"SE033\",\"SE061\"]").await;
        let plan = certify::plan(&people.officer, &no).await.unwrap();
        assert_eq!(plan.iter().map(|c| (c.head.as_str(), c.rows.len())).collect::<Vec<_>>(), [("TS2F61", 2), ("TS2361", 1)]);
        assert_eq!((plan[0].valid_to.as_str(), plan[1].rows[0].parameters.as_str()), ("2030-03-01", "不分级"));
        assert!(plan[0].rows[0].remark.contains("型式试验"), "{:?}", plan[0].rows);
        for visit in [&owner, &people.approver, &people.lead] {
            assert!(certify::plan(visit, &no).await.is_err() && certify::issue(visit, &no, "x", 2, &Values::new()).await.is_err());
        }
        let remarks = Values::from([("SE031".to_owned(), "限弹簧式".to_owned())]);
        assert!(matches!(certify::issue(&people.officer, &no, "a", 1, &remarks).await, Err(AppError::Moved(_))), "an older revision");
        for _ in 0..2 {
            assert_eq!(certify::issue(&people.officer, &no, "b", 2, &remarks).await.unwrap(), State::Issued, "the same click again");
        }
        let case = record(&test, &no).await.case;
        assert_eq!(case.certificates, ["TS2F61001-2030", "TS2361001-2030"]);
        let held = crate::licence::service::list(&owner).await.unwrap().rows;
        assert!(held.len() == 2 && held.iter().all(|row| row.document.is_some() && !row.open && row.issued_on == "2026-03-02"), "{held:?}");
        let lines = documents::of_case(&owner, &no).await.unwrap();
        let certificate = lines.iter().find(|line| line.number == "TS2F61001-2030").unwrap();
        let content = documents::open(&owner, &certificate.id).await.unwrap().content;
        assert_eq!((content.title.as_str(), content.number.as_str(), content.valid_to.as_str()), ("特种设备生产许可证", "TS2F61001-2030", "2030-03-01"));
        assert!(content.canonical().contains("限弹簧式") && !content.canonical().contains("杂物电梯"));
        let found = crate::portal::service::licences(&test.nobody(), "TS2F61001-2030").await.unwrap().rows.remove(0);
        assert!(found.scope.len() == 2 && found.scope[0].contains("安全阀") && found.scope[0].contains("限弹簧式"), "{found:?}");
        assert!(found.addresses.is_empty(), "its book says none");
        let public = async || crate::portal::service::granted(&test.nobody(), "", false).await.unwrap().rows;
        assert_eq!(public().await, [], "not before the decision is published");
        act(&people.officer, &no, Action::Publish).await.unwrap();
        let mut public = public().await;
        let line = public.pop().unwrap();
        let unit = owner.caller().unwrap();
        assert_eq!((public.len(), &line.holder, line.authority.as_str(), line.authority_code.as_str()), (0, &unit.unit_name, "陕西省市场监督管理局", SHAANXI));
        assert_eq!(
            line.certificates.iter().map(|c| (c.number.as_str(), c.issued_on.as_str(), c.valid_to.as_str())).collect::<Vec<_>>(),
            [("TS2361001-2030", "2026-03-02", "2030-03-01"), ("TS2F61001-2030", "2026-03-02", "2030-03-01")]
        );
        let decision = line.decision.unwrap();
        assert_eq!((decision.title.as_str(), decision.on.as_str(), line.items.len()), ("准予行政许可决定书", "2026-03-02", 3));
    }
}

#[tokio::test]
async fn whoever_checks_a_certificate_learns_how_it_stands() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = granted(&test, "[\"SE031\"]").await;
        certify::issue(&people.officer, &no, "a", 2, &Values::new()).await.unwrap();
        let line = documents::of_case(&owner, &no).await.unwrap().remove(0);
        let statement = documents::open(&owner, &line.id).await.unwrap().statement;
        let path = statement.strip_prefix(&test.app.config.public_url).unwrap().to_owned();
        let registered = async || documents::check(&test.app, &path).await.unwrap().registered.unwrap();
        let standing = async || registered().await.standing;
        let known = registered().await;
        assert_eq!((known.standing, known.valid_to.as_str(), known.items.len()), (Standing::Plain(Certificate::Valid), "2030-03-01", 1));
        let held = crate::licence::service::list(&owner).await.unwrap().rows.remove(0);
        for (word, state) in [("suspended", Certificate::Suspended), ("valid", Certificate::Valid)] {
            let values = [("id", held.id.as_str()), ("state", word), ("reason", "处罚决定")];
            let values = values.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
            crate::licence::register::set_state(&people.officer, &values).await.unwrap();
            assert_eq!(standing().await, Standing::Plain(state));
        }
        go(&test, date(2030, 3, 1));
        assert_eq!(standing().await, Standing::Plain(Certificate::Valid), "how soon it must be renewed is its holder's business");
        go(&test, date(2030, 3, 2));
        assert_eq!(standing().await, Standing::Expired);
    }
}

#[tokio::test]
async fn fifty_at_once_get_fifty_certificates() {
    for test in engines().await {
        let people = people(&test).await;
        let holder = test.member("enterprise", AccountRole::Owner).await;
        // A number that stands on paper since before is never given again, whatever its year.
        let old = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at) \
                   VALUES ('old', $1, 'TS2F61007-2027', 'manufacture', '[]', '610000', '2023-01-01', '2026-12-31', 'valid', 1)";
        let unit = unit_of(&holder);
        test.app.db.write(move |tx| Box::pin(async move { tx.run(old, crate::vals![unit]).await })).await.unwrap();
        let mut cases = Vec::new();
        for _ in 0..50 {
            cases.push(granted(&test, "[\"SE031\"]").await.1);
        }
        let clicks = cases.iter().cloned().map(|no| {
            let officer = people.officer.clone();
            tokio::spawn(async move { certify::issue(&officer, &no, "once", 2, &Values::new()).await })
        });
        for click in clicks.collect::<Vec<_>>() {
            assert_eq!(click.await.unwrap(), Ok(State::Issued));
        }
        let mut numbers = Vec::new();
        for no in &cases {
            numbers.extend(record(&test, no).await.case.certificates);
        }
        numbers.sort();
        let expected: Vec<String> = (1..=51).filter(|n| *n != 7).map(|n| format!("TS2F61{n:03}-2030")).collect();
        assert_eq!(numbers, expected);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM certificate WHERE state = 'valid' AND document_id IS NOT NULL").await, 50);
    }
}

#[tokio::test]
async fn an_institution_is_refused_by_its_own_rule() {
    for test in engines().await {
        let people = people(&test).await;
        for (category, rule, other) in [("institution", "TSG Z7002-2022", "TSG 07"), ("manufacture", "TSG 07-2019", "TSG Z7002")] {
            let (_, no) = submitted(&test).await;
            let id = record(&test, &no).await.id;
            let sql = "UPDATE application SET category = $1 WHERE id = $2";
            test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![category, id]).await })).await.unwrap();
            let refuse = Action::Refuse { ground: Ground::OutsideScope, reason: "不在目录内".into(), right_authority: String::new() };
            act(&people.officer, &no, refuse).await.unwrap();
            let said = words(&people.officer, &no, Kind::NonAcceptance).await;
            assert!(said.contains(rule) && !said.contains(other), "{said}");
        }
    }
}
