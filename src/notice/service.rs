//! Puts messages into the outbox, inside the change that causes them.

use super::model::{Channel, Message};
use super::store::{self, Waiting};
use crate::error::{AppError, Result};
use crate::server::app::{App, Visit};
use crate::server::db::Tx;
use crate::server::ids;

/// Queues a text message (短信).
pub async fn sms(tx: &mut Tx, app: &App, mobile: &str, text: &str) -> Result<()> {
    queue(tx, app, Channel::Sms, mobile, "", text).await
}

/// Queues a mail (电子邮件).
pub async fn mail(tx: &mut Tx, app: &App, to: &str, subject: &str, text: &str) -> Result<()> {
    queue(tx, app, Channel::Mail, to, subject, text).await
}

async fn queue(tx: &mut Tx, app: &App, channel: Channel, to: &str, subject: &str, text: &str) -> Result<()> {
    let now = app.clock.now();
    let message = Waiting {
        id: ids::new(now),
        channel: channel.word().into(),
        recipient: to.into(),
        subject: subject.into(),
        sealed: app.keys.seal(text),
        created_at: now,
        due_at: now,
        tries: 0,
    };
    store::add(tx, &message).await
}

/// The newest messages of a demonstration.
pub async fn newest(visit: &Visit) -> Result<Vec<Message>> {
    if !visit.app.config.demo {
        return Err(AppError::NotFound);
    }
    let rows = store::newest(&mut visit.app.db.read().await?, 100).await?;
    let message = |w: Waiting| {
        let text = visit.app.keys.open(&w.sealed)?;
        Ok(Message { at: w.created_at, channel: Channel::of_word(&w.channel), to: w.recipient, subject: w.subject, text })
    };
    rows.into_iter().map(message).collect()
}
