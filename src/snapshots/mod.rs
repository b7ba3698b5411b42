//! What sources said, by digest: blobs beside the log, and quotations in their texts.
//!
//! What this is not: it does not know which source a blob belongs to; the log says that.

pub mod excerpt;

use crate::crypto::{Digest, sha256};
use crate::encoding::limits;
use crate::host::{self, disk::Disk};

/// Why a snapshot could not be kept, read or quoted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Larger than what is kept.
    #[error("{bytes} bytes; a snapshot is at most {}", limits::MAX_SNAPSHOT_BYTES)]
    TooLarge {
        /// Its length.
        bytes: u64,
    },
    /// The bytes under a digest are others.
    #[error("the snapshot {digest} was altered: its bytes have another digest")]
    Altered {
        /// The digest asked for.
        digest: Digest,
    },
    /// The quotation is not in the text.
    #[error("the text does not say {quote:?}")]
    NotFound {
        /// The quotation.
        quote: String,
    },
    /// The quotation stands there more than once.
    #[error("the text says {quote:?} {} times: {}", places.len(), places.join("; "))]
    Ambiguous {
        /// The quotation.
        quote: String,
        /// Each place, with what stands around it.
        places: Vec<String>,
    },
    /// The machine failed.
    #[error(transparent)]
    Host(#[from] host::Error),
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "snapshot-too-large",
            Self::Altered { .. } => "snapshot-altered",
            Self::NotFound { .. } => "quotation-not-found",
            Self::Ambiguous { .. } => "quotation-ambiguous",
            Self::Host(error) => error.code(),
        }
    }
}

/// Where the blob of a digest stands in a ledger folder: `snapshots/sha256/ab/abcd…`.
pub fn path_of(digest: &Digest) -> String {
    let hex = digest.to_string();
    format!("snapshots/sha256/{}/{hex}", &hex[..2])
}

/// The blobs of a ledger folder.
pub struct Snapshots<'a> {
    disk: &'a dyn Disk,
}

impl<'a> Snapshots<'a> {
    /// The blobs of this folder.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk }
    }

    /// Keeps the bytes; when this answers, they are durable. The same bytes twice are one blob; an altered one is
    /// written anew.
    pub fn put(&self, bytes: &[u8]) -> Result<Digest, Error> {
        let length = bytes.len() as u64;
        if length > limits::MAX_SNAPSHOT_BYTES {
            return Err(Error::TooLarge { bytes: length });
        }
        let digest = sha256(&[bytes]);
        let path = path_of(&digest);
        if self.disk.read(&path)?.as_deref() != Some(bytes) {
            self.disk.write_synced(&path, bytes)?;
        }
        // Also when it was there: an earlier process may have been cut before its name was durable.
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.disk.sync_folder(folder)?;
        Ok(digest)
    }

    /// The bytes under a digest, checked; `None` if they are not held.
    pub fn read(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        let Some(bytes) = self.disk.read(&path_of(digest))? else {
            return Ok(None);
        };
        if sha256(&[&bytes]) == *digest {
            Ok(Some(bytes))
        } else {
            Err(Error::Altered { digest: *digest })
        }
    }
}

#[cfg(test)]
mod tests;
