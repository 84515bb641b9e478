//! Who there is: roles, callers, units. Pure.

use serde::{Deserialize, Serialize};

/// What an account may be (spec chapter 1, ruling 11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 个人
    Person,
    /// 单位主账号: does everything of the unit.
    Owner,
    /// 填报人: edits and uploads; submits only if the owner gave it.
    Filler,
    /// 查阅人: reads.
    Reader,
    /// 审批机关工作人员
    Staff,
    /// 系统管理员: no case rights (1.5).
    Admin,
}

impl Role {
    /// The word stored.
    pub fn word(self) -> &'static str {
        match self {
            Role::Person => "person",
            Role::Owner => "owner",
            Role::Filler => "filler",
            Role::Reader => "reader",
            Role::Staff => "staff",
            Role::Admin => "admin",
        }
    }

    /// The role of a stored word; an unknown one can do nothing, like a reader of no unit.
    pub fn of_word(word: &str) -> Role {
        [Role::Person, Role::Owner, Role::Filler, Role::Staff, Role::Admin].into_iter().find(|r| r.word() == word).unwrap_or(Role::Reader)
    }
}

/// Whoever is signed in, as the server knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub account_id: String,
    pub session_id: String,
    pub username: String,
    pub person_name: String,
    pub role: Role,
    /// Given by the owner to a filler.
    pub submits: bool,
    pub unit_id: Option<String>,
    pub unit_name: String,
    /// enterprise | branch | institution | agency; empty for persons and officials.
    pub unit_kind: String,
    pub authority_code: Option<String>,
    pub duties: Vec<String>,
}

impl Caller {
    /// Whether they may submit, withdraw, agree dates and send feedback for their unit (ruling 11).
    pub fn may_submit(&self) -> bool {
        self.role == Role::Owner || (self.role == Role::Filler && self.submits)
    }

    /// Whether they may change the unit's drafts.
    pub fn may_write(&self) -> bool {
        matches!(self.role, Role::Owner | Role::Filler)
    }
}

/// Whoever is signed in, as their browser may know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Empty if nobody is signed in.
    pub name: String,
    pub unit_name: String,
    pub unit_kind: String,
    pub role: Option<Role>,
    pub submits: bool,
    /// Whether this is a demonstration.
    pub demo: bool,
    /// Minutes until an idle session ends.
    pub session_minutes: i64,
}

impl Me {
    /// Whether somebody is signed in.
    pub fn is_known(&self) -> bool {
        self.role.is_some()
    }

    /// Whether they may change the unit's drafts.
    pub fn may_write(&self) -> bool {
        matches!(self.role, Some(Role::Owner | Role::Filler))
    }

    /// Whether they may submit for the unit.
    pub fn may_submit(&self) -> bool {
        self.role == Some(Role::Owner) || (self.role == Some(Role::Filler) && self.submits)
    }
}
