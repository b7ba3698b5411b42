//! The folder of a site: new, empty, or an earlier site of the same ledger. Only files that differ are written.

use super::address::files::WRITTEN;
use super::maker::SiteFile;
use super::target::SiteTarget;
use super::written::WrittenSite;
use crate::app::proofs::proof::Prover;
use crate::app::{Desk, Error, Session, output};
use crate::host::disk::{Disk, FolderDisk};
use crate::host::files;
use crate::sync;
use serde::Serialize;
use std::path::Path;

/// A folder into which a site is written.
pub struct SiteFolder<'s> {
    disk: FolderDisk,
    prover: Prover<'s>,
    written: Vec<String>,
    removed: u64,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FilesChanged {
    /// Files written.
    pub written: u64,
    /// Files removed.
    pub removed: u64,
}

impl<'s> SiteFolder<'s> {
    /// Opens the folder, and says what was written there.
    ///
    /// # Errors
    ///
    /// The folder is protected, or has something that no site of this ledger wrote.
    pub fn open(
        desk: &Desk,
        session: &'s Session,
        target: &Path,
    ) -> Result<(Self, Option<WrittenSite>), Error> {
        let ledger = session.head().ledger;
        output::check_folder(desk, target)?;
        let disk = FolderDisk::new(target);
        let before = WrittenSite::read(&disk)?;
        let refuse = |reason: String| sync::Error::OtherExport {
            place: disk.place(),
            reason,
        };
        match &before {
            Some(before) if before.ledger != ledger => {
                Err(refuse(format!(
                    "it has the site of ledger {}",
                    before.ledger
                )))?;
            }
            // A note that this program cannot read is that of another version.
            None if disk.read(WRITTEN)?.is_none() => {
                if let Some(name) = files::names(target)?.first() {
                    Err(refuse(format!(
                        "it has {}, which no site wrote",
                        name.display()
                    )))?;
                }
            }
            _ => {}
        }
        files::make_folder(target)?;
        let folder = Self {
            disk,
            prover: Prover::new(session)?,
            written: Vec::new(),
            removed: 0,
        };
        Ok((folder, before))
    }

    /// Makes everything durable, and only then notes what was written. An interruption before that leaves the earlier note,
    /// and the next site writes again what has changed since.
    pub fn finish(self, site: &WrittenSite) -> Result<FilesChanged, Error> {
        let written: Vec<&str> = self.written.iter().map(String::as_str).collect();
        self.disk.settle(&written)?;
        self.disk.replace(WRITTEN, &site.bytes())?;
        Ok(FilesChanged {
            written: self.written.len() as u64,
            removed: self.removed,
        })
    }
}

impl SiteTarget for SiteFolder<'_> {
    /// Writes a file, unless it is there with these bytes.
    fn put(&mut self, _: &Session, file: &SiteFile) -> Result<(), Error> {
        let bytes = file.bytes(&self.prover)?;
        let there = self.disk.read(&file.path)?;
        if there.is_some_and(|there| there == *bytes) {
            return Ok(());
        }
        self.disk.replace_unsynced(&file.path, &bytes)?;
        self.written.push(file.path.clone());
        Ok(())
    }

    /// Removes a file that is no longer part of the site.
    fn remove(&mut self, path: &str) -> Result<(), Error> {
        self.disk.remove(path)?;
        self.removed += 1;
        Ok(())
    }
}
