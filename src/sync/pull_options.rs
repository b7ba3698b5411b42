//! What somebody who follows a ledger wants and gets, and how a peer is refused.

use super::Error;
use crate::ledger::RollbackGuard;
use claimledger_core::audit::AuditReport;
use claimledger_core::log::Reader;
use claimledger_core::model::StatementId;
use claimledger_core::tlog::note::VerifierKey;

/// What the follower knows and wants.
#[derive(Debug, Clone, Default)]
pub struct PullOptions {
    /// The ledger's id, known from elsewhere.
    pub ledger_id: Option<StatementId>,
    /// The ledger's key, known from elsewhere.
    pub ledger_key: Option<VerifierKey>,
    /// Signed heads known from elsewhere, such as from a witness: the peer must continue them all.
    pub known: Vec<Vec<u8>>,
    /// This machine's memory: the peer must continue every head that it remembers of this ledger, and be no other ledger
    /// than the one it remembers under this origin.
    pub memory: Option<RollbackGuard>,
    /// Snapshots too, as far as the peer shows them.
    pub with_snapshots: bool,
    /// Whether the copy may be damaged: every tile and bundle is looked at again, and repaired.
    pub restore: bool,
    /// The clock, Unix milliseconds.
    pub now_millis: u64,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The ledger's id.
    pub ledger: StatementId,
    /// The key its checkpoints verify under.
    pub vkey: VerifierKey,
    /// The entries before.
    pub from: u64,
    /// The entries now.
    pub size: u64,
    /// Files fetched.
    pub fetched: u64,
    /// Files that were here already and hashed right.
    pub kept: u64,
    /// Snapshots fetched.
    pub snapshots: u64,
    /// Whether nothing vouched for the ledger's identity: neither a pin, nor a copy held before, nor this machine's
    /// memory.
    pub first_contact: bool,
    /// The audit of the copy as it stands now; absent where nothing was new.
    pub report: Option<AuditReport>,
}

/// What the peer serves is not what it signed.
pub(super) fn untruthful(reader: &dyn Reader, path: &str, reason: &str) -> Error {
    Error::Untruthful {
        place: reader.place(),
        path: path.to_owned(),
        reason: reason.to_owned(),
    }
}
