//! Entries out of bundles, with their leaf hashes and verified statements; many bundles at once.

use super::finding::{Finding, code};
use crate::crypto::Digest;
use crate::entry::{self, Entry};
use crate::envelope::{Parsed, Verified, verify_batch};
use crate::host::random;
use crate::log;
use crate::log::Reader;
use crate::log::tiles;
use crate::tlog::merkle::leaf_hash;
use crate::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};
use rayon::prelude::*;

/// What one entry's bytes turned out to be.
pub struct Opened {
    /// The leaf hash of the bytes as they are.
    pub leaf: Digest,
    /// The leaf hash that the tile holds, if it could be read.
    pub stored: Option<Digest>,
    /// The entry, if the bytes are one.
    pub entry: Option<Entry>,
    /// Its statement, if the form is right and the signature its key's.
    pub statement: Option<Verified>,
}

/// What one bundle turned out to be.
pub struct Bundle {
    /// Its place among the bundles.
    pub index: u64,
    /// Its entries; none if it could not be divided.
    pub entries: Vec<Opened>,
    /// How many entries it should have.
    pub width: u16,
    /// What was seen, entry by entry.
    pub findings: Vec<Finding>,
}

/// Opens bundles `first..last` of a log of `size` entries, on every core.
pub fn open(
    reader: &dyn Reader,
    first: u64,
    last: u64,
    size: u64,
    portable: bool,
) -> Result<Vec<Bundle>, log::Error> {
    (first..last)
        .into_par_iter()
        .map(|index| open_one(reader, index, size, portable))
        .collect()
}

fn open_one(
    reader: &dyn Reader,
    index: u64,
    size: u64,
    portable: bool,
) -> Result<Bundle, log::Error> {
    let width = u16::try_from((size - index * TILE_WIDTH).min(TILE_WIDTH)).expect("at most 256");
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
                "entries {} to {} are not there",
                index * TILE_WIDTH,
                index * TILE_WIDTH + u64::from(width) - 1
            ),
        ));
        return Ok(bundle);
    };
    // `tiles` reports where that tile does not read.
    let stored = tiles::read_leaves(reader, index, size)?;
    let parts = match tile::decode_bundle(&bytes, width) {
        Ok(parts) => parts,
        Err(e) => {
            bundle.findings.push(Finding::in_file(
                code::BUNDLE_MALFORMED,
                path.to_string(),
                format!("it does not divide into {width} entries: {e}"),
            ));
            return Ok(bundle);
        }
    };
    let mut parsed = Vec::new();
    let mut parsed_at = Vec::new();
    for (offset, bytes) in parts.into_iter().enumerate() {
        let number = index * TILE_WIDTH + offset as u64;
        let stored = stored.as_ref().map(|leaves| leaves[offset]);
        let (opened, envelope) = open_entry(number, bytes, stored, &mut bundle.findings);
        if let Some(envelope) = envelope {
            if portable && !envelope.is_portable() {
                bundle.findings.push(Finding::in_entry(
                    code::SIGNATURE_NOT_PORTABLE,
                    number,
                    "its signature fails the strict rule, which other software applies",
                ));
            }
            parsed.push(envelope);
            parsed_at.push(offset);
        }
        bundle.entries.push(opened);
    }
    for (answer, offset) in verify_batch(parsed, random::generator())
        .into_iter()
        .zip(parsed_at)
    {
        match answer {
            Ok(statement) => bundle.entries[offset].statement = Some(statement),
            Err(e) => bundle.findings.push(Finding::in_entry(
                code::SIGNATURE_INVALID,
                index * TILE_WIDTH + offset as u64,
                e.to_string(),
            )),
        }
    }
    Ok(bundle)
}

/// One entry's bytes: its leaf hash against the tile's, its form, and the envelope inside.
fn open_entry(
    number: u64,
    bytes: &[u8],
    stored: Option<Digest>,
    findings: &mut Vec<Finding>,
) -> (Opened, Option<Parsed>) {
    let leaf = leaf_hash(bytes);
    if let Some(stored) = stored.filter(|stored| *stored != leaf) {
        findings.push(Finding::in_entry(
            code::LEAF_MISMATCH,
            number,
            format!("its bytes hash to {leaf}, its tile says {stored}"),
        ));
    }
    let mut refused = |e: &entry::Error| {
        findings.push(Finding::in_entry(e.code(), number, e.to_string()));
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
