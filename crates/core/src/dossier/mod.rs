//! Files with several proofs, and their verification: a dossier proves a verdict, fork evidence proves that a log
//! signed two histories.
//!
//! What this is not: it has no rules of its own. `rules` judges the entries of a dossier as it judges those of a log.
//! It opens no file and trusts nobody. One small trait decides which entries belong together: the maker implements it
//! over the ledger, the verifier over the file itself.

pub(crate) mod file;
pub mod fork;
mod judge;
mod quotations;
pub mod report;
pub mod select;
pub mod single;
pub mod verify;
mod lookup;

pub use crate::dossier::file::{File, MAX_DOSSIER_BYTES};
pub use crate::dossier::fork::ForkEvidence;
pub use crate::dossier::report::DossierReport;
pub use crate::dossier::select::{Lookup, choose, heads, select};
pub use crate::dossier::single::Single;
pub use crate::dossier::verify::{Pins, verify};
use crate::tlog::EntryIndex;

use crate::code::Code;
use crate::crypto::Digest;
use crate::log::ExcerptError;
use crate::message;
use crate::message::Message;
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
    #[error("{}", in_entry(*index, reason))]
    Entry {
        /// Which.
        index: EntryIndex,
        /// The code of what is wrong.
        code: Code,
        /// What is wrong.
        reason: Message,
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
    #[error("{}", other_ledger(found, wanted))]
    OtherLedger {
        /// What it is of.
        found: Message,
        /// What was asked for.
        wanted: Message,
    },
    /// The expected key no longer signs, according to the entries in the file.
    #[error(
        "{vkey} was expected, but entry {entry} retired that key and another key signed this head"
    )]
    RetiredKey {
        /// The key asked for.
        vkey: String,
        /// The entry that retired it.
        entry: EntryIndex,
    },
    /// Something that belongs to the subject is missing from the file.
    #[error("entry {by} needs {what}, but this file does not contain it")]
    Incomplete {
        /// The entry that needs it.
        by: EntryIndex,
        /// What it needs.
        what: String,
    },
    /// Something in the file has nothing to do with the subject.
    #[error("entry {index} is not related to entry {subject} and must not be in this file")]
    Stray {
        /// Which.
        index: EntryIndex,
        /// The subject.
        subject: EntryIndex,
    },
    /// A quotation does not stand in the text that the file has.
    #[error("entry {index}: {source}")]
    Excerpt {
        /// The entry that quotes.
        index: EntryIndex,
        /// Why not.
        source: ExcerptError,
    },
    /// A text in the file is quoted by none of its entries.
    #[error("no entry of this file quotes the text {digest}, so it must not be in this file")]
    StrayText {
        /// Its digest.
        digest: Digest,
    },
    /// The rules refuse an entry.
    #[error("{}", refused(*index, rejection))]
    Refused {
        /// Which.
        index: EntryIndex,
        /// The rule.
        rejection: Box<Rejection>,
    },
    /// More entries than one file may carry.
    #[error("more than {limit} entries belong to entry {subject}, too many for one dossier")]
    TooLarge {
        /// The subject.
        subject: EntryIndex,
        /// The limit.
        limit: usize,
    },
    /// More bytes than one file may have.
    #[error("the dossier would have {bytes} bytes, and {limit} are the limit")]
    TooLong {
        /// Its bytes.
        bytes: usize,
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

fn in_entry(index: EntryIndex, reason: &Message) -> Message {
    message!("entry {index}: {reason}", index, reason)
}

fn other_ledger(found: &Message, wanted: &Message) -> Message {
    message!(
        "this file belongs to {found}, but {wanted} was expected",
        found,
        wanted
    )
}

fn refused(index: EntryIndex, rejection: &Rejection) -> Message {
    let rule = rejection.message();
    message!(
        "entry {index} breaks a rule of the ledger: {rule}",
        index,
        rule
    )
}

impl Error {
    /// What was wrong, with the keys and statements in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::Entry { index, reason, .. } => in_entry(*index, reason),
            Self::Envelope(error) => error.message(),
            Self::OtherLedger { found, wanted } => other_ledger(found, wanted),
            Self::Refused { index, rejection } => refused(*index, rejection),
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Malformed { .. } => Code::DossierMalformed,
            Self::Altered => Code::DossierAltered,
            Self::Entry { code, .. } => *code,
            Self::Envelope(error) => error.code(),
            Self::Inclusion(error) | Self::Checkpoint(error) => error.code(),
            Self::OtherLedger { .. } => Code::DossierOtherLedger,
            Self::RetiredKey { .. } => Code::LedgerKeyRetired,
            Self::Incomplete { .. } => Code::DossierIncomplete,
            Self::Stray { .. } => Code::DossierStrayEntry,
            Self::StrayText { .. } => Code::DossierStrayText,
            Self::Excerpt { source, .. } => source.code(),
            Self::Refused { rejection, .. } => rejection.code(),
            Self::TooLarge { .. } | Self::TooLong { .. } => Code::DossierTooLarge,
            Self::NoFork { .. } => Code::ForkNotShown,
        }
    }
}

impl Error {
    fn entry(index: EntryIndex, error: &entry::Error) -> Self {
        Self::Entry {
            index,
            code: error.code(),
            reason: error.message(),
        }
    }

    fn envelope(index: EntryIndex, error: &envelope::Error) -> Self {
        Self::Entry {
            index,
            code: error.code(),
            reason: error.message(),
        }
    }
}

/// Reads lines of `<word> <value>`, the form of all files of this room.
fn value<'a>(line: Option<&'a str>, word: &str) -> Option<&'a str> {
    line?.strip_prefix(word)?.strip_prefix(' ')
}

/// A number in decimal, without leading zeros.
fn decimal(text: &str) -> Option<EntryIndex> {
    text.parse()
        .ok()
        .filter(|n: &EntryIndex| n.to_string() == text)
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
