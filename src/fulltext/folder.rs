//! The index in a folder: opened for reading without a lock, written by the process that has the lock beside it.

use super::document::{Followed, schema};
use super::find::Layer;
use super::guarded::{corrupt, guarded, of_tantivy};
use super::terms::register;
use super::writing::Building;
use crate::host::files::{self, Kind};
use crate::host::folders;
use crate::host::lock::{self, WriterLock};
use crate::index::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Index;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// The folder of the full-text index of a ledger, beside the folder of its row index.
pub fn beside(rows: &Path) -> Folder {
    let mut name = rows.file_name().unwrap_or_default().to_owned();
    name.push("-words");
    Folder(rows.with_file_name(name))
}

/// A folder of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

impl Folder {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The lock for writing; `None` if another process has it.
    ///
    /// # Errors
    ///
    /// [`Error::Host`] if the state folder cannot be written.
    pub fn lock(&self) -> Result<Option<WriterLock>, Error> {
        if let Some(above) = self.0.parent() {
            folders::make_private(above)?;
        }
        Ok(WriterLock::take(&lock::beside(&self.0))?)
    }

    /// What is committed, and which log it follows; `None` if there is nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`], [`Error::Failed`].
    pub fn open(&self) -> Result<Option<(Layer, Followed)>, Error> {
        if files::kind(&self.0)? != Some(Kind::Folder) {
            return Ok(None);
        }
        guarded(|| {
            let directory = MmapDirectory::open(&self.0).map_err(|e| of_tantivy(e.into()))?;
            let directory = OnlyRead(directory);
            if !Index::exists(&directory).map_err(|e| of_tantivy(e.into()))? {
                return Ok(None);
            }
            let index = Index::open(directory).map_err(of_tantivy)?;
            let (expected, fields) = schema();
            let payload = index.load_metas().map_err(of_tantivy)?.payload;
            let followed: Followed = serde_json::from_str(&payload.unwrap_or_default())
                .map_err(|e| corrupt(format!("it does not say which log it follows: {e}")))?;
            if index.schema() != expected {
                return Err(corrupt("its fields are those of another version"));
            }
            register(&index);
            Ok(Some((Layer::of(&index, fields)?, followed)))
        })
    }

    /// The index, to take documents in; made if there is none. The caller has its lock.
    pub fn write(&self, _: &WriterLock) -> Result<Building, Error> {
        folders::make_private(&self.0)?;
        guarded(|| {
            let directory = MmapDirectory::open(&self.0).map_err(|e| of_tantivy(e.into()))?;
            Building::in_directory(Box::new(directory))
        })
    }

    /// Removes it; it may be absent. The caller has its lock.
    pub fn remove(&self, _: &WriterLock) -> Result<(), Error> {
        match files::kind(&self.0)? {
            Some(Kind::Folder) => Ok(files::remove_folder(&self.0)?),
            Some(Kind::File | Kind::Other) => Ok(files::remove(&self.0)?),
            None => Ok(()),
        }
    }

    /// How many bytes its files have.
    pub fn bytes(&self) -> Result<u64, Error> {
        let names = files::names(&self.0)?;
        let lengths = names.iter().map(|name| files::length(&self.0.join(name)));
        Ok(lengths.sum::<Result<u64, _>>()?)
    }

    /// Compares each file with the checksum at its end. It reads the whole index.
    ///
    /// # Errors
    ///
    /// [`Error::Corrupt`] if a file is damaged.
    pub fn check(&self) -> Result<(), Error> {
        guarded(|| {
            let directory = MmapDirectory::open(&self.0).map_err(|e| of_tantivy(e.into()))?;
            let index = Index::open(OnlyRead(directory)).map_err(of_tantivy)?;
            let damaged = index.validate_checksum().map_err(of_tantivy)?;
            match damaged.iter().next() {
                None => Ok(()),
                Some(file) => Err(corrupt(format!("{} is damaged", file.display()))),
            }
        })
    }
}

/// A directory that is only read, without the library's lock files: the folder may belong to another user.
///
/// A process that writes may remove a file between the reading of the list of files and its opening. That is an error then,
/// and the caller reads again.
#[derive(Clone)]
struct OnlyRead(MmapDirectory);

impl fmt::Debug for OnlyRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn only_read() -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, "it is only read")
}

impl Directory for OnlyRead {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(only_read()),
            filepath: path.to_path_buf(),
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Directory::exists(&self.0, path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(
            only_read(),
            path.to_path_buf(),
        ))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(only_read())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Err(only_read())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
