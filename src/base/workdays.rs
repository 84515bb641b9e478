//! Legal days: working days with the State Council's holidays and make-up workdays (工作日), and the day and time of an
//! instant in legal time. Which clock runs when belongs to the workflow.

use super::{Lang, Say, say};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Asia/Shanghai: UTC+8 without daylight saving since 1991 (ruling 18), so no zone data is needed.
const OFFSET_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// The legal day of an instant in unix milliseconds.
pub fn legal_date(unix_ms: i64) -> Date {
    let days = (unix_ms + OFFSET_MS).div_euclid(DAY_MS);
    date(1970, 1, 1).checked_add(days.days()).unwrap_or(Date::MAX)
}

/// The instant a legal day begins, in unix milliseconds.
pub fn start_of(day: Date) -> i64 {
    i64::from(days_between(date(1970, 1, 1), day)) * DAY_MS - OFFSET_MS
}

/// The instant a limit on this day ends: 24:00 (ruling 18), in unix milliseconds.
pub fn end_of(day: Date) -> i64 {
    start_of(day) + DAY_MS
}

/// Calendar days from one day to another; negative if it is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// `10:42:07` in legal time.
pub fn time_of_day(unix_ms: i64) -> String {
    let seconds = (unix_ms + OFFSET_MS).rem_euclid(DAY_MS) / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// `2026-11-22 10:42:07` in legal time, for tables.
pub fn date_time(unix_ms: i64) -> String {
    format!("{} {}", legal_date(unix_ms), time_of_day(unix_ms))
}

/// `2026年11月22日（周日）`
pub fn date_zh(day: Date) -> String {
    const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let weekday = DAYS[weekday_index(day)];
    format!("{}年{}月{}日（周{weekday}）", day.year(), day.month(), day.day())
}

/// `22 Nov 2026 (Sun)`
pub fn date_en(day: Date) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (weekday, month) = (DAYS[weekday_index(day)], MONTHS[usize::from(day.month().unsigned_abs()) - 1]);
    format!("{} {month} {} ({weekday})", day.day(), day.year())
}

/// A day in both languages.
pub fn date_words(day: Date) -> [String; 2] {
    [date_zh(day), date_en(day)]
}

/// A day in the reader's language.
pub fn show_date(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Zh => date_zh(day),
        Lang::En => date_en(day),
    }
}

/// Whether a text is a day as records have it, `2026-11-22`.
pub fn is_iso(text: &str) -> bool {
    iso_day(text).is_some()
}

/// A day as records have it. Read without the library's parser, which every page with a date would have to fetch.
pub fn iso_day(text: &str) -> Option<Date> {
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten();
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let is_long = [year, month, day].map(str::len) == [4, 2, 2];
    let day = || Date::new(number(year)?, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?).ok();
    if is_long { day() } else { None }
}

/// A day of a record (ISO) in the reader’s language; what is no day stands as it is.
pub fn show_iso(iso: &str, lang: Lang) -> String {
    iso.parse().map_or_else(|_| iso.to_owned(), |day| show_date(day, lang))
}

/// The weeks of the month that begins on this day, from Monday to Sunday; days of the months around it are `None`.
pub fn weeks_of(first: Date) -> Vec<[Option<Date>; 7]> {
    let mut weeks = Vec::new();
    let mut week = [None; 7];
    for day in std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(|day| day.month() == first.month()) {
        let at = weekday_index(day);
        week[at] = Some(day);
        if at == 6 {
            weeks.push(std::mem::take(&mut week));
        }
    }
    if week.iter().any(Option::is_some) {
        weeks.push(week);
    }
    weeks
}

fn weekday_index(day: Date) -> usize {
    usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())
}

/// Days off and make-up workdays by year, as the yearly notice gives them (国务院办公厅关于部分节假日安排的通知).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub years: BTreeMap<i16, Year>,
}

/// One year's notice; ISO dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    pub days_off: Vec<String>,
    pub makeup_workdays: Vec<String>,
}

impl Calendar {
    /// The years known when the program was built.
    #[cfg(feature = "ssr")]
    pub fn builtin() -> Calendar {
        serde_json::from_str(include_str!("cn_workdays.json")).unwrap_or_default()
    }

    /// Whether a day is a working day; without the year's notice, Monday to Friday.
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let Some(year) = self.years.get(&day.year()) else { return !weekend };
        let iso = day.to_string();
        year.makeup_workdays.contains(&iso) || (!weekend && !year.days_off.contains(&iso))
    }

    /// The last day of a limit of `n` working days; the day of the event is not counted (ruling 19).
    /// `None` only beyond the end of time. Ask [`Calendar::gap`] whether the answer may still move.
    pub fn add_working_days(&self, from: Date, n: u32) -> Option<Date> {
        let (mut day, mut left) = (from, n);
        while left > 0 {
            day = day.tomorrow().ok()?;
            left -= u32::from(self.is_working_day(day));
        }
        Some(day)
    }

    /// Working days after `from` up to and including `to`; 0 if `to` is not later.
    pub fn working_days_between(&self, from: Date, to: Date) -> u32 {
        let days = std::iter::successors(from.tomorrow().ok(), |day| day.tomorrow().ok()).take_while(|day| *day <= to);
        days.map(|day| u32::from(self.is_working_day(day))).sum()
    }

    /// The last day of a limit of months: the same day number or the month's last day, and if that is a day off the
    /// next working day (ruling 21).
    pub fn add_months(&self, from: Date, months: i32) -> Option<Date> {
        self.working_day_from(from.checked_add(months.months()).ok()?)
    }

    /// The day itself if it is a working day, else the next one.
    pub fn working_day_from(&self, day: Date) -> Option<Date> {
        std::iter::successors(Some(day), |day| day.tomorrow().ok()).find(|day| self.is_working_day(*day))
    }

    /// The first year between two days whose notice is not known: the limit may still move.
    pub fn gap(&self, from: Date, to: Date) -> Option<i16> {
        (from.year()..=to.year()).find(|year| !self.years.contains_key(year))
    }

    /// What to say beside a limit that runs into such a year.
    pub fn warning(&self, from: Date, to: Date) -> Option<Say> {
        self.gap(from, to).map(|year| {
            say(
                format!("{year} 年的放假安排尚未录入，此日期按周一至周五推算，公布后可能变动"),
                format!("The holidays of {year} are not known yet; this day counts Monday to Friday and may move once they are published"),
            )
        })
    }
}

#[cfg(all(test, feature = "ssr"))]
#[path = "workdays_tests.rs"]
mod tests;
