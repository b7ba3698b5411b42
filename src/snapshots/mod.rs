//! What sources said, by digest: blobs beside the log, their texts, and quotations from those texts.
//!
//! What this is not: it does not know to which source a blob belongs; the log says that. It fetches nothing.

pub mod capture;
pub mod excerpt;
pub mod extractors;
pub mod private_key;
pub mod waiting;

pub use capture::{Captured, Known, ResponseHead, capture};
pub use extractors::{Extractors, ReadAs};
pub use waiting::Waiting;

use crate::host::disk::Disk;
use crate::host::{self, random};
use crate::outcome::{Code, Outcome};
use crate::store;
use crate::text::invisible::{remarks, shown};
use claimledger_core::Code as Core;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::log::ReadSeek;
use claimledger_core::log::Reader;
use claimledger_core::log::blobs::{Measured, measure, measure_within, path_of};
use claimledger_core::log::names::INCOMING;
use claimledger_core::log::{self, ReadError};
use private_key::{LOOKED_AT_BYTES, private_key};
use std::io::{Read, Seek as _, SeekFrom};
use std::path::Path;

/// Why a snapshot could not be kept, read or quoted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes under a digest do not match it.
    #[error("the snapshot {digest} was altered: its bytes have a different digest")]
    Altered {
        /// The digest asked for.
        digest: Digest,
    },
    /// The quotation is not in the text.
    #[error("{}", not_found(quote, nearest.as_deref(), *alike))]
    NotFound {
        /// The quotation.
        quote: String,
        /// The most similar passage, for the person to look at; never used in its place.
        nearest: Option<String>,
        /// Whether that passage is whole and looks the same as the quotation.
        alike: bool,
    },
    /// The quotation occurs more than once.
    #[error("the text contains \"{}\" {} times: {}", shown(quote), places.len(), places.join("; "))]
    Ambiguous {
        /// The quotation.
        quote: String,
        /// Each place, with the text around it.
        places: Vec<String>,
    },
    /// A new copy of a source lacks words that were quoted from it, and nobody has confirmed that they are gone.
    #[error(
        "the new copy does not have every quotation: {}: sign that only if the source itself has changed",
        std::iter::once(found).chain(doubts).cloned().collect::<Vec<_>>().join("; ")
    )]
    QuotationsGone {
        /// How many are gone.
        gone: usize,
        /// What was found of each.
        found: String,
        /// What changed.
        notes: Vec<String>,
        /// Why what came may not be the source.
        doubts: Vec<String>,
    },
    /// A text is not what its extractor finds in the bytes.
    #[error("the text {digest} is not the text of these bytes: {why}")]
    TextDiffers {
        /// The digest of the text.
        digest: Digest,
        /// What the extractor found.
        why: String,
    },
    /// The extractor that a statement names is not one of this program.
    #[error("this program does not have the extractor \"{}\"", shown(extractor))]
    UnknownExtractor {
        /// Its name and revision.
        extractor: String,
    },
    /// The place it is in.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A private key. Publishing it is never intended.
    #[error("this is {kind}, not a source; it was not stored")]
    PrivateKey {
        /// Of which kind.
        kind: &'static str,
    },
    /// A value does not have the form that the statement requires.
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
    pub fn code(&self) -> Code {
        match self {
            Self::Altered { .. } => Code::Core(Core::SnapshotAltered),
            Self::NotFound { .. } => Code::QuotationNotFound,
            Self::Ambiguous { .. } => Code::QuotationAmbiguous,
            Self::QuotationsGone { .. } => Code::QuotationGone,
            Self::TextDiffers { .. } => Code::Core(Core::TextNotOfBytes),
            Self::UnknownExtractor { .. } => Code::ExtractorUnknown,
            Self::PrivateKey { .. } => Code::SourcePrivateKey,
            Self::Store(error) => error.code().into(),
            Self::Spelling(defect) => Code::Core(defect.code.into()),
            Self::Host(error) => error.code().into(),
        }
    }

    /// The text's own words, if a quotation that is not in it looks like them.
    pub fn own_words(&self) -> Option<&str> {
        match self {
            Self::NotFound {
                nearest: Some(own),
                alike: true,
                ..
            } => Some(own),
            _ => None,
        }
    }

    /// The outcome for the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NotFound { .. }
            | Self::Ambiguous { .. }
            | Self::QuotationsGone { .. }
            | Self::TextDiffers { .. }
            | Self::UnknownExtractor { .. }
            | Self::PrivateKey { .. } => Outcome::Refused,
            Self::Altered { .. } | Self::Store(_) | Self::Spelling(_) | Self::Host(_) => {
                Outcome::CannotTell
            }
        }
    }
}

/// That a quotation is not in the text, the passage most similar to it, and the differences that no eye sees.
fn not_found(quote: &str, nearest: Option<&str>, alike: bool) -> String {
    let remarks = nearest.map(|nearest| remarks(quote, nearest));
    let remarks = remarks.unwrap_or_default();
    let quote = shown(quote);
    match nearest.map(shown) {
        None => format!("the text does not contain \"{quote}\""),
        Some(own) if alike => format!(
            "the text does not contain \"{quote}\" in exactly these characters; its own words are \"{own}\"{remarks}"
        ),
        Some(near) => {
            format!("the text does not contain \"{quote}\"; nearest to it is \"{near}\"{remarks}")
        }
    }
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

    /// Keeps the bytes; when it returns, they are durable. The same bytes twice are one blob; an altered blob is
    /// written again.
    pub fn put(&self, bytes: &[u8]) -> Result<Digest, Error> {
        Ok(self.keep(&mut { bytes })?.0)
    }

    /// Keeps bytes that somebody brings, in pieces and of any length, and returns their digest and length.
    ///
    /// # Errors
    ///
    /// [`Error::PrivateKey`] if they are one; nothing is kept then.
    pub fn put_from(&self, from: &mut dyn Read) -> Result<(Digest, u64), Error> {
        let mut head = Vec::new();
        from.take(LOOKED_AT_BYTES as u64)
            .read_to_end(&mut head)
            .map_err(|e| host::Error::io("reading", Path::new("the snapshot"), e))?;
        if let Some(kind) = private_key(&head) {
            return Err(Error::PrivateKey { kind });
        }
        self.keep(&mut head.chain(from))
    }

    fn keep(&self, from: &mut dyn Read) -> Result<(Digest, u64), Error> {
        let number = u64::from_be_bytes(*random::bytes()?);
        // The digest is the name of the file and is known only at the end, so the bytes are first written under
        // another name.
        let waiting = format!("{INCOMING}/{number:016x}");
        let mut measured = Measured::new(from);
        let kept = self
            .disk
            .create_streamed(&waiting, &mut measured)
            .and_then(|()| {
                // A crash before the renaming leaves a file in `incoming` without a digest; after it, a blob that
                // perhaps no entry names. Both can be removed.
                let (digest, length) = measured.finish();
                let path = path_of(&digest);
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                self.disk.make_folder(folder)?;
                self.disk.rename(&waiting, &path)?;
                self.disk.sync_folder(folder)?;
                Ok((digest, length))
            });
        if kept.is_err() {
            // The first failure is the one to report.
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

    /// The same, with its digest checked by reading it once; `None` also if it has more than `most` bytes, of which no more
    /// is read.
    pub fn open_checked(
        &self,
        digest: &Digest,
        most: u64,
    ) -> Result<Option<Box<dyn ReadSeek>>, Error> {
        let file = self.open(digest)?;
        let file = file.map(|file| checked(file, digest, most));
        Ok(file.transpose()?.flatten())
    }

    /// Digest and length of the file at the place of the blob `digest`; `None` if there is none.
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

/// The text of a digest at a place that is only read, with its digest checked by reading it once; `None` if it is not
/// held there, or is longer than a text can be.
pub fn open_text(reader: &dyn Reader, digest: &Digest) -> Result<Option<Box<dyn ReadSeek>>, Error> {
    let file = reader.open_within(&path_of(digest), MAX_TEXT_SOURCE_BYTES)?;
    let file = file.map(|file| checked(file, digest, MAX_TEXT_SOURCE_BYTES));
    Ok(file.transpose()?.flatten())
}

/// A file whose bytes have this digest; `None` if it has more than `most` of them.
fn checked(
    mut file: Box<dyn ReadSeek>,
    digest: &Digest,
    most: u64,
) -> Result<Option<Box<dyn ReadSeek>>, Error> {
    let path = path_of(digest);
    let failed = |e| host::Error::io("reading", Path::new(&path), e);
    match measure_within(&mut file, most).map_err(failed)? {
        None => return Ok(None),
        Some((found, _)) if found != *digest => return Err(Error::Altered { digest: *digest }),
        Some(_) => {}
    }
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    Ok(Some(file))
}

#[cfg(test)]
mod tests;
