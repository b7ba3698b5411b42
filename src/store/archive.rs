//! A log in one file: `.tar.zst`, as `export` writes it. Read once from front to back into a folder that goes with it.
//!
//! Nothing in the archive decides where anything is written: a name is either that of a file which a ledger of the
//! checkpoint's size has, or the archive is refused. The checkpoint comes first, so that this is known in time.

use super::Error;
use super::files::reading;
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::{files, folders};
use claimledger_core::log::names::largest;
use claimledger_core::log::{self, ReadError, Reader};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::tile::TilePath;
use std::collections::HashSet;
use std::io::{BufReader, Read};
use std::path::Path;

/// A log out of an archive, read only.
#[derive(Debug)]
pub struct Archive {
    place: String,
    files: FolderDisk,
    _folder: folders::TempDir,
}

impl Archive {
    /// Unpacks an archive into a temporary folder below `beside`, or the system's own.
    pub fn open(path: &Path, beside: Option<&Path>) -> Result<Self, Error> {
        let place = path.display().to_string();
        let file = files::open(path)?;
        let packed = files::length(path)?;
        let folder = folders::temporary(beside)?;
        let mut unpacking = Unpacking {
            place: &place,
            into: FolderDisk::new(folder.path()),
            left: packed.saturating_mul(MAX_RATIO).saturating_add(SLACK_BYTES),
            names: HashSet::new(),
            covered: None,
        };
        unpacking.all(file)?;
        Ok(Self {
            files: unpacking.into,
            place,
            _folder: folder,
        })
    }
}

impl Reader for Archive {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.files.read(name).map_err(|e| reading(self, name, e))
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        let found = self.files.list(folder);
        found.map(Some).map_err(|e| reading(self, folder, e))
    }

    fn place(&self) -> String {
        self.place.clone()
    }
}

struct Unpacking<'a> {
    place: &'a str,
    into: FolderDisk,
    /// Bytes that may still come out.
    left: u64,
    names: HashSet<String>,
    /// The entries that the checkpoint covers, once it was read.
    covered: Option<u64>,
}

impl Unpacking<'_> {
    fn all(&mut self, file: impl Read) -> Result<(), Error> {
        let mut stream = zstd::stream::read::Decoder::with_buffer(BufReader::new(file))
            .map_err(|e| self.refuse("the file", &e.to_string()))?;
        stream
            .window_log_max(MAX_WINDOW_LOG)
            .map_err(|e| self.refuse("the file", &e.to_string()))?;
        let mut archive = tar::Archive::new(stream);
        let broken = |place: &str, e: &std::io::Error| Error::Archive {
            place: place.to_owned(),
            name: "the file".to_owned(),
            reason: e.to_string(),
        };
        let entries = archive
            .entries()
            .map_err(|e| broken(self.place, &e))?
            // Long names by extension headers could hold anything; a ledger's names fit the plain header.
            .raw(true);
        for entry in entries {
            let mut entry = entry.map_err(|e| broken(self.place, &e))?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let kind = entry.header().entry_type();
            if kind != tar::EntryType::Regular {
                return Err(self.refuse(&name, "not a plain file"));
            }
            let size = entry.size();
            self.admit(&name, size)?;
            let mut bytes = Vec::new();
            entry
                .read_to_end(&mut bytes)
                .map_err(|e| self.refuse(&name, &e.to_string()))?;
            if bytes.len() as u64 != size {
                return Err(self.refuse(&name, "it breaks off"));
            }
            if self.covered.is_none() {
                self.cover(&bytes)?;
            }
            self.into.write_synced(&name, &bytes)?;
        }
        if self.covered.is_none() {
            return Err(self.refuse("checkpoint", "it is not there"));
        }
        Ok(())
    }

    /// Refuses a file before a byte of it is read.
    fn admit(&mut self, name: &str, size: u64) -> Result<(), Error> {
        let Some(limit) = largest(name) else {
            return Err(self.refuse(name, "no file of a ledger has this name"));
        };
        if self.covered.is_none() && name != claimledger_core::log::names::CHECKPOINT {
            return Err(self.refuse(name, "the checkpoint must come first"));
        }
        if size > limit {
            return Err(self.refuse(name, &format!("{size} bytes; {limit} is the limit")));
        }
        if let (Some(size), Ok(path)) = (self.covered, name.parse::<TilePath>())
            && path.at_size(size) != Some(path)
        {
            return Err(self.refuse(name, "the checkpoint does not cover it"));
        }
        if !self.names.insert(name.to_owned()) {
            return Err(self.refuse(name, "it is there twice"));
        }
        match self.left.checked_sub(size) {
            Some(left) => self.left = left,
            None => return Err(self.refuse(name, "more comes out than was ever packed")),
        }
        Ok(())
    }

    fn cover(&mut self, checkpoint: &[u8]) -> Result<(), Error> {
        let signed =
            SignedCheckpoint::parse(checkpoint).map_err(|source| log::Error::Checkpoint {
                place: self.place.to_owned(),
                source,
            })?;
        self.covered = Some(signed.checkpoint().size);
        Ok(())
    }

    fn refuse(&self, name: &str, reason: &str) -> Error {
        Error::Archive {
            place: self.place.to_owned(),
            name: name.to_owned(),
            reason: reason.to_owned(),
        }
    }
}

/// Signed JSON and hashes pack to a third at best, texts to a tenth; a thousandfold is a bomb.
const MAX_RATIO: u64 = 1_000;

/// A tiny archive may unpack to this whatever its ratio.
const SLACK_BYTES: u64 = 1024 * 1024;

/// 2^27 bytes of memory, the most that Zstandard asks of a decoder by default (RFC 8878 section 3.1.1.1.2).
const MAX_WINDOW_LOG: u32 = 27;
