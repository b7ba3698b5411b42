//! Checks stored tiles against the tree rebuilt from the entries; older partial tiles; files that do not belong here.

use super::finding::{Finding, code};
use super::report::CheckCounts;
use crate::crypto::Digest;
use crate::log;
use crate::log::Reader;
use crate::log::tiles;
use crate::tlog::TreeSize;
use crate::tlog::merkle::{Frontier, FullTile};
use crate::tlog::tile::{self, TileKind, TilePath};

/// Compares one stored tile with the hashes that the entries give.
pub fn compare(
    reader: &dyn Reader,
    level: u8,
    index: u64,
    hashes: &[Digest],
    checked: &mut CheckCounts,
    findings: &mut Vec<Finding>,
) -> Result<(), log::Error> {
    let path = TilePath {
        kind: TileKind::Hashes(level),
        index,
        width: u16::try_from(hashes.len()).expect("a tile has at most 256 hashes"),
    };
    let name = path.to_string();
    checked.tiles += 1;
    match tiles::read_tile(reader, &path)? {
        None => findings.push(Finding::in_file(code::TILE_MISSING, name, "it is missing")),
        Some(bytes) => match tile::decode_hashes(&bytes, path.width) {
            Err(e) => findings.push(Finding::in_file(code::TILE_SIZE, name, e.to_string())),
            Ok(stored) => {
                if let Some(at) = stored.iter().zip(hashes).position(|(a, b)| a != b) {
                    findings.push(Finding::in_file(
                        code::TILE_MISMATCH,
                        name,
                        format!(
                            "hash {at} is {}, but the entries give {}",
                            stored[at], hashes[at]
                        ),
                    ));
                }
            }
        },
    }
    Ok(())
}

/// Compares the tiles that became full.
pub(crate) fn compare_full(
    reader: &dyn Reader,
    full: &mut Vec<FullTile>,
    checked: &mut CheckCounts,
    findings: &mut Vec<Finding>,
) -> Result<(), log::Error> {
    for done in full.drain(..) {
        compare(
            reader,
            done.level,
            done.index,
            &done.hashes,
            checked,
            findings,
        )?;
    }
    Ok(())
}

/// Compares the tiles on the right-hand edge.
pub(crate) fn compare_edge(
    reader: &dyn Reader,
    frontier: &Frontier,
    checked: &mut CheckCounts,
    findings: &mut Vec<Finding>,
) -> Result<(), log::Error> {
    for (level, index, hashes) in frontier.partials() {
        compare(reader, level, index, hashes, checked, findings)?;
    }
    Ok(())
}

/// Checks every file under `tile/`: an older partial tile must be the beginning of the tile that replaced it; files
/// past the checkpoint and files with other names are noted.
pub fn sweep(
    reader: &dyn Reader,
    names: &[String],
    size: TreeSize,
    checked: &mut CheckCounts,
    findings: &mut Vec<Finding>,
) -> Result<(), log::Error> {
    for name in names {
        let Ok(path) = name.parse::<TilePath>() else {
            findings.push(
                Finding::in_file(code::STRAY_FILE, name, "this is not the name of a tile")
                    .into_note(),
            );
            continue;
        };
        // The size may be anything: its signature is checked elsewhere. So no list is made of the tiles that it covers.
        match path.at_size(size) {
            Some(current) if current == path => {}
            Some(current) if current.width > path.width => {
                older(reader, name, &path, &current, checked, findings)?;
            }
            _ => findings.push(
                Finding::in_file(
                    code::BEYOND_CHECKPOINT,
                    name,
                    format!("it goes beyond the {size} entries of the checkpoint: an append is running or was interrupted"),
                )
                .into_note(),
            ),
        }
    }
    Ok(())
}

/// An older partial tile was published under an older checkpoint. It must be the beginning of the current one.
fn older(
    reader: &dyn Reader,
    name: &str,
    path: &TilePath,
    current: &TilePath,
    checked: &mut CheckCounts,
    findings: &mut Vec<Finding>,
) -> Result<(), log::Error> {
    let (Some(old), Some(new)) = (reader.read(name)?, tiles::read_tile(reader, current)?) else {
        return Ok(());
    };
    let begins = new.starts_with(&old);
    let divides = match path.kind {
        TileKind::Entries => {
            checked.bundles += 1;
            tile::decode_bundle(&old, path.width).is_ok()
        }
        TileKind::Hashes(_) => {
            checked.tiles += 1;
            tile::decode_hashes(&old, path.width).is_ok()
        }
    };
    if !begins || !divides {
        findings.push(Finding::in_file(
            code::TILE_MISMATCH,
            name,
            format!("it differs from the beginning of {current}"),
        ));
    }
    Ok(())
}
