//! A book routed again from its own items and addresses.

use super::*;
use crate::application::book::checks::Book;
use crate::application::book::routed::checks;
use crate::catalogue::{Delegation, Item, Part, category_of};

fn xixian(category: &str) -> Vec<Delegation> {
    vec![Delegation { province: "610000".into(), items: vec![], categories: vec![category.into()], area: "611200".into(), authority: "611200".into() }]
}

fn facts_of(item: &Item) -> CaseFacts {
    let category = category_of(item).unwrap().key;
    let case = CaseItem { id: item.id.clone(), name: item.label(), category: category.into(), ..CaseItem::default() };
    CaseFacts { category: category.into(), kind: "first".into(), items: vec![case], setup: item.setup, ..CaseFacts::default() }
}

/// A book whose deciding addresses, both the registered and the working ones, lie in these regions.
fn lying(facts: &CaseFacts, regions: &[&str]) -> Doc {
    let book = Book::of(facts);
    let (page, table) = book.addresses;
    let mut doc = Doc::default();
    doc.set(book.region, Some(regions[0].into()), 1, "");
    for (n, region) in regions.iter().enumerate() {
        let row = format!("{page}/{table}/r{}", n + 1);
        doc.set(&row, Some(format!("{n:06}")), 1, "");
        doc.set(&format!("{row}/region"), Some((*region).into()), 1, "");
    }
    doc
}

/// What is found of a book that applies to an authority.
fn at(own: &str, facts: &CaseFacts, doc: &Doc, delegations: &[Delegation]) -> Vec<(String, String)> {
    let authority = AUTHORITIES.iter().find(|authority| authority.code == own).unwrap();
    let facts =
        CaseFacts { authority: authority.name.clone(), authority_code: own.into(), route: Some(route(&rules(delegations), facts, doc)), ..facts.clone() };
    let mut issues = Vec::new();
    checks(&facts, Book::of(&facts), doc, &mut issues);
    issues.into_iter().map(|issue| (issue.path, issue.message.zh.into_owned())).collect()
}

fn paths(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|(path, _)| path.as_str()).collect()
}

#[test]
fn every_row_stays_where_it_was_begun_and_leaves_when_its_address_does() {
    for item in &CATALOGUE.items {
        let facts = facts_of(item);
        let delegations = xixian(&facts.category);
        let one = |region: &str| match route(&rules(&delegations), &facts, &lying(&facts, &[region])) {
            Route::One(part) => part,
            other => panic!("{} at {region}: {other:?}", item.id),
        };
        for region in ["610112", "611205", "659001", "660000", "650102", "441900"] {
            let own = one(region);
            let doc = lying(&facts, &[region]);
            assert_eq!(at(&own.authority, &facts, &doc, &delegations), [], "{} at {region}", item.id);
            for other in ["610112", "611205", "659001"].into_iter().map(one).filter(|other| other.authority != own.authority) {
                let found = at(&other.authority, &facts, &doc, &delegations);
                let by_address = matches!(facts.category.as_str(), "manufacture" | "filling-mobile" | "filling-cylinder");
                let book = Book::of(&facts);
                let expected = if by_address { format!("{}/{}/r1/region", book.addresses.0, book.addresses.1) } else { book.region.to_owned() };
                assert_eq!(paths(&found), [expected.as_str()], "{} from {} to {region}", item.id, other.name);
                assert!(found[0].1.contains(&own.reason.zh.to_string()) && found[0].1.contains(&other.name), "{}", found[0].1);
                assert_eq!(found[0].1.contains("单位资料"), !by_address, "{}", found[0].1);
            }
        }
        // Nowhere, and not filled in yet: only who decides on items can be told then.
        let is_national = usize::from(one("610112").authority == "100000");
        assert_eq!(at("610000", &facts, &lying(&facts, &["999999"]), &delegations).len(), 1, "{}", item.id);
        assert_eq!(at("610000", &facts, &Doc::default(), &delegations).len(), is_national, "{}", item.id);
    }
}

#[test]
fn the_address_that_leads_away_is_named() {
    let facts = facts_of(CATALOGUE.find("SE031").unwrap());
    let address = |region: &str| Address { region: region.into(), address: "示范路1号".into() };
    let chosen = CaseFacts { addresses: vec![address("611205"), address("611203")], ..facts.clone() };
    let delegations = xixian("manufacture");
    // The second left the delegated area: the whole goes to the province.
    let found = at("611200", &chosen, &lying(&chosen, &["611205", "610112"]), &delegations);
    assert_eq!(paths(&found), ["basic/addresses/r2/region"]);
    assert!(found[0].1.contains("陕西省市场监督管理局：因为") && found[0].1.contains("修改申请项目和地址"), "{}", found[0].1);
    // Nothing was changed, but the delegation has ended.
    assert_eq!(paths(&at("611200", &chosen, &lying(&chosen, &["611205", "611203"]), &[])), ["basic/addresses/r1/region"]);
    // Several provinces: each address of another one.
    let several = lying(&facts, &["610112", "330109", "330110", "610113"]);
    assert_eq!(paths(&at("610000", &facts, &several, &[])), ["basic/addresses/r2/region", "basic/addresses/r3/region"]);
    // A correction cannot choose again.
    let corrected = CaseFacts { filed: Some(jiff::civil::date(2026, 11, 2)), ..chosen };
    let found = at("611200", &corrected, &lying(&corrected, &["610112"]), &delegations);
    assert!(found[0].1.contains("补正时不能改变审批机关") && !found[0].1.contains("修改申请项目和地址"), "{}", found[0].1);
}

#[test]
fn items_of_two_deciders_are_told_at_the_items() {
    let national = facts_of(CATALOGUE.find("SE029").unwrap());
    let provincial = facts_of(CATALOGUE.find("SE031").unwrap());
    let mixed = CaseFacts { items: [national.items.clone(), provincial.items.clone()].concat(), ..national.clone() };
    let doc = |facts: &CaseFacts| lying(facts, &["610112"]);
    for own in ["100000", "610000"] {
        let found = at(own, &mixed, &doc(&mixed), &[]);
        assert_eq!((paths(&found), found[0].1.as_str()), (vec!["items/items"], "所选项目分属不同的审批机关，请分别申请"));
    }
    // The decider of an item changed after the draft was begun.
    for (own, facts) in [("610000", &national), ("100000", &provincial)] {
        let found = at(own, facts, &doc(facts), &[]);
        assert!(paths(&found) == ["items/items"] && found[0].1.contains("：因为"), "{found:?}");
    }
    // What a part of a mixed choice became is routed to itself.
    let rules = rules(&[]);
    let Route::Split(parts) = route(&rules, &mixed, &doc(&mixed)) else { panic!("one") };
    for Part { authority, items, .. } in parts {
        let part = CaseFacts { items: mixed.items.iter().filter(|item| items.contains(&item.id)).cloned().collect(), ..mixed.clone() };
        assert_eq!(at(&authority, &part, &doc(&part), &[]), []);
    }
}
