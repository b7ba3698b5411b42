//! Between ledgers: making proofs, publishing and following copies, asking witnesses and being one.
//!
//! What this is not: it appends nothing, and holds no signing key except a witness's, which the caller supplies.

mod blobs;
pub mod export;
pub mod export_target;
mod hidden;
pub mod mirror;
pub mod newer_head;
pub mod pack;
mod peer;
pub mod place;
pub mod prove;
pub mod pull;
pub mod pull_options;
mod staging;
pub mod witness;

use crate::outcome::{Code, Outcome};
use crate::{host, index, keystore, ledger, store, transport};
use claimledger_core::Code as Core;
use claimledger_core::audit::Finding;
use claimledger_core::dossier::ForkEvidence;
use claimledger_core::encoding::name::Origin;
use claimledger_core::log::{self, ReadError};
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_core::{Message, message};
use claimledger_core::{audit, dossier, tlog};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A witness has seen a later head than this copy has.
    #[error(
        "witness {witness} has seen {size} entries, but this copy has {have}: this copy is out of date"
    )]
    WitnessAhead {
        /// The witness.
        witness: Origin,
        /// The size it cosigned.
        size: TreeSize,
        /// The size of this copy.
        have: TreeSize,
    },
    /// A witness does not cosign.
    #[error("witness {witness} answered with status {status}: {said}")]
    WitnessRefused {
        /// The witness.
        witness: Origin,
        /// The HTTP status.
        status: u16,
        /// What it said.
        said: String,
    },
    /// Others kept coming between.
    #[error(
        "witness {witness} is busy: it received other requests for this ledger at the same time"
    )]
    WitnessBusy {
        /// The witness.
        witness: Origin,
    },
    /// The policy has no address for a witness.
    #[error("the policy gives no address for witness {name}")]
    WitnessWithoutAddress {
        /// The witness, by its name in the policy.
        name: String,
    },
    /// The input has no cosignature by it.
    #[error("there was no answer from witness {name}")]
    WitnessSilent {
        /// The witness, by its name in the policy.
        name: String,
    },
    /// The folder contains something other than an earlier export of this ledger.
    #[error("{place} does not contain an earlier export of this ledger: {reason}")]
    OtherExport {
        /// The folder.
        place: String,
        /// Why.
        reason: String,
    },
    /// No head of this ledger met its quorum of witnesses.
    #[error("not enough witnesses have cosigned any head of this ledger")]
    NoQuorum,
    /// Somebody else has a newer head of this ledger.
    #[error(
        "{place} has {size} entries of this ledger, but this copy has {have}: this copy is not the newest"
    )]
    Newer {
        /// Who.
        place: String,
        /// The entries there.
        size: TreeSize,
        /// The entries here.
        have: TreeSize,
    },
    /// Another ledger than the one held or expected.
    #[error("{}", other_ledger(place, found, wanted))]
    OtherLedger {
        /// The peer.
        place: String,
        /// What it holds.
        found: Message,
        /// What was wanted.
        wanted: Message,
    },
    /// The peer has fewer entries than were seen before.
    #[error(
        "{place} has {theirs} entries, but this machine knows {ours} of this ledger: {place} is an older copy, or was rolled back"
    )]
    Behind {
        /// The peer.
        place: String,
        /// Its size.
        theirs: TreeSize,
        /// The size known.
        ours: TreeSize,
    },
    /// The peer has a different history, and has signed it.
    #[error("{place} has a different history{}: the key of its log signed two heads that contradict each other", first_differing(*entry))]
    Forked {
        /// The peer.
        place: String,
        /// The first entry that differs, if both copies could be compared.
        entry: Option<EntryIndex>,
        /// The evidence, if one key signed both heads.
        evidence: Option<Box<ForkEvidence>>,
    },
    /// What the peer serves is inconsistent.
    #[error("{}", not_signed(place, path, reason))]
    Untruthful {
        /// The peer.
        place: String,
        /// The file.
        path: String,
        /// Why.
        reason: Message,
    },
    /// The peer's ledger does not pass the audit.
    #[error("{}", faults(place, findings))]
    Faults {
        /// The peer.
        place: String,
        /// The faults.
        findings: Vec<Finding>,
    },
    /// Our copy is damaged.
    #[error("{}", damaged(place, reason))]
    Damaged {
        /// The copy.
        place: String,
        /// What was noticed.
        reason: Message,
    },
    /// There is no mirror of that name, or it cannot be read.
    #[error("mirror {name:?}: {reason}")]
    Mirror {
        /// Its name.
        name: String,
        /// What is the matter.
        reason: String,
    },
    /// The audit failed before it had a result.
    #[error(transparent)]
    Audit(#[from] audit::Error),
    /// A file that proves nothing, or a proof that cannot be made.
    #[error(transparent)]
    Dossier(#[from] dossier::Error),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The index.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// A log's home.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A note, proof or policy.
    #[error(transparent)]
    Tlog(#[from] tlog::Error),
    /// The network.
    #[error(transparent)]
    Transport(#[from] transport::Error),
    /// The witness's key.
    #[error(transparent)]
    Keystore(#[from] keystore::Error),
    /// The machine.
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
    /// Why, with the keys and statements in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::OtherLedger {
                place,
                found,
                wanted,
            } => other_ledger(place, found, wanted),
            Self::Untruthful {
                place,
                path,
                reason,
            } => not_signed(place, path, reason),
            Self::Faults { place, findings } => faults(place, findings),
            Self::Damaged { place, reason } => damaged(place, reason),
            Self::Audit(error) => error.message(),
            Self::Dossier(error) => error.message(),
            Self::Ledger(error) => error.message(),
            Self::Index(error) => error.message(),
            Self::Store(error) => error.message(),
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::WitnessAhead { .. } => Code::WitnessAhead,
            Self::WitnessRefused { .. } => Code::WitnessRefused,
            Self::WitnessBusy { .. } => Code::WitnessBusy,
            Self::WitnessWithoutAddress { .. } => Code::WitnessWithoutAddress,
            Self::WitnessSilent { .. } => Code::WitnessSilent,
            Self::OtherExport { .. } => Code::ExportOther,
            Self::NoQuorum => Code::NoQuorum,
            Self::Newer { .. } => Code::NewerElsewhere,
            Self::OtherLedger { .. } => Code::PeerOtherLedger,
            Self::Behind { .. } => Code::PeerBehind,
            Self::Forked { .. } => Code::PeerForked,
            Self::Untruthful { .. } => Code::Core(Core::PeerUntruthful),
            Self::Faults { .. } => Code::PeerFaults,
            Self::Damaged { .. } => Code::Core(Core::LedgerDamaged),
            Self::Mirror { .. } => Code::Mirror,
            Self::Audit(error) => error.code().into(),
            Self::Transport(error) => error.code().into(),
            Self::Keystore(error) => error.code(),
            Self::Host(error) => error.code().into(),
            Self::Dossier(error) => error.code().into(),
            Self::Ledger(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::Store(error) => error.code().into(),
            Self::Tlog(error) => error.code().into(),
        }
    }

    /// The outcome for the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            // A file that cannot be parsed may have been changed on its way, and says nothing about the ledger.
            Self::Dossier(
                dossier::Error::Malformed { .. }
                | dossier::Error::Inclusion(tlog::Error::Proof { .. })
                | dossier::Error::Checkpoint(tlog::Error::Proof { .. }),
            ) => Outcome::CannotTell,
            Self::Dossier(_)
            | Self::OtherLedger { .. }
            | Self::Behind { .. }
            | Self::Forked { .. }
            | Self::Untruthful { .. }
            | Self::Faults { .. } => Outcome::No,
            Self::OtherExport { .. }
            | Self::NoQuorum
            | Self::Newer { .. }
            | Self::Mirror { .. }
            | Self::Ledger(ledger::Error::Known(_)) => Outcome::Refused,
            Self::WitnessAhead { .. }
            | Self::WitnessRefused { .. }
            | Self::WitnessBusy { .. }
            | Self::WitnessWithoutAddress { .. }
            | Self::WitnessSilent { .. }
            | Self::Damaged { .. }
            | Self::Audit(_)
            | Self::Ledger(_)
            | Self::Index(_)
            | Self::Store(_)
            | Self::Tlog(_)
            | Self::Transport(_)
            | Self::Keystore(_)
            | Self::Host(_) => Outcome::CannotTell,
        }
    }
}

fn first_differing(entry: Option<EntryIndex>) -> String {
    entry.map_or_else(String::new, |entry| format!(" from entry {entry} on"))
}

/// `1 fault`, `2 faults`.
fn counted(faults: usize) -> String {
    let ending = if faults == 1 { "" } else { "s" };
    format!("{faults} fault{ending}")
}

fn other_ledger(place: &str, found: &Message, wanted: &Message) -> Message {
    message!(
        "{place} contains {found}, not {wanted}",
        place,
        found,
        wanted
    )
}

fn not_signed(place: &str, path: &str, reason: &Message) -> Message {
    message!(
        "{place} serves content that does not match its checkpoint: {path}: {reason}",
        place,
        path,
        reason
    )
}

fn faults(place: &str, findings: &[Finding]) -> Message {
    let first = findings
        .first()
        .map(|Finding { code, message, .. }| message!("{code}: {message}", code, message));
    let (count, first) = (counted(findings.len()), first.unwrap_or_default());
    message!(
        "{place} does not pass the audit: {count}; the first: {first}",
        place,
        count,
        first
    )
}

fn damaged(place: &str, reason: &Message) -> Message {
    message!(
        "the copy at {place} is damaged: {reason}; `pull --restore` repairs it",
        place,
        reason
    )
}
