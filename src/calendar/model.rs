//! What the administrator is shown of the calendar, what the form of a notice asks, and how it is read. Pure.

use crate::base::workdays::Year;
use crate::base::{Say, Text, say, t};
use crate::form::field::no_rules;
use crate::form::{Field, Group, Kind, Page, Part};
use crate::ui::form::FormState;
use crate::workflow::clock::Clock;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// 录入放假安排
pub const NOTICE: Page = Page {
    key: "calendar",
    title: t("录入放假安排", "Enter a year’s notice"),
    lead: t(
        "照国务院办公厅公布的通知填写。先显示会变动的期限，确认后才生效。",
        "As the State Council published it. You first see which limits move; it counts only once you confirm.",
    ),
    parts: &[Part::Group(Group {
        title: Text::NONE,
        hint: Text::NONE,
        fields: &[
            Field::new("year", t("年份", "Year"), Kind::Year).example("2027"),
            Field::new("days_off", t("放假的日期", "Days off"), Kind::LongText)
                .hint(
                    "用空格或者换行隔开；连续几天写成 2027-02-05至2027-02-11。",
                    "With blanks or lines between them; several days on end as 2027-02-05~2027-02-11.",
                )
                .max(4000),
            Field::new("makeup_workdays", t("调休上班的日期", "Make-up working days"), Kind::LongText)
                .hint("只有周六、周日需要写。", "Saturdays and Sundays only.")
                .optional()
                .max(4000),
        ],
    })],
    rules: no_rules,
};

/// A year whose notice is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub year: i16,
    pub days_off: usize,
    pub makeup_workdays: usize,
    /// How often it was entered.
    pub version: i64,
    /// Unix milliseconds.
    pub at: i64,
    /// Who entered it; empty for what the program brought along.
    pub by: String,
}

/// The last day of a limit of a case, which moves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub no: String,
    pub clock: Clock,
    pub before: Option<Date>,
    pub after: Option<Date>,
}

/// A notice that waits to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub year: i16,
    pub notice: Year,
    /// Names this very notice, so that nobody confirms another one than they saw.
    pub digest: String,
    /// Limits of open cases whose last day would move.
    pub moved: Vec<Moved>,
}

/// The page of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarAdmin {
    pub years: Vec<Known>,
    /// The last year that is known; limits that run beyond it may still move.
    pub last: i16,
    pub pending: Option<Pending>,
    /// Cases whose limits are still to be reckoned again by a notice that was confirmed.
    pub left: i64,
    pub state: FormState,
}

/// The days of a text: ISO dates, and spans of them.
fn days(text: &str) -> Result<Vec<Date>, Say> {
    let wrong = |word: &str| say(format!("“{word}”不是日期，请写成 2027-02-05"), format!("“{word}” is no date; write it as 2027-02-05"));
    let mut days = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "，,、；;".contains(c)).filter(|word| !word.is_empty()) {
        let (from, to) = word.split_once(['至', '~', '～', '—']).unwrap_or((word, word));
        let (from, to): (Date, Date) = from.parse().ok().zip(to.parse().ok()).ok_or_else(|| wrong(word))?;
        if to < from || crate::base::workdays::days_between(from, to) > 60 {
            return Err(wrong(word));
        }
        days.extend(std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(|day| *day <= to));
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// Reads a year's notice, or tells at which field something is wrong.
pub fn read_notice(year: i16, days_off: &str, makeup: &str) -> Result<Year, (&'static str, Say)> {
    let off = days(days_off).map_err(|wrong| ("days_off", wrong))?;
    let work = days(makeup).map_err(|wrong| ("makeup_workdays", wrong))?;
    for (key, list) in [("days_off", &off), ("makeup_workdays", &work)] {
        if let Some(day) = list.iter().find(|day| day.year() != year) {
            return Err((key, say(format!("{day} 不在 {year} 年"), format!("{day} is not in {year}"))));
        }
    }
    if let Some(day) = work.iter().find(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)) {
        return Err((
            "makeup_workdays",
            say(format!("{day} 不是周六或者周日，本来就是工作日"), format!("{day} is neither Saturday nor Sunday; it is a working day anyway")),
        ));
    }
    if let Some(day) = work.iter().find(|day| off.contains(day)) {
        return Err(("makeup_workdays", say(format!("{day} 同时写在放假的日期里"), format!("{day} is among the days off too"))));
    }
    let iso = |list: Vec<Date>| list.iter().map(Date::to_string).collect();
    Ok(Year { days_off: iso(off), makeup_workdays: iso(work) })
}
