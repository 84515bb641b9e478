//! The review between the two sides: its days, its memo, what follows from a report that is returned.

use super::*;
use crate::workflow::clock::Clock;

/// 不符合条件 from the rectification, and returned: what was handed in is judged, else there is a new memo.
#[test]
fn a_report_returned_before_the_rectification_was_judged_leaves_a_way() {
    let examiner = official(Role::Examiner);
    let returned = |handed_in: bool| {
        let mut world = World::under_review("2026-03-02", "2026-03-10");
        world.act(&lead(), memo("2026-05-09", true));
        if handed_in {
            world.act(&owner(), rectify());
        }
        world.act(&lead(), report(Conclusion::DoesNotMeet));
        assert_eq!(world.act(&examiner, Action::ReturnReport { reason: "整改还没有判断".into() }), State::UnderReview);
        world
    };
    let mut world = returned(true);
    assert_eq!(world.no(&lead(), memo("2026-06-09", true)), Why::Rule, "first what was handed in");
    assert_eq!(world.no(&lead(), report(Conclusion::MeetsAfterRectification)), Why::Payload);
    let mut failed = world.clone();
    assert_eq!(failed.act(&lead(), Action::VerifyFail { reason: "缺两份".into() }), State::Rectifying);
    assert_eq!((failed.case.turn(), failed.due(Clock::Rectification).as_deref()), (Some(Role::Signer), Some("2026-05-09")), "its limit runs on");
    assert_eq!(failed.ledger().line(Clock::Rectification).unwrap().standing, clock::Standing::Running);
    failed.act(&owner(), rectify());
    assert_eq!(failed.act(&lead(), Action::VerifyOk { note: String::new() }), State::UnderReview);
    assert_eq!(world.act(&lead(), Action::VerifyOk { note: String::new() }), State::UnderReview);
    assert_eq!(world.act(&lead(), report(Conclusion::MeetsAfterRectification)), State::Reported);
    assert_eq!(fold(&world.events), world.case);
    let mut world = returned(false);
    assert_eq!(world.no(&lead(), Action::VerifyOk { note: String::new() }), Why::Rule, "there is nothing to judge");
    assert_eq!(world.act(&lead(), memo("2026-06-09", true)), State::Rectifying);
    assert_eq!(world.due(Clock::Rectification).as_deref(), Some("2026-06-09"));
    world.act(&owner(), rectify());
    world.act(&lead(), Action::VerifyOk { note: String::new() });
    assert_eq!(world.act(&lead(), report(Conclusion::MeetsAfterRectification)), State::Reported);
    assert_eq!(fold(&world.events), world.case);
}

#[test]
fn a_memo_is_signed_by_both_sides_before_it_is_rectified() {
    let mut world = World::under_review("2026-03-02", "2026-03-10");
    let half = |unit_signer: &str, file: &str| Action::Memo {
        problems: vec!["记录不全".into()],
        requirements: vec!["补全".into()],
        deadline: day("2026-05-09"),
        agency_signer: "甲".into(),
        unit_signer: unit_signer.into(),
        file: file.into(),
    };
    for wrong in [half("乙", ""), half("", "f")] {
        assert_eq!(world.no(&lead(), wrong), Why::Payload, "a name without its signature is none");
    }
    let mut on_paper = world.clone();
    on_paper.act(&lead(), memo("2026-05-09", true));
    assert_eq!(on_paper.no(&owner(), Action::SignMemo), Why::Rule, "both have signed");
    on_paper.act(&owner(), rectify());
    world.act(&lead(), memo("2026-05-09", false));
    assert!(world.case.awaits_signature() && world.events.last().unwrap().action.told().zh.contains("等申请单位签署"));
    assert_eq!(world.no(&owner(), rectify()), Why::Rule, "not before it is signed");
    for other in [lead(), Actor::of_unit("filler", true, false), official(Role::Examiner)] {
        assert_eq!(world.no(&other, Action::SignMemo), Why::Role);
    }
    assert_eq!(world.act(&owner(), Action::SignMemo), State::Rectifying);
    assert_eq!(world.no(&owner(), Action::SignMemo), Why::Rule, "once");
    world.act(&owner(), rectify());
    assert_eq!(fold(&world.events), world.case);
}

/// What was stored before the unit could sign counts as signed, as it did then.
#[test]
fn an_older_memo_is_signed() {
    let stored = r#"{"act":"memo","problems":["a"],"deadline":"2026-05-09","agency_signer":"甲","unit_signer":"乙","file":""}"#;
    let mut world = World::under_review("2026-03-02", "2026-03-10");
    world.add(Event { at: world.now, by: "lead".into(), role: Role::AgencyLead, action: serde_json::from_str(stored).unwrap() });
    let known = r#"{"problems":["a"],"deadline":"2026-05-09","handed_in":false,"confirmed":false}"#;
    assert_eq!(world.case.rectification, serde_json::from_str(known).unwrap(), "the record still makes what is stored");
    world.act(&owner(), rectify());
}

#[test]
fn a_proposal_names_no_day_on_which_nobody_can_be_sent() {
    let mut world = World::entrusted("2026-03-02", "2026-03-02");
    let taken = |reviewer: &str, from: &str, to: &str| Booking { reviewer: reviewer.into(), window: window(from, to) };
    world.bookings = vec![taken("r1", "2026-03-10", "2026-03-12"), taken("free", "2026-03-11", "2026-03-13"), taken("gone", "2026-03-09", "2026-03-20")];
    let propose = |from: &str, to: &str| Action::Propose { windows: vec![window("2026-03-16", "2026-03-17"), window(from, to)] };
    let told = world.try_do(&owner(), propose("2026-03-09", "2026-03-13")).unwrap_err();
    assert_eq!(told.why, Why::Payload);
    assert!(
        told.say.zh.contains("2026年3月11日（周三）、2026年3月12日（周四）") && !told.say.zh.contains("3月10日") && !told.say.zh.contains("r1"),
        "{}",
        told.say.zh
    );
    assert_eq!(world.act(&owner(), propose("2026-03-09", "2026-03-10")), State::Scheduling);
    world.act(&lead(), Action::Agree { window: window("2026-03-16", "2026-03-16"), reviewers: vec!["r1".into()] });
    let ask = |on: &str| Action::AskReschedule { window: window(on, on), reason: "停电".into(), reviewers: Vec::new() };
    assert_eq!(world.no(&owner(), ask("2026-03-12")), Why::Payload);
    world.act(&owner(), ask("2026-03-18"));
    let mut nobody = World::entrusted("2026-03-02", "2026-03-02");
    nobody.facts.reviewers.clear();
    assert_eq!(nobody.act(&owner(), propose("2026-03-09", "2026-03-13")), State::Scheduling, "an agency that has named nobody yet says no by itself");
}

/// Events from before named nobody, and mean those agreed on.
#[test]
fn another_date_may_bring_other_reviewers() {
    let on = |iso: &str| window(iso, iso);
    let to_send = |who: &[&str]| -> Vec<String> { who.iter().map(|who| (*who).to_owned()).collect() };
    let ask = |iso: &str, who: &[&str]| Action::AskReschedule { window: on(iso), reason: "停电".into(), reviewers: to_send(who) };
    let agree = |who: &[&str]| Action::AgreeReschedule { reviewers: to_send(who) };
    let sent = |world: &World| world.case.appointment.as_ref().unwrap().reviewers.join("、");
    let mut world = World::entrusted("2026-03-02", "2026-03-02");
    world.act(&owner(), Action::Propose { windows: vec![on("2026-03-10")] });
    world.act(&lead(), Action::Agree { window: on("2026-03-10"), reviewers: to_send(&["r1"]) });
    world.bookings = vec![Booking { reviewer: "r1".into(), window: on("2026-03-12") }];
    assert_eq!(world.no(&owner(), ask("2026-03-12", &["free"])), Why::Payload, "the agency names its reviewers");
    // The unit asks, and the agency agrees with somebody who is free.
    world.act(&owner(), ask("2026-03-12", &[]));
    assert_eq!(world.no(&lead(), agree(&[])), Why::Payload);
    assert_eq!(world.no(&lead(), agree(&["r1"])), Why::Payload);
    let mut alone = world.clone();
    alone.facts.reviewers = to_send(&["r1"]);
    assert_eq!(alone.no(&lead(), agree(&["r1"])), Why::Rule, "nobody else is left");
    world.act(&lead(), agree(&["free"]));
    assert_eq!(sent(&world), "free");
    assert_eq!(world.events.last().unwrap().action.told().zh, "评审人员：free");
    // The agency asks and names somebody, and the unit agrees to that.
    assert_eq!(world.no(&lead(), ask("2026-03-12", &["r1"])), Why::Payload, "taken");
    world.act(&lead(), ask("2026-03-16", &["r1"]));
    assert_eq!(world.no(&owner(), agree(&["free"])), Why::Payload);
    let mut taken = world.clone();
    taken.bookings.push(Booking { reviewer: "r1".into(), window: on("2026-03-16") });
    assert_eq!(taken.no(&owner(), agree(&[])), Why::Rule, "only the agency can name others");
    world.act(&owner(), agree(&[]));
    assert_eq!((sent(&world).as_str(), world.case.wish.clone()), ("r1", None));
    let asked = r#"{"act":"ask-reschedule","window":{"from":"2026-03-18","to":"2026-03-18"},"reason":"停电"}"#;
    for (role, stored) in [(Role::Signer, asked), (Role::AgencyLead, r#"{"act":"agree-reschedule"}"#)] {
        world.add(Event { at: world.now, by: "x".into(), role, action: serde_json::from_str(stored).unwrap() });
    }
    let agreed = world.case.appointment.clone().unwrap();
    assert_eq!((agreed.window, agreed.reviewers.as_slice(), agreed.sequence), (on("2026-03-18"), &["r1".to_owned()][..], 3));
    assert_eq!(fold(&world.events), world.case);
}

/// An agency that fails is replaced also in the middle of a review, which then begins anew; the year for all of it runs on.
#[test]
fn another_agency_takes_a_review_over() {
    let replace = |agency: &str| Action::ReplaceAgency { agency: agency.into(), reason: "机构停业".into() };
    let supervisor = official(Role::Supervisor);
    let mut world = World::under_review("2026-03-02", "2026-03-10");
    assert_eq!(world.no(&official(Role::Acceptance), replace("other")), Why::Role);
    let mut late = world.clone();
    late.go("2027-03-03");
    assert_eq!(late.no(&supervisor, replace("other")), Why::Rule, "another agency would have no time left; this one may still report");
    world.act(&lead(), memo("2026-05-09", true));
    world.go("2026-03-20");
    assert_eq!(world.act(&supervisor, replace("other")), State::Entrusted);
    assert_eq!((world.case.turn(), world.case.rectification.clone(), world.case.appointment.clone()), (Some(Role::Signer), None, None));
    assert_eq!((world.due(Clock::Scheduling).as_deref(), world.due(Clock::Review).as_deref()), (Some("2026-04-03"), Some("2027-03-02")));
    assert_eq!((world.due(Clock::Decision), world.ledger().main), (None, Some(Clock::Scheduling)));
    assert_eq!(world.ledger().line(Clock::Rectification), None, "it has no deadline any more");
    let review = |world: &mut World| {
        let today = world.ctx().today();
        let window = Window { from: today, to: today };
        world.act(&owner(), Action::Propose { windows: vec![window] });
        world.act(&lead(), Action::Agree { window, reviewers: vec!["r1".into()] });
        world.act(&lead(), Action::StartReview);
        world.act(&lead(), report(Conclusion::Meets));
    };
    review(&mut world);
    world.act(&owner(), Action::GiveFeedback { answers: feedback() });
    world.act(&official(Role::Examiner), Action::ReturnReport { reason: "记录不实".into() });
    world.go("2026-04-09");
    world.act(&supervisor, replace("third"));
    review(&mut world);
    assert_eq!(world.ledger().line(Clock::Feedback).map(|line| line.from), Some(day("2026-04-09")));
    world.act(&owner(), Action::GiveFeedback { answers: feedback() });
    world.act(&official(Role::Examiner), Action::ReceiveReport);
    assert_eq!((world.case.agency.as_deref(), world.case.state), (Some("third"), State::Examining));
    assert_eq!(fold(&world.events), world.case);
}

/// Ruling 16: from the report until 30 working days after the decision; a case that rests or ends without one takes none of it away.
#[test]
fn feedback_is_given_also_while_a_case_rests_and_after_it_ended() {
    let give = || Action::GiveFeedback { answers: feedback() };
    let approver = official(Role::Approver);
    let suspend = || Action::Suspend { reason: "涉诉".into() };
    let ends: [(Actor, Action, State); 3] = [
        (owner(), Action::Withdraw { reason: String::new() }, State::Withdrawn),
        (approver.clone(), Action::Terminate { reason: "单位已注销".into() }, State::Terminated),
        (approver.clone(), suspend(), State::Suspended),
    ];
    for (who, action, state) in ends {
        let mut early = World::under_review("2026-03-02", "2026-03-10");
        early.act(&who, action.clone());
        assert_eq!(early.no(&owner(), give()), Why::Rule, "{state:?}: nothing was reported");
        let mut world = World::examining("2026-03-02", "2026-05-11");
        world.go("2026-05-18");
        assert_eq!(world.act(&who, action), state);
        assert_eq!(world.no(&lead(), give()), Why::Role);
        let mut late = world.clone();
        // Thirty working days from 18 May, with the Dragon Boat Festival on 19 June.
        late.go("2026-06-30");
        assert!(available(&late.case, &owner(), &late.ctx()).contains(&ActionKind::GiveFeedback), "{state:?}: the last day");
        late.go("2026-07-01");
        let is_over = state != State::Suspended;
        assert_eq!(late.try_do(&owner(), give()).is_err(), is_over, "{state:?}");
        assert_eq!(world.act(&owner(), give()), state, "a record changes no state");
        assert_eq!(world.no(&owner(), give()), Why::Rule, "locked");
        assert_eq!(fold(&world.events), world.case);
    }
    let mut decided = World::examining("2026-03-02", "2026-05-11");
    decided.go("2026-05-18");
    decided.act(&official(Role::Examiner), draft(false));
    decided.act(&official(Role::Examiner), Action::SendToApproval);
    decided.act(&approver, Action::Deny { reason: "不符合条件".into(), ground: None });
    decided.go("2026-07-01");
    assert_eq!(decided.no(&owner(), give()), Why::Rule);
    decided.go("2026-06-30");
    assert_eq!(decided.act(&owner(), give()), State::Denied);
}

/// Ruling 17: what nobody could complete is not offered, and what stands against it says what to do.
#[test]
fn an_agency_with_nobody_to_send_neither_agrees_nor_offers() {
    let mut world = World::entrusted("2026-03-02", "2026-03-02");
    world.act(&owner(), Action::Propose { windows: vec![window("2026-03-10", "2026-03-11")] });
    let agree = |on: &str| Action::Agree { window: window(on, on), reviewers: vec!["r1".into()] };
    let counter = || Action::Counter { windows: vec![window("2026-03-12", "2026-03-12")], reviewers: vec!["r1".into()], reason: String::new() };
    let open = |world: &World| {
        let kinds = available(&world.case, &lead(), &world.ctx());
        [ActionKind::Agree, ActionKind::Counter, ActionKind::ReturnProposal].map(|kind| kinds.contains(&kind))
    };
    assert_eq!(open(&world), [true; 3]);
    let mut nobody = world.clone();
    nobody.facts.reviewers.clear();
    assert_eq!(open(&nobody), [false, false, true]);
    for action in [agree("2026-03-10"), counter()] {
        let told = nobody.try_do(&lead(), action).unwrap_err();
        assert!(told.why == Why::Rule && told.say.zh.contains("主账号") && told.say.zh.contains("登记"), "{}", told.say.zh);
    }
    let taken = |reviewer: &str, from: &str| Booking { reviewer: reviewer.into(), window: window(from, "2026-03-11") };
    world.bookings = vec![taken("r1", "2026-03-10"), taken("free", "2026-03-09")];
    assert_eq!(open(&world), [false, true, true]);
    let told = world.try_do(&lead(), agree("2026-03-10")).unwrap_err();
    assert!(told.why == Why::Rule && told.say.zh.contains("另提评审时间"), "{}", told.say.zh);
    world.bookings[0] = taken("r1", "2026-03-11");
    assert_eq!(open(&world), [true; 3], "somebody is free on one of the days");
    assert_eq!(world.act(&lead(), agree("2026-03-10")), State::Scheduled);
}
