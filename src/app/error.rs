//! Why a use case failed.

use super::without_text::WithoutText;
use crate::outcome::{Code, Outcome};
use crate::{host, index, keystore, ledger, snapshots, store, sync, transport};
use claimledger_core::Code as Core;
use claimledger_core::encoding::foreign;
use claimledger_core::message;
use claimledger_core::model::StatementType;
use claimledger_core::{EntryIndex, Message, TreeSize};
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
    /// No scale of that name.
    #[error("{name:?} is not a scale of this ledger; its scales are: {}", scales.join(", "))]
    NoSuchScale {
        /// What was asked for.
        name: String,
        /// The scales that there are, as `organisation/scale`.
        scales: Vec<String>,
    },
    /// The scale has no rating of that name.
    #[error(
        "{rating:?} is not a rating of the scale {scale}; its ratings are: {}",
        labelled(ratings)
    )]
    NoSuchRating {
        /// What was asked for.
        rating: String,
        /// The scale and its version.
        scale: String,
        /// What the scale has: labels and codes.
        ratings: Vec<(Message, String)>,
        /// A scale that has the rating, by the name that `--scale` takes.
        elsewhere: Option<String>,
    },
    /// The ledger has no statement of that name and type.
    #[error("{name:?} does not name anything in the first {size} entries of this ledger")]
    NotNamed {
        /// What was asked for.
        name: String,
        /// Up to where.
        size: TreeSize,
        /// What was needed.
        wanted: StatementType,
    },
    /// A file that a person wrote cannot be read.
    #[error("cannot read {path}: {reason}")]
    File {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// A file that a person wrote has faults.
    #[error("{}", all_faults(path, faults))]
    Faults {
        /// The file.
        path: String,
        /// Each of them, in the order of the lines; at least one.
        faults: Vec<Fault>,
    },
    /// A value in a file that a person wrote cannot be used.
    #[error("{0}")]
    Malformed(String),
    /// One field of what a person gave is refused.
    #[error("{why}")]
    Field {
        /// Its name, that of the option too.
        field: &'static str,
        /// Why.
        why: Box<Error>,
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

/// One fault in a file that a person wrote.
#[derive(Debug)]
pub struct Fault {
    /// The line, from 1.
    pub line: Option<usize>,
    /// The item, such as `claim 2 (closing)`.
    pub item: Option<String>,
    /// The field of the item.
    pub field: Option<String>,
    /// What is wrong.
    pub why: Error,
}

impl Fault {
    /// `line 12, claim 2 (closing), due`; nothing for a fault of the whole file.
    pub fn place(&self) -> String {
        let line = self.line.map(|line| format!("line {line}"));
        // The author of the file chose the name of a field that does not exist.
        let field = self.field.as_deref().map(foreign::name);
        let parts = [line, self.item.clone(), field];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Says which field of what a person gave an error is about.
pub trait InField<T> {
    /// The result, with the name of the field in its error.
    ///
    /// # Errors
    ///
    /// [`Error::Field`].
    fn in_field(self, field: &'static str) -> Result<T, Error>;
}

impl<T, E: Into<Error>> InField<T> for Result<T, E> {
    fn in_field(self, field: &'static str) -> Result<T, Error> {
        self.map_err(|e| match e.into() {
            // The innermost field is the right one.
            within @ Error::Field { .. } => within,
            why => Error::Field {
                field,
                why: Box::new(why),
            },
        })
    }
}

fn all_faults(path: &str, faults: &[Fault]) -> String {
    match faults {
        [one] if one.place().is_empty() => format!("{path}: {}", one.why),
        [one] => format!("{path}, {}: {}", one.place(), one.why),
        many => format!("{path} has {} faults", many.len()),
    }
}

/// `Half true (half-true), False (false)`.
fn labelled(ratings: &[(Message, String)]) -> Message {
    let shown = ratings
        .iter()
        .map(|(label, code)| message!("{label} ({code})", label));
    Message::join(&shown.collect::<Vec<_>>(), ", ")
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
    /// The refusal of a file; nothing if it has no faults.
    ///
    /// # Errors
    ///
    /// [`Error::Faults`], in the order of the lines.
    pub fn if_any(path: &str, mut faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() {
            return Ok(());
        }
        faults.sort_by_key(|fault| fault.line);
        Err(Self::Faults {
            path: path.to_owned(),
            faults,
        })
    }

    /// The error itself, without the field that it is about.
    pub fn bare(&self) -> &Self {
        match self {
            Self::Field { why, .. } => why.bare(),
            other => other,
        }
    }

    /// Why, with the keys and statements in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::Ledger(error) => error.message(),
            Self::Audit(error) => error.message(),
            Self::Sync(error) => error.message(),
            Self::Field { why, .. } => why.message(),
            Self::WhichScale { scales } => {
                message!("several scales can be meant: {scales}", scales)
            }
            Self::NoSuchRating {
                rating,
                scale,
                ratings,
                ..
            } => {
                let ratings = labelled(ratings);
                message!(
                    "{rating:?} is not a rating of the scale {scale}; its ratings are: {ratings}",
                    ratings
                )
            }
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
            Self::NoSuchScale { .. } | Self::NotNamed { .. } => Code::Core(Core::NotFound),
            Self::File { .. } | Self::Malformed(_) => Code::Core(Core::FileMalformed),
            Self::Faults { faults, .. } => match faults.first() {
                Some(first) => first.why.code(),
                None => Code::Core(Core::FileMalformed),
            },
            Self::Field { why, .. } => why.code(),
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
            Self::Declined
            | Self::WrongKind { .. }
            | Self::NoSuchScale { .. }
            | Self::NotNamed { .. } => Outcome::No,
            Self::Faults { faults, .. } => faults
                .first()
                .map_or(Outcome::Refused, |first| first.why.outcome()),
            Self::Field { why, .. } => why.outcome(),
            Self::NoSuchRating { .. }
            | Self::NoScale
            | Self::NoText { .. }
            | Self::File { .. }
            | Self::Malformed(_)
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
