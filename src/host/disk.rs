//! The few file operations that a commit consists of.

use super::Error;
#[cfg(unix)]
use super::beneath;
#[cfg(not(unix))]
use super::beneath_elsewhere as beneath;
use super::files::{self, MAX_READ_BYTES};
use super::names_made;
use claimledger_core::log::ReadSeek;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Cursor, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};

/// A folder's files. Paths are relative to it and use `/`. No link below the folder is followed, and what is neither a
/// plain file nor a folder is [`Error::NotPlain`].
pub trait Disk: Send + Sync {
    /// The whole file; `None` if absent.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error>;
    /// Creates the folders above, creates the file or takes the place of one, writes it, and syncs it. Its name is
    /// durable only after [`Disk::sync_folder`]. A crash leaves no file, or a part of it.
    fn write_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error>;
    /// The same for a file that must not exist yet.
    fn create_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error>;
    /// The file, open for reading; `None` if absent. A disk that holds its files in memory reads the whole file.
    fn open(&self, path: &str) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        let whole = self.read(path)?;
        Ok(whole.map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn ReadSeek>))
    }
    /// [`Disk::create_synced`] with bytes from `from`; they are never all in memory, unless the disk holds its files
    /// there. If it fails, part of the file may be left.
    fn create_streamed(&self, path: &str, from: &mut dyn Read) -> Result<(), Error> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)
            .map_err(|e| Error::io("reading what goes to", Path::new(path), e))?;
        self.create_synced(path, &bytes)
    }
    /// Makes the content of a file durable that another process may have written and not synced.
    fn sync_file(&self, path: &str) -> Result<(), Error>;
    /// Creates a folder and those above it; it may exist already. A disk without folders does nothing.
    fn make_folder(&self, _path: &str) -> Result<(), Error> {
        Ok(())
    }
    /// Makes the names in a folder durable, but not the folder's own name. `""` is the root.
    fn sync_names(&self, path: &str) -> Result<(), Error>;
    /// Makes the names in a folder durable, and the folder's own name in the folders above it.
    fn sync_folder(&self, path: &str) -> Result<(), Error> {
        self.sync_names(path)?;
        above(path).try_for_each(|folder| self.sync_names(folder))
    }
    /// Replaces one file by another.
    fn rename(&self, from: &str, to: &str) -> Result<(), Error>;
    /// Puts a whole file in another's place, durably, by way of `path` + `.next`. A crash before the renaming leaves the old
    /// one, after it the old or the new, and after the last line the new.
    fn replace(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let next = format!("{path}.next");
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.write_synced(&next, bytes)?;
        self.sync_folder(folder)?;
        self.rename(&next, path)?;
        self.sync_folder(folder)
    }
    /// Removes a file; it may be absent.
    fn remove(&self, path: &str) -> Result<(), Error>;
    /// Removes a folder and its content; it may be absent.
    fn remove_folder(&self, path: &str) -> Result<(), Error>;
    /// Every file below a folder, sorted; none for an absent folder. Links, pipes and devices are named, and not followed or
    /// opened.
    fn list(&self, folder: &str) -> Result<Vec<String>, Error>;
    /// Where this is, for messages.
    fn place(&self) -> String;
}

impl<T: Disk + ?Sized> Disk for &T {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        (**self).read(path)
    }
    fn write_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        (**self).write_synced(path, bytes)
    }
    fn create_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        (**self).create_synced(path, bytes)
    }
    fn open(&self, path: &str) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        (**self).open(path)
    }
    fn create_streamed(&self, path: &str, from: &mut dyn Read) -> Result<(), Error> {
        (**self).create_streamed(path, from)
    }
    fn sync_file(&self, path: &str) -> Result<(), Error> {
        (**self).sync_file(path)
    }
    fn make_folder(&self, path: &str) -> Result<(), Error> {
        (**self).make_folder(path)
    }
    fn sync_names(&self, path: &str) -> Result<(), Error> {
        (**self).sync_names(path)
    }
    fn sync_folder(&self, path: &str) -> Result<(), Error> {
        (**self).sync_folder(path)
    }
    fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        (**self).rename(from, to)
    }
    fn remove(&self, path: &str) -> Result<(), Error> {
        (**self).remove(path)
    }
    fn remove_folder(&self, path: &str) -> Result<(), Error> {
        (**self).remove_folder(path)
    }
    fn list(&self, folder: &str) -> Result<Vec<String>, Error> {
        (**self).list(folder)
    }
    fn place(&self) -> String {
        (**self).place()
    }
}

/// The folder of a file, then that folder's, up to the root, which is `""`.
pub fn above(path: &str) -> impl Iterator<Item = &str> {
    let folder = |path: &str| path.rsplit_once('/').map_or(0, |(folder, _)| folder.len());
    std::iter::successors(Some(path), move |path| {
        (!path.is_empty()).then(|| &path[..folder(path)])
    })
    .skip(1)
}

/// A real folder.
#[derive(Debug, Clone)]
pub struct FolderDisk {
    root: PathBuf,
}

impl FolderDisk {
    /// The folder at `root`; it may not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// A folder inside this one, as a disk of its own.
    pub fn within(&self, folder: &str) -> Self {
        Self {
            root: self.at(folder),
        }
    }

    /// The path of a file or folder in it.
    pub fn at(&self, path: &str) -> PathBuf {
        if path.is_empty() {
            self.root.clone()
        } else {
            self.root.join(path)
        }
    }

    /// Writes a file that is not to last: it is not synced.
    pub fn create_unsynced(&self, path: &str, from: &mut dyn Read) -> Result<(), Error> {
        self.fill(path, from, false).map(drop)
    }

    /// Puts a whole file in another's place, by way of `path` + `.next`. A reader finds the old file or the new one; a power
    /// cut can take it away until [`FolderDisk::settle`] is called.
    pub fn replace_unsynced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let (next, mut bytes) = (format!("{path}.next"), bytes);
        self.fill(&next, &mut bytes, true)?;
        self.rename(&next, path)
    }

    /// Makes files durable that were put here unsynced, with their names. Many files are faster in one request to the file
    /// system.
    pub fn settle(&self, paths: &[&str]) -> Result<(), Error> {
        let folders: BTreeSet<&str> = paths.iter().flat_map(|path| above(path)).collect();
        if paths.len() > FEW_FILES && beneath::sync_all(&self.root)? {
            for folder in folders {
                names_made::synced(&self.at(folder));
            }
        } else {
            paths.iter().try_for_each(|path| self.sync_file(path))?;
            folders
                .into_iter()
                .try_for_each(|folder| self.sync_names(folder))?;
        }
        files::sync_name_of(&self.root)
    }

    fn write(&self, path: &str, from: &mut dyn Read, over: bool) -> Result<(), Error> {
        let file = self.fill(path, from, over)?;
        file.sync_all()
            .map_err(|e| Error::io("syncing", &self.at(path), e))
    }

    fn fill(&self, path: &str, from: &mut dyn Read, over: bool) -> Result<File, Error> {
        let at = self.at(path);
        let mut file = beneath::create(&self.root, path, over)?;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let length = match from.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => length,
                Err(e) if e.kind() == ErrorKind::Interrupted => continue,
                Err(e) => return Err(Error::io("reading what goes to", &at, e)),
            };
            file.write_all(&piece[..length])
                .map_err(|e| Error::io("writing", &at, e))?;
        }
        Ok(file)
    }
}

impl Disk for FolderDisk {
    /// # Errors
    ///
    /// [`Error::TooLarge`] beyond [`MAX_READ_BYTES`]: what may be longer is opened and read piece by piece.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(file) = beneath::open(&self.root, path)? else {
            return Ok(None);
        };
        let at = self.at(path);
        let reading = |e| Error::io("reading", &at, e);
        let length = file.metadata().map_err(reading)?.len();
        let most = MAX_READ_BYTES + 1;
        let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or(0) + 1);
        file.take(most).read_to_end(&mut bytes).map_err(reading)?;
        if bytes.len() as u64 == most {
            return Err(Error::TooLarge {
                path: at.display().to_string(),
                bytes: Some(length),
                limit: MAX_READ_BYTES,
            });
        }
        Ok(Some(bytes))
    }

    fn write_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let mut bytes = bytes;
        self.write(path, &mut bytes, true)
    }

    fn create_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let mut bytes = bytes;
        self.write(path, &mut bytes, false)
    }

    fn open(&self, path: &str) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        let file = beneath::open(&self.root, path)?;
        Ok(file.map(|file| Box::new(file) as Box<dyn ReadSeek>))
    }

    fn create_streamed(&self, path: &str, from: &mut dyn Read) -> Result<(), Error> {
        self.write(path, from, false)
    }

    fn sync_file(&self, path: &str) -> Result<(), Error> {
        let synced = match beneath::open(&self.root, path)? {
            Some(file) => file.sync_all(),
            None => Err(ErrorKind::NotFound.into()),
        };
        synced.map_err(|e| Error::io("syncing", &self.at(path), e))
    }

    fn make_folder(&self, path: &str) -> Result<(), Error> {
        beneath::make_folder(&self.root, path)
    }

    fn sync_names(&self, path: &str) -> Result<(), Error> {
        beneath::sync_names(&self.root, path)
    }

    /// The name of the root itself as well, in the folder above it.
    fn sync_folder(&self, path: &str) -> Result<(), Error> {
        self.sync_names(path)?;
        above(path).try_for_each(|folder| self.sync_names(folder))?;
        files::sync_name_of(&self.root)
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        beneath::rename(&self.root, from, to)
    }

    fn remove(&self, path: &str) -> Result<(), Error> {
        beneath::remove(&self.root, path)
    }

    fn remove_folder(&self, path: &str) -> Result<(), Error> {
        beneath::remove_folder(&self.root, path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Error> {
        let mut found = beneath::list(&self.root, folder)?;
        found.sort();
        Ok(found)
    }

    fn place(&self) -> String {
        self.root.display().to_string()
    }
}

/// More files than these are made durable together, with everything else on the file system.
const FEW_FILES: usize = 32;

/// The size of one write: few system calls, and little memory.
const PIECE_BYTES: usize = 64 * 1024;
