//! How one source depends on another (in terms of W3C PROV where PROV has them), and how claims relate.

use super::correction::Correction;
use super::excerpt::Excerpt;
use super::reference::{Named, distinct};
use super::source::SOURCE;
use super::{Line, Prose, Reference, StatementId, StatementType, agree};
use crate::encoding::Defect;
use serde::{Deserialize, Serialize};

words!(
    /// How source `from` relates to source `to`.
    SourceRelation, "relation between sources" {
        /// A revised version: same origin.
        WasRevisionOf = "wasRevisionOf",
        /// A translation: same origin.
        TranslationOf = "translationOf",
        /// Syndicated agency text: same origin.
        WireCopyOf = "wireCopyOf",
        /// A common origin that was never seen here.
        SharesOriginWith = "sharesOriginWith",
        /// Repeats words of it: dependent.
        WasQuotedFrom = "wasQuotedFrom",
        /// Built upon it: dependent.
        WasDerivedFrom = "wasDerivedFrom",
        /// Takes its knowledge from it: dependent.
        HadPrimarySource = "hadPrimarySource",
        /// Vouched to be separate observation.
        IndependentOf = "independentOf",
    }
);

impl SourceRelation {
    /// Whether the relation says that two whole documents have one origin.
    pub const fn is_same_origin(self) -> bool {
        matches!(
            self,
            Self::WasRevisionOf | Self::TranslationOf | Self::WireCopyOf | Self::SharesOriginWith
        )
    }
}

/// How a relation is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Basis {
    /// In the reviewer's judgement, for this reason.
    Judgement(Prose),
    /// The quotation that states it.
    Stated(Excerpt),
    /// The texts overlap.
    TextOverlap(Overlap),
}

/// How far two texts overlap, and by which method that was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Overlap {
    /// The method and its version.
    pub method: Line,
    /// Share of `from` found in `to`, in thousandths.
    pub permille: u64,
}

/// `source.relate`: one source depends on another, or is vouched independent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceRelate {
    /// How that is known.
    pub basis: Basis,
    /// For this claim only; absent: for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<StatementId>,
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// The dependent source.
    pub from: StatementId,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// How they relate.
    pub relation: SourceRelation,
    /// The source it depends on.
    pub to: StatementId,
}

impl SourceRelate {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        distinct(&self.from, &self.to)?;
        match &self.basis {
            Basis::Stated(excerpt) => excerpt.check(),
            Basis::TextOverlap(overlap) => {
                agree(
                    overlap.permille <= 1_000,
                    "an overlap is at most 1000 permille",
                )?;
                agree(
                    self.relation != SourceRelation::IndependentOf,
                    "text overlap cannot show independence",
                )
            }
            Basis::Judgement(_) => Ok(()),
        }
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named = vec![
            Named::new("from", self.from, SOURCE),
            Named::new("to", self.to, SOURCE),
        ];
        named.extend(self.claim.map(|id| Named::new("claim", id, CLAIM)));
        named.extend(
            self.correction
                .iter()
                .map(|c| c.named(&[StatementType::SourceRelate])),
        );
        named
    }
}

words!(
    /// How claim `from` relates to claim `to`.
    ClaimRelation, "relation between claims" {
        /// The same claim.
        SameAs = "sameAs",
        /// A variant of it.
        VariantOf = "variantOf",
        /// Its translation.
        TranslationOf = "translationOf",
        /// One part of it.
        PartOf = "partOf",
        /// Both cannot be true.
        Contradicts = "contradicts",
        /// Says that somebody made it.
        Reports = "reports",
    }
);

/// `claim.relate`: one claim relates to another, perhaps of another ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClaimRelate {
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// The claim that relates.
    pub from: StatementId,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// How.
    pub relation: ClaimRelation,
    /// To which claim.
    pub to: Reference,
}

impl ClaimRelate {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        match &self.to {
            Reference::Here(to) => distinct(&self.from, to),
            Reference::Elsewhere(..) => Ok(()),
        }
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named = vec![Named::new("from", self.from, CLAIM)];
        if let Reference::Here(to) = &self.to {
            named.push(Named::new("to", *to, CLAIM));
        }
        named.extend(
            self.correction
                .iter()
                .map(|c| c.named(&[StatementType::ClaimRelate])),
        );
        named
    }
}

/// The types that a field naming a claim may name.
pub(crate) const CLAIM: &[StatementType] = &[StatementType::ClaimAdd];
