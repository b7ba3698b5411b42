//! The options and the result of a pull, and the error for a peer that lies.

use super::Error;
use crate::ledger::RollbackGuard;
use claimledger_core::Message;
use claimledger_core::audit::AuditReport;
use claimledger_core::log::Reader;
use claimledger_core::model::StatementId;
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::{TreeSize, UnixMillis};

/// What the caller knows about the ledger, and what to pull.
#[derive(Debug, Clone, Default)]
pub struct PullOptions {
    /// The ledger's id, known from elsewhere.
    pub ledger_id: Option<StatementId>,
    /// The ledger's key, known from elsewhere.
    pub ledger_key: Option<VerifierKey>,
    /// Signed heads known from elsewhere, such as from a witness: the peer must continue them all.
    pub known: Vec<Vec<u8>>,
    /// This machine's memory: the peer must continue every head that it remembers of this ledger, and must be the
    /// ledger that it remembers under this origin.
    pub memory: Option<RollbackGuard>,
    /// Snapshots too, as far as the peer publishes them.
    pub with_snapshots: bool,
    /// Whether the copy may be damaged: then every tile and bundle is checked again, and repaired.
    pub restore: bool,
    /// The clock, Unix milliseconds.
    pub now_millis: UnixMillis,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The ledger's id.
    pub ledger: StatementId,
    /// The key its checkpoints verify under.
    pub vkey: VerifierKey,
    /// The entries before.
    pub from: TreeSize,
    /// The entries now.
    pub size: TreeSize,
    /// Files fetched.
    pub fetched: u64,
    /// Files that were already here and have the right hash.
    pub kept: u64,
    /// Snapshots fetched.
    pub snapshots: u64,
    /// Whether nothing confirmed the ledger's identity: no pin, no earlier copy, and no memory of this machine.
    pub first_contact: bool,
    /// The audit of the updated copy; absent if nothing was new.
    pub report: Option<AuditReport>,
}

/// The peer serves something other than what it signed.
pub(super) fn untruthful(reader: &dyn Reader, path: &str, reason: impl Into<Message>) -> Error {
    Error::Untruthful {
        place: reader.place(),
        path: path.to_owned(),
        reason: reason.into(),
    }
}
