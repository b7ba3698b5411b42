//! Between ledgers: proofs handed out, copies published and followed, witnesses asked and served.
//!
//! What this is not: it appends nothing and holds no signing key but a witness's, which the caller brings.

pub mod prove;

use crate::{dossier, index, ledger, store, tlog};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
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
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Dossier(error) => error.code(),
            Self::Ledger(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::Store(error) => error.code(),
            Self::Tlog(error) => error.code(),
        }
    }
}
