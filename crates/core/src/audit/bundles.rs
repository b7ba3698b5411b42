//! Entries out of bundles, with their leaf hashes and verified statements; many bundles at once.

use super::finding::{Finding, code};
use super::options::Options;
use crate::crypto::{Digest, sha256};
use crate::entry::{self, Entry};
use crate::envelope::{self, Parsed, Verified, verify_batch};
use crate::log;
use crate::log::Reader;
use crate::log::tiles;
use crate::tlog::merkle::leaf_hash;
use crate::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};
use crate::tlog::{EntryIndex, TreeSize};
#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// What one entry's bytes are.
pub struct Opened {
    /// The leaf hash of the bytes as they are here.
    pub leaf: Digest,
    /// The leaf hash that the tile holds, if it could be read.
    pub stored: Option<Digest>,
    /// The entry, if the bytes are an entry.
    pub entry: Option<Entry>,
    /// Its statement, if the form is correct and the signature verifies.
    pub statement: Option<Verified>,
}

/// What one bundle contains.
pub struct Bundle {
    /// Its place among the bundles.
    pub index: u64,
    /// Its entries; none if the bundle could not be divided.
    pub entries: Vec<Opened>,
    /// How many entries it should have.
    pub width: u16,
    /// What was found, entry by entry.
    pub findings: Vec<Finding>,
}

/// Reads bundles `first..last` of a log of `size` entries; on every core with the feature `parallel`.
pub fn open(
    reader: &dyn Reader,
    first: u64,
    last: u64,
    size: TreeSize,
    options: &Options,
) -> Result<Vec<Bundle>, log::Error> {
    let one = |index| open_one(reader, index, size, options);
    #[cfg(feature = "parallel")]
    return (first..last).into_par_iter().map(one).collect();
    #[cfg(not(feature = "parallel"))]
    (first..last).map(one).collect()
}

fn open_one(
    reader: &dyn Reader,
    index: u64,
    size: TreeSize,
    options: &Options,
) -> Result<Bundle, log::Error> {
    let below = size.get() - index * TILE_WIDTH;
    let width = u16::try_from(below.min(TILE_WIDTH)).expect("at most 256");
    let path = TilePath {
        kind: TileKind::Entries,
        index,
        width,
    };
    let mut bundle = Bundle {
        index,
        entries: Vec::new(),
        width,
        findings: Vec::new(),
    };
    let Some(bytes) = tiles::read_tile(reader, &path)? else {
        bundle.findings.push(Finding::in_file(
            code::TILE_MISSING,
            path.to_string(),
            format!(
                "entries {} to {} are missing",
                index * TILE_WIDTH,
                index * TILE_WIDTH + u64::from(width) - 1
            ),
        ));
        return Ok(bundle);
    };
    // `tiles` reports where that tile cannot be read.
    let stored = tiles::read_leaves(reader, index, size)?;
    let parts = match tile::decode_bundle(&bytes, width) {
        Ok(parts) => parts,
        Err(e) => {
            bundle.findings.push(Finding::in_file(
                code::BUNDLE_MALFORMED,
                path.to_string(),
                format!("it cannot be split into {width} entries: {e}"),
            ));
            return Ok(bundle);
        }
    };
    let at = |offset: usize| EntryIndex::new(index * TILE_WIDTH + offset as u64);
    let mut parsed = Vec::new();
    let mut parsed_at = Vec::new();
    for (offset, bytes) in parts.into_iter().enumerate() {
        let number = at(offset);
        let stored = stored.as_ref().map(|leaves| leaves[offset]);
        let (opened, envelope) = open_entry(number, bytes, stored, &mut bundle.findings);
        if let Some(envelope) = envelope {
            if options.portable && !envelope.is_portable() {
                bundle.findings.push(Finding::in_entry(
                    code::SIGNATURE_NOT_PORTABLE,
                    number,
                    "its signature fails strict verification, which other software uses",
                ));
            }
            parsed.push(envelope);
            parsed_at.push(offset);
        }
        bundle.entries.push(opened);
    }
    for (answer, offset) in verified(parsed, index, options).into_iter().zip(parsed_at) {
        match answer {
            Ok(statement) => bundle.entries[offset].statement = Some(statement),
            Err(e) => bundle.findings.push(Finding::in_entry(
                code::SIGNATURE_INVALID,
                at(offset),
                e.message(),
            )),
        }
    }
    Ok(bundle)
}

/// The answer for each envelope of a bundle, alone or all at once.
fn verified(
    parsed: Vec<Parsed>,
    bundle: u64,
    options: &Options,
) -> Vec<Result<Verified, envelope::Error>> {
    match &options.seed {
        Some(seed) => {
            // One seed for each batch: SHA-256(the auditor's seed ‖ the bundle's index, u64 big endian).
            let own = sha256(&[seed, &bundle.to_be_bytes()]);
            verify_batch(parsed, own.as_bytes())
        }
        None => parsed.into_iter().map(Parsed::verify).collect(),
    }
}

/// Checks one entry's bytes: the leaf hash against the tile's, the form, and the envelope inside.
fn open_entry(
    number: EntryIndex,
    bytes: &[u8],
    stored: Option<Digest>,
    findings: &mut Vec<Finding>,
) -> (Opened, Option<Parsed>) {
    let leaf = leaf_hash(bytes);
    if let Some(stored) = stored.filter(|stored| *stored != leaf) {
        findings.push(Finding::in_entry(
            code::LEAF_MISMATCH,
            number,
            format!("its bytes have the leaf hash {leaf}, but its tile has {stored}"),
        ));
    }
    let mut refused = |e: &entry::Error| {
        findings.push(Finding::in_entry(e.code(), number, e.message()));
    };
    let entry = Entry::decode(bytes).inspect_err(&mut refused).ok();
    let envelope = entry
        .as_ref()
        .and_then(|entry| entry.envelope().inspect_err(&mut refused).ok());
    let opened = Opened {
        leaf,
        stored,
        entry,
        statement: None,
    };
    (opened, envelope)
}
