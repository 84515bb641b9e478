//! What a certificate is (许可证、核准证): its states and how it stands on a day (spec 5.6), its number (6.5), and the form
//! in which a unit registers one that was issued on paper. Pure.

use crate::base::{Say, Text, check, say, t, text};
use crate::form::{Choice, Doc, Field, Group, Issue, Kind, Page, Part, Values, choice};
use crate::ui::form::FormState;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The state of a certificate (证书状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// 待核验: registered by the unit, not yet checked by an officer.
    Pending,
    /// 退回: the officer who checked it found it otherwise than on paper; the unit may correct it and hand it in again.
    Rejected,
    /// 有效
    Valid,
    /// 暂扣
    Suspended,
    /// 已换发
    Superseded,
    /// 已撤回 (行政许可法 art. 8)
    Withdrawn,
    /// 已撤销 (art. 69)
    Annulled,
    /// 已吊销
    Revoked,
    /// 已注销 (art. 70)
    Deregistered,
}

const STATES: [(State, &str, Text); 9] = [
    (State::Pending, "pending", t("待核验", "To be checked")),
    (State::Rejected, "rejected", t("核验退回", "Sent back")),
    (State::Valid, "valid", t("有效", "Valid")),
    (State::Suspended, "suspended", t("暂扣", "Suspended")),
    (State::Superseded, "superseded", t("已换发", "Replaced")),
    (State::Withdrawn, "withdrawn", t("已撤回", "Withdrawn")),
    (State::Annulled, "annulled", t("已撤销", "Annulled")),
    (State::Revoked, "revoked", t("已吊销", "Revoked")),
    (State::Deregistered, "deregistered", t("已注销", "Deregistered")),
];

impl State {
    /// The word stored.
    pub fn word(self) -> &'static str {
        STATES.iter().find(|(state, ..)| *state == self).map_or("", |(_, word, _)| word)
    }

    /// The state of a stored word.
    pub fn of_word(word: &str) -> Option<State> {
        STATES.iter().find(|(_, stored, _)| *stored == word).map(|(state, ..)| *state)
    }

    /// What an officer may make of it (spec 5.6); nothing leads back from an end.
    pub fn next(self) -> &'static [State] {
        match self {
            State::Pending => &[State::Valid, State::Rejected],
            State::Valid => &[State::Suspended, State::Withdrawn, State::Annulled, State::Revoked, State::Deregistered],
            State::Suspended => &[State::Valid, State::Withdrawn, State::Annulled, State::Revoked, State::Deregistered],
            State::Rejected | State::Superseded | State::Withdrawn | State::Annulled | State::Revoked | State::Deregistered => &[],
        }
    }

    /// Whether it is still the unit's to change: no officer has confirmed it.
    pub fn is_open(self) -> bool {
        matches!(self, State::Pending | State::Rejected)
    }

    /// What it is called.
    pub fn label(self) -> Text {
        STATES.iter().find(|(state, ..)| *state == self).map_or(Text::NONE, |(.., label)| *label)
    }
}

/// How a certificate stands on a day: its state, and where that leaves it open, its term (spec 5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// In this state, with time left.
    Plain(State),
    /// 临期: at most twelve months left, renewal may be applied for.
    Near,
    /// 临期: at most six months left, renewal is late (TSG 07-2019 3.6.3.1).
    Late,
    /// 过期
    Expired,
}

impl Standing {
    /// The standing of a certificate on a day. What cannot be read as a date does not expire.
    pub fn of(state: State, valid_to: &str, today: Date) -> Standing {
        let Ok(last) = valid_to.parse::<Date>() else { return Standing::Plain(state) };
        let within = |months: i32| last.checked_sub(months.months()).is_ok_and(|from| today >= from);
        match state {
            State::Pending | State::Valid if today > last => Standing::Expired,
            State::Valid if within(6) => Standing::Late,
            State::Valid if within(12) => Standing::Near,
            _ => Standing::Plain(state),
        }
    }

    /// As the public is told it: how soon the holder must renew is the holder's business.
    pub fn public(self) -> Standing {
        if matches!(self, Standing::Near | Standing::Late) { Standing::Plain(State::Valid) } else { self }
    }

    /// What it is called.
    pub fn label(self) -> Text {
        match self {
            Standing::Plain(state) => state.label(),
            Standing::Near | Standing::Late => t("临期", "Near expiry"),
            Standing::Expired => t("过期", "Expired"),
        }
    }

    /// What follows from it for the holder.
    pub fn advice(self, is_person: bool) -> Text {
        match self {
            Standing::Near | Standing::Late if is_person => t(
                "有效期还剩不到 12 个月。考试换证在届满前 6 至 12 个月提出，审核换证在届满前 3 至 6 个月提出。",
                "Less than 12 months left: renewal by examination is applied for 6 to 12 months before expiry, by file review 3 to 6 months before.",
            ),
            Standing::Near => t(
                "有效期还剩不到 12 个月，可以申请换证；最迟在届满 6 个月以前提出。",
                "Less than 12 months left: renewal may be applied for, at the latest 6 months before expiry.",
            ),
            Standing::Late => {
                t("有效期还剩不到 6 个月，已晚于规定的换证时间，申请时要书面说明理由。", "Less than 6 months left: renewal is late and needs a written reason.")
            }
            Standing::Plain(State::Pending) => {
                t("等审批机关的工作人员核验；核验以前可以修改或者删除。", "An officer of the authority will check it; until then you can change or remove it.")
            }
            Standing::Plain(State::Rejected) => t(
                "请照证书改正，保存或者重新上传扫描件以后会再次核验。",
                "Correct it from the certificate; once you save it, or upload another scan, it is checked again.",
            ),
            _ => Text::NONE,
        }
    }
}

/// Whether a number is written as certificate numbers are (许可证编号): `TS`, project, kind, authority, running number, `-`,
/// year of expiry. Institutions have a Roman numeral for the kind, which people also type as letters.
pub fn is_number(number: &str) -> bool {
    let Some((body, year)) = number.strip_prefix("TS").and_then(|rest| rest.split_once('-')) else { return false };
    let letters: Vec<char> = body.chars().collect();
    let Some((project, rest)) = letters.split_first() else { return false };
    let Some(split) = rest.len().checked_sub(5).filter(|at| (1..=4).contains(at)) else { return false };
    let (kind, tail) = rest.split_at(split);
    let kind_fits = match kind {
        [one] => one.is_ascii_digit() || one.is_ascii_uppercase() || ('Ⅰ'..='Ⅻ').contains(one),
        several => several.iter().all(|c| "IVX".contains(*c)),
    };
    let tail_fits = tail.iter().enumerate().all(|(i, c)| c.is_ascii_digit() || (i == 2 && c.is_ascii_uppercase()));
    ('1'..='8').contains(project) && kind_fits && tail_fits && text::is_digits(year, 4)
}

const CATEGORY_CHOICES: &[Choice] = &[
    choice("design", "特种设备设计单位许可", "Design of special equipment"),
    choice("manufacture", "特种设备制造单位许可", "Manufacture of special equipment"),
    choice("install", "特种设备安装单位许可", "Installation of special equipment"),
    choice("filling-mobile", "移动式压力容器充装单位许可", "Filling of transportable pressure vessels"),
    choice("filling-cylinder", "气瓶充装单位许可", "Filling of gas cylinders"),
    choice("institution", "特种设备检验检测机构核准", "Approval of inspection and testing institutions"),
    choice("calibration", "安全阀校验机构核准", "Approval of safety valve calibration bodies"),
    choice("personnel", "特种设备检验、检测人员资格认定", "Qualification of inspection and testing personnel"),
];

const CATEGORY: Field = Field::new("category", t("许可类别", "Category"), Kind::Select(CATEGORY_CHOICES)).optional().fixed();
const NUMBER: Field = Field::new("number", t("许可证编号", "Certificate number"), Kind::Text)
    .hint("在证书正面，以 TS 开头。", "On the front of the certificate; it begins with TS.")
    .example("TS2210890-2026")
    .max(30);
const FIRST_ON: Field = Field::new("first_on", t("初次取证日期", "First obtained on"), Kind::Date)
    .hint("照证书填写；换过证的，早于发证日期。", "As on the certificate; earlier than the date of issue if it was renewed.");
const ISSUED_ON: Field = Field::new("issued_on", t("发证日期", "Issued on"), Kind::Date);
const VALID_TO: Field = Field::new("valid_to", t("有效期至", "Valid to"), Kind::Date);

const fn fields(fields: &'static [Field]) -> Part {
    Part::Group(Group { title: Text::NONE, hint: Text::NONE, fields })
}

/// Registering a certificate issued on paper (登记已有证书). Items and authority are asked beside it: what there is to
/// choose from is data.
pub static CERTIFICATE: Page = Page {
    key: "certificate",
    title: t("登记已有的许可证", "Register a certificate you hold"),
    lead: t(
        "请照证书填写；审批机关的工作人员核验以前，可以修改或者删除。",
        "Copy it from the certificate. You can change or remove it until an officer has checked it.",
    ),
    parts: &[fields(&[CATEGORY, NUMBER, ISSUED_ON, VALID_TO])],
    rules,
};

/// Registering a person's (登记检验检测人员证): how long a qualification has been held decides on what may be applied for.
pub static PERSON_CERTIFICATE: Page = Page { parts: &[fields(&[CATEGORY, NUMBER, FIRST_ON, ISSUED_ON, VALID_TO])], ..CERTIFICATE };

/// The form of a person's certificate, or of a unit's.
pub fn form_of(is_person: bool) -> &'static Page {
    if is_person { &PERSON_CERTIFICATE } else { &CERTIFICATE }
}

/// Where the items and the authority stand beside the form.
pub const ITEMS: &str = "certificate/items";
/// Items that the catalogue does not know by this name (旧目录的项目).
pub const OTHER: &str = "certificate/other";
pub const AUTHORITY: &str = "certificate/authority";

fn rules(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    let at = |key: &str| page.path(key);
    let number = text::code(doc.get(&at("number")));
    if !number.is_empty() && !is_number(&number) {
        let message = say(
            "许可证编号的写法不对：TS 后面是编号、短横线和四位年份，例如 TS2210890-2026",
            "The certificate number is not written right: TS, the number, a hyphen and a year of four digits, for example TS2210890-2026",
        );
        issues.push(Issue::error(at("number"), message));
    }
    let date = |key: &str| check::date(doc.get(&at(key))).ok();
    let (issued, last) = (date("issued_on"), date("valid_to"));
    if issued.is_some_and(|day| day > today) {
        issues.push(Issue::error(at("issued_on"), say("发证日期不能晚于今天", "The date of issue cannot lie in the future")));
    }
    if let Some(first) = date("first_on") {
        if first > today {
            issues.push(Issue::error(at("first_on"), say("初次取证日期不能晚于今天", "The date of the first certificate cannot lie in the future")));
        } else if issued.is_some_and(|day| first > day) {
            issues.push(Issue::error(at("first_on"), say("初次取证日期不能晚于发证日期", "The first certificate cannot be later than the date of issue")));
        }
    }
    if let (Some(issued), Some(last)) = (issued, last)
        && last <= issued
    {
        issues.push(Issue::error(at("valid_to"), say("有效期至要晚于发证日期", "The certificate must be valid beyond the date of issue")));
    }
    if let (Some(last), Some((_, year))) = (last, number.rsplit_once('-'))
        && is_number(&number)
        && year.parse() != Ok(last.year())
    {
        let message = say("编号末尾的年份一般是有效期届满的年份，请核对", "The year at the end of the number is usually the year of expiry; please check");
        issues.push(Issue::warning(at("valid_to"), message));
    }
}

/// What was chosen beside the form's own fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The certificate that is changed; empty for a new one.
    pub id: String,
    pub category: String,
    pub authority: String,
    /// Catalogue ids that were ticked.
    pub items: Vec<String>,
    /// Names of other items, as typed.
    pub other: String,
}

impl Beside {
    /// What was posted beside the fields.
    pub fn of(raw: &Values) -> Beside {
        let get = |path: &str| raw.get(path).map(|value| text::tidy(value)).unwrap_or_default();
        let ticked = raw.keys().filter_map(|path| path.strip_prefix(ITEMS)?.strip_prefix('@'));
        Beside {
            id: get("certificate/id"),
            category: get("certificate/category"),
            authority: get(AUTHORITY),
            items: ticked.map(str::to_owned).collect(),
            other: get(OTHER),
        }
    }

    /// The same as values, for showing the form again.
    pub fn values(&self) -> Values {
        let plain = [("certificate/category", &self.category), (AUTHORITY, &self.authority), (OTHER, &self.other)];
        let ticked = self.items.iter().map(|id| (format!("{ITEMS}@{id}"), "yes".to_owned()));
        plain.into_iter().map(|(path, value)| (path.to_owned(), value.clone())).chain(ticked).collect()
    }

    /// The names of other items, one by one.
    pub fn other_names(&self) -> impl Iterator<Item = &str> {
        self.other.split(['\n', '、', '，', ',', '；', ';']).map(str::trim).filter(|name| !name.is_empty())
    }
}

/// A certificate as its unit sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateView {
    pub id: String,
    /// 许可证编号
    pub number: String,
    pub category: Say,
    /// A person's and not a unit's.
    pub is_person: bool,
    /// Labels of the items.
    pub items: Vec<Say>,
    /// 发证机关
    pub authority: String,
    /// 初次取证日期 of a person's; empty of a unit's, and where it was not asked.
    pub first_on: String,
    pub issued_on: String,
    pub valid_to: String,
    pub standing: Standing,
    /// Why it is in its state; empty as long as nobody set it.
    pub reason: String,
    /// Whether it may still be changed by the unit.
    pub open: bool,
    /// Id and name of the scan.
    pub scan: Option<(String, String)>,
    /// Id of the document, if it was issued here.
    pub document: Option<String>,
}

impl CertificateView {
    /// The place its scan is uploaded to.
    pub fn slot(&self) -> String {
        slot(&self.id)
    }
}

/// The place the scan of a certificate is uploaded to.
pub fn slot(id: &str) -> String {
    format!("certificate/{id}")
}

/// A certificate as the register has it today, for whoever checks a printed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    pub standing: Standing,
    /// Labels of the items.
    pub items: Vec<Say>,
    pub valid_to: String,
}

/// The certificates of a unit (本单位的许可证).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificates {
    pub rows: Vec<CertificateView>,
    /// What a form posted without script ran into, and the place it was about (empty: the list).
    pub told: Option<(String, Say)>,
}

/// A certificate as its authority sees it (登记簿).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub certificate: CertificateView,
    pub holder: String,
    /// What may be made of it.
    pub next: Vec<State>,
    /// What it states as this page shows it: whoever checks it confirms this and nothing that was changed meanwhile.
    pub face: String,
    /// Numbers with the same running digits that other units have, and whose they are; of one that waits to be checked.
    pub doubles: Vec<(String, String)>,
}

/// The register of an authority, as far as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    pub rows: Vec<Held>,
    /// There are more than are shown.
    pub more: bool,
    /// What was posted and not done.
    pub form: FormState,
}

/// One item to tick: its id, label and parameters.
pub type Tick = (String, String, String);

/// The form with what there is to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateForm {
    /// Empty for a new certificate.
    pub id: String,
    /// Empty while no category is chosen.
    pub category: String,
    /// The category's items by 许可项目.
    pub items: Vec<(String, Vec<Tick>)>,
    /// Code and name.
    pub authorities: Vec<(String, String)>,
    pub state: FormState,
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
