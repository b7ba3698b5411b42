//! Keys of people and of the ledger: OpenSSH files, passphrases, ssh-agent.
//!
//! What this is not: it does not know who is enrolled. A key here is in a file or an agent; the log says whose it is.

pub mod agent;
pub mod file;
pub mod folder;
pub mod signer;

pub use folder::{KeyFile, KeyFolder, OddFile, list};
pub use signer::{Passphrases, Refuse, Signer, open};

use crate::host;
use crate::outcome::{Code, Outcome};

/// Why a key is not available.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No key of that name.
    #[error("there is no key {name} in {folder}")]
    Unknown {
        /// The name.
        name: String,
        /// The folder.
        folder: String,
    },
    /// Only the public half is here, and no agent holds the private one.
    #[error("the private half of key {name} is neither in {folder} nor in an ssh-agent")]
    NoPrivate {
        /// The name.
        name: String,
        /// The folder.
        folder: String,
    },
    /// A key of that name already exists.
    #[error("there is already a key {name}; keys are never overwritten")]
    Exists {
        /// The name.
        name: String,
    },
    /// No name for a key.
    #[error("{name:?} is not a valid name for a key")]
    BadName {
        /// What was given.
        name: String,
    },
    /// Others can read the private key.
    #[error("{path} can be read by others (mode {mode:o})")]
    Exposed {
        /// The file.
        path: String,
        /// Its permission bits.
        mode: u32,
    },
    /// Not an OpenSSH key file.
    #[error("{path} is not a valid OpenSSH key")]
    Malformed {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: ssh_key::Error,
    },
    /// A key of another algorithm.
    #[error("{path} contains a key of algorithm {algorithm}; only Ed25519 keys are accepted")]
    Algorithm {
        /// The file.
        path: String,
        /// The algorithm.
        algorithm: String,
    },
    /// The private and the public file are of two different keys.
    #[error("{path} is not the private half of {path}.pub")]
    Mismatch {
        /// The private file.
        path: String,
    },
    /// The passphrase is wrong.
    #[error("the passphrase does not open {path}")]
    WrongPassphrase {
        /// The file.
        path: String,
    },
    /// A passphrase is needed and there is nobody to ask.
    #[error("a passphrase is needed, but there is no terminal to ask for it: {what}")]
    PassphraseNeeded {
        /// What would be asked.
        what: String,
    },
    /// A key file that would take too long to open.
    #[error(
        "{path} asks for {rounds} rounds of bcrypt before it opens; a key of this program has at most {most}"
    )]
    Rounds {
        /// The file.
        path: String,
        /// What it asks for.
        rounds: u32,
        /// The limit.
        most: u32,
    },
    /// The agent did not sign.
    #[error("the ssh-agent did not sign: {reason}")]
    Agent {
        /// What it said.
        reason: String,
    },
    /// The machine failed.
    #[error(transparent)]
    Host(#[from] host::Error),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Unknown { .. } => Code::KeyUnknown,
            Self::NoPrivate { .. } => Code::KeyNotPrivate,
            Self::Exists { .. } => Code::KeyExists,
            Self::BadName { .. } => Code::KeyName,
            Self::Exposed { .. } => Code::KeyExposed,
            Self::Malformed { .. } => Code::KeyMalformed,
            Self::Algorithm { .. } => Code::KeyNotEd25519,
            Self::Mismatch { .. } => Code::KeyMismatch,
            Self::WrongPassphrase { .. } => Code::PassphraseWrong,
            Self::PassphraseNeeded { .. } => Code::PassphraseNeeded,
            Self::Rounds { .. } => Code::KeyRounds,
            Self::Agent { .. } => Code::AgentFailed,
            Self::Host(error) => error.code().into(),
        }
    }

    /// The outcome for the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Agent { .. } | Self::Host(_) => Outcome::CannotTell,
            Self::Unknown { .. }
            | Self::NoPrivate { .. }
            | Self::Exists { .. }
            | Self::BadName { .. }
            | Self::Exposed { .. }
            | Self::Malformed { .. }
            | Self::Algorithm { .. }
            | Self::Mismatch { .. }
            | Self::WrongPassphrase { .. }
            | Self::PassphraseNeeded { .. }
            | Self::Rounds { .. } => Outcome::Refused,
        }
    }
}

#[cfg(test)]
mod tests;
