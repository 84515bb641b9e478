//! Forms posted without script: what was typed is kept (sealed, for half an hour) together with what is wrong, the
//! browser is sent back, and the page shows both. With script the same answer travels as JSON.

use super::app::Visit;
use super::{ids, session};
use crate::base::Say;
use crate::error::{AppError, Result};
use crate::form::{Issue, Values};
use crate::ui::form::{FormReply, FormState};
use crate::vals;

/// How long a plain form's state waits to be shown.
const KEEP_MS: i64 = 30 * 60_000;

/// What a use case says of a form.
pub enum Answer {
    /// Done; go on at this address.
    Go(String),
    /// Wrong at these fields; nothing was changed.
    Wrong(Vec<Issue>),
    /// Refused as a whole.
    Told(Say),
    /// Not done yet, but something went well on the way: a code was sent.
    Noted(Say),
}

impl From<Vec<Issue>> for Answer {
    fn from(issues: Vec<Issue>) -> Answer {
        Answer::Wrong(issues)
    }
}

/// Turns a use case's answer into what the browser needs. `form` names the form; `kept` is what may be shown again
/// (never a password or a code).
pub async fn reply(visit: &Visit, form: &str, kept: Values, result: Result<Answer>) -> Result<FormReply> {
    let state = match result {
        Ok(Answer::Go(address)) => {
            if visit.plain {
                leptos_axum::redirect(&address);
            }
            return Ok(FormReply::Go(address));
        }
        Ok(Answer::Wrong(issues)) => FormState { values: kept, issues, ..FormState::default() },
        Ok(Answer::Told(say)) => FormState { values: kept, told: Some(say), ..FormState::default() },
        Ok(Answer::Noted(say)) => FormState { values: kept, noted: Some(say), ..FormState::default() },
        Err(error) if visit.plain => FormState { values: kept, told: Some(error.say()), ..FormState::default() },
        Err(error) => return Err(error),
    };
    if visit.plain {
        keep(visit, form, &state).await?;
        if let Some(back) = back_address() {
            leptos_axum::redirect(&back);
        }
    }
    Ok(FormReply::Wrong(state))
}

/// Stores a form's state for the page that is shown next.
pub async fn keep(visit: &Visit, form: &str, state: &FormState) -> Result<()> {
    let digest = ids::digest(&session::form_token(visit));
    let sealed = visit.app.keys.seal(&serde_json::to_string(state).unwrap_or_default());
    let (form, now) = (form.to_owned(), visit.now());
    visit
        .app
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.run("DELETE FROM form_state WHERE expires_at < $1", vals![now]).await?;
                let sql = "INSERT INTO form_state (token_digest, form, sealed, expires_at) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (token_digest, form) DO UPDATE SET sealed = excluded.sealed, expires_at = excluded.expires_at";
                tx.run(sql, vals![digest, form, sealed, now + KEEP_MS]).await?;
                Ok(())
            })
        })
        .await
}

/// The state of a form that was just posted without script, if this page is the one to show it.
pub async fn recall(visit: &Visit, form: &str) -> Result<FormState> {
    if visit.form_token.is_empty() || !visit.query.split('&').any(|p| p == "again=1") {
        return Ok(FormState::default());
    }
    let sql = "SELECT sealed FROM form_state WHERE token_digest = $1 AND form = $2 AND expires_at >= $3";
    let row = visit.app.db.read().await?.row(sql, vals![ids::digest(&visit.form_token), form, visit.now()]).await?;
    let Some(row) = row else { return Ok(FormState::default()) };
    serde_json::from_str(&visit.app.keys.open(&row.text("sealed")?)?).map_err(|e| AppError::BadRequest(e.to_string()))
}

/// The page the form stood on, marked so that it shows what was kept.
fn back_address() -> Option<String> {
    let parts = leptos::prelude::use_context::<http::request::Parts>()?;
    let referer: http::Uri = parts.headers.get(http::header::REFERER)?.to_str().ok()?.parse().ok()?;
    let query = referer.query().unwrap_or("");
    let query: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && *p != "again=1").chain(["again=1"]).collect();
    Some(format!("{}?{}", referer.path(), query.join("&")))
}
