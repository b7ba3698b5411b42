//! The closed list of rejections, with stable codes.

use crate::crypto::PublicKey;
use crate::encoding::name::{Label, Slug};
use crate::model::{StatementId, StatementType};

/// The rules forbid this statement here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// Entry 0 is something else than `ledger.create`.
    #[error("entry 0 must be ledger.create, not {found}")]
    FirstEntry {
        /// What it is.
        found: StatementType,
    },
    /// `ledger.create` after entry 0.
    #[error("ledger.create stands in entry 0 and nowhere else")]
    SecondCreation,
    /// The rules version is not known.
    #[error(
        "rules version {found}; this program knows version {}",
        super::RULES_VERSION
    )]
    RulesVersion {
        /// The version asked for.
        found: u64,
    },
    /// The statement was said to another ledger.
    #[error("the statement was made for ledger {found}, this is {ledger}")]
    WrongLedger {
        /// The ledger it names.
        found: StatementId,
        /// This ledger.
        ledger: StatementId,
    },
    /// The statement stands in the log already.
    #[error("statement {id} already stands in entry {index}")]
    Repeated {
        /// Its id.
        id: StatementId,
        /// Where it stands.
        index: u64,
    },
    /// Issued later than its entry's time allows.
    #[error("issued {issued}, more than 10 minutes after the entry's time")]
    IssuedAhead {
        /// The statement's own time.
        issued: String,
    },
    /// The key was never enrolled.
    #[error("key {key} is not enrolled in this ledger")]
    KeyUnknown {
        /// The key.
        key: PublicKey,
    },
    /// The key no longer signs.
    #[error("key {key} of {holder} no longer signs since entry {since}")]
    KeyRevoked {
        /// The key.
        key: PublicKey,
        /// Its holder.
        holder: Slug,
        /// The entry that ended it.
        since: u64,
    },
    /// A checkpoint key signs statements or is enrolled.
    #[error("key {key} signs this ledger's checkpoints and is nobody's own")]
    CheckpointKey {
        /// The key.
        key: PublicKey,
    },
    /// A key already taken is given to somebody else, or enrolled again after its end.
    #[error("key {key} belongs to {holder} and cannot be enrolled so: {reason}")]
    KeyTaken {
        /// The key.
        key: PublicKey,
        /// Whose it is.
        holder: Slug,
        /// Why not.
        reason: &'static str,
    },
    /// The proof of possession is not the new key's.
    #[error("the proof of possession is not a signature of key {key} over these words")]
    Possession {
        /// The key.
        key: PublicKey,
    },
    /// An organisation that is not in the ledger.
    #[error("organisation {organisation} is not in this ledger")]
    OrganisationUnknown {
        /// The organisation.
        organisation: Slug,
    },
    /// A reference to nothing.
    #[error("{field} names {id}, which is not in this ledger")]
    ReferenceUnknown {
        /// The field.
        field: &'static str,
        /// What it names.
        id: StatementId,
    },
    /// A reference to a thing of another kind.
    #[error("{field} names {id}, which is {found}, not {expected}")]
    ReferenceType {
        /// The field.
        field: &'static str,
        /// What it names.
        id: StatementId,
        /// What that is.
        found: StatementType,
        /// What may stand there.
        expected: String,
    },
    /// The label is another statement's.
    #[error("label {label:?} is that of statement {id}")]
    LabelTaken {
        /// The label.
        label: Label,
        /// Whose it is.
        id: StatementId,
    },
    /// The rating is not on the scale.
    #[error("rating {rating} is not on scale {scale}")]
    RatingUnknown {
        /// The rating.
        rating: Slug,
        /// The scale version.
        scale: StatementId,
    },
    /// The head the signer knew is not one of ours.
    #[error("the signer saw another history: their root at size {size} is not ours")]
    SeenNotOurs {
        /// The size they saw.
        size: u64,
    },
    /// The head the signer knew is newer than this copy.
    #[error("the signer saw {size} entries, this copy had {have}: this copy is old")]
    SeenAhead {
        /// The size they saw.
        size: u64,
        /// The entries before this one.
        have: u64,
    },
    /// Corroboration by a method that this version of the rules does not know.
    #[error("corroboration by method {method}; these rules know only 0, not computed")]
    CorroborationMethod {
        /// The method.
        method: u64,
    },
}

impl Rejection {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FirstEntry { .. } => "first-entry",
            Self::SecondCreation => "second-creation",
            Self::RulesVersion { .. } => "rules-version",
            Self::WrongLedger { .. } => "wrong-ledger",
            Self::Repeated { .. } => "statement-repeated",
            Self::IssuedAhead { .. } => "issued-ahead",
            Self::KeyUnknown { .. } => "key-not-enrolled",
            Self::KeyRevoked { .. } => "key-revoked",
            Self::CheckpointKey { .. } => "checkpoint-key",
            Self::KeyTaken { .. } => "key-taken",
            Self::Possession { .. } => "possession-invalid",
            Self::OrganisationUnknown { .. } => "organisation-unknown",
            Self::ReferenceUnknown { .. } => "reference-unknown",
            Self::ReferenceType { .. } => "reference-type",
            Self::LabelTaken { .. } => "label-taken",
            Self::RatingUnknown { .. } => "rating-unknown",
            Self::SeenNotOurs { .. } => "seen-not-ours",
            Self::SeenAhead { .. } => "seen-ahead",
            Self::CorroborationMethod { .. } => "corroboration-method",
        }
    }

    /// Every code, for the tests and documents that must cover the list.
    pub const CODES: &'static [&'static str] = &[
        "first-entry",
        "second-creation",
        "rules-version",
        "wrong-ledger",
        "statement-repeated",
        "issued-ahead",
        "key-not-enrolled",
        "key-revoked",
        "checkpoint-key",
        "key-taken",
        "possession-invalid",
        "organisation-unknown",
        "reference-unknown",
        "reference-type",
        "label-taken",
        "rating-unknown",
        "seen-not-ours",
        "seen-ahead",
        "corroboration-method",
    ];
}

/// The rules said no, or the view could not be read.
#[derive(Debug)]
pub enum Refusal<E> {
    /// The rules said no.
    Rejected(Rejection),
    /// The view could not answer.
    View(E),
}

impl<E> From<Rejection> for Refusal<E> {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}
