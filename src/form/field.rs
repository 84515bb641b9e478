//! What a form asks: fields, tables, pages. Everything is `const` data, so that one table serves input, reading,
//! print, comparison and the error summary.

use super::{Doc, Issue, Offered};
use crate::base::{Text, t};

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Last segment of the path, English, snake case.
    pub key: &'static str,
    /// 字段名, in the manual's words.
    pub label: Text,
    pub kind: Kind,
    pub need: Need,
    /// One sentence under the label; [`Text::NONE`] if the label says all.
    pub hint: Text,
    /// An example of a good answer, shown with the hint, and with the message when the answer is wrong ("例如 710016").
    pub example: Text,
    /// The clause this question rests on, e.g. `TSG 07-2019 2.2.2.1`.
    pub basis: &'static str,
    /// Longest answer, in characters.
    pub max: u16,
    /// The HTML `autocomplete` token, e.g. `tel`.
    pub auto: &'static str,
    /// A personal id, or a number that may be one: ciphertext in every store, an id masked on screen.
    pub secret: bool,
    /// Shown but not typed: it comes from the profile or the picker.
    pub fixed: bool,
    /// Prefilled from this key of the unit's profile (来自单位资料), visibly marked.
    pub from_profile: &'static str,
}

/// What kind of answer a field takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Text,
    LongText,
    /// 整数 ≥ 0 with a unit (`台`, `人`), or [`Text::NONE`].
    Int(Text),
    /// 小数 ≥ 0 with at most this many decimals, and a unit (`万元`, `㎡`, `MPa`).
    Decimal(u8, Text),
    /// ISO date.
    Date,
    /// 起止日期: two ISO dates, both included, as one answer (`base::period`).
    Period,
    /// Four digits.
    Year,
    Select(&'static [Choice]),
    Radio(&'static [Choice]),
    /// Several of; the value is the chosen keys joined with `,`.
    Checks(&'static [Choice]),
    /// Several of the rows of another table of the book (`page/table`); the value is their ids joined with `,`, whatever their order. A
    /// column of a table, and asked only where there are at least two rows to choose from.
    Rows(&'static str),
    /// A single tick; the value is `yes`.
    Tick,
    /// 省/市/区: the deepest six-digit code chosen.
    Region,
    /// 统一社会信用代码, 18 characters.
    CreditCode,
    /// 统一社会信用代码 or the old nine-character 组织机构代码.
    UnitCode,
    /// 居民身份证号码.
    ResidentId,
    Mobile,
    /// 固定电话、传真
    Phone,
    /// 联系电话: a landline or a mobile.
    Telephone,
    Email,
    Url,
    Postcode,
    Username,
    /// An existing password: no rules, never shown again.
    Password,
    /// A new password: the rules of spec 7.4.
    NewPassword,
    /// 短信验证码, six digits.
    SmsCode,
}

/// One answer of a select, radio or check group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    pub key: &'static str,
    pub label: Text,
}

/// Makes a [`Choice`].
pub const fn choice(key: &'static str, zh: &'static str, en: &'static str) -> Choice {
    Choice { key, label: t(zh, en) }
}

/// When an answer is needed.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// The normal case; nothing is said.
    Always,
    /// 选填, and the label says so.
    Optional,
    /// Needed while the sibling field (same page or row) has one of these values; hidden otherwise where scripts run.
    When(&'static str, &'static [&'static str]),
}

impl Field {
    /// A field of any kind, needed always, without hint.
    pub const fn new(key: &'static str, label: Text, kind: Kind) -> Field {
        Field {
            key,
            label,
            kind,
            need: Need::Always,
            hint: Text::NONE,
            example: Text::NONE,
            basis: "",
            max: 200,
            auto: "off",
            secret: matches!(kind, Kind::ResidentId),
            fixed: false,
            from_profile: "",
        }
    }
    /// 选填.
    pub const fn optional(mut self) -> Field {
        self.need = Need::Optional;
        self
    }
    /// Needed only while the sibling `key` has one of `values`.
    pub const fn when(mut self, key: &'static str, values: &'static [&'static str]) -> Field {
        self.need = Need::When(key, values);
        self
    }
    pub const fn hint(mut self, zh: &'static str, en: &'static str) -> Field {
        self.hint = t(zh, en);
        self
    }
    /// An example that both languages write alike.
    pub const fn example(self, example: &'static str) -> Field {
        self.example_in(example, example)
    }
    pub const fn example_in(mut self, zh: &'static str, en: &'static str) -> Field {
        self.example = t(zh, en);
        self
    }
    pub const fn basis(mut self, clause: &'static str) -> Field {
        self.basis = clause;
        self
    }
    pub const fn max(mut self, characters: u16) -> Field {
        self.max = characters;
        self
    }
    pub const fn auto(mut self, token: &'static str) -> Field {
        self.auto = token;
        self
    }
    pub const fn fixed(mut self) -> Field {
        self.fixed = true;
        self
    }
    pub const fn from_profile(mut self, key: &'static str) -> Field {
        self.from_profile = key;
        self
    }

    /// Where its options stand among those that come with a page: those of a choice among rows under the path of their table.
    pub fn options_at<'p>(&self, path: &'p str) -> &'p str {
        match self.kind {
            Kind::Rows(table) => table,
            _ => path,
        }
    }

    /// Whether it is asked at all where these options came with the page.
    pub fn is_offered(&self, offered: &Offered) -> bool {
        !matches!(self.kind, Kind::Rows(table) if !offered.contains_key(table))
    }
}

impl Kind {
    /// Whether two answers of this kind say the same: rows are chosen in no order.
    pub fn says_same(self, one: &str, other: &str) -> bool {
        let sorted = |answer: &str| {
            let mut rows: Vec<String> = answer.split(',').map(str::to_owned).collect();
            rows.sort_unstable();
            rows
        };
        one == other || matches!(self, Kind::Rows(_)) && sorted(one) == sorted(other)
    }
}

/// Some fields under one heading.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// [`Text::NONE`] for the only group of a page.
    pub title: Text,
    pub hint: Text,
    pub fields: &'static [Field],
}

/// A repeat table (可增删的表).
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// First segment of its paths after the page's key.
    pub key: &'static str,
    pub label: Text,
    pub hint: Text,
    /// What one row is called, for buttons: "添加一台设备"; [`Text::NONE`] if the rows are given.
    pub row: Text,
    pub columns: &'static [Field],
    pub min_rows: u16,
    pub max_rows: u16,
}

impl Table {
    /// Its rows come from the case, one for each item: nobody adds, removes or moves one.
    pub fn is_given(&self) -> bool {
        self.row.is_none()
    }
}

/// A place for attachments (附件).
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    pub key: &'static str,
    pub label: Text,
    pub hint: Text,
    /// The clause that lets the authority ask for it (行政许可法 art. 31 forbids unrelated material).
    pub basis: &'static str,
    pub need: Need,
    pub max_files: u16,
    pub kind: FileKind,
}

/// What a place for attachments takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    /// PDF, JPEG or PNG of at most 20 MB.
    Any,
    /// 一寸照片: JPEG or PNG, one inch at 300 dots, and small.
    Photo,
}

impl FileKind {
    /// The sides of a photograph in pixels.
    pub const PHOTO_SIDES: (u64, u64) = (295, 413);
    /// Its largest size in bytes.
    pub const PHOTO_BYTES: i64 = 200 * 1024;
}

/// A piece of a page, in reading order.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    Group(Group),
    Table(Table),
    Files(&'static [Slot]),
    /// A paragraph to be read: the declaration's text.
    Note(Text),
}

/// One page of a book, or a whole short form.
#[derive(Clone, Copy)]
pub struct Page {
    /// First segment of its paths and of its address.
    pub key: &'static str,
    pub title: Text,
    /// What this page is for, one sentence; may be [`Text::NONE`].
    pub lead: Text,
    pub parts: &'static [Part],
    /// What no single field can know: comparisons within the page.
    pub rules: Rules,
}

/// Judges a page as of a day.
pub type Rules = fn(&Page, &Doc, today: jiff::civil::Date, &mut Vec<Issue>);

/// No rules beyond the fields' own.
pub fn no_rules(_: &Page, _: &Doc, _: jiff::civil::Date, _: &mut Vec<Issue>) {}

/// Rules of pages that the browser lets the server judge: their code need not be sent to it.
pub const fn by_server(rules: Rules) -> Rules {
    if cfg!(feature = "ssr") { rules } else { no_rules }
}

impl Page {
    /// All groups' fields, with their paths.
    pub fn fields(&self) -> impl Iterator<Item = (String, &'static Field)> + '_ {
        self.parts
            .iter()
            .flat_map(move |part| match part {
                Part::Group(group) => group.fields,
                _ => &[],
            })
            .map(move |field| (self.path(field.key), field))
    }

    /// All repeat tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> + '_ {
        self.parts.iter().filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        })
    }

    /// All places for attachments.
    pub fn slots(&self) -> impl Iterator<Item = &'static Slot> + '_ {
        self.parts.iter().flat_map(|part| match part {
            Part::Files(slots) => *slots,
            _ => &[],
        })
    }

    /// The path of a field of this page.
    pub fn path(&self, key: &str) -> String {
        format!("{}/{key}", self.key)
    }

    /// The field at a path of this page: `page/field` or `page/table/{row}/column`.
    pub fn field_at(&self, path: &str) -> Option<&'static Field> {
        let key = path.rsplit('/').next()?;
        self.fields_beside(path).into_iter().find(|field| field.key == key)
    }

    /// The fields of this page, or the columns of its table, among which the one at a path stands.
    pub fn fields_beside(&self, path: &str) -> Vec<&'static Field> {
        let mut parts = path.split('/');
        if parts.next() != Some(self.key) {
            return Vec::new();
        }
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(_), None, ..) => self.fields().map(|(_, field)| field).collect(),
            (Some(table), Some(_), Some(_), None) => self.tables().find(|t| t.key == table).map(|t| t.columns.iter().collect()).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}
