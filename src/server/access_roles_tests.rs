//! Each rule admits whom it names, and the guard stands before every function.

use super::*;
use crate::server::testing::TestApp;
use std::collections::BTreeSet;

fn registered() -> BTreeSet<String> {
    leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect()
}

fn caller(role: Role) -> Caller {
    let unit_kind = match role {
        Role::Person => "person",
        Role::Owner | Role::Filler | Role::Reader => "enterprise",
        Role::Staff | Role::Admin => "",
    };
    Caller {
        account_id: "a".into(),
        session_id: "s".into(),
        username: "u".into(),
        person_name: "n".into(),
        role,
        submits: false,
        unit_id: (!unit_kind.is_empty()).then(|| "u".into()),
        unit_name: String::new(),
        unit_kind: unit_kind.into(),
        authority_code: None,
        duties: Vec::new(),
    }
}

/// A function without a rule fails here, and so does a rule without a function.
#[test]
fn every_server_function_has_one_rule() {
    let listed: Vec<&str> = FUNCTIONS.iter().map(|(path, _)| *path).filter(|p| p.starts_with("/api/")).collect();
    let unique: BTreeSet<String> = listed.iter().map(|p| (*p).to_owned()).collect();
    assert_eq!(unique.len(), listed.len(), "a path is listed twice");
    let registered = registered();
    let missing: Vec<_> = registered.difference(&unique).collect();
    let idle: Vec<_> = unique.difference(&registered).collect();
    assert!(missing.is_empty() && idle.is_empty(), "without a rule: {missing:?}; without a function: {idle:?}");
}

#[test]
fn rules_admit_whom_they_name() {
    use Role::{Admin, Filler, Owner, Person, Reader, Staff};
    for (who, admitted) in [
        (Who::Anyone, &[Person, Owner, Filler, Reader, Staff, Admin][..]),
        (Who::SignedIn, &[Person, Owner, Filler, Reader, Staff, Admin]),
        (Who::Unit, &[Person, Owner, Filler, Reader]),
        (Who::UnitWriter, &[Person, Owner, Filler]),
        (Who::Individual, &[Person]),
        (Who::UnitOwner, &[Owner]),
        (Who::Applicant, &[Person, Owner, Filler, Reader]),
        (Who::ApplicantWriter, &[Person, Owner, Filler]),
        (Who::ApplicantSubmitter, &[Person, Owner]),
        (Who::Official, &[Staff]),
        (Who::Office, &[Staff]),
        (Who::Side, &[Person, Owner, Filler, Reader, Staff]),
        (Who::Admin, &[Admin]),
    ] {
        for role in [Person, Owner, Filler, Reader, Staff, Admin] {
            let expected = if admitted.contains(&role) { Ok(()) } else { Err(AppError::Forbidden) };
            assert_eq!(who.admit(Some(&caller(role)), false), expected, "{who:?} {role:?}");
        }
        assert_eq!(who.admit(None, false), if who == Who::Anyone { Ok(()) } else { Err(AppError::SignIn) }, "{who:?} nobody");
    }
    for role in [Person, Owner, Filler, Reader] {
        for (unit_kind, works) in [("agency", true), ("exam-body", true), ("enterprise", false), ("closed-agency", false)] {
            let member = Caller { unit_kind: unit_kind.into(), ..caller(role) };
            assert_eq!(Who::Office.admit(Some(&member), false).is_ok(), works, "{role:?} of {unit_kind}");
            assert_eq!(Who::Official.admit(Some(&member), false), Err(AppError::Forbidden), "{role:?} of {unit_kind}");
        }
    }
    assert!(Who::ApplicantSubmitter.admit(Some(&Caller { submits: true, ..caller(Filler) }), false).is_ok());
    assert_eq!(Who::Demo.admit(None, false), Err(AppError::NotFound));
    assert!(Who::Demo.admit(None, true).is_ok());
}

/// Whoever reviews or examines applies for nothing (spec 1.6); of others' cases they read what was handed in.
#[test]
fn who_works_on_others_cases_does_not_apply() {
    let read_by_sides = ["/api/application/version", "/api/application/compare"];
    let functions = FUNCTIONS.iter().filter(|(path, _)| path.starts_with("/api/application/") && !read_by_sides.contains(path));
    let pages = PAGES.iter().filter(|(path, _)| path.starts_with("/appl"));
    let rules: Vec<&(&str, Who)> = functions.chain(pages).collect();
    assert!(rules.len() > 15, "{rules:?}");
    for (unit_kind, applies) in
        [("agency", false), ("exam-body", false), ("closed-agency", false), ("enterprise", true), ("branch", true), ("institution", true)]
    {
        let owner = Caller { unit_kind: unit_kind.into(), ..caller(Role::Owner) };
        for (path, who) in rules.iter().filter(|(_, who)| *who != Who::Individual) {
            let expected = if applies { Ok(()) } else { Err(AppError::Forbidden) };
            assert_eq!(who.admit(Some(&owner), false), expected, "{path} as an owner of {unit_kind}");
        }
    }
}

/// Each function called over HTTP as nobody and as each role: only what its rule admits gets past the guard.
#[tokio::test]
async fn the_guard_stands_before_every_function() {
    use axum::body::Body;
    use axum::http::{Request, header};
    use tower::ServiceExt;
    let test = TestApp::on_sqlite().await;
    let owner = test.member("enterprise", Role::Owner).await;
    let unit = owner.unit().unwrap().1.to_owned();
    let mut seats = vec![owner];
    for role in [Role::Filler, Role::Reader] {
        seats.push(test.join(&unit, role).await);
    }
    seats.push(test.member("person", Role::Person).await);
    for kind in ["agency", "exam-body"] {
        let member = test.member(kind, Role::Owner).await;
        let reader = test.join(member.unit().unwrap().1, Role::Reader).await;
        assert!(Who::Office.admit(member.caller.as_ref(), false).is_ok() && Who::Office.admit(reader.caller.as_ref(), false).is_ok());
        seats.extend([member, reader]);
    }
    for role in [Role::Staff, Role::Admin] {
        seats.push(test.person(test.account(role)).await);
    }
    let options = leptos::config::LeptosOptions::builder().output_name("xuke").build();
    let service = crate::server::router::build(test.app.clone(), options);
    let call = async |path: &str, token: Option<String>, site: &'static str| {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header("sec-fetch-site", site);
        if let Some(token) = token {
            request = request.header(header::COOKIE, format!("xuke={token}"));
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
        service.clone().oneshot(request).await.unwrap().status().as_u16()
    };
    for (path, who) in FUNCTIONS.iter().filter(|(path, _)| !path.contains('{')) {
        let nobody = call(path, None, "same-origin").await;
        match who.admit(None, test.app.config.demo) {
            Ok(()) => assert_ne!(nobody, 401, "{path}"),
            Err(refused) => assert_eq!(nobody, refused.status(), "{path} as nobody"),
        }
        for seat in &seats {
            let caller = seat.caller.as_ref().unwrap();
            // A session for each call: some functions end it.
            let status = call(path, Some(test.session(&caller.account_id).await), "same-origin").await;
            match who.admit(Some(caller), test.app.config.demo) {
                Ok(()) => assert!(status != 401 && status != 404, "{path} as {:?} of {}: {status}", caller.role, caller.unit_kind),
                Err(refused) => assert_eq!(status, refused.status(), "{path} as {:?} of {}", caller.role, caller.unit_kind),
            }
            assert_eq!(call(path, Some(test.session(&caller.account_id).await), "cross-site").await, 403, "{path} from another site");
        }
    }
    let seat = seats[0].caller.as_ref().unwrap();
    assert_eq!(call("/api/no-such-function", Some(test.session(&seat.account_id).await), "same-origin").await, 404);
}
