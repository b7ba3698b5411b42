//! What an audit finds: a fault or a note, with a code, and the entry or file it is about.

use crate::code::Code;
use crate::message::Message;
use crate::tlog::EntryIndex;
use crate::tlog::tile::TilePath;
use serde::Serialize;

/// Whether a finding makes the audit fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Something is wrong: exit 1.
    Fault,
    /// Something to know: exit 0.
    Note,
}

/// One finding of an audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Finding {
    /// Its stable code: one of the audit's own, or that of the rejection, entry or spelling that it found.
    pub code: Code,
    /// Fault or note.
    pub severity: Severity,
    /// The entry it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryIndex>,
    /// The file it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What was seen, with the evidence.
    pub message: Message,
}

impl Finding {
    /// A fault in an entry.
    pub fn in_entry(code: Code, entry: EntryIndex, message: impl Into<Message>) -> Self {
        Self {
            code,
            severity: Severity::Fault,
            entry: Some(entry),
            file: None,
            message: message.into(),
        }
    }

    /// A fault in a file.
    pub fn in_file(code: Code, file: impl Into<String>, message: impl Into<Message>) -> Self {
        Self {
            code,
            severity: Severity::Fault,
            entry: None,
            file: Some(file.into()),
            message: message.into(),
        }
    }

    /// The tile or bundle that it is about, if it is about one.
    pub fn tile(&self) -> Option<TilePath> {
        self.file.as_deref()?.parse().ok()
    }

    /// The same finding as a note.
    pub(crate) fn into_note(mut self) -> Self {
        self.severity = Severity::Note;
        self
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:ident,)+) => {
        /// The audit's own codes.
        pub mod code {
            use crate::code::Code;
            $($(#[$doc])* pub const $name: Code = Code::$code;)+
        }

        /// Every code of the audit's own, for the tests and documents that must cover the list.
        pub const OWN_CODES: &[Code] = &[$(Code::$code,)+];
    };
}

codes! {
    /// The checkpoint is not a signed note, or the note is not a checkpoint.
    CHECKPOINT_MALFORMED = CheckpointMalformed,
    /// The checkpoint is not signed by the ledger's key.
    CHECKPOINT_SIGNATURE = CheckpointSignature,
    /// The checkpoint names another origin than entry 0.
    CHECKPOINT_ORIGIN = CheckpointOrigin,
    /// The rebuilt tree has a different root than the checkpoint.
    ROOT_MISMATCH = RootMismatch,
    /// A tile or bundle that the checkpoint covers is missing.
    TILE_MISSING = TileMissing,
    /// A tile or bundle has the wrong length for its width.
    TILE_SIZE = TileSize,
    /// A tile has other hashes than the entries give, or an older bundle has other entries.
    TILE_MISMATCH = TileMismatch,
    /// A bundle cannot be divided into entries.
    BUNDLE_MALFORMED = BundleMalformed,
    /// An entry's bytes do not hash to the leaf in the tile.
    LEAF_MISMATCH = LeafMismatch,
    /// The signature is not by the key that the entry names.
    SIGNATURE_INVALID = SignatureInvalid,
    /// The signature passes ZIP-215 but not the strict rule.
    SIGNATURE_NOT_PORTABLE = SignatureNotPortable,
    /// The ledger has another id than expected.
    LEDGER_ID = LedgerIdMismatch,
    /// The ledger has another key than expected.
    LEDGER_KEY = LedgerKeyMismatch,
    /// The ledger does not continue a checkpoint known from elsewhere.
    NOT_A_CONTINUATION = NotAContinuation,
    /// A snapshot's bytes do not match their digest.
    SNAPSHOT_ALTERED = SnapshotAltered,
    /// A snapshot is longer or shorter than its source says.
    SNAPSHOT_LENGTH = SnapshotLength,
    /// A snapshot is missing although its source says it is held.
    SNAPSHOT_ABSENT = SnapshotAbsent,
    /// The extractor that a statement names extracts another text from the bytes.
    TEXT_NOT_OF_BYTES = TextNotOfBytes,
    /// An excerpt does not match its text.
    EXCERPT_BROKEN = ExcerptBroken,
    /// The bytes that an excerpt quotes are not text.
    EXCERPT_NO_TEXT = ExcerptNoText,
    /// A capture says something else of an earlier quotation than its text shows.
    QUOTATION_MISSTATED = QuotationMisstated,
    /// The file that closes this copy does not verify.
    CLOSED_INVALID = ClosedInvalid,
    /// A file that does not belong in a ledger folder.
    STRAY_FILE = StrayFile,
    /// A tile past the checkpoint: a running or interrupted append.
    BEYOND_CHECKPOINT = BeyondCheckpoint,
    /// A commit was interrupted after its checkpoint was signed.
    COMMIT_PENDING = CommitPending,
    /// An entry's time is in the future.
    TIME_IN_FUTURE = TimeInFuture,
    /// A statement has characters that cannot be seen or that change the direction of writing.
    UNSEEN_CHARACTERS = UnseenCharacters,
    /// What a web archive proves of itself does not hold, or is not what its entry says.
    ARCHIVE_PROOF_WRONG = ArchiveProofWrong,
    /// This copy is closed: it takes no more entries.
    COPY_CLOSED = CopyClosed,
    /// The head kept as cosigned cannot be read, or is not the ledger's.
    COSIGNED_INVALID = CosignedInvalid,
    /// A line names a witness of the policy and is not its cosignature.
    COSIGNATURE_INVALID = CosignatureInvalid,
    /// No head met the quorum of the auditor's policy.
    QUORUM_NOT_MET = QuorumNotMet,
    /// A witness's key also has a job in the ledger it vouches for.
    WITNESS_ENROLLED = WitnessKeyEnrolled,
    /// An observed head of another ledger is not part of that ledger's history.
    OBSERVED_DIFFERS = ObservedDiffers,
    /// The other ledger does not have the statement that this one names.
    FOREIGN_UNKNOWN = ForeignReferenceUnknown,
}
