//! Why a use case failed.

use super::without_text::WithoutText;
use crate::outcome::{Code, Outcome};
use crate::{host, index, keystore, ledger, snapshots, store, sync, transport};
use claimledger_core::Code as Core;
use claimledger_core::message;
use claimledger_core::{EntryIndex, Message};
use claimledger_core::{audit, encoding, envelope, log, tlog};

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The arguments contradict each other.
    #[error("{0}")]
    Usage(String),
    /// The person said no.
    #[error("the statement was not signed; nothing was added")]
    Declined,
    /// A name stands for a thing of the wrong kind.
    #[error("{name:?} is {found}, not {wanted}")]
    WrongKind {
        /// What was named.
        name: String,
        /// Its type.
        found: String,
        /// What was needed.
        wanted: String,
    },
    /// No text of a source is available for quoting.
    #[error("there is no text of source {name} here: {why}")]
    NoText {
        /// The source.
        name: String,
        /// Why.
        why: WithoutText,
    },
    /// The command does not name a signer.
    #[error("the signer is not known: {0}")]
    WhoSigns(String),
    /// The clock says a time before 1970.
    #[error("this machine's clock says a time before 1970")]
    ClockUnset,
    /// A day or an instant is not one place in the log, because the ledger's clock ran ahead there.
    #[error(
        "{when} is not one place in this log: the ledger's clock ran ahead at entry {by_ledger}. By the ledger's clock it is \
         entry {by_ledger}, by the clocks of the signers it is entry {by_signers}"
    )]
    DateUnclear {
        /// The day or instant.
        when: String,
        /// The first entry from then on by the times of entries.
        by_ledger: EntryIndex,
        /// The first entry from then on by the times that signers gave; the next entry if there is none.
        by_signers: EntryIndex,
    },
    /// Several scales could be meant.
    #[error("several scales can be meant: {scales}")]
    WhichScale {
        /// The scales.
        scales: Message,
    },
    /// There is no scale to rate on.
    #[error("there is no rating scale to use")]
    NoScale,
    /// The scale has no rating of that name.
    #[error("{rating:?} is not a rating of the scale; its ratings are: {ratings}")]
    NoSuchRating {
        /// What was asked for.
        rating: String,
        /// What the scale has.
        ratings: Message,
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
    /// A name in a case already stands for something else.
    #[error("{name:?} is already the name of {what}")]
    NameTaken {
        /// The name.
        name: String,
        /// Of what.
        what: String,
    },
    /// Nothing can be added at this place.
    #[error("{place} is {what}: it can be read, but nothing can be added to it")]
    OnlyRead {
        /// The place.
        place: String,
        /// What it is.
        what: &'static str,
    },
    /// The file to be written already exists.
    #[error("{path} already exists")]
    FileExists {
        /// The file.
        path: String,
    },
    /// A file of this kind must not be written at this place.
    #[error("{path} cannot be written: {what}")]
    Protected {
        /// The file or folder.
        path: String,
        /// Why.
        what: String,
    },
    /// Bytes that a source needs cannot be found.
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
        at: EntryIndex,
        /// Which keys its holder has now.
        now: String,
    },
    /// A witness's key has another job, or would get one.
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
        /// What the command has done, in the words of its answer; empty if it only reads.
        done: String,
        /// The error of the system.
        #[source]
        source: std::io::Error,
    },
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// A key.
    #[error(transparent)]
    Keystore(#[from] keystore::Error),
    /// There is no audit, for this reason.
    #[error(transparent)]
    Audit(#[from] audit::Error),
    /// A proof, a peer or a witness.
    #[error(transparent)]
    Sync(#[from] sync::Error),
    /// A source that could not be fetched.
    #[error(transparent)]
    Transport(#[from] transport::Error),
}

/// The beginning of a message: what was done.
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

/// The entries of a dossier are in memory: a look-up in them never fails.
impl From<std::convert::Infallible> for Error {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

impl From<host::Error> for Error {
    fn from(error: host::Error) -> Self {
        match error {
            // A fault in a file that a person wrote has the same meaning as any other fault in it.
            host::Error::NotText { path, reason } => Self::File { path, reason },
            other => Self::Ledger(other.into()),
        }
    }
}

impl Error {
    /// Why, with the keys and statements in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::Ledger(error) => error.message(),
            Self::Audit(error) => error.message(),
            Self::Sync(error) => error.message(),
            Self::WhichScale { scales } => {
                message!("several scales can be meant: {scales}", scales)
            }
            Self::NoSuchRating { rating, ratings } => message!(
                "{rating:?} is not a rating of the scale; its ratings are: {ratings}",
                ratings
            ),
            Self::NoText { name, why } => {
                let why = why.message();
                message!("there is no text of source {name} here: {why}", why)
            }
            other => other.to_string().into(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Usage(_) => Code::Usage,
            Self::Declined => Code::Declined,
            Self::WrongKind { .. } => Code::WrongKind,
            Self::NoText { .. } => Code::SourceNoText,
            Self::WhoSigns(_) => Code::SignerNotNamed,
            Self::ClockUnset => Code::ClockUnset,
            Self::DateUnclear { .. } => Code::DateUnclear,
            Self::WhichScale { .. } => Code::WhichScale,
            Self::NoScale => Code::NoScale,
            Self::NoSuchRating { .. } => Code::Core(Core::RatingUnknown),
            Self::File { .. } => Code::Core(Core::FileMalformed),
            Self::Case { source, .. } => source.code(),
            Self::NameTaken { .. } => Code::NameTaken,
            Self::OnlyRead { .. } => Code::PlaceOnlyRead,
            Self::FileExists { .. } => Code::FileExists,
            Self::Protected { .. } => Code::FileProtected,
            Self::BytesMissing { .. } => Code::BytesMissing,
            Self::NoCheckpointKey { .. } => Code::Core(Core::CheckpointKeyUnknown),
            Self::LastCheckpointKey => Code::LastCheckpointKey,
            Self::NoRecovery => Code::NoRecoveryKeys,
            Self::NoRecoveryKey { .. } => Code::NotARecoveryKey,
            Self::TooFewSigned { .. } => Code::Core(Core::RecoveryTooFew),
            Self::KeyAmbiguous { .. } => Code::KeyAmbiguous,
            Self::KeyEnded { .. } => Code::KeyEnded,
            Self::WitnessKey { .. } => Code::WitnessKeyTaken,
            Self::AnswerNotWritten { .. } => Code::AnswerNotWritten,
            Self::Ledger(error) => error.code(),
            Self::Keystore(error) => error.code(),
            Self::Audit(error) => error.code().into(),
            Self::Sync(error) => error.code(),
            Self::Transport(error) => error.code().into(),
        }
    }

    /// The outcome for the person who asked.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Usage(_)
            | Self::WhoSigns(_)
            | Self::WhichScale { .. }
            | Self::DateUnclear { .. } => Outcome::Usage,
            Self::Declined | Self::WrongKind { .. } => Outcome::No,
            Self::Case { source, .. } => source.outcome(),
            Self::NoSuchRating { .. }
            | Self::NoScale
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
            // What an audit finds is a finding. An error means that there was no audit.
            Self::Audit(_) | Self::ClockUnset | Self::AnswerNotWritten { .. } => {
                Outcome::CannotTell
            }
            Self::Sync(error) => error.outcome(),
            Self::Transport(error) => error.outcome(),
        }
    }
}
