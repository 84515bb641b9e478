//! The process may die at any moment of a draft's life and of filing: the version, its event, its receipt and its messages are there together,
//! or not.

use super::person::{ID_NO, choice, complete_person, individual};
use super::*;
use crate::account::store::Account;
use crate::workflow::action::Mark;
use crate::workflow::{Action, State};

#[tokio::test]
async fn a_draft_is_made_changed_deleted_and_brought_back_whole_or_not_at_all() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let drafts = async || test.count("SELECT COUNT(*) AS n FROM application").await;
        // Whoever asks for a draft twice gets two, so nobody does here.
        let creates = async || if drafts().await == 0 { service::create(&owner, sample.chosen(), "").await.map(number) } else { Ok(String::new()) };
        let no = test.die_at_every_write("create", creates).await;
        let copies = async || if drafts().await == 1 { service::copy(&owner, &no).await } else { Ok(String::new()) };
        assert_ne!(test.die_at_every_write("create-copy", copies).await, no);
        let (now, seen) = service::choice(&owner, &no).await.unwrap();
        let other = Chosen { items: vec!["SE031".into()], ..now };
        let rechooses = async || service::rechoose(&owner, &no, seen, other.clone(), "").await;
        assert!(matches!(test.die_at_every_write("rechoose", rechooses).await, Answer::Go(_)));
        test.die_at_every_write("delete", async || service::delete(&owner, &no).await).await;
        test.die_at_every_write("restore", async || service::restore(&owner, &no).await).await;
        assert_eq!(service::review(&owner, &no).await.unwrap().head.state, State::Draft);
    }
}

#[tokio::test]
async fn a_book_is_handed_in_and_handed_in_again_whole_or_not_at_all() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let submits = async || service::submit(&owner, &no, "first", true).await;
        assert_eq!(test.die_at_every_write("submit", submits).await, []);
        let officer = Account { authority_code: Some("610000".into()), duties: vec!["acceptance".into()], ..test.account(Role::Staff) };
        let officer = test.person(officer).await;
        let marks = vec![Mark { path: "basic/postcode".into(), text: "有误".into() }];
        let notice = Action::RequireCorrection { marks, cause: String::new(), days: 0 };
        let sends = async || crate::casework::service::act(&officer, &no, "notice", None, notice.clone()).await;
        assert_eq!(test.die_at_every_write("require-correction", sends).await, State::Correction);
        let seen = Base::Revision(revision(&owner, &no).await);
        let corrects = async || save(&owner, &no, &[op("corrected", "basic/postcode", seen.clone(), "710018")]).await;
        test.die_at_every_write("save", corrects).await;
        let again = async || service::resubmit(&owner, &no, "again", true, vec!["basic/postcode".into()]).await;
        assert_eq!(test.die_at_every_write("resubmit", again).await, []);
        let review = service::review(&owner, &no).await.unwrap();
        assert_eq!((review.head.state, review.frozen.version), (State::Resubmitted, 2));
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM document WHERE kind = 'receipt' AND case_no = $1", &no).await, 2);
    }
}

#[tokio::test]
async fn a_persons_book_too() {
    for test in engines().await {
        let who = individual(&test, ID_NO).await;
        let drafts = async || test.count("SELECT COUNT(*) AS n FROM application").await;
        let begins = async || {
            if drafts().await == 0 { service::create_person(&who, choice("obtain", "UT-II", "610112")).await.map(number) } else { Ok(String::new()) }
        };
        let no = test.die_at_every_write("create-person", begins).await;
        complete_person(&who, &no).await;
        let submits = async || service::submit(&who, &no, "first", true).await;
        assert_eq!(test.die_at_every_write("submit", submits).await, []);
        assert_eq!(service::review(&who, &no).await.unwrap().head.state, State::Submitted);
    }
}
