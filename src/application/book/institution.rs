//! 检验检测机构核准申请书: the cover and the ten parts of TSG Z7002-2022 annex E, on the same mechanism as the unit's book.

use super::{
    M2, OTHER_FILES, PAGE_FILES, PERSON_CERTIFICATE, PERSONS, WAN, by_server,
    choices::*,
    cover::{AGENT, FILLED, FROM_PICKER, cover_rules},
    field,
    items::{ITEM_TABLE, SIGNATURE, item_columns, signed_rules},
    rules, signed, slot,
};
use crate::base::{Text, t};
use crate::form::{Doc, Field, Group, Issue, Kind, Page, Part, Table, field::no_rules};
use jiff::civil::Date;

/// 封面
pub static COVER: Page = Page {
    key: "i_cover",
    title: t("封面", "Cover"),
    lead: t("确认申请事项和机构类别。", "Confirm the matter and the class of institution."),
    parts: &[
        Part::Group(FROM_PICKER),
        Part::Group(Group {
            title: Text::NONE,
            hint: Text::NONE,
            fields: &[field("class", "机构类别", "Class of institution", Kind::Radio(INSTITUTION_CLASSES)).basis("TSG Z7002-2022 附件E")],
        }),
        Part::Group(FILLED),
        Part::Files(AGENT),
        PAGE_FILES,
    ],
    rules: by_server(cover_rules),
};

/// 一 基本情况
pub static BASIC: Page = Page {
    key: "i_basic",
    title: t("基本情况", "The institution"),
    lead: t("标有“来自单位资料”的内容已为您填好，请核对。", "What is marked as taken from your profile is filled in already; please check it."),
    parts: &[
        Part::Group(Group {
            title: t("机构", "The institution"),
            hint: Text::NONE,
            fields: &[
                field("name", "名称", "Name", Kind::Text).from_profile("org_name").fixed().basis("TSG Z7002-2022 附件E"),
                field("address", "住所", "Registered address", Kind::Text).from_profile("address"),
                field("founded_on", "成立日期", "Date of establishment", Kind::Date),
                field("legal_rep", "法定代表人", "Legal representative", Kind::Text).from_profile("legal_rep").max(50),
                field("uscc", "统一社会信用代码", "Unified social credit code", Kind::UnitCode).from_profile("uscc").fixed(),
                field("reg_authority", "登记（管理）机关", "Registering or supervising authority", Kind::Text).from_profile("reg_authority"),
                field("region", "所在省/市/区", "Province, city, district", Kind::Region).from_profile("region"),
            ],
        }),
        Part::Group(Group {
            title: t("联系方式", "How to reach you"),
            hint: Text::NONE,
            fields: &[
                field("contact", "联系人", "Contact person", Kind::Text).from_profile("contact").max(50).auto("name"),
                field("phone", "电话", "Telephone", Kind::Phone),
                field("contact_mobile", "移动电话", "Mobile", Kind::Mobile).from_profile("contact_mobile").example("13800138000").auto("tel"),
                field("email", "电子邮箱", "E-mail", Kind::Email).from_profile("email").example("xuke@example.cn").max(100).auto("email"),
                field("fax", "传真", "Fax", Kind::Phone).optional(),
                field("postcode", "邮编", "Postcode", Kind::Postcode).example("710016").auto("postal-code"),
            ],
        }),
        Part::Table(Table {
            key: "addresses",
            label: t("办公地址", "Office addresses"),
            hint: t("核准证上印这个地址；可以填写多个。", "The approval prints it; several are allowed."),
            row: t("一个地址", "an address"),
            columns: &[field("region", "所在地区", "Region", Kind::Region), field("address", "详细地址", "Address", Kind::Text)],
            min_rows: 1,
            max_rows: 30,
        }),
        Part::Group(Group {
            title: t("资产和场地", "Assets and premises"),
            hint: t("没有的填 0。", "Enter 0 where there is none."),
            fields: &[
                field("fixed_assets", "固定资产总值原值", "Fixed assets, original value", Kind::Decimal(6, WAN)),
                field("instrument_assets", "其中检测仪器设备原值", "Of which testing equipment", Kind::Decimal(6, WAN)),
                field("office_area", "办公场地面积", "Office area", Kind::Decimal(2, M2)),
                field("test_area", "试验（校验）场地面积", "Test or calibration area", Kind::Decimal(2, M2)),
            ],
        }),
        PAGE_FILES,
    ],
    rules: by_server(basic_rules),
};

fn basic_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::not_future(page, doc, today, &["founded_on"], issues);
    rules::parts_within_total(page, doc, "fixed_assets", &["instrument_assets"], issues);
}

const ITEM_COLUMNS: [Field; 6] = item_columns("i_basic/addresses");

/// 二 申请项目
pub static ITEMS: Page = Page {
    key: "i_items",
    title: t("申请项目", "Items applied for"),
    lead: t("核对申请项目和项目代码。", "Check the items and their codes."),
    parts: &[
        Part::Table(Table { columns: &ITEM_COLUMNS, ..ITEM_TABLE }),
        Part::Group(Group {
            title: Text::NONE,
            hint: Text::NONE,
            fields: &[field("fields", "申请项目", "Fields applied for", Kind::Checks(INSTITUTION_FIELDS)).basis("TSG Z7002-2022 附件E")],
        }),
        Part::Table(Table {
            key: "codes",
            label: t("项目代码", "Codes"),
            hint: t("除本次申请的项目外，原有核准的项目也列在这里。", "Besides the items applied for, list those already approved."),
            row: t("一个项目代码", "a code"),
            columns: &[
                field("code", "项目代码", "Code", Kind::Text).max(50),
                field("approval", "核准情况", "Approval", Kind::Select(APPROVALS)).hint("首次核准、原有核准或者增项核准。", "First, already held, or added."),
            ],
            min_rows: 1,
            max_rows: 100,
        }),
        Part::Files(&[
            slot("licence", t("法人证书或者营业执照", "Certificate of legal person or business licence"), "TSG Z7002-2022 3.2")
                .hint_of(t("单位资料里已有证书、或者能够联网核验的，不用再传。", "Not needed if your profile has it or it can be verified online.")),
            slot("old_licence", t("原核准证", "Present approval"), "TSG Z7002-2022 3.2").hint_of(t(
                "增项、升级、换证时上传；本系统能查到原证的，不用再传。",
                "For additions, changes of level and renewals; not needed if our register has it.",
            )),
            slot("parent_authorisation", t("法人书面授权文件", "Written authorisation of the legal person"), "TSG Z7002-2022 3.2")
                .hint_of(t("以分支机构名义申请时上传。", "When a branch applies in its own name.")),
        ]),
        PAGE_FILES,
    ],
    rules: no_rules,
};

const PROMISE_TEXT: Text = t(
    "我机构承诺：本机构依法成立，独立、公正地开展工作，不从事特种设备的生产、销售和监制；申请材料真实有效；核准后严格遵守有关规定，对检验、检测结果负责，接受监督管理。",
    "We promise that this institution was lawfully set up, works independently and fairly, and neither makes, sells nor supervises the making of special equipment; \
     that what we hand in is true and valid; and that once approved we will follow the rules, answer for our results and accept supervision.",
);

/// 三 承诺
pub static PROMISE: Page = Page {
    key: "i_promise",
    title: t("承诺", "Promise"),
    lead: t("由法定代表人承诺并签署。", "The legal representative promises and signs."),
    parts: &[
        Part::Note(PROMISE_TEXT),
        Part::Group(SIGNATURE),
        Part::Files(&[signed("signed", t("签字盖章的承诺页", "Signed and stamped promise"), "TSG Z7002-2022 附件E")]),
        PAGE_FILES,
    ],
    rules: by_server(signed_rules),
};

/// 承诺 of a kind whose signed paper is the form on its own page ([`super::kinds`]).
pub static PROMISE_UNSIGNED: Page = Page { parts: &[Part::Note(PROMISE_TEXT), Part::Group(SIGNATURE), PAGE_FILES], ..PROMISE };

const REMARK: Field = field("remark", "备注", "Remarks", Kind::Text).optional();

/// 四 分公司/分支机构
pub static BRANCHES: Page = Page {
    key: "i_branches",
    title: t("分公司/分支机构", "Branches"),
    lead: t("没有的可以不填。", "Leave empty if there are none."),
    parts: &[
        Part::Table(Table {
            key: "branches",
            label: t("分公司/分支机构", "Branches"),
            hint: Text::NONE,
            row: t("一个分支机构", "a branch"),
            columns: &[field("name", "名称", "Name", Kind::Text), field("address", "地址", "Address", Kind::Text), REMARK],
            min_rows: 0,
            max_rows: 100,
        }),
        PAGE_FILES,
    ],
    rules: no_rules,
};

/// 五 试验(校验)场地
pub static SITES: Page = Page {
    key: "i_sites",
    title: t("试验（校验）场地", "Test or calibration sites"),
    lead: t("没有固定场地的可以不填。", "Leave empty if there is no fixed site."),
    parts: &[
        Part::Table(Table {
            key: "sites",
            label: t("试验（校验）场地", "Test or calibration sites"),
            hint: Text::NONE,
            row: t("一处场地", "a site"),
            columns: &[field("item", "检测项目", "Item tested", Kind::Text), field("address", "场地地址", "Address", Kind::Text), REMARK],
            min_rows: 0,
            max_rows: 100,
        }),
        PAGE_FILES,
    ],
    rules: no_rules,
};

/// 六 人员情况
pub static COUNTS: Page = Page {
    key: "i_counts",
    title: t("人员情况", "Numbers of staff"),
    lead: t("按持证项目填写人数；一人持多个项目的，分别计入。", "Numbers per certified item; a person with several items counts in each."),
    parts: &[
        Part::Table(Table {
            key: "counts",
            label: t("持证人数", "Certified staff"),
            hint: Text::NONE,
            row: t("一个持证项目", "an item"),
            columns: &[
                field("code", "持证项目及级别", "Item and level", Kind::Text).max(50).example("RT-II"),
                field("number", "人数", "Number", Kind::Int(PERSONS)),
                REMARK,
            ],
            min_rows: 1,
            max_rows: 100,
        }),
        PAGE_FILES,
    ],
    rules: by_server(count_rules),
};

fn count_rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    rules::rows_differ(page, doc, "counts", "code", issues);
}

/// 七 全职持证人员
pub static PEOPLE: Page = Page {
    key: "i_people",
    title: t("全职持证人员", "Full-time certified staff"),
    lead: t("一名人员只能在一个检验、检测机构执业。", "A person may practise in one institution only."),
    parts: &[
        Part::Table(Table {
            key: "people",
            label: t("全职持证人员", "Full-time certified staff"),
            hint: Text::NONE,
            row: t("一名人员", "a person"),
            columns: &[
                field("name", "姓名", "Name", Kind::Text).max(50),
                PERSON_CERTIFICATE.basis("特种设备安全法 第五十一条"),
                field("items", "持证项目及级别", "Items and levels", Kind::Text).example_in("RT-II、UT-II", "RT-II, UT-II"),
                REMARK,
            ],
            min_rows: 1,
            max_rows: 1000,
        }),
        PAGE_FILES,
    ],
    rules: by_server(people_rules),
};

fn people_rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    rules::rows_differ(page, doc, "people", "certificate", issues);
    rules::numbers_whole(page, doc, "people", "certificate", issues);
}

/// 八 主要仪器设备
pub static EQUIPMENT: Page = Page {
    key: "i_equipment",
    title: t("主要仪器设备", "Main equipment"),
    lead: t("填写与申请项目有关的主要仪器设备。", "The main equipment for the items applied for."),
    parts: &[
        Part::Table(Table {
            key: "equipment",
            label: t("主要仪器设备", "Main equipment"),
            hint: Text::NONE,
            row: t("一台仪器设备", "a piece of equipment"),
            columns: &[
                field("name", "名称", "Name", Kind::Text),
                field("model", "型号（规格）", "Model", Kind::Text),
                field("quantity", "数量", "Quantity", Kind::Int(t("台", "sets"))),
                REMARK,
            ],
            min_rows: 1,
            max_rows: 500,
        }),
        PAGE_FILES,
    ],
    rules: no_rules,
};

/// 九 有关文件资料
pub static FILES: Page = Page {
    key: "i_files",
    title: t("有关文件资料", "Documents"),
    lead: t("列出随申请书提交的文件资料并上传。", "List the documents handed in, and upload them."),
    parts: &[
        Part::Table(Table {
            key: "documents",
            label: t("文件资料目录", "List of documents"),
            hint: Text::NONE,
            row: t("一份文件", "a document"),
            columns: &[field("name", "名称", "Name", Kind::Text), field("pages", "页数", "Pages", Kind::Int(t("页", "pages"))), REMARK],
            min_rows: 0,
            max_rows: 100,
        }),
        Part::Files(&[
            slot("manual", t("质量管理手册", "Quality manual"), "TSG Z7002-2022 附件E"),
            slot("documents_file", t("其他文件资料", "Other documents"), "TSG Z7002-2022 附件E"),
        ]),
    ],
    rules: no_rules,
};

/// 十 其他
pub static OTHER: Page = Page {
    key: "i_other",
    title: t("其他", "Other"),
    lead: t("还要说明的事项；没有可以不填。", "Anything else; may be left empty."),
    parts: &[
        Part::Group(Group { title: Text::NONE, hint: Text::NONE, fields: &[field("text", "其他", "Other", Kind::LongText).optional().max(3000)] }),
        OTHER_FILES,
    ],
    rules: no_rules,
};
