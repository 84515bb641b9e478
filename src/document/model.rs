//! What a document says (文书), apart from how it looks: the same [`Content`] is drawn as a page and set as a PDF, and is
//! stored whole when it is issued. Documents are legal texts and Chinese only.

use serde::{Deserialize, Serialize};

/// The kinds of documents (spec chapter 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// 申请材料接收凭证
    Receipt,
    /// 特种设备行政许可申请资料补正告知书 (TSG 07 3.3.2)
    Correction,
    /// 特种设备行政许可受理决定书 (TSG 07 3.3.1)
    Acceptance,
    /// 特种设备行政许可不予受理决定书 (TSG 07 3.3.3)
    NonAcceptance,
    /// 鉴定评审委托书
    Entrustment,
    /// 鉴定评审约请函
    Appointment,
    /// 特种设备鉴定评审工作备忘录 (TSG 07 3.4.2)
    Memo,
    /// 鉴定评审报告 (TSG 07 3.4.3)
    Report,
    /// 特种设备鉴定评审工作反馈表
    Feedback,
    /// 延长审查期限告知书 (行政许可法 art. 42)
    Extension,
    /// 听证权利告知书 (行政许可法 art. 47)
    HearingRight,
    /// 听证通知书 (行政许可法 art. 48)
    Hearing,
    /// 准予行政许可决定书 (行政许可法 art. 38)
    Grant,
    /// 特种设备不予行政许可决定书 (行政许可法 art. 38)
    Denial,
    /// 终止办理通知书
    Termination,
    /// 中止办理通知书
    Suspension,
    /// 恢复办理通知书
    Resumption,
    /// 准考证, of the examination body
    AdmissionSlip,
    /// 特种设备生产许可证 (TSG 07 annex A)
    ProductionLicence,
    /// 移动式压力容器充装许可证、气瓶充装许可证 (TSG 07 annex A)
    FillingLicence,
    /// 特种设备检验检测机构核准证 (TSG Z7002 annex A)
    InstitutionApproval,
    /// 特种设备检验检测人员证 (TSG Z8001 annex B)
    PersonCertificate,
}

impl Kind {
    /// All kinds, in the order of a case.
    pub const ALL: [Kind; 22] = [
        Kind::Receipt,
        Kind::Correction,
        Kind::Acceptance,
        Kind::NonAcceptance,
        Kind::Entrustment,
        Kind::Appointment,
        Kind::Memo,
        Kind::Report,
        Kind::Feedback,
        Kind::Extension,
        Kind::HearingRight,
        Kind::Hearing,
        Kind::Grant,
        Kind::Denial,
        Kind::Termination,
        Kind::Suspension,
        Kind::Resumption,
        Kind::AdmissionSlip,
        Kind::ProductionLicence,
        Kind::FillingLicence,
        Kind::InstitutionApproval,
        Kind::PersonCertificate,
    ];

    /// The word stored.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Receipt => "receipt",
            Kind::Correction => "correction",
            Kind::Acceptance => "acceptance",
            Kind::NonAcceptance => "non-acceptance",
            Kind::Entrustment => "entrustment",
            Kind::Appointment => "appointment",
            Kind::Memo => "memo",
            Kind::Report => "report",
            Kind::Feedback => "feedback",
            Kind::Extension => "extension",
            Kind::HearingRight => "hearing-right",
            Kind::Hearing => "hearing",
            Kind::Grant => "grant",
            Kind::Denial => "denial",
            Kind::Termination => "termination",
            Kind::Suspension => "suspension",
            Kind::Resumption => "resumption",
            Kind::AdmissionSlip => "admission-slip",
            Kind::ProductionLicence => "production-licence",
            Kind::FillingLicence => "filling-licence",
            Kind::InstitutionApproval => "institution-approval",
            Kind::PersonCertificate => "person-certificate",
        }
    }

    /// Whether it decides on an application, or on taking it up (决定书).
    pub fn is_decision(self) -> bool {
        matches!(self, Kind::NonAcceptance | Kind::Grant | Kind::Denial)
    }

    /// The kind of a stored word.
    pub fn of_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The title the rules give it.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Receipt => "申请材料接收凭证",
            Kind::Correction => "特种设备行政许可申请资料补正告知书",
            Kind::Acceptance => "特种设备行政许可受理决定书",
            Kind::NonAcceptance => "特种设备行政许可不予受理决定书",
            Kind::Entrustment => "鉴定评审委托书",
            Kind::Appointment => "鉴定评审约请函",
            Kind::Memo => "特种设备鉴定评审工作备忘录",
            Kind::Report => "鉴定评审报告",
            Kind::Feedback => "特种设备鉴定评审工作反馈表",
            Kind::Extension => "延长审查期限告知书",
            Kind::HearingRight => "听证权利告知书",
            Kind::Hearing => "听证通知书",
            Kind::Grant => "准予行政许可决定书",
            Kind::Denial => "特种设备不予行政许可决定书",
            Kind::Termination => "终止办理通知书",
            Kind::Suspension => "中止办理通知书",
            Kind::Resumption => "恢复办理通知书",
            Kind::AdmissionSlip => "准考证",
            Kind::ProductionLicence => "特种设备生产许可证",
            // Its content prints the fitting word only.
            Kind::FillingLicence => "充装许可证",
            Kind::InstitutionApproval => "特种设备检验检测机构核准证",
            Kind::PersonCertificate => "特种设备检验检测人员证",
        }
    }

    /// What its title means.
    pub fn english(self) -> &'static str {
        match self {
            Kind::Receipt => "Receipt of the application",
            Kind::Correction => "Correction notice",
            Kind::Acceptance => "Acceptance decision",
            Kind::NonAcceptance => "Decision not to accept",
            Kind::Entrustment => "Entrustment of the review",
            Kind::Appointment => "Appointment of the review",
            Kind::Memo => "Memo of the review",
            Kind::Report => "Review report",
            Kind::Feedback => "Feedback on the review",
            Kind::Extension => "Notice of the extension",
            Kind::HearingRight => "Notice of the right to a hearing",
            Kind::Hearing => "Notice of the hearing",
            Kind::Grant => "Decision to grant",
            Kind::Denial => "Decision to deny",
            Kind::Termination => "Notice of termination",
            Kind::Suspension => "Notice of suspension",
            Kind::Resumption => "Notice of resumption",
            Kind::AdmissionSlip => "Admission slip",
            Kind::ProductionLicence => "Production licence",
            Kind::FillingLicence => "Filling licence",
            Kind::InstitutionApproval => "Approval of an inspection or testing institution",
            Kind::PersonCertificate => "Certificate of inspection or testing personnel",
        }
    }

    /// Whether it is a certificate: laid out as one, numbered by spec 6.5, and on the register.
    pub fn is_certificate(self) -> bool {
        matches!(self, Kind::ProductionLicence | Kind::FillingLicence | Kind::InstitutionApproval | Kind::PersonCertificate)
    }

    /// Whether its parties sign for themselves; the others carry the issuer's name where the seal goes.
    pub fn is_signed_by_parties(self) -> bool {
        matches!(self, Kind::Appointment | Kind::Memo | Kind::Report | Kind::Feedback)
    }

    /// Whether the applicant is told: all but what passes between authority and agency.
    pub fn is_read_by_applicant(self) -> bool {
        self != Kind::Entrustment
    }

    /// Whether the review agency may read it: the acceptance that names it (TSG 07-2019 3.3.1) and the papers of its review; and the
    /// examination body its own paper. Never what the applicant says about it.
    pub fn is_read_by_agency(self) -> bool {
        matches!(self, Kind::Acceptance | Kind::Entrustment | Kind::Appointment | Kind::Memo | Kind::Report | Kind::AdmissionSlip)
    }

    /// The letters its numbers begin with; acceptances and certificates have numbers by law.
    pub(super) fn letters(self) -> &'static str {
        match self {
            Kind::Receipt => "JS",
            Kind::Correction => "BZ",
            Kind::NonAcceptance => "BS",
            Kind::Entrustment => "WT",
            Kind::Appointment => "YQ",
            Kind::Memo => "BW",
            Kind::Report => "BG",
            Kind::Feedback => "FK",
            Kind::Extension => "YC",
            Kind::HearingRight => "GZ",
            Kind::Hearing => "TZ",
            Kind::Grant => "ZY",
            Kind::Denial => "BX",
            Kind::Termination => "ZZ",
            Kind::Suspension => "ZT",
            Kind::Resumption => "HF",
            Kind::AdmissionSlip => "ZK",
            Kind::Acceptance | Kind::ProductionLicence | Kind::FillingLicence | Kind::InstitutionApproval | Kind::PersonCertificate => "TS",
        }
    }
}

/// The kinds of letters an authority keeps reasons for (常用理由).
pub const REASONED: [Kind; 3] = [Kind::Correction, Kind::NonAcceptance, Kind::Denial];

/// What a document says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub kind: Kind,
    pub title: String,
    /// 文号、证书编号
    pub number: String,
    /// Who issues it: the authority, or for the papers of a review the agency or unit.
    pub issuer: String,
    /// The day it is issued, ISO.
    pub date: String,
    /// Whom it concerns: the applicant or holder.
    pub holder: String,
    /// 统一社会信用代码
    pub code: String,
    /// 有效期至, ISO; empty where nothing runs out.
    pub valid_to: String,
    /// What it is about in one line: the matter, or the items of a certificate.
    pub subject: String,
    pub blocks: Vec<Block>,
    /// Made in a demonstration: says so across every page.
    pub demo: bool,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// 主送: whom it speaks to.
    To(String),
    Paragraph(String),
    Heading(String),
    /// Labels and values.
    Facts(Vec<(String, String)>),
    Table(Table),
    /// Numbered.
    List(Vec<String>),
    /// Who signs, beside each other.
    Signatures(Vec<Signature>),
}

/// A table with its head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
}

/// A column; the widths of a table's columns share the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub width: u8,
}

/// A place to sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who: `申请单位法定代表（负责）人`.
    pub who: String,
    /// The name, if it was signed in the system.
    pub name: String,
    /// `单位公章`; empty where a person signs alone.
    pub seal: String,
    /// ISO; empty while it is not signed.
    pub date: String,
}

impl Table {
    /// A table from `(name, width)` and its rows.
    pub fn new<const N: usize>(columns: [(&str, u8); N], rows: impl IntoIterator<Item = [String; N]>) -> Table {
        let columns = columns.into_iter().map(|(name, width)| Column { name: name.to_owned(), width }).collect();
        Table { columns, rows: rows.into_iter().map(Vec::from).collect() }
    }
}

impl Content {
    /// What a signature vouches for, in one canonical line. The register answers with the same facts, so that whoever
    /// checks needs nothing else.
    pub fn claim(&self) -> Claim {
        Claim {
            kind: self.kind,
            title: self.title.clone(),
            number: self.number.clone(),
            issuer: self.issuer.clone(),
            holder: self.holder.clone(),
            code: self.code.clone(),
            subject: self.subject.clone(),
            date: self.date.clone(),
            valid_to: self.valid_to.clone(),
        }
    }

    /// Whom it concerns, by its code: what every letter to a unit says below its number. A certificate has both among its facts, and no
    /// paper prints a person's code.
    pub fn names_unit(&self) -> bool {
        !self.kind.is_certificate() && !self.code.is_empty()
    }

    /// What stands beside a label, if anything does.
    pub fn fact(&self, label: &str) -> Option<&str> {
        let facts = self.blocks.iter().filter_map(|block| if let Block::Facts(facts) = block { Some(facts) } else { None }).flatten();
        facts.filter(|(name, _)| name == label).map(|(_, value)| value.as_str()).next()
    }

    /// The rows of its tables, each with what is not empty.
    pub fn lines(&self) -> Vec<Vec<&str>> {
        let tables = self.blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        tables.flat_map(|table| &table.rows).map(|row| row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect()).collect()
    }

    /// The text its hash is taken over.
    pub fn canonical(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The facts of a document that are signed, as the register knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    pub kind: Kind,
    pub title: String,
    pub number: String,
    pub issuer: String,
    pub holder: String,
    pub code: String,
    pub subject: String,
    pub date: String,
    pub valid_to: String,
}

impl Claim {
    /// One line, the same everywhere: a JSON list of the facts in their order.
    pub fn canonical(&self) -> String {
        let facts = [self.kind.word(), &self.title, &self.number, &self.issuer, &self.holder, &self.code, &self.subject, &self.date, &self.valid_to];
        serde_json::to_string(&facts).unwrap_or_default()
    }
}

/// `2026年11月22日` of an ISO day; anything else as it is.
pub fn day(iso: &str) -> String {
    iso.parse::<jiff::civil::Date>().map_or_else(|_| iso.to_owned(), |day| format!("{}年{}月{}日", day.year(), day.month(), day.day()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn words_come_back_and_letters_tell_kinds_apart() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_word(kind.word()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.word()));
        }
        let own: Vec<_> = Kind::ALL.iter().map(|kind| kind.letters()).filter(|letters| *letters != "TS").collect();
        assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), own.len());
    }
}
