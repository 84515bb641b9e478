//! Limits: the examples of spec 5.3, two hundred days reckoned elsewhere, pauses, months, warnings.

use super::*;
use crate::workflow::clock::{Clock, Pause, Reason, Run, Standing, due};

#[test]
fn the_examples_of_acceptance() {
    for (submitted, last) in
        [("2026-02-09", "2026-02-14"), ("2026-02-13", "2026-02-27"), ("2026-04-30", "2026-05-11"), ("2026-09-30", "2026-10-13"), ("2026-03-07", "2026-03-13")]
    {
        let world = World::submitted(submitted);
        assert_eq!(world.due(Clock::Acceptance).as_deref(), Some(last), "{submitted}");
        assert_eq!(world.ledger().due(), Some(day(last)));
    }
}

#[test]
fn the_example_of_scheduling() {
    let world = World::entrusted("2026-03-02", "2026-03-02");
    assert_eq!(world.due(Clock::Scheduling).as_deref(), Some("2026-03-16"));
}

#[test]
fn the_examples_of_deciding() {
    let mut world = World::examining("2026-03-02", "2026-05-11");
    assert_eq!(world.due(Clock::Rule).as_deref(), Some("2026-06-08"));
    // Accepted and entrusted on one day, so the whole of C2 is left too.
    assert_eq!(world.due(Clock::Decision).as_deref(), Some("2026-06-08"));
    world.act(&official(Role::Approver), Action::Extend { reason: "案情复杂".into() });
    assert_eq!((world.due(Clock::Rule).as_deref(), world.due(Clock::Decision).as_deref()), (Some("2026-06-23"), Some("2026-06-23")));
    assert_eq!(world.no(&official(Role::Approver), Action::Extend { reason: "再延".into() }), Why::Rule);
}

#[test]
fn three_days_used_before_the_pause_leave_seventeen() {
    let mut world = World::entrusted("2026-03-02", "2026-03-05");
    assert_eq!(world.due(Clock::Decision), None, "it stands still");
    let ledger = world.ledger();
    let line = ledger.line(Clock::Decision).unwrap();
    assert_eq!((line.day, line.of, &line.standing), (3, 20, &Standing::Stopped { since: day("2026-03-05"), why: Reason::Review }));
    assert_eq!(line.say().zh, "第 3 个工作日，共 20 个工作日，自2026年3月5日（周四）起停止计算：已委托现场鉴定评审，收到评审报告后恢复计算");
    world.act(&owner(), Action::Propose { windows: vec![window("2026-05-11", "2026-05-11")] });
    world.act(&lead(), Action::Agree { window: window("2026-05-11", "2026-05-11"), reviewers: vec!["r".into()] });
    world.go("2026-05-11");
    world.act(&lead(), Action::StartReview);
    world.act(&lead(), report(Conclusion::Meets));
    assert_eq!(world.due(Clock::Decision).as_deref(), Some("2026-06-03"));
    assert_eq!(world.due(Clock::Rule).as_deref(), Some("2026-06-08"), "the rule's twenty days stand beside it");
    world.go("2026-06-04");
    assert!(world.ledger().line(Clock::Decision).unwrap().overdue);
}

#[test]
fn the_examples_of_delivery_and_publicity() {
    let mut world = World::examining("2026-03-02", "2026-05-11");
    world.go("2026-06-08");
    world.act(&official(Role::Examiner), draft(true));
    world.act(&official(Role::Examiner), Action::SendToApproval);
    world.act(&official(Role::Approver), Action::Grant { note: String::new() });
    assert_eq!((world.due(Clock::Delivery).as_deref(), world.due(Clock::Publicity).as_deref()), (Some("2026-06-23"), Some("2026-06-17")));
    world.act(&official(Role::Certificate), Action::Publish);
    assert_eq!(world.ledger().line(Clock::Publicity).unwrap().standing, Standing::Ended { on: day("2026-06-08") });
}

#[test]
fn two_hundred_days_reckoned_elsewhere() {
    let world = World::on("2026-01-05");
    let mut read = 0;
    for row in include_str!("due_dates.csv").lines().skip(1) {
        let [from, days, pause, end, last] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let limits = Limits { decide: days.parse().unwrap(), ..LIMITS };
        let facts = Facts { limits, ..world.facts.clone() };
        let pauses = if pause.is_empty() { Vec::new() } else { vec![Pause { why: Reason::Review, from: day(pause), to: Some(day(end)) }] };
        let case = Case { runs: vec![Run { clock: Clock::Decision, from: day(from), to: None }], pauses, ..Case::default() };
        assert_eq!(due(Clock::Decision, &case, &facts, &world.calendar), Some(day(last)), "{row}");
        read += 1;
    }
    assert_eq!(read, 200);
}

#[test]
fn overlapping_pauses_count_once_and_suspension_stops_every_clock() {
    let mut world = World::entrusted("2026-03-02", "2026-03-05");
    world.go("2026-03-09");
    world.act(&official(Role::Approver), Action::Suspend { reason: "涉诉".into() });
    assert_eq!((world.due(Clock::Scheduling), world.due(Clock::Review), world.due(Clock::Decision)), (None, None, None));
    world.go("2026-03-19");
    assert_eq!(world.act(&official(Role::Approver), Action::Resume { reason: "结案".into() }), State::Entrusted);
    // 10 working days from 5 March: 6 and 9 March, then 20 March on.
    assert_eq!(world.due(Clock::Scheduling).as_deref(), Some("2026-03-31"));
    // A year and the ten days of the suspension; 12 March 2027 is a Friday.
    assert_eq!(world.due(Clock::Review).as_deref(), Some("2027-03-12"));
    assert!(world.ledger().line(Clock::Review).unwrap().warning.as_ref().is_some_and(|w| w.zh.contains("2027")));
    let pauses = [("2026-03-05", "2026-03-20"), ("2026-03-09", "2026-03-19")];
    let pauses = pauses.map(|(from, to)| Pause { why: Reason::Suspension, from: day(from), to: Some(day(to)) }).to_vec();
    let case = Case { runs: vec![Run { clock: Clock::Decision, from: day("2026-03-02"), to: None }], pauses, ..Case::default() };
    // Three days before, seventeen from 23 March: 15 April, with Qingming on 6 April.
    assert_eq!(due(Clock::Decision, &case, &world.facts, &world.calendar), Some(day("2026-04-15")));
}

#[test]
fn a_suspended_case_says_so_whatever_stopped_it_before() {
    let approver = official(Role::Approver);
    let reviewed = World::under_review("2026-03-02", "2026-03-20");
    let mut heard = World::examining("2026-03-02", "2026-03-20");
    heard.act(&official(Role::Examiner), Action::OpenHearing { on: day("2026-04-07"), place: "会议室".into() });
    let standing = |world: &World| world.ledger().line(Clock::Decision).unwrap().standing.clone();
    for (mut world, since, why) in [(reviewed, "2026-03-02", Reason::Review), (heard, "2026-03-20", Reason::Hearing)] {
        let before = Standing::Stopped { since: day(since), why };
        assert_eq!(standing(&world), before);
        world.go("2026-03-24");
        world.act(&approver, Action::Suspend { reason: "涉诉".into() });
        assert_eq!(standing(&world), Standing::Stopped { since: day("2026-03-24"), why: Reason::Suspension });
        assert_eq!(clock::stopped(&world.case).map(|pause| pause.why), Some(Reason::Suspension), "a list says so, too");
        let said = world.ledger().main_line().unwrap().say();
        assert!(said.zh.contains("中止办理") && world.due(Clock::Decision).is_none(), "{}", said.zh);
        world.go("2026-03-26");
        world.act(&approver, Action::Resume { reason: "结案".into() });
        assert_eq!(standing(&world), before, "what it was stopped for before still stops it");
    }
}

#[test]
fn a_hearing_stops_the_decision_and_the_rule() {
    let mut world = World::examining("2026-03-02", "2026-05-11");
    world.go("2026-05-13");
    world.act(&official(Role::Examiner), Action::OpenHearing { on: day("2026-05-20"), place: "会议室".into() });
    assert_eq!((world.due(Clock::Decision), world.due(Clock::Rule)), (None, None));
    world.go("2026-05-20");
    world.act(&official(Role::Examiner), Action::CloseHearing { record: "笔录".into() });
    // Two days used, eighteen from 21 May on.
    assert_eq!(world.due(Clock::Rule).as_deref(), Some("2026-06-15"));
}

#[test]
fn a_report_that_is_returned_stops_the_clock_again() {
    let mut world = World::examining("2026-03-02", "2026-05-11");
    world.go("2026-05-13");
    world.act(&official(Role::Examiner), Action::ReturnReport { reason: "缺附件".into() });
    assert_eq!(world.due(Clock::Decision), None);
    world.go("2026-05-18");
    world.act(&lead(), report(Conclusion::Meets));
    assert_eq!(world.due(Clock::Rule).as_deref(), Some("2026-06-15"), "the rule begins anew");
    assert_eq!(world.due(Clock::Decision).as_deref(), Some("2026-06-11"), "the law goes on with eighteen");
}

#[test]
fn months_years_and_their_variants() {
    let mut world = World::under_review("2026-03-02", "2026-03-10");
    assert_eq!(world.due(Clock::Review).as_deref(), Some("2027-03-02"));
    world.facts.limits.review_months = 24;
    assert_eq!(world.due(Clock::Review).as_deref(), Some("2028-03-02"), "A级锅炉安装");
    assert_eq!(world.no(&lead(), memo("2026-09-11", true)), Why::Payload, "more than six months");
    world.act(&lead(), memo("2026-09-10", true));
    assert_eq!(world.due(Clock::Rectification).as_deref(), Some("2026-09-10"));
}

/// Of months and of a date: the day and how many there are are counted alike, without the days of a pause.
#[test]
fn a_pause_is_left_out_of_the_days_and_of_how_many_there_are() {
    let mut world = World::under_review("2026-03-02", "2026-03-10");
    world.act(&lead(), memo("2026-05-09", true));
    let said = |world: &World, clock| world.ledger().line(clock).unwrap().say();
    assert_eq!(said(&world, Clock::Rectification).zh, "第 0 日，共 60 日，2026年5月9日（周六）到期");
    world.go("2026-03-20");
    world.act(&official(Role::Approver), Action::Suspend { reason: "涉诉".into() });
    world.go("2026-03-30");
    for (clock, zh, en) in [
        (Clock::Rectification, "第 10 日，共 60 日，自2026年3月20日（周五）起停止计算", "day 10 of 60, stopped since"),
        (Clock::Review, "第 18 日，共 365 日，自2026年3月20日（周五）起停止计算", "day 18 of 365, stopped since"),
    ] {
        let said = said(&world, clock);
        assert!(said.zh.starts_with(zh) && said.en.starts_with(en), "{said:?}");
    }
    world.act(&official(Role::Approver), Action::Resume { reason: "结案".into() });
    assert_eq!(said(&world, Clock::Rectification).zh, "第 10 日，共 60 日，2026年5月19日（周二）到期");
    let review = world.due(Clock::Review).unwrap();
    world.go(&review);
    let line = world.ledger().line(Clock::Review).unwrap().clone();
    assert_eq!((review.as_str(), line.day, line.of, line.overdue), ("2027-03-12", 365, 365, false), "the last day is the last of them");
    world.go("2026-05-19");
    let line = world.ledger().line(Clock::Rectification).unwrap().clone();
    assert_eq!((line.day, line.of, line.overdue), (60, 60, false));
    world.go("2026-05-20");
    assert!(world.ledger().line(Clock::Rectification).unwrap().overdue);
}

#[test]
fn the_time_for_an_examination_is_counted_alike_around_a_pause() {
    let mut world = World::person("2026-03-02", PersonKind::Obtain);
    world.act(&owner(), submit());
    world.act(&official(Role::Acceptance), Action::Accept { agency: None, checked: world.facts.points.clone() });
    world.go("2026-03-12");
    world.act(&official(Role::Approver), Action::Suspend { reason: "涉诉".into() });
    world.go("2026-04-01");
    let line = |world: &World| world.ledger().line(Clock::Examination).map(|line| (line.day, line.of)).unwrap();
    assert_eq!(line(&world), (10, 731));
    assert_eq!(clock::stopped(&world.case).map(|pause| (pause.why, pause.from)), Some((Reason::Suspension, day("2026-03-12"))), "a list says so, too");
    world.act(&official(Role::Approver), Action::Resume { reason: "结案".into() });
    assert_eq!((line(&world), clock::stopped(&world.case)), ((10, 731), None));
}

#[test]
fn changes_and_reissues_count_from_receipt() {
    let mut world = World::submitted("2026-03-02");
    world.facts.limits = Limits { decide: 10, decide_from: Start::Receipt, extend: 0, ..LIMITS };
    world.facts.review = Review::NotNeeded;
    world.go("2026-03-05");
    world.act(&official(Role::Acceptance), Action::Accept { agency: None, checked: Vec::new() });
    assert_eq!(world.due(Clock::Decision).as_deref(), Some("2026-03-16"));
    world.act(&official(Role::Acceptance), Action::SkipReview);
    assert_eq!(world.no(&official(Role::Approver), Action::Extend { reason: "x".into() }), Why::Rule);
}

#[test]
fn renewals_have_the_old_certificate_and_authorities_their_own_limits() {
    let mut world = World::submitted("2026-03-02");
    world.facts.expires = Some(day("2026-10-01"));
    world.facts.committed = Some(Limits { accept: 2, decide: 15, ..LIMITS });
    let ledger = world.ledger();
    assert_eq!(ledger.line(Clock::Renewal).unwrap().due, Some(day("2026-10-01")), "an expiry does not move to a working day");
    let line = ledger.line(Clock::Acceptance).unwrap();
    assert_eq!((line.due, line.committed), (Some(day("2026-03-09")), Some(day("2026-03-04"))));
    assert_eq!(line.say().zh, "第 0 个工作日，共 5 个工作日，2026年3月9日（周一）到期，承诺2026年3月4日（周三）前");
    assert!(line.say().en.ends_with(", due 9 Mar 2026 (Mon), committed by 4 Mar 2026 (Wed)"), "{}", line.say().en);
    let kept = ledger.line(Clock::Renewal).unwrap().say();
    assert!(!kept.zh.contains("承诺") && !kept.en.contains("committed"), "nothing is said where nothing shorter was committed to");
    assert_eq!((ledger.turn, ledger.main), (Some(Role::Acceptance), Some(Clock::Acceptance)));
}
