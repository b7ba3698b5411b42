//! Publishes a ledger: a folder that any file server can serve, or one archive.
//!
//! The output depends only on the checkpoint and the choices: tiles and bundles exactly at the checkpoint's size, held
//! snapshots only on request, withheld ones never. Every byte is checked against the checkpoint before anything is
//! written.

use super::Error;
use super::blobs::{Lengths, WithLength, half_of, intact, settle};
use super::export_target::{covered, damaged, digest_of, entries_at, to_go};
use super::hidden::hidden;
use super::pack::pack;
use crate::host::disk::Disk;
use crate::store::Files;
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::entry::Entry;
use claimledger_core::log;
use claimledger_core::log::Log;
use claimledger_core::log::Reader;
use claimledger_core::log::blobs::{Measured, path_of};
use claimledger_core::log::names::{CHECKPOINT, COSIGNED};
use claimledger_core::log::tiles;
use claimledger_core::log::tiles::read_tile;
use claimledger_core::rules::standing::withholding::Withholdings;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TilePath};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

/// What is to be published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExportChoices {
    /// Held snapshots too; they may be protected by copyright or contain personal data.
    pub with_snapshots: bool,
    /// The newest head that met its quorum of witnesses, instead of the newest head.
    pub quorum: bool,
}

/// What will become public, shown before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExportPlan {
    /// The ledger's name.
    pub origin: String,
    /// The entries that are already public at the target.
    pub from: TreeSize,
    /// The entries that will be.
    pub size: TreeSize,
    /// What the new entries are, by type.
    pub entries: BTreeMap<&'static str, u64>,
    /// Snapshots that will be there.
    pub snapshots: u64,
    /// Snapshots that are held and not published, because that was not requested.
    pub kept_back: u64,
    /// Snapshots that the ledger withholds.
    pub withheld: u64,
    /// Snapshots that this copy does not hold.
    pub absent: u64,
    #[serde(skip)]
    checkpoint: SignedCheckpoint,
    /// Snapshots at the target that will be removed.
    #[serde(skip)]
    going: BTreeSet<Digest>,
    /// Snapshots that are shown, and the most bytes that each can have.
    #[serde(skip)]
    shown: BTreeMap<Digest, u64>,
    #[serde(skip)]
    hidden: BTreeSet<Digest>,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// The entries that are public now.
    pub size: TreeSize,
    /// Files written.
    pub written: u64,
    /// Files removed: superseded partial tiles, and snapshots that are now withheld or no longer requested.
    pub removed: u64,
}

/// Plans an export to an empty place.
pub fn plan(log: &Log<'_>, choices: ExportChoices) -> Result<ExportPlan, Error> {
    plan_from(log, choices, TreeSize::EMPTY)
}

/// Plans an export into a folder that is new or holds an earlier export. Other folders are refused, and so is an
/// export with a different history.
pub fn plan_folder(
    log: &Log<'_>,
    choices: ExportChoices,
    target: &dyn Disk,
) -> Result<ExportPlan, Error> {
    let reader = covered(log)?;
    let newest = head(log, &reader, choices)?.checkpoint().size;
    let from = entries_at(log, &reader, newest, target).map_err(damaged)?;
    let mut plan = plan_from(log, choices, from)?;
    plan.going = to_go(&reader, target, &plan.shown, &plan.hidden)?;
    Ok(plan)
}

/// The head that is published.
fn head(
    log: &Log<'_>,
    reader: &dyn Reader,
    choices: ExportChoices,
) -> Result<SignedCheckpoint, Error> {
    if !choices.quorum {
        return Ok(SignedCheckpoint::parse(&log.head().checkpoint)?);
    }
    let bytes = reader.read(COSIGNED)?;
    let cosigned = SignedCheckpoint::parse(&bytes.ok_or(Error::NoQuorum)?)?;
    cosigned.verify(std::slice::from_ref(&log.head().vkey))?;
    let size = cosigned.checkpoint().size;
    if size > log.head().size || tiles::root_at(reader, size)? != cosigned.checkpoint().root {
        return Err(Error::NoQuorum);
    }
    Ok(cosigned)
}

fn plan_from(log: &Log<'_>, choices: ExportChoices, from: TreeSize) -> Result<ExportPlan, Error> {
    let reader = covered(log)?;
    let checkpoint = head(log, &reader, choices).map_err(damaged)?;
    let size = checkpoint.checkpoint().size;
    let mut said = Withholdings::default();
    let mut lengths = Lengths::default();
    let mut entries: BTreeMap<&'static str, u64> = BTreeMap::new();
    // All statements, not only the new ones: a withholding of today may be about a snapshot of years ago.
    for (first, end) in size.portions(AT_ONCE) {
        let entries_read = tiles::read_entries(&reader, first, end, size);
        let entries_read = entries_read.map_err(|e| damaged(e.into()))?;
        for (bytes, index) in entries_read.iter().zip(end.indices_from(first)) {
            let entry = Entry::decode(bytes).map_err(crate::ledger::Error::from)?;
            let envelope = entry.envelope().map_err(crate::ledger::Error::from)?;
            let statement = envelope.claimed();
            if !from.contains(index) {
                *entries
                    .entry(statement.statement_type.as_str())
                    .or_default() += 1;
            }
            said.gather(index, &statement.body);
            lengths.gather(&statement.body);
        }
    }
    let withheld = hidden(&reader, size, &said)?;
    let mut absent = 0;
    let mut there = BTreeMap::new();
    for (digest, most) in lengths.shown(&withheld) {
        // A folder may have lost a snapshot, and a remote copy may never have had it. An altered one is an error.
        if intact(&reader, &digest, most)?.is_some() {
            there.insert(digest, most);
        } else if choices.with_snapshots && reader.open_within(&path_of(&digest), 0)?.is_some() {
            return Err(altered(&reader, &digest));
        } else {
            absent += 1;
        }
    }
    let (snapshots, kept_back) = if choices.with_snapshots {
        (there.len() as u64, 0)
    } else {
        (0, there.len() as u64)
    };
    Ok(ExportPlan {
        origin: log.head().origin.to_string(),
        from,
        size,
        entries,
        snapshots,
        kept_back,
        withheld: withheld.len() as u64,
        absent,
        checkpoint,
        going: BTreeSet::new(),
        shown: if choices.with_snapshots {
            there
        } else {
            BTreeMap::new()
        },
        hidden: withheld,
    })
}

/// A snapshot that does not match the digest in its name.
fn altered(reader: &dyn Reader, digest: &Digest) -> Error {
    Error::Damaged {
        place: reader.place(),
        reason: format!("{}: its bytes have another digest", path_of(digest)).into(),
    }
}

/// The bytes of a snapshot in the plan, and their length.
fn shown_bytes(reader: &dyn Reader, digest: &Digest, most: u64) -> Result<WithLength, Error> {
    intact(reader, digest, most)?.ok_or_else(|| altered(reader, digest))
}

/// Writes a plan into a folder: first the new files, then the checkpoint; then it removes superseded files. If it is
/// interrupted, the folder holds the complete earlier export.
pub fn to_folder(
    log: &Log<'_>,
    plan: &ExportPlan,
    target: &dyn Disk,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Exported, Error> {
    // Another export may have been faster. A head never goes back.
    let now = entries_at(log, &covered(log)?, plan.size, target).map_err(damaged)?;
    if now != plan.from {
        return Err(Error::OtherExport {
            place: target.place(),
            reason: format!("another export wrote to it meanwhile: it has {now} entries now"),
        });
    }
    let paths = tile::changed(plan.from, plan.size);
    let all = (paths.len() + plan.shown.len()) as u64;
    let mut exported = Exported {
        size: plan.size,
        written: 0,
        removed: 0,
    };
    let reader = covered(log)?;
    let mut folders = BTreeSet::new();
    let mut write = |name: &str, bytes: &[u8], written: &mut u64| -> Result<(), Error> {
        target.write_synced(name, bytes)?;
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.insert(folder.to_owned());
        *written += 1;
        Ok(())
    };
    for path in &paths {
        let bytes = tile_bytes(&reader, path)?;
        write(&path.to_string(), &bytes, &mut exported.written)?;
        progress(exported.written, all);
    }
    // Withheld snapshots are removed first, and durably, before anything new is published.
    exported.removed += hide(plan, target)?;
    let there = Files::new(target);
    for (digest, most) in &plan.shown {
        if intact(&there, digest, *most)?.is_none() {
            let (mut bytes, length) = shown_bytes(&reader, digest, *most)?;
            if !settle(target, digest, length, &mut bytes)? {
                return Err(altered(&reader, digest));
            }
            exported.written += 1;
        }
        progress(exported.written, all);
    }
    for folder in &folders {
        target.sync_folder(folder)?;
    }
    let bytes = plan.checkpoint.to_bytes();
    if target.read(CHECKPOINT)?.as_deref() != Some(&bytes[..]) {
        target.replace(CHECKPOINT, &bytes)?;
        exported.written += 1;
    }
    for path in tile::changed(plan.from, plan.size) {
        if u64::from(path.width) == TILE_WIDTH {
            let folder = path.partial_folder();
            exported.removed += target.list(&folder)?.len() as u64;
            target.remove_folder(&folder)?;
        }
    }
    Ok(exported)
}

/// Removes snapshots that are not in the plan.
fn hide(plan: &ExportPlan, target: &dyn Disk) -> Result<u64, Error> {
    for digest in &plan.going {
        let name = path_of(digest);
        target.remove(&name)?;
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        target.sync_folder(folder)?;
    }
    // An interrupted export leaves a half-written snapshot, which only another export removes.
    for name in target.list("snapshots")? {
        if half_of(&name).and_then(digest_of).is_some() {
            target.remove(&name)?;
        }
    }
    Ok(plan.going.len() as u64)
}

fn tile_bytes(reader: &dyn Reader, path: &TilePath) -> Result<Vec<u8>, Error> {
    let bytes = read_tile(reader, path).map_err(|e| damaged(e.into()))?;
    Ok(bytes.ok_or_else(|| log::Error::Missing {
        place: reader.place(),
        path: path.to_string(),
    })?)
}

/// Writes a plan into one archive: the checkpoint first, so that a reader knows which files may follow, then tiles and
/// bundles, then snapshots by digest. `over` says whether it may replace an existing file.
pub fn to_archive(
    log: &Log<'_>,
    plan: &ExportPlan,
    target: &Path,
    over: bool,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Exported, Error> {
    let paths = tile::covering(plan.size);
    let all = (1 + paths.len() + plan.shown.len()) as u64;
    let reader = covered(log)?;
    let mut written = 0;
    pack(target, over, |archive| {
        let mut put = |name: &str, length: u64, bytes: &mut dyn Read| -> Result<(), Error> {
            archive(name, length, bytes)?;
            written += 1;
            progress(written, all);
            Ok(())
        };
        let checkpoint = plan.checkpoint.to_bytes();
        put(CHECKPOINT, checkpoint.len() as u64, &mut &checkpoint[..])?;
        for path in &paths {
            let bytes = tile_bytes(&reader, path)?;
            put(&path.to_string(), bytes.len() as u64, &mut &bytes[..])?;
        }
        for (digest, most) in &plan.shown {
            let (mut bytes, length) = shown_bytes(&reader, digest, *most)?;
            let mut measured = Measured::new(&mut bytes);
            put(&path_of(digest), length, &mut measured)?;
            // Altered since it was looked at: the archive does not get its name.
            if measured.finish() != (*digest, length) {
                return Err(altered(&reader, digest));
            }
        }
        Ok(())
    })?;
    Ok(Exported {
        size: plan.size,
        written,
        removed: 0,
    })
}

/// Sixteen bundles at a time.
const AT_ONCE: u64 = 4_096;
