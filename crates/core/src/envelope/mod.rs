//! DSSE 1.0.2: a statement and its one signature. Only this room makes a `Verified`.
//!
//! What this is not: it does not know whose key may sign; `rules` does.

pub(crate) mod dsse;
pub mod file;

pub use crate::envelope::dsse::{PAYLOAD_TYPE, Parsed, Verified, id_of, pae, seal, verify_batch};

use crate::code::Code;
use crate::crypto::PublicKey;
use crate::encoding::Defect;
use crate::message;
use crate::message::Message;

/// Why an envelope is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The payload is not an encoded statement.
    #[error("the statement is malformed: {0}")]
    Malformed(#[from] Defect),
    /// The signature over this payload is not by the key.
    #[error("{}", not_by(key))]
    BadSignature {
        /// The key that the statement names.
        key: PublicKey,
    },
    /// The envelope has another payload type.
    #[error("the payload type is {found:?}; for a statement it must be {PAYLOAD_TYPE:?}")]
    PayloadType {
        /// What stands there.
        found: String,
    },
    /// The envelope has no signature, or more than one.
    #[error("the envelope has {found} signatures; it must have exactly one")]
    SignatureCount {
        /// How many stand there.
        found: usize,
    },
}

fn not_by(key: &PublicKey) -> Message {
    message!(
        "the signature was not made by key {key} over this statement",
        key
    )
}

impl Error {
    /// What was wrong, with the keys in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::BadSignature { key } => not_by(key),
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Malformed(defect) => defect.code.into(),
            Self::BadSignature { .. } => Code::SignatureInvalid,
            Self::PayloadType { .. } => Code::PayloadType,
            Self::SignatureCount { .. } => Code::SignatureCount,
        }
    }
}

#[cfg(test)]
mod tests;
