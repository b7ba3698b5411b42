//! The keys in a folder.

use super::{Error, file};
use crate::host::{self, files};
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

/// A file in the folder that no key could be read from. It says nothing about the other keys.
#[derive(Debug)]
pub struct OddFile {
    /// Its name.
    pub file: String,
    /// Whether it is the private half of a key whose public half can be read.
    pub private: bool,
    /// What is wrong with it.
    pub why: Error,
}

/// What a folder of keys has.
#[derive(Debug, Default)]
pub struct KeyFolder {
    /// The keys, by name.
    pub keys: Vec<KeyFile>,
    /// Files that look like a key and are none that this program can use: a certificate, a key of another algorithm, a
    /// link that leads nowhere.
    pub odd: Vec<OddFile>,
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
///
/// # Errors
///
/// Those of listing the folder; a file that is no key is an [`OddFile`].
pub fn list(folder: &Path) -> Result<KeyFolder, Error> {
    let mut listed = KeyFolder::default();
    for file_name in files::names(folder)? {
        let Some(name) = file_name.to_str().and_then(|n| n.strip_suffix(".pub")) else {
            continue;
        };
        let mut odd = |file: String, private, why| listed.odd.push(OddFile { file, private, why });
        let read = check_name(name).and_then(|()| public_half(folder, name));
        let (public, comment) = match read {
            Ok(read) => read,
            Err(why) => {
                odd(format!("{name}.pub"), false, why);
                continue;
            }
        };
        let encrypted = file::private_state(folder, name).unwrap_or_else(|why| {
            odd(name.to_owned(), true, why);
            None
        });
        listed.keys.push(KeyFile {
            encrypted,
            name: name.to_owned(),
            public,
            comment,
        });
    }
    listed.keys.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(listed)
}

fn public_half(folder: &Path, name: &str) -> Result<(PublicKey, String), Error> {
    let path = file::public_path(folder, name);
    if files::exists(&path) {
        file::read_public(folder, name)
    } else {
        // It is listed, so it is a link.
        let nowhere = std::io::ErrorKind::NotFound.into();
        Err(host::Error::io("following the link", &path, nowhere).into())
    }
}
