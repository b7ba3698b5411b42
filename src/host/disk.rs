//! The few file operations that the commit path is made of.

use super::Error;
use super::files::{self, Kind, is_absence, sync_names};
use claimledger_core::log::ReadSeek;
use std::fs::{self, File, OpenOptions};
use std::io::{Cursor, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};

/// A folder's files. Paths are relative to it and use `/`.
pub trait Disk: Send + Sync {
    /// The whole file; `None` if absent.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error>;
    /// Makes the folders above, creates or truncates the file, writes, and syncs the file. Its name is durable only
    /// after [`Disk::sync_folder`].
    fn write_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error>;
    /// The same for a file that must not exist yet.
    fn create_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error>;
    /// The file, open for reading; `None` if absent. A disk whose files are in memory anyway reads the whole of it.
    fn open(&self, path: &str) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        let whole = self.read(path)?;
        Ok(whole.map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn ReadSeek>))
    }
    /// [`Disk::create_synced`] with bytes that come from `from`, never all in memory where files are not. If it fails,
    /// a part of them may lie there.
    fn create_streamed(&self, path: &str, from: &mut dyn Read) -> Result<(), Error> {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)
            .map_err(|e| Error::io("reading what goes to", Path::new(path), e))?;
        self.create_synced(path, &bytes)
    }
    /// Makes a folder and those above it; one that is there is fine. A disk whose names are whole paths has none.
    fn make_folder(&self, _path: &str) -> Result<(), Error> {
        Ok(())
    }
    /// Makes the names in a folder durable, but not the folder's own. `""` is the root.
    fn sync_names(&self, path: &str) -> Result<(), Error>;
    /// Makes the names in a folder durable, and the folder's own in those above it.
    fn sync_folder(&self, path: &str) -> Result<(), Error> {
        self.sync_names(path)?;
        above(path).try_for_each(|folder| self.sync_names(folder))
    }
    /// Puts one file in another's place.
    fn rename(&self, from: &str, to: &str) -> Result<(), Error>;
    /// Removes a file; an absent one is fine.
    fn remove(&self, path: &str) -> Result<(), Error>;
    /// Removes a folder with what is in it; an absent one is fine.
    fn remove_folder(&self, path: &str) -> Result<(), Error>;
    /// Every file below a folder, sorted; an absent folder has none. Links are not followed but refused.
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
    fn make_folder(&self, path: &str) -> Result<(), Error> {
        (**self).make_folder(path)
    }
    fn sync_names(&self, path: &str) -> Result<(), Error> {
        (**self).sync_names(path)
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
    /// The folder at `root`; it need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// A folder inside this one, as a disk of its own.
    pub fn within(&self, folder: &str) -> Self {
        Self {
            root: self.at(folder),
        }
    }

    fn at(&self, path: &str) -> PathBuf {
        if path.is_empty() {
            self.root.clone()
        } else {
            self.root.join(path)
        }
    }

    fn write(
        &self,
        path: &str,
        from: &mut dyn Read,
        options: &mut OpenOptions,
    ) -> Result<(), Error> {
        let at = self.at(path);
        if let Some(folder) = at.parent() {
            files::make_folder(folder)?;
        }
        // Whatever the umask, only the owner can write to a file of a ledger.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(options, 0o644);
        let mut file = options.write(true).open(&at).map_err(|e| {
            if e.kind() == ErrorKind::AlreadyExists {
                Error::Exists {
                    path: at.display().to_string(),
                }
            } else {
                Error::io("creating", &at, e)
            }
        })?;
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
        file.sync_all().map_err(|e| Error::io("syncing", &at, e))
    }

    /// Where a file is, if it is there: a link is not followed, and what is no file (a pipe, a device) is not waited for.
    fn plain(&self, path: &str) -> Result<Option<PathBuf>, Error> {
        let at = self.at(path);
        match files::kind(&at)? {
            Some(Kind::File) => Ok(Some(at)),
            Some(_) => Err(Error::NotPlain {
                path: at.display().to_string(),
            }),
            None => Ok(None),
        }
    }

    fn walk(&self, folder: &str, found: &mut Vec<String>) -> Result<(), Error> {
        let at = self.at(folder);
        let listing = match fs::read_dir(&at) {
            Ok(listing) => listing,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(Error::io("listing", &at, e)),
        };
        for item in listing {
            let item = item.map_err(|e| Error::io("listing", &at, e))?;
            let kind = item
                .file_type()
                .map_err(|e| Error::io("looking at", &item.path(), e))?;
            let not_plain = || Error::NotPlain {
                path: item.path().display().to_string(),
            };
            let name = item.file_name().into_string().map_err(|_| not_plain())?;
            let path = if folder.is_empty() {
                name
            } else {
                format!("{folder}/{name}")
            };
            if kind.is_dir() {
                self.walk(&path, found)?;
            } else if kind.is_file() {
                found.push(path);
            } else {
                return Err(not_plain());
            }
        }
        Ok(())
    }
}

impl Disk for FolderDisk {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(at) = self.plain(path)? else {
            return Ok(None);
        };
        match fs::read(&at) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if is_absence(&e) => Ok(None),
            Err(e) => Err(Error::io("reading", &at, e)),
        }
    }

    fn write_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let mut bytes = bytes;
        let mut options = OpenOptions::new();
        self.write(path, &mut bytes, options.create(true).truncate(true))
    }

    fn create_synced(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let mut bytes = bytes;
        self.write(path, &mut bytes, OpenOptions::new().create_new(true))
    }

    fn open(&self, path: &str) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        let Some(at) = self.plain(path)? else {
            return Ok(None);
        };
        match File::open(&at) {
            Ok(file) => Ok(Some(Box::new(file))),
            Err(e) if is_absence(&e) => Ok(None),
            Err(e) => Err(Error::io("reading", &at, e)),
        }
    }

    fn create_streamed(&self, path: &str, from: &mut dyn Read) -> Result<(), Error> {
        self.write(path, from, OpenOptions::new().create_new(true))
    }

    fn make_folder(&self, path: &str) -> Result<(), Error> {
        files::make_folder(&self.at(path))
    }

    fn sync_names(&self, path: &str) -> Result<(), Error> {
        sync_names(&self.at(path))
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Error> {
        fs::rename(self.at(from), self.at(to)).map_err(|e| Error::io("renaming", &self.at(from), e))
    }

    fn remove(&self, path: &str) -> Result<(), Error> {
        files::remove(&self.at(path))
    }

    fn remove_folder(&self, path: &str) -> Result<(), Error> {
        files::remove_folder(&self.at(path))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        self.walk(folder, &mut found)?;
        found.sort();
        Ok(found)
    }

    fn place(&self) -> String {
        self.root.display().to_string()
    }
}

/// Written at once: few system calls, and little memory.
const PIECE_BYTES: usize = 64 * 1024;
