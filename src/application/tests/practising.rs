//! Whom a person's application asks about the practice, when it is handed in.

use super::*;
use crate::application::service::{FORMER_ORG, PRACTICE_CODE, PRACTICE_ORG, ask_employers};
use crate::application::store;
use crate::casework::service as casework;
use crate::form::Doc;
use crate::server::testing::person_draft;
use crate::vals;
use crate::workflow::person::{LEFT, NAMED, PersonKind};

/// A person's draft of a kind.
async fn begun_by(visit: &Visit, kind: PersonKind) -> String {
    person_draft(visit, kind, "UT-II").await.no
}

/// Whom a draft would ask with this code in its book: what the workflow is told, and what is stored.
async fn asked(visit: &Visit, no: &str, code: &str) -> (Vec<String>, Vec<String>) {
    asked_by(visit, no, &[(PRACTICE_CODE, code)]).await
}

/// The same with more in its book.
async fn asked_by(visit: &Visit, no: &str, book: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let (seat, no) = (visit.clone(), no.to_owned());
    let doc = Doc::of(book.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())));
    let work = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let record = store::find(tx, &no).await?.ok_or(AppError::NotFound)?;
            let (mut file, _) = casework::load(&seat, tx, &no).await?;
            ask_employers(tx, &record, &doc, &mut file).await?;
            assert_eq!(file.facts.employers, file.record.employers);
            Ok((file.facts.employers, store::find(tx, &no).await?.ok_or(AppError::NotFound)?.employers))
        })
    });
    work.await.unwrap()
}

async fn code_of(visit: &Visit) -> String {
    unit(visit).await.code
}

async fn name_of(visit: &Visit) -> String {
    unit(visit).await.name
}

async fn unit(visit: &Visit) -> Unit {
    crate::account::store::find_unit(&mut visit.app.db.read().await.unwrap(), &unit_of(visit)).await.unwrap().unwrap()
}

#[tokio::test]
async fn the_registered_practising_unit_is_asked() {
    for test in engines().await {
        let who = test.member("person", Role::Owner).await;
        let institute = test.member("institution", Role::Owner).await;
        let no = begun_by(&who, PersonKind::Obtain).await;
        let (code, id) = (code_of(&institute).await, unit_of(&institute));
        assert_eq!(asked(&who, &no, &code.to_lowercase()).await, (vec![id.clone()], vec![id]), "however it is typed");
        let nobody = (vec![NAMED.to_owned()], vec![NAMED.to_owned()]);
        assert_eq!(asked(&who, &no, "").await, nobody, "a unit that is only named cannot be asked: its proof is checked");
        assert_eq!(asked(&who, &no, "NOBODY").await, nobody);
        let name = name_of(&institute).await;
        assert_eq!(asked_by(&who, &no, &[(PRACTICE_ORG, &name)]).await.0, [unit_of(&institute)], "by its whole name where no code is given");
        assert_eq!(asked_by(&who, &no, &[(PRACTICE_ORG, &name), (PRACTICE_CODE, "NOBODY")]).await, nobody, "a wrong code is not made good by the name");
        let (id, twin) = (ids::new(test.app.clock.now()), name.clone());
        let unit = Unit { id, kind: "institution".into(), name: twin, code: ids::incident(), ..Unit::default() };
        test.app.db.write(move |tx| Box::pin(async move { insert_unit(tx, &unit).await })).await.unwrap();
        assert_eq!(asked_by(&who, &no, &[(PRACTICE_ORG, &name)]).await, nobody, "of two of one name neither is asked");
        for kind in ["person", "exam-body"] {
            let other = test.member(kind, Role::Owner).await;
            assert_eq!(asked(&who, &no, &code_of(&other).await).await, nobody, "nobody practises at a {kind}");
        }
    }
}

#[tokio::test]
async fn a_change_of_practice_asks_both_sides() {
    for test in engines().await {
        let who = test.member("person", Role::Owner).await;
        let (former, new) = (test.member("institution", Role::Owner).await, test.member("institution", Role::Owner).await);
        let part = format!("{{\"terms\":[],\"practice\":\"{}\"}}", unit_of(&former));
        let held = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at, person) \
                    VALUES ('c', $1, 'TS8261001-2031', 'personnel', '[\"UT-II\"]', '610000', '2026-01-01', '2030-12-31', 'valid', 1, $2)";
        let args = vals![unit_of(&who), part];
        test.app.db.write(move |tx| Box::pin(async move { tx.run(held, args).await })).await.unwrap();
        let (code, both) = (code_of(&new).await, vec![unit_of(&new), unit_of(&former)]);
        let change = begun_by(&who, PersonKind::Move).await;
        assert_eq!(asked(&who, &change, &code).await, (both.clone(), both));
        let only = vec![unit_of(&former)];
        assert_eq!(asked(&who, &change, &code_of(&former).await).await, (only.clone(), only), "the same unit is asked once");
        let another = begun_by(&who, PersonKind::Obtain).await;
        assert_eq!(asked(&who, &another, &code).await.0, [unit_of(&new)], "only a change concerns the former one");
    }
}

#[tokio::test]
async fn of_a_former_unit_that_the_register_only_names_the_leaving_is_proven() {
    for test in engines().await {
        let who = test.member("person", Role::Owner).await;
        let new = test.member("institution", Role::Owner).await;
        let held = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at, person) \
                    VALUES ('c', $1, 'TS8261001-2031', 'personnel', '[\"UT-II\"]', '610000', '2026-01-01', '2030-12-31', 'valid', 1, $2)";
        let args = vals![unit_of(&who), r#"{"terms":[],"practice":"","practice_name":"旧检测有限公司"}"#];
        test.app.db.write(move |tx| Box::pin(async move { tx.run(held, args).await })).await.unwrap();
        let (code, change) = (code_of(&new).await, begun_by(&who, PersonKind::Move).await);
        let book = [(PRACTICE_CODE, code.as_str()), ("qualification/change_what", "practice"), (FORMER_ORG, "旧检测有限公司")];
        assert_eq!(asked_by(&who, &change, &book).await.0, [unit_of(&new), LEFT.to_owned()]);
    }
}

#[tokio::test]
async fn where_the_register_has_none_the_former_unit_is_found_by_its_name() {
    for test in engines().await {
        let who = test.member("person", Role::Owner).await;
        let (former, new) = (test.member("institution", Role::Owner).await, test.member("institution", Role::Owner).await);
        let unit = unit(&former).await;
        let (code, change) = (code_of(&new).await, begun_by(&who, PersonKind::Move).await);
        let what = "qualification/change_what";
        let both = asked_by(&who, &change, &[(PRACTICE_CODE, &code), (what, "practice"), (FORMER_ORG, &unit.name)]).await;
        assert_eq!(both.0, [unit_of(&new), unit_of(&former)]);
        let named = asked_by(&who, &change, &[(PRACTICE_CODE, &code), (what, "both"), (FORMER_ORG, "旧检测有限公司")]).await;
        assert_eq!(named.0, [unit_of(&new), LEFT.to_owned()], "its proof is checked");
        let neither = asked_by(&who, &change, &[(PRACTICE_CODE, ""), (what, "practice"), (FORMER_ORG, "旧检测有限公司")]).await;
        assert_eq!(neither.0, [NAMED, LEFT]);
        let data = asked_by(&who, &change, &[(PRACTICE_CODE, &code), (what, "data"), (FORMER_ORG, &unit.name)]).await;
        assert_eq!(data.0, [unit_of(&new)], "who changes data only leaves nobody");
    }
}
