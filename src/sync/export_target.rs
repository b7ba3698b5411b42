//! Where an export may be written, and what it may publish: a new folder or an earlier export of the same ledger, and
//! nothing that the signed checkpoint does not cover.
//!
//! Publishing cannot be undone, and a removed file cannot be restored. So everything is checked as it is read. Nothing
//! is removed from a folder that is not an earlier export, and no snapshot is removed that would then exist nowhere.

use super::Error;
use super::blobs::{half_of, intact};
use crate::host::disk::Disk;
use crate::ledger;
use crate::store::{self, Files, Proven};
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::limits::MAX_TRAVELLING_SNAPSHOT_BYTES;
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::closed;
use claimledger_core::log::names::{CHECKPOINT, COSIGNED, FOR_GIT, WITNESSES};
use claimledger_core::log::tiles;
use claimledger_core::log::tiles::read_tile;
use claimledger_core::log::{Log, ReadError, ReadSeek, Reader};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::tile::TilePath;
use std::collections::{BTreeMap, BTreeSet};

/// A log at the head at which it was opened; it returns nothing that this head does not cover.
pub type Covered<'a> = Proven<AsOf<&'a dyn Reader>>;

/// The files of a log, under a checkpoint that was read before: the one with which it was opened, or an earlier one.
pub struct AsOf<R> {
    reader: R,
    checkpoint: Vec<u8>,
}

impl<R: Reader> AsOf<R> {
    /// The log behind `reader`, under this checkpoint.
    pub fn new(reader: R, checkpoint: Vec<u8>) -> Self {
        Self { reader, checkpoint }
    }
}

impl<R: Reader> Reader for AsOf<R> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if name == CHECKPOINT {
            return Ok(Some(self.checkpoint.clone()));
        }
        self.reader.read(name)
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.reader.open(name)
    }

    fn open_within(&self, name: &str, most: u64) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.reader.open_within(name, most)
    }

    fn remarks(&self) -> Vec<String> {
        self.reader.remarks()
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        self.reader.list(folder)
    }

    fn place(&self) -> String {
        self.reader.place()
    }
}

/// The files of a log that are fit to publish: bundles that hash to their leaves, tiles that match the tiles above,
/// the checkpoint's root over all of it. Otherwise the error is [`store::Error::Unproven`]; see [`damaged`].
pub fn covered<'a>(log: &Log<'a>) -> Result<Covered<'a>, Error> {
    let as_of = AsOf::new(log.reader(), log.head().checkpoint.clone());
    let proven = Proven::open(as_of).map_err(|e| damaged(e.into()))?;
    Ok(proven.expect("it has the checkpoint that it was given"))
}

/// Checks every entry against the checkpoint: a log that is inconsistent is not published.
pub fn check(log: &Log<'_>) -> Result<(), Error> {
    let covered = covered(log)?;
    let size = log.head().size;
    for (first, end) in size.portions(AT_ONCE) {
        tiles::read_entries(&covered, first, end, size).map_err(|e| damaged(e.into()))?;
    }
    Ok(())
}

/// If one's own files do not match one's own checkpoint, the copy is damaged; no peer has lied.
pub fn damaged(error: Error) -> Error {
    match error {
        Error::Store(error) | Error::Ledger(ledger::Error::Store(error)) => unproven(error),
        Error::Ledger(ledger::Error::Log(error)) => unproven(error.into()),
        other => other,
    }
}

fn unproven(error: store::Error) -> Error {
    let cause = match &error {
        store::Error::Log(error) => store::Error::innermost(error),
        other => Some(other),
    };
    match cause {
        Some(store::Error::Unproven {
            place,
            path,
            reason,
        }) => Error::Damaged {
            place: place.clone(),
            reason: format!("{path}: {reason}").into(),
        },
        _ => error.into(),
    }
}

/// How many entries are already public at `target`. It must be new, empty, the rest of an interrupted first export, or
/// an earlier export of this log; anything else is refused. `newest` is the size to be published.
pub(super) fn entries_at(
    log: &Log<'_>,
    covered: &dyn Reader,
    newest: TreeSize,
    target: &dyn Disk,
) -> Result<TreeSize, Error> {
    let refuse = |reason: String| Error::OtherExport {
        place: target.place(),
        reason,
    };
    if let Some(name) = worked_in(target)? {
        return Err(refuse(format!("it has {name}: it is a ledger in use")));
    }
    let Some(bytes) = target.read(CHECKPOINT)? else {
        for name in target.list("")? {
            if !was_begun(covered, target, &name)? {
                return Err(refuse(format!("it has {name}, which no export wrote")));
            }
        }
        return Ok(TreeSize::EMPTY);
    };
    let signed = SignedCheckpoint::parse(&bytes)?;
    let there = signed.checkpoint();
    if there.origin != log.head().origin {
        return Err(refuse(format!("it belongs to {}", there.origin)));
    }
    if there.size > newest {
        return Err(refuse(format!(
            "it has {} entries, but this head has {newest}",
            there.size
        )));
    }
    if tiles::root_at(covered, there.size)? != there.root {
        return Err(refuse(format!(
            "its root hash at size {} differs from this ledger's",
            there.size
        )));
    }
    Ok(there.size)
}

/// A file in a folder that no export has, if the folder is somebody's working ledger.
fn worked_in(target: &dyn Disk) -> Result<Option<&'static str>, Error> {
    for name in ["lock", WITNESSES, COSIGNED, closed::FILE] {
        if target.read(name)?.is_some() {
            return Ok(Some(name));
        }
    }
    Ok((!target.list("index")?.is_empty()).then_some("index"))
}

/// Whether a file is one that an export of this log writes, or the beginning of one: writing it again loses nothing.
fn was_begun(covered: &dyn Reader, target: &dyn Disk, name: &str) -> Result<bool, Error> {
    if name == NEXT || FOR_GIT.contains(&name) {
        return Ok(true);
    }
    if half_of(name).and_then(digest_of).is_some() {
        return Ok(true);
    }
    if let Some(digest) = digest_of(name) {
        let most = MAX_TRAVELLING_SNAPSHOT_BYTES;
        let ours = intact(covered, &digest, most)?.is_some();
        return Ok(ours && intact(&Files::new(target), &digest, most)?.is_some());
    }
    let Ok(path) = name.parse::<TilePath>() else {
        return Ok(false);
    };
    let ours = read_tile(covered, &path)?;
    let there = target.read(name)?.unwrap_or_default();
    Ok(ours.is_some_and(|ours| ours.starts_with(&there)))
}

/// The snapshot for a path.
pub(super) fn digest_of(path: &str) -> Option<Digest> {
    let digest: Digest = path.rsplit('/').next()?.parse().ok()?;
    (path_of(&digest) == path).then_some(digest)
}

/// The snapshots at `target` to be removed. One that is not withheld and that this copy does not hold would be lost,
/// so it is refused.
pub(super) fn to_go(
    reader: &dyn Reader,
    target: &dyn Disk,
    shown: &BTreeMap<Digest, u64>,
    hidden: &BTreeSet<Digest>,
) -> Result<BTreeSet<Digest>, Error> {
    let mut going = BTreeSet::new();
    for name in target.list("snapshots")? {
        let Some(digest) = digest_of(&name).filter(|digest| !shown.contains_key(digest)) else {
            continue;
        };
        let most = MAX_TRAVELLING_SNAPSHOT_BYTES;
        if !hidden.contains(&digest) && intact(reader, &digest, most)?.is_none() {
            return Err(Error::OtherExport {
                place: target.place(),
                reason: format!(
                    "it has {name}, which this copy does not have: that file would be lost"
                ),
            });
        }
        going.insert(digest);
    }
    Ok(going)
}

/// Sixteen bundles at a time.
const AT_ONCE: u64 = 4_096;

/// A checkpoint that an interrupted export left.
const NEXT: &str = "checkpoint.next";
