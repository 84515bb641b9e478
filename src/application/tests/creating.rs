//! From the picker to a new draft.

use super::*;
use crate::application::book::Address;
use crate::workflow::{ActionKind, State};

fn place(region: &str) -> Address {
    Address { region: region.into(), address: "示范路1号".into() }
}

fn choose(category: &str, items: &[&str], places: &[&str]) -> Chosen {
    Chosen {
        category: category.into(),
        items: items.iter().map(|id| (*id).to_owned()).collect(),
        places: places.iter().map(|code| place(code)).collect(),
        set_up_by: String::new(),
    }
}

#[tokio::test]
async fn a_single_route_makes_a_prefilled_draft() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        assert_eq!(no, "20261122000001");
        let view = service::book(&owner, &no, "basic").await.unwrap();
        let head = service::review(&owner, &no).await.unwrap().head;
        assert_eq!((head.state, head.authority.as_str(), head.items.as_str()), (State::Draft, "陕西省市场监督管理局", "安全阀B,紧急切断阀B"));
        assert_eq!(head.actions, [ActionKind::Read, ActionKind::Edit, ActionKind::Copy, ActionKind::Rechoose, ActionKind::Delete, ActionKind::Submit]);
        assert_eq!((view.doc.get("basic/legal_rep"), view.doc.get("basic/org_name")), ("李守正", "西安示范阀门制造有限公司"));
        assert_eq!(view.doc.rows("basic/addresses").len(), 3);
        assert!(view.prefilled.contains(&"basic/legal_rep".to_owned()) && !view.prefilled.contains(&"basic/org_name".to_owned()), "{:?}", view.prefilled);
        assert!(view.offered.contains_key("basic/region"));
        let items = service::book(&owner, &no, "items").await.unwrap().doc;
        assert_eq!((items.rows("items/items"), items.get("items/items/SE031/sub_item")), (vec!["SE031".into(), "SE033".into()], "安全阀B"));
        let review = service::review(&owner, &no).await.unwrap();
        assert_eq!(review.history.iter().map(|h| h.what.happened().zh).collect::<Vec<_>>(), ["新建申请"]);
        assert!(review.reason.unwrap().zh.contains("陕西省市场监督管理局"));
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM audit WHERE deed = 'create' AND about = $1", &no).await, 1);
        test.wait(24 * 60);
        assert_eq!(draft(&owner, Sample::of(VALVE).chosen()).await, "20261123000001", "each legal day counts anew");
    }
}

#[tokio::test]
async fn a_mixed_selection_is_split() {
    for test in engines().await {
        let owner = owner(&test, &Sample::of(VALVE)).await;
        let mixed = choose("manufacture", &["SE029", "SE031"], &["610112"]);
        let picker = service::picker(&owner, mixed.clone()).await.unwrap();
        let parts = picker.route.unwrap().parts;
        assert_eq!(parts.iter().map(|part| part.authority.as_str()).collect::<Vec<_>>(), ["100000", "610000"]);
        assert_eq!(told(service::create(&owner, mixed.clone(), "").await.unwrap()), "请选择向哪个审批机关申请。");
        assert_eq!(told(service::create(&owner, mixed.clone(), "330000").await.unwrap()), "请选择向哪个审批机关申请。");
        for part in parts {
            let no = number(service::create(&owner, mixed.clone(), &part.authority).await.unwrap());
            let head = service::review(&owner, &no).await.unwrap().head;
            assert_eq!(head.authority, part.name);
            assert_eq!(head.items, if part.authority == "100000" { "爆破片装置" } else { "安全阀B" });
        }
        let two = choose("manufacture", &["SE031"], &["610112", "330109"]);
        let no = number(service::create(&owner, two, "330000").await.unwrap());
        assert_eq!(service::book(&owner, &no, "basic").await.unwrap().doc.rows("basic/addresses").len(), 1, "only the addresses of that province");
    }
}

#[tokio::test]
async fn what_is_missing_is_asked_for() {
    for test in engines().await {
        let visit = owner(&test, &Sample::of(VALVE)).await;
        for (chosen, answer) in [
            (choose("manufacture", &[], &["610112"]), "请先选择要申请的许可项目"),
            (choose("nonsense", &["SE031"], &["610112"]), "请先选择要申请的许可项目"),
            (choose("manufacture", &["SE001", "nonsense"], &["610112"]), "请先选择要申请的许可项目"),
            (choose("manufacture", &["SE031"], &[]), "请填写制造或充装地址，审批机关由该地址决定"),
            (choose("manufacture", &["SE031"], &["999999"]), "该地区没有受理机关，请检查地址所在地区"),
            (choose("institution", &["SE124"], &[]), "请选择检验机构的设立单位，审批机关由此决定"),
        ] {
            assert_eq!(told(service::create(&visit, chosen, "").await.unwrap()), answer);
        }
        let needing = told(service::create(&visit, choose("design", &["SE001"], &[]), "").await.unwrap());
        assert!(needing.contains("要求已取得或者同时申请"), "{needing}");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM application").await, 0);
    }
}

#[tokio::test]
async fn only_who_may_write_for_a_unit() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let person = test.member("person", Role::Person).await;
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        assert_eq!(service::create(&test.nobody(), sample.chosen(), "").await.err(), Some(AppError::SignIn));
        assert_eq!(service::create(&person, sample.chosen(), "").await.err(), Some(AppError::Forbidden));
        assert_eq!(service::create(&reader, sample.chosen(), "").await.err(), Some(AppError::Forbidden));
        assert_eq!(service::picker(&person, sample.chosen()).await.err(), Some(AppError::Forbidden));
        let filler = test.join(&unit_of(&owner), Role::Filler).await;
        assert!(service::create(&filler, sample.chosen(), "").await.is_ok());
    }
}

#[tokio::test]
async fn numbers_are_distinct_however_many_ask_at_once() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let asked = (0..50).map(|_| {
            let (owner, chosen) = (owner.clone(), sample.chosen());
            tokio::spawn(async move { draft(&owner, chosen).await })
        });
        let mut numbers = Vec::new();
        for one in asked.collect::<Vec<_>>() {
            numbers.push(one.await.unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=50).map(|n| format!("20261122{n:06}")).collect::<Vec<_>>());
    }
}
