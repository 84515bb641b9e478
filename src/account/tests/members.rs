//! Members of a unit: invited, accepted, changed, closed.

use super::{PASSWORD, fill, gone, wrong_key};
use crate::account::forms;
use crate::account::model::{Caller, Role};
use crate::account::service::members;
use crate::account::store;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::server::testing::TestApp;

const GUEST: &str = "13500000001";

async fn invite(visit: &Visit, role: &str, may_submit: &str) -> Result<Answer> {
    members::invite(visit.clone(), fill(&forms::INVITE, &[("name", "赵小兰"), ("mobile", GUEST), ("role", role), ("may_submit", may_submit)])).await
}

async fn token(test: &TestApp) -> String {
    let text = test.messages(GUEST).await.pop().unwrap();
    text.split("/invitation/").nth(1).unwrap().split(' ').next().unwrap().to_owned()
}

async fn accept(test: &TestApp, username: &str, token: &str) -> Result<Answer> {
    let form = fill(&forms::ACCEPT, &[("username", username), ("password", PASSWORD), ("password2", PASSWORD), ("agree", "yes")]);
    members::accept(test.nobody(), form, token.to_owned()).await
}

async fn caller_of(test: &TestApp, mobile: &str) -> Visit {
    let id = store::find_by_mobile(&mut test.app.db.read().await.unwrap(), mobile).await.unwrap().unwrap().id;
    test.signed_in(&id).await
}

fn is_over(error: Option<AppError>) -> bool {
    matches!(error, Some(AppError::Moved(_)))
}

fn caller(visit: &Visit) -> &Caller {
    visit.caller.as_ref().unwrap()
}

#[tokio::test]
async fn an_invited_colleague_gets_an_account_of_their_own() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        gone(invite(&owner, "filler", "yes").await);
        let token = token(&test).await;
        assert_eq!(
            test.app.db.read().await.unwrap().rows("SELECT token_digest FROM invitation WHERE token_digest = $1", crate::vals![&token]).await.unwrap().len(),
            0,
            "kept in the open"
        );
        let welcome = members::welcome(&test.nobody(), &token).await.unwrap();
        assert_eq!((welcome.name.as_str(), welcome.mobile.as_str(), welcome.role), ("赵小兰", "135****0001", Role::Filler));
        let taken = caller(&owner).username.to_uppercase();
        assert_eq!(wrong_key(accept(&test, &taken, &token).await), "username");
        assert_eq!(gone(accept(&test, "xiaolan1", &token).await), "/account?welcome=1");
        let member = caller_of(&test, GUEST).await;
        assert_eq!((caller(&member).role, caller(&member).submits, &caller(&member).unit_id), (Role::Filler, true, &caller(&owner).unit_id));
        // The link is good once.
        assert!(is_over(accept(&test, "xiaolan2", &token).await.err()));
        assert!(is_over(members::welcome(&test.nobody(), &token).await.err()));
        assert_eq!(wrong_key(invite(&owner, "reader", "").await), "mobile");
    }
}

#[tokio::test]
async fn links_run_out_and_are_taken_back() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        gone(invite(&owner, "reader", "yes").await);
        let first = token(&test).await;
        gone(invite(&owner, "reader", "yes").await);
        let second = token(&test).await;
        assert!(is_over(members::welcome(&test.nobody(), &first).await.err()), "the newer one stands");
        let open = members::list(&owner).await.unwrap().invitations;
        assert_eq!(open.len(), 1);
        assert!(!open[0].may_submit, "a reader never submits");
        assert_eq!(members::uninvite(&stranger, open[0].id.clone()).await.err(), Some(AppError::NotFound));
        test.wait(7 * 24 * 60);
        assert!(is_over(accept(&test, "xiaolan1", &second).await.err()));
        gone(invite(&owner, "reader", "").await);
        let third = token(&test).await;
        let open = members::list(&owner).await.unwrap().invitations;
        gone(members::uninvite(&owner, open[0].id.clone()).await);
        assert!(is_over(accept(&test, "xiaolan1", &third).await.err()));
        assert!(is_over(accept(&test, "xiaolan1", "").await.err()));
    }
}

#[tokio::test]
async fn only_the_owner_manages_members_and_only_of_their_unit() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let unit = owner.unit().unwrap().1.to_owned();
        let (filler, reader) = (test.join(&unit, Role::Filler).await, test.join(&unit, Role::Reader).await);
        let stranger = test.member("enterprise", Role::Owner).await;
        let person = test.person(test.account(Role::Person)).await;
        let form = |role: &str, submit: &str| fill(&forms::MEMBER, &[("role", role), ("may_submit", submit)]);
        for outsider in [&filler, &reader, &person] {
            assert_eq!(members::list(outsider).await.err(), Some(AppError::Forbidden));
            assert_eq!(invite(outsider, "reader", "").await.err(), Some(AppError::Forbidden));
            assert_eq!(members::close(outsider, caller(&reader).account_id.clone()).await.err(), Some(AppError::Forbidden));
            assert_eq!(
                members::change_role((*outsider).clone(), form("filler", "yes"), caller(&reader).account_id.clone()).await.err(),
                Some(AppError::Forbidden)
            );
        }
        assert_eq!(members::list(&owner).await.unwrap().members.len(), 3);
        let target = caller(&reader).account_id.clone();
        assert_eq!(members::change_role(stranger.clone(), form("filler", "yes"), target.clone()).await.err(), Some(AppError::NotFound));
        assert_eq!(members::close(&stranger, target.clone()).await.err(), Some(AppError::NotFound));
        assert_eq!(members::close(&owner, caller(&owner).account_id.clone()).await.err(), Some(AppError::Forbidden));
        assert_eq!(members::change_role(owner.clone(), form("reader", ""), caller(&owner).account_id.clone()).await.err(), Some(AppError::Forbidden));
        assert_eq!(wrong_key(members::change_role(owner.clone(), form("owner", ""), target.clone()).await), "role");

        gone(members::change_role(owner.clone(), form("filler", "yes"), target.clone()).await);
        let changed = test.signed_in(&target).await;
        assert_eq!((caller(&changed).role, caller(&changed).submits), (Role::Filler, true));
        gone(members::close(&owner, target.clone()).await);
        let mut tx = test.app.db.read().await.unwrap();
        let closed = store::find_account(&mut tx, &target).await.unwrap().unwrap();
        assert!(!closed.is_active);
        assert_eq!(store::sessions_of(&mut tx, &target, 0).await.unwrap().len(), 0);
        assert!(store::find_by_mobile(&mut tx, &closed.mobile).await.unwrap().is_none(), "the number can be used again");
        assert!(store::is_username_taken(&mut tx, &closed.username).await.unwrap(), "the name cannot");
        drop(tx);
        assert_eq!(members::close(&owner, target).await.err(), Some(AppError::NotFound));
    }
}
