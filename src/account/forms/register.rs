//! Registration (注册; spec 2.2–2.4): enterprise, institution, individual.

use super::{
    ADDRESS, AGREE, CONTACT_ID, EMAIL, ENTERPRISE_TYPES, ID_KINDS, INSTITUTION_TYPES, LEGAL_FORM, MOBILE, NEW_PASSWORD, PASSWORD_AGAIN, REGION, SMS_CODE,
    USERNAME,
};
use super::{agree_rules, group, id_rules, legal_form_rules, password_rules};
use crate::base::{Text, say, t, text};
use crate::form::{Doc, Field, Issue, Kind, Page, Part};
use jiff::civil::Date;

const ACCOUNT: Part = group(t("账号信息", "Your account"), &[USERNAME, NEW_PASSWORD, PASSWORD_AGAIN]);
const CONTACT: Part = group(
    t("联系方式", "How to reach you"),
    &[
        Field::new("contact", t("联系人", "Contact person"), Kind::Text)
            .hint("办理许可的人，也是主账号的使用人。", "The person who deals with licences and uses this main account.")
            .max(50)
            .auto("name"),
        CONTACT_ID,
        MOBILE,
        SMS_CODE,
    ],
);
const TERMS: Part = Part::Note(t(
    "《用户服务协议》要点：所填资料应真实、与证照一致；账号由本单位或本人使用，密码和验证码不告诉他人；我们只为办理特种设备许可使用您的资料，身份证件号码加密保存；在系统里提交的申请与书面申请同样有效。",
    "Terms of use in short: what you enter is true and as on your documents; the account is used by your unit or yourself only, and nobody else gets the password or codes; we use your data for licensing of special equipment only and keep identity numbers encrypted; what you submit here counts like a written application.",
));
const AGREEMENT: Part = group(Text::NONE, &[AGREE]);

/// 企业注册 (2.2)
pub const REGISTER_ENTERPRISE: Page = Page {
    key: "enterprise",
    title: t("企业注册", "Register an enterprise"),
    lead: t(
        "适用于有营业执照的单位。一个单位只注册一次，需要多人使用时由主账号邀请。",
        "For units with a business licence. A unit registers once; its main account can invite colleagues.",
    ),
    parts: &[
        group(Text::NONE, &[LEGAL_FORM]),
        ACCOUNT,
        group(
            t("企业信息", "The enterprise"),
            &[
                Field::new("org_name", t("企业名称", "Name of the enterprise"), Kind::Text)
                    .hint(
                        "与营业执照或组织机构代码证完全一致，填写全称。注册后不能修改。",
                        "Exactly as on the business licence or organisation code certificate, in full. It cannot be changed later.",
                    )
                    .max(100)
                    .auto("organization"),
                Field::new("org_type", t("企业类型", "Type of enterprise"), Kind::Select(ENTERPRISE_TYPES))
                    .hint("请选择最接近的类型。", "Please choose the nearest type.")
                    .optional(),
                Field::new("parent_name", t("上级法人名称", "Parent legal person"), Kind::Text)
                    .hint(
                        "分支机构所属的公司全称；申请许可时要上传公司的书面授权。",
                        "The full name of the company the branch belongs to; its written authorisation is needed with an application.",
                    )
                    .basis("TSG 07-2019 2.2.4.2")
                    .when("org_type", &["branch"])
                    .max(100),
                Field::new("uscc", t("统一社会信用代码/组织机构代码", "Unified social credit code or organisation code"), Kind::UnitCode)
                    .hint(
                        "18 位或 9 位，字母用大写；不会出现字母 I、O、Z、S、V。",
                        "18 or 9 characters in capitals; the letters I, O, Z, S and V do not occur.",
                    )
                    .example("91610112MA00DEM143")
                    .max(30),
                REGION,
                ADDRESS.optional(),
            ],
        ),
        Part::Note(t(
            "企业营业执照：注册后在“单位资料”里上传扫描件（PDF、JPG 或 PNG，20 MB 以内）。统一社会信用代码不能联网核验时必须上传。",
            "Business licence: upload a scan (PDF, JPG or PNG, up to 20 MB) in the unit’s profile after registering. It is required where the credit code cannot be verified online.",
        )),
        CONTACT,
        TERMS,
        AGREEMENT,
    ],
    rules: enterprise_rules,
};

/// 机构注册 (2.4)
pub const INSTITUTION: Page = Page {
    key: "institution",
    title: t("机构注册", "Register an institution"),
    lead: t(
        "适用于没有营业执照的事业单位、社会团体、检验检测机构。一个单位只注册一次。",
        "For public institutions, social organisations, inspection and testing institutes without a business licence. A unit registers once.",
    ),
    parts: &[
        ACCOUNT,
        group(
            t("机构信息", "The institution"),
            &[
                Field::new("org_name", t("机构名称", "Name of the institution"), Kind::Text)
                    .hint("与法人证书完全一致，填写全称。注册后不能修改。", "Exactly as on the legal person certificate, in full. It cannot be changed later.")
                    .max(100)
                    .auto("organization"),
                Field::new("org_type", t("机构类型", "Type of institution"), Kind::Select(INSTITUTION_TYPES)),
                Field::new("uscc", t("统一社会信用代码", "Unified social credit code"), Kind::CreditCode)
                    .hint("18 位，字母用大写；不会出现字母 I、O、Z、S、V。", "18 characters in capitals; the letters I, O, Z, S and V do not occur.")
                    .max(30),
                Field::new("reg_authority", t("登记管理机关", "Registration authority"), Kind::Text).max(100).optional(),
                REGION,
                ADDRESS.optional(),
            ],
        ),
        Part::Note(t(
            "法人证书：注册后在“单位资料”里上传扫描件（PDF、JPG 或 PNG，20 MB 以内）。统一社会信用代码不能联网核验时必须上传。",
            "Legal person certificate: upload a scan (PDF, JPG or PNG, up to 20 MB) in the unit’s profile after registering. It is required where the credit code cannot be verified online.",
        )),
        CONTACT,
        TERMS,
        AGREEMENT,
    ],
    rules: institution_rules,
};

/// 个人注册 (2.3)
pub const INDIVIDUAL: Page = Page {
    key: "individual",
    title: t("个人注册", "Register as an individual"),
    lead: t("适用于申请检验、检测人员资格的个人。", "For persons who apply for qualifications as inspection or testing personnel."),
    parts: &[
        ACCOUNT,
        group(
            t("个人信息", "About you"),
            &[
                Field::new("name", t("姓名", "Name"), Kind::Text).hint("与证件一致。", "As on the document.").max(50).auto("name"),
                Field::new("id_kind", t("证件类型", "Type of document"), Kind::Select(ID_KINDS)),
                Field { secret: true, ..Field::new("id_no", t("证件号码", "Number of the document"), Kind::Text) }
                    .hint("加密保存，不会公开。", "Kept encrypted and never published.")
                    .max(30),
                REGION.optional(),
                ADDRESS.optional(),
                EMAIL.optional(),
            ],
        ),
        group(t("联系方式", "How to reach you"), &[MOBILE, SMS_CODE]),
        TERMS,
        AGREEMENT,
    ],
    rules: individual_rules,
};

fn enterprise_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    password_rules(page, doc, today, issues);
    legal_form_rules(page, doc, issues);
    if let Some(hint) = prefix_of(page, doc, |prefix| !matches!(prefix, "91" | "92" | "93")) {
        issues.push(Issue::warning(
            hint,
            say(
                "企业的代码一般以 91、92 或 93 开头；没有营业执照的单位请走机构注册",
                "An enterprise’s code usually begins with 91, 92 or 93; units without a business licence register as an institution",
            ),
        ));
    }
    agree_rules(page, doc, issues);
}

fn institution_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    password_rules(page, doc, today, issues);
    if let Some(hint) = prefix_of(page, doc, |prefix| matches!(prefix, "91" | "92" | "93")) {
        issues.push(Issue::warning(
            hint,
            say(
                "以 91、92、93 开头的是企业代码，有营业执照的单位请走企业注册",
                "Codes beginning with 91, 92 or 93 are enterprises’; units with a business licence register as an enterprise",
            ),
        ));
    }
    agree_rules(page, doc, issues);
}

fn individual_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    password_rules(page, doc, today, issues);
    id_rules(page, doc, today, issues);
    agree_rules(page, doc, issues);
}

/// The path of the credit code if it is whole and its prefix (7.1) is one of the odd ones.
fn prefix_of(page: &Page, doc: &Doc, is_odd: fn(&str) -> bool) -> Option<String> {
    let path = page.path("uscc");
    let code = text::code(doc.get(&path));
    (code.len() == 18 && code.get(..2).is_some_and(is_odd)).then_some(path)
}
