//! What happened to a case: an action, by whom, as what, when. Events are kept for ever and never changed.

use super::action::Action;
use super::actor::Role;
use crate::base::workdays::legal_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Unix milliseconds.
    pub at: i64,
    /// The account; empty for [`Role::System`].
    pub by: String,
    pub role: Role,
    pub action: Action,
}

impl Event {
    /// The legal day it happened on.
    pub fn day(&self) -> Date {
        legal_date(self.at)
    }

    /// The word stored, in the past: `submitted`.
    pub fn word(&self) -> &'static str {
        self.action.kind().event_word()
    }
}
