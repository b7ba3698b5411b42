//! Folders that the command line does not name: this user's state folder and temporary folders; and absolute paths.

use super::Error;
use std::path::{Component, Path, PathBuf};
pub use tempfile::TempDir;

/// `$XDG_STATE_HOME/claimledger`, or `$HOME/.local/state/claimledger`; on Windows `%LOCALAPPDATA%\claimledger`.
pub fn state_folder() -> Result<PathBuf, Error> {
    let state = named("XDG_STATE_HOME")
        .or_else(|| named("HOME").map(|home| home.join(".local").join("state")))
        .or_else(|| named("LOCALAPPDATA"));
    Ok(state.ok_or(Error::NoHome)?.join("claimledger"))
}

/// Creates a folder and those above it so that only this user can read them. Existing ones stay as they are.
pub fn make_private(folder: &Path) -> Result<(), Error> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|e| Error::io("making", folder, e))
}

/// The path in an environment variable; none if the variable is empty.
pub fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// A folder that is removed when it is dropped: in `beside` under a hidden name, or in the system's temporary folder.
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
