//! 近几年工作情况, 单位资源 and 作业人员情况: pages 4 to 6 of the unit's book.

use super::{M2, PAGE_FILES, PERSONS, WAN, by_server, choices::*, field, rules, slot};
use crate::base::{Text, t};
use crate::form::{Doc, Group, Issue, Kind, Page, Part, Slot, Table};
use jiff::civil::Date;

const PERFORMANCE: Table = Table {
    key: "performance",
    label: t("产品或工程业绩", "Products and works"),
    hint: t(
        "换证时，每个许可子项目在许可周期内都应有业绩，否则按首次或者增项办理。",
        "For a renewal every sub-item needs a record in the licence period; otherwise it counts as a first application or an addition.",
    ),
    row: t("一项业绩", "a record"),
    columns: &[
        field("year", "年度", "Year", Kind::Year).example("2025"),
        field("name", "产品或工程名称", "Product or work", Kind::Text),
        field("sub_item", "许可子项目", "Licensed sub-item", Kind::Text).basis("TSG 07-2019 3.6.3"),
        field("parameters", "主要参数", "Main parameters", Kind::Text),
        field("quantity", "数量", "Quantity", Kind::Decimal(3, Text::NONE)),
        field("unit", "单位", "Unit of quantity", Kind::Text).max(20).example_in("台", "sets"),
        field("value", "产值", "Output value", Kind::Decimal(6, WAN)).optional(),
        field("supervision", "监督检验、型式试验", "Supervised inspection, type test", Kind::Select(SUPERVISION)),
        field("problems", "质量问题、事故、投诉、处罚", "Quality problems, accidents, complaints, penalties", Kind::Text)
            .hint("没有的填“无”。", "Enter “none” if there were none."),
        field("remark", "备注", "Remarks", Kind::Text).optional(),
    ],
    min_rows: 0,
    max_rows: 500,
};

/// 4 近几年工作情况
pub static WORKS: Page = Page {
    key: "works",
    title: t("近几年工作情况", "Work of recent years"),
    lead: t("说明近几年与申请项目有关的工作。", "Describe recent work that bears on the items applied for."),
    parts: &[
        Part::Group(Group {
            title: Text::NONE,
            hint: Text::NONE,
            fields: &[field("summary", "工作概况", "Summary", Kind::LongText)
                .hint("产品、工程、质量和售后情况；新成立的单位写明筹备情况。", "Products, works, quality and service; a new unit describes its preparations.")
                .max(3000)],
        }),
        Part::Table(PERFORMANCE),
        PAGE_FILES,
    ],
    rules: by_server(works_rules),
};

fn works_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::years_not_future(page, doc, today, "performance", "year", issues);
}

const AREAS: Group = Group {
    title: t("场地面积", "Areas"),
    hint: t("没有的填 0。", "Enter 0 where there is none."),
    fields: &[
        field("land_area", "占地面积", "Land area", Kind::Decimal(2, M2)),
        field("workshop_area", "厂房面积", "Workshops", Kind::Decimal(2, M2)),
        field("office_area", "办公面积", "Offices", Kind::Decimal(2, M2)),
        field("store_area", "仓库面积", "Warehouses", Kind::Decimal(2, M2)),
        field("test_area", "试验场地面积", "Test sites", Kind::Decimal(2, M2)),
    ],
};

const NUMBERS: Group = Group {
    title: t("人员数量", "Numbers of staff"),
    hint: t("没有的填 0。", "Enter 0 where there is none."),
    fields: &[
        field("total", "职工总数", "All employees", Kind::Int(PERSONS)),
        field("managers", "管理人员", "Managers", Kind::Int(PERSONS)),
        field("technicians", "技术人员", "Technical staff", Kind::Int(PERSONS)),
        field("senior_engineers", "高级工程师", "Senior engineers", Kind::Int(PERSONS)),
        field("engineers", "工程师", "Engineers", Kind::Int(PERSONS)),
        field("assistant_engineers", "助理工程师", "Assistant engineers", Kind::Int(PERSONS)),
        field("inspectors", "检验人员", "Inspectors", Kind::Int(PERSONS)),
        field("ndt_staff", "无损检测人员", "Non-destructive testing staff", Kind::Int(PERSONS)),
        field("welders", "焊工", "Welders", Kind::Int(PERSONS)),
    ],
};

/// 工作场所
const PLACES: Table = Table {
    key: "places",
    label: t("工作场所", "Premises"),
    hint: t(
        "租赁的，租期应当覆盖申请的整个许可周期，并上传出租方的权属证明。",
        "A lease must cover the whole validity applied for; upload the lessor's proof of ownership.",
    ),
    row: t("一处场所", "a place"),
    columns: &[
        field("address", "地址", "Address", Kind::Text),
        field("use", "用途", "Use", Kind::Select(PLACE_USES)),
        field("area", "面积", "Area", Kind::Decimal(2, M2)),
        field("ownership", "自有或租赁", "Owned or rented", Kind::Select(OWNERSHIP)).basis("TSG 07-2019 2.2.2.1"),
        field("lease_from", "租期起", "Lease from", Kind::Date).when("ownership", &["rent"]),
        field("lease_to", "租期止", "Lease until", Kind::Date).when("ownership", &["rent"]).basis("TSG 07-2019 2.2.2.1"),
        field("proof", "证明文件", "Proof", Kind::Text).hint("权属证明或者租赁合同的名称、编号。", "Name and number of the deed or lease."),
    ],
    min_rows: 1,
    max_rows: 100,
};

/// 质量保证体系人员
const QUALITY_STAFF: Table = Table {
    key: "quality_staff",
    label: t("质量保证体系人员", "Quality system staff"),
    hint: t("材料与理化检验、焊接与无损检测不得由同一人负责。", "Materials and physical-chemical testing, and welding and NDT, need different persons."),
    row: t("一名人员", "a person"),
    columns: &[
        field("post", "岗位", "Post", Kind::Select(POSTS)).basis("TSG 07-2019 2.1.1"),
        field("name", "姓名", "Name", Kind::Text).max(50),
        field("title", "职称", "Title", Kind::Select(TITLES)).basis("TSG 07-2019 表2-1"),
        field("education", "学历", "Education", Kind::Select(EDUCATION)).basis("TSG 07-2019 表2-1"),
        field("major", "专业", "Field of study", Kind::Text).max(50).optional(),
        field("years", "从业年限", "Years of technical work", Kind::Int(t("年", "years"))).max(2),
        field("also", "兼任", "Also holds", Kind::Select(POSTS)).optional(),
    ],
    min_rows: 1,
    max_rows: 100,
};

const RESOURCE_SLOTS: &[Slot] = &[
    slot("lease", t("租赁合同和出租方权属证明", "Lease and lessor's proof of ownership"), "TSG 07-2019 2.2.2.1")
        .hint_of(t("有租赁场所时上传。", "If any place is rented.")),
    slot("appointments", t("质量保证体系人员任命文件", "Appointments of quality system staff"), "TSG 07-2019 2.1.1"),
];

/// 5 单位资源
pub static RESOURCES: Page = Page {
    key: "resources",
    title: t("单位资源", "Resources"),
    lead: t("场所、人员数量和质量保证体系人员。", "Premises, numbers of staff, and the staff of the quality system."),
    parts: &[Part::Group(AREAS), Part::Group(NUMBERS), Part::Table(PLACES), Part::Table(QUALITY_STAFF), Part::Files(RESOURCE_SLOTS), PAGE_FILES],
    rules: by_server(resource_rules),
};

fn resource_rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    rules::rows_in_order(page, doc, "places", "lease_from", "lease_to", issues);
    rules::parts_within_total(page, doc, "total", &["managers", "technicians", "inspectors", "ndt_staff", "welders"], issues);
    rules::lease_proved(page, doc, issues);
    rules::quality_engineer_named(page, doc, issues);
    rules::titles_by_education(page, doc, issues);
}

const PEOPLE: Table = Table {
    key: "people",
    label: t("作业人员", "Operators"),
    hint: t("持有特种设备作业人员证、无损检测人员证的人员。", "Persons with an operator's or NDT certificate."),
    row: t("一名人员", "a person"),
    columns: &[
        field("name", "姓名", "Name", Kind::Text).max(50),
        field("id_no", "身份证号", "Resident ID number", Kind::ResidentId),
        field("post", "岗位/工种", "Post or trade", Kind::Text).max(50),
        field("codes", "作业项目代号", "Codes of certified work", Kind::Text)
            .hint("多个代号用顿号分开。", "Separate several codes with a comma.")
            .example_in("RT-II、UT-II", "RT-II, UT-II"),
        super::PERSON_CERTIFICATE,
        field("issuer", "发证机关", "Issuing authority", Kind::Text),
        field("valid_to", "有效期至", "Valid until", Kind::Date),
        field("registered_at", "执业注册单位", "Registered with", Kind::Text).hint("无损检测人员填写。", "For NDT staff.").optional(),
        field("remark", "备注", "Remarks", Kind::Text).optional(),
    ],
    min_rows: 1,
    max_rows: 500,
};

const PEOPLE_OR_NONE: Table = Table { min_rows: 0, ..PEOPLE };

const STAFF_SLOTS: &[Slot] = &[slot("certificates", t("人员证书", "Certificates"), "TSG 07-2019 2.1.1")];

/// 6 作业人员情况
pub static STAFF: Page = Page {
    key: "staff",
    title: t("作业人员情况", "Operators"),
    lead: t("逐人填写持证作业人员。", "List every certified operator."),
    parts: &[Part::Table(PEOPLE), Part::Files(STAFF_SLOTS), PAGE_FILES],
    rules: by_server(staff_rules),
};

/// 6 作业人员情况, for design units, which may have none.
pub static STAFF_DESIGN: Page = Page { parts: &[Part::Table(PEOPLE_OR_NONE), Part::Files(STAFF_SLOTS), PAGE_FILES], ..STAFF };

fn staff_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::rows_still_valid(
        page,
        doc,
        today,
        "people",
        "valid_to",
        t("这张证书已经过期，请更换或者移除此人", "This certificate has expired; replace it or remove the person"),
        issues,
    );
    rules::codes_known(page, doc, issues);
    rules::numbers_whole(page, doc, "people", "certificate", issues);
}
