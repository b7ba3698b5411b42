//! The closed list of rejections, with stable codes.

use crate::code::Code;
use crate::crypto::{Digest, PublicKey};
use crate::encoding::name::{Label, Origin, Slug};
use crate::message;
use crate::message::Message;
use crate::model::{StatementId, StatementType};
use crate::tlog::{EntryIndex, TreeSize};
use std::fmt;

macro_rules! rejections {
    ($($(#[doc = $doc:literal])* #[error($template:literal)] $variant:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty,)* } = $code:ident,)+) => {
        /// The rules refuse this statement here. `docs/rules.md` says for each code when, why, and what to do next.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Rejection { $($(#[doc = $doc])* $variant { $($(#[$fdoc])* $field: $type,)* },)+ }

        impl Rejection {
            /// The stable code.
            pub fn code(&self) -> Code {
                match self { $(Self::$variant { .. } => Code::$code,)+ }
            }

            /// The rule that it breaks, with the keys and statements in it as values.
            pub fn message(&self) -> Message {
                match self { $(Self::$variant { $($field),* } => message!($template $(, $field)*),)+ }
            }

            /// Every code, for the tests and documents that must cover the list.
            pub const CODES: &'static [Code] = &[$(Code::$code,)+];
        }
    };
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for Rejection {}

rejections! {
    /// Entry 0 is not `ledger.create`.
    #[error("entry 0 must be ledger.create, not {found}")]
    FirstEntry {
        /** What it is. */ found: StatementType,
    } = FirstEntry,
    /// `ledger.create` after entry 0.
    #[error("ledger.create is allowed in entry 0 only")]
    SecondCreation {} = SecondCreation,
    /// This program does not know the version of the rules.
    #[error("the statement asks for rules version {found}; this program supports versions up to {known}")]
    RulesVersion {
        /** The version asked for. */ found: u64,
        /** The newest version known. */ known: u64,
    } = RulesVersion,
    /// An upgrade to a version other than the next.
    #[error("the statement upgrades to rules version {found}; version {current} is in force, and an upgrade must go to {current} + 1")]
    RulesOrder {
        /** The version asked for. */ found: u64,
        /** The version in force. */ current: u64,
    } = RulesOrder,
    /// The statement is for another ledger.
    #[error("the statement was made for ledger {found}, but this is ledger {ledger}")]
    WrongLedger {
        /** The ledger it names. */ found: StatementId,
        /** This ledger. */ ledger: StatementId,
    } = WrongLedger,
    /// The statement is already in the log.
    #[error("statement {id} is already in the ledger, in entry {index}")]
    Repeated {
        /** Its id. */ id: StatementId,
        /** Where it stands. */ index: EntryIndex,
    } = StatementRepeated,
    /// Issued later than its entry's time allows.
    #[error("the statement was issued {issued}, more than 10 minutes after the entry's time")]
    IssuedAhead {
        /** The statement's own time. */ issued: String,
    } = IssuedAhead,
    /// Issued before what it relies on.
    #[error("the statement was issued {issued}, more than a day before entry {index}, which it relies on ({field}): that was issued {named}")]
    IssuedBefore {
        /** The statement's own time. */ issued: String,
        /** The field that names it; `key` for the event that brought the signer's key. */ field: &'static str,
        /** The entry. */ index: EntryIndex,
        /** When that was issued. */ named: String,
    } = IssuedBefore,
    /// Something done is dated after the signature.
    #[error("{field} is {date}, but the statement was issued {issued}: nothing can be done on a day that has not begun anywhere")]
    DateAhead {
        /** The field. */ field: &'static str,
        /** Its date or instant. */ date: String,
        /** The statement's own time. */ issued: String,
    } = DateAhead,
    /// The key was never enrolled.
    #[error("key {key} is not enrolled in this ledger")]
    KeyUnknown {
        /** The key. */ key: PublicKey,
    } = KeyNotEnrolled,
    /// The key no longer signs.
    #[error("key {key} of {holder} was revoked or replaced in entry {since} and can no longer sign")]
    KeyRevoked {
        /** The key. */ key: PublicKey,
        /** Its holder. */ holder: Slug,
        /** The entry that ended it. */ since: EntryIndex,
    } = KeyRevoked,
    /// The key's roles rest on an event that is distrusted.
    #[error("key {key} of {holder} has its roles from entry {event}, which is distrusted, so it cannot sign")]
    KeyDistrusted {
        /** The key. */ key: PublicKey,
        /** Its holder. */ holder: Slug,
        /** The entry that gave it its roles. */ event: EntryIndex,
    } = KeyDistrusted,
    /// A checkpoint key signs statements or is enrolled.
    #[error("key {key} signs this ledger's checkpoints and cannot be a person's key")]
    CheckpointKey {
        /** The key. */ key: PublicKey,
    } = CheckpointKey,
    /// A recovery key signs statements or is enrolled.
    #[error("key {key} is a recovery key and cannot be a person's key")]
    RecoveryKey {
        /** The key. */ key: PublicKey,
    } = RecoveryKey,
    /// A key that is already known is given to somebody else, or enrolled again after its end.
    #[error("key {key} of {holder} cannot be enrolled: {reason}")]
    KeyTaken {
        /** The key. */ key: PublicKey,
        /** Whose it is. */ holder: Slug,
        /** Why not. */ reason: &'static str,
    } = KeyTaken,
    /// The proof of possession is not by the new key.
    #[error("the proof of possession was not signed by key {key} for this enrolment")]
    Possession {
        /** The key. */ key: PublicKey,
    } = PossessionInvalid,
    /// The signer's roles do not allow this.
    #[error("{statement} needs a role that allows it ({needed}); {holder} has only {has}")]
    RoleMissing {
        /** What was said. */ statement: StatementType,
        /** Who signed. */ holder: Slug,
        /** The roles they have. */ has: String,
        /** The roles; one of them is needed. */ needed: String,
    } = RoleMissing,
    /// The signer is from another organisation than the thing.
    #[error("only a member of {organisation} may sign this {statement}; {holder} is a member of {signer}")]
    OtherOrganisation {
        /** What was said. */ statement: StatementType,
        /** Who signed. */ holder: Slug,
        /** Their organisation. */ signer: Slug,
        /** The organisation it is about. */ organisation: Slug,
    } = OtherOrganisation,
    /// Only the founder's organisation may do this.
    #[error("only a member of {founder}, which founded this ledger, may sign {statement}; {holder} is a member of {signer}")]
    FounderOnly {
        /** What was said. */ statement: StatementType,
        /** Who signed. */ holder: Slug,
        /** Their organisation. */ signer: Slug,
        /** The founding organisation. */ founder: Slug,
    } = FounderOnly,
    /// An organisation would be left without an admin.
    #[error("key {key} is the last admin of {organisation}")]
    LastAdmin {
        /** The key. */ key: PublicKey,
        /** The organisation. */ organisation: Slug,
    } = LastAdmin,
    /// A revocation names an entry that does not exist yet.
    #[error("the statement distrusts a key from entry {from} on, but that is after entry {index}, this statement's own entry")]
    DistrustAhead {
        /** From where. */ from: EntryIndex,
        /** The entry that says so. */ index: EntryIndex,
    } = DistrustAhead,
    /// Entry 0 names no recovery keys.
    #[error("entry 0 names no recovery keys")]
    RecoveryNone {} = RecoveryNone,
    /// A signature by a key that is not a recovery key of entry 0, or a signature over other data.
    #[error("the signature of key {key} does not count for this recovery: {reason}")]
    RecoverySignature {
        /** The key. */ key: PublicKey,
        /** What is wrong. */ reason: &'static str,
    } = RecoverySignature,
    /// Fewer recovery keys signed than entry 0 requires.
    #[error("too few recovery keys signed: {found}, but entry 0 requires {needed}")]
    RecoveryTooFew {
        /** How many signed. */ found: u64,
        /** How many must. */ needed: u64,
    } = RecoveryTooFew,
    /// Keys changed since the recovery was signed.
    #[error("the recovery is out of date: it was signed after key event {found}, but the last key event is entry {last}")]
    RecoveryStale {
        /** The key event that the recovery names. */ found: EntryIndex,
        /** The last one. */ last: EntryIndex,
    } = RecoveryStale,
    /// The key does not sign checkpoints, or no longer does.
    #[error("key {key} does not sign this ledger's checkpoints")]
    CheckpointKeyUnknown {
        /** The key. */ key: PublicKey,
    } = CheckpointKeyUnknown,
    /// No key would be left to sign checkpoints.
    #[error("key {key} is the last key that signs this ledger's checkpoints")]
    CheckpointKeyLast {
        /** The key. */ key: PublicKey,
    } = CheckpointKeyLast,
    /// An organisation that is not in the ledger.
    #[error("organisation {organisation} is not in this ledger")]
    OrganisationUnknown {
        /** The organisation. */ organisation: Slug,
    } = OrganisationUnknown,
    /// A reference to nothing.
    #[error("{field} names {id}, which is not in this ledger")]
    ReferenceUnknown {
        /** The field. */ field: &'static str,
        /** What it names. */ id: StatementId,
    } = ReferenceUnknown,
    /// A reference to a thing of the wrong kind.
    #[error("{field} names {id}, which is {found}, not {expected}")]
    ReferenceType {
        /** The field. */ field: &'static str,
        /** What it names. */ id: StatementId,
        /** What that is. */ found: StatementType,
        /** What may stand there. */ expected: String,
    } = ReferenceType,
    /// A reference to a thing that is no longer in force.
    #[error("{field} names {id}, which was withdrawn by entry {by}")]
    ReferenceWithdrawn {
        /** The field. */ field: &'static str,
        /** What it names. */ id: StatementId,
        /** The withdrawal. */ by: EntryIndex,
    } = ReferenceWithdrawn,
    /// A reference to a superseded thing, where the newer one must be named.
    #[error("{field} names {id}, which was superseded by entry {by} (statement {newer})")]
    ReferenceSuperseded {
        /** The field. */ field: &'static str,
        /** What it names. */ id: StatementId,
        /** The entry that superseded it. */ by: EntryIndex,
        /** Its statement. */ newer: StatementId,
    } = ReferenceSuperseded,
    /// A second supersession of the same thing.
    #[error("{id} was already superseded by entry {by} (statement {first})")]
    AlreadySuperseded {
        /** The thing. */ id: StatementId,
        /** The entry that was first. */ by: EntryIndex,
        /** Its statement. */ first: StatementId,
    } = AlreadySuperseded,
    /// A second withdrawal of the same thing.
    #[error("{id} was already withdrawn by entry {by}")]
    AlreadyWithdrawn {
        /** The thing. */ id: StatementId,
        /** The withdrawal. */ by: EntryIndex,
    } = AlreadyWithdrawn,
    /// The statement to be superseded or withdrawn is from another organisation.
    #[error("{id} belongs to {organisation}; {holder} is a member of {signer}")]
    NotItsOrganisation {
        /** The statement. */ id: StatementId,
        /** Whose it is. */ organisation: Slug,
        /** Who signed. */ holder: Slug,
        /** Their organisation. */ signer: Slug,
    } = NotItsOrganisation,
    /// An importer corrects what a person recorded.
    #[error("{id} was recorded by a person; {holder} is an importer, and an importer corrects only what an importer recorded")]
    ImporterCorrection {
        /** The statement. */ id: StatementId,
        /** Who signed. */ holder: Slug,
    } = ImporterCorrection,
    /// Too many corrections of one thing stand one after another.
    #[error("{id} is the last of {most} corrections that stand one after another, which is the most")]
    CorrectionChain {
        /** The last of them. */ id: StatementId,
        /** The most there can be. */ most: u64,
    } = CorrectionChain,
    /// Evidence, or a superseded verdict, about another claim.
    #[error("{field} names {id}, which is about another claim")]
    OtherClaim {
        /** The field. */ field: &'static str,
        /** What it names. */ id: StatementId,
    } = OtherClaim,
    /// The verdict rests on evidence that its author had not seen.
    #[error("the verdict uses {id} of entry {index}, but its author had seen only the first {seen} entries")]
    EvidenceNotSeen {
        /** The evidence. */ id: StatementId,
        /** Its entry. */ index: EntryIndex,
        /** What the author had seen. */ seen: TreeSize,
    } = EvidenceNotSeen,
    /// The bytes are not this source's.
    #[error("{sha256} is not a snapshot of the source {source_id}")]
    SnapshotNotOfSource {
        /** The bytes. */ sha256: Digest,
        /** The source. */ source_id: StatementId,
    } = SnapshotNotOfSource,
    /// The bytes are not held by the organisation that would withhold them.
    #[error("{organisation} did not bring the bytes {sha256} of the source {source_id}, or does not hold them")]
    SnapshotNotHeld {
        /** The bytes. */ sha256: Digest,
        /** The source. */ source_id: StatementId,
        /** The signer's organisation. */ organisation: Slug,
    } = SnapshotNotHeld,
    /// The excerpt quotes a text that the source does not have.
    #[error("the excerpt quotes the text {sha256}, which is not a text of the source {source_id}")]
    ExcerptNotOfSource {
        /** The text. */ sha256: Digest,
        /** The source. */ source_id: StatementId,
    } = ExcerptNotOfSource,
    /// The label is another statement's.
    #[error("label {label:?} is already used by statement {id}")]
    LabelTaken {
        /** The label. */ label: Label,
        /** Whose it is. */ id: StatementId,
    } = LabelTaken,
    /// The rating is not on the scale.
    #[error("rating {rating} is not on scale {scale}")]
    RatingUnknown {
        /** The rating. */ rating: Slug,
        /** The scale version. */ scale: StatementId,
    } = RatingUnknown,
    /// The scale is another organisation's, and the policy does not list it.
    #[error("scale {scale} is of {owner}, and the policy of {organisation} does not list it")]
    ScaleNotAdopted {
        /** The scale version. */ scale: StatementId,
        /** Whose it is. */ owner: Slug,
        /** The signer's organisation. */ organisation: Slug,
    } = ScaleNotAdopted,
    /// The version of the scale is not the next one.
    #[error("scale {scale} cannot be set to version {found}; the next version is {next}")]
    ScaleVersion {
        /** The scale. */ scale: Slug,
        /** The version given. */ found: u64,
        /** The version that comes next. */ next: u64,
    } = ScaleVersion,
    /// A policy that no verdict could meet, or that lists a scale of its own organisation.
    #[error("this policy is not possible: {reason}")]
    PolicyBounds {
        /** Why not. */ reason: &'static str,
    } = PolicyBounds,
    /// An attestation, dispute or answer by the author's own holder.
    #[error("{holder} is the author of {id}; another person must do this")]
    OwnStatement {
        /** The author. */ holder: Slug,
        /** The author's statement. */ id: StatementId,
    } = OwnStatement,
    /// An objection withdrawn by somebody else than the person who opened it.
    #[error("{id} was signed by {author}, who can still sign; {holder} cannot withdraw it")]
    OtherPerson {
        /** The objection. */ id: StatementId,
        /** Who opened it. */ author: Slug,
        /** Who signed the withdrawal. */ holder: Slug,
    } = OtherPerson,
    /// A statement that replaces or takes back one which its signer had not seen.
    #[error("this {statement} was signed before entry {last}, which it would replace or undo: its signer had seen {seen} entries only")]
    WordNotSeen {
        /** What was said. */ statement: StatementType,
        /** The last statement of the kind. */ last: EntryIndex,
        /** What the signer had seen. */ seen: TreeSize,
    } = WordNotSeen,
    /// A verdict is published that is not the current approved one, and the publication does not say why.
    #[error("verdict {id} is not the current approved verdict of its organisation: {reason}; its publication must say why, in despite")]
    DespiteMissing {
        /** The verdict. */ id: StatementId,
        /** Why it is not. */ reason: &'static str,
    } = DespiteMissing,
    /// A second answer to the same dispute.
    #[error("dispute {id} was already answered by entry {by}")]
    DisputeAnswered {
        /** The dispute. */ id: StatementId,
        /** The answer. */ by: EntryIndex,
    } = DisputeAnswered,
    /// A review that is already recorded, now with other bytes, and the new record does not supersede the old one.
    #[error("this review is recorded in entry {index} with other bytes; the new record must supersede {id}")]
    ReviewChanged {
        /** The earlier record's entry. */ index: EntryIndex,
        /** Its statement. */ id: StatementId,
    } = ReviewChanged,
    /// An observed checkpoint under another key than the first one.
    #[error("checkpoints of {origin} are signed by the key in entry {index}, but this one names another key")]
    ObservedKey {
        /** The other ledger. */ origin: Origin,
        /** The entry that pinned its key. */ index: EntryIndex,
    } = ObservedKey,
    /// The head that the signer knew is not part of this log's history.
    #[error("the signer saw a different history: their root hash at size {size} differs from this copy's")]
    SeenNotOurs {
        /** The size they saw. */ size: TreeSize,
    } = SeenNotOurs,
    /// The head that the signer knew is newer than this copy.
    #[error("the signer saw {size} entries, but this copy had {have}: this copy is out of date")]
    SeenAhead {
        /** The size they saw. */ size: TreeSize,
        /** The entries before this one. */ have: TreeSize,
    } = SeenAhead,
    /// The claim of a verdict comes after the head that its author had seen.
    #[error("the verdict is about {id} in entry {index}, but its author had seen only the first {seen} entries")]
    ClaimNotSeen {
        /** The claim. */ id: StatementId,
        /** Where it stands. */ index: EntryIndex,
        /** How many entries the author had seen. */ seen: TreeSize,
    } = ClaimNotSeen,
    /// The corroboration in a verdict does not equal what its claim's statements give.
    #[error("the corroboration in the verdict is wrong: its {part} differ from those computed from the first {seen} entries")]
    CorroborationMismatch {
        /** The first part that differs: inputs, support or refutation. */ part: &'static str,
        /** The number of entries at which it was to be computed. */ seen: TreeSize,
    } = CorroborationMismatch,
    /// Corroboration by a method that this version of the rules does not have.
    #[error("the corroboration uses method {method}, which these rules do not know")]
    CorroborationMethod {
        /** The method. */ method: u64,
    } = CorroborationMethod,
    /// The counts in a verdict are no longer those at its entry.
    #[error("the counts in the verdict are those of the first {seen} entries, but statements after them changed the counts: the log now has {here} entries")]
    CorroborationStale {
        /** The size that the author had seen. */ seen: TreeSize,
        /** The size before the verdict's entry. */ here: TreeSize,
    } = CorroborationStale,
    /// More takes part in the corroboration than can be counted.
    #[error("the corroboration of the first {size} entries is too large to count: {why}")]
    CorroborationTooLarge {
        /** The bound that is exceeded. */ why: &'static str,
        /** As of how many entries. */ size: TreeSize,
    } = CorroborationTooLarge,
}

/// The rules refused, or the view could not be read.
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
