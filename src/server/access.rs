//! Who may call what, in one place. A server function, route or page that is not listed here does not answer; tests hold the
//! lists against what is registered, and call each as nobody, as each role, and as the same role of another unit
//! (`access_tests`, `strangers_tests`). Services check again whose case it is: this table knows roles, not cases.

use crate::account::model::{Caller, Role};
use crate::error::{AppError, Result};

/// Who may call a function or open a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The public (公众).
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// A member of a unit: owner, filler or reader; or an individual, who applies in their own name.
    Unit,
    /// Of these who may change things: not a reader.
    UnitWriter,
    /// The owner of a unit's account (主账号).
    UnitOwner,
    /// An individual (个人).
    Individual,
    /// Whoever may submit: the owner, a filler to whom the owner gave it (ruling 11), an individual.
    UnitSubmitter,
    /// An official of an authority (机关工作人员).
    Official,
    /// An official of an authority, or a member of a review agency or an examination body: whoever works on others' cases.
    Office,
    /// A member of a unit, or an official: whoever may be a side of a case.
    Side,
    /// The system administrator (系统管理员).
    Admin,
    /// Anyone, in demonstrations only.
    Demo,
}

impl Who {
    /// Lets a caller through, or says why not.
    ///
    /// # Errors
    /// [`AppError::SignIn`] for nobody, [`AppError::Forbidden`] for the wrong role, [`AppError::NotFound`] outside a demonstration.
    pub fn admit(self, caller: Option<&Caller>, demo: bool) -> Result<()> {
        match self {
            Who::Anyone => return Ok(()),
            Who::Demo => return if demo { Ok(()) } else { Err(AppError::NotFound) },
            _ => {}
        }
        let caller = caller.ok_or(AppError::SignIn)?;
        let allowed = match self {
            Who::Anyone | Who::Demo | Who::SignedIn => true,
            Who::Unit => caller.unit_id.is_some(),
            Who::UnitWriter => caller.may_write(),
            Who::Individual => caller.role == Role::Person,
            Who::UnitOwner => caller.role == Role::Owner,
            Who::UnitSubmitter => caller.may_submit(),
            Who::Official => caller.role == Role::Staff,
            Who::Office => caller.role == Role::Staff || matches!(caller.unit_kind.as_str(), "agency" | "exam-body"),
            Who::Side => caller.unit_id.is_some() || caller.role == Role::Staff,
            Who::Admin => caller.role == Role::Admin,
        };
        if allowed { Ok(()) } else { Err(AppError::Forbidden) }
    }
}

/// Every server function by endpoint, and every route of files by its pattern; of several that fit, the first counts.
pub const FUNCTIONS: &[(&str, Who)] = &[
    // account
    ("/api/form-state", Who::Anyone),
    ("/api/regions", Who::Anyone),
    ("/api/region-levels", Who::Anyone),
    ("/api/register-enterprise", Who::Anyone),
    ("/api/register-institution", Who::Anyone),
    ("/api/register-individual", Who::Anyone),
    ("/api/sign-in", Who::Anyone),
    ("/api/sign-in-by-code", Who::Anyone),
    ("/api/reset-password", Who::Anyone),
    ("/api/sign-out", Who::Anyone),
    ("/api/extend-session", Who::SignedIn),
    ("/api/my-sessions", Who::SignedIn),
    ("/api/end-session", Who::SignedIn),
    ("/api/end-other-sessions", Who::SignedIn),
    ("/api/unit-profile", Who::Unit),
    ("/api/change-unit-profile", Who::UnitWriter),
    ("/api/person-profile", Who::SignedIn),
    ("/api/notice-choices", Who::SignedIn),
    ("/api/change-person-profile", Who::SignedIn),
    ("/api/change-password", Who::SignedIn),
    ("/api/change-mobile", Who::SignedIn),
    ("/api/members", Who::UnitOwner),
    ("/api/invite", Who::UnitOwner),
    ("/api/uninvite", Who::UnitOwner),
    ("/api/change-role", Who::UnitOwner),
    ("/api/close-member", Who::UnitOwner),
    ("/api/invitation", Who::Anyone),
    ("/api/accept-invitation", Who::Anyone),
    ("/api/staff", Who::Admin),
    ("/api/add-staff", Who::Admin),
    ("/api/add-agency", Who::Admin),
    ("/api/close-staff", Who::Admin),
    ("/api/close-agency", Who::Admin),
    // application
    ("/api/application/picker", Who::UnitWriter),
    ("/api/application/create", Who::UnitWriter),
    ("/api/application/qualify", Who::Individual),
    ("/api/application/create-person", Who::Individual),
    ("/api/application/practices", Who::Individual),
    ("/api/application/choice", Who::UnitWriter),
    ("/api/application/rechoose", Who::UnitWriter),
    ("/api/application/book", Who::Unit),
    ("/api/application/marks", Who::Unit),
    ("/api/application/changes", Who::Unit),
    ("/api/application/review", Who::Unit),
    ("/api/application/version", Who::Side),
    ("/api/application/compare", Who::Side),
    ("/api/application/list", Who::Unit),
    ("/api/application/under-way", Who::Unit),
    ("/api/application/save", Who::UnitWriter),
    ("/api/application/detach", Who::UnitWriter),
    ("/api/application/act", Who::UnitWriter),
    ("/api/application/submit", Who::UnitSubmitter),
    ("/api/application/resubmit", Who::UnitSubmitter),
    // casework
    ("/api/casework/queue", Who::Office),
    ("/api/casework/desk", Who::Side),
    ("/api/casework/act", Who::Side),
    ("/api/casework/limits", Who::Official),
    ("/api/casework/set-limits", Who::Official),
    ("/api/casework/agency", Who::Admin),
    ("/api/casework/set-competence", Who::Admin),
    ("/api/casework/reviewers", Who::Unit),
    ("/api/casework/add-reviewer", Who::UnitOwner),
    ("/api/casework/change-reviewer", Who::UnitOwner),
    ("/api/casework/month", Who::Unit),
    ("/api/casework/block-days", Who::UnitWriter),
    ("/api/casework/unblock-days", Who::UnitWriter),
    // exam
    ("/api/exam/board", Who::Anyone),
    ("/api/exam/sign-up", Who::UnitSubmitter),
    ("/api/exam/cancel", Who::UnitWriter),
    ("/api/exam/sessions", Who::Unit),
    ("/api/exam/session", Who::Unit),
    ("/api/exam/publish-plan", Who::UnitWriter),
    ("/api/exam/add-session", Who::UnitWriter),
    ("/api/exam/change-session", Who::UnitWriter),
    ("/api/exam/call-off", Who::UnitWriter),
    ("/api/exam/passed", Who::Anyone),
    ("/api/exam/enter-marks", Who::UnitWriter),
    ("/api/exam/publish-marks", Who::UnitWriter),
    ("/api/exam/report-misconduct", Who::UnitWriter),
    ("/api/exam/answer-complaint", Who::UnitWriter),
    // catalogue
    ("/api/catalogue/versions", Who::Admin),
    ("/api/catalogue/propose", Who::Admin),
    ("/api/catalogue/decide", Who::Admin),
    ("/api/catalogue/authorities", Who::Admin),
    ("/api/catalogue/delegate", Who::Admin),
    ("/api/catalogue/end-delegation", Who::Admin),
    ("/api/catalogue/set-digits", Who::Admin),
    ("/api/catalogue/set-checklist", Who::Admin),
    ("/api/catalogue/set-validity", Who::Admin),
    // calendar
    ("/api/calendar/years", Who::Admin),
    ("/api/calendar/propose", Who::Admin),
    ("/api/calendar/decide", Who::Admin),
    // licence
    ("/api/licence/certificates", Who::Unit),
    ("/api/licence/certificate-form", Who::UnitWriter),
    ("/api/licence/save-certificate", Who::UnitWriter),
    ("/api/licence/remove-certificate", Who::UnitWriter),
    ("/api/licence/register", Who::Official),
    ("/api/licence/set-state", Who::Official),
    // document
    ("/api/document/open", Who::SignedIn),
    ("/api/document/of-case", Who::SignedIn),
    ("/api/document/receipt-code", Who::SignedIn),
    ("/api/document/check", Who::Anyone),
    ("/api/document/library", Who::Official),
    ("/api/document/template", Who::Official),
    ("/api/document/save-template", Who::Official),
    ("/api/document/save-reason", Who::Official),
    // portal
    ("/api/portal/accepted", Who::Anyone),
    ("/api/portal/granted", Who::Anyone),
    ("/api/portal/licences", Who::Anyone),
    ("/api/portal/progress", Who::Anyone),
    ("/api/portal/person", Who::Anyone),
    ("/api/portal/validity", Who::Anyone),
    // files
    ("/files", Who::UnitWriter),
    ("/files/page", Who::UnitWriter),
    ("/files/act", Who::UnitWriter),
    ("/files/marks", Who::UnitWriter),
    ("/files/form", Who::UnitWriter),
    ("/files/document/{id}", Who::Side),
    ("/files/marks/{session}", Who::Unit),
    ("/files/sheet/{no}/{page}/{table}", Who::Unit),
    ("/files/calendar/{file}", Who::Side),
    ("/files/{id}/status", Who::UnitWriter),
    ("/files/{id}/complete", Who::UnitWriter),
    ("/files/{id}", Who::Side),
    // notice
    ("/api/demo-messages", Who::Demo),
    ("/api/notice/inbox", Who::SignedIn),
    ("/api/notice/unread", Who::SignedIn),
    ("/api/notice/open", Who::SignedIn),
    ("/api/notice/read-all", Who::SignedIn),
    ("/api/notice/choose", Who::SignedIn),
];

/// Every page, and whatever else is neither a function nor a file: what is closed by the start of its address (`/*`: all
/// below it too), what is public one by one. The longest match counts.
pub const PAGES: &[(&str, Who)] = &[
    ("/account/*", Who::SignedIn),
    ("/account/members/*", Who::UnitOwner),
    ("/admin/*", Who::Admin),
    ("/demo/*", Who::Demo),
    ("/inbox/*", Who::SignedIn),
    ("/apply/*", Who::UnitWriter),
    ("/apply/person/*", Who::Individual),
    ("/applications/*", Who::Unit),
    ("/documents/*", Who::SignedIn),
    ("/templates/*", Who::Official),
    ("/limits/*", Who::Official),
    ("/certificates/*", Who::Official),
    ("/agency/*", Who::Unit),
    ("/exam/*", Who::Unit),
    ("/cases/*", Who::Side),
    // public pages
    ("/", Who::Anyone),
    ("/services/unit-licence", Who::Anyone),
    ("/services/personnel", Who::Anyone),
    ("/search", Who::Anyone),
    ("/publicity", Who::Anyone),
    ("/help", Who::Anyone),
    ("/not-found", Who::Anyone),
    ("/register", Who::Anyone),
    ("/register/enterprise", Who::Anyone),
    ("/register/individual", Who::Anyone),
    ("/register/institution", Who::Anyone),
    ("/sign-in", Who::Anyone),
    ("/reset-password", Who::Anyone),
    ("/invitation/{token}", Who::Anyone),
    ("/verify/{key}/{number}/{digest}/{signature}", Who::Anyone),
    ("/exams", Who::Anyone),
    ("/exams/passed/{id}", Who::Anyone),
    // what pages are made of, and what watches over the server
    ("/icon.svg", Who::Anyone),
    ("/pkg/*", Who::Anyone),
    ("/cropper/*", Who::Anyone),
    ("/lang/{lang}", Who::Anyone),
    ("/health/live", Who::Anyone),
    ("/health/ready", Who::Anyone),
];

/// The rule of a server function or a route of files.
pub fn of_function(path: &str) -> Option<Who> {
    FUNCTIONS.iter().find(|(pattern, _)| fits(pattern, path)).map(|(_, who)| *who)
}

/// The rule of a page.
pub fn of_page(path: &str) -> Option<Who> {
    PAGES.iter().filter(|(pattern, _)| fits(pattern, path)).max_by_key(|(pattern, _)| pattern.len()).map(|(_, who)| *who)
}

/// Whether an address is a pattern's: `{…}` stands for one part of it, `/*` at the end for that address and all below it.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_open) = pattern.strip_suffix("/*").map_or((pattern, false), |start| (start, true));
    let mut path = path.split('/');
    let is_part = |part: &str| path.next().is_some_and(|given| given == part || (part.starts_with('{') && !given.is_empty()));
    pattern.split('/').all(is_part) && (is_open || path.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::testing::TestApp;
    use std::collections::BTreeSet;

    fn registered() -> BTreeSet<String> {
        leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect()
    }

    fn caller(role: Role) -> Caller {
        let unit = matches!(role, Role::Person | Role::Owner | Role::Filler | Role::Reader);
        Caller {
            account_id: "a".into(),
            session_id: "s".into(),
            username: "u".into(),
            person_name: "n".into(),
            role,
            submits: false,
            unit_id: unit.then(|| "u".into()),
            unit_name: String::new(),
            unit_kind: String::new(),
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
            (Who::UnitSubmitter, &[Person, Owner]),
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
        assert!(Who::UnitSubmitter.admit(Some(&Caller { submits: true, ..caller(Filler) }), false).is_ok());
        assert_eq!(Who::Demo.admit(None, false), Err(AppError::NotFound));
        assert!(Who::Demo.admit(None, true).is_ok());
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
}
