//! Files that people write: TOML read into plain structs.

use crate::app::Error;
use crate::host;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Reads a TOML file; a field that nobody asked for is refused.
pub fn toml<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let malformed = |reason: String| Error::File {
        path: path.display().to_string(),
        reason,
    };
    let bytes = std::fs::read(path).map_err(|e| host::Error::io("reading", path, e))?;
    let text = String::from_utf8(bytes).map_err(|e| malformed(e.to_string()))?;
    toml::from_str(&text).map_err(|e| malformed(e.to_string().trim_end().to_owned()))
}
