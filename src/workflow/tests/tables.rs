//! The lists: words come back, rows stand in the order of their variants, sides are kept apart.

use super::*;
use crate::workflow::action::Ground;
use crate::workflow::state::{FINAL, OPEN};

#[test]
fn words_come_back() {
    for (at, state) in State::all().enumerate() {
        assert_eq!((State::of_word(state.word()), state as usize), (Some(state), at));
        assert_eq!(serde_json::to_value(state).unwrap(), state.word());
        assert_eq!(State::all().filter(|other| other.word() == state.word()).count(), 1);
    }
    for role in [Role::Reader, Role::Approver, Role::Supervisor, Role::AgencyReader, Role::ExamOfficer, Role::ExamReader, Role::System] {
        assert_eq!((Role::of_word(role.word()), serde_json::to_value(role).unwrap()), (Some(role), role.word().into()));
    }
    assert_eq!((Role::System.party(), Role::Signer.party(), Role::Supervisor.party()), (Party::System, Party::Unit, Party::Authority));
    for kind in ActionKind::ALL {
        assert_eq!((ActionKind::of_word(kind.word()), serde_json::to_value(kind).unwrap()), (Some(*kind), kind.word().into()));
        assert_eq!(kind.event_word().is_empty(), kind.happened().is_none(), "{kind:?}");
        let same = ActionKind::ALL.iter().filter(|other| !kind.event_word().is_empty() && other.event_word() == kind.event_word()).count();
        assert!(same <= 1, "{kind:?}");
    }
}

#[test]
fn a_persons_case_has_the_words_of_its_own_list() {
    use PersonKind::{Move, Obtain, RenewExam, RenewFile};
    let said = |state: State, kind, side| state.label_for(Some(kind), side).zh;
    for (state, zh) in [
        (State::Draft, "初始填写"),
        (State::Submitted, "待受理"),
        (State::Correction, "待补正"),
        (State::Resubmitted, "已补正（待受理）"),
        (State::Withdrawn, "已撤销"),
        (State::Refused, "不予受理"),
        (State::ExamPassed, "考试合格"),
        (State::Examining, "审批中"),
        (State::PendingApproval, "审批中"),
        (State::Denied, "不予许可"),
        (State::Issued, "已发证"),
        (State::Lapsed, "超期失效"),
    ] {
        assert_eq!(said(state, Obtain, Party::Unit), zh, "{state:?}");
    }
    for (kind, zh) in [(Obtain, "已受理（待考试）"), (RenewExam, "已受理（待考试）"), (RenewFile, "已受理（待审核）"), (Move, "已受理（待审核）")]
    {
        assert_eq!(said(State::Accepted, kind, Party::Unit), zh, "{kind:?}");
    }
    assert_eq!([State::Examining, State::PendingApproval].map(|state| said(state, Obtain, Party::Authority)), ["审查中", "待批准"]);
    assert!(State::all().all(|state| state.label_for(None, Party::Unit) == state.label()), "a unit's stay as they are");
    assert_eq!(ActionKind::Withdraw.words_of(Matter::Person).0.zh, "撤销申请");
    assert_eq!(ActionKind::Withdraw.words_of(Matter::Unit).0, ActionKind::Withdraw.label());
}

#[test]
fn subjects_are_called_in_both_languages() {
    let score = |subject: &str| crate::workflow::action::Score { subject: subject.into(), points: Some(80) };
    let told = Action::PublishMarks { scores: vec![score("理论（闭卷）"), score("笔试")] }.told();
    assert_eq!((&*told.zh, &*told.en), ("理论（闭卷）：80 分\n笔试：80 分", "Theory (closed book): 80\n笔试: 80"));
    let told = Action::ReportMisconduct { subject: Some("实际操作".into()), text: "夹带".into() }.told();
    assert_eq!((&*told.zh, &*told.en), ("违纪，科目成绩无效：实际操作\n夹带", "Misconduct, the subject is void: Practice\n夹带"));
}

#[test]
fn open_states_are_those_of_ruling_14() {
    assert!(OPEN.iter().all(|state| !FINAL.contains(state)));
    let neither: Vec<State> = State::all().filter(|state| !state.is_open() && !state.is_final()).collect();
    assert_eq!(neither, [State::Draft, State::Deleted, State::Granted, State::Failed]);
}

#[test]
fn the_rights_of_a_unit_in_a_draft_and_after() {
    use ActionKind::{Copy, Delete, Edit, Read, Rechoose, Restore, Submit, Withdraw};
    let people = [Actor::of_unit("o", true, true), Actor::of_unit("f", true, false), Actor::of_unit("r", false, false)];
    let seen = |world: &World| people.iter().map(|who| available(&world.case, who, &world.ctx())).collect::<Vec<_>>();
    let mut world = World::on("2026-03-02");
    assert_eq!(seen(&world), [vec![Read, Edit, Copy, Rechoose, Delete, Submit], vec![Read, Edit, Copy, Rechoose, Delete], vec![Read]]);
    world.act(&owner(), Action::Delete);
    assert_eq!(seen(&world), [vec![Restore], vec![Restore], vec![]]);
    assert_eq!(world.no(&people[2], Action::Restore), Why::Role);
    world.act(&owner(), Action::Restore);
    world.act(&owner(), submit());
    let read = ActionKind::Acknowledge;
    assert_eq!(seen(&world), [vec![Read, Copy, Withdraw, read], vec![Read, Copy, read], vec![Read, read]]);
    world.act(&owner(), Action::Withdraw { reason: String::new() });
    assert_eq!(seen(&world), [vec![Read, Copy, read], vec![Read, Copy, read], vec![Read, read]]);
}

#[test]
fn sides_see_what_is_theirs() {
    for (kind, unit, agency) in [
        (ActionKind::GiveFeedback, true, false),
        (ActionKind::DraftDecision, false, false),
        (ActionKind::SendBack, false, false),
        (ActionKind::AskExplanation, false, true),
        (ActionKind::Report, true, true),
    ] {
        assert_eq!((kind.is_seen_by(Party::Unit), kind.is_seen_by(Party::Agency), kind.is_seen_by(Party::Authority)), (unit, agency, true), "{kind:?}");
    }
    let draft = World::on("2026-03-02");
    for role in [Role::Acceptance, Role::Supervisor, Role::AgencyLead] {
        assert!(available(&draft.case, &official(role), &draft.ctx()).is_empty(), "a draft is the unit's own business");
    }
    let submitted = World::submitted("2026-03-02");
    assert!(available(&submitted.case, &lead(), &submitted.ctx()).is_empty());
}

/// 查阅人 of an agency: what it may see, and nothing to do (ruling 11).
#[test]
fn whoever_only_reads_for_an_agency_does_nothing() {
    let reader = official(Role::AgencyReader);
    let before = World::submitted("2026-03-02");
    assert!(available(&before.case, &reader, &before.ctx()).is_empty(), "not the agency's business yet");
    let world = World::examining("2026-03-02", "2026-03-20");
    assert_eq!(available(&world.case, &reader, &world.ctx()), [ActionKind::Read]);
}

#[test]
fn an_event_is_stored_and_read() {
    let world = World::examining("2026-03-02", "2026-03-20");
    for event in &world.events {
        let json = serde_json::to_string(event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&json).unwrap(), *event);
    }
    let json = serde_json::to_string(&world.case).unwrap();
    assert_eq!(serde_json::from_str::<Case>(&json).unwrap(), world.case);
}

#[test]
fn grounds_are_worded_as_they_are_stored() {
    for (at, (ground, word, _)) in Ground::ALL.into_iter().enumerate() {
        assert_eq!((ground as usize, serde_json::to_value(ground).unwrap()), (at, serde_json::Value::from(word)));
    }
}
