//! The keys in a folder.

use super::{Error, file};
use crate::host::files;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::name::Slug;
use std::path::Path;

/// A key, by its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFile {
    /// Its name: that of its files.
    pub name: String,
    /// Its public half.
    pub public: PublicKey,
    /// The comment in its public file.
    pub comment: String,
    /// The private file: absent, or present and encrypted or not.
    pub encrypted: Option<bool>,
}

/// Refuses a name that is not a short name; a path cannot be one.
pub fn check_name(name: &str) -> Result<(), Error> {
    name.parse::<Slug>()
        .map(|_| ())
        .map_err(|_| Error::BadName {
            name: name.to_owned(),
        })
}

/// Every key with a public file in the folder, by name; none for an absent folder.
pub fn list(folder: &Path) -> Result<Vec<KeyFile>, Error> {
    let mut keys = Vec::new();
    for file_name in files::names(folder)? {
        let Some(name) = file_name.to_str().and_then(|n| n.strip_suffix(".pub")) else {
            continue;
        };
        if check_name(name).is_err() {
            continue;
        }
        let (public, comment) = file::read_public(folder, name)?;
        keys.push(KeyFile {
            encrypted: file::private_state(folder, name)?,
            name: name.to_owned(),
            public,
            comment,
        });
    }
    keys.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(keys)
}
