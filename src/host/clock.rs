//! The machine's clock.

use super::Error;
use claimledger_core::UnixMillis;
use jiff::tz::TimeZone;
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

/// The time zone in which the people at this machine read a clock: that of the variable `TZ`, else the system's. A system
/// without one counts in UTC, as its other programs do.
///
/// # Errors
///
/// [`Error::NoTimeZone`] if `TZ` names no zone that is known. To count in UTC then would put days at other places.
pub fn local_zone() -> Result<TimeZone, Error> {
    match TimeZone::try_system() {
        Ok(zone) if !zone.is_unknown() => Ok(zone),
        Err(e) if std::env::var_os("TZ").is_some() => Err(Error::NoTimeZone {
            reason: e.to_string(),
        }),
        _ => Ok(TimeZone::UTC),
    }
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
