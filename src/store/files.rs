//! A disk, read only: the log in a folder.

use crate::host::{self, disk::Disk};
use claimledger_core::log::names::largest;
use claimledger_core::log::{ReadError, ReadSeek, Reader};
use std::io::Read as _;
use std::path::Path;

/// A disk, read only.
pub struct Files<D>(D);

impl<D: Disk> Files<D> {
    /// Reads from this disk.
    pub fn new(disk: D) -> Self {
        Self(disk)
    }
}

impl<D: Disk> Reader for Files<D> {
    /// The whole file. The folder may come from anybody, so at most one byte more is read of a log file than a file of
    /// that name can have: enough for the decoder to refuse it. A snapshot in one's own ledger may have any length.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let of_the_log = |_: &u64| !name.starts_with("snapshots/");
        let Some(limit) = largest(name).filter(of_the_log) else {
            return self.0.read(name).map_err(|e| reading(self, name, e));
        };
        let Some(file) = self.0.open(name).map_err(|e| reading(self, name, e))? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|e| reading(self, name, host::Error::io("reading", Path::new(name), e)))?;
        Ok(Some(bytes))
    }
    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.0.open(name).map_err(|e| reading(self, name, e))
    }
    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        let found = self.0.list(folder);
        found.map(Some).map_err(|e| reading(self, folder, e))
    }
    fn place(&self) -> String {
        self.0.place()
    }
}

/// Why a file could not be read, as a [`Reader`] reports it.
pub fn reading(place: &dyn Reader, name: &str, error: host::Error) -> ReadError {
    ReadError::new(place.place(), name, error.code(), error)
}
