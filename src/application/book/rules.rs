//! Comparisons within one page, as named by the pages' rules. Each reads plain answers, judges only what is well-formed,
//! and stays silent where a field's own judgement already speaks. What a rule compares has its row in [`super::places::TOGETHER`], so
//! that a correction of the one can mend the other.

use crate::base::{Say, Text, check, money, say, t, text};
use crate::form::{Doc, Issue, Page, Table};
use jiff::civil::Date;

/// 仪器设备有效期 (spec 7.6, check 6).
pub(super) const INSTRUMENT_LAPSED: Text =
    t("检定或校准已经过期，请先送检，再填写新的有效期", "Verification or calibration has lapsed; have it renewed and enter the new date");

/// A date that is there and well-formed.
pub(super) fn date(doc: &Doc, path: &str) -> Option<Date> {
    check::date(doc.get(path)).ok()
}

/// The paths of the rows of a table.
pub(super) fn rows(page: &str, table: &str, doc: &Doc) -> Vec<String> {
    let path = format!("{page}/{table}");
    doc.rows(&path).into_iter().map(|row| format!("{path}/{row}")).collect()
}

/// Whether a slot holds a file.
pub(super) fn has_file(doc: &Doc, slot: &str) -> bool {
    doc.rows(slot).iter().any(|n| !doc.get(&format!("{slot}/{n}")).is_empty())
}

fn label(page: &Page, path: &str) -> Text {
    page.field_at(path).map_or(Text::NONE, |field| field.label)
}

fn future(page: &Page, path: String, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    if date(doc, &path).is_some_and(|day| day > today) {
        let label = label(page, &path);
        issues.push(Issue::error(path, say(format!("{}不能晚于今天", label.zh), format!("{}: not later than today", label.en))));
    }
}

/// 不晚于今天
pub(super) fn not_future(page: &Page, doc: &Doc, today: Date, keys: &[&str], issues: &mut Vec<Issue>) {
    keys.iter().for_each(|key| future(page, page.path(key), doc, today, issues));
}

/// 不晚于今天, in every row.
pub(super) fn rows_not_future(page: &Page, doc: &Doc, today: Date, table: &str, keys: &[&str], issues: &mut Vec<Issue>) {
    for row in rows(page.key, table, doc) {
        keys.iter().for_each(|key| future(page, format!("{row}/{key}"), doc, today, issues));
    }
}

/// 起 ≤ 止, in every row; the issue stands at the later one.
pub(super) fn rows_in_order(page: &Page, doc: &Doc, table: &str, from: &str, to: &str, issues: &mut Vec<Issue>) {
    for row in rows(page.key, table, doc) {
        let (from, to) = (format!("{row}/{from}"), format!("{row}/{to}"));
        if let (Some(first), Some(last)) = (date(doc, &from), date(doc, &to))
            && last < first
        {
            let (a, b) = (label(page, &from), label(page, &to));
            issues.push(Issue::error(to, say(format!("{}不能早于{}", b.zh, a.zh), format!("{}: not before “{}”", b.en, a.en))));
        }
    }
}

/// 下限 ≤ 上限 of numbers, in every row.
pub(super) fn rows_ascending(page: &Page, doc: &Doc, table: &str, low: &str, high: &str, issues: &mut Vec<Issue>) {
    for row in rows(page.key, table, doc) {
        let (low, high) = (format!("{row}/{low}"), format!("{row}/{high}"));
        if let (Some(a), Some(b)) = (number(doc, &low), number(doc, &high))
            && b < a
        {
            let (low, high_label) = (label(page, &low), label(page, &high));
            issues.push(Issue::error(high, say(format!("{}不能小于{}", high_label.zh, low.zh), format!("{}: not below “{}”", high_label.en, low.en))));
        }
    }
}

/// 有效期未过, in every row; silent where the dates are out of order already.
pub(super) fn rows_still_valid(page: &Page, doc: &Doc, today: Date, table: &str, key: &str, message: Text, issues: &mut Vec<Issue>) {
    for row in rows(page.key, table, doc) {
        let path = format!("{row}/{key}");
        let said = issues.iter().any(|issue| issue.path == path);
        if !said && date(doc, &path).is_some_and(|day| day < today) {
            issues.push(Issue::error(path, message));
        }
    }
}

/// No two rows say the same in a column.
pub(super) fn rows_differ(page: &Page, doc: &Doc, table: &str, key: &str, issues: &mut Vec<Issue>) {
    let mut seen = std::collections::BTreeSet::new();
    for row in rows(page.key, table, doc) {
        let path = format!("{row}/{key}");
        let value = text::code(doc.get(&path));
        if !value.is_empty() && !seen.insert(value) {
            let label = label(page, &path);
            issues.push(Issue::error(path, say(format!("{}与前面的一行重复", label.zh), format!("{}: the same as in an earlier row", label.en))));
        }
    }
}

/// A number that came back masked, from a sheet or a copied row, is none.
pub(super) fn numbers_whole(page: &Page, doc: &Doc, table: &str, key: &str, issues: &mut Vec<Issue>) {
    for row in rows(page.key, table, doc) {
        let path = format!("{row}/{key}");
        if doc.get(&path).contains('*') {
            issues.push(Issue::error(path, t("号码有一部分被隐去，请整个重填", "Part of this number is hidden; please enter the whole number")));
        }
    }
}

/// 年度不晚于今年, in every row.
pub(super) fn years_not_future(page: &Page, doc: &Doc, today: Date, table: &str, key: &str, issues: &mut Vec<Issue>) {
    for row in rows(page.key, table, doc) {
        let path = format!("{row}/{key}");
        if text::code(doc.get(&path)).parse::<i16>().is_ok_and(|year| year > today.year() && year <= 2100) {
            issues.push(Issue::error(path, t("年度不能晚于今年", "The year cannot be later than this year")));
        }
    }
}

/// 开始工作日期 ≥ 成立日期, a warning: work may begin before the register is changed.
pub(super) fn started_after_founded(page: &Page, doc: &Doc, issues: &mut Vec<Issue>) {
    let path = page.path("started_on");
    if let (Some(founded), Some(started)) = (date(doc, &page.path("founded_on")), date(doc, &path))
        && started < founded
    {
        issues.push(Issue::warning(path, t("开始工作日期早于成立日期，请核对", "Work started before the unit was established; please check")));
    }
}

/// Each part is no more than the whole.
pub(super) fn parts_within_total(page: &Page, doc: &Doc, total: &str, parts: &[&str], issues: &mut Vec<Issue>) {
    let total = page.path(total);
    let Some(whole) = number(doc, &total) else { return };
    for part in parts {
        let path = page.path(part);
        if number(doc, &path).is_some_and(|part| part > whole) {
            let (total, part) = (label(page, &total), label(page, &path));
            issues.push(Issue::error(path, say(format!("{}不能大于{}", part.zh, total.zh), format!("{}: not more than “{}”", part.en, total.en))));
        }
    }
}

fn number(doc: &Doc, path: &str) -> Option<i64> {
    money::scaled(doc.get(path), 6)
}

/// 有租赁场所的，要有权属证明 (TSG 07-2019 2.2.2.1).
pub(super) fn lease_proved(page: &Page, doc: &Doc, issues: &mut Vec<Issue>) {
    let rented = rows(page.key, "places", doc).iter().any(|row| doc.get(&format!("{row}/ownership")) == "rent");
    let slot = page.path("lease");
    if rented && !has_file(doc, &slot) {
        issues.push(Issue::error(
            slot,
            t("有租赁的工作场所，请上传租赁合同和出租方权属证明", "A place is rented: please upload the lease and the lessor's proof of ownership"),
        ));
    }
}

/// 质量保证工程师 must be among the quality staff.
pub(super) fn quality_engineer_named(page: &Page, doc: &Doc, issues: &mut Vec<Issue>) {
    let staff = rows(page.key, "quality_staff", doc);
    let named = staff.iter().any(|row| doc.get(&format!("{row}/post")) == "qa" || doc.get(&format!("{row}/also")) == "qa");
    if !staff.is_empty() && !named {
        issues.push(Issue::error(page.path("quality_staff"), t("请填写质量保证工程师", "Please name the quality assurance engineer")));
    }
}

/// 职称与学历、年限, TSG 07-2019 table 2-1: years of technical work needed to count as the title.
const YEARS_BY_EDUCATION: [(&str, [(&str, u8); 4]); 3] = [
    ("senior", [("doctor", 4), ("master", 10), ("bachelor", 13), ("college", 15)]),
    ("engineer", [("doctor", 1), ("master", 4), ("bachelor", 7), ("college", 9)]),
    ("assistant", [("doctor", 0), ("master", 1), ("bachelor", 2), ("college", 3)]),
];

/// A title with too few years for the education: a warning, because a certificate of the title itself suffices.
pub(super) fn titles_by_education(page: &Page, doc: &Doc, issues: &mut Vec<Issue>) {
    for row in rows(page.key, "quality_staff", doc) {
        let answer = |key: &str| doc.get(&format!("{row}/{key}"));
        let needed = YEARS_BY_EDUCATION
            .iter()
            .find(|(title, _)| *title == answer("title"))
            .and_then(|(_, table)| table.iter().find(|(education, _)| *education == answer("education")))
            .map(|(_, years)| *years);
        let (Some(needed), Ok(years)) = (needed, text::code(answer("years")).parse::<u32>()) else { continue };
        if years < u32::from(needed) {
            issues.push(Issue::warning(
                format!("{row}/years"),
                say(
                    format!("按表2-1，该学历须从事技术工作满 {needed} 年才视同此职称；已取得职称证书的可以不理会"),
                    format!("By table 2-1 this education needs {needed} years to count as the title; leave it if there is a certificate of the title"),
                ),
            ));
        }
    }
}

/// Persons who hold two posts that must be apart (TSG 07-2019 B1.1.1.1): the row, and what to say.
pub(super) fn clashing_posts(page: &str, doc: &Doc) -> Vec<(String, Say)> {
    const APART: [(&str, &str, Text); 2] = [
        ("material", "physchem", t("材料与理化检验不能由同一人负责", "Materials and physical-chemical testing need different persons")),
        ("welding", "ndt", t("焊接与无损检测不能由同一人负责", "Welding and non-destructive testing need different persons")),
    ];
    let staff = rows(page, "quality_staff", doc);
    let mut clashes = Vec::new();
    for (first, second, message) in APART {
        let holders =
            |post: &str| -> Vec<&String> { staff.iter().filter(|row| ["post", "also"].iter().any(|key| doc.get(&format!("{row}/{key}")) == post)).collect() };
        let name = |row: &str| text::code(doc.get(&format!("{row}/name")));
        for row in holders(second) {
            let person = name(row);
            if !person.is_empty() && holders(first).into_iter().any(|other| name(other) == person) {
                clashes.push((format!("{row}/name"), message.into()));
            }
        }
    }
    clashes
}

/// 作业项目代号 of operators (TSG Z6001) and of non-destructive testing (TSG Z8001-2019 table 1).
pub(super) const CODES: [&str; 40] = [
    "A",
    "G1",
    "G2",
    "G3",
    "R1",
    "R2",
    "R3",
    "P",
    "T",
    "Q1",
    "Q2",
    "S1",
    "S2",
    "Y1",
    "Y2",
    "N1",
    "N2",
    "F",
    "RT-I",
    "RT-II",
    "RT-III",
    "RT(D)-II",
    "UT-I",
    "UT-II",
    "UT-III",
    "UT(AUTO)-II",
    "TOFD-II",
    "PA-II",
    "MT-I",
    "MT-II",
    "MT-III",
    "PT-I",
    "PT-II",
    "PT-III",
    "AE-II",
    "AE-III",
    "ECT-II",
    "ECT-III",
    "ECT(AUTO)-II",
    "MFL(AUTO)-II",
];

/// The codes in one answer, in one normal form: half-width capitals, Roman numerals as letters.
pub(super) fn codes_in(answer: &str) -> Vec<String> {
    answer
        .split(['、', ',', '，', ';', '；', ' ', '\n'])
        .map(|code| text::code(code).replace('Ⅲ', "III").replace('Ⅱ', "II").replace('Ⅰ', "I"))
        .filter(|code| !code.is_empty())
        .collect()
}

/// A welder's code (TSG Z6002) is a method and several parts joined by hyphens, e.g. `GTAW-FeII-6G-3/60-FefS-02/11/12`.
fn is_welding(code: &str) -> bool {
    code.matches('-').count() >= 2 && code.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// An unknown code is a warning: the list of codes may have grown.
pub(super) fn codes_known(page: &Page, doc: &Doc, issues: &mut Vec<Issue>) {
    for row in rows(page.key, "people", doc) {
        let path = format!("{row}/codes");
        let unknown: Vec<String> = codes_in(doc.get(&path)).into_iter().filter(|code| !CODES.contains(&code.as_str()) && !is_welding(code)).collect();
        if !unknown.is_empty() {
            let (zh, en) = (unknown.join("、"), unknown.join(", "));
            issues.push(Issue::warning(
                path,
                say(format!("没有查到代号 {zh}，请对照证书核对"), format!("Unknown code {en}; please compare with the certificate")),
            ));
        }
    }
}

/// 生产设备一般不得租赁 (TSG 07-2019 2.2.2.2), a warning because of “generally”.
pub(super) fn not_rented(page: &Page, doc: &Doc, table: &str, issues: &mut Vec<Issue>) {
    for row in rows(page.key, table, doc) {
        let path = format!("{row}/ownership");
        if doc.get(&path) == "rent" {
            issues.push(Issue::warning(
                path,
                t("生产设备一般不得租赁，评审时会核查", "Production equipment may generally not be rented; the review will look at it"),
            ));
        }
    }
}

/// “有” needs rows, “无” forbids them.
pub(super) fn rows_if_any(page: &Page, doc: &Doc, key: &str, table: &str, issues: &mut Vec<Issue>) {
    let some = !rows(page.key, table, doc).is_empty();
    let table = page.tables().find(|t: &&Table| t.key == table).map_or(Text::NONE, |t| t.label);
    match doc.get(&page.path(key)) {
        "yes" if !some => issues.push(Issue::error(
            page.path("contracts"),
            say(format!("请在“{}”中至少填写一行", table.zh), format!("{}: please fill in at least one row", table.en)),
        )),
        "no" if some => issues.push(Issue::error(
            page.path(key),
            say(format!("“{}”已填写内容，请改选“有”或者移除各行", table.zh), format!("{} has rows: choose “Yes” or remove them", table.en)),
        )),
        _ => {}
    }
}

/// 受委托单位 (spec 7.6, check 7; TSG 07-2019 2.2.3).
pub(super) fn contractors(page: &Page, doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    let body = doc.get(&page.path("inspection_body"));
    for row in rows(page.key, "contracts", doc) {
        let answer = |key: &str| doc.get(&format!("{row}/{key}"));
        let licensed = matches!(answer("work"), "ndt" | "design");
        if licensed && date(doc, &format!("{row}/licence_to")).is_some_and(|day| day < today) {
            issues.push(Issue::error(format!("{row}/licence_to"), t("受委托单位的资质已经过期", "The contractor's licence has expired")));
        }
        if answer("work") == "ndt" && !text::tidy(body).is_empty() && text::same_name(body, answer("contractor")) {
            issues.push(Issue::error(
                format!("{row}/contractor"),
                t("无损检测不能委托给为您单位做监督检验或者型式试验的机构", "NDT may not go to the body that does your supervised inspection or type tests"),
            ));
        }
        if date(doc, &format!("{row}/contract_to")).is_some_and(|day| day < today) {
            issues.push(Issue::warning(format!("{row}/contract_to"), t("这份合同已经到期，请核对", "This contract has ended; please check")));
        }
    }
}

/// All statements of a self-declaration are ticked.
pub(super) fn all_ticked(page: &Page, doc: &Doc, issues: &mut Vec<Issue>) {
    for (path, field) in page.fields().filter(|(_, field)| field.kind == crate::form::Kind::Tick) {
        if doc.get(&path) != "yes" {
            issues.push(Issue::error(path, say(format!("请确认并勾选“{}”", field.label.zh), format!("Please confirm and tick “{}”", field.label.en))));
        }
    }
}

/// 延期不超过一年 (TSG 07-2019 3.6.3.4).
pub(super) fn within_a_year(page: &Page, doc: &Doc, from: &str, to: &str, issues: &mut Vec<Issue>) {
    let path = page.path(to);
    let (Some(first), Some(last)) = (date(doc, &page.path(from)), date(doc, &path)) else { return };
    let limit = years_after(first, 1);
    if last <= first || last > limit {
        issues.push(Issue::error(
            path,
            say(format!("延期应在原有效期之后一年以内，最迟 {limit}"), format!("Within a year after the present expiry, {limit} at the latest")),
        ));
    }
}

/// The same day some years later; the last day there is, far in the future.
pub(super) fn years_after(day: Date, years: i64) -> Date {
    use jiff::ToSpan;
    day.checked_add(years.years()).unwrap_or(Date::MAX)
}
