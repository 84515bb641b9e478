//! Accounts on both engines: every use case with its refusals, somebody else's case, and the second time.

mod members;
mod names;
mod profile;
mod register;
mod secure;
mod sign_in;
mod staff;

use super::filled::Filled;
use crate::error::Result;
use crate::form::{Page, Values};
use crate::server::plain::Answer;
use crate::server::testing::TestApp;

const PASSWORD: &str = "Valve#2026ok";
const CREDIT_CODES: [&str; 4] = ["91610112MA00DEM143", "91330100MA00DEM22M", "91440300MA00DEM733", "92510100MA00DEMX60"];
const RESIDENT_ID: &str = "610112199001010012";

fn raw(page: &Page, answers: &[(&str, &str)]) -> Values {
    answers.iter().map(|(key, value)| (page.path(key), (*value).to_owned())).collect()
}

fn fill(page: &'static Page, answers: &[(&str, &str)]) -> Filled {
    Filled::of(page, &raw(page, answers))
}

/// Answers with some of them changed.
fn with<'a>(answers: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = answers.iter().filter(|(key, _)| !changes.iter().any(|(changed, _)| changed == key));
    kept.chain(changes).copied().collect()
}

/// Where a form went on.
fn gone(answer: Result<Answer>) -> String {
    match answer.unwrap() {
        Answer::Go(to) => to,
        Answer::Wrong(issues) => panic!("{issues:?}"),
        Answer::Told(say) | Answer::Noted(say) => panic!("{}", say.zh),
    }
}

/// The fields that were wrong, by key, with what was said.
fn wrong(answer: Result<Answer>) -> Vec<(String, String)> {
    match answer.unwrap() {
        Answer::Wrong(issues) => issues.into_iter().map(|i| (i.path.rsplit('/').next().unwrap().to_owned(), i.message.zh.into_owned())).collect(),
        Answer::Go(to) => panic!("went on to {to}"),
        Answer::Told(say) | Answer::Noted(say) => panic!("{}", say.zh),
    }
}

/// The one field that was wrong.
fn wrong_key(answer: Result<Answer>) -> String {
    let wrong = wrong(answer);
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    wrong[0].0.clone()
}

/// What was told of the form as a whole.
fn told(answer: Result<Answer>) -> String {
    match answer.unwrap() {
        Answer::Told(say) | Answer::Noted(say) => say.zh.into_owned(),
        Answer::Go(to) => panic!("went on to {to}"),
        Answer::Wrong(issues) => panic!("{issues:?}"),
    }
}

/// Registers an enterprise; gives its account's id.
async fn enterprise(test: &TestApp, username: &str, mobile: &str, code: &str) -> String {
    let visit = test.nobody();
    told(register::send(test, mobile).await);
    let sms = test.code(mobile).await;
    let answers = with(register::ENTERPRISE, &[("username", username), ("mobile", mobile), ("uscc", code), ("sms_code", &sms)]);
    let answer = super::service::register::register(
        visit,
        fill(&super::forms::REGISTER_ENTERPRISE, &answers),
        String::new(),
        super::service::register::Registrant::Enterprise,
    )
    .await;
    assert_eq!(gone(answer), "/account?welcome=1");
    let account = super::store::find_by_mobile(&mut test.app.db.read().await.unwrap(), mobile).await.unwrap();
    account.unwrap().id
}
