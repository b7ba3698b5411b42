//! The ledger: open, admit, append, checkpoint; the one writer.
//!
//! What this is not: it asks nobody anything and prints nothing. Keys, passphrases and prompts are the callers'.

pub mod append;
pub mod checkpoint_keys;
pub mod closed;
pub mod create;
pub mod excerpts;
pub mod known;
pub mod log;
pub mod writer;

pub use append::{Batch, Receipt};
pub use checkpoint_keys::CheckpointKeys;
pub use known::Known;
pub use log::{Log, LogHead};
pub use writer::Writer;

use crate::{crypto, encoding, entry, envelope, host, index, rules, snapshots, store, tlog};

/// Why the ledger did not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no ledger at this place.
    #[error("there is no ledger at {place}")]
    NoLedger {
        /// The place.
        place: String,
    },
    /// There is one already.
    #[error("there is a ledger at {place} already")]
    Exists {
        /// The place.
        place: String,
    },
    /// The log does not hold together; an audit says where.
    #[error("the ledger at {place} does not hold together: {reason}")]
    Damaged {
        /// The place.
        place: String,
        /// What was noticed.
        reason: String,
    },
    /// This copy takes no more entries.
    #[error("this copy is closed: {reason}")]
    Closed {
        /// What its `closed` file says.
        reason: String,
    },
    /// What this machine remembers of the ledger forbids it.
    #[error(transparent)]
    Known(#[from] known::Error),
    /// The rules forbid it.
    #[error("{0}")]
    Rejected(#[source] rules::Rejection),
    /// An excerpt is not in its text.
    #[error(transparent)]
    Excerpt(#[from] excerpts::Error),
    /// The checkpoint key at hand is not the ledger's.
    #[error("the checkpoint key at hand is {found}, the ledger's is {expected}")]
    CheckpointKey {
        /// The ledger's.
        expected: crypto::PublicKey,
        /// The one at hand.
        found: crypto::PublicKey,
    },
    /// A batch was judged at another head than the one it is to be written at.
    #[error("the batch was judged at another head of this ledger")]
    OtherHead,
    /// The checkpoint could not be signed.
    #[error("the checkpoint could not be signed: {0}")]
    Signing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// No entry of that number or name.
    #[error("{name:?} names nothing in the first {size} entries of this ledger")]
    NotFound {
        /// What was asked for.
        name: String,
        /// Up to where.
        size: u64,
    },
    /// More than one statement's id begins so.
    #[error("{name:?} begins the ids of {count} statements; give more digits")]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// How many.
        count: usize,
    },
    /// An envelope is not what it should be.
    #[error(transparent)]
    Envelope(#[from] envelope::Error),
    /// An entry is not what it should be.
    #[error(transparent)]
    Entry(#[from] entry::Error),
    /// A spelling.
    #[error(transparent)]
    Spelling(#[from] encoding::Defect),
    /// A signed note or tile.
    #[error(transparent)]
    Tlog(#[from] tlog::Error),
    /// The index.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// The log's home.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The snapshots' home.
    #[error(transparent)]
    Snapshots(#[from] snapshots::Error),
    /// The machine.
    #[error(transparent)]
    Host(#[from] host::Error),
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoLedger { .. } => "no-ledger",
            Self::Exists { .. } => "ledger-exists",
            Self::Damaged { .. } => "ledger-damaged",
            Self::Closed { .. } => "ledger-closed",
            Self::Known(error) => error.code(),
            Self::Rejected(rejection) => rejection.code(),
            Self::Excerpt(error) => error.code(),
            Self::CheckpointKey { .. } => "checkpoint-key-wrong",
            Self::OtherHead => "batch-other-head",
            Self::Signing(_) => "checkpoint-not-signed",
            Self::NotFound { .. } => "not-found",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Envelope(error) => error.code(),
            Self::Entry(error) => error.code(),
            Self::Spelling(defect) => defect.code.as_str(),
            Self::Tlog(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Snapshots(error) => error.code(),
            Self::Host(error) => error.code(),
        }
    }
}

#[cfg(test)]
mod tests;
