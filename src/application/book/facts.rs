//! What the account, the picker, the register and the calendar know of an application, as plain data, so that the
//! judgement of a book needs neither a store nor the catalogue. The server gathers it; the browser receives it.

use crate::base::{Say, say};
use crate::catalogue::conditions::HeldCode;
use crate::catalogue::{PersonnelCode, Route, Setup};
use crate::workflow::person::PersonKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The facts of one application.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFacts {
    /// 单位名称 of the account; the licence prints it.
    pub org_name: String,
    /// 统一社会信用代码 of the account.
    pub uscc: String,
    /// The unit is a branch (分支机构) and needs its parent's authorisation.
    pub is_branch: bool,
    /// `design`, `manufacture`, `install`, `filling-mobile`, `filling-cylinder`, `calibration`, `institution`.
    pub category: String,
    /// 许可类别, the manual's name.
    pub category_name: String,
    /// A key of [`super::choices::KINDS`].
    pub kind: String,
    pub items: Vec<CaseItem>,
    /// Of the items, those that the catalogue in force does not have any more; ids.
    pub withdrawn: Vec<String>,
    /// 审批机关, legal name.
    pub authority: String,
    pub authority_code: String,
    /// Where items and addresses of the book lead now; that it is this authority is judged.
    pub route: Option<Route>,
    /// For 检验机构甲类B1: who set the institution up.
    pub setup: Option<Setup>,
    /// 制造、充装、校验、办公地址 from the picker.
    pub addresses: Vec<Address>,
    /// The profile holds the business licence, or it was verified online.
    pub licence_on_file: bool,
    /// The certificate that this application changes, renews or re-issues.
    pub certificate: Option<OldCertificate>,
    /// Ids of the sub-items the unit holds valid certificates for.
    pub held: Vec<String>,
    /// 申请号 of another open application for the same certificate.
    pub has_open_same_certificate: Option<String>,
    pub bans: Vec<Ban>,
    /// Of a person's application.
    pub person: Option<PersonFacts>,
    /// The day it was first handed in; `None` of a draft.
    pub filed: Option<Date>,
    /// Of a correction the paths that its notice marks; `None` of anything else.
    pub marked: Option<Vec<String>>,
    /// Working days from 变更日期 until today; the caller has the calendar.
    pub working_days_since_change: Option<u32>,
}

/// What is known of a person's application beside any other's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonFacts {
    pub code: PersonnelCode,
    pub kind: PersonKind,
    /// What the register has, checked or not.
    pub held: Vec<HeldCode>,
    /// The registered unit, by name and code, that the book's 执业单位 is.
    pub practice: Option<(String, String)>,
    /// The unit, by name and code, at which the register has the person so far; one that is not registered here has no code.
    pub practises_at: Option<(String, String)>,
    /// The registered unit, by name and code, that the book's 原执业单位 is.
    pub former: Option<(String, String)>,
    /// What other applications of the person say that are under way.
    pub elsewhere: Vec<OtherPractice>,
    /// What is checked one by one before it is accepted.
    pub points: Vec<String>,
    /// The new document of a 变更 is another registered person's.
    pub is_anothers: bool,
}

/// 执业单位 in another application of the same person: its number, and the unit's name and code.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OtherPractice {
    pub no: String,
    pub name: String,
    /// Empty of a unit that is only named.
    pub code: String,
}

/// One item applied for (许可子项目).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseItem {
    pub id: String,
    /// Sub-item and level without a blank, as the manual prints it: `安全阀B`.
    pub name: String,
    /// 许可项目
    pub item: String,
    /// 参数、范围
    pub parameters: String,
    /// 设备种类
    pub equipment_kind: String,
    /// Key of its category.
    pub category: String,
    /// Project code of an institution's item (`CG`, `TC`, `FD1`).
    pub code: String,
    /// Ids of sub-items of which one must be held or applied for too (分析设计 needs 规则设计).
    pub needs: Vec<String>,
}

/// A working address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    pub region: String,
    pub address: String,
}

/// 原许可证
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OldCertificate {
    pub number: String,
    /// 有效期至, an ISO date.
    pub valid_to: String,
    /// Our register has it, so no scan is asked for.
    pub on_register: bool,
    /// Its last renewal was by self-declaration, which is not allowed twice in a row (TSG 07-2019 3.6.3.2).
    pub by_declaration: bool,
}

/// A bar to applying (spec 5.5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ban {
    pub reason: Say,
    /// The last day of the bar, an ISO date.
    pub until: String,
}

impl Ban {
    /// What bars, and until when.
    pub fn said(&self) -> Say {
        let (Say { zh, en }, until) = (&self.reason, &self.until);
        say(format!("{zh}；{until} 以前（含当日）不能申请。"), format!("{en}; this holds up to and including {until}."))
    }
}
