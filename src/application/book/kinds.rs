//! The one extra page of an application that is not a first one: 换证, 自我声明承诺, 许可证变更, 补证, 延期, 注销.
//! The manual shows no such page; the questions are those of TSG 07-2019 3.6 and 3.7.

use super::{
    PAGE_FILES, by_server,
    choices::*,
    field,
    items::{SIGNATURE, signed_rules},
    rules, signed, slot,
};
use crate::base::{Text, t};
use crate::form::{Doc, Field, Group, Issue, Kind, Need, Page, Part, Slot};
use jiff::civil::Date;

const CERTIFICATE_NO: Field = field("certificate_no", "原许可证编号", "Number of the present licence", Kind::Text).max(30).basis("TSG 07-2019 3.6");
const VALID_TO: Field = field("valid_to", "原许可证有效期至", "Present licence valid until", Kind::Date);

const fn needed(key: &'static str, label: Text, basis: &'static str) -> Slot {
    Slot { need: Need::Always, ..slot(key, label, basis) }
}

const LATE_FILE: Slot = slot("late_file", t("逾期申请的书面说明", "Written explanation of a late filing"), "TSG 07-2019 3.6.3.1");

const LATE_REASON: Field = field("late_reason", "未按期申请换证的原因", "Why the renewal is late", Kind::LongText)
    .hint("有效期届满前 6 至 12 个月之外申请的，在这里说明。", "If filed outside 6 to 12 months before expiry, explain here.")
    .basis("TSG 07-2019 3.6.3.1")
    .max(1000)
    .optional();

const RENEWAL_FIELDS: Part = Part::Group(Group { title: Text::NONE, hint: Text::NONE, fields: &[CERTIFICATE_NO, VALID_TO, LATE_REASON] });

/// 换证
pub static RENEWAL: Page = Page {
    key: "renewal",
    title: t("换证说明", "Renewal"),
    lead: t("填写原许可证；应在有效期届满前 6 至 12 个月申请。", "Your present licence; a renewal is filed 6 to 12 months before expiry."),
    parts: &[RENEWAL_FIELDS, Part::Files(&[LATE_FILE]), PAGE_FILES],
    rules: crate::form::field::no_rules,
};

/// 换证（自我声明承诺）, TSG 07-2019 3.6.3.2
pub static DECLARE: Page = Page {
    key: "declare",
    title: t("自我声明承诺书", "Self-declaration"),
    lead: t("以自我声明承诺换证的，不再现场评审；承诺不实的，许可将被撤销。", "No review on site; a false declaration leads to annulment."),
    parts: &[
        RENEWAL_FIELDS,
        Part::Group(Group {
            title: t("承诺事项", "What you declare"),
            hint: Text::NONE,
            fields: &[
                field(
                    "promise_conditions",
                    "资源条件、业绩和产品安全性能持续符合许可条件",
                    "Resources, performance and product safety still meet the conditions",
                    Kind::Tick,
                )
                .basis("TSG 07-2019 3.6.3.2(1)"),
                field("promise_system", "质量保证体系有效运行", "The quality system works", Kind::Tick).basis("TSG 07-2019 3.6.3.2(2)"),
                field(
                    "promise_clean",
                    "本许可周期内没有受到行政处罚，没有责任事故、产品安全问题和未处理完的质量投诉",
                    "No penalty, liable accident, safety problem or open complaint in this period",
                    Kind::Tick,
                )
                .basis("TSG 07-2019 3.6.3.2(3)"),
            ],
        }),
        Part::Group(SIGNATURE),
        Part::Files(&[signed("signed_promise", t("签字盖章的自我声明承诺书", "Signed and stamped self-declaration"), "TSG 07-2019 3.6.3.2"), LATE_FILE]),
        PAGE_FILES,
    ],
    rules: by_server(declare_rules),
};

fn declare_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    signed_rules(page, doc, today, issues);
    rules::all_ticked(page, doc, issues);
}

const CHANGE_FIELDS: Part = Part::Group(Group {
    title: Text::NONE,
    hint: Text::NONE,
    fields: &[
        CERTIFICATE_NO,
        field("changed_on", "变更日期", "Date of the change", Kind::Date)
            .hint("登记机构核准变更的日期。", "The day the registration authority approved it.")
            .basis("TSG 07-2019 3.6.2.2"),
        field("before", "变更前", "Before", Kind::LongText).max(1000),
        field("after", "变更后", "After", Kind::LongText).max(1000),
        field("reason", "变更原因", "Reason", Kind::LongText).max(1000).optional(),
    ],
});
const SIGNED_CHANGE: Slot = signed("signed", t("签字盖章的许可证变更申请表", "Signed and stamped form"), "TSG 07-2019 3.6.2");
const CHANGE_PROOF: Slot = slot("change_proof", t("变更的证明文件", "Proof of the change"), "TSG 07-2019 3.6.2");

/// 许可证变更申请表, TSG 07-2019 3.6.2
pub static CHANGE: Page = Page {
    key: "change",
    title: t("许可证变更申请表", "Change of the licence"),
    lead: t("应在变更后 30 个工作日内申请。", "To be filed within 30 working days after the change."),
    parts: &[
        CHANGE_FIELDS,
        Part::Files(&[
            SIGNED_CHANGE,
            needed("licence_before", t("变更前的营业执照", "Business licence before the change"), "TSG 07-2019 3.6.2.2"),
            needed("licence_after", t("变更后的营业执照", "Business licence after the change"), "TSG 07-2019 3.6.2.2"),
            CHANGE_PROOF,
        ]),
        PAGE_FILES,
    ],
    rules: by_server(change_rules),
};

/// 许可证变更申请表 for giving up an address, where the business licence need not change (3.6.2.4).
pub static DROP_ADDRESS: Page = Page { parts: &[CHANGE_FIELDS, Part::Files(&[SIGNED_CHANGE, CHANGE_PROOF]), PAGE_FILES], ..CHANGE };

fn change_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::not_future(page, doc, today, &["changed_on"], issues);
}

/// 许可证变更申请表 for 延期换证, TSG 07-2019 3.6.3.4
pub static EXTEND: Page = Page {
    key: "extend",
    title: t("延期换证申请", "Postponed renewal"),
    lead: t("只限制造、充装单位；延期不超过一年，从下一个许可周期中扣除。", "For makers and filling units only; at most a year, taken off the next period."),
    parts: &[
        Part::Group(Group {
            title: Text::NONE,
            hint: Text::NONE,
            fields: &[
                CERTIFICATE_NO,
                VALID_TO,
                field("reason", "延期原因", "Reason", Kind::Radio(EXTEND_REASONS)).basis("TSG 07-2019 3.6.3.4"),
                field("extend_to", "申请延期至", "Extend until", Kind::Date),
                field("note", "情况说明", "Explanation", Kind::LongText).max(1000),
            ],
        }),
        Part::Files(&[
            signed("signed", t("签字盖章的许可证变更申请表", "Signed and stamped form"), "TSG 07-2019 3.6.3.4"),
            needed("official_papers", t("改制或者搬迁的批准文件", "Official papers on the restructuring or move"), "TSG 07-2019 3.6.3.4"),
            LATE_FILE,
        ]),
        PAGE_FILES,
    ],
    rules: by_server(extend_rules),
};

fn extend_rules(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    rules::within_a_year(page, doc, "valid_to", "extend_to", issues);
}

/// 许可证补发申请表, TSG 07-2019 3.7
pub static REISSUE: Page = Page {
    key: "reissue",
    title: t("许可证补发申请表", "Re-issue of the licence"),
    lead: t("补发的许可证编号和有效期不变。", "Number and validity stay the same."),
    parts: &[
        Part::Group(Group {
            title: Text::NONE,
            hint: Text::NONE,
            fields: &[
                CERTIFICATE_NO,
                field("reason", "补证原因", "Reason", Kind::Radio(REISSUE_REASONS)).basis("TSG 07-2019 3.7"),
                field("happened_on", "遗失或损毁日期", "Lost or damaged on", Kind::Date),
                field("note", "情况说明", "Explanation", Kind::LongText).max(1000),
            ],
        }),
        Part::Files(&[signed("signed", t("签字盖章的许可证补发申请表", "Signed and stamped form"), "TSG 07-2019 3.7")]),
        PAGE_FILES,
    ],
    rules: by_server(reissue_rules),
};

fn reissue_rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    rules::not_future(page, doc, today, &["happened_on"], issues);
}

/// 注销, 行政许可法 art. 70
pub static DEREGISTER: Page = Page {
    key: "deregister",
    title: t("注销申请", "Deregistration"),
    lead: t("注销后不得再从事许可范围内的活动。", "Afterwards the licensed activity is no longer allowed."),
    parts: &[
        Part::Group(Group {
            title: Text::NONE,
            hint: Text::NONE,
            fields: &[
                CERTIFICATE_NO,
                field("reason", "注销原因", "Reason", Kind::Radio(DEREGISTER_REASONS)).basis("行政许可法 第七十条"),
                field("note", "情况说明", "Explanation", Kind::LongText).max(1000),
            ],
        }),
        Part::Files(&[signed("signed", t("签字盖章的注销申请", "Signed and stamped request"), "行政许可法 第七十条")]),
        PAGE_FILES,
    ],
    rules: crate::form::field::no_rules,
};
