//! 我的登录: where I am signed in, and ending that.

use crate::account::model::MySession;
use crate::account::store;
use crate::error::{AppError, Result};
use crate::server::app::Visit;
use crate::server::plain::Answer;

const PAGE: &str = "/account/sessions?saved=1";

/// The caller's living sessions, the latest first.
pub async fn mine(visit: &Visit) -> Result<Vec<MySession>> {
    let caller = visit.caller()?;
    let since = visit.now() - visit.app.config.session_minutes * 60_000;
    let rows = store::sessions_of(&mut visit.app.db.read().await?, &caller.account_id, since).await?;
    let mine = |row: store::SessionRow| MySession {
        is_this: row.id == caller.session_id,
        id: row.id,
        created_at: row.created_at,
        seen_at: row.seen_at,
        agent: row.agent,
        address: row.address,
    };
    Ok(rows.into_iter().map(mine).collect())
}

/// Ends one of the caller's sessions.
pub async fn end_one(visit: &Visit, id: String) -> Result<Answer> {
    let (seat, account_id) = (visit.clone(), visit.caller()?.account_id.clone());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            if !store::end_session(tx, &account_id, &id).await? {
                return Err(AppError::NotFound);
            }
            seat.audit(tx, "end-session", &account_id, &id).await
        })
    });
    change.await?;
    Ok(Answer::Go(PAGE.to_owned()))
}

/// Ends all of the caller's sessions but this one.
pub async fn end_others(visit: &Visit) -> Result<Answer> {
    let (seat, caller) = (visit.clone(), visit.caller()?.clone());
    let change = visit.app.db.write(move |tx| {
        Box::pin(async move {
            let ended = store::end_other_sessions(tx, &caller.account_id, &caller.session_id).await?;
            seat.audit(tx, "end-sessions", &caller.account_id, &ended.to_string()).await
        })
    });
    change.await?;
    Ok(Answer::Go(PAGE.to_owned()))
}
