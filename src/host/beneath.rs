//! Files below a folder that a person named, on Unix. The folder itself may be reached through links; below it no link is
//! followed, and no pipe or device is opened: others may have filled the folder.
//!
//! Each folder on the way is opened by itself with `O_NOFOLLOW` (POSIX `openat`), so that a link cannot be
//! put there between the check and the use.

use super::{Error, files, names_made};
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;
use std::fs::File;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};

/// Opens a plain file to read it; `None` if there is none.
pub(super) fn open(root: &Path, path: &str) -> Result<Option<File>, Error> {
    let at = At::new(root, path);
    let (above, name) = divide(path);
    let Some(folder) = at.folder(above)? else {
        return Ok(None);
    };
    match at.found(folder.as_fd(), name)? {
        None => return Ok(None),
        Some(FileType::RegularFile) => {}
        Some(_) => return Err(at.not_plain()),
    }
    // What came in its place since that look is neither followed nor waited for.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match rustix::fs::openat(&folder, name, flags, Mode::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT) => return Ok(None),
        Err(Errno::LOOP | Errno::NXIO) => return Err(at.not_plain()),
        Err(e) => return Err(at.io("reading", e)),
    };
    let plain = file
        .metadata()
        .map_err(|e| Error::io("reading", &at.whole, e))?;
    if plain.is_file() {
        Ok(Some(file))
    } else {
        Err(at.not_plain())
    }
}

/// Creates a file, and the folders above it. With `over`, a plain file of its name goes first: what other names that file
/// has keeps its bytes.
pub(super) fn create(root: &Path, path: &str, over: bool) -> Result<File, Error> {
    let at = At::new(root, path);
    let (above, name) = divide(path);
    let folder = at.make(above)?;
    if over {
        match at.found(folder.as_fd(), name)? {
            None => {}
            Some(FileType::RegularFile) => at.unlink(folder.as_fd(), name, AtFlags::empty())?,
            Some(_) => return Err(at.not_plain()),
        }
    }
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match rustix::fs::openat(&folder, name, flags, Mode::from_raw_mode(FILE_MODE)) {
        Ok(file) => {
            names_made::made(&at.whole);
            Ok(File::from(file))
        }
        Err(Errno::EXIST) => Err(Error::Exists {
            path: at.whole.display().to_string(),
        }),
        Err(e) => Err(at.io("creating", e)),
    }
}

/// Makes a folder and those above it.
pub(super) fn make_folder(root: &Path, path: &str) -> Result<(), Error> {
    At::new(root, path).make(path).map(drop)
}

/// Syncs the names in a folder.
pub(super) fn sync_names(root: &Path, path: &str) -> Result<(), Error> {
    let at = At::new(root, path);
    let folder = at
        .folder(path)?
        .ok_or_else(|| at.io("syncing", Errno::NOENT))?;
    rustix::fs::fsync(folder).map_err(|e| at.io("syncing", e))?;
    names_made::synced(&at.whole);
    Ok(())
}

/// Makes everything durable that was written on the file system of this folder. Answers `false` where there is no such
/// request.
pub(super) fn sync_all(root: &Path) -> Result<bool, Error> {
    #[cfg(target_os = "linux")]
    {
        let folder = File::open(root).map_err(|e| Error::io("syncing", root, e))?;
        rustix::fs::syncfs(folder).map_err(|e| Error::io("syncing", root, e.into()))?;
        Ok(true)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = root;
        Ok(false)
    }
}

/// Puts one file in another's place. A link in that place is replaced, not followed.
pub(super) fn rename(root: &Path, from: &str, to: &str) -> Result<(), Error> {
    let at = At::new(root, from);
    let folder_of = |path: &str| {
        let (above, _) = divide(path);
        At::new(root, path)
            .folder(above)?
            .ok_or_else(|| at.io("renaming", Errno::NOENT))
    };
    let (old, new) = (folder_of(from)?, folder_of(to)?);
    rustix::fs::renameat(&old, divide(from).1, &new, divide(to).1)
        .map_err(|e| at.io("renaming", e))?;
    names_made::unmade(&at.whole);
    names_made::made(&root.join(to));
    Ok(())
}

/// Removes a file or a link; an absent one is fine.
pub(super) fn remove(root: &Path, path: &str) -> Result<(), Error> {
    let at = At::new(root, path);
    let (above, name) = divide(path);
    match at.folder(above)? {
        None => Ok(()),
        Some(folder) => {
            at.unlink(folder.as_fd(), name, AtFlags::empty())?;
            names_made::unmade(&at.whole);
            Ok(())
        }
    }
}

/// Removes a folder with what is in it; an absent one is fine.
pub(super) fn remove_folder(root: &Path, path: &str) -> Result<(), Error> {
    if path.is_empty() {
        return files::remove_folder(root);
    }
    let at = At::new(root, path);
    let (above, name) = divide(path);
    let Some(folder) = at.folder(above)? else {
        return Ok(());
    };
    at.clear(folder.as_fd(), name)?;
    names_made::unmade(&at.whole);
    Ok(())
}

/// Every file below a folder, not sorted. What cannot be read as a file of a ledger is named too: links, pipes and devices,
/// which nothing opens; names that are not UTF-8, with U+FFFD in them; and folders that lie too deep, which nothing enters.
pub(super) fn list(root: &Path, path: &str) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    if let Some(folder) = At::new(root, path).folder(path)? {
        walk(root, path, folder.as_fd(), MAX_DEPTH, &mut found)?;
    }
    Ok(found)
}

fn walk(
    root: &Path,
    path: &str,
    folder: BorrowedFd<'_>,
    depth: usize,
    found: &mut Vec<String>,
) -> Result<(), Error> {
    for (name, kind) in At::new(root, path).items(folder)? {
        let below = |name: &str| match path {
            "" => name.to_owned(),
            path => format!("{path}/{name}"),
        };
        match (name.to_str(), kind) {
            (Some(name), FileType::Directory) if depth > 0 => {
                let below = below(name);
                let at = At::new(root, &below);
                if let Some(inside) = at.step(folder, name)? {
                    walk(root, &below, inside.as_fd(), depth - 1, found)?;
                }
            }
            _ => found.push(below(&name.to_string_lossy())),
        }
    }
    Ok(())
}

/// A ledger's deepest file, a snapshot or a tile, lies below five folders. Each folder on the way is held open.
const MAX_DEPTH: usize = 32;

/// One path below a root, for the refusals that name it.
struct At<'a> {
    root: &'a Path,
    whole: PathBuf,
}

impl<'a> At<'a> {
    fn new(root: &'a Path, path: &str) -> Self {
        let whole = if path.is_empty() {
            root.to_path_buf()
        } else {
            root.join(path)
        };
        Self { root, whole }
    }

    fn io(&self, doing: &str, error: Errno) -> Error {
        Error::io(doing, &self.whole, error.into())
    }

    fn not_plain(&self) -> Error {
        Error::NotPlain {
            path: self.whole.display().to_string(),
        }
    }

    /// The root; `None` if it is not there.
    fn root(&self) -> Result<Option<OwnedFd>, Error> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        match rustix::fs::openat(CWD, self.root, flags, Mode::empty()) {
            Ok(folder) => Ok(Some(folder)),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
            Err(e) => Err(Error::io("opening", self.root, e.into())),
        }
    }

    /// A folder below the root; `None` if it is not there, or a file stands in its way.
    fn folder(&self, path: &str) -> Result<Option<OwnedFd>, Error> {
        let Some(mut folder) = self.root()? else {
            return Ok(None);
        };
        for name in parts(path) {
            match self.step(folder.as_fd(), name)? {
                Some(next) => folder = next,
                None => return Ok(None),
            }
        }
        Ok(Some(folder))
    }

    /// A folder inside a folder; a link there is refused.
    fn step(&self, folder: BorrowedFd<'_>, name: &str) -> Result<Option<OwnedFd>, Error> {
        if matches!(name, "." | "..") {
            return Err(self.not_plain());
        }
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match rustix::fs::openat(folder, name, flags, Mode::empty()) {
            Ok(next) => Ok(Some(next)),
            Err(Errno::NOENT) => Ok(None),
            // A link, or a file in the place of a folder: systems answer with either.
            Err(Errno::LOOP | Errno::NOTDIR | Errno::MLINK) => match self.found(folder, name)? {
                None | Some(FileType::RegularFile) => Ok(None),
                Some(_) => Err(self.not_plain()),
            },
            Err(e) => Err(self.io("opening", e)),
        }
    }

    /// The same, and what is not there is made, the root too.
    fn make(&self, path: &str) -> Result<OwnedFd, Error> {
        files::make_folder(self.root)?;
        let gone = || self.io("opening", Errno::NOTDIR);
        let mut folder = self.root()?.ok_or_else(gone)?;
        let mut whole = self.root.to_path_buf();
        for name in parts(path) {
            whole.push(name);
            if let Some(next) = self.step(folder.as_fd(), name)? {
                folder = next;
                continue;
            }
            match rustix::fs::mkdirat(&folder, name, Mode::from_raw_mode(FOLDER_MODE)) {
                // Another process may have made it meanwhile.
                Err(Errno::EXIST) => {}
                Ok(()) => names_made::made(&whole),
                Err(e) => return Err(self.io("making a folder for", e)),
            }
            folder = self.step(folder.as_fd(), name)?.ok_or_else(gone)?;
        }
        Ok(folder)
    }

    /// What stands there, a link not followed.
    fn found(&self, folder: BorrowedFd<'_>, name: &str) -> Result<Option<FileType>, Error> {
        match rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(about) => Ok(Some(FileType::from_raw_mode(about.st_mode))),
            Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
            Err(e) => Err(self.io("looking at", e)),
        }
    }

    fn unlink(&self, folder: BorrowedFd<'_>, name: &str, flags: AtFlags) -> Result<(), Error> {
        match rustix::fs::unlinkat(folder, name, flags) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(e) => Err(self.io("removing", e)),
        }
    }

    fn items(&self, folder: BorrowedFd<'_>) -> Result<Vec<(std::ffi::OsString, FileType)>, Error> {
        use std::os::unix::ffi::OsStringExt as _;
        let listing = |e| self.io("listing", e);
        let mut items = Vec::new();
        for item in Dir::read_from(folder).map_err(listing)? {
            let item = item.map_err(listing)?;
            let name = item.file_name().to_bytes().to_vec();
            if name == b"." || name == b".." {
                continue;
            }
            let kind = match item.file_type() {
                FileType::Unknown => {
                    let about =
                        rustix::fs::statat(folder, item.file_name(), AtFlags::SYMLINK_NOFOLLOW);
                    match about {
                        Ok(about) => FileType::from_raw_mode(about.st_mode),
                        Err(Errno::NOENT) => continue,
                        Err(e) => return Err(self.io("looking at", e)),
                    }
                }
                kind => kind,
            };
            items.push((std::ffi::OsString::from_vec(name), kind));
        }
        Ok(items)
    }

    /// Removes what is in a folder, then the folder. A link is removed, not followed.
    fn clear(&self, above: BorrowedFd<'_>, name: &str) -> Result<(), Error> {
        let Some(folder) = self.step(above, name)? else {
            return self.unlink(above, name, AtFlags::empty());
        };
        for (name, kind) in self.items(folder.as_fd())? {
            let Some(name) = name.to_str() else {
                return Err(self.not_plain());
            };
            if kind == FileType::Directory {
                self.clear(folder.as_fd(), name)?;
            } else {
                self.unlink(folder.as_fd(), name, AtFlags::empty())?;
            }
        }
        self.unlink(above, name, AtFlags::REMOVEDIR)
    }
}

fn divide(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// Whatever the umask, only the owner can write to a file of a ledger.
const FILE_MODE: u32 = 0o644;

/// As [`FILE_MODE`], with the permission to enter.
const FOLDER_MODE: u32 = 0o755;
