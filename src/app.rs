//! The map of the interface: the document shell and every route, with the feature that draws it.

use crate::base::Lang;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The document around every page. The only script that may run carries this answer's nonce.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    #[cfg(feature = "ssr")]
    secure();
    let lang = document_lang();
    provide_meta_context();
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <HydrationScripts options=options.clone()/>
                <HashedStylesheet options id="style"/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The content security policy of a page, with its nonce.
#[cfg(feature = "ssr")]
fn secure() {
    use axum::http::{HeaderName, HeaderValue};
    let nonce = leptos::nonce::use_nonce().map(|n| n.to_string()).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    );
    if let (Some(options), Ok(policy)) = (use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(&policy)) {
        options.insert_header(HeaderName::from_static("content-security-policy"), policy);
    }
}

/// The language of this document: the visit's on the server, the document's own in the browser.
pub fn document_lang() -> Lang {
    #[cfg(feature = "ssr")]
    {
        use_context::<crate::server::app::Visit>().map_or(Lang::Zh, |visit| visit.lang)
    }
    #[cfg(not(feature = "ssr"))]
    {
        let lang = document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
        if lang.starts_with("en") { Lang::En } else { Lang::Zh }
    }
}
