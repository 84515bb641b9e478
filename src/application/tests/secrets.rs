//! Personal ids: ciphertext wherever they are stored, masked wherever they are shown.

use super::*;

const ID: &str = "610121198709243016";
const MASKED: &str = "610121********3016";
const OTHER: &str = "610102199303084022";
const PATH: &str = "staff/people/r9/id_no";

async fn with_a_person(test: &TestApp) -> (Visit, String) {
    let (owner, no) = begun(test).await;
    save(&owner, &no, &[op("row", "staff/people/r9", NEW, "m"), op("id", PATH, NEW, ID)]).await.unwrap();
    (owner, no)
}

/// The ids as they are known, of all people of the list.
async fn known(test: &TestApp, no: &str) -> Vec<String> {
    let sql =
        "SELECT c.value FROM draft_cell c JOIN application a ON a.id = c.application_id WHERE a.no = $1 AND c.path LIKE 'staff/people/%/id_no' ORDER BY c.path";
    let rows = test.app.db.read().await.unwrap().rows(sql, crate::vals![no]).await.unwrap();
    rows.iter().map(|row| test.app.keys.open(&row.text("value").unwrap()).unwrap()).collect()
}

async fn shown(visit: &Visit, no: &str) -> String {
    service::book(visit, no, "staff").await.unwrap().doc.get(PATH).to_owned()
}

/// How many stored texts hold a plain id.
async fn plain(test: &TestApp, id: &str) -> i64 {
    let mut found = 0;
    for sql in [
        "SELECT COUNT(*) AS n FROM draft_cell WHERE value LIKE $1",
        "SELECT COUNT(*) AS n FROM draft_op WHERE value LIKE $1 OR outcome LIKE $1",
        "SELECT COUNT(*) AS n FROM application_version WHERE body LIKE $1",
        "SELECT COUNT(*) AS n FROM audit WHERE detail LIKE $1",
        "SELECT COUNT(*) AS n FROM case_event WHERE reason LIKE $1 OR payload LIKE $1",
    ] {
        found += count(test, sql, &format!("%{id}%")).await;
    }
    found
}

#[tokio::test]
async fn nothing_stored_holds_a_plain_id() {
    for test in engines().await {
        let sample = Sample::of(VALVE);
        let owner = owner(&test, &sample).await;
        let no = complete(&owner, &sample).await;
        assert_eq!(service::submit(&owner, &no, "click", true).await.unwrap(), []);
        assert_eq!(plain(&test, ID).await, 0);
        assert!(plain(&test, "秦晓梅").await > 0, "what is no secret is found");
        for frozen in [service::review(&owner, &no).await.unwrap().frozen, service::version(&owner, &no, 1).await.unwrap().0] {
            let text = serde_json::to_string(&frozen).unwrap();
            assert!(text.contains(MASKED) && !text.contains(ID) && !text.contains("\"sealed\""), "{text}");
        }
        let stored =
            test.app.db.read().await.unwrap().row("SELECT body FROM application_version", crate::vals![]).await.unwrap().unwrap().text("body").unwrap();
        assert!(stored.contains("sealed") && stored.contains("digest"));
        let copy = service::copy(&owner, &no).await.unwrap();
        assert_eq!(plain(&test, ID).await, 0);
        assert!(known(&test, &copy).await.contains(&ID.to_owned()), "and is still known");
    }
}

#[tokio::test]
async fn what_is_shown_is_masked() {
    for test in engines().await {
        let (owner, no) = with_a_person(&test).await;
        assert_eq!(shown(&owner, &no).await, MASKED);
        let changes = service::changes(&owner, &no, 0).await.unwrap();
        assert_eq!(changes.changed[PATH].value.as_deref(), Some(MASKED));
        let batch = Batch { no: no.clone(), seen: 0, ops: Vec::new() };
        assert_eq!(service::save(&owner, batch).await.unwrap().changed[PATH].value.as_deref(), Some(MASKED));
        let conflict = one(&owner, &no, op("late", PATH, NEW, OTHER)).await;
        assert!(matches!(&conflict, Outcome::Conflict { theirs: Some(theirs), .. } if theirs == MASKED), "{conflict:?}");
        let text = serde_json::to_string(&service::review(&owner, &no).await.unwrap()).unwrap();
        assert!(text.contains(MASKED) && !text.contains(ID));
        assert_eq!((plain(&test, ID).await, plain(&test, OTHER).await), (0, 0), "not even what lost");
        one(&owner, &no, op("short", PATH, Base::Op("id".into()), "E1234567")).await;
        assert_eq!(shown(&owner, &no).await, "********", "what is no id yet is hidden whole");
    }
}

#[tokio::test]
async fn a_certificate_is_hidden_where_its_number_is_the_id() {
    const CERTIFICATE: &str = "staff/people/r9/certificate";
    for test in engines().await {
        let (owner, no) = with_a_person(&test).await;
        let shown = async || service::book(&owner, &no, "staff").await.unwrap().doc.get(CERTIFICATE).to_owned();
        for (number, mask) in [(ID, MASKED), ("TS610121198709243016", "********************"), ("Z610000100001", "Z610000100001")] {
            one(&owner, &no, op(number, CERTIFICATE, Base::Revision(i64::MAX), number)).await;
            assert_eq!(shown().await, mask);
            let text = serde_json::to_string(&service::review(&owner, &no).await.unwrap()).unwrap();
            assert!(text.contains(mask) && !text.contains(ID), "{text}");
            let sheet = service::table_rows(&owner, &no, "staff", "people").await.unwrap().1;
            assert_eq!(sheet[0]["certificate"], mask);
            assert_eq!(plain(&test, number).await, 0, "ciphertext also where it is shown");
        }
        one(&owner, &no, op("mask", CERTIFICATE, Base::Revision(i64::MAX), "610121********3017")).await;
        let issues = service::book(&owner, &no, "staff").await.unwrap().judged.issues;
        assert!(issues.iter().any(|issue| issue.path == CERTIFICATE && issue.message.zh.contains("隐去")), "a mask is no number: {issues:?}");
    }
}

#[tokio::test]
async fn a_mask_posted_back_changes_nothing() {
    for test in engines().await {
        let (owner, no) = with_a_person(&test).await;
        assert!(matches!(one(&owner, &no, op("mask", PATH, Base::Op("id".into()), MASKED)).await, Outcome::Applied { .. }));
        let seen = revision(&owner, &no).await;
        let posted = Values::from([(PATH.to_owned(), MASKED.to_owned()), ("staff/people/r9/name".to_owned(), "冯志远".to_owned())]);
        assert_eq!(service::save_page(&owner, &no, "staff", seen, posted, "save").await.unwrap(), []);
        let row = service::table_rows(&owner, &no, "staff", "people").await.unwrap().1[0].clone();
        assert_eq!((row["id_no"].as_str(), row["name"].as_str()), (MASKED, "冯志远"), "a sheet has the mask");
        assert_eq!(known(&test, &no).await, [ID]);
        assert_eq!(revision(&owner, &no).await, seen + 1, "only the name was a change");

        // Another changes the id; the page posted later still carries the old mask, which nobody touched.
        one(&owner, &no, op("new", PATH, Base::Revision(i64::MAX), OTHER)).await;
        let posted = Values::from([(PATH.to_owned(), MASKED.to_owned())]);
        assert_eq!(service::save_page(&owner, &no, "staff", seen, posted, "save").await.unwrap(), []);
        assert_eq!(known(&test, &no).await, [OTHER]);
    }
}
