//! Inclusion and consistency proofs (RFC 6962 section 2.1, RFC 9162 section 2.1), and the C2SP tlog-proof text.
//!
//! These functions list the spans of leaves whose hashes a proof contains; the caller, who has the tiles, looks the
//! hashes up. Verification needs only the proof.

use super::Error;
use super::checkpoint::SignedCheckpoint;
use super::merkle::node_hash;
use super::{EntryIndex, TreeSize};
use crate::crypto::Digest;
use crate::encoding::bytes::{array_from_base64, from_base64, to_base64};
use crate::encoding::limits;
use std::fmt::Display;
use std::str::FromStr;

/// Leaves `start..end`; a proof contains their tree hash MTH(D\[start:end\]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first leaf.
    pub start: u64,
    /// The leaf after the last.
    pub end: u64,
}

/// A perfect subtree: 2^level leaves from leaf index · 2^level on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node {
    /// Its height; the height of a leaf is 0.
    pub level: u8,
    /// Its position among the nodes of its height.
    pub index: u64,
}

impl Span {
    /// The whole tree of `size` leaves.
    pub(super) fn whole(size: TreeSize) -> Self {
        Self {
            start: 0,
            end: size.get(),
        }
    }

    /// The largest power of two below its length: RFC 6962 divides it there.
    pub(super) fn divide(self) -> (Self, Self) {
        let middle = self.start + (self.end - self.start).next_power_of_two() / 2;
        let left = Self {
            end: middle,
            ..self
        };
        let right = Self {
            start: middle,
            ..self
        };
        (left, right)
    }

    pub(super) fn is_leaf(self) -> bool {
        self.end - self.start == 1
    }

    /// The perfect subtrees that form it, left to right; folding their hashes from the right gives its own.
    pub fn nodes(self) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut at = self.start;
        while at < self.end {
            // As high as the alignment of the place and the number of leaves allow.
            let aligned = at.trailing_zeros();
            let reach = (self.end - at).ilog2();
            let level = aligned.min(reach);
            nodes.push(Node {
                level: u8::try_from(level).expect("below 64"),
                index: at >> level,
            });
            at += 1 << level;
        }
        nodes
    }
}

/// The content of an inclusion proof of leaf `index` in a tree of `size`, from the leaf's sibling to the root's child:
/// PATH(m, D\[n\]).
pub fn inclusion_spans(index: EntryIndex, size: TreeSize) -> Result<Vec<Span>, Error> {
    if !size.contains(index) {
        return Err(beyond(index.get(), size));
    }
    let index = index.get();
    let mut spans = Vec::new();
    let mut at = Span::whole(size);
    while !at.is_leaf() {
        let (left, right) = at.divide();
        if index < right.start {
            spans.push(right);
            at = left;
        } else {
            spans.push(left);
            at = right;
        }
    }
    spans.reverse();
    Ok(spans)
}

/// The content of a consistency proof from `old` to `new` leaves: PROOF(m, D\[n\]). It is empty if either tree is
/// empty or both are equal.
pub fn consistency_spans(old: TreeSize, new: TreeSize) -> Result<Vec<Span>, Error> {
    if old > new {
        return Err(beyond(old.get(), new));
    }
    if old.is_empty() || old == new {
        return Ok(Vec::new());
    }
    let mut spans = Vec::new();
    let mut at = Span::whole(new);
    let old = old.get();
    while at.end != old {
        let (left, right) = at.divide();
        if old <= left.end {
            spans.push(right);
            at = left;
        } else {
            spans.push(left);
            at = right;
        }
    }
    // SUBPROOF(m, D[m], true) is empty: the old root is known. Elsewhere the subtree's own hash is needed.
    if at.start != 0 {
        spans.push(at);
    }
    spans.reverse();
    Ok(spans)
}

/// The root that an inclusion proof gives (RFC 9162 section 2.1.3.2).
pub(crate) fn root_by_inclusion(
    leaf: &Digest,
    index: EntryIndex,
    size: TreeSize,
    proof: &[Digest],
) -> Result<Digest, Error> {
    let spans = inclusion_spans(index, size)?;
    count(proof.len(), spans.len())?;
    let mut hash = *leaf;
    for (span, other) in spans.iter().zip(proof) {
        hash = if span.start > index.get() {
            node_hash(&hash, other)
        } else {
            node_hash(other, &hash)
        };
    }
    Ok(hash)
}

/// Refuses a proof that does not give this root from the leaf.
pub fn verify_inclusion(
    leaf: &Digest,
    index: EntryIndex,
    size: TreeSize,
    root: &Digest,
    proof: &[Digest],
) -> Result<(), Error> {
    same(root_by_inclusion(leaf, index, size, proof)?, root, size)
}

/// Refuses a proof that does not show that the tree of `old` leaves is the beginning of the tree of `new` leaves (RFC
/// 9162 section 2.1.4.2). From the empty tree, and between equal sizes, only the empty proof is valid.
pub fn verify_consistency(
    old: TreeSize,
    old_root: &Digest,
    new: TreeSize,
    new_root: &Digest,
    proof: &[Digest],
) -> Result<(), Error> {
    let spans = consistency_spans(old, new)?;
    count(proof.len(), spans.len())?;
    if old == new {
        return same(*old_root, new_root, new);
    }
    if old.is_empty() {
        return same(super::merkle::empty_root(), old_root, old);
    }
    let mut hashes = spans.iter().zip(proof);
    // If the old tree is a perfect left subtree, both folds begin with its root; otherwise with the first hash.
    let (mut old_hash, mut new_hash) = if old.get().is_power_of_two() {
        (*old_root, *old_root)
    } else {
        let (_, first) = hashes.next().expect("counted, and not a power of two");
        (*first, *first)
    };
    for (span, hash) in hashes {
        if span.start < old.get() {
            old_hash = node_hash(hash, &old_hash);
            new_hash = node_hash(hash, &new_hash);
        } else {
            new_hash = node_hash(&new_hash, hash);
        }
    }
    same(old_hash, old_root, old)?;
    same(new_hash, new_root, new)
}

pub(super) fn beyond(number: u64, size: TreeSize) -> Error {
    proof(format!("{number} in a tree of {size}"))
}

fn count(found: usize, needed: usize) -> Result<(), Error> {
    if found == needed {
        Ok(())
    } else {
        Err(proof(format!("{found} hashes where {needed} are needed")))
    }
}

fn same(found: Digest, root: &Digest, size: TreeSize) -> Result<(), Error> {
    if found == *root {
        Ok(())
    } else {
        Err(Error::ProofFails {
            size,
            found: found.to_string(),
            root: root.to_string(),
        })
    }
}

pub(super) fn proof(reason: String) -> Error {
    Error::Proof { reason }
}

/// C2SP tlog-proof: the place of one entry, its inclusion proof, and the signed checkpoint that the proof leads to.
/// The entry itself is not part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Data of an application; nothing signs it.
    pub extra: Option<Vec<u8>>,
    /// The entry's place.
    pub index: EntryIndex,
    /// From the leaf's sibling to the root's child.
    pub hashes: Vec<Digest>,
    /// The checkpoint with its cosignatures.
    pub checkpoint: SignedCheckpoint,
}

impl TlogProof {
    /// Prints the proof; a proof that [`TlogProof::parse`] has read is printed byte for byte.
    pub fn print(&self) -> Vec<u8> {
        let mut text = format!("{PROOF_HEADER}\n");
        if let Some(extra) = &self.extra {
            text.push_str(&format!("extra {}\n", to_base64(extra)));
        }
        text.push_str(&format!("index {}\n", self.index));
        text.push_str(&hash_lines(&self.hashes));
        text.push('\n');
        [text.into_bytes(), self.checkpoint.to_bytes()].concat()
    }

    /// Reads a proof; verifies nothing. Head and checkpoint are split at the first empty line, because the checkpoint
    /// contains an empty line of its own.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let bad = |reason: &str| proof(reason.to_owned());
        let (head, note) = split_head(bytes)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(PROOF_HEADER) {
            return Err(bad("it does not begin with c2sp.org/tlog-proof@v1"));
        }
        let extra = match lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            Some(data) => {
                lines.next();
                Some(from_base64(data)?)
            }
            None => None,
        };
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .and_then(decimal)
            .ok_or_else(|| bad("no index line"))?;
        let parsed = Self {
            extra,
            index,
            hashes: read_hashes(lines, MAX_INCLUSION_HASHES)?,
            checkpoint: SignedCheckpoint::parse(note)?,
        };
        Ok(parsed)
    }

    /// Refuses a proof that does not lead from this entry's leaf hash to the checkpoint's root. It does not check who
    /// signed the checkpoint.
    pub fn verify(&self, leaf: &Digest) -> Result<(), Error> {
        let head = self.checkpoint.checkpoint();
        verify_inclusion(leaf, self.index, head.size, &head.root, &self.hashes)
    }
}

/// Text before the first empty line (its last newline left off), and the bytes after that line.
pub(super) fn split_head(bytes: &[u8]) -> Result<(&str, &[u8]), Error> {
    let at = bytes
        .windows(2)
        .take(limits::MAX_NOTE_BYTES)
        .position(|pair| pair == b"\n\n")
        .ok_or_else(|| proof("no empty line".to_owned()))?;
    let head = std::str::from_utf8(&bytes[..at]).map_err(|_| proof("not UTF-8".to_owned()))?;
    Ok((head, &bytes[at + 2..]))
}

/// A number in decimal, without leading zeros.
pub(super) fn decimal<N: FromStr + Display>(text: &str) -> Option<N> {
    text.parse().ok().filter(|n: &N| n.to_string() == text)
}

/// One base64 line a hash.
pub(super) fn hash_lines(hashes: &[Digest]) -> String {
    let lines = hashes.iter();
    lines
        .map(|hash| to_base64(hash.as_bytes()) + "\n")
        .collect()
}

/// Reads lines of one base64 hash each, at most `limit`.
pub(super) fn read_hashes<'a>(
    lines: impl Iterator<Item = &'a str>,
    limit: usize,
) -> Result<Vec<Digest>, Error> {
    let mut hashes = Vec::new();
    for line in lines {
        if hashes.len() == limit {
            return Err(proof(format!("over {limit} hashes")));
        }
        hashes.push(Digest::from_bytes(array_from_base64(line)?));
    }
    Ok(hashes)
}

const PROOF_HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A tree with a u64 number of leaves has a height of at most 64.
const MAX_INCLUSION_HASHES: usize = 64;
