//! Why a log could not be read.

use super::reader::ReadError;
use crate::tlog;

/// Why a log could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no ledger at this place.
    #[error("there is no ledger at {place}")]
    NoLedger {
        /// The place.
        place: String,
    },
    /// The log is inconsistent; an audit shows where.
    #[error("the ledger at {place} is inconsistent: {reason}")]
    Damaged {
        /// The place.
        place: String,
        /// What was noticed.
        reason: String,
    },
    /// The log has fewer entries.
    #[error("there is no entry {index} among the first {size} entries of this ledger")]
    NoEntry {
        /// The entry asked for.
        index: u64,
        /// How many entries the log has.
        size: u64,
    },
    /// A tile or bundle that the checkpoint covers is not there.
    #[error("{path} is missing at {place}: its checkpoint is ahead of its tiles")]
    Missing {
        /// The place.
        place: String,
        /// The file.
        path: String,
    },
    /// A tile or bundle cannot be read.
    #[error("{path} at {place} cannot be read")]
    Unreadable {
        /// The place.
        place: String,
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: tlog::Error,
    },
    /// The checkpoint cannot be read.
    #[error("the checkpoint at {place} is malformed")]
    Checkpoint {
        /// The place.
        place: String,
        /// Why.
        #[source]
        source: tlog::Error,
    },
    /// The place could not be read.
    #[error(transparent)]
    Place(#[from] ReadError),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoLedger { .. } => "no-ledger",
            Self::Damaged { .. } => "ledger-damaged",
            Self::NoEntry { .. } => "not-found",
            Self::Missing { .. } => "tiles-missing",
            Self::Unreadable { .. } => "tile-unreadable",
            Self::Checkpoint { .. } => "checkpoint-malformed",
            Self::Place(error) => error.code,
        }
    }
}
