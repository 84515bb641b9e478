//! What an authority decides on an accepted case: extension, grant, denial, and ending or resting without a decision.

use super::{Case, Head, Items, Paper, REMEDIES, clause, facts, remedies};
use crate::document::model::{Block, Kind, day};
use crate::document::template::{Filling, Placeholder, parts, words};

/// 延长审查期限告知书 (行政许可法 art. 42)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extension {
    pub case: Case,
    /// Days the limit ends on, ISO.
    pub old_limit: String,
    pub new_limit: String,
    /// Working days.
    pub days: u32,
    pub reason: String,
}

pub(super) const EXTENSION: ([Placeholder; 6], &str) = (
    [words("事项"), words("受理编号"), words("原期限"), words("新期限"), words("延长日数"), words("理由")],
    "@ {申请单位}：
{称谓}的{事项}申请（受理单编号{受理编号}），审查期限至{原期限}届满。因{理由}，在该期限内不能作出决定。根据《中华人民共和国行政许可法》第四十二条第一款的规定，经本机关负责人批准，审查期限延长{延长日数}个工作日，至{新期限}届满。
依法进行听证、检验、检测、检疫、鉴定评审和专家评审所需时间不计算在内。",
);

impl Paper for Extension {
    fn kind(&self) -> Kind {
        Kind::Extension
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        Filling::default()
            .words("事项", &self.case.matter)
            .words("受理编号", &self.case.acceptance)
            .words("原期限", day(&self.old_limit))
            .words("新期限", day(&self.new_limit))
            .words("延长日数", self.days.to_string())
            .words("理由", clause(&self.reason))
    }
}

/// 准予行政许可决定书
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    pub case: Case,
    pub items: Items,
    /// How long the certificates will be valid, in words; their numbers are given when they are made (制证).
    pub validity: String,
}

pub(super) const GRANT: ([Placeholder; 6], &str) = (
    [words("事项"), words("受理编号"), parts("许可项目表"), parts("证书要素"), words("换证要求"), words("执业要求")],
    "@ {申请单位}：
{称谓}提出的{事项}申请（受理单编号{受理编号}），经审查，符合法定条件、标准。根据《中华人民共和国行政许可法》第三十八条第一款和《中华人民共和国特种设备安全法》的规定，决定准予行政许可。
# 许可内容
{许可项目表}
{证书要素}
自作出本决定之日起十个工作日内颁发、送达许可证件（《中华人民共和国行政许可法》第四十四条）。
{称谓}应当在许可的范围内从事活动，并持续保持许可条件。有效期届满需要继续从事许可活动的，{换证要求}。
{执业要求}",
);

impl Paper for Grant {
    fn kind(&self) -> Kind {
        Kind::Grant
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, head: &Head) -> Filling {
        let (renewal, practice) = if head.is_person {
            (
                "考试换证的，应当在届满前六至十二个月提出申请；审核换证的，应当在届满前三至六个月提出申请",
                "检验、检测人员只能在一个检验、检测机构中执业；变更执业机构的，应当依法办理变更手续（《中华人民共和国特种设备安全法》第五十一条）。",
            )
        } else {
            ("应当在届满六个月以前提出换证申请", "")
        };
        Filling::default()
            .words("事项", &self.case.matter)
            .words("受理编号", &self.case.acceptance)
            .words("换证要求", renewal)
            .words("执业要求", practice)
            .parts("许可项目表", [self.items.table()])
            .parts("证书要素", [facts([("证书编号", "颁发证书时编定，见所附证书"), ("有效期", &self.validity)])])
    }
}

/// 特种设备不予行政许可决定书
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Denial {
    pub case: Case,
    pub reasons: Vec<String>,
    /// The articles it rests on.
    pub basis: String,
}

pub(super) const DENIAL: ([Placeholder; 5], &str) = (
    [words("事项"), words("受理编号"), parts("理由"), words("依据"), REMEDIES],
    "@ {申请单位}：
{称谓}提出的{事项}申请（受理单编号{受理编号}），经审查，不符合法定条件、标准，理由如下：
{理由}
根据《中华人民共和国行政许可法》第三十八条第二款和{依据}的规定，决定不予行政许可。
{救济途径}",
);

impl Paper for Denial {
    fn kind(&self) -> Kind {
        Kind::Denial
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        Filling::default()
            .words("事项", &self.case.matter)
            .words("受理编号", &self.case.acceptance)
            .words("依据", &self.basis)
            .parts(REMEDIES.name, [remedies()])
            .parts("理由", [Block::List(self.reasons.clone())])
    }
}

/// How a case stops or goes on without a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// 终止: also after the applicant withdrew.
    #[default]
    Terminated,
    /// 中止
    Suspended,
    /// 恢复
    Resumed,
}

/// 终止、中止、恢复办理通知书
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stop {
    pub case: Case,
    pub turn: Turn,
    pub reason: String,
}

pub(super) const TERMINATION: ([Placeholder; 3], &str) = (
    [words("申请号"), words("事项"), words("理由")],
    "@ {申请单位}：
{称谓}的{事项}申请（申请号{申请号}），因{理由}，决定终止办理。已经提交的材料由本机关存档；需要取得许可的，可以重新提出申请。
如不服本决定，可以自收到本通知书之日起六十日内依法申请行政复议，或者自收到本通知书之日起六个月内依法向人民法院提起行政诉讼。",
);

pub(super) const SUSPENSION: ([Placeholder; 3], &str) = (
    [words("申请号"), words("事项"), words("理由")],
    "@ {申请单位}：
{称谓}的{事项}申请（申请号{申请号}），因{理由}，决定中止办理。中止期间不计入办理期限；中止的原因消除后恢复办理，并书面告知。",
);

pub(super) const RESUMPTION: ([Placeholder; 3], &str) = (
    [words("申请号"), words("事项"), words("理由")],
    "@ {申请单位}：
{称谓}的{事项}申请（申请号{申请号}）此前中止办理。因{理由}，自{日期}起恢复办理，办理期限自次日起继续计算。",
);

impl Paper for Stop {
    fn kind(&self) -> Kind {
        match self.turn {
            Turn::Terminated => Kind::Termination,
            Turn::Suspended => Kind::Suspension,
            Turn::Resumed => Kind::Resumption,
        }
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        Filling::default().words("申请号", &self.case.application).words("事项", &self.case.matter).words("理由", clause(&self.reason))
    }
}
