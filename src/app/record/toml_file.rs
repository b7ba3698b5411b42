//! Files that people write: TOML read into plain structs.

use crate::app::Error;
use crate::host::files;
use serde::de::DeserializeOwned;
use std::path::Path;

/// Reads a TOML file; an unknown field is refused.
pub fn toml<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    toml::from_str(&files::read_text(path)?).map_err(|e| Error::File {
        path: path.display().to_string(),
        reason: e.to_string().trim_end().to_owned(),
    })
}
