//! A log in one file: `.tar.zst`, as `export` writes it, or a tar archive that somebody made of a ledger's folder. Read once
//! from beginning to end into a temporary folder.
//!
//! The archive cannot decide where anything is written: a file is written only if its name is that of a file which a
//! ledger can have. The bytes that are unpacked, and the number of files and folders, are limited.

use super::Error;
use super::files::reading;
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::{files, folders};
use claimledger_core::log::names::{CHECKPOINT, INCOMING, NEXT, WITNESSES, largest};
use claimledger_core::log::{self, ReadError, ReadSeek, Reader};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A log from an archive, read only.
#[derive(Debug)]
pub struct Archive {
    place: String,
    files: FolderDisk,
    remarks: Vec<String>,
    _folder: folders::Unpacked,
}

impl Archive {
    /// Unpacks an archive into a temporary folder in `beside`, or in the system's own.
    pub fn open(path: &Path, beside: Option<&Path>) -> Result<Self, Error> {
        let place = path.display().to_string();
        let file = files::open(path)?;
        let packed = files::length(path)?;
        let folder = folders::Unpacked::new(beside)?;
        let mut unpacking = Unpacking {
            place: &place,
            into: FolderDisk::new(folder.path()),
            left: packed.saturating_mul(MAX_RATIO).saturating_add(SLACK_BYTES),
            names: HashSet::new(),
            folder: None,
            passed_over: Vec::new(),
        };
        let after = unpacking.all(file)?;
        let remarks = unpacking.remarks().into_iter().chain(after).collect();
        Ok(Self {
            files: unpacking.into,
            place,
            remarks,
            _folder: folder,
        })
    }
}

impl Reader for Archive {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.files.read(name).map_err(|e| reading(self, name, e))
    }

    fn open(&self, name: &str) -> Result<Option<Box<dyn ReadSeek>>, ReadError> {
        self.files.open(name).map_err(|e| reading(self, name, e))
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        let found = self.files.list(folder);
        found.map(Some).map_err(|e| reading(self, folder, e))
    }

    fn remarks(&self) -> Vec<String> {
        self.remarks.clone()
    }

    fn place(&self) -> String {
        self.place.clone()
    }
}

struct Unpacking<'a> {
    place: &'a str,
    into: FolderDisk,
    /// How many bytes may still be unpacked; each file costs [`FILE_BYTES`] more than its content.
    left: u64,
    names: HashSet<String>,
    /// The folder in the archive that the ledger's files are in, with its `/`; known from the first of them.
    folder: Option<String>,
    /// Names of files that are no part of a published ledger.
    passed_over: Vec<String>,
}

/// What the name of a file in an archive says.
enum Named {
    /// A file of a published ledger, by its name there.
    Ledger(String),
    /// A file that a folder at work has, or that an operating system leaves behind.
    PassedOver,
    /// Neither.
    Other,
}

impl Unpacking<'_> {
    /// Unpacks all of it; returns a remark on bytes after its end.
    fn all(&mut self, file: impl Read) -> Result<Option<String>, Error> {
        let mut file = BufReader::new(file);
        let packed = file
            .fill_buf()
            .map_err(|e| self.broken(&e))?
            .starts_with(&ZSTANDARD);
        if !packed {
            return self.tar(file);
        }
        let mut stream =
            zstd::stream::read::Decoder::with_buffer(file).map_err(|e| self.broken(&e))?;
        stream
            .window_log_max(MAX_WINDOW_LOG)
            .map_err(|e| self.broken(&e))?;
        self.tar(stream)
    }

    fn tar(&mut self, stream: impl Read) -> Result<Option<String>, Error> {
        let mut archive = tar::Archive::new(stream);
        let entries = archive
            .entries()
            .map_err(|e| self.broken(&e))?
            // Extension headers could contain anything; they are read here, with a limit.
            .raw(true);
        let mut long_name = None;
        for entry in entries {
            let mut entry = entry.map_err(|e| self.broken(&e))?;
            let name = match long_name.take() {
                Some(name) => name,
                None => String::from_utf8_lossy(&entry.path_bytes()).into_owned(),
            };
            let kind = entry.header().entry_type();
            if kind.is_pax_local_extensions() || kind.is_gnu_longname() {
                self.spend(&name, entry.size())?;
                long_name = self.extended(&name, &mut entry)?;
            } else if kind.is_pax_global_extensions() {
                self.spend(&name, entry.size())?;
            } else if kind == tar::EntryType::Directory {
                self.spend(&name, FILE_BYTES)?;
            } else if kind == tar::EntryType::Regular {
                self.file(&name, &mut entry)?;
            } else {
                return Err(self.refuse(&name, "it is neither a file nor a folder"));
            }
        }
        if !self.names.contains(CHECKPOINT) {
            return Err(self.refuse(CHECKPOINT, "it is not in the archive"));
        }
        Ok(self.after(archive.into_inner()))
    }

    /// The name that an extension header gives to the file after it: pax (POSIX.1-2001), or as GNU tar writes it.
    fn extended(
        &self,
        name: &str,
        entry: &mut tar::Entry<'_, impl Read>,
    ) -> Result<Option<String>, Error> {
        if entry.size() > MAX_EXTENSION_BYTES {
            return Err(self.refuse(name, "its extension header is too long"));
        }
        let gnu = entry.header().entry_type().is_gnu_longname();
        let mut bytes = Vec::new();
        entry
            .read_to_end(&mut bytes)
            .map_err(|e| self.refuse(name, &e.to_string()))?;
        if gnu {
            let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
            return Ok(Some(String::from_utf8_lossy(&bytes[..end]).into_owned()));
        }
        let fields = tar::PaxExtensions::new(&bytes);
        let path = fields
            .filter_map(Result::ok)
            .find(|f| f.key_bytes() == b"path");
        Ok(path.map(|f| String::from_utf8_lossy(f.value_bytes()).into_owned()))
    }

    fn file(&mut self, whole: &str, entry: &mut tar::Entry<'_, impl Read>) -> Result<(), Error> {
        let size = entry.size();
        self.spend(whole, size.saturating_add(FILE_BYTES))?;
        let name = match self.named(whole) {
            Named::Ledger(name) => name,
            Named::PassedOver => {
                self.passed_over.push(whole.to_owned());
                return Ok(());
            }
            Named::Other => {
                return Err(self.refuse(whole, "no file of a published ledger has this name"));
            }
        };
        let limit = largest(&name).unwrap_or(0);
        if size > limit {
            return Err(self.refuse(whole, &format!("{size} bytes; {limit} is the limit")));
        }
        if !self.names.insert(name.clone()) {
            return Err(self.refuse(whole, "it is there twice"));
        }
        if self.names.len() > MAX_FILES {
            return Err(self.refuse(whole, &format!("more than {MAX_FILES} files")));
        }
        let mut counted = Counted {
            from: entry,
            bytes: 0,
        };
        let unpacked = self.into.create_unsynced(&name, &mut counted);
        if counted.bytes != size {
            return Err(self.refuse(whole, "the archive ends inside this file"));
        }
        unpacked?;
        if name == CHECKPOINT {
            let bytes = self.into.read(CHECKPOINT)?.unwrap_or_default();
            SignedCheckpoint::parse(&bytes).map_err(|source| log::Error::Checkpoint {
                place: self.place.to_owned(),
                source,
            })?;
        }
        Ok(())
    }

    /// What a name says. The ledger may be in one folder of the archive, and `tar -C folder .` begins every name with `./`.
    fn named(&mut self, whole: &str) -> Named {
        let mut name = whole;
        while let Some(rest) = name.strip_prefix("./") {
            name = rest;
        }
        let last = name.rsplit('/').next().unwrap_or_default();
        if LITTER.contains(&last) || last.starts_with("._") {
            return Named::PassedOver;
        }
        if name.starts_with('/') || name.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Named::Other;
        }
        let known = |name: &str| {
            let above = name.split('/').next().unwrap_or_default();
            if largest(name).is_some() {
                Some(Named::Ledger(name.to_owned()))
            } else if AT_WORK.contains(&above) || name.starts_with(INCOMING) {
                Some(Named::PassedOver)
            } else {
                None
            }
        };
        if let Some(folder) = &self.folder {
            let inside = name.strip_prefix(folder.as_str());
            return inside.and_then(known).unwrap_or(Named::Other);
        }
        // The outermost folder in which this is the name of a ledger's file.
        let starts = name.match_indices('/').map(|(at, _)| at + 1);
        for start in std::iter::once(0).chain(starts) {
            if let Some(named) = known(&name[start..]) {
                self.folder = Some(name[..start].to_owned());
                return named;
            }
        }
        Named::Other
    }

    /// Counts what comes out before a byte of it is read.
    fn spend(&mut self, name: &str, bytes: u64) -> Result<(), Error> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(self.refuse(name, "the archive unpacks to far more than its size")),
        }
    }

    /// What follows the end of the archive, which nothing reads: zeros fill it up, anything else is remarked.
    fn after(&self, rest: impl Read) -> Option<String> {
        let mut rest = BufReader::new(rest).take(self.left);
        let mut piece = [0; 4096];
        loop {
            let bytes = match rest.read(&mut piece) {
                Ok(0) => return None,
                Ok(length) => piece[..length].iter().any(|byte| *byte != 0),
                // No Zstandard frame follows the last one, and yet there are bytes.
                Err(_) => true,
            };
            if bytes {
                return Some(format!(
                    "{}: bytes follow the end of the archive; they were not read",
                    self.place
                ));
            }
        }
    }

    fn remarks(&self) -> Option<String> {
        let first = self.passed_over.first()?;
        Some(format!(
            "{}: files that are no part of a published ledger were passed over: {}, the first is {first}",
            self.place,
            self.passed_over.len()
        ))
    }

    fn broken(&self, error: &std::io::Error) -> Error {
        self.refuse("the file", &error.to_string())
    }

    fn refuse(&self, name: &str, reason: &str) -> Error {
        Error::Archive {
            place: self.place.to_owned(),
            name: name.to_owned(),
            reason: reason.to_owned(),
        }
    }
}

/// Passes bytes on, and counts them.
struct Counted<'a, R: Read> {
    from: &'a mut R,
    bytes: u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, piece: &mut [u8]) -> std::io::Result<usize> {
        let length = self.from.read(piece)?;
        self.bytes += length as u64;
        Ok(length)
    }
}

/// What a folder has in which somebody works, and a published ledger has not.
const AT_WORK: [&str; 6] = [
    "lock",
    WITNESSES,
    NEXT,
    "index",
    ".gitattributes",
    ".gitignore",
];

/// What operating systems leave in folders.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The first bytes of a Zstandard frame (RFC 8878 section 3.1.1).
const ZSTANDARD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Signed JSON and hashes compress to a third at best, texts to a tenth; a factor of a hundred is an archive bomb.
const MAX_RATIO: u64 = 100;

/// A small archive may unpack to this size, whatever its ratio.
const SLACK_BYTES: u64 = 16 * 1024 * 1024;

/// What a file or folder costs on a disk beside its bytes, and more: a packed name is a few bytes.
const FILE_BYTES: u64 = 16 * 1024;

/// Enough for a ledger of 100 million entries.
const MAX_FILES: usize = 1 << 20;

/// Names and attributes; no name of a ledger's file has more than 100 bytes.
const MAX_EXTENSION_BYTES: u64 = 64 * 1024;

/// 2^27 bytes of memory, the largest window of a Zstandard decoder by default (RFC 8878 section 3.1.1.1.2).
const MAX_WINDOW_LOG: u32 = 27;
