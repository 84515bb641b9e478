//! What the administrator does.

use super::{CREDIT_CODES, PASSWORD, fill, gone, with, wrong_key};
use crate::account::forms;
use crate::account::model::Role;
use crate::account::password;
use crate::account::service::{members, staff};
use crate::account::store;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::server::testing::TestApp;

const OFFICER: &[(&str, &str)] =
    &[("authority", "610000"), ("name", "孙明"), ("username", "officer1"), ("password", PASSWORD), ("duties@acceptance", "yes"), ("duties@examiner", "yes")];
const AGENCY: &[(&str, &str)] = &[
    ("kind", "agency"),
    ("org_name", "某某评审中心"),
    ("uscc", CREDIT_CODES[0]),
    ("region", "610112"),
    ("contact", "周强"),
    ("mobile", "13400000001"),
    ("username", "agency1"),
    ("password", PASSWORD),
];

#[tokio::test]
async fn the_first_administrator_comes_from_the_command_line() {
    for test in TestApp::all().await {
        staff::create_admin(&test.app, "admin", PASSWORD).await.unwrap();
        for (name, password) in [("ADMIN", PASSWORD), ("ab", PASSWORD), ("admin2", "weak"), ("admin2", "xAdmin2#aa1")] {
            assert!(matches!(staff::create_admin(&test.app, name, password).await, Err(AppError::Refused(_))), "{name} {password}");
        }
        let admin = store::find_by_name(&mut test.app.db.read().await.unwrap(), "admin").await.unwrap().unwrap();
        assert_eq!(admin.role, Role::Admin);
    }
}

#[tokio::test]
async fn staff_and_agencies_are_added_listed_and_closed() {
    for test in TestApp::all().await {
        let admin = test.person(test.account(Role::Admin)).await;
        gone(staff::add_staff(admin.clone(), fill(&forms::STAFF, OFFICER)).await);
        assert_eq!(wrong_key(staff::add_staff(admin.clone(), fill(&forms::STAFF, OFFICER)).await), "username");
        assert_eq!(
            wrong_key(staff::add_staff(admin.clone(), fill(&forms::STAFF, &with(OFFICER, &[("authority", "999999"), ("username", "officer2")]))).await),
            "authority"
        );
        gone(staff::add_agency(admin.clone(), fill(&forms::AGENCY, AGENCY), String::new()).await);
        let other = with(AGENCY, &[("username", "agency2"), ("mobile", "13400000002")]);
        assert_eq!(wrong_key(staff::add_agency(admin.clone(), fill(&forms::AGENCY, &other), String::new()).await), "uscc");

        let all = staff::list(&admin).await.unwrap();
        assert_eq!((all.staff[0].duties.join(","), all.staff[0].authority.as_str()), ("acceptance,examiner".to_owned(), "610000"));
        assert_eq!(all.agencies[0].name, "某某评审中心");
        assert!(all.authorities.len() > 30);
        let owner = store::find_by_name(&mut test.app.db.read().await.unwrap(), "agency1").await.unwrap().unwrap();
        let owner = test.signed_in(&owner.id).await;
        assert_eq!(owner.caller().unwrap().unit_kind, "agency");

        let examiner = [("kind", "exam-body"), ("org_name", "某某考试中心"), ("uscc", CREDIT_CODES[1]), ("username", "exams1"), ("mobile", "13400000003")];
        gone(staff::add_agency(admin.clone(), fill(&forms::AGENCY, &with(AGENCY, &examiner)), String::new()).await);
        assert_eq!(wrong_key(staff::add_agency(admin.clone(), fill(&forms::AGENCY, &with(AGENCY, &[("kind", "enterprise")])), String::new()).await), "kind");
        let bodies: Vec<_> = staff::list(&admin).await.unwrap().agencies.into_iter().filter(|agency| agency.kind == "exam-body").collect();
        assert_eq!(bodies.iter().map(|body| body.name.as_str()).collect::<Vec<_>>(), ["某某考试中心"]);
        gone(staff::close_agency(&admin, bodies[0].id.clone()).await);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM unit WHERE kind = 'closed-exam-body'").await, 1);

        gone(staff::close_staff(&admin, all.staff[0].id.clone()).await);
        assert_eq!(staff::close_staff(&admin, all.staff[0].id.clone()).await.err(), Some(AppError::NotFound));
        gone(staff::close_agency(&admin, all.agencies[0].id.clone()).await);
        assert_eq!(staff::close_agency(&admin, all.agencies[0].id.clone()).await.err(), Some(AppError::NotFound));
        let left = staff::list(&admin).await.unwrap();
        assert!(left.staff.is_empty() && left.agencies.is_empty());
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM session").await, 1, "the agency is signed out");
        // The administrator closes neither administrators nor units.
        assert_eq!(staff::close_staff(&admin, admin.caller().unwrap().account_id.clone()).await.err(), Some(AppError::NotFound));
        let unit = test.member("enterprise", Role::Owner).await;
        assert_eq!(staff::close_agency(&admin, unit.unit().unwrap().1.to_owned()).await.err(), Some(AppError::NotFound));
    }
}

async fn change(admin: &Visit, id: &str, answers: &[(&str, &str)]) -> Result<Answer> {
    staff::change_staff(admin.clone(), fill(&forms::STAFF_CHANGE, answers), id.to_owned()).await
}

#[tokio::test]
async fn an_official_gets_other_duties_and_a_new_password() {
    let new = "Fresh#2026ok";
    for test in TestApp::all().await {
        let admin = test.person(test.account(Role::Admin)).await;
        gone(staff::add_staff(admin.clone(), fill(&forms::STAFF, &with(OFFICER, &[("mobile", "13400000001")]))).await);
        let found = async || store::find_by_name(&mut test.app.db.read().await.unwrap(), "officer1").await.unwrap().unwrap();
        let id = found().await.id;
        let file = staff::member(&admin, &id).await.unwrap();
        assert_eq!((file.name.as_str(), file.authority.as_str()), ("孙明", "陕西省市场监督管理局"));
        assert_eq!(file.values[&forms::STAFF_CHANGE.path("duties")], "acceptance,examiner");

        // What is wrong changes nothing and signs nobody out.
        test.session(&id).await;
        let other = test.member("enterprise", Role::Owner).await.caller().unwrap().account_id.clone();
        let taken = store::find_account(&mut test.app.db.read().await.unwrap(), &other).await.unwrap().unwrap().mobile;
        for (answers, key) in [
            (vec![("mobile", "13400000001")], "duties"),
            (vec![("duties@approver", "yes"), ("mobile", taken.as_str())], "mobile"),
            (vec![("duties@approver", "yes"), ("password", "weak")], "password"),
            (vec![("duties@approver", "yes"), ("password", "Officer1#2026")], "password"),
        ] {
            assert_eq!(wrong_key(change(&admin, &id, &answers).await), key);
        }
        let sessions = async || test.app.db.read().await.unwrap().rows("SELECT id FROM session WHERE account_id = $1", crate::vals![&id]).await.unwrap().len();
        assert_eq!((found().await.duties.join(","), sessions().await), ("acceptance,examiner".to_owned(), 1));

        // The old password stays where none is given; whoever is signed in is not any more.
        gone(change(&admin, &id, &[("duties@approver", "yes"), ("mobile", "13400000001")]).await);
        let now = found().await;
        assert_eq!((now.duties.join(","), now.mobile.as_str(), sessions().await), ("approver".to_owned(), "13400000001", 0));
        assert!(password::fits(PASSWORD.to_owned(), now.password_hash).await.unwrap());
        assert!(test.messages("13400000001").await.is_empty());

        // Without a mobile from now on: the number is told and is free for somebody else.
        gone(change(&admin, &id, &[("duties@approver", "yes"), ("duties@supervisor", "yes"), ("password", new)]).await);
        let now = found().await;
        assert_eq!((now.duties.join(","), now.mobile.as_str()), ("approver,supervisor".to_owned(), ""));
        assert!(password::fits(new.to_owned(), now.password_hash).await.unwrap());
        assert_eq!(test.messages("13400000001").await.len(), 2, "of the number and of the password");
        assert!(store::find_by_mobile(&mut test.app.db.read().await.unwrap(), "13400000001").await.unwrap().is_none());
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed = 'change-staff'").await, 2);

        // Only officials with an account that is open.
        let duty = [("duties@approver", "yes")];
        for id in [&other, &admin.caller().unwrap().account_id] {
            assert_eq!(staff::member(&admin, id).await.err(), Some(AppError::NotFound));
            assert_eq!(change(&admin, id, &duty).await.err(), Some(AppError::NotFound));
        }
        gone(staff::close_staff(&admin, id.clone()).await);
        assert_eq!(change(&admin, &id, &duty).await.err(), Some(AppError::NotFound));
    }
}

#[tokio::test]
async fn nobody_joins_an_agency_that_is_closed() {
    let guest = "13500000001";
    for test in TestApp::all().await {
        let admin = test.person(test.account(Role::Admin)).await;
        for kind in ["agency", "exam-body"] {
            let owner = test.member(kind, Role::Owner).await;
            let unit = owner.unit().unwrap().1.to_owned();
            gone(members::invite(owner, fill(&forms::INVITE, &[("name", "赵小兰"), ("mobile", guest), ("role", "filler")])).await);
            let text = test.messages(guest).await.pop().unwrap();
            let token = text.split("/invitation/").nth(1).unwrap().split(' ').next().unwrap().to_owned();
            assert!(members::welcome(&test.nobody(), &token).await.is_ok());
            gone(staff::close_agency(&admin, unit).await);
            let answers = [("username", "xiaolan1"), ("password", PASSWORD), ("password2", PASSWORD), ("agree", "yes")];
            let late = members::accept(test.nobody(), fill(&forms::ACCEPT, &answers), token.clone()).await;
            assert!(matches!(late.err(), Some(AppError::Moved(_))), "{kind}");
            assert!(members::welcome(&test.nobody(), &token).await.is_err(), "{kind}");
        }
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM invitation").await, 0);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM account WHERE unit_id IS NOT NULL AND state = 'active'").await, 0);
    }
}

#[tokio::test]
async fn nobody_else_manages_staff() {
    let test = TestApp::on_sqlite().await;
    let mut others = vec![(test.nobody(), AppError::SignIn), (test.member("enterprise", Role::Owner).await, AppError::Forbidden)];
    for role in [Role::Person, Role::Staff] {
        others.push((test.person(test.account(role)).await, AppError::Forbidden));
    }
    for (visit, refusal) in others {
        assert_eq!(staff::list(&visit).await.err(), Some(refusal.clone()));
        assert_eq!(staff::add_staff(visit.clone(), fill(&forms::STAFF, OFFICER)).await.err(), Some(refusal.clone()));
        assert_eq!(staff::add_agency(visit.clone(), fill(&forms::AGENCY, AGENCY), String::new()).await.err(), Some(refusal.clone()));
        assert_eq!(staff::member(&visit, "x").await.err(), Some(refusal.clone()));
        assert_eq!(staff::change_staff(visit.clone(), fill(&forms::STAFF_CHANGE, &[]), "x".into()).await.err(), Some(refusal.clone()));
        assert_eq!(staff::close_staff(&visit, "x".into()).await.err(), Some(refusal.clone()));
        assert_eq!(staff::close_agency(&visit, "x".into()).await.err(), Some(refusal));
    }
}
