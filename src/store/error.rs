//! Why the storage of a log failed.

use crate::{host, transport};
use claimledger_core::TreeSize;
use claimledger_core::log::{self, ReadError};
use claimledger_core::tlog;
use claimledger_core::{Code, Message};

/// Why the storage of a log failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An interrupted commit left a signed head, but its tiles are missing.
    #[error(
        "{place} contains a signed checkpoint.next of {size} entries that its tiles do not match"
    )]
    Unsupported {
        /// The place.
        place: String,
        /// The size it speaks of.
        size: TreeSize,
    },
    /// A commit failed after its head was signed and written beside the old one. It may be in the ledger, and the next
    /// process that opens the ledger for writing finishes it if it can be finished.
    #[error(
        "the commit of {} was interrupted after its head was signed: what it adds may be in the ledger",
        entries(*from, *to)
    )]
    Unfinished {
        /// The size before.
        from: TreeSize,
        /// The size after.
        to: TreeSize,
        /// What failed.
        #[source]
        source: host::Error,
    },
    /// Somebody else has appended since this log was opened.
    #[error(
        "{place} has {found} entries, but this process wrote {expected}: another process has written there"
    )]
    Overtaken {
        /// The place.
        place: String,
        /// The size this process knows.
        expected: TreeSize,
        /// The size that stands there.
        found: TreeSize,
    },
    /// No such proof exists.
    #[error("this proof cannot be made")]
    Proof(#[source] tlog::Error),
    /// A write failed earlier in this process.
    #[error("a write failed; this ledger is closed until it is opened again")]
    ClosedAfterFailure,
    /// An archive contains something that a ledger does not have, or more than it can have.
    #[error("the archive {place} is refused: {name}: {reason}")]
    Archive {
        /// The archive.
        place: String,
        /// What in it.
        name: String,
        /// Why.
        reason: String,
    },
    /// A place has files that its checkpoint does not cover.
    #[error("{place} serves content that does not match its checkpoint: {path}: {reason}")]
    Unproven {
        /// The place.
        place: String,
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The log.
    #[error(transparent)]
    Log(#[from] log::Error),
    /// The network.
    #[error(transparent)]
    Transport(#[from] transport::Error),
    /// The machine failed.
    #[error(transparent)]
    Host(#[from] host::Error),
}

/// `entry #9`, or `entries #9 to #11`.
fn entries(from: TreeSize, to: TreeSize) -> String {
    let (first, last) = (from.next(), to.last());
    match last.filter(|last| *last != first) {
        None => format!("entry #{first}"),
        Some(last) => format!("entries #{first} to #{last}"),
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Log(error.into())
    }
}

impl Error {
    /// Why `name` at `place` could not be read, as every [`Reader`](claimledger_core::log::Reader) reports it.
    pub fn reading(self, place: impl Into<String>, name: &str) -> ReadError {
        match self {
            Self::Log(log::Error::Place(error)) => error,
            other => ReadError::new(place, name, other.code(), other),
        }
    }

    /// This error, or the error of this room inside a reader's error.
    pub fn innermost(error: &log::Error) -> Option<&Self> {
        match error {
            log::Error::Place(read) => read.source.downcast_ref(),
            _ => None,
        }
    }

    /// Why, with the keys in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::Log(error) => error.message(),
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Unsupported { .. } => Code::CheckpointUnsupported,
            Self::Unfinished { .. } => Code::CommitUnfinished,
            Self::Overtaken { .. } => Code::LedgerOvertaken,
            Self::Proof(error) => error.code(),
            Self::ClosedAfterFailure => Code::ClosedAfterFailure,
            Self::Archive { .. } => Code::ArchiveRefused,
            Self::Unproven { .. } => Code::PeerUntruthful,
            Self::Log(error) => error.code(),
            Self::Transport(error) => error.code(),
            Self::Host(error) => error.code(),
        }
    }
}
