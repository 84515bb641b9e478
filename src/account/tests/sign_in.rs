//! Signing in: names, challenges, locks, codes.

use super::register::MOBILE;
use super::{CREDIT_CODES, PASSWORD, enterprise, fill, gone, raw, told, wrong};
use crate::account::filled::Filled;
use crate::account::forms::{self, challenge};
use crate::account::model::Role;
use crate::account::password;
use crate::account::service::sign_in::{with_code, with_password};
use crate::account::store;
use crate::error::Result;
use crate::form::Values;
use crate::server::plain::Answer;
use crate::server::testing::TestApp;

const LOCK_WORDS: &str = "已锁定";

/// Tries to sign in, with an answer to a question if one was asked.
async fn attempt(test: &TestApp, name: &str, password: &str, asked: &Values) -> (Result<Answer>, Values) {
    let mut values = raw(&forms::SIGN_IN, &[("name", name), ("password", password)]);
    values.extend(asked.clone());
    let filled = Filled::of(&forms::SIGN_IN, &values);
    match with_password(&test.nobody(), &filled, &values, "/applications").await {
        Ok((answer, asked)) => (Ok(answer), asked),
        Err(error) => (Err(error), Values::new()),
    }
}

/// The right answer to a question, as a person finds it.
fn solved(asked: &Values) -> Values {
    let (id, question) = challenge::question(asked).expect("a question");
    let numbers = ["零", "一", "二", "三", "四", "五", "六"];
    let kinds = [
        ("动物", ["老虎", "大象", "熊猫", "骆驼"]),
        ("水果", ["苹果", "香蕉", "葡萄", "西瓜"]),
        ("颜色", ["红色", "绿色", "蓝色", "黄色"]),
        ("机器", ["锅炉", "电梯", "水泵", "起重机"]),
    ];
    let text = question.zh.into_owned();
    let answer = match text.split_once('加') {
        Some((a, rest)) => {
            let number = |word: &str| numbers.iter().position(|n| *n == word).unwrap();
            (number(a) + number(rest.split_once("等于").unwrap().0)).to_string()
        }
        None => {
            let (_, words) = kinds.iter().find(|(kind, _)| text.contains(&format!("是{kind}："))).unwrap();
            (*words.iter().find(|word| text.contains(*word)).unwrap()).to_owned()
        }
    };
    Values::from([(challenge::ID.to_owned(), id), (challenge::ANSWER.to_owned(), answer)])
}

#[tokio::test]
async fn names_in_any_case_and_numbers_sign_in() {
    for test in TestApp::all().await {
        enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        for name in ["valve01", " VALVE01 ", "138-1234-1234"] {
            assert_eq!(gone(attempt(&test, name, PASSWORD, &Values::new()).await.0), "/applications", "{name}");
        }
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM session").await, 4);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM audit WHERE deed = 'sign-in'").await, 4);
    }
}

/// Whoever signs in comes to where their work is, unless they wanted to go somewhere.
#[tokio::test]
async fn whoever_signs_in_comes_to_their_work() {
    for test in TestApp::all().await {
        let unit = async |kind: &str, role| test.member(kind, role).await;
        let staff = async |duties: &[&str]| {
            let duties = duties.iter().map(|duty| (*duty).to_owned()).collect();
            test.person(store::Account { authority_code: Some("610000".into()), duties, ..test.account(Role::Staff) }).await
        };
        let people = [
            (unit("enterprise", Role::Owner).await, "/applications"),
            (unit("institution", Role::Reader).await, "/applications"),
            (unit("person", Role::Person).await, "/applications"),
            (unit("agency", Role::Filler).await, "/cases"),
            (unit("exam-body", Role::Owner).await, "/exam/sessions"),
            (staff(&["approver"]).await, "/cases"),
            (staff(&["authority-admin"]).await, "/templates"),
            (staff(&[]).await, "/"),
            (test.person(test.account(Role::Admin)).await, "/admin/staff"),
        ];
        let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
        for (visit, page) in people {
            let caller = visit.caller().unwrap();
            let (account, hash) = (caller.account_id.clone(), hash.clone());
            test.app.db.write(move |tx| Box::pin(async move { store::set_password(tx, &account, &hash).await })).await.unwrap();
            for (next, to) in [("", page), ("/sign-in", page), ("/help", "/help")] {
                let values = raw(&forms::SIGN_IN, &[("name", &caller.username), ("password", PASSWORD)]);
                let (answer, _) = with_password(&test.nobody(), &Filled::of(&forms::SIGN_IN, &values), &values, next).await.unwrap();
                assert_eq!(gone(Ok(answer)), to, "{:?} {}", caller.role, caller.unit_kind);
            }
        }
    }
}

#[tokio::test]
async fn a_failure_asks_a_question_that_counts_once() {
    for test in TestApp::all().await {
        enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        let (answer, asked) = attempt(&test, "valve01", "Wrong#2026x", &Values::new()).await;
        assert!(told(answer).contains("还可以再试 4 次"));
        // Without an answer, even the right password is not looked at.
        let (answer, again) = attempt(&test, "valve01", PASSWORD, &Values::new()).await;
        assert!(told(answer).contains("回答下面的问题"));
        // A scripted answer is wrong, and takes the question with it.
        let right = solved(&again);
        let mut scripted = right.clone();
        scripted.insert(challenge::ANSWER.into(), "7seven".into());
        assert_eq!(wrong(attempt(&test, "valve01", PASSWORD, &scripted).await.0)[0].0, "answer");
        assert_eq!(wrong(attempt(&test, "valve01", PASSWORD, &right).await.0)[0].0, "answer");
        // The first question is still open; its answer counts once.
        let right = solved(&asked);
        let (answer, _) = attempt(&test, "valve01", "Wrong#2026x", &right).await;
        assert!(told(answer).contains("还可以再试 3 次"));
        assert_eq!(wrong(attempt(&test, "valve01", PASSWORD, &right).await.0)[0].0, "answer");
        // A question runs out.
        let (_, asked) = attempt(&test, "valve01", PASSWORD, &Values::new()).await;
        let late = solved(&asked);
        test.wait(5);
        assert_eq!(wrong(attempt(&test, "valve01", PASSWORD, &late).await.0)[0].0, "answer");
        let (_, asked) = attempt(&test, "valve01", PASSWORD, &Values::new()).await;
        gone(attempt(&test, "valve01", PASSWORD, &solved(&asked)).await.0);
        // Success forgets the failures.
        gone(attempt(&test, "valve01", PASSWORD, &Values::new()).await.0);
        // An answer that was left out keeps the question on the form.
        let mut values = raw(&forms::SIGN_IN, &[("name", "valve01")]);
        values.insert(challenge::ID.into(), "x".into());
        let (answer, asked) = with_password(&test.nobody(), &Filled::of(&forms::SIGN_IN, &values), &values, "").await.unwrap();
        assert_eq!(wrong(Ok(answer))[0].0, "password");
        assert!(challenge::question(&asked).is_some());
    }
}

/// What five wrong passwords and a right one are told.
async fn six_attempts(test: &TestApp, name: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut answers = Values::new();
    for n in 0..6 {
        let (answer, asked) = attempt(test, name, if n < 5 { "Wrong#2026x" } else { PASSWORD }, &answers).await;
        all.push(told(answer));
        answers = if asked.is_empty() { Values::new() } else { solved(&asked) };
    }
    all
}

#[tokio::test]
async fn five_failures_lock_for_half_an_hour_and_tell_nothing() {
    for test in TestApp::all().await {
        enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        let before = test.messages(MOBILE).await.len();
        let known = six_attempts(&test, "valve01").await;
        assert_eq!(known, six_attempts(&test, "nobody99").await);
        assert_eq!(known, six_attempts(&test, "13700000000").await);
        assert!(known[4].contains(LOCK_WORDS) && known[5].contains("30 分钟"), "{known:?}");
        let messages = test.messages(MOBILE).await;
        assert_eq!(messages.len(), before + 1);
        assert!(messages[before].contains("锁定"));
        test.wait(29);
        assert!(told(attempt(&test, "valve01", PASSWORD, &Values::new()).await.0).contains(LOCK_WORDS));
        // The owner gets in by a code meanwhile.
        told(with_code(test.nobody(), fill(&forms::SIGN_IN_SMS, &[("mobile", MOBILE)]), "code".into(), String::new()).await);
        let code = test.code(MOBILE).await;
        gone(with_code(test.nobody(), fill(&forms::SIGN_IN_SMS, &[("mobile", MOBILE), ("sms_code", &code)]), String::new(), String::new()).await);
        test.wait(2);
        gone(attempt(&test, "valve01", PASSWORD, &Values::new()).await.0);
    }
}

#[tokio::test]
async fn both_names_of_an_account_are_counted_together() {
    for test in TestApp::all().await {
        enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        let mut answers = Values::new();
        for (left, name) in [(4, "valve01"), (3, MOBILE), (2, " VALVE01"), (1, "138-1234-1234")] {
            let (answer, asked) = attempt(&test, name, "Wrong#2026x", &answers).await;
            assert!(told(answer).contains(&format!("还可以再试 {left} 次")), "{name}");
            answers = solved(&asked);
        }
        let (answer, _) = attempt(&test, MOBILE, "Wrong#2026x", &answers).await;
        assert!(told(answer).contains(LOCK_WORDS));
        for name in ["valve01", MOBILE] {
            assert!(told(attempt(&test, name, PASSWORD, &Values::new()).await.0).contains(LOCK_WORDS), "{name}");
        }
        let locked = test.messages(MOBILE).await.iter().filter(|text| text.contains("锁定")).count();
        assert_eq!((locked, test.count("SELECT COUNT(*) AS n FROM sign_in_failure").await), (1, 1), "the owner is told once");
        test.wait(31);
        gone(attempt(&test, MOBILE, PASSWORD, &Values::new()).await.0);
    }
}

#[tokio::test]
async fn guesses_at_the_same_time_do_not_get_past_the_lock() {
    for test in TestApp::all().await {
        enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        let none = Values::new();
        futures::future::join_all((0..12).map(|_| attempt(&test, "valve01", "Wrong#2026x", &none))).await;
        let failures = test.count("SELECT failures AS n FROM sign_in_failure").await;
        assert!((1..=5).contains(&failures), "{failures} were looked at");
        // Locked, or asked a question first: the right password alone no longer gets in.
        told(attempt(&test, "valve01", PASSWORD, &none).await.0);
    }
}

#[tokio::test]
async fn it_takes_as_long_for_names_nobody_has() {
    let test = TestApp::on_sqlite().await;
    enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
    let none = Values::new();
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for n in 0..9 {
        for (name, times) in [("valve01".to_owned(), &mut known), (format!("nobody{n}"), &mut unknown)] {
            let from = tokio::time::Instant::now();
            told(attempt(&test, &name, "Wrong#2026x", &none).await.0);
            times.push(from.elapsed());
            let key = name.clone();
            test.app.db.write(move |tx| Box::pin(async move { store::clear_failures(tx, &[&key]).await })).await.unwrap();
        }
    }
    known.sort();
    unknown.sort();
    let ratio = known[4].as_secs_f64() / unknown[4].as_secs_f64();
    assert!((0.5..2.0).contains(&ratio), "{known:?} and {unknown:?}");
}

#[tokio::test]
async fn an_old_hash_is_made_anew() {
    for test in TestApp::all().await {
        let id = enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        let old = {
            use argon2::password_hash::{PasswordHasher, SaltString};
            let params = argon2::Params::new(4096, 1, 1, None).unwrap();
            let salt = SaltString::from_b64("c29tZXNhbHRzb21l").unwrap();
            argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params).hash_password(PASSWORD.as_bytes(), &salt).unwrap().to_string()
        };
        assert!(password::is_stale(&old));
        let account = id.clone();
        test.app.db.write(move |tx| Box::pin(async move { store::set_password(tx, &account, &old).await })).await.unwrap();
        gone(attempt(&test, "valve01", PASSWORD, &Values::new()).await.0);
        let now = store::find_account(&mut test.app.db.read().await.unwrap(), &id).await.unwrap().unwrap();
        assert!(!password::is_stale(&now.password_hash));
        gone(attempt(&test, "valve01", PASSWORD, &Values::new()).await.0);
    }
}

#[tokio::test]
async fn a_code_signs_in_once_and_tells_nothing_of_strangers() {
    for test in TestApp::all().await {
        enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        let send = |mobile: &'static str| with_code(test.nobody(), fill(&forms::SIGN_IN_SMS, &[("mobile", mobile)]), "code".into(), String::new());
        let enter = |mobile: &'static str, code: String| {
            with_code(test.nobody(), fill(&forms::SIGN_IN_SMS, &[("mobile", mobile), ("sms_code", &code)]), String::new(), "//evil.example".into())
        };
        assert_eq!(told(send(MOBILE).await), told(send("13700000000").await));
        let without_seconds = |said: String| said.replace(|c: char| c.is_ascii_digit(), "");
        assert_eq!(without_seconds(told(send(MOBILE).await)), without_seconds(told(send("13700000000").await)));
        // A stranger's telephone is told that it has no account, and gets no code.
        assert!(test.messages("13700000000").await.iter().all(|text| !text.contains("验证码 ")));
        assert_eq!(wrong(enter("13700000000", "123456".into()).await)[0].1, wrong(enter(MOBILE, "000000".into()).await)[0].1);
        let code = test.code(MOBILE).await;
        assert_eq!(gone(enter(MOBILE, code.clone()).await), "/applications", "not to an address of somebody else");
        assert!(wrong(enter(MOBILE, code).await)[0].1.contains("失效"));
        // A code to register with does not sign in.
        test.wait(2);
        told(super::register::send(&test, MOBILE).await);
        let other = test.code(MOBILE).await;
        assert_eq!(wrong(enter(MOBILE, other).await)[0].0, "sms_code");
    }
}
