//! 登录 (spec 2.5). The same answer in the same time whether there is such an account or not: failures are counted by the
//! account, whichever of its names was typed, or by what was typed as the name; a password is compared with somebody's or
//! with nobody's hash.

use super::MINUTE;
use super::challenge;
use super::codes::{self, Purpose};
use crate::account::filled::Filled;
use crate::account::forms::challenge::{ANSWER, ID};
use crate::account::model::work_of;
use crate::account::password;
use crate::account::store::{self, Account};
use crate::base::{Mobile, Say, say, text};
use crate::error::Result;
use crate::form::{Issue, Values};
use crate::server::app::{Visit, audit};
use crate::server::db::Tx;
use crate::server::plain::Answer;

/// How long five failures lock a name, and how long failures are remembered.
pub(super) const LOCK: i64 = 30 * MINUTE;
/// Failures that lock.
pub(super) const FAILURES: i64 = 5;

/// A name as failures are counted by, of an account its user name: a mobile number in its normal form, or lower case.
pub(super) fn name_key(typed: &str) -> String {
    Mobile::parse(typed).map_or_else(|_| text::tidy(typed).to_lowercase(), |mobile| mobile.as_str().to_owned())
}

/// Signs in with name and password. Beside the answer comes the question to ask next time, if one is to be asked.
pub async fn with_password(visit: &Visit, filled: &Filled, raw: &Values, next: &str) -> Result<(Answer, Values)> {
    let typed = name_key(&filled.get("name"));
    let issues = filled.issues(visit);
    if !issues.is_empty() {
        let asked = if raw.contains_key(ID) { ask(visit).await? } else { Values::new() };
        return Ok((Answer::Wrong(issues), asked));
    }
    let account = store::find_by_name(&mut visit.app.db.read().await?, &typed).await?;
    let key = account.as_ref().map_or(typed, |account| name_key(&account.username));
    if let Some(stopped) = gate(visit, &key, raw).await? {
        return Ok(stopped);
    }
    let hash = account.as_ref().map_or_else(|| visit.app.nobody.clone(), |account| account.password_hash.clone());
    let is_stale = account.is_some() && password::is_stale(&hash);
    let fits = password::fits(filled.get("password"), hash).await? && account.is_some();
    let fresh = if fits && is_stale { Some(password::hash(filled.get("password")).await?) } else { None };
    let seat = visit.clone();
    let verdict = visit.app.db.write(move |tx| {
        Box::pin(async move {
            // Again, because others may have failed with this name meanwhile.
            store::hold_failures(tx, &key, seat.now()).await?;
            if let Some(told) = locked(&seat, tx, &key).await? {
                return Ok(Err((Answer::Told(told), Values::new())));
            }
            match account.filter(|_| fits) {
                Some(account) => {
                    store::clear_failures(tx, &[&key]).await?;
                    if let Some(hash) = fresh {
                        store::set_password(tx, &account.id, &hash).await?;
                    }
                    Ok(Ok(account.id))
                }
                None => Ok(Err(fail(&seat, tx, &key).await?)),
            }
        })
    });
    match verdict.await? {
        Err(stopped) => Ok(stopped),
        Ok(account_id) => {
            visit.sign_in(&account_id).await?;
            Ok((Answer::Go(onward(visit, &account_id, next).await?), Values::new()))
        }
    }
}

/// Signs in with a code sent to a mobile number, or sends it (`act` is `code`). A locked name does not lock this way.
pub async fn with_code(visit: Visit, filled: Filled, act: String, next: String) -> Result<Answer> {
    match act.as_str() {
        "" => {}
        "code" => return super::register::code(&visit, &filled, Purpose::SignIn).await,
        _ => return Ok(Answer::Wrong(Vec::new())),
    }
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let seat = visit.clone();
    let found = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let mobile = filled.get("mobile");
            if let Some(wrong) = codes::check(&seat, tx, Purpose::SignIn, &mobile, &filled.get("sms_code")).await? {
                return Ok(Err(filled.issue("sms_code", wrong)));
            }
            codes::spend(tx, Purpose::SignIn, &mobile).await?;
            let account = store::find_by_mobile(tx, &mobile).await?;
            Ok(account
                .map(|account| account.id)
                .ok_or_else(|| filled.issue("sms_code", say("短信验证码已失效，请重新获取", "This code is no longer valid; please request a new one"))))
        })
    });
    match found.await? {
        Err(issue) => Ok(Answer::Wrong(vec![issue])),
        Ok(account_id) => {
            visit.sign_in(&account_id).await?;
            Ok(Answer::Go(onward(&visit, &account_id, &next).await?))
        }
    }
}

/// Where whoever has signed in goes on: where they wanted to, else where their work is.
async fn onward(visit: &Visit, account_id: &str, next: &str) -> Result<String> {
    if let Some(next) = local(next) {
        return Ok(next.to_owned());
    }
    let mut tx = visit.app.db.read().await?;
    let Some(account) = store::find_account(&mut tx, account_id).await? else { return Ok("/".to_owned()) };
    let unit = match &account.unit_id {
        Some(unit) => store::find_unit(&mut tx, unit).await?,
        None => None,
    };
    Ok(work_of(account.role, unit.map(|unit| unit.kind).unwrap_or_default().as_str(), &account.duties).to_owned())
}

/// An address of ours to go on at; none for anything else.
fn local(next: &str) -> Option<&str> {
    Some(next).filter(|next| text::is_ours(next) && !next.starts_with("/sign-in"))
}

/// Stops whoever is locked, and whoever owes an answer after a failure.
async fn gate(visit: &Visit, key: &str, raw: &Values) -> Result<Option<(Answer, Values)>> {
    let failures = store::find_failures(&mut visit.app.db.read().await?, key, visit.now() - LOCK).await?;
    if failures.count == 0 {
        return Ok(None);
    }
    let (seat, key, raw) = (visit.clone(), key.to_owned(), raw.clone());
    let stopped = visit.app.db.write(move |tx| {
        Box::pin(async move {
            if let Some(told) = locked(&seat, tx, &key).await? {
                return Ok(Some((Answer::Told(told), Values::new())));
            }
            if challenge::passes(&seat, tx, &raw).await? {
                return Ok(None);
            }
            let told = if raw.contains_key(ANSWER) {
                let wrong = say("回答不正确或已超过 5 分钟，请回答新的问题", "The answer is wrong or older than 5 minutes; please answer the new question");
                Answer::Wrong(vec![Issue::error(ANSWER, wrong)])
            } else {
                Answer::Told(say(
                    "为了账号安全，请回答下面的问题，再输入密码登录。",
                    "To keep the account safe, please answer the question below and enter the password again.",
                ))
            };
            Ok(Some((told, challenge::ask(&seat, tx).await?)))
        })
    });
    stopped.await
}

async fn ask(visit: &Visit) -> Result<Values> {
    let seat = visit.clone();
    visit.app.db.write(move |tx| Box::pin(async move { challenge::ask(&seat, tx).await })).await
}

/// What is told while a name is locked.
async fn locked(visit: &Visit, tx: &mut Tx, key: &str) -> Result<Option<Say>> {
    let failures = store::find_failures(tx, key, visit.now() - LOCK).await?;
    let left = failures.locked_until - visit.now();
    Ok((left > 0).then(|| lock_told((left + MINUTE - 1) / MINUTE)))
}

fn lock_told(minutes: i64) -> Say {
    say(
        format!("连续登录失败 5 次，已锁定。请 {minutes} 分钟后再试，或者用短信登录、重设密码。"),
        format!("Locked after five failures. Please try again in {minutes} minutes, sign in with a code, or reset your password."),
    )
}

/// Counts a failure and says what comes next.
async fn fail(visit: &Visit, tx: &mut Tx, key: &str) -> Result<(Answer, Values)> {
    let now = visit.now();
    let count = store::count_failure(tx, key, now, now - LOCK).await?;
    if count >= FAILURES {
        store::lock(tx, key, now + LOCK).await?;
        if let Some(owner) = store::find_by_name(tx, key).await? {
            tell_locked(visit, tx, &owner).await?;
        }
        return Ok((Answer::Told(lock_told(LOCK / MINUTE)), Values::new()));
    }
    let left = FAILURES - count;
    let told = say(
        format!("用户名或密码不正确，还可以再试 {left} 次。忘记密码的，可以用短信登录或重设密码。"),
        format!("The user name or password is wrong; you can try {left} more time(s). If you forgot it, sign in with a code or reset it."),
    );
    Ok((Answer::Told(told), challenge::ask(visit, tx).await?))
}

async fn tell_locked(visit: &Visit, tx: &mut Tx, owner: &Account) -> Result<()> {
    let message = say(
        "您的账号连续登录失败 5 次，已锁定 30 分钟。不是您本人操作的，请用短信登录后修改密码。",
        "Your account is locked for 30 minutes after five failed sign-ins. If this was not you, sign in with a code and change your password.",
    );
    if !owner.mobile.is_empty() {
        crate::notice::service::sms(tx, &visit.app, &owner.mobile, message.get(visit.lang)).await?;
    }
    audit(tx, visit.now(), None, "locked", &owner.id, &visit.address).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_ours_are_gone_on_at() {
        assert_eq!(local("/applications?x=1"), Some("/applications?x=1"));
        for next in ["//evil.example", "https://evil.example", "/\\evil", "", "/a\r\nb", "/sign-in?next=/"] {
            assert_eq!(local(next), None, "{next:?}");
        }
    }

    #[test]
    fn names_are_counted_in_one_form() {
        assert_eq!(name_key(" Valve01 "), "valve01");
        assert_eq!(name_key("138 1234 1234"), "13812341234");
    }
}
