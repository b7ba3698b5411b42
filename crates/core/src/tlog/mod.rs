//! The transparency log's own formats, one file per C2SP specification, and the tree of RFC 6962.
//!
//! What this is not: it reads and writes no file, and does not know what an entry says.

pub mod checkpoint;
pub mod combined;
pub mod cosignature;
pub mod merkle;
pub mod note;
pub(crate) mod note_key;
pub mod policy;
pub mod proof;
pub mod tile;
pub mod witness;

use crate::encoding::Defect;

/// Why bytes are no note, checkpoint or tile, or do not verify.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not a signed note.
    #[error("not a signed note: {reason}")]
    Note {
        /// Why.
        reason: String,
    },
    /// Not a verifier key.
    #[error("not a verifier key: {reason}")]
    VerifierKey {
        /// Why.
        reason: String,
    },
    /// No signature by a key that was asked for.
    #[error("no signature by {wanted}")]
    NotSigned {
        /// The keys asked for.
        wanted: String,
    },
    /// A signature that names a key asked for, and is not that key's.
    #[error("the signature that names {name} is not that key's")]
    BadSignature {
        /// The key's name.
        name: String,
    },
    /// Not a checkpoint.
    #[error("not a checkpoint: {reason}")]
    Checkpoint {
        /// Why.
        reason: String,
    },
    /// Not the path of a tile.
    #[error("{path:?} is no tile's path")]
    Path {
        /// What was given.
        path: String,
    },
    /// Not the bytes of a tile or bundle of this width.
    #[error("not a tile of {width}: {reason}")]
    Tile {
        /// Hashes or entries it should hold.
        width: u16,
        /// Why not.
        reason: String,
    },
    /// Tiles that cannot be the edge of a tree of this size.
    #[error("level {level} has {found} hashes on the edge where a tree of {size} has {expected}")]
    Edge {
        /// The tree's size.
        size: u64,
        /// The tile level.
        level: u8,
        /// What was given.
        found: usize,
        /// What the size asks for.
        expected: u64,
    },
    /// Not a proof.
    #[error("not a proof: {reason}")]
    Proof {
        /// Why.
        reason: String,
    },
    /// A proof that leads elsewhere.
    #[error("the proof leads to root {found} at size {size}, not to {root}")]
    ProofFails {
        /// The tree's size.
        size: u64,
        /// Where it leads.
        found: String,
        /// Where it should lead.
        root: String,
    },
    /// Not a policy.
    #[error("line {line} of the policy: {reason}")]
    Policy {
        /// The line, from 1.
        line: usize,
        /// Why.
        reason: String,
    },
    /// Not a request or an answer of the witness protocol.
    #[error("not a witness's words: {reason}")]
    Witness {
        /// Why.
        reason: String,
    },
    /// A spelling.
    #[error(transparent)]
    Spelling(#[from] Defect),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Note { .. } => "note-malformed",
            Self::VerifierKey { .. } => "vkey-malformed",
            Self::NotSigned { .. } => "note-not-signed",
            Self::BadSignature { .. } => "note-signature",
            Self::Checkpoint { .. } => "checkpoint-malformed",
            Self::Path { .. } => "tile-path",
            Self::Tile { .. } => "tile-malformed",
            Self::Edge { .. } => "tile-edge",
            Self::Proof { .. } => "proof-malformed",
            Self::ProofFails { .. } => "proof-fails",
            Self::Policy { .. } => "policy-malformed",
            Self::Witness { .. } => "witness-malformed",
            Self::Spelling(defect) => defect.code.as_str(),
        }
    }
}

#[cfg(test)]
mod proof_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod witness_tests;
