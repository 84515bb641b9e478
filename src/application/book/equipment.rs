//! 生产设备状况, 检验与试验仪器设备状况, 校验仪器设备能力, 分包、外协情况 and 备注: pages 7 to 11 of the unit's book.

use super::{OTHER_FILES, PAGE_FILES, by_server, choices::*, field, rules, slot};
use crate::base::{Text, t};
use crate::form::{Doc, Group, Issue, Kind, Page, Part, Slot, Table};
use jiff::civil::Date;

const MACHINES: Table = Table {
    key: "machines",
    label: t("生产设备", "Production equipment"),
    hint: t("生产设备一般不得租赁。", "Production equipment may generally not be rented."),
    row: t("一台设备", "a machine"),
    columns: &[
        field("name", "设备名称", "Equipment", Kind::Text),
        field("model", "型号规格", "Model", Kind::Text),
        field("serial", "出厂编号", "Serial number", Kind::Text),
        field("quantity", "数量", "Quantity", Kind::Int(t("台", "sets"))),
        field("maker", "制造单位", "Maker", Kind::Text),
        field("bought_on", "购置日期", "Bought on", Kind::Date),
        field("place", "所在地址", "Location", Kind::Text),
        field("ownership", "自有或租赁", "Owned or rented", Kind::Select(OWNERSHIP)).basis("TSG 07-2019 2.2.2.2"),
        field("condition", "完好状况", "Condition", Kind::Select(CONDITIONS)),
        field("remark", "备注", "Remarks", Kind::Text).optional(),
    ],
    min_rows: 1,
    max_rows: 500,
};

/// 7 生产设备状况 (not for design).
pub static PRODUCTION: Page = Page {
    key: "production",
    title: t("生产设备状况", "Production equipment"),
    lead: t("逐台填写生产（安装、充装、校验）用的设备。", "List the equipment for making, installing, filling or calibrating."),
    parts: &[Part::Table(MACHINES), PAGE_FILES],
    rules: by_server(production_rules),
};

fn production_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::rows_not_future(page, doc, today, "machines", &["bought_on"], issues);
    rules::not_rented(page, doc, "machines", issues);
}

const INSTRUMENT_ROWS: Table = Table {
    key: "instruments",
    label: t("检验与试验仪器设备", "Inspection and test instruments"),
    hint: t("检定或者校准应当在有效期内。", "Verification or calibration must be current."),
    row: t("一台仪器", "an instrument"),
    columns: &[
        field("name", "名称", "Instrument", Kind::Text),
        field("model", "型号规格", "Model", Kind::Text),
        field("serial", "编号", "Number", Kind::Text),
        field("range", "测量范围/精度", "Range and accuracy", Kind::Text),
        field("quantity", "数量", "Quantity", Kind::Int(t("台", "sets"))),
        field("verifier", "检定或校准机构", "Verified or calibrated by", Kind::Text),
        field("verified_on", "检定或校准日期", "Verified or calibrated on", Kind::Date),
        field("valid_to", "有效期至", "Valid until", Kind::Date),
        field("ownership", "自有或外委", "Owned or contracted out", Kind::Select(OWN_OR_SENT)).basis("TSG 07-2019 2.2.2.2"),
        field("remark", "备注", "Remarks", Kind::Text).optional(),
    ],
    min_rows: 1,
    max_rows: 500,
};

const INSTRUMENTS_OR_NONE: Table = Table { min_rows: 0, ..INSTRUMENT_ROWS };

/// 8 检验与试验仪器设备状况
pub static INSTRUMENTS: Page = Page {
    key: "instruments",
    title: t("检验与试验仪器设备状况", "Inspection and test instruments"),
    lead: t("逐台填写检验与试验用的仪器设备。", "List the instruments for inspection and testing."),
    parts: &[Part::Table(INSTRUMENT_ROWS), Part::Files(INSTRUMENT_SLOTS), PAGE_FILES],
    rules: by_server(instrument_rules),
};

/// 8 检验与试验仪器设备状况, for design units, which may have none.
pub static INSTRUMENTS_DESIGN: Page = Page { parts: &[Part::Table(INSTRUMENTS_OR_NONE), Part::Files(INSTRUMENT_SLOTS), PAGE_FILES], ..INSTRUMENTS };

const INSTRUMENT_SLOTS: &[Slot] = &[slot("verifications", t("检定或校准证书", "Verification or calibration certificates"), "TSG 07-2019 2.1.1")];

fn instrument_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::rows_not_future(page, doc, today, "instruments", &["verified_on"], issues);
    rules::rows_in_order(page, doc, "instruments", "verified_on", "valid_to", issues);
    rules::rows_still_valid(page, doc, today, "instruments", "valid_to", rules::INSTRUMENT_LAPSED, issues);
}

const RIGS: Table = Table {
    key: "rigs",
    label: t("校验仪器设备", "Calibration rigs"),
    hint: Text::NONE,
    row: t("一套装置", "a rig"),
    columns: &[
        field("name", "校验装置名称", "Rig", Kind::Text),
        field("model", "型号", "Model", Kind::Text),
        field("serial", "编号", "Number", Kind::Text),
        field("pressure_from", "校验压力范围（从）", "Pressure from", Kind::Decimal(3, t("MPa", "MPa"))),
        field("pressure_to", "校验压力范围（到）", "Pressure to", Kind::Decimal(3, t("MPa", "MPa"))),
        field("diameter", "公称通径范围", "Nominal diameters", Kind::Text).example_in("DN15～DN200", "DN15 to DN200"),
        field("medium", "校验介质", "Medium", Kind::Text).example_in("空气、水", "air, water"),
        field("accuracy", "准确度", "Accuracy", Kind::Text).example_in("0.4级", "class 0.4"),
        field("place", "校验地址", "Place of calibration", Kind::Text),
        field("valid_to", "检定有效期至", "Verified until", Kind::Date),
    ],
    min_rows: 1,
    max_rows: 100,
};

/// 9 校验仪器设备能力 (安全阀校验 only).
pub static CALIBRATION: Page = Page {
    key: "calibration",
    title: t("校验仪器设备能力", "Calibration capability"),
    lead: t("逐套填写安全阀校验装置。", "List the rigs for calibrating safety valves."),
    parts: &[Part::Table(RIGS), PAGE_FILES],
    rules: by_server(calibration_rules),
};

fn calibration_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::rows_ascending(page, doc, "rigs", "pressure_from", "pressure_to", issues);
    rules::rows_still_valid(page, doc, today, "rigs", "valid_to", rules::INSTRUMENT_LAPSED, issues);
}

const CONTRACTS: Table = Table {
    key: "contracts",
    label: t("外委工作", "Work contracted out"),
    hint: t(
        "无损检测、压力容器和压力管道设计只能委托给有相应特种设备资质的单位。",
        "NDT and the design of vessels and piping only go to units with the matching licence.",
    ),
    row: t("一项外委", "a contract"),
    columns: &[
        field("work", "外委工作", "Work", Kind::Select(OUTSOURCED)).basis("TSG 07-2019 2.2.3"),
        field("contractor", "受委托单位", "Contractor", Kind::Text),
        field("uscc", "统一社会信用代码", "Unified social credit code", Kind::CreditCode),
        field("licence_no", "资质证书编号", "Licence number", Kind::Text).when("work", &["design", "ndt"]).max(50),
        field("licence_to", "资质有效期", "Licence valid until", Kind::Date).when("work", &["design", "ndt"]),
        field("contract_no", "合同编号", "Contract number", Kind::Text).max(50),
        field("contract_from", "合同期限（起）", "Contract from", Kind::Date),
        field("contract_to", "合同期限（止）", "Contract until", Kind::Date),
        field("scope", "范围", "Scope", Kind::Text),
    ],
    min_rows: 0,
    max_rows: 100,
};

const SUBCONTRACT_SLOTS: &[Slot] = &[
    slot("contracts_file", t("外委合同", "Contracts"), "TSG 07-2019 2.2.3"),
    slot("contractor_licences", t("受委托单位资质证书", "Contractors' licences"), "TSG 07-2019 2.2.3"),
];

/// 10 分包、外协情况
pub static SUBCONTRACT: Page = Page {
    key: "subcontract",
    title: t("分包、外协情况", "Subcontracting"),
    lead: t("外委的工作应当签订合同，质量仍由您单位控制。", "Work contracted out needs a contract; you keep control of its quality."),
    parts: &[
        Part::Group(Group {
            title: Text::NONE,
            hint: Text::NONE,
            fields: &[
                field("any", "有无分包、外协", "Is any work contracted out?", Kind::Radio(HAVE_NONE)).basis("TSG 07-2019 2.2.3"),
                field("inspection_body", "监督检验、型式试验机构", "Body of supervised inspection or type test", Kind::Text)
                    .hint(
                        "为您单位做监督检验或者型式试验的机构；无损检测不得委托给它。",
                        "Your body for supervised inspection or type tests; NDT may not go to it.",
                    )
                    .optional(),
            ],
        }),
        Part::Table(CONTRACTS),
        Part::Files(SUBCONTRACT_SLOTS),
        PAGE_FILES,
    ],
    rules: by_server(subcontract_rules),
};

fn subcontract_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::rows_if_any(page, doc, "any", "contracts", issues);
    rules::rows_in_order(page, doc, "contracts", "contract_from", "contract_to", issues);
    rules::contractors(page, doc, today, issues);
}

/// 11 备注
pub static REMARKS: Page = Page {
    key: "remarks",
    title: t("备注", "Remarks"),
    lead: t("还要说明的事项；没有可以不填。", "Anything else; may be left empty."),
    parts: &[
        Part::Group(Group { title: Text::NONE, hint: Text::NONE, fields: &[field("text", "备注", "Remarks", Kind::LongText).optional().max(3000)] }),
        OTHER_FILES,
    ],
    rules: crate::form::field::no_rules,
};
