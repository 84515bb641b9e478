//! Who there is: roles, callers, units. Pure.

use crate::base::{Text, t};
use crate::form::Values;
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

    /// What the role is called.
    pub fn label(self) -> Text {
        match self {
            Role::Person => t("个人", "Individual"),
            Role::Owner => t("主账号", "Owner"),
            Role::Filler => t("填报人", "Filler"),
            Role::Reader => t("查阅人", "Reader"),
            Role::Staff => t("机关工作人员", "Authority staff"),
            Role::Admin => t("系统管理员", "Administrator"),
        }
    }

    /// Whether it submits for its applicant; `given` is what the owner gave a filler.
    fn may_submit(self, given: bool) -> bool {
        matches!(self, Role::Owner | Role::Person) || (self == Role::Filler && given)
    }

    fn may_write(self) -> bool {
        matches!(self, Role::Owner | Role::Filler | Role::Person)
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
    /// enterprise | institution | agency | exam-body | person, in older rows branch; empty for officials.
    pub unit_kind: String,
    pub authority_code: Option<String>,
    pub duties: Vec<String>,
}

impl Caller {
    /// Whether they may submit, withdraw, agree dates and send feedback for their unit (ruling 11). An individual applies
    /// in their own name.
    pub fn may_submit(&self) -> bool {
        self.role.may_submit(self.submits)
    }

    /// Whether they may change the applicant's drafts.
    pub fn may_write(&self) -> bool {
        self.role.may_write()
    }
}

/// Who keeps the register of certificates of an authority: 制证人员 and 监督人员.
pub const REGISTER_KEEPERS: &[&str] = &["certificate", "supervisor"];
/// Who edits its templates and reasons: 监督人员 and 机关管理员.
pub const TEMPLATE_EDITORS: &[&str] = &["supervisor", "authority-admin"];
/// Who sets what it commits itself to (承诺时限): 机关管理员.
pub const LIMIT_SETTERS: &[&str] = &["authority-admin"];
/// Who works on its cases.
pub const CASE_WORKERS: &[&str] = &["acceptance", "examiner", "approver", "certificate", "supervisor"];

/// Whether an official's duties open what these duties are for. The navigation asks it, and so does each service behind.
pub fn opens(duties: &[String], of: &[&str]) -> bool {
    duties.iter().any(|duty| of.contains(&duty.as_str()))
}

/// Whether units of this kind apply (申请人): review agencies and examination bodies do not (spec 1.6).
pub fn is_applicant(unit_kind: &str) -> bool {
    matches!(unit_kind, "enterprise" | "branch" | "institution" | "person")
}

/// Where somebody's work is, by what they are: the page they come to when they have signed in.
pub fn work_of(role: Role, unit_kind: &str, duties: &[String]) -> &'static str {
    match (role, unit_kind) {
        (Role::Owner | Role::Filler | Role::Reader, "agency") => "/cases",
        (Role::Owner | Role::Filler | Role::Reader, "exam-body") => "/exam/sessions",
        (Role::Owner | Role::Filler | Role::Reader | Role::Person, _) => "/applications",
        (Role::Admin, _) => "/admin/staff",
        (Role::Staff, _) => {
            let all = [(CASE_WORKERS, "/cases"), (REGISTER_KEEPERS, "/certificates"), (TEMPLATE_EDITORS, "/templates"), (LIMIT_SETTERS, "/limits")];
            all.into_iter().find(|(of, _)| opens(duties, of)).map_or("/", |(_, page)| page)
        }
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
    /// An official's duties (职责).
    pub duties: Vec<String>,
    pub submits: bool,
    /// Whether this is a demonstration.
    pub demo: bool,
    /// Minutes until an idle session ends.
    pub session_minutes: i64,
    /// How many messages wait to be read.
    pub unread: usize,
}

impl Me {
    /// Whether somebody is signed in.
    pub fn is_known(&self) -> bool {
        self.role.is_some()
    }

    /// Whether they act for a unit with a profile of its own, and not in their own name.
    pub fn is_of_unit(&self) -> bool {
        !self.unit_kind.is_empty() && self.role != Some(Role::Person)
    }

    /// Whether the pages of applicants are theirs; of whoever is not signed in they may be.
    pub fn may_apply(&self) -> bool {
        !self.is_known() || is_applicant(&self.unit_kind)
    }

    /// Whether they may change the applicant's drafts.
    pub fn may_write(&self) -> bool {
        self.role.is_some_and(Role::may_write)
    }

    /// Whether they may submit.
    pub fn may_submit(&self) -> bool {
        self.role.is_some_and(|role| role.may_submit(self.submits))
    }
}

/// One of my sessions (我的登录).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MySession {
    pub id: String,
    pub is_this: bool,
    /// Unix milliseconds.
    pub created_at: i64,
    pub seen_at: i64,
    pub agent: String,
    pub address: String,
}

/// 单位资料, by the paths of its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitProfile {
    pub kind: String,
    pub values: Values,
    /// The file id of the licence scan.
    pub licence: Option<String>,
}

/// 个人资料, by the paths of its form; mobile and document masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonProfile {
    pub username: String,
    pub mobile: String,
    pub role: Role,
    pub values: Values,
}

/// A member of a unit (成员).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: String,
    pub is_me: bool,
    pub name: String,
    pub username: String,
    pub mobile: String,
    pub role: Role,
    pub may_submit: bool,
}

/// An invitation nobody has accepted yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenInvitation {
    pub id: String,
    pub name: String,
    pub mobile: String,
    pub role: Role,
    pub may_submit: bool,
    pub expires_at: i64,
}

/// The people of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Members {
    pub members: Vec<Member>,
    pub invitations: Vec<OpenInvitation>,
}

/// What an invited person sees before accepting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub unit_name: String,
    pub name: String,
    pub mobile: String,
    pub role: Role,
}

/// A member of an authority's staff (机关工作人员).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    pub id: String,
    pub name: String,
    pub username: String,
    pub mobile: String,
    pub authority: String,
    pub duties: Vec<String>,
}

/// A member of an authority's staff as the administrator changes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffFile {
    pub id: String,
    pub name: String,
    pub username: String,
    /// The name of their authority.
    pub authority: String,
    /// By the paths of the form.
    pub values: Values,
}

/// A review agency (鉴定评审机构) or an examination body (考试机构).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    pub id: String,
    /// Of its unit.
    pub kind: String,
    pub name: String,
    pub code: String,
    pub contact: String,
}

/// An approving authority (审批机关).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    pub code: String,
    pub name: String,
}

/// What the administrator manages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    pub staff: Vec<StaffMember>,
    pub agencies: Vec<Agency>,
    pub authorities: Vec<Authority>,
}
