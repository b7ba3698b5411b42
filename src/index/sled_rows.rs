//! Rows in sled 0.34, behind a fence: one process at a time, derived from the log, deletable.

use super::fence::{Fence, FenceLimits};
use super::rows::{Row, Rows};
use super::{Error, holder};
use crate::host::files::{self, Kind};
use crate::host::folders;
use crate::host::lock::{self, WriterLock};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Opens the index in a folder, creating it if absent, readable only by this user. If another process has it open, this
/// waits: see [`holder::wait_for`], also for `instead` and `tell`.
///
/// # Errors
///
/// [`Error::Held`], [`Error::Host`], [`Error::Corrupt`], [`Error::Failed`].
pub fn open(folder: &Path, instead: Duration, tell: &dyn Fn(&str)) -> Result<Fence, Error> {
    let lock = Arc::new(locked(folder, instead, tell)?);
    folders::make_private(folder)?;
    let (folder, held) = (folder.to_path_buf(), Arc::clone(&lock));
    Fence::open(
        LIMITS,
        // Other processes need not wait for a thread that does not answer.
        move || lock.give_up(),
        move || Ok(Box::new(SledRows::open(&folder, held)?)),
    )
}

/// Removes the folder with all rows; it may be absent.
pub fn discard(folder: &Path, tell: &dyn Fn(&str)) -> Result<(), Error> {
    let _lock = locked(folder, Duration::ZERO, tell)?;
    remove(folder)
}

/// Removes what is in an index's place; the caller holds its lock.
pub(super) fn remove(folder: &Path) -> Result<(), Error> {
    match files::kind(folder)? {
        Some(Kind::Folder) => Ok(files::remove_folder(folder)?),
        Some(Kind::File | Kind::Other) => Ok(files::remove(folder)?),
        None => Ok(()),
    }
}

/// Rows in a folder. Closing them waits for the disk.
struct SledRows {
    // In this order: the folder is closed before the next process may open it.
    db: sled::Db,
    _lock: Arc<WriterLock>,
}

impl SledRows {
    fn open(folder: &Path, lock: Arc<WriterLock>) -> Result<Self, Error> {
        let deadline = Instant::now() + SETTLING;
        loop {
            let opened = sled::Config::new()
                .path(folder)
                .cache_capacity(CACHE_BYTES)
                .flush_every_ms(None)
                .open();
            match opened {
                Ok(db) => return Ok(Self { db, _lock: lock }),
                // sled has a lock of its own, which may stay a moment longer after its process was killed or has
                // closed it.
                Err(sled::Error::Io(e)) if is_held(&e) && Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(e) => return Err(e.into()),
            }
        }
    }
}

impl Rows for SledRows {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        Ok(self.db.get(key)?.map(|bytes| bytes.to_vec()))
    }

    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, Error> {
        collected(self.db.scan_prefix(prefix))
    }

    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, Error> {
        collected(self.db.range(from..).take(most))
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, Error> {
        let found = self.db.range(prefix..end).next_back().transpose()?;
        Ok(found.map(to_row))
    }

    fn write(&mut self, batch: Vec<Row>) -> Result<(), Error> {
        let mut sled_batch = sled::Batch::default();
        for row in batch {
            sled_batch.insert(row.key, row.value);
        }
        self.db.apply_batch(sled_batch)?;
        self.db.flush()?;
        Ok(())
    }
}

fn collected(
    rows: impl Iterator<Item = sled::Result<(sled::IVec, sled::IVec)>>,
) -> Result<Vec<Row>, Error> {
    let rows = rows.map(|row| row.map(to_row));
    Ok(rows.collect::<sled::Result<Vec<Row>>>()?)
}

fn to_row((key, value): (sled::IVec, sled::IVec)) -> Row {
    Row {
        key: key.to_vec(),
        value: value.to_vec(),
    }
}

/// What the operating system reports says nothing about the rows: the disk may be full. Anything else is about the files.
impl From<sled::Error> for Error {
    fn from(error: sled::Error) -> Self {
        let of_the_system = matches!(&error, sled::Error::Io(io) if io.raw_os_error().is_some());
        let reason = error.to_string();
        if of_the_system {
            Self::Failed { reason }
        } else {
            Self::Corrupt { reason }
        }
    }
}

/// The lock of an index is beside its folder, so that it survives the folder's removal. If the parent folder is
/// created here, only this user can read it.
fn locked(folder: &Path, instead: Duration, tell: &dyn Fn(&str)) -> Result<WriterLock, Error> {
    if let Some(above) = folder.parent() {
        folders::make_private(above)?;
    }
    holder::wait_for(&lock::beside(folder), instead, tell)
}

fn is_held(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::WouldBlock || error.to_string().contains("lock")
}

/// The rows of about four hundred thousand entries fit. It fills as rows are read, so short commands stay small.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// How much longer than our lock sled's own may be held.
const SETTLING: Duration = Duration::from_secs(10);

/// A write syncs a few hundred rows: milliseconds, on a busy disk a second. Opening may have to read the whole file: about a
/// second for a million entries. The writer's lock may be held meanwhile, so this is less than others wait for that lock.
const LIMITS: FenceLimits = FenceLimits {
    open: Duration::from_secs(30),
    answer: Duration::from_secs(5),
};
