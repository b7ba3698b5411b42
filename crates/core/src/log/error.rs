//! Why a log could not be read.

use super::reader::ReadError;
use crate::code::Code;
use crate::message;
use crate::message::Message;
use crate::tlog;
use crate::tlog::{EntryIndex, TreeSize};

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
    #[error("{}", inconsistent(place, reason))]
    Damaged {
        /// The place.
        place: String,
        /// What was noticed.
        reason: Message,
    },
    /// The log has fewer entries.
    #[error("there is no entry {index} among the first {size} entries of this ledger")]
    NoEntry {
        /// The entry asked for.
        index: EntryIndex,
        /// How many entries the log has.
        size: TreeSize,
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

fn inconsistent(place: &str, reason: &Message) -> Message {
    message!(
        "the ledger at {place} is inconsistent: {reason}",
        place,
        reason
    )
}

impl Error {
    /// What was wrong, with the keys in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::Damaged { place, reason } => inconsistent(place, reason),
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::NoLedger { .. } => Code::NoLedger,
            Self::Damaged { .. } => Code::LedgerDamaged,
            Self::NoEntry { .. } => Code::NotFound,
            Self::Missing { .. } => Code::TilesMissing,
            Self::Unreadable { .. } => Code::TileUnreadable,
            Self::Checkpoint { .. } => Code::CheckpointMalformed,
            Self::Place(error) => error.code,
        }
    }
}
