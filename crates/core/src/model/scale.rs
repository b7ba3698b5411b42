//! A rating scale: an organisation's own labels, verbatim and versioned.

use super::{Line, Prose, StatementType, agree};
use crate::encoding::name::{Language, Slug};
use crate::encoding::{Defect, unicode};
use serde::{Deserialize, Serialize};

words!(
    /// What a rating must rest on.
    Needs, "need of a rating" {
        /// Corroborated support.
        Support = "support",
        /// Corroborated refutation.
        Refutation = "refutation",
        /// Neither.
        Neither = "neither",
    }
);

words!(
    /// What a greater number means on a scale.
    Direction, "direction of a scale" {
        /// The greater the number, the truer the claim.
        HigherIsTruer = "higherIsTruer",
        /// The greater the number, the less true the claim.
        LowerIsTruer = "lowerIsTruer",
    }
);

/// One rating of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ScaleEntry {
    /// Its short name.
    pub code: Slug,
    /// What it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<Prose>,
    /// The label, verbatim.
    pub label: Line,
    /// What a verdict with this rating needs.
    pub needs: Needs,
    /// Its place on the scale, read in the scale's direction; ratings outside the scale have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
}

/// `scale.set`: a version of an organisation's scale. The statement's id names this version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Scale {
    /// What a greater number means; absent where no entry has a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// The ratings, in the order in which people should see them.
    pub entries: Vec<ScaleEntry>,
    /// The language of the labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Whose scale.
    pub organisation: Slug,
    /// The scale's short name.
    pub scale: Slug,
    /// Its title.
    pub title: Line,
    /// Which version of this scale: 1, and one more each time the scale is set.
    pub version: u64,
}

impl Scale {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        let mut codes: Vec<&Slug> = self.entries.iter().map(|e| &e.code).collect();
        codes.sort();
        agree(
            codes.windows(2).all(|pair| pair[0] != pair[1]),
            "two entries of a scale share a code",
        )?;
        let mut labels: Vec<String> = self
            .entries
            .iter()
            .filter_map(|e| e.label.words().map(unicode::code))
            .collect();
        labels.sort();
        agree(
            labels.windows(2).all(|pair| pair[0] != pair[1]),
            "two entries of a scale share a label",
        )?;
        let mut numbers: Vec<u64> = self.entries.iter().filter_map(|e| e.number).collect();
        agree(
            self.direction.is_some() != numbers.is_empty(),
            "a scale with numbers, and only such a one, says what a greater number means",
        )?;
        agree(self.version > 0, "versions of a scale begin at 1")?;
        numbers.sort_unstable();
        agree(
            numbers.windows(2).all(|pair| pair[0] != pair[1]),
            "two entries of a scale share a number",
        )
    }

    /// The entry with this code.
    pub fn entry(&self, code: &Slug) -> Option<&ScaleEntry> {
        self.entries.iter().find(|entry| entry.code == *code)
    }
}

/// What a field that names a scale version may name.
pub(crate) const SCALE: &[StatementType] = &[StatementType::ScaleSet];
