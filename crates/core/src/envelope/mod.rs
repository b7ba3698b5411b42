//! DSSE 1.0.2: a statement and the one signature over it. `Verified` can only be made here.
//!
//! What this is not: it does not know whose key may sign; that is `rules`.

pub(crate) mod dsse;
pub mod file;

pub use crate::envelope::dsse::{PAYLOAD_TYPE, Parsed, Verified, id_of, pae, seal, verify_batch};

use crate::encoding::Defect;

/// Why an envelope is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The payload is not the spelling of a statement.
    #[error("the statement is malformed: {0}")]
    Malformed(#[from] Defect),
    /// The signature is not the key's over this payload.
    #[error("the signature was not made by key {key} over this statement")]
    BadSignature {
        /// The key that the statement names.
        key: String,
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

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(defect) => defect.code.as_str(),
            Self::BadSignature { .. } => "signature-invalid",
            Self::PayloadType { .. } => "payload-type",
            Self::SignatureCount { .. } => "signature-count",
        }
    }
}

#[cfg(test)]
mod tests;
