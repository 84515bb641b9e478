//! 起止日期 as one answer: two days with a slash between, as ISO 8601 writes an interval (`2026-01-02/2026-01-05`). One that is only begun
//! is kept as it is: `2026-01-02/`.

use super::workdays::{date_en, date_zh, iso_day};
use super::{Say, say};
use jiff::civil::Date;

/// How its two days are told apart where each has a control of its own: `path@from`, `path@to`.
pub const ENDS: [&str; 2] = ["from", "to"];

/// The answer that two days make; empty if there is neither. A slash in a day is not the one between them.
pub fn joined(from: &str, to: &str) -> String {
    if from.is_empty() && to.is_empty() { String::new() } else { format!("{}/{}", from.replace('/', "-"), to.replace('/', "-")) }
}

/// Its two days as they were typed.
pub fn ends(answer: &str) -> [&str; 2] {
    answer.split_once('/').map_or([answer, ""], |(from, to)| [from, to])
}

/// Its two days, if both are days.
pub fn days(answer: &str) -> Option<(Date, Date)> {
    let [from, to] = ends(answer).map(iso_day);
    Some((from?, to?))
}

/// In words: a day, or from one to another.
pub fn said(from: Date, to: Date) -> Say {
    if from == to {
        return say(date_zh(from), date_en(from));
    }
    say(format!("{}至{}", date_zh(from), date_zh(to)), format!("{} to {}", date_en(from), date_en(to)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn two_days_are_one_answer() {
        for (from, to, answer) in
            [("2026-01-02", "2026-01-05", "2026-01-02/2026-01-05"), ("2026-01-02", "", "2026-01-02/"), ("", "2026-01-05", "/2026-01-05"), ("", "", "")]
        {
            assert_eq!(joined(from, to), answer);
            assert_eq!(ends(answer), [from, to]);
        }
        assert_eq!(joined("2026/1/2", "2026-01-05"), "2026-1-2/2026-01-05");
        assert_eq!(days("2026-01-02/2026-01-05"), Some((date(2026, 1, 2), date(2026, 1, 5))));
        for half in ["2026-01-02/", "/2026-01-05", "2026-01-02", "2026-01-02/2026-02-30", ""] {
            assert_eq!(days(half), None, "{half}");
        }
    }

    #[test]
    fn one_day_is_said_once() {
        let (second, fifth) = (date(2026, 1, 2), date(2026, 1, 5));
        assert_eq!(said(second, fifth), say("2026年1月2日（周五）至2026年1月5日（周一）", "2 Jan 2026 (Fri) to 5 Jan 2026 (Mon)"));
        assert_eq!(said(second, second), say("2026年1月2日（周五）", "2 Jan 2026 (Fri)"));
    }
}
