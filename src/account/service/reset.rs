//! 忘记密码: a code to the mobile number lets a new password be set. All sessions end.

use super::codes::{self, Purpose};
use crate::account::filled::Filled;
use crate::account::password;
use crate::account::store;
use crate::base::{check, say};
use crate::error::Result;
use crate::server::app::{Visit, audit};
use crate::server::plain::Answer;

/// Sets a new password, or sends the code (`act` is `code`).
pub async fn reset(visit: Visit, filled: Filled, act: String) -> Result<Answer> {
    match act.as_str() {
        "" => {}
        "code" => return super::register::code(&visit, &filled, Purpose::Reset).await,
        _ => return Ok(Answer::Wrong(Vec::new())),
    }
    let issues = filled.issues(&visit);
    if !issues.is_empty() {
        return Ok(Answer::Wrong(issues));
    }
    let hash = password::hash(filled.get("password")).await?;
    let seat = visit.clone();
    let issue = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let mobile = filled.get("mobile");
            if let Some(wrong) = codes::check(&seat, tx, Purpose::Reset, &mobile, &filled.get("sms_code")).await? {
                return Ok(Some(filled.issue("sms_code", wrong)));
            }
            let Some(account) = store::find_by_mobile(tx, &mobile).await? else {
                return Ok(Some(filled.issue("sms_code", say("短信验证码已失效，请重新获取", "This code is no longer valid; please request a new one"))));
            };
            if check::holds_username(&filled.get("password"), &account.username) {
                return Ok(Some(filled.issue("password", super::secure::holds_name())));
            }
            codes::spend(tx, Purpose::Reset, &mobile).await?;
            store::set_password(tx, &account.id, &hash).await?;
            store::end_all_sessions(tx, &account.id).await?;
            store::clear_failures(tx, &[&account.username.to_lowercase(), &mobile]).await?;
            super::secure::tell_password_changed(&seat, tx, &account.mobile).await?;
            audit(tx, seat.now(), Some(account.id.clone()), "reset-password", &account.id, &seat.address).await?;
            Ok(None)
        })
    });
    Ok(match issue.await? {
        Some(issue) => Answer::Wrong(vec![issue]),
        None => Answer::Go("/sign-in?done=reset".to_owned()),
    })
}
