//! The papers of a hearing (听证): the right to one is told before a decision, and when and where it is held.

use super::{Case, Head, Paper, clause};
use crate::document::model::{Kind, day};
use crate::document::template::{Filling, Placeholder, words};

/// 听证权利告知书 (行政许可法 art. 47)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Right {
    pub case: Case,
    /// The decision that is considered, and why.
    pub reason: String,
    /// The last day to ask for a hearing, ISO.
    pub until: String,
    /// Working days to ask for it, and to hold it.
    pub days: u32,
    pub held_in: u32,
}

pub(super) const RIGHT: ([Placeholder; 6], &str) = (
    [words("事项"), words("受理编号"), words("理由"), words("申请日数"), words("申请期限"), words("组织日数")],
    "@ {申请单位}：
{称谓}的{事项}申请（受理单编号{受理编号}），本机关正在审查。拟作出的决定和理由：{理由}。
根据《中华人民共和国行政许可法》第四十七条第一款的规定，在作出行政许可决定前，{称谓}享有要求听证的权利。要求听证的，应当在被告知听证权利之日起{申请日数}个工作日内（至{申请期限}）提出听证申请，本机关在收到申请之日起{组织日数}个工作日内组织听证。
逾期没有提出的，视为放弃要求听证的权利，本机关依法作出决定。
{称谓}不承担组织听证的费用。",
);

impl Paper for Right {
    fn kind(&self) -> Kind {
        Kind::HearingRight
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        Filling::default()
            .words("事项", &self.case.matter)
            .words("受理编号", &self.case.acceptance)
            .words("理由", clause(&self.reason))
            .words("申请日数", self.days.to_string())
            .words("申请期限", day(&self.until))
            .words("组织日数", self.held_in.to_string())
    }
}

/// 听证通知书 (行政许可法 art. 48)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hearing {
    pub case: Case,
    /// ISO.
    pub on: String,
    pub place: String,
}

pub(super) const HEARING: ([Placeholder; 4], &str) = (
    [words("事项"), words("受理编号"), words("听证日期"), words("地点")],
    "@ {申请单位}：
关于{称谓}的{事项}申请（受理单编号{受理编号}），根据《中华人民共和国行政许可法》第四十八条的规定，决定于{听证日期}举行听证。
地点：{地点}。
{称谓}可以委托代理人参加，可以提出证据，并进行申辩和质证；认为听证主持人与本事项有直接利害关系的，有权申请回避。不承担组织听证的费用。
听证所需时间不计算在审查期限内。",
);

impl Paper for Hearing {
    fn kind(&self) -> Kind {
        Kind::Hearing
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        Filling::default().words("事项", &self.case.matter).words("受理编号", &self.case.acceptance).words("听证日期", day(&self.on)).words("地点", &self.place)
    }
}
