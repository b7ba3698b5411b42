//! What an excerpt says about a claim; or that a search found nothing.

use super::correction::Correction;
use super::excerpt::Excerpt;
use super::reference::Named;
use super::relation::CLAIM;
use super::source::SOURCE;
use super::{Prose, StatementId, StatementType, agree, ascending};
use crate::encoding::Defect;
use crate::encoding::time::PartialDate;
use serde::{Deserialize, Serialize};

words!(
    /// What evidence does to a claim.
    Stance, "stance" {
        /// Speaks for it.
        Supports = "supports",
        /// Speaks against it.
        Refutes = "refutes",
        /// Speaks for a part and against a part.
        Mixed = "mixed",
        /// Helps to understand it.
        Context = "context",
        /// A search that found nothing; never a refutation.
        NotFound = "notFound",
    }
);

/// `evidence.add`: with a source, what the source says; with `notFound`, where and when somebody searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Evidence {
    /// The claim.
    pub claim: StatementId,
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// The words that say it, where the source's text is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The day of the search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Where was searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched: Option<Prose>,
    /// The source that says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<StatementId>,
    /// What it does to the claim.
    pub stance: Stance,
    /// The nearest upstream sources it names in this excerpt, ids ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<StatementId>,
}

impl Evidence {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        ascending("via", &self.via)?;
        if let Some(excerpt) = &self.excerpt {
            excerpt.check()?;
        }
        if self.stance == Stance::NotFound {
            let nothing = self.source.is_none() && self.excerpt.is_none() && self.via.is_empty();
            agree(
                nothing && self.searched.is_some() && self.on.is_some(),
                "a search that found nothing says where and on which day, and names no source",
            )
        } else {
            agree(
                self.source.is_some() && self.searched.is_none() && self.on.is_none(),
                "evidence other than notFound names its source, and no search",
            )?;
            agree(
                self.source.is_none_or(|source| !self.via.contains(&source)),
                "a source is not its own upstream",
            )
        }
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named = vec![Named::new("claim", self.claim, CLAIM)];
        named.extend(self.source.map(|id| Named::new("source", id, SOURCE)));
        named.extend(self.via.iter().map(|id| Named::new("via", *id, SOURCE)));
        named.extend(self.correction.iter().map(|c| c.named(EVIDENCE)));
        named
    }
}

/// The types that a field naming evidence may name.
pub(crate) const EVIDENCE: &[StatementType] = &[StatementType::EvidenceAdd];
