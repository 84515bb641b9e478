//! What the public is given to read: lines of the two lists of publicity, what the look-up finds, and the question after
//! a case's progress. Pure.

use crate::base::{Say, Text, say, t, text};
use crate::form::field::no_rules;
use crate::form::{Doc, Field, Group, Issue, Kind, Page, Part};
use crate::licence::model::Standing;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An accepted application (公示), with the manual's four columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedLine {
    /// 申请流水编号
    pub no: String,
    /// 申请人
    pub applicant: String,
    /// 服务事项名称
    pub matter: Say,
    /// 申请时间, unix milliseconds
    pub submitted_at: i64,
}

/// A granted licence as the public may read it (行政许可法 art. 40). Nothing personal is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceLine {
    /// 许可证编号
    pub number: String,
    /// 单位名称
    pub holder: String,
    /// 统一社会信用代码
    pub code: String,
    pub category: Say,
    /// Labels of the items.
    pub items: Vec<String>,
    /// 许可范围 as the certificate says it, line by line; empty of one on paper.
    pub scope: Vec<String>,
    /// 住所 and places of work as the certificate says them, each with what it is called; none of one on paper.
    pub addresses: Vec<(String, String)>,
    pub authority: String,
    /// ISO dates.
    pub issued_on: String,
    pub valid_to: String,
    pub standing: Standing,
}

/// A granted licence as it is made public (双公示); of a person the name is masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedLine {
    /// 行政相对人名称
    pub holder: String,
    /// 统一社会信用代码
    pub code: String,
    pub category: Say,
    /// Labels of the items.
    pub items: Vec<String>,
    /// The decision; none of a certificate on paper.
    pub decision: Option<DecisionLine>,
    /// Empty while none is made yet.
    pub certificates: Vec<CertificateLine>,
    pub authority: String,
    pub authority_code: String,
}

/// The decision on a licence as it is made public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionLine {
    /// 决定文书名称
    pub title: String,
    /// 文号
    pub number: String,
    /// ISO.
    pub on: String,
}

/// A certificate of a published licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateLine {
    pub number: String,
    /// ISO dates.
    pub issued_on: String,
    pub valid_to: String,
    pub standing: Standing,
}

/// A page of a list, with cursors of the pages beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    pub rows: Vec<T>,
    pub count: i64,
    /// There are more than `count`.
    pub capped: bool,
    pub newer: Option<String>,
    pub older: Option<String>,
}

/// What the look-up of licences found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub rows: Vec<LicenceLine>,
    /// There are more than are shown.
    pub more: bool,
}

/// The fewest characters to look for; less would list everybody.
pub const SHORTEST: usize = 2;

/// The question after the certificate of a person (检验检测人员证查询): both name and number are asked, so that nobody's certificates can
/// be listed.
pub static PERSON: Page = Page {
    key: "person-certificate",
    title: t("检验检测人员证查询", "Certificate of an inspector or tester"),
    lead: Text::NONE,
    parts: &[Part::Group(Group {
        title: Text::NONE,
        hint: Text::NONE,
        fields: &[
            Field::new("name", t("姓名", "Name"), Kind::Text).max(50),
            Field::new("number", t("证书编号", "Certificate number"), Kind::Text)
                .hint("在证书正面，以 TS8 开头。", "On the front of the certificate; it begins with TS8.")
                .example("TS8261007-2031")
                .max(30),
        ],
    })],
    rules: no_rules,
};

/// The question after the progress of a case (办理进度查询).
pub static PROGRESS: Page = Page {
    key: "progress",
    title: t("办理进度查询", "Progress of an application"),
    lead: Text::NONE,
    parts: &[Part::Group(Group {
        title: Text::NONE,
        hint: Text::NONE,
        fields: &[
            Field::new("no", t("申请号", "Application number"), Kind::Text)
                .hint("14 位数字，在提交后的回执上。", "14 digits, on the receipt.")
                .example("20261122000017")
                .max(20),
            Field::new("tail", t("单位代码后四位", "Last four characters of the unit’s code"), Kind::Text)
                .hint(
                    "统一社会信用代码或者组织机构代码的最后四位；个人申请填证件号码的最后四位。",
                    "Of its unified social credit code or organisation code; of a person’s application, of the identity number.",
                )
                .example("371X")
                .max(10),
        ],
    })],
    rules: well_written,
};

/// Both answers have a length; more is not said, so that nothing can be learned by trying.
fn well_written(page: &Page, doc: &Doc, _: Date, issues: &mut Vec<Issue>) {
    let typed = |key: &str| text::code(doc.get(&page.path(key)));
    let (no, tail) = (typed("no"), typed("tail"));
    if !no.is_empty() && !text::is_digits(&no, 14) {
        issues.push(Issue::error(
            page.path("no"),
            say("申请号是 14 位数字，例如 20261122000017", "The application number has 14 digits, for example 20261122000017"),
        ));
    }
    if !tail.is_empty() && (tail.len() != 4 || !tail.bytes().all(|b| b.is_ascii_alphanumeric())) {
        issues.push(Issue::error(
            page.path("tail"),
            say("请填写代码的最后四位，例如 371X", "Please type the last four characters of the code, for example 371X"),
        ));
    }
}
