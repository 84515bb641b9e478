//! One typed input for each kind of document, and the pure way from it to [`Content`]. The texts delivered with the
//! program stand beside their inputs; an authority's own template takes their place.

pub mod acceptance;
pub mod certificate;
pub mod decision;
pub mod exam;
pub mod hearing;
pub mod review;

use super::model::{Block, Content, Kind, Table};
use super::template::{Filling, Placeholder, Template, parts, words};

/// What every document carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// 文号、证书编号
    pub number: String,
    /// The authority, or the agency or unit whose paper it is.
    pub issuer: String,
    /// ISO.
    pub date: String,
    /// 申请单位、持证单位
    pub holder: String,
    /// 统一社会信用代码
    pub code: String,
    /// The holder is a person and not a unit.
    pub is_person: bool,
    pub demo: bool,
}

/// The case a letter belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// 申请号
    pub application: String,
    /// `特种设备制造单位许可（首次取证）`
    pub matter: String,
    /// 受理单编号; empty before acceptance.
    pub acceptance: String,
}

/// A line of a table of licence items (许可项目表).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicenceItem {
    /// 许可项目
    pub item: String,
    /// 许可子项目
    pub sub_item: String,
    /// 许可参数（级别）
    pub parameters: String,
    /// 代表产品（限制范围、典型产品）
    pub products: String,
    /// 备注
    pub remark: String,
}

/// A qualification of a person (人员资格项目) as letters show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Qualification {
    /// 检验人员、无损检测人员
    pub group: String,
    /// 项目
    pub item: String,
    /// 级别
    pub level: String,
    /// 代号
    pub code: String,
}

/// What is applied for or granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Items {
    Licence(Vec<LicenceItem>),
    Qualifications(Vec<Qualification>),
}

impl Default for Items {
    fn default() -> Items {
        Items::Licence(Vec::new())
    }
}

impl Items {
    /// 许可项目表
    fn table(&self) -> Block {
        match self {
            Items::Licence(items) => item_table(items),
            Items::Qualifications(items) => {
                let rows = items.iter().map(|i| [i.group.clone(), i.item.clone(), i.level.clone(), i.code.clone()]);
                Block::Table(Table::new([("人员类型", 6), ("项目", 8), ("级别", 6), ("代号", 4)], rows))
            }
        }
    }
}

/// Somebody to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub telephone: String,
}

/// The typed input of a kind of document.
pub trait Paper {
    /// Which kind it makes.
    fn kind(&self) -> Kind;
    /// What it is about in one line.
    fn subject(&self) -> String;
    /// What goes into the template beside the common words.
    fn filling(&self, head: &Head) -> Filling;
    /// The title, where the content decides on it.
    fn title(&self) -> String {
        self.kind().title().to_owned()
    }
    /// 有效期至, ISO.
    fn valid_to(&self) -> String {
        String::new()
    }
}

/// Makes a document from its input and a template of its kind.
pub fn compose(head: &Head, paper: &(impl Paper + ?Sized), template: &Template) -> Content {
    let common = [("申请单位", &head.holder), ("统一社会信用代码", &head.code), ("文号", &head.number), ("机关", &head.issuer)];
    let filling = common.into_iter().fold(paper.filling(head), |filling, (name, value)| filling.words(name, value.clone()));
    let filling = filling.words("日期", super::model::day(&head.date)).words("称谓", if head.is_person { "你" } else { "你单位" });
    Content {
        kind: paper.kind(),
        title: paper.title(),
        number: head.number.clone(),
        issuer: head.issuer.clone(),
        date: head.date.clone(),
        holder: head.holder.clone(),
        code: head.code.clone(),
        valid_to: paper.valid_to(),
        subject: paper.subject(),
        blocks: template.fill(&filling),
        demo: head.demo,
    }
}

/// 救济途径: how a decision against the applicant is contested, and until when. The program words it, and it stands on a line of its own,
/// so that nothing an authority writes leaves it out.
pub(super) const REMEDIES: Placeholder = parts("救济途径");

/// 行政复议法 art. 20, 行政诉讼法 art. 46
fn remedies() -> Block {
    Block::Paragraph("如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，或者自收到本决定书之日起六个月内依法向人民法院提起行政诉讼。".to_owned())
}

/// What every template may name.
pub(super) const COMMON: [Placeholder; 6] = [words("申请单位"), words("统一社会信用代码"), words("文号"), words("机关"), words("日期"), words("称谓")];

impl Kind {
    /// What a template of this kind may name.
    pub fn placeholders(self) -> Vec<Placeholder> {
        let own: &[Placeholder] = match self {
            Kind::Receipt => &acceptance::RECEIPT.0,
            Kind::Correction => &acceptance::CORRECTION.0,
            Kind::Acceptance => &acceptance::ACCEPTANCE.0,
            Kind::NonAcceptance => &acceptance::NON_ACCEPTANCE.0,
            Kind::Entrustment => &review::ENTRUSTMENT.0,
            Kind::Appointment => &review::APPOINTMENT.0,
            Kind::Memo => &review::MEMO.0,
            Kind::Report => &review::REPORT.0,
            Kind::Feedback => &review::FEEDBACK.0,
            Kind::Extension => &decision::EXTENSION.0,
            Kind::HearingRight => &hearing::RIGHT.0,
            Kind::Hearing => &hearing::HEARING.0,
            Kind::Grant => &decision::GRANT.0,
            Kind::Denial => &decision::DENIAL.0,
            Kind::Termination => &decision::TERMINATION.0,
            Kind::Suspension => &decision::SUSPENSION.0,
            Kind::Resumption => &decision::RESUMPTION.0,
            Kind::AdmissionSlip => &exam::ADMISSION_SLIP.0,
            Kind::ProductionLicence | Kind::FillingLicence | Kind::InstitutionApproval | Kind::PersonCertificate => &certificate::CERTIFICATE.0,
        };
        COMMON.iter().chain(own).copied().collect()
    }

    /// What every template of this kind has to name, the reason first: the reason, where the law wants it told (行政许可法 art. 32, 38,
    /// 42), what is to be corrected, until when a hearing can be asked for (art. 47), and of a decision against the applicant the
    /// remedies (art. 38).
    pub fn required(self) -> &'static [&'static str] {
        const AGAINST: &[&str] = &["理由", REMEDIES.name];
        match self {
            Kind::NonAcceptance | Kind::Denial => AGAINST,
            Kind::Extension | Kind::Termination | Kind::Suspension | Kind::Resumption => &["理由"],
            Kind::Correction => &["补正内容"],
            Kind::HearingRight => &["申请期限"],
            _ => &[],
        }
    }

    /// The text of the template delivered with the program.
    pub fn text(self) -> &'static str {
        match self {
            Kind::Receipt => acceptance::RECEIPT.1,
            Kind::Correction => acceptance::CORRECTION.1,
            Kind::Acceptance => acceptance::ACCEPTANCE.1,
            Kind::NonAcceptance => acceptance::NON_ACCEPTANCE.1,
            Kind::Entrustment => review::ENTRUSTMENT.1,
            Kind::Appointment => review::APPOINTMENT.1,
            Kind::Memo => review::MEMO.1,
            Kind::Report => review::REPORT.1,
            Kind::Feedback => review::FEEDBACK.1,
            Kind::Extension => decision::EXTENSION.1,
            Kind::HearingRight => hearing::RIGHT.1,
            Kind::Hearing => hearing::HEARING.1,
            Kind::Grant => decision::GRANT.1,
            Kind::Denial => decision::DENIAL.1,
            Kind::Termination => decision::TERMINATION.1,
            Kind::Suspension => decision::SUSPENSION.1,
            Kind::Resumption => decision::RESUMPTION.1,
            Kind::AdmissionSlip => exam::ADMISSION_SLIP.1,
            Kind::ProductionLicence | Kind::FillingLicence | Kind::InstitutionApproval | Kind::PersonCertificate => certificate::CERTIFICATE.1,
        }
    }
}

/// Labels and values; empty values are left out.
fn facts<const N: usize>(pairs: [(&str, &str); N]) -> Block {
    Block::Facts(pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(label, value)| (label.to_owned(), value.to_owned())).collect())
}

/// A reason as part of a sentence: the template ends the sentence.
fn clause(reason: &str) -> &str {
    reason.trim().trim_end_matches(['。', '；', '，', '.', ';'])
}

/// 许可项目表 as letters show it.
fn item_table(items: &[LicenceItem]) -> Block {
    let rows = items.iter().map(|i| [i.item.clone(), i.sub_item.clone(), i.parameters.clone(), i.products.clone(), i.remark.clone()]);
    Block::Table(Table::new([("许可项目", 5), ("许可子项目", 5), ("许可参数（级别）", 5), ("代表产品（限制范围、典型产品）", 5), ("备注", 4)], rows))
}

impl Contact {
    /// `张某，029-12345678`
    fn line(&self) -> String {
        [self.name.as_str(), self.telephone.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，")
    }
}

#[cfg(test)]
pub(in crate::document) mod tests;
