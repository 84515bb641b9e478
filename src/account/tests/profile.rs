//! Profiles of units and persons.

use super::{RESIDENT_ID, fill, gone, wrong, wrong_key};
use crate::account::forms;
use crate::account::model::Role;
use crate::account::service::{attach_licence, profile};
use crate::account::store::{self, Account};
use crate::application::qualify::Choice;
use crate::application::service::create_person;
use crate::error::AppError;
use crate::server::testing::TestApp;
use crate::vals;

const UNIT: &[(&str, &str)] = &[
    ("org_name", "别的名称"),
    ("uscc", "91330100MA00DEM22M"),
    ("legal_form", "legal"),
    ("org_type", "company"),
    ("legal_rep", "李守正"),
    ("region", "610112"),
    ("address", "阀门路1号"),
    ("contact", "秦晓梅"),
    ("contact_mobile", "13900000001"),
    ("email", "a@b.cn"),
];

#[tokio::test]
async fn a_unit_changes_its_profile_but_not_its_name() {
    for test in TestApp::all().await {
        let owner = test.member("enterprise", Role::Owner).await;
        let unit_id = owner.unit().unwrap().1.to_owned();
        let reader = test.join(&unit_id, Role::Reader).await;
        let before = profile::unit(&reader).await.unwrap();
        let form = || fill(&forms::PROFILE_ENTERPRISE, UNIT);
        assert_eq!(profile::change_unit(reader.clone(), form(), String::new()).await.err(), Some(AppError::Forbidden));
        assert_eq!(profile::change_unit(test.nobody(), form(), String::new()).await.err(), Some(AppError::SignIn));
        let person = test.member("person", Role::Person).await;
        assert_eq!(profile::unit(&person).await.err(), Some(AppError::Forbidden));
        assert_eq!(profile::change_unit(person.clone(), form(), String::new()).await.err(), Some(AppError::Forbidden));
        assert_eq!(attach_licence(&person, "file-3").await.err(), Some(AppError::Forbidden));
        gone(profile::change_unit(owner.clone(), form(), String::new()).await);
        attach_licence(&owner, "file-1").await.unwrap();
        assert_eq!(attach_licence(&reader, "file-2").await.err(), Some(AppError::Forbidden));
        let after = profile::unit(&reader).await.unwrap();
        for key in ["unit/org_name", "unit/uscc"] {
            assert_eq!(before.values[key], after.values[key], "{key}");
        }
        assert_eq!(after.values["unit/contact"], "秦晓梅");
        assert_eq!(after.licence.as_deref(), Some("file-1"));
        // What was emptied is gone; the licence stays.
        let mut less = UNIT.to_vec();
        less.retain(|(key, _)| !matches!(*key, "legal_rep" | "email"));
        gone(profile::change_unit(owner.clone(), fill(&forms::PROFILE_ENTERPRISE, &less), String::new()).await);
        let all = profile::of_unit(&mut test.app.db.read().await.unwrap(), &unit_id).await.unwrap();
        assert!(!all.contains_key("legal_rep") && !all.contains_key("email"));
        assert_eq!((all[profile::LICENCE].as_str(), all["address"].as_str()), ("file-1", "阀门路1号"));
        less.retain(|(key, _)| *key != "contact");
        assert_eq!(wrong_key(profile::change_unit(owner, fill(&forms::PROFILE_ENTERPRISE, &less), String::new()).await), "contact");
    }
}

#[tokio::test]
async fn who_a_person_is_goes_with_the_profile() {
    for test in TestApp::all().await {
        let (one, two) = (test.member("person", Role::Person).await, test.member("person", Role::Person).await);
        let form = |name: &str, number: &str| fill(&forms::PROFILE_PERSON, &[("name", name), ("id_kind", "resident"), ("id_no", number)]);
        gone(profile::change_person(one.clone(), form("李梅", RESIDENT_ID), String::new()).await);
        let unit = store::find_unit(&mut test.app.db.read().await.unwrap(), one.unit().unwrap().1).await.unwrap().unwrap();
        assert_eq!((unit.name.as_str(), unit.code), ("李梅", test.app.keys.digest("id", RESIDENT_ID)));
        assert_eq!(wrong_key(profile::change_person(two.clone(), form("王芳", RESIDENT_ID), String::new()).await), "id_no", "another person's");
        gone(profile::change_person(one.clone(), form("李小梅", "610112********0012"), String::new()).await);
        let caller = one.caller().unwrap();
        let values = profile::of_person(&test.app, &mut test.app.db.read().await.unwrap(), &caller.account_id).await.unwrap();
        assert_eq!((values["name"].as_str(), values["id_no"].as_str(), values["id_kind"].as_str()), ("李小梅", RESIDENT_ID, "resident"));
    }
}

#[tokio::test]
async fn what_a_person_empties_is_gone() {
    for test in TestApp::all().await {
        let one = test.member("person", Role::Person).await;
        let who = [("name", "李梅"), ("id_kind", "resident"), ("id_no", RESIDENT_ID)];
        let lives = [("region", "610112"), ("address", "大明宫街道示范路1号")];
        let change = async |more: &[(&str, &str)]| {
            gone(profile::change_person(one.clone(), fill(&forms::PROFILE_PERSON, &[&who[..], more].concat()), String::new()).await);
            let kept = profile::person(&one).await.unwrap().values;
            lives.map(|(key, _)| kept.get(&format!("person/{key}")).cloned().unwrap_or_default())
        };
        assert_eq!(change(&lives).await, lives.map(|(_, value)| value));
        assert_eq!(change(&[("region", ""), ("address", "")]).await, ["", ""]);
    }
}

#[tokio::test]
async fn who_a_person_is_stays_while_the_record_knows_them() {
    for test in TestApp::all().await {
        let one = test.member("person", Role::Person).await;
        let form = |name: &str, number: &str| fill(&forms::PROFILE_PERSON, &[("name", name), ("id_kind", "resident"), ("id_no", number)]);
        let change = async |name: &str, number: &str| profile::change_person(one.clone(), form(name, number), String::new()).await;
        let masked = "610112********0012";
        gone(change("李梅", RESIDENT_ID).await);
        let choice = Choice { kind: "obtain".into(), code: "UT-I".into(), region: "610112".into(), words: String::new() };
        let to = gone(create_person(&one, choice).await);
        gone(change("李小梅", masked).await);
        let no = to.strip_prefix("/applications/").unwrap().to_owned();
        let stands = async |state: &'static str| {
            let args = vals![state, no.as_str()];
            test.app.db.write(move |tx| Box::pin(async move { tx.run("UPDATE application SET state = $1 WHERE no = $2", args).await })).await.unwrap();
        };
        stands("submitted").await;
        let told = wrong(change("李梅", "110105198307120250").await);
        assert_eq!(told.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["name", "id_no"]);
        assert!(told.iter().all(|(_, why)| why.contains("先撤销申请") && why.contains("变更")), "{told:?}");
        gone(change("李小梅", masked).await);
        gone(change("李小梅", RESIDENT_ID).await);
        stands("withdrawn").await;
        gone(change("李梅", masked).await);
        let held = "INSERT INTO certificate (id, unit_id, number, category, items, authority_code, issued_on, valid_to, state, created_at) \
                    VALUES ('c', $1, 'TS8610001-2099', 'personnel', '[\"UT-I\"]', '610000', '2024-01-01', '2099-12-31', 'valid', 1)";
        let args = vals![one.unit().unwrap().1];
        test.app.db.write(move |tx| Box::pin(async move { tx.run(held, args).await })).await.unwrap();
        let told = wrong(change("李小梅", masked).await);
        assert!(told.len() == 1 && told[0].0 == "name" && told[0].1.contains("请申请“变更”"), "{told:?}");
        let unit = store::find_unit(&mut test.app.db.read().await.unwrap(), one.unit().unwrap().1).await.unwrap().unwrap();
        assert_eq!(unit.name, "李梅");
        let lapsed = "UPDATE certificate SET valid_to = '2024-12-31'";
        test.app.db.write(move |tx| Box::pin(async move { tx.run(lapsed, vals![]).await })).await.unwrap();
        gone(change("李小梅", masked).await);
    }
}

#[tokio::test]
async fn units_are_found_by_name_and_code_and_persons_never() {
    for test in TestApp::all().await {
        for (kind, name, code) in [
            ("institution", "陕西省特种设备检验检测研究院", "12610000435201234X"),
            ("institution", "陕西省特种设备检验检测研究院西安分院", "12610000435201235X"),
            ("agency", "陕西省特种设备评审中心", "12610000435201236X"),
            ("person", "陕西特种", "digest"),
        ] {
            let unit = store::Unit { id: name.into(), kind: kind.into(), name: name.into(), code: code.into(), ..store::Unit::default() };
            test.app.db.write(move |tx| Box::pin(async move { store::insert_unit(tx, &unit).await })).await.unwrap();
        }
        let found = |typed: &'static str| {
            let test = &test;
            async move {
                let rows = store::find_practices(&mut test.app.db.read().await.unwrap(), typed, 10).await.unwrap();
                rows.into_iter().map(|(name, _)| name.chars().count()).collect::<Vec<_>>()
            }
        };
        assert_eq!(found("特种设备检验").await, [14, 18], "the shorter name first");
        assert_eq!(found("12610000435201235x").await, [18]);
        assert_eq!(found("陕西特种").await, Vec::<usize>::new());
        assert_eq!(found("评审中心").await, Vec::<usize>::new());
        assert_eq!(found("").await, Vec::<usize>::new());
        assert_eq!(found("100%").await, Vec::<usize>::new());
    }
}

#[tokio::test]
async fn a_number_is_sealed_masked_and_kept_when_masked() {
    for test in TestApp::all().await {
        let person = test.person(Account { id_kind: "resident".into(), ..test.account(Role::Person) }).await;
        let id = person.caller().unwrap().account_id.clone();
        let sealed = || async { store::find_account(&mut test.app.db.read().await.unwrap(), &id).await.unwrap().unwrap().id_no_sealed };
        let form = |kind: &str, number: &str| fill(&forms::PROFILE_PERSON, &[("name", "李梅"), ("id_kind", kind), ("id_no", number)]);
        gone(profile::change_person(person.clone(), form("resident", RESIDENT_ID), String::new()).await);
        let first = sealed().await;
        assert_eq!(test.app.keys.open(&first).unwrap(), RESIDENT_ID);
        let seen = profile::person(&person).await.unwrap();
        assert_eq!(seen.values["person/id_no"], "610112********0012");
        assert!(!serde_json::to_string(&seen).unwrap().contains(RESIDENT_ID));
        gone(profile::change_person(person.clone(), form("resident", "610112********0012"), String::new()).await);
        assert_eq!(sealed().await, first);
        for (kind, number) in [("resident", "610112********0013"), ("passport", "610112********0012"), ("resident", "610112199001010013")] {
            assert_eq!(wrong_key(profile::change_person(person.clone(), form(kind, number), String::new()).await), "id_no", "{kind} {number}");
        }
        gone(profile::change_person(person.clone(), form("passport", "E1234567"), String::new()).await);
        assert_eq!(profile::person(&person).await.unwrap().values["person/id_no"], "E1****67");
        assert_eq!(profile::change_person(test.nobody(), form("resident", RESIDENT_ID), String::new()).await.err(), Some(AppError::SignIn));
    }
}
