//! Where one works: the ledger's place, the keys, this machine's memory, and the clock.

use super::Error;
use crate::host::clock::Clock;
use crate::host::disk::FolderDisk;
use crate::host::{filesystem, lock::WriterLock};
use crate::ledger::{Known, Writer, closed};
use crate::snapshots::pdf::PdfReader;
use crate::store::Files;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A working place.
pub struct Desk {
    /// The ledger folder.
    pub ledger: PathBuf,
    /// The keys folder.
    pub keys: PathBuf,
    /// Where this machine remembers ledgers.
    pub state: PathBuf,
    /// The clock.
    pub clock: Box<dyn Clock>,
    /// Whether to write on network and FUSE file systems all the same.
    pub any_filesystem: bool,
    /// What reads PDF files; without it they are kept without text.
    pub pdf: Option<PdfReader>,
}

impl Desk {
    /// The ledger folder as a disk.
    pub fn disk(&self) -> FolderDisk {
        FolderDisk::new(&self.ledger)
    }

    /// The ledger folder, read only.
    pub fn reader(&self) -> Files<FolderDisk> {
        Files::new(self.disk())
    }

    /// This machine's memory.
    pub fn known(&self) -> Known {
        Known::at(&self.state)
    }

    /// The ledger's place by its whole path, as memory keeps it.
    pub fn place(&self) -> String {
        whole(&self.ledger)
    }

    /// Takes the writer's lock of the ledger folder, which must exist.
    pub fn lock(&self) -> Result<WriterLock, Error> {
        if !self.any_filesystem {
            filesystem::check_local(&self.ledger)?;
        }
        Ok(WriterLock::acquire(&self.ledger.join("lock"), LOCK_WAIT)?)
    }

    /// The ledger, open for appending: not closed, locked, and no older than what this machine remembers.
    pub fn writer(&self) -> Result<Writer<FolderDisk>, Error> {
        let writer = self.locked()?;
        self.known().may_append(writer.head(), writer.reader())?;
        Ok(writer)
    }

    /// The ledger, open for appending, whatever this machine remembers of it.
    pub fn locked(&self) -> Result<Writer<FolderDisk>, Error> {
        use crate::host::disk::Disk as _;
        let disk = self.disk();
        if !crate::ledger::writer::stands_on(&disk)? {
            return Err(crate::ledger::Error::NoLedger {
                place: disk.place(),
            }
            .into());
        }
        if let Some(bytes) = disk.read(closed::FILE)? {
            return Err(crate::ledger::Error::Closed {
                reason: closed::reason(&bytes),
            }
            .into());
        }
        let lock = self.lock()?;
        Ok(Writer::open(disk, Some(lock))?)
    }
}

/// A path from the root, so that it means the same wherever one stands.
pub fn whole(path: &Path) -> String {
    let found = path.canonicalize().or_else(|_| std::path::absolute(path));
    found
        .unwrap_or_else(|_| path.to_path_buf())
        .display()
        .to_string()
}

/// A commit takes milliseconds, a bulk import seconds.
const LOCK_WAIT: Duration = Duration::from_secs(10);
