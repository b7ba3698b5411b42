//! Writes single files that must be whole or absent.

use super::files::{make_folder, sync_names};
use super::unfinished::{self, TEMPORARY};
use super::{Error, names_made};
use std::fs;
use std::io::{ErrorKind, Read, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// Replaces a file's content: writes a temporary file beside it, syncs it, renames it, and syncs the folder. A crash
/// leaves the old content or the new.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_from(path, &mut { bytes })
}

/// The same with bytes that come in pieces.
pub fn replace_from(path: &Path, from: &mut dyn Read) -> Result<(), Error> {
    put(path, from, true)
}

/// The same for a new file: if one exists, or appears meanwhile, the result is [`Error::Exists`].
pub fn create_from(path: &Path, from: &mut dyn Read) -> Result<(), Error> {
    put(path, from, false)
}

fn put(path: &Path, from: &mut dyn Read, over: bool) -> Result<(), Error> {
    let folder = folder_of(path);
    let mut beside = unnamed(folder)?;
    std::io::copy(from, &mut beside)
        .and_then(|_| beside.flush())
        .and_then(|()| beside.as_file().sync_all())
        .map_err(|e| Error::io("writing", beside.path(), e))?;
    persist(beside, path, over)?;
    sync_names(folder)
}

/// Puts bytes at the end of a file that is there, `at` bytes from its beginning, in place of what may lie after them. They
/// are durable when this answers Ok. A crash leaves the bytes before `at`, and any beginning of the new ones.
pub fn put_at(path: &Path, at: u64, bytes: &[u8]) -> Result<(), Error> {
    let put = || {
        let mut file = fs::OpenOptions::new().write(true).open(path)?;
        file.set_len(at)?;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)?;
        file.sync_data()
    };
    put().map_err(|e| Error::io("writing", path, e))
}

/// A file that has no name yet.
pub type UnnamedFile = tempfile::NamedTempFile;

/// A file without a name in a folder. The folder is made if it is not there. Others can read the file as far as the umask
/// allows; only its owner can write to it.
pub fn unnamed(folder: &Path) -> Result<tempfile::NamedTempFile, Error> {
    make_folder(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    let everybody: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    #[cfg(unix)]
    builder.permissions(everybody);
    unfinished::file_in(folder, &builder)
}

/// Gives a temporary file its name; `over` says whether it may replace another file.
pub fn persist(file: tempfile::NamedTempFile, path: &Path, over: bool) -> Result<(), Error> {
    let named = if over {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    match named {
        Ok(_) => {
            names_made::made(path);
            Ok(())
        }
        Err(e) if e.error.kind() == ErrorKind::AlreadyExists => Err(Error::Exists {
            path: path.display().to_string(),
        }),
        Err(e) => Err(Error::io("renaming to", path, e.error)),
    }
}

/// Creates a file that only its owner can read, from the first byte on; never overwrites. A full disk or a crash leaves
/// nothing under its name.
pub fn create_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = folder_of(path);
    make_folder(folder)?;
    // Temporary files are 0600.
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    let mut beside = unfinished::file_in(folder, &builder)?;
    beside
        .write_all(bytes)
        .and_then(|()| beside.as_file().sync_all())
        .map_err(|e| Error::io("writing", path, e))?;
    persist(beside, path, false)?;
    sync_names(folder)
}

/// The folder of a file; for a bare name the current one.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
