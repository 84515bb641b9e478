//! Passwords and numbers changed and reset; sessions ended.

use super::register::MOBILE;
use super::{CREDIT_CODES, PASSWORD, enterprise, fill, gone, told, wrong, wrong_key};
use crate::account::forms;
use crate::account::model::Role;
use crate::account::password;
use crate::account::service::{reset, secure, sessions};
use crate::account::store;
use crate::error::AppError;
use crate::server::testing::TestApp;

const NEW: &str = "Boiler#2027ok";

async fn has_password(test: &TestApp, id: &str, text: &str) -> bool {
    let account = store::find_account(&mut test.app.db.read().await.unwrap(), id).await.unwrap().unwrap();
    password::fits(text.to_owned(), account.password_hash).await.unwrap()
}

#[tokio::test]
async fn a_code_resets_the_password_and_ends_all_sessions() {
    for test in TestApp::all().await {
        let id = enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        let post = |act: &str, code: String, new: &'static str| {
            let answers = fill(&forms::RESET, &[("mobile", MOBILE), ("sms_code", &code), ("password", new), ("password2", new)]);
            reset::reset(test.nobody(), answers, act.to_owned())
        };
        told(post("code", String::new(), NEW).await);
        let stranger = fill(&forms::RESET, &[("mobile", "13700000000")]);
        assert!(told(reset::reset(test.nobody(), stranger, "code".into()).await).contains("已发送"));
        let code = test.code(MOBILE).await;
        assert_eq!(wrong_key(post("", code.clone(), "Valve01#aaa").await), "password");
        let guess = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(wrong_key(post("", guess.to_owned(), NEW).await), "sms_code");
        assert_eq!(gone(post("", code.clone(), NEW).await), "/sign-in?done=reset");
        assert!(has_password(&test, &id, NEW).await);
        assert_eq!(test.count("SELECT COUNT(*) AS n FROM session").await, 0);
        assert!(test.messages(MOBILE).await.pop().unwrap().contains("密码已经修改"));
        assert!(wrong(post("", code, PASSWORD).await)[0].1.contains("失效"));
        assert!(has_password(&test, &id, NEW).await);
    }
}

#[tokio::test]
async fn the_password_is_changed_with_the_current_one() {
    for test in TestApp::all().await {
        let id = enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        let (here, _there) = (test.signed_in(&id).await, test.signed_in(&id).await);
        let form = |current: &str, new: &str| fill(&forms::CHANGE_PASSWORD, &[("current", current), ("password", new), ("password2", new)]);
        assert_eq!(secure::change_password(test.nobody(), form(PASSWORD, NEW)).await.err(), Some(AppError::SignIn));
        assert_eq!(wrong_key(secure::change_password(here.clone(), form(PASSWORD, "xValve01#a")).await), "password");
        assert_eq!(wrong_key(secure::change_password(here.clone(), form("Wrong#2026x", NEW)).await), "current");
        gone(secure::change_password(here.clone(), form(PASSWORD, NEW)).await);
        assert!(has_password(&test, &id, NEW).await);
        let left = sessions::mine(&here).await.unwrap();
        assert_eq!(left.len(), 1);
        assert!(left[0].is_this);
        // Five wrong ones, and even the right one has to wait.
        for _ in 0..5 {
            wrong(secure::change_password(here.clone(), form("Wrong#2026x", PASSWORD)).await);
        }
        assert!(wrong(secure::change_password(here.clone(), form(NEW, PASSWORD)).await)[0].1.contains("30 分钟"));
        test.wait(31);
        gone(secure::change_password(here, form(NEW, PASSWORD)).await);
    }
}

#[tokio::test]
async fn the_mobile_number_is_changed_with_a_code_to_the_new_one() {
    for test in TestApp::all().await {
        let id = enterprise(&test, "valve01", MOBILE, CREDIT_CODES[0]).await;
        enterprise(&test, "boiler01", "13900000009", CREDIT_CODES[1]).await;
        let here = test.signed_in(&id).await;
        let form = |mobile: &str, current: &str, code: &str| fill(&forms::CHANGE_MOBILE, &[("current", current), ("mobile", mobile), ("sms_code", code)]);
        let new = "13600000001";
        assert_eq!(secure::change_mobile(test.nobody(), form(new, "", ""), "code".into()).await.err(), Some(AppError::SignIn));
        told(secure::change_mobile(here.clone(), form(new, "", ""), "code".into()).await);
        let code = test.code(new).await;
        assert_eq!(wrong_key(secure::change_mobile(here.clone(), form(new, "Wrong#2026x", &code), String::new()).await), "current");
        // A code that went to one number proves no other.
        assert_eq!(wrong_key(secure::change_mobile(here.clone(), form("13600000002", PASSWORD, &code), String::new()).await), "sms_code");
        gone(secure::change_mobile(here.clone(), form(new, PASSWORD, &code), String::new()).await);
        assert_eq!(store::find_by_mobile(&mut test.app.db.read().await.unwrap(), new).await.unwrap().map(|a| a.id), Some(id));
        assert!(test.messages(MOBILE).await.pop().unwrap().contains("已经修改"));
        // Somebody else's number stays theirs.
        told(secure::change_mobile(here.clone(), form("13900000009", "", ""), "code".into()).await);
        let code = test.code("13900000009").await;
        assert_eq!(wrong_key(secure::change_mobile(here, form("13900000009", PASSWORD, &code), String::new()).await), "mobile");
    }
}

#[tokio::test]
async fn sessions_are_seen_and_ended_by_their_owner_only() {
    for test in TestApp::all().await {
        let here = test.member("enterprise", Role::Owner).await;
        let id = here.caller().unwrap().account_id.clone();
        let there = test.signed_in(&id).await;
        let stranger = test.member("enterprise", Role::Owner).await;
        let all = sessions::mine(&here).await.unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all.iter().filter(|s| s.is_this).count(), 1);
        let other = there.caller().unwrap().session_id.clone();
        assert_eq!(sessions::end_one(&stranger, other.clone()).await.err(), Some(AppError::NotFound));
        assert_eq!(sessions::mine(&test.nobody()).await.err(), Some(AppError::SignIn));
        gone(sessions::end_one(&here, other.clone()).await);
        assert_eq!(sessions::end_one(&here, other).await.err(), Some(AppError::NotFound));
        test.signed_in(&id).await;
        test.signed_in(&id).await;
        gone(sessions::end_others(&here).await);
        assert_eq!(sessions::mine(&here).await.unwrap().len(), 1);
        assert_eq!(sessions::mine(&stranger).await.unwrap().len(), 1);
        // An idle one is no longer listed.
        test.wait(31);
        assert!(sessions::mine(&here).await.unwrap().is_empty());
    }
}
