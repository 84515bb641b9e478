//! Names of units, found by a part of them on either engine.

use super::*;
use crate::account::store::{Unit, insert_units, rarest_gram};

#[tokio::test]
async fn a_text_is_looked_up_by_the_pair_that_fewest_names_hold() {
    for test in TestApp::all().await {
        let names = ["西安（示范）Valve有限公司", "西安恒达有限公司", "宝鸡恒通有限公司"];
        let unit = |(n, name): (usize, &&str)| Unit {
            id: format!("u{n}"),
            kind: "enterprise".into(),
            name: (*name).to_owned(),
            code: format!("c{n}"),
            ..Unit::default()
        };
        let units: Vec<Unit> = names.iter().enumerate().map(unit).collect();
        test.app.db.write(move |tx| Box::pin(async move { insert_units(tx, &units).await })).await.unwrap();
        for (text, from, count) in
            [("恒达有限公司", "恒达", 1), ("(示范)", "(示", 1), ("VALVE", "al", 1), ("有限", "有限", 2), ("西", "西", 2), ("司", "司", 2), ("无此", "无此", 0)]
        {
            let found = rarest_gram(&mut test.app.db.read().await.unwrap(), text, 1).await.unwrap().unwrap();
            assert_eq!((found.from.as_str(), found.count), (from, count), "{text}: counted no further than two");
        }
        assert_eq!(rarest_gram(&mut test.app.db.read().await.unwrap(), "", 1).await.unwrap(), None);
    }
}
