//! Rows in sled 0.34: one process at a time, derived from the log, deletable.
//!
//! sled can panic on files that were altered underneath it; that is caught here and is a corrupt index like any other.

use super::Error;
use super::rows::{Row, Rows};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Rows kept in a folder.
pub struct SledRows {
    db: sled::Db,
    place: PathBuf,
}

impl SledRows {
    /// Opens the folder, making it if absent; waits as long as `wait` for another process to let go of it.
    pub fn open(folder: &Path, wait: Duration) -> Result<Self, Error> {
        let deadline = Instant::now() + wait;
        loop {
            match Self::open_once(folder) {
                Err(Error::Held { .. }) if Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                other => return other,
            }
        }
    }

    fn open_once(folder: &Path) -> Result<Self, Error> {
        let place = folder.to_path_buf();
        let opened = unharmed(|| {
            sled::Config::new()
                .path(folder)
                .cache_capacity(CACHE_BYTES)
                .flush_every_ms(None)
                .open()
        })?;
        match opened {
            Ok(db) => Ok(Self { db, place }),
            Err(sled::Error::Io(e)) if is_held(&e) => Err(Error::Held {
                place: place.display().to_string(),
            }),
            Err(e) => Err(corrupt(e)),
        }
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

/// Runs a call into sled; a panic in there is an error here, and says nothing on the terminal.
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

/// The rows of some four hundred thousand entries fit. It fills as rows are read, so short commands stay small.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;
