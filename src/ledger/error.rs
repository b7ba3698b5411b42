//! Why the ledger refused or failed, and why this machine's memory forbids something.

use crate::outcome::{Code, Outcome};
use crate::{host, index, snapshots, store};
use claimledger_core::Code as Core;
use claimledger_core::encoding::name::Origin;
use claimledger_core::log::{self, ExcerptError, Misstated, ReadError};
use claimledger_core::model::StatementId;
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_core::{Message, PublicKey, message};
use claimledger_core::{encoding, entry, envelope, rules, tlog};

/// Why the ledger refused or failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is one already.
    #[error("there is already a ledger at {place}")]
    Exists {
        /// The place.
        place: String,
    },
    /// This copy takes no more entries.
    #[error("this copy is closed: {reason}")]
    Closed {
        /// What its `closed` file says.
        reason: String,
    },
    /// This machine's clock is a day or more behind the ledger.
    #[error(
        "this machine's clock says {now}, but entry #{entry} was added at {time}: the clock is behind"
    )]
    ClockBehind {
        /// The last entry.
        entry: EntryIndex,
        /// Its time.
        time: String,
        /// What this machine's clock says.
        now: String,
    },
    /// This machine's memory of the ledger forbids it.
    #[error(transparent)]
    Known(#[from] RollbackError),
    /// The rules forbid it.
    #[error("{0}")]
    Rejected(#[source] rules::Rejection),
    /// An excerpt is not in its text.
    #[error(transparent)]
    Excerpt(#[from] ExcerptError),
    /// A capture says something else of an earlier quotation than its text shows.
    #[error(transparent)]
    Misstated(#[from] Misstated),
    /// This checkpoint key is not the ledger's.
    #[error("{}", other_key(expected, found))]
    CheckpointKey {
        /// The ledger's.
        expected: PublicKey,
        /// The one at hand.
        found: PublicKey,
    },
    /// A batch was judged at another head than the one at which it is to be written.
    #[error("the ledger changed after these statements were checked")]
    OtherHead,
    /// The checkpoint could not be signed.
    #[error("the checkpoint could not be signed: {0}")]
    Signing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// There is no entry with that number or name.
    #[error("{name:?} does not name anything in the first {size} entries of this ledger")]
    NotFound {
        /// What was asked for.
        name: String,
        /// Up to where.
        size: TreeSize,
    },
    /// More than one statement's id begins with these digits.
    #[error("the ids of {count} statements begin with {name:?}")]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// How many.
        count: usize,
    },
    /// An envelope is malformed or its signature is wrong.
    #[error(transparent)]
    Envelope(#[from] envelope::Error),
    /// An entry is malformed.
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
    /// The log.
    #[error(transparent)]
    Log(#[from] log::Error),
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

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Log(error.into())
    }
}

impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

fn other_key(expected: &PublicKey, found: &PublicKey) -> Message {
    message!(
        "the checkpoint key here is {found}, but the ledger's key is {expected}",
        expected,
        found
    )
}

impl Error {
    /// Why, with the keys and statements in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::Rejected(rejection) => rejection.message(),
            Self::Misstated(misstated) => misstated.message(),
            Self::CheckpointKey { expected, found } => other_key(expected, found),
            Self::Envelope(error) => error.message(),
            Self::Entry(error) => error.message(),
            Self::Index(error) => error.message(),
            Self::Log(error) => error.message(),
            Self::Store(error) => error.message(),
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Exists { .. } => Code::LedgerExists,
            Self::Closed { .. } => Code::LedgerClosed,
            Self::ClockBehind { .. } => Code::ClockBehind,
            Self::Known(error) => error.code(),
            Self::Rejected(rejection) => rejection.code().into(),
            Self::Excerpt(error) => error.code().into(),
            Self::Misstated(misstated) => misstated.code().into(),
            Self::CheckpointKey { .. } => Code::CheckpointKeyWrong,
            Self::OtherHead => Code::BatchOtherHead,
            Self::Signing(_) => Code::CheckpointNotSigned,
            Self::NotFound { .. } => Code::Core(Core::NotFound),
            Self::Ambiguous { .. } => Code::Ambiguous,
            Self::Envelope(error) => error.code().into(),
            Self::Entry(error) => error.code().into(),
            Self::Spelling(defect) => Code::Core(defect.code.into()),
            Self::Tlog(error) => error.code().into(),
            Self::Index(error) => error.code(),
            Self::Log(error) => error.code().into(),
            Self::Store(error) => error.code().into(),
            Self::Snapshots(error) => error.code(),
            Self::Host(error) => error.code().into(),
        }
    }

    /// The outcome for the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NotFound { .. }
            | Self::Ambiguous { .. }
            | Self::Log(log::Error::NoEntry { .. }) => Outcome::No,
            // A single value as people type it: clap also treats such an error as wrong usage.
            Self::Spelling(defect) if is_typed(defect.code) => Outcome::Usage,
            Self::Exists { .. }
            | Self::Closed { .. }
            | Self::ClockBehind { .. }
            | Self::Rejected(_)
            | Self::Excerpt(_)
            | Self::Misstated(_)
            | Self::CheckpointKey { .. }
            | Self::Envelope(_)
            | Self::Spelling(_) => Outcome::Refused,
            Self::Known(error) => error.outcome(),
            Self::Snapshots(error) => error.outcome(),
            Self::OtherHead
            | Self::Signing(_)
            | Self::Entry(_)
            | Self::Tlog(_)
            | Self::Index(_)
            | Self::Log(_)
            | Self::Store(_)
            | Self::Host(_) => Outcome::CannotTell,
        }
    }
}

/// Whether a defect is about a single value as people type it.
fn is_typed(code: encoding::DefectCode) -> bool {
    use encoding::DefectCode as D;
    matches!(
        code,
        D::BadDate
            | D::BadTime
            | D::BadLabel
            | D::BadSlug
            | D::BadOrigin
            | D::BadLanguage
            | D::BadUrl
            | D::BadMediaType
    )
}

/// Why memory and ledger disagree.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RollbackError {
    /// This machine has never written this ledger.
    #[error("this machine has never written to {origin}; a newer copy may exist elsewhere")]
    NeverWritten {
        /// The ledger's name.
        origin: Origin,
    },
    /// The remembered name belongs to another ledger.
    #[error("this machine knows {origin} as ledger {known}, but this is ledger {found}")]
    Replaced {
        /// The name.
        origin: Origin,
        /// The remembered id.
        known: StatementId,
        /// The id found.
        found: StatementId,
    },
    /// A new ledger would have the name of a remembered one.
    #[error(
        "this machine already knows a ledger {origin} with the id {known}; a new ledger cannot have the same origin"
    )]
    Taken {
        /// The name.
        origin: Origin,
        /// The remembered id.
        known: StatementId,
    },
    /// This machine does not remember the ledger.
    #[error("this machine does not remember a ledger {origin}")]
    Unknown {
        /// The name.
        origin: Origin,
    },
    /// The copy is older than what this machine has seen.
    #[error(
        "this copy of {origin} has {have} entries, but this machine has seen {newest} (at {place})"
    )]
    OldCopy {
        /// The ledger's name.
        origin: Origin,
        /// The entries of this copy.
        have: TreeSize,
        /// The newest size seen.
        newest: TreeSize,
        /// Where that was.
        place: String,
    },
    /// The copy has a different history than the one this machine has seen.
    #[error(
        "this copy of {origin} has a different history: its root hash at size {size} differs from the one seen at {place}"
    )]
    Forked {
        /// The ledger's name.
        origin: Origin,
        /// The size at which they differ.
        size: TreeSize,
        /// Where the other history was seen.
        place: String,
    },
    /// The memory itself cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] log::Error),
    /// The machine failed.
    #[error(transparent)]
    Host(#[from] host::Error),
}

impl RollbackError {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::NeverWritten { .. } => Code::AdoptFirst,
            Self::Replaced { .. } => Code::LedgerReplaced,
            Self::Taken { .. } => Code::OriginTaken,
            Self::Unknown { .. } => Code::LedgerUnknown,
            Self::OldCopy { .. } => Code::CopyIsOld,
            Self::Forked { .. } => Code::HistoryForked,
            Self::Unreadable { .. } => Code::MemoryUnreadable,
            Self::Log(error) => error.code().into(),
            Self::Host(error) => error.code().into(),
        }
    }
    /// The outcome for the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NeverWritten { .. }
            | Self::Replaced { .. }
            | Self::Taken { .. }
            | Self::Unknown { .. }
            | Self::OldCopy { .. }
            | Self::Forked { .. }
            | Self::Unreadable { .. } => Outcome::Refused,
            Self::Log(_) | Self::Host(_) => Outcome::CannotTell,
        }
    }
}
