//! A page posted without script: only what differs from what the person saw is a change.

use super::*;

pub(super) fn values(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()
}

/// What a browser posts of a page: every field of it, as shown, with some of them changed.
pub(super) async fn form(visit: &Visit, no: &str, page: &str, typed: &[(&str, &str)]) -> Values {
    let view = service::book(visit, no, page).await.unwrap();
    let page = *crate::application::book::pages("manufacture", "first").iter().find(|p| p.key == page).unwrap();
    let shown = view.doc.cells.iter().filter(|(path, cell)| page.field_at(path).is_some() && cell.value.is_some());
    let mut all: Values = page.fields().map(|(path, _)| (path, String::new())).collect();
    all.extend(shown.map(|(path, cell)| (path.clone(), cell.value.clone().unwrap_or_default())));
    all.extend(values(typed));
    all
}

async fn rows(visit: &Visit, no: &str) -> Vec<String> {
    let (_, rows) = service::table_rows(visit, no, "basic", "certs").await.unwrap();
    rows.into_iter().map(|row| row["name"].clone()).collect()
}

#[tokio::test]
async fn only_what_differs_becomes_a_change() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let seen = revision(&owner, &no).await;
        let posted = form(&owner, &no, "basic", &[]).await;
        assert_eq!(service::save_page(&owner, &no, "basic", seen, posted, "save").await.unwrap(), []);
        assert_eq!(revision(&owner, &no).await, seen, "nothing typed, nothing changed");
        let posted = form(
            &owner,
            &no,
            "basic",
            &[("basic/postcode", " 710016 "), ("basic/fax", "wrong but kept"), ("basic/org_name", "forged"), ("items/declarer", "another page's")],
        )
        .await;
        assert_eq!(service::save_page(&owner, &no, "basic", seen, posted.clone(), "save").await.unwrap(), []);
        let saved = service::changes(&owner, &no, seen).await.unwrap();
        assert_eq!(saved.changed.keys().collect::<Vec<_>>(), ["basic/fax", "basic/postcode"]);
        assert_eq!(saved.changed["basic/postcode"].value.as_deref(), Some("710016"));
        assert_eq!(service::save_page(&owner, &no, "basic", seen, posted, "save").await.unwrap(), [], "posted again, as with Back");
        assert_eq!(service::book(&owner, &no, "basic").await.unwrap().doc.get("basic/fax"), "wrong but kept");
    }
}

#[tokio::test]
async fn what_another_changed_meanwhile_is_not_lost() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let filler = test.join(&unit_of(&owner), Role::Filler).await;
        let seen = revision(&owner, &no).await;
        let posted = form(&owner, &no, "basic", &[("basic/legal_rep", "我写的")]).await;
        let untouched = form(&owner, &no, "basic", &[]).await;
        one(&filler, &no, op("a", "basic/legal_rep", Base::Revision(seen), "别人写的")).await;
        one(&filler, &no, op("b", "basic/contact", Base::Revision(seen), "另一人")).await;
        one(&filler, &no, op("c", "basic/fax", NEW, "029-1")).await;
        let conflicts = service::save_page(&owner, &no, "basic", seen, posted, "save").await.unwrap();
        assert_eq!(conflicts.len(), 1, "{conflicts:?}");
        let card = &conflicts[0];
        assert_eq!((card.path.as_str(), card.mine.as_deref(), card.theirs.as_deref()), ("basic/legal_rep", Some("我写的"), Some("别人写的")));
        assert_eq!(service::save_page(&owner, &no, "basic", seen, untouched, "save").await.unwrap(), [], "fields nobody touched here");
        let doc = service::book(&owner, &no, "basic").await.unwrap().doc;
        assert_eq!((doc.get("basic/legal_rep"), doc.get("basic/contact"), doc.get("basic/fax")), ("别人写的", "另一人", "029-1"));
        let chosen = form(&owner, &no, "basic", &[("basic/legal_rep", "我写的")]).await;
        assert_eq!(service::save_page(&owner, &no, "basic", card.revision, chosen, "save").await.unwrap(), [], "after having seen it");
        assert_eq!(service::book(&owner, &no, "basic").await.unwrap().doc.get("basic/legal_rep"), "我写的");
    }
}

#[tokio::test]
async fn rows_come_go_and_move_by_buttons_that_post() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let press = async |typed: &[(&str, &str)], act: &str| {
            let seen = revision(&owner, &no).await;
            let posted = form(&owner, &no, "basic", typed).await;
            assert_eq!(service::save_page(&owner, &no, "basic", seen, posted, act).await.unwrap(), [], "{act}");
            service::book(&owner, &no, "basic").await.unwrap().doc.rows("basic/certs")
        };
        assert!(press(&[], "save").await.is_empty());
        let first = press(&[("basic/fax", "029-1")], "add:basic/certs").await;
        assert_eq!(first.len(), 1);
        assert_eq!(service::book(&owner, &no, "basic").await.unwrap().doc.get("basic/fax"), "029-1", "what was typed is saved with the button");
        let a = format!("basic/certs/{}", first[0]);
        let second = press(&[(&format!("{a}/name"), "甲")], "add:basic/certs").await;
        let b = format!("basic/certs/{}", second[1]);
        press(&[(&format!("{b}/name"), "乙")], "save").await;
        assert_eq!(rows(&owner, &no).await, ["甲", "乙"]);
        press(&[], &format!("up:{b}")).await;
        assert_eq!(rows(&owner, &no).await, ["乙", "甲"]);
        press(&[], &format!("down:{b}")).await;
        press(&[], &format!("copy:{a}")).await;
        assert_eq!(rows(&owner, &no).await, ["甲", "甲", "乙"]);
        press(&[], &format!("remove:{a}")).await;
        assert_eq!(rows(&owner, &no).await, ["甲", "乙"]);
        press(&[("basic/certs/forged/name", "x")], "nonsense:basic/certs").await;
        assert_eq!(rows(&owner, &no).await, ["甲", "乙"]);
    }
}

#[tokio::test]
async fn typing_in_a_row_that_another_removed_is_told() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        save(&owner, &no, &[op("r", "basic/certs/r1", NEW, "m"), op("n", "basic/certs/r1/name", NEW, "甲")]).await.unwrap();
        let seen = revision(&owner, &no).await;
        let untouched = form(&owner, &no, "basic", &[]).await;
        let typed = form(&owner, &no, "basic", &[("basic/certs/r1/body", "认证中心")]).await;
        one(&owner, &no, gone("x", "basic/certs/r1", Base::Revision(seen))).await;
        assert_eq!(service::save_page(&owner, &no, "basic", seen, untouched, "save").await.unwrap(), []);
        let conflicts = service::save_page(&owner, &no, "basic", seen, typed, "save").await.unwrap();
        assert_eq!(
            conflicts.iter().map(|c| (c.path.as_str(), c.mine.as_deref(), c.theirs.as_deref())).collect::<Vec<_>>(),
            [("basic/certs/r1/body", Some("认证中心"), None)]
        );
    }
}

#[tokio::test]
async fn refusals() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let posted = values(&[("basic/fax", "1")]);
        let reader = test.join(&unit_of(&owner), Role::Reader).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        for (visit, page, refusal) in
            [(&reader, "basic", AppError::Forbidden), (&stranger, "basic", AppError::NotFound), (&owner, "calibration", AppError::NotFound)]
        {
            assert_eq!(service::save_page(visit, &no, page, 0, posted.clone(), "save").await.err(), Some(refusal));
        }
        service::delete(&owner, &no).await.unwrap();
        assert!(is_moved(service::save_page(&owner, &no, "basic", 0, posted, "save").await));
    }
}
