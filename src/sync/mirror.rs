//! Mirrors: verified copies of other people's ledgers, one folder each, and what speaks against them.
//!
//! ```text
//! mirrors/
//!   NAME/mirror.json       where it is followed from, whose it is
//!   NAME/ledger/           the copy: a ledger like any other, never appended to
//!   NAME/evidence/         fork evidence, by its digest
//!   NAME/lock
//! ```

use super::Error;
use super::pull::pull;
use super::pull_options::{PullOptions, Pulled};
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::durable;
use crate::host::files;
use crate::host::folders;
use crate::host::lock::WriterLock;
use claimledger_core::TreeSize;
use claimledger_core::crypto::sha256;
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::Reader;
use claimledger_core::model::StatementId;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The mirrors kept in one folder.
#[derive(Debug, Clone)]
pub struct Mirrors {
    folder: PathBuf,
}

/// A mirror's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MirrorFile {
    /// The place that it follows.
    pub from: String,
    /// The ledger's id.
    pub ledger: StatementId,
    /// The key its checkpoints verify under.
    pub vkey: String,
}

/// A mirror as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MirrorStatus {
    /// Its name here.
    pub name: String,
    /// Which place and which ledger it follows; absent until its first update has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followed: Option<MirrorFile>,
    /// The entries held.
    pub size: TreeSize,
    /// Files of fork evidence against it.
    pub evidence: Vec<PathBuf>,
}

impl Mirrors {
    /// The mirrors in this folder, which may not exist yet.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    /// The folder of a mirror's copy; commands that read use it as a ledger.
    pub fn ledger(&self, name: &Slug) -> PathBuf {
        self.folder.join(name.as_str()).join("ledger")
    }

    /// The names of the mirrors here, in order.
    pub fn names(&self) -> Result<BTreeSet<Slug>, Error> {
        let names = files::names(&self.folder)?.into_iter();
        // This program did not create anything with another kind of name.
        Ok(names
            .filter_map(|name| name.to_str()?.parse().ok())
            .collect())
    }

    /// Every mirror, by name.
    pub fn list(&self) -> Result<Vec<MirrorStatus>, Error> {
        self.names()?.iter().map(|name| self.show(name)).collect()
    }

    /// One mirror.
    pub fn show(&self, name: &Slug) -> Result<MirrorStatus, Error> {
        let folder = FolderDisk::new(self.folder.join(name.as_str()));
        if folder.list("")?.is_empty() {
            return Err(bad(name, "there is no mirror of that name"));
        }
        let head = folder.read("ledger/checkpoint")?;
        let head = head
            .map(|bytes| SignedCheckpoint::parse(&bytes))
            .transpose()?;
        let evidence = folder.list("evidence")?;
        let at = self.folder.join(name.as_str());
        Ok(MirrorStatus {
            name: name.to_string(),
            followed: self.followed(name)?,
            size: head.map_or(TreeSize::EMPTY, |signed| signed.checkpoint().size),
            evidence: evidence.into_iter().map(|file| at.join(file)).collect(),
        })
    }

    /// The place that a mirror follows: the given one, or else the last one.
    pub fn followed_from(&self, name: &Slug, given: Option<&str>) -> Result<String, Error> {
        match (given, self.followed(name)?) {
            (Some(given), _) => Ok(given.to_owned()),
            (None, Some(followed)) => Ok(followed.from),
            (None, None) => Err(bad(name, "where is it to be followed from?")),
        }
    }

    /// Brings a mirror up to date from a reader, or creates it. `from` is the place of the reader, and is remembered.
    /// A fork is refused; its evidence is stored first.
    pub fn update(
        &self,
        name: &Slug,
        from: &str,
        reader: &dyn Reader,
        wanted: &PullOptions,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Pulled, Error> {
        let mut wanted = wanted.clone();
        if let Some(followed) = self.followed(name)? {
            wanted.ledger_id = wanted.ledger_id.or(Some(followed.ledger));
        }
        let folder = self.folder.join(name.as_str());
        let copy = FolderDisk::new(folder.join("ledger"));
        folders::make_private(&self.folder)?;
        copy.make_folder("")?;
        let _lock = WriterLock::acquire(&folder.join("lock"), LOCK_WAIT)?;
        let pulled = match pull(reader, &copy, &wanted, progress) {
            Ok(pulled) => pulled,
            Err(error) => {
                if let Error::Forked {
                    evidence: Some(evidence),
                    ..
                } = &error
                {
                    let bytes = evidence.print();
                    let file = format!("{}.fork", sha256(&[&bytes]).short(16));
                    durable::replace_file(&folder.join("evidence").join(file), &bytes)?;
                }
                return Err(error);
            }
        };
        let followed = MirrorFile {
            from: from.to_owned(),
            ledger: pulled.ledger,
            vkey: pulled.vkey.to_string(),
        };
        let text = serde_json::to_vec_pretty(&followed).expect("plain data");
        durable::replace_file(&folder.join(FILE), &text)?;
        Ok(pulled)
    }

    fn followed(&self, name: &Slug) -> Result<Option<MirrorFile>, Error> {
        let folder = FolderDisk::new(self.folder.join(name.as_str()));
        let Some(bytes) = folder.read(FILE)? else {
            return Ok(None);
        };
        serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|e| bad(name, &format!("its file cannot be read: {e}")))
    }
}

fn bad(name: &Slug, reason: &str) -> Error {
    Error::Mirror {
        name: name.to_string(),
        reason: reason.to_owned(),
    }
}

const FILE: &str = "mirror.json";

/// How long to wait for another update of the same mirror.
const LOCK_WAIT: Duration = Duration::from_secs(10);
