//! 评审反馈表 (spec 2.20): what it asks.

use super::{Ask, Known, OTHER, SATISFIED_CHOICES, words};
use crate::base::t;
use crate::form::{Choice, Field, Kind, choice};

const ANSWERS: &[Choice] = &[choice("no", "没有", "No"), choice("yes", "有", "Yes")];
/// 评审类别 (spec 2.20)
const EQUIPMENT: &[Choice] = &[
    choice("锅炉", "锅炉", "Boilers"),
    choice("压力容器", "压力容器", "Pressure vessels"),
    choice("压力管道", "压力管道", "Pressure piping"),
    choice("气瓶", "气瓶", "Gas cylinders"),
    choice("电梯", "电梯", "Lifts"),
    choice("起重机械", "起重机械", "Cranes"),
    choice("大型游乐设施", "大型游乐设施", "Amusement rides"),
    choice("场（厂）内专用机动车辆", "场（厂）内专用机动车辆", "On-site vehicles"),
    choice("客运索道", "客运索道", "Passenger ropeways"),
    choice("检验、检测机构", "检验、检测机构", "Inspection and testing bodies"),
    choice(OTHER, "其他", "Other"),
];

const fn question(key: &'static str, zh: &'static str, en: &'static str) -> Ask {
    Ask::Field(Field::new(key, t(zh, en), Kind::Radio(ANSWERS)))
}

const fn explained(key: &'static str, of: &'static str) -> Ask {
    Ask::Field(words(key, "具体说明", "What happened").when(of, &["yes"]).hint("选“有”的，请具体说明。", "Please say what happened if you answered yes."))
}

pub(super) const ASKS: &[Ask] = &[
    Ask::Known { key: "unit", label: t("单位名称", "Unit"), of: Known::Unit },
    Ask::Known { key: "agency", label: t("评审机构", "Review agency"), of: Known::Agency },
    Ask::Field(Field::new("period", t("评审起止日期", "Period of the review"), Kind::Period)),
    Ask::Field(Field::new("category", t("评审类别", "Category"), Kind::Select(EQUIPMENT))),
    Ask::Field(Field::new("category_other", t("其他类别", "Other category"), Kind::Text).max(50).when("category", &[OTHER])),
    Ask::Field(Field::new("reviewers", t("评审人员", "Reviewers"), Kind::Text)),
    question(
        "q1",
        "评审人员是否收受或者索要津贴、劳务费、有价证券，报销个人费用，参加由申请单位付费的娱乐活动，以个人名义有偿咨询，泄露商业秘密，参与申请单位的生产经营，借评审推销产品，或者游山玩水？",
        "Did the reviewers take or ask for allowances, fees or securities, have personal bills paid, join entertainment at your cost, consult for pay in their own name, leak trade secrets, take part in your business, sell products, or go sightseeing?",
    ),
    explained("q1_what", "q1"),
    question(
        "q2",
        "评审人员是否偏离许可规则、态度粗暴或者故意刁难？",
        "Did the reviewers depart from the licensing rules, behave rudely, or make things hard on purpose?",
    ),
    explained("q2_what", "q2"),
    question("q3", "是否有其他影响公正的情况？", "Was there anything else that affected fairness?"),
    explained("q3_what", "q3"),
    Ask::Field(Field::new("satisfaction", t("对评审组是否满意", "Are you satisfied with the review team"), Kind::Radio(SATISFIED_CHOICES))),
    Ask::Field(words("note", "说明", "Note").when("satisfaction", &["dissatisfied"]).hint("选“不满意”的，请说明。", "Please say why if you are dissatisfied.")),
];
