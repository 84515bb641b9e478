//! Persons' certificates on paper: registering one, since when it has been held, and what conditions know of it.

use super::*;

/// What a person types from a certificate.
fn persons(changes: &[(&str, &str)]) -> Values {
    let own = [
        ("certificate/category", "personnel"),
        ("certificate/number", "TS8610123-2029"),
        ("certificate/other", "ut-ii"),
        ("certificate/first_on", "2025-03-01"),
        ("certificate/items@RT-II", "yes"),
    ];
    let mut values = typed(&[&own, changes].concat());
    values.remove("certificate/items@SE031");
    values
}

#[tokio::test]
async fn a_person_registers_their_own_kind_of_certificate_and_no_other() {
    for test in TestApp::all().await {
        let (person, owner) = (test.member("person", Role::Person).await, test.member("enterprise", Role::Owner).await);
        let values = persons(&[]);
        for (who, wrong) in [(&owner, &values), (&person, &typed(&[]))] {
            assert!(matches!(save(who, wrong).await, Err(AppError::BadRequest(_))));
        }
        assert!(service::form(&owner, "personnel", "").await.unwrap().category.is_empty());
        let form = service::form(&person, "personnel", "").await.unwrap();
        let offered = form.items.iter().map(|(_, ticks)| ticks.len()).sum::<usize>();
        assert_eq!(offered, 44, "those no longer offered stand on old certificates");
        saved(&person, &values).await;
        let unit = person.unit().unwrap().1;
        let known = crate::licence::person::known(&mut test.app.db.read().await.unwrap(), unit).await.unwrap();
        let mut codes: Vec<_> = known.iter().map(|held| (held.code.as_str(), held.unchecked)).collect();
        codes.sort_unstable();
        assert_eq!(codes, [("RT-II", true), ("UT-II", true)]);
        assert!(crate::licence::person::standing(&mut test.app.db.read().await.unwrap(), unit).await.unwrap().is_empty(), "not before it is checked");
    }
}

#[tokio::test]
async fn a_persons_certificate_says_since_when_it_has_been_held() {
    for test in TestApp::all().await {
        let person = test.member("person", Role::Person).await;
        let unit = person.unit().unwrap().1;
        let at = "certificate/first_on";
        for (first_on, wrong) in [("", true), ("soon", true), ("2025-03-02", true), ("2099-01-01", true), ("2025-03-01", false)] {
            match save(&person, &persons(&[(at, first_on)])).await.unwrap() {
                Answer::Wrong(issues) => assert_eq!((issues[0].path.as_str(), issues.len(), wrong), (at, 1, true), "{first_on}: {issues:?}"),
                _ => assert!(!wrong, "{first_on} was taken"),
            }
        }
        let known = async || crate::licence::person::known(&mut test.app.db.read().await.unwrap(), unit).await.unwrap();
        let id = service::list(&person).await.unwrap().rows.remove(0).id;
        let form = service::form(&person, "", &id).await.unwrap();
        assert_eq!(form.state.values[at], "2025-03-01");
        let ours = keeper(&test, "610000").await;
        let before = shown(&ours, &id).await;
        assert!(before.certificate.is_person && before.certificate.first_on == "2025-03-01");
        saved(&person, &persons(&[("certificate/id", &id), (at, "2015-06-01")])).await;
        let after = shown(&ours, &id).await;
        assert_eq!((after.certificate.first_on.as_str(), after.certificate.issued_on.as_str()), ("2015-06-01", "2025-03-01"));
        assert_ne!(after.face, before.face, "whoever checks it confirms this, too");
        assert!(known().await.iter().all(|held| held.first_on == jiff::civil::date(2015, 6, 1)), "years of holding count from it");
        // Of a unit's it is not asked, and not taken.
        let owner = test.member("enterprise", Role::Owner).await;
        let id = saved(&owner, &typed(&[(at, "2015-06-01")])).await;
        assert_eq!(store::find(&mut test.app.db.read().await.unwrap(), &id).await.unwrap().unwrap().first_on, "");
        // What was registered before it was asked counts from its date of issue.
        let id = service::list(&person).await.unwrap().rows.remove(0).id;
        let forget = "UPDATE certificate SET first_on = '' WHERE id = $1";
        test.app.db.write(move |tx| Box::pin(async move { tx.run(forget, vals![id]).await })).await.unwrap();
        assert!(known().await.iter().all(|held| held.first_on == jiff::civil::date(2025, 3, 1)));
    }
}

#[tokio::test]
async fn what_is_checked_and_what_only_waits_are_both_known() {
    for test in TestApp::all().await {
        let person = test.member("person", Role::Person).await;
        let unit = person.unit().unwrap().1;
        let first = saved(&person, &persons(&[])).await;
        check(&test, &first, State::Valid).await;
        let longer = [("certificate/number", "TS8610124-2031"), ("certificate/issued_on", "2025-06-01"), ("certificate/valid_to", "2031-05-31")];
        saved(&person, &persons(&longer)).await;
        let known = crate::licence::person::known(&mut test.app.db.read().await.unwrap(), unit).await.unwrap();
        let rows: Vec<_> = known.iter().map(|held| (held.code.as_str(), held.unchecked, held.valid_to.year())).collect();
        assert_eq!(rows, [("RT-II", false, 2029), ("UT-II", false, 2029), ("RT-II", true, 2031), ("UT-II", true, 2031)], "neither hides the other");
        saved(&person, &persons(&[("certificate/number", "TS8110125-2029"), ("certificate/other", "G-JD")])).await;
        let known = crate::licence::person::known(&mut test.app.db.read().await.unwrap(), unit).await.unwrap();
        assert!(known.iter().any(|held| held.code == "GS-JD" && held.unchecked), "as the table spells it: {known:?}");
    }
}
