//! C2SP tlog-witness 1.0.0, `add-checkpoint`: the request, the decision, the response. Pure functions: `sync` keeps
//! the state and speaks HTTP.

use super::Error;
use super::TreeSize;
use super::checkpoint::{Checkpoint, SignedCheckpoint};
use super::merkle::empty_root;
use super::note::{NoteSignature, VerifierKey};
use super::proof::{decimal, hash_lines, read_hashes, split_head, verify_consistency};
use crate::crypto::{Digest, sha256};
use crate::encoding::limits;
use crate::encoding::name::Origin;

/// A log's request: this head continues the head of `old` leaves that the witness cosigned last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the witness cosigned last; 0 on first contact.
    pub old: TreeSize,
    /// The consistency proof from there.
    pub proof: Vec<Digest>,
    /// The new head.
    pub checkpoint: SignedCheckpoint,
}

impl AddCheckpoint {
    /// The request's body.
    pub fn print(&self) -> Vec<u8> {
        let head = format!("old {}\n{}\n", self.old, hash_lines(&self.proof));
        [head.into_bytes(), self.checkpoint.to_bytes()].concat()
    }

    /// Reads a request's body.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let bad = |reason: &str| Error::Witness {
            reason: reason.to_owned(),
        };
        if bytes.len() > MAX_REQUEST_BYTES {
            return Err(bad("the request is too long"));
        }
        let (head, note) = split_head(bytes)?;
        let mut lines = head.split('\n');
        let old = lines
            .next()
            .and_then(|line| line.strip_prefix("old "))
            .and_then(decimal)
            .ok_or_else(|| bad("it must begin with `old <size>`"))?;
        Ok(Self {
            old,
            proof: read_hashes(lines, MAX_PROOF_HASHES)?,
            checkpoint: SignedCheckpoint::parse_extended(note)?,
        })
    }
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WitnessRefusal {
    /// The body is no request.
    #[error("{0}")]
    Malformed(Error),
    /// The old size is larger than the new one.
    #[error("the old size {old} is larger than the checkpoint's size {size}")]
    OldBeyond {
        /// The old size.
        old: TreeSize,
        /// The checkpoint's.
        size: TreeSize,
    },
    /// This witness does not watch that log.
    #[error("this witness does not watch the log {origin}")]
    UnknownOrigin {
        /// The log.
        origin: Origin,
    },
    /// There is no signature by a key that is trusted for the log, or a bad one.
    #[error("{0}")]
    NotSigned(Error),
    /// The last head that the witness cosigned has another size.
    #[error("the last size that this witness cosigned is {size}")]
    Conflict {
        /// The size cosigned last.
        size: TreeSize,
    },
    /// The head does not continue the last head that the witness cosigned.
    #[error("{reason}")]
    Inconsistent {
        /// Why.
        reason: String,
    },
}

impl WitnessRefusal {
    /// The HTTP status for it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) | Self::OldBeyond { .. } => 400,
            Self::NotSigned(_) => 403,
            Self::UnknownOrigin { .. } => 404,
            Self::Conflict { .. } => 409,
            Self::Inconsistent { .. } => 422,
        }
    }

    /// The answer's media type.
    pub const fn media_type(&self) -> &'static str {
        match self {
            Self::Conflict { .. } => SIZE_MEDIA_TYPE,
            _ => TEXT_MEDIA_TYPE,
        }
    }

    /// The answer's body.
    pub fn body(&self) -> String {
        match self {
            Self::Conflict { size } => format!("{size}\n"),
            other => format!("{other}\n"),
        }
    }
}

/// Decides a request, in the order that the specification gives. `keys` are those trusted for the origin, none for a
/// log that is not watched; `last` is the last head that the witness cosigned.
pub fn judge(
    request: &AddCheckpoint,
    keys: &[VerifierKey],
    last: Option<&Checkpoint>,
) -> Result<(), WitnessRefusal> {
    let head = request.checkpoint.checkpoint();
    if keys.is_empty() {
        return Err(WitnessRefusal::UnknownOrigin {
            origin: head.origin.clone(),
        });
    }
    request
        .checkpoint
        .verify(keys)
        .map_err(WitnessRefusal::NotSigned)?;
    if request.old > head.size {
        return Err(WitnessRefusal::OldBeyond {
            old: request.old,
            size: head.size,
        });
    }
    let (size, root) = last.map_or((TreeSize::EMPTY, empty_root()), |last| {
        (last.size, last.root)
    });
    if request.old != size {
        return Err(WitnessRefusal::Conflict { size });
    }
    let inconsistent = |reason: String| WitnessRefusal::Inconsistent { reason };
    if head.size.is_empty() && head.root != empty_root() {
        return Err(inconsistent(
            "a log of no entries has another root".to_owned(),
        ));
    }
    verify_consistency(size, &root, head.size, &head.root, &request.proof)
        .map_err(|e| inconsistent(e.to_string()))
}

/// The path at which a witness publishes the newest head of a log that it cosigned: `<sha256(origin) in
/// hex>/checkpoint`.
pub fn monitor_path(origin: &Origin) -> String {
    format!("{}/checkpoint", sha256(&[origin.as_str().as_bytes()]))
}

/// Prints the response of a witness that cosigned.
pub fn print_cosignatures(lines: &[NoteSignature]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&format!("{line}\n"));
    }
    text
}

/// Reads the response of a witness that cosigned: one signature line or more.
pub fn read_cosignatures(bytes: &[u8]) -> Result<Vec<NoteSignature>, Error> {
    let bad = |reason: &str| Error::Witness {
        reason: reason.to_owned(),
    };
    let text = std::str::from_utf8(bytes).map_err(|_| bad("not UTF-8"))?;
    let lines = text
        .strip_suffix('\n')
        .ok_or_else(|| bad("the answer does not end with a newline"))?;
    lines.split('\n').map(NoteSignature::parse).collect()
}

/// Reads the response of a witness whose last cosigned head has another size.
pub fn read_size(bytes: &[u8]) -> Result<TreeSize, Error> {
    std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.strip_suffix('\n'))
        .and_then(decimal)
        .ok_or_else(|| Error::Witness {
            reason: "the answer is not a tree size".to_owned(),
        })
}

/// The media type of the size in a 409.
pub(crate) const SIZE_MEDIA_TYPE: &str = "text/x.tlog.size";

/// The media type of every other response.
pub const TEXT_MEDIA_TYPE: &str = "text/plain; charset=utf-8";

/// The specification's limit: no tree of 2^63 leaves needs more.
const MAX_PROOF_HASHES: usize = 63;

/// A note, and the lines before it.
pub const MAX_REQUEST_BYTES: usize = limits::MAX_NOTE_BYTES + 64 * 64;
