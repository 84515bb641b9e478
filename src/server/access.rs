//! Who may call what, in one place. A server function or route that is not listed here does not answer; a test holds the
//! list against what is registered, and calls each as nobody, as each role, and as the same role of another unit.
//! Services check again whose case it is: this table knows roles, not cases.

use crate::account::model::{Caller, Role};
use crate::error::{AppError, Result};

/// Who may call a function or open a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The public (公众).
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// A member of a unit: owner, filler or reader.
    Unit,
    /// A member of a unit who may change things: owner or filler.
    UnitWriter,
    /// The owner of a unit's account (主账号).
    UnitOwner,
    /// Whoever may submit for a unit: the owner, or a filler to whom the owner gave it (ruling 11).
    UnitSubmitter,
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
            Who::UnitWriter => matches!(caller.role, Role::Owner | Role::Filler),
            Who::UnitOwner => caller.role == Role::Owner,
            Who::UnitSubmitter => caller.may_submit(),
            Who::Admin => caller.role == Role::Admin,
        };
        if allowed { Ok(()) } else { Err(AppError::Forbidden) }
    }
}

/// Every server function by endpoint, and every other non-page route by its pattern.
pub const FUNCTIONS: &[(&str, Who)] = &[
    // account
    ("/api/form-state", Who::Anyone),
    ("/api/who-am-i", Who::Anyone),
    ("/api/regions", Who::Anyone),
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
    ("/api/application/book", Who::Unit),
    ("/api/application/marks", Who::Unit),
    ("/api/application/changes", Who::Unit),
    ("/api/application/review", Who::Unit),
    ("/api/application/version", Who::Unit),
    ("/api/application/list", Who::Unit),
    ("/api/application/save", Who::UnitWriter),
    ("/api/application/save-page", Who::UnitWriter),
    ("/api/application/detach", Who::UnitWriter),
    ("/api/application/act", Who::UnitWriter),
    ("/api/application/submit", Who::UnitSubmitter),
    // files
    ("/files", Who::UnitWriter),
    ("/files/*", Who::SignedIn),
    // notice
    ("/api/demo-messages", Who::Demo),
];

/// Every page by the start of its address; the longest match counts.
pub const PAGES: &[(&str, Who)] = &[("/", Who::Anyone), ("/demo", Who::Demo), ("/apply", Who::UnitWriter), ("/applications", Who::Unit)];

/// The rule of a server function or route.
pub fn of_function(path: &str) -> Option<Who> {
    FUNCTIONS.iter().find(|(pattern, _)| *pattern == path || pattern.strip_suffix("/*").is_some_and(|p| path.strip_prefix(p).is_some_and(|r| r.starts_with('/')))).map(|(_, who)| *who)
}

/// The rule of a page.
pub fn of_page(path: &str) -> Who {
    let fits = |prefix: &str| prefix == "/" || path == prefix || path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/'));
    PAGES.iter().filter(|(prefix, _)| fits(prefix)).max_by_key(|(prefix, _)| prefix.len()).map_or(Who::Admin, |(_, who)| *who)
}
