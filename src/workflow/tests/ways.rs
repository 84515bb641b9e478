//! The ways through the workflow, and what stands in them.

use super::*;
use crate::workflow::action::{Amended, Ground};
use crate::workflow::clock::Clock;

fn accept() -> Action {
    Action::Accept { agency: Some("agency".into()), checked: Vec::new() }
}

fn correct(cause: &str) -> Action {
    Action::RequireCorrection { marks: marks(), cause: cause.into(), days: 0 }
}

fn resubmit(version: i64, done: &[&str]) -> Action {
    Action::Resubmit { version, sha256: "01".into(), done: done.iter().map(|d| (*d).into()).collect() }
}

#[test]
fn from_submission_to_certificate() {
    let mut world = World::submitted("2026-03-02");
    let acceptance = official(Role::Acceptance);
    assert_eq!(world.act(&acceptance, correct("")), State::Correction);
    assert_eq!(world.case.turn(), Some(Role::Signer));
    assert_eq!(world.no(&owner(), resubmit(2, &["basic/region"])), Why::Payload, "one point is not ticked");
    assert_eq!(world.no(&owner(), resubmit(1, &["basic/region", "basic/cert_date"])), Why::Payload, "not the next version");
    world.go("2026-03-04");
    assert_eq!(world.act(&owner(), resubmit(2, &["basic/region", "basic/cert_date"])), State::Resubmitted);
    assert_eq!(world.due(Clock::Acceptance).as_deref(), Some("2026-03-11"), "five new days");
    assert_eq!(world.act(&acceptance, accept()), State::Accepted);
    assert_eq!(world.act(&acceptance, Action::Entrust), State::Entrusted);
    // The date in four moves: proposed, returned, proposed, countered, accepted.
    let offer = |from: &str| Action::Propose { windows: vec![window(from, from), window("2026-03-30", "2026-04-01")] };
    assert_eq!(world.act(&owner(), offer("2026-03-23")), State::Scheduling);
    assert_eq!(world.act(&lead(), Action::ReturnProposal { reason: "人员已有安排".into() }), State::ScheduleReturned);
    assert_eq!(world.act(&owner(), offer("2026-03-25")), State::Scheduling);
    let counter = Action::Counter { windows: vec![window("2026-04-08", "2026-04-10")], reviewers: vec!["r1".into(), "r2".into()], reason: String::new() };
    assert_eq!(world.act(&lead(), counter), State::Scheduling);
    assert_eq!(world.case.turn(), Some(Role::Signer));
    assert_eq!(world.no(&owner(), Action::AcceptCounter { window: window("2026-04-10", "2026-04-11") }), Why::Payload);
    assert_eq!(world.act(&owner(), Action::AcceptCounter { window: window("2026-04-08", "2026-04-09") }), State::Scheduled);
    assert_eq!(world.case.appointment.as_ref().unwrap().reviewers, ["r1", "r2"]);
    // Another day by agreement.
    let wish = Action::AskReschedule { window: window("2026-04-09", "2026-04-10"), reason: "停产检修".into(), reviewers: Vec::new() };
    assert_eq!(world.act(&owner(), wish), State::Scheduled);
    assert_eq!(world.no(&owner(), Action::AgreeReschedule { reviewers: Vec::new() }), Why::Rule, "the other side agrees");
    assert_eq!(world.act(&lead(), Action::AgreeReschedule { reviewers: Vec::new() }), State::Scheduled);
    assert_eq!(world.case.appointment.as_ref().unwrap().sequence, 1);
    assert_eq!(world.no(&lead(), Action::StartReview), Why::Rule, "the day has not come");
    world.go("2026-04-09");
    assert_eq!(world.act(&lead(), Action::StartReview), State::UnderReview);
    world.act(&owner(), Action::NarrowScope { items: vec!["SE033".into()], reason: "暂不生产".into() });
    assert_eq!(world.no(&owner(), Action::NarrowScope { items: vec!["SE031".into()], reason: "全部".into() }), Why::Rule);
    assert_eq!(world.act(&lead(), memo("2026-05-09", true)), State::Rectifying);
    assert_eq!(world.no(&lead(), report(Conclusion::Meets)), Why::Payload);
    assert_eq!(world.no(&lead(), Action::VerifyOk { note: String::new() }), Why::Rule, "nothing was handed in");
    world.act(&owner(), rectify());
    assert_eq!(world.case.turn(), Some(Role::AgencyLead));
    assert_eq!(world.act(&lead(), Action::VerifyFail { reason: "缺两份".into() }), State::Rectifying);
    world.act(&owner(), rectify());
    assert_eq!(world.act(&lead(), Action::VerifyOk { note: String::new() }), State::UnderReview);
    assert_eq!(world.no(&lead(), memo("2026-05-09", true)), Why::Rule, "from here only the report leads on");
    assert_eq!(world.no(&lead(), report(Conclusion::Meets)), Why::Payload);
    assert_eq!(world.no(&owner(), Action::GiveFeedback { answers: feedback() }), Why::Rule, "not before the report");
    assert_eq!(world.act(&lead(), report(Conclusion::MeetsAfterRectification)), State::Reported);
    let vague = Feedback { satisfaction: Satisfaction::Dissatisfied, ..feedback() };
    assert_eq!(world.no(&owner(), Action::GiveFeedback { answers: vague }), Why::Payload);
    world.act(&owner(), Action::GiveFeedback { answers: feedback() });
    assert_eq!(world.no(&owner(), Action::GiveFeedback { answers: feedback() }), Why::Rule, "locked");
    let examiner = official(Role::Examiner);
    assert_eq!(world.act(&examiner, Action::ReceiveReport), State::Examining);
    world.act(&examiner, Action::AskExplanation { question: "第三条".into() });
    world.act(&lead(), Action::Explain { text: "说明".into(), files: Vec::new() });
    assert_eq!(world.no(&examiner, Action::SendToApproval), Why::Rule, "no draft");
    let on_site = Draft { grant: true, opinion: "符合".into(), second: Some("second".into()) };
    world.act(&examiner, Action::DraftDecision { draft: on_site });
    assert_eq!(world.act(&examiner, Action::SendToApproval), State::PendingApproval);
    for who in ["examiner", "second"] {
        let both = Actor { account: who.into(), roles: vec![Role::Examiner, Role::Approver] };
        assert_eq!(world.no(&both, Action::Grant { note: String::new() }), Why::Rule, "{who} examined it");
    }
    let approver = official(Role::Approver);
    assert_eq!(world.no(&approver, Action::Deny { reason: "x".into(), ground: None }), Why::Rule, "the draft grants");
    assert_eq!(world.act(&approver, Action::SendBack { reason: "请补充".into() }), State::Examining);
    world.act(&examiner, Action::SendToApproval);
    assert_eq!(world.act(&approver, Action::Grant { note: String::new() }), State::Granted);
    assert_eq!(world.no(&owner(), Action::Withdraw { reason: String::new() }), Why::State, "no longer");
    let officer = official(Role::Certificate);
    assert_eq!(world.act(&officer, Action::Issue { certificates: vec!["TS2710001-2030".into()] }), State::Issued);
    assert_eq!((world.case.turn(), world.ledger().main), (Some(Role::Certificate), Some(Clock::Publicity)), "not done before it is published");
    world.act(&officer, Action::Publish);
    assert_eq!((world.case.turn(), world.ledger().main), (Some(Role::Certificate), Some(Clock::Delivery)), "nor before it is served");
    assert!(world.ledger().due().is_some());
    world.act(&officer, Action::Deliver { how: "电子送达".into() });
    assert_eq!((world.case.turn(), world.ledger().main, world.ledger().due()), (None, None, None));
    world.act(&owner(), Action::Acknowledge { document: "d1".into() });
    assert_eq!(world.no(&owner(), Action::Acknowledge { document: "d1".into() }), Why::Payload);
    assert_eq!(fold(&world.events), world.case);
}

#[test]
fn an_amended_acceptance_may_leave_items_out() {
    let mut world = World::submitted("2026-03-02");
    let officer = official(Role::Acceptance);
    world.act(&officer, accept());
    let amend = |items: &[&str]| Action::AmendAcceptance {
        changes: "减少项目".into(),
        agency: None,
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        amended: Amended::default(),
    };
    for wrong in [&["SE030"][..], &["SE031", "SE030"], &["SE031", "SE033"]] {
        assert_eq!(world.no(&officer, amend(wrong)), Why::Payload, "{wrong:?} is not applied for, or all there is");
    }
    assert_eq!(world.act(&officer, amend(&["SE033"])), State::Accepted);
    assert_eq!((world.case.given_up.clone(), world.case.acceptance.as_ref().unwrap().documents), (vec!["SE033".to_owned()], 2));
    assert_eq!(world.no(&officer, amend(&["SE033"])), Why::Payload, "it is left out already");
    assert_eq!(world.no(&officer, amend(&["SE031"])), Why::Payload, "the last one stays");
    world.act(&officer, amend(&[]));
    assert_eq!(fold(&world.events), world.case);
}

/// What was stored before items could be named is still read, and keeps its hash.
#[test]
fn an_older_amendment_is_read() {
    let stored = r#"{"act":"amend-acceptance","changes":"更正名称","agency":null}"#;
    let read: Action = serde_json::from_str(stored).unwrap();
    assert_eq!(read, Action::AmendAcceptance { changes: "更正名称".into(), agency: None, items: Vec::new(), amended: Amended::default() });
}

#[test]
fn a_second_notice_needs_a_cause_and_the_supervisor() {
    let mut world = World::submitted("2026-03-02");
    let officer = official(Role::Acceptance);
    world.act(&officer, correct(""));
    world.act(&owner(), resubmit(2, &["basic/region", "basic/cert_date"]));
    assert_eq!(world.no(&officer, correct("新材料有误")), Why::Rule);
    let mut same = world.clone();
    same.facts.changed.clear();
    assert_eq!(same.no(&officer, Action::AskConsent { cause: "还是有误".into() }), Why::Rule, "nothing was handed in anew");
    world.act(&officer, Action::AskConsent { cause: "新提交的图纸有误".into() });
    let same = Actor { account: officer.account.clone(), roles: vec![Role::Supervisor] };
    assert_eq!(world.no(&same, Action::Consent), Why::Rule, "not by whoever asked");
    world.act(&official(Role::Supervisor), Action::Consent);
    assert_eq!(world.no(&officer, correct("")), Why::Payload, "no cause");
    let about = |paths: &[&str]| Action::RequireCorrection {
        marks: paths.iter().map(|path| Mark { path: (*path).into(), text: format!("{path}有误") }).collect(),
        cause: "新提交的图纸有误".into(),
        days: 0,
    };
    world.facts.changed = vec!["basic/region".into(), "basic/cert_date".into(), "people/staff/7/name".into(), "people/staff/9".into(), "files/plan/1".into()];
    let told = world.try_do(&officer, about(&["basic/region", "basic/fax", "people/staff/8", "basic/reg"])).unwrap_err();
    assert_eq!(told.why, Why::Payload);
    assert!(told.say.zh.contains("2. basic/fax有误；3. people/staff/8有误；4. basic/reg有误") && !told.say.zh.contains("1. "), "{}", told.say.zh);
    for new in ["people/staff", "people/staff/7", "people/staff/9", "people/staff/9/name", "files/plan"] {
        assert!(world.clone().try_do(&officer, about(&[new])).is_ok(), "{new}");
    }
    assert_eq!(world.act(&officer, correct("新提交的图纸有误")), State::Correction);
    assert!(!world.case.consented, "good for one notice");
    world.go("2026-04-14");
    assert_eq!(world.no(&officer, Action::DeemWithdrawn { reason: "逾期".into() }), Why::Rule);
    world.go("2026-04-15");
    assert_eq!(world.act(&officer, Action::DeemWithdrawn { reason: "逾期未补正".into() }), State::Withdrawn);
}

#[test]
fn refusals_and_their_grounds() {
    let mut world = World::submitted("2026-03-02");
    let officer = official(Role::Acceptance);
    let refuse = |ground, right: &str| Action::Refuse { ground, reason: "见附件".into(), right_authority: right.into() };
    assert_eq!(world.no(&officer, refuse(Ground::OtherAuthority, "")), Why::Payload);
    assert_eq!(world.no(&official(Role::Examiner), refuse(Ground::FalseData, "")), Why::Role);
    assert_eq!(world.act(&officer, refuse(Ground::OtherAuthority, "浙江省市场监督管理局")), State::Refused);
    assert_eq!(world.no(&officer, accept()), Why::State);
    let mut banned = World::on("2026-03-02");
    banned.ban = Some(crate::base::say("许可证被吊销未满三年。", "A licence was revoked less than three years ago."));
    assert_eq!(banned.no(&owner(), submit()), Why::Rule);
}

#[test]
fn silence_is_acceptance_from_the_day_of_receipt() {
    let mut world = World::submitted("2026-03-02");
    world.go("2026-03-09");
    assert!(available(&world.case, &official(Role::Acceptance), &world.ctx()).contains(&ActionKind::Accept), "the last day");
    world.go("2026-03-10");
    let officer = official(Role::Acceptance);
    assert!(!available(&world.case, &officer, &world.ctx()).contains(&ActionKind::Accept));
    assert_eq!(world.no(&officer, accept()), Why::State);
    assert_eq!(world.no(&officer, Action::Entrust), Why::Rule, "no agency, no document");
    assert_eq!(world.act(&officer, Action::ConfirmAcceptance { agency: Some("agency".into()), checked: Vec::new() }), State::Accepted);
    let acceptance = world.case.acceptance.clone().unwrap();
    assert_eq!((acceptance.on, acceptance.deemed, acceptance.documents), (day("2026-03-02"), true, 1));
    assert_eq!(world.events.iter().map(Event::word).collect::<Vec<_>>(), ["created", "submitted", "deemed-accepted", "acceptance-confirmed"]);
    assert_eq!(world.due(Clock::Decision).as_deref(), Some("2026-03-30"));
    world.act(&officer, Action::Entrust);
    assert_eq!(world.due(Clock::Review).as_deref(), Some("2027-03-02"));
}

#[test]
fn scheduling_escalates_on_the_eighth_day_and_the_agency_may_be_replaced() {
    let mut world = World::entrusted("2026-03-02", "2026-03-02");
    let officer = official(Role::Acceptance);
    let replace = |agency: &str| Action::ReplaceAgency { agency: agency.into(), reason: "逾期未约定".into() };
    world.go("2026-03-11");
    assert_eq!(world.no(&officer, replace("other")), Why::Rule, "the seventh working day");
    assert!(timed::settle(&world.case, &world.ctx()).1.is_empty());
    world.go("2026-03-12");
    assert_eq!(world.no(&officer, replace("agency")), Why::Payload);
    assert_eq!(world.no(&officer, replace("unit")), Why::Payload, "never its own organisation");
    assert_eq!(world.act(&officer, replace("other")), State::Entrusted);
    assert_eq!((world.case.agency.as_deref(), world.case.escalated), (Some("other"), false));
    assert_eq!(world.due(Clock::Scheduling).as_deref(), Some("2026-03-26"), "ten days of its own");
    assert_eq!(world.act(&official(Role::Supervisor), replace("third")), State::Entrusted, "the supervisor at any time");
}

#[test]
fn offers_expire_are_withdrawn_and_never_meet_a_booking() {
    let mut world = World::entrusted("2026-03-02", "2026-03-02");
    let offer = || Action::Propose { windows: vec![window("2026-03-04", "2026-03-05")] };
    for windows in [vec![], vec![window("2026-03-05", "2026-03-04")], vec![window("2026-02-27", "2026-03-04")], vec![window("2027-03-01", "2027-03-03")]] {
        assert_eq!(world.no(&owner(), Action::Propose { windows }), Why::Payload);
    }
    world.act(&owner(), offer());
    assert_eq!(world.no(&owner(), offer()), Why::Rule, "withdraw it first");
    assert_eq!(world.act(&owner(), Action::WithdrawProposal), State::Entrusted);
    world.act(&owner(), offer());
    world.bookings = vec![Booking { reviewer: "r1".into(), window: window("2026-03-05", "2026-03-09") }];
    let agree = |from: &str, to: &str, who: &str| Action::Agree { window: window(from, to), reviewers: vec![who.into()] };
    assert_eq!(world.no(&lead(), agree("2026-03-04", "2026-03-05", "r1")), Why::Payload, "the reviewer is elsewhere");
    assert_eq!(world.no(&lead(), agree("2026-03-04", "2026-03-06", "r2")), Why::Payload, "not offered");
    assert_eq!(world.no(&official(Role::Reviewer), agree("2026-03-04", "2026-03-04", "r1")), Why::Role);
    let mut agreed = world.clone();
    assert_eq!(agreed.act(&lead(), agree("2026-03-04", "2026-03-04", "r1")), State::Scheduled);
    world.go("2026-03-06");
    assert_eq!(world.no(&lead(), agree("2026-03-05", "2026-03-05", "r2")), Why::State, "the offer has expired by itself");
    assert_eq!(world.act(&owner(), Action::Propose { windows: vec![window("2026-03-10", "2026-03-10")] }), State::Scheduling);
    assert_eq!(world.case.rounds.iter().map(|round| round.end.is_some()).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn a_case_without_review() {
    let mut world = World::submitted("2026-03-02");
    world.facts.review = Review::NotNeeded;
    let officer = official(Role::Acceptance);
    assert_eq!(world.no(&officer, accept()), Why::Payload);
    world.act(&officer, Action::Accept { agency: None, checked: Vec::new() });
    assert_eq!(world.no(&officer, Action::Entrust), Why::Rule);
    assert_eq!(world.act(&officer, Action::SkipReview), State::Examining);
    assert_eq!(world.due(Clock::Rule), world.due(Clock::Decision), "C2b begins with C2");
    let examiner = official(Role::Examiner);
    assert_eq!(world.no(&examiner, Action::ReturnReport { reason: "x".into() }), Why::Rule);
    world.act(&examiner, draft(false));
    world.act(&examiner, Action::SendToApproval);
    assert_eq!(world.act(&official(Role::Approver), Action::Deny { reason: "不符合条件".into(), ground: None }), State::Denied);
    assert_eq!(world.act(&official(Role::Certificate), Action::Deliver { how: "邮寄".into() }), State::Denied);
    let mut silent = World::submitted("2026-03-02");
    silent.facts.review = Review::NotNeeded;
    silent.go("2026-03-10");
    assert_eq!(silent.no(&officer, Action::SkipReview), Why::Rule, "the letters that follow name the acceptance decision");
    silent.act(&officer, Action::ConfirmAcceptance { agency: None, checked: Vec::new() });
    assert_eq!(silent.act(&officer, Action::SkipReview), State::Examining);
    let mut decided = World::submitted("2026-03-02");
    decided.facts.review = Review::AuthorityDecides;
    decided.act(&officer, accept());
    assert_eq!(decided.no(&officer, Action::SkipReview), Why::Rule, "naming an agency decides it");
    assert_eq!(World::submitted("2026-03-02").no(&officer, Action::Accept { agency: None, checked: Vec::new() }), Why::Payload);
}

#[test]
fn suspension_goes_back_where_it_came_from_and_termination_ends() {
    let mut world = World::under_review("2026-03-02", "2026-03-10");
    let approver = official(Role::Approver);
    assert_eq!(world.act(&approver, Action::Suspend { reason: "涉诉".into() }), State::Suspended);
    assert_eq!(world.no(&lead(), report(Conclusion::Meets)), Why::State);
    assert_eq!(world.act(&approver, Action::Resume { reason: "结案".into() }), State::UnderReview);
    world.act(&approver, Action::Suspend { reason: "涉诉".into() });
    assert_eq!(world.act(&approver, Action::Terminate { reason: "单位已注销".into() }), State::Terminated);
    assert!(world.case.runs.iter().all(|run| run.to.is_some()) && world.case.pauses.iter().all(|pause| pause.to.is_some()));
}

#[test]
fn hearings_are_told_seven_days_ahead() {
    let mut world = World::examining("2026-03-02", "2026-03-20");
    world.act(&owner(), Action::RequestHearing { reason: "对评审结论有异议".into() });
    assert_eq!(world.no(&owner(), Action::RequestHearing { reason: "再次".into() }), Why::Rule);
    let open = |on: &str| Action::OpenHearing { on: day(on), place: "会议室".into() };
    assert_eq!(world.no(&official(Role::Examiner), open("2026-03-26")), Why::Payload);
    assert_eq!(world.act(&official(Role::Examiner), open("2026-03-27")), State::Hearing);
    let close = || Action::CloseHearing { record: "笔录".into() };
    world.go("2026-03-26");
    let no = world.try_do(&official(Role::Examiner), close()).unwrap_err();
    assert!(no.why == Why::Rule && no.say.zh.contains("2026年3月27日"), "what was not held is not closed: {}", no.say.zh);
    world.go("2026-03-27");
    assert_eq!(world.act(&official(Role::Examiner), close()), State::Examining);
    assert_eq!(world.no(&owner(), Action::RequestHearing { reason: "再次".into() }), Why::Rule, "one is a right");
}

#[test]
fn a_hearing_that_was_requested_is_held_before_the_decision() {
    let (examiner, approver) = (official(Role::Examiner), official(Role::Approver));
    for grant in [true, false] {
        let mut world = World::examining("2026-03-02", "2026-03-20");
        let decide = || if grant { Action::Grant { note: String::new() } } else { Action::Deny { reason: "不符合条件".into(), ground: None } };
        let decided = if grant { State::Granted } else { State::Denied };
        world.act(&examiner, draft(grant));
        world.act(&examiner, Action::SendToApproval);
        world.act(&owner(), Action::RequestHearing { reason: "对评审结论有异议".into() });
        assert_eq!(world.no(&approver, decide()), Why::Rule);
        world.act(&approver, Action::SendBack { reason: "先举行听证".into() });
        assert_eq!(world.no(&examiner, Action::SendToApproval), Why::Rule);
        world.act(&examiner, Action::OpenHearing { on: day("2026-03-27"), place: "会议室".into() });
        world.go("2026-03-27");
        world.act(&examiner, Action::CloseHearing { record: "笔录".into() });
        world.act(&examiner, Action::SendToApproval);
        assert_eq!(world.act(&approver, decide()), decided);
    }
}
