//! What an audit finds: a fault or a note, with a code, and the entry or file it is about.

use crate::tlog::tile::TilePath;
use serde::Serialize;

/// Whether a finding makes the audit fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Something is wrong: exit 1.
    Fault,
    /// Something to know: exit 0.
    Note,
}

/// One finding of an audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Finding {
    /// Its stable code.
    pub code: FindingCode,
    /// Fault or note.
    pub severity: Severity,
    /// The entry it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// The file it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// What was found, with the evidence.
    pub message: String,
}

/// A finding's code: one of the audit's own, or that of a rule, an entry or an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct FindingCode(&'static str);

impl FindingCode {
    /// The code as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl Finding {
    /// A fault in an entry.
    pub fn in_entry(code: &'static str, entry: u64, message: impl Into<String>) -> Self {
        Self {
            code: FindingCode(code),
            severity: Severity::Fault,
            entry: Some(entry),
            file: None,
            message: message.into(),
        }
    }

    /// A fault in a file.
    pub fn in_file(
        code: &'static str,
        file: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: FindingCode(code),
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
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// The audit's own codes.
        pub mod code {
            $($(#[$doc])* pub const $name: &str = $word;)+
        }

        /// Every code of the audit's own, for the tests and documents that must cover the list.
        pub const OWN_CODES: &[&str] = &[$($word,)+];
    };
}

codes! {
    /// The checkpoint is not a signed note, or the note is not a checkpoint.
    CHECKPOINT_MALFORMED = "checkpoint-malformed",
    /// The checkpoint is not signed by the ledger's key.
    CHECKPOINT_SIGNATURE = "checkpoint-signature",
    /// The checkpoint names another origin than entry 0.
    CHECKPOINT_ORIGIN = "checkpoint-origin",
    /// The rebuilt tree has a different root than the checkpoint.
    ROOT_MISMATCH = "root-mismatch",
    /// A tile or bundle that the checkpoint covers is missing.
    TILE_MISSING = "tile-missing",
    /// A tile or bundle has the wrong length for its width.
    TILE_SIZE = "tile-size",
    /// A tile has other hashes than the entries give, or an older bundle has other entries.
    TILE_MISMATCH = "tile-mismatch",
    /// A bundle cannot be divided into entries.
    BUNDLE_MALFORMED = "bundle-malformed",
    /// An entry's bytes do not hash to the leaf in the tile.
    LEAF_MISMATCH = "leaf-mismatch",
    /// The signature is not by the key that the entry names.
    SIGNATURE_INVALID = "signature-invalid",
    /// The signature passes ZIP-215 but not the strict rule.
    SIGNATURE_NOT_PORTABLE = "signature-not-portable",
    /// The ledger has another id than expected.
    LEDGER_ID = "ledger-id-mismatch",
    /// The ledger has another key than expected.
    LEDGER_KEY = "ledger-key-mismatch",
    /// The ledger does not continue a checkpoint known from elsewhere.
    NOT_A_CONTINUATION = "not-a-continuation",
    /// A snapshot's bytes do not match their digest.
    SNAPSHOT_ALTERED = "snapshot-altered",
    /// A snapshot is longer or shorter than its source says.
    SNAPSHOT_LENGTH = "snapshot-length",
    /// A snapshot is missing although its source says it is held.
    SNAPSHOT_ABSENT = "snapshot-absent",
    /// An excerpt does not match its text.
    EXCERPT_BROKEN = "excerpt-broken",
    /// The bytes that an excerpt quotes are not text.
    EXCERPT_NO_TEXT = "excerpt-no-text",
    /// The file that closes this copy does not verify.
    CLOSED_INVALID = "closed-invalid",
    /// A file that does not belong in a ledger folder.
    STRAY_FILE = "stray-file",
    /// A tile past the checkpoint: a running or interrupted append.
    BEYOND_CHECKPOINT = "beyond-checkpoint",
    /// A commit was interrupted after its checkpoint was signed.
    COMMIT_PENDING = "commit-pending",
    /// An entry's time is in the future.
    TIME_IN_FUTURE = "time-in-future",
    /// This copy is closed: it takes no more entries.
    COPY_CLOSED = "copy-closed",
    /// The head kept as cosigned cannot be read, or is not the ledger's.
    COSIGNED_INVALID = "cosigned-invalid",
    /// A line names a witness of the policy and is not its cosignature.
    COSIGNATURE_INVALID = "cosignature-invalid",
    /// No head met the quorum of the auditor's policy.
    QUORUM_NOT_MET = "quorum-not-met",
    /// A witness's key also has a job in the ledger it vouches for.
    WITNESS_ENROLLED = "witness-key-enrolled",
    /// An observed head of another ledger is not part of that ledger's history.
    OBSERVED_DIFFERS = "observed-differs",
    /// The other ledger does not have the statement that this one names.
    FOREIGN_UNKNOWN = "foreign-reference-unknown",
}
