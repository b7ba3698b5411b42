//! The file `closed`: why this copy takes no more entries, signed by the ledger's own key so that a change is noticed.
//!
//! A signed note whose text is `claimledger/closed/v1`, origin, size, root in base64, and the reason, a line each.

use super::checkpoint_keys::CheckpointKeys;
use super::open::LogHead;
use crate::crypto::{Digest, Signature};
use crate::encoding::bytes::to_base64;
use crate::encoding::name::Origin;
use crate::encoding::{Defect, DefectCode};
use crate::tlog;
use crate::tlog::TreeSize;
use crate::tlog::note::{Note, NoteSignature, VerifierKey};

/// The file's name in the ledger folder.
pub const FILE: &str = "closed";

const DOMAIN: &str = "claimledger/closed/v1";

/// What a `closed` file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The ledger's name.
    pub origin: String,
    /// The size at which this copy ends.
    pub size: TreeSize,
    /// The root at that size, in base64.
    pub root: String,
    /// Why.
    pub reason: String,
}

/// Signs the closing of a copy at `head`. `sign` gets each key that signs its checkpoints, and the note's text.
pub fn sign<E>(
    head: &LogHead,
    reason: &str,
    mut sign: impl FnMut(&VerifierKey, &[u8]) -> Result<Signature, E>,
) -> Result<Vec<u8>, E> {
    let one_line: String = reason
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let text = format!(
        "{DOMAIN}\n{}\n{}\n{}\n{}\n",
        head.origin,
        head.size,
        to_base64(head.root.as_bytes()),
        one_line.trim()
    );
    let mut lines = Vec::new();
    for vkey in head.keys.signing(head.size) {
        lines.push(NoteSignature::new(&vkey, sign(&vkey, text.as_bytes())?));
    }
    Ok(Note::new(text, lines).print().into_bytes())
}

/// Reads a `closed` file and verifies it: every key that must sign a checkpoint of that size must have signed it.
pub fn verify(bytes: &[u8], keys: &CheckpointKeys) -> Result<Closed, tlog::Error> {
    let note = Note::parse(bytes)?;
    let closed = read(&note)?;
    for vkey in keys.signing(closed.size) {
        note.verify(std::slice::from_ref(&vkey))?;
    }
    Ok(closed)
}

/// Why a `closed` file closes nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotClosed {
    /// It is malformed, or not signed by the ledger's keys.
    #[error("{0}")]
    Note(#[from] tlog::Error),
    /// It is signed, and names no head of this ledger.
    #[error(
        "it closes {} at {} entries and root hash {}, which is not a head of this ledger",
        .0.origin,
        .0.size,
        .0.root
    )]
    OtherHead(Closed),
}

/// What closes a copy of the ledger `origin`. A `closed` file is believed only if the ledger's keys signed it and it names a
/// head of this ledger; `root_at` gives the root at a size, `None` beyond the copy's own. A copy that was closed and has
/// followed the ledger since is closed at an earlier head.
pub fn of_ledger(
    bytes: &[u8],
    keys: &CheckpointKeys,
    origin: &Origin,
    root_at: impl FnOnce(TreeSize) -> Option<Digest>,
) -> Result<Closed, NotClosed> {
    let closed = verify(bytes, keys)?;
    let ours = closed.origin == origin.as_str()
        && root_at(closed.size).is_some_and(|root| to_base64(root.as_bytes()) == closed.root);
    if ours {
        Ok(closed)
    } else {
        Err(NotClosed::OtherHead(closed))
    }
}

fn read(note: &Note) -> Result<Closed, Defect> {
    let lines: Vec<&str> = note.text.lines().collect();
    let [DOMAIN, origin, size, root, reason] = lines[..] else {
        return Err(Defect::new(
            DefectCode::WrongShape,
            "not the five lines of a closing",
        ));
    };
    let no_number = || {
        Defect::new(
            DefectCode::NumberForm,
            "the size is no number in its one spelling",
        )
    };
    let parsed: TreeSize = size.parse().map_err(|_| no_number())?;
    if parsed.to_string() != size {
        return Err(no_number());
    }
    Ok(Closed {
        origin: origin.to_owned(),
        size: parsed,
        root: root.to_owned(),
        reason: reason.to_owned(),
    })
}
