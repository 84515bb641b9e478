//! The map of the interface: the document shell and every route, with the feature that draws it.

use crate::base::{Lang, t};
use crate::ui::frame::{Frame, NavItem};
use crate::ui::lang::provide_lang;
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

/// Everything below the body.
#[component]
pub fn App() -> impl IntoView {
    use crate::account::model::Me;
    provide_meta_context();
    provide_lang(document_lang());
    let me = Resource::new_blocking(|| (), |()| crate::account::api::who_am_i());
    let known = Signal::derive(move || me.get().and_then(Result::ok).unwrap_or_default());
    provide_context(Signal::derive(move || known.get()));
    let nav = Signal::derive(move || navigation(&known.get()));
    let user = Signal::derive(move || {
        let Me { name, unit_name, .. } = known.get();
        known.get().is_known().then(|| if unit_name.is_empty() { name.clone() } else { format!("{unit_name} {name}") })
    });
    let demo = Signal::derive(move || known.get().demo);
    view! {
        <Router>
            <Suspense>
                {move || { me.track(); }}
                <Frame nav=nav user=user demo=demo sign_out="/api/sign-out">
                    <Pages/>
                </Frame>
            </Suspense>
        </Router>
    }
}

/// The navigation of a role.
fn navigation(me: &crate::account::model::Me) -> Vec<NavItem> {
    use crate::account::model::Role;
    let item = |href, zh, en| NavItem { href, label: t(zh, en) };
    let mut items = Vec::new();
    match me.role {
        Some(Role::Owner | Role::Filler | Role::Reader) => items.extend([item("/apply", "我要办", "Apply"), item("/applications", "许可管理", "My applications")]),
        Some(Role::Admin) => items.extend([item("/admin/staff", "人员与机构", "Staff and agencies"), item("/admin/catalogue", "许可目录", "Catalogue")]),
        _ => items.push(item("/services/unit-licence", "我要办", "Apply")),
    }
    items.extend([item("/search", "我要查", "Look up"), item("/publicity", "公示", "Publicity"), item("/help", "帮助", "Help")]);
    items
}

/// Every page, by address. All are rendered whole on the server, so that they work without script.
#[component]
fn Pages() -> impl IntoView {
    use crate::application::pages as application;
    view! {
        <Routes fallback=crate::ui::load::NotFound>
            <Route path=path!("/apply") view=application::EntryPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/first") view=application::PickerPage ssr=SsrMode::Async/>
            <Route path=path!("/applications") view=application::ManagePage ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/start") view=application::StartPage ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/check") view=application::CheckPage ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/receipt") view=application::ReceiptPage ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/print") view=application::PrintPage ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/:page") view=application::BookPage ssr=SsrMode::Async/>
        </Routes>
    }
}
