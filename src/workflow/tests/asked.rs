//! What is asked of somebody whose turn it is not: an extension, consent, help; and the hearing that comes before the decision.

use super::*;
use crate::workflow::action::Amended;
use crate::workflow::clock::{Clock, Standing};

fn open(on: &str) -> Action {
    Action::OpenHearing { on: day(on), place: "会议室".into() }
}

fn request() -> Action {
    Action::RequestHearing { reason: "对评审结论有异议".into() }
}

#[test]
fn an_extension_is_proposed_once_and_waits_for_the_approver() {
    let mut world = World::examining("2026-03-02", "2026-03-20");
    let propose = || Action::ProposeExtension { reason: "需要核实".into() };
    assert_eq!(world.case.asked(), None);
    world.act(&official(Role::Examiner), propose());
    assert_eq!((world.case.asked(), world.case.turn()), (Some(Role::Approver), Some(Role::Examiner)), "whose turn it is, it still is");
    assert_eq!(world.no(&official(Role::Examiner), propose()), Why::Rule, "once");
    world.act(&official(Role::Approver), Action::Extend { reason: "需要核实".into() });
    assert_eq!((world.case.asked(), world.case.extended), (None, true));
    assert_eq!(fold(&world.events), world.case);
}

#[test]
fn consent_and_help_are_asked_until_they_are_given() {
    let officer = official(Role::Acceptance);
    let mut world = World::submitted("2026-03-02");
    world.act(&officer, Action::RequireCorrection { marks: marks(), cause: String::new(), days: 0 });
    world.act(&owner(), Action::Resubmit { version: 2, sha256: "01".into(), done: marks().into_iter().map(|mark| mark.path).collect() });
    world.act(&officer, Action::AskConsent { cause: "新提交的图纸有误".into() });
    assert_eq!(world.case.asked(), Some(Role::Supervisor));
    world.act(&official(Role::Supervisor), Action::Consent);
    assert_eq!(world.case.asked(), None);

    let mut world = World::entrusted("2026-03-02", "2026-03-02");
    let call = || Action::CallAuthority { reason: "约不下来".into() };
    world.act(&owner(), call());
    assert_eq!((world.case.asked(), world.case.turn()), (Some(Role::Acceptance), Some(Role::Signer)));
    world.act(&official(Role::Supervisor), Action::ReplaceAgency { agency: "other".into(), reason: "协调".into() });
    assert_eq!(world.case.asked(), None, "it was about the one before");
    world.act(&owner(), call());
    world.act(&owner(), Action::Propose { windows: vec![window("2026-03-10", "2026-03-10")] });
    assert_eq!(world.case.asked(), Some(Role::Acceptance));
    world.act(&lead(), Action::Agree { window: window("2026-03-10", "2026-03-10"), reviewers: vec!["r1".into()] });
    assert_eq!(world.case.asked(), None, "agreed");
    assert_eq!(fold(&world.events), world.case);
}

#[test]
fn whoever_decides_is_told_of_the_hearing_that_comes_first() {
    let mut world = World::examining("2026-03-02", "2026-03-20");
    world.act(&official(Role::Examiner), draft(true));
    world.act(&official(Role::Examiner), Action::SendToApproval);
    assert_eq!(world.ledger().todo.zh, "作出决定");
    world.act(&owner(), request());
    assert!(world.case.awaits_hearing());
    assert_eq!(world.ledger().todo.zh, "退回审查，先举行听证");
    world.act(&official(Role::Approver), Action::SendBack { reason: "先举行听证".into() });
    assert_eq!(world.ledger().todo.zh, "决定举行听证的时间、地点");
    world.act(&official(Role::Examiner), open("2026-03-27"));
    assert!(!world.case.awaits_hearing(), "it is opened");
}

/// 行政许可法 art. 47, 48: within 20 working days of the request, told 7 days ahead.
#[test]
fn a_hearing_is_held_in_time_and_a_case_does_not_rest_in_it() {
    let mut world = World::examining("2026-03-02", "2026-03-20");
    let examiner = official(Role::Examiner);
    let mut unasked = world.clone();
    world.act(&owner(), request());
    // Twenty working days from 20 March, with Qingming on 6 April.
    assert_eq!(world.due(Clock::Hearing).as_deref(), Some("2026-04-20"));
    assert_eq!(world.ledger().main, Some(Clock::Decision), "which runs on until it is opened");
    world.go("2026-03-23");
    assert_eq!(world.no(&examiner, open("2026-04-21")), Why::Payload);
    let mut late = world.clone();
    late.go("2026-04-17");
    assert_eq!(late.no(&examiner, open("2026-04-25")), Why::Payload, "the first day that can be told of, and no later one");
    assert_eq!(late.act(&examiner, open("2026-04-24")), State::Hearing);
    assert_eq!(world.act(&examiner, open("2026-04-20")), State::Hearing);
    let ledger = world.ledger();
    assert_eq!((ledger.main, ledger.due(), ledger.turn), (Some(Clock::Hearing), Some(day("2026-04-20")), Some(Role::Examiner)));
    world.go("2026-04-21");
    assert!(world.ledger().main_line().unwrap().overdue);
    world.act(&examiner, Action::CloseHearing { record: "笔录".into() });
    assert_eq!(world.ledger().line(Clock::Hearing).unwrap().standing, Standing::Ended { on: day("2026-04-21") });
    // One that nobody requested has the same time from the day it is opened.
    assert_eq!(unasked.no(&examiner, open("2026-04-21")), Why::Payload);
    unasked.act(&examiner, open("2026-04-20"));
    assert_eq!(unasked.due(Clock::Hearing).as_deref(), Some("2026-04-20"));
    for world in [world, late, unasked] {
        assert_eq!(fold(&world.events), world.case);
    }
}

fn tell() -> Action {
    Action::TellHearingRight { reason: "拟不予许可：试验能力不足".into() }
}

/// 行政许可法 art. 47: five working days from being told of the right; the day of it is not counted.
#[test]
fn a_hearing_is_asked_for_within_five_working_days_of_being_told_of_the_right() {
    let mut told = World::examining("2026-03-02", "2026-03-20");
    let mut untold = told.clone();
    let examiner = official(Role::Examiner);
    assert_eq!(told.no(&owner(), tell()), Why::Role);
    assert_eq!(told.no(&examiner, Action::TellHearingRight { reason: " ".into() }), Why::Payload);
    assert_eq!(told.no(&owner(), Action::WaiveHearing), Why::Rule, "nothing was told");
    assert_eq!(told.act(&examiner, tell()), State::Examining);
    assert_eq!(told.no(&examiner, tell()), Why::Rule, "once");
    // A Friday; Monday to Friday are the five days.
    assert_eq!(told.due(Clock::HearingRequest).as_deref(), Some("2026-03-27"));
    told.go("2026-03-27");
    assert_eq!(told.ledger().asking().map(|line| (line.day, line.of)), Some((5, 5)));
    let mut last = told.clone();
    assert_eq!(last.act(&owner(), request()), State::Examining, "the whole of the last day");
    assert_eq!((last.ledger().asking(), last.due(Clock::Hearing).as_deref()), (None, Some("2026-04-27")));
    assert!(last.case.awaits_hearing());
    told.go("2026-03-28");
    let no = told.try_do(&owner(), request()).unwrap_err();
    assert!(no.why == Why::Rule && no.say.zh.contains("2026年3月27日"), "{}", no.say.zh);
    let line = told.ledger().line(Clock::HearingRequest).cloned().unwrap();
    assert_eq!((line.standing.clone(), line.overdue), (Standing::Ended { on: day("2026-03-27") }, false), "a right is never late");
    assert_eq!(line.say().zh, "第 5 个工作日，共 5 个工作日，2026年3月27日（周五）结束");
    assert_eq!(told.no(&owner(), Action::WaiveHearing), Why::Rule);
    assert_eq!(told.act(&examiner, open("2026-04-07")), State::Hearing, "the authority may still hold one");
    assert_eq!(told.no(&owner(), request()), Why::State);
    // One that nobody was told of does not lapse, and one that was asked for is not told of.
    untold.go("2026-04-09");
    untold.act(&owner(), request());
    assert_eq!(untold.no(&examiner, tell()), Why::Rule);
    for world in [told, untold, last] {
        assert_eq!(fold(&world.events), world.case);
    }
}

#[test]
fn nothing_is_decided_while_a_hearing_may_be_asked_for() {
    let (examiner, approver) = (official(Role::Examiner), official(Role::Approver));
    for grant in [true, false] {
        let decide = || if grant { Action::Grant { note: String::new() } } else { Action::Deny { reason: "试验能力不足".into(), ground: None } };
        let decided = if grant { State::Granted } else { State::Denied };
        let mut world = World::examining("2026-03-02", "2026-03-20");
        world.act(&examiner, tell());
        world.act(&examiner, draft(grant));
        world.act(&examiner, Action::SendToApproval);
        assert_eq!(world.ledger().todo.zh, "在申请听证的期限届满后作出决定");
        let mut waived = world.clone();
        let mut held = world.clone();
        world.go("2026-03-27");
        let no = world.try_do(&approver, decide()).unwrap_err();
        assert!(no.why == Why::Rule && no.say.zh.contains("2026年3月27日"), "{}", no.say.zh);
        world.go("2026-03-28");
        assert_eq!(world.ledger().todo.zh, "作出决定");
        assert_eq!(world.act(&approver, decide()), decided);
        // Whoever waives it need not be waited for, and cannot ask any more.
        assert_eq!(waived.act(&owner(), Action::WaiveHearing), State::PendingApproval);
        assert_eq!((waived.no(&owner(), request()), waived.no(&owner(), Action::WaiveHearing)), (Why::Rule, Why::Rule));
        assert_eq!(waived.act(&approver, decide()), decided);
        // A hearing that was held takes the place of the days.
        held.act(&owner(), request());
        held.act(&approver, Action::SendBack { reason: "先举行听证".into() });
        held.act(&examiner, open("2026-03-27"));
        held.go("2026-03-27");
        held.act(&examiner, Action::CloseHearing { record: "笔录".into() });
        assert_eq!(held.no(&examiner, tell()), Why::Rule, "it was held");
        held.act(&examiner, Action::SendToApproval);
        assert_eq!(held.act(&approver, decide()), decided);
        for world in [world, waived, held] {
            assert_eq!(fold(&world.events), world.case);
        }
    }
}

/// Who was told of a licence considered, and waived a hearing on it, is told anew before it is denied.
#[test]
fn a_right_is_told_anew_when_the_opposite_is_considered() {
    let (examiner, approver) = (official(Role::Examiner), official(Role::Approver));
    let mut world = World::examining("2026-03-02", "2026-03-20");
    world.act(&examiner, draft(true));
    world.act(&examiner, Action::TellHearingRight { reason: "拟准予许可".into() });
    world.act(&owner(), Action::WaiveHearing);
    world.act(&examiner, draft(true));
    assert_eq!(world.no(&examiner, tell()), Why::Rule, "the same is considered still");
    world.act(&examiner, draft(false));
    assert_eq!(world.ledger().line(Clock::HearingRequest), None);
    world.act(&examiner, tell());
    world.act(&examiner, Action::SendToApproval);
    assert_eq!(world.no(&approver, Action::Deny { reason: "试验能力不足".into(), ground: None }), Why::Rule);
    world.act(&owner(), request());
    assert_eq!(fold(&world.events), world.case);
}

/// What was considered rested on a report: with another one it is told anew. And days on which nobody could ask are no days of it.
#[test]
fn a_right_is_told_anew_after_another_report_and_rests_with_the_case() {
    let (examiner, approver) = (official(Role::Examiner), official(Role::Approver));
    let mut world = World::examining("2026-03-02", "2026-03-20");
    let mut rested = world.clone();
    world.act(&examiner, tell());
    world.act(&examiner, Action::ReturnReport { reason: "缺附件".into() });
    assert_eq!(world.ledger().line(Clock::HearingRequest), None);
    world.go("2026-04-09");
    world.act(&lead(), report(Conclusion::Meets));
    world.act(&examiner, Action::ReceiveReport);
    world.act(&examiner, tell());
    assert_eq!(world.due(Clock::HearingRequest).as_deref(), Some("2026-04-16"));
    rested.act(&examiner, tell());
    rested.go("2026-03-24");
    rested.act(&approver, Action::Suspend { reason: "涉诉".into() });
    assert_eq!(rested.ledger().asking(), None);
    rested.go("2026-04-09");
    rested.act(&approver, Action::Resume { reason: "结案".into() });
    // Two days were used, three are left.
    assert_eq!(rested.due(Clock::HearingRequest).as_deref(), Some("2026-04-14"));
    rested.act(&owner(), request());
    for world in [world, rested] {
        assert_eq!(fold(&world.events), world.case);
    }
}

#[test]
fn a_person_is_told_of_the_right_as_a_unit_is() {
    let mut world = World::person("2026-03-02", PersonKind::Move);
    world.act(&owner(), submit());
    world.act(&official(Role::Acceptance), Action::Accept { agency: None, checked: world.facts.points.clone() });
    world.act(&official(Role::Examiner), Action::BeginExamination);
    world.act(&official(Role::Examiner), tell());
    world.act(&official(Role::Examiner), draft(false));
    world.act(&official(Role::Examiner), Action::SendToApproval);
    let deny = || Action::Deny { reason: "不符合条件".into(), ground: None };
    assert_eq!(world.no(&official(Role::Approver), deny()), Why::Rule);
    world.go("2026-03-10");
    assert_eq!((world.no(&owner(), request()), world.act(&official(Role::Approver), deny())), (Why::Rule, State::Denied));
}

/// A notice says how long there is: what the authority sets later takes nothing of it away.
#[test]
fn the_time_for_corrections_is_the_notices() {
    let mut world = World::submitted("2026-03-02");
    let mut older = world.clone();
    world.act(&official(Role::Acceptance), Action::RequireCorrection { marks: marks(), cause: String::new(), days: 10 });
    assert_eq!(world.due(Clock::Correction).as_deref(), Some("2026-03-16"));
    world.facts.limits.correct = 5;
    assert_eq!(world.due(Clock::Correction).as_deref(), Some("2026-03-16"));
    let stored = r#"{"act":"require-correction","marks":[{"path":"basic/region","text":"有误"}],"cause":""}"#;
    older.add(Event { at: older.now, by: "acceptance".into(), role: Role::Acceptance, action: serde_json::from_str(stored).unwrap() });
    assert_eq!(older.due(Clock::Correction).as_deref(), Some("2026-04-14"), "thirty, as the limits say");
}

#[test]
fn what_is_amended_of_the_applicant_is_kept_until_it_is_amended_again() {
    let mut world = World::submitted("2026-03-02");
    let officer = official(Role::Acceptance);
    world.act(&officer, Action::Accept { agency: Some("agency".into()), checked: Vec::new() });
    let amend = |name: &str, addresses: &[&str]| Action::AmendAcceptance {
        changes: "更正".into(),
        agency: None,
        items: Vec::new(),
        amended: Amended { name: name.into(), registered: String::new(), addresses: addresses.iter().map(|a| (*a).to_owned()).collect() },
    };
    world.act(&officer, amend("甲厂", &["一号"]));
    world.act(&officer, amend("", &["二号", "三号"]));
    assert_eq!((world.case.amended.name.as_str(), world.case.amended.addresses.as_slice()), ("甲厂", &["二号".to_owned(), "三号".to_owned()][..]));
    assert_eq!(fold(&world.events), world.case);
}

#[test]
fn an_event_names_whom_and_what_it_is_about() {
    let account = |id: &str| Named::Account(id.into());
    let unit = |id: &str| Named::Unit(id.into());
    for (action, named) in [
        (Action::HandOver { to: "a".into() }, vec![account("a")]),
        (Action::Accept { agency: Some("u".into()), checked: Vec::new() }, vec![unit("u")]),
        (Action::Accept { agency: None, checked: Vec::new() }, Vec::new()),
        (Action::ReplaceAgency { agency: "u".into(), reason: "x".into() }, vec![unit("u")]),
        (Action::NarrowScope { items: vec!["SE033".into()], reason: "x".into() }, vec![Named::Items(vec!["SE033".into()])]),
        (
            Action::AmendAcceptance { changes: "x".into(), agency: Some("u".into()), items: vec!["SE033".into()], amended: Amended::default() },
            vec![unit("u"), Named::Items(vec!["SE033".into()])],
        ),
        (draft(true), Vec::new()),
        (Action::DraftDecision { draft: Draft { grant: true, opinion: "x".into(), second: Some("b".into()) } }, vec![account("b")]),
    ] {
        assert_eq!(action.names().into_iter().map(|(_, named)| named).collect::<Vec<_>>(), named, "{action:?}");
    }
}

/// The way a decision was served is told in both languages, as it is stored now and as it was.
#[test]
fn how_it_was_served_is_told_in_both_languages() {
    for how in ["online", "电子送达"] {
        let told = Action::Deliver { how: how.into() }.told();
        assert_eq!((&*told.zh, &*told.en), ("电子送达", "Online"));
    }
    assert_eq!(Action::Deliver { how: "托人带去".into() }.told().en, "托人带去", "what is none of them stays as it is");
}

/// A person gets a certificate and no licence.
#[test]
fn a_person_is_told_of_no_licence() {
    use crate::casework::forms::Form;
    for kind in [ActionKind::Grant, ActionKind::Deny, ActionKind::Issue] {
        let (label, happened) = kind.words_of(Matter::Person);
        let says = Form::of(kind).unwrap().says(Matter::Person);
        for text in [label, happened, says] {
            assert!(!text.zh.contains("许可证") && !text.en.to_lowercase().contains("licence"), "{text:?}");
        }
    }
    let granted = |matter: Matter| {
        let person = (matter == Matter::Person).then(|| crate::workflow::person::Candidate::new(PersonKind::Move));
        Case { state: State::Granted, person, ..Case::default() }.todo(Role::Certificate, &Ledger::default()).zh
    };
    assert_eq!([granted(Matter::Unit), granted(Matter::Person)], ["制作并送达许可证", "制作并送达证书"]);
}
