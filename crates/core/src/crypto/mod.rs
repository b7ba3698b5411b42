//! SHA-256 and Ed25519: digests, keys, signing; verification by the strict rule, by ZIP-215, and in batches.
//!
//! What this is not: it knows no statement and has no policy about who may sign. There are two rules for checking a
//! signature: [`PublicKey::verify_strict`] for new statements, [`PublicKey::verify_zip215`] (alone or in [`batch`])
//! for the audit.

pub mod batch;
pub(crate) mod digest;
pub(crate) mod key;

pub use crate::crypto::digest::{Digest, Hashing, sha256};
pub use crate::crypto::key::{PublicKey, SecretKey, Signature};

#[cfg(test)]
pub(crate) mod tests;

/// Why a signature or key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The signature is not this key's over this message.
    #[error("the signature was not made by this key over this message")]
    BadSignature,
    /// The bytes are no canonical point of the prime-order subgroup, or a weak one.
    #[error(
        "this Ed25519 public key cannot be accepted: it must be canonical, not weak and torsion-free"
    )]
    BadKey,
}
