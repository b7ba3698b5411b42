//! An entry: an envelope at its place in the log. Encodes and decodes it, and checks its link in the chain.
//!
//! What this is not: it does not know the tree, and judges no statement.

pub(crate) mod codec;

use crate::encoding::millis::UnixMillis;
pub use crate::entry::codec::{Entry, Head};
use crate::tlog::EntryIndex;

use crate::code::Code;
use crate::crypto::PublicKey;
use crate::encoding::Defect;
use crate::message;
use crate::message::Message;

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
    #[error("{}", two_keys(entry, statement))]
    KeyMismatch {
        /// The entry's.
        entry: PublicKey,
        /// The statement's.
        statement: PublicKey,
    },
    /// The entry's index is not its place.
    #[error("the entry has index {found}, but its position in the log is {expected}")]
    Index {
        /// Where it stands.
        expected: EntryIndex,
        /// What it says.
        found: EntryIndex,
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
        /// The time of the entry before.
        before: UnixMillis,
        /// Its own.
        found: UnixMillis,
    },
    /// The statement inside is malformed.
    #[error(transparent)]
    Statement(#[from] Defect),
}

fn two_keys(entry: &PublicKey, statement: &PublicKey) -> Message {
    message!(
        "the entry names key {entry}, but its statement names key {statement}",
        entry,
        statement
    )
}

impl Error {
    /// What was wrong, with the keys in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::KeyMismatch { entry, statement } => two_keys(entry, statement),
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::TooLong { .. } => Code::EntryTooLong,
            Self::Malformed { .. } => Code::EntryMalformed,
            Self::Version { .. } => Code::EntryVersion,
            Self::NotCanonical => Code::EntryNotCanonical,
            Self::KeyMismatch { .. } => Code::EntryKeyMismatch,
            Self::Index { .. } => Code::EntryIndex,
            Self::Chain { .. } => Code::ChainBroken,
            Self::TimeBackwards { .. } => Code::TimeBackwards,
            Self::Statement(defect) => defect.code.into(),
        }
    }
}

#[cfg(test)]
mod tests;
