//! Where an export may go, and what is published: a new folder or an earlier export of the same ledger, and nothing that
//! the signed checkpoint does not cover.
//!
//! Publishing cannot be taken back and a removed file does not come back: so everything is read as proven, and nothing
//! goes from a folder that is not an earlier export, nor a snapshot that would then be nowhere.

use super::Error;
use crate::host::disk::Disk;
use crate::ledger;
use crate::store::{self, Proven};
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::closed;
use claimledger_core::log::names::{CHECKPOINT, COSIGNED, FOR_GIT, WITNESSES};
use claimledger_core::log::tiles;
use claimledger_core::log::tiles::read_tile;
use claimledger_core::log::{Log, ReadError, ReadSeek, Reader};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::tile::TilePath;
use std::collections::BTreeSet;

/// A log as of the head that it was opened at, of which nothing is handed out that this head does not cover.
pub type Covered<'a> = Proven<AsOf<'a>>;

/// The files behind a log, under the checkpoint that was verified when it was opened.
pub struct AsOf<'a> {
    reader: &'a dyn Reader,
    checkpoint: Vec<u8>,
}

impl Reader for AsOf<'_> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if name == CHECKPOINT {
            return Ok(Some(self.checkpoint.clone()));
        }
        self.reader.read(name)
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.reader.open(name)
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        self.reader.list(folder)
    }

    fn place(&self) -> String {
        self.reader.place()
    }
}

/// What is handed out of a log: bundles that hash to their leaves, tiles held in place from above, the checkpoint's root
/// over all of it. What is not so is [`store::Error::Unproven`]; see [`damaged`].
pub fn covered<'a>(log: &Log<'a>) -> Result<Covered<'a>, Error> {
    let as_of = AsOf {
        reader: log.reader(),
        checkpoint: log.head().checkpoint.clone(),
    };
    let proven = Proven::open(as_of).map_err(|e| damaged(e.into()))?;
    Ok(proven.expect("it has the checkpoint that it was given"))
}

/// Reads every entry as covered: nothing is published of a log that does not hold together.
pub fn check(log: &Log<'_>) -> Result<(), Error> {
    let covered = covered(log)?;
    let size = log.head().size;
    let mut first = 0;
    while first < size {
        let last = (first + AT_ONCE).min(size);
        tiles::read_entries(&covered, first, last, size).map_err(|e| damaged(e.into()))?;
        first = last;
    }
    Ok(())
}

/// One's own files that do not fit one's own checkpoint are a damaged copy, not a peer that lies.
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
            reason: format!("{path}: {reason}"),
        },
        _ => error.into(),
    }
}

/// How many entries are public at `target` already, which is new, empty, what an interrupted first export left, or an
/// earlier export of this log; anything else is refused. `newest` is the size that is to be published.
pub(super) fn entries_at(
    log: &Log<'_>,
    covered: &dyn Reader,
    newest: u64,
    target: &dyn Disk,
) -> Result<u64, Error> {
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
        return Ok(0);
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

/// What a folder has that no export ever has, if it is one that somebody writes or reads as their own.
fn worked_in(target: &dyn Disk) -> Result<Option<&'static str>, Error> {
    for name in ["lock", WITNESSES, COSIGNED, closed::FILE] {
        if target.read(name)?.is_some() {
            return Ok(Some(name));
        }
    }
    Ok((!target.list("index")?.is_empty()).then_some("index"))
}

/// Whether a file is one that an export of this log writes, or the beginning of one: writing it anew loses nothing.
fn was_begun(covered: &dyn Reader, target: &dyn Disk, name: &str) -> Result<bool, Error> {
    if name == NEXT || FOR_GIT.contains(&name) {
        return Ok(true);
    }
    let ours = match (name.parse::<TilePath>(), digest_of(name)) {
        (Ok(path), _) => read_tile(covered, &path)?,
        (_, Some(digest)) => intact(covered, &digest)?,
        _ => None,
    };
    let there = target.read(name)?.unwrap_or_default();
    Ok(ours.is_some_and(|ours| ours.starts_with(&there)))
}

/// The snapshot that a path names.
pub(super) fn digest_of(path: &str) -> Option<Digest> {
    let digest: Digest = path.rsplit('/').next()?.parse().ok()?;
    (path_of(&digest) == path).then_some(digest)
}

/// The bytes of a snapshot, if they are here and have its digest.
pub(super) fn intact(reader: &dyn Reader, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
    let bytes = reader.read(&path_of(digest))?;
    Ok(bytes.filter(|bytes| sha256(&[bytes]) == *digest))
}

/// The snapshots at `target` that are to go. One that is not withheld and that this copy does not hold would be lost,
/// and is refused.
pub(super) fn to_go(
    reader: &dyn Reader,
    target: &dyn Disk,
    shown: &BTreeSet<Digest>,
    hidden: &BTreeSet<Digest>,
) -> Result<BTreeSet<Digest>, Error> {
    let mut going = BTreeSet::new();
    for name in target.list("snapshots")? {
        let Some(digest) = digest_of(&name).filter(|digest| !shown.contains(digest)) else {
            continue;
        };
        if !hidden.contains(&digest) && intact(reader, &digest)?.is_none() {
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

/// A checkpoint on its way, left by an export that was cut.
const NEXT: &str = "checkpoint.next";
