//! Tables over the whole catalogue: every row is looked at once.

use super::materials::{Facts as FiledWith, required};
use super::routing::{Facts, provincial_code};
use super::*;
use crate::base::region;
use crate::form::Need;
use crate::workflow::{Review, Start};
use std::collections::BTreeMap;

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn xixian(items: &[&str], categories: &[&str]) -> Delegation {
    Delegation { province: "610000".into(), items: ids(items), categories: ids(categories), area: "611200".into(), authority: "611200".into() }
}

struct World {
    catalogue: Catalogue,
    authorities: Vec<Authority>,
    delegations: Vec<Delegation>,
}

impl World {
    fn new(delegations: Vec<Delegation>) -> World {
        World { catalogue: Catalogue::builtin(), authorities: Authority::builtin(), delegations }
    }

    fn route(&self, items: &[&str], unit: &str, places: &[&str], setup: Option<Setup>) -> Route {
        let facts = Facts { unit_region: unit.into(), places: ids(places), setup };
        Rules { catalogue: &self.catalogue, authorities: &self.authorities, delegations: &self.delegations }.route(&ids(items), &facts)
    }

    /// Authority and Chinese reason when there is one.
    fn one(&self, items: &[&str], unit: &str, places: &[&str]) -> (String, String) {
        match self.route(items, unit, places, None) {
            Route::One(part) => (part.authority, part.reason.zh.into_owned()),
            other => panic!("{items:?}: {other:?}"),
        }
    }
}

#[test]
fn the_catalogue_is_whole() {
    let catalogue = Catalogue::builtin();
    assert_eq!((catalogue.items.len(), catalogue.version.as_str(), catalogue.effective_from.as_str()), (137, "2021-41", "2022-06-01"));
    assert_eq!(catalogue.faults(), Vec::new());
    let text = serde_json::to_string(&catalogue).unwrap();
    assert_eq!(serde_json::from_str::<Catalogue>(&text).unwrap(), catalogue);
    for (at, item) in catalogue.items.iter().enumerate() {
        assert_eq!(item.id, format!("SE{:03}", at + 1));
        assert!(category_of(item).is_some(), "{}", item.id);
        assert_eq!(item.authority == Decider::BySetup, item.setup.is_some(), "{}", item.id);
        let names = [&item.item, &item.sub_item, &item.sub_item_group, &item.equipment_kind];
        assert!(names.iter().all(|name| !name.contains(['(', ')'])), "{}", item.id);
        let english = item.parameters.split(|c: char| !c.is_ascii_lowercase()).any(|word| word.len() > 3);
        assert!(!english && item.note.zh.is_empty() == item.note.en.is_empty(), "{}: {}", item.id, item.parameters);
    }
}

#[test]
fn labels_are_the_manuals() {
    let catalogue = Catalogue::builtin();
    for (id, label) in [
        ("SE031", "安全阀B"),
        ("SE033", "紧急切断阀B"),
        ("SE040", "压力管道管件（无缝管件）B1"),
        ("SE036", "压力管道管子B"),
        ("SE029", "爆破片装置"),
        ("SE136", "安全阀校验FD1"),
    ] {
        assert_eq!(catalogue.find(id).map(Item::label).as_deref(), Some(label));
    }
}

/// What each row covers itself; all other rows cover nothing.
const COVERS: &[(&str, &[&str])] = &[
    ("SE004", &["SE005"]),
    ("SE008", &["SE009"]),
    ("SE010", &["SE009"]),
    ("SE011", &["SE012", "SE013"]),
    ("SE012", &["SE013"]),
    ("SE014", &["SE015", "SE028"]),
    ("SE015", &["SE028"]),
    ("SE025", &["SE028"]),
    ("SE026", &["SE028"]),
    ("SE030", &["SE031"]),
    ("SE035", &["SE036"]),
    ("SE037", &["SE039"]),
    ("SE038", &["SE039"]),
    ("SE055", &["SE056", "SE057"]),
    ("SE056", &["SE057"]),
    ("SE062", &["SE063"]),
    ("SE064", &["SE065"]),
    ("SE066", &["SE067"]),
    ("SE077", &["SE078", "SE079"]),
    ("SE078", &["SE079"]),
    ("SE081", &["SE082"]),
    ("SE083", &["SE084"]),
    ("SE087", &["SE088"]),
    ("SE089", &["SE088"]),
    ("SE090", &["SE091", "SE092"]),
    ("SE091", &["SE092"]),
    ("SE097", &["SE098"]),
    ("SE099", &["SE100"]),
    ("SE101", &["SE102"]),
    ("SE110", &["SE111", "SE112"]),
    ("SE111", &["SE112"]),
    ("SE136", &["SE137"]),
];

#[test]
fn every_row_covers_what_the_law_says() {
    let catalogue = Catalogue::builtin();
    let covers: BTreeMap<_, _> = COVERS.iter().copied().collect();
    for item in &catalogue.items {
        let expected = covers.get(item.id.as_str()).copied().unwrap_or_default();
        assert_eq!(catalogue.reach(&item.id).into_iter().collect::<Vec<_>>(), expected, "{}", item.id);
        for covered in expected.iter().filter_map(|id| catalogue.find(id)) {
            assert_eq!((&covered.item, &covered.category_code), (&item.item, &item.category_code), "{}", item.id);
        }
    }
    // 紧急切断阀 A does not cover B.
    assert!(catalogue.reach("SE032").is_empty());
}

#[test]
fn the_topmost_chosen_item_covers() {
    let catalogue = Catalogue::builtin();
    let covered = catalogue.covered_by(&ids(&["SE015", "SE014", "SE032"]));
    assert_eq!(covered.into_iter().collect::<Vec<_>>(), [("SE015".to_owned(), "SE014".to_owned()), ("SE028".to_owned(), "SE014".to_owned())]);
    assert!(catalogue.covered_by(&ids(&["SE999"])).is_empty());
}

#[test]
fn analysis_design_needs_rule_design() {
    let catalogue = Catalogue::builtin();
    let missing = |chosen: &[&str], held: &[&str]| catalogue.missing_requirements(&ids(chosen), &ids(held)).len();
    assert_eq!((missing(&["SE001"], &[]), missing(&["SE001", "SE002"], &[]), missing(&["SE001"], &["SE003"]), missing(&["SE002"], &[])), (1, 0, 0, 0));
    assert_eq!(catalogue.missing_requirements(&ids(&["SE001"]), &[])[0].one_of.len(), 2);
    assert_eq!(catalogue.items.iter().filter(|item| !item.requires.is_empty()).count(), 1);
}

#[test]
fn categories_share_out_the_catalogue() {
    let catalogue = Catalogue::builtin();
    let counts: Vec<_> = CATEGORIES.iter().map(|category| (category.key, category.items(&catalogue).len())).collect();
    assert_eq!(
        counts,
        [("design", 10), ("manufacture", 70), ("install", 35), ("filling-mobile", 5), ("filling-cylinder", 1), ("institution", 14), ("calibration", 2)]
    );
    assert!(CATEGORIES.iter().all(|category| (category.book == Book::Institution) == (category.key == "institution")));
    assert_eq!(category("calibration").map(|category| category.name.zh), Some("安全阀校验机构核准"));
}

/// Rows decided by the national authority (spec 3.1).
const NATIONAL: &[&str] = &[
    "SE001", "SE011", "SE014", "SE018", "SE019", "SE022", "SE025", "SE029", "SE050", "SE051", "SE052", "SE053", "SE054", "SE055", "SE062", "SE072", "SE073",
    "SE074", "SE083", "SE122", "SE123",
];

#[test]
fn every_row_finds_its_authority() {
    let world = World::new(vec![xixian(&[], &["manufacture", "install", "filling-cylinder"])]);
    for (unit, province) in [
        ("610112", "610000"),
        ("330102", "330000"),
        ("659001", "660000"),
        ("660000", "660000"),
        ("110105", "110000"),
        ("441900", "440000"),
        ("611205", "610000"),
    ] {
        for item in &world.catalogue.items {
            let setup = item.setup;
            let category = category_of(item).unwrap();
            let delegated = unit == "611205" && ["manufacture", "install", "filling-cylinder"].contains(&category.key);
            let expected = match (NATIONAL.contains(&item.id.as_str()), setup) {
                (true, _) | (_, Some(Setup::Government)) => "100000",
                _ if delegated => "611200",
                _ => province,
            };
            let Route::One(part) = world.route(&[&item.id], unit, &[unit], setup) else { panic!("{} at {unit}", item.id) };
            assert_eq!(part.authority, expected, "{} at {unit}", item.id);
            let authority = world.authorities.iter().find(|authority| authority.code == expected).unwrap();
            assert!(part.name == authority.name && part.reason.zh.starts_with(&format!("{}：因为", authority.name)), "{}", part.reason.zh);
            assert!(part.reason.zh.contains(&item.label()) && part.reason.en.contains(&item.label()), "{}", part.reason.en);
            assert_eq!(part.items, ids(&[&item.id]));
        }
    }
}

#[test]
fn reasons_name_the_deciding_item() {
    let world = World::new(vec![xixian(&["SE036"], &[])]);
    assert_eq!(world.one(&["SE029"], "610112", &["610112"]).1, "国家市场监督管理总局：因为“爆破片装置”由总局决定");
    assert_eq!(
        world.one(&["SE036"], "610112", &["611205"]).1,
        "陕西省西咸新区市场监督管理局：因为制造地址在受委托区域内，“压力管道管子B”由陕西省市场监督管理局委托其决定"
    );
    assert_eq!(world.one(&["SE031"], "610112", &["610112"]).1, "陕西省市场监督管理局：因为制造地址在其辖区内，“安全阀B”由省级市场监督管理部门决定");
    assert_eq!(world.one(&["SE002"], "610112", &[]).1, "陕西省市场监督管理局：因为住所在其辖区内，“固定式压力容器规则设计”由省级市场监督管理部门决定");
}

#[test]
fn a_delegation_holds_for_its_items_and_area_only() {
    let world = World::new(vec![xixian(&["SE036"], &[])]);
    for (items, places, authority) in [
        (&["SE036"][..], &["611205"][..], "611200"),
        (&["SE036"], &["611200"], "611200"),
        (&["SE036"], &["610112"], "610000"),
        (&["SE036"], &["611205", "610112"], "610000"),
        (&["SE034"], &["611205"], "610000"),
        (&["SE036", "SE034"], &["611205"], "610000"),
    ] {
        assert_eq!(world.one(items, "610112", places).0, authority, "{items:?} {places:?}");
    }
    assert!(world.one(&["SE036", "SE034"], "610112", &["611205"]).1.contains("“燃气气瓶阀门（不含车用燃气阀门）”未委托"));
}

#[test]
fn mixed_deciders_and_several_provinces_are_several_applications() {
    let world = World::new(vec![xixian(&["SE036"], &[])]);
    let split = |items: &[&str], places: &[&str]| match world.route(items, "610112", places, None) {
        Route::Split(parts) => {
            parts.into_iter().map(|part| format!("{}: {} @ {}", part.authority, part.items.join("+"), part.places.join("+"))).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(split(&["SE029", "SE031"], &["610112"]), ["100000: SE029 @ 610112", "610000: SE031 @ 610112"]);
    assert_eq!(split(&["SE036"], &["330102", "611205", "330105"]), ["330000: SE036 @ 330102+330105", "611200: SE036 @ 611205"]);
    assert_eq!(split(&["SE029", "SE031"], &["610112", "659001"]), ["100000: SE029 @ 610112+659001", "610000: SE031 @ 610112", "660000: SE031 @ 659001"]);
}

#[test]
fn a_covered_item_goes_with_the_one_that_covers_it() {
    let world = World::new(Vec::new());
    assert_eq!(world.one(&["SE014", "SE028"], "610112", &["610112"]), ("100000".into(), "国家市场监督管理总局：因为“大型高压容器A1”由总局决定".into()));
}

#[test]
fn what_is_not_known_is_asked() {
    let world = World::new(Vec::new());
    let ask = |items: &[&str], unit: &str, places: &[&str], setup| match world.route(items, unit, places, setup) {
        Route::Ask(ask) => ask,
        other => panic!("{other:?}"),
    };
    assert_eq!(ask(&[], "610112", &[], None), Ask::Items);
    assert_eq!(ask(&["SE999"], "610112", &[], None), Ask::Items);
    assert_eq!(ask(&["SE002", "SE031"], "610112", &["610112"], None), Ask::OneCategory);
    assert_eq!(ask(&["SE031"], "610112", &[], None), Ask::Places);
    assert_eq!(ask(&["SE002"], "", &["610112"], None), Ask::UnitRegion);
    assert_eq!(ask(&["SE031"], "610112", &["810000"], None), Ask::Region("810000".into()));
    assert_eq!(ask(&["SE124"], "610112", &[], None), Ask::Setup);
    let other = ask(&["SE124"], "610112", &[], Some(Setup::Other));
    assert_eq!(
        other,
        Ask::OtherItem {
            chosen: "甲类检验机构B1级（省级政府、副省级城市政府设立）".into(), instead: "甲类检验机构B1级（其他）".into()
        }
    );
    assert!(other.said().zh.contains("改选"));
    // A maker abroad has no address here.
    assert_eq!(world.one(&["SE050"], "", &[]).0, "100000");
}

#[test]
fn authorities_are_unique_and_serve_real_regions() {
    let authorities = Authority::builtin();
    let codes: std::collections::BTreeSet<_> = authorities.iter().map(|authority| &authority.code).collect();
    assert_eq!((codes.len(), authorities.len()), (34, 34));
    for authority in authorities.iter().filter(|authority| authority.level != AuthorityLevel::National) {
        let region = region::find(&authority.code).unwrap();
        assert!(authority.name.contains(&region.name), "{authority:?}");
        assert_eq!(authority.delegated_by.is_some(), authority.level == AuthorityLevel::Delegated);
    }
    for (region, code) in [("659012", "660000"), ("650102", "650000"), ("610112", "610000"), ("", "")] {
        assert_eq!(provincial_code(region), code);
    }
}

#[test]
fn kinds_are_in_the_order_of_their_table() {
    for kind in Kind::all() {
        assert_eq!(Kind::of_key(kind.key()), Some(kind));
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.key()));
        assert!(!kind.label().is_none() && !kind.basis().is_empty());
    }
    assert_eq!(Kind::all().count(), 12);
    assert_eq!(Kind::of_key("x"), None);
    let open: Vec<_> = CATEGORIES.iter().filter(|category| Kind::Extend.is_open_to(category)).map(|category| category.key).collect();
    assert_eq!(open, ["manufacture", "filling-mobile", "filling-cylinder"]);
}

#[test]
fn materials_by_kind() {
    let unit = category("manufacture").unwrap();
    let known = FiledWith { licence_known: true, certificate_known: true, ..FiledWith::default() };
    for (kind, keys) in [
        (Kind::First, "licence signed*"),
        (Kind::AddItem, "licence signed* old_licence"),
        (Kind::Upgrade, "licence signed* old_licence"),
        (Kind::ChangeName, "signed* old_licence licence_before* licence_after* change_proof"),
        (Kind::ChangeAddressName, "signed* old_licence licence_before* licence_after* change_proof"),
        (Kind::ChangeMove, "signed* old_licence licence_before* licence_after* change_proof"),
        (Kind::ChangeDropAddress, "licence signed* old_licence change_proof"),
        (Kind::RenewReview, "licence signed* old_licence"),
        (Kind::RenewDeclare, "licence signed* old_licence signed_promise*"),
        (Kind::Extend, "licence signed* old_licence official_papers*"),
        (Kind::Reissue, "licence signed* old_licence"),
        (Kind::Deregister, "signed* old_licence"),
    ] {
        assert_eq!(keys_of(&required(unit, kind, known)), keys, "{kind:?}");
        assert!(required(unit, kind, known).iter().all(|slot| !slot.basis.is_empty() && !slot.label.is_none()), "{kind:?}");
    }
    let nothing = FiledWith { is_branch: true, by_agent: true, is_late: true, ..FiledWith::default() };
    assert_eq!(keys_of(&required(unit, Kind::RenewReview, nothing)), "licence* signed* old_licence* parent_authorisation* agent_authorisation* late_file*");
    assert_eq!(required(category("institution").unwrap(), Kind::First, known)[1].label.zh, "签字盖章的承诺页");
}

fn keys_of(slots: &[crate::form::Slot]) -> String {
    slots.iter().map(|slot| format!("{}{}", slot.key, if matches!(slot.need, Need::Always) { "*" } else { "" })).collect::<Vec<_>>().join(" ")
}

#[test]
fn limits_and_reviews_by_kind() {
    for kind in Kind::all() {
        let limits = limits(kind);
        let expected = match kind {
            Kind::Reissue => (10, Start::Receipt),
            Kind::ChangeName | Kind::ChangeAddressName => (20, Start::Receipt),
            _ => (20, Start::Acceptance),
        };
        assert_eq!((limits.decide, limits.decide_from), expected, "{kind:?}");
        assert_eq!((limits.accept, limits.schedule, limits.review_months, limits.rectify_months, limits.deliver, limits.publish), (5, 10, 12, 6, 10, 7));
    }
    let catalogue = Catalogue::builtin();
    for (id, months) in [("SE081", 24), ("SE082", 12), ("SE011", 12)] {
        assert_eq!(limits_for(Kind::First, &catalogue.pick(&ids(&[id]))).review_months, months, "{id}");
    }
    let facts = FiledWith { limit_only: true, lowers_level: true, office_only: true, ..FiledWith::default() };
    for (kind, usual, otherwise) in [
        (Kind::First, Review::Needed, Review::Needed),
        (Kind::AddItem, Review::Needed, Review::AuthorityDecides),
        (Kind::Upgrade, Review::Needed, Review::AuthorityDecides),
        (Kind::ChangeMove, Review::Needed, Review::NotNeeded),
        (Kind::ChangeDropAddress, Review::AuthorityDecides, Review::AuthorityDecides),
        (Kind::RenewDeclare, Review::NotNeeded, Review::NotNeeded),
        (Kind::Reissue, Review::NotNeeded, Review::NotNeeded),
    ] {
        assert_eq!((kind.review(FiledWith::default()), kind.review(facts)), (usual, otherwise), "{kind:?}");
    }
}

#[test]
fn personnel_codes() {
    let codes = PersonnelCodes::builtin();
    assert_eq!((codes.codes.len(), codes.selectable().count()), (64, 42));
    assert_eq!(codes.find("G-CY").map(|code| code.code.as_str()), Some("GS-CY"));
    for code in &codes.codes {
        assert_eq!(code.decider().is_none(), code.group == personnel::Group::Operator, "{}", code.code);
        assert!(code.covers.iter().all(|covered| codes.find(covered).is_some()));
        assert_eq!(codes.codes.iter().filter(|other| other.code == code.code).count(), 1, "{}", code.code);
    }
    for (code, decider) in [
        ("Y-GL", Decider::Provincial),
        ("Y-NX", Decider::National),
        ("S-DT", Decider::National),
        ("RT-II", Decider::Provincial),
        ("AE-II", Decider::National),
        ("MT-III", Decider::National),
    ] {
        assert_eq!(codes.find(code).and_then(PersonnelCode::decider), Some(decider), "{code}");
    }
}

#[test]
fn a_new_version_is_compared_by_id() {
    let old = Catalogue::builtin();
    assert!(old.diff(&old).is_empty());
    let mut new = old.clone();
    let mut added = new.items.remove(3);
    new.items[0].authority = Decider::Provincial;
    added.id = "SE138".into();
    added.covers.clear();
    new.items.push(added);
    let difference = old.diff(&new);
    let name = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!((name(&difference.added), name(&difference.removed), difference.changed.len()), (ids(&["SE138"]), ids(&["SE004"]), 1));
    assert_eq!(difference.changed[0].1.authority, Decider::Provincial);
    new.items[0].covers.push("SE000".into());
    new.effective_from = "soon".into();
    new.items[1].id = "SE001".into();
    assert_eq!(new.faults().len(), 4, "{:?}", new.faults());
    assert_eq!(new.unknown(&ids(&["SE004", "SE005"])), ["SE004"]);
}
