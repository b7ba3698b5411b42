//! What a source is to one claim: first-hand, the claimant's own word, or neither.

use super::correction::Correction;
use super::reference::Named;
use super::relation::CLAIM;
use super::source::SOURCE;
use super::{Prose, StatementId, StatementType};
use serde::{Deserialize, Serialize};

words!(
    /// What a source is to a claim.
    OriginKind, "kind of origin" {
        /// It observed what it reports; for an utterance, it records the act itself.
        FirstHand = "firstHand",
        /// The claimant's own word.
        Claimant = "claimant",
        /// It speaks for the claimant.
        SpeaksForClaimant = "speaksForClaimant",
        /// It reports what others observed.
        NotFirstHand = "notFirstHand",
    }
);

impl OriginKind {
    /// What the source is on the claim, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::FirstHand => "first-hand",
            Self::Claimant => "the claimant's own word",
            Self::SpeaksForClaimant => "speaking for the claimant",
            Self::NotFirstHand => "not first-hand",
        }
    }
}

/// `origin.assess`: for this claim this source is such an origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OriginAssess {
    /// What the source is.
    pub assessment: OriginKind,
    /// To which claim.
    pub claim: StatementId,
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// How that is known.
    pub how: Prose,
    /// Which source.
    pub source: StatementId,
}

impl OriginAssess {
    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named = vec![
            Named::new("claim", self.claim, CLAIM),
            Named::new("source", self.source, SOURCE),
        ];
        named.extend(
            self.correction
                .iter()
                .map(|c| c.named(&[StatementType::OriginAssess])),
        );
        named
    }
}
