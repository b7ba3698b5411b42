//! A reader that accepts only what the checkpoint of the log covers: each bundle must match its tile of leaf hashes,
//! each tile the tile above, the topmost the checkpoint's root.
//!
//! The checkpoint is read once. So a place that keeps growing, or answers each request from another tree, is read at
//! one head or not at all. The checkpoint's signature is verified when the log is opened.

use super::Error;
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::log::names::CHECKPOINT;
use claimledger_core::log::tiles::{cut, frontier_at, read_tile};
use claimledger_core::log::{self, AtHead, ReadError, ReadSeek, Reader};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::merkle::{leaf_hash, root_of};
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};
use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

/// The log behind a reader, at the first checkpoint that it returned.
pub struct Proven<R> {
    from: AtHead<R>,
    checkpoint: Vec<u8>,
    size: TreeSize,
    /// Hash tiles that match the checkpoint.
    tiles: Mutex<HashMap<(u8, u64), Vec<Digest>>>,
    /// The bundles read last, by number: whole, and hashed to their leaves.
    bundles: Mutex<VecDeque<(u64, Vec<u8>)>>,
}

impl<R: Reader> Proven<R> {
    /// Reads the checkpoint and the edge of its tree, whose root must be the checkpoint's. `None` if there is no
    /// checkpoint.
    pub fn open(reader: R) -> Result<Option<Self>, Error> {
        let Some(checkpoint) = reader.read(CHECKPOINT)? else {
            return Ok(None);
        };
        let signed =
            SignedCheckpoint::parse(&checkpoint).map_err(|source| log::Error::Checkpoint {
                place: reader.place(),
                source,
            })?;
        let head = signed.checkpoint();
        let proven = Self {
            from: AtHead::new(reader, head.size),
            checkpoint,
            size: head.size,
            tiles: Mutex::default(),
            bundles: Mutex::default(),
        };
        let edge = frontier_at(&proven.from, head.size)?;
        if edge.root() != head.root {
            return Err(proven.unproven("its hash tiles", "they do not make its checkpoint's root"));
        }
        for (level, index, hashes) in edge.partials() {
            proven.keep(level, index, hashes.to_vec());
        }
        Ok(Some(proven))
    }

    fn unproven(&self, path: &str, reason: &str) -> Error {
        Error::Unproven {
            place: self.from.place(),
            path: path.to_owned(),
            reason: reason.to_owned(),
        }
    }

    fn keep(&self, level: u8, index: u64, hashes: Vec<Digest>) {
        let mut tiles = self.tiles.lock().expect("nothing panics while it is held");
        tiles.insert((level, index), hashes);
    }

    /// The hashes of a tile, checked against the tiles above it. There are at most eight levels.
    fn hashes(&self, level: u8, index: u64) -> Result<Vec<Digest>, Error> {
        let kept = self.tiles.lock().expect("nothing panics while it is held");
        if let Some(hashes) = kept.get(&(level, index)) {
            return Ok(hashes.clone());
        }
        drop(kept);
        let path = TilePath {
            kind: TileKind::Hashes(level),
            index,
            width: u16::try_from(TILE_WIDTH).expect("256"),
        };
        let name = path.to_string();
        // Partial tiles are the edge, which was read at the beginning.
        if path.at_size(self.size) != Some(path) {
            return Err(self.unproven(&name, "the checkpoint covers no such tile"));
        }
        let above = self.hashes(level + 1, index / TILE_WIDTH)?;
        let at = usize::try_from(index % TILE_WIDTH).expect("below 256");
        let bytes = read_tile(&self.from, &path)?.ok_or_else(|| log::Error::Missing {
            place: self.from.place(),
            path: name.clone(),
        })?;
        let hashes = tile::decode_hashes(&bytes, path.width)
            .ok()
            .filter(|hashes| above.get(at) == Some(&root_of(hashes)))
            .ok_or_else(|| self.unproven(&name, "it is not the tile that belongs there"))?;
        self.keep(level, index, hashes.clone());
        Ok(hashes)
    }

    /// A whole bundle, hashed to its leaves. Many proofs read the same one.
    fn bundle(&self, whole: &TilePath) -> Result<Option<Vec<u8>>, Error> {
        let kept = self
            .bundles
            .lock()
            .expect("nothing panics while it is held");
        if let Some((_, bytes)) = kept.iter().find(|(number, _)| *number == whole.index) {
            return Ok(Some(bytes.clone()));
        }
        drop(kept);
        let Some(bytes) = read_tile(&self.from, whole)? else {
            return Ok(None);
        };
        let leaves = self.hashes(0, whole.index)?;
        let right = tile::decode_bundle(&bytes, whole.width).is_ok_and(|entries| {
            let hashes = entries.iter().map(|entry| leaf_hash(entry));
            hashes.eq(leaves.iter().copied())
        });
        if !right {
            let reason = "its entries do not hash to their leaves";
            return Err(self.unproven(&whole.to_string(), reason));
        }
        let mut kept = self
            .bundles
            .lock()
            .expect("nothing panics while it is held");
        if kept.len() == KEPT_BUNDLES {
            kept.pop_front();
        }
        kept.push_back((whole.index, bytes.clone()));
        Ok(Some(bytes))
    }

    fn tile(&self, path: &TilePath) -> Result<Option<Vec<u8>>, Error> {
        let Some(whole) = path
            .at_size(self.size)
            .filter(|whole| whole.width >= path.width)
        else {
            return Ok(None);
        };
        let bytes = match path.kind {
            TileKind::Hashes(level) => tile::encode_hashes(&self.hashes(level, path.index)?),
            TileKind::Entries => match self.bundle(&whole)? {
                Some(bytes) => bytes,
                None => return Ok(None),
            },
        };
        Ok(if whole.width == path.width {
            Some(bytes)
        } else {
            cut(path, &whole, &bytes)
        })
    }
}

impl<R: Reader> Reader for Proven<R> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if name == CHECKPOINT {
            return Ok(Some(self.checkpoint.clone()));
        }
        match name.parse::<TilePath>() {
            Ok(path) => self.tile(&path).map_err(|e| e.reading(self.place(), name)),
            Err(_) => self.from.read(name),
        }
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        if name == CHECKPOINT || name.parse::<TilePath>().is_ok() {
            let bytes = self.read(name)?;
            return Ok(
                bytes.map(|bytes| Box::new(std::io::Cursor::new(bytes)) as Box<dyn ReadSeek>)
            );
        }
        self.from.open(name)
    }

    fn open_within(&self, name: &str, most: u64) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        if name == CHECKPOINT || name.parse::<TilePath>().is_ok() {
            return self.open(name);
        }
        self.from.open_within(name, most)
    }

    fn remarks(&self) -> Vec<String> {
        self.from.remarks()
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        self.from.list(folder)
    }

    fn place(&self) -> String {
        self.from.place()
    }
}

/// About 2 MB.
const KEPT_BUNDLES: usize = 16;
