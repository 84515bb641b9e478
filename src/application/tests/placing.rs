//! Which address an item belongs to: asked where the book has several, kept by the rows, frozen in their words.

use super::correcting::{notice, officer};
use super::plain::values;
use super::*;
use crate::application::frozen::{Frozen, FrozenPart};

const FIRST: &str = "items/items/SE031/addresses";
const SECOND: &str = "items/items/SE033/addresses";
const ANY: Base = Base::Revision(i64::MAX);

/// The addresses that the page of the items offers.
async fn offered(visit: &Visit, no: &str) -> Vec<(String, String)> {
    let mut view = service::book(visit, no, "items").await.unwrap();
    view.offered.remove("basic/addresses").into_iter().flatten().flatten().collect()
}

async fn chosen(visit: &Visit, no: &str) -> String {
    service::book(visit, no, "items").await.unwrap().doc.get(FIRST).to_owned()
}

/// How an answer of a table reads in a version, and the rows behind it.
fn frozen(book: &Frozen, path: &str) -> Option<(String, String)> {
    let parts = book.pages.iter().flat_map(|page| &page.parts);
    let rows = parts.filter_map(|part| if let FrozenPart::Table { rows, .. } = part { Some(rows) } else { None });
    rows.flatten().flatten().find(|value| value.path == path).map(|value| (value.shown.zh.to_string(), value.chosen.clone()))
}

#[tokio::test]
async fn it_is_asked_only_where_there_are_several_addresses() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let rows = offered(&owner, &no).await;
        assert_eq!((rows.len(), rows[0].0.as_str(), rows[0].1.as_str()), (3, "r1", "陕西省西安市未央区 示范工业园阀门路1号"));
        let asked = async || errors(&owner, &no).await.into_iter().filter(|path| [FIRST, SECOND].contains(&path.as_str())).count();
        assert_eq!(asked().await, 2);
        save(&owner, &no, &[gone("a", "basic/addresses/r2", ANY), op("b", "basic/addresses/r3/region", ANY, "")]).await.unwrap();
        assert_eq!(offered(&owner, &no).await[1], ("r3".to_owned(), "航天大道示范园3栋".to_owned()), "as far as it is filled in");
        one(&owner, &no, op("c", "basic/addresses/r3/address", ANY, "")).await;
        assert_eq!(offered(&owner, &no).await[1].1, "第 2 行");
        one(&owner, &no, gone("d", "basic/addresses/r3", ANY)).await;
        assert_eq!((offered(&owner, &no).await.len(), asked().await), (0, 0));
        assert_eq!(frozen(&service::review(&owner, &no).await.unwrap().frozen, FIRST), None, "no such column is printed");
    }
}

#[tokio::test]
async fn boxes_are_posted_without_script() {
    for test in engines().await {
        let (owner, no) = begun(&test).await;
        let post = async |typed: &[(&str, &str)]| {
            let seen = revision(&owner, &no).await;
            assert_eq!(service::save_page(&owner, &no, "items", seen, values(typed), "save").await.unwrap(), []);
            (chosen(&owner, &no).await, revision(&owner, &no).await - seen)
        };
        let boxes = [(FIRST, ""), ("items/items/SE031/addresses@r1", "yes"), ("items/items/SE031/addresses@r2", "yes")];
        assert_eq!(post(&boxes).await, ("r1,r2".to_owned(), 1));
        assert_eq!(post(&boxes).await, ("r1,r2".to_owned(), 0), "nothing else was ticked");
        one(&owner, &no, op("a", FIRST, ANY, "r2,r1")).await;
        assert_eq!(post(&boxes).await, ("r2,r1".to_owned(), 0), "rows are chosen in no order");
        assert_eq!(post(&[("items/items/SE031/product", "A42Y")]).await, ("r2,r1".to_owned(), 1), "where it was not drawn nothing was taken back");
        assert_eq!(post(&boxes[..1]).await, (String::new(), 1));
    }
}

#[tokio::test]
async fn an_address_removed_later_is_told_where_it_was_chosen() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        assert_eq!(errors(&owner, &no).await, Vec::<String>::new());
        one(&owner, &no, gone("a", "basic/addresses/r3", ANY)).await;
        assert_eq!(errors(&owner, &no).await, [SECOND]);
        let book = service::review(&owner, &no).await.unwrap().frozen;
        assert_eq!(frozen(&book, SECOND), Some(("（已删除）".to_owned(), "r3".to_owned())));
        // The row comes back, and with it what was chosen.
        one(&owner, &no, op("b", "basic/addresses/r3", ANY, "a")).await;
        assert_eq!(errors(&owner, &no).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_version_keeps_the_words_and_the_rows_and_is_compared_by_the_rows() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        assert_eq!(service::submit(&owner, &no, "c1", true).await.unwrap(), []);
        let (book, _) = service::version(&owner, &no, 1).await.unwrap();
        let words = "陕西省西安市未央区 示范工业园阀门路1号；陕西省西安市高陵区 泾河工业区示范路8号";
        assert_eq!(frozen(&book, FIRST), Some((words.to_owned(), "r1,r2".to_owned())));
        let text = serde_json::to_string(&book).unwrap();
        let older: Frozen = serde_json::from_str(&text.replace(",\"chosen\":\"r1,r2\"", "")).unwrap();
        assert_eq!(frozen(&older, FIRST), Some((words.to_owned(), String::new())), "a version from before is still read");
        // With the addresses it is open in a correction which items belong to them, and nothing else of the items.
        notice(&officer(&test).await, &no, "basic/addresses").await;
        assert!(matches!(save(&owner, &no, &[op("a", "items/items/SE031/product", ANY, "x")]).await, Err(AppError::Refused(_))));
        save(&owner, &no, &[op("b", SECOND, ANY, "r3,r1"), op("c", "basic/addresses/r1/address", ANY, "示范路9号")]).await.unwrap();
        assert_eq!(service::resubmit(&owner, &no, "c2", true, vec!["basic/addresses".to_owned()]).await.unwrap(), []);
        let changes = service::compare(&owner, &no, 1, 2).await.unwrap();
        assert_eq!(changes.iter().map(|change| change.path.as_str()).collect::<Vec<_>>(), ["basic/addresses/r1/address", SECOND]);
        assert_eq!(changes[1].after, "陕西省西安市未央区 示范路9号；陕西省西安市雁塔区 航天大道示范园3栋");
    }
}
