//! The facts of 特种设备检验、检测人员资格认定 that the law wants published (行政许可法 art. 30). Limits come from the catalogue, so that they
//! cannot differ from what the system does.

use super::guide::{Fact, Guide, Law, Limit, fact, hearing_line, law};
use crate::base::{Say, Text, say, t};
use crate::catalogue::personnel::Group;
use crate::catalogue::{Validity, months};
use crate::workflow::Limits;

/// 检验、检测人员资格认定, its matters in the manual's words, and the examinations.
pub static PERSONNEL: Guide = Guide {
    address: "/services/personnel",
    name: t("特种设备检验、检测人员资格认定", "Qualification of inspection and testing personnel"),
    lead: t(
        "检验人员、无损检测人员的取证、换证和变更。个人账号办理。",
        "First qualification, renewal and change for inspectors and non-destructive testers, by the person’s own account.",
    ),
    matters: &[
        ("/apply/person", t("检验、检测人员资格认定申请填报", "Fill in an application")),
        ("/applications", t("检验、检测人员资格认定申请管理", "Manage applications")),
        ("/exams", t("资格考试的年度计划和报名", "Examinations: plans of the year and signing up")),
    ],
    laws: &LAWS,
    conditions: &CONDITIONS,
    deciders: &DECIDERS,
    steps: &STEPS,
};

/// 有效期, as the administrator has set it.
pub fn validity(set: &Validity) -> Say {
    let [inspection, ndt] = [Group::Inspection, Group::Ndt].map(|group| set.years(group));
    if inspection == ndt {
        return say(format!("{ndt} 年。"), format!("{ndt} years."));
    }
    say(
        format!("检验人员 {inspection} 年，无损检测人员 {ndt} 年。"),
        format!("{inspection} years for inspection personnel, {ndt} years for testing personnel."),
    )
}

/// Where it stands.
pub const VALIDITY_BASIS: &str = "TSG Z8001-2019；TSG Z8002-2022";

static LAWS: [Law; 5] = [
    law(
        "《中华人民共和国特种设备安全法》",
        "检验、检测人员应当经考核取得资格，只能在一个机构执业",
        "Inspectors and testers are qualified by examination and practise in one institution",
    ),
    law("《中华人民共和国行政许可法》", "申请、受理、审查、决定的程序和期限，申请人的权利", "Procedure and time limits; the rights of applicants"),
    law(
        "《市场监管总局关于特种设备行政许可有关事项的公告》（2021年第41号）",
        "附件2、附件3：资格项目和审批机关",
        "Annexes 2 and 3: the qualifications and who decides",
    ),
    law(
        "TSG Z8001-2019《特种设备无损检测人员考核规则》及第1号修改单",
        "无损检测人员的条件、考试和换证",
        "Non-destructive testing: conditions, examinations, renewal",
    ),
    law("TSG Z8002-2022《特种设备检验人员考核规则》及第2号修改单", "检验人员的条件、考试和换证", "Inspection: conditions, examinations, renewal"),
];

static CONDITIONS: [Fact; 7] = [
    fact(
        "取证：年满 18 周岁、不满 63 周岁。",
        "First qualification: at least 18 and below 63 years of age.",
        "TSG Z8001-2019 第1号修改单；TSG Z8002-2022 第2号修改单",
    ),
    fact(
        "换证：无损检测人员不满 65 周岁，检验人员不满 63 周岁。",
        "Renewal: testing personnel below 65, inspection personnel below 63.",
        "TSG Z8001-2019 第1号修改单；TSG Z8002-2022 第2号修改单",
    ),
    fact(
        "无损检测人员的学历和先持证年限按项目和级别规定，选项目时会逐条告诉您。",
        "Testing personnel: schooling and what has to be held before depend on method and level; you are told when you choose.",
        "TSG Z8001-2019 表2",
    ),
    fact(
        "无损检测人员的视力：射线、磁粉、渗透、漏磁检测不低于 5.0，超声、声发射、涡流检测不低于 4.8；磁粉、渗透检测人员不能有色盲。",
        "Eyesight of testing personnel: 5.0 for radiographic, magnetic, penetrant and flux leakage testing, 4.8 for ultrasonic, acoustic and eddy current testing; no colour blindness for magnetic and penetrant testing.",
        "TSG Z8001-2019 第十一条",
    ),
    fact(
        "考试换证在证书到期前 6 至 12 个月申请，审核换证在到期前 3 至 6 个月申请。",
        "Renewal by examination 6 to 12 months before expiry, by file review 3 to 6 months.",
        "TSG Z8001-2019",
    ),
    fact(
        "一个人只能在一个检验、检测机构执业；换单位要办理变更。",
        "A person practises in one institution only; whoever moves applies for a change.",
        "特种设备安全法 第五十一条",
    ),
    fact(
        "以欺骗、贿赂手段取得的资格被撤销的，三年内不得再次申请。",
        "After annulment for fraud or bribery there is no application for three years.",
        "行政许可法 第七十九条",
    ),
];

/// 申请材料
pub static MATERIALS: [Fact; 6] = [
    fact(
        "近期一寸免冠正面彩色照片，白底；JPG 或 PNG，295×413 像素，200 KB 以内。",
        "A recent photograph of one inch, bare-headed, on white; JPG or PNG, 295×413 pixels, at most 200 KB.",
        "TSG Z8001-2019 附件A",
    ),
    fact("签名的资格申请表扫描件。", "The signed application form, scanned.", "TSG Z8001-2019 附件A；TSG Z8002-2022"),
    fact("无损检测人员取证、换证：视力证明。", "Testing personnel, first qualification and renewal: proof of eyesight.", "TSG Z8001-2019 第十一条"),
    fact("取证：学历证明（没有提交过的）。", "First qualification: proof of education, if not handed in before.", "TSG Z8001-2019 第十一条"),
    fact(
        "执业单位没有在本系统注册的：单位盖章、签字的聘用合同或者执业证明；换执业单位、原单位没有注册的：离职证明。",
        "If the practising unit is not registered here: the contract or a statement of the practice, signed and sealed by it; if the one you leave is not: its proof that you left.",
        "特种设备安全法 第五十一条",
    ),
    fact(
        "持有纸质证书而登记簿里没有的：先登记证书，上传扫描件。",
        "A certificate on paper that the register does not have: register it first, with a scan.",
        "行政许可法 第五十条",
    ),
];

/// Spec 4.2.
static DECIDERS: [Fact; 3] = [
    fact(
        "总局：高级检验师、检验师；锅炉能效测试、锅炉水（介）质、大型游乐设施、客运索道检验员；无损检测Ⅲ级，以及射线、超声、磁粉、渗透以外方法的Ⅱ级。",
        "National: senior inspection engineers and inspection engineers; inspectors of boiler efficiency, boiler water, amusement rides and ropeways; testing level III, and level II of methods other than RT, UT, MT and PT.",
        "市场监管总局公告 2021年第41号 附件3",
    ),
    fact(
        "省级：其他检验员；无损检测Ⅰ级，射线、超声、磁粉、渗透检测Ⅱ级。由执业所在的省审批。",
        "Provincial: all other inspectors; testing level I, and level II of RT, UT, MT and PT. The province of practice decides.",
        "市场监管总局公告 2021年第41号 附件3",
    ),
    fact("省级机关可以依法委托下级机关审批。", "A province may delegate to an authority below it.", "行政许可法 第二十四条"),
];

static STEPS: [(Text, Text); 6] = [
    (t("申请", "Apply"), t("选择类别和项目，填写、上传、提交。", "Choose kind and item, fill in, upload and submit.")),
    (
        t("确认执业", "Practice"),
        t(
            "执业单位确认您在那里执业；没有注册的，由审批机关核对执业证明。",
            "The practising unit confirms that you practise there; of one that is not registered the authority checks a proof.",
        ),
    ),
    (t("受理", "Acceptance"), t("审批机关决定受理、一次告知补正或者不予受理。", "The authority accepts, asks once for what is missing, or refuses.")),
    (
        t("考试", "Examination"),
        t(
            "取证和考试换证：向考试机构报名，各科 70 分合格，可以补考一次。",
            "First qualification and renewal by examination: sign up; 70 points pass, one resit.",
        ),
    ),
    (t("决定", "Decision"), t("准予，或者不予许可并说明理由和救济途径。", "Granted, or denied with reasons and ways to challenge it.")),
    (t("发证", "Certificate"), t("一个人一本证书，新取得的项目加在上面。", "One certificate a person; new items are added to it.")),
];

/// 办理期限
pub fn limit_lines(limits: Limits) -> Vec<Limit> {
    let days = |n: u32| say(format!("{n} 个工作日"), format!("{n} working days"));
    let line = |step, length, basis| Limit { step, length, basis };
    let pass = months(limits.exam_months);
    vec![
        line(t("决定是否受理", "Decide on acceptance"), days(limits.accept), "行政许可法 第三十二条"),
        line(t("各科考试合格", "Pass all subjects"), say(format!("受理后 {}", pass.zh), format!("{} from acceptance", pass.en)), "TSG Z8001-2019 第十四条"),
        line(t("公布成绩", "Publish the marks"), days(limits.marks), "TSG Z8001-2019 第二十八条"),
        line(t("答复成绩申诉", "Answer a complaint about marks"), days(limits.complaint), "TSG Z8001-2019 第三十二条"),
        line(
            t("作出决定", "Decide"),
            say(
                format!("{} 个工作日，自收到成绩起；免考的自受理起", limits.decide),
                format!("{} working days from the marks, or without an examination from acceptance", limits.decide),
            ),
            "TSG Z8001-2019 第十六条；行政许可法 第四十二条",
        ),
        hearing_line(limits.hearing_request),
        line(t("送达证书", "Hand over the certificate"), days(limits.deliver), "行政许可法 第四十四条"),
    ]
}
