//! Tiles and bundles of a log behind a [`Reader`]: entries, leaf hashes, and the tree's edge and root at any size.

use super::error::Error;
use super::reader::Reader;
use crate::crypto::Digest;
use crate::tlog;
use crate::tlog::merkle::Frontier;
use crate::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};
use crate::tlog::{EntryIndex, TreeSize};

/// The bytes of a tile or bundle, cut to the path's width. If the partial one is gone, they come from the full one
/// that replaced it, or from a wider partial one if an older size is asked for.
pub fn read_tile(reader: &dyn Reader, path: &TilePath) -> Result<Option<Vec<u8>>, Error> {
    if let Some(bytes) = reader.read(&path.to_string())? {
        return Ok(Some(bytes));
    }
    if u64::from(path.width) == TILE_WIDTH {
        return Ok(None);
    }
    if let Some(bytes) = reader.read(&path.full().to_string())? {
        return Ok(cut(path, &path.full(), &bytes));
    }
    for name in reader.list(&path.partial_folder())?.unwrap_or_default() {
        if let Ok(wider) = name.parse::<TilePath>()
            && wider.width > path.width
            && let Some(bytes) = reader.read(&name)?
        {
            return Ok(cut(path, &wider, &bytes));
        }
    }
    Ok(None)
}

/// The first `path.width` items of a wider tile; the bytes unchanged if they cannot be divided.
pub fn cut(path: &TilePath, wider: &TilePath, bytes: &[u8]) -> Option<Vec<u8>> {
    match path.kind {
        TileKind::Hashes(_) => bytes
            .get(..usize::from(path.width) * 32)
            .map(<[u8]>::to_vec),
        TileKind::Entries => match tile::decode_bundle(bytes, wider.width) {
            Ok(entries) => tile::encode_bundle(&entries[..usize::from(path.width)]).ok(),
            Err(_) => Some(bytes.to_vec()),
        },
    }
}

fn needed(reader: &dyn Reader, path: &TilePath) -> Result<Vec<u8>, Error> {
    read_tile(reader, path)?.ok_or_else(|| Error::Missing {
        place: reader.place(),
        path: path.to_string(),
    })
}

fn unreadable(reader: &dyn Reader, path: &TilePath, source: tlog::Error) -> Error {
    Error::Unreadable {
        place: reader.place(),
        path: path.to_string(),
        source,
    }
}

/// The edge of the tree at `size`, read from its partial tiles.
pub fn frontier_at(reader: &dyn Reader, size: TreeSize) -> Result<Frontier, Error> {
    let mut levels = Vec::new();
    let mut rest = size.get();
    for level in 0_u8.. {
        if rest == 0 {
            break;
        }
        let width = u16::try_from(rest % TILE_WIDTH).expect("below 256");
        rest /= TILE_WIDTH;
        if width == 0 {
            levels.push(Vec::new());
            continue;
        }
        let path = TilePath {
            kind: TileKind::Hashes(level),
            index: rest,
            width,
        };
        let bytes = needed(reader, &path)?;
        levels.push(tile::decode_hashes(&bytes, width).map_err(|e| unreadable(reader, &path, e))?);
    }
    Ok(Frontier::from_partials(size, levels).expect("widths are those of the size"))
}

/// The tree's root at `size`, which may be any size up to the checkpoint's.
pub fn root_at(reader: &dyn Reader, size: TreeSize) -> Result<Digest, Error> {
    Ok(frontier_at(reader, size)?.root())
}

/// The bytes of a bundle, divided into entries.
pub struct DividedBundle {
    /// The number of its first entry.
    pub first: EntryIndex,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl DividedBundle {
    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has none; no bundle of a log is so.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The bytes of an entry, by its place in the bundle.
    pub fn get(&self, place: usize) -> Option<&[u8]> {
        let end = *self.ends.get(place)?;
        let begin = match place {
            0 => 0,
            _ => self.ends[place - 1],
        };
        Some(&self.bytes[begin + tile::LENGTH_BYTES..end])
    }

    /// The bytes of every entry with its number, in their order.
    pub fn numbered(&self) -> impl Iterator<Item = (&[u8], EntryIndex)> {
        let first = self.first.get();
        let numbers = (first..).map(EntryIndex::new);
        self.entries().into_iter().zip(numbers)
    }

    /// The bytes of every entry, in their order.
    pub fn entries(&self) -> Vec<&[u8]> {
        (0..self.len())
            .filter_map(|place| self.get(place))
            .collect()
    }
}

/// Bundle `index` of a log of `size` entries.
pub fn read_bundle(
    reader: &dyn Reader,
    index: u64,
    size: TreeSize,
) -> Result<DividedBundle, Error> {
    let first = EntryIndex::new(index * TILE_WIDTH);
    let width =
        u16::try_from(size.get().saturating_sub(first.get()).min(TILE_WIDTH)).expect("at most 256");
    let path = TilePath {
        kind: TileKind::Entries,
        index,
        width,
    };
    let bytes = needed(reader, &path)?;
    let entries = tile::decode_bundle(&bytes, width).map_err(|e| unreadable(reader, &path, e))?;
    let ends = entries.iter().scan(0, |end, entry| {
        *end += tile::LENGTH_BYTES + entry.len();
        Some(*end)
    });
    let ends = ends.collect();
    Ok(DividedBundle { first, bytes, ends })
}

/// The bytes of entries `first..last` of a log of `size` entries.
pub fn read_entries(
    reader: &dyn Reader,
    first: EntryIndex,
    end: TreeSize,
    size: TreeSize,
) -> Result<Vec<Vec<u8>>, Error> {
    if end.contains(first) && end > size {
        return Err(Error::Missing {
            place: reader.place(),
            path: format!("entry {}", end.get() - 1),
        });
    }
    let mut entries = Vec::new();
    let mut at = first;
    while end.contains(at) {
        let bundle = read_bundle(reader, at.get() / TILE_WIDTH, size)?;
        let wanted = bundle
            .numbered()
            .filter(|(_, number)| *number >= at && end.contains(*number));
        entries.extend(wanted.map(|(entry, _)| entry.to_vec()));
        at = EntryIndex::new(bundle.first.get() + TILE_WIDTH);
    }
    Ok(entries)
}

/// The leaf hashes of bundle number `bundle` of a log of `size` entries; `None` if their tile is missing or cannot be read.
pub fn read_leaves(
    reader: &dyn Reader,
    bundle: u64,
    size: TreeSize,
) -> Result<Option<Vec<Digest>>, Error> {
    let under = size
        .get()
        .saturating_sub(bundle * TILE_WIDTH)
        .min(TILE_WIDTH);
    let path = TilePath {
        kind: TileKind::Hashes(0),
        index: bundle,
        width: u16::try_from(under).expect("at most 256"),
    };
    let bytes = read_tile(reader, &path)?;
    Ok(bytes.and_then(|bytes| tile::decode_hashes(&bytes, path.width).ok()))
}

/// The bytes of one entry of a log of `size` entries.
pub fn read_entry(
    reader: &dyn Reader,
    index: EntryIndex,
    size: TreeSize,
) -> Result<Vec<u8>, Error> {
    let mut entries = read_entries(reader, index, index.size_through(), size)?;
    entries.pop().ok_or_else(|| Error::Missing {
        place: reader.place(),
        path: format!("entry {index}"),
    })
}
