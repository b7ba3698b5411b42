//! A statement and its proposed place.

use crate::envelope::Verified;

/// A statement and its proposed place.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The index of the entry.
    pub index: u64,
    /// The entry's time, Unix milliseconds.
    pub time: u64,
    /// The statement, its signature verified.
    pub statement: &'a Verified,
}
