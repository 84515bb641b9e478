//! The way between an answer as it is kept and as it stands in a spreadsheet's cell.

use crate::base::text::{code, tidy};
use crate::base::{Lang, check};
use crate::form::{Choice, Field, Kind};
use jiff::civil::Date;

/// What stands in a cell, as the answer that is kept. What cannot be understood stays as it was written.
pub fn answer(field: &Field, cell: &str) -> String {
    let cell = tidy(cell);
    match field.kind {
        Kind::Select(choices) | Kind::Radio(choices) => key_of(choices, &cell),
        Kind::Checks(choices) => {
            let parts = cell.split([',', '，', '、', ';', '；', '\n']).map(tidy).filter(|part| !part.is_empty());
            parts.map(|part| key_of(choices, &part)).collect::<Vec<_>>().join(",")
        }
        Kind::Tick => match code(&cell).as_str() {
            "是" | "√" | "✓" | "YES" | "Y" | "TRUE" | "1" => "yes".into(),
            "否" | "×" | "NO" | "N" | "FALSE" | "0" => String::new(),
            _ => cell,
        },
        Kind::Date => iso_date(&cell).unwrap_or(cell),
        Kind::Region => match cell.get(..6) {
            Some(head) if head.bytes().all(|b| b.is_ascii_digit()) => head.to_owned(),
            _ => cell,
        },
        // A spreadsheet shows thousands apart; an answer does not.
        Kind::Int(_) | Kind::Decimal(..) => check::canonical(field.kind, &cell.replace([',', '，'], "")),
        kind => check::canonical(kind, &cell),
    }
}

/// An answer as it stands in a cell, but for numbers and dates, which are the spreadsheet's own.
pub fn shown(field: &Field, value: &str, lang: Lang) -> String {
    match field.kind {
        Kind::Select(choices) | Kind::Radio(choices) => label_of(choices, value, lang),
        Kind::Checks(choices) => {
            let labels: Vec<String> = value.split(',').filter(|key| !key.is_empty()).map(|key| label_of(choices, key, lang)).collect();
            labels.join(if lang == Lang::Zh { "、" } else { "; " })
        }
        Kind::Tick if value == "yes" => crate::base::t("是", "Yes").get(lang).into(),
        #[cfg(feature = "ssr")]
        Kind::Region if crate::base::region::find(value).is_some() => format!("{value} {}", crate::base::region::full_name(value)),
        _ => value.to_owned(),
    }
}

fn key_of(choices: &[Choice], cell: &str) -> String {
    let wanted = code(cell);
    let is = |c: &&Choice| code(c.label.zh) == wanted || code(c.label.en) == wanted || code(c.key) == wanted;
    choices.iter().find(is).map_or_else(|| cell.to_owned(), |c| c.key.to_owned())
}

fn label_of(choices: &[Choice], key: &str, lang: Lang) -> String {
    choices.iter().find(|c| c.key == key).map_or_else(|| key.to_owned(), |c| c.label.get(lang).to_owned())
}

/// A date as people write it: `2024-05-01`, `2024/5/1`, `2024.5.1`, `2024年5月1日`, `20240501`.
fn iso_date(cell: &str) -> Option<String> {
    let plain = code(cell);
    let parts: Vec<&str> = match plain.len() {
        8 if plain.bytes().all(|b| b.is_ascii_digit()) => vec![&plain[..4], &plain[4..6], &plain[6..]],
        _ => plain.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect(),
    };
    let [year, month, day] = parts[..] else { return None };
    let date = Date::new(year.parse().ok().filter(|_| year.len() == 4)?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(date.to_string())
}
