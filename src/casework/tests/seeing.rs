//! Whose case it is: everybody else's does not exist.

use super::*;
use crate::casework::desk;
use crate::casework::model::{Share, Wanted};
use crate::document::model::Kind;
use crate::document::service as documents;

#[tokio::test]
async fn a_case_exists_for_its_own() {
    for test in engines().await {
        let (owner, no) = drafted(&test).await;
        let duties = ["acceptance", "examiner", "approver", "certificate", "supervisor"];
        let ours = official(&test, SHAANXI, &duties).await;
        let missing = |seen: Result<_>| matches!(seen, Err(AppError::NotFound));
        assert!(missing(service::view(&ours, &no).await), "a draft is the unit's own business");
        inside(&owner, &no, Action::Submit { version: 1, sha256: "00".into() }).await.unwrap();
        assert!(service::view(&ours, &no).await.is_ok());
        let lead = test.member("agency", AccountRole::Owner).await;
        let strangers = [
            official(&test, ZHEJIANG, &duties).await,
            official(&test, SHAANXI, &["authority-admin"]).await,
            official(&test, "100000", &duties).await,
            test.member("enterprise", AccountRole::Owner).await,
            test.member("agency", AccountRole::Owner).await,
            test.person(test.account(AccountRole::Person)).await,
            test.person(test.account(AccountRole::Admin)).await,
            lead.clone(),
        ];
        for stranger in &strangers {
            assert!(missing(service::view(stranger, &no).await), "{:?}", stranger.caller);
            let done = act(stranger, &no, Action::Withdraw { reason: String::new() }).await;
            assert_eq!(done.err(), Some(AppError::NotFound));
        }
        assert_eq!(service::view(&test.nobody(), &no).await.err(), Some(AppError::SignIn));
        act(&ours, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        assert!(service::view(&lead, &no).await.is_ok(), "the acceptance goes to the agency too");
        let papers = documents::of_case(&lead, &no).await.unwrap();
        assert_eq!(papers.iter().map(|paper| paper.kind).collect::<Vec<_>>(), [Kind::Acceptance]);
        let reader = test.join(&unit_of(&lead), AccountRole::Reader).await;
        let view = service::view(&reader, &no).await.unwrap();
        assert_eq!(view.actions, [ActionKind::Read], "whoever reads there does nothing");
        assert_eq!(act(&reader, &no, Action::Entrust).await.err(), Some(AppError::Forbidden));
        let foreign = test.join(&unit_of(&strangers[4]), AccountRole::Reader).await;
        assert!(missing(service::view(&foreign, &no).await), "of another agency");
        act(&ours, &no, Action::Entrust).await.unwrap();
        let other = test.member("agency", AccountRole::Owner).await;
        act(&ours, &no, Action::ReplaceAgency { agency: unit_of(&other), reason: "回避".into() }).await.unwrap();
        assert!(missing(service::view(&lead, &no).await), "no longer theirs");
        assert!(matches!(act(&owner, &no, Action::Entrust).await, Err(AppError::Moved(_))), "its state is told to its own");
    }
}

#[tokio::test]
async fn the_papers_of_a_review_go_with_the_case_to_another_agency() {
    for test in engines().await {
        let officer = official(&test, SHAANXI, &["acceptance", "supervisor"]).await;
        let ((first, _), (second, _)) = (agency(&test).await, agency(&test).await);
        let (owner, no) = submitted(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&first)), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        act(&owner, &no, Action::Propose { windows: vec![days(date(2026, 3, 10), date(2026, 3, 11))] }).await.unwrap();
        let lines = async |visit: &Visit| documents::of_case(visit, &no).await.unwrap();
        let kinds = async |visit: &Visit| lines(visit).await.into_iter().map(|line| line.kind).collect::<Vec<_>>();
        let replace = async |next: &Visit| act(&officer, &no, Action::ReplaceAgency { agency: unit_of(next), reason: "回避".into() }).await.unwrap();
        let read = lines(&first).await;
        assert_eq!(kinds(&first).await, [Kind::Acceptance, Kind::Entrustment, Kind::Appointment]);
        assert_eq!(kinds(&second).await, []);
        replace(&second).await;
        assert_eq!(kinds(&first).await, [], "no longer theirs");
        for line in &read {
            assert_eq!(documents::open(&first, &line.id).await.err(), Some(AppError::NotFound), "{:?}, though they know its address", line.kind);
            assert_eq!(documents::pdf(&first, &line.id).await.err(), Some(AppError::NotFound), "{:?}", line.kind);
        }
        assert_eq!(kinds(&second).await, [Kind::Acceptance, Kind::Entrustment], "the acceptance, though it named another one, and their own");
        for line in lines(&second).await {
            documents::open(&second, &line.id).await.unwrap();
        }
        assert_eq!(documents::open(&second, &read[2].id).await.err(), Some(AppError::NotFound), "what was said to the other");
        replace(&first).await;
        assert_eq!(kinds(&first).await, [Kind::Acceptance, Kind::Entrustment, Kind::Appointment, Kind::Entrustment], "theirs again");
        assert_eq!(kinds(&second).await, []);
    }
}

#[tokio::test]
async fn a_long_record_is_told_to_its_end() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        let (found, by, now) = (record(&test, &no).await, owner.caller().unwrap().account_id.clone(), test.app.clock.now());
        let read = |n: i64| Event { at: now + n, by: by.clone(), role: Role::Reader, action: Action::Acknowledge { document: n.to_string() } };
        let events: Vec<Event> = (1..=1100).map(read).collect();
        let append = test.app.db.write(move |tx| Box::pin(async move { store::append(tx, &found.id, found.case.revision, &events, &Click::default()).await }));
        append.await.unwrap();
        let told = service::view(&owner, &no).await.unwrap().timeline;
        assert_eq!((told.len(), told.last().unwrap().at), (1102, now + 1100), "also what happened last");
    }
}

#[tokio::test]
async fn the_one_that_delegated_looks_on() {
    for test in engines().await {
        let (_, no) = submitted(&test).await;
        let delegated = "UPDATE application SET authority_code = '611200' WHERE no = $1";
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
                tx.run(delegated, crate::vals![number]).await
            })
        });
        moved.await.unwrap();
        let above = official(&test, SHAANXI, &["supervisor", "acceptance"]).await;
        let view = service::view(&above, &no).await.unwrap();
        assert!(view.may(ActionKind::Read) && !view.may(ActionKind::Accept), "{:?}", view.actions);
        let other = official(&test, SHAANXI, &["acceptance"]).await;
        assert_eq!(service::view(&other, &no).await.err(), Some(AppError::NotFound));
        let list = async |visit: &Visit, whose| desk::queue(visit, &Wanted { whose, ..Wanted::default() }, "", false).await.unwrap();
        let (ours, all) = (list(&above, Share::Ours).await, list(&above, Share::All).await);
        assert!(ours.delegates && ours.rows.is_empty() && all.rows.len() == 1);
        let others = list(&other, Share::All).await;
        assert!(!others.delegates && others.rows.is_empty(), "only who looks on is offered them");
    }
}

#[tokio::test]
async fn notes_of_officials_and_the_feedback_stay_where_they_belong() {
    for test in engines().await {
        let (owner, no) = submitted(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance", "examiner"]).await;
        let approver = official(&test, SHAANXI, &["approver"]).await;
        let (lead, reviewer) = agency(&test).await;
        act(&officer, &no, Action::Accept { agency: Some(unit_of(&lead)), checked: Vec::new() }).await.unwrap();
        act(&officer, &no, Action::Entrust).await.unwrap();
        let today = days(date(2026, 3, 2), date(2026, 3, 2));
        act(&owner, &no, Action::Propose { windows: vec![today] }).await.unwrap();
        act(&lead, &no, Action::Agree { window: today, reviewers: vec![reviewer] }).await.unwrap();
        act(&lead, &no, Action::StartReview).await.unwrap();
        let paper = super::forms::upload(&lead, &no, "report").await.unwrap();
        act(&lead, &no, Action::Report { conclusion: Conclusion::Meets, findings: findings(), summary: String::new(), files: vec![paper] }).await.unwrap();
        let answers = crate::workflow::action::Feedback {
            period: today,
            categories: Vec::new(),
            reviewers: String::new(),
            misconduct: None,
            departure: None,
            unfairness: None,
            satisfaction: crate::workflow::action::Satisfaction::Mostly,
            note: String::new(),
        };
        act(&owner, &no, Action::GiveFeedback { answers }).await.unwrap();
        act(&officer, &no, Action::ReceiveReport).await.unwrap();
        act(&officer, &no, Action::DraftDecision { draft: Draft { grant: true, opinion: "符合".into(), second: None } }).await.unwrap();
        act(&officer, &no, Action::SendToApproval).await.unwrap();
        let both = test.person(Account {
            authority_code: Some(SHAANXI.into()),
            duties: vec!["examiner".into(), "approver".into()],
            ..test.account(AccountRole::Staff)
        });
        assert!(service::view(&both.await, &no).await.unwrap().may(ActionKind::Grant), "who has not examined it");
        assert!(!service::view(&officer, &no).await.unwrap().may(ActionKind::Grant));
        assert!(service::view(&approver, &no).await.unwrap().may(ActionKind::Grant));
        let told = async |visit: &Visit| service::view(visit, &no).await.unwrap().timeline.into_iter().map(|h| h.what).collect::<Vec<_>>();
        let (unit, agency, authority) = (told(&owner).await, told(&lead).await, told(&approver).await);
        for kind in [ActionKind::DraftDecision, ActionKind::SendToApproval] {
            assert!(!unit.contains(&kind) && !agency.contains(&kind) && authority.contains(&kind), "{kind:?}");
        }
        assert!(unit.contains(&ActionKind::GiveFeedback) && !agency.contains(&ActionKind::GiveFeedback) && authority.contains(&ActionKind::GiveFeedback));
    }
}
