//! Blobs that wait in a folder of their own until what speaks of them may be added; then they take their places.

use super::{Error, INCOMING, Snapshots};
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::random;
use claimledger_core::crypto::Digest;
use claimledger_core::log::blobs::path_of;

/// Blobs that wait beside a ledger's snapshots. Those that were not settled are gone when this is dropped.
#[derive(Debug)]
pub struct Waiting {
    ledger: FolderDisk,
    folder: String,
    disk: FolderDisk,
}

impl Waiting {
    /// A place to wait beside the snapshots of this ledger folder; nothing is made until something is put there.
    pub fn beside(ledger: &FolderDisk) -> Result<Self, Error> {
        let number = u64::from_be_bytes(*random::bytes()?);
        let folder = format!("{INCOMING}/{number:016x}");
        Ok(Self {
            disk: ledger.within(&folder),
            ledger: ledger.clone(),
            folder,
        })
    }

    /// What waits, as snapshots.
    pub fn snapshots(&self) -> Snapshots<'_> {
        Snapshots::new(&self.disk)
    }

    /// What waits, as a folder laid out like a ledger's.
    pub fn disk(&self) -> &FolderDisk {
        &self.disk
    }

    /// The digests of what waits, ascending.
    pub fn digests(&self) -> Result<Vec<Digest>, Error> {
        let names = self.disk.list("snapshots/sha256")?;
        let digests = names.iter().filter_map(|name| {
            let (_, digest) = name.rsplit_once('/')?;
            digest.parse().ok()
        });
        Ok(digests.collect())
    }

    /// Gives every blob its place among the snapshots; when this answers, that is durable. An altered blob there is
    /// replaced.
    pub fn settle(&self) -> Result<(), Error> {
        for digest in self.digests()? {
            let path = path_of(&digest);
            let above = path.rsplit_once('/').map_or("", |(above, _)| above);
            self.ledger.make_folder(above)?;
            // The bytes were synced when they came. A crash before this leaves them waiting, for `doctor` to clear;
            // after it, a blob that perhaps no entry speaks of.
            self.ledger
                .rename(&format!("{}/{path}", self.folder), &path)?;
            self.ledger.sync_folder(above)?;
        }
        Ok(())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // What stays behind is cleared by `doctor`; nobody is helped by hearing of it here.
        let _ = self.ledger.remove_folder(&self.folder);
    }
}
