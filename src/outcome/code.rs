//! Every stable code of the program, as a closed list: those of [`claimledger_core::Code`] and the program's own.
//!
//! So [`next_step`](crate::app::next_step) can be exhaustive: a code without a next step does not compile.

use claimledger_core::Code as Core;
use claimledger_core::code::UnknownCode;
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

macro_rules! codes {
    ($($variant:ident = $word:literal,)+) => {
        /// A stable code. A spelling never changes; `docs/rules.md` lists them all.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the spelling says it, and `next_step` says what to do")]
        pub enum Code {
            /// A code of the core: of the rules, the audit, the formats, or a place that cannot be read.
            Core(Core),
            $($variant,)+
        }

        impl Code {
            /// The program's own codes; those of the core are in [`Core::ALL`].
            pub const OWN: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is printed, e.g. `ledger-exists`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    Self::Core(code) => code.as_str(),
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl FromStr for Code {
            type Err = UnknownCode;

            fn from_str(word: &str) -> Result<Self, UnknownCode> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => word.parse().map(Self::Core),
                }
            }
        }
    };
}

impl From<Core> for Code {
    fn from(code: Core) -> Self {
        Self::Core(code)
    }
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
    LedgerExists = "ledger-exists",
    LedgerClosed = "ledger-closed",
    AdoptFirst = "adopt-first",
    CopyIsOld = "copy-is-old",
    LedgerReplaced = "ledger-replaced",
    OriginTaken = "origin-taken",
    LedgerUnknown = "ledger-unknown",
    HistoryForked = "history-forked",
    MemoryUnreadable = "memory-unreadable",
    CheckpointKeyWrong = "checkpoint-key-wrong",
    KeyUnknown = "key-unknown",
    KeyNotPrivate = "key-not-private",
    KeyExists = "key-exists",
    KeyName = "key-name",
    KeyAmbiguous = "key-ambiguous",
    KeyEnded = "key-ended",
    KeyRounds = "key-rounds",
    KeyExposed = "key-exposed",
    KeyNotEd25519 = "key-not-ed25519",
    KeyMalformed = "key-malformed",
    KeyMismatch = "key-mismatch",
    PassphraseWrong = "passphrase-wrong",
    PassphraseNeeded = "passphrase-needed",
    AgentFailed = "agent-failed",
    Ambiguous = "ambiguous",
    WrongKind = "wrong-kind",
    ExtractorUnknown = "extractor-unknown",
    QuotationNotFound = "quotation-not-found",
    QuotationGone = "quotation-gone",
    QuotationAmbiguous = "quotation-ambiguous",
    PeerOtherLedger = "peer-other-ledger",
    IndexHeld = "index-held",
    IndexCorrupt = "index-corrupt",
    AnswerNotWritten = "answer-not-written",
    SourcePrivateKey = "source-private-key",
    SourceNoText = "source-no-text",
    SignerNotNamed = "signer-not-named",
    ClockBehind = "clock-behind",
    ClockUnset = "clock-unset",
    DateUnclear = "date-unclear",
    WhichScale = "which-scale",
    NoScale = "no-scale",
    NameTaken = "name-taken",
    PlaceOnlyRead = "place-only-read",
    FileExists = "file-exists",
    FileProtected = "file-protected",
    BytesMissing = "bytes-missing",
    LastCheckpointKey = "last-checkpoint-key",
    NoRecoveryKeys = "no-recovery-keys",
    NotARecoveryKey = "not-a-recovery-key",
    BatchOtherHead = "batch-other-head",
    PeerBehind = "peer-behind",
    NewerElsewhere = "newer-elsewhere",
    PeerForked = "peer-forked",
    PeerFaults = "peer-faults",
    Mirror = "mirror",
    ExportOther = "export-other",
    NoQuorum = "no-quorum",
    WitnessKeyTaken = "witness-key-taken",
    WitnessAhead = "witness-ahead",
    WitnessRefused = "witness-refused",
    WitnessBusy = "witness-busy",
    WitnessWithoutAddress = "witness-without-address",
    WitnessSilent = "witness-silent",
    CheckpointNotSigned = "checkpoint-not-signed",
    SiteHead = "site-head",
    SiteOtherLedger = "site-other-ledger",
    SiteOtherHistory = "site-other-history",
    SiteNewer = "site-newer",
    SiteUnreadable = "site-unreadable",
    SitePageMissing = "site-page-missing",
    SitePageUnknown = "site-page-unknown",
    SitePageOlder = "site-page-older",
    SitePageAltered = "site-page-altered",
    SiteRating = "site-rating",
    SiteDate = "site-date",
    SiteBanner = "site-banner",
    SiteQuotation = "site-quotation",
    SiteRecord = "site-record",
    SiteMarkup = "site-markup",
    SiteLink = "site-link",
    SiteScript = "site-script",
    SitePolicy = "site-policy",
    SiteFeed = "site-feed",
    SiteFileMissing = "site-file-missing",
    SiteFileUnknown = "site-file-unknown",
    SiteFileAltered = "site-file-altered",
    Declined = "declined",
    Usage = "usage",
}
