//! The index: rows that answer questions quickly. It is derived from the log, can be deleted, and is never simply
//! believed.
//!
//! The rows are the state of the rules (one row for each fact), the entries of each type, and who names whom. They are
//! in sled, or in memory if a stopped process holds sled's folder or the folder cannot be written. Size, root, digest
//! of the rule state and schema are written in the same batch as the rows. A positive answer is confirmed against the
//! entry in the log; a negative answer is believed only while the marker matches the checkpoint.

pub mod asked;
pub mod changed;
pub mod compare;
mod confirm;
pub mod fence;
pub mod follow;
pub mod layered;
pub mod marked_rows;
pub mod memory;
mod places;
pub mod query;
mod roots;
pub mod rows;
pub mod schema;
pub mod sled_rows;
pub mod unused;
pub mod holder;

use claimledger_core::{EntryIndex, TreeSize};
pub use fence::{Fence, FenceLimits, THREAD};
pub use follow::Admitted;
pub use marked_rows::Index;
pub use memory::{IndexedStatement, Memory};
pub use query::Indexed;
pub use rows::{MemoryRows, Rows};
pub use schema::Marker;

use crate::outcome::Code;
use crate::{host, store};
use claimledger_core::Code as Core;
use claimledger_core::log::{self, ReadError};
use claimledger_core::{Message, message};

/// Why the index cannot answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Another process holds it.
    #[error("{holder} has the index open (lock {place})")]
    Held {
        /// The lock's file.
        place: String,
        /// Who holds it.
        holder: String,
    },
    /// It contradicts the log; it must be deleted and built again.
    #[error("the index does not agree with the log: {reason}")]
    Corrupt {
        /// What was noticed.
        reason: String,
    },
    /// Its store failed or did not answer. Its rows may be whole.
    #[error("the index failed: {reason}")]
    Failed {
        /// How.
        reason: String,
    },
    /// It has followed more entries than this head covers: another process has appended, or an older copy was put
    /// back.
    #[error("the index covers {followed} entries, but this head covers only {size}")]
    Ahead {
        /// How far it has followed.
        followed: TreeSize,
        /// How many entries the head covers.
        size: TreeSize,
    },
    /// The log itself cannot be followed.
    #[error("{}", inconsistent(*index, reason))]
    Log {
        /// The entry.
        index: EntryIndex,
        /// Why.
        reason: Message,
    },
    /// The log's home failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Its folder cannot be written.
    #[error(transparent)]
    Host(#[from] host::Error),
}

impl From<log::Error> for Error {
    fn from(error: log::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Store(error.into())
    }
}

fn inconsistent(index: EntryIndex, reason: &Message) -> Message {
    message!(
        "the log is inconsistent: entry {index}: {reason}",
        index,
        reason
    )
}

impl Error {
    /// Why, with the keys in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::Log { index, reason } => inconsistent(*index, reason),
            Self::Store(error) => error.message(),
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Held { .. } => Code::IndexHeld,
            Self::Corrupt { .. } | Self::Failed { .. } | Self::Ahead { .. } => Code::IndexCorrupt,
            Self::Log { .. } => Code::Core(Core::LedgerDamaged),
            Self::Store(error) => error.code().into(),
            Self::Host(error) => error.code().into(),
        }
    }
}

fn disagrees(reason: &str) -> Error {
    Error::Corrupt {
        reason: reason.to_owned(),
    }
}
