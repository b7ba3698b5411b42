//! The machine's clock.

use claimledger_core::UnixMillis;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A clock.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now_millis(&self) -> UnixMillis;
}

/// The machine's clock; a time before 1970 is read as 1970.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_millis(&self) -> UnixMillis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(UnixMillis::EPOCH, |d| {
            UnixMillis::new(u64::try_from(d.as_millis()).unwrap_or(u64::MAX))
        })
    }
}

/// Whether the machine's clock was ever set. A time before 1970 comes from a machine without a battery; the index and
/// other libraries cannot work with it.
pub fn is_set() -> bool {
    is_after_1970(SystemTime::now())
}

fn is_after_1970(time: SystemTime) -> bool {
    time >= UNIX_EPOCH
}

/// A clock that does not move; for tests and benchmarks.
#[derive(Debug, Default)]
pub struct FixedClock(AtomicU64);

impl FixedClock {
    /// A clock that says `millis`.
    pub fn at(millis: UnixMillis) -> Self {
        Self(AtomicU64::new(millis.get()))
    }

    /// Puts the clock.
    pub fn put(&self, millis: UnixMillis) {
        self.0.store(millis.get(), Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now_millis(&self) -> UnixMillis {
        UnixMillis::new(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_before_1970_is_not_set() {
        assert!(is_after_1970(UNIX_EPOCH));
        assert!(!is_after_1970(UNIX_EPOCH - Duration::from_millis(1)));
        assert!(!is_after_1970(UNIX_EPOCH - Duration::from_hours(12)));
        assert!(is_set());
    }
}
