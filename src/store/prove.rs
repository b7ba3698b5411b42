//! The hashes of proofs, looked up in tiles.

use super::Error;
use claimledger_core::crypto::Digest;
use claimledger_core::log::tiles::read_tile;
use claimledger_core::log::{self, Reader};
use claimledger_core::tlog::combined::combined_spans;
use claimledger_core::tlog::merkle::{node_hash, root_of};
use claimledger_core::tlog::proof::{self, Node, Span};
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};
use claimledger_core::{EntryIndex, TreeSize};
use std::cell::RefCell;
use std::collections::HashMap;

/// The tree of a log of `size` entries, from its tiles. Each tile is read once. Nothing is verified here: a proof must
/// be checked where it is used.
pub struct Tree<'a> {
    reader: &'a dyn Reader,
    size: TreeSize,
    tiles: RefCell<HashMap<(u8, u64), Vec<Digest>>>,
}

impl<'a> Tree<'a> {
    /// The tree at `size`, which may be any size that the tiles reach.
    pub fn new(reader: &'a dyn Reader, size: TreeSize) -> Self {
        Self {
            reader,
            size,
            tiles: RefCell::new(HashMap::new()),
        }
    }

    /// The inclusion proof of entry `index`, from the leaf's sibling to the root's child.
    pub fn inclusion(&self, index: EntryIndex) -> Result<Vec<Digest>, Error> {
        self.hashes(&proof::inclusion_spans(index, self.size).map_err(Error::Proof)?)
    }

    /// The consistency proof from the tree of `old` entries.
    pub fn consistency(&self, old: TreeSize) -> Result<Vec<Digest>, Error> {
        self.hashes(&proof::consistency_spans(old, self.size).map_err(Error::Proof)?)
    }

    /// One proof of all these entries, and of the roots at these earlier sizes; both ascend. See [`combined_spans`].
    pub fn combined(
        &self,
        indices: &[EntryIndex],
        heads: &[TreeSize],
    ) -> Result<Vec<Digest>, Error> {
        self.hashes(&combined_spans(indices, heads, self.size).map_err(Error::Proof)?)
    }

    fn hashes(&self, spans: &[Span]) -> Result<Vec<Digest>, Error> {
        spans.iter().map(|span| self.span(*span)).collect()
    }

    fn span(&self, span: Span) -> Result<Digest, Error> {
        let nodes: Vec<Digest> = span
            .nodes()
            .into_iter()
            .map(|node| self.node(node))
            .collect::<Result<_, _>>()?;
        let folded = nodes
            .into_iter()
            .rev()
            .reduce(|right, left| node_hash(&left, &right));
        Ok(folded.expect("a span holds a leaf"))
    }

    /// A perfect subtree of height 8·level + h is the root of 2^h neighbouring hashes of one tile of that level.
    fn node(&self, node: Node) -> Result<Digest, Error> {
        let (level, height) = (node.level / TILE_HEIGHT, node.level % TILE_HEIGHT);
        let first = node.index << height;
        let index = first / TILE_WIDTH;
        let from = usize::try_from(first % TILE_WIDTH).expect("below 256");
        let mut tiles = self.tiles.borrow_mut();
        let hashes = match tiles.entry((level, index)) {
            std::collections::hash_map::Entry::Occupied(there) => there.into_mut(),
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(self.tile(level, index)?)
            }
        };
        Ok(root_of(&hashes[from..from + (1 << height)]))
    }

    fn tile(&self, level: u8, index: u64) -> Result<Vec<Digest>, Error> {
        let in_level = self.size.get() >> (u32::from(TILE_HEIGHT) * u32::from(level));
        let width = (in_level - index * TILE_WIDTH).min(TILE_WIDTH);
        let path = TilePath {
            kind: TileKind::Hashes(level),
            index,
            width: u16::try_from(width).expect("at most 256"),
        };
        let place = || self.reader.place();
        let bytes = read_tile(self.reader, &path)?.ok_or_else(|| log::Error::Missing {
            place: place(),
            path: path.to_string(),
        })?;
        let hashes = tile::decode_hashes(&bytes, path.width);
        Ok(hashes.map_err(|source| log::Error::Unreadable {
            place: place(),
            path: path.to_string(),
            source,
        })?)
    }
}

/// A tile is 8 levels of the tree high: 256 = 2^8.
const TILE_HEIGHT: u8 = 8;
