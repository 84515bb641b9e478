//! Receipt, correction notice, acceptance and non-acceptance (行政许可法 art. 32, TSG 07 3.3).

use super::{Case, Contact, Head, Items, Paper, REMEDIES, clause, facts, remedies};
use crate::document::model::{Block, Kind, Table, day};
use crate::document::template::{Filling, Placeholder, parts, words};

/// 申请材料接收凭证
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    pub case: Case,
    /// 申请项目, in one line.
    pub items: String,
    /// `2026-11-22 10:42:07`, legal time.
    pub received: String,
    /// The version's hash, so that anyone can tell later what was handed in.
    pub fingerprint: String,
    /// Names of what was handed in, with where it belongs.
    pub files: Vec<(String, String)>,
}

pub(super) const RECEIPT: ([Placeholder; 3], &str) = (
    [words("事项"), parts("要素"), parts("材料清单")],
    "@ {申请单位}：
{称谓}提交的{事项}申请材料已经收到，情况如下：
{要素}
# 收到的材料
{材料清单}
自收到申请材料之日的次日起五个工作日内，决定是否受理；材料不齐全或者不符合法定形式的，在此期限内一次告知需要补正的全部内容，逾期不告知的，自收到申请材料之日起即为受理（《中华人民共和国行政许可法》第三十二条）。
本凭证只证明收到申请材料，不表示已经受理或者准予许可。",
);

impl Paper for Receipt {
    fn kind(&self) -> Kind {
        Kind::Receipt
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        let files = self.files.iter().enumerate().map(|(at, (place, name))| [(at + 1).to_string(), place.clone(), name.clone()]);
        Filling::default()
            .words("事项", &self.case.matter)
            .parts(
                "要素",
                [facts([
                    ("申请号", &self.case.application),
                    ("申请事项", &self.case.matter),
                    ("申请项目", &self.items),
                    ("收到时间", &self.received),
                    ("内容校验码", &self.fingerprint),
                ])],
            )
            .parts("材料清单", [Block::Table(Table::new([("序号", 2), ("材料", 8), ("文件名称", 12)], files))])
    }
}

/// 特种设备行政许可申请资料补正告知书
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    pub case: Case,
    /// ISO.
    pub received: String,
    pub defects: Vec<Defect>,
    /// The day the unit is asked to hand in by, ISO; the law sets none.
    pub until: String,
    pub contact: Contact,
    /// Why it is told again (行政许可法 art. 32(4): once), in a second notice only.
    pub cause: String,
}

/// A thing to correct.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Defect {
    /// 所在页面
    pub page: String,
    /// 栏目或材料
    pub field: String,
    /// What is wrong and what is required.
    pub requirement: String,
}

pub(super) const CORRECTION: ([Placeholder; 9], &str) = (
    [words("申请号"), words("事项"), words("收到日期"), words("情形"), words("告知"), words("项数"), parts("补正内容"), words("补正期限"), words("联系人")],
    "@ {申请单位}：
{称谓}于{收到日期}提交的{事项}申请（申请号{申请号}），{情形}。根据《中华人民共和国行政许可法》第三十二条第一款第四项的规定，现{告知}，共{项数}项：
{补正内容}
请登录本系统，打开该申请，按上列内容逐项修改，并重新提交。
请于{补正期限}前提交。
自收到补正材料之日的次日起五个工作日内，决定是否受理。
联系人：{联系人}。",
);

impl Paper for Correction {
    fn kind(&self) -> Kind {
        Kind::Correction
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        let rows = self.defects.iter().enumerate().map(|(at, d)| [(at + 1).to_string(), d.page.clone(), d.field.clone(), d.requirement.clone()]);
        let (what, told) = match clause(&self.cause) {
            "" => ("申请材料不齐全或者不符合法定形式".to_owned(), "一次告知需要补正的全部内容"),
            cause => (format!("新提交的材料不齐全或者不符合法定形式（{cause}）"), "就新提交的材料再次告知需要补正的内容"),
        };
        Filling::default()
            .words("申请号", &self.case.application)
            .words("事项", &self.case.matter)
            .words("收到日期", day(&self.received))
            .words("情形", what)
            .words("告知", told)
            .words("项数", self.defects.len().to_string())
            .words("补正期限", day(&self.until))
            .words("联系人", self.contact.line())
            .parts("补正内容", [Block::Table(Table::new([("序号", 2), ("所在页面", 5), ("栏目或材料", 6), ("需要补正的内容和要求", 13)], rows))])
    }
}

/// 特种设备行政许可受理决定书 (spec 2.18)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acceptance {
    pub case: Case,
    pub legal_representative: String,
    /// 住所/营业登记地址
    pub address: String,
    /// 证件号码 of a person, masked.
    pub identity: String,
    /// 执业单位 of a person.
    pub practice: String,
    pub items: Items,
    /// 经办人（联系人）
    pub handler: Contact,
    /// `2026-11-22 10:42:07`
    pub received: String,
    /// 法定办结时限, working days.
    pub limit_days: u32,
    /// It counts from the receipt of the application: a change of names, 补证 (spec 5.3, C7, C8).
    pub from_receipt: bool,
    /// The agency entrusted with the review; empty where none is needed.
    pub agency: String,
    pub agency_contact: Contact,
    /// The day review and rectification must be done by (C4), ISO.
    pub review_until: String,
    /// The day by which a person has to pass all subjects, ISO; empty without an examination. The decision's limit then counts
    /// from the marks (TSG Z8001-2019 art. 14, 16).
    pub exam_until: String,
    /// The rule a person's examination follows.
    pub exam_rule: String,
    /// Silence for five working days: accepted from the receipt day by law (ruling 15).
    pub deemed: bool,
    /// What is amended (TSG 07-2019 3.3.4); empty in the first one.
    pub changes: String,
}

pub(super) const ACCEPTANCE: ([Placeholder; 12], &str) = (
    [
        words("事项"),
        words("视为受理"),
        words("变更内容"),
        parts("申请人信息"),
        parts("许可项目表"),
        parts("办理信息"),
        words("起算"),
        words("时限"),
        words("考试期限"),
        words("考核规则"),
        words("评审机构"),
        words("评审期限"),
    ],
    "@ {申请单位}：
{称谓}提出的{事项}申请，材料齐全、符合法定形式，属于本机关职权范围。根据《中华人民共和国行政许可法》第三十二条第一款第五项的规定，决定予以受理。
{视为受理}
本决定书变更此前同一编号的受理决定书，以本决定书为准。变更内容：{变更内容}。
# 申请人信息
{申请人信息}
# 申请许可项目
{许可项目表}
# 办理信息
{办理信息}
自{起算}的次日起{时限}个工作日内作出决定。依法进行听证、检验、检测、检疫、鉴定评审和专家评审所需时间不计算在内（《中华人民共和国行政许可法》第四十二条、第四十五条）。
请在{考试期限}以前向考试机构报名并通过全部考试科目；不合格的，可以在原考试机构补考一次；逾期没有全部合格的，申请失效（{考核规则}）。
请与鉴定评审机构{评审机构}商定评审日期；评审及整改应当在{评审期限}前完成。",
);

impl Paper for Acceptance {
    fn kind(&self) -> Kind {
        Kind::Acceptance
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        let is_examined = !self.exam_until.is_empty();
        let limit = format!("{}{} 个工作日", if is_examined { "收到考试成绩后 " } else { "" }, self.limit_days);
        let deemed = "自收到申请材料之日起五个工作日内未告知需要补正的内容，依据该条第一款第四项，自收到申请材料之日起即为受理；本决定书系补发。";
        Filling::default()
            .words("事项", &self.case.matter)
            .words("视为受理", if self.deemed { deemed } else { "" })
            .words("变更内容", clause(&self.changes))
            .words(
                "起算",
                match (is_examined, self.from_receipt) {
                    (true, _) => "收到考试成绩之日",
                    (false, true) => "收到申请之日",
                    (false, false) => "受理之日",
                },
            )
            .words("时限", self.limit_days.to_string())
            .words("考试期限", day(&self.exam_until))
            .words("考核规则", &self.exam_rule)
            .words("评审机构", &self.agency)
            .words("评审期限", day(&self.review_until))
            .parts(
                "申请人信息",
                [facts([
                    ("法定代表人", self.legal_representative.as_str()),
                    ("住所", &self.address),
                    ("证件号码", &self.identity),
                    ("执业单位", &self.practice),
                    ("经办人", &self.handler.line()),
                ])],
            )
            .parts("许可项目表", [self.items.table()])
            .parts(
                "办理信息",
                [facts([
                    ("项目名称", &self.case.matter),
                    ("申请号", &self.case.application),
                    ("收材料时间", &self.received),
                    ("法定办结时限", &limit),
                    ("是否收费", "否（《中华人民共和国行政许可法》第五十八条）"),
                    ("鉴定评审机构", &self.agency),
                    ("评审机构联系方式", &self.agency_contact.line()),
                ])],
            )
    }
}

/// 特种设备行政许可不予受理决定书
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NonAcceptance {
    pub case: Case,
    /// ISO.
    pub received: String,
    pub reason: String,
    /// The article it rests on.
    pub basis: String,
    /// The authority whose matter it is, if another's.
    pub competent: String,
}

pub(super) const NON_ACCEPTANCE: ([Placeholder; 7], &str) = (
    [words("申请号"), words("事项"), words("收到日期"), words("理由"), words("依据"), words("有权机关"), REMEDIES],
    "@ {申请单位}：
{称谓}于{收到日期}提交的{事项}申请（申请号{申请号}），经审查，{理由}。
根据{依据}的规定，决定不予受理。
{称谓}可以向{有权机关}提出申请。
{救济途径}",
);

impl Paper for NonAcceptance {
    fn kind(&self) -> Kind {
        Kind::NonAcceptance
    }

    fn subject(&self) -> String {
        self.case.matter.clone()
    }

    fn filling(&self, _: &Head) -> Filling {
        Filling::default()
            .words("申请号", &self.case.application)
            .words("事项", &self.case.matter)
            .words("收到日期", day(&self.received))
            .words("理由", clause(&self.reason))
            .words("依据", &self.basis)
            .words("有权机关", &self.competent)
            .parts(REMEDIES.name, [remedies()])
    }
}
