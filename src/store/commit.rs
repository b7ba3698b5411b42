//! The commit path: files, then `checkpoint.next`, then its renaming to `checkpoint`, which is the commit point.

use super::Error;
use super::files::{Files, reading};
use crate::host;
use crate::host::disk::{Disk, above};
use claimledger_core::TreeSize;
use claimledger_core::log::ReadSeek;
use claimledger_core::log::names::{CHECKPOINT, NEXT};
use claimledger_core::log::tiles::root_at;
use claimledger_core::log::{self, ReadError, Reader};
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::tile::{self, TILE_WIDTH, TileKind, TilePath};
use std::collections::BTreeSet;

/// A log open for writing. The caller holds the writer's lock.
pub struct Home<D> {
    disk: D,
    size: TreeSize,
    finished: Option<(TreeSize, TreeSize)>,
    failed: bool,
}

impl<D: Disk> Home<D> {
    /// Opens for writing: completes an interrupted commit, and removes what one left behind.
    ///
    /// `verifies` says whether a `checkpoint` or `checkpoint.next` is signed by this ledger's key. What lies beyond the
    /// checkpoint is removed here, so a checkpoint that does not verify is refused first.
    pub fn open_to_write(disk: D, verifies: &dyn Fn(&[u8]) -> bool) -> Result<Self, Error> {
        let mut size = current(&disk)?.map_or(TreeSize::EMPTY, |checkpoint| checkpoint.size);
        if disk
            .read(CHECKPOINT)?
            .is_some_and(|bytes| !verifies(&bytes))
        {
            return Err(log::Error::Damaged {
                place: disk.place(),
                reason: "its checkpoint is not signed by the ledger's key".into(),
            }
            .into());
        }
        let before = size;
        if let Some(bytes) = disk.read(NEXT)? {
            if verifies(&bytes) {
                size = roll_forward(&disk, size, &bytes)?;
            } else {
                // Torn: the crash came before it was synced, so nobody can have seen this head.
                disk.remove(NEXT)?;
                disk.sync_folder("")?;
            }
        }
        Ok(Self {
            finished: (size != before).then_some((before, size)),
            ..Self::open_at(disk, size)?
        })
    }

    /// The same for a caller who holds the lock and has just read the checkpoint and found no `checkpoint.next`.
    pub fn open_at(disk: D, size: TreeSize) -> Result<Self, Error> {
        let home = Self {
            disk,
            size,
            finished: None,
            failed: false,
        };
        // Always, and everywhere: after a power cut any part may be left of what a commit wrote and had not synced. A
        // partial tile that stayed here could later be taken for an older one of the history that was written instead.
        home.sweep()?;
        Ok(home)
    }

    /// The size before and after the interrupted commit that opening has finished, if there was one.
    pub fn finished(&self) -> Option<(TreeSize, TreeSize)> {
        self.finished
    }

    /// The files underneath.
    pub fn disk(&self) -> &D {
        &self.disk
    }

    /// Makes `files` and the checkpoint over them durable. When this returns Ok, they are. When it returns an error,
    /// this log takes no more writes, and the next process to open it finds either the old head or the new one.
    pub fn commit(
        &mut self,
        files: &[(TilePath, Vec<u8>)],
        checkpoint: &[u8],
    ) -> Result<(), Error> {
        if self.failed {
            return Err(Error::ClosedAfterFailure);
        }
        // Until the last step below succeeds, nothing may be based on what is in memory.
        self.failed = true;
        let next = parse(&self.disk, checkpoint)?;
        // The lock keeps others out. If it has failed, their head is here now, and ours would be a second one. That is
        // why the checkpoint is read again here, though it was read when the lock was taken: a person may have looked for
        // a passphrase in between, and a lock whose file was deleted, or on a network file system, may keep nobody out.
        let found = current(&self.disk)?.map_or(TreeSize::EMPTY, |checkpoint| checkpoint.size);
        if found != self.size {
            return Err(Error::Overtaken {
                place: self.disk.place(),
                expected: self.size,
                found,
            });
        }

        // 1. Bundles and tiles. A crash here leaves files that no checkpoint covers: they never happened, and are
        //    written anew, never trusted because they exist.
        for (path, bytes) in files {
            self.disk.write_synced(&path.to_string(), bytes)?;
        }
        for folder in folders_to_sync(files, self.size) {
            self.disk.sync_names(&folder)?;
        }
        // 2. to 4. The head.
        if let Err(error) = self.show(checkpoint) {
            self.after(error, checkpoint, next.size)?;
        }

        let before = std::mem::replace(&mut self.size, next.size);
        self.failed = false;
        // The partial tiles that this commit replaced with full ones are not needed. If removing them fails, `doctor`
        // and the next open do it.
        for path in tile::changed(before, next.size) {
            if u64::from(path.width) == TILE_WIDTH {
                let _ = self.disk.remove_folder(&path.partial_folder());
            }
        }
        Ok(())
    }

    /// Writes the head beside the old one, and puts it in its place.
    fn show(&self, checkpoint: &[u8]) -> Result<(), host::Error> {
        // 2. The signed head, beside the old one. Exclusive creation: a second writer who slipped past the lock stops
        //    here. A crash leaves a whole one, rolled forward on open, or a torn one, removed on open. Its name is durable
        //    before 3 shows it: a mirror may read the new head at once, and no power cut may take that head back. So the
        //    root is the one folder that is synced twice.
        self.disk.create_synced(NEXT, checkpoint)?;
        if self.size == TreeSize::EMPTY {
            // The ledger's folder may be new: its own name, in the folder above.
            self.disk.sync_folder("")?;
        } else {
            self.disk.sync_names("")?;
        }
        // 3. The commit point. A crash here leaves the old name, the new one, or (until 4) either after a power cut;
        //    in each case the head that was signed is the one that comes back.
        self.disk.rename(NEXT, CHECKPOINT)?;
        // 4. The new name is durable: from here on it may be acknowledged.
        self.disk.sync_names("")
    }

    /// After a failure in [`Home::show`], says which of three things is so: the head is in its place after all (Ok); no
    /// whole signed head was ever there, so nothing happened (the error as it was); or it may come back, because a signed
    /// head is never taken away again ([`Error::Unfinished`]).
    fn after(&self, error: host::Error, checkpoint: &[u8], to: TreeSize) -> Result<(), Error> {
        let whole = |bytes: &Option<Vec<u8>>| bytes.as_deref() == Some(checkpoint);
        let unfinished = |source| Error::Unfinished {
            from: self.size,
            to,
            source,
        };
        let (Ok(now), Ok(beside)) = (self.disk.read(CHECKPOINT), self.disk.read(NEXT)) else {
            return Err(unfinished(error));
        };
        if whole(&now) {
            // Shown; only the last sync failed. The name beside it was durable before, so no power cut takes the head back.
            return self.disk.sync_names("").map_err(unfinished);
        }
        if whole(&beside) {
            return Err(unfinished(error));
        }
        if beside.is_some_and(|bytes| checkpoint.starts_with(&bytes)) {
            // Torn. If it cannot be removed now, the next open removes it.
            let _ = self.disk.remove(NEXT);
        }
        Err(error.into())
    }

    /// Removes every tile past the checkpoint, and partial tiles whose full tile is committed.
    pub fn sweep(&self) -> Result<u64, Error> {
        let mut removed = 0;
        for name in self.disk.list("tile")? {
            let Ok(path) = name.parse::<TilePath>() else {
                continue;
            };
            let keep = path.at_size(self.size).is_some_and(|current| {
                path == current
                    || (path.width < current.width && u64::from(current.width) < TILE_WIDTH)
            });
            if !keep {
                self.disk.remove(&name)?;
                removed += 1;
            }
        }
        Ok(removed)
    }
}

impl<D: Disk> Reader for Home<D> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.disk.read(name).map_err(|e| reading(self, name, e))
    }
    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.disk.open(name).map_err(|e| reading(self, name, e))
    }
    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        let found = self.disk.list(folder);
        found.map(Some).map_err(|e| reading(self, folder, e))
    }
    fn place(&self) -> String {
        self.disk.place()
    }
}

/// The folders whose names a commit over a log of `size` entries makes durable, each once: those of its files, and
/// those above a folder that may be new. A folder is not new if a committed tile is in it or below it, because the
/// commit of that tile made the folder's name durable. That a folder exists proves nothing: a crash leaves folders
/// whose names were never synced.
fn folders_to_sync(files: &[(TilePath, Vec<u8>)], size: TreeSize) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for (path, _) in files {
        // Of the folders around the new tile, those that also contain the last committed tile of its kind are not new:
        // the tiles of a folder are numbered without a gap.
        let last = last_tile(path.kind, size).map(|tile| tile.to_string());
        for folder in above(&path.to_string()) {
            folders.insert(folder.to_owned());
            let holds = |name: &String| above(name).any(|other| other == folder);
            if last.as_ref().is_some_and(holds) {
                break;
            }
        }
    }
    folders
}

/// The last tile of a kind in a log of `size` entries; `None` where there is none.
fn last_tile(kind: TileKind, size: TreeSize) -> Option<TilePath> {
    let hashes = kind.count_at(size);
    let index = hashes.checked_sub(1)? / TILE_WIDTH;
    let at = TilePath {
        kind,
        index,
        width: 1,
    };
    at.at_size(size)
}

fn current<D: Disk>(disk: &D) -> Result<Option<Checkpoint>, Error> {
    disk.read(CHECKPOINT)?
        .map(|bytes| parse(disk, &bytes))
        .transpose()
}

fn parse<D: Disk>(disk: &D, bytes: &[u8]) -> Result<Checkpoint, Error> {
    let signed = SignedCheckpoint::parse(bytes).map_err(|source| log::Error::Checkpoint {
        place: disk.place(),
        source,
    })?;
    Ok(signed.checkpoint().clone())
}

/// Completes a commit that was interrupted after its head was signed. That head is never replaced by another, because
/// a mirror may have seen it.
fn roll_forward<D: Disk>(disk: &D, size: TreeSize, bytes: &[u8]) -> Result<TreeSize, Error> {
    let next = parse(disk, bytes)?;
    let files = Files::new(disk);
    let supported = |size: TreeSize| root_at(&files, size).ok();
    if next.size < size && supported(next.size) == Some(next.root) {
        // An older head of this same history was put here. The commits after it are durable, so it says nothing new.
        disk.remove(NEXT)?;
        disk.sync_folder("")?;
        return Ok(size);
    }
    let continues = match current(disk)? {
        Some(now) => next.size >= size && supported(size) == Some(now.root),
        None => true,
    };
    if !continues
        || supported(next.size) != Some(next.root)
        || !bundles_there(disk, size, next.size)?
    {
        return Err(Error::Unsupported {
            place: disk.place(),
            size: next.size,
        });
    }
    // A process that was killed may not have synced it. After a crash here, the next open repeats this.
    disk.sync_file(NEXT)?;
    disk.sync_folder("")?;
    disk.rename(NEXT, CHECKPOINT)?;
    disk.sync_folder("")?;
    Ok(next.size)
}

fn bundles_there<D: Disk>(disk: &D, old: TreeSize, new: TreeSize) -> Result<bool, Error> {
    for path in tile::changed(old, new) {
        if disk.read(&path.to_string())?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}
