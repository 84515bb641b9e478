//! What letters and certificates say of a case: the application as it was handed in last, read once inside the change that
//! makes them.

use super::model::Entry;
use super::service::File;
use super::store;
use crate::account::forms::ID_KINDS;
use crate::account::service::profile::Identity;
use crate::account::service::shown_code;
use crate::account::store::{Unit, find_unit};
use crate::application;
use crate::application::book::persons::NEW_ID_NO;
use crate::application::service::PRACTICE_ORG;
use crate::base::text;
use crate::base::workdays::{date_time, legal_date};
use crate::catalogue::{self, Authority, Catalogue, Digits, Item, Kind, PersonnelCode, PersonnelCodes, Validity};
use crate::document;
use crate::document::kinds::{Case as Named, Contact, Items, LicenceItem, Qualification};
use crate::document::service::Parties;
use crate::error::{AppError, Result};
use crate::form::Doc;
use crate::licence::register;
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::workflow::{Case, Matter};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A renewal is in time so many months before the old certificate ends.
const FILED_BEFORE: i64 = 6;

/// A case as papers speak of it.
pub(super) struct Dossier {
    pub entry: Entry,
    /// As it is after the act that makes the paper.
    pub case: Case,
    /// The catalogue's rows of what is still applied for.
    pub items: Vec<Item>,
    /// Those of what is applied for no longer (TSG 07-2019 3.3.4, 3.4.2).
    pub left_out: Vec<Item>,
    /// What each of `items` covers (覆盖), by its id.
    covered: BTreeMap<String, Vec<String>>,
    /// The qualifications a person applies for.
    pub codes: Vec<PersonnelCode>,
    /// What identifies the applicant to whom it concerns.
    shown_code: String,
    pub agency: Option<Unit>,
    /// In whose name it is decided: a delegated body acts in the name of the delegating one (行政许可法 art. 24).
    pub authority: Authority,
    /// 设备种类代码 of certificate numbers.
    pub digits: Digits,
    /// How long a person's qualification is valid.
    pub validity: Validity,
    /// The last day of the certificate that is renewed, as the register has it.
    expires: Option<Date>,
    unit_id: String,
    deciding: String,
    acceptance: String,
    book: Doc,
    /// The number of the document that a 变更 is to, sealed.
    new_number: String,
}

impl Dossier {
    /// Reads what there is of a case that an act has made this.
    pub async fn read(visit: &Visit, tx: &mut Tx, file: &File, case: Case) -> Result<Dossier> {
        let record = &file.record;
        let entry = store::find_entry(tx, &record.id).await?.ok_or(AppError::NotFound)?;
        let catalogue = catalogue::store::version(&visit.app, tx, &record.catalogue_version).await?;
        let picked = catalogue.pick(&record.items).into_iter().cloned();
        let (left_out, items): (Vec<Item>, Vec<Item>) = picked.partition(|item| case.given_up.contains(&item.id));
        let covered = items.iter().map(|item| (item.id.clone(), covers(&catalogue, item))).collect();
        let codes = if case.matter() == Matter::Person { PersonnelCodes::builtin().pick(&record.items).into_iter().cloned().collect() } else { Vec::new() };
        let shown_code = shown_code(&visit.app, tx, &record.unit_id).await?;
        // What a person's case names is an examination body.
        let agency = match case.agency.as_ref().filter(|_| case.matter() == Matter::Unit) {
            Some(agency) => find_unit(tx, agency).await?,
            None => None,
        };
        let frozen = application::service::newest(tx, &record.id).await?;
        let new_number = frozen.as_ref().and_then(|frozen| frozen.sealed(NEW_ID_NO)).unwrap_or_default().to_owned();
        let book = frozen.map(|frozen| frozen.doc()).unwrap_or_default();
        let acceptance = document::service::newest_number(tx, &record.no, document::model::Kind::Acceptance, None).await?.unwrap_or_default();
        let authority = responsible(tx, &record.authority_code).await?;
        let (digits, validity) = (catalogue::store::setting(tx).await?, catalogue::store::setting(tx).await?);
        let expires = match renews(&entry.kind, &book) {
            Some(number) => register::renewable(tx, &record.unit_id, &number).await?.and_then(|old| old.valid_to.parse().ok()),
            None => None,
        };
        let (unit_id, deciding) = (record.unit_id.clone(), record.authority_code.clone());
        Ok(Dossier {
            entry,
            case,
            items,
            left_out,
            covered,
            codes,
            shown_code,
            agency,
            authority,
            digits,
            validity,
            expires,
            unit_id,
            deciding,
            acceptance,
            book,
            new_number,
        })
    }

    /// 原许可证编号, of a renewal only.
    pub fn renews(&self) -> Option<String> {
        renews(&self.entry.kind, &self.book)
    }

    /// The last day of the certificate that is renewed, if the renewal was filed six months before it or earlier (TSG 07-2019 3.6.3.1).
    pub fn follows(&self) -> Option<Date> {
        let filed = legal_date(self.case.submitted_at?);
        self.expires.filter(|last| last.checked_sub(FILED_BEFORE.months()).is_ok_and(|latest| filed <= latest))
    }

    /// An answer of the book; both books have the same keys under pages of their own.
    pub fn answer(&self, key: &str) -> String {
        let unit = self.book.get(&format!("basic/{key}"));
        if unit.is_empty() { self.book.get(&format!("i_basic/{key}")) } else { unit }.to_owned()
    }

    /// 执业单位 of a person, as the book names it.
    pub fn practice(&self) -> String {
        self.book.get(PRACTICE_ORG).to_owned()
    }

    /// 执业单位 of a person, if it is registered here.
    pub async fn practising_unit(&self, tx: &mut Tx) -> Result<Option<Unit>> {
        application::service::practising_unit(tx, &self.book).await
    }

    /// Who a person is from now on, as the book of a 变更 says.
    pub fn identity_from_now(&self, app: &App) -> Result<Identity> {
        let answer = |key: &str| text::tidy(self.book.get(&format!("qualification/{key}")));
        let kind = answer("new_id_kind");
        // A version keeps the words of a choice.
        let id_kind = ID_KINDS.iter().find(|choice| choice.label.zh == kind).map_or(kind, |choice| choice.key.to_owned());
        Ok(Identity { name: answer("new_name"), id_kind, id_no: text::code(&app.keys.open(&self.new_number)?) })
    }

    /// The applicant's id.
    pub fn unit_id(&self) -> &str {
        &self.unit_id
    }

    /// What identifies a person, as far as it may be shown; empty of a unit.
    pub fn identity(&self) -> String {
        if self.is_person() { self.shown_code.clone() } else { String::new() }
    }

    /// Whether it is a person's case.
    pub fn is_person(&self) -> bool {
        self.case.matter() == Matter::Person
    }

    /// The rule a case follows, where the law is not enough; a part of it can be named.
    pub fn rule(&self, article: &str) -> String {
        match (self.codes.first(), self.entry.category.as_str()) {
            (Some(code), _) => code.group.rule().to_owned(),
            (None, "institution" | "calibration") => "《特种设备检测机构核准规则》（TSG Z7002-2022）".to_owned(),
            _ => format!("《特种设备生产和充装单位许可规则》（TSG 07-2019）{article}"),
        }
    }

    /// The rows of a table of the book, in order.
    pub fn rows(&self, table: &str) -> Vec<String> {
        self.book.rows(table)
    }

    /// The applicant's name, as an amended acceptance has it or else its account.
    pub fn name(&self) -> String {
        let amended = &self.case.amended.name;
        if amended.is_empty() { self.entry.unit.clone() } else { amended.clone() }
    }

    /// 住所, as an amended acceptance has it or else the book.
    pub fn registered(&self) -> String {
        if !self.case.amended.registered.is_empty() {
            return self.case.amended.registered.clone();
        }
        let address = self.answer("reg_address");
        if address.is_empty() { self.answer("address") } else { address }
    }

    /// 制造、充装、办公、校验地址, as an amended acceptance has them or else the book.
    pub fn addresses(&self) -> Vec<String> {
        if !self.case.amended.addresses.is_empty() {
            return self.case.amended.addresses.clone();
        }
        let table = self.address_table();
        let rows = self.book.rows(table).into_iter().map(|row| format!("{table}/{row}"));
        let mut addresses: Vec<String> =
            rows.map(|row| format!("{}{}", self.book.get(&format!("{row}/region")), self.book.get(&format!("{row}/address")))).collect();
        if addresses.is_empty() {
            addresses.push(self.registered());
        }
        addresses
    }

    /// The table of addresses in the book.
    fn address_table(&self) -> &'static str {
        if self.book.rows("i_basic/addresses").is_empty() { "basic/addresses" } else { "i_basic/addresses" }
    }

    /// At which of several addresses an item is carried out, by their numbers; nothing where there is one. All of them where the book
    /// does not say: it was handed in before that was asked, or an amended acceptance has other addresses.
    pub fn places(&self, item: &Item) -> Vec<usize> {
        let (table, count) = (self.address_table(), self.addresses().len());
        let named: Vec<usize> = self.book.chosen(table, &self.beside(item, "addresses")).into_iter().map(|(n, _)| n).collect();
        match count {
            0 | 1 => Vec::new(),
            _ if named.is_empty() || self.book.rows(table).len() != count => (1..=count).collect(),
            _ => named,
        }
    }

    /// What the applicant said beside an item: `addresses`, `product`, `remark`.
    pub fn beside(&self, item: &Item, key: &str) -> String {
        let unit = self.book.get(&format!("items/items/{}/{key}", item.id));
        if unit.is_empty() { self.book.get(&format!("i_items/items/{}/{key}", item.id)) } else { unit }.to_owned()
    }

    /// What an item covers, so that it need not be applied for.
    pub fn covered(&self, item: &Item) -> &[String] {
        self.covered.get(&item.id).map(Vec::as_slice).unwrap_or_default()
    }

    /// 联系人
    pub fn contact(&self) -> Contact {
        Contact { name: self.answer("contact"), telephone: self.answer("contact_mobile") }
    }

    /// The agency's name and whom to ask there.
    pub fn agency(&self) -> (String, Contact) {
        let Some(unit) = &self.agency else { return Default::default() };
        let get = |key: &str| unit.profile.get(key).cloned().unwrap_or_default();
        (unit.name.clone(), Contact { name: get("contact"), telephone: get("contact_mobile") })
    }

    /// The case as a letter names it.
    pub fn matter(&self) -> Named {
        let matter = catalogue::matter_name(&self.entry.category, &self.entry.kind).zh.into_owned();
        Named { application: self.entry.no.clone(), matter, acceptance: self.acceptance.clone() }
    }

    /// 许可项目表 of a unit, 资格项目表 of a person.
    pub fn applied_for(&self) -> Items {
        if self.is_person() { Items::Qualifications(self.codes.iter().map(qualification).collect()) } else { Items::Licence(self.licence_items()) }
    }

    /// 许可项目表
    pub fn licence_items(&self) -> Vec<LicenceItem> {
        let row = |item: &Item| LicenceItem {
            item: item.item.clone(),
            sub_item: item.sub_item.clone(),
            parameters: parameters(item),
            products: self.beside(item, "product"),
            remark: self.beside(item, "remark"),
        };
        self.items.iter().map(row).collect()
    }

    /// 收材料时间
    pub fn received(&self) -> String {
        self.case.submitted_at.map(date_time).unwrap_or_default()
    }

    /// Whom a paper concerns. `issuer` is the agency or unit whose paper it is, else the authority.
    pub fn parties(&self, issuer: Option<String>) -> Parties {
        Parties {
            case_no: self.entry.no.clone(),
            unit_id: self.unit_id.clone(),
            unit_name: self.name(),
            unit_code: if self.is_person() { String::new() } else { self.entry.code.clone() },
            is_person: self.is_person(),
            agency_id: self.case.agency.clone().filter(|_| !self.is_person()),
            authority_code: self.deciding.clone(),
            issuer: issuer.unwrap_or_else(|| self.authority.name.clone()),
        }
    }
}

/// 原许可证编号 in the book of a renewal.
fn renews(kind: &str, book: &Doc) -> Option<String> {
    let page = match Kind::of_key(kind)? {
        Kind::RenewReview => "renewal",
        Kind::RenewDeclare => "declare",
        _ => return None,
    };
    Some(text::code(book.get(&format!("{page}/certificate_no"))))
}

/// A code as papers show it.
pub(super) fn qualification(code: &PersonnelCode) -> Qualification {
    Qualification { group: code.group.label().zh.to_owned(), item: code.item.clone(), level: code.level.clone(), code: code.code.clone() }
}

/// What an item covers, as papers name it; of lifts by the parameter (TSG 07-2019 annex A).
fn covers(catalogue: &Catalogue, item: &Item) -> Vec<String> {
    let reach = catalogue.reach(&item.id);
    let name = |item: &Item| if item.equipment_kind == "电梯" { format!("{}（{}）", item.sub_item, parameters(item)) } else { item.label() };
    catalogue.items.iter().filter(|item| reach.contains(item.id.as_str())).map(name).collect()
}

/// 许可参数（级别）; for lifts the parameter and not the level (TSG 07-2019 annex A).
pub(super) fn parameters(item: &Item) -> String {
    match (item.level.as_str(), item.parameters.as_str()) {
        ("", only) | (only, "") => only.to_owned(),
        (_, parameters) if item.equipment_kind == "电梯" => parameters.to_owned(),
        (level, parameters) => format!("{level}（{parameters}）"),
    }
}

/// The authority in whose name one decides: itself, or the one that delegated to it.
pub async fn responsible(tx: &mut Tx, code: &str) -> Result<Authority> {
    let deciding = catalogue::store::find_authority(tx, code).await?.ok_or(AppError::NotFound)?;
    match &deciding.delegated_by {
        Some(superior) => catalogue::store::find_authority(tx, superior).await?.ok_or(AppError::NotFound),
        None => Ok(deciding),
    }
}
