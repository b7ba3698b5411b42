//! Rows in sled 0.34: one process at a time, derived from the log, deletable.
//!
//! sled can panic on files that were altered. This room catches that and reports a corrupt index.

use super::rows::{Row, Rows};
use super::{Error, holder};
use crate::host::{files, folders, lock::WriterLock};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Rows in a folder; clones share it. It is closed when the last of them is dropped, which waits for the disk.
#[derive(Clone)]
pub struct SledRows {
    // In this order: the folder is closed before the next process may open it.
    db: sled::Db,
    _lock: Arc<WriterLock>,
    place: PathBuf,
}

impl SledRows {
    /// Opens the folder, creating it if absent, readable only by this user. If another process has it open, this
    /// waits, and `tell` gets a message if that takes long: see [`holder::wait_for`].
    pub fn open(folder: &Path, tell: &dyn Fn(&str)) -> Result<Self, Error> {
        let lock = Arc::new(lock(folder, tell)?);
        folders::make_private(folder)?;
        let deadline = Instant::now() + SETTLING;
        loop {
            let opened = unharmed(|| {
                sled::Config::new()
                    .path(folder)
                    .cache_capacity(CACHE_BYTES)
                    .flush_every_ms(None)
                    .open()
            })?;
            match opened {
                Ok(db) => {
                    return Ok(Self {
                        db,
                        _lock: lock,
                        place: folder.to_path_buf(),
                    });
                }
                // sled has a lock of its own, which may stay a moment longer after its process was killed or has
                // closed it.
                Err(sled::Error::Io(e)) if is_held(&e) && Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                Err(e) => return Err(corrupt(e)),
            }
        }
    }

    /// Removes the folder with all rows; it may be absent.
    pub fn discard(folder: &Path, tell: &dyn Fn(&str)) -> Result<(), Error> {
        let _lock = lock(folder, tell)?;
        Ok(files::remove_folder(folder)?)
    }

    /// Where the rows are.
    pub fn place(&self) -> &Path {
        &self.place
    }
}

impl Rows for SledRows {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        let value = unharmed(|| self.db.get(key))?.map_err(corrupt)?;
        Ok(value.map(|bytes| bytes.to_vec()))
    }

    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, Error> {
        unharmed(|| {
            self.db
                .scan_prefix(prefix)
                .map(|row| {
                    row.map(|(key, value)| Row {
                        key: key.to_vec(),
                        value: value.to_vec(),
                    })
                })
                .collect::<Result<Vec<Row>, sled::Error>>()
        })?
        .map_err(corrupt)
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, Error> {
        let found = unharmed(|| self.db.range(prefix..end).next_back().transpose())?;
        Ok(found.map_err(corrupt)?.map(|(key, value)| Row {
            key: key.to_vec(),
            value: value.to_vec(),
        }))
    }

    fn write(&mut self, batch: Vec<Row>) -> Result<(), Error> {
        let mut sled_batch = sled::Batch::default();
        for row in batch {
            sled_batch.insert(row.key, row.value);
        }
        unharmed(|| {
            self.db.apply_batch(sled_batch)?;
            self.db.flush()
        })?
        .map_err(corrupt)?;
        Ok(())
    }
}

/// The lock of an index is beside its folder, so that it survives the folder's removal. If the parent folder is
/// created here, only this user can read it.
fn lock(folder: &Path, tell: &dyn Fn(&str)) -> Result<WriterLock, Error> {
    if let Some(above) = folder.parent() {
        folders::make_private(above)?;
    }
    let mut path = folder.as_os_str().to_owned();
    path.push(".lock");
    holder::wait_for(Path::new(&path), tell)
}

/// Calls sled; a panic becomes an error, without a message on the terminal.
fn unharmed<T>(call: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| Error::Corrupt {
        reason: "sled could not read its own files".to_owned(),
    })
}

fn is_held(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::WouldBlock || error.to_string().contains("lock")
}

fn corrupt(error: impl std::fmt::Display) -> Error {
    Error::Corrupt {
        reason: error.to_string(),
    }
}

/// The rows of about four hundred thousand entries fit. It fills as rows are read, so short commands stay small.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// How much longer than our lock sled's own may be held.
const SETTLING: Duration = Duration::from_secs(10);
