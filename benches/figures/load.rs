//! Several clients at once, each asking again as soon as it is answered, and how long that took.

use crate::Result;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

/// Whoever asks the same thing over and over.
pub trait Client: Send + 'static {
    /// Asks once and waits for the answer.
    fn call(&mut self) -> impl Future<Output = Result<()>> + Send;

    /// Whether it has nothing more to ask.
    fn is_done(&self) -> bool {
        false
    }
}

/// When something was asked, and when it was answered.
pub type Span = (Instant, Instant);

/// Calls a second, and the milliseconds within which half and 99 of 100 of them are answered.
#[derive(Clone, Copy)]
pub struct Load {
    pub per_second: f64,
    pub p50: f64,
    pub p99: f64,
}

impl Load {
    /// The figures of some calls, from the first question to the last answer.
    pub fn of(spans: &[Span]) -> Load {
        let mut times: Vec<f64> = spans.iter().map(|(asked, answered)| answered.duration_since(*asked).as_secs_f64() * 1000.0).collect();
        times.sort_unstable_by(f64::total_cmp);
        let first = spans.iter().map(|(asked, _)| *asked).min();
        let last = spans.iter().map(|(_, answered)| *answered).max();
        let seconds = first.zip(last).map_or(f64::NAN, |(first, last)| last.duration_since(first).as_secs_f64());
        let count = times.len() as f64;
        let within = |share: f64| times.get((count * share) as usize).copied().unwrap_or(f64::NAN);
        Load { per_second: count / seconds, p50: within(0.5), p99: within(0.99) }
    }

    /// The median of each figure.
    pub fn median(loads: impl Iterator<Item = Load>) -> Load {
        let loads: Vec<Load> = loads.collect();
        let each = |figure: fn(&Load) -> f64| median(loads.iter().map(figure));
        Load { per_second: each(|load| load.per_second), p50: each(|load| load.p50), p99: each(|load| load.p99) }
    }
}

/// The middle one.
pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Lets all clients make this many calls each, after a tenth as many that do not count.
pub async fn drive<C: Client>(clients: Vec<C>, calls: usize) -> Result<Load> {
    let together = Arc::new(Barrier::new(clients.len()));
    let mut running = JoinSet::new();
    for client in clients {
        running.spawn(ask(client, calls, together.clone()));
    }
    let mut spans = Vec::new();
    // The first failure ends them all.
    while let Some(done) = running.join_next().await {
        spans.extend(done??);
    }
    Ok(Load::of(&spans))
}

/// Lets all clients ask for so long, beginning together with others; what was asked and when it was answered.
pub async fn drive_for<C: Client>(clients: Vec<C>, time: Duration, together: Arc<Barrier>) -> Result<Vec<Span>> {
    let mut running: JoinSet<Result<Vec<Span>>> = JoinSet::new();
    for mut client in clients {
        let together = together.clone();
        running.spawn(async move {
            together.wait().await;
            let (mut spans, end) = (Vec::new(), now() + time);
            while !client.is_done() && now() < end {
                let asked = now();
                client.call().await?;
                spans.push((asked, now()));
            }
            Ok(spans)
        });
    }
    let mut spans = Vec::new();
    while let Some(done) = running.join_next().await {
        spans.extend(done??);
    }
    Ok(spans)
}

async fn ask<C: Client>(mut client: C, calls: usize, together: Arc<Barrier>) -> Result<Vec<Span>> {
    for _ in 0..calls.div_ceil(10) {
        client.call().await?;
    }
    together.wait().await;
    let mut spans = Vec::with_capacity(calls);
    for _ in 0..calls {
        let asked = now();
        client.call().await?;
        spans.push((asked, now()));
    }
    Ok(spans)
}

/// The machine's own time: what is measured here is not the application's clock.
#[expect(clippy::disallowed_methods, reason = "figures are taken of the machine, and no test owns them")]
pub fn now() -> Instant {
    Instant::now()
}
