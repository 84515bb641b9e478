//! The worker that empties the outbox. It may run on several nodes at once: a message is taken by a compare-and-swap,
//! and given back when whoever took it died. A message goes out at least once.

use super::driver::Drivers;
use super::model::Channel;
use super::store::{self, Waiting};
use crate::error::Result;
use crate::server::app::App;
use futures::StreamExt;
use std::sync::Arc;
use std::time::Duration;

/// Tries before a message is given up.
pub const MAX_TRIES: i64 = 8;
/// How long a message belongs to the node that took it; longer than any try.
const LEASE_MS: i64 = 60_000;
/// The wait after the first failure; it doubles with each.
const FIRST_WAIT_MS: i64 = 5_000;
/// Messages taken in one round, and sent at once.
const ROUND: i64 = 32;
const AT_ONCE: usize = 8;
/// How long a settled message is remembered.
const KEEP_MS: i64 = 30 * 24 * 3_600_000;
const HOUR_MS: i64 = 3_600_000;

/// Sends what is due, for as long as the server runs.
pub async fn run(app: Arc<App>) {
    let mut forgot_at = 0;
    loop {
        // What went wrong with the database was logged where it arose; the next round tries again.
        let sent = round(&app, &app.drivers).await.unwrap_or(0);
        let now = app.clock.now();
        if now - forgot_at > HOUR_MS {
            forgot_at = now;
            app.db.write(move |tx| Box::pin(async move { store::forget(tx, now - KEEP_MS).await })).await.ok();
        }
        if sent < ROUND {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

/// Tries each message that is due once; tells how many there were.
pub async fn round(app: &App, drivers: &Drivers) -> Result<i64> {
    let due = store::due(&mut app.db.read().await?, app.clock.now(), ROUND).await?;
    let count = i64::try_from(due.len()).unwrap_or(ROUND);
    let tries = futures::stream::iter(due).map(|message| attempt(app, drivers, message));
    let results: Vec<Result<()>> = tries.buffer_unordered(AT_ONCE).collect().await;
    results.into_iter().collect::<Result<()>>().map(|()| count)
}

async fn attempt(app: &App, drivers: &Drivers, message: Waiting) -> Result<()> {
    let (id, due_at, until) = (message.id.clone(), message.due_at, app.clock.now() + LEASE_MS);
    let taken = app.db.write(move |tx| Box::pin(async move { store::claim(tx, &id, due_at, until).await })).await?;
    if !taken {
        return Ok(());
    }
    let text = app.keys.open(&message.sealed)?;
    let done = match Channel::of_word(&message.channel) {
        Channel::Sms => drivers.sms(&message.recipient, &text).await,
        Channel::Mail => drivers.mail(&message.id, &message.recipient, &message.subject, &text).await,
    };
    let (tries, now, keep_text) = (message.tries + 1, app.clock.now(), app.config.demo);
    let (id, channel) = (message.id, message.channel);
    let outcome = match done {
        Ok(()) => Outcome::Sent,
        Err(why) if tries >= MAX_TRIES => {
            tracing::error!(message = id, channel, tries, "a message was given up: {why}");
            Outcome::GivenUp(why)
        }
        Err(why) => {
            tracing::warn!(message = id, channel, tries, "a message will be tried again: {why}");
            Outcome::Later(now + FIRST_WAIT_MS * (1 << (tries - 1)), why)
        }
    };
    app.db
        .write(move |tx| {
            Box::pin(async move {
                match outcome {
                    Outcome::Sent => store::settle(tx, &id, "sent", "", keep_text).await,
                    Outcome::GivenUp(why) => store::settle(tx, &id, "failed", &why, keep_text).await,
                    Outcome::Later(due_at, why) => store::put_off(tx, &id, due_at, &why).await,
                }
            })
        })
        .await
}

enum Outcome {
    Sent,
    GivenUp(String),
    Later(i64, String),
}
