//! Items left out of an acceptance (TSG 07-2019 3.3.4): by the form, in the decision issued anew, and in no certificate.

use super::desk::{form, is_done};
use super::forms::upload;
use super::letters::people;
use super::*;
use crate::casework::forms::Source;
use crate::casework::{certify, desk};
use crate::document::model::Kind;
use crate::document::service as documents;

#[tokio::test]
async fn what_an_amended_acceptance_leaves_out_is_not_certified() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = submitted(&test).await;
        act(&people.officer, &no, Action::Accept { agency: Some(unit_of(&people.lead)), checked: Vec::new() }).await.unwrap();
        let answers = [("changes", "减少项目"), ("items@0", "SE033")];
        let done = desk::act(&people.officer, &form(&people.officer, &no, "amend-acceptance", &answers).await).await;
        assert!(is_done(&done), "{:?}", done.err());
        assert_eq!(record(&test, &no).await.case.given_up, ["SE033"]);

        let lines = documents::of_case(&owner, &no).await.unwrap();
        let decisions: Vec<_> = lines.iter().filter(|line| line.kind == Kind::Acceptance).collect();
        assert_eq!((decisions.len(), &decisions[0].number), (2, &decisions[1].number));
        let said = async |id: &str| documents::open(&people.officer, id).await.unwrap().content.canonical();
        let (first, second) = (said(&decisions[0].id).await, said(&decisions[1].id).await);
        assert!(first.contains("其他紧急切断阀") && !second.contains("其他紧急切断阀"), "the table has it no longer: {second}");
        assert!(second.contains("减少项目；不再申请：紧急切断阀B"), "{second}");
        let offered = desk::desk(&people.officer, &no).await.unwrap();
        assert_eq!(offered.offers(Source::Items).iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["SE031"]);

        act(&people.officer, &no, Action::Entrust).await.unwrap();
        let today = days(date(2026, 3, 2), date(2026, 3, 2));
        act(&owner, &no, Action::Propose { windows: vec![today] }).await.unwrap();
        act(&people.lead, &no, Action::Agree { window: today, reviewers: vec![people.reviewer.clone()] }).await.unwrap();
        act(&people.lead, &no, Action::StartReview).await.unwrap();
        let files = vec![upload(&people.lead, &no, "report").await.unwrap()];
        act(&people.lead, &no, Action::Report { conclusion: Conclusion::Meets, findings: findings(), summary: String::new(), files }).await.unwrap();
        act(&people.officer, &no, Action::ReceiveReport).await.unwrap();
        act(&people.officer, &no, Action::DraftDecision { draft: Draft { grant: true, opinion: "见报告".into(), second: None } }).await.unwrap();
        act(&people.officer, &no, Action::SendToApproval).await.unwrap();
        act(&people.approver, &no, Action::Grant { note: String::new() }).await.unwrap();
        let plan = certify::plan(&people.officer, &no).await.unwrap();
        assert_eq!(plan.iter().flat_map(|one| &one.rows).map(|row| row.id.as_str()).collect::<Vec<_>>(), ["SE031"]);
    }
}
