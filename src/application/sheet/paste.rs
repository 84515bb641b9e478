//! A block of cells copied from a spreadsheet: lines of tab-separated cells, quoted where a cell holds a line break.

use super::{cell, column_of, columns};
use crate::base::{Say, say};
use crate::form::{Table, Values};

/// The rows of a pasted block, from `start_column` (a column's key) to the right. A first line of headings is left out.
pub fn paste(table: &Table, start_column: &str, text: &str) -> Vec<Values> {
    let targets: Vec<_> = columns(table).skip_while(|column| column.key != start_column).collect();
    if targets.is_empty() {
        return Vec::new();
    }
    let mut rows = rows(text);
    let is_heading = |row: &Vec<String>| row.iter().zip(&targets).all(|(cell, target)| column_of(table, cell).is_some_and(|c| c.key == target.key));
    if rows.first().is_some_and(is_heading) {
        rows.remove(0);
    }
    let values = |row: Vec<String>| row.iter().zip(&targets).map(|(text, column)| (column.key.to_owned(), cell::answer(column, text))).collect();
    rows.into_iter().map(values).collect()
}

/// Where the rows of a block go in a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Laid {
    /// The cells that are filled, and with what.
    pub cells: Vec<(String, String)>,
    /// The rows that are added.
    pub added: Vec<Values>,
    /// How many rows are filled or added.
    count: usize,
    /// How many rows the table has no room for.
    over: usize,
    /// How many cells may not be changed now: a correction opens only what its notice marks.
    closed: usize,
}

/// Lays rows into the table at a path: over those `there`, which begin where the block was pasted, and the rest behind them.
pub fn lay(path: &str, room: usize, there: &[String], mut rows: Vec<Values>, is_open: impl Fn(&str) -> bool) -> Laid {
    let over = rows.len().saturating_sub(room);
    rows.truncate(room);
    let mut added = rows.split_off(rows.len().min(there.len()));
    let mut closed = 0;
    if !is_open(path) {
        closed = added.iter().map(Values::len).sum();
        added.clear();
    }
    let mut laid = Laid { cells: Vec::new(), count: added.len(), added, over, closed };
    for (row, values) in there.iter().zip(rows) {
        let cells = values.into_iter().map(|(column, value)| (format!("{path}/{row}/{column}"), value));
        let (open, shut): (Vec<_>, Vec<_>) = cells.partition(|(cell, _)| is_open(cell));
        laid.count += usize::from(!open.is_empty());
        laid.closed += shut.len();
        laid.cells.extend(open);
    }
    laid
}

impl Laid {
    /// What was done, and what was left out and why. `most` is how many rows the table holds.
    pub fn told(&self, most: u16) -> Say {
        let Laid { count, over, closed, .. } = self;
        let (mut zh, mut en) = match over {
            0 => (format!("已粘贴 {count} 行。"), format!("Pasted {count} row(s).")),
            _ => (
                format!("已粘贴 {count} 行；这张表最多 {most} 行，其余 {over} 行没有粘贴。"),
                format!("Pasted {count} row(s); this table holds at most {most}, so {over} were left out."),
            ),
        };
        if *closed > 0 {
            zh.push_str(&format!("补正时只能修改告知书标出的内容，其他 {closed} 格没有粘贴。"));
            en.push_str(&format!(" During a correction only what the notice marks may be changed, so {closed} other cell(s) were left out."));
        }
        say(zh, en)
    }
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
        paste(&TABLE, start, text).into_iter().map(|row| row.into_iter().collect()).collect()
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
    fn what_a_correction_keeps_closed_is_left_out_and_told() {
        let there = ["a".to_owned(), "b".to_owned()];
        let rows = || ["x", "y", "z", "over"].map(|name| Values::from([("name".to_owned(), name.to_owned()), ("owner".to_owned(), "own".to_owned())])).to_vec();
        let said = |laid: &Laid| laid.told(3).zh.into_owned();

        let whole = lay("p/t", 3, &there, rows(), |_| true);
        assert_eq!((whole.cells.len(), whole.added.len()), (4, 1));
        assert_eq!(said(&whole), "已粘贴 3 行；这张表最多 3 行，其余 1 行没有粘贴。");

        let row = lay("p/t", 3, &there, rows()[..3].to_vec(), |path| path == "p/t/b" || path.starts_with("p/t/b/"));
        assert_eq!((row.cells, row.added), (pairs(&[("p/t/b/name", "y"), ("p/t/b/owner", "own")]), Vec::new()));

        let cell = lay("p/t", 3, &there, rows()[..2].to_vec(), |path| path == "p/t/a/name");
        assert_eq!(said(&cell), "已粘贴 1 行。补正时只能修改告知书标出的内容，其他 3 格没有粘贴。");
        assert_eq!(cell.cells, pairs(&[("p/t/a/name", "x")]));
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
