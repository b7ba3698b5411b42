//! Files with several proofs, and their verification: a dossier proves a verdict, fork evidence proves that a log
//! signed two histories.
//!
//! What this is not: it has no rules of its own. `rules` judges the entries of a dossier as it judges those of a log.
//! It opens no file and trusts nobody. One small trait decides which entries belong together: the maker implements it
//! over the ledger, the verifier over the file itself.

pub(crate) mod file;
pub mod fork;
mod judge;
pub mod report;
pub mod select;
pub mod single;
pub mod verify;
mod lookup;

pub use crate::dossier::file::File;
pub use crate::dossier::fork::ForkEvidence;
pub use crate::dossier::report::DossierReport;
pub use crate::dossier::select::{Lookup, heads, select};
pub use crate::dossier::single::Single;
pub use crate::dossier::verify::{Pins, verify};

use crate::crypto::Digest;
use crate::rules::Rejection;
use crate::{encoding, entry, envelope, tlog};

/// Why a file proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not of this form.
    #[error("this is not a {what}: {reason}")]
    Malformed {
        /// What it should be.
        what: &'static str,
        /// Why it is none.
        reason: String,
    },
    /// The bytes were changed in a place that no signature or hash covers.
    #[error("the file was altered: its digest differs from the one in its second line")]
    Altered,
    /// An entry cannot be read, or its signature is not by its key.
    #[error("entry {index}: {reason}")]
    Entry {
        /// Which.
        index: u64,
        /// The code of what is wrong.
        code: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A bare envelope cannot be read, or its signature is not by its key.
    #[error(transparent)]
    Envelope(#[from] envelope::Error),
    /// The entries and hashes do not give the checkpoint's root.
    #[error("the entries do not belong to the tree of the checkpoint: {0}")]
    Inclusion(#[source] tlog::Error),
    /// The checkpoint's signature.
    #[error("the checkpoint cannot be accepted: {0}")]
    Checkpoint(#[source] tlog::Error),
    /// The file is from another ledger than expected.
    #[error("this file belongs to {found}, but {wanted} was expected")]
    OtherLedger {
        /// What it is of.
        found: String,
        /// What was asked for.
        wanted: String,
    },
    /// The expected key no longer signs, according to the entries in the file.
    #[error(
        "{vkey} was expected, but entry {entry} retired that key and another key signed this head"
    )]
    RetiredKey {
        /// The key asked for.
        vkey: String,
        /// The entry that retired it.
        entry: u64,
    },
    /// Something that belongs to the subject is missing from the file.
    #[error("entry {by} needs {what}, but this file does not contain it")]
    Incomplete {
        /// The entry that needs it.
        by: u64,
        /// What it needs.
        what: String,
    },
    /// Something in the file has nothing to do with the subject.
    #[error("entry {index} is not related to entry {subject} and must not be in this file")]
    Stray {
        /// Which.
        index: u64,
        /// The subject.
        subject: u64,
    },
    /// The rules refuse an entry.
    #[error("entry {index} breaks a rule of the ledger: {rejection}")]
    Refused {
        /// Which.
        index: u64,
        /// The rule.
        rejection: Box<Rejection>,
    },
    /// More entries than one file may carry.
    #[error("more than {limit} entries belong to entry {subject}, too many for one dossier")]
    TooLarge {
        /// The subject.
        subject: u64,
        /// The limit.
        limit: usize,
    },
    /// The two checkpoints can both be true.
    #[error("this file does not prove a fork: {reason}")]
    NoFork {
        /// Why.
        reason: String,
    },
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "dossier-malformed",
            Self::Altered => "dossier-altered",
            Self::Entry { code, .. } => code,
            Self::Envelope(error) => error.code(),
            Self::Inclusion(error) | Self::Checkpoint(error) => error.code(),
            Self::OtherLedger { .. } => "dossier-other-ledger",
            Self::RetiredKey { .. } => "ledger-key-retired",
            Self::Incomplete { .. } => "dossier-incomplete",
            Self::Stray { .. } => "dossier-stray-entry",
            Self::Refused { rejection, .. } => rejection.code(),
            Self::TooLarge { .. } => "dossier-too-large",
            Self::NoFork { .. } => "fork-not-shown",
        }
    }
}

impl Error {
    fn entry(index: u64, error: &entry::Error) -> Self {
        Self::Entry {
            index,
            code: error.code(),
            reason: error.to_string(),
        }
    }

    fn envelope(index: u64, error: &envelope::Error) -> Self {
        Self::Entry {
            index,
            code: error.code(),
            reason: error.to_string(),
        }
    }
}

/// Reads lines of `<word> <value>`, the form of all files of this room.
fn value<'a>(line: Option<&'a str>, word: &str) -> Option<&'a str> {
    line?.strip_prefix(word)?.strip_prefix(' ')
}

/// A number in decimal, without leading zeros.
fn decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|n: &u64| n.to_string() == text)
}

fn base64(text: &str, what: &'static str) -> Result<Vec<u8>, Error> {
    encoding::bytes::from_base64(text).map_err(|e| Error::Malformed {
        what,
        reason: e.message,
    })
}

fn digest(text: &str, what: &'static str) -> Result<Digest, Error> {
    let bytes: [u8; 32] = base64(text, what)?
        .try_into()
        .map_err(|_| Error::Malformed {
            what,
            reason: "a hash has 32 bytes".to_owned(),
        })?;
    Ok(Digest::from_bytes(bytes))
}
