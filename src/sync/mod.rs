//! Between ledgers: proofs handed out, copies published and followed, witnesses asked and served.
//!
//! What this is not: it appends nothing and holds no signing key but a witness's, which the caller brings.

mod blobs;
pub mod export;
pub mod export_target;
pub mod mirror;
pub mod newer_head;
pub mod pack;
mod peer;
pub mod place;
pub mod prove;
pub mod pull;
mod staging;
pub mod wanted;
pub mod witness;

use crate::outcome::Outcome;
use crate::{host, index, keystore, ledger, store, transport};
use claimledger_core::audit::Finding;
use claimledger_core::dossier::ForkEvidence;
use claimledger_core::encoding::name::Origin;
use claimledger_core::log::{self, ReadError};
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
        size: u64,
        /// The size of this copy.
        have: u64,
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
    /// The policy does not say where a witness is.
    #[error("the policy gives no address for witness {name}")]
    WitnessWithoutAddress {
        /// The witness, as the policy calls it.
        name: String,
    },
    /// Nothing of it is among what was brought.
    #[error("there was no answer from witness {name}")]
    WitnessSilent {
        /// The witness, as the policy calls it.
        name: String,
    },
    /// The folder holds something else than an earlier export of this ledger.
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
    /// Somebody else holds a newer head of this ledger.
    #[error(
        "{place} has {size} entries of this ledger, but this copy has {have}: this copy is not the newest"
    )]
    Newer {
        /// Who.
        place: String,
        /// The entries there.
        size: u64,
        /// The entries here.
        have: u64,
    },
    /// Another ledger than the one held or asked for.
    #[error("{place} contains {found}, not {wanted}")]
    OtherLedger {
        /// The peer.
        place: String,
        /// What it holds.
        found: String,
        /// What was wanted.
        wanted: String,
    },
    /// The peer has fewer entries than were seen before.
    #[error(
        "{place} has {theirs} entries, but {ours} were seen there before: it was rolled back or is out of date"
    )]
    Behind {
        /// The peer.
        place: String,
        /// Its size.
        theirs: u64,
        /// The size known.
        ours: u64,
    },
    /// The peer has a different history, and signed it.
    #[error("{place} has a different history{}: the key of its log signed two heads that contradict each other", first_differing(*entry))]
    Forked {
        /// The peer.
        place: String,
        /// The first entry that differs, where both copies could be compared.
        entry: Option<u64>,
        /// The proof, where one key signed both heads.
        evidence: Option<Box<ForkEvidence>>,
    },
    /// What the peer serves does not hold together.
    #[error("{place} serves content that does not match its checkpoint: {path}: {reason}")]
    Untruthful {
        /// The peer.
        place: String,
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The peer's ledger does not pass the audit.
    #[error("{place} does not pass the audit: {}; the first: {}", counted(findings.len()), first_message(findings))]
    Faults {
        /// The peer.
        place: String,
        /// The faults.
        findings: Vec<Finding>,
    },
    /// The copy at hand is damaged.
    #[error("the copy at {place} is damaged: {reason}; `pull --restore` repairs it")]
    Damaged {
        /// The copy.
        place: String,
        /// What was noticed.
        reason: String,
    },
    /// No mirror of that name, or none that reads.
    #[error("mirror {name:?}: {reason}")]
    Mirror {
        /// Its name.
        name: String,
        /// What is the matter.
        reason: String,
    },
    /// The audit could not be made.
    #[error(transparent)]
    Audit(#[from] audit::Error),
    /// A file that proves nothing, or that cannot be made.
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
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WitnessAhead { .. } => "witness-ahead",
            Self::WitnessRefused { .. } => "witness-refused",
            Self::WitnessBusy { .. } => "witness-busy",
            Self::WitnessWithoutAddress { .. } => "witness-without-address",
            Self::WitnessSilent { .. } => "witness-silent",
            Self::OtherExport { .. } => "export-other",
            Self::NoQuorum => "no-quorum",
            Self::Newer { .. } => "newer-elsewhere",
            Self::OtherLedger { .. } => "peer-other-ledger",
            Self::Behind { .. } => "peer-behind",
            Self::Forked { .. } => "peer-forked",
            Self::Untruthful { .. } => "peer-untruthful",
            Self::Faults { .. } => "peer-faults",
            Self::Damaged { .. } => "ledger-damaged",
            Self::Mirror { .. } => "mirror",
            Self::Audit(error) => error.code(),
            Self::Transport(error) => error.code(),
            Self::Keystore(error) => error.code(),
            Self::Host(error) => error.code(),
            Self::Dossier(error) => error.code(),
            Self::Ledger(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Tlog(error) => error.code(),
        }
    }

    /// What it means to the person who asked.
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

fn first_differing(entry: Option<u64>) -> String {
    entry.map_or_else(String::new, |entry| format!(" from entry {entry} on"))
}

/// `1 fault`, `2 faults`.
fn counted(faults: usize) -> String {
    let ending = if faults == 1 { "" } else { "s" };
    format!("{faults} fault{ending}")
}

fn first_message(findings: &[Finding]) -> String {
    findings.first().map_or_else(String::new, |finding| {
        format!("{}: {}", finding.code.as_str(), finding.message)
    })
}
