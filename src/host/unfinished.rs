//! What a running command is still making, and what a killed one left behind.
//!
//! Such a file or folder belongs to a process as long as that process holds a lock: for a file the lock is on the file
//! itself, for a folder `NAME` on the file `NAME.lock` beside it, which is made first and removed last. The system releases
//! the locks of a process when it ends. So a free lock says that the maker is dead: at once, and whatever the clocks say.

use super::files::{self, Kind};
use super::lock::{self, SeizedLock, WriterLock};
use super::{Error, random};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A name for a folder that only this process makes and fills. Remove the folder before this is dropped.
#[derive(Debug)]
pub struct Reserved {
    lock_file: PathBuf,
    _lock: WriterLock,
}

impl Reserved {
    /// Reserves the path of a folder that is not there yet; the folder above it is.
    pub fn take(folder: &Path) -> Result<Self, Error> {
        let lock_file = lock::beside(folder);
        loop {
            let lock = WriterLock::acquire(&lock_file, WAIT)?;
            // `remove` may have taken the file away between its creation and this lock.
            if lock.is_of(&lock_file) {
                return Ok(Self {
                    lock_file,
                    _lock: lock,
                });
            }
        }
    }

    /// The same for a new name in `above` that begins with `prefix`. Returns the path too.
    pub fn take_in(above: &Path, prefix: &str) -> Result<(Self, PathBuf), Error> {
        let number = u64::from_be_bytes(*random::bytes()?);
        let folder = above.join(format!("{prefix}{number:016x}"));
        Ok((Self::take(&folder)?, folder))
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        // If it stays, its lock is free from now on, and it counts as left behind.
        let _ = files::remove(&self.lock_file);
    }
}

/// A new file in a folder, which this process locks; a killed process leaves it unlocked.
pub(super) fn file_in(
    folder: &Path,
    builder: &tempfile::Builder<'_, '_>,
) -> Result<tempfile::NamedTempFile, Error> {
    loop {
        let file = builder
            .tempfile_in(folder)
            .map_err(|e| Error::io("creating a file in", folder, e))?;
        // A file system without locks: then `left_in` may report the file while it is written, and it is removed only by
        // a person who asks for that.
        let _ = file.as_file().try_lock();
        if lock::is_file_at(file.as_file(), file.path()) {
            return Ok(file);
        }
    }
}

/// The files and folders in `above` whose names begin with `prefix` and whose makers are dead. Those that this user may not
/// open belong to somebody else and are left out.
pub fn left_in(above: &Path, prefix: &str) -> Result<Vec<PathBuf>, Error> {
    if !above.is_dir() {
        return Ok(Vec::new());
    }
    let names = files::names(above)?;
    let paths = names
        .iter()
        .filter(|name| name.to_string_lossy().starts_with(prefix))
        .map(|name| above.join(name));
    let mut left = Vec::new();
    for path in paths {
        let folder = path.with_extension("");
        if lock::beside(&folder) == path && files::exists(&folder) {
            // It is reported with its folder.
            continue;
        }
        if is_left(&path)? {
            left.push(path);
        }
    }
    Ok(left)
}

fn is_left(path: &Path) -> Result<bool, Error> {
    let Some(kind) = files::kind(path)? else {
        return Ok(false);
    };
    if !lock::is_ours(path) {
        return Ok(false);
    }
    Ok(match kind {
        Kind::File => !matches!(lock::seize(path), SeizedLock::Held),
        // Without a lock beside it, a folder is on its way out, or left behind.
        Kind::Folder => match lock::seize(&lock::beside(path)) {
            SeizedLock::Free(_) => true,
            SeizedLock::Held => false,
            SeizedLock::None => files::exists(path),
        },
        Kind::Other => true,
    })
}

/// Removes what [`left_in`] has found, unless it is in use after all. Returns whether it was removed.
pub fn remove(path: &Path) -> Result<bool, Error> {
    let is_folder = files::kind(path)? == Some(Kind::Folder);
    let lock_file = if is_folder {
        lock::beside(path)
    } else {
        path.to_path_buf()
    };
    // Held until it is gone: a process that is just making it then finds that it is gone, and makes another.
    let held = lock::seize(&lock_file);
    if matches!(held, SeizedLock::Held) {
        return Ok(false);
    }
    if is_folder {
        files::remove_folder(path)?;
    }
    files::remove(&lock_file)?;
    Ok(true)
}

/// How the names of files begin that get their own names when they are whole.
pub const TEMPORARY: &str = ".claimledger-";

/// Only a process that looks for leftovers holds such a lock for another, for a moment.
const WAIT: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_being_made_is_not_left_behind_and_what_a_dead_process_made_is() {
        let above = tempfile::tempdir().unwrap();
        let left = || left_in(above.path(), "x").unwrap();
        let (reserved, folder) = Reserved::take_in(above.path(), "x").unwrap();
        assert_eq!(left(), Vec::<PathBuf>::new(), "before its folder is made");
        fs::create_dir(&folder).unwrap();
        let mut builder = tempfile::Builder::new();
        builder.prefix("x");
        let file = file_in(above.path(), &builder).unwrap();
        assert_eq!(left(), Vec::<PathBuf>::new());
        assert!(!remove(&folder).unwrap());
        assert!(!remove(file.path()).unwrap());
        assert!(folder.exists() && file.path().exists());

        fs::remove_dir(&folder).unwrap();
        drop((reserved, file));
        assert_eq!(fs::read_dir(above.path()).unwrap().count(), 0);

        // Killed: before the folder was made, while it was filled, while its lock was removed; and while a file was written.
        for (name, is_folder) in [
            ("x1.lock", false),
            ("x2", true),
            ("x2.lock", false),
            ("x3", true),
            ("x4", false),
        ] {
            let path = above.path().join(name);
            if is_folder {
                fs::create_dir(&path).unwrap();
                fs::write(path.join("half"), "half").unwrap();
            } else {
                fs::write(path, "").unwrap();
            }
        }
        fs::write(above.path().join("another"), "").unwrap();
        let names = ["x1.lock", "x2", "x3", "x4"].map(|name| above.path().join(name));
        assert_eq!(left(), names);
        for path in left() {
            assert!(remove(&path).unwrap());
        }
        assert_eq!(fs::read_dir(above.path()).unwrap().count(), 1);
    }
}
