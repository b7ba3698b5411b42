//! Whether the counts meet a policy: met, not met, or cannot tell. Never a score of truth.

use crate::model::scale::Needs;
use crate::model::verdict::Counts;
use serde::Serialize;

/// Whether one side has as many traced origins as a policy requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum RequirementAnswer {
    /// It has.
    Met,
    /// It does not, and no untraced root is left that could add one.
    NotMet,
    /// It does not, but some root is not traced yet. For the standing of a verdict this counts as not met.
    CannotTell,
}

/// Whether `counts` have `origins` traced origins.
pub const fn answer(origins: u64, counts: &Counts) -> RequirementAnswer {
    if counts.independent >= origins {
        RequirementAnswer::Met
    } else if counts.untraced == 0 {
        RequirementAnswer::NotMet
    } else {
        RequirementAnswer::CannotTell
    }
}

/// What a policy requires for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// So many traced origins.
    pub origins: u64,
    /// For the side that the rating needs; without a verdict, for both sides.
    pub needs: Option<Needs>,
}

/// A policy's answer, for each side in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PolicyAnswer {
    /// How many traced origins it requires.
    pub origins: u64,
    /// Against the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refutation: Option<RequirementAnswer>,
    /// For the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<RequirementAnswer>,
}

impl Requirement {
    /// The answer to these counts.
    pub fn answer(&self, support: &Counts, refutation: &Counts) -> PolicyAnswer {
        let asked = |side: Needs| self.needs.is_none_or(|needs| needs == side);
        PolicyAnswer {
            origins: self.origins,
            refutation: asked(Needs::Refutation).then(|| answer(self.origins, refutation)),
            support: asked(Needs::Support).then(|| answer(self.origins, support)),
        }
    }
}
