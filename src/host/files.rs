//! Files and folders by path: those that people name, and those that this machine keeps for itself.
//!
//! Every error names the path and the action. The files of a ledger go through [`super::disk`], files that must be
//! written whole or not at all through [`super::durable`].

use super::{Error, names_made, standard};
use claimledger_core::UnixMillis;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A link, a pipe or a device.
    Other,
}

/// What is at a path, a link not followed; `None` if nothing is.
pub fn kind(path: &Path) -> Result<Option<Kind>, Error> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(Some(Kind::File)),
        Ok(found) if found.is_dir() => Ok(Some(Kind::Folder)),
        Ok(_) => Ok(Some(Kind::Other)),
        Err(e) if is_absence(&e) => Ok(None),
        Err(e) => Err(Error::io("looking at", path, e)),
    }
}

/// Whether anything is at a path, links followed. A path that cannot be examined counts as absent.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Whether a plain file is at a path, links followed.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// Whether a folder is at a path, links followed.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Opens a file for reading in pieces. Links are followed and a pipe is allowed, because a person named it; `-` is standard
/// input.
///
/// # Errors
///
/// [`Error::Io`], for a folder too.
pub fn open(path: &Path) -> Result<File, Error> {
    let reading = |e| Error::io("reading", path, e);
    if standard::is_input(path) {
        return standard::input();
    }
    let file = File::open(path).map_err(reading)?;
    // On some systems a folder can be opened and only reading fails, in code that does not know the path.
    if file.metadata().map_err(reading)?.is_dir() {
        return Err(reading(ErrorKind::IsADirectory.into()));
    }
    Ok(file)
}

/// Reads a file whole.
///
/// # Errors
///
/// [`Error::Io`], for a folder and an absent file too; [`Error::TooLarge`] beyond [`MAX_READ_BYTES`].
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let bytes = read_start(path, MAX_READ_BYTES + 1)?;
    if bytes.len() as u64 > MAX_READ_BYTES {
        return Err(Error::TooLarge {
            path: path.display().to_string(),
            bytes: length(path).ok(),
            limit: MAX_READ_BYTES,
        });
    }
    Ok(bytes)
}

/// The same; `None` if there is no such file.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
}

/// Reads a text file whole.
///
/// # Errors
///
/// Those of [`read()`]; [`Error::NotText`] if it is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Error> {
    String::from_utf8(read(path)?).map_err(|e| Error::NotText {
        path: path.display().to_string(),
        reason: e.to_string(),
    })
}

/// The first bytes of a file, at most `most`.
pub fn read_start(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    let reading = |e| Error::io("reading", path, e);
    let file = open(path)?;
    let length = file.metadata().map_err(reading)?.len();
    // All the memory at once: a private key in a growing buffer would leave copies of its parts.
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or(0) + 1);
    file.take(most).read_to_end(&mut bytes).map_err(reading)?;
    Ok(bytes)
}

/// How long a file is, in bytes.
pub fn length(path: &Path) -> Result<u64, Error> {
    let found = fs::metadata(path).map_err(|e| Error::io("looking at", path, e))?;
    Ok(found.len())
}

/// When a file was last written, in milliseconds since 1970; `None` if it is gone, or was written before 1970.
pub fn modified_millis(path: &Path) -> Option<UnixMillis> {
    let modified = fs::metadata(path).ok()?.modified().ok()?;
    let since = modified.duration_since(UNIX_EPOCH).ok()?;
    Some(UnixMillis::new(
        u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
    ))
}

/// The names in a folder, sorted; none for an absent folder.
pub fn names(folder: &Path) -> Result<Vec<OsString>, Error> {
    let listing = |e| Error::io("listing", folder, e);
    let items = match fs::read_dir(folder) {
        Ok(items) => items,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(listing(e)),
    };
    let names: std::io::Result<Vec<_>> = items.map(|item| Ok(item?.file_name())).collect();
    let mut names = names.map_err(listing)?;
    names.sort();
    Ok(names)
}

/// Creates a folder and those above it, each name durable; it may exist already. Whatever the umask, only its owner can
/// write into it (0755 at most).
pub fn make_folder(path: &Path) -> Result<(), Error> {
    make_folders(path, 0o755)
}

/// The same with these permission bits. When this returns, the names of the new folders are durable: a power cut cannot
/// remove a folder in which something was acknowledged.
pub(super) fn make_folders(path: &Path, mode: u32) -> Result<(), Error> {
    #[cfg_attr(
        not(unix),
        expect(unused_mut, reason = "only Unix has permission bits")
    )]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut missing: Vec<&Path> = path
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir())
        .collect();
    while let Some(folder) = missing.pop() {
        match builder.create(folder) {
            // Another process was faster, or the path goes up again: `new/../new`.
            Err(e) if e.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            made => {
                made.map_err(|e| Error::io("making", folder, e))?;
                names_made::made(folder);
            }
        }
        // A crash before this line leaves an empty folder, which a power cut may remove.
        sync_name_of(folder)?;
    }
    Ok(())
}

/// Syncs a folder's list of names. Windows has no such call: there the durability of names is not guaranteed.
pub(super) fn sync_names(folder: &Path) -> Result<(), Error> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(folder)
        .and_then(|opened| opened.sync_all())
        .map_err(|e| Error::io("syncing", folder, e))?;
    names_made::synced(folder);
    Ok(())
}

/// Syncs the name of a folder in the folder above it. If this user may not read the folder above, it cannot be synced; that
/// is no error.
pub(super) fn sync_name_of(folder: &Path) -> Result<(), Error> {
    let above = match folder.parent() {
        Some(above) if above.as_os_str().is_empty() => Path::new("."),
        Some(above) => above,
        None => return Ok(()),
    };
    match sync_names(above) {
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::PermissionDenied => Ok(()),
        synced => synced,
    }
}

/// Removes a file; it may be absent.
pub fn remove(path: &Path) -> Result<(), Error> {
    gone(fs::remove_file(path), path)
}

/// Removes a folder and its content; it may be absent.
pub fn remove_folder(path: &Path) -> Result<(), Error> {
    gone(fs::remove_dir_all(path), path)
}

fn gone(removed: std::io::Result<()>, path: &Path) -> Result<(), Error> {
    match removed {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(Error::io("removing", path, e)),
        _ => {
            names_made::unmade(path);
            Ok(())
        }
    }
}

/// Whether the system reports that there is no such file. A path through a file reports another error and leads
/// nowhere either.
pub(super) fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// The limit for reading a file into memory: twice the largest file of any format here, so that the format's own, more
/// precise error comes first.
pub const MAX_READ_BYTES: u64 = 128 * 1024 * 1024;
