//! Unix milliseconds: the time that a ledger gives an entry.

use super::Defect;
use super::time::Instant;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds. The `issued` of a statement is an [`Instant`], which
/// counts whole seconds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct UnixMillis(u64);

impl UnixMillis {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);

    /// `millis` milliseconds after 1970-01-01T00:00:00Z.
    pub const fn new(millis: u64) -> Self {
        Self(millis)
    }

    /// The number of milliseconds since 1970-01-01T00:00:00Z.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn seconds(self) -> u64 {
        self.0 / 1_000
    }

    /// The second in which this millisecond lies.
    ///
    /// # Errors
    ///
    /// `bad-time` beyond the year 9999.
    pub fn instant(self) -> Result<Instant, Defect> {
        Instant::from_unix_seconds(self.seconds())
    }

    /// The time `millis` milliseconds later; at most 2^64-1.
    pub const fn plus_millis(self, millis: u64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// How many milliseconds after `earlier` this is; 0 if it is not after it.
    pub const fn millis_since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The first millisecond of a second.
impl From<Instant> for UnixMillis {
    fn from(instant: Instant) -> Self {
        Self(instant.unix_seconds() * 1_000)
    }
}

/// The number of milliseconds.
impl fmt::Display for UnixMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
