//! An entry: an envelope at its place in the log. Encodes and decodes it, and checks its link in the chain.
//!
//! What this is not: it does not know the tree, and judges no statement.

pub(crate) mod codec;

pub use crate::entry::codec::{Entry, Head};

use crate::encoding::Defect;

/// Why bytes are not an entry, or the entry does not belong at this place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Longer than tlog-tiles can carry.
    #[error("the entry has {found} bytes; tlog-tiles allows at most 65535")]
    TooLong {
        /// Its length.
        found: usize,
    },
    /// The bytes are not an entry.
    #[error("the bytes are not a valid entry: {reason}")]
    Malformed {
        /// What the decoder said.
        reason: String,
    },
    /// A version this program does not know.
    #[error("the entry has version {found}; this program supports version 1 only")]
    Version {
        /// The version byte.
        found: u8,
    },
    /// The decoded entry has another encoding than these bytes.
    #[error("the entry is not in its canonical encoding")]
    NotCanonical,
    /// The entry names another key than its statement.
    #[error("the entry names key {entry}, but its statement names key {statement}")]
    KeyMismatch {
        /// The entry's.
        entry: String,
        /// The statement's.
        statement: String,
    },
    /// The entry's index is not its place.
    #[error("the entry has index {found}, but its position in the log is {expected}")]
    Index {
        /// Where it stands.
        expected: u64,
        /// What it says.
        found: u64,
    },
    /// `previous` is not the leaf hash of the entry before.
    #[error(
        "the hash chain is broken: the entry names {found} as the hash of the previous entry, which is {expected}"
    )]
    Chain {
        /// The leaf hash of the entry before.
        expected: String,
        /// What the entry says.
        found: String,
    },
    /// Its time is before that of the entry before.
    #[error("the entry's time {found} is earlier than {before}, the time of the previous entry")]
    TimeBackwards {
        /// The time of the entry before, in Unix milliseconds.
        before: u64,
        /// Its own.
        found: u64,
    },
    /// The statement inside is malformed.
    #[error(transparent)]
    Statement(#[from] Defect),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "entry-too-long",
            Self::Malformed { .. } => "entry-malformed",
            Self::Version { .. } => "entry-version",
            Self::NotCanonical => "entry-not-canonical",
            Self::KeyMismatch { .. } => "entry-key-mismatch",
            Self::Index { .. } => "entry-index",
            Self::Chain { .. } => "chain-broken",
            Self::TimeBackwards { .. } => "time-backwards",
            Self::Statement(defect) => defect.code.as_str(),
        }
    }
}

#[cfg(test)]
mod tests;
