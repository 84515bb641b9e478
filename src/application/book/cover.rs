//! 封面 and 申请单位基本情况: pages 1 and 2 of the unit's book.

use super::{PAGE_FILES, WAN, by_server, choices::*, field, rules, slot};
use crate::base::{Text, t};
use crate::form::{Doc, Field, Group, Issue, Kind, Need, Page, Part, Slot, Table};
use jiff::civil::Date;

/// What the picker and the account say; the same on both books' covers.
pub(super) const FROM_PICKER: Group = Group {
    title: t("申请事项", "The matter"),
    hint: t("由账号和许可项目带入，不用填写。", "Taken from your account and the items chosen."),
    fields: &[
        field("org_name", "申请单位", "Applicant", Kind::Text)
            .hint("单位全称，与公章一致；许可证上只印这个名称。", "Full name as on the seal; the licence prints this name only.")
            .basis("TSG 07-2019 3.2.1")
            .from_profile("org_name")
            .fixed(),
        field("category", "许可类别", "Licence category", Kind::Text).fixed(),
        field("equipment_kind", "设备种类", "Equipment kind", Kind::Text).max(500).fixed(),
        field("kind", "申请类别", "Kind of application", Kind::Select(KINDS)).basis("TSG 07-2019 3.6").fixed(),
        field("item_names", "申请项目", "Items applied for", Kind::LongText).max(5000).fixed(),
        field("authority", "审批机关", "Approving authority", Kind::Text).basis("TSG 07-2019 3.2.2").fixed(),
    ],
};

/// 申请日期
const APPLY_DATE: Field = field("apply_date", "申请日期", "Date of application", Kind::Date)
    .hint("应在审批机关收到之前一个月以内。", "Within the month before the authority receives it.");

/// 填报人, and the agent's data if an agent fills the form.
pub(super) const FILLED: Group = Group {
    title: t("填报", "Filled in"),
    hint: Text::NONE,
    fields: &[
        APPLY_DATE,
        field("filled_by", "填报人", "Filled in by", Kind::Radio(FILLED_BY)).basis("行政许可法 第二十九条"),
        field("agent_name", "代理机构名称", "Agent's name", Kind::Text).when("filled_by", &["agent"]),
        field("agent_uscc", "代理机构统一社会信用代码", "Agent's unified social credit code", Kind::CreditCode).when("filled_by", &["agent"]),
        field("agent_contact", "代理机构联系人", "Agent's contact person", Kind::Text).when("filled_by", &["agent"]).max(50),
        field("agent_phone", "代理机构联系电话", "Agent's telephone", Kind::Telephone).when("filled_by", &["agent"]).example("029-88888888"),
    ],
};

/// What an agent shows (行政许可法 art. 29).
pub(super) const AGENT: &[Slot] = &[Slot {
    need: Need::When("filled_by", &["agent"]),
    ..slot("agent_authorisation", t("授权委托书", "Authorisation of the agent"), "行政许可法 第二十九条")
        .hint_of(t("由代理机构填报时上传。", "When an agent fills in the form."))
}];

/// 1 封面
pub static COVER: Page = Page {
    key: "cover",
    title: t("封面", "Cover"),
    lead: t("确认申请事项，并说明由谁填报。", "Confirm the matter and say who fills in the form."),
    parts: &[Part::Group(FROM_PICKER), Part::Group(FILLED), Part::Files(AGENT), PAGE_FILES],
    rules: by_server(cover_rules),
};

pub(super) fn cover_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::not_future(page, doc, today, &["apply_date"], issues);
}

const UNIT: Group = Group {
    title: t("单位", "The unit"),
    hint: Text::NONE,
    fields: &[
        field("org_name", "单位名称", "Name of the unit", Kind::Text).basis("TSG 07-2019 3.2.1").from_profile("org_name").fixed(),
        field("region", "所在省、所在市、所在区", "Province, city, district", Kind::Region).from_profile("region"),
        field("econ_type", "经济类型", "Economic type", Kind::Select(ECONOMIC_TYPES))
            .hint("即单位类型，选与执照最接近的一项。", "The type of the unit; choose the one nearest to the licence.")
            .from_profile("org_type"),
        field("legal_rep", "法定代表人", "Legal representative", Kind::Text)
            .hint("非法人企业填写负责人。", "A unit that is not a legal person names its head.")
            .from_profile("legal_rep")
            .max(50),
        field("uscc", "统一社会信用代码", "Unified social credit code", Kind::UnitCode).from_profile("uscc").fixed(),
        field("reg_capital", "注册资金", "Registered capital", Kind::Decimal(6, WAN)).example("1150"),
        field("reg_address", "住所", "Registered address", Kind::Text)
            .hint("单位地址，与营业执照一致。", "The unit's address as on the business licence.")
            .from_profile("address"),
        field("founded_on", "成立日期", "Date of establishment", Kind::Date),
        field("reg_authority", "营业执照登记机构", "Registration authority", Kind::Text).from_profile("reg_authority"),
        field("approve_org", "批准成立机关", "Authority that approved the establishment", Kind::Text)
            .hint("没有批准机关的，填写登记机构。", "If none, the registration authority."),
        field("started_on", "开始工作日期", "Start of work", Kind::Date),
        field("industry", "所属行业", "Industry", Kind::Select(INDUSTRIES)).basis("GB/T 4754"),
        field("fixed_assets", "固定资产", "Fixed assets", Kind::Decimal(6, WAN)).optional(),
        field("staff_count", "职工人数", "Number of employees", Kind::Int(t("人", "persons"))).optional(),
    ],
};

const CONTACT: Group = Group {
    title: t("联系方式", "How to reach you"),
    hint: Text::NONE,
    fields: &[
        field("contact", "联系人", "Contact person", Kind::Text).from_profile("contact").max(50).auto("name"),
        field("contact_mobile", "联系人手机", "Contact person's mobile", Kind::Mobile).from_profile("contact_mobile").example("13800138000").auto("tel"),
        field("email", "电子邮箱", "E-mail", Kind::Email).from_profile("email").example("xuke@example.cn").max(100).auto("email"),
        field("postcode", "邮政编码", "Postcode", Kind::Postcode).example("710016").auto("postal-code"),
        field("fax", "传真", "Fax", Kind::Phone).optional(),
        field("website", "互联网网址", "Website", Kind::Url).optional().example("https://www.example.cn"),
    ],
};

const MANAGEMENT: Group = Group {
    title: t("质量管理", "Quality management"),
    hint: Text::NONE,
    fields: &[
        field("mgmt_rep", "管理者代表", "Management representative", Kind::Text).max(50),
        field("mgmt_rep_title", "管理者代表职位", "Management representative's position", Kind::Text).max(50),
        field("qa_head", "质量保证负责人", "Head of quality assurance", Kind::Text)
            .hint("即质量保证工程师。", "The quality assurance engineer.")
            .basis("TSG 07-2019 2.1.1")
            .max(50),
    ],
};

const CERTIFICATIONS: Table = Table {
    key: "certs",
    label: t("取得相关认证", "Certifications held"),
    hint: t("没有可以不填。", "Leave empty if there are none."),
    row: t("一项认证", "a certification"),
    columns: &[
        field("name", "认证名称", "Certification", Kind::Text),
        field("body", "认证机构", "Certification body", Kind::Text),
        field("issued_on", "认证日期", "Certified on", Kind::Date),
        field("valid_to", "认证有效期", "Valid until", Kind::Date),
    ],
    min_rows: 0,
    max_rows: 50,
};

/// Where the working address decides on the authority (TSG 07-2019 3.2.2, ruling 9).
const DECIDING: Text = t(
    "可以填写多个。审批机关由这个地址决定：改到另一个省，或者改进、改出受委托的地区，会换审批机关，要用“修改申请项目和地址”重新选择。",
    "Several are allowed. They decide on the authority: another province, or a move into or out of a delegated area, means another one, to be chosen \
     again under “Change items or addresses”.",
);

const MANUFACTURING_ADDRESSES: Table = Table {
    key: "addresses",
    label: t("制造地址", "Manufacturing addresses"),
    hint: DECIDING,
    row: t("一个地址", "an address"),
    columns: &[field("region", "所在地区", "Region", Kind::Region), field("address", "详细地址", "Address", Kind::Text).basis("TSG 07-2019 2.2.4.1")],
    min_rows: 1,
    max_rows: 30,
};

const FILLING_ADDRESSES: Table = Table { label: t("充装地址", "Filling addresses"), ..MANUFACTURING_ADDRESSES };
const CALIBRATION_ADDRESSES: Table =
    Table { label: t("校验地址", "Calibration addresses"), hint: t("可以填写多个。", "Several are allowed."), ..MANUFACTURING_ADDRESSES };
const OFFICE_ADDRESSES: Table = Table {
    label: t("办公地址", "Office addresses"),
    hint: t("许可证上印这个地址；可以填写多个。", "The licence prints it; several are allowed."),
    ..MANUFACTURING_ADDRESSES
};

/// 2 申请单位基本情况, for makers (制造地址).
pub static BASIC_MANUFACTURE: Page = Page {
    key: "basic",
    title: t("申请单位基本情况", "The applicant"),
    lead: t("标有“来自单位资料”的内容已为您填好，请核对。", "What is marked as taken from your profile is filled in already; please check it."),
    parts: &[Part::Group(UNIT), Part::Table(MANUFACTURING_ADDRESSES), Part::Group(CONTACT), Part::Group(MANAGEMENT), Part::Table(CERTIFICATIONS), PAGE_FILES],
    rules: by_server(basic_rules),
};

/// 2 申请单位基本情况, for filling units (充装地址).
pub static BASIC_FILLING: Page = Page {
    parts: &[Part::Group(UNIT), Part::Table(FILLING_ADDRESSES), Part::Group(CONTACT), Part::Group(MANAGEMENT), Part::Table(CERTIFICATIONS), PAGE_FILES],
    ..BASIC_MANUFACTURE
};

/// 2 申请单位基本情况, for calibration (校验地址).
pub static BASIC_CALIBRATION: Page = Page {
    parts: &[Part::Group(UNIT), Part::Table(CALIBRATION_ADDRESSES), Part::Group(CONTACT), Part::Group(MANAGEMENT), Part::Table(CERTIFICATIONS), PAGE_FILES],
    ..BASIC_MANUFACTURE
};

/// 2 申请单位基本情况, for design and installation (办公地址).
pub static BASIC_OFFICE: Page = Page {
    parts: &[Part::Group(UNIT), Part::Table(OFFICE_ADDRESSES), Part::Group(CONTACT), Part::Group(MANAGEMENT), Part::Table(CERTIFICATIONS), PAGE_FILES],
    ..BASIC_MANUFACTURE
};

fn basic_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::not_future(page, doc, today, &["founded_on"], issues);
    rules::started_after_founded(page, doc, issues);
    rules::rows_not_future(page, doc, today, "certs", &["issued_on"], issues);
    rules::rows_in_order(page, doc, "certs", "issued_on", "valid_to", issues);
}
