//! Whatever happens in whatever order: the table and the step agree, final states stay, nobody approves what they examined.

use super::*;
use crate::workflow::action::{Amended, Ground, Score};
use crate::workflow::case::Rectification;
use jiff::ToSpan;
use proptest::prelude::*;

/// Everybody there is; the last one is many things at once.
fn people() -> Vec<Actor> {
    use Role::*;
    let mut people = vec![owner(), Actor::of_unit("filler", true, false), Actor::of_unit("reader", false, false), lead(), Actor::system()];
    people.extend([ExamOfficer, ExamReader, AgencyReader, Employer, Reviewer, Acceptance, Examiner, Approver, Certificate, Supervisor].map(official));
    people.push(Actor { account: "small-authority".into(), roles: vec![Acceptance, Examiner, Approver, Certificate, Supervisor] });
    people
}

/// What could be filled in, the sensible first. One of them has to succeed whenever the kind is available.
fn payloads(kind: ActionKind, world: &World) -> Vec<Action> {
    let case = &timed::settle(&world.case, &world.ctx()).0;
    let why = || "理由".to_owned();
    let today = world.ctx().today();
    let now = Window { from: today, to: today };
    let days = case.standing().map(|round| round.windows.clone()).unwrap_or_default();
    let of = |name: &str| vec![name.to_owned()];
    let version = case.version + 1;
    let ticked = || case.marks.iter().map(|mark| mark.path.clone()).collect();
    let agencies = [None, Some("agency".to_owned()), Some("other".to_owned()), Some("unit".to_owned()), Some(String::new())];
    let confirmed = case.rectification.as_ref().map(|r: &Rectification| r.confirmed);
    use ActionKind as K;
    match kind {
        K::Create => vec![Action::Create],
        K::CreatePerson => vec![Action::CreatePerson { kind: PersonKind::Obtain }],
        K::ConfirmPractice => vec![Action::ConfirmPractice { unit: "employer".into() }],
        K::DenyPractice => vec![Action::DenyPractice { unit: "employer".into(), reason: why() }],
        K::CheckPractice => vec![Action::CheckPractice { note: String::new() }],
        K::SignUp => ["body", "other"].map(|body| Action::SignUp { body: body.into(), session: "s".into(), day: today }).into(),
        K::CancelSignUp => vec![Action::CancelSignUp { reason: why() }],
        K::MoveExam => {
            vec![Action::MoveExam { day: today.tomorrow().unwrap(), times: String::new(), place: "考场".into(), reason: why() }]
        }
        K::CallOff => vec![Action::CallOff { reason: why() }],
        K::ReportMisconduct => vec![Action::ReportMisconduct { subject: None, text: why() }],
        K::PublishMarks => [50, 90].map(|points| Action::PublishMarks { scores: scores(case, world, points) }).into(),
        K::ComplainMarks => vec![Action::ComplainMarks { reason: why() }],
        K::AnswerComplaint => vec![Action::AnswerComplaint { text: why(), scores: Vec::new(), lifted: Vec::new() }],
        K::BeginExamination => vec![Action::BeginExamination],
        K::Lapse => vec![Action::Lapse],
        K::CreateCopy => vec![Action::CreateCopy { of: "1".into() }],
        K::Read => vec![Action::Read],
        K::Edit => vec![Action::Edit],
        K::Copy => vec![Action::Copy],
        K::Rechoose => vec![Action::Rechoose { items: why() }],
        K::Delete => vec![Action::Delete],
        K::Restore => vec![Action::Restore],
        K::Submit => vec![Action::Submit { version, sha256: "0".into() }, Action::Submit { version: 9, sha256: "0".into() }],
        K::Resubmit => vec![Action::Resubmit { version, sha256: "0".into(), done: ticked() }, Action::Resubmit { version, sha256: "0".into(), done: vec![] }],
        K::Withdraw => vec![Action::Withdraw { reason: String::new() }],
        K::Accept => agencies.into_iter().map(|agency| Action::Accept { agency, checked: world.facts.points.clone() }).collect(),
        K::RequireCorrection => {
            vec![Action::RequireCorrection { marks: marks(), cause: why(), days: 0 }, Action::RequireCorrection { marks: vec![], cause: why(), days: 0 }]
        }
        K::AskConsent => vec![Action::AskConsent { cause: why() }],
        K::Consent => vec![Action::Consent],
        K::Refuse => [Ground::FalseData, Ground::OtherAuthority].map(|ground| Action::Refuse { ground, reason: why(), right_authority: String::new() }).into(),
        K::DeemWithdrawn => vec![Action::DeemWithdrawn { reason: why() }],
        K::DeemAccepted => vec![Action::DeemAccepted { on: today }],
        K::ConfirmAcceptance => agencies.into_iter().map(|agency| Action::ConfirmAcceptance { agency, checked: world.facts.points.clone() }).collect(),
        K::AmendAcceptance => {
            let amend = |agency, items| Action::AmendAcceptance { changes: why(), agency, items, amended: Amended::default() };
            let renamed = agencies.into_iter().map(|agency| amend(agency, Vec::new()));
            let narrowed = world.facts.items.iter().map(|item| amend(None, vec![item.clone()]));
            renamed.chain(narrowed).collect()
        }
        K::Entrust => vec![Action::Entrust],
        K::SkipReview => vec![Action::SkipReview],
        K::ReplaceAgency => ["agency", "other", "unit"].map(|agency| Action::ReplaceAgency { agency: agency.into(), reason: why() }).into(),
        K::Take => vec![Action::Take],
        K::HandOver => vec![Action::HandOver { to: "colleague".into() }, Action::HandOver { to: "other-colleague".into() }],
        K::Propose => vec![Action::Propose { windows: vec![now] }, Action::Propose { windows: vec![now; 4] }],
        K::WithdrawProposal => vec![Action::WithdrawProposal],
        K::ExpireProposal => vec![Action::ExpireProposal],
        K::Agree => days
            .iter()
            .map(|w| Window { from: w.from.max(today), to: w.to })
            .chain([now])
            .map(|window| Action::Agree { window, reviewers: of("free") })
            .collect(),
        K::ReturnProposal => vec![Action::ReturnProposal { reason: why() }],
        K::Counter => ["free", "r1"].map(|who| Action::Counter { windows: vec![now], reviewers: of(who), reason: why() }).into(),
        K::AcceptCounter => {
            days.iter().map(|w| w.from.max(today)).chain([today]).map(|day| Action::AcceptCounter { window: Window { from: day, to: day } }).collect()
        }
        K::CallAuthority => vec![Action::CallAuthority { reason: why() }],
        K::Escalate => vec![Action::Escalate],
        K::AskReschedule => [vec![], of("free"), of("r1")].map(|reviewers| Action::AskReschedule { window: now, reason: why(), reviewers }).into(),
        K::AgreeReschedule => [vec![], of("free")].map(|reviewers| Action::AgreeReschedule { reviewers }).into(),
        K::DeclineReschedule => vec![Action::DeclineReschedule { reason: why() }],
        K::StartReview => vec![Action::StartReview],
        K::RecordReview => vec![Action::RecordReview { text: why(), files: vec![] }, Action::RecordReview { text: " ".into(), files: vec![] }],
        K::NarrowScope => world.facts.items.iter().map(|item| Action::NarrowScope { items: vec![item.clone()], reason: why() }).collect(),
        K::Memo => [false, true].map(|is_signed| memo(&today.to_string(), is_signed)).into(),
        K::SignMemo => vec![Action::SignMemo],
        K::Rectify => vec![Action::Rectify { text: why(), files: of("f") }, Action::Rectify { text: why(), files: vec![] }],
        K::VerifyOk => vec![Action::VerifyOk { note: String::new() }],
        K::VerifyFail => vec![Action::VerifyFail { reason: why() }],
        K::Report => {
            let usual = if confirmed == Some(true) { Conclusion::MeetsAfterRectification } else { Conclusion::Meets };
            vec![report(usual), report(Conclusion::DoesNotMeet)]
        }
        K::GiveFeedback => vec![Action::GiveFeedback { answers: feedback() }],
        K::ReceiveReport => vec![Action::ReceiveReport],
        K::ReturnReport => vec![Action::ReturnReport { reason: why() }],
        K::AskExplanation => vec![Action::AskExplanation { question: why() }],
        K::Explain => vec![Action::Explain { text: why(), files: vec![] }],
        K::ProposeExtension => vec![Action::ProposeExtension { reason: why() }],
        K::Extend => vec![Action::Extend { reason: why() }, Action::Extend { reason: String::new() }],
        K::TellHearingRight => vec![Action::TellHearingRight { reason: why() }],
        K::RequestHearing => vec![Action::RequestHearing { reason: why() }],
        K::WaiveHearing => vec![Action::WaiveHearing],
        K::OpenHearing => [today.checked_add(7.days()).unwrap(), today].map(|on| Action::OpenHearing { on, place: why() }).into(),
        K::CloseHearing => vec![Action::CloseHearing { record: why() }],
        K::DraftDecision => vec![draft(true), draft(false)],
        K::SendToApproval => vec![Action::SendToApproval],
        K::SendBack => vec![Action::SendBack { reason: why() }],
        K::Grant => vec![Action::Grant { note: String::new() }],
        K::Deny => vec![Action::Deny { reason: why(), ground: None }],
        K::Issue => vec![Action::Issue { certificates: of("TS1") }, Action::Issue { certificates: vec![] }],
        K::Deliver => vec![Action::Deliver { how: why() }],
        K::Publish => vec![Action::Publish],
        K::Acknowledge => vec![Action::Acknowledge { document: format!("d{}", case.revision) }],
        K::Suspend => vec![Action::Suspend { reason: why() }],
        K::Resume => vec![Action::Resume { reason: why() }],
        K::Terminate => vec![Action::Terminate { reason: why() }],
    }
}

/// Kinds that would end most walks at once; they come when the dice say so twice.
fn is_rare(kind: ActionKind) -> bool {
    use ActionKind::*;
    matches!(
        kind,
        Withdraw
            | Terminate
            | Refuse
            | DeemWithdrawn
            | Delete
            | Suspend
            | Acknowledge
            | Take
            | HandOver
            | AmendAcceptance
            | ReplaceAgency
            | Copy
            | Read
            | Rechoose
            | CallAuthority
            | TellHearingRight
            | RequestHearing
    )
}

/// Holds the table against the step for everybody and everything, and tells what can be done.
fn compare(world: &World) -> Vec<(Actor, Action)> {
    let mut possible = Vec::new();
    for actor in people() {
        let offered = available(&world.case, &actor, &world.ctx());
        for kind in ActionKind::ALL {
            let done: Vec<Action> = payloads(*kind, world).into_iter().filter(|action| step(&world.case, &actor, action, &world.ctx()).is_ok()).collect();
            assert_eq!(offered.contains(kind), !done.is_empty(), "{kind:?} by {actor:?} in {:?}", world.case);
            possible.extend(done.into_iter().map(|action| (actor.clone(), action)));
        }
    }
    possible
}

/// A mark of so many points in everything to be sat.
fn scores(case: &Case, world: &World, points: u32) -> Vec<Score> {
    let subjects = case.person.as_ref().map(|person| person.to_sit(&world.facts.subjects)).unwrap_or_default();
    subjects.into_iter().map(|subject| Score { subject: subject.to_owned(), points: Some(points) }).collect()
}

/// A unit's draft, or a person's.
fn draft_of(person: Option<PersonKind>) -> World {
    person.map_or_else(|| World::on("2025-01-06"), |kind| World::person("2025-01-06", kind))
}

fn persons() -> impl Strategy<Value = Option<PersonKind>> {
    prop::option::of(prop::sample::select(PersonKind::all().collect::<Vec<_>>()))
}

fn review_needs() -> impl Strategy<Value = Review> {
    prop_oneof![4 => Just(Review::Needed), 1 => Just(Review::NotNeeded), 1 => Just(Review::AuthorityDecides)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn walks(person in persons(), review in review_needs(), steps in prop::collection::vec((any::<prop::sample::Index>(), 0i64..40, any::<u8>()), 1..45), booked in any::<bool>()) {
        let mut world = draft_of(person);
        if person.is_none() {
            world.facts.review = review;
        }
        for (choice, days, dice) in steps {
            // Mostly the same day, sometimes weeks later.
            world.now += if dice < 100 { days * 86_400_000 } else { 60_000 };
            let today = world.ctx().today();
            world.bookings = if booked { vec![Booking { reviewer: "r1".into(), window: Window { from: today, to: today } }] } else { Vec::new() };
            let possible = compare(&world);
            let usual: Vec<_> = possible.iter().filter(|(_, action)| dice % 16 == 0 || !is_rare(action.kind())).collect();
            let (actor, action) = match (usual.is_empty(), possible.is_empty()) {
                (false, _) => usual[choice.index(usual.len())].clone(),
                (true, false) => choice.get(&possible).clone(),
                (true, true) => break,
            };
            let before = world.case.state;
            let events = step(&world.case, &actor, &action, &world.ctx()).unwrap();
            events.into_iter().for_each(|event| world.add(event));
            prop_assert!(!before.is_final() || world.case.state == before, "{before:?} was left by {action:?}");
            if let Some(approver) = &world.case.approver {
                prop_assert!(!world.case.examiners.contains(approver), "{approver} examined and approved");
            }
            prop_assert_eq!(&fold(&world.events), &world.case);
            prop_assert_eq!(world.case.revision, i64::try_from(world.events.len()).unwrap());
            prop_assert!(world.events.windows(2).all(|pair| pair[0].at <= pair[1].at));
            for line in world.ledger().lines {
                prop_assert!(line.due.is_none_or(|due| due >= line.from), "{line:?}");
            }
        }
    }
}

/// The cases one step further, by what is done while an agency reviews.
fn review_steps(world: &World) -> Vec<World> {
    use ActionKind::*;
    let kinds = [Memo, SignMemo, Rectify, VerifyOk, VerifyFail, Report, ReceiveReport, ReturnReport];
    let people = [owner(), lead(), official(Role::Examiner)];
    let tries = people.iter().flat_map(|actor| kinds.iter().flat_map(|kind| payloads(*kind, world)).map(move |action| (actor, action)));
    let done = |(actor, action): (&Actor, Action)| {
        let mut next = world.clone();
        next.try_do(actor, action).ok().map(|_| next)
    };
    tries.filter_map(done).collect()
}

/// Wherever a review comes, also by reports that are returned, it can still end with a report that the conditions are met.
#[test]
fn no_review_comes_to_a_dead_end() {
    let is_met = |world: &World| world.case.conclusion.is_some_and(|conclusion| conclusion != Conclusion::DoesNotMeet);
    let known = |world: &World| (world.case.state.word(), world.case.rectification.clone(), world.case.conclusion.map(Conclusion::label));
    let mut all = vec![World::under_review("2026-03-02", "2026-03-10")];
    let mut leads: Vec<Vec<usize>> = Vec::new();
    while leads.len() < all.len() {
        let mut nexts = Vec::new();
        for next in review_steps(&all[leads.len()]) {
            let at = all.iter().position(|world| known(world) == known(&next)).unwrap_or(all.len());
            if at == all.len() {
                all.push(next);
            }
            nexts.push(at);
        }
        leads.push(nexts);
    }
    let mut ends_well: Vec<bool> = all.iter().map(is_met).collect();
    for _ in 0..all.len() {
        for at in 0..all.len() {
            ends_well[at] = ends_well[at] || leads[at].iter().any(|next| ends_well[*next]);
        }
    }
    let returned = |world: &&World| world.case.state == State::UnderReview && world.case.rectification.as_ref().is_some_and(|r| !r.confirmed);
    assert!(all.iter().any(|world| returned(&world)), "the way that once was one is among them");
    let dead: Vec<_> = all.iter().zip(&ends_well).filter(|(_, well)| !**well).map(|(world, _)| known(world)).collect();
    assert!(dead.is_empty(), "{dead:?}");
}

#[test]
fn the_walks_can_come_everywhere() {
    let mut seen = std::collections::BTreeSet::new();
    let mut dice = 7_u64;
    for turn in 0..1200 {
        let mut world = draft_of([None, Some(PersonKind::Obtain), Some(PersonKind::Move)][turn % 3]);
        // So that a walk of some weeks comes to the end of it, every other time.
        world.facts.limits.exam_months = [24, 0][turn % 2];
        for _ in 0..45 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let roll = usize::try_from(dice >> 33).unwrap();
            world.now += if roll % 5 == 0 { 86_400_000 * 7 } else { 60_000 };
            seen.insert(timed::settle(&world.case, &world.ctx()).0.state.word());
            let kinds: Vec<(Actor, ActionKind)> = people()
                .into_iter()
                .flat_map(|actor| available(&world.case, &actor, &world.ctx()).into_iter().map(move |kind| (actor.clone(), kind)))
                .filter(|(_, kind)| roll % 9 == 0 || !is_rare(*kind))
                .collect();
            if kinds.is_empty() {
                // A hearing waits for its day.
                if world.case.state.is_open() {
                    continue;
                }
                break;
            }
            let (actor, kind) = &kinds[roll / 9 % kinds.len()];
            let mut filled_in = payloads(*kind, &world);
            let first = roll / 7 % 2 % filled_in.len();
            filled_in.rotate_left(first);
            for action in filled_in {
                if world.try_do(actor, action).is_ok() {
                    break;
                }
            }
        }
    }
    let missed: Vec<&str> = State::all().map(State::word).filter(|word| !seen.contains(word)).collect();
    assert!(missed.is_empty(), "{missed:?}");
}
