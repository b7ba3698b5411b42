//! Where this user's state is kept; paths that mean the same wherever one stands.

use super::Error;
use std::path::{Path, PathBuf};

/// `$XDG_STATE_HOME/claimledger`, or `$HOME/.local/state/claimledger`; on Windows `%LOCALAPPDATA%\claimledger`.
pub fn state_folder() -> Result<PathBuf, Error> {
    let named = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let state = named("XDG_STATE_HOME")
        .or_else(|| named("HOME").map(|home| home.join(".local").join("state")))
        .or_else(|| named("LOCALAPPDATA"));
    Ok(state.ok_or(Error::NoHome)?.join("claimledger"))
}

/// A path from the root, links followed as far as it exists.
pub fn whole(path: &Path) -> PathBuf {
    let found = path.canonicalize().or_else(|_| std::path::absolute(path));
    found.unwrap_or_else(|_| path.to_path_buf())
}
