//! 修改密码, 修改手机号. Both ask for the current password; wrong ones are counted, so that a stolen session does not find
//! it out.

use super::codes::{self, Purpose};
use super::sign_in::{FAILURES, LOCK};
use crate::account::filled::Filled;
use crate::account::password;
use crate::account::store::{self, Account};
use crate::base::{Say, check, say};
use crate::error::{AppError, Result};
use crate::form::Issue;
use crate::server::app::Visit;
use crate::server::db::Tx;
use crate::server::plain::Answer;

/// Changes the caller's password and ends their other sessions.
pub async fn change_password(visit: Visit, filled: Filled) -> Result<Answer> {
    let caller = visit.caller()?.clone();
    let mut issues = filled.issues(&visit);
    if check::holds_username(&filled.get("password"), &caller.username) {
        issues.push(filled.issue("password", holds_name()));
    }
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let account = match confirm(&visit, &filled).await? {
        Ok(account) => account,
        Err(issue) => return Ok(Answer::Wrong(vec![issue])),
    };
    let hash = password::hash(filled.get("password")).await?;
    let seat = visit.clone();
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            store::set_password(tx, &account.id, &hash).await?;
            store::end_other_sessions(tx, &account.id, &caller.session_id).await?;
            tell_password_changed(&seat, tx, &account.mobile).await?;
            seat.audit(tx, "change-password", &account.id, &seat.address).await
        })
    });
    change.await?;
    Ok(Answer::Go("/account/password?saved=1".to_owned()))
}

/// Changes the caller's mobile number after a code to the new one, or sends it (`act` is `code`).
pub async fn change_mobile(visit: Visit, filled: Filled, act: String) -> Result<Answer> {
    visit.caller()?;
    match act.as_str() {
        "" => {}
        "code" => return super::register::code(&visit, &filled, Purpose::ChangeMobile).await,
        _ => return Ok(Answer::Wrong(Vec::new())),
    }
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let account = match confirm(&visit, &filled).await? {
        Ok(account) => account,
        Err(issue) => return Ok(Answer::Wrong(vec![issue])),
    };
    let seat = visit.clone();
    let issue = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let mobile = filled.get("mobile");
            if let Some(wrong) = codes::check(&seat, tx, Purpose::ChangeMobile, &mobile, &filled.get("sms_code")).await? {
                return Ok(Some(filled.issue("sms_code", wrong)));
            }
            if store::find_by_mobile(tx, &mobile).await?.is_some() {
                return Ok(Some(filled.issue("mobile", super::mobile_taken())));
            }
            codes::spend(tx, Purpose::ChangeMobile, &mobile).await?;
            store::set_mobile(tx, &account.id, &mobile).await?;
            tell_mobile_changed(&seat, tx, &account.mobile).await?;
            seat.audit(tx, "change-mobile", &account.id, &seat.address).await?;
            Ok(None)
        })
    });
    Ok(match issue.await? {
        Some(issue) => Answer::Wrong(vec![issue]),
        None => Answer::Go("/account/mobile?saved=1".to_owned()),
    })
}

/// The caller's account, if the current password is right.
async fn confirm(visit: &Visit, filled: &Filled) -> Result<Result<Account, Issue>> {
    let id = visit.caller()?.account_id.clone();
    let key = format!("current/{id}");
    let too_often = || filled.issue("current", say("密码错误次数太多，请 30 分钟后再试", "Too many wrong passwords; please try again in 30 minutes"));
    let mut tx = visit.app.db.read().await?;
    if store::find_failures(&mut tx, &key, visit.now() - LOCK).await?.count >= FAILURES {
        return Ok(Err(too_often()));
    }
    let account = store::find_account(&mut tx, &id).await?.ok_or(AppError::SignIn)?;
    drop(tx);
    let fits = password::fits(filled.get("current"), account.password_hash.clone()).await?;
    let now = visit.now();
    let count = visit.app.db.write(move |tx| {
        Box::pin(async move {
            store::hold_failures(tx, &key, now).await?;
            let before = store::find_failures(tx, &key, now - LOCK).await?.count;
            if fits && before < FAILURES {
                store::clear_failures(tx, &[&key]).await?;
                return Ok(0);
            }
            store::count_failure(tx, &key, now, now - LOCK).await
        })
    });
    Ok(match count.await? {
        0 => Ok(account),
        n if n > FAILURES => Err(too_often()),
        _ => Err(filled.issue("current", say("当前密码不正确", "The current password is wrong"))),
    })
}

pub(super) fn holds_name() -> Say {
    say("密码不能包含用户名，请换一个", "The password must not contain the user name; please choose another")
}

pub(super) async fn tell_password_changed(visit: &Visit, tx: &mut Tx, mobile: &str) -> Result<()> {
    let message = say(
        "您的账号密码已经修改。不是您本人操作的，请立即用短信登录并重设密码。",
        "The password of your account was changed. If this was not you, sign in with a code at once and reset it.",
    );
    tell(visit, tx, mobile, &message).await
}

/// Told to the number of before.
pub(super) async fn tell_mobile_changed(visit: &Visit, tx: &mut Tx, mobile: &str) -> Result<()> {
    let message = say(
        "您账号的手机号已经修改，这个号码不再接收通知。不是您本人操作的，请立即联系我们。",
        "The mobile number of your account was changed; this number no longer gets notices. If this was not you, contact us at once.",
    );
    tell(visit, tx, mobile, &message).await
}

async fn tell(visit: &Visit, tx: &mut Tx, mobile: &str, message: &Say) -> Result<()> {
    if mobile.is_empty() { Ok(()) } else { crate::notice::service::sms(tx, &visit.app, mobile, message.get(visit.lang)).await }
}
