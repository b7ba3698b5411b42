//! The closed set of statements, and the fields that all of them have.

use super::correction::Correction;
use super::reference::Named;
use super::relation::CLAIM;
use super::source::SOURCE;
use super::verdict::VERDICT;
use super::{
    StatementId, StatementType, agree, ascending, assessment, attestation, checkpoint_event, claim,
    dispute, evidence, foreign, key_event, ledger, organisation, policy, relation, scale, snapshot,
    source, transcript, verdict,
};
use crate::crypto::{Digest, PublicKey};
use crate::encoding::name::{Label, Url};
use crate::encoding::time::Instant;
use crate::encoding::{Defect, DefectCode, json, limits};
use crate::tlog::TreeSize;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

macro_rules! statements {
    ($($variant:ident($body:path),)+) => {
        /// What a statement says, by type.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        #[expect(missing_docs, reason = "each variant is its type; the body's documentation says what it is")]
        pub enum Body { $($variant(Box<$body>),)+ }

        impl Body {
            /// Its type.
            pub const fn statement_type(&self) -> StatementType {
                match self { $(Self::$variant(_) => StatementType::$variant,)+ }
            }

            fn read(statement_type: StatementType, json: &[u8]) -> Result<Self, Defect> {
                match statement_type {
                    $(StatementType::$variant => json::read(json).map(|body| Self::$variant(Box::new(body))),)+
                }
            }
        }

        impl Body {
            /// The JSON Schema of a body.
            #[cfg(feature = "schema")]
            pub(super) fn body_schema(
                of: StatementType,
                generator: &mut schemars::SchemaGenerator,
            ) -> schemars::Schema {
                match of { $(StatementType::$variant => generator.subschema_for::<$body>(),)+ }
            }
        }

        $(impl From<$body> for Body {
            fn from(body: $body) -> Self { Self::$variant(Box::new(body)) }
        })+
    };
}

statements! {
    LedgerCreate(ledger::Create),
    OrganisationSet(organisation::Organisation),
    KeyEnroll(key_event::Enroll),
    KeyRotate(key_event::Rotate),
    KeyRevoke(key_event::Revoke),
    KeyRecover(key_event::Recover),
    CheckpointRotate(checkpoint_event::CheckpointRotate),
    CheckpointRetire(checkpoint_event::CheckpointRetire),
    RulesUpgrade(ledger::RulesUpgrade),
    ScaleSet(scale::Scale),
    PolicySet(policy::Policy),
    SourceAdd(source::Source),
    SourceCapture(source::SourceCapture),
    SnapshotWithhold(snapshot::Withhold),
    SourceTranscribe(transcript::Transcript),
    SourceRelate(relation::SourceRelate),
    OriginAssess(assessment::OriginAssess),
    ClaimAdd(claim::Claim),
    ClaimRelate(relation::ClaimRelate),
    EvidenceAdd(evidence::Evidence),
    VerdictIssue(verdict::Verdict),
    VerdictAttest(attestation::Attest),
    VerdictPublish(attestation::Publish),
    Withdraw(ledger::Withdraw),
    DisputeOpen(dispute::Open),
    DisputeAnswer(dispute::Answer),
    ReviewRecord(foreign::Review),
    CheckpointObserve(foreign::Observe),
}

impl Body {
    /// Every address that it names.
    pub fn addresses(&self) -> Vec<&Url> {
        match self {
            Self::SourceAdd(source) => {
                let capture = match &source.capture {
                    source::Capture::Captured(snapshot) => snapshot.fetched.as_ref(),
                    source::Capture::NeverHeld(_) => None,
                };
                let answered = capture.map(|fetched| &fetched.url);
                source.url.iter().chain(answered).collect()
            }
            Self::SourceCapture(capture) => {
                let fetched = capture.snapshot.fetched.iter();
                fetched.map(|fetched| &fetched.url).collect()
            }
            Self::ReviewRecord(review) => vec![&review.url],
            Self::VerdictPublish(publish) => vec![&publish.url],
            Self::OrganisationSet(organisation) => {
                let all = organisation.corrections_policy.iter();
                all.chain(&organisation.url).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Form across fields: fields that must agree, lists that must be in order.
    fn check(&self) -> Result<(), Defect> {
        match self {
            Self::LedgerCreate(body) => body.check(),
            Self::OrganisationSet(body) => body.check(),
            Self::KeyEnroll(body) => body.check(),
            Self::KeyRotate(body) => body.check(),
            Self::KeyRevoke(body) => body.check(),
            Self::KeyRecover(body) => body.check(),
            Self::CheckpointRotate(body) => body.check(),
            Self::RulesUpgrade(body) => body.check(),
            Self::ScaleSet(body) => body.check(),
            Self::PolicySet(body) => body.check(),
            Self::SourceAdd(body) => body.check(),
            Self::SourceCapture(body) => body.check(),
            Self::SourceRelate(body) => body.check(),
            Self::ClaimAdd(body) => body.check(),
            Self::ClaimRelate(body) => body.check(),
            Self::EvidenceAdd(body) => body.check(),
            Self::VerdictIssue(body) => body.check(),
            Self::DisputeOpen(body) => ascending("evidence", &body.evidence),
            Self::CheckpointObserve(body) => body.check(),
            Self::CheckpointRetire(_)
            | Self::SnapshotWithhold(_)
            | Self::SourceTranscribe(_)
            | Self::OriginAssess(_)
            | Self::VerdictAttest(_)
            | Self::VerdictPublish(_)
            | Self::Withdraw(_)
            | Self::DisputeAnswer(_)
            | Self::ReviewRecord(_) => Ok(()),
        }
    }

    /// Every statement of this ledger that this one names.
    pub fn named(&self) -> Vec<Named> {
        match self {
            Self::SourceAdd(body) => body.named(),
            Self::PolicySet(body) => body.named(),
            Self::SourceCapture(body) => body.named(),
            Self::SourceTranscribe(body) => body.named(),
            Self::SnapshotWithhold(body) => {
                let source = body.source.iter();
                source.map(|id| Named::new("source", *id, SOURCE)).collect()
            }
            Self::SourceRelate(body) => body.named(),
            Self::OriginAssess(body) => body.named(),
            Self::ClaimAdd(body) => body.named(),
            Self::ClaimRelate(body) => body.named(),
            Self::EvidenceAdd(body) => body.named(),
            Self::VerdictIssue(body) => body.named(),
            Self::VerdictAttest(body) => vec![Named::new("verdict", body.verdict, VERDICT)],
            Self::VerdictPublish(body) => vec![Named::new("verdict", body.verdict, VERDICT)],
            Self::Withdraw(body) => vec![Named::new("target", body.target, WITHDRAWABLE)],
            Self::DisputeOpen(body) => body.named(),
            Self::DisputeAnswer(body) => {
                vec![Named::new("dispute", body.dispute, dispute::DISPUTE)]
            }
            Self::ReviewRecord(body) => body.named(),
            Self::LedgerCreate(_)
            | Self::OrganisationSet(_)
            | Self::KeyEnroll(_)
            | Self::KeyRotate(_)
            | Self::KeyRevoke(_)
            | Self::KeyRecover(_)
            | Self::CheckpointRotate(_)
            | Self::CheckpointRetire(_)
            | Self::RulesUpgrade(_)
            | Self::ScaleSet(_)
            | Self::CheckpointObserve(_) => Vec::new(),
        }
    }
}

/// The newest head of this log that the signer knew. This makes reviewers witnesses of the history before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Seen {
    /// The root at `size`.
    pub root: Digest,
    /// The number of entries.
    pub size: TreeSize,
}

/// A statement: what the holder of one key says in one ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// What it says.
    pub body: Body,
    /// When it was signed, by the signer's clock.
    pub issued: Instant,
    /// The signer's key.
    pub key: PublicKey,
    /// A short unique name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// The ledger it is for; absent in entry 0, which creates the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ledger: Option<StatementId>,
    /// The newest head the signer knew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// Its type.
    #[serde(rename = "type")]
    pub statement_type: StatementType,
}

/// The common fields in the bytes, with the body not yet read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Frame<'a> {
    #[serde(borrow)]
    body: &'a RawValue,
    issued: Instant,
    key: PublicKey,
    label: Option<Label>,
    ledger: Option<StatementId>,
    seen: Option<Seen>,
    #[serde(rename = "type", borrow)]
    statement_type: Cow<'a, str>,
}

impl Statement {
    /// Prints the statement in its only form (RFC 8785).
    pub fn encode(&self) -> Vec<u8> {
        json::encode(self)
    }

    /// Reads a statement from its only form, with every limit and rule of form of its type.
    pub fn decode(payload: &[u8]) -> Result<Self, Defect> {
        if payload.len() > limits::MAX_STATEMENT_BYTES {
            return Err(Defect::new(
                DefectCode::TooLong,
                format!(
                    "a statement of {} bytes; the limit is {}, larger things live beside the log",
                    payload.len(),
                    limits::MAX_STATEMENT_BYTES
                ),
            ));
        }
        json::check(payload)?;
        let statement = Self::decode_again(payload)?;
        json::same_spelling(payload, &statement.encode())?;
        statement.check()?;
        Ok(statement)
    }

    /// Reads bytes that [`Statement::decode`] has accepted before: their spelling and the form of the whole are not
    /// checked again.
    pub(crate) fn decode_again(payload: &[u8]) -> Result<Self, Defect> {
        let frame: Frame<'_> = json::read(payload)?;
        let statement_type: StatementType = frame
            .statement_type
            .parse()
            .map_err(|d: Defect| Defect::new(DefectCode::UnknownType, d.message))?;
        Ok(Self {
            body: Body::read(statement_type, frame.body.get().as_bytes())?,
            issued: frame.issued,
            key: frame.key,
            label: frame.label,
            ledger: frame.ledger,
            seen: frame.seen,
            statement_type,
        })
    }

    /// Form of the whole: the common fields agree with the type, and the fields of the body with each other.
    pub fn check(&self) -> Result<(), Defect> {
        agree(
            self.statement_type == self.body.statement_type(),
            "the type is not the body's",
        )?;
        let first = self.statement_type == StatementType::LedgerCreate;
        agree(
            first == self.ledger.is_none(),
            "every statement but ledger.create names its ledger",
        )?;
        agree(!(first && self.seen.is_some()), "entry 0 has seen nothing")?;
        agree(
            self.seen.is_some() || !self.statement_type.needs_seen(),
            "this type of statement must say which head its signer had seen",
        )?;
        self.body.check()
    }

    /// Every statement of this ledger that this one names.
    pub fn named(&self) -> Vec<Named> {
        self.body.named()
    }

    /// What it corrects, if it supersedes anything.
    pub fn correction(&self) -> Option<&Correction> {
        match &self.body {
            Body::SourceAdd(body) => body.correction.as_ref(),
            Body::SourceRelate(body) => body.correction.as_ref(),
            Body::SourceTranscribe(body) => body.correction.as_ref(),
            Body::OriginAssess(body) => body.correction.as_ref(),
            Body::ClaimAdd(body) => body.correction.as_ref(),
            Body::ClaimRelate(body) => body.correction.as_ref(),
            Body::EvidenceAdd(body) => body.correction.as_ref(),
            Body::VerdictIssue(body) => body.correction.as_ref(),
            Body::ReviewRecord(body) => body.correction.as_ref(),
            _ => None,
        }
    }
}

/// What may be withdrawn.
const WITHDRAWABLE: &[StatementType] = &[
    CLAIM[0],
    SOURCE[0],
    StatementType::SourceRelate,
    StatementType::ClaimRelate,
    StatementType::OriginAssess,
    StatementType::EvidenceAdd,
    StatementType::VerdictIssue,
    StatementType::ReviewRecord,
    StatementType::DisputeOpen,
    StatementType::DisputeAnswer,
    StatementType::VerdictPublish,
    StatementType::SnapshotWithhold,
    StatementType::SourceCapture,
    StatementType::SourceTranscribe,
];
