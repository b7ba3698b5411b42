//! Logs written by hand: the tree by its definition, rewritten entries, and heads signed with a given key.

use super::{CHECKPOINTS, ORIGIN, key, say};
use claimledger::host::disk::Disk;
use claimledger_core::crypto::{Digest, SecretKey};
use claimledger_core::entry::{Entry, Head};
use claimledger_core::envelope::Parsed;
use claimledger_core::log::Reader;
use claimledger_core::log::tiles::read_entries;
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::merkle::{leaf_hash, root_of};
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TileKind, covering};
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};

/// The bytes of the first `size` entries.
pub fn entries(reader: &dyn Reader, size: TreeSize) -> Vec<Vec<u8>> {
    read_entries(reader, EntryIndex::FIRST, size, size).expect("bundles that read")
}

/// The size of their tree.
pub fn size(entries: &[Vec<u8>]) -> TreeSize {
    TreeSize::new(entries.len() as u64)
}

/// The tree's root by its definition.
pub fn root(entries: &[Vec<u8>]) -> Digest {
    let leaves: Vec<Digest> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    root_of(&leaves)
}

/// Every bundle and tile of these entries, by name: a tile of level n + 1 holds the root of each full tile of level n.
pub fn tiles(entries: &[Vec<u8>]) -> Vec<(String, Vec<u8>)> {
    let leaves: Vec<Digest> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let mut levels = vec![leaves];
    while levels.last().is_some_and(|level| level.len() >= width()) {
        let below = levels.last().expect("just looked at");
        levels.push(below.chunks_exact(width()).map(root_of).collect());
    }
    covering(size(entries))
        .into_iter()
        .map(|path| {
            let from = usize::try_from(path.index).expect("in memory") * width();
            let to = from + usize::from(path.width);
            let bytes = match path.kind {
                TileKind::Entries => {
                    let inside: Vec<&[u8]> = entries[from..to].iter().map(Vec::as_slice).collect();
                    tile::encode_bundle(&inside).expect("entries that fit")
                }
                TileKind::Hashes(level) => {
                    tile::encode_hashes(&levels[usize::from(level)][from..to])
                }
            };
            (path.to_string(), bytes)
        })
        .collect()
}

fn width() -> usize {
    usize::try_from(TILE_WIDTH).expect("256")
}

/// The signed head of these entries, under the name and key of every test ledger.
pub fn head(entries: &[Vec<u8>]) -> Vec<u8> {
    head_by(entries, ORIGIN, &key(CHECKPOINTS))
}

/// The signed head of these entries, under this name and key.
pub fn head_by(entries: &[Vec<u8>], origin: &str, by: &SecretKey) -> Vec<u8> {
    let checkpoint = Checkpoint {
        origin: say::word(origin),
        size: size(entries),
        root: root(entries),
    };
    let vkey = VerifierKey::new(say::word(origin), by.public());
    SignedCheckpoint::sign(checkpoint, &vkey, |text| by.sign(text)).to_bytes()
}

/// For [`change`]: the entry's time, this many milliseconds later.
pub fn later(millis: u64) -> impl Fn(&mut Entry) {
    move |entry| entry.time = entry.time.plus_millis(millis)
}

/// For [`change`]: the entry's time, this many milliseconds earlier.
pub fn earlier(millis: u64) -> impl Fn(&mut Entry) {
    move |entry| entry.time = UnixMillis::new(entry.time.get() - millis)
}

/// Lays the whole log down: tiles and signed head. Every other file under `tile/` goes.
pub fn lay_down(disk: &dyn Disk, entries: &[Vec<u8>]) {
    disk.remove_folder("tile").expect("a disk that writes");
    for (name, bytes) in tiles(entries) {
        put(disk, &name, &bytes);
    }
    put(disk, "checkpoint", &head(entries));
}

/// Writes a file, replacing an existing one.
pub fn put(disk: &dyn Disk, name: &str, bytes: &[u8]) {
    disk.write_synced(name, bytes).expect("a disk that writes");
}

/// Replaces an entry's statement; the entries after it do not change.
pub fn replace(
    entries: &mut [Vec<u8>],
    at: usize,
    statement: &Parsed,
    signature: Option<[u8; 64]>,
) {
    change(entries, at, |entry| {
        entry.key = *statement.claimed_key();
        entry.payload = statement.claimed().encode();
        entry.signature = match signature {
            Some(bytes) => claimledger_core::crypto::Signature::from_bytes(bytes),
            None => *statement
                .clone()
                .verify_strict()
                .expect("signed by its key")
                .signature(),
        };
    });
}

/// Changes the fields of one entry; the entries after it do not change.
pub fn change(entries: &mut [Vec<u8>], at: usize, change: impl FnOnce(&mut Entry)) {
    let mut entry = Entry::decode(&entries[at]).expect("an entry");
    change(&mut entry);
    entries[at] = entry.encode().expect("an entry that fits");
}

/// Chains the entries from `from` on again: index and previous become correct.
pub fn chain(entries: &mut [Vec<u8>], from: usize) {
    let mut head = match from.checked_sub(1) {
        None => Head::EMPTY,
        Some(before) => Entry::decode(&entries[before])
            .expect("an entry")
            .head_after(&entries[before]),
    };
    for bytes in &mut entries[from..] {
        let mut entry = Entry::decode(bytes).expect("an entry");
        entry.index = head.next;
        entry.previous = head.leaf;
        *bytes = entry.encode().expect("an entry that fits");
        head = entry.head_after(bytes);
    }
}
