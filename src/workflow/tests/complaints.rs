//! Marks that are disputed, and misconduct at an examination (TSG Z8001-2019 art. 32, 第1号修改单 annex D).

use super::persons::{body, marks, seat, seated};
use super::*;
use crate::workflow::action::Score;
use crate::workflow::clock::Clock;

#[test]
fn a_complaint_within_a_month_can_change_the_marks() {
    let complain = || Action::ComplainMarks { reason: "漏计分".into() };
    let mut world = seated(PersonKind::Obtain);
    assert_eq!(world.no(&owner(), complain()), Why::State);
    world.act(&body(), marks([Some(69), Some(90), Some(90)]));
    let mut late = world.clone();
    // The month ends on 1 May, a holiday up to the 5th (ruling 21).
    late.go("2026-05-07");
    assert_eq!(late.no(&owner(), complain()), Why::Rule);
    late.go("2026-05-06");
    late.act(&owner(), complain());
    world.act(&owner(), complain());
    assert_eq!((world.case.turn(), world.ledger().main), (Some(Role::ExamOfficer), Some(Clock::Complaint)));
    assert_eq!(world.no(&owner(), seat("body", "2026-06-01")), Why::Rule, "first the answer");
    let mut stands = world.clone();
    stands.act(&body(), Action::AnswerComplaint { text: "复核无误".into(), scores: Vec::new(), lifted: Vec::new() });
    assert_eq!((stands.case.state, stands.no(&owner(), complain())), (State::ExamFailed, Why::Rule));
    let Action::PublishMarks { scores } = marks([Some(71), Some(90), Some(90)]) else { unreachable!() };
    assert_eq!(world.act(&body(), Action::AnswerComplaint { text: "更正".into(), scores, lifted: Vec::new() }), State::ExamPassed);
}

#[test]
fn signing_up_for_the_resit_takes_no_right_to_complain_away() {
    let resat = |points| {
        let mut world = seated(PersonKind::Obtain);
        world.act(&body(), marks(points));
        world.act(&owner(), seat("body", "2026-04-20"));
        world.act(&owner(), Action::ComplainMarks { reason: "漏计分".into() });
        assert_eq!((world.case.state, world.case.turn(), world.ledger().main), (State::Resit, Some(Role::ExamOfficer), Some(Clock::Complaint)));
        assert_eq!(world.case.todo(Role::ExamOfficer, &world.ledger()).zh, "答复成绩申诉");
        world
    };
    let answer = |points: Option<[u32; 3]>| {
        let scores = points.map(|points| SUBJECTS.into_iter().zip(points).map(|(subject, points)| Score { subject: subject.into(), points: Some(points) }));
        Action::AnswerComplaint { text: "复核".into(), scores: scores.into_iter().flatten().collect(), lifted: Vec::new() }
    };
    let to_sit = |world: &World| world.case.person.as_ref().map(|person| person.to_sit(&world.facts.subjects).len());
    let mut world = resat([Some(60), Some(60), Some(90)]);
    let mut stands = world.clone();
    assert_eq!((stands.act(&body(), answer(None)), to_sit(&stands)), (State::Resit, Some(2)));
    let mut partly = world.clone();
    assert_eq!((partly.act(&body(), answer(Some([70, 60, 90]))), to_sit(&partly)), (State::Resit, Some(1)), "one subject less to sit");
    world.go("2026-04-20");
    let resit = || Action::PublishMarks { scores: SUBJECTS[..2].iter().map(|subject| Score { subject: (*subject).into(), points: Some(75) }).collect() };
    assert_eq!(world.no(&body(), resit()), Why::Rule, "the marks before are still disputed");
    let mut passed = world.clone();
    assert_eq!(passed.act(&body(), answer(Some([70, 70, 90]))), State::ExamPassed);
    assert_eq!(passed.case.person.as_ref().and_then(|person| person.seat.clone()), None, "the seat is given back");
    assert!(passed.case.runs.iter().all(|run| run.clock != Clock::Marks || run.to.is_some()));
    world.act(&body(), answer(None));
    assert_eq!(world.act(&body(), resit()), State::ExamPassed);
}

#[test]
fn misconduct_voids_a_subject_and_cheating_all() {
    for (subject, failed) in [(Some("开卷"), vec!["开卷"]), (None, SUBJECTS.to_vec())] {
        let mut world = seated(PersonKind::Obtain);
        assert_eq!(world.no(&body(), Action::ReportMisconduct { subject: Some("体育".into()), text: "夹带".into() }), Why::Payload);
        world.act(&body(), Action::ReportMisconduct { subject: subject.map(str::to_owned), text: "夹带".into() });
        assert_eq!(world.act(&body(), marks([Some(95); 3])), State::ExamFailed);
        let sitting = world.case.person.as_ref().and_then(|person| person.sittings.last()).unwrap();
        assert_eq!(sitting.failed().collect::<Vec<_>>(), failed);
    }
}

#[test]
fn misconduct_recorded_by_mistake_is_taken_back_with_the_answer_to_a_complaint() {
    use crate::workflow::person::Misconduct;
    let record = |subject: Option<&str>| Misconduct { subject: subject.map(str::to_owned), text: "夹带".into() };
    let answer = |lifted: Vec<Misconduct>| Action::AnswerComplaint { text: "核实有误".into(), scores: Vec::new(), lifted };
    let mut world = seated(PersonKind::Obtain);
    for subject in [Some(SUBJECTS[0]), None] {
        world.act(&body(), Action::ReportMisconduct { subject: subject.map(str::to_owned), text: "夹带".into() });
    }
    world.act(&body(), marks([Some(95); 3]));
    world.act(&owner(), Action::ComplainMarks { reason: "不是我的".into() });
    assert_eq!(world.no(&body(), answer(vec![record(Some(SUBJECTS[1]))])), Why::Payload, "nothing of it is recorded");
    let failed = |world: &World| world.case.person.as_ref().and_then(|person| person.sittings.last()).map(|sitting| sitting.failed().count());
    let mut partly = world.clone();
    assert_eq!((partly.act(&body(), answer(vec![record(None)])), failed(&partly)), (State::ExamFailed, Some(1)), "the subject stays void");
    assert_eq!((world.clone().act(&body(), answer(Vec::new())), failed(&world)), (State::ExamFailed, Some(3)));
    assert_eq!(world.act(&body(), answer(vec![record(None), record(Some(SUBJECTS[0]))])), State::ExamPassed);
    let json = r#"{"act":"answer-complaint","text":"复核","scores":[]}"#;
    assert_eq!(serde_json::from_str::<Action>(json).unwrap(), Action::AnswerComplaint { text: "复核".into(), scores: Vec::new(), lifted: Vec::new() });
}
