use super::*;
use crate::base::{Lang, t};
use crate::form::{Choice, Kind, Values, choice};
use proptest::prelude::*;
use rust_xlsxwriter::{Formula, Workbook};

const CHOICES: &[Choice] = &[choice("own", "自有", "Owned"), choice("rent", "租用", "Rented")];
const TABLE: Table = Table {
    key: "machines",
    label: t("设备", "Machines"),
    hint: Text::NONE,
    row: t("一台设备", "a machine"),
    columns: &[
        Field::new("name", t("名称", "Name"), Kind::Text).hint("铭牌上的名称", "As on the plate").max(60),
        Field::new("code", t("编号", "Code"), Kind::Text).example("00123"),
        Field::new("owner", t("归属", "Owner"), Kind::Select(CHOICES)),
        Field::new("kinds", t("用途", "Uses"), Kind::Checks(CHOICES)),
        Field::new("count", t("数量", "Count"), Kind::Int(t("台", "pcs"))).max(9),
        Field::new("price", t("原值", "Price"), Kind::Decimal(2, t("万元", "10 000 yuan"))),
        Field::new("bought", t("购置日期", "Bought"), Kind::Date),
        Field::new("year", t("年份", "Year"), Kind::Year),
        Field::new("good", t("完好", "In order"), Kind::Tick),
        Field::new("place", t("所在地", "Place"), Kind::Region),
        Field::new("sum", t("合计", "Sum"), Kind::Text).fixed(),
    ],
    min_rows: 0,
    max_rows: 200,
};

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn told(issues: &[SheetIssue]) -> Vec<String> {
    issues.iter().map(|issue| issue.say().zh.into_owned()).collect()
}

/// A workbook of these rows of text.
fn book(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in (0u32..).zip(rows) {
        for (c, text) in (0u16..).zip(*row) {
            sheet.write_string(r, c, *text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn what_goes_out_comes_back() {
    let rows = [
        values(&[
            ("name", "=1+1"),
            ("code", "00123"),
            ("owner", "rent"),
            ("kinds", "own,rent"),
            ("count", "3"),
            ("price", "12.5"),
            ("bought", "2020-02-29"),
            ("year", "2020"),
            ("good", "yes"),
            ("place", "610112"),
        ]),
        values(&[("name", "<&\"x\n二"), ("price", "0.1")]),
    ];
    for lang in [Lang::Zh, Lang::En] {
        assert_eq!(import(&TABLE, &export(&TABLE, lang, &rows).unwrap()).unwrap(), rows);
    }
    assert_eq!(import(&TABLE, &export(&TABLE, Lang::Zh, &[]).unwrap()).unwrap(), Vec::<Values>::new());
}

#[test]
fn errors_name_row_and_column_and_nothing_comes_in() {
    let sheet = book(&[
        &["名称", "归属", "数量", "Bought", "完好"],
        &["a", "自有", "3", "2020/1/2", "是"],
        &[],
        &["b", "偷的", "三", "某天", "也许"],
        &[&"长".repeat(61)],
    ]);
    let issues = import(&TABLE, &sheet).unwrap_err();
    let places: Vec<(u32, String)> = issues.iter().map(|i| (i.row, i.column.as_ref().unwrap().zh.to_string())).collect();
    let expected = [(4, "归属"), (4, "数量"), (4, "购置日期"), (4, "完好"), (5, "名称")];
    assert_eq!(places, expected.map(|(row, column)| (row, column.to_owned())));
    assert_eq!(told(&issues)[0], "第 4 行“归属”：只能填：自有、租用");
}

#[test]
fn headings_are_needed_and_strange_ones_are_told() {
    assert!(told(&import(&TABLE, &book(&[&["a", "b"], &["c", "d"]])).unwrap_err())[0].contains("表头"));
    assert_eq!(told(&import(&TABLE, &book(&[&["名称", "重量"], &["x", "9"]])).unwrap_err()), ["第 1 行：这张表没有“重量”一列，请删去或改用模板的表头"]);
    assert_eq!(told(&import(&TABLE, &book(&[&["名称"], &["x", "9"]])).unwrap_err()), ["第 2 行：这一格上面没有表头"]);
    assert!(import(&TABLE, b"PK").is_err() && import(&TABLE, b"name,count").is_err() && import(&TABLE, b"").is_err());
}

#[test]
fn no_more_rows_than_the_table_holds() {
    let rows: Vec<Vec<&str>> = std::iter::once(vec!["名称"]).chain((0..201).map(|_| vec!["x"])).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert_eq!(import(&TABLE, &book(&rows[..201])).unwrap().len(), 200);
    assert_eq!(told(&import(&TABLE, &book(&rows)).unwrap_err()), ["第 202 行：最多 200 行，请删去多余的行"]);
}

#[test]
fn a_far_cell_costs_nothing() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "名称").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    sheet.write_string(1_048_575, 0, "y").unwrap();
    assert_eq!(import(&TABLE, &book.save_to_buffer().unwrap()).unwrap(), [values(&[("name", "y")])]);
}

#[test]
fn a_sheet_that_unpacks_to_gigabytes_is_refused() {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b'0'; 1024 * 1024];
    for _ in 0..70 {
        archive.write_all(&zeros).unwrap();
    }
    let bomb = archive.finish().unwrap().into_inner();
    assert!(bomb.len() < 1024 * 1024);
    assert!(told(&import(&TABLE, &bomb).unwrap_err())[0].contains("太大"));
}

#[test]
fn numbers_dates_and_formulas_as_spreadsheets_hold_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (c, heading) in (0u16..).zip(["名称", "数量", "原值", "购置日期"]) {
        sheet.write_string(0, c, heading).unwrap();
    }
    sheet.write_number(1, 0, 13_800_138_000.0).unwrap();
    sheet.write_formula(1, 1, Formula::new("=1+2").set_result("3")).unwrap();
    sheet.write_number(1, 2, 0.1 + 0.2).unwrap();
    sheet.write_number(1, 3, 43_890.0).unwrap();
    let rows = import(&TABLE, &book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(rows, [values(&[("name", "13800138000"), ("count", "3"), ("price", "0.3"), ("bought", "2020-02-29")])]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_sound_rows_survive_the_way(
        rows in proptest::collection::vec(("[\\PC\n]{0,20}", "[0-9]{0,12}", 0usize..3, 0u32..=999_999_999, 0u32..=99_999_999, 0i64..60_000, any::<bool>()), 0..20),
        english in any::<bool>(),
    ) {
        let rows: Vec<Values> = rows.into_iter().map(|(name, code, owner, count, cents, days, good)| {
            let price = crate::base::check::canonical(Kind::Decimal(2, Text::NONE), &format!("{}.{:02}", cents / 100, cents % 100));
            let bought = jiff::civil::date(1901, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap().to_string();
            let pairs = [("name", crate::base::text::tidy(&name)), ("code", code), ("owner", ["", "own", "rent"][owner].to_owned()), ("count", count.to_string()),
                ("price", price), ("bought", bought), ("good", if good { "yes".to_owned() } else { String::new() })];
            pairs.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_owned(), v)).collect()
        }).collect();
        let lang = if english { Lang::En } else { Lang::Zh };
        prop_assert_eq!(import(&TABLE, &export(&TABLE, lang, &rows).unwrap()).unwrap(), rows);
    }
}
