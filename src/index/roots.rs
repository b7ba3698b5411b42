//! The tree during a replay: its root after every entry, without reading a tile again.

use super::Error;
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::log::Reader;
use claimledger_core::log::tiles;
use claimledger_core::tlog::merkle::Frontier;

/// The edge of the tree, and its root at every size since the replay began; 32 bytes for each entry.
pub struct Roots {
    frontier: Frontier,
    first: TreeSize,
    by_size: Vec<Digest>,
}

impl Roots {
    /// The tree at the size at which the replay begins.
    pub fn from(reader: &dyn Reader, size: TreeSize) -> Result<Self, Error> {
        let frontier = match size {
            TreeSize::EMPTY => Frontier::new(),
            _ => tiles::frontier_at(reader, size)?,
        };
        Ok(Self {
            by_size: vec![frontier.root()],
            first: size,
            frontier,
        })
    }

    /// Adds the leaf of the next entry.
    pub fn push(&mut self, leaf: Digest) {
        self.frontier.push(leaf);
        self.by_size.push(self.frontier.root());
    }

    /// The root at a size since the beginning of the replay.
    pub fn at(&self, size: TreeSize) -> Option<Digest> {
        let place = usize::try_from(size.get().checked_sub(self.first.get())?).ok()?;
        self.by_size.get(place).copied()
    }

    /// The root at the newest size.
    pub fn newest(&self) -> Digest {
        self.frontier.root()
    }
}
