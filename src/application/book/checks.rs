//! Checks across pages and against facts before submission (spec 7.6), and the judgement of a whole book.
//! A finding stands at the path where it can be mended.

use super::operators::operators;
use super::rules::{clashing_posts, date, has_file, rows, years_after};
use super::{CaseFacts, OldCertificate, is_unlocked, pages, routed};
use crate::base::{Text, check, say, t, text};
use crate::catalogue::{self, materials};
use crate::form::{Doc, Issue, Need, Page, Severity, judge_page};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far a page is (完成、有误、未填).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PageState {
    /// 未填: nothing typed yet, and something is needed.
    Empty,
    /// 有误, with the number of errors.
    Wrong(usize),
    /// 完成
    Done,
}

impl PageState {
    /// The mark in the page selector.
    pub const fn label(self) -> Text {
        match self {
            PageState::Empty => t("未填", "Empty"),
            PageState::Wrong(_) => t("有误", "To mend"),
            PageState::Done => t("完成", "Done"),
        }
    }
}

/// Judges every page of a book; pages without findings are there with an empty list.
pub fn judge_book(pages: &[&'static Page], facts: &CaseFacts, doc: &Doc, today: Date) -> BTreeMap<&'static str, Vec<Issue>> {
    let judged = |page: &&'static Page| (page.key, judge_since(page, pages, facts, doc, today));
    let mut book: BTreeMap<&'static str, Vec<Issue>> = pages.iter().map(judged).collect();
    for issue in cross_checks(facts, doc, today) {
        let page = issue.path.split('/').next().unwrap_or_default();
        let home = pages.iter().find(|p| p.key == page).or(pages.first()).map(|p| p.key);
        if let Some(issues) = home.and_then(|key| book.get_mut(key)) {
            issues.push(issue);
        }
    }
    book
}

/// A page's judgement of today. What was right on the day the book was first handed in and time alone has made wrong, as a verification
/// that ran out meanwhile, is told and stops no correction: only what the notice marks can be changed in one. Nor does a question that was
/// not asked yet when it was handed in.
fn judge_since(page: &Page, pages: &[&'static Page], facts: &CaseFacts, doc: &Doc, today: Date) -> Vec<Issue> {
    let mut issues = judge_with_files(page, doc, today);
    if let Some(filed) = facts.filed {
        let then = judge_with_files(page, doc, filed);
        let was_wrong = |path: &str| then.iter().any(|issue| issue.path == path && issue.severity == Severity::Error);
        let is_closed = |path: &str| facts.marked.as_ref().is_some_and(|marks| !is_unlocked(pages, path, marks));
        let is_new = |path: &str| page.field_at(path).is_some() && doc.get(path).is_empty() && is_closed(path);
        issues.iter_mut().filter(|issue| !was_wrong(&issue.path) || is_new(&issue.path)).for_each(|issue| issue.severity = Severity::Warning);
    }
    issues
}

/// A page's own judgement, and its needed attachments: an issue at `page/slot` when there is no file.
pub fn judge_with_files(page: &Page, doc: &Doc, today: Date) -> Vec<Issue> {
    let mut issues = judge_page(page, doc, today);
    for slot in page.slots() {
        let path = page.path(slot.key);
        let needed = match slot.need {
            Need::Always => true,
            Need::Optional => false,
            Need::When(key, values) => values.contains(&doc.get(&page.path(key))),
        };
        let files = doc.rows(&path).len();
        if needed && !has_file(doc, &path) {
            issues.push(missing_file(path, slot.label));
        } else if files > usize::from(slot.max_files) {
            let max = slot.max_files;
            issues.push(Issue::error(path, say(format!("最多上传 {max} 个文件，现在是 {files} 个"), format!("At most {max} files; now {files}"))));
        }
    }
    issues
}

pub(super) fn missing_file(path: impl Into<String>, label: Text) -> Issue {
    Issue::error(path, say(format!("请上传“{}”", label.zh), format!("Please upload: {}", label.en)))
}

/// The mark of one page, from its findings.
pub fn page_state(page: &Page, issues: &[Issue], doc: &Doc) -> PageState {
    match issues.iter().filter(|issue| issue.severity == Severity::Error).count() {
        0 => PageState::Done,
        _ if is_untouched(page, doc) => PageState::Empty,
        errors => PageState::Wrong(errors),
    }
}

/// Nothing here but what was filled in for the person.
fn is_untouched(page: &Page, doc: &Doc) -> bool {
    let prefix = format!("{}/", page.key);
    let own = doc
        .cells
        .range(prefix.clone()..)
        .take_while(|(path, _)| path.starts_with(&prefix))
        .filter(|(_, cell)| cell.value.as_deref().is_some_and(|v| !v.is_empty()));
    let given = |path: &str| match page.field_at(path) {
        Some(field) => field.fixed || !field.from_profile.is_empty() || field.key == "apply_date",
        None => page.tables().any(|table| table.is_given() && path.rsplit_once('/').is_some_and(|(at, _)| at == page.path(table.key))),
    };
    let picked = |path: &str| ["addresses", "codes"].iter().any(|table| path.strip_prefix(&prefix).is_some_and(|rest| rest.split('/').next() == Some(table)));
    own.into_iter().all(|(path, _)| given(path) || picked(path))
}

/// All checks across pages (spec 7.6). Findings about the whole case stand at the items.
pub fn cross_checks(facts: &CaseFacts, doc: &Doc, today: Date) -> Vec<Issue> {
    if facts.person.is_some() {
        return super::persons::checks(facts, doc, today);
    }
    let book = Book::of(facts);
    let mut issues = Vec::new();
    items(facts, book, doc, &mut issues);
    routed::checks(facts, book, doc, &mut issues);
    places(book, doc, &mut issues);
    names(facts, book, doc, &mut issues);
    papers(facts, doc, &mut issues);
    if book.unit {
        leases(doc, today, &mut issues);
        posts(facts, doc, &mut issues);
        operators(facts, doc, &mut issues);
    }
    renewal(facts, book, doc, facts.filed.unwrap_or(today), &mut issues);
    change(facts, &mut issues);
    bars(facts, book, today, &mut issues);
    issues
}

/// Where the two books keep the same answers.
#[derive(Clone, Copy)]
pub(super) struct Book {
    unit: bool,
    pub(super) items: &'static str,
    names: [&'static str; 2],
    legal_rep: &'static str,
    declarer: &'static str,
    /// 住所
    pub(super) region: &'static str,
    /// Page and table of the working addresses.
    pub(super) addresses: (&'static str, &'static str),
    papers: &'static str,
}

impl Book {
    pub(super) fn of(facts: &CaseFacts) -> Book {
        match facts.category.as_str() {
            "institution" => Book {
                unit: false,
                items: "i_items/items",
                names: ["i_cover/org_name", "i_basic/name"],
                legal_rep: "i_basic/legal_rep",
                declarer: "i_promise/declarer",
                region: "i_basic/region",
                addresses: ("i_basic", "addresses"),
                papers: "i_items",
            },
            _ => Book {
                unit: true,
                items: "items/items",
                names: ["cover/org_name", "basic/org_name"],
                legal_rep: "basic/legal_rep",
                declarer: "items/declarer",
                region: "basic/region",
                addresses: ("basic", "addresses"),
                papers: "items",
            },
        }
    }
}

/// 1 and 10: items of one category, all in force; what an item needs is there too.
fn items(facts: &CaseFacts, book: Book, doc: &Doc, issues: &mut Vec<Issue>) {
    if facts.items.is_empty() {
        issues.push(Issue::error(book.items, t("请至少选择一个申请许可项目", "Please choose at least one item")));
    }
    if facts.items.iter().any(|item| item.category != facts.category) {
        issues.push(Issue::error(
            book.items,
            t("一份申请只能有同一许可类别的项目，请移除其他类别的项目", "One application has items of one category; please remove the others"),
        ));
    }
    for item in &facts.withdrawn {
        issues.push(Issue::error(
            book.items,
            say(
                format!("项目 {item} 已不在现行目录中，请用“修改申请项目和地址”重新选择项目"),
                format!("Item {item} is no longer in the catalogue in force; choose again under “Change items or addresses”"),
            ),
        ));
    }
    let shown = format!("{}/old_licence", book.papers);
    for item in facts.items.iter().filter(|item| !item.needs.is_empty()) {
        let there = |id: &String| facts.held.contains(id) || facts.items.iter().any(|other| other.id == *id);
        if !item.needs.iter().any(there) && !has_file(doc, &shown) {
            let name = &item.name;
            issues.push(Issue::error(
                &shown,
                say(
                    format!("申请“{name}”应当已取得相应的规则设计许可；登记中没有查到，请上传原许可证"),
                    format!("“{name}” needs a licence for rule design; our register has none, please upload it"),
                ),
            ));
        }
    }
}

/// Each working address is some item's: the certificate says at which an item is carried out (TSG 07-2019 annex A). Silent while an item
/// names none of them.
fn places(book: Book, doc: &Doc, issues: &mut Vec<Issue>) {
    let table = format!("{}/{}", book.addresses.0, book.addresses.1);
    let named = |item: String| doc.chosen(&table, doc.get(&format!("{}/{item}/addresses", book.items)));
    let named: Vec<Vec<(usize, String)>> = doc.rows(book.items).into_iter().map(named).collect();
    let count = doc.rows(&table).len();
    if count < 2 || named.is_empty() || named.iter().any(Vec::is_empty) {
        return;
    }
    let is_idle = |n: &usize| !named.iter().flatten().any(|(at, _)| at == n);
    let idle: Vec<String> = (1..=count).filter(is_idle).map(|n| n.to_string()).collect();
    if !idle.is_empty() {
        let (zh, en) = (idle.join("、"), idle.join(", "));
        issues.push(Issue::warning(
            book.items,
            say(
                format!("第 {zh} 个地址没有任何项目：请在“地址”一栏选择，不再使用的地址请从基本情况里删除"),
                format!("No item is carried out at address {en}: choose it in the column “Addresses”, or remove an address that is not used"),
            ),
        ));
    }
}

/// 2 and 3: the name is the account's, and who declares is the legal representative.
fn names(facts: &CaseFacts, book: Book, doc: &Doc, issues: &mut Vec<Issue>) {
    for path in book.names {
        let name = doc.get(path);
        if !name.is_empty() && !text::same_name(name, &facts.org_name) {
            issues.push(Issue::error(
                path,
                say(format!("应与账号的单位名称一致：{}", facts.org_name), format!("Must be the name of your account: {}", facts.org_name)),
            ));
        }
    }
    let (head, declarer) = (doc.get(book.legal_rep), doc.get(book.declarer));
    if !text::tidy(head).is_empty() && !text::tidy(declarer).is_empty() && !text::same_name(head, declarer) {
        issues.push(Issue::error(
            book.declarer,
            say(format!("声明人应是法定代表人{head}"), format!("The declaration is made by the legal representative {head}")),
        ));
    }
}

/// Papers that the facts make needed, by the catalogue's list; a late renewal's reason is judged with the renewal.
fn papers(facts: &CaseFacts, doc: &Doc, issues: &mut Vec<Issue>) {
    let (Some(category), Some(kind)) = (catalogue::category(&facts.category), catalogue::Kind::of_key(&facts.kind)) else { return };
    let known = materials::Facts {
        licence_known: facts.licence_on_file,
        certificate_known: facts.certificate.as_ref().is_some_and(|c| c.on_register),
        is_branch: facts.is_branch,
        ..materials::Facts::default()
    };
    let needed: Vec<&str> =
        materials::required(category, kind, known).into_iter().filter(|slot| matches!(slot.need, Need::Always)).map(|slot| slot.key).collect();
    for page in pages(&facts.category, &facts.kind) {
        for slot in page.slots().filter(|slot| matches!(slot.need, Need::Optional) && needed.contains(&slot.key)) {
            let path = page.path(slot.key);
            if !has_file(doc, &path) && !issues.iter().any(|issue| issue.path == path) {
                issues.push(missing_file(path, slot.label));
            }
        }
    }
}

/// 4: a lease covers the four years applied for, counted from today as the earliest issue (TSG 07-2019 2.2.2.1).
fn leases(doc: &Doc, today: Date, issues: &mut Vec<Issue>) {
    let until = years_after(today, 4);
    for row in rows("resources", "places", doc) {
        let path = format!("{row}/lease_to");
        let from = date(doc, &format!("{row}/lease_from"));
        let short = date(doc, &path).is_some_and(|end| end < until && from.is_none_or(|from| from <= end));
        if short && doc.get(&format!("{row}/ownership")) == "rent" {
            issues.push(Issue::warning(
                path,
                say(format!("租期应覆盖整个许可周期，至少到 {until}"), format!("The lease should cover the whole validity, at least until {until}")),
            ));
        }
    }
}

/// Posts that must be apart: binding for boilers, where the clause is certain; elsewhere to be looked at.
fn posts(facts: &CaseFacts, doc: &Doc, issues: &mut Vec<Issue>) {
    let severity = if facts.items.iter().any(|item| item.equipment_kind == "锅炉") { Severity::Error } else { Severity::Warning };
    issues.extend(clashing_posts("resources", doc).into_iter().map(|(path, message)| Issue { path, severity, message }));
}

/// 8: a renewal is filed 6 to 12 months before expiry, else with a reason; not twice by self-declaration.
fn renewal(facts: &CaseFacts, book: Book, doc: &Doc, filed: Date, issues: &mut Vec<Issue>) {
    let page = match facts.kind.as_str() {
        "renew-review" => "renewal",
        "renew-declare" => "declare",
        _ => return,
    };
    let known = facts.certificate.as_ref().map_or(doc.get(&format!("{page}/valid_to")), |c| &c.valid_to);
    if let Ok(valid_to) = check::date(known) {
        window(page, valid_to, doc, filed, issues);
    }
    if page == "declare" {
        if facts.certificate.as_ref().is_some_and(|c: &OldCertificate| c.by_declaration) {
            issues.push(Issue::error(
                book.items,
                t("上一次换证已用自我声明承诺，这一次请申请鉴定评审换证", "The last renewal was by self-declaration; this one needs a review"),
            ));
        }
        performance(facts, book, doc, issues);
    }
}

fn window(page: &str, valid_to: Date, doc: &Doc, filed: Date, issues: &mut Vec<Issue>) {
    let before = |months: i64| valid_to.checked_sub(months.months()).unwrap_or(valid_to);
    let explained = !text::tidy(doc.get(&format!("{page}/late_reason"))).is_empty() || has_file(doc, &format!("{page}/late_file"));
    let (first, last) = (before(12), before(6));
    if (filed < first || filed > last) && !explained {
        issues.push(Issue::error(
            format!("{page}/late_reason"),
            say(format!("换证应在 {first} 至 {last} 之间申请，请说明原因"), format!("A renewal is filed from {first} to {last}; please give the reason")),
        ));
    }
}

/// Every sub-item has a record in the period (TSG 07-2019 3.6.3.2). An institution's book has no such table.
fn performance(facts: &CaseFacts, book: Book, doc: &Doc, issues: &mut Vec<Issue>) {
    let done: Vec<String> = rows("works", "performance", doc).iter().map(|row| text::code(doc.get(&format!("{row}/sub_item")))).collect();
    for item in facts.items.iter().filter(|item| book.unit && !done.contains(&text::code(&item.name))) {
        let name = &item.name;
        issues.push(Issue::error(
            "works/performance",
            say(format!("请填写“{name}”在本许可周期内的业绩"), format!("Please give the record of “{name}” in this period")),
        ));
    }
}

/// 9: name and address changes within 30 working days (TSG 07-2019 3.6.2.2).
fn change(facts: &CaseFacts, issues: &mut Vec<Issue>) {
    if facts.kind.starts_with("change-")
        && let Some(days) = facts.working_days_since_change.filter(|days| *days > 30)
    {
        issues.push(Issue::warning(
            "change/changed_on",
            say(format!("变更已过 {days} 个工作日，规定为 30 个工作日以内"), format!("{days} working days since the change; the rule says 30")),
        ));
    }
}

/// 11 and 12: no second open application for the same certificate, and no bar.
fn bars(facts: &CaseFacts, book: Book, today: Date, issues: &mut Vec<Issue>) {
    if let Some(number) = &facts.has_open_same_certificate {
        issues.push(Issue::error(
            book.items,
            say(format!("同一许可证已有一份申请在办理：{number}"), format!("Another application for the same licence is open: {number}")),
        ));
    }
    for ban in facts.bans.iter().filter(|ban| check::date(&ban.until).is_ok_and(|until| until >= today)) {
        issues.push(Issue::error(book.items, ban.said()));
    }
}
