//! 补正: where a rule compares places, what the correction of one breaks can be mended at the other, and nothing else is open for it.

use super::*;
use crate::catalogue::PersonnelCodes;
use crate::workflow::person::PersonKind;

/// What is typed at paths; `None` takes a row or a file away.
type Typed = &'static [(&'static str, Option<&'static str>)];

const FILE: Option<&str> = Some("file");

fn type_in(doc: &mut Doc, typed: Typed) {
    typed.iter().for_each(|(path, value)| doc.set(path, value.map(str::to_owned), 1, ""));
}

/// Where a book has errors.
fn wrong(facts: &CaseFacts, doc: &Doc) -> BTreeSet<String> {
    let found = judge_book(&pages(&facts.category, &facts.kind), facts, doc, TODAY).into_values().flatten();
    found.filter(|issue| issue.severity == Severity::Error).map(|issue| issue.path).collect()
}

/// A book handed in with `before` in it: what the notice asks at `mark` breaks a rule, and what mends it is open.
fn mends(facts: &CaseFacts, doc: &Doc, mark: &str, [before, asked, mended]: [Typed; 3]) {
    let facts = CaseFacts { filed: Some(TODAY), ..facts.clone() };
    let book = pages(&facts.category, &facts.kind);
    let mut doc = doc.clone();
    type_in(&mut doc, before);
    let as_handed_in = wrong(&facts, &doc);
    type_in(&mut doc, asked);
    assert!(!wrong(&facts, &doc).is_subset(&as_handed_in), "{mark}: {asked:?} breaks a rule");
    type_in(&mut doc, mended);
    assert_eq!(wrong(&facts, &doc), as_handed_in, "{mark}: {mended:?}");
    for (path, _) in asked.iter().chain(mended) {
        assert!(is_unlocked(&book, path, &[mark]), "{path} goes with {mark}");
    }
}

#[test]
fn what_a_correction_breaks_elsewhere_can_be_mended() {
    let (valve, made) = sample(VALVE);
    let (calibration, checked) = sample(CALIBRATION);
    mends(
        &valve,
        &made,
        "cover/filled_by",
        [
            &[],
            &[("cover/filled_by", Some("agent"))],
            &[
                ("cover/agent_name", Some("西安示范代理有限公司")),
                ("cover/agent_uscc", Some("91610112MA00HT017T")),
                ("cover/agent_contact", Some("王某")),
                ("cover/agent_phone", Some("029-88888888")),
                ("cover/agent_authorisation/r1", FILE),
            ],
        ],
    );
    let rented: Typed = &[
        ("resources/places/r1/ownership", Some("rent")),
        ("resources/places/r1/lease_from", Some("2025-01-01")),
        ("resources/places/r1/lease_to", Some("2034-12-31")),
    ];
    let owned: Typed = &[("resources/places/r3/ownership", Some("own")), ("resources/lease/r1", None)];
    mends(&valve, &made, "resources/places/r1", [owned, rented, &[("resources/lease/r2", FILE)]]);
    mends(&valve, &made, "resources/lease", [&[], &owned[1..], &owned[..1]]);
    mends(&valve, &made, "resources/welders", [&[], &[("resources/welders", Some("90"))], &[("resources/total", Some("120"))]]);
    mends(&valve, &made, "resources/total", [&[], &[("resources/total", Some("20"))], &[("resources/technicians", Some("12"))]]);
    mends(
        &valve,
        &made,
        "resources/quality_staff/r1",
        [&[], &[("resources/quality_staff/r1/post", Some("design"))], &[("resources/quality_staff/r2/post", Some("qa"))]],
    );
    let none: Typed = &[("subcontract/contracts/r1", None), ("subcontract/contracts/r2", None), ("subcontract/contracts/r3", None)];
    mends(&valve, &made, "subcontract/any", [&[], &[("subcontract/any", Some("no"))], none]);
    mends(&valve, &made, "subcontract/contracts", [&[], none, &[("subcontract/any", Some("no"))]]);
    mends(&valve, &made, "subcontract/contracts/r1", [&none[1..], &none[..1], &[("subcontract/any", Some("no"))]]);
    mends(
        &valve,
        &made,
        "subcontract/inspection_body",
        [
            &[],
            &[("subcontract/inspection_body", Some("陕西示范无损检测有限公司"))],
            &[("subcontract/contracts/r2/contractor", Some("西安示范射线检测有限公司"))],
        ],
    );
    mends(
        &calibration,
        &checked,
        "subcontract/any",
        [
            &[],
            &[("subcontract/any", Some("yes"))],
            &[
                ("subcontract/contracts/r1", Some("m")),
                ("subcontract/contracts/r1/work", Some("heat")),
                ("subcontract/contracts/r1/contractor", Some("西安示范热处理有限公司")),
                ("subcontract/contracts/r1/uscc", Some("91610112MA00HT017T")),
                ("subcontract/contracts/r1/contract_no", Some("WX-1")),
                ("subcontract/contracts/r1/contract_from", Some("2025-07-01")),
                ("subcontract/contracts/r1/contract_to", Some("2031-06-30")),
                ("subcontract/contracts/r1/scope", Some("热处理")),
            ],
        ],
    );
}

#[test]
fn so_it_can_in_the_other_kinds_and_the_institutions_book() {
    let (valve, doc) = sample(VALVE);
    let of = |kind: &str| CaseFacts { kind: kind.to_owned(), ..valve.clone() };
    mends(
        &of("renew-review"),
        &doc,
        "renewal/valid_to",
        [&[("renewal/valid_to", Some("2027-06-30"))], &[("renewal/valid_to", Some("2027-03-31"))], &[("renewal/late_reason", Some("厂房搬迁"))]],
    );
    let declare = of("renew-declare");
    mends(
        &declare,
        &doc,
        "declare/valid_to",
        [&[("declare/valid_to", Some("2027-06-30"))], &[("declare/valid_to", Some("2027-03-31"))], &[("declare/late_file/r1", FILE)]],
    );
    mends(
        &declare,
        &doc,
        "works/performance/r3",
        [&[], &[("works/performance/r3/sub_item", Some("紧急切断阀B"))], &[("works/performance/r1/sub_item", Some("安全阀B"))]],
    );
    mends(
        &of("extend"),
        &doc,
        "extend/valid_to",
        [
            &[("extend/valid_to", Some("2027-06-30")), ("extend/extend_to", Some("2028-06-30"))],
            &[("extend/valid_to", Some("2027-03-31"))],
            &[("extend/extend_to", Some("2028-03-31"))],
        ],
    );
    let institution = CaseFacts { category: "institution".into(), ..valve.clone() };
    mends(
        &institution,
        &doc,
        "i_basic/fixed_assets",
        [
            &[("i_basic/fixed_assets", Some("1000")), ("i_basic/instrument_assets", Some("600"))],
            &[("i_basic/fixed_assets", Some("500"))],
            &[("i_basic/instrument_assets", Some("400"))],
        ],
    );
    mends(
        &institution,
        &doc,
        "i_counts/counts/r1",
        [
            &[
                ("i_counts/counts/r1", Some("d")),
                ("i_counts/counts/r1/code", Some("RT-I")),
                ("i_counts/counts/r1/number", Some("2")),
                ("i_counts/counts/r2", Some("m")),
                ("i_counts/counts/r2/code", Some("RT-II")),
                ("i_counts/counts/r2/number", Some("3")),
            ],
            &[("i_counts/counts/r1/code", Some("RT-II"))],
            &[("i_counts/counts/r1", None), ("i_counts/counts/r2/number", Some("5"))],
        ],
    );
    mends(
        &institution,
        &doc,
        "i_people/people/r1",
        [
            &[
                ("i_people/people/r1", Some("d")),
                ("i_people/people/r1/certificate", Some("Z1")),
                ("i_people/people/r2", Some("m")),
                ("i_people/people/r2/certificate", Some("Z2")),
            ],
            &[("i_people/people/r1/certificate", Some("Z2"))],
            &[("i_people/people/r2/certificate", Some("Z3"))],
        ],
    );
}

/// Of a person's 变更: whether the practising unit changes is said at one place and read off another.
#[test]
fn so_it_can_in_a_persons_book() {
    let person = PersonFacts {
        code: PersonnelCodes::builtin().find("UT-II").unwrap().clone(),
        kind: PersonKind::Move,
        held: Vec::new(),
        practice: None,
        practises_at: Some(("甲检测有限公司".into(), String::new())),
        former: None,
        elsewhere: Vec::new(),
        points: Vec::new(),
        is_anothers: false,
    };
    let facts = CaseFacts { category: PERSONNEL.into(), kind: "move".into(), person: Some(person), ..CaseFacts::default() };
    let doc = Doc::default();
    let moves: Typed = &[
        ("qualification/change_what", Some("practice")),
        ("qualification/practice_org", Some("乙检测有限公司")),
        ("qualification/former_org", Some("甲检测有限公司")),
        ("proofs/practice_proof/r1", FILE),
        ("proofs/leaving_proof/r1", FILE),
    ];
    let renamed: Typed = &[
        ("qualification/change_what", Some("data")),
        ("qualification/practice_org", Some("甲检测有限公司")),
        ("qualification/new_name", Some("李小梅")),
        ("proofs/practice_proof/r1", FILE),
    ];
    mends(
        &facts,
        &doc,
        "qualification/change_what",
        [
            moves,
            &[("qualification/change_what", Some("data"))],
            &[("qualification/practice_org", Some("甲检测有限公司")), ("qualification/new_name", Some("李小梅"))],
        ],
    );
    mends(
        &facts,
        &doc,
        "qualification/practice_org",
        [
            renamed,
            &[("qualification/practice_org", Some("乙检测有限公司"))],
            &[("qualification/change_what", Some("both")), ("qualification/former_org", Some("甲检测有限公司")), ("proofs/leaving_proof/r1", FILE)],
        ],
    );
    mends(
        &facts,
        &doc,
        "qualification/new_name",
        [
            &[
                ("qualification/change_what", Some("both")),
                ("qualification/practice_org", Some("乙检测有限公司")),
                ("qualification/former_org", Some("甲检测有限公司")),
                ("qualification/new_name", Some("李小梅")),
                ("proofs/practice_proof/r1", FILE),
                ("proofs/leaving_proof/r1", FILE),
            ],
            &[("qualification/new_name", Some(""))],
            &[("qualification/change_what", Some("practice"))],
        ],
    );
}

#[test]
fn nothing_else_is_open_for_it() {
    let book = pages("manufacture", "first");
    for (mark, path) in [
        ("resources/places/r1", "resources/places/r2/area"),
        ("resources/welders", "resources/managers"),
        ("subcontract/contracts/r1", "subcontract/contracts/r2/scope"),
        ("subcontract/any", "subcontract/inspection_body"),
        ("works/performance/r3", "works/performance/r1/sub_item"),
        ("resources/placesx", "resources/lease/0001"),
    ] {
        assert!(!is_unlocked(&book, path, &[mark]), "{mark} opens {path}");
    }
}
