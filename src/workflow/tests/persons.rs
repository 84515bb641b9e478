//! A person's case: examination, resit, lapse, and what the practising unit says (spec 4.4, ruling 26).

use super::*;
use crate::base::t;
use crate::workflow::action::Score;
use crate::workflow::clock::{Clock, Standing};

pub(super) fn body() -> Actor {
    official(Role::ExamOfficer)
}

pub(super) fn marks(points: [Option<u32>; 3]) -> Action {
    let score = |(subject, points): (&str, Option<u32>)| Score { subject: subject.into(), points };
    Action::PublishMarks { scores: SUBJECTS.into_iter().zip(points).map(score).collect() }
}

pub(super) fn seat(body: &str, iso: &str) -> Action {
    Action::SignUp { body: body.into(), session: format!("s-{iso}"), day: day(iso) }
}

/// Accepted on 2026-03-03.
fn accepted(kind: PersonKind) -> World {
    let mut world = World::person("2026-03-02", kind);
    world.act(&owner(), submit());
    world.go("2026-03-03");
    world.act(&official(Role::Acceptance), Action::Accept { agency: None, checked: world.facts.points.clone() });
    world
}

/// Signed up for 2026-04-01, and on that day.
pub(super) fn seated(kind: PersonKind) -> World {
    let mut world = accepted(kind);
    world.act(&owner(), seat("body", "2026-04-01"));
    world.go("2026-04-01");
    world
}

#[test]
fn an_examination_passed_leads_to_the_decision() {
    let mut world = accepted(PersonKind::Obtain);
    assert_eq!((world.case.turn(), world.ledger().main), (Some(Role::Signer), Some(Clock::Examination)));
    assert_eq!(world.ledger().due(), Some(day("2028-03-03")));
    assert_eq!(world.no(&official(Role::Examiner), Action::BeginExamination), Why::Rule);
    assert_eq!(world.act(&owner(), seat("body", "2026-04-01")), State::ExamRegistered);
    assert_eq!(world.no(&body(), marks([Some(90); 3])), Why::Rule, "the day has not come");
    world.go("2026-04-01");
    assert_eq!(world.no(&owner(), Action::CancelSignUp { reason: "病".into() }), Why::Rule);
    world.go("2026-04-10");
    assert_eq!(world.no(&body(), Action::PublishMarks { scores: Vec::new() }), Why::Payload);
    assert_eq!(world.no(&body(), marks([Some(101), Some(90), Some(90)])), Why::Payload);
    assert_eq!(world.act(&body(), marks([Some(70), Some(80), Some(100)])), State::ExamPassed);
    // 20 working days from the results; 2026-05-01 to 05-05 is a holiday, 05-09 a Saturday to work.
    assert_eq!((world.case.turn(), world.ledger().due()), (Some(Role::Examiner), Some(day("2026-05-12"))));
    assert_eq!(world.ledger().line(Clock::Examination).map(|line| line.standing.clone()), Some(Standing::Ended { on: day("2026-04-10") }));
    assert_eq!(world.act(&official(Role::Examiner), Action::BeginExamination), State::Examining);
    assert!(world.case.examiners.contains("examiner"));
}

#[test]
fn it_is_accepted_when_every_condition_was_checked() {
    let mut world = World::person("2026-03-02", PersonKind::Obtain);
    world.act(&owner(), submit());
    let officer = official(Role::Acceptance);
    assert_eq!(world.no(&officer, Action::Accept { agency: None, checked: Vec::new() }), Why::Payload);
    let checked = world.facts.points.clone();
    assert_eq!(world.act(&officer, Action::Accept { agency: None, checked }), State::Accepted);
}

#[test]
fn what_silence_accepted_is_documented_and_checked_before_it_is_examined() {
    let (officer, examiner) = (official(Role::Acceptance), official(Role::Examiner));
    let confirm = |checked: &[String]| Action::ConfirmAcceptance { agency: None, checked: checked.to_vec() };
    for kind in PersonKind::all() {
        let mut world = World::person("2026-03-02", kind);
        let points = world.facts.points.clone();
        world.act(&owner(), submit());
        world.go("2026-03-10");
        let turn = |world: &World| timed::settle(&world.case, &world.ctx()).0.turn();
        if kind.is_examined() {
            assert_eq!(turn(&world), Some(Role::Signer), "{kind:?}");
            world.act(&owner(), seat("body", "2026-04-01"));
            assert_eq!(world.clone().act(&officer, confirm(&points)), State::ExamRegistered, "{kind:?}: the examination does not wait");
            world.go("2026-04-01");
            world.act(&body(), marks([Some(90); 3]));
        }
        assert_eq!(turn(&world), Some(Role::Acceptance), "{kind:?}");
        assert_eq!(world.no(&examiner, Action::BeginExamination), Why::Rule, "{kind:?}");
        assert_eq!(world.no(&officer, confirm(&[])), Why::Payload, "{kind:?}");
        world.act(&officer, confirm(&points));
        assert_eq!((turn(&world), world.no(&officer, confirm(&points))), (Some(Role::Examiner), Why::Rule), "{kind:?}");
        assert_eq!(world.act(&examiner, Action::BeginExamination), State::Examining, "{kind:?}");
    }
}

#[test]
fn seventy_points_pass_and_one_less_does_not() {
    for (points, state) in [(Some(70), State::ExamPassed), (Some(69), State::ExamFailed), (None, State::ExamFailed)] {
        let mut world = seated(PersonKind::Obtain);
        assert_eq!(world.act(&body(), marks([points, Some(70), Some(70)])), state, "{points:?}");
    }
}

#[test]
fn one_resit_at_the_same_body_in_what_was_failed() {
    let mut world = seated(PersonKind::Obtain);
    world.act(&body(), marks([Some(60), Some(90), None]));
    assert_eq!((world.case.state, world.case.turn()), (State::ExamFailed, Some(Role::Signer)));
    assert_eq!(world.no(&owner(), seat("other", "2026-06-01")), Why::Payload);
    assert_eq!(world.no(&owner(), seat("body", "2028-06-01")), Why::Payload, "after the two years");
    assert_eq!(world.act(&owner(), seat("body", "2026-06-01")), State::Resit);
    world.go("2026-06-02");
    assert_eq!(world.no(&body(), marks([Some(90); 3])), Why::Payload, "a subject passed is not sat again");
    let resit = |points| Action::PublishMarks { scores: [SUBJECTS[0], SUBJECTS[2]].map(|subject| Score { subject: subject.into(), points }).into() };
    let mut passed = world.clone();
    assert_eq!(passed.act(&body(), resit(Some(75))), State::ExamPassed);
    assert_eq!(world.act(&body(), resit(Some(10))), State::Failed);
    assert!(world.case.ended_at.is_some() && world.case.turn().is_none());
    assert_eq!(world.no(&owner(), seat("body", "2026-07-01")), Why::State);
}

#[test]
fn two_years_after_the_acceptance_it_lapses() {
    let mut world = accepted(PersonKind::Obtain);
    world.go("2028-03-03");
    assert!(available(&world.case, &owner(), &world.ctx()).contains(&ActionKind::SignUp));
    let mut late = world.clone();
    late.go("2028-03-04");
    let (case, events) = timed::settle(&late.case, &late.ctx());
    assert_eq!((case.state, events.len()), (State::Lapsed, 1));
    // Whoever sat in time waits for the marks, and lapses only if they fail.
    world.act(&owner(), seat("body", "2028-03-03"));
    world.go("2028-03-20");
    assert_eq!(timed::settle(&world.case, &world.ctx()).0.state, State::ExamRegistered);
    assert_eq!(world.act(&body(), marks([Some(10); 3])), State::ExamFailed);
    // The month in which the marks can be complained about is theirs all the same; signing up is over.
    let settled = |world: &World| timed::settle(&world.case, &world.ctx()).0.state;
    assert_eq!((settled(&world), world.no(&owner(), seat("body", "2028-04-10"))), (State::ExamFailed, Why::Rule));
    let ledger = world.ledger();
    assert!(ledger.main_line().unwrap().overdue && world.case.todo(Role::Signer, &ledger).zh.contains("申诉"));
    let mut silent = world.clone();
    silent.go("2028-04-20");
    assert_eq!(settled(&silent), State::ExamFailed);
    silent.go("2028-04-21");
    assert_eq!(settled(&silent), State::Lapsed);
    world.go("2028-04-20");
    world.act(&owner(), Action::ComplainMarks { reason: "漏计分".into() });
    world.go("2028-05-10");
    assert_eq!(settled(&world), State::ExamFailed, "the answer is waited for");
    let answer = |scores| Action::AnswerComplaint { text: "复核".into(), scores, lifted: Vec::new() };
    let Action::PublishMarks { scores } = marks([Some(71); 3]) else { unreachable!() };
    assert_eq!(world.clone().act(&body(), answer(scores)), State::ExamPassed);
    world.act(&body(), answer(Vec::new()));
    assert_eq!(settled(&world), State::Lapsed, "it is complained about once");
}

#[test]
fn a_failed_renewal_is_resat_within_a_year() {
    let mut world = seated(PersonKind::RenewExam);
    world.go("2026-04-10");
    world.act(&body(), marks([Some(10); 3]));
    assert_eq!((world.ledger().main, world.ledger().due()), (Some(Clock::Resit), Some(day("2027-04-12"))), "the 10th is a Saturday");
    world.go("2027-04-13");
    assert_eq!(timed::settle(&world.case, &world.ctx()).0.state, State::Lapsed);
}

#[test]
fn of_the_two_years_and_the_year_after_a_failed_renewal_the_first_to_end_counts() {
    for (kind, sat, clock, last) in [
        (PersonKind::RenewExam, "2026-04-10", Clock::Resit, "2027-04-12"),
        (PersonKind::RenewExam, "2027-03-02", Clock::Resit, "2028-03-02"),
        (PersonKind::RenewExam, "2027-03-03", Clock::Examination, "2028-03-03"),
        (PersonKind::RenewExam, "2027-10-11", Clock::Examination, "2028-03-03"),
        (PersonKind::Obtain, "2026-04-10", Clock::Examination, "2028-03-03"),
    ] {
        let mut world = accepted(kind);
        world.act(&owner(), seat("body", sat));
        world.go(sat);
        world.act(&body(), marks([Some(10); 3]));
        assert_eq!((world.ledger().main, world.ledger().due()), (Some(clock), Some(day(last))), "{kind:?} {sat}");
        let after = day(last).tomorrow().unwrap().to_string();
        assert_eq!(world.no(&owner(), seat("body", &after)), Why::Payload, "{kind:?} {sat}");
        world.go(last);
        assert_eq!(timed::settle(&world.case, &world.ctx()).0.state, State::ExamFailed, "{kind:?} {sat}");
        assert_eq!(world.clone().act(&owner(), seat("body", last)), State::Resit, "{kind:?} {sat}");
        world.go(&after);
        assert_eq!(timed::settle(&world.case, &world.ctx()).0.state, State::Lapsed, "{kind:?} {sat}");
    }
}

#[test]
fn a_seat_given_up_is_as_if_never_taken() {
    let mut world = accepted(PersonKind::Obtain);
    world.act(&owner(), seat("body", "2026-04-01"));
    assert!(available(&world.case, &body(), &world.ctx()).contains(&ActionKind::CancelSignUp));
    world.act(&owner(), Action::CancelSignUp { reason: "出差".into() });
    assert_eq!((world.case.state, world.case.agency.clone()), (State::Accepted, None));
    assert!(world.ledger().line(Clock::Marks).is_none());
    world.act(&owner(), seat("other", "2026-05-06"));
    assert_eq!(world.case.agency.as_deref(), Some("other"));
}

#[test]
fn without_an_examination_it_is_examined_at_once() {
    for kind in [PersonKind::RenewFile, PersonKind::Move] {
        let mut world = accepted(kind);
        assert_eq!((world.case.turn(), world.ledger().main), (Some(Role::Examiner), Some(Clock::Decision)), "{kind:?}");
        assert_eq!(world.no(&owner(), seat("body", "2026-04-01")), Why::Rule);
        assert_eq!(world.act(&official(Role::Examiner), Action::BeginExamination), State::Examining);
    }
}

#[test]
fn nothing_is_granted_before_the_practising_unit_confirmed() {
    let employer = official(Role::Employer);
    let mut world = accepted(PersonKind::Move);
    world.act(&official(Role::Examiner), Action::BeginExamination);
    world.act(&official(Role::Examiner), Action::DraftDecision { draft: Draft { grant: true, opinion: "符合".into(), second: None } });
    world.act(&official(Role::Examiner), Action::SendToApproval);
    let grant = || Action::Grant { note: String::new() };
    assert_eq!(world.no(&official(Role::Approver), grant()), Why::Rule);
    let mut denied = world.clone();
    assert_eq!(denied.no(&employer, Action::DenyPractice { unit: "employer".into(), reason: String::new() }), Why::Payload);
    denied.act(&employer, Action::DenyPractice { unit: "employer".into(), reason: "查无此人".into() });
    assert_eq!(denied.no(&official(Role::Approver), grant()), Why::Rule);
    let again = Action::DenyPractice { unit: "employer".into(), reason: "查无此人".into() };
    assert_eq!(denied.no(&employer, again), Why::Rule, "once");
    denied.act(&employer, Action::ConfirmPractice { unit: "employer".into() });
    assert_eq!(denied.act(&official(Role::Approver), grant()), State::Granted, "what was denied by mistake");
    assert_eq!(world.no(&employer, Action::ConfirmPractice { unit: "stranger".into() }), Why::Payload);
    world.act(&employer, Action::ConfirmPractice { unit: "employer".into() });
    assert_eq!(world.no(&employer, Action::ConfirmPractice { unit: "employer".into() }), Why::Rule);
    assert_eq!(world.act(&official(Role::Approver), grant()), State::Granted);
}

#[test]
fn a_corrected_book_asks_anew_who_denied() {
    let mut world = World::person("2026-03-02", PersonKind::Move);
    world.facts.employers = vec!["employer".into(), "former".into()];
    world.act(&owner(), submit());
    let employer = official(Role::Employer);
    world.act(&employer, Action::ConfirmPractice { unit: "former".into() });
    world.act(&employer, Action::DenyPractice { unit: "employer".into(), reason: "查无此人".into() });
    world.act(&official(Role::Acceptance), Action::RequireCorrection { marks: super::marks(), cause: String::new(), days: 0 });
    let done = super::marks().into_iter().map(|mark| mark.path).collect();
    world.act(&owner(), Action::Resubmit { version: 2, sha256: "01".into(), done });
    let answers = &world.case.person.as_ref().unwrap().practice;
    assert_eq!((answers.get("former"), answers.get("employer")), (Some(&true), None));
    world.act(&employer, Action::DenyPractice { unit: "employer".into(), reason: "仍然不是".into() });
}

#[test]
fn the_proof_of_leaving_is_checked_with_the_proof_of_practice() {
    use crate::workflow::person::LEFT;
    let examiner = official(Role::Examiner);
    let grant = || Action::DraftDecision { draft: Draft { grant: true, opinion: "符合".into(), second: None } };
    let mut world = accepted(PersonKind::Move);
    world.facts.employers = vec!["employer".into(), LEFT.into()];
    world.act(&examiner, Action::BeginExamination);
    assert_eq!(world.no(&official(Role::Employer), Action::ConfirmPractice { unit: LEFT.into() }), Why::Payload, "nobody answers for it");
    world.act(&official(Role::Employer), Action::ConfirmPractice { unit: "employer".into() });
    assert_eq!(world.no(&examiner, grant()), Why::Payload);
    world.act(&examiner, Action::CheckPractice { note: String::new() });
    world.act(&examiner, grant());
    world.act(&examiner, Action::SendToApproval);
    assert_eq!(world.act(&official(Role::Approver), Action::Grant { note: String::new() }), State::Granted);
}

#[test]
fn of_a_unit_that_is_only_named_the_proof_is_checked_before_a_grant_is_drafted() {
    let examiner = official(Role::Examiner);
    let draft = |grant| Action::DraftDecision { draft: Draft { grant, opinion: "符合".into(), second: None } };
    let check = || Action::CheckPractice { note: "已致电核实".into() };
    let registered = accepted(PersonKind::Move);
    let mut world = registered.clone();
    world.facts.employers = vec![crate::workflow::person::NAMED.into()];
    assert_eq!(world.no(&examiner, check()), Why::State);
    world.act(&examiner, Action::BeginExamination);
    assert_eq!(world.no(&official(Role::Approver), check()), Why::Role);
    assert_eq!(world.no(&official(Role::Employer), Action::ConfirmPractice { unit: "employer".into() }), Why::Rule);
    assert_eq!(world.no(&examiner, draft(true)), Why::Payload);
    assert_eq!(world.clone().act(&examiner, draft(false)), State::Examining, "it may be denied");
    world.act(&examiner, check());
    assert_eq!(world.no(&examiner, check()), Why::Rule, "once");
    world.act(&examiner, draft(true));
    world.act(&examiner, Action::SendToApproval);
    let mut own = world.clone();
    own.act(&official(Role::Approver), Action::Grant { note: String::new() });
    assert_eq!(own.case.state, State::Granted);
    // A unit that is registered answers itself.
    let mut world = registered;
    world.act(&examiner, Action::BeginExamination);
    assert_eq!(world.no(&examiner, check()), Why::Rule);
    world.act(&examiner, draft(true));
}

#[test]
fn what_rests_on_an_unchecked_certificate_is_neither_drafted_as_a_grant_nor_granted() {
    let examiner = official(Role::Examiner);
    let draft = |grant| Action::DraftDecision { draft: Draft { grant, opinion: "符合".into(), second: None } };
    let grant = || Action::Grant { note: String::new() };
    let mut world = accepted(PersonKind::RenewFile);
    world.act(&official(Role::Employer), Action::ConfirmPractice { unit: "employer".into() });
    world.act(&examiner, Action::BeginExamination);
    world.facts.unfounded = Some(t("还没有核验", "not checked").into());
    assert_eq!(world.no(&examiner, draft(true)), Why::Payload);
    assert_eq!(world.clone().act(&examiner, draft(false)), State::Examining, "it may be denied");
    // Sent back after the draft, or while it waits for the decision.
    world.facts.unfounded = None;
    world.act(&examiner, draft(true));
    world.act(&examiner, Action::SendToApproval);
    world.facts.unfounded = Some(t("还没有核验", "not checked").into());
    assert!(!available(&world.case, &official(Role::Approver), &world.ctx()).contains(&ActionKind::Grant));
    assert_eq!(world.no(&official(Role::Approver), grant()), Why::Rule);
    world.facts.unfounded = None;
    assert_eq!(world.act(&official(Role::Approver), grant()), State::Granted);
}

#[test]
fn each_side_is_told_what_is_its_own() {
    use ActionKind::*;
    for (kind, body, employer) in
        [(PublishMarks, true, false), (ConfirmPractice, false, true), (DraftDecision, false, false), (Grant, false, true), (SignUp, true, false)]
    {
        assert_eq!((kind.is_seen_by(Party::ExamBody), kind.is_seen_by(Party::Employer)), (body, employer), "{kind:?}");
    }
}

#[test]
fn actions_of_one_matter_are_unknown_to_the_other() {
    let unit = World::on("2026-03-02");
    let person = accepted(PersonKind::Obtain);
    assert_eq!(unit.clone().no(&owner(), seat("body", "2026-04-01")), Why::State);
    assert_eq!(person.clone().no(&official(Role::Acceptance), Action::Entrust), Why::State);
}
