//! A verdict: the rating, what it rests on, and how the reviewer reached it.

use super::correction::Correction;
use super::evidence::EVIDENCE;
use super::foreign::REVIEW;
use super::reference::Named;
use super::relation::CLAIM;
use super::scale::SCALE;
use super::source::SOURCE;
use super::{Prose, StatementId, StatementType, agree, ascending};
use crate::crypto::Digest;
use crate::encoding::Defect;
use crate::encoding::name::Slug;
use crate::encoding::time::PartialDate;
use serde::{Deserialize, Serialize};

/// `verdict.issue`: a reviewer's conclusion about a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Verdict {
    /// The recorded review of the same claim that this verdict adopts as its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopts: Option<StatementId>,
    /// The claim.
    pub claim: StatementId,
    /// The reviewer's interests in the matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<ConflictOfInterest>,
    /// Whether the claimant was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// The corroboration as computed at `seen`.
    pub corroboration: Corroboration,
    /// The evidence it rests on, ids ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<StatementId>,
    /// What could not be found out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Prose>,
    /// The rating: the code of an entry of `scale`.
    pub rating: Slug,
    /// Why.
    pub reasons: Prose,
    /// The scale version.
    pub scale: StatementId,
}

/// A reviewer's interests in the matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ConflictOfInterest {
    /// None.
    None,
    /// These.
    Declared(Prose),
}

impl ConflictOfInterest {
    /// Whether a reader learns the interests. A sealed declaration tells them to nobody.
    pub fn is_open(&self) -> bool {
        match self {
            Self::None => true,
            Self::Declared(interests) => interests.words().is_some(),
        }
    }
}

/// Whether the claimant was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Contact {
    /// They were.
    Asked(Asked),
    /// They were not asked, for this reason.
    NotAsked(Prose),
}

/// When the claimant was asked, and the reply if there was one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    /// The day.
    pub on: PartialDate,
    /// The source that holds the reply; absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<StatementId>,
}

/// Corroboration as computed when the verdict was signed. Method 0 means "not computed" and has nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Corroboration {
    /// SHA-256 over the sorted ids of the statements used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inputs: Option<Digest>,
    /// The version of the method.
    pub method: u64,
    /// The counts against the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refutation: Option<Counts>,
    /// The counts for the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<Counts>,
}

/// What corroborates one side of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Counts {
    /// Circular units without an origin.
    pub circular: u64,
    /// Documents, counted as units of one origin.
    pub documents: u64,
    /// Traced independent origins.
    pub independent: u64,
    /// Roots that are the claimant's own word, or speak for the claimant.
    pub own_word: u64,
    /// Roots whose origin is not traced.
    pub untraced: u64,
}

impl Corroboration {
    /// "Not computed".
    pub const NOT_COMPUTED: Self = Self {
        inputs: None,
        method: 0,
        refutation: None,
        support: None,
    };
}

impl Verdict {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        ascending("evidence", &self.evidence)?;
        let c = &self.corroboration;
        let given = [
            c.inputs.is_some(),
            c.support.is_some(),
            c.refutation.is_some(),
        ];
        agree(
            given.iter().all(|&given| given == (c.method != 0)),
            "corroboration of method 0 carries nothing; any other method carries inputs and both counts",
        )
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named = Vec::new();
        named.extend(self.adopts.map(|id| Named::new("adopts", id, REVIEW)));
        named.push(Named::new("claim", self.claim, CLAIM));
        if let Some(Contact::Asked(Asked {
            reply: Some(id), ..
        })) = &self.contact
        {
            named.push(Named::new("contact.asked.reply", *id, SOURCE));
        }
        named.extend(self.correction.iter().map(|c| c.named(VERDICT)));
        let evidence = self.evidence.iter();
        named.extend(evidence.map(|id| Named::new("evidence", *id, EVIDENCE)));
        named.push(Named::new("scale", self.scale, SCALE));
        named
    }
}

/// The types that a field naming a verdict may name.
pub(crate) const VERDICT: &[StatementType] = &[StatementType::VerdictIssue];
