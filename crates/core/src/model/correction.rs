//! What a later statement corrects in an earlier one.

use super::reference::Named;
use super::{Name, Prose, StatementId};
use crate::encoding::time::PartialDate;
use serde::{Deserialize, Serialize};

words!(
    /// How far a correction reaches.
    CorrectionKind, "kind of correction" {
        /// A slip of the pen.
        Typo = "typo",
        /// The same, said more clearly.
        Clarification = "clarification",
        /// New information that contradicts nothing.
        Update = "update",
        /// Something was wrong; the rating stands.
        Correction = "correction",
        /// The rating changes.
        RatingChange = "ratingChange",
    }
);

/// This statement supersedes another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Correction {
    /// How far it reaches.
    pub kind: CorrectionKind,
    /// Who noticed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noticed_by: Option<Name>,
    /// When it was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<PartialDate>,
    /// The statement that is replaced.
    pub supersedes: StatementId,
    /// What was wrong.
    pub was_wrong: Prose,
}

impl Correction {
    pub(crate) fn named(&self, types: &'static [super::StatementType]) -> Named {
        Named::new("correction.supersedes", self.supersedes, types)
    }
}
