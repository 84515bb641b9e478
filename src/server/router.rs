//! The HTTP surface: static files, pages, server functions, and what stands before them all: recognising the caller,
//! the origin check, the access table, limits, security headers.

use super::access::{self};
use super::app::{App, Visit};
use super::{refusal, session};
use crate::app::{App as Ui, shell};
use crate::base::text::is_ours;
use crate::error::AppError;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list, handle_server_fns_with_context};
use std::sync::Arc;
use std::time::Duration;
use tower_governor::governor::GovernorConfigBuilder;
use tower_governor::key_extractor::KeyExtractor;
use tower_governor::{GovernorError, GovernorLayer};
use tower_http::services::ServeDir;

/// The largest body of anything but an upload.
const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// An address that no page has.
const NOWHERE: &str = "/nowhere";

/// Builds the whole service.
pub fn build(app: Arc<App>, options: LeptosOptions) -> Router {
    let routes = generate_route_list(Ui);
    let shell_options = options.clone();
    let pkg = format!("{}/{}", options.site_root, options.site_pkg_dir);
    // So many changing requests a minute; reading is free.
    let rate = app.config.rate_per_minute;
    let changing = vec![Method::POST, Method::PATCH, Method::PUT, Method::DELETE];
    let limit = GovernorConfigBuilder::default().key_extractor(Asker).period(Duration::from_secs(60) / rate).burst_size(rate).methods(changing).finish();
    Router::new()
        .route("/api/{*function}", post(server_function).get(server_function))
        .route("/health/live", get(|| async { "live" }))
        .route("/health/ready", get(ready))
        .route("/lang/{lang}", get(switch_language))
        .merge(super::files::routes())
        .route("/files/calendar/{file}", get(crate::casework::agencies::calendar_file::download))
        .leptos_routes_with_context(&options, routes, provide_visit, move || shell(shell_options.clone()))
        .nest_service("/pkg", ServeDir::new(pkg).precompressed_br())
        .fallback(leptos_axum::file_and_error_handler_with_context(provide_visit, shell))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(own_status))
        .layer(middleware::from_fn(guard))
        .layer(tower::util::option_layer(limit.map(|limit| GovernorLayer::new(limit).error_handler(too_often))))
        .layer(middleware::from_fn_with_state(Arc::<str>::from(style_of(&options)), refusal::in_words))
        .layer(middleware::from_fn_with_state(app.clone(), session::recognise))
        .layer(middleware::from_fn_with_state(app.clone(), headers))
        .layer(tower_http::compression::CompressionLayer::new().br(true).quality(tower_http::CompressionLevel::Fastest))
        .layer(Extension(app))
        .with_state(options)
}

/// The address of the style sheet, for the one page that no component draws.
fn style_of(options: &LeptosOptions) -> String {
    let files = std::fs::read_dir(format!("{}/{}", options.site_root, options.site_pkg_dir)).into_iter().flatten().flatten();
    let mut names = files.filter_map(|file| file.file_name().into_string().ok());
    let name = names.find(|name| name.starts_with(options.output_name.as_ref()) && name.ends_with(".css")).unwrap_or_default();
    format!("/{}/{name}", options.site_pkg_dir)
}

/// Whose requests are counted together: an account's, wherever it is signed in, and those of an address where nobody is.
/// A whole office behind one address does not stop itself that way.
#[derive(Clone)]
struct Asker;

impl KeyExtractor for Asker {
    type Key = String;

    fn extract<T>(&self, request: &http::Request<T>) -> Result<String, GovernorError> {
        let visit = request.extensions().get::<Visit>().ok_or(GovernorError::UnableToExtractKey)?;
        Ok(visit.caller.as_ref().map_or_else(|| visit.address.clone(), |caller| caller.account_id.clone()))
    }
}

/// Told to whoever asks too often. The wait is given in whole seconds, rounded down.
fn too_often(error: GovernorError) -> Response {
    match error {
        GovernorError::TooManyRequests { wait_time, .. } => answer(&AppError::TooOften { seconds: wait_time.saturating_add(1).try_into().unwrap_or(60) }),
        GovernorError::UnableToExtractKey | GovernorError::Other { .. } => answer(&AppError::Forbidden),
    }
}

/// Gives pages and server functions their [`Visit`].
fn provide_visit() {
    let Some(parts) = use_context::<http::request::Parts>() else { return };
    if let Some(visit) = parts.extensions.get::<Visit>().cloned() {
        provide_context(visit);
    }
    if let Some(nonce) = parts.extensions.get::<Nonce>().cloned() {
        provide_context(nonce);
    }
}

/// The content security policy of a page.
fn page_policy(nonce: &Nonce) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
}

async fn server_function(request: Request) -> impl IntoResponse {
    handle_server_fns_with_context(provide_visit, request).await
}

/// The library answers every refusal of a function with 500. What it is stands in the answer, and its own status tells browsers, proxies
/// and logs.
async fn own_status(request: Request, next: Next) -> Response {
    let is_function = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    if !is_function || response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, BODY_LIMIT).await.unwrap_or_default();
    let Ok(error) = serde_json::from_slice::<AppError>(&body) else { return Response::from_parts(parts, body.into()) };
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut told = answer(&error);
    told.headers_mut().extend(parts.headers);
    told
}

async fn ready(Extension(app): Extension<Arc<App>>) -> Response {
    let sound = async { app.db.read().await?.row("SELECT 1 AS one", crate::vals![]).await };
    match sound.await {
        Ok(_) => "ready".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}

/// Where to go back to.
#[derive(serde::Deserialize)]
struct Back {
    to: String,
}

/// `GET /lang/en?to=/path`: remembers the language and goes back; only ever to an address of ours.
async fn switch_language(
    Extension(visit): Extension<Visit>,
    axum::extract::Path(lang): axum::extract::Path<String>,
    to: Result<axum::extract::Query<Back>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let to = to.ok().map(|axum::extract::Query(back)| back.to).filter(|to| is_ours(to)).unwrap_or_else(|| "/".to_owned());
    let lang = if lang == "en" { "en" } else { "zh" };
    let cookie = session::set_cookie(&visit.app, "lang", lang, Some(365 * 24 * 3600));
    ([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response()
}

/// An error as an answer of its own, for what is neither page nor server function.
pub fn answer(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(error.clone())).into_response();
    response.extensions_mut().insert(error.clone());
    if let AppError::TooOften { seconds } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}

/// Default is no: whatever the access table does not let through is refused before it runs.
async fn guard(Extension(visit): Extension<Visit>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if changes && !from_our_own_pages(&visit, &request) {
        return answer(&AppError::Forbidden);
    }
    let function = path.starts_with("/api/") || path == "/files" || path.starts_with("/files/");
    let rule = if function { access::of_function(&path) } else { access::of_page(&path) };
    if rule.is_none() && !function && request.extensions().get::<MatchedPath>().is_none() {
        // No address of ours. The fallback draws pages too, and might find one for another spelling of its address.
        *request.uri_mut() = Uri::from_static(NOWHERE);
        return next.run(request).await;
    }
    let verdict = rule.ok_or(AppError::NotFound).and_then(|who| who.admit(visit.caller.as_ref(), visit.app.config.demo));
    match verdict {
        Ok(()) => next.run(request).await,
        // What a page of the book posts is kept over the sign-in; nothing else is done with it.
        Err(AppError::SignIn) if visit.plain && path == access::KEPT => next.run(request).await,
        Err(AppError::SignIn) if !function || visit.plain => {
            let back = request.uri().path_and_query().map_or("/", |p| p.as_str());
            let back = if function { "/" } else { back };
            Redirect::to(&format!("/sign-in?next={}", crate::base::text::url_escape(back))).into_response()
        }
        Err(error) if function => answer(&error),
        Err(_) => Redirect::to("/not-found").into_response(),
    }
}

/// Server functions have no protection against forged requests by design; browsers tell where a request came from.
fn from_our_own_pages(visit: &Visit, request: &Request) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => origin == visit.app.config.public_url || header("host").is_some_and(|host| origin.split("://").nth(1) == Some(host)),
        // Not a browser: it carries no cookies it was not given.
        (None, None) => true,
    }
}

/// Security headers on every answer. The only script that may run in a page carries this answer's nonce, which is made here
/// and not by the page: what a page says of its answer may come too late.
async fn headers(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/pkg/");
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let policy = if is_page { page_policy(&nonce) } else { "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'".to_owned() };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    let mut put = |name: &'static str, value: &'static str| {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    };
    put("x-content-type-options", "nosniff");
    put("x-frame-options", "DENY");
    put("referrer-policy", "same-origin");
    put("permissions-policy", "camera=(), geolocation=(), microphone=()");
    put("cross-origin-opener-policy", "same-origin");
    put("cache-control", if hashed { "public, max-age=31536000, immutable" } else { "no-store" });
    if app.config.is_secure() {
        put("strict-transport-security", "max-age=31536000");
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::model::Role;
    use crate::server::testing::TestApp;
    use axum::body::Body;
    use axum::extract::ConnectInfo;
    use std::net::SocketAddr;
    use tower::ServiceExt;

    #[tokio::test]
    async fn what_is_no_address_of_ours_is_not_found_in_any_spelling() {
        let test = TestApp::on_sqlite().await;
        let service = build(test.app.clone(), LeptosOptions::builder().output_name("xuke").build());
        for (address, status) in
            [("/nothing", 404), ("/%61dmin/staff", 404), ("/register/", 404), ("/admin/staff", 303), ("/admin/staff/", 303), ("/admin", 303)]
        {
            let mut request = Request::get(address).body(Body::empty()).unwrap();
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
            assert_eq!(service.clone().oneshot(request).await.unwrap().status(), status, "{address}");
        }
    }

    #[tokio::test]
    async fn the_language_is_switched_where_one_is_and_nowhere_else() {
        let test = TestApp::on_sqlite().await;
        let service = build(test.app.clone(), LeptosOptions::builder().output_name("xuke").build());
        let switch = async |query: &str| {
            let mut request = Request::get(format!("/lang/en{query}")).body(Body::empty()).unwrap();
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
            let answer = service.clone().oneshot(request).await.unwrap();
            let header = |name: HeaderName| answer.headers().get(name).unwrap().to_str().unwrap().to_owned();
            assert!(answer.status() == 303 && header(header::SET_COOKIE).starts_with("lang=en;"), "{query}");
            header(header::LOCATION)
        };
        // As the frame writes it: the address is escaped once more.
        let back = async |address: &str| switch(&format!("?to={}", crate::base::text::url_escape(address))).await;
        for address in [
            "/",
            "/search?q=%E9%98%80%E9%97%A8",
            "/search?q=100%25",
            "/apply/first?category=manufacture&item=SE031&values%5Bplace0%401%5D=610000&values%5Bplace0%403%5D=610112&address0=%E8%B7%AF+1%E5%8F%B7",
        ] {
            assert_eq!(back(address).await, address);
        }
        for elsewhere in ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "/a\r\nset-cookie: x", "evil", "/阀门", ""] {
            assert_eq!(back(elsewhere).await, "/", "{elsewhere:?}");
        }
        for query in ["", "?to", "?to=%FF", "?from=/help", "?to=//evil.example", "?to=/%5Cevil"] {
            assert_eq!(switch(query).await, "/", "{query}");
        }
    }

    #[tokio::test]
    async fn who_asks_too_often_is_told_when_to_come_again() {
        let mut test = TestApp::on_sqlite().await;
        Arc::get_mut(&mut test.app).unwrap().config.rate_per_minute = 2;
        let member = test.member("enterprise", Role::Owner).await;
        let token = test.session(&member.caller().unwrap().account_id).await;
        let service = build(test.app.clone(), LeptosOptions::builder().output_name("xuke").build());
        // The status, and after how many seconds to try again.
        let ask = async |method: Method, from: u8, token: Option<&str>| {
            let mut request = Request::builder().method(method).uri("/api/regions").header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap();
            request.headers_mut().extend(token.map(|token| (header::COOKIE, HeaderValue::from_str(&format!("xuke={token}")).unwrap())));
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, from], 1))));
            let answer = service.clone().oneshot(request).await.unwrap();
            let seconds = answer.headers().get(header::RETRY_AFTER).map(|seconds| seconds.to_str().unwrap().parse::<u32>().unwrap());
            (answer.status().as_u16(), seconds)
        };
        // A form posted without script is told on a page.
        let told = async || {
            let request = Request::post("/api/regions").header("sec-fetch-site", "same-origin").header(header::ACCEPT, "text/html").body(Body::empty());
            let mut request = request.unwrap();
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1))));
            let answer = service.clone().oneshot(request).await.unwrap();
            let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
            let body = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
            (kind, String::from_utf8(body.to_vec()).unwrap())
        };
        let refused = |(status, seconds): (u16, Option<u32>)| status == 429 && seconds.is_some_and(|seconds| (1..=30).contains(&seconds));
        let passed = |(status, seconds): (u16, Option<u32>)| status != 429 && seconds.is_none();
        for who in [None, Some(token.as_str())] {
            for _ in 0..2 {
                assert!(passed(ask(Method::POST, 1, who).await));
            }
            assert!(refused(ask(Method::POST, 1, who).await));
            assert!(passed(ask(Method::GET, 1, who).await), "reading is free");
        }
        let (kind, page) = told().await;
        assert!(kind.starts_with("text/html") && page.contains("操作过于频繁") && page.contains("还在上一页"), "{kind}: {page}");
        assert!(passed(ask(Method::POST, 2, None).await), "another address is counted by itself");
        assert!(refused(ask(Method::POST, 2, Some(&token)).await), "an account is counted wherever it comes from");
    }
}
