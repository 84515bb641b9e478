//! Puts messages into the outbox, inside the change that causes them.

use crate::error::Result;
use crate::server::app::App;
use crate::server::db::Tx;
use crate::server::ids;
use crate::vals;

/// Queues a text message (短信).
pub async fn sms(tx: &mut Tx, app: &App, mobile: &str, text: &str) -> Result<()> {
    queue(tx, app, "sms", mobile, "", text).await
}

/// Queues a mail (电子邮件).
pub async fn mail(tx: &mut Tx, app: &App, to: &str, subject: &str, text: &str) -> Result<()> {
    queue(tx, app, "mail", to, subject, text).await
}

async fn queue(tx: &mut Tx, app: &App, channel: &str, to: &str, subject: &str, text: &str) -> Result<()> {
    let now = app.clock.now();
    let sql = "INSERT INTO outbox (id, channel, recipient, subject, sealed, created_at, due_at, tries, state, error) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 'waiting', '')";
    tx.run(sql, vals![ids::new(now), channel, to, subject, app.keys.seal(text), now, now]).await?;
    Ok(())
}
