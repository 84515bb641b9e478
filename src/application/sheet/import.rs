//! Rows out of a workbook, all or none. Formulas are not evaluated (the value the spreadsheet last showed counts), and
//! nothing is read beyond the size of the table.

use super::{SheetIssue, cell, column_of};
use crate::base::{Say, Text, check, say, t};
use crate::form::{Field, Kind, Table, Values};
use calamine::{CellErrorType, DataRef, Reader, Xlsx};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The largest file, the most it may unpack to, and the most parts.
const MAX_FILE: usize = 4 * 1024 * 1024;
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
const MAX_PARTS: usize = 500;
/// Issues listed; whoever mends fifty will see the rest.
const MAX_ISSUES: usize = 50;
/// Columns looked at.
const MAX_COLUMNS: u32 = 256;

/// The rows of a workbook's first sheet, or everything that keeps it from being imported.
///
/// # Errors
/// Issues by row and column; nothing may be imported then.
pub fn import(table: &Table, bytes: &[u8]) -> Result<Vec<Values>, Vec<SheetIssue>> {
    Ok(import_rows(table, bytes)?.into_iter().map(|(_, values)| values).collect())
}

/// The same, each row with its number as the spreadsheet counts it, for whoever judges more than cells.
///
/// # Errors
/// As [`import`].
pub fn import_rows(table: &Table, bytes: &[u8]) -> Result<Vec<(u32, Values)>, Vec<SheetIssue>> {
    let mut issues = Vec::new();
    let cells = cells(table, bytes, &mut issues).map_err(|why| vec![whole(why)])?;
    let rows = rows(table, cells, &mut issues).map_err(|why| vec![whole(why)])?;
    issues.truncate(MAX_ISSUES);
    if issues.is_empty() { Ok(rows) } else { Err(issues) }
}

fn whole(message: Say) -> SheetIssue {
    SheetIssue { row: 0, column: None, message }
}

fn unreadable() -> Say {
    say(
        "这个文件不是可以读取的 XLSX 表格。请用下载的模板填写后再导入。",
        "This file is not a readable XLSX sheet. Please fill in the downloaded template and import that.",
    )
}

/// What stands in a cell.
enum Content {
    Text(String),
    Number(f64),
    Date(f64),
    Wrong(Say),
}

type Cells = BTreeMap<u32, BTreeMap<u32, Content>>;

/// The cells that hold something, by row and column, both from 0.
fn cells(table: &Table, bytes: &[u8], issues: &mut Vec<SheetIssue>) -> Result<Cells, Say> {
    if bytes.len() > MAX_FILE || !unpacks_small(bytes).unwrap_or(false) {
        return Err(if bytes.starts_with(b"PK") {
            say("表格太大。请只保留要导入的行。", "The sheet is too large. Please keep only the rows to import.")
        } else {
            unreadable()
        });
    }
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|_: calamine::XlsxError| unreadable())?;
    let name = book.sheet_names().into_iter().next().ok_or_else(unreadable)?;
    let mut reader = book.worksheet_cells_reader(&name).map_err(|_| unreadable())?;
    let most = usize::from(table.max_rows) + 1;
    let mut cells = Cells::new();
    while let Some(found) = reader.next_cell().map_err(|_| unreadable())? {
        let (row, column) = found.get_position();
        let Some(content) = content(found.get_value()) else { continue };
        if column >= MAX_COLUMNS {
            continue;
        }
        cells.entry(row).or_default().insert(column, content);
        if cells.len() > most {
            let max = table.max_rows;
            issues.push(SheetIssue {
                row: row + 1,
                column: None,
                message: say(format!("最多 {max} 行，请删去多余的行"), format!("At most {max} rows; please remove the others")),
            });
            break;
        }
    }
    Ok(cells)
}

/// Whether a packed file stays small when unpacked; what it says of itself is not believed.
fn unpacks_small(bytes: &[u8]) -> Option<bool> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.len() > MAX_PARTS {
        return Some(false);
    }
    let mut room = MAX_UNPACKED;
    for i in 0..archive.len() {
        let part = archive.by_index(i).ok()?;
        let size = std::io::copy(&mut part.take(room + 1), &mut std::io::sink()).ok()?;
        let Some(rest) = room.checked_sub(size) else { return Some(false) };
        room = rest;
    }
    Some(true)
}

fn content(data: &DataRef) -> Option<Content> {
    let text = |s: &str| (!s.trim().is_empty()).then(|| Content::Text(s.to_owned()));
    match data {
        DataRef::Empty => None,
        DataRef::String(s) => text(s),
        DataRef::SharedString(s) => text(s),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => text(s),
        DataRef::Bool(b) => Some(Content::Text(if *b { "是" } else { "否" }.into())),
        DataRef::Int(n) => Some(Content::Text(n.to_string())),
        DataRef::Float(n) => Some(Content::Number(*n)),
        DataRef::DateTime(when) => Some(Content::Date(when.as_f64())),
        DataRef::Error(error) => Some(Content::Wrong(told(error))),
    }
}

fn told(error: &CellErrorType) -> Say {
    say(format!("公式出错（{error}），请改成数值"), format!("The formula failed ({error}); please write the value"))
}

fn rows(table: &Table, mut cells: Cells, issues: &mut Vec<SheetIssue>) -> Result<Vec<(u32, Values)>, Say> {
    let headings = cells.pop_first().map(|(_, row)| row).unwrap_or_default();
    let heading = |content: &Content| if let Content::Text(text) = content { text.clone() } else { String::new() };
    let places: Vec<(u32, String, Option<&Field>)> = headings
        .iter()
        .map(|(at, content)| (*at, heading(content)))
        .map(|(at, text)| {
            let field = column_of(table, &text);
            (at, text, field)
        })
        .collect();
    if places.iter().all(|(_, _, field)| field.is_none()) {
        return Err(say(
            format!("第一行不是“{}”的表头。请用下载的模板填写。", table.label.zh),
            format!("The first row holds no headings of “{}”. Please use the downloaded template.", table.label.en),
        ));
    }
    for (_, text, _) in places.iter().filter(|(_, _, field)| field.is_none()) {
        let message = say(
            format!("这张表没有“{text}”一列，请删去或改用模板的表头"),
            format!("This table has no column “{text}”; please remove it or use the template’s heading"),
        );
        issues.push(SheetIssue { row: 1, column: None, message });
    }
    let places: BTreeMap<u32, &Field> = places.into_iter().filter_map(|(at, _, field)| Some((at, field?))).collect();
    let mut rows = Vec::new();
    for (row, contents) in cells {
        let mut values = Values::new();
        for (at, content) in contents {
            let known = places.get(&at);
            let judged = match known {
                Some(field) => read(field, content),
                None if headings.contains_key(&at) => continue,
                None => Err(say("这一格上面没有表头", "There is no heading above this cell")),
            };
            match judged {
                Ok(value) => {
                    if let Some(field) = known.filter(|_| !value.is_empty()) {
                        values.insert(field.key.to_owned(), value);
                    }
                }
                Err(message) => issues.push(SheetIssue { row: row + 1, column: known.map(|field| field.label.into()), message }),
            }
        }
        if !values.is_empty() {
            rows.push((row + 1, values));
        }
    }
    Ok(rows)
}

/// What a cell says, if its column can hold it. Rules of the field itself are the page's, which shows them at once.
fn read(field: &Field, content: Content) -> Result<String, Say> {
    let text = match content {
        Content::Wrong(why) => return Err(why),
        Content::Text(text) => text,
        Content::Number(n) | Content::Date(n) if field.kind == Kind::Date => day(n).map_or_else(|| number(n), |day| day.to_string()),
        Content::Date(n) => day(n).map_or_else(|| number(n), |day| day.to_string()),
        Content::Number(n) => number(n),
    };
    let value = cell::answer(field, &text);
    let longest = usize::from(field.max);
    if value.chars().count() > longest {
        return Err(say(format!("最多 {longest} 个字"), format!("At most {longest} characters")));
    }
    let shaped = matches!(
        field.kind,
        Kind::Int(_) | Kind::Decimal(..) | Kind::Date | Kind::Year | Kind::Select(_) | Kind::Radio(_) | Kind::Checks(_) | Kind::Tick | Kind::Region
    );
    if shaped && !value.is_empty() {
        // None of these depends on the day it is judged on.
        check::value(field.kind, &value, date(2000, 1, 1)).map_err(|why| with_choices(field.kind, why))?;
    }
    Ok(value)
}

/// An unknown choice is told together with the known ones.
fn with_choices(kind: Kind, why: Say) -> Say {
    let choices: Vec<Text> = match kind {
        Kind::Select(choices) | Kind::Radio(choices) | Kind::Checks(choices) => choices.iter().map(|c| c.label).collect(),
        Kind::Tick => vec![t("是", "Yes"), t("否", "No")],
        _ => return why,
    };
    if choices.len() > 12 {
        return why;
    }
    let list = |of: fn(&Text) -> &'static str, with: &str| choices.iter().map(of).collect::<Vec<_>>().join(with);
    say(format!("只能填：{}", list(|c| c.zh, "、")), format!("Must be one of: {}", list(|c| c.en, "; ")))
}

/// The day of a spreadsheet's serial number. Serial 60 is a day that never was; nobody's machine is that old.
fn day(serial: f64) -> Option<Date> {
    let days = serial.trunc();
    if !(61.0..2_958_466.0).contains(&days) {
        return None;
    }
    date(1899, 12, 30).checked_add((days as i64).days()).ok()
}

/// A number as a person reads it in the cell: at most fifteen digits, as spreadsheets keep them.
fn number(n: f64) -> String {
    if n == n.trunc() && n.abs() < 1e15 {
        return format!("{n:.0}");
    }
    let digits = 15 - (n.abs().log10().floor() as i32 + 1).clamp(0, 15);
    let text = format!("{n:.*}", usize::try_from(digits).unwrap_or(0));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
