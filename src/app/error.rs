//! Why it was not done.

use super::without_text::WithoutText;
use crate::outcome::Outcome;
use crate::{host, index, keystore, ledger, snapshots, store, sync, transport};
use claimledger_core::{audit, encoding, envelope, log, tlog};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The words of the command do not make sense together.
    #[error("{0}")]
    Usage(String),
    /// The person said no.
    #[error("the statement was not signed; nothing was added")]
    Declined,
    /// A name stands for a thing of another kind.
    #[error("{name:?} is {found}, not {wanted}")]
    WrongKind {
        /// What was named.
        name: String,
        /// Its type.
        found: String,
        /// What was needed.
        wanted: String,
    },
    /// No text of a source is at hand to quote from.
    #[error("there is no text of source {name} here: {why}")]
    NoText {
        /// The source.
        name: String,
        /// Why.
        why: WithoutText,
    },
    /// The command does not say who signs.
    #[error("the signer is not known: {0}")]
    WhoSigns(String),
    /// No rating of that name on the scale.
    #[error("{rating:?} is not a rating of the scale; its ratings are: {ratings}")]
    NoSuchRating {
        /// What was asked for.
        rating: String,
        /// What the scale has.
        ratings: String,
    },
    /// A file that a person wrote cannot be read.
    #[error("cannot read {path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// One item of a case cannot be added.
    #[error("{item} of the case cannot be added")]
    Case {
        /// Which.
        item: String,
        /// Why.
        #[source]
        source: Box<Error>,
    },
    /// A name in a case stands for something else already.
    #[error("{name:?} is already the name of {what}")]
    NameTaken {
        /// The name.
        name: String,
        /// Of what.
        what: String,
    },
    /// Nothing is added at this place.
    #[error("{place} is {what}: it can be read, but nothing can be added to it")]
    OnlyRead {
        /// The place.
        place: String,
        /// What it is.
        what: &'static str,
    },
    /// A file is where one is to be written.
    #[error("{path} already exists")]
    FileExists {
        /// The file.
        path: String,
    },
    /// A place that no file of this kind is written to.
    #[error("{path} cannot be written: {what}")]
    Protected {
        /// The file or folder.
        path: String,
        /// Why.
        what: String,
    },
    /// Bytes that a source needs are nowhere at hand.
    #[error("{envelope} names the bytes {digest}, but they are not here")]
    BytesMissing {
        /// The envelope.
        envelope: String,
        /// Their SHA-256.
        digest: claimledger_core::crypto::Digest,
    },
    /// Not a key that signs this ledger's checkpoints.
    #[error("{name:?} does not sign checkpoints of this ledger; the keys that do are {keys}")]
    NoCheckpointKey {
        /// What was named.
        name: String,
        /// Those that do.
        keys: String,
    },
    /// The only checkpoint key cannot be retired.
    #[error("this is the only key that signs checkpoints")]
    LastCheckpointKey,
    /// The ledger has no recovery keys.
    #[error("entry 0 of this ledger names no recovery keys")]
    NoRecovery,
    /// Not a recovery key of the ledger.
    #[error("{name} is not one of the recovery keys that the request names")]
    NoRecoveryKey {
        /// The key.
        name: String,
    },
    /// Too few recovery keys have signed.
    #[error("too few recovery keys signed: {have} of {need}")]
    TooFewSigned {
        /// How many have.
        have: u64,
        /// How many must.
        need: u64,
    },
    /// A word that can mean more than one key.
    #[error("{word:?} can mean more than one key: {keys}")]
    KeyAmbiguous {
        /// What was given.
        word: String,
        /// The keys, with their holders.
        keys: String,
    },
    /// The key of that name has ended.
    #[error("the key {word} ended in entry {at}: {key}; {now}")]
    KeyEnded {
        /// What was given.
        word: String,
        /// The key, with its holder.
        key: String,
        /// The entry that ended it.
        at: u64,
        /// Which keys its holder has now.
        now: String,
    },
    /// A witness's key has another job, or is to have one.
    #[error("a witness needs a key of its own: {job}")]
    WitnessKey {
        /// Which.
        job: String,
    },
    /// Standard output could not be written.
    #[error(
        "{}the answer could not be written to standard output",
        done_first(done)
    )]
    AnswerNotWritten {
        /// What the command has done all the same, as it would have said it; empty if it only answers.
        done: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// A key.
    #[error(transparent)]
    Keystore(#[from] keystore::Error),
    /// An audit that could not be made.
    #[error(transparent)]
    Audit(#[from] audit::Error),
    /// A proof, a peer or a witness.
    #[error(transparent)]
    Sync(#[from] sync::Error),
    /// A source that could not be fetched.
    #[error(transparent)]
    Transport(#[from] transport::Error),
}

/// What was done, before the words about what was not.
fn done_first(done: &str) -> String {
    match done.trim() {
        "" => String::new(),
        done => format!("this was done: {done}; but "),
    }
}

macro_rules! through_ledger {
    ($($from:ty),+ $(,)?) => {
        $(impl From<$from> for Error {
            fn from(error: $from) -> Self { Self::Ledger(error.into()) }
        })+
    };
}
through_ledger!(
    encoding::Defect,
    envelope::Error,
    index::Error,
    snapshots::Error,
    store::Error,
    tlog::Error,
    ledger::RollbackError,
    log::Error,
    log::ReadError,
);

impl From<host::Error> for Error {
    fn from(error: host::Error) -> Self {
        match error {
            // Of a file that a person wrote it says the same as any other fault in it.
            host::Error::NotText { path, reason } => Self::File { path, reason },
            other => Self::Ledger(other.into()),
        }
    }
}

impl Error {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Usage(_) => "usage",
            Self::Declined => "declined",
            Self::WrongKind { .. } => "wrong-kind",
            Self::NoText { .. } => "source-no-text",
            Self::WhoSigns(_) => "signer-not-named",
            Self::NoSuchRating { .. } => "rating-unknown",
            Self::File { .. } => "file-malformed",
            Self::Case { source, .. } => source.code(),
            Self::NameTaken { .. } => "name-taken",
            Self::OnlyRead { .. } => "place-only-read",
            Self::FileExists { .. } => "file-exists",
            Self::Protected { .. } => "file-protected",
            Self::BytesMissing { .. } => "bytes-missing",
            Self::NoCheckpointKey { .. } => "checkpoint-key-unknown",
            Self::LastCheckpointKey => "last-checkpoint-key",
            Self::NoRecovery => "no-recovery-keys",
            Self::NoRecoveryKey { .. } => "not-a-recovery-key",
            Self::TooFewSigned { .. } => "recovery-too-few",
            Self::KeyAmbiguous { .. } => "key-ambiguous",
            Self::KeyEnded { .. } => "key-ended",
            Self::WitnessKey { .. } => "witness-key-taken",
            Self::AnswerNotWritten { .. } => "answer-not-written",
            Self::Ledger(error) => error.code(),
            Self::Keystore(error) => error.code(),
            Self::Audit(error) => error.code(),
            Self::Sync(error) => error.code(),
            Self::Transport(error) => error.code(),
        }
    }

    /// What it means to the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Usage(_) | Self::WhoSigns(_) => Outcome::Usage,
            Self::Declined | Self::WrongKind { .. } => Outcome::No,
            Self::Case { source, .. } => source.outcome(),
            Self::NoSuchRating { .. }
            | Self::NoText { .. }
            | Self::File { .. }
            | Self::NameTaken { .. }
            | Self::OnlyRead { .. }
            | Self::FileExists { .. }
            | Self::Protected { .. }
            | Self::BytesMissing { .. }
            | Self::NoCheckpointKey { .. }
            | Self::LastCheckpointKey
            | Self::NoRecovery
            | Self::NoRecoveryKey { .. }
            | Self::TooFewSigned { .. }
            | Self::KeyAmbiguous { .. }
            | Self::KeyEnded { .. }
            | Self::WitnessKey { .. } => Outcome::Refused,
            Self::Ledger(error) => error.outcome(),
            Self::Keystore(error) => error.outcome(),
            // What an audit sees is a finding; an error says that it could not look.
            Self::Audit(_) | Self::AnswerNotWritten { .. } => Outcome::CannotTell,
            Self::Sync(error) => error.outcome(),
            Self::Transport(error) => error.outcome(),
        }
    }
}
