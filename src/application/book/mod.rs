//! The books of an application (申请书): what is asked, page by page, and how the answers are judged.
//! Two books stand on one mechanism (ruling 1): the unit's eleven pages of the manual, and the institution's cover and
//! ten parts. Everything here is data and pure functions; drawing, saving and the catalogue itself lie elsewhere.

pub mod changes;
pub mod checks;
pub mod choices;
pub mod facts;
pub mod fill;
pub mod places;

mod cover;
mod equipment;
mod institution;
mod items;
mod kinds;
mod operators;
mod person;
pub mod persons;
mod routed;
pub mod rows;
mod rules;
mod works;

#[cfg(test)]
mod tests;

pub use changes::{Change, changes};
pub use checks::{PageState, cross_checks, judge_book, page_state};
pub use facts::{Address, Ban, CaseFacts, CaseItem, OldCertificate, OtherPractice, PersonFacts};
pub use fill::{apply_dates, copy_from, fixed_values, flatten, prefill, rechosen, refilled};
pub use places::{Place, is_unlocked, places};
pub use routed::route;

use crate::base::{Text, t};
use crate::catalogue::PERSONNEL;
use crate::form::field::by_server;
use crate::form::{Field, FileKind, Kind, Need, Page, Part, Slot};

const WAN: Text = t("万元", "CNY 10,000");
const M2: Text = t("㎡", "m²");
const PERSONS: Text = t("人", "persons");

/// 证书编号 of a person; on a 特种设备作业人员证 it is the holder's resident id.
const PERSON_CERTIFICATE: Field = Field { secret: true, ..field("certificate", "证书编号", "Certificate number", Kind::Text) }.max(50);

/// Prefixes of the paths of declarations: always open in a correction, never copied from another application.
pub const DECLARATIONS: &[&str] = &[
    "items/declare",
    "items/signed",
    "i_promise/declare",
    "i_promise/signed",
    "declare/declare",
    "declare/promise",
    "declare/signed",
    "change/signed",
    "extend/signed",
    "reissue/signed",
    "deregister/signed",
    "proofs/declare",
    "proofs/signed",
];

const fn field(key: &'static str, zh: &'static str, en: &'static str, kind: Kind) -> Field {
    Field::new(key, t(zh, en), kind)
}

/// An optional place for attachments; what makes it needed is a rule or a fact.
const fn slot(key: &'static str, label: Text, basis: &'static str) -> Slot {
    Slot { key, label, hint: Text::NONE, basis, need: Need::Optional, max_files: 20, kind: FileKind::Any }
}

/// The scan of a page that the law wants signed and stamped.
const fn signed(key: &'static str, label: Text, basis: &'static str) -> Slot {
    let hint = t("打印本页，由法定代表人签字并盖公章后扫描上传。", "Print this page, have it signed and stamped, and upload the scan.");
    Slot { need: Need::Always, ..slot(key, label, basis) }.hint_of(hint)
}

/// The authority asks for nothing beyond the list of materials.
const UNASKED: &str = "行政许可法 第三十一条";

/// 本页附件: what an applicant adds to a page unasked. Every page of a unit's book ends with it, but those that are a place for any
/// file themselves.
const PAGE_FILES: Part = Part::Files(&[slot("extra", t("本页附件", "Attachments of this page"), UNASKED)
    .hint_of(t("只传与本页内容有关的文件，可以传多个；没有的不用传。", "Only files that bear on this page, one or more; none is needed."))]);

/// 其他文件: the same for a whole book, on its last page.
const OTHER_FILES: Part =
    Part::Files(&[slot("extra", t("其他文件", "Other files"), UNASKED).hint_of(t("只传与本申请有关的文件。", "Only files that bear on this application."))]);

impl Slot {
    const fn hint_of(mut self, hint: Text) -> Slot {
        self.hint = hint;
        self
    }
}

/// The pages of an application in order, by category (`design`, `manufacture`, `install`, `filling-mobile`,
/// `filling-cylinder`, `calibration`, `institution`; `personnel`) and kind ([`choices::KINDS`]; [`choices::PERSON_KINDS`]).
pub fn pages(category: &str, kind: &str) -> Vec<&'static Page> {
    if category == PERSONNEL {
        return person::pages(kind);
    }
    let extra = match kind {
        "renew-review" => Some(&kinds::RENEWAL),
        "renew-declare" => Some(&kinds::DECLARE),
        "change-name" | "change-address-name" | "change-move" => Some(&kinds::CHANGE),
        "change-drop-address" => Some(&kinds::DROP_ADDRESS),
        "extend" => Some(&kinds::EXTEND),
        "reissue" => Some(&kinds::REISSUE),
        "deregister" => Some(&kinds::DEREGISTER),
        _ => None,
    };
    let mut pages = if category == "institution" { institution_pages(kind) } else { unit_pages(category, kind) };
    if let Some(extra) = extra {
        let after_items = pages.iter().position(|page| matches!(page.key, "works" | "remarks" | "i_branches" | "i_other")).unwrap_or(pages.len());
        pages.insert(after_items, extra);
    }
    pages
}

/// Whether a kind of application is filed with the application book at all, and not just with a form of its own.
fn shows_works(kind: &str) -> bool {
    !matches!(kind, "change-name" | "change-address-name" | "change-drop-address" | "extend" | "reissue" | "deregister")
}

/// Whether the signed paper is the table of items, and not the form on the kind's own page.
fn signs_items(kind: &str) -> bool {
    shows_works(kind) && kind != "change-move"
}

/// Whether it shows the unit's resources: a renewal by self-declaration declares them instead.
fn shows_resources(kind: &str) -> bool {
    shows_works(kind) && kind != "renew-declare"
}

fn unit_pages(category: &str, kind: &str) -> Vec<&'static Page> {
    let design = category == "design";
    let basic = match category {
        "manufacture" => &cover::BASIC_MANUFACTURE,
        "filling-mobile" | "filling-cylinder" => &cover::BASIC_FILLING,
        "calibration" => &cover::BASIC_CALIBRATION,
        _ => &cover::BASIC_OFFICE,
    };
    let mut pages = vec![&cover::COVER, basic];
    pages.push(if signs_items(kind) { &items::ITEMS } else { &items::ITEMS_UNSIGNED });
    pages.extend(shows_works(kind).then_some(&works::WORKS));
    if shows_resources(kind) {
        pages.extend([&works::RESOURCES, if design { &works::STAFF_DESIGN } else { &works::STAFF }]);
        pages.extend((!design).then_some(&equipment::PRODUCTION));
        pages.push(if design { &equipment::INSTRUMENTS_DESIGN } else { &equipment::INSTRUMENTS });
        pages.extend((category == "calibration").then_some(&equipment::CALIBRATION));
        pages.push(&equipment::SUBCONTRACT);
    }
    pages.push(&equipment::REMARKS);
    pages
}

fn institution_pages(kind: &str) -> Vec<&'static Page> {
    let mut pages = vec![&institution::COVER, &institution::BASIC, &institution::ITEMS];
    pages.push(if signs_items(kind) { &institution::PROMISE } else { &institution::PROMISE_UNSIGNED });
    if shows_resources(kind) {
        pages.extend([&institution::BRANCHES, &institution::SITES, &institution::COUNTS, &institution::PEOPLE, &institution::EQUIPMENT, &institution::FILES]);
    }
    pages.push(&institution::OTHER);
    pages
}
