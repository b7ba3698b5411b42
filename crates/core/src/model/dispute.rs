//! An objection to a statement, and the answer to it.

use super::evidence::EVIDENCE;
use super::reference::Named;
use super::{Prose, StatementId, StatementType};
use serde::{Deserialize, Serialize};

words!(
    /// Why a statement is disputed.
    Grounds, "grounds of a dispute" {
        /// It says something that is not true.
        FactualError = "factualError",
        /// It leaves out something that changes its meaning.
        MissingContext = "missingContext",
        /// The rating does not follow.
        WrongRating = "wrongRating",
        /// A source is not independent.
        SourceNotIndependent = "sourceNotIndependent",
        /// The quotation is not what the source says.
        ExcerptMismatch = "excerptMismatch",
        /// The author has interests in the matter.
        ConflictOfInterest = "conflictOfInterest",
        /// The way it was done.
        Process = "process",
    }
);

words!(
    /// How a dispute was answered.
    Outcome, "outcome of a dispute" {
        /// The objection is right.
        Upheld = "upheld",
        /// It is right in part.
        PartlyUpheld = "partlyUpheld",
        /// It is not.
        Rejected = "rejected",
        /// A reply that does not end the dispute: the author's own word.
        Reply = "reply",
    }
);

/// `dispute.open`: an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Open {
    /// Evidence for it, ids ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<StatementId>,
    /// On which grounds.
    pub grounds: Grounds,
    /// The objection.
    pub note: Prose,
    /// The disputed statement.
    pub target: StatementId,
}

impl Open {
    pub(crate) fn named(&self) -> Vec<Named> {
        let evidence = self.evidence.iter();
        evidence
            .map(|id| Named::new("evidence", *id, EVIDENCE))
            .chain([Named::new("target", self.target, &[])])
            .collect()
    }
}

/// `dispute.answer`: how it ends, or a reply that does not end it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer {
    /// The dispute.
    pub dispute: StatementId,
    /// The answer.
    pub note: Prose,
    /// How it ends.
    pub outcome: Outcome,
}

/// The types that a field naming a dispute may name.
pub(crate) const DISPUTE: &[StatementType] = &[StatementType::DisputeOpen];
