//! 申请许可项目, page 3 of the unit's book: the items, the declaration and the papers of TSG 07-2019 3.2.1.

use super::{PAGE_FILES, by_server, field, rules, signed, slot};
use crate::base::{Text, t};
use crate::form::{Doc, Field, Group, Issue, Kind, Page, Part, Slot, Table};
use jiff::civil::Date;

/// What the catalogue says of an item.
const fn given(key: &'static str, zh: &'static str, en: &'static str) -> Field {
    field(key, zh, en, Kind::LongText).max(2000).optional().fixed()
}

/// 申请许可项目表: a row for each item of the case, under the item's id. What the products are is the applicant's to say.
pub(super) const ITEM_TABLE: Table = Table {
    key: "items",
    label: t("申请许可项目", "Items applied for"),
    hint: Text::NONE,
    row: Text::NONE,
    // The institution's book has its own.
    columns: &COLUMNS,
    min_rows: 0,
    max_rows: 200,
};

const COLUMNS: [Field; 6] = item_columns("basic/addresses");

/// The columns of a book whose working addresses stand in this table.
pub(super) const fn item_columns(addresses: &'static str) -> [Field; 6] {
    [
        given("item", "项目", "Item"),
        given("sub_item", "子项目", "Sub-item"),
        given("parameters", "参数、范围", "Parameters"),
        field("addresses", "地址", "Addresses", Kind::Rows(addresses))
            .hint(
                "这一项在哪些地址进行，可以选多个；证书的备注据此写明。",
                "Where it is carried out; several are allowed. The certificate says so in its remarks.",
            )
            .basis("TSG 07-2019 附件A")
            .max(2000),
        field("product", "代表产品（限制范围、典型产品）", "Representative product (limits, typical product)", Kind::LongText).max(500).optional(),
        field("remark", "备注", "Remarks", Kind::Text).optional(),
    ]
}

const DECLARATION: Text = t(
    "我单位声明：本单位依法成立；没有影响办理本许可的诉讼等司法纠纷，没有正在接受的行政限制或者行政处罚，也没有因涉嫌特种设备违法行为或者特种设备事故正在接受调查处理。\
     我单位自愿申请本许可，接受审查和产品（样品）检测；取得许可后，严格遵守有关规定，保证产品质量，接受监督管理和监督检验。\
     我单位对申请材料的真实性负责。",
    "We declare that this unit was lawfully set up; that no lawsuit or other judicial dispute affects this licence; that it is under no administrative restriction or penalty, \
     and not under investigation for unlawful acts or accidents with special equipment. We apply of our own will and accept the review and the tests of products (samples). \
     Once licensed we will follow the rules, guarantee the quality of our products, and accept supervision and supervised inspection. We answer for the truth of what we hand in.",
);

/// 申请人声明与签署: name, position and date; the same in every declaration.
pub(super) const SIGNATURE: Group = Group {
    title: t("申请人声明与签署", "Declaration and signature"),
    hint: t("由法定代表人本人签署，日期填签署当天。", "Signed by the legal representative in person, dated the day of signing."),
    fields: &[
        field("declarer", "申请单位法定代表人", "Legal representative of the applicant", Kind::Text).max(50).basis("行政许可法 第三十一条"),
        field("declarer_title", "职务", "Position", Kind::Text).max(50),
        field("declared_on", "日期", "Date", Kind::Date),
    ],
};

const SIGNED: Slot = signed("signed", t("签字盖章的申请许可项目表", "Signed and stamped table of items"), "TSG 07-2019 3.2.1(2)");
const LICENCE: Slot = slot("licence", t("营业执照", "Business licence"), "TSG 07-2019 3.2.1(1)")
    .hint_of(t("单位资料里已有执照、或者能够联网核验的，不用再传。", "Not needed if your profile has it or it can be verified online."));
const OLD_LICENCE: Slot = slot("old_licence", t("原许可证", "Present licence"), "TSG 07-2019 3.2.1(3)")
    .hint_of(t("增项、升级、变更、换证时上传；本系统能查到原证的，不用再传。", "For additions, changes and renewals; not needed if our register has it."));
const PARENT: Slot = slot("parent_authorisation", t("公司法人书面授权文件", "Written authorisation of the parent company"), "TSG 07-2019 2.2.4.2")
    .hint_of(t("以分公司名义申请时上传。", "When a branch applies in its own name."));

/// 3 申请许可项目
pub static ITEMS: Page = Page {
    key: "items",
    title: t("申请许可项目", "Items applied for"),
    lead: t("核对许可项目，由法定代表人声明并签署。", "Check the items; the legal representative declares and signs."),
    parts: &[Part::Table(ITEM_TABLE), Part::Note(DECLARATION), Part::Group(SIGNATURE), Part::Files(&[SIGNED, LICENCE, OLD_LICENCE, PARENT]), PAGE_FILES],
    rules: by_server(signed_rules),
};

/// 申请许可项目 of a kind whose signed paper is the form on its own page ([`super::kinds`]).
pub static ITEMS_UNSIGNED: Page = Page {
    parts: &[Part::Table(ITEM_TABLE), Part::Note(DECLARATION), Part::Group(SIGNATURE), Part::Files(&[LICENCE, OLD_LICENCE, PARENT]), PAGE_FILES],
    ..ITEMS
};

/// A declaration is not dated ahead.
pub(super) fn signed_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::not_future(page, doc, today, &["declared_on"], issues);
}
