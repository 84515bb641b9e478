//! What the administrator does.

use super::{CREDIT_CODES, PASSWORD, fill, gone, with, wrong_key};
use crate::account::forms;
use crate::account::model::Role;
use crate::account::service::{members, staff};
use crate::account::store;
use crate::error::AppError;
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
        assert_eq!(staff::close_staff(&visit, "x".into()).await.err(), Some(refusal.clone()));
        assert_eq!(staff::close_agency(&visit, "x".into()).await.err(), Some(refusal));
    }
}
