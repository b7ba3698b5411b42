//! Verifies fact-check claim ledgers. A newsroom's claims, sources and verdicts stand in an append-only, hash-chained log,
//! each signed with the key of the person who made it.
//!
//! # Which function do I want?
//!
//! | you have | you want to know | call |
//! |---|---|---|
//! | a dossier (`x.dossier`) | whether a verdict is genuine, who signed and who approved it | [`verify_dossier`] |
//! | one signed statement (`x.dsse.json`) | what was signed, and with which key | [`verify_envelope`] |
//! | the proof of one entry (`x.tlog-proof`) | whether the entry is in a ledger | [`verify_tlog_proof`] |
//! | fork evidence | whether a ledger signed two histories | [`ForkEvidence::verify`] |
//! | a ledger: a folder, a URL, files in memory | whether all of it is sound | [`audit`], over a [`Reader`] |
//! | a ledger that must be sound | which verdict on a claim counts now | [`AuditedLedger::current_verdict`] |
//! | the same | how independent the sources of a claim are | [`AuditedLedger::corroborate`] |
//! | a ledger | one entry | [`Log::statement`] |
//! | a signed checkpoint | how many entries it covers, and whether a key signed it | [`SignedCheckpoint`] |
//! | a statement of any type | what its fields mean | [`model`] |
//! | a report | what its parts mean | [`parts`] |
//!
//! ```
//! use claimledger_core::{Verification, Pins, verify_dossier};
//!
//! let file = std::fs::read("examples-data/lorries.dossier")?;
//! // You must know from elsewhere which ledger you mean: by its id, or by its key.
//! let pins = Pins {
//!     ledger_id: Some("72959a183018bc8acc696305bb027c6a1092ea87bf3036411dd9c4c5a7c10a99".parse()?),
//!     ..Pins::default()
//! };
//! let report = verify_dossier(&file, &pins)?;
//! assert_eq!(report.answer, Verification::Verified);
//! for not in &report.not_proven {
//!     println!("not proven: {}: {}", not.what, not.why);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it does not do
//!
//! It has no clock, opens no file, uses no network and draws no random number. The caller gives the time and a seed
//! ([`AuditOptions`]) and reads the files ([`Reader`]). It signs nothing and writes no ledger: the program `claimledger`
//! does. Errors and findings have a stable [`Code`]: compare it, never the text of a message.
//!
//! # Features
//!
//! `parallel` (default) lets the audit use all cores, with rayon. Without it everything runs in the calling thread. The
//! answers are the same. `schema` gives the JSON Schema of each type of statement, in `model::schema`.
//!
//! # Versions
//!
//! Rust 1.89 or later. The names at the root, in [`model`] and in [`parts`] follow semantic versioning. Other modules are public only
//! for the program `claimledger`, are hidden here, and may change in any release.
//!
//! # For those who work on this crate
//!
//! The rooms stand in floor order in `lib.rs`: a room may use only rooms above it in that list.

#[doc(inline)]
pub use crate::audit::{
    AuditReport, AuditedLedger, Error as AuditError, Finding, Options as AuditOptions, Severity,
    Trust, audit,
};
#[doc(inline)]
pub use crate::code::Code;
#[doc(inline)]
pub use crate::corroboration::Analysis;
#[doc(inline)]
pub use crate::crypto::{Digest, PublicKey};
#[doc(inline)]
pub use crate::dossier::{
    DossierReport, Error as DossierError, ForkEvidence, Pins, Single as ProvenStatement,
    report::Verification, single::verify as verify_tlog_proof, verify::verify as verify_dossier,
};
#[doc(inline)]
pub use crate::encoding::{millis::UnixMillis, name::Origin};
#[doc(inline)]
pub use crate::entry::Entry;
#[doc(inline)]
pub use crate::envelope::{Error as EnvelopeError, Verified, file::verify as verify_envelope};
#[doc(inline)]
pub use crate::log::{Error as LogError, FilesInMemory, Log, ReadError, Reader};
#[doc(inline)]
pub use crate::message::{Message, Piece};
#[doc(inline)]
pub use crate::model::{Body, Statement, StatementId, StatementType};
#[doc(inline)]
pub use crate::rules::Standing;
#[doc(inline)]
pub use crate::tlog::{
    EntryIndex, TreeSize, checkpoint::SignedCheckpoint, note::VerifierKey, policy::WitnessPolicy,
};

/// The types of the fields of reports, statements and errors.
pub mod parts {
    #[doc(inline)]
    pub use crate::audit::report::{CheckCounts, CosignedBy, HeldBy, NotChecked, Witnessed};
    #[doc(inline)]
    pub use crate::corroboration::{
        Conflict, NeitherSide, OwnWord, OwnWordReason, Place, Side, TooLarge,
    };
    #[doc(inline)]
    pub use crate::crypto::{Error as CryptoError, Signature};
    #[doc(inline)]
    pub use crate::dossier::fork::Fork;
    #[doc(inline)]
    pub use crate::dossier::report::{Ingredients, NotJudged, NotProven, ProvenEntry, SeenBy};
    #[doc(inline)]
    pub use crate::encoding::foreign::Foreign;
    #[doc(inline)]
    pub use crate::encoding::name::{Label, Language, MediaType, Slug, Url};
    #[doc(inline)]
    pub use crate::encoding::text::Text;
    #[doc(inline)]
    pub use crate::encoding::time::{Instant, PartialDate};
    #[doc(inline)]
    pub use crate::encoding::{Defect, DefectCode};
    #[doc(inline)]
    pub use crate::entry::Error as EntryError;
    #[doc(inline)]
    pub use crate::log::reader::ReadSeek;
    #[doc(inline)]
    pub use crate::log::{CheckpointKeys, LogHead};
    #[doc(inline)]
    pub use crate::rules::Rejection;
    #[doc(inline)]
    pub use crate::rules::standing::approval::{
        Approval, ApprovalOutcome, Attestation, Discount, Lack,
    };
    #[doc(inline)]
    pub use crate::rules::standing::objection::Disputed;
    #[doc(inline)]
    pub use crate::tlog::Error as TlogError;
    #[doc(inline)]
    pub use crate::tlog::checkpoint::Checkpoint;
    #[doc(inline)]
    pub use crate::tlog::note::Note;
}

// Hidden modules are for our own program and promise nothing.
// pure: bytes in, bytes out; no clock, no files, no network
#[doc(hidden)]
pub mod code;
#[doc(hidden)]
pub mod encoding;
#[doc(hidden)]
pub mod crypto;
#[doc(hidden)]
pub mod tlog;
pub mod model;
#[doc(hidden)]
pub mod message;
#[doc(hidden)]
pub mod envelope;
#[doc(hidden)]
pub mod entry;
#[doc(hidden)]
pub mod corroboration;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod log;
#[doc(hidden)]
pub mod dossier;
#[doc(hidden)]
pub mod audit;
