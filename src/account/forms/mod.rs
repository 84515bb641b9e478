//! The forms of accounts as tables of fields (spec 2.1–2.5, 7.4): the same tables draw the inputs and judge the answers,
//! in the browser and on the server. What only the store knows (names taken, codes wrong) is the service's to say.

pub mod challenge;
mod register;
mod secure;
mod unit;

pub use register::{INDIVIDUAL, INSTITUTION, REGISTER_ENTERPRISE};
pub use secure::{CHANGE_MOBILE, CHANGE_PASSWORD, RESET, SIGN_IN, SIGN_IN_SMS};
pub use unit::{
    ACCEPT, AGENCY, AGENCY_KINDS, INVITE, MEMBER, PROFILE_ENTERPRISE, PROFILE_INSTITUTION, PROFILE_MEMBER, PROFILE_PERSON, STAFF, STAFF_CHANGE, STAFF_DRAWN,
    profile_page,
};

use crate::base::{ResidentId, Say, Text, check, say, t, text};
use crate::form::{Choice, Doc, Field, Group, Issue, Kind, Page, Part, Values, choice};
use jiff::civil::Date;

/// 企业类型
pub const ENTERPRISE_TYPES: &[Choice] = &[
    choice("company", "公司", "Company"),
    choice("non-company", "非公司企业法人", "Legal person other than a company"),
    choice("sole", "个人独资企业", "Sole proprietorship"),
    choice("partnership", "合伙企业", "Partnership"),
    choice("foreign", "外商投资企业", "Foreign-invested enterprise"),
    choice("individual", "个体工商户", "Individual business"),
    choice("farmers", "农民专业合作社", "Farmers’ cooperative"),
    choice("branch", "分支机构", "Branch"),
    choice("other", "其他", "Other"),
];

/// 机构类型
pub const INSTITUTION_TYPES: &[Choice] = &[
    choice("public", "事业单位", "Public institution"),
    choice("society", "社会团体", "Social organisation"),
    choice("non-enterprise", "民办非企业单位", "Private non-enterprise unit"),
    choice("organ", "机关", "Government organ"),
    choice("other", "其他", "Other"),
];

/// 证件类型
pub const ID_KINDS: &[Choice] = &[
    choice("resident", "居民身份证", "Resident identity card"),
    choice("passport", "护照", "Passport"),
    choice("hk-macao", "港澳居民来往内地通行证", "Mainland travel permit for Hong Kong and Macao residents"),
    choice("taiwan", "台湾居民来往大陆通行证", "Mainland travel permit for Taiwan residents"),
    choice("foreigner", "外国人永久居留身份证", "Foreign permanent resident identity card"),
];

/// 子账号的角色 (ruling 11)
pub const MEMBER_ROLES: &[Choice] =
    &[choice("filler", "填报人：填写和上传", "Filler: fills in and uploads"), choice("reader", "查阅人：只能查看", "Reader: may only read")];

/// 机关工作人员的职责 (1.2)
pub const DUTIES: &[Choice] = &[
    choice("acceptance", "受理人员", "Acceptance officer"),
    choice("examiner", "审查人员", "Case examiner"),
    choice("approver", "批准人", "Approver"),
    choice("certificate", "制证人员", "Certificate officer"),
    choice("supervisor", "监督人员", "Supervisor"),
    choice("authority-admin", "机关管理员", "Authority administrator"),
];

/// 法人/其他组织类型
const LEGAL_FORM: Field = Field::new(
    "legal_form",
    t("法人/其他组织类型", "Legal person or other organisation"),
    Kind::Radio(&[choice("legal", "法人企业", "Legal person"), choice("branch", "非法人企业", "Not a legal person")]),
)
.hint(
    "分公司、合伙企业、个人独资企业和个体工商户属于非法人企业。",
    "Branches, partnerships, sole proprietorships and individual businesses are not legal persons.",
);
const USERNAME: Field = Field::new("username", t("用户名", "User name"), Kind::Username)
    .hint(
        "4 至 20 位字母或数字，至少一个字母，不分大小写。注册后不能修改。",
        "4 to 20 letters or digits with at least one letter; capitals do not matter. It cannot be changed later.",
    )
    .max(20)
    .auto("username");
const NEW_PASSWORD: Field = Field::new("password", t("密码", "Password"), Kind::NewPassword)
    .hint(
        "8 至 20 位，须含大写字母、小写字母、数字和特殊字符，不能包含用户名。",
        "8 to 20 characters with a capital letter, a small letter, a digit and a sign, not containing the user name.",
    )
    .max(20)
    .auto("new-password");
const PASSWORD_AGAIN: Field = Field::new("password2", t("确认密码", "Confirm password"), Kind::Password)
    .hint("请再输入一次密码。", "Please enter the password once more.")
    .max(20)
    .auto("new-password");
const REGION: Field =
    Field::new("region", t("所在地", "Location"), Kind::Region).hint("省、市、区，选到最后一级。", "Province, city and district, down to the last level.");
const ADDRESS: Field = Field::new("address", t("详细地址", "Street address"), Kind::Text).max(100).auto("street-address");
const EMAIL: Field = Field::new("email", t("电子邮箱", "E-mail"), Kind::Email).example("xuke@example.cn").max(100).auto("email");
const MOBILE: Field = Field::new("mobile", t("手机号", "Mobile number"), Kind::Mobile)
    .hint("用来接收验证码和办理通知。", "For codes and notices about your cases.")
    .example("13800138000")
    .max(20)
    .auto("tel");
const SMS_CODE: Field = Field::new("sms_code", t("短信验证码", "Code from the message"), Kind::SmsCode)
    .hint("6 位数字，5 分钟内有效，60 秒后可以重新获取。", "Six digits, valid for 5 minutes; a new one can be requested after 60 seconds.")
    .max(12)
    .auto("one-time-code");
const CONTACT_ID: Field = Field { secret: true, ..Field::new("contact_id_no", t("联系人身份证号码", "Contact’s identity number"), Kind::ResidentId) }
    .hint("18 位，加密保存，不会公开。", "18 characters; kept encrypted and never published.")
    .optional();
const AGREE: Field = Field::new("agree", t("我已阅读并同意《用户服务协议》", "I have read and agree to the terms of use"), Kind::Tick);

const fn group(title: Text, fields: &'static [Field]) -> Part {
    Part::Group(Group { title, hint: Text::NONE, fields })
}

/// The answers a form is opened with.
pub fn defaults(page: &Page) -> Values {
    let given = [("legal_form", "legal"), ("org_type", "company"), ("id_kind", "resident"), ("role", "filler")];
    let fits = |field: &Field, value: &str| matches!(field.kind, Kind::Select(choices) | Kind::Radio(choices) if choices.iter().any(|c| c.key == value));
    page.fields()
        .filter_map(|(path, field)| given.iter().find(|(key, value)| *key == field.key && fits(field, value)).map(|(_, value)| (path, (*value).to_owned())))
        .collect()
}

/// The words of a choice.
pub fn words(choices: &[Choice], key: &str) -> Text {
    choices.iter().find(|choice| choice.key == key).map_or(Text::NONE, |choice| choice.label)
}

/// Both passwords equal, and without the user name in them (7.4).
fn password_rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    let get = |key: &str| doc.get(&page.path(key));
    if !get("password2").is_empty() && get("password") != get("password2") {
        issues.push(Issue::error(page.path("password2"), say("两次输入的密码不一致，请重新输入", "The two passwords are not equal; please enter them again")));
    }
    if check::holds_username(get("password"), &text::tidy(get("username"))) {
        issues.push(Issue::error(
            page.path("password"),
            say("密码不能包含用户名，请换一个", "The password must not contain the user name; please choose another"),
        ));
    }
}

/// The agreement is ticked.
fn agree_rules(page: &Page, doc: &Doc, issues: &mut Vec<Issue>) {
    let path = page.path("agree");
    if doc.get(&path) != "yes" {
        issues.push(Issue::error(path, say("请先阅读并勾选同意《用户服务协议》", "Please read the terms of use and tick that you agree")));
    }
}

/// A number of an identity document is judged by its kind.
fn id_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    let path = page.path("id_no");
    let number = text::code(doc.get(&path));
    if number.is_empty() {
        return;
    }
    issues.extend(wrong_number(doc.get(&page.path("id_kind")), &number, today).map(|message| Issue::error(path, message)));
}

/// What is wrong with the number of an identity document of a kind, if anything.
pub fn wrong_number(kind: &str, number: &str, today: Date) -> Option<Say> {
    match kind {
        "resident" => ResidentId::parse(number, today).err(),
        _ if number.len() < 5 || !number.bytes().all(|b| b.is_ascii_alphanumeric()) => {
            Some(say("证件号码应为 5 位以上的字母和数字，请对照证件填写", "The number has 5 or more letters and digits; please copy it from the document"))
        }
        _ => None,
    }
}

/// In a profile a masked number stands for the one that is kept; whether it is that one, the service knows.
fn kept_id_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    if !doc.get(&page.path("id_no")).contains('*') {
        id_rules(page, doc, today, issues);
    }
}

/// 企业类型 and 法人/其他组织类型 fit each other: a branch is no legal person, a company is one.
fn legal_form_rules(page: &Page, doc: &Doc, issues: &mut Vec<Issue>) {
    let path = page.path("org_type");
    match (doc.get(&page.path("legal_form")), doc.get(&path)) {
        ("legal", "branch") => {
            issues.push(Issue::error(path, say("分支机构不是法人，请在上面选择“非法人企业”", "A branch is not a legal person; please choose so above")))
        }
        ("branch", "company" | "non-company") => issues.push(Issue::error(
            path,
            say(
                "公司和企业法人属于法人企业，请改选企业类型，或在上面选择“法人企业”",
                "Companies are legal persons; please choose another type, or a legal person above",
            ),
        )),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::judge_page;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 22);

    fn judged(page: &Page, answers: &[(&str, &str)]) -> Vec<String> {
        let doc = Doc::of(answers.iter().map(|(key, value)| (page.path(key), (*value).to_owned())));
        judge_page(page, &doc, TODAY)
            .into_iter()
            .filter(|i| i.severity == crate::form::Severity::Error)
            .map(|i| format!("{}：{}", i.path, i.message.zh))
            .collect()
    }

    #[test]
    fn an_empty_form_names_each_missing_answer_once() {
        let issues = judged(&REGISTER_ENTERPRISE, &[("legal_form", "legal"), ("org_type", "company")]);
        let paths: Vec<&str> = issues.iter().map(|i| i.split('：').next().unwrap()).collect();
        let expected = ["username", "password", "password2", "org_name", "uscc", "region", "contact", "mobile", "sms_code", "agree"];
        assert_eq!(paths, expected.map(|key| format!("enterprise/{key}")));
    }

    #[test]
    fn passwords_are_compared_with_each_other_and_the_name() {
        for (name, one, two, part) in
            [("valve1", "Aa1!aaaa", "Aa1!aaab", "不一致"), ("valve1", "Aa1!VALVE1", "Aa1!VALVE1", "用户名"), ("valve1", "Aa1!aaaa", "Aa1!aaaa", "")]
        {
            let issues: Vec<String> = judged(&REGISTER_ENTERPRISE, &[("username", name), ("password", one), ("password2", two)])
                .into_iter()
                .filter(|i| i.contains("/password"))
                .collect();
            assert_eq!(issues.len(), usize::from(!part.is_empty()), "{issues:?}");
            assert!(issues.iter().all(|i| i.contains(part)), "{issues:?}");
        }
    }

    #[test]
    fn a_branch_names_its_parent_and_is_no_legal_person() {
        let about = |answers: &[(&str, &str)], key: &str| judged(&REGISTER_ENTERPRISE, answers).iter().any(|i| i.starts_with(&format!("enterprise/{key}：")));
        assert!(about(&[("legal_form", "branch"), ("org_type", "branch")], "parent_name"));
        assert!(!about(&[("legal_form", "branch"), ("org_type", "branch"), ("parent_name", "某公司")], "parent_name"));
        assert!(about(&[("legal_form", "legal"), ("org_type", "branch")], "org_type"));
        assert!(about(&[("legal_form", "branch"), ("org_type", "company")], "org_type"));
        assert!(!about(&[("legal_form", "branch"), ("org_type", "partnership")], "org_type"));
    }

    #[test]
    fn documents_are_judged_by_their_kind() {
        // A masked number stands for the one that is kept, so only a profile takes it.
        for (kind, number, good, kept) in [
            ("resident", "610112199001010012", true, true),
            ("resident", "610112199001010013", false, false),
            ("resident", "610112********0012", false, true),
            ("resident", "*", false, true),
            ("passport", "E12345678", true, true),
            ("passport", "E1", false, false),
            ("passport", "******", false, true),
        ] {
            for (page, good) in [(&INDIVIDUAL, good), (&PROFILE_PERSON, kept), (&PROFILE_MEMBER, kept)] {
                let path = page.path("id_no");
                let wrong = judged(page, &[("id_kind", kind), ("id_no", number)]).iter().any(|issue| issue.starts_with(&path));
                assert_eq!(!wrong, good, "{kind} {number} at {path}");
            }
        }
    }

    #[test]
    fn a_profile_is_a_branch_by_the_same_rule_as_at_registering() {
        let about = |form: &str, kind: &str| judged(&PROFILE_ENTERPRISE, &[("legal_form", form), ("org_type", kind)]);
        let wrong = |form: &str, kind: &str| about(form, kind).iter().any(|issue| issue.starts_with("unit/org_type："));
        assert!(wrong("legal", "branch") && wrong("branch", "company"));
        assert!(!wrong("branch", "branch") && !wrong("legal", "company"));
        assert!(about("branch", "branch").iter().any(|issue| issue.starts_with("unit/parent_name：")), "a branch names its parent");
    }

    #[test]
    fn forms_open_with_what_is_likely() {
        let values = defaults(&REGISTER_ENTERPRISE);
        assert_eq!((values["enterprise/legal_form"].as_str(), values["enterprise/org_type"].as_str()), ("legal", "company"));
        assert_eq!(defaults(&INSTITUTION).len(), 0);
        assert_eq!(defaults(&INDIVIDUAL)["individual/id_kind"], "resident");
    }
}
