//! What is filled in with an action: periods, points of a notice, grounds, conclusions, answers, marks. Pure.

use crate::base::{Text, t};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub from: Date,
    pub to: Date,
}

impl Window {
    /// Whether it lies inside another one.
    pub fn is_inside(self, other: Window) -> bool {
        other.from <= self.from && self.to <= other.to
    }

    /// Whether they share a day.
    pub fn meets(self, other: Window) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// A defect of a book: the field, row, table or place for attachments it is about, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// A path of the book; everything under it is unlocked.
    pub path: String,
    pub text: String,
}

/// Whether a path of the book is this place, or lies under it.
pub fn is_at(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a place of the book holds any of these paths, or is part of one: a row that was added holds its fields.
pub fn meets(place: &str, paths: &[impl AsRef<str>]) -> bool {
    paths.iter().map(AsRef::as_ref).any(|path| is_at(path, place) || is_at(place, path))
}

/// Why an application is not accepted (TSG 07-2019 3.3.3, 行政许可法 art. 32).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// 不属于许可范围
    OutsideScope,
    /// 隐瞒有关情况或者提供虚假材料
    FalseData,
    /// 许可证被吊销、撤销未满 3 年
    Banned,
    /// 不属于本机关职权范围
    OtherAuthority,
    /// 依法不需要取得行政许可
    NoPermitNeeded,
}

impl Ground {
    /// Every ground with its word and its words, in the order of the variants.
    pub const ALL: [(Ground, &'static str, Text); 5] = [
        (Ground::OutsideScope, "outside-scope", t("不属于特种设备许可范围", "Outside the scope of licensing")),
        (Ground::FalseData, "false-data", t("隐瞒有关情况或者提供虚假材料", "Hidden or false data")),
        (Ground::Banned, "banned", t("许可证被吊销、撤销未满 3 年", "A licence was revoked or annulled less than 3 years ago")),
        (Ground::OtherAuthority, "other-authority", t("不属于本机关职权范围", "Not this authority’s matter")),
        (Ground::NoPermitNeeded, "no-permit-needed", t("依法不需要取得行政许可", "No permit is needed")),
    ];
}

/// What an amended acceptance says of the applicant in place of its book; what is empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Amended {
    /// 单位名称
    pub name: String,
    /// 住所
    pub registered: String,
    /// 制造、充装、办公、校验地址
    pub addresses: Vec<String>,
}

impl Amended {
    /// Takes a later one in.
    pub(super) fn take(&mut self, later: &Amended) {
        let Amended { name, registered, addresses } = later;
        for (ours, new) in [(&mut self.name, name), (&mut self.registered, registered)] {
            if !new.is_empty() {
                ours.clone_from(new);
            }
        }
        if !addresses.is_empty() {
            self.addresses.clone_from(addresses);
        }
    }
}

/// 鉴定评审结论 (TSG 07-2019 3.4.3)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conclusion {
    /// 符合条件
    Meets,
    /// 整改后符合条件
    MeetsAfterRectification,
    /// 不符合条件
    DoesNotMeet,
}

/// What an examiner puts before the approver.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub grant: bool,
    /// 审查意见
    pub opinion: String,
    /// 现场核查 by the authority took place: the second examiner of it (行政许可法 art. 34: two or more).
    pub second: Option<String>,
}

/// 送达方式: the word stored, and what it is called.
pub const SERVED: [(&str, Text); 3] = [("online", t("电子送达", "Online")), ("post", t("邮寄送达", "By post")), ("hand", t("当面领取", "In person"))];

/// 满意程度
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Satisfaction {
    Satisfied,
    Mostly,
    Dissatisfied,
}

/// 评审反馈表 (spec 2.20). Of the first three questions, `Some` is 有 with what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    pub period: Window,
    pub categories: Vec<String>,
    pub reviewers: String,
    /// Money, meals, consulting, leaks, sightseeing.
    pub misconduct: Option<String>,
    /// Departing from the rules, rudeness.
    pub departure: Option<String>,
    /// Anything else that affected fairness.
    pub unfairness: Option<String>,
    pub satisfaction: Satisfaction,
    pub note: String,
}

impl Feedback {
    /// Whether the supervisor is alerted.
    pub fn is_bad(&self) -> bool {
        self.answers().any(|answer| answer.is_some()) || self.satisfaction == Satisfaction::Dissatisfied
    }

    /// The answers to the first three questions.
    pub fn answers(&self) -> impl Iterator<Item = Option<&String>> {
        [&self.misconduct, &self.departure, &self.unfairness].into_iter().map(Option::as_ref)
    }
}

/// A subject's mark; `None` for 缺考.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub subject: String,
    /// Of a hundred.
    pub points: Option<u32>,
}
