//! 变更 of personal data in a person's book: the new name, the new document or both, judged as the account's are.

use super::person::{ID_NO, begun_person, complete_person, holds, individual};
use super::*;
use crate::application::book::persons::NEW_ID_NO;

const NEW: &str = "110105198307120250";
const ANOTHERS: &str = "330106198809260031";

/// Types what changes, the new name, the new document and its number; tells what is wrong then.
async fn put(person: &Visit, no: &str, answers: [&str; 4]) -> Vec<String> {
    let paths = ["change_what", "new_name", "new_id_kind", "new_id_no"].map(|key| format!("qualification/{key}"));
    lay(person, no, paths.into_iter().zip(answers.map(str::to_owned)).collect()).await;
    errors(person, no).await
}

#[tokio::test]
async fn what_changes_of_a_person_is_asked_and_judged_as_the_accounts() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        individual(&test, ANOTHERS).await;
        holds(&person, "UT-II", "2017-09-01", "2027-08-31", "valid").await;
        let no = begun_person(&person, "move", "UT-II").await;
        complete_person(&person, &no).await;
        for (answers, wrong) in [
            (["data", "", "", ""], Some("new_name")),
            (["data", " 李梅", "", ""], Some("new_name")),
            (["data", "李小梅", "", ""], None),
            (["data", "", "resident", ""], Some("new_id_no")),
            (["data", "", "resident", "110105198307120251"], Some("new_id_no")),
            (["data", "", "resident", ID_NO], Some("new_id_no")),
            (["data", "", "resident", ANOTHERS], Some("new_id_no")),
            (["data", "", "passport", "E1"], Some("new_id_no")),
            (["data", "", "", NEW], Some("new_id_kind")),
            (["data", "李小梅", "resident", NEW], None),
        ] {
            let expected: Vec<String> = wrong.iter().map(|key| format!("qualification/{key}")).collect();
            assert_eq!(put(&person, &no, answers).await, expected, "{answers:?}");
        }
        assert!(put(&person, &no, ["practice", "李小梅", "", ""]).await.contains(&"qualification/new_name".to_owned()), "it is not what changes");
        assert_eq!(put(&person, &no, ["data", "李小梅", "resident", NEW]).await, Vec::<String>::new());
        assert_eq!(service::book(&person, &no, "qualification").await.unwrap().doc.get(NEW_ID_NO), "110105********0250", "masked");
        assert_eq!(count(&test, "SELECT COUNT(*) AS n FROM draft_cell WHERE value LIKE '%' || $1 || '%'", NEW).await, 0, "nothing in the open");
        assert_eq!(service::submit(&person, &no, "one", true).await.unwrap(), Vec::new());
        let shown = serde_json::to_string(&service::review(&person, &no).await.unwrap().frozen).unwrap();
        assert!(shown.contains("李小梅") && shown.contains("110105********0250") && !shown.contains(NEW));
        let mut tx = test.app.db.read().await.unwrap();
        let id = super::super::store::find(&mut tx, &no).await.unwrap().unwrap().id;
        let version = service::newest(&mut tx, &id).await.unwrap().unwrap();
        assert_eq!(test.app.keys.open(version.sealed(NEW_ID_NO).unwrap()).unwrap(), NEW, "for whoever certifies it");
    }
}
