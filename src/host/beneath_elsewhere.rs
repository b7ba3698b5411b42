//! Files below a folder that a person named, on systems without `openat`. Each part of a path is looked at before it is
//! used: a link that is there is refused, but one that comes between the look and the use is not noticed.

use super::Error;
use super::files::{self, Kind};
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Opens a plain file to read it; `None` if there is none.
pub(super) fn open(root: &Path, path: &str) -> Result<Option<File>, Error> {
    let Some(at) = checked(root, path)? else {
        return Ok(None);
    };
    match files::kind(&at)? {
        None => return Ok(None),
        Some(Kind::File) => {}
        Some(_) => return Err(not_plain(&at)),
    }
    match File::open(&at) {
        Ok(file) => Ok(Some(file)),
        Err(e) if files::is_absence(&e) => Ok(None),
        Err(e) => Err(Error::io("reading", &at, e)),
    }
}

/// Creates a file, and the folders above it. With `over`, a plain file of its name goes first.
pub(super) fn create(root: &Path, path: &str, over: bool) -> Result<File, Error> {
    let (above, _) = path.rsplit_once('/').unwrap_or(("", path));
    make_folder(root, above)?;
    let at = root.join(path);
    if over {
        match files::kind(&at)? {
            None => {}
            Some(Kind::File) => files::remove(&at)?,
            Some(_) => return Err(not_plain(&at)),
        }
    }
    let opened = OpenOptions::new().write(true).create_new(true).open(&at);
    opened.map_err(|e| match e.kind() {
        ErrorKind::AlreadyExists => Error::Exists {
            path: at.display().to_string(),
        },
        _ => Error::io("creating", &at, e),
    })
}

/// Makes a folder and those above it.
pub(super) fn make_folder(root: &Path, path: &str) -> Result<(), Error> {
    // A part that is a link is refused before anything is made behind it.
    checked(root, path)?;
    files::make_folder(&root.join(path))
}

/// Syncs the names in a folder.
pub(super) fn sync_names(root: &Path, path: &str) -> Result<(), Error> {
    files::sync_names(&root.join(path))
}

/// Puts one file in another's place.
pub(super) fn sync_all(_root: &Path) -> Result<bool, Error> {
    Ok(false)
}

/// Puts one file in another's place.
pub(super) fn rename(root: &Path, from: &str, to: &str) -> Result<(), Error> {
    checked(root, to)?;
    let at = root.join(from);
    fs::rename(&at, root.join(to)).map_err(|e| Error::io("renaming", &at, e))
}

/// Removes a file or a link; an absent one is fine.
pub(super) fn remove(root: &Path, path: &str) -> Result<(), Error> {
    match checked(root, path)? {
        Some(at) => files::remove(&at),
        None => Ok(()),
    }
}

/// Removes a folder with what is in it; an absent one is fine.
pub(super) fn remove_folder(root: &Path, path: &str) -> Result<(), Error> {
    match checked(root, path)? {
        Some(at) => files::remove_folder(&at),
        None => Ok(()),
    }
}

/// Every file below a folder, not sorted. What cannot be read as a file of a ledger is named too: links, pipes and devices,
/// which nothing opens; names that are not Unicode, with U+FFFD in them; and folders that lie too deep, which nothing enters.
pub(super) fn list(root: &Path, path: &str) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    if let Some(at) = checked(root, path)? {
        walk(&at, path, MAX_DEPTH, &mut found)?;
    }
    Ok(found)
}

fn walk(at: &Path, path: &str, depth: usize, found: &mut Vec<String>) -> Result<(), Error> {
    for name in files::names(at)? {
        let whole = at.join(&name);
        let below = |name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}/{name}"),
        };
        match (name.to_str(), files::kind(&whole)?) {
            (_, None) => {}
            (Some(name), Some(Kind::Folder)) if depth > 0 => {
                walk(&whole, &below(name), depth - 1, found)?;
            }
            _ => found.push(below(&name.to_string_lossy())),
        }
    }
    Ok(())
}

/// A ledger's deepest file, a snapshot or a tile, lies below five folders.
const MAX_DEPTH: usize = 32;

/// The whole path, of which no folder below the root is a link; `None` if one of them is not there.
fn checked(root: &Path, path: &str) -> Result<Option<PathBuf>, Error> {
    let mut at = root.to_path_buf();
    let mut parts = path.split('/').filter(|part| !part.is_empty()).peekable();
    while let Some(part) = parts.next() {
        if matches!(part, "." | "..") {
            return Err(not_plain(&at));
        }
        at.push(part);
        if parts.peek().is_none() {
            break;
        }
        match files::kind(&at)? {
            Some(Kind::Folder) => {}
            None | Some(Kind::File) => return Ok(None),
            Some(Kind::Other) => return Err(not_plain(&at)),
        }
    }
    Ok(Some(at))
}

fn not_plain(at: &Path) -> Error {
    Error::NotPlain {
        path: at.display().to_string(),
    }
}
