//! The working place: the ledger's place, the keys, this machine's memory, and the clock.

use super::Error;
use super::doubts::Doubts;
use super::index_rows::{self, OpenIndexes};
use crate::extract::reader::ReaderProcess;
use crate::host::clock::Clock;
use crate::host::disk::FolderDisk;
use crate::host::{self, filesystem, lock::WriterLock};
use crate::ledger::writer::not_closed;
use crate::ledger::{RollbackGuard, Writer};
use crate::store::Files;
use crate::sync::mirror::Mirrors;
use crate::sync::place::Place;
use crate::transport::{Authorities, Client, Limits};
use claimledger_core::log;
use claimledger_core::log::Reader;
use claimledger_core::log::{Log, LogHead, closed};
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
    /// Whether a person said that this machine's clock is right, although it is behind the ledger.
    pub clock_is_right: bool,
    /// Whether to write on network and FUSE file systems too.
    pub any_filesystem: bool,
    /// The indexes that this process has open.
    pub indexes: OpenIndexes,
    /// What this machine knows better than the copies that are read here.
    pub doubts: Doubts,
    /// The certificate authorities that vouch for servers.
    pub authorities: Authorities,
    /// The process that reads formats like PDF; without it such files are kept without text.
    pub reader: Option<ReaderProcess>,
}

impl Desk {
    /// The ledger folder, for writing; a place that can only be read is refused.
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

    /// The ledger, for reading, wherever it is.
    pub fn reader(&self) -> Result<Box<dyn Reader>, Error> {
        Ok(self.ledger.open(&self.client())?)
    }

    /// A client for addresses that a person typed: local addresses are allowed if the person typed them.
    pub fn client(&self) -> Client {
        self.client_within(Limits {
            private_addresses: true,
            ..Limits::default()
        })
    }

    /// A client with these limits.
    pub fn client_within(&self, limits: Limits) -> Client {
        Client::trusting(limits, &self.authorities)
    }

    /// The mirrors kept on this machine.
    pub fn mirrors(&self) -> Mirrors {
        mirrors_in(&self.state)
    }

    /// The place that a person's text names.
    pub fn place_named(&self, words: &Path) -> Result<Place, Error> {
        Ok(Place::named(words, &self.mirrors())?)
    }

    /// The folder of this ledger's index.
    pub fn index(&self) -> PathBuf {
        self.index_of(&self.ledger)
    }

    /// The folder of a ledger's index: in this machine's state folder, never in the ledger's own.
    pub fn index_of(&self, place: &Place) -> PathBuf {
        index_rows::folder(&self.state, &place.whole())
    }

    /// This machine's memory.
    pub fn known(&self) -> RollbackGuard {
        RollbackGuard::at(&self.state)
    }

    /// The ledger's absolute path, for the memory.
    pub fn place(&self) -> String {
        self.ledger.whole()
    }

    /// Takes the writer's lock of the ledger folder, which must exist.
    pub fn lock(&self) -> Result<WriterLock, Error> {
        self.lock_within(LOCK_WAIT)
    }

    fn lock_within(&self, wait: Duration) -> Result<WriterLock, Error> {
        if !self.any_filesystem {
            filesystem::check_local(self.folder()?)?;
        }
        Ok(WriterLock::acquire(&self.folder()?.join("lock"), wait)?)
    }

    /// The ledger, open for appending: not closed, locked, and not older than what this machine remembers.
    pub fn writer(&self) -> Result<Writer<FolderDisk>, Error> {
        let writer = self.locked()?;
        self.known().may_append(writer.head(), writer.reader())?;
        Ok(writer)
    }

    /// The same for a head that was read before, through `reader`; what has not changed since is not read again. It
    /// does not compare with this machine's memory. If another process holds the lock, `wait` is called before
    /// waiting.
    pub fn locked_from(
        &self,
        head: &LogHead,
        reader: &dyn Reader,
        wait: &dyn Fn(),
    ) -> Result<Writer<FolderDisk>, Error> {
        // A closed copy is refused at once, without waiting for its lock.
        not_closed(reader, head)?;
        let lock = match self.lock_within(Duration::ZERO) {
            Err(Error::Ledger(crate::ledger::Error::Host(host::Error::Locked { .. }))) => {
                wait();
                self.lock()?
            }
            other => other?,
        };
        Ok(Writer::open_from(self.disk()?, Some(lock), head, reader)?)
    }

    /// The ledger, open for appending, without comparing it with this machine's memory.
    pub fn locked(&self) -> Result<Writer<FolderDisk>, Error> {
        use crate::host::disk::Disk as _;
        let disk = self.disk()?;
        if !crate::ledger::writer::stands_on(&disk)? {
            return Err(log::Error::NoLedger {
                place: disk.place(),
            }
            .into());
        }
        self.not_closed()?;
        let lock = self.lock()?;
        Ok(Writer::open(disk, Some(lock))?)
    }

    /// Refuses a copy that takes no more entries. If its log cannot be opened, the next step reports that.
    pub fn not_closed(&self) -> Result<(), Error> {
        let reader = Files::new(self.disk()?);
        if reader.read(closed::FILE)?.is_none() {
            return Ok(());
        }
        match Log::open(&reader) {
            Ok(log) => Ok(not_closed(&reader, log.head())?),
            Err(_) => Ok(()),
        }
    }
}

/// The mirrors kept beside this machine's memory.
pub fn mirrors_in(state: &Path) -> Mirrors {
    Mirrors::at(&state.join("mirrors"))
}

/// A commit takes milliseconds, a bulk import seconds.
const LOCK_WAIT: Duration = Duration::from_secs(10);
