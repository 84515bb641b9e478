//! What a person must be to apply for a qualification (资格条件; spec 4.3): a table of rules over what is known of them. What is not
//! known yet is not judged. Where the finding is shown is the picker's and the book's matter.

mod founded;
mod renewal;
#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use founded::unfounded;

use super::personnel::{Group, PersonnelCode};
use crate::base::{Say, say};
use crate::form::{Choice, choice};
use crate::workflow::person::PersonKind;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 学历, in the groups of TSG Z8001-2019 table 2.
pub const EDUCATION: &[Choice] = &[
    choice("sci-bachelor", "理工类本科及以上", "Science or engineering, bachelor or higher"),
    choice("sci-college", "理工类大专", "Science or engineering, college diploma"),
    choice("other-bachelor", "非理工类本科及以上", "Other subjects, bachelor or higher"),
    choice("other-college", "非理工类大专、工学类中专/职高/技校", "Other college diploma, or technical secondary school"),
    choice("other", "其他中专/职高/技校/初中/高中", "Other secondary school"),
];

/// A qualification that is held, or was (已持证项目).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldCode {
    pub code: String,
    /// 初次取证日期
    pub first_on: Date,
    /// 证书有效期, the last day.
    pub valid_to: Date,
    /// 证书编号
    pub number: String,
    /// On paper, and no officer has checked it yet.
    pub unchecked: bool,
    /// By which kind of application it was obtained or renewed last, as far as the register knows.
    pub way: Option<PersonKind>,
}

impl HeldCode {
    /// Whether it is this qualification, however the certificate spells it.
    pub fn is_of(&self, code: &PersonnelCode) -> bool {
        self.code == code.code || code.aliases.contains(&self.code)
    }
}

/// What is known of an applicant; `None` is not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Applicant<'a> {
    pub born: Option<Date>,
    /// A key of [`EDUCATION`].
    pub education: Option<&'a str>,
    pub held: &'a [HeldCode],
    /// Of the weaker eye, in tenths of the scale of GB 11533: 50 is 5.0.
    pub vision: Option<u32>,
    pub colour_blind: Option<bool>,
    /// 未中断执业 6 个月以上
    pub unbroken: Option<bool>,
    /// 执业期间未发生违规和责任事故
    pub clean: Option<bool>,
    /// The certificate was obtained, or renewed last, by examination: what the applicant says, for where the register does not know.
    pub last_by_exam: Option<bool>,
}

/// What a finding is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    Code,
    Age,
    Education,
    Held,
    Vision,
    Colour,
    Practice,
    Conduct,
    LastRenewal,
}

/// Something that stands against an application: why, and by which clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub about: About,
    pub clause: &'static str,
    pub why: Say,
}

impl Finding {
    /// The reason with its clause.
    pub fn say(&self) -> Say {
        let (why, clause) = (&self.why, self.clause);
        say(format!("{}（{clause}）", why.zh), format!("{} ({clause})", why.en))
    }
}

const NDT_RULE: &str = "TSG Z8001-2019 表2";
const ADULT: i32 = 18;

/// Everything that stands against an application of a kind for a code that is filed on a day.
pub fn judge(code: &PersonnelCode, kind: PersonKind, who: &Applicant, today: Date) -> Vec<Finding> {
    let mut rules = Rules { code, kind, who, today, found: Vec::new() };
    rules.offered();
    rules.age();
    match kind {
        PersonKind::Obtain => {
            rules.not_held();
            rules.prerequisite();
        }
        PersonKind::RenewExam => rules.renewal_by_examination(),
        PersonKind::RenewFile => rules.renewal_by_file(),
        PersonKind::Move => rules.in_force(),
    }
    if kind != PersonKind::Move && code.group == Group::Ndt {
        rules.eyes();
    }
    rules.found
}

struct Rules<'a> {
    code: &'a PersonnelCode,
    kind: PersonKind,
    who: &'a Applicant<'a>,
    today: Date,
    found: Vec<Finding>,
}

/// A day some months before another, or after it.
fn shifted(day: Date, months: i32) -> Date {
    day.checked_add(months.months()).unwrap_or(day)
}

/// Full years of age on a day (周岁).
fn age(born: Date, day: Date) -> i32 {
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    i32::from(day.year()) - i32::from(born.year()) - i32::from(before_birthday)
}

/// Method and level of a code for testing: `UT-II` is `UT`, 2; others have no level of this kind.
fn method(code: &str) -> (&str, u8) {
    let (method, level) = code.rsplit_once('-').unwrap_or((code, ""));
    let level = match level {
        "I" => 1,
        "II" => 2,
        "III" => 3,
        _ => 0,
    };
    (method, level)
}

/// The weakest eye a method allows (TSG Z8001-2019 art. 11), and whether colours must be seen.
pub fn eyesight(code: &str) -> (u32, bool) {
    match method(code).0 {
        "RT" | "RT(D)" | "MFL(AUTO)" => (50, false),
        "MT" | "PT" => (50, true),
        _ => (48, false),
    }
}

impl Rules<'_> {
    fn find(&mut self, about: About, clause: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.found.push(Finding { about, clause, why: say(zh.into(), en.into()) });
    }

    fn is_ndt(&self) -> bool {
        self.code.group == Group::Ndt
    }

    /// Codes that the rules no longer offer stand on old certificates only (ruling 27).
    fn offered(&mut self) {
        if !self.code.selectable {
            let name = &self.code.code;
            self.find(
                About::Code,
                "TSG Z8002-2022 附件B",
                format!("{name} 已经停用，只能查看，不能申请"),
                format!("{name} is no longer offered; it can be read but not applied for"),
            );
        }
    }

    fn age(&mut self) {
        let Some(age) = self.who.born.map(|born| age(born, self.today)) else { return };
        let (clause, renewal) = if self.is_ndt() { ("TSG Z8001-2019 第1号修改单", 65) } else { ("TSG Z8002-2022 第2号修改单", 63) };
        let limit = match self.kind {
            PersonKind::Obtain => 63,
            PersonKind::RenewExam | PersonKind::RenewFile => renewal,
            PersonKind::Move => return,
        };
        if self.kind == PersonKind::Obtain && age < ADULT {
            self.find(
                About::Age,
                clause,
                format!("申请取证应年满 {ADULT} 周岁，您在 {} 为 {age} 周岁", self.today),
                format!("Applicants are at least {ADULT}; on {} you are {age}", self.today),
            );
        } else if age >= limit {
            self.find(
                About::Age,
                clause,
                format!("申请{}应不满 {limit} 周岁，您在 {} 为 {age} 周岁", self.kind.label().zh, self.today),
                format!("For this kind applicants are below {limit}; on {} you are {age}", self.today),
            );
        }
    }

    /// The qualification applied for, as it is held or was; of several the one that ends last.
    fn own(&self) -> Option<&HeldCode> {
        self.who.held.iter().filter(|held| held.is_of(self.code)).max_by_key(|held| (held.valid_to, !held.unchecked))
    }

    /// 取证 is for what is not held; whoever holds it renews.
    fn not_held(&mut self) {
        if let Some(until) = self.own().map(|held| held.valid_to).filter(|until| self.today <= *until) {
            let name = &self.code.code;
            let (zh, en) = (
                format!("您持有的 {name} 有效期至 {until}，不用再取证；到期前请申请换证"),
                format!("You hold {name} until {until}; apply for a renewal before it ends"),
            );
            self.find(About::Held, "行政许可法 第五十条", zh, en);
        }
    }

    /// What has to be held before (table 2). Whoever held the method at this level or a higher one until five years ago obtains
    /// it again without.
    fn prerequisite(&mut self) {
        if !self.is_ndt() {
            return;
        }
        let (name, level) = method(&self.code.code);
        let lapsed_lately = |held: &HeldCode| {
            let (other, at) = method(&held.code);
            other == name && at >= level && self.today > held.valid_to && self.today <= shifted(held.valid_to, 60)
        };
        if self.who.held.iter().any(lapsed_lately) {
            return;
        }
        match (name, level) {
            ("RT(D)", _) => self.holding("RT"),
            ("TOFD" | "PA", _) => self.holding("UT"),
            ("RT" | "UT" | "MT" | "PT", 2) => self.second_level(name),
            (_, 3) => self.third_level(name),
            _ => {}
        }
    }

    /// Whether a valid certificate of the method and level has been held for so many months.
    fn has(&self, name: &str, level: u8, months: i32) -> bool {
        let fits = |held: &HeldCode| method(&held.code) == (name, level) && self.today <= held.valid_to && shifted(held.first_on, months) <= self.today;
        self.who.held.iter().any(fits)
    }

    /// Level II of another method for two years, or its level III.
    fn holding(&mut self, name: &str) {
        if !self.has(name, 2, 24) && !self.has(name, 3, 0) {
            self.find(
                About::Held,
                NDT_RULE,
                format!("申请 {} 应持 {name}-Ⅱ 证满 2 年，或者持 {name}-Ⅲ 证", self.code.code),
                format!("{} needs {name}-II held for two years, or {name}-III", self.code.code),
            );
        }
    }

    fn second_level(&mut self, name: &str) {
        let months = match self.who.education {
            None | Some("sci-bachelor" | "sci-college") => return,
            Some("other-bachelor") => 6,
            Some("other-college") => 12,
            Some(_) => 36,
        };
        self.first_for(name, 1, months);
    }

    fn third_level(&mut self, name: &str) {
        let months = match self.who.education {
            // Whatever the schooling, level II has to be there.
            None => 0,
            Some("sci-bachelor") => 36,
            Some("sci-college") => 48,
            Some("other-bachelor" | "other-college") => 72,
            Some(_) => {
                self.find(About::Education, NDT_RULE, "这一学历不能申请Ⅲ级", "Level III cannot be applied for with this schooling");
                return;
            }
        };
        self.first_for(name, 2, months);
    }

    /// The level below for so many months, by schooling.
    fn first_for(&mut self, name: &str, level: u8, months: i32) {
        if self.has(name, level, months) {
            return;
        }
        let below = ["", "Ⅰ", "Ⅱ"][usize::from(level)];
        let (zh, en) = if months == 0 { (String::new(), String::new()) } else { (format!("满 {months} 个月"), format!(" for {months} months")) };
        self.find(
            About::Education,
            NDT_RULE,
            format!("按您的学历，应先持 {name}-{below} 证{zh}；登记簿里没有查到"),
            format!("With your schooling level {below} of {name} has to be held{en} first; the register has none"),
        );
    }

    fn eyes(&mut self) {
        let (least, colours) = eyesight(&self.code.code);
        let clause = "TSG Z8001-2019 第十一条";
        if self.who.vision.is_some_and(|vision| vision < least) {
            let (whole, tenth) = (least / 10, least % 10);
            self.find(
                About::Vision,
                clause,
                format!("这一方法要求双眼（矫正）视力都不低于 {whole}.{tenth}"),
                format!("This method needs eyesight of {whole}.{tenth} or better on both eyes, with glasses if worn"),
            );
        }
        if colours && self.who.colour_blind == Some(true) {
            self.find(About::Colour, clause, "磁粉、渗透检测人员不能有色盲", "Colour blindness excludes magnetic particle and penetrant testing");
        }
    }
}
