//! What a policy says to the counts: met, not met, or cannot tell. Never a truth score.

use crate::model::scale::Needs;
use crate::model::verdict::Counts;
use serde::Serialize;

/// Whether one side has as many traced origins as a policy asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum RequirementAnswer {
    /// It has.
    Met,
    /// It has not, and nothing is left that could add one.
    NotMet,
    /// It has not yet, and some origin is not traced. Standing treats this as not met.
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

/// What a policy asks of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// So many traced origins.
    pub origins: u64,
    /// On the side that the rating needs; without a verdict both sides are answered.
    pub needs: Option<Needs>,
}

/// A policy's answer, for each side it was asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyAnswer {
    /// How many traced origins it asks for.
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
