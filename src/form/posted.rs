//! What a browser posted, with or without script, as the answers of one page: parts of an answer put together, text
//! tidied, strangers dropped. It does not judge.
//!
//! Names of inputs are paths. An answer made of several inputs has parts: `path@key` of a group of checks or of rows to choose from,
//! `path@1` to `path@3` of a region, `path@from` and `path@to` of a period.

use super::{Field, Kind, Page, Values};
use crate::base::{period, region, text};

/// The answers of a page among what was posted. Ticks and checks that are absent were left empty, because browsers do
/// not post them.
pub fn posted(page: &Page, raw: &Values) -> Values {
    let mut values: Values =
        raw.iter().filter_map(|(path, value)| Some((path, value, typed(page, path)?))).map(|(p, v, f)| (p.clone(), tidied(f, v))).collect();
    for (path, field) in asked(page, raw) {
        match field.kind {
            Kind::Tick | Kind::Checks(_) => {
                let whole = raw.get(&path).map(String::as_str);
                values.insert(path.clone(), ticked(field, whole, |key| raw.contains_key(&format!("{path}@{key}"))));
            }
            // Which rows there are only the book knows. Where the question was drawn its whole is posted as well, empty.
            Kind::Rows(_) => {
                if let Some(whole) = raw.get(&path) {
                    let prefix = format!("{path}@");
                    let parts = raw.range(prefix.clone()..).map_while(|(name, _)| name.strip_prefix(&prefix));
                    let rows: Vec<&str> = whole.split(',').chain(parts).filter(|row| !row.is_empty()).collect();
                    values.insert(path.clone(), rows.join(","));
                }
            }
            Kind::Region => {
                let part = |n: u8| raw.get(&format!("{path}@{n}")).map(|code| text::code(code));
                if let Some(first) = part(1) {
                    let code = region::deepest([&first, &part(2).unwrap_or_default(), &part(3).unwrap_or_default()]);
                    values.insert(path, code);
                }
            }
            Kind::Period => values.extend(period_of(&path, raw).map(|days| (path, days))),
            _ => {}
        }
    }
    values
}

/// A period put together from its days, if anything was posted of them.
pub fn period_of(path: &str, raw: &Values) -> Option<String> {
    let [from, to] = period::ENDS.map(|end| raw.get(&format!("{path}@{end}")).map(|day| text::tidy(day)));
    (from.is_some() || to.is_some()).then(|| period::joined(&from.unwrap_or_default(), &to.unwrap_or_default()))
}

/// What of the answers may be shown again: everything but passwords and codes.
pub fn kept(page: &Page, values: &Values) -> Values {
    let is_told_once = |path: &str| page.field_at(path).is_none_or(|field| matches!(field.kind, Kind::Password | Kind::NewPassword | Kind::SmsCode));
    values.iter().filter(|(path, _)| !is_told_once(path)).map(|(path, value)| (path.clone(), value.clone())).collect()
}

/// The field that a person may fill in at a path.
fn typed(page: &Page, path: &str) -> Option<&'static Field> {
    page.field_at(path).filter(|field| !field.fixed)
}

/// Passwords are taken as they are; everything else loses what nobody sees.
fn tidied(field: &Field, value: &str) -> String {
    if matches!(field.kind, Kind::Password | Kind::NewPassword) { value.to_owned() } else { text::tidy(value) }
}

/// The page's fields, and those of every row that something was posted of.
fn asked(page: &Page, raw: &Values) -> Vec<(String, &'static Field)> {
    let mut asked: Vec<_> = page.fields().filter(|(_, field)| !field.fixed).collect();
    for table in page.tables() {
        let prefix = format!("{}/", page.path(table.key));
        let mut rows: Vec<&str> = raw.keys().filter_map(|path| Some(path.strip_prefix(&prefix)?.split_once('/')?.0)).collect();
        rows.dedup();
        let columns = table.columns.iter().filter(|column| !column.fixed);
        asked.extend(columns.flat_map(|column| rows.iter().map(|row| (format!("{prefix}{row}/{}", column.key), column)).collect::<Vec<_>>()));
    }
    asked
}

/// The value of a tick or of a group of checks: from its whole, or from its parts.
fn ticked(field: &Field, whole: Option<&str>, has_part: impl Fn(&str) -> bool) -> String {
    match field.kind {
        Kind::Tick => if whole.is_some_and(|value| !matches!(value, "" | "no" | "false")) { "yes" } else { "" }.to_owned(),
        Kind::Checks(choices) => {
            let chosen = |key: &str| has_part(key) || whole.is_some_and(|all| all.split(',').any(|one| one == key));
            choices.iter().map(|choice| choice.key).filter(|key| chosen(key)).collect::<Vec<_>>().join(",")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Text, t};
    use crate::form::field::no_rules;
    use crate::form::{Group, Part, Table, choice};

    const FIELDS: &[Field] = &[
        Field::new("name", t("名称", "Name"), Kind::Text),
        Field::new("fixed", t("代码", "Code"), Kind::Text).fixed(),
        Field::new("agree", t("同意", "Agree"), Kind::Tick),
        Field::new("duties", t("职责", "Duties"), Kind::Checks(&[choice("a", "甲", "A"), choice("b", "乙", "B"), choice("c", "丙", "C")])),
        Field::new("region", t("所在地", "Region"), Kind::Region),
        Field::new("days", t("起止日期", "Days"), Kind::Period),
        Field::new("password", t("密码", "Password"), Kind::NewPassword),
    ];
    const PAGE: Page = Page {
        key: "p",
        title: t("页", "Page"),
        lead: Text::NONE,
        parts: &[
            Part::Group(Group { title: Text::NONE, hint: Text::NONE, fields: FIELDS }),
            Part::Table(Table {
                key: "rows",
                label: t("表", "Table"),
                hint: Text::NONE,
                row: t("一行", "row"),
                columns: &[
                    Field::new("x", t("甲", "X"), Kind::Text),
                    Field::new("ok", t("乙", "Y"), Kind::Tick),
                    Field::new("at", t("丙", "Z"), Kind::Rows("p/places")),
                ],
                min_rows: 0,
                max_rows: 9,
            }),
        ],
        rules: no_rules,
    };

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn parts_become_answers_and_strangers_are_dropped() {
        let raw = values(&[
            ("p/name", "  西安\u{200b}某厂 "),
            ("p/fixed", "forged"),
            ("p/role", "admin"),
            ("q/name", "x"),
            ("p/agree", "on"),
            ("p/duties@c", "on"),
            ("p/duties@a", "on"),
            ("p/duties@zzz", "on"),
            ("p/region@1", "610000"),
            ("p/region@2", "610100"),
            ("p/region@3", "610112"),
            ("p/days@from", "2026-01-02 "),
            ("p/days@to", "2026-01-05"),
            ("p/password", " Aa1! "),
            ("p/rows/r1/x", "1"),
            ("p/rows/r1/ok", "on"),
            ("p/rows/r2/x", "2"),
        ]);
        let expected = values(&[
            ("p/name", "西安某厂"),
            ("p/agree", "yes"),
            ("p/duties", "a,c"),
            ("p/region", "610112"),
            ("p/days", "2026-01-02/2026-01-05"),
            ("p/password", " Aa1! "),
            ("p/rows/r1/x", "1"),
            ("p/rows/r1/ok", "yes"),
            ("p/rows/r2/x", "2"),
            ("p/rows/r2/ok", ""),
        ]);
        assert_eq!(posted(&PAGE, &raw), expected);
        assert!(!kept(&PAGE, &expected).contains_key("p/password"));
        assert_eq!(kept(&PAGE, &expected).len(), expected.len() - 1);
    }

    #[test]
    fn rows_are_chosen_where_the_question_was_drawn() {
        let raw = values(&[
            ("p/rows/r1/at", ""),
            ("p/rows/r1/at@b-2", "yes"),
            ("p/rows/r1/at@a-1", "yes"),
            ("p/rows/r2/at", ""),
            ("p/rows/r3/x", "3"),
            ("p/rows/r4/at", "a-1,b-2"),
        ]);
        let posted = posted(&PAGE, &raw);
        let at = |row: &str| posted.get(&format!("p/rows/{row}/at")).map(String::as_str);
        assert_eq!([at("r1"), at("r2"), at("r3"), at("r4")], [Some("a-1,b-2"), Some(""), None, Some("a-1,b-2")]);
        assert!(Kind::Rows("p/places").says_same("b,a", "a,b") && !Kind::Rows("p/places").says_same("a", "a,b") && !Kind::Text.says_same("b,a", "a,b"));
    }

    #[test]
    fn whole_answers_are_taken_and_absent_ticks_are_empty() {
        let raw = values(&[("p/duties", "b,nonsense"), ("p/region", "610112")]);
        assert_eq!(posted(&PAGE, &raw), values(&[("p/agree", ""), ("p/duties", "b"), ("p/region", "610112")]));
        let cut = values(&[("p/region@1", "610000"), ("p/region@2", "330100"), ("p/days@from", ""), ("p/days@to", "2026-01-05")]);
        assert_eq!((posted(&PAGE, &cut)["p/region"].as_str(), posted(&PAGE, &cut)["p/days"].as_str()), ("610000", "/2026-01-05"));
    }
}
