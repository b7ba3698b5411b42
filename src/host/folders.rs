//! Folders that the command line does not name: this user's state folder and temporary folders; and absolute paths.

use super::unfinished::{self, Reserved};
use super::{Error, files, signals};
use std::fs::File;
use std::io::{self, Read, Seek as _, Write as _};
use std::path::{Component, Path, PathBuf};
pub use tempfile::TempDir;

/// `$XDG_STATE_HOME/claimledger`, or `$HOME/.local/state/claimledger`; on Windows `%LOCALAPPDATA%\claimledger`.
pub fn state_folder() -> Result<PathBuf, Error> {
    let state = named("XDG_STATE_HOME")
        .or_else(|| named("HOME").map(|home| home.join(".local").join("state")))
        .or_else(|| named("LOCALAPPDATA"));
    Ok(state.ok_or(Error::NoHome)?.join("claimledger"))
}

/// Creates a folder and those above it so that only this user can read them (0700). Existing ones stay as they
/// are.
pub fn make_private(folder: &Path) -> Result<(), Error> {
    files::make_folders(folder, 0o700)
}

/// The path in an environment variable; none if the variable is empty.
pub fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// A folder that only this user can read, removed when the value is dropped: in `beside` under a hidden name, or
/// in the system's temporary folder.
pub fn temporary(beside: Option<&Path>) -> Result<TempDir, Error> {
    let prefix = if beside.is_some() {
        ".claimledger"
    } else {
        "claimledger"
    };
    private_in(&above(beside), prefix)
}

fn above(beside: Option<&Path>) -> PathBuf {
    beside.map_or_else(std::env::temp_dir, Path::to_path_buf)
}

fn private_in(folder: &Path, prefix: &str) -> Result<TempDir, Error> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder
        .tempdir_in(folder)
        .map_err(|e| Error::io("making a folder in", folder, e))
}

/// A temporary folder for what may be large. It is removed when it is dropped, when a signal ends this process, and, if the
/// process was killed, by the next one that makes such a folder, or by `doctor --repair`.
#[derive(Debug)]
pub struct Unpacked {
    folder: PathBuf,
    files: PathBuf,
    _reserved: Reserved,
}

impl Unpacked {
    /// A new folder in `beside`, or in the system's own for temporary files. Folders that killed processes left there go.
    pub fn new(beside: Option<&Path>) -> Result<Self, Error> {
        let above = above(beside);
        for left in unfinished::left_in(&above, UNPACKED).unwrap_or_default() {
            // One that cannot be removed is no reason to stop.
            let _ = unfinished::remove(&left);
        }
        let (reserved, folder) = Reserved::take_in(&above, UNPACKED)?;
        signals::remove_on_signal(&folder);
        let unpacked = Self {
            files: folder.join("files"),
            folder,
            _reserved: reserved,
        };
        files::make_folders(&unpacked.folder, 0o700)?;
        files::make_folder(&unpacked.files)?;
        Ok(unpacked)
    }

    /// Where the files are.
    pub fn path(&self) -> &Path {
        &self.files
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        signals::forget(&self.folder);
        // What cannot be removed now is removed by the next process.
        let _ = files::remove_folder(&self.folder);
    }
}

/// The folders for unpacked archives that killed processes left in the system's folder for temporary files.
pub fn left_unpacked() -> Result<Vec<PathBuf>, Error> {
    unfinished::left_in(&std::env::temp_dir(), UNPACKED)
}

/// The folder that this process works in.
pub fn current() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

/// Written at once: few system calls, and little memory.
const PIECE_BYTES: usize = 64 * 1024;

const UNPACKED: &str = "claimledger-unpacked-";

/// A file without a name that holds what `from` gives, open at its beginning; it is gone when it is closed. The outer error
/// is that of `from`, the inner one this machine's.
pub fn temporary_copy(from: &mut dyn Read) -> io::Result<Result<File, Error>> {
    let folder = std::env::temp_dir();
    let mut file = match tempfile::tempfile() {
        Ok(file) => file,
        Err(e) => return Ok(Err(Error::io("creating a file in", &folder, e))),
    };
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let length = match from.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => length,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if let Err(e) = file.write_all(&piece[..length]) {
            return Ok(Err(Error::io("writing a file in", &folder, e)));
        }
    }
    let rewound = file.rewind();
    let rewound = rewound.map_err(|e| Error::io("reading a file in", &folder, e));
    Ok(rewound.map(|()| file))
}

/// An absolute path. Links are followed as far as the path exists; the rest is normalised as text.
pub fn whole(path: &Path) -> PathBuf {
    let mut at = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut rest = Vec::new();
    while !at.exists() {
        match (at.parent(), at.components().next_back()) {
            (Some(above), Some(last)) => {
                rest.push(last.as_os_str().to_owned());
                at = above.to_path_buf();
            }
            _ => break,
        }
    }
    let mut whole = at.canonicalize().unwrap_or(at);
    for part in rest.iter().rev() {
        match Path::new(part).components().next() {
            Some(Component::ParentDir) => {
                whole.pop();
            }
            _ => whole.push(part),
        }
    }
    whole
}
