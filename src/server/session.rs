//! Sessions (会话): a random cookie whose digest is stored, rotated at sign-in, ended after a time without a foreground
//! request. Background requests (polls, autosave probes) never extend one. A table of our own rather than a session
//! library: the list of my sessions, signing out everywhere and the idle rule need its columns.

use super::app::{App, Visit};
use super::ids;
use crate::account::model::Caller;
use crate::error::Result;
use crate::vals;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The cookie of a session, and of plain forms' state.
const COOKIE: &str = "xuke";
pub const FORM_COOKIE: &str = "xuke_form";
/// Functions that pages call by themselves.
const BACKGROUND: &[&str] = &["/api/application/changes", "/api/application/marks", "/api/notice/unread"];

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// A `Set-Cookie` value with the attributes every cookie of ours has.
pub fn set_cookie(app: &App, name: &str, value: &str, max_age: Option<i64>) -> HeaderValue {
    let secure = if app.config.is_secure() { "; Secure" } else { "" };
    let age = max_age.map(|s| format!("; Max-Age={s}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Whether an address is a page's, as far as its start tells: functions, files and what a page is made of show no bell.
fn is_page(path: &str) -> bool {
    !["/api/", "/files/", "/pkg/"].iter().any(|start| path.starts_with(start))
}

/// Finds out who makes a request, and hands it on as a [`Visit`].
pub async fn recognise(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
    let background = BACKGROUND.contains(&request.uri().path());
    let plain = request.method() == axum::http::Method::POST && text(header::ACCEPT).contains("text/html");
    let lang = crate::base::Lang::from_cookie(&cookie(headers, "lang").unwrap_or_default());
    let address = address(&app.config.address_header, &request);
    let agent: String = text(header::USER_AGENT).chars().take(200).collect();
    let form_token = cookie(headers, FORM_COOKIE).unwrap_or_default();
    let query = request.uri().query().unwrap_or("").to_owned();
    let is_asset = request.uri().path().starts_with("/pkg/");
    let caller = match cookie(headers, COOKIE) {
        Some(token) if !is_asset => match find(&app, &token, background).await {
            Ok(caller) => caller,
            Err(error) => return super::router::answer(&error),
        },
        _ => None,
    };
    let is_page = request.method() == axum::http::Method::GET && is_page(request.uri().path());
    let unread = match &caller {
        Some(caller) if is_page => match crate::notice::inbox::unread(&app, caller).await {
            Ok(unread) => usize::try_from(unread).unwrap_or_default(),
            Err(error) => return super::router::answer(&error),
        },
        _ => 0,
    };
    request.extensions_mut().insert(Visit { app, caller, lang, address, agent, plain, form_token, unread, query });
    next.run(request).await
}

/// Where a request came from: as the proxy in front says, if there is one, and else the other end of the connection.
fn address(proxy_header: &str, request: &Request) -> String {
    let told = (!proxy_header.is_empty()).then(|| request.headers().get_all(proxy_header).iter().next_back()?.to_str().ok()?.rsplit(',').next());
    let told = told.flatten().and_then(|address| address.trim().parse::<IpAddr>().ok());
    let peer = || Some(request.extensions().get::<ConnectInfo<SocketAddr>>()?.0.ip());
    told.or_else(peer).map(|ip| ip.to_string()).unwrap_or_default()
}

/// The caller a token belongs to, if the session lives.
async fn find(app: &Arc<App>, token: &str, background: bool) -> Result<Option<Caller>> {
    let digest = ids::digest(token);
    let now = app.clock.now();
    let idle = app.config.session_minutes * 60_000;
    let Some((caller, seen_at)) = crate::account::store::find_caller(&mut app.db.read().await?, &digest).await? else { return Ok(None) };
    if now - seen_at > idle {
        return Ok(None);
    }
    // A minute's precision is enough, and spares a write per request.
    if !background && now - seen_at > 60_000 {
        app.db
            .write(move |tx| {
                Box::pin(async move {
                    tx.run("UPDATE session SET seen_at = $1 WHERE token_digest = $2", vals![now, digest]).await?;
                    Ok(())
                })
            })
            .await?;
    }
    Ok(Some(caller))
}

/// Starts a session, in place of the one this browser may have had.
pub async fn start(visit: &Visit, account_id: &str) -> Result<()> {
    let (token, now) = (ids::token(), visit.now());
    let row = vals![ids::digest(&token), ids::new(now), account_id, now, now, visit.agent.as_str(), visit.address.as_str()];
    let old = visit.caller.as_ref().map(|c| c.session_id.clone());
    let oldest = now - visit.app.config.session_minutes * 60_000;
    let (by, seat) = (account_id.to_owned(), visit.clone());
    visit
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.run("DELETE FROM session WHERE id = $1 OR seen_at < $2", vals![old.unwrap_or_default(), oldest]).await?;
                tx.run("INSERT INTO session (token_digest, id, account_id, created_at, seen_at, agent, address) VALUES ($1, $2, $3, $4, $5, $6, $7)", row)
                    .await?;
                super::app::audit(tx, now, Some(by.clone()), "sign-in", &by, &seat.address).await
            })
        })
        .await?;
    put_cookie(set_cookie(&visit.app, COOKIE, &token, None));
    Ok(())
}

/// Ends the session of this browser.
pub async fn end(visit: &Visit) -> Result<()> {
    if let Some(caller) = &visit.caller {
        let id = caller.session_id.clone();
        visit.app.db.write(move |tx| Box::pin(async move { tx.run("DELETE FROM session WHERE id = $1", vals![id]).await })).await?;
    }
    put_cookie(set_cookie(&visit.app, COOKIE, "", Some(0)));
    Ok(())
}

/// The token that finds a plain form's state, made and sent if the browser has none.
pub fn form_token(visit: &Visit) -> String {
    if !visit.form_token.is_empty() {
        return visit.form_token.clone();
    }
    let token = ids::token();
    put_cookie(set_cookie(&visit.app, FORM_COOKIE, &token, None));
    token
}

fn put_cookie(value: HeaderValue) {
    if let Some(options) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        options.append_header(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn an_address_is_believed_only_from_the_proxy_that_is_configured() {
        let request = |forwarded: &[&str]| {
            let mut request = Request::new(Body::empty());
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 1))));
            for line in forwarded {
                request.headers_mut().append("x-forwarded-for", HeaderValue::from_str(line).unwrap());
            }
            request
        };
        let cases: [(&str, &[&str], &str); 6] = [
            ("", &["203.0.113.9"], "10.0.0.1"),
            ("X-Forwarded-For", &[], "10.0.0.1"),
            ("X-Forwarded-For", &["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
            ("X-Forwarded-For", &["198.51.100.1", "2001:db8::7"], "2001:db8::7"),
            ("X-Forwarded-For", &["not an address"], "10.0.0.1"),
            ("X-Real-IP", &["203.0.113.9"], "10.0.0.1"),
        ];
        for (header, lines, expected) in cases {
            assert_eq!(address(header, &request(lines)), expected, "{header} {lines:?}");
        }
    }

    #[test]
    fn only_pages_show_the_bell() {
        for (path, expected) in [("/", true), ("/cases/1", true), ("/files/1", false), ("/pkg/xuke.js", false), ("/api/notice/unread", false)] {
            assert_eq!(is_page(path), expected, "{path}");
        }
    }
}
