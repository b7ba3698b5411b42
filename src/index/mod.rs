//! The index: rows that answer questions quickly. It is derived from the log, can be deleted, and is never simply
//! believed.
//!
//! The rows are the state of the rules (one row for each fact), the entries of each type, and who names whom. They are
//! in sled, or in memory if a stopped process holds sled's folder or the folder cannot be written. Size, root, digest
//! of the rule state and schema are written in the same batch as the rows. A positive answer is confirmed against the
//! entry in the log; a negative answer is believed only while the marker matches the checkpoint.

mod confirm;
pub mod follow;
pub mod marked_rows;
pub mod memory;
pub mod query;
mod roots;
pub mod rows;
pub mod schema;
pub mod search;
pub mod sled_rows;
pub mod holder;

pub use follow::Admitted;
pub use marked_rows::Index;
pub use memory::{IndexedStatement, Memory};
pub use query::Indexed;
pub use rows::{MemoryRows, Rows};
pub use schema::Marker;
pub use sled_rows::SledRows;

use crate::{host, store};
use claimledger_core::log::{self, ReadError};

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
    /// It has followed more entries than this head covers: another process has appended, or an older copy was put
    /// back.
    #[error("the index covers {followed} entries, but this head covers only {size}")]
    Ahead {
        /// How far it has followed.
        followed: u64,
        /// How many entries the head covers.
        size: u64,
    },
    /// The log itself cannot be followed.
    #[error("the log is inconsistent: entry {index}: {reason}")]
    Log {
        /// The entry.
        index: u64,
        /// Why.
        reason: String,
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

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Held { .. } => "index-held",
            Self::Corrupt { .. } | Self::Ahead { .. } => "index-corrupt",
            Self::Log { .. } => "ledger-damaged",
            Self::Store(error) => error.code(),
            Self::Host(error) => error.code(),
        }
    }
}

fn disagrees(reason: &str) -> Error {
    Error::Corrupt {
        reason: reason.to_owned(),
    }
}
