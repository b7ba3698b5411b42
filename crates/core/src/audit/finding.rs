//! What an audit saw: a fault or a note, with a code, and the entry or file it is about.

use crate::code::Code;
use crate::message::Message;
use crate::tlog::EntryIndex;
use crate::tlog::tile::TilePath;
use serde::Serialize;

/// Whether a finding makes the answer no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Something is wrong: exit 1.
    Fault,
    /// Something to know: exit 0.
    Note,
}

/// One thing that an audit saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// The checkpoint is no signed note, or not one of a checkpoint.
    CHECKPOINT_MALFORMED = CheckpointMalformed,
    /// The checkpoint's signature is not the ledger's.
    CHECKPOINT_SIGNATURE = CheckpointSignature,
    /// The checkpoint is of another origin than entry 0.
    CHECKPOINT_ORIGIN = CheckpointOrigin,
    /// The rebuilt tree has another root than the checkpoint.
    ROOT_MISMATCH = RootMismatch,
    /// A tile or bundle that the checkpoint covers is not there.
    TILE_MISSING = TileMissing,
    /// A tile or bundle has another length than its width asks for.
    TILE_SIZE = TileSize,
    /// A tile holds other hashes than the entries make, or an older bundle other entries.
    TILE_MISMATCH = TileMismatch,
    /// A bundle does not divide into its entries.
    BUNDLE_MALFORMED = BundleMalformed,
    /// An entry's bytes do not hash to the leaf that the tile holds.
    LEAF_MISMATCH = LeafMismatch,
    /// The signature is not the key's.
    SIGNATURE_INVALID = SignatureInvalid,
    /// The signature passes ZIP-215 and fails the strict rule.
    SIGNATURE_NOT_PORTABLE = SignatureNotPortable,
    /// Another ledger than the one asked for.
    LEDGER_ID = LedgerIdMismatch,
    /// Another key than the one asked for.
    LEDGER_KEY = LedgerKeyMismatch,
    /// The ledger does not continue a checkpoint known from elsewhere.
    NOT_A_CONTINUATION = NotAContinuation,
    /// A snapshot's bytes are not those of its digest.
    SNAPSHOT_ALTERED = SnapshotAltered,
    /// A snapshot has another length than its source says.
    SNAPSHOT_LENGTH = SnapshotLength,
    /// A snapshot that its source calls held is not here.
    SNAPSHOT_ABSENT = SnapshotAbsent,
    /// An excerpt is not in its text.
    EXCERPT_BROKEN = ExcerptBroken,
    /// An excerpt's text is no text.
    EXCERPT_NO_TEXT = ExcerptNoText,
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
    /// This copy is closed: it takes no more entries.
    COPY_CLOSED = CopyClosed,
    /// The head kept as cosigned cannot be read, or is not the ledger's.
    COSIGNED_INVALID = CosignedInvalid,
    /// A line names a witness of the policy and is not its cosignature.
    COSIGNATURE_INVALID = CosignatureInvalid,
    /// No head met the quorum of the policy brought along.
    QUORUM_NOT_MET = QuorumNotMet,
    /// A witness's key has a job in the ledger that it vouches for.
    WITNESS_ENROLLED = WitnessKeyEnrolled,
    /// An observed head of another ledger is not one of its history.
    OBSERVED_DIFFERS = ObservedDiffers,
    /// Another ledger has no such statement as this one names there.
    FOREIGN_UNKNOWN = ForeignReferenceUnknown,
}
