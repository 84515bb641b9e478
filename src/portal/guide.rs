//! The facts of 特种设备生产单位许可 that the law wants published (行政许可法 art. 30): basis, conditions, who decides, steps,
//! limits, fees, remedies. Limits and materials are computed from the catalogue, so that they cannot differ from what the
//! system does.

use crate::base::{Say, Text, say, t};
use crate::catalogue::{Kind, LegalLimits};
use crate::workflow::Start;

/// A law or rule: its name, and what it settles here.
pub struct Law {
    pub name: &'static str,
    pub about: Text,
}

pub(super) const fn law(name: &'static str, zh: &'static str, en: &'static str) -> Law {
    Law { name, about: t(zh, en) }
}

/// What is published about a service (办理指南); materials and limits are computed from the catalogue beside it.
pub struct Guide {
    /// Where it stands; its 样表 stands below.
    pub address: &'static str,
    pub name: Text,
    pub lead: Text,
    /// Where what can be done is done, the first thing first.
    pub matters: &'static [(&'static str, Text)],
    /// 办理依据
    pub laws: &'static [Law],
    /// 申请条件
    pub conditions: &'static [Fact],
    /// 由谁审批
    pub deciders: &'static [Fact],
    /// 办理流程
    pub steps: &'static [(Text, Text)],
}

/// 特种设备生产单位许可, its two matters in the manual's words.
pub static UNIT_LICENCE: Guide = Guide {
    address: "/services/unit-licence",
    name: t("特种设备生产单位许可", "Unit licences for special equipment"),
    lead: t(
        "设计、制造、安装、充装单位的许可，检验检测机构和安全阀校验机构的核准。",
        "Licences for design, manufacture, installation and filling; approval of inspection, testing and calibration institutions.",
    ),
    matters: &[("/apply", t("生产企业许可申请填报", "Fill in an application")), ("/applications", t("生产企业许可申请管理", "Manage applications"))],
    laws: &LAWS,
    conditions: &CONDITIONS,
    deciders: &DECIDERS,
    steps: &STEPS,
};

/// 样表: what the book of an application looks like when it is filled in.
pub const SAMPLE: Text = t("申请书样表", "Sample application");

/// 有效期
pub static VALIDITY: Fact = fact("4 年；届满前 6 个月至 12 个月提出换证。", "Four years; apply for renewal 12 to 6 months before expiry.", "TSG 07-2019 3.6.3");

static LAWS: [Law; 6] = [
    law("《中华人民共和国特种设备安全法》", "谁需要取得许可、应当具备什么条件", "Who needs a licence, and on which conditions"),
    law("《中华人民共和国行政许可法》", "申请、受理、审查、决定的程序和期限，申请人的权利", "Procedure and time limits; the rights of applicants"),
    law(
        "《市场监管总局关于特种设备行政许可有关事项的公告》（2021年第41号）",
        "许可目录：项目、级别、参数和审批机关",
        "The catalogue: items, levels, parameters and authorities",
    ),
    law(
        "TSG 07-2019《特种设备生产和充装单位许可规则》",
        "设计、制造、安装、充装单位的条件、材料和鉴定评审",
        "Design, manufacture, installation and filling: conditions, materials, review",
    ),
    law("TSG 07-2019《特种设备生产和充装单位许可规则》第1号修改单", "自2022年6月1日起的修改", "Amendments in force since 1 June 2022"),
    law("TSG Z7002-2022《特种设备检测机构核准规则》", "检测机构的条件、材料和鉴定评审", "Testing institutions: conditions, materials, review"),
];

/// Something the law says, and where.
pub struct Fact {
    pub text: Text,
    pub basis: &'static str,
}

pub(super) const fn fact(zh: &'static str, en: &'static str, basis: &'static str) -> Fact {
    Fact { text: t(zh, en), basis }
}

static CONDITIONS: [Fact; 4] = [
    fact(
        "生产单位（设计、制造、安装、改造、修理）：有与生产相适应的专业技术人员，有与生产相适应的设备、设施和工作场所，有健全的质量保证、安全管理和岗位责任等制度。",
        "Production (design, manufacture, installation, alteration, repair): qualified technical staff, equipment and premises fit for the work, and sound systems of quality assurance, safety management and duties.",
        "特种设备安全法 第十八条",
    ),
    fact(
        "充装单位：有与充装和管理相适应的管理人员和技术人员，有与充装和管理相适应的充装设备、检测手段、场地厂房、器具、安全设施，有健全的充装管理制度、责任制度、处理措施。",
        "Filling: managers and technicians, filling equipment, means of testing, premises, tools and safety installations fit for the work, and sound rules for filling, duties and incidents.",
        "特种设备安全法 第四十九条",
    ),
    fact(
        "检验、检测机构：有与检验、检测工作相适应的人员，有与检验、检测工作相适应的仪器和设备，有健全的管理制度和责任制度。",
        "Inspection and testing institutions: staff, instruments and equipment fit for the work, and sound rules for management and duties.",
        "特种设备安全法 第五十条",
    ),
    fact(
        "许可证被撤销、吊销的单位，三年内不得再次申请。",
        "A unit whose licence was annulled or revoked may not apply again for three years.",
        "TSG 07-2019 3.3.3；特种设备安全法 第九十六条",
    ),
];

/// The rule of routing in words.
static DECIDERS: [Fact; 5] = [
    fact(
        "许可目录规定由国家市场监督管理总局实施的项目，以及境外制造单位的申请，由总局审批。",
        "Items that the catalogue leaves to the State Administration for Market Regulation, and makers abroad: the State Administration.",
        "市场监管总局公告 2021年第41号",
    ),
    fact(
        "其余项目由省级市场监督管理部门审批：制造、充装看制造地址、充装地址所在的省，其他看住所所在的省。",
        "All other items: the province’s authority. For manufacture and filling, that of the manufacturing or filling address; otherwise, that of the registered address.",
        "TSG 07-2019 3.2.2",
    ),
    fact(
        "制造、充装地址在几个省的，每个省提出一份申请。",
        "With manufacturing or filling addresses in several provinces, one application for each.",
        "TSG 07-2019 3.2.2",
    ),
    fact(
        "省级部门已委托市级部门实施的项目，由受委托的部门办理。",
        "Where a province has delegated items to a city, the city’s authority handles them.",
        "行政许可法 第二十四条",
    ),
    fact(
        "同时选了总局和省级的项目，系统会请您分成两份申请；选择项目时会写明审批机关和理由。",
        "If you choose items of both levels, the system offers two applications. The picker names the authority and says why.",
        "",
    ),
];

static STEPS: [(Text, Text); 6] = [
    (
        t("申请", "Apply"),
        t("在线选择许可项目，填写申请书，上传材料并提交。", "Choose the items online, fill in the application book, upload the materials and submit."),
    ),
    (
        t("受理", "Acceptance"),
        t(
            "审批机关检查材料是否齐全，决定受理、一次告知补正或者不予受理。",
            "The authority checks whether everything is there: it accepts, asks once for all that is missing, or refuses.",
        ),
    ),
    (
        t("鉴定评审", "Review"),
        t(
            "评审机构与您约定时间，到现场评审；需要整改的，整改后确认。",
            "The review agency agrees a date with you and reviews on site; what has to be put right is checked afterwards.",
        ),
    ),
    (t("审查", "Examination"), t("审批机关审查申请材料和鉴定评审报告。", "The authority examines the application and the review’s report.")),
    (t("决定", "Decision"), t("准予许可，或者不予许可并说明理由和救济途径。", "Granted, or denied with the reasons and the ways to challenge it.")),
    (t("发证", "Certificate"), t("颁发许可证，并向社会公开。", "The certificate is handed over and the decision published.")),
];

/// A time limit in words.
pub struct Limit {
    pub step: Text,
    pub length: Say,
    pub basis: &'static str,
}

/// 办理期限
pub fn limit_lines(legal: &LegalLimits, kind: Kind) -> Vec<Limit> {
    let (limits, boiler) = (legal.of(kind), legal.boiler_review_months);
    let days = |n: u32| say(format!("{n} 个工作日"), format!("{n} working days"));
    let from = match limits.decide_from {
        Start::Acceptance => t("，自受理起", " from acceptance"),
        Start::Receipt => t("，自收到申请起", " from receipt"),
    };
    let longer = if limits.extend > 0 {
        say(
            format!("；经机关负责人批准可以延长 {} 个工作日，并告知理由", limits.extend),
            format!("; the head of the authority may add {} once, with reasons told", limits.extend),
        )
    } else {
        Say::default()
    };
    let decide = days(limits.decide);
    let line = |step, length, basis| Limit { step, length, basis };
    vec![
        line(t("受理或者一次告知补正", "Accept, or ask for what is missing"), days(limits.accept), "行政许可法 第三十二条；TSG 07-2019 3.3"),
        line(t("约定鉴定评审时间", "Agree on the date of the review"), days(limits.schedule), "TSG 07-2019 3.4"),
        line(
            t("鉴定评审，含整改", "Review, with putting right"),
            say(
                format!("自受理决定起 {} 个月；A级锅炉安装 {boiler} 个月", limits.review_months),
                format!("{} months from acceptance; {boiler} months for the installation of class A boilers", limits.review_months),
            ),
            "TSG 07-2019 3.4；第1号修改单",
        ),
        line(
            t("整改", "Putting right"),
            say(format!("{} 个月以内", limits.rectify_months), format!("at most {} months", limits.rectify_months)),
            "TSG 07-2019 3.4",
        ),
        line(
            t("审查和决定", "Examine and decide"),
            say(format!("{}{}{}", decide.zh, from.zh, longer.zh), format!("{}{}{}", decide.en, from.en, longer.en)),
            "行政许可法 第四十二条；TSG 07-2019 3.5",
        ),
        hearing_line(limits.hearing_request),
        line(t("送达许可证", "Hand over the certificate"), days(limits.deliver), "行政许可法 第四十四条"),
        line(t("公示决定", "Publish the decision"), days(limits.publish), "行政许可法 第四十条"),
    ]
}

/// 不计入期限
pub static NOT_COUNTED: Fact = fact(
    "申请当天不计，从下一个工作日算起；法定节假日不计，调休的工作日计入。鉴定评审、听证的时间不计入审查期限，审批机关要书面告知所需时间。",
    "The day of the application is not counted, nor are public holidays; make-up workdays are. The time of the review and of a hearing is not counted in the limit for the decision; the authority tells you in writing how long they take.",
    "行政许可法 第四十五条、第八十二条",
);

/// 收费
pub static FEES: Fact = fact("不收费。", "None.", "行政许可法 第五十八条");

/// 咨询和投诉
pub const HOTLINE: &str = "12315";

/// How long a hearing can be asked for.
pub fn hearing_line(days: u32) -> Limit {
    let length = say(format!("{days} 个工作日，自被告知听证权利起"), format!("{days} working days from being told of the right"));
    Limit { step: t("要求听证", "Ask for a hearing"), length, basis: "行政许可法 第四十七条" }
}

/// 救济途径
pub static REMEDIES: [Fact; 3] = [
    fact(
        "办理过程中，您有权陈述、申辩；涉及您重大利益的，可以要求听证：审批机关在决定前告知这项权利的，应当在告知书写明的期限内提出，不收费。",
        "While it is pending you may state your case, and ask for a hearing where much is at stake for you. Once the authority has told you of that right its letter says until when to ask; it costs nothing.",
        "行政许可法 第七条、第四十七条",
    ),
    fact(
        "对决定不服的，可以自知道之日起 60 日内申请行政复议。",
        "You may ask for administrative reconsideration within 60 days of learning of the decision.",
        "行政复议法 第二十条",
    ),
    fact("也可以自知道之日起 6 个月内向人民法院提起行政诉讼。", "Or sue in the people’s court within six months of learning of it.", "行政诉讼法 第四十六条"),
];
