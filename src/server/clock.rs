//! The only place that asks the machine for the time, so that tests own it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Unix milliseconds: the system's time, shifted by what a test or the demo asked for.
#[derive(Default)]
pub struct Clock {
    shift: AtomicI64,
}

impl Clock {
    /// Now, in unix milliseconds.
    #[expect(clippy::disallowed_methods, reason = "this is the place the rule points to")]
    pub fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX) + self.shift.load(Ordering::Relaxed)
    }

    /// Moves this clock, for tests and the demo.
    pub fn advance(&self, milliseconds: i64) {
        self.shift.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// How long a job rests that has been at work since then: three times as long, because people come first.
    pub fn rest_since(&self, began: i64) -> std::time::Duration {
        std::time::Duration::from_millis(self.now().saturating_sub(began).unsigned_abs() * 3)
    }

    /// Today's legal date: Asia/Shanghai (ruling 18).
    pub fn today(&self) -> jiff::civil::Date {
        crate::base::workdays::legal_date(self.now())
    }
}
