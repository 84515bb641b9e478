//! At which of several addresses an item is carried out, as each kind of certificate says it.

use super::letters::{granted, people};
use super::*;
use crate::casework::certify;
use crate::document::service as documents;
use crate::form::Values;

/// Three addresses of a book, not in the order of their ids.
const ADDRESSES: [(&str, &str); 7] = [
    ("basic/addresses/b", "000000"),
    ("basic/addresses/b/region", "陕西省西安市"),
    ("basic/addresses/b/address", "示范路1号"),
    ("basic/addresses/a", "000001"),
    ("basic/addresses/a/address", "示范路2号"),
    ("basic/addresses/c", "000002"),
    ("basic/addresses/c/address", "示范路3号"),
];

/// A granted case of a category with these answers in its book.
async fn booked(test: &TestApp, category: &'static str, items: &'static str, answers: Vec<(&'static str, &'static str)>) -> (Visit, String) {
    let (owner, no) = granted(test, items).await;
    let (id, seat, me) = (record(test, &no).await.id, owner.clone(), no.clone());
    let made = test.app.db.write(move |tx| {
        Box::pin(async move {
            let version = version_of(&me, 1, &answers, seat.now());
            insert_version(tx, &id, &me, &version, &seat.caller()?.account_id).await?;
            tx.run("UPDATE application SET category = $1 WHERE id = $2", crate::vals![category, id]).await
        })
    });
    made.await.unwrap();
    (owner, no)
}

/// What is planned as the remark of each item.
async fn remarks(officer: &Visit, no: &str) -> Vec<String> {
    certify::plan(officer, no).await.unwrap().into_iter().flat_map(|planned| planned.rows).map(|row| row.remark).collect()
}

#[tokio::test]
async fn the_remark_names_the_addresses_by_their_numbers() {
    for test in engines().await {
        let people = people(&test).await;
        let valves = "[\"SE031\",\"SE033\"]";
        let chosen = [("items/items/SE031/addresses", "c,b"), ("items/items/SE031/remark", "限弹簧式"), ("items/items/SE033/addresses", "a")];
        let (owner, no) = booked(&test, "manufacture", valves, [&ADDRESSES[..], &chosen].concat()).await;
        let planned = remarks(&people.officer, &no).await;
        assert_eq!(planned[0], "限弹簧式；须经型式试验，见型式试验证书；地址 1、3");
        assert!(planned[1].ends_with("；地址 2"), "{planned:?}");
        // Prefilled, for the officer to write another.
        let written = Values::from([("SE033".to_owned(), "地址 3".to_owned())]);
        certify::issue(&people.officer, &no, "issue", 2, &written).await.unwrap();
        let line = documents::of_case(&owner, &no).await.unwrap().into_iter().rfind(|line| line.kind.is_certificate()).unwrap();
        let paper = documents::open(&owner, &line.id).await.unwrap().content;
        assert_eq!(paper.fact("制造地址"), Some("（1）陕西省西安市示范路1号\n（2）示范路2号\n（3）示范路3号"));
        let lines = paper.lines();
        assert!(lines[0].contains(&planned[0].as_str()) && lines[1].contains(&"地址 3"), "{lines:?}");

        // A book from before this was asked belongs to all of them, one address to none.
        for (answers, at) in [(ADDRESSES.to_vec(), "；地址 1、2、3"), (ADDRESSES[..3].to_vec(), "见型式试验证书")] {
            let (_, no) = booked(&test, "manufacture", "[\"SE031\"]", answers).await;
            assert!(remarks(&people.officer, &no).await[0].ends_with(at), "{at}");
        }
    }
}

#[tokio::test]
async fn the_other_kinds_of_certificate_say_it_alike() {
    for test in engines().await {
        let people = people(&test).await;
        let filling = [("items/items/SE121/addresses", "a"), ("items/items/SE121/product", "压缩气体：氧")];
        let (_, no) = booked(&test, "filling-cylinder", "[\"SE121\"]", [&ADDRESSES[..], &filling].concat()).await;
        assert_eq!(remarks(&people.officer, &no).await, ["地址 2"]);
        let institution = vec![
            ("i_basic/addresses/x", "1"),
            ("i_basic/addresses/x/address", "甲路"),
            ("i_basic/addresses/y", "2"),
            ("i_basic/addresses/y/address", "乙路"),
            ("i_items/items/SE129/addresses", "y"),
        ];
        let (owner, no) = booked(&test, "institution", "[\"SE129\"]", institution).await;
        assert_eq!(remarks(&people.officer, &no).await, ["地址 2"]);
        certify::issue(&people.officer, &no, "issue", 2, &Values::new()).await.unwrap();
        let line = documents::of_case(&owner, &no).await.unwrap().into_iter().rfind(|line| line.kind.is_certificate()).unwrap();
        let paper = documents::open(&owner, &line.id).await.unwrap().content;
        assert_eq!(paper.fact("办公地址"), Some("（1）甲路\n（2）乙路"));
        assert_eq!(paper.lines(), [["CG", "地址 2"]]);
    }
}
