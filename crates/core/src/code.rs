//! Every stable code that this crate gives: to an error, to a rejection and to a finding of the audit.
//!
//! Each code is spelled here and nowhere else, so that an error and a finding about the same thing have the same code.
//! The codes of disks, servers and stores are here too: a [`ReadError`](crate::log::ReadError) carries one of them.

use serde::Serialize;
use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    ($($variant:ident = $word:literal,)+) => {
        /// A stable code: what an error, a rejection or a finding is called in JSON and in documents. A spelling never
        /// changes. `docs/rules.md` says what each code means and what to do next.
        ///
        /// The enum is exhaustive on purpose: a program that says what to do next about each code does not compile until
        /// it has a sentence for a new one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the spelling says it, and docs/rules.md explains it")]
        pub enum Code { $($variant,)+ }

        impl Code {
            /// Every code, once.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is printed, e.g. `bad-date`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl FromStr for Code {
            type Err = UnknownCode;

            fn from_str(word: &str) -> Result<Self, UnknownCode> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownCode { word: word.to_owned() }),
                }
            }
        }
    };
}

/// A word that is not a stable code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not a stable code")]
pub struct UnknownCode {
    /// The word.
    pub word: String,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// As its spelling.
impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[a-z0-9-]+$" })
    }
}

/// A code equals its spelling.
impl PartialEq<&str> for Code {
    fn eq(&self, spelling: &&str) -> bool {
        self.as_str() == *spelling
    }
}

codes! {
    // the spelling of a value (`DefectCode`)
    TooLong = "too-long",
    BadDate = "bad-date",
    NotUtf8 = "not-utf8",
    BadLabel = "bad-label",
    BadSlug = "bad-slug",
    BadOrigin = "bad-origin",
    BadLanguage = "bad-language",
    BadUrl = "bad-url",
    UrlScheme = "url-scheme",
    BadMediaType = "bad-media-type",
    EmptyValue = "empty-value",
    ControlCharacter = "control-character",
    FieldsDisagree = "fields-disagree",
    UnknownWord = "unknown-word",
    ListOrder = "list-order",
    NotJson = "not-json",
    TrailingBytes = "trailing-bytes",
    NotCanonical = "not-canonical",
    DuplicateField = "duplicate-field",
    UnknownField = "unknown-field",
    FieldMissing = "field-missing",
    FieldName = "field-name",
    NumberForm = "number-form",
    NullValue = "null-value",
    TooDeep = "too-deep",
    LoneSurrogate = "lone-surrogate",
    WrongShape = "wrong-shape",
    BadTime = "bad-time",
    BadBase64 = "bad-base64",
    BadHex = "bad-hex",
    BadKey = "bad-key",
    UnknownType = "unknown-type",

    // a note, checkpoint, tile, proof or message of a witness
    CheckpointMalformed = "checkpoint-malformed",
    ProofMalformed = "proof-malformed",
    ProofFails = "proof-fails",
    PolicyMalformed = "policy-malformed",
    NoteMalformed = "note-malformed",
    NoteNotSigned = "note-not-signed",
    NoteSignature = "note-signature",
    VkeyMalformed = "vkey-malformed",
    TileMalformed = "tile-malformed",
    TilePath = "tile-path",
    TileEdge = "tile-edge",
    WitnessMalformed = "witness-malformed",

    // an envelope or an entry
    EntryMalformed = "entry-malformed",
    EntryNotCanonical = "entry-not-canonical",
    EntryVersion = "entry-version",
    EntryIndex = "entry-index",
    EntryKeyMismatch = "entry-key-mismatch",
    TimeBackwards = "time-backwards",
    ChainBroken = "chain-broken",
    EntryTooLong = "entry-too-long",
    SignatureInvalid = "signature-invalid",
    PayloadType = "payload-type",
    SignatureCount = "signature-count",

    // the rules (`Rejection`)
    SeenAhead = "seen-ahead",
    SeenNotOurs = "seen-not-ours",
    KeyNotEnrolled = "key-not-enrolled",
    KeyRevoked = "key-revoked",
    KeyDistrusted = "key-distrusted",
    RoleMissing = "role-missing",
    OtherOrganisation = "other-organisation",
    NotItsOrganisation = "not-its-organisation",
    ImporterCorrection = "importer-correction",
    CorrectionChain = "correction-chain",
    FounderOnly = "founder-only",
    LastAdmin = "last-admin",
    DistrustAhead = "distrust-ahead",
    RecoveryKey = "recovery-key",
    RecoveryNone = "recovery-none",
    RecoverySignature = "recovery-signature",
    RecoveryTooFew = "recovery-too-few",
    RecoveryStale = "recovery-stale",
    CheckpointKeyUnknown = "checkpoint-key-unknown",
    CheckpointKeyLast = "checkpoint-key-last",
    ReferenceWithdrawn = "reference-withdrawn",
    AlreadyWithdrawn = "already-withdrawn",
    ReferenceSuperseded = "reference-superseded",
    AlreadySuperseded = "already-superseded",
    OtherClaim = "other-claim",
    EvidenceNotSeen = "evidence-not-seen",
    ClaimNotSeen = "claim-not-seen",
    SnapshotNotOfSource = "snapshot-not-of-source",
    SnapshotNotHeld = "snapshot-not-held",
    ExcerptNotOfSource = "excerpt-not-of-source",
    ScaleVersion = "scale-version",
    ScaleNotAdopted = "scale-not-adopted",
    PolicyBounds = "policy-bounds",
    OwnStatement = "own-statement",
    OtherPerson = "other-person",
    WordNotSeen = "word-not-seen",
    DisputeAnswered = "dispute-answered",
    DespiteMissing = "despite-missing",
    ReviewChanged = "review-changed",
    ObservedKey = "observed-key",
    CorroborationMismatch = "corroboration-mismatch",
    CorroborationMethod = "corroboration-method",
    CorroborationStale = "corroboration-stale",
    CorroborationTooLarge = "corroboration-too-large",
    RulesVersion = "rules-version",
    RulesOrder = "rules-order",
    CheckpointKey = "checkpoint-key",
    KeyTaken = "key-taken",
    PossessionInvalid = "possession-invalid",
    OrganisationUnknown = "organisation-unknown",
    ReferenceUnknown = "reference-unknown",
    ReferenceType = "reference-type",
    LabelTaken = "label-taken",
    RatingUnknown = "rating-unknown",
    IssuedAhead = "issued-ahead",
    DateAhead = "date-ahead",
    IssuedBefore = "issued-before",
    SecondCreation = "second-creation",
    FirstEntry = "first-entry",
    WrongLedger = "wrong-ledger",
    StatementRepeated = "statement-repeated",

    // a log that cannot be read
    NoLedger = "no-ledger",
    LedgerDamaged = "ledger-damaged",
    TileUnreadable = "tile-unreadable",
    TilesMissing = "tiles-missing",
    NotFound = "not-found",
    ExcerptBroken = "excerpt-broken",
    ExcerptNoText = "excerpt-no-text",
    QuotationMisstated = "quotation-misstated",

    // a dossier or the evidence of a fork
    DossierOtherLedger = "dossier-other-ledger",
    DossierMalformed = "dossier-malformed",
    DossierAltered = "dossier-altered",
    DossierIncomplete = "dossier-incomplete",
    DossierStrayEntry = "dossier-stray-entry",
    DossierStrayText = "dossier-stray-text",
    LedgerKeyRetired = "ledger-key-retired",
    DossierTooLarge = "dossier-too-large",
    ForkNotShown = "fork-not-shown",

    // what only an audit finds
    CheckpointSignature = "checkpoint-signature",
    CheckpointOrigin = "checkpoint-origin",
    RootMismatch = "root-mismatch",
    TileMissing = "tile-missing",
    TileSize = "tile-size",
    TileMismatch = "tile-mismatch",
    BundleMalformed = "bundle-malformed",
    LeafMismatch = "leaf-mismatch",
    NotAContinuation = "not-a-continuation",
    KeptCheckpointMalformed = "kept-checkpoint-malformed",
    SnapshotAltered = "snapshot-altered",
    TextNotOfBytes = "text-not-of-bytes",
    SignatureNotPortable = "signature-not-portable",
    LedgerIdMismatch = "ledger-id-mismatch",
    LedgerKeyMismatch = "ledger-key-mismatch",
    SnapshotLength = "snapshot-length",
    SnapshotAbsent = "snapshot-absent",
    ClosedInvalid = "closed-invalid",
    CopyClosed = "copy-closed",
    StrayFile = "stray-file",
    BeyondCheckpoint = "beyond-checkpoint",
    CommitPending = "commit-pending",
    TimeInFuture = "time-in-future",
    UnseenCharacters = "unseen-characters",
    ArchiveProofWrong = "archive-proof-wrong",
    CosignedInvalid = "cosigned-invalid",
    CosignatureInvalid = "cosignature-invalid",
    QuorumNotMet = "quorum-not-met",
    WitnessKeyEnrolled = "witness-key-enrolled",
    ObservedDiffers = "observed-differs",
    ForeignReferenceUnknown = "foreign-reference-unknown",

    // the machine, the network, or a store: the causes of a `ReadError`, and what else fails there
    CheckpointUnsupported = "checkpoint-unsupported",
    LedgerLocked = "ledger-locked",
    DiskFull = "disk-full",
    PermissionDenied = "permission-denied",
    ReadOnly = "read-only",
    NetworkFilesystem = "network-filesystem",
    CommitUnfinished = "commit-unfinished",
    ClosedAfterFailure = "closed-after-failure",
    LedgerOvertaken = "ledger-overtaken",
    UrlNotHttp = "url-not-http",
    UrlCredentials = "url-credentials",
    PrivateAddress = "private-address",
    ResponseTooLarge = "response-too-large",
    TimedOut = "timed-out",
    Redirects = "redirects",
    HttpStatus = "http-status",
    Network = "network",
    NotAPlainFile = "not-a-plain-file",
    Io = "io",
    NoHome = "no-home",
    TimeZoneUnknown = "time-zone-unknown",
    FileTooLarge = "file-too-large",
    FileMalformed = "file-malformed",
    PeerUntruthful = "peer-untruthful",
    CannotListen = "cannot-listen",
    ArchiveRefused = "archive-refused",
    Exists = "exists",
    NoRandomness = "no-randomness",
    NoThreads = "no-threads",
}
