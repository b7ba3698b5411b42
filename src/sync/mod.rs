//! Between ledgers: proofs handed out, copies published and followed, witnesses asked and served.
//!
//! What this is not: it appends nothing and holds no signing key but a witness's, which the caller brings.

pub mod prove;
pub mod witness;

use crate::encoding::name::Origin;
use crate::{dossier, host, index, keystore, ledger, store, tlog, transport};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A witness has seen a later head than this copy has.
    #[error("witness {witness} has seen {size} entries, this copy has {have}: it is old")]
    WitnessAhead {
        /// The witness.
        witness: Origin,
        /// The size it cosigned.
        size: u64,
        /// The size of this copy.
        have: u64,
    },
    /// A witness does not cosign.
    #[error("witness {witness} answers {status}: {said}")]
    WitnessRefused {
        /// The witness.
        witness: Origin,
        /// The HTTP status.
        status: u16,
        /// What it said.
        said: String,
    },
    /// Others kept coming between.
    #[error("witness {witness} is asked by others at the same time; try again")]
    WitnessBusy {
        /// The witness.
        witness: Origin,
    },
    /// The policy does not say where a witness is.
    #[error("the policy gives no address of witness {name}")]
    WitnessWithoutAddress {
        /// The witness, as the policy calls it.
        name: String,
    },
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

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WitnessAhead { .. } => "witness-ahead",
            Self::WitnessRefused { .. } => "witness-refused",
            Self::WitnessBusy { .. } => "witness-busy",
            Self::WitnessWithoutAddress { .. } => "witness-without-address",
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
}
