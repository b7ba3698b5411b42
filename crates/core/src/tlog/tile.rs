//! C2SP tlog-tiles 0.1.0: the paths of tiles and entry bundles, and their bytes.

use super::Error;
use super::TreeSize;
use crate::crypto::Digest;
use crate::encoding::limits;
use std::fmt;
use std::str::FromStr;

/// The number of hashes in a full tile, and of entries in a full bundle.
pub const TILE_WIDTH: u64 = 256;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TileKind {
    /// Entries.
    Entries,
    /// Hashes of subtrees of 256^level leaves; level 0 to 63.
    Hashes(u8),
}

impl TileKind {
    /// How many entries or hashes a tree of `size` entries has of this kind: size at level 0, and size / 256^level above.
    pub fn count_at(self, size: TreeSize) -> u64 {
        let level = match self {
            Self::Entries => 0,
            Self::Hashes(level) => u32::from(level),
        };
        size.get().checked_shr(8 * level).unwrap_or(0)
    }
}

/// The path of a tile: `tile/<level>/<index>[.p/<width>]`, or `tile/entries/…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TilePath {
    /// What it holds.
    pub kind: TileKind,
    /// Its place in the level.
    pub index: u64,
    /// The number of its items: 1 to 256; a full one has 256.
    pub width: u16,
}

impl TilePath {
    /// The full tile at the same place.
    pub fn full(self) -> Self {
        Self {
            width: FULL,
            ..self
        }
    }

    /// The folder of the partial tiles at this place.
    pub fn partial_folder(&self) -> String {
        format!("{}.p", self.full())
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Entries => f.write_str("tile/entries/")?,
            TileKind::Hashes(level) => write!(f, "tile/{level}/")?,
        }
        let digits = self.index.to_string();
        let padded = format!("{digits:0>width$}", width = digits.len().div_ceil(3) * 3);
        let groups = padded.len() / 3;
        for (place, group) in padded.as_bytes().chunks(3).enumerate() {
            let group = std::str::from_utf8(group).expect("decimal digits");
            let last = place + 1 == groups;
            write!(
                f,
                "{}{group}{}",
                if last { "" } else { "x" },
                if last { "" } else { "/" }
            )?;
        }
        if self.width < FULL {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for TilePath {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::Path {
            path: text.to_owned(),
        };
        let rest = text.strip_prefix("tile/").ok_or_else(bad)?;
        let (kind, rest) = rest.split_once('/').ok_or_else(bad)?;
        let kind = match kind {
            "entries" => TileKind::Entries,
            level => TileKind::Hashes(level.parse().ok().filter(|l| *l < 64).ok_or_else(bad)?),
        };
        let (place, width) = match rest.split_once(".p/") {
            Some((place, width)) => (place, width.parse().map_err(|_| bad())?),
            None => (rest, FULL),
        };
        let digits: String = place
            .split('/')
            .map(|g| g.trim_start_matches('x'))
            .collect();
        let index = digits.parse().map_err(|_| bad())?;
        let path = Self { kind, index, width };
        // Only one form: padding, prefixes and widths as this program prints them.
        if width == 0 || path.to_string() != text {
            return Err(bad());
        }
        Ok(path)
    }
}

/// Every bundle and tile of a tree of `size` entries, bundles first, exactly at that size.
pub fn covering(size: TreeSize) -> Vec<TilePath> {
    changed(TreeSize::EMPTY, size)
}

/// Every bundle and tile that a tree of `new` entries has and one of `old` entries does not, bundles first.
pub fn changed(old: TreeSize, new: TreeSize) -> Vec<TilePath> {
    let mut paths = Vec::new();
    let (mut old, mut new) = (old.get(), new.get());
    level_paths(TileKind::Entries, old, new, &mut paths);
    for level in 0_u8.. {
        if new == 0 {
            break;
        }
        level_paths(TileKind::Hashes(level), old, new, &mut paths);
        // Only full tiles add a hash to the level above.
        (old, new) = (old / TILE_WIDTH, new / TILE_WIDTH);
    }
    paths
}

fn level_paths(kind: TileKind, old: u64, new: u64, paths: &mut Vec<TilePath>) {
    if old == new {
        return;
    }
    let full = new / TILE_WIDTH;
    paths.extend((old / TILE_WIDTH..full).map(|index| TilePath {
        kind,
        index,
        width: FULL,
    }));
    let width = u16::try_from(new % TILE_WIDTH).expect("below 256");
    if width > 0 {
        paths.push(TilePath {
            kind,
            index: full,
            width,
        });
    }
}

/// The hashes, concatenated.
pub fn encode_hashes(hashes: &[Digest]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// Reads exactly `width` hashes.
pub fn decode_hashes(bytes: &[u8], width: u16) -> Result<Vec<Digest>, Error> {
    if bytes.len() != usize::from(width) * 32 {
        return Err(Error::Tile {
            width,
            reason: format!(
                "{} bytes where {} are needed",
                bytes.len(),
                usize::from(width) * 32
            ),
        });
    }
    Ok(bytes
        .chunks_exact(32)
        .map(|hash| Digest::from_bytes(hash.try_into().expect("chunks of 32")))
        .collect())
}

/// The entries, concatenated, each after its length as u16, big endian.
pub fn encode_bundle(entries: &[&[u8]]) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| Error::Tile {
            width: u16::try_from(entries.len()).unwrap_or(FULL),
            reason: format!(
                "an entry of {} bytes; {} is the limit",
                entry.len(),
                limits::MAX_ENTRY_BYTES
            ),
        })?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// Divides a bundle into exactly `width` entries, with nothing left over.
pub fn decode_bundle(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, Error> {
    let bad = |reason: String| Error::Tile { width, reason };
    let mut entries = Vec::with_capacity(usize::from(width));
    let mut rest = bytes;
    for number in 0..width {
        let (length, after) = rest
            .split_first_chunk::<LENGTH_BYTES>()
            .ok_or_else(|| bad(format!("it ends before entry {number}")))?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after
            .split_at_checked(length)
            .ok_or_else(|| bad(format!("it ends inside entry {number}")))?;
        entries.push(entry);
        rest = after;
    }
    if !rest.is_empty() {
        return Err(bad(format!("{} bytes follow the last entry", rest.len())));
    }
    Ok(entries)
}

/// What stands before each entry of a bundle.
pub(crate) const LENGTH_BYTES: usize = 2;

/// The width of a full tile.
const FULL: u16 = 256;
