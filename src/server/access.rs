//! Who may call what, in one place. A server function, route or page that is not listed here does not answer; tests hold the
//! lists against what is registered, and call each as nobody, as each role, and as the same role of another unit
//! (`access_roles_tests`, `access_tests`, `strangers_tests`). Services check again whose case it is: this table knows roles, not cases.

use crate::account::model::{Caller, Role, is_applicant};
use crate::error::{AppError, Result};

/// Where a page of the book is posted without script: of whoever is not signed in any more, what was typed is kept over the sign-in.
pub const KEPT: &str = "/files/page";

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
    /// A member of a unit that applies (申请人): no review agency or examination body, which work on others' cases (spec 1.6).
    Applicant,
    /// Of these who may change things: not a reader.
    ApplicantWriter,
    /// Of these who may submit: the owner, a filler to whom the owner gave it (ruling 11), an individual.
    ApplicantSubmitter,
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
        let applies = caller.unit_id.is_some() && is_applicant(&caller.unit_kind);
        let allowed = match self {
            Who::Anyone | Who::Demo | Who::SignedIn => true,
            Who::Unit => caller.unit_id.is_some(),
            Who::UnitWriter => caller.may_write(),
            Who::Individual => caller.role == Role::Person,
            Who::UnitOwner => caller.role == Role::Owner,
            Who::Applicant => applies,
            Who::ApplicantWriter => applies && caller.may_write(),
            Who::ApplicantSubmitter => applies && caller.may_submit(),
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
    ("/api/staff-member", Who::Admin),
    ("/api/change-staff", Who::Admin),
    ("/api/add-agency", Who::Admin),
    ("/api/close-staff", Who::Admin),
    ("/api/close-agency", Who::Admin),
    // application
    ("/api/application/picker", Who::ApplicantWriter),
    ("/api/application/create", Who::ApplicantWriter),
    ("/api/application/qualify", Who::Individual),
    ("/api/application/create-person", Who::Individual),
    ("/api/application/practices", Who::Individual),
    ("/api/application/choice", Who::ApplicantWriter),
    ("/api/application/rechoose", Who::ApplicantWriter),
    ("/api/application/book", Who::Applicant),
    ("/api/application/marks", Who::Applicant),
    ("/api/application/changes", Who::Applicant),
    ("/api/application/review", Who::Applicant),
    ("/api/application/version", Who::Side),
    ("/api/application/compare", Who::Side),
    ("/api/application/list", Who::Applicant),
    ("/api/application/under-way", Who::Applicant),
    ("/api/application/save", Who::ApplicantWriter),
    ("/api/application/detach", Who::ApplicantWriter),
    ("/api/application/act", Who::ApplicantWriter),
    ("/api/application/submit", Who::ApplicantSubmitter),
    ("/api/application/resubmit", Who::ApplicantSubmitter),
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
    ("/api/exam/sign-up", Who::ApplicantSubmitter),
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
    ("/api/licence/certificates", Who::Applicant),
    ("/api/licence/certificate-form", Who::ApplicantWriter),
    ("/api/licence/save-certificate", Who::ApplicantWriter),
    ("/api/licence/remove-certificate", Who::ApplicantWriter),
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
    ("/api/portal/limits", Who::Anyone),
    ("/api/portal/sample", Who::Anyone),
    // files
    ("/files", Who::UnitWriter),
    (KEPT, Who::ApplicantWriter),
    ("/files/act", Who::UnitWriter),
    ("/files/marks", Who::UnitWriter),
    ("/files/form", Who::UnitWriter),
    ("/files/document/{id}", Who::Side),
    ("/files/marks/{session}", Who::Unit),
    ("/files/sheet/{no}/{page}/{table}", Who::Applicant),
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
    ("/apply/*", Who::ApplicantWriter),
    ("/apply/person/*", Who::Individual),
    ("/applications/*", Who::Applicant),
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
    ("/services/unit-licence/sample", Who::Anyone),
    ("/services/personnel", Who::Anyone),
    ("/services/personnel/sample", Who::Anyone),
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
#[path = "access_roles_tests.rs"]
mod tests;
