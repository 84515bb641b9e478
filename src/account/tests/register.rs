//! Registration and its codes.

use super::{CREDIT_CODES, PASSWORD, RESIDENT_ID, enterprise, fill, gone, raw, told, with, wrong, wrong_key};
use crate::account::filled::Filled;
use crate::account::forms;
use crate::account::model::Role;
use crate::account::service::register::{Registrant, register};
use crate::account::store;
use crate::error::Result;
use crate::form::Values;
use crate::server::app::Visit;
use crate::server::plain::Answer;
use crate::server::testing::TestApp;
use crate::ui::form::SEEN;

pub(super) const MOBILE: &str = "13812341234";
pub(super) const ENTERPRISE: &[(&str, &str)] = &[
    ("legal_form", "legal"),
    ("username", "Valve2026"),
    ("password", PASSWORD),
    ("password2", PASSWORD),
    ("org_name", "陕西渭川阀门制造有限公司"),
    ("org_type", "company"),
    ("uscc", "９１610112ma00DEM143"),
    ("region", "610116"),
    ("address", "韦曲街道工业路18号"),
    ("contact", "王建国"),
    ("contact_id_no", "610112199001010012"),
    ("mobile", "138 1234 1234"),
    ("agree", "on"),
];

/// Asks for a code to register with.
pub(super) async fn send(test: &TestApp, mobile: &str) -> Result<Answer> {
    register(test.nobody(), fill(&forms::REGISTER_ENTERPRISE, &[("mobile", mobile)]), "code".into(), Registrant::Enterprise).await
}

async fn post(test: &TestApp, changes: &[(&str, &str)]) -> Result<Answer> {
    register(test.nobody(), fill(&forms::REGISTER_ENTERPRISE, &with(ENTERPRISE, changes)), String::new(), Registrant::Enterprise).await
}

#[tokio::test]
async fn an_enterprise_registers_and_is_signed_in() {
    for test in TestApp::all().await {
        assert!(told(send(&test, MOBILE).await).contains("60 秒"));
        let code = test.code(MOBILE).await;
        assert_eq!(gone(post(&test, &[("sms_code", &code)]).await), "/account?welcome=1");

        let mut tx = test.app.db.read().await.unwrap();
        let account = store::find_by_name(&mut tx, "valve2026").await.unwrap().unwrap();
        assert_eq!((account.role, account.mobile.as_str(), account.person_name.as_str()), (Role::Owner, MOBILE, "王建国"));
        assert_eq!(test.app.keys.open(&account.id_no_sealed).unwrap(), RESIDENT_ID);
        assert_eq!(account.id_no_digest, test.app.keys.digest("id", RESIDENT_ID));
        assert_eq!(test.app.keys.open(&account.secret).unwrap().len(), 43);
        let unit = store::find_unit(&mut tx, account.unit_id.as_deref().unwrap()).await.unwrap().unwrap();
        assert_eq!((unit.kind.as_str(), unit.code.as_str(), unit.region.as_str()), ("enterprise", "91610112MA00DEM143", "610116"));
        assert_eq!(unit.profile["contact_mobile"], MOBILE);
        assert!(!format!("{:?}{:?}", account.profile, unit.profile).contains(RESIDENT_ID), "a number in the open");
        drop(tx);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM session").await, 1);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed = 'register'").await, 1);

        // The same click again: the code is used up, and without one nothing is told of names and codes.
        assert_eq!(wrong_key(post(&test, &[("sms_code", &code)]).await), "sms_code");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM account").await, 1);
    }
}

#[tokio::test]
async fn institutions_and_individuals_register() {
    for test in TestApp::all().await {
        told(send(&test, MOBILE).await);
        let code = test.code(MOBILE).await;
        let answers = with(ENTERPRISE, &[("org_type", "public"), ("uscc", "1211000040000DM3X3"), ("reg_authority", "登记局"), ("sms_code", &code)]);
        let form = Filled::of(&forms::INSTITUTION, &raw(&forms::INSTITUTION, &answers));
        gone(register(test.nobody(), form, String::new(), Registrant::Institution).await);

        let other = "13900000002";
        told(send(&test, other).await);
        let code = test.code(other).await;
        let answers = [
            ("username", "limei88"),
            ("password", PASSWORD),
            ("password2", PASSWORD),
            ("name", "李梅"),
            ("id_kind", "resident"),
            ("id_no", "61011219900101001２"),
            ("mobile", other),
            ("sms_code", &code),
            ("agree", "yes"),
        ];
        gone(register(test.nobody(), fill(&forms::INDIVIDUAL, &answers), String::new(), Registrant::Individual).await);
        let mut tx = test.app.db.read().await.unwrap();
        let person = store::find_by_mobile(&mut tx, other).await.unwrap().unwrap();
        assert_eq!((person.role, person.id_kind.as_str()), (Role::Person, "resident"));
        let applicant = store::find_unit(&mut tx, person.unit_id.as_deref().unwrap()).await.unwrap().unwrap();
        assert_eq!((applicant.kind.as_str(), applicant.name.as_str(), &applicant.code), ("person", "李梅", &person.id_no_digest));
        assert!(!applicant.code.contains(RESIDENT_ID) && applicant.profile.is_empty(), "nothing of the number in the open");
        assert_eq!(test.app.keys.open(&person.id_no_sealed).unwrap(), RESIDENT_ID);
        let unit = store::find_unit_by_code(&mut tx, "1211000040000DM3X3").await.unwrap().unwrap();
        assert_eq!((unit.kind.as_str(), unit.profile["reg_authority"].as_str()), ("institution", "登记局"));
    }
}

#[tokio::test]
async fn a_person_registers_once() {
    for test in TestApp::all().await {
        let post = |username: &'static str, mobile: &'static str, id_no: &'static str| {
            let test = &test;
            async move {
                told(send(test, mobile).await);
                let code = test.code(mobile).await;
                let answers = [
                    ("username", username),
                    ("password", PASSWORD),
                    ("password2", PASSWORD),
                    ("name", "李梅"),
                    ("id_kind", "resident"),
                    ("id_no", id_no),
                    ("mobile", mobile),
                    ("sms_code", &code),
                    ("agree", "yes"),
                ];
                register(test.nobody(), fill(&forms::INDIVIDUAL, &answers), String::new(), Registrant::Individual).await
            }
        };
        assert_eq!(wrong_key(post("limei1", "13900000004", "*").await), "id_no", "no mask stands for a number nobody has");
        gone(post("limei1", "13900000005", RESIDENT_ID).await);
        assert_eq!(wrong_key(post("limei2", "13900000006", "610112 19900101 0012").await), "id_no");
        gone(post("limei3", "13900000007", "11010519491231002X").await);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM unit WHERE kind = 'person'").await, 2);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM account").await, 2);
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_stored() {
    for test in TestApp::all().await {
        let missing = wrong(register(test.nobody(), fill(&forms::REGISTER_ENTERPRISE, &[]), String::new(), Registrant::Enterprise).await);
        assert!(missing.len() >= 10, "{missing:?}");
        // A level of the region is missing; only the server can know.
        assert_eq!(wrong_key(post(&test, &[("region", "610100"), ("sms_code", "123456")]).await), "region");
        // A button that only shows the next level loses nothing and says nothing.
        let form = fill(&forms::REGISTER_ENTERPRISE, ENTERPRISE);
        assert!(form.kept().contains_key("enterprise/org_name") && !form.kept().contains_key("enterprise/password"));
        assert!(wrong(register(test.nobody(), form, "refresh".into(), Registrant::Enterprise).await).is_empty());
        assert_eq!(wrong_key(send(&test, "12345").await), "mobile");
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM account").await + test.count("SELECT COUNT(*) AS n FROM outbox").await, 0);
    }
}

#[tokio::test]
async fn whoever_has_no_script_reads_what_is_remarked_before_they_are_registered() {
    for test in TestApp::all().await {
        told(send(&test, MOBILE).await);
        let sms = test.code(MOBILE).await;
        let mut values = raw(&forms::REGISTER_ENTERPRISE, &with(ENTERPRISE, &[("uscc", "1211000040000DM3X3"), ("sms_code", &sms)]));
        let post = async |values: &Values| {
            let filled = Filled::of(&forms::REGISTER_ENTERPRISE, values);
            let kept = filled.kept();
            (register(Visit { plain: true, ..test.nobody() }, filled, String::new(), Registrant::Enterprise).await, kept)
        };
        let (answer, kept) = post(&values).await;
        assert_eq!(wrong_key(answer), "uscc");
        assert!(!kept.contains_key(SEEN) && test.count("SELECT COUNT(*) AS n FROM account").await == 0);
        // What it was sent with then stays seen, whatever else is wrong.
        values.insert(SEEN.to_owned(), "yes".to_owned());
        values.insert("enterprise/sms_code".to_owned(), if sms == "000000" { "000001" } else { "000000" }.to_owned());
        let (answer, kept) = post(&values).await;
        assert_eq!(wrong_key(answer), "sms_code");
        assert!(kept.contains_key(SEEN));
        values.insert("enterprise/sms_code".to_owned(), sms);
        gone(post(&values).await.0);
    }
}

#[tokio::test]
async fn names_codes_and_numbers_are_taken_once() {
    for test in TestApp::all().await {
        enterprise(&test, "first1", MOBILE, CREDIT_CODES[0]).await;
        test.wait(2);
        let other = "13900000003";
        told(send(&test, other).await);
        let code = test.code(other).await;
        let post = |changes: Vec<(&'static str, String)>| {
            let test = &test;
            let code = code.clone();
            async move {
                let changes: Vec<(&str, &str)> = changes.iter().map(|(k, v)| (*k, v.as_str())).chain([("sms_code", code.as_str())]).collect();
                post(test, &changes).await
            }
        };
        assert_eq!(wrong_key(post(vec![("username", "FIRST1".into()), ("uscc", CREDIT_CODES[1].into()), ("mobile", other.into())]).await), "username");
        assert_eq!(wrong_key(post(vec![("username", "second2".into()), ("mobile", other.into())]).await), "uscc");
        // The number is said to be taken only to whoever holds it.
        told(send(&test, MOBILE).await);
        let own = test.code(MOBILE).await;
        let taken = super::register::post(&test, &[("username", "second2"), ("uscc", CREDIT_CODES[1]), ("sms_code", &own)]).await;
        assert_eq!(wrong_key(taken), "mobile");
        let guess = if own == "000000" { "000001" } else { "000000" };
        assert_eq!(wrong_key(super::register::post(&test, &[("username", "second2"), ("uscc", CREDIT_CODES[1]), ("sms_code", guess)]).await), "sms_code");
        // None of this used the code up.
        gone(post(vec![("username", "second2".into()), ("uscc", CREDIT_CODES[1].into()), ("mobile", other.into())]).await);
    }
}

#[tokio::test]
async fn who_has_an_account_is_told_only_with_the_code() {
    for test in TestApp::all().await {
        enterprise(&test, "first1", MOBILE, CREDIT_CODES[0]).await;
        let digest = test.app.keys.digest("id", RESIDENT_ID);
        let unit = store::Unit { id: "person".into(), kind: "person".into(), name: "李梅".into(), code: digest, ..store::Unit::default() };
        test.app.db.write(move |tx| Box::pin(async move { store::insert_unit(tx, &unit).await })).await.unwrap();
        let other = "13900000009";
        told(send(&test, other).await);
        let code = test.code(other).await;
        let guess = if code == "000000" { "000001" } else { "000000" };
        let taken = [("username", "FIRST1"), ("uscc", CREDIT_CODES[0]), ("mobile", other), ("sms_code", guess)];
        assert_eq!(wrong_key(post(&test, &taken).await), "sms_code");
        let person = |id_no: &'static str, sms_code: String| {
            let test = &test;
            async move {
                let answers = [
                    ("username", "limei1"),
                    ("password", PASSWORD),
                    ("password2", PASSWORD),
                    ("name", "李梅"),
                    ("id_kind", "resident"),
                    ("id_no", id_no),
                    ("mobile", other),
                    ("sms_code", sms_code.as_str()),
                    ("agree", "yes"),
                ];
                register(test.nobody(), fill(&forms::INDIVIDUAL, &answers), String::new(), Registrant::Individual).await
            }
        };
        // One who has an account and one who has none get the same answer.
        let said = |answer| wrong(answer).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(said(person(RESIDENT_ID, guess.to_owned()).await), said(person("11010519491231002X", guess.to_owned()).await));
        assert_eq!(wrong_key(person(RESIDENT_ID, code).await), "id_no");
    }
}

#[tokio::test]
async fn a_code_lives_five_minutes_and_five_tries() {
    for test in TestApp::all().await {
        told(send(&test, MOBILE).await);
        let code = test.code(MOBILE).await;
        let guess = if code == "000000" { "000001" } else { "000000" };
        for left in [4, 3, 2, 1] {
            let said = wrong(post(&test, &[("sms_code", guess)]).await);
            assert!(said[0].1.contains(&format!("{left} 次")), "{said:?}");
        }
        assert!(wrong(post(&test, &[("sms_code", guess)]).await)[0].1.contains("5 次"));
        assert!(wrong(post(&test, &[("sms_code", &code)]).await)[0].1.contains("失效"));
        test.wait(1);
        told(send(&test, MOBILE).await);
        let code = test.code(MOBILE).await;
        test.wait(5);
        assert!(wrong(post(&test, &[("sms_code", &code)]).await)[0].1.contains("失效"));
    }
}

#[tokio::test]
async fn guesses_at_the_same_time_share_no_try() {
    for test in TestApp::all().await {
        told(send(&test, MOBILE).await);
        let code = test.code(MOBILE).await;
        let guess = if code == "000000" { "000001" } else { "000000" };
        let all = futures::future::join_all((0..12).map(|_| {
            let test = &test;
            async move { wrong(post(test, &[("sms_code", guess)]).await)[0].1.clone() }
        }))
        .await;
        assert_eq!(all.iter().filter(|said| said.contains("失效")).count(), 7, "{all:?}");
    }
}

#[tokio::test]
async fn a_number_gets_a_code_a_minute_and_ten_a_day() {
    for test in TestApp::all().await {
        told(send(&test, MOBILE).await);
        assert!(told(send(&test, MOBILE).await).contains("秒后"));
        // Until the day is nearly over there is room for all ten.
        let today = test.app.clock.today();
        for _ in 0..9 {
            test.app.clock.advance(60_000);
            told(send(&test, MOBILE).await);
        }
        test.app.clock.advance(60_000);
        if test.app.clock.today() == today {
            assert!(told(send(&test, MOBILE).await).contains("10 次"));
            assert_eq!(test.messages(MOBILE).await.len(), 10);
        }
        test.wait(24 * 60);
        assert!(told(send(&test, MOBILE).await).contains("已发送"));
        // Nothing about the code is kept in the open.
        let code = test.code(MOBILE).await;
        let kept = test.app.db.read().await.unwrap().row("SELECT digest FROM sms_code", crate::vals![]).await.unwrap().unwrap().text("digest").unwrap();
        assert!(kept.len() == 64 && !kept.contains(&code));
    }
}
