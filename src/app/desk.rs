//! Where one works: the ledger's place, the keys, this machine's memory, and the clock.

use super::Error;
use crate::host::clock::Clock;
use crate::host::disk::FolderDisk;
use crate::host::{files, filesystem, lock::WriterLock};
use crate::ledger::{RollbackGuard, Writer};
use crate::snapshots::pdf::PdfReader;
use crate::sync::mirror::Mirrors;
use crate::sync::place::Place;
use crate::transport::{Client, Limits};
use claimledger_core::crypto::sha256;
use claimledger_core::log;
use claimledger_core::log::Reader;
use claimledger_core::log::closed;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A working place.
pub struct Desk {
    /// Where the ledger is.
    pub ledger: Place,
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
    /// The ledger folder, which may be written; a place that is only read is refused.
    pub fn folder(&self) -> Result<&Path, Error> {
        match (&self.ledger, self.ledger.only_read()) {
            (Place::Folder(folder), _) => Ok(folder),
            (place, what) => Err(Error::OnlyRead {
                place: place.to_string(),
                what: what.unwrap_or("no folder"),
            }),
        }
    }

    /// The same as a disk.
    pub fn disk(&self) -> Result<FolderDisk, Error> {
        Ok(FolderDisk::new(self.folder()?))
    }

    /// The ledger, read only, wherever it is.
    pub fn reader(&self) -> Result<Box<dyn Reader>, Error> {
        Ok(self.ledger.open(&client())?)
    }

    /// The mirrors kept on this machine.
    pub fn mirrors(&self) -> Mirrors {
        mirrors_in(&self.state)
    }

    /// What a person means by a place here.
    pub fn place_named(&self, words: &Path) -> Result<Place, Error> {
        Ok(Place::named(words, &self.mirrors())?)
    }

    /// Where the index of this ledger is.
    pub fn index(&self) -> PathBuf {
        self.index_of(&self.ledger)
    }

    /// Where the index of a ledger is: in its folder if that is worked in, or a mirror's; otherwise beside this machine's
    /// memory, so that nothing is written into what others publish or read.
    pub fn index_of(&self, place: &Place) -> PathBuf {
        match place {
            Place::Mirror { folder, .. } => folder.join(INDEX),
            // The writer's lock stays in a folder that was ever written here; an index, where one was ever made.
            Place::Folder(folder)
                if ["lock", INDEX]
                    .iter()
                    .any(|f| files::exists(&folder.join(f))) =>
            {
                folder.join(INDEX)
            }
            elsewhere => {
                let name = sha256(&[elsewhere.whole().as_bytes()]).short(32);
                self.state.join("indexes").join(name)
            }
        }
    }

    /// This machine's memory.
    pub fn known(&self) -> RollbackGuard {
        RollbackGuard::at(&self.state)
    }

    /// The ledger's place by its whole path, as memory keeps it.
    pub fn place(&self) -> String {
        self.ledger.whole()
    }

    /// Takes the writer's lock of the ledger folder, which must exist.
    pub fn lock(&self) -> Result<WriterLock, Error> {
        if !self.any_filesystem {
            filesystem::check_local(self.folder()?)?;
        }
        Ok(WriterLock::acquire(
            &self.folder()?.join("lock"),
            LOCK_WAIT,
        )?)
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
        let disk = self.disk()?;
        if !crate::ledger::writer::stands_on(&disk)? {
            return Err(log::Error::NoLedger {
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

/// A client for addresses that a person typed: local ones are meant, if they are the ones typed.
pub fn client() -> Client {
    Client::new(Limits {
        private_addresses: true,
        ..Limits::default()
    })
}

/// The mirrors kept beside this machine's memory.
pub fn mirrors_in(state: &Path) -> Mirrors {
    Mirrors::at(&state.join("mirrors"))
}

/// A commit takes milliseconds, a bulk import seconds.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// The index, in whatever folder it is.
const INDEX: &str = "index";
