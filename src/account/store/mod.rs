//! All SQL of units, accounts, sessions, codes, challenges and invitations.

mod account;
mod secure;
mod session;
mod unit;

pub use account::{
    Account, accounts_of_authority, accounts_of_staff, close_account, find_account, find_by_mobile, find_by_name, insert_account, insert_accounts,
    is_username_taken, set_contact, set_mobile, set_password, set_role, set_staff,
};
pub use secure::{
    Failures, clear_failures, code_sent_at, codes_sent, count_failure, drop_code, find_failures, hold_failures, lock, put_challenge, put_code, return_try,
    take_challenge, take_try,
};
pub use session::{SessionRow, end_all_sessions, end_other_sessions, end_session, find_caller, sessions_of};
pub use unit::{
    Gram, Invitation, Unit, close_agency, drop_invitation, find_invitation, find_practices, find_unit, find_unit_by_code, hold_unit, insert_invitation,
    insert_unit, insert_units, invitations_of, members_of, rarest_gram, set_person, set_profile, units_of_kind, use_invitation,
};

use crate::form::Values;

/// A profile as it is kept; one that cannot be read counts as empty.
fn values_of(json: &str) -> Values {
    serde_json::from_str(json).unwrap_or_default()
}

fn json_of(values: &Values) -> String {
    serde_json::to_string(values).unwrap_or_default()
}

/// `a,b` as words.
fn split(words: &str) -> Vec<String> {
    words.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
