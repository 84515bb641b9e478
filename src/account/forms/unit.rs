//! Profiles (单位资料、个人资料), members of a unit (子账号), and what the administrator creates.

use super::{
    ADDRESS, AGREE, DUTIES, EMAIL, ENTERPRISE_TYPES, ID_KINDS, INSTITUTION_TYPES, LEGAL_FORM, MEMBER_ROLES, MOBILE, NEW_PASSWORD, PASSWORD_AGAIN, REGION,
    USERNAME,
};
use super::{agree_rules, group, kept_id_rules, legal_form_rules, password_rules};
use crate::base::{Text, t};
use crate::form::field::no_rules;
use crate::form::{Choice, Doc, Field, Issue, Kind, Page, Part, choice};
use jiff::civil::Date;

const UNIT_LEAD: Text = t("申请书会带入这里的内容，请保持最新。", "Applications are prefilled from here; please keep it up to date.");
const ORG_NAME: Field = Field::new("org_name", t("单位名称", "Name of the unit"), Kind::Text)
    .hint("注册后不能修改；执照上的名称变了，请办理变更许可。", "It cannot be changed here; if the name on the licence changed, apply for a change.")
    .fixed();
const USCC: Field = Field::new("uscc", t("统一社会信用代码", "Unified social credit code"), Kind::UnitCode).fixed();
const REG_AUTHORITY: Field = Field::new("reg_authority", t("登记机关", "Registration authority"), Kind::Text).max(100).optional();
const CONTACTS: Part = group(
    t("联系方式", "How to reach you"),
    &[
        Field::new("contact", t("联系人", "Contact person"), Kind::Text).max(50),
        Field::new("contact_mobile", t("联系人手机", "Contact person’s mobile"), Kind::Mobile).example("13800138000").max(20),
        EMAIL.optional(),
    ],
);

/// 单位资料 of an enterprise
pub const PROFILE_ENTERPRISE: Page = Page {
    key: "unit",
    title: t("单位资料", "The unit’s profile"),
    lead: UNIT_LEAD,
    parts: &[
        group(
            t("单位信息", "The unit"),
            &[
                ORG_NAME,
                USCC,
                LEGAL_FORM,
                Field::new("org_type", t("企业类型", "Type of enterprise"), Kind::Select(ENTERPRISE_TYPES)).optional(),
                Field::new("parent_name", t("上级法人名称", "Parent legal person"), Kind::Text)
                    .basis("TSG 07-2019 2.2.4.2")
                    .when("org_type", &["branch"])
                    .max(100),
                Field::new("legal_rep", t("法定代表人", "Legal representative"), Kind::Text)
                    .hint("非法人企业填写负责人。", "A unit that is not a legal person names its head.")
                    .max(50)
                    .optional(),
                REG_AUTHORITY,
                REGION,
                ADDRESS.optional(),
            ],
        ),
        CONTACTS,
    ],
    rules: enterprise_rules,
};

fn enterprise_rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    legal_form_rules(page, doc, issues);
}

/// 单位资料 of an institution or a review agency
pub const PROFILE_INSTITUTION: Page = Page {
    key: "unit",
    title: t("单位资料", "The unit’s profile"),
    lead: UNIT_LEAD,
    parts: &[
        group(
            t("单位信息", "The unit"),
            &[
                ORG_NAME,
                USCC,
                Field::new("org_type", t("机构类型", "Type of institution"), Kind::Select(INSTITUTION_TYPES)),
                Field::new("legal_rep", t("法定代表人", "Legal representative"), Kind::Text).max(50).optional(),
                REG_AUTHORITY,
                REGION,
                ADDRESS.optional(),
            ],
        ),
        CONTACTS,
    ],
    rules: no_rules,
};

/// The profile page of a kind of unit.
pub fn profile_page(unit_kind: &str) -> &'static Page {
    if matches!(unit_kind, "enterprise" | "branch") { &PROFILE_ENTERPRISE } else { &PROFILE_INSTITUTION }
}

const NAME: Field = Field::new("name", t("姓名", "Name"), Kind::Text).max(50).auto("name");
const ID_NO: Field = Field { secret: true, ..Field::new("id_no", t("证件号码", "Number of the document"), Kind::Text) }
    .hint("加密保存，只显示首尾几位；要更换时整个重填。", "Kept encrypted and shown in part; enter it whole to change it.")
    .max(30);

/// 个人资料 of an individual
pub const PROFILE_PERSON: Page = Page {
    key: "person",
    title: t("个人资料", "Your profile"),
    lead: Text::NONE,
    parts: &[group(
        Text::NONE,
        &[
            NAME,
            Field::new("id_kind", t("证件类型", "Type of document"), Kind::Select(ID_KINDS)),
            ID_NO,
            REGION.optional(),
            ADDRESS.optional(),
            EMAIL.optional(),
        ],
    )],
    rules: kept_id_rules,
};

/// 个人资料 of somebody who acts for a unit or an authority
pub const PROFILE_MEMBER: Page = Page {
    key: "person",
    title: t("个人资料", "Your profile"),
    lead: Text::NONE,
    parts: &[group(
        Text::NONE,
        &[NAME, Field::new("id_kind", t("证件类型", "Type of document"), Kind::Select(ID_KINDS)).optional(), ID_NO.optional(), EMAIL.optional()],
    )],
    rules: kept_id_rules,
};

const MAY_SUBMIT: Field = Field::new("may_submit", t("可以代表单位提交和撤回申请", "May submit and withdraw for the unit"), Kind::Tick)
    .hint("只对填报人有效。", "For fillers only.")
    .optional();

/// 邀请成员
pub const INVITE: Page = Page {
    key: "invite",
    title: t("邀请成员", "Invite a colleague"),
    lead: t(
        "我们发短信给对方，对方打开链接、设好用户名和密码就可以使用，链接 7 天内有效。",
        "We send a message; your colleague opens its link and sets a user name and password. The link is valid for 7 days.",
    ),
    parts: &[group(
        Text::NONE,
        &[NAME, Field { auto: "off", hint: Text::NONE, ..MOBILE }, Field::new("role", t("角色", "Role"), Kind::Radio(MEMBER_ROLES)), MAY_SUBMIT],
    )],
    rules: no_rules,
};

/// 修改成员的角色
pub const MEMBER: Page = Page {
    key: "member",
    title: t("修改角色", "Change the role"),
    lead: Text::NONE,
    parts: &[group(Text::NONE, &[Field::new("role", t("角色", "Role"), Kind::Radio(MEMBER_ROLES)), MAY_SUBMIT])],
    rules: no_rules,
};

/// 接受邀请
pub const ACCEPT: Page = Page {
    key: "accept",
    title: t("接受邀请", "Accept the invitation"),
    lead: t(
        "设好用户名和密码，就可以使用自己的账号为单位办理许可。",
        "Set a user name and a password, and you can work for the unit with an account of your own.",
    ),
    parts: &[group(Text::NONE, &[USERNAME, NEW_PASSWORD, PASSWORD_AGAIN, AGREE])],
    rules: accept_rules,
};

fn accept_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    password_rules(page, doc, today, issues);
    agree_rules(page, doc, issues);
}

const AUTHORITY: &[Field] = &[Field::new("authority", t("审批机关", "Authority"), Kind::Text).max(20)];
const OFFICERS_MOBILE: Field = Field { auto: "off", ..MOBILE }.optional();
const OFFICERS_DUTIES: Field = Field::new("duties", t("职责", "Duties"), Kind::Checks(DUTIES))
    .hint("同一案件的审查和批准由不同的人办理。", "Examining and approving one case takes different persons.");
const OFFICER: Part = group(Text::NONE, &[NAME, USERNAME, NEW_PASSWORD, OFFICERS_MOBILE, OFFICERS_DUTIES]);

/// 新建机关工作人员, as it is judged.
pub const STAFF: Page = Page { parts: &[group(Text::NONE, AUTHORITY), OFFICER], ..STAFF_DRAWN };

/// The same without the authority, whose choices only the store knows: its page draws it.
pub const STAFF_DRAWN: Page =
    Page { key: "staff", title: t("新建工作人员", "Add a member of an authority’s staff"), lead: Text::NONE, parts: &[OFFICER], rules: password_rules };

/// 修改工作人员
pub const STAFF_CHANGE: Page = Page {
    key: "staff_change",
    title: t("修改工作人员", "Change a member of staff"),
    lead: t(
        "保存后本人在各处马上退出，重新登录后按新的职责办理。姓名、用户名和审批机关不能修改；调到别的机关的，请关闭账号后新建。",
        "Once saved they are signed out everywhere; after signing in again the new duties hold. Name, user name and authority stay: of whoever moves to \
         another authority, close the account and add a new one.",
    ),
    parts: &[group(
        Text::NONE,
        &[
            OFFICERS_DUTIES,
            OFFICERS_MOBILE,
            Field { label: t("新密码", "New password"), ..NEW_PASSWORD }
                .hint(
                    "本人忘记密码时设置；不改的留空。8 至 20 位，须含大写字母、小写字母、数字和特殊字符，不能包含用户名。",
                    "For whoever forgot theirs; leave it empty to keep it. 8 to 20 characters with a capital letter, a small letter, a digit and a sign, \
                     not containing the user name.",
                )
                .optional(),
        ],
    )],
    rules: no_rules,
};

/// What a body that the administrator makes is for.
pub const AGENCY_KINDS: &[Choice] = &[choice("agency", "鉴定评审机构", "Review agency"), choice("exam-body", "考试机构", "Examination body")];

/// 新建机构: one that reviews or examines for the authorities
pub const AGENCY: Page = Page {
    key: "agency",
    title: t("新建机构", "Add an agency"),
    lead: Text::NONE,
    parts: &[group(
        Text::NONE,
        &[
            Field::new("kind", t("机构类别", "Kind of agency"), Kind::Radio(AGENCY_KINDS)),
            Field::new("org_name", t("机构名称", "Name of the agency"), Kind::Text).max(100),
            Field::new("uscc", t("统一社会信用代码", "Unified social credit code"), Kind::CreditCode).max(30),
            REGION,
            ADDRESS.optional(),
            Field::new("contact", t("联系人", "Contact person"), Kind::Text).max(50),
            Field { auto: "off", ..MOBILE },
            USERNAME,
            NEW_PASSWORD,
        ],
    )],
    rules: password_rules,
};
