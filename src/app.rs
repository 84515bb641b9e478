//! The map of the interface: the document shell and every route, with the feature that draws it.

use crate::account::pages as account;
use crate::application::pages as application;
use crate::base::{Lang, Text, t};
use crate::calendar::pages as calendar;
use crate::casework::agencies::pages as agencies;
use crate::casework::pages as casework;
use crate::catalogue::pages as catalogue;
use crate::document::pages as document;
use crate::exam::pages as exam;
use crate::licence::pages as licence;
use crate::notice::pages as notice;
use crate::portal::pages as portal;
use crate::ui::frame::{Frame, NavItem};
use crate::ui::lang::provide_lang;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{Lazy, LazyRoute, SsrMode, path};

/// The document around every page. The only script that may run carries this answer's nonce.
pub fn shell(options: LeptosOptions) -> impl IntoView {
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
                {is_scripted().then(|| view! { <Pieces lang=lang/><HydrationScripts options=options.clone()/> })}
                <HashedStylesheet options id="style"/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

const LOST: Text = t(
    "页面的一部分没有载入，正在继续尝试。您填写的内容仍在，页面上的按钮照常可用；如果一直没有载入，请保存后重新载入本页。",
    "A part of this page has not loaded; we keep trying. What you entered is still here and the buttons work. If it does not come, please save and reload.",
);

/// Fetches the pieces of the browser's part for the loaders that wasm-bindgen and the splitter generate. Those give up at the first
/// failure, and the lazy page panics. Here a piece that does not come is asked for again as long as the page is open; until then the
/// page works as without script, and after three tries says what is the matter. It is handed over whole, so that nothing is cut off
/// half-way, and a page that is being left just never asks again.
#[component]
fn Pieces(lang: Lang) -> impl IntoView {
    view! { <script nonce=use_nonce() data-lost=LOST.get(lang)>{include_str!("client/pieces.js")}</script> }
}

/// Pages that are only read.
#[cfg(feature = "ssr")]
const READ_ONLY: &[&str] = &[
    "/",
    "/services/unit-licence",
    "/services/unit-licence/sample",
    "/services/personnel",
    "/services/personnel/sample",
    "/search",
    "/publicity",
    "/help",
    "/exams",
    "/not-found",
];

/// Whether a document brings the browser's part along. The public reads, follows links and sends plain forms: that needs none.
/// Whoever is signed in gets it everywhere, for the warning before their session ends.
fn is_scripted() -> bool {
    #[cfg(feature = "ssr")]
    {
        let known = use_context::<crate::server::app::Visit>().is_some_and(|visit| visit.caller.is_some());
        let path = use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
        known || !(READ_ONLY.contains(&path.as_str()) || path.starts_with("/exams/passed/"))
    }
    #[cfg(not(feature = "ssr"))]
    true
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
    provide_meta_context();
    provide_lang(document_lang());
    // Known before the first line is sent; whoever signs in or out loads a new document.
    let me = SharedValue::new(crate::account::api::who_am_i).into_inner();
    provide_context(Signal::stored(me.clone()));
    let nav = navigation(&me);
    let unread = me.is_known().then(|| notice::use_unread(me.unread));
    let user = me.is_known().then(|| if me.is_of_unit() { format!("{} {}", me.unit_name, me.name) } else { me.name.clone() });
    view! {
        <Router>
            <Frame nav=nav user=user demo=me.demo sign_out="/api/sign-out" unread=unread>
                <Pages/>
                {me.is_known().then(|| view! { <account::SessionGuard minutes=me.session_minutes/> })}
            </Frame>
        </Router>
    }
}

/// The navigation of a role, and of an official what their duties open.
fn navigation(me: &crate::account::model::Me) -> Vec<NavItem> {
    use crate::account::model::{CASE_WORKERS, LIMIT_SETTERS, REGISTER_KEEPERS, Role, TEMPLATE_EDITORS, opens};
    let item = |href, zh, en| NavItem { href, label: t(zh, en) };
    let mut items = Vec::new();
    match me.role {
        Some(Role::Owner | Role::Filler | Role::Reader) => {
            if me.unit_kind == "agency" {
                items.extend([item("/cases", "评审任务", "Reviews"), item("/agency/calendar", "评审日历", "Review calendar")]);
            } else if me.unit_kind == "exam-body" {
                items.extend([item("/exam/sessions", "考试场次", "Sessions"), item("/cases", "考试案件", "Cases")]);
            } else {
                items.extend([item("/apply", "我要办", "Apply"), item("/applications", "许可管理", "My applications")]);
            }
        }
        Some(Role::Person) => items.extend([
            item("/apply/person", "我要办", "Apply"),
            item("/applications", "我的申请", "My applications"),
            item("/exams", "考试", "Examinations"),
        ]),
        Some(Role::Staff) => {
            let all = [
                (CASE_WORKERS, item("/cases", "待办", "Work queue")),
                (REGISTER_KEEPERS, item("/certificates", "登记簿", "Register")),
                (TEMPLATE_EDITORS, item("/templates", "文书模板", "Templates")),
                (LIMIT_SETTERS, item("/limits", "承诺时限", "Committed limits")),
            ];
            items.extend(all.into_iter().filter(|(of, _)| opens(&me.duties, of)).map(|(_, item)| item));
        }
        Some(Role::Admin) => items.extend([
            item("/admin/staff", "人员与机构", "Staff and agencies"),
            item("/admin/catalogue", "许可目录", "Catalogue"),
            item("/admin/authorities", "审批机关", "Authorities"),
            item("/admin/calendar", "工作日历", "Calendar"),
        ]),
        _ => items.push(item("/services/unit-licence", "我要办", "Apply")),
    }
    items.extend([item("/search", "我要查", "Look up"), item("/publicity", "公示", "Publicity"), item("/help", "帮助", "Help")]);
    items
}

/// A page that scripts take over.
fn live(page: AnyView) -> AnyView {
    #[cfg(feature = "hydrate")]
    crate::client::live::begin();
    page
}

/// Pages whose code the browser fetches only when one of their side is opened: the public must not carry the office's
/// bytes. One function a side, because every one more multiplies the pieces that they share.
macro_rules! side {
    ($load:ident, $preload:ident: $($name:ident => $page:path),* $(,)?) => {
        #[leptos::lazy]
        fn $load(page: &'static str) -> AnyView {
            match page {
                $(stringify!($name) => live($page().into_any()),)*
                _ => ().into_any(),
            }
        }
        $(
            struct $name;

            impl LazyRoute for $name {
                fn data() -> Self {
                    Self
                }
                async fn view(_: Self) -> AnyView {
                    $load(stringify!($name)).await
                }
                async fn preload() {
                    #[cfg(target_arch = "wasm32")]
                    $preload().await;
                }
            }
        )*
    };
}

side! { public, __preload_public:
    Home => portal::HomePage,
    Service => portal::ServicePage,
    Personnel => portal::PersonnelPage,
    Search => portal::SearchPage,
    Publicity => portal::PublicityPage,
    Help => portal::HelpPage,
}

side! { guest, __preload_guest:
    RegisterChoice => account::RegisterChoicePage,
    RegisterEnterprise => account::RegisterEnterprisePage,
    RegisterIndividual => account::RegisterIndividualPage,
    RegisterInstitution => account::RegisterInstitutionPage,
    SignIn => account::SignInPage,
    Reset => account::ResetPage,
    Invitation => account::InvitationPage,
    Account => account::AccountPage,
    Person => account::PersonPage,
    Password => account::PasswordPage,
    Mobile => account::MobilePage,
    Notices => account::NoticesPage,
    Sessions => account::SessionsPage,
    Inbox => notice::InboxPage,
    Members => account::MembersPage,
}

side! { applicant, __preload_applicant:
    Entry => application::EntryPage,
    Picker => application::PickerPage,
    Qualify => application::QualifyPage,
    Certificates => licence::CertificatesPage,
    Manage => application::ManagePage,
    Start => application::StartPage,
    Check => application::CheckPage,
    Print => application::PrintPage,
    Receipt => application::ReceiptPage,
    Exams => exam::BoardPage,
    ExamPassed => exam::PassedPage,
    Document => document::DocumentPage,
    // For anybody; they draw a book as the pages around them do, and whoever is not signed in gets no script with them.
    Sample => portal::SamplePage,
    PersonSample => portal::PersonSamplePage,
}

// Only what fills a book in: it is the heaviest page, and whoever checks or prints a book comes by what the list has loaded.
side! { book, __preload_book:
    Book => application::BookPage,
}

side! { checker, __preload_checker:
    Verify => document::VerifyPage,
}

side! { office, __preload_office:
    Staff => account::StaffPage,
    NewStaff => account::NewStaffPage,
    ChangeStaff => account::ChangeStaffPage,
    NewAgency => account::NewAgencyPage,
    CatalogueAdmin => catalogue::CatalogueAdminPage,
    AuthoritiesAdmin => catalogue::AuthoritiesAdminPage,
    CalendarAdmin => calendar::CalendarPage,
    Messages => notice::MessagesPage,
    Library => document::LibraryPage,
    CommittedLimits => casework::LimitsPage,
    Template => document::TemplatePage,
    LicenceRegister => licence::RegisterPage,
    Agency => agencies::AgencyPage,
    Reviewers => agencies::ReviewersPage,
    AgencyCalendar => agencies::CalendarPage,
    ExamSessions => exam::SessionsPage,
    ExamSession => exam::SessionPage,
}

side! { case, __preload_case:
    Cases => casework::QueuePage,
    Case => casework::CasePage,
    Schedule => casework::SchedulePage,
}

/// Every page, by address. All are rendered whole on the server, so that they work without script.
#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=portal::NotFoundPage>
            <Route path=path!("/") view={Lazy::<Home>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/services/unit-licence") view={Lazy::<Service>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/services/unit-licence/sample") view={Lazy::<Sample>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/services/personnel") view={Lazy::<Personnel>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/services/personnel/sample") view={Lazy::<PersonSample>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/search") view={Lazy::<Search>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/publicity") view={Lazy::<Publicity>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/not-found") view=portal::NotFoundPage ssr=SsrMode::Async/>
            <Route path=path!("/help") view={Lazy::<Help>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/apply/certificates") view={Lazy::<Certificates>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/admin/catalogue") view={Lazy::<CatalogueAdmin>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/admin/calendar") view={Lazy::<CalendarAdmin>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/admin/authorities") view={Lazy::<AuthoritiesAdmin>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/register") view={Lazy::<RegisterChoice>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/register/enterprise") view={Lazy::<RegisterEnterprise>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/register/individual") view={Lazy::<RegisterIndividual>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/register/institution") view={Lazy::<RegisterInstitution>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view={Lazy::<SignIn>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/reset-password") view={Lazy::<Reset>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/invitation/:token") view={Lazy::<Invitation>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account") view={Lazy::<Account>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/person") view={Lazy::<Person>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/password") view={Lazy::<Password>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/mobile") view={Lazy::<Mobile>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/notices") view={Lazy::<Notices>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/inbox") view={Lazy::<Inbox>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/sessions") view={Lazy::<Sessions>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account/members") view={Lazy::<Members>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/admin/staff") view={Lazy::<Staff>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/admin/staff/new") view={Lazy::<NewStaff>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/admin/staff/:id") view={Lazy::<ChangeStaff>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/admin/agencies/new") view={Lazy::<NewAgency>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/admin/agencies/:id") view={Lazy::<Agency>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/agency/reviewers") view={Lazy::<Reviewers>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/agency/calendar") view={Lazy::<AgencyCalendar>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/apply") view={Lazy::<Entry>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/apply/first") view={Lazy::<Picker>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/apply/person") view={Lazy::<Qualify>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/applications") view={Lazy::<Manage>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no") view={Lazy::<Start>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/choose") view={Lazy::<Picker>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/check") view={Lazy::<Check>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/receipt") view={Lazy::<Receipt>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/print") view={Lazy::<Print>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/applications/:no/:page") view={Lazy::<Book>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/documents/:id") view={Lazy::<Document>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/verify/:key/:number/:digest/:signature") view={Lazy::<Verify>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/templates") view={Lazy::<Library>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/templates/:kind") view={Lazy::<Template>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/limits") view={Lazy::<CommittedLimits>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/certificates") view={Lazy::<LicenceRegister>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/exams") view={Lazy::<Exams>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/exams/passed/:id") view={Lazy::<ExamPassed>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/exam/sessions") view={Lazy::<ExamSessions>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/exam/sessions/:id") view={Lazy::<ExamSession>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/cases") view={Lazy::<Cases>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/cases/:no") view={Lazy::<Case>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/cases/:no/schedule") view={Lazy::<Schedule>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/demo/messages") view={Lazy::<Messages>::new()} ssr=SsrMode::Async/>
        </Routes>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::account::model::{Me, Role};

    #[test]
    fn officials_are_shown_what_they_may_open() {
        for (duty, expected) in [
            ("acceptance", &["/cases"][..]),
            ("certificate", &["/cases", "/certificates"]),
            ("supervisor", &["/cases", "/certificates", "/templates"]),
            ("authority-admin", &["/templates", "/limits"]),
        ] {
            let me = Me { role: Some(Role::Staff), duties: vec![duty.to_owned()], ..Me::default() };
            let shown: Vec<_> = navigation(&me).into_iter().map(|item| item.href).filter(|href| !["/search", "/publicity", "/help"].contains(href)).collect();
            assert_eq!(shown, expected, "{duty}");
        }
    }
}
