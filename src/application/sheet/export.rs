//! A repeat table as a workbook: template and data in one.

use super::{cell, columns};
use crate::base::{Lang, t};
use crate::form::{Field, Kind, Need, Table, Values};
use rust_xlsxwriter::{DataValidation, ExcelDateTime, Format, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError};

/// Excel's longest text in a cell.
const LONGEST: usize = 32_767;

/// The workbook of a table: a heading row with the hints as notes, choices as lists, and the rows there are.
///
/// # Errors
/// What the format cannot hold; our tables do not.
pub fn export(table: &Table, lang: Lang, rows: &[Values]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let mut lists = Worksheet::new();
    lists.set_name("choices")?.set_hidden(true);
    let sheet = book.add_worksheet();
    sheet.set_name(t("填写", "Fill in").get(lang))?.set_freeze_panes(1, 0)?;
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap();
    let mut list_column = 0;
    for (at, field) in (0u16..).zip(columns(table)) {
        let format = format_of(field.kind);
        sheet.set_column_format(at, &format)?.set_column_width(at, width_of(field))?;
        sheet.write_string_with_format(0, at, field.label.get(lang), &head)?;
        if let Some(note) = note(field, lang) {
            sheet.insert_note(0, at, &Note::new(note).set_author("").add_author_prefix(false))?;
        }
        if let Some(labels) = labels_of(field.kind, lang) {
            let last = labels.len();
            for (row, label) in (0u32..).zip(labels) {
                lists.write_string(row, list_column, label)?;
            }
            let name = rust_xlsxwriter::utility::column_number_to_name(list_column);
            let list = DataValidation::new().allow_list_formula(Formula::new(format!("=choices!${name}$1:${name}${last}")));
            sheet.add_data_validation(1, at, u32::from(table.max_rows), at, &list)?;
            list_column += 1;
        }
        for (row, values) in (1u32..).zip(rows) {
            write(sheet, row, at, field, values.get(field.key).map_or("", String::as_str), lang, &format)?;
        }
    }
    if list_column > 0 {
        book.push_worksheet(lists);
    }
    book.save_to_buffer()
}

fn write(sheet: &mut Worksheet, row: u32, at: u16, field: &Field, value: &str, lang: Lang, format: &Format) -> Result<(), XlsxError> {
    if value.is_empty() {
        return Ok(());
    }
    if field.kind == Kind::Date && value.len() == 10 && value.parse::<jiff::civil::Date>().is_ok_and(|date| date.year() >= 1900) {
        sheet.write_datetime_with_format(row, at, &ExcelDateTime::parse_from_str(value)?, format)?;
        return Ok(());
    }
    // A number only where the spreadsheet writes it as the person did: 12.50 stays text.
    let is_number = matches!(field.kind, Kind::Int(_) | Kind::Decimal(..) | Kind::Year);
    if let Some(number) = value.parse::<f64>().ok().filter(|n| is_number && value.len() <= 15 && n.to_string() == value) {
        sheet.write_number_with_format(row, at, number, format)?;
        return Ok(());
    }
    let text: String = cell::shown(field, value, lang).chars().take(LONGEST).collect();
    sheet.write_string_with_format(row, at, text, format)?;
    Ok(())
}

/// Codes and everything else but numbers and dates are text: a leading zero is part of a code.
fn format_of(kind: Kind) -> Format {
    let format = Format::new().set_text_wrap();
    match kind {
        Kind::Date => format.set_num_format("yyyy-mm-dd"),
        Kind::Int(_) | Kind::Decimal(..) | Kind::Year => format,
        _ => format.set_num_format("@"),
    }
}

fn width_of(field: &Field) -> f64 {
    match field.kind {
        Kind::LongText => 40.0,
        Kind::Int(_) | Kind::Decimal(..) | Kind::Date | Kind::Year | Kind::Tick => 13.0,
        Kind::ResidentId | Kind::CreditCode | Kind::UnitCode | Kind::Region => 26.0,
        _ => 20.0,
    }
}

/// What may be chosen from the list; several answers of one question are written, not chosen.
fn labels_of(kind: Kind, lang: Lang) -> Option<Vec<&'static str>> {
    match kind {
        Kind::Select(choices) | Kind::Radio(choices) => Some(choices.iter().map(|c| c.label.get(lang)).collect()),
        Kind::Tick => Some(vec![t("是", "Yes").get(lang), t("否", "No").get(lang)]),
        _ => None,
    }
}

/// Hint, several answers, unit, example, and whether it may stay empty.
fn note(field: &Field, lang: Lang) -> Option<String> {
    let mut lines = Vec::new();
    if !field.hint.is_none() {
        lines.push(field.hint.get(lang).to_owned());
    }
    match field.kind {
        Kind::Checks(choices) => {
            let labels: Vec<&str> = choices.iter().map(|c| c.label.get(lang)).collect();
            lines.push(format!(
                "{}{}",
                t("可填多项，用顿号隔开：", "One or more, separated by semicolons: ").get(lang),
                labels.join(if lang == Lang::Zh { "、" } else { "; " })
            ));
        }
        Kind::Int(unit) | Kind::Decimal(_, unit) if !unit.is_none() => lines.push(format!("{}{}", t("单位：", "Unit: ").get(lang), unit.get(lang))),
        _ => {}
    }
    if !field.example.is_none() {
        lines.push(format!("{}{}", t("例如：", "For example: ").get(lang), field.example.get(lang)));
    }
    if matches!(field.need, Need::Optional) {
        lines.push(t("选填", "Optional").get(lang).into());
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}
