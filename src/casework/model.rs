//! A case as its screens know it. Pure.

use crate::workflow::{ActionKind, Ledger, Party, Role, State};
use serde::{Deserialize, Serialize};

/// One line of a case's timeline (时间线).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// Unix milliseconds.
    pub at: i64,
    pub what: ActionKind,
    pub role: Role,
    /// The person's name; empty for what time did.
    pub who: String,
    pub reason: String,
    /// Ids of the documents it made.
    pub documents: Vec<String>,
}

/// A case for whoever looks at it: where it stands, what they may do, what happened so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    pub no: String,
    pub state: State,
    /// What an action has to name as seen.
    pub revision: i64,
    /// The side the reader is on.
    pub side: Party,
    pub ledger: Ledger,
    pub actions: Vec<ActionKind>,
    pub timeline: Vec<Happening>,
}

impl CaseView {
    /// Whether an action can succeed now.
    pub fn may(&self, kind: ActionKind) -> bool {
        self.actions.contains(&kind)
    }
}
