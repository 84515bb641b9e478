//! What a form posted without script is told when it is refused before any page had it: asked too often, not allowed. With script the
//! same error travels as JSON and is told on the page.

use super::app::Visit;
use crate::base::text::escaped;
use crate::base::{Lang, t};
use crate::error::AppError;
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// Turns the refusal of a plain form into a page. Status and headers stay.
pub async fn in_words(State(style): State<Arc<str>>, Extension(visit): Extension<Visit>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions().get::<AppError>().filter(|_| visit.plain) {
        let page = page(error, visit.lang, &style);
        *response.body_mut() = page.into();
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    }
    response
}

fn page(error: &AppError, lang: Lang, style: &str) -> String {
    let title = t("没有办成", "This was not done").get(lang);
    let kept = t("您填写的内容还在上一页，按浏览器的“返回”就能看到。", "What you entered is still on the page before: press Back in your browser.");
    let home = t("回到首页", "To the home page").get(lang);
    let (tag, said, kept) = (lang.tag(), error.say(), kept.get(lang));
    let said = escaped(said.get(lang));
    format!(
        "<!DOCTYPE html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"{style}\"></head><body><main id=\"main\" class=\"main\"><h1>{title}</h1>\
         <div class=\"notice bad\" role=\"alert\"><div class=\"notice-text\"><p>{said}</p><p>{kept}</p></div></div>\
         <p class=\"actions\"><a class=\"button\" href=\"/\">{home}</a></p></main></body></html>"
    )
}
