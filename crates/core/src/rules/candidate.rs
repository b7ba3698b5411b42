//! A statement and its proposed place.

use crate::encoding::millis::UnixMillis;
use crate::envelope::Verified;
use crate::tlog::EntryIndex;

/// A statement and its proposed place.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The index of the entry.
    pub index: EntryIndex,
    /// The entry's time.
    pub time: UnixMillis,
    /// The statement, its signature verified.
    pub statement: &'a Verified,
}
