//! A claim: the words, who made it, when and where it appeared, and what it is about.

use super::correction::Correction;
use super::reference::Named;
use super::relation::CLAIM;
use super::source::SOURCE;
use super::{Name, Prose, StatementId, agree, ascending};
use crate::crypto::{Digest, sha256};
use crate::encoding::name::Language;
use crate::encoding::text::Text;
use crate::encoding::time::PartialDate;
use crate::encoding::{Defect, json, limits};
use serde::{Deserialize, Serialize};

words!(
    /// How near the claim's text is to the words that were said.
    Wording, "wording" {
        /// Word for word.
        Verbatim = "verbatim",
        /// A translation of them.
        Translated = "translated",
        /// In the words of somebody who reports them.
        Reported = "reported",
    }
);

words!(
    /// What would make the claim true.
    About, "subject of a claim" {
        /// That the claimant said it.
        Utterance = "utterance",
        /// That it is so.
        Fact = "fact",
        /// That it comes to pass by the date it falls due.
        Forecast = "forecast",
    }
);

/// Who made the claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Claimants {
    /// These people or organisations.
    Named(Vec<Claimant>),
    /// Too many to name.
    Many,
    /// It is not known who made it.
    Unknown,
    /// Known to the reviewer, not named.
    Anonymous,
}

/// One who made the claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Claimant {
    /// The name.
    pub name: Name,
    /// The role at that time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Name>,
}

/// The words as they were first said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Original {
    /// Their language.
    pub language: Language,
    /// The words.
    pub text: Prose,
}

/// `claim.add`: a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Claim {
    /// What would make it true.
    pub about: About,
    /// The sources in which it appeared, ids ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appeared_in: Vec<StatementId>,
    /// Who made it; for an utterance, the person reported to have spoken.
    pub claimants: Claimants,
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// The date a forecast falls due; absent if it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
    /// The language of `text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// When it was made, as far as known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made: Option<PartialDate>,
    /// The original words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    /// The claim as it is checked.
    pub text: Prose,
    /// What it is about, in a few words each, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Text<{ limits::MAX_NAME_BYTES }>>,
    /// How near `text` is to what was said.
    pub wording: Wording,
}

impl Claim {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        ascending("appearedIn", &self.appeared_in)?;
        ascending("topics", &self.topics)?;
        agree(
            self.about == About::Forecast || self.due.is_none(),
            "only a forecast has a date on which it falls due",
        )?;
        agree(
            self.original.is_none() || self.wording != Wording::Verbatim,
            "verbatim words are their own original",
        )
    }

    /// SHA-256 of the body without `text`, `correction`, `topics` and `appearedIn`, in its one spelling: what must be equal
    /// before a verdict can follow a correction of its claim.
    pub fn frame(&self) -> Digest {
        let frame = (
            &self.about,
            &self.claimants,
            &self.due,
            &self.language,
            &self.made,
            &self.original,
            &self.wording,
        );
        sha256(&[&json::encode(&frame)])
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let sources = self.appeared_in.iter();
        sources
            .map(|id| Named::new("appearedIn", *id, SOURCE))
            .chain(self.correction.iter().map(|c| c.named(CLAIM)))
            .collect()
    }
}
