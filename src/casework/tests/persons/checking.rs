//! 资格条件核对: what is checked of inspection personnel one by one before it is accepted (spec 4.3).

use super::*;
use crate::account::filled::Filled;
use crate::application::qualify::Choice;
use crate::casework::desk;
use crate::casework::tests::desk::{form, is_done, wrong};
use crate::catalogue::checklist::CHECKLIST;
use crate::catalogue::service::{authorities, set_checklist};
use crate::server::plain::Answer;

#[tokio::test]
async fn every_point_is_ticked_before_it_is_accepted() {
    for test in engines().await {
        let (a, who) = (around(&test).await, person(&test, "李强").await);
        let no = filed(&test, &who, PersonKind::Obtain, "S-DT", &a.employer).await;
        let offered = desk::desk(&a.officer, &no).await.unwrap();
        let points: Vec<String> = offered.offers(crate::casework::forms::Source::Points).iter().map(|(value, _)| value.clone()).collect();
        assert_eq!(points.len(), 3);
        let post = async |ticked: &[(&str, &str)]| {
            let answers: Vec<_> = ticked.iter().copied().chain([("agency", "none")]).collect();
            desk::act(&a.officer, &form(&a.officer, &no, "accept", &answers).await).await
        };
        let some = [("checked@0", points[0].as_str()), ("checked@1", &points[1])];
        assert_eq!(wrong(post(&some).await), ["accept/checked"]);
        let blind = act(&a.officer, &no, Action::Accept { agency: None, checked: points[..2].to_vec() }).await;
        assert!(matches!(blind, Err(AppError::Refused(_))), "{blind:?}");
        assert_eq!(record(&test, &no).await.case.state, State::Submitted);
        let all = [some[0], some[1], ("checked@2", &points[2])];
        let answers: Vec<_> = all.iter().copied().chain([("agency", "none")]).collect();
        let stranger = desk::act(&a.approver, &form(&a.officer, &no, "accept", &[("agency", "none")]).await).await;
        assert_eq!(stranger.err(), Some(AppError::Forbidden), "whose duty it is not is told so, and not what to tick");
        let posted = form(&a.officer, &no, "accept", &answers).await;
        for _ in 0..2 {
            assert!(is_done(&desk::act(&a.officer, &posted).await), "the same click is done once");
        }
        assert_eq!(record(&test, &no).await.case.revision, offered.case.revision + 1);
        let told = service::view(&a.officer, &no).await.unwrap().timeline;
        assert!(told.iter().any(|happening| happening.said.zh.contains(&points[2])), "the record says what was checked");
    }
}

#[tokio::test]
async fn what_silence_accepted_is_checked_before_it_is_examined() {
    for test in engines().await {
        let (a, who) = (around(&test).await, person(&test, "李强").await);
        let no = filed(&test, &who, PersonKind::Obtain, "S-DT", &a.employer).await;
        go(&test, date(2026, 3, 10));
        act(&who, &no, seat(&a.body, date(2026, 4, 1))).await.unwrap();
        go(&test, date(2026, 4, 1));
        act(&a.body, &no, marks([80, 80, 80])).await.unwrap();
        assert!(matches!(act(&a.officer, &no, Action::BeginExamination).await, Err(AppError::Refused(say)) if say.zh.contains("补发受理决定书")));
        let drawn = desk::desk(&a.officer, &no).await.unwrap();
        assert_eq!(drawn.case.ledger.turn, Some(Role::Acceptance));
        let points: Vec<String> = drawn.offers(crate::casework::forms::Source::Points).iter().map(|(value, _)| value.clone()).collect();
        assert_eq!(points.len(), 3);
        let post = async |ticked: &[String]| {
            let ticks: Vec<_> = ticked.iter().enumerate().map(|(n, point)| (format!("checked@{n}"), point.as_str())).collect();
            let answers: Vec<_> = ticks.iter().map(|(key, point)| (key.as_str(), *point)).chain([("agency", "none")]).collect();
            desk::act(&a.officer, &form(&a.officer, &no, "confirm-acceptance", &answers).await).await
        };
        assert_eq!(wrong(post(&points[1..]).await), ["confirm-acceptance/checked"]);
        assert!(is_done(&post(&points).await));
        let letter = words(&a.officer, &no, Kind::Acceptance).await;
        assert!(letter.contains("系补发"), "{letter}");
        assert!(!papers(&a.body, &no).await.contains(&Kind::Acceptance), "it is the person's, and names no agency");
        assert_eq!(act(&a.officer, &no, Action::BeginExamination).await, Ok(State::Examining));
        assert!(service::view(&a.officer, &no).await.unwrap().timeline.iter().any(|happening| happening.said.zh.contains(&points[0])), "the record says what");
    }
}

#[tokio::test]
async fn the_administrator_sets_what_is_checked() {
    for test in engines().await {
        let (a, who) = (around(&test).await, person(&test, "李强").await);
        let admin = test.person(test.account(AccountRole::Admin)).await;
        let mut values = authorities(&admin).await.unwrap().checklist.values;
        values.insert(CHECKLIST.path("inspector"), "大专以上学历\n从事检验工作满一年".into());
        for stranger in [&a.officer, &who] {
            assert_eq!(set_checklist(stranger.clone(), Filled::of(&CHECKLIST, &values)).await.err(), Some(AppError::Forbidden));
        }
        assert!(matches!(set_checklist(admin.clone(), Filled::of(&CHECKLIST, &values)).await.unwrap(), Answer::Go(_)));
        assert_eq!(authorities(&admin).await.unwrap().checklist.values, values);
        let choice = Choice { kind: "obtain".into(), code: "Y-DT".into(), region: "610112".into(), words: String::new() };
        let picker = crate::application::service::person_picker(&who, choice).await.unwrap();
        assert_eq!(picker.points, ["大专以上学历", "从事检验工作满一年"], "read before applying");
        let mut empty = values.clone();
        empty.insert(CHECKLIST.path("inspector"), " ".into());
        assert!(matches!(set_checklist(admin, Filled::of(&CHECKLIST, &empty)).await.unwrap(), Answer::Wrong(_)), "a level keeps its points");
        let no = filed(&test, &who, PersonKind::Obtain, "Y-DT", &a.employer).await;
        let old = act(&a.officer, &no, Action::Accept { agency: None, checked: vec!["学历和专业符合该级别的要求".into()] }).await;
        assert!(matches!(old, Err(AppError::Refused(_))));
        let checked = vec!["大专以上学历".to_owned(), "从事检验工作满一年".to_owned()];
        act(&a.officer, &no, Action::Accept { agency: None, checked }).await.unwrap();
        let testing = filed(&test, &person(&test, "王小明").await, PersonKind::Obtain, "UT-II", &a.employer).await;
        act(&a.officer, &testing, Action::Accept { agency: None, checked: Vec::new() }).await.unwrap();
    }
}
