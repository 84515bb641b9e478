//! Holds the tables of `access` against the pages and routes there are, and calls what they list as nobody and as each role.

use super::access::{FUNCTIONS, PAGES, Who, of_function, of_page};
use super::testing::TestApp;
use crate::account::model::Role;
use crate::base::text::url_escape;
use crate::server::app::Visit;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use tower::ServiceExt;

/// The patterns in `.route("…"` of a source.
fn routes(source: &str) -> Vec<String> {
    source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// Every route that is written down as one.
fn written() -> Vec<String> {
    [include_str!("router.rs"), include_str!("files/routes.rs")].into_iter().flat_map(routes).collect()
}

pub(super) fn service(test: &TestApp) -> Router {
    super::router::build(test.app.clone(), leptos::config::LeptosOptions::builder().output_name("xuke").build())
}

pub(super) async fn send(
    service: &Router,
    method: Method,
    address: &str,
    media: &str,
    body: String,
    token: Option<String>,
    site: &str,
) -> (u16, String, String) {
    let mut request = Request::builder().method(method).uri(address).header(header::CONTENT_TYPE, media).header("sec-fetch-site", site);
    if let Some(token) = token {
        request = request.header(header::COOKIE, format!("xuke={token}"));
    }
    let mut request = request.body(Body::from(body)).unwrap();
    request.extensions_mut().insert(axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 1))));
    let answer = service.clone().oneshot(request).await.unwrap();
    let to = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    let status = answer.status().as_u16();
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, to, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn every_page_and_route_is_listed() {
    let pages: Vec<String> = leptos_axum::generate_route_list(crate::app::App).iter().map(|route| route.path().to_owned()).collect();
    assert!(pages.len() > 50, "{pages:?}");
    let (of_files, others): (Vec<String>, Vec<String>) = written().into_iter().filter(|path| !path.starts_with("/api/")).partition(|p| p.starts_with("/files"));
    assert!(of_files.len() > 10 && others.len() > 2, "{of_files:?} {others:?}");
    for path in pages.iter().chain(&others) {
        assert!(of_page(path).is_some(), "{path} has no rule");
    }
    for path in &of_files {
        assert!(FUNCTIONS.iter().any(|(pattern, _)| pattern == path), "{path} has no rule of its own");
    }
    let files_listed = FUNCTIONS.iter().map(|(pattern, _)| *pattern).filter(|pattern| pattern.starts_with("/files"));
    let idle: Vec<_> = files_listed.filter(|pattern| !of_files.iter().any(|path| path == pattern)).collect();
    assert!(idle.is_empty(), "rules without a route: {idle:?}");
    // What is public is named one by one; only of what no page stands behind a whole folder is.
    for (pattern, who) in PAGES {
        let folder = ["/pkg/*", "/cropper/*"].contains(pattern);
        let start = pattern.strip_suffix("/*").unwrap_or(pattern);
        let stands = |path: &String| path == pattern || (pattern.ends_with("/*") && (path == start || path.starts_with(&format!("{start}/"))));
        assert!(folder || *pattern == "/icon.svg" || pages.iter().chain(&others).any(stands), "{pattern}: no such page");
        assert!(*who != Who::Anyone || folder || !pattern.ends_with("/*"), "{pattern} is open with all below it");
    }
    for file in std::fs::read_dir("public").unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert_eq!(of_page(&format!("/{name}")), Some(Who::Anyone), "{name}");
    }
}

#[test]
fn the_default_is_no() {
    for path in
        ["/nothing", "/register/other", "/services", "/searching", "/verify", "/verify/a/b/c/d/e", "/invitation/", "/%61dmin/staff", "//", "", "/invitation"]
    {
        assert_eq!(of_page(path), None, "{path}");
    }
    for (path, who) in [
        ("/", Who::Anyone),
        ("/admin", Who::Admin),
        ("/admin/staff/", Who::Admin),
        ("/admin/what/ever", Who::Admin),
        ("/account/person", Who::SignedIn),
        ("/account/members", Who::UnitOwner),
        ("/apply/person", Who::Individual),
        ("/exams/passed/1", Who::Anyone),
    ] {
        assert_eq!(of_page(path), Some(who), "{path}");
    }
    for (path, who) in [
        ("/files/form", Some(Who::UnitWriter)),
        ("/files/1", Some(Who::Side)),
        ("/files/1/status", Some(Who::UnitWriter)),
        ("/files/1/other", None),
        ("/files/", None),
        ("/files/document/1", Some(Who::Side)),
        ("/api/", None),
        ("/api/x", None),
    ] {
        assert_eq!(of_function(path), who, "{path}");
    }
}

/// A member of each kind, and an official and the administrator.
async fn seats(test: &TestApp) -> Vec<Visit> {
    let owner = test.member("enterprise", Role::Owner).await;
    let unit = owner.unit().unwrap().1.to_owned();
    let mut seats = vec![owner, test.member("person", Role::Person).await, test.member("agency", Role::Owner).await];
    for role in [Role::Filler, Role::Reader] {
        seats.push(test.join(&unit, role).await);
    }
    for role in [Role::Staff, Role::Admin] {
        seats.push(test.person(test.account(role)).await);
    }
    seats
}

/// A pattern with something in the place of each `{…}`.
fn example(pattern: &str) -> String {
    pattern.split('/').map(|part| if part.starts_with('{') { "x1" } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn the_guard_stands_before_every_file() {
    let test = TestApp::on_sqlite().await;
    let (seats, service) = (seats(&test).await, service(&test));
    for (pattern, who) in FUNCTIONS.iter().filter(|(pattern, _)| pattern.contains('{')) {
        let address = example(pattern);
        for method in [Method::GET, Method::POST, Method::PATCH] {
            let call =
                async |token: Option<String>, site: &'static str| send(&service, method.clone(), &address, "text/plain", String::new(), token, site).await.0;
            assert_eq!(call(None, "same-origin").await, 401, "{method} {address} as nobody");
            for seat in &seats {
                let caller = seat.caller().unwrap();
                let token = test.session(&caller.account_id).await;
                let status = call(Some(token.clone()), "same-origin").await;
                match who.admit(Some(caller), true) {
                    // No such thing, no such method, or a body that is none.
                    Ok(()) => assert!([400, 403, 404, 405, 409, 415].contains(&status), "{method} {address} as {:?}: {status}", caller.role),
                    Err(refused) => assert_eq!(status, refused.status(), "{method} {address} as {:?}", caller.role),
                }
                if method != Method::GET {
                    assert_eq!(call(Some(token), "cross-site").await, 403, "{method} {address} from another site");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_guard_stands_before_every_page() {
    let test = TestApp::on_sqlite().await;
    let (seats, service) = (seats(&test).await, service(&test));
    let get = async |address: &str, token: Option<String>| send(&service, Method::GET, address, "text/plain", String::new(), token, "none").await;
    for (pattern, who) in PAGES.iter().filter(|(_, who)| *who != Who::Anyone && *who != Who::Demo) {
        let address = pattern.strip_suffix("/*").unwrap_or(pattern);
        let (status, to, _) = get(address, None).await;
        assert_eq!((status, to), (303, format!("/sign-in?next={}", url_escape(address))), "{address} as nobody");
        for seat in &seats {
            let caller = seat.caller().unwrap();
            if who.admit(Some(caller), true).is_err() {
                let (status, to, _) = get(address, Some(test.session(&caller.account_id).await)).await;
                assert_eq!((status, to.as_str()), (303, "/not-found"), "{address} as {:?}", caller.role);
            }
        }
    }
}
