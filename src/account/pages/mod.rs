//! The screens of accounts: registering, signing in, the account itself, invitations, the administrator's people.

mod account;
mod guard;
mod members;
mod notices;
mod open;
mod register;
mod sign_in;
mod staff;

pub use account::{AccountPage, MobilePage, PasswordPage, PersonPage, SessionsPage};
pub use guard::SessionGuard;
pub use members::{InvitationPage, MembersPage};
pub use notices::NoticesPage;
pub use register::{RegisterChoicePage, RegisterEnterprisePage, RegisterIndividualPage, RegisterInstitutionPage};
pub use sign_in::{ResetPage, SignInPage};
pub use staff::{ChangeStaffPage, NewAgencyPage, NewStaffPage, StaffPage};
