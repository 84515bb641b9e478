//! 执业单位 in a person's book: found, compared with the register, with the person's other applications and with the unit that is left.

use super::person::{ID_NO, answers, begun_person, complete_person, holds, individual};
use super::*;
use crate::vals;
use crate::workflow::State;

#[tokio::test]
async fn the_practising_unit_is_found_and_compared() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let sample = Sample::of(VALVE);
        owner(&test, &sample).await;
        let (name, code) = (sample.case.org_name.clone(), sample.case.uscc.clone());
        assert_eq!(service::find_practices(&person, "示范阀门").await.unwrap(), [(name.clone(), code.clone())]);
        assert_eq!(service::find_practices(&person, &code).await.unwrap().len(), 1);
        assert!(service::find_practices(&person, "门").await.unwrap().is_empty(), "one character would list everybody");
        let no = begun_person(&person, "obtain", "UT-I").await;
        complete_person(&person, &no).await;
        let put = |name: String, code: String| {
            let values = Values::from([("qualification/practice_org".to_owned(), name), ("qualification/practice_code".to_owned(), code)]);
            lay(&person, &no, values)
        };
        put(name.clone(), code.clone()).await;
        assert_eq!(errors(&person, &no).await, Vec::<String>::new());
        put("别的单位".into(), code).await;
        assert_eq!(errors(&person, &no).await, ["qualification/practice_org"]);
        put(name, String::new()).await;
        assert_eq!(errors(&person, &no).await, Vec::<String>::new(), "its whole name is enough");
    }
}

#[tokio::test]
async fn a_person_practises_in_one_institution_and_moves_by_a_change() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let sample = Sample::of(VALVE);
        let at = owner(&test, &sample).await;
        let term = r#"{"code":"UT-II","first_on":"2024-01-01","from":"2024-01-01","to":"2031-12-31"}"#;
        let part = format!(r#"{{"terms":[{term}],"practice":"{}"}}"#, unit_of(&at));
        let sql = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at, person) \
                   VALUES ('c', $1, 'TS8261001-2031', 'personnel', '[\"UT-II\"]', '610000', '2024-01-01', '2031-12-31', 'valid', 1, $2)";
        let args = vals![unit_of(&person), part];
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, args).await })).await.unwrap();
        let here = [("qualification/practice_org", sample.case.org_name.as_str()), ("qualification/practice_code", sample.case.uscc.as_str())];
        let elsewhere = [("qualification/practice_org", "别的检测有限公司"), ("qualification/practice_code", "")];
        let put = async |no: &str, typed: &[(&str, &str)]| {
            lay(&person, no, typed.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()).await;
            errors(&person, no).await
        };
        let second = begun_person(&person, "obtain", "UT-I").await;
        complete_person(&person, &second).await;
        assert_eq!(put(&second, &elsewhere).await, ["qualification/practice_org"], "to another unit one moves first");
        assert_eq!(put(&second, &here).await, Vec::<String>::new());
        let change = begun_person(&person, "move", "UT-II").await;
        complete_person(&person, &change).await;
        let left = put(&change, &[("qualification/change_what", "practice"), ("qualification/former_org", "别的单位")]).await;
        assert!(left.contains(&"qualification/former_org".to_owned()), "the register knows the unit that is left: {left:?}");
        put(&change, &[("qualification/former_org", sample.case.org_name.as_str())]).await;
        assert_eq!(put(&change, &here).await, ["qualification/practice_org"], "nothing would change");
        assert_eq!(put(&change, &elsewhere).await, Vec::<String>::new());
        let data = [("qualification/change_what", "data"), ("qualification/new_name", "李小梅")];
        assert_eq!(put(&change, &data).await, ["qualification/practice_org"], "who changes data only stays");
    }
}

#[tokio::test]
async fn a_unit_that_is_only_named_is_the_one_institution_too() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let term = r#"{"code":"UT-II","first_on":"2024-01-01","from":"2024-01-01","to":"2031-12-31"}"#;
        let part = format!(r#"{{"terms":[{term}],"practice":"","practice_name":"甲检测有限公司"}}"#);
        let sql = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at, person) \
                   VALUES ('c', $1, 'TS8261001-2031', 'personnel', '[\"UT-II\"]', '610000', '2024-01-01', '2031-12-31', 'valid', 1, $2)";
        let args = vals![unit_of(&person), part];
        test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, args).await })).await.unwrap();
        let second = begun_person(&person, "obtain", "UT-I").await;
        complete_person(&person, &second).await;
        assert_eq!(put(&person, &second, &[("qualification/practice_org", "乙检测有限公司")]).await, ["qualification/practice_org"]);
        assert_eq!(put(&person, &second, &[("qualification/practice_org", "甲检测有限公司")]).await, Vec::<String>::new());
        let change = begun_person(&person, "move", "UT-II").await;
        complete_person(&person, &change).await;
        let left =
            [("qualification/change_what", "practice"), ("qualification/practice_org", "乙检测有限公司"), ("qualification/former_org", "甲检测有限公司")];
        assert_eq!(put(&person, &change, &left).await, ["proofs/leaving_proof"], "it is not registered here, so it cannot be asked");
    }
}

#[tokio::test]
async fn of_a_unit_that_is_only_named_the_practice_is_proven() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let sample = Sample::of(VALVE);
        owner(&test, &sample).await;
        let no = begun_person(&person, "obtain", "UT-I").await;
        lay(&person, &no, answers()).await;
        let is_missing = async || errors(&person, &no).await.contains(&"proofs/practice_proof".to_owned());
        assert!(is_missing().await);
        let put = |name: &str, code: &str| {
            let values = [("qualification/practice_org", name), ("qualification/practice_code", code)];
            lay(&person, &no, values.map(|(path, value)| (path.to_owned(), value.to_owned())).into())
        };
        put(&sample.case.org_name, &sample.case.uscc).await;
        assert!(!is_missing().await, "a registered unit confirms it");
        put(&sample.case.org_name, "").await;
        assert!(!is_missing().await, "by its whole name it is found, too");
        put("西安示范阀门", "").await;
        assert!(is_missing().await, "a part of the name is not the unit");
        complete_person(&person, &no).await;
        assert_eq!(errors(&person, &no).await, Vec::<String>::new());
        assert_eq!(service::submit(&person, &no, "one", true).await.unwrap(), Vec::new());
        let stored = super::super::store::find(&mut test.app.db.read().await.unwrap(), &no).await.unwrap().unwrap();
        assert_eq!(stored.employers, [crate::workflow::person::NAMED]);
    }
}

/// Types these answers, and tells what is wrong then.
async fn put(person: &Visit, no: &str, typed: &[(&str, &str)]) -> Vec<String> {
    lay(person, no, typed.iter().map(|(path, value)| ((*path).to_owned(), (*value).to_owned())).collect()).await;
    errors(person, no).await
}

#[tokio::test]
async fn two_applications_at_once_name_one_unit() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let sample = Sample::of(VALVE);
        owner(&test, &sample).await;
        let named = [("qualification/practice_org", "甲检测有限公司"), ("qualification/practice_code", "")];
        let other = [("qualification/practice_org", sample.case.org_name.as_str()), ("qualification/practice_code", sample.case.uscc.as_str())];
        let first = begun_person(&person, "obtain", "UT-I").await;
        let second = begun_person(&person, "obtain", "RT-I").await;
        for no in [&first, &second] {
            complete_person(&person, no).await;
        }
        assert_eq!(put(&person, &first, &named).await, Vec::<String>::new());
        assert_eq!(put(&person, &second, &other).await, Vec::<String>::new(), "two drafts bind nobody");
        assert_eq!(service::submit(&person, &first, "one", true).await.unwrap(), Vec::new());
        let issues = service::submit(&person, &second, "two", true).await.unwrap();
        assert_eq!(issues.iter().map(|issue| issue.path.as_str()).collect::<Vec<_>>(), ["qualification/practice_org"]);
        assert!(issues[0].message.zh.contains(&first) && issues[0].message.zh.contains("甲检测有限公司"), "{issues:?}");
        assert_eq!(service::review(&person, &second).await.unwrap().head.state, State::Draft);
        assert_eq!(put(&person, &second, &named).await, Vec::<String>::new(), "the same unit for both");
        service::withdraw(&person, &first, "换单位").await.unwrap();
        assert_eq!(put(&person, &second, &other).await, Vec::<String>::new(), "an application that ended binds nobody");
    }
}

#[tokio::test]
async fn who_leaves_a_unit_names_it_and_it_is_asked_or_the_leaving_is_proven() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let sample = Sample::of(VALVE);
        owner(&test, &sample).await;
        holds(&person, "UT-II", "2017-09-01", "2027-08-31", "valid").await;
        let change = begun_person(&person, "move", "UT-II").await;
        complete_person(&person, &change).await;
        let to = [("qualification/change_what", "practice"), ("qualification/practice_org", "新检测有限公司"), ("qualification/former_org", "旧检测有限公司")];
        assert_eq!(put(&person, &change, &to).await, ["proofs/leaving_proof"], "it is not registered here, so it cannot be asked");
        let proof = uploaded(&person, &change, "proofs/leaving_proof", "离职证明.pdf").await;
        service::attach_file(&person, &change, "proofs/leaving_proof", &proof).await.unwrap();
        assert_eq!(errors(&person, &change).await, Vec::<String>::new());
        let at = service::book(&person, &change, "proofs").await.unwrap().doc.rows("proofs/leaving_proof").remove(0);
        service::detach_file(&person, &change, &format!("proofs/leaving_proof/{at}")).await.unwrap();
        assert_eq!(put(&person, &change, &[("qualification/former_org", sample.case.org_name.as_str())]).await, Vec::<String>::new(), "it is asked");
        assert_eq!(put(&person, &change, &[("qualification/former_org", "新检测有限公司")]).await, ["qualification/practice_org"], "nothing would change");
        let data = [("qualification/change_what", "data"), ("qualification/new_name", "李小梅")];
        assert_eq!(put(&person, &change, &data).await, Vec::<String>::new(), "who changes data only leaves nobody");
    }
}

#[tokio::test]
async fn of_two_handed_in_at_once_for_two_units_one_is_refused() {
    for test in engines().await {
        let person = individual(&test, ID_NO).await;
        let mut numbers = Vec::new();
        for (code, unit) in [("UT-I", "甲检测有限公司"), ("RT-I", "乙检测有限公司")] {
            let no = begun_person(&person, "obtain", code).await;
            complete_person(&person, &no).await;
            assert_eq!(put(&person, &no, &[("qualification/practice_org", unit)]).await, Vec::<String>::new());
            numbers.push(no);
        }
        let (one, other) = tokio::join!(service::submit(&person, &numbers[0], "one", true), service::submit(&person, &numbers[1], "two", true));
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_ne!(one.is_empty(), other.is_empty(), "{one:?} {other:?}");
        assert!(one.iter().chain(&other).all(|issue| issue.path == "qualification/practice_org"));
    }
}
