//! Letters before they are sent: seen as they will be read, by whoever may send them, and nothing is left of the look.

use super::desk::{form, is_done, wrong};
use super::*;
use crate::casework::desk;
use crate::casework::model::Preview;
use crate::casework::points;
use crate::casework::previewing::preview;
use crate::document::service as documents;
use crate::form::Values;
use crate::server::plain::Answer;

async fn look(visit: &Visit, no: &str, act: &str, answers: &[(&str, &str)]) -> Values {
    let mut values = form(visit, no, act, answers).await;
    values.insert("step".to_owned(), points::PREVIEW.to_owned());
    values
}

/// Looks at the letter of an act, then does it: word for word the same.
pub(super) async fn seen_then_sent(test: &TestApp, visit: &Visit, no: &str, act: &str, answers: &[(&str, &str)]) {
    let left = async || {
        let papers = test.count("SELECT COUNT(*) AS n FROM document").await;
        let events = test.count("SELECT COUNT(*) AS n FROM case_event").await;
        (papers, events, test.count("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) AS n FROM counter").await)
    };
    let before = left().await;
    let values = look(visit, no, act, answers).await;
    assert!(matches!(desk::act(visit, &values).await, Ok(Answer::Noted(_))), "{act}");
    let seen: Preview = preview(visit, no, &values).await.unwrap().expect("a letter");
    assert!(seen.of.word() == act && seen.content.number.contains("发出时"), "{act}");
    assert_eq!(left().await, before, "{act}: nothing is left of a look");
    assert!(is_done(&desk::act(visit, &form(visit, no, act, answers).await).await), "{act}");
    let sent = documents::of_case(visit, no).await.unwrap().pop().unwrap();
    let sent = documents::open(visit, &sent.id).await.unwrap().content;
    assert_eq!((sent.kind, sent.blocks), (seen.content.kind, seen.content.blocks), "{act}: word for word");
}

/// A case that waits for the approver, with its examiner and its approver; what leads there is looked at before it is sent.
async fn to_approve(test: &TestApp, grant: bool) -> (Visit, Visit, String) {
    let (owner, no) = filed(test).await;
    let (lead, reviewer) = agency(test).await;
    let officer = official(test, SHAANXI, &["acceptance"]).await;
    seen_then_sent(test, &officer, &no, "accept", &[("agency", &unit_of(&lead))]).await;
    seen_then_sent(test, &officer, &no, "entrust", &[]).await;
    let today = days(date(2026, 3, 2), date(2026, 3, 2));
    act(&owner, &no, Action::Propose { windows: vec![today] }).await.unwrap();
    act(&lead, &no, Action::Agree { window: today, reviewers: vec![reviewer] }).await.unwrap();
    act(&lead, &no, Action::StartReview).await.unwrap();
    let paper = super::forms::upload(&lead, &no, "report").await.unwrap();
    act(&lead, &no, Action::Report { conclusion: Conclusion::Meets, summary: String::new(), findings: findings(), files: vec![paper] }).await.unwrap();
    let examiner = official(test, SHAANXI, &["examiner"]).await;
    act(&examiner, &no, Action::ReceiveReport).await.unwrap();
    act(&examiner, &no, Action::DraftDecision { draft: Draft { grant, opinion: "试验能力不足".into(), second: None } }).await.unwrap();
    act(&examiner, &no, Action::SendToApproval).await.unwrap();
    (examiner, official(test, SHAANXI, &["approver"]).await, no)
}

#[tokio::test]
async fn letters_are_seen_as_they_are_before_they_are_sent() {
    for test in engines().await {
        let (_, approver, no) = to_approve(&test, true).await;
        seen_then_sent(&test, &approver, &no, "extend", &[("reason", "需要补充核查")]).await;
        seen_then_sent(&test, &approver, &no, "grant", &[]).await;
        let (examiner, approver, no) = to_approve(&test, false).await;
        let begun = |desk: crate::casework::model::Desk| desk.prefilled.get("deny/reason").cloned();
        assert_eq!(begun(desk::desk(&approver, &no).await.unwrap()).as_deref(), Some("试验能力不足"), "the opinion it rests on");
        assert_eq!(begun(desk::desk(&examiner, &no).await.unwrap()), None, "for whoever decides");
        seen_then_sent(&test, &approver, &no, "deny", &[("reason", "试验能力不满足许可条件")]).await;
        let (_, no) = filed(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        seen_then_sent(&test, &officer, &no, "refuse", &[("ground", "other-authority"), ("reason", "属总局"), ("right_authority", "市场监管总局")]).await;
    }
}

#[tokio::test]
async fn who_may_not_send_a_letter_sees_none_and_what_is_missing_is_told_first() {
    for test in engines().await {
        let (owner, no) = filed(&test).await;
        let officer = official(&test, SHAANXI, &["acceptance"]).await;
        let (lead, _) = agency(&test).await;
        let half = look(&officer, &no, "accept", &[]).await;
        assert_eq!(wrong(desk::act(&officer, &half).await), ["accept/agency"]);
        assert_eq!(preview(&officer, &no, &half).await, Ok(None));
        let unknown = look(&officer, &no, "refuse", &[("ground", "other-authority"), ("reason", "属总局")]).await;
        assert!(matches!(desk::act(&officer, &unknown).await, Err(AppError::Refused(_))), "the right authority is not named");
        let whole = look(&officer, &no, "accept", &[("agency", &unit_of(&lead))]).await;
        assert!(preview(&officer, &no, &whole).await.unwrap().is_some());
        for other in [official(&test, SHAANXI, &["examiner"]).await, owner.clone()] {
            assert_eq!(desk::act(&other, &whole).await.err(), Some(AppError::Forbidden));
            assert_eq!(preview(&other, &no, &whole).await, Ok(None));
        }
        let elsewhere = official(&test, ZHEJIANG, &["acceptance"]).await;
        assert_eq!(preview(&elsewhere, &no, &whole).await.err(), Some(AppError::NotFound));
        // Not of an act whose letter is not looked at before, nor without being asked to.
        let withdrawn = look(&owner, &no, "withdraw", &[]).await;
        assert_eq!(preview(&owner, &no, &withdrawn).await, Ok(None));
        assert_eq!(preview(&officer, &no, &form(&officer, &no, "accept", &[("agency", &unit_of(&lead))]).await).await, Ok(None));
    }
}
