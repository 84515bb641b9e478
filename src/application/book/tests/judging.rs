//! Rules and checks, each both ways; the samples; arbitrary answers.

use super::*;

#[test]
fn samples_are_complete_and_right() {
    for file in [VALVE, CALIBRATION, NATIONAL] {
        let (facts, doc) = sample(file);
        let pages = pages(&facts.category, &facts.kind);
        assert_eq!(found(&doc, &facts), [], "{}", facts.org_name);
        for path in doc.cells.keys() {
            let known = pages.iter().any(|page| {
                page.field_at(path).is_some()
                    || page.tables().any(|t| path.rsplit_once('/').is_some_and(|(table, _)| table == page.path(t.key)))
                    || page.slots().any(|s| path.starts_with(&page.path(s.key)))
            });
            assert!(known, "no such path: {path}");
        }
        for page in &pages {
            assert_eq!(page_state(page, &judge_with_files(page, &doc, TODAY), &doc), PageState::Done, "{}", page.key);
            for table in page.tables().filter(|table| table.min_rows > 0) {
                assert!(doc.rows(&page.path(table.key)).len() >= 3, "{}/{}", page.key, table.key);
            }
        }
    }
}

#[test]
fn wrong_values_get_the_expected_message() {
    let wrong: Value = serde_json::from_str(WRONG).unwrap();
    for (path, case) in wrong.as_object().unwrap() {
        let (value, message) = (case["value"].as_str().unwrap(), case["message"].as_str().unwrap());
        let messages: Vec<String> = after(VALVE, path, value).into_iter().map(|issue| issue.message.zh.into_owned()).collect();
        assert_eq!(messages, [message], "{path} = {value}");
    }
}

#[test]
fn rules_of_pages_both_ways() {
    use Severity::{Error, Warning};
    let table: &[(&str, &str, &str, &str, Severity)] = &[
        (VALVE, "basic/founded_on", "2016-05-18", "2026-11-23", Error),
        (VALVE, "basic/started_on", "2016-05-18", "2016-05-17", Warning),
        (VALVE, "basic/certs/r1/valid_to", "2025-04-10", "2025-04-09", Error),
        (VALVE, "basic/certs/r1/issued_on", "2025-04-10", "2026-11-23", Error),
        (VALVE, "cover/apply_date", "2026-11-22", "2026-11-23", Error),
        (VALVE, "items/declared_on", "2026-11-22", "2026-11-23", Error),
        (VALVE, "items/declarer", "李守正", "王建国", Error),
        (VALVE, "works/performance/r1/year", "2026", "2027", Error),
        (VALVE, "resources/places/r3/lease_to", "2030-11-22", "2030-11-21", Warning),
        (VALVE, "resources/places/r3/lease_to", "2031-01-01", "2024-12-31", Error),
        (VALVE, "resources/welders", "86", "87", Error),
        (VALVE, "resources/quality_staff/r2/years", "7", "6", Warning),
        (VALVE, "resources/quality_staff/r1/years", "13", "12", Warning),
        (VALVE, "resources/quality_staff/r8/name", "卫国华", "吴玉兰", Warning),
        (VALVE, "resources/quality_staff/r6/name", "冯志远", "郑小刚", Warning),
        (VALVE, "staff/people/r1/valid_to", "2026-11-22", "2026-11-21", Error),
        (VALVE, "staff/people/r2/codes", "RT-Ⅱ，UT-Ⅲ", "RT-IX", Warning),
        (VALVE, "production/machines/r1/bought_on", "2026-11-22", "2026-11-23", Error),
        (VALVE, "production/machines/r1/ownership", "own", "rent", Warning),
        (VALVE, "instruments/instruments/r1/valid_to", "2026-11-22", "2026-11-21", Error),
        (VALVE, "instruments/instruments/r1/verified_on", "2026-11-22", "2026-11-23", Error),
        (VALVE, "subcontract/contracts/r2/licence_to", "2026-11-22", "2026-11-21", Error),
        (VALVE, "subcontract/contracts/r2/contractor", "别的公司", "陕西省示范特种设备检验研究院", Error),
        (VALVE, "subcontract/contracts/r2/contract_to", "2026-11-22", "2026-11-21", Warning),
        (VALVE, "subcontract/contracts/r2/contract_to", "2026-11-22", "2025-06-30", Error),
        (VALVE, "subcontract/any", "yes", "no", Error),
        (VALVE, "basic/addresses/r2/region", "610113", "620102", Error),
        (CALIBRATION, "calibration/rigs/r1/valid_to", "2026-11-22", "2026-11-21", Error),
        (CALIBRATION, "calibration/rigs/r1/pressure_to", "0.05", "0.04", Error),
        (CALIBRATION, "basic/region", "110101", "120101", Error),
    ];
    for (file, path, right, wrong, severity) in table {
        assert_eq!(after(file, path, right), [], "{path} = {right}");
        let issues = after(file, path, wrong);
        assert!(issues.iter().any(|issue| issue.severity == *severity), "{path} = {wrong}: {issues:?}");
    }
}

#[test]
fn needed_files_are_asked_for() {
    let (facts, doc) = sample(VALVE);
    for (slot, file) in [("items/signed", "items/signed/r1"), ("items/licence", "items/licence/r1"), ("resources/lease", "resources/lease/r1")] {
        let mut doc = doc.clone();
        doc.set(file, None, 1, "");
        let issues = found(&doc, &facts);
        assert_eq!(issues.iter().map(|issue| issue.path.as_str()).collect::<Vec<_>>(), [slot]);
    }
    let mut doc = doc;
    doc.set("items/licence/r1", None, 1, "");
    assert_eq!(found(&doc, &CaseFacts { licence_on_file: true, ..facts }), []);
}

#[test]
fn facts_are_checked_both_ways() {
    let (facts, doc) = sample(VALVE);
    let certificate =
        |valid_to: &str| Some(OldCertificate { number: "TS2F61001-2027".into(), valid_to: valid_to.into(), on_register: true, by_declaration: false });
    let ban = |until: &str| vec![Ban { reason: t("许可证被吊销未满三年", "Licence revoked less than three years ago").into(), until: until.into() }];
    let item = |needs: &[&str]| CaseItem {
        id: "SE001".into(),
        name: "压力容器分析设计SAD".into(),
        category: "manufacture".into(),
        needs: needs.iter().map(|s| s.to_string()).collect(),
        ..CaseItem::default()
    };
    let paths = |facts: CaseFacts, doc: &Doc| cross_checks(&facts, doc, TODAY).into_iter().map(|issue| issue.path).collect::<Vec<_>>();
    let base = || facts.clone();
    assert_eq!(paths(base(), &doc), Vec::<String>::new());

    assert_eq!(paths(CaseFacts { items: vec![], ..base() }, &doc), ["items/items"]);
    assert_eq!(paths(CaseFacts { withdrawn: vec!["SE033".into()], ..base() }, &doc), ["items/items"]);
    let mixed = CaseFacts { items: vec![CaseItem { id: "SE029".into(), ..item(&[]) }, CaseItem { id: "SE031".into(), ..item(&[]) }], ..base() };
    assert_eq!(paths(routed(&doc, &mixed), &doc), ["items/items"]);
    assert_eq!(paths(CaseFacts { items: vec![CaseItem { category: "install".into(), ..item(&[]) }], ..base() }, &doc), ["items/items"]);
    assert_eq!(paths(CaseFacts { org_name: "别的公司".into(), ..base() }, &doc), ["cover/org_name", "basic/org_name"]);
    assert_eq!(paths(CaseFacts { is_branch: true, ..base() }, &doc), ["items/parent_authorisation"]);
    assert_eq!(paths(CaseFacts { has_open_same_certificate: Some("20261101000001".into()), ..base() }, &doc), ["items/items"]);
    assert_eq!(paths(CaseFacts { bans: ban("2026-11-22"), ..base() }, &doc), ["items/items"]);
    assert_eq!(paths(CaseFacts { bans: ban("2026-11-21"), ..base() }, &doc), Vec::<String>::new());

    let needing = CaseFacts { items: vec![item(&["SE002", "SE003"])], ..base() };
    assert_eq!(paths(needing.clone(), &doc), ["items/old_licence"]);
    assert_eq!(paths(CaseFacts { held: vec!["SE003".into()], ..needing.clone() }, &doc), Vec::<String>::new());
    let mut shown = doc.clone();
    shown.set("items/old_licence/r1", Some("file".into()), 1, "");
    assert_eq!(paths(needing, &shown), Vec::<String>::new());

    let renewal = |valid_to: &str| CaseFacts { kind: "renew-review".into(), certificate: certificate(valid_to), ..base() };
    assert_eq!(paths(renewal("2027-05-22"), &doc), Vec::<String>::new());
    assert_eq!(paths(renewal("2027-11-22"), &doc), Vec::<String>::new());
    assert_eq!(paths(renewal("2027-05-21"), &doc), ["renewal/late_reason"]);
    assert_eq!(paths(renewal("2027-11-23"), &doc), ["renewal/late_reason"]);
    let mut explained = doc.clone();
    explained.set("renewal/late_reason", Some("厂房搬迁".into()), 1, "");
    assert_eq!(paths(renewal("2026-12-31"), &explained), Vec::<String>::new());

    let declared = CaseFacts { kind: "renew-declare".into(), ..renewal("2027-06-30") };
    assert_eq!(paths(declared.clone(), &doc), Vec::<String>::new(), "both items have a record");
    let mut twice = declared.clone();
    twice.certificate.as_mut().unwrap().by_declaration = true;
    assert_eq!(paths(twice, &doc), ["items/items"]);
    let mut idle = doc.clone();
    idle.set("works/performance/r3", None, 1, "");
    assert_eq!(paths(declared, &idle), ["works/performance"]);

    let changed = |days| CaseFacts { kind: "change-name".into(), certificate: certificate("2027-06-30"), working_days_since_change: Some(days), ..base() };
    assert_eq!(paths(changed(30), &doc), Vec::<String>::new());
    assert_eq!(paths(changed(31), &doc), ["change/changed_on"]);

    let (filling, doc) = (CaseFacts { category: "filling-cylinder".into(), ..base() }, doc);
    assert!(paths(filling, &doc).contains(&"staff/people".to_owned()), "nobody holds P");
}

#[test]
fn which_address_an_item_belongs_to_is_asked_where_there_are_several() {
    let (facts, doc) = sample(VALVE);
    let (first, second) = ("items/items/SE031/addresses", "items/items/SE033/addresses");
    let set = |changes: &[(&str, Option<&str>)]| {
        let mut doc = doc.clone();
        changes.iter().for_each(|(path, value)| doc.set(path, value.map(str::to_owned), 1, ""));
        doc
    };
    let said = |doc: &Doc, facts: &CaseFacts| -> Vec<(String, Severity, String)> {
        found(doc, facts).into_iter().map(|issue| (issue.path, issue.severity, issue.message.zh.into_owned())).collect()
    };
    assert_eq!(said(&set(&[(first, None)]), &facts), [(first.to_owned(), Severity::Error, "请选择地址".to_owned())]);
    // One address is no choice, whatever was chosen before.
    let (gone2, gone3) = (("basic/addresses/r2", None), ("basic/addresses/r3", None));
    assert_eq!(said(&set(&[gone2, gone3]), &facts), []);
    assert_eq!(said(&set(&[gone2, gone3, (first, None), (second, None)]), &facts), []);
    // What was chosen goes with the row, not with its number.
    assert_eq!(said(&set(&[("basic/addresses/r1", Some("z"))]), &facts), []);
    let removed = said(&set(&[gone3]), &facts);
    assert_eq!(removed, [(second.to_owned(), Severity::Error, "所选的地址有的已被删除，请重新选择".to_owned())]);
    let idle = said(&set(&[(second, Some("r1")), ("basic/addresses/r3", Some("a"))]), &facts);
    assert_eq!((idle.len(), idle[0].0.as_str(), idle[0].1), (1, "items/items", Severity::Warning));
    assert!(idle[0].2.starts_with("第 1 个地址没有任何项目"), "{idle:?}");
    // A book handed in before this was asked is told, and stopped only where the notice lets it be answered.
    let old = set(&[(first, None), (second, None)]);
    for (mark, severity) in [("basic/fax", Severity::Warning), ("basic/addresses", Severity::Error), ("items/items", Severity::Error)] {
        let facts = CaseFacts { filed: Some(TODAY), marked: Some(vec![mark.to_owned()]), ..facts.clone() };
        let found: Vec<_> = said(&old, &facts).into_iter().map(|(path, severity, _)| (path, severity)).collect();
        assert_eq!(found, [(first.to_owned(), severity), (second.to_owned(), severity)], "{mark}");
    }
}

#[test]
fn codes_go_with_what_is_applied_for() {
    let (facts, mut doc) = sample(VALVE);
    let mut said = |category: &str, kinds: &[&str], codes: &str| {
        let items = kinds.iter().map(|kind| CaseItem { equipment_kind: (*kind).into(), category: category.into(), ..CaseItem::default() }).collect();
        doc.set("staff/people/r1/codes", Some(codes.into()), 0, "");
        let facts = CaseFacts { category: category.into(), items, ..facts.clone() };
        let of_row = cross_checks(&facts, &doc, TODAY).into_iter().filter(|issue| issue.path.starts_with("staff/people"));
        of_row.map(|issue| (issue.path, issue.severity, issue.message.zh.into_owned())).collect::<Vec<_>>()
    };
    // What any works has of its own goes with everything.
    for codes in ["A、G1、Q2、N1、F、RT-II", "GTAW-FeII-6G-3/60-FefS-02/11/12", ""] {
        assert_eq!(said("manufacture", &["安全附件"], codes), [], "{codes}");
    }
    let odd = said("manufacture", &["安全附件"], "T、UT-II，Y1");
    assert_eq!(odd.len(), 1);
    assert_eq!((odd[0].0.as_str(), odd[0].1), ("staff/people/r1/codes", Severity::Warning));
    assert!(odd[0].2.contains("T（电梯修理）") && odd[0].2.contains("Y1") && !odd[0].2.contains("UT-II"), "{odd:?}");
    assert_eq!(said("install", &["起重机械", "电梯"], "T、Q2"), []);
    assert_eq!(said("filling-cylinder", &["气瓶"], "P"), []);
    assert_eq!(said("filling-cylinder", &["气瓶"], "P、R2").len(), 1);
    assert_eq!(said("filling-cylinder", &["气瓶"], "A").len(), 1, "nobody holds P");
    assert_eq!(said("manufacture", &[""], "T"), [], "items of no known kind say nothing");
}

#[test]
fn posts_apart_bind_for_boilers() {
    let (mut facts, mut doc) = sample(VALVE);
    facts.items[0].equipment_kind = "锅炉".into();
    doc.set("resources/quality_staff/r6/name", Some("郑小刚".into()), 1, "");
    let severities: Vec<_> = cross_checks(&facts, &doc, TODAY).into_iter().map(|issue| issue.severity).collect();
    assert_eq!(severities, [Severity::Error]);
}

#[test]
fn an_institutions_book_can_be_right() {
    let items =
        vec![CaseItem {
            id: "SE129".into(), name: "无损检测-常规检测".into(), category: "institution".into(), code: "CG".into(), ..CaseItem::default()
        }];
    let facts = CaseFacts {
        org_name: "北京示范检测院".into(),
        uscc: "1211000040000DM3X3".into(),
        category: "institution".into(),
        category_name: "特种设备检验检测机构核准".into(),
        kind: "first".into(),
        authority: "北京市市场监督管理局".into(),
        licence_on_file: true,
        addresses: vec![Address { region: "110105".into(), address: "示范路1号".into() }],
        items: items.into_iter().map(|item| CaseItem { equipment_kind: "检测机构".into(), ..item }).collect(),
        ..CaseFacts::default()
    };
    let profile = Values::from(
        [
            ("legal_rep", "林致远"),
            ("region", "110105"),
            ("address", "示范路1号"),
            ("reg_authority", "登记局"),
            ("contact", "高若琳"),
            ("contact_mobile", "13900000011"),
            ("email", "a@b.cn"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned())),
    );
    let pages_json = serde_json::json!({
        "i_cover": {"class": "testing", "filled_by": "self"},
        "i_basic": {"founded_on": "2009-09-01", "phone": "010-85000001", "postcode": "100025", "fixed_assets": "1000", "instrument_assets": "600", "office_area": "300", "test_area": "500"},
        "i_items": {"fields": "ndt"},
        "i_promise": {"declarer": "林致远", "declarer_title": "院长", "declared_on": "2026-03-02", "signed": ["承诺页.pdf"]},
        "i_counts": {"counts": [{"code": "RT-II", "number": "3"}]},
        "i_people": {"people": [{"name": "宋家辉", "certificate": "Z1", "items": "RT-II"}]},
        "i_equipment": {"equipment": [{"name": "X射线机", "model": "XXG-2505", "quantity": "2"}]}
    });
    let mut values = prefill(&profile, &facts, TODAY);
    values.extend(flatten(&pages_json));
    let doc = Doc::of(values);
    assert_eq!(found(&doc, &facts), []);
    assert_eq!(doc.get("i_items/codes/r1/code"), "CG");
    let mut more = doc;
    more.set("i_basic/instrument_assets", Some("1000.01".into()), 1, "");
    assert_eq!(found(&more, &facts).len(), 1);
}

#[test]
fn kind_pages_judge_themselves() {
    let judge = |kind: &str, answers: &[(&str, &str)]| {
        let page = *pages("manufacture", kind).iter().find(|page| matches!(page.key, "declare" | "change" | "extend" | "reissue" | "deregister")).unwrap();
        let doc = Doc::of(answers.iter().map(|(path, value)| (format!("{}/{path}", page.key), value.to_string())));
        judge_with_files(page, &doc, TODAY).into_iter().map(|issue| issue.path).collect::<Vec<_>>()
    };
    let ticks = [("promise_conditions", "yes"), ("promise_system", "yes"), ("promise_clean", "yes")];
    let declared = [
        ("certificate_no", "TS1"),
        ("valid_to", "2027-06-30"),
        ("declarer", "李"),
        ("declarer_title", "总经理"),
        ("declared_on", "2026-11-22"),
        ("signed_promise/r1", "f"),
    ];
    assert!(judge("renew-declare", &[&declared[..], &ticks].concat()).is_empty());
    assert_eq!(judge("renew-declare", &[&declared[..], &ticks[..2]].concat()), ["declare/promise_clean"]);
    let extend = |to| {
        [
            ("certificate_no", "TS1"),
            ("valid_to", "2027-06-30"),
            ("reason", "move"),
            ("extend_to", to),
            ("note", "搬迁"),
            ("official_papers/r1", "f"),
            ("signed/r1", "f"),
        ]
    };
    assert!(judge("extend", &extend("2028-06-30")).is_empty());
    assert_eq!(judge("extend", &extend("2028-07-01")), ["extend/extend_to"]);
    assert!(judge("reissue", &[("certificate_no", "TS1"), ("reason", "lost"), ("happened_on", "2026-11-01"), ("note", "遗失"), ("signed/r1", "f")]).is_empty());
    assert!(judge("deregister", &[("certificate_no", "TS1"), ("reason", "stopped"), ("note", "停产"), ("signed/r1", "f")]).is_empty());
    assert_eq!(
        judge("change-name", &[("certificate_no", "TS1"), ("changed_on", "2026-11-01"), ("before", "甲"), ("after", "乙")]),
        ["change/signed", "change/licence_before", "change/licence_after"]
    );
}

proptest! {
    #[test]
    fn judging_never_panics(category in 0usize..8, kind in 0usize..KINDS.len(), cells in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), ".*"), 0..60), free in ".*") {
        let category = CATEGORIES.get(category).copied().unwrap_or("unknown");
        let pages = pages(category, KINDS[kind].key);
        let mut paths: Vec<String> = Vec::new();
        for page in &pages {
            paths.extend(page.fields().map(|(path, _)| path));
            paths.extend(page.slots().map(|slot| format!("{}/1", page.path(slot.key))));
            for table in page.tables() {
                let row = format!("{}/r", page.path(table.key));
                paths.extend(table.columns.iter().map(|column| format!("{row}/{}", column.key)));
                paths.push(row);
            }
        }
        let words = ["2026-02-28", "0000-00-00", "9999-12-31", "rent", "yes", "ndt", "qa", "99999999999999999999", "0.5", "RT-II", "９", "-1"];
        let mut doc = Doc::default();
        for (index, word, text) in &cells {
            let value = words.get(usize::from(*word) % (words.len() * 2)).map_or(text.clone(), |word| word.to_string());
            doc.set(index.get(&paths[..]).as_str(), (word % 7 != 0).then_some(value), 1, "");
        }
        doc.set(&free, Some(free.clone()), 1, "");
        let facts = CaseFacts { category: category.into(), kind: KINDS[kind].key.into(), org_name: free.clone(), certificate: Some(OldCertificate { number: free.clone(), valid_to: free, on_register: false, by_declaration: true }), ..CaseFacts::default() };
        let facts = routed(&doc, &facts);
        let book = judge_book(&pages, &facts, &doc, TODAY);
        for page in &pages {
            page_state(page, &book[page.key], &doc);
        }
        changes(&Doc::default(), &doc, &pages);
        copy_from(&doc, &pages);
        prefill(&Values::new(), &facts, TODAY);
    }
}
