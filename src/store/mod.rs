//! The log's home: reading bundles and tiles, and the one way to commit.
//!
//! What this is not: it judges no entry and holds no key. It promises one thing: what a checkpoint covers is durable,
//! and what no checkpoint covers never happened.

pub mod commit;
pub mod memory;
pub mod prove;
pub mod read;

pub use commit::Home;
pub use memory::MemoryDisk;
pub use prove::Tree;
pub use read::{Files, Reader, frontier_at, read_entries, read_entry, read_tile, root_at};

use crate::{host, tlog};

/// Why the log's home could not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A tile or bundle that the checkpoint covers is not there.
    #[error(
        "{place} lacks {path}, which its checkpoint covers: its checkpoint is ahead of its tiles"
    )]
    Missing {
        /// The place.
        place: String,
        /// The file.
        path: String,
    },
    /// A tile or bundle does not read.
    #[error("{path} at {place} does not read")]
    Unreadable {
        /// The place.
        place: String,
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: tlog::Error,
    },
    /// The checkpoint does not read.
    #[error("the checkpoint at {place} does not read")]
    Checkpoint {
        /// The place.
        place: String,
        /// Why.
        #[source]
        source: tlog::Error,
    },
    /// An interrupted commit left a signed head whose tiles are not there.
    #[error(
        "{place} holds a signed checkpoint.next of {size} entries that its tiles do not support"
    )]
    Unsupported {
        /// The place.
        place: String,
        /// The size it speaks of.
        size: u64,
    },
    /// No such proof can be made.
    #[error("no such proof can be made")]
    Proof(#[source] tlog::Error),
    /// A write failed earlier in this process.
    #[error("a write failed; this ledger is closed until it is opened again")]
    ClosedAfterFailure,
    /// The machine failed.
    #[error(transparent)]
    Host(#[from] host::Error),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "tiles-missing",
            Self::Unreadable { .. } => "tile-unreadable",
            Self::Checkpoint { .. } => "checkpoint-malformed",
            Self::Unsupported { .. } => "checkpoint-unsupported",
            Self::Proof(error) => error.code(),
            Self::ClosedAfterFailure => "closed-after-failure",
            Self::Host(error) => error.code(),
        }
    }
}

#[cfg(test)]
mod tests;
