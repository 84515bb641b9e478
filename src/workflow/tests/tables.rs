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
