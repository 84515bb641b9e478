//! Numbers of certificates: a renewal (换证) keeps the old one's but for the year, and the digits of others are a setting.

use super::letters::{granted, people};
use super::*;
use crate::casework::certify;
use crate::form::Values;
use crate::licence::model::{Standing, State as Certificate};

/// A granted renewal whose book names the old certificate, which the unit has registered from paper in this state.
async fn renewing(test: &TestApp, number: &'static str, state: Certificate) -> (Visit, String) {
    let (owner, no) = granted(test, "[\"SE031\"]").await;
    let (id, unit, seat, me) = (record(test, &no).await.id, unit_of(&owner), owner.clone(), no.clone());
    let old = crate::licence::store::Certificate {
        id: ids::new(test.app.clock.now()),
        unit_id: unit,
        number: number.into(),
        category: "manufacture".into(),
        items: vec!["SE031".into()],
        authority_code: SHAANXI.into(),
        issued_on: "2022-04-01".into(),
        valid_to: "2026-03-31".into(),
        first_on: String::new(),
        state,
        file_id: None,
        person: None,
        document_id: None,
        state_reason: String::new(),
        created_at: test.app.clock.now(),
    };
    let made = test.app.db.write(move |tx| {
        Box::pin(async move {
            let version = version_of(&me, 1, &[("renewal/certificate_no", number)], seat.now());
            insert_version(tx, &id, &me, &version, &seat.caller()?.account_id).await?;
            crate::licence::store::insert(tx, &old).await?;
            tx.run("UPDATE application SET kind = 'renew-review' WHERE id = $1", crate::vals![id]).await
        })
    });
    made.await.unwrap();
    (owner, no)
}

#[tokio::test]
async fn a_renewed_certificate_keeps_its_number_but_for_the_year() {
    for test in engines().await {
        let people = people(&test).await;
        let (owner, no) = renewing(&test, "TS2F61077-2026", Certificate::Valid).await;
        assert_eq!(certify::plan(&people.officer, &no).await.unwrap()[0].head, "TS2F61077");
        certify::issue(&people.officer, &no, "a", 2, &Values::new()).await.unwrap();
        assert_eq!(record(&test, &no).await.case.certificates, ["TS2F61077-2030"]);
        let held = crate::licence::service::list(&owner).await.unwrap().rows;
        let standing = |number: &str| held.iter().find(|row| row.number == number).map(|row| (row.standing, row.reason.as_str()));
        assert_eq!(standing("TS2F61077-2030"), Some((Standing::Plain(Certificate::Valid), "")));
        assert_eq!(standing("TS2F61077-2026"), Some((Standing::Plain(Certificate::Superseded), "换发为 TS2F61077-2030")));
        // Another authority's number cannot be kept; its certificate is replaced all the same.
        let (other, no) = renewing(&test, "TS2F10077-2026", Certificate::Valid).await;
        certify::issue(&people.officer, &no, "b", 2, &Values::new()).await.unwrap();
        assert_eq!(record(&test, &no).await.case.certificates, ["TS2F61001-2030"]);
        let held = crate::licence::service::list(&other).await.unwrap().rows;
        assert!(held.iter().any(|row| row.standing == Standing::Plain(Certificate::Superseded)), "{held:?}");
    }
}

/// Filed six months before the old certificate ends or earlier it begins where that one ends; later, on the day it is issued (TSG 07-2019
/// 3.6.3.1).
#[tokio::test]
async fn a_renewal_filed_in_time_follows_the_old_term() {
    for test in engines().await {
        let people = people(&test).await;
        for (number, filed, valid_to) in [("TS2F61077-2026", date(2025, 9, 30), "2030-03-31"), ("TS2F61078-2026", date(2025, 10, 1), "2030-03-01")] {
            go(&test, filed);
            let (owner, no) = renewing(&test, number, Certificate::Valid).await;
            go(&test, date(2026, 3, 2));
            assert_eq!(certify::plan(&people.officer, &no).await.unwrap()[0].valid_to, valid_to, "{filed}");
            let seen = record(&test, &no).await.case.revision;
            certify::issue(&people.officer, &no, "follows", seen, &Values::new()).await.unwrap();
            let held = crate::licence::service::list(&owner).await.unwrap().rows;
            assert!(held.iter().any(|row| row.valid_to == valid_to && row.issued_on == "2026-03-02"), "{held:?}");
        }
    }
}

#[tokio::test]
async fn what_was_sent_back_to_others_keeps_no_number_from_anybody() {
    for test in engines().await {
        let people = people(&test).await;
        for (id, number, state) in [("a", "TS2F61001-2027", "rejected"), ("b", "TS2F61002-2027", "pending")] {
            let holder = unit_of(&test.member("enterprise", AccountRole::Owner).await);
            register(&test, id, holder, number, state).await;
        }
        let (owner, no) = granted(&test, "[\"SE031\"]").await;
        // Sent back to the unit itself it stands in its list, which holds a number once.
        let (other, second) = granted(&test, "[\"SE031\"]").await;
        register(&test, "c", unit_of(&other), "TS2F61003-2030", "rejected").await;
        for (no, click, number) in [(&no, "x", "TS2F61001-2030"), (&second, "y", "TS2F61004-2030")] {
            certify::issue(&people.officer, no, click, 2, &Values::new()).await.unwrap();
            assert_eq!(record(&test, no).await.case.certificates, [number]);
        }
        assert_eq!(crate::licence::service::list(&owner).await.unwrap().rows.len(), 1);
    }
}

/// A certificate that a unit registered from paper, in this state.
async fn register(test: &TestApp, id: &'static str, unit: String, number: &'static str, state: &'static str) {
    let sql = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at) \
               VALUES ($1, $2, $3, 'manufacture', '[]', '610000', '2023-01-01', '2027-01-01', $4, 1)";
    test.app.db.write(move |tx| Box::pin(async move { tx.run(sql, crate::vals![id, unit, number, state]).await })).await.unwrap();
}

#[tokio::test]
async fn what_nobody_has_confirmed_is_not_renewed() {
    for test in engines().await {
        let people = people(&test).await;
        for state in [Certificate::Pending, Certificate::Revoked] {
            let (owner, no) = renewing(&test, "TS2F61077-2026", state).await;
            assert!(matches!(certify::issue(&people.officer, &no, "a", 2, &Values::new()).await, Err(AppError::Refused(_))));
            assert_eq!(record(&test, &no).await.case.state, State::Granted);
            assert_eq!(crate::licence::service::list(&owner).await.unwrap().rows.len(), 1, "nothing was issued");
        }
    }
}

#[tokio::test]
async fn the_administrator_sets_the_digits_of_numbers_to_come() {
    use crate::account::filled::Filled;
    use crate::catalogue::digits::DIGITS;
    use crate::catalogue::service::{authorities, set_digits};
    use crate::server::plain::Answer;
    for test in engines().await {
        let people = people(&test).await;
        let admin = test.person(test.account(AccountRole::Admin)).await;
        let mut values = authorities(&admin).await.unwrap().digits.values;
        values.insert(DIGITS.path("safety"), "G".into());
        assert_eq!(set_digits(people.officer.clone(), Filled::of(&DIGITS, &values)).await.err(), Some(AppError::Forbidden));
        assert!(matches!(set_digits(admin.clone(), Filled::of(&DIGITS, &values)).await.unwrap(), Answer::Go(_)));
        assert_eq!(authorities(&admin).await.unwrap().digits.values, values);
        let (_, no) = granted(&test, "[\"SE031\"]").await;
        assert_eq!(certify::plan(&people.officer, &no).await.unwrap()[0].head, "TS2G61");
        // Two kinds with one digit: it is done, and said for as long as it is so. The kinds of vessels share one as delivered.
        assert_eq!(authorities(&admin).await.unwrap().digits.issues, []);
        values.insert(DIGITS.path("lift"), "4".into());
        assert!(matches!(set_digits(admin.clone(), Filled::of(&DIGITS, &values)).await.unwrap(), Answer::Go(_)));
        let issues = authorities(&admin).await.unwrap().digits.issues;
        assert_eq!(issues.iter().map(|issue| issue.path.clone()).collect::<Vec<_>>(), [DIGITS.path("lift"), DIGITS.path("crane")]);
        assert!(issues[0].message.zh.contains("起重机械") && issues[1].message.zh.contains("电梯"), "{issues:?}");
        for wrong in ["", "é", "10"] {
            values.insert(DIGITS.path("safety"), wrong.into());
            let Answer::Wrong(issues) = set_digits(admin.clone(), Filled::of(&DIGITS, &values)).await.unwrap() else { panic!("{wrong} was taken") };
            assert_eq!(issues[0].path, DIGITS.path("safety"));
        }
    }
}
