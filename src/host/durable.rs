//! Single files that must be whole or not there at all.

use super::Error;
use super::files::{make_folder, sync_names};
#[cfg(unix)]
use std::fs;
use std::io::{ErrorKind, Read, Write as _};
use std::path::Path;

/// Puts new content in a file's place: a temporary file beside it, synced, renamed, the folder synced. A crash leaves
/// the old content or the new.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_from(path, &mut { bytes })
}

/// The same with bytes that come piece by piece.
pub fn replace_from(path: &Path, from: &mut dyn Read) -> Result<(), Error> {
    put(path, from, true)
}

/// The same where no file is yet: one that is there, or comes to be there meanwhile, is [`Error::Exists`].
pub fn create_from(path: &Path, from: &mut dyn Read) -> Result<(), Error> {
    put(path, from, false)
}

fn put(path: &Path, from: &mut dyn Read, over: bool) -> Result<(), Error> {
    let folder = folder_of(path);
    make_folder(folder)?;
    let mut beside = unnamed(folder)?;
    std::io::copy(from, &mut beside)
        .and_then(|_| beside.flush())
        .and_then(|()| beside.as_file().sync_all())
        .map_err(|e| Error::io("writing", beside.path(), e))?;
    persist(beside, path, over)?;
    sync_names(folder)
}

/// A file in a folder that has no name of its own yet. Others may read it as far as the process's umask lets them read new
/// files; only its owner can write to it.
pub fn unnamed(folder: &Path) -> Result<tempfile::NamedTempFile, Error> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let everybody: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    #[cfg(unix)]
    builder.permissions(everybody);
    builder
        .tempfile_in(folder)
        .map_err(|e| Error::io("creating a file in", folder, e))
}

/// Gives a temporary file its name; `over` says whether it may take that of another.
pub fn persist(file: tempfile::NamedTempFile, path: &Path, over: bool) -> Result<(), Error> {
    let named = if over {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    match named {
        Ok(_) => Ok(()),
        Err(e) if e.error.kind() == ErrorKind::AlreadyExists => Err(Error::Exists {
            path: path.display().to_string(),
        }),
        Err(e) => Err(Error::io("renaming to", path, e.error)),
    }
}

/// Creates a file that only its owner can read, from its first byte on; never overwrites. A full disk or a crash leaves
/// nothing under its name.
pub fn create_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let folder = folder_of(path);
    make_folder(folder)?;
    // Temporary files are 0600.
    let mut beside = tempfile::Builder::new()
        .tempfile_in(folder)
        .map_err(|e| Error::io("creating a file in", folder, e))?;
    beside
        .write_all(bytes)
        .and_then(|()| beside.as_file().sync_all())
        .map_err(|e| Error::io("writing", path, e))?;
    persist(beside, path, false)?;
    sync_names(folder)
}

/// The folder that a file stands in; that of a bare name is the current one.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
