//! Folders that are not named on the command line: this user's state, temporary ones; and paths that mean the same
//! wherever one stands.

use super::{Error, files};
use std::path::{Component, Path, PathBuf};
pub use tempfile::TempDir;

/// `$XDG_STATE_HOME/claimledger`, or `$HOME/.local/state/claimledger`; on Windows `%LOCALAPPDATA%\claimledger`.
pub fn state_folder() -> Result<PathBuf, Error> {
    let state = named("XDG_STATE_HOME")
        .or_else(|| named("HOME").map(|home| home.join(".local").join("state")))
        .or_else(|| named("LOCALAPPDATA"));
    Ok(state.ok_or(Error::NoHome)?.join("claimledger"))
}

/// Makes a folder and those above it so that only this user can look into them (0700). Those that are there stay as they
/// are.
pub fn make_private(folder: &Path) -> Result<(), Error> {
    files::make_folders(folder, 0o700)
}

/// The path that an environment variable holds; an empty variable holds none.
pub fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// A folder that is removed when it is dropped: in `beside` with a hidden name, or in the system's own for such.
pub fn temporary(beside: Option<&Path>) -> Result<TempDir, Error> {
    let mut builder = tempfile::Builder::new();
    let (made, above) = match beside {
        Some(folder) => (
            builder.prefix(".claimledger").tempdir_in(folder),
            folder.to_path_buf(),
        ),
        None => (
            builder.prefix("claimledger").tempdir(),
            std::env::temp_dir(),
        ),
    };
    made.map_err(|e| Error::io("making a folder in", &above, e))
}

/// A path from the root, links followed as far as it exists, and what does not exist yet put right by its words.
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
