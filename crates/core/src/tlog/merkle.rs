//! The Merkle tree of RFC 6962 section 2.1, stored as its right-hand edge of tiles.

use super::Error;
use super::TreeSize;
use super::tile::TILE_WIDTH;
use crate::crypto::{Digest, sha256};

/// leaf = SHA-256(0x00 ‖ entry).
pub fn leaf_hash(entry: &[u8]) -> Digest {
    sha256(&[&[0], entry])
}

/// node = SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    sha256(&[&[1], left.as_bytes(), right.as_bytes()])
}

/// MTH of the empty list = SHA-256("").
pub fn empty_root() -> Digest {
    sha256(&[])
}

/// MTH(D\[n\]) = node(MTH(D\[0:k\]), MTH(D\[k:n\])), k the largest power of two below n.
pub fn root_of(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            node_hash(&root_of(&leaves[..k]), &root_of(&leaves[k..]))
        }
    }
}

/// A tile with all its 256 hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullTile {
    /// Its level: hashes of subtrees of 256^level leaves.
    pub level: u8,
    /// Its place in the level.
    pub index: u64,
    /// Its 256 hashes.
    pub hashes: Vec<Digest>,
}

/// The right-hand edge of a tree: for each level, the hashes of the last tile that is not yet full. It also keeps the
/// roots of their perfect subtrees, so that the tree's root needs only a few hashes at any size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: TreeSize,
    levels: Vec<Level>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Level {
    hashes: Vec<Digest>,
    /// Roots of the perfect subtrees of `hashes`, largest first: one for each bit of its length.
    peaks: Vec<Digest>,
}

impl Level {
    fn push(&mut self, hash: Digest) {
        self.hashes.push(hash);
        let mut peak = hash;
        // There are as many subtrees of equal size to the left as the new length has trailing zeros.
        for _ in 0..self.hashes.len().trailing_zeros() {
            let left = self
                .peaks
                .pop()
                .expect("one peak for each bit of the length before");
            peak = node_hash(&left, &peak);
        }
        self.peaks.push(peak);
    }
}

impl Frontier {
    /// The edge of the empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of leaves.
    pub fn size(&self) -> TreeSize {
        self.size
    }

    /// Adds a leaf; returns the tiles that it completes, lowest first.
    pub fn push(&mut self, leaf: Digest) -> Vec<FullTile> {
        let mut full = Vec::new();
        let mut hash = leaf;
        self.size = self.size.next().size_through();
        let mut span = 1_u64;
        for level in 0_u8.. {
            let at = usize::from(level);
            if self.levels.len() == at {
                self.levels.push(Level::default());
            }
            self.levels[at].push(hash);
            span = span.saturating_mul(TILE_WIDTH);
            if self.levels[at].hashes.len() < TILE_HASHES {
                break;
            }
            let done = std::mem::take(&mut self.levels[at]);
            hash = done.peaks[0];
            full.push(FullTile {
                level,
                index: self.size.get() / span - 1,
                hashes: done.hashes,
            });
        }
        full
    }

    /// The tree's root: the perfect subtrees from the smallest, rightmost one to the largest.
    pub fn root(&self) -> Digest {
        let peaks = self
            .levels
            .iter()
            .flat_map(|level| level.peaks.iter().rev());
        peaks
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }

    /// The partial tiles: level, index, hashes; none is empty.
    pub fn partials(&self) -> impl Iterator<Item = (u8, u64, &[Digest])> {
        let mut span = 1_u64;
        self.levels
            .iter()
            .zip(0_u8..)
            .filter_map(move |(level, number)| {
                span = span.saturating_mul(TILE_WIDTH);
                let hashes = level.hashes.as_slice();
                (!hashes.is_empty()).then_some((number, self.size.get() / span, hashes))
            })
    }

    /// The edge of a tree of `size` leaves from its partial tiles, level 0 first; a level without one has no hashes.
    pub fn from_partials(size: TreeSize, levels: Vec<Vec<Digest>>) -> Result<Self, Error> {
        let mut rest = size.get();
        let mut frontier = Self {
            size,
            levels: Vec::new(),
        };
        for (hashes, level) in levels.into_iter().zip(0_u8..) {
            let expected = rest % TILE_WIDTH;
            if hashes.len() as u64 != expected {
                return Err(Error::Edge {
                    size,
                    level,
                    found: hashes.len(),
                    expected,
                });
            }
            rest /= TILE_WIDTH;
            let mut edge = Level::default();
            for hash in hashes {
                edge.push(hash);
            }
            frontier.levels.push(edge);
        }
        if rest != 0 {
            return Err(Error::Edge {
                size,
                level: u8::try_from(frontier.levels.len()).unwrap_or(u8::MAX),
                found: 0,
                expected: rest,
            });
        }
        Ok(frontier)
    }
}

/// Hashes in a full tile.
const TILE_HASHES: usize = 256;
