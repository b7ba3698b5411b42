//! Blobs in a folder of their own until the statement that names them is added; then they move to their places.

use super::{Error, Snapshots};
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::random;
use crate::host::unfinished::Reserved;
use claimledger_core::crypto::Digest;
use claimledger_core::log::blobs::path_of;
use claimledger_core::log::names::INCOMING;
use std::cell::OnceCell;

/// Blobs kept beside a ledger's snapshots. Those that were not moved to their places are removed when this is dropped.
#[derive(Debug)]
pub struct Waiting {
    ledger: FolderDisk,
    folder: String,
    disk: FolderDisk,
    /// Says to `doctor` that this process lives; from the first blob on.
    reserved: OnceCell<Reserved>,
}

impl Waiting {
    /// A folder for blobs beside the snapshots of this ledger folder; it is created with the first blob.
    pub fn beside(ledger: &FolderDisk) -> Result<Self, Error> {
        let number = u64::from_be_bytes(*random::bytes()?);
        let folder = format!("{INCOMING}/{number:016x}");
        Ok(Self {
            disk: ledger.within(&folder),
            ledger: ledger.clone(),
            folder,
            reserved: OnceCell::new(),
        })
    }

    /// What waits, to put more blobs there.
    pub fn to_fill(&self) -> Result<Snapshots<'_>, Error> {
        if self.reserved.get().is_none() {
            self.ledger.make_folder(INCOMING)?;
            let reserved = Reserved::take(&self.ledger.at(&self.folder))?;
            // Nobody else sets it: a value of this type is used by one thread.
            let _ = self.reserved.set(reserved);
        }
        Ok(self.snapshots())
    }

    /// What waits, as snapshots to read.
    pub fn snapshots(&self) -> Snapshots<'_> {
        Snapshots::new(&self.disk)
    }

    /// The blobs, as a folder with the layout of a ledger's.
    pub fn disk(&self) -> &FolderDisk {
        &self.disk
    }

    /// The digests of the blobs, ascending.
    pub fn digests(&self) -> Result<Vec<Digest>, Error> {
        let names = self.disk.list("snapshots/sha256")?;
        let digests = names.iter().filter_map(|name| {
            let (_, digest) = name.rsplit_once('/')?;
            digest.parse().ok()
        });
        Ok(digests.collect())
    }

    /// Moves every blob to its place among the snapshots; when it returns, that is durable. It replaces an altered
    /// blob.
    pub fn settle(&self) -> Result<(), Error> {
        for digest in self.digests()? {
            let path = path_of(&digest);
            let above = path.rsplit_once('/').map_or("", |(above, _)| above);
            self.ledger.make_folder(above)?;
            // The bytes were synced when they came. A crash before this leaves them for `doctor` to remove; a crash
            // after it leaves a blob that perhaps no entry names.
            self.ledger
                .rename(&format!("{}/{path}", self.folder), &path)?;
            self.ledger.sync_folder(above)?;
        }
        Ok(())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // `doctor` removes what is left; an error here would help nobody.
        let _ = self.ledger.remove_folder(&self.folder);
    }
}
