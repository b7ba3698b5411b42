//! What sources said, by digest: blobs beside the log, the texts in them, and quotations in those texts.
//!
//! What this is not: it does not know which source a blob belongs to; the log says that. It fetches nothing.

pub mod capture;
pub mod charset;
pub mod excerpt;
pub mod html;
pub mod http;
pub mod media;
pub mod pdf;
pub mod private_key;
pub mod text;
pub mod waiting;
pub mod wacz;
pub mod warc;

pub use capture::{Answer, Captured, Known, capture};
pub use waiting::Waiting;

use crate::host::disk::Disk;
use crate::host::{self, random};
use crate::outcome::Outcome;
use crate::store;
use claimledger_core::crypto::Digest;
use claimledger_core::log::ReadSeek;
use claimledger_core::log::Reader;
use claimledger_core::log::blobs::{Measured, measure, path_of};
use claimledger_core::log::{self, ReadError};
use std::io::{Read, Seek as _, SeekFrom};
use std::path::Path;

/// Why a snapshot could not be kept, read or quoted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes under a digest are others.
    #[error("the snapshot {digest} was altered: its bytes have a different digest")]
    Altered {
        /// The digest asked for.
        digest: Digest,
    },
    /// The quotation is not in the text.
    #[error("the text does not contain \"{}\"{}", crate::text::invisible::shown(quote), nearest.as_ref().map(|near| like(quote, near)).unwrap_or_default())]
    NotFound {
        /// The quotation.
        quote: String,
        /// The passage most like it, for the person to look at; never used in its place.
        nearest: Option<String>,
    },
    /// The quotation stands there more than once.
    #[error("the text contains \"{}\" {} times: {}", crate::text::invisible::shown(quote), places.len(), places.join("; "))]
    Ambiguous {
        /// The quotation.
        quote: String,
        /// Each place, with what stands around it.
        places: Vec<String>,
    },
    /// The place it is in.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A private key, which nobody means to publish.
    #[error("this is {kind}, not a source; it was not stored")]
    PrivateKey {
        /// Of which kind.
        kind: &'static str,
    },
    /// What would be written into the statement has no such form.
    #[error(transparent)]
    Spelling(#[from] claimledger_core::encoding::Defect),
    /// The machine failed.
    #[error(transparent)]
    Host(#[from] host::Error),
}

impl From<log::Error> for Error {
    fn from(error: log::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Store(error.into())
    }
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Altered { .. } => "snapshot-altered",
            Self::NotFound { .. } => "quotation-not-found",
            Self::Ambiguous { .. } => "quotation-ambiguous",
            Self::PrivateKey { .. } => "source-private-key",
            Self::Store(error) => error.code(),
            Self::Spelling(defect) => defect.code.as_str(),
            Self::Host(error) => error.code(),
        }
    }

    /// What it means to the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NotFound { .. } | Self::Ambiguous { .. } | Self::PrivateKey { .. } => {
                Outcome::Refused
            }
            Self::Altered { .. } | Self::Store(_) | Self::Spelling(_) | Self::Host(_) => {
                Outcome::CannotTell
            }
        }
    }
}

/// The passage most like a quotation, and what cannot be seen of the difference.
fn like(quote: &str, nearest: &str) -> String {
    format!(
        "; nearest to it is \"{}\"{}",
        crate::text::invisible::shown(nearest),
        crate::text::invisible::remarks(quote, nearest)
    )
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
        Ok(self.put_from(&mut { bytes })?.0)
    }

    /// Keeps bytes that come piece by piece, whatever their length, and answers with their digest and length.
    pub fn put_from(&self, from: &mut dyn Read) -> Result<(Digest, u64), Error> {
        let number = u64::from_be_bytes(*random::bytes()?);
        // The digest names the place, and is known at the end: so the bytes wait beside it under a name of their own.
        let waiting = format!("{INCOMING}/{number:016x}");
        let mut measured = Measured::new(from);
        let kept = self
            .disk
            .create_streamed(&waiting, &mut measured)
            .and_then(|()| {
                // A crash before the renaming leaves a file in `incoming` that no digest names; after it, a blob that
                // perhaps no entry speaks of. Both are stray and may be removed.
                let (digest, length) = measured.finish();
                let path = path_of(&digest);
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                self.disk.make_folder(folder)?;
                self.disk.rename(&waiting, &path)?;
                self.disk.sync_folder(folder)?;
                Ok((digest, length))
            });
        if kept.is_err() {
            // The first failure is the one to tell.
            let _ = self.disk.remove(&waiting);
        }
        Ok(kept?)
    }

    /// The bytes under a digest, checked; `None` if they are not held.
    pub fn read(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        let Some(bytes) = self.disk.read(&path_of(digest))? else {
            return Ok(None);
        };
        if claimledger_core::crypto::sha256(&[&bytes]) == *digest {
            Ok(Some(bytes))
        } else {
            Err(Error::Altered { digest: *digest })
        }
    }

    /// The bytes under a digest, open for reading and *not* checked; `None` if they are not held.
    pub fn open(&self, digest: &Digest) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        Ok(self.disk.open(&path_of(digest))?)
    }

    /// The same, its digest checked by a first pass over it.
    pub fn open_checked(&self, digest: &Digest) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        self.open(digest)?
            .map(|file| checked(file, digest))
            .transpose()
    }

    /// Digest and length of what lies where the blob of `digest` should; `None` if nothing does.
    pub fn found(&self, digest: &Digest) -> Result<Option<(Digest, u64)>, Error> {
        let Some(mut file) = self.open(digest)? else {
            return Ok(None);
        };
        let path = path_of(digest);
        let found =
            measure(&mut file).map_err(|e| host::Error::io("reading", Path::new(&path), e))?;
        Ok(Some(found))
    }
}

/// The blob of a digest in a place that is only read, its digest checked by a first pass over it; `None` if it is not
/// held there.
pub fn open_checked(
    reader: &dyn Reader,
    digest: &Digest,
) -> Result<Option<Box<dyn ReadSeek>>, Error> {
    let file = reader.open(&path_of(digest))?;
    file.map(|file| checked(file, digest)).transpose()
}

fn checked(mut file: Box<dyn ReadSeek>, digest: &Digest) -> Result<Box<dyn ReadSeek>, Error> {
    let path = path_of(digest);
    let failed = |e| host::Error::io("reading", Path::new(&path), e);
    if measure(&mut file).map_err(failed)?.0 != *digest {
        return Err(Error::Altered { digest: *digest });
    }
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Ok(file)
}

/// Where bytes wait for their digest.
pub const INCOMING: &str = "snapshots/incoming";

#[cfg(test)]
mod tests;
