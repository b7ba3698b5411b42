//! What a folder has of a site: which pages were written, from what, and what was asked for each. It is a file in the folder,
//! so that the next site is made from the last one.
//!
//! The file is a note of this program to itself. If it is missing or cannot be read, everything is made again.

use super::noted::Noted;
use super::record::FORM;
use super::writer::SiteChoices;
use crate::app::Error;
use crate::host::disk::{Disk, FolderDisk};
use crate::index::asked::Asked;
use claimledger_core::crypto::Digest;
use claimledger_core::model::StatementId;
use claimledger_core::{EntryIndex, TreeSize};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::address::files::WRITTEN;

/// A site as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenSite {
    /// The ledger.
    pub ledger: StatementId,
    /// Everything else that every page depends on.
    pub made_with: String,
    /// The entries of the log.
    pub size: TreeSize,
    /// Its root.
    pub root: Digest,
    /// What was written for each statement and each list, by its address.
    pub units: BTreeMap<String, WrittenUnit>,
}

/// The pages of a statement or of a list, and the files beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenUnit {
    /// What was asked of the log, ascending.
    pub asked: Vec<u32>,
    /// Their files.
    pub files: Vec<String>,
    /// What they were made from besides the log.
    pub given: u64,
    /// The newest entry that they name.
    pub newest: Option<EntryIndex>,
    /// What the lists need to know.
    pub noted: Noted,
}

impl WrittenUnit {
    /// Whether it has to be made again.
    pub fn is_stale(&self, given: u64, changed: &Asked) -> bool {
        self.given != given || self.asked.iter().any(|asked| changed.contains(asked))
    }
}

impl WrittenSite {
    /// What a folder has; none if no site was written there.
    pub fn read(disk: &FolderDisk) -> Result<Option<Self>, Error> {
        let bytes = disk.read(WRITTEN)?;
        let config = bincode::config::standard().with_limit::<MOST_BYTES>();
        Ok(bytes.and_then(|bytes| {
            let decoded = bincode::serde::decode_from_slice(&bytes, config);
            decoded.ok().map(|(site, _)| site)
        }))
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        bincode::serde::encode_to_vec(self, bincode::config::standard())
            .expect("plain data of this program")
    }
}

/// Everything that every page depends on besides the log: program, form, choices, and what the whole ledger has.
pub fn made_with(choices: &SiteChoices, shared: bool, withheld: &[Digest], vkey: &str) -> String {
    format!(
        "{} {FORM} {choices:?} {shared} {withheld:?} {vkey}",
        super::frame::VERSION
    )
}

/// A site of a million pages is smaller.
const MOST_BYTES: usize = 512 * 1024 * 1024;
