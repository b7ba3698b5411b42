//! The transparency log's formats, one file per C2SP specification, and the tree of RFC 6962.
//!
//! What this is not: it reads and writes no files, and does not know what an entry means.

pub mod checkpoint;
pub mod combined;
pub mod cosignature;
pub mod merkle;
pub mod note;
pub(crate) mod note_key;
pub mod policy;
pub mod position;
pub mod proof;
pub mod tile;
pub mod witness;

pub use crate::tlog::position::{EntryIndex, TreeSize};

use crate::code::Code;
use crate::encoding::Defect;

/// Why bytes are not a note, checkpoint or tile, or do not verify.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not a signed note.
    #[error("this is not a signed note: {reason}")]
    Note {
        /// Why.
        reason: String,
    },
    /// Not a verifier key.
    #[error("this is not a verifier key: {reason}")]
    VerifierKey {
        /// Why.
        reason: String,
    },
    /// There is no signature by an expected key.
    #[error("there is no signature by {wanted}")]
    NotSigned {
        /// The keys asked for.
        wanted: String,
    },
    /// A signature names an expected key but is not by that key.
    #[error("the signature that names {name} was not made by that key")]
    BadSignature {
        /// The key's name.
        name: String,
    },
    /// Not a checkpoint.
    #[error("this is not a checkpoint: {reason}")]
    Checkpoint {
        /// Why.
        reason: String,
    },
    /// Not the path of a tile.
    #[error("{path:?} is not the path of a tile")]
    Path {
        /// What was given.
        path: String,
    },
    /// Not the bytes of a tile or bundle of this width.
    #[error("this is not a tile of width {width}: {reason}")]
    Tile {
        /// The number of hashes or entries it should have.
        width: u16,
        /// Why not.
        reason: String,
    },
    /// Tiles that cannot be the edge of a tree of this size.
    #[error(
        "level {level} has {found} hashes at the right edge; a tree of size {size} has {expected}"
    )]
    Edge {
        /// The tree's size.
        size: TreeSize,
        /// The tile level.
        level: u8,
        /// What was given.
        found: usize,
        /// What the size asks for.
        expected: u64,
    },
    /// Not a proof.
    #[error("this is not a proof: {reason}")]
    Proof {
        /// Why.
        reason: String,
    },
    /// A proof that leads elsewhere.
    #[error("the proof fails: it gives root hash {found} at size {size} instead of {root}")]
    ProofFails {
        /// The tree's size.
        size: TreeSize,
        /// Where it leads.
        found: String,
        /// Where it should lead.
        root: String,
    },
    /// Not a policy.
    #[error("line {line} of the policy is malformed: {reason}")]
    Policy {
        /// The line, from 1.
        line: usize,
        /// Why.
        reason: String,
    },
    /// Not a request or an answer of the witness protocol.
    #[error("this is not a valid witness message: {reason}")]
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
    pub fn code(&self) -> Code {
        match self {
            Self::Note { .. } => Code::NoteMalformed,
            Self::VerifierKey { .. } => Code::VkeyMalformed,
            Self::NotSigned { .. } => Code::NoteNotSigned,
            Self::BadSignature { .. } => Code::NoteSignature,
            Self::Checkpoint { .. } => Code::CheckpointMalformed,
            Self::Path { .. } => Code::TilePath,
            Self::Tile { .. } => Code::TileMalformed,
            Self::Edge { .. } => Code::TileEdge,
            Self::Proof { .. } => Code::ProofMalformed,
            Self::ProofFails { .. } => Code::ProofFails,
            Self::Policy { .. } => Code::PolicyMalformed,
            Self::Witness { .. } => Code::WitnessMalformed,
            Self::Spelling(defect) => defect.code.into(),
        }
    }
}

#[cfg(test)]
mod proof_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod witness_tests;
