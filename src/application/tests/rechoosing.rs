//! Other items and addresses for a draft that has been begun.

use super::*;
use crate::application::book::Address;
use crate::application::store;
use crate::workflow::ActionKind;

async fn record(visit: &Visit, no: &str) -> store::Record {
    store::find(&mut visit.app.db.read().await.unwrap(), no).await.unwrap().unwrap()
}

fn items(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn went_on(answer: Answer) -> String {
    let Answer::Go(to) = answer else { panic!("{}", told(answer)) };
    to
}

#[tokio::test]
async fn items_and_addresses_are_chosen_again_and_what_was_typed_stays() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let typed = [("items/items/SE031/product", "A42Y-16C"), ("items/items/SE033/remark", "随槽车"), ("basic/postcode", "710016")];
        lay(&owner, &no, typed.map(|(path, value)| (path.to_owned(), value.to_owned())).into()).await;
        let (now, seen) = service::choice(&owner, &no).await.unwrap();
        assert_eq!((now.items.clone(), now.places.len(), seen), (items(&["SE031", "SE033"]), 3, revision(&owner, &no).await));

        // Another place in another province, and another item: the authority follows.
        let place = Address { region: "330109".into(), address: "示范科技园5号".into() };
        let other = Chosen { items: items(&["SE031", "SE044"]), places: vec![place], ..now.clone() };
        assert_eq!(went_on(service::rechoose(&owner, &no, seen, other.clone(), "").await.unwrap()), format!("/applications/{no}/items"));
        let stored = record(&owner, &no).await;
        assert_eq!((stored.authority_code.as_str(), stored.items), ("330000", items(&["SE031", "SE044"])));
        assert!(stored.facts.reason.unwrap().zh.contains("浙江省"));
        let doc = service::book(&owner, &no, "items").await.unwrap().doc;
        assert_eq!(doc.rows("items/items"), ["SE031", "SE044"]);
        assert_eq!((doc.get("items/items/SE031/product"), doc.get("items/items/SE044/sub_item")), ("A42Y-16C", "压力管道管件（锻制管件）"));
        let basic = service::book(&owner, &no, "basic").await.unwrap().doc;
        let rows = basic.rows("basic/addresses");
        assert_eq!((rows.len(), basic.get(&format!("basic/addresses/{}/region", rows[0])), basic.get("basic/postcode")), (1, "330109", "710016"));
        assert_eq!(service::book(&owner, &no, "cover").await.unwrap().doc.get("cover/authority"), "浙江省市场监督管理局");

        // Back again: what was typed at an item that went comes back with it.
        let seen = service::choice(&owner, &no).await.unwrap().1;
        service::rechoose(&owner, &no, seen, now, "").await.unwrap();
        let doc = service::book(&owner, &no, "items").await.unwrap().doc;
        assert_eq!((doc.rows("items/items"), doc.get("items/items/SE033/remark")), (items(&["SE031", "SE033"]), "随槽车"));
        assert_eq!(service::book(&owner, &no, "basic").await.unwrap().doc.rows("basic/addresses").len(), 3);
        let history = service::review(&owner, &no).await.unwrap().history;
        assert_eq!(history.iter().filter(|event| event.what == ActionKind::Rechoose).count(), 2);
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM audit WHERE deed = 'rechoose' AND about = $1", &no).await, 2);
    }
}

#[tokio::test]
async fn another_category_keeps_the_cells_of_pages_that_went() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        lay(&owner, &no, Values::from([("production/machines/m1".into(), "m".into()), ("production/machines/m1/name".into(), "车床".into())])).await;
        let seen = revision(&owner, &no).await;
        let design = Chosen { category: "design".into(), items: items(&["SE002"]), ..Chosen::default() };
        service::rechoose(&owner, &no, seen, design, "").await.unwrap();
        assert_eq!(service::book(&owner, &no, "production").await.err(), Some(AppError::NotFound));
        assert_eq!(service::changes(&owner, &no, -1).await.unwrap().changed["production/machines/m1/name"].value.as_deref(), Some("车床"));
        assert_eq!(service::book(&owner, &no, "cover").await.unwrap().doc.get("cover/category"), "特种设备设计单位许可");
    }
}

#[tokio::test]
async fn a_replay_changes_nothing_and_a_stale_choice_is_told() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let (now, seen) = service::choice(&owner, &no).await.unwrap();
        service::rechoose(&owner, &no, seen, now.clone(), "").await.unwrap();
        assert_eq!(revision(&owner, &no).await, seen, "nothing else was chosen");
        // Typing in the book meanwhile is no reason to refuse.
        one(&owner, &no, op("a", "basic/fax", NEW, "1")).await;
        let mine = Chosen { items: items(&["SE031"]), ..now.clone() };
        for _ in 0..2 {
            went_on(service::rechoose(&owner, &no, seen, mine.clone(), "").await.unwrap());
        }
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM audit WHERE deed = 'rechoose' AND about = $1", &no).await, 1);
        let theirs = Chosen { items: items(&["SE033"]), ..now };
        assert!(told(service::rechoose(&owner, &no, seen, theirs, "").await.unwrap()).contains("被别人修改过"));
        assert_eq!(record(&owner, &no).await.items, items(&["SE031"]));
    }
}

#[tokio::test]
async fn only_ones_own_draft() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        let chosen = Chosen { items: items(&["SE031"]), ..sample.chosen() };
        for (visit, refused) in [(&reader, AppError::Forbidden), (&stranger, AppError::NotFound), (&test.nobody(), AppError::SignIn)] {
            assert_eq!(service::choice(visit, &no).await.err(), Some(refused.clone()));
            assert_eq!(service::rechoose(visit, &no, i64::MAX, chosen.clone(), "").await.err(), Some(refused));
        }
        assert_eq!(told(service::rechoose(&owner, &no, i64::MAX, Chosen::default(), "").await.unwrap()), "请先选择要申请的许可项目");
        assert_eq!(service::submit(&owner, &no, "c", true).await.unwrap(), []);
        assert!(is_moved(service::choice(&owner, &no).await));
        assert!(is_moved(service::rechoose(&owner, &no, i64::MAX, chosen, "").await.map(drop)));
        assert_eq!(record(&owner, &no).await.items, items(&["SE031", "SE033"]));
    }
}
