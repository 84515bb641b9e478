//! The papers of a review (鉴定评审): entrustment, appointment, memo, report, feedback. All but the first are signed by
//! their parties.

use super::{Case, Contact, Head, LicenceItem, Paper, facts, item_table};
use crate::document::model::{Block, Kind, Signature, Table, day};
use crate::document::template::{Filling, Placeholder, parts, words};

/// 鉴定评审委托书
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entrustment {
    pub case: Case,
    pub agency: String,
    pub items: Vec<LicenceItem>,
    /// The applicant's contact.
    pub applicant: Contact,
    /// The day a date must be agreed by (C3), ISO.
    pub agree_by: String,
    /// The day the report must be handed in by (C4), ISO.
    pub report_by: String,
}

pub(super) const ENTRUSTMENT: ([Placeholder; 7], &str) = (
    [words("评审机构"), words("事项"), words("受理编号"), parts("许可项目表"), words("申请单位联系人"), words("约定期限"), words("报告期限")],
    "@ {评审机构}：
现委托你机构对{申请单位}（统一社会信用代码{统一社会信用代码}）的{事项}申请（受理单编号{受理编号}）进行鉴定评审，范围如下：
{许可项目表}
请于{约定期限}前与申请单位商定评审日期，并将评审日期、程序和要求书面告知申请单位；不能按期进行的，及时报告本机关。
评审及整改应当在{报告期限}前完成，并提交鉴定评审报告。
申请单位联系人：{申请单位联系人}。",
);

impl Paper for Entrustment {
    fn kind(&self) -> Kind {
        Kind::Entrustment
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        Filling::default()
            .words("评审机构", &self.agency)
            .words("事项", &self.case.matter)
            .words("受理编号", &self.case.acceptance)
            .words("申请单位联系人", self.applicant.line())
            .words("约定期限", day(&self.agree_by))
            .words("报告期限", day(&self.report_by))
            .parts("许可项目表", [item_table(&self.items)])
    }
}

/// 鉴定评审约请函 (spec 2.19): part A is the applicant's, part B the agency's, empty until it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appointment {
    pub case: Case,
    pub agency: String,
    /// `2026-12-08 至 2026-12-09`, as proposed.
    pub proposed: Vec<(String, String)>,
    pub address: String,
    pub postcode: String,
    pub contact: Contact,
    /// 手机
    pub mobile: String,
    /// 传真
    pub fax: String,
    pub email: String,
    pub applicant_signature: Signature,
    /// 同意, 退回 with the reason, or the days offered instead; empty before the answer.
    pub opinion: String,
    /// 最终确定的鉴定评审日期
    pub agreed: Option<(String, String)>,
    pub agency_signature: Signature,
}

pub(super) const APPOINTMENT: ([Placeholder; 5], &str) = (
    [words("评审机构"), words("事项"), words("受理编号"), parts("申请单位填写"), parts("评审机构填写")],
    "@ {评审机构}：
本单位的{事项}申请已经受理，受理单编号{受理编号}，现约请你机构进行鉴定评审。
# 一、申请单位填写
{申请单位填写}
# 二、鉴定评审机构填写
{评审机构填写}
注：本函一式三份，鉴定评审机构签署意见后，一份返回申请单位，一份送受理机关，一份由鉴定评审机构存档。",
);

fn span((from, to): &(String, String)) -> String {
    if from == to { day(from) } else { format!("{}至{}", day(from), day(to)) }
}

/// Periods offered, beside each other.
pub fn periods(offered: &[(String, String)]) -> String {
    offered.iter().map(span).collect::<Vec<_>>().join("；")
}

impl Paper for Appointment {
    fn kind(&self) -> Kind {
        Kind::Appointment
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        let proposed = periods(&self.proposed);
        let ours = [
            ("拟约请鉴定评审日期", proposed.as_str()),
            ("通讯地址", &self.address),
            ("邮政编码", &self.postcode),
            ("联系人", &self.contact.name),
            ("电话", &self.contact.telephone),
            ("手机", &self.mobile),
            ("传真", &self.fax),
            ("电子信箱", &self.email),
        ];
        let agreed = self.agreed.as_ref().map(span).unwrap_or_default();
        Filling::default()
            .words("评审机构", &self.agency)
            .words("事项", &self.case.matter)
            .words("受理编号", &self.case.acceptance)
            .parts("申请单位填写", [facts(ours), Block::Signatures(vec![self.applicant_signature.clone()])])
            .parts(
                "评审机构填写",
                [facts([("鉴定评审机构意见", &self.opinion), ("最终确定的鉴定评审日期", &agreed)]), Block::Signatures(vec![self.agency_signature.clone()])],
            )
    }
}

/// 特种设备鉴定评审工作备忘录 (TSG 07 3.4.2)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memo {
    pub case: Case,
    pub agency: String,
    /// 评审日期
    pub dates: (String, String),
    /// Problem and what is required.
    pub problems: Vec<(String, String)>,
    /// ≤ 6 months, ISO.
    pub until: String,
    pub signatures: Vec<Signature>,
}

pub(super) const MEMO: ([Placeholder; 7], &str) = (
    [words("评审机构"), words("事项"), words("受理编号"), words("评审日期"), parts("问题"), words("整改期限"), parts("签字")],
    "{评审机构}于{评审日期}对{申请单位}的{事项}申请（受理单编号{受理编号}）进行了鉴定评审，发现下列问题，需要整改：
{问题}
请于{整改期限}前完成整改，并将整改报告和见证材料提交鉴定评审机构确认。
{签字}",
);

impl Paper for Memo {
    fn kind(&self) -> Kind {
        Kind::Memo
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        let rows = self.problems.iter().enumerate().map(|(at, (problem, required))| [(at + 1).to_string(), problem.clone(), required.clone()]);
        Filling::default()
            .words("评审机构", &self.agency)
            .words("事项", &self.case.matter)
            .words("受理编号", &self.case.acceptance)
            .words("评审日期", span(&self.dates))
            .words("整改期限", day(&self.until))
            .parts("问题", [Block::Table(Table::new([("序号", 2), ("存在的问题", 11), ("整改要求", 11)], rows))])
            .parts("签字", [Block::Signatures(self.signatures.clone())])
    }
}

/// The agency's conclusion (TSG 07 3.4.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conclusion {
    #[default]
    Fit,
    FitAfterRectification,
    Unfit,
}

impl Conclusion {
    /// In the rule's words.
    pub fn name(self) -> &'static str {
        match self {
            Conclusion::Fit => "符合条件",
            Conclusion::FitAfterRectification => "整改后符合条件",
            Conclusion::Unfit => "不符合条件",
        }
    }
}

/// 鉴定评审报告 (TSG 07 3.4.3)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub case: Case,
    pub agency: String,
    pub dates: (String, String),
    /// Name and part in the team (组长、组员).
    pub team: Vec<(String, String)>,
    /// The scope reviewed, narrowed if the unit asked for it.
    pub items: Vec<LicenceItem>,
    /// What was given up by that; empty if nothing was.
    pub narrowed: String,
    /// Condition and finding.
    pub findings: Vec<(String, String)>,
    /// How the problems were put right.
    pub rectification: String,
    pub conclusion: Conclusion,
    pub annexes: Vec<String>,
    pub signatures: Vec<Signature>,
}

pub(super) const REPORT: ([Placeholder; 12], &str) = (
    [
        words("评审机构"),
        words("事项"),
        words("受理编号"),
        words("评审日期"),
        words("结论"),
        words("缩小范围"),
        words("整改情况"),
        parts("评审组"),
        parts("许可项目表"),
        parts("评审情况"),
        parts("附件"),
        parts("签字"),
    ],
    "受委托，{评审机构}于{评审日期}对{申请单位}的{事项}申请（受理单编号{受理编号}）进行了鉴定评审。
# 一、评审组
{评审组}
# 二、评审范围
{许可项目表}
申请单位书面要求缩小申请范围，不再评审：{缩小范围}。
# 三、评审情况
{评审情况}
# 四、整改情况
{整改情况}
# 五、评审结论
{结论}
# 附件
{附件}
{签字}",
);

impl Paper for Report {
    fn kind(&self) -> Kind {
        Kind::Report
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        let team = self.team.iter().map(|(name, part)| [name.clone(), part.clone()]);
        let findings = self.findings.iter().map(|(condition, finding)| [condition.clone(), finding.clone()]);
        Filling::default()
            .words("评审机构", &self.agency)
            .words("事项", &self.case.matter)
            .words("受理编号", &self.case.acceptance)
            .words("评审日期", span(&self.dates))
            .words("结论", self.conclusion.name())
            .words("缩小范围", &self.narrowed)
            .words("整改情况", if self.rectification.is_empty() { "未发现需要整改的问题。" } else { &self.rectification })
            .parts("评审组", [Block::Table(Table::new([("姓名", 8), ("职责", 16)], team))])
            .parts("许可项目表", [item_table(&self.items)])
            .parts("评审情况", [Block::Table(Table::new([("许可条件", 8), ("评审情况", 16)], findings))])
            .parts("附件", [Block::List(if self.annexes.is_empty() { vec!["无".into()] } else { self.annexes.clone() })])
            .parts("签字", [Block::Signatures(self.signatures.clone())])
    }
}

/// 特种设备鉴定评审工作反馈表 (spec 2.20); read by the unit that wrote it and the authority, never by the agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feedback {
    pub case: Case,
    pub agency: String,
    pub dates: (String, String),
    /// 评审类别
    pub category: String,
    /// 评审人员
    pub reviewers: String,
    /// The answers to [`QUESTIONS`] with what was said to them.
    pub answers: [(String, String); 4],
    pub signature: Signature,
}

/// What the form asks.
pub const QUESTIONS: [&str; 4] = [
    "评审人员有无下列情况：收取申请单位的津贴、劳务费、有价证券或者提出此类要求；报销应由个人支付的费用；参加申请单位付费的宴请、娱乐；以个人名义有偿咨询；泄露申请单位的商业秘密；参与申请单位的生产经营活动；借评审推销产品；借评审旅游",
    "评审人员有无不按照许可规则评审、态度生硬、故意刁难的情况",
    "有无其他影响评审公正的情况",
    "对评审组的工作是否满意；不满意的，请说明原因",
];

pub(super) const FEEDBACK: ([Placeholder; 3], &str) = (
    [parts("评审信息"), parts("问答"), parts("签字")],
    "本表在鉴定评审工作完成后填写。填写单位对内容的真实性负责；本表仅由负责许可审批的人员阅看。
{评审信息}
{问答}
{签字}",
);

impl Paper for Feedback {
    fn kind(&self) -> Kind {
        Kind::Feedback
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, head: &Head) -> Filling {
        let rows = QUESTIONS.iter().zip(&self.answers).enumerate();
        let rows = rows.map(|(at, (question, (answer, detail)))| [(at + 1).to_string(), (*question).to_owned(), answer.clone(), detail.clone()]);
        Filling::default()
            .parts(
                "评审信息",
                [facts([
                    ("单位名称", head.holder.as_str()),
                    ("受理单编号", &self.case.acceptance),
                    ("评审起止日期", &span(&self.dates)),
                    ("评审类别", &self.category),
                    ("评审机构", &self.agency),
                    ("评审人员", &self.reviewers),
                ])],
            )
            .parts("问答", [Block::Table(Table::new([("序号", 2), ("问题", 12), ("回答", 4), ("具体说明", 6)], rows))])
            .parts("签字", [Block::Signatures(vec![self.signature.clone()])])
    }
}
