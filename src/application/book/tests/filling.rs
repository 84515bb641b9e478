//! What is filled in, copied and compared.

use super::*;

#[test]
fn a_new_draft_is_filled_in_and_still_counts_as_empty() {
    let (facts, _) = sample(VALVE);
    let profile = Values::from([("legal_rep", "李守正"), ("org_type", "company"), ("email", "")].map(|(k, v)| (k.to_owned(), v.to_owned())));
    let facts = CaseFacts { certificate: None, ..facts };
    let values = prefill(&profile, &facts, TODAY);
    for (path, value) in [
        ("cover/org_name", "西安示范阀门制造有限公司"),
        ("cover/item_names", "安全阀B、紧急切断阀B"),
        ("cover/equipment_kind", "安全附件"),
        ("cover/apply_date", "2026-11-22"),
        ("basic/legal_rep", "李守正"),
        ("basic/addresses/r1/region", "610112"),
    ] {
        assert_eq!(values.get(path).map(String::as_str), Some(value), "{path}");
    }
    assert!(
        ["basic/econ_type", "basic/email", "items/declared_on"].iter().all(|path| !values.contains_key(*path)),
        "unknown choices, blanks and signatures stay open"
    );
    let doc = Doc::of(values);
    assert_eq!(doc.rows("basic/addresses").len(), 3);
    let pages = pages("manufacture", "first");
    let book = judge_book(&pages, &facts, &doc, TODAY);
    let state = |key: &str, doc: &Doc| page_state(pages.iter().find(|page| page.key == key).unwrap(), &book[key], doc);
    assert_eq!(state("basic", &doc), PageState::Empty);
    assert_eq!(state("remarks", &doc), PageState::Done);
    let mut begun = doc.clone();
    begun.set("basic/postcode", Some("710016".into()), 1, "");
    assert!(matches!(state("basic", &begun), PageState::Wrong(n) if n > 5));
}

#[test]
fn copying_leaves_out_what_must_be_new() {
    let (_, mut doc) = sample(VALVE);
    doc.set("staff/people/r1", None, 5, "");
    doc.set("works/summary", None, 5, "");
    let copy = Doc::of(copy_from(&doc, &pages("manufacture", "first")));
    assert_eq!(copy.rows("staff/people"), ["r2", "r3", "r4"]);
    assert_eq!(copy.get("staff/people/r2/name"), "冯志远");
    assert!(!copy.cells.contains_key("staff/people/r1/name"), "nothing under a removed row");
    assert_eq!(copy.get("basic/postcode"), "710016");
    for path in ["items/declared_on", "items/declarer", "items/signed/r1", "cover/apply_date", "cover/org_name", "works/summary", "resources/lease/r1"] {
        assert!(!copy.cells.contains_key(path), "{path}");
    }
}

#[test]
fn changes_in_the_order_of_the_pages() {
    let (_, before) = sample(VALVE);
    let pages = pages("manufacture", "first");
    assert_eq!(changes(&before, &before, &pages), []);
    // Of rows that were chosen it counts which they are; their words are their own table's.
    let mut moved = before.clone();
    moved.set("basic/addresses/r1/address", Some("示范路9号".into()), 1, "");
    moved.set("items/items/SE031/addresses", Some("r2,r1".into()), 1, "");
    moved.set("items/items/SE033/addresses", Some("r3,r1".into()), 1, "");
    let found = changes(&before, &moved, &pages);
    assert_eq!(found.iter().map(|c| c.path.as_str()).collect::<Vec<_>>(), ["basic/addresses/r1/address", "items/items/SE033/addresses"]);
    assert_eq!((found[1].before.as_str(), found[1].after.as_str()), ("610113 航天大道示范园3栋", "610112 示范路9号；610113 航天大道示范园3栋"));
    assert_eq!(found[1].label.zh, "申请许可项目 · 申请许可项目 · 第 2 行 · 地址");
    let mut after = before.clone();
    after.set("basic/fax", Some("029-86000002".into()), 1, "");
    after.set("staff/people/r2/id_no", Some("610112199001010012".into()), 1, "");
    after.set("staff/people/r1", None, 1, "");
    after.set("staff/people/n1", Some("zz".into()), 1, "");
    after.set("staff/people/n1/name", Some("新人".into()), 1, "");
    after.set("items/signed/r1", Some("新文件.pdf".into()), 1, "");
    after.set("production/extra/r1", Some("购置发票.pdf".into()), 1, "");
    let found = changes(&before, &after, &pages);
    assert_eq!(
        found.iter().map(|c| c.path.as_str()).collect::<Vec<_>>(),
        ["basic/fax", "items/signed/r1", "staff/people/r2/id_no", "staff/people/n1", "staff/people/r1", "production/extra/r1"]
    );
    assert_eq!((found[0].label.zh.as_ref(), found[0].before.as_str(), found[0].after.as_str()), ("申请单位基本情况 · 传真", "029-86000001", "029-86000002"));
    assert_eq!((found[2].label.zh.as_ref(), found[2].after.as_str()), ("作业人员情况 · 作业人员 · 第 1 行 · 身份证号", "••••"));
    assert_eq!((found[3].before.as_str(), found[3].after.as_str()), ("", "新人"));
    assert_eq!(found[4].after, "");
    assert_eq!((found[5].label.zh.as_ref(), found[5].after.as_str()), ("生产设备状况 · 本页附件", "购置发票.pdf"));
    assert!(found.iter().all(|c| !c.before.contains("61011319850612103")), "no id in a summary");
}
