//! A log whose files are in memory: unpacked from an archive, downloaded, or made by a test.

use super::reader::{ReadError, Reader};
use std::collections::BTreeMap;

/// The files of a ledger by their names, each a path relative to the ledger with `/`: `checkpoint`,
/// `tile/entries/000.p/26`.
///
/// # Examples
///
/// ```
/// use claimledger_core::{FilesInMemory, Reader};
///
/// let files: FilesInMemory = [("checkpoint", b"...".to_vec())].into_iter().collect();
/// assert_eq!(files.read("checkpoint")?, Some(b"...".to_vec()));
/// assert_eq!(files.read("closed")?, None);
/// # Ok::<(), claimledger_core::ReadError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilesInMemory(BTreeMap<String, Vec<u8>>);

impl<N: Into<String>> FromIterator<(N, Vec<u8>)> for FilesInMemory {
    fn from_iter<I: IntoIterator<Item = (N, Vec<u8>)>>(files: I) -> Self {
        let named = files.into_iter().map(|(name, bytes)| (name.into(), bytes));
        Self(named.collect())
    }
}

impl Reader for FilesInMemory {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok(self.0.get(name).cloned())
    }

    fn list(&self, folder: &str) -> Result<Option<Vec<String>>, ReadError> {
        let below = format!("{}/", folder.trim_end_matches('/'));
        let names = self.0.keys();
        let inside = names.filter(|name| folder.is_empty() || name.starts_with(&below));
        Ok(Some(inside.cloned().collect()))
    }

    fn place(&self) -> String {
        "memory".to_owned()
    }
}
