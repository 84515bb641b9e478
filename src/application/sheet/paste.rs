//! A block of cells copied from a spreadsheet: lines of tab-separated cells, quoted where a cell holds a line break.

use super::{cell, column_of, columns};
use crate::form::{Offered, Table, Values};

/// The rows of a pasted block, from `start_column` (a column's key) to the right. A first line of headings is left out.
pub fn paste(table: &Table, start_column: &str, text: &str, offered: &Offered) -> Vec<Values> {
    let targets: Vec<_> = columns(table, offered).skip_while(|column| column.key != start_column).collect();
    if targets.is_empty() {
        return Vec::new();
    }
    let mut rows = rows(text);
    let is_heading = |row: &Vec<String>| row.iter().zip(&targets).all(|(cell, target)| column_of(table, offered, cell).is_some_and(|c| c.key == target.key));
    if rows.first().is_some_and(is_heading) {
        rows.remove(0);
    }
    let values = |row: Vec<String>| row.iter().zip(&targets).map(|(text, column)| (column.key.to_owned(), cell::answer(column, text, offered))).collect();
    rows.into_iter().map(values).collect()
}

/// Whether a pasted text is a block rather than the content of one cell.
pub fn is_block(text: &str) -> bool {
    let rows = rows(text);
    rows.len() > 1 || rows.first().is_some_and(|row| row.len() > 1)
}

/// The cells of a block, line by line; empty lines at its end are no rows.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.chars().filter(|c| *c != '\r').peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            // A quote opens only at the start of a cell, and only if another one closes it there.
            '"' if cell.is_empty() && closes(letters.clone()) => quoted = true,
            '\t' | '\n' if !quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut cell));
                }
                if letter == '\n' {
                    rows.push(Vec::new());
                }
            }
            other => cell.push(other),
        }
    }
    if let Some(row) = rows.last_mut() {
        row.push(cell);
    }
    while rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
        rows.pop();
    }
    rows
}

/// Whether the quote just read is closed at the end of its cell.
fn closes(mut rest: impl Iterator<Item = char>) -> bool {
    let mut next = rest.next();
    while let Some(letter) = next {
        next = rest.next();
        if letter == '"' {
            match next {
                Some('"') => next = rest.next(),
                None | Some('\t' | '\n') => return true,
                Some(_) => return false,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Text, t};
    use crate::form::{Choice, Field, Kind, choice};

    const CHOICES: &[Choice] = &[choice("own", "自有", "Owned"), choice("rent", "租用", "Rented")];
    const TABLE: Table = Table {
        key: "machines",
        label: t("设备", "Machines"),
        hint: Text::NONE,
        row: t("一台设备", "a machine"),
        columns: &[
            Field::new("name", t("名称", "Name"), Kind::Text),
            Field::new("owner", t("归属", "Owner"), Kind::Select(CHOICES)),
            Field::new("bought", t("购置日期", "Bought"), Kind::Date),
        ],
        min_rows: 0,
        max_rows: 200,
    };

    fn pasted(start: &str, text: &str) -> Vec<Vec<(String, String)>> {
        paste(&TABLE, start, text, &Offered::new()).into_iter().map(|row| row.into_iter().collect()).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn a_block_becomes_rows() {
        let rows = pasted("name", "车床\t自有\t2020/5/1\r\n\"two\nlines \"\"q\"\"\"\tRented\t2021年12月3日\r\n");
        assert_eq!(rows[0], pairs(&[("bought", "2020-05-01"), ("name", "车床"), ("owner", "own")]));
        assert_eq!(rows[1], pairs(&[("bought", "2021-12-03"), ("name", "two\nlines \"q\""), ("owner", "rent")]));
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn it_starts_where_the_cursor_stood_and_ends_at_the_table() {
        assert_eq!(pasted("owner", "租用\t20200501\tlost"), [pairs(&[("bought", "2020-05-01"), ("owner", "rent")])]);
        assert!(pasted("nowhere", "x").is_empty());
    }

    #[test]
    fn headings_are_left_out_and_what_is_not_understood_stays() {
        assert_eq!(pasted("name", "Name\t归属\nx\tstolen"), [pairs(&[("name", "x"), ("owner", "stolen")])]);
    }

    #[test]
    fn a_lone_quote_is_a_quote() {
        assert_eq!(
            pasted("name", "3\" 管\t自有\n\"开头\t租用"),
            [pairs(&[("name", "3\" 管"), ("owner", "own")]), pairs(&[("name", "\"开头"), ("owner", "rent")])]
        );
        assert!(is_block("a\tb") && is_block("a\nb") && !is_block("a\n") && !is_block("a"));
    }
}
