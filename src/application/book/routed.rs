//! Where a book leads (审批机关). It is routed again whenever it is judged, from its own items and addresses: addresses are
//! typed in it, delegations end and deciders change while it is being filled in (spec 3.4, ruling 9).

use super::CaseFacts;
use super::checks::Book;
use super::rules::rows;
use crate::base::{Say, say, t, text};
use crate::catalogue::category::Place;
use crate::catalogue::{Ask, Authority, Part, Route, Rules, category, routing};
use crate::form::{Doc, Issue};

/// Where the items and the addresses lead that stand in the book.
pub fn route(rules: &Rules<'_>, facts: &CaseFacts, doc: &Doc) -> Route {
    let book = Book::of(facts);
    let items: Vec<String> = facts.items.iter().map(|item| item.id.clone()).collect();
    let places = addresses(book, doc).into_iter().map(|(_, region)| region).collect();
    rules.route(&items, &routing::Facts { unit_region: region(doc, book.region).unwrap_or_default(), places, setup: facts.setup })
}

/// A region that is filled in; the page itself judges anything else.
fn region(doc: &Doc, path: &str) -> Option<String> {
    Some(text::code(doc.get(path))).filter(|code| text::is_digits(code, 6))
}

/// The working addresses: the path of each one's region, and the region.
fn addresses(book: Book, doc: &Doc) -> Vec<(String, String)> {
    let (page, table) = book.addresses;
    let paths = rows(page, table, doc).into_iter().map(|row| format!("{row}/region"));
    paths.filter_map(|path| region(doc, &path).map(|region| (path, region))).collect()
}

/// Check 7.6 no. 1, routing: items and addresses lead to the one authority that the draft was begun for.
pub(super) fn checks(facts: &CaseFacts, book: Book, doc: &Doc, issues: &mut Vec<Issue>) {
    let Some(route) = &facts.route else { return };
    let parts: &[Part] = match route {
        Route::One(part) => std::slice::from_ref(part),
        Route::Split(parts) => parts,
        Route::Ask(ask @ Ask::Region(code)) => {
            return issues.extend(deciding(facts, book, doc, std::slice::from_ref(code)).into_iter().map(|path| Issue::error(path, ask.said())));
        }
        Route::Ask(ask @ (Ask::Setup | Ask::OtherItem { .. })) => return issues.push(Issue::error(book.items, ask.said())),
        // What is not filled in is asked for where it stands.
        Route::Ask(_) => return,
    };
    let is_national = |code: &str| code == Authority::NATIONAL;
    let elsewhere = parts.iter().filter(|part| part.authority != facts.authority_code);
    match parts {
        [_, _, ..] if parts.iter().any(|part| is_national(&part.authority)) => {
            let message = t("所选项目分属不同的审批机关，请分别申请", "The items belong to different authorities; please apply separately");
            issues.push(Issue::error(book.items, message));
        }
        [part] if is_national(&part.authority) || is_national(&facts.authority_code) => {
            issues.extend(elsewhere.map(|part| Issue::error(book.items, told(facts, part))));
        }
        _ => issues.extend(elsewhere.flat_map(|part| leading(facts, book, doc, part).into_iter().map(|path| Issue::error(path, told(facts, part))))),
    }
}

/// Which authority it is now and why, and what to do.
fn told(facts: &CaseFacts, part: &Part) -> Say {
    let (own, why) = (&facts.authority, &part.reason);
    if facts.filed.is_some() {
        return say(
            format!("这样改，审批机关就变成{}。补正时不能改变审批机关，请改回；要向那里申请的，请另建一份申请", why.zh),
            format!("This would make it {}. A correction cannot change the authority: change it back, or begin another application for that one", why.en),
        );
    }
    // The registered address that the picker routes by is the profile's.
    let (zh, en) = if by_address(facts) {
        ("", "")
    } else {
        ("住所变了的，先修改单位资料；", "if the registered address has changed, correct the unit's profile, and then ")
    };
    say(
        format!("审批机关现在是{}。这份草稿是向{own}申请的：请改回，或者重新选择审批机关（{zh}用“修改申请项目和地址”）", why.zh),
        format!(
            "The authority is now {}. This draft applies to {own}: change it back, or {en}choose the authority again under “Change items or addresses”",
            why.en
        ),
    )
}

/// The paths of the addresses that lead to a part: those changed since the authority was chosen, or else the first.
fn leading(facts: &CaseFacts, book: Book, doc: &Doc, part: &Part) -> Vec<String> {
    let there = deciding(facts, book, doc, &part.places);
    let is_new = |path: &&String| !facts.addresses.iter().any(|chosen| chosen.region == text::code(doc.get(path)));
    let changed: Vec<String> = there.iter().filter(is_new).cloned().collect();
    if changed.is_empty() { there.into_iter().take(1).collect() } else { changed }
}

/// The paths of the deciding addresses that lie in some regions.
fn deciding(facts: &CaseFacts, book: Book, doc: &Doc, regions: &[String]) -> Vec<String> {
    if !by_address(facts) {
        return vec![book.region.to_owned()];
    }
    addresses(book, doc).into_iter().filter(|(_, region)| regions.contains(region)).map(|(path, _)| path).collect()
}

/// Whether the working addresses decide, and not the registered one.
fn by_address(facts: &CaseFacts) -> bool {
    category(&facts.category).is_some_and(|category| category.place != Place::Registered)
}
