//! What others published: their reviews, and the heads of their ledgers.

use super::correction::Correction;
use super::reference::Named;
use super::relation::CLAIM;
use super::{StatementId, StatementType, VerbatimLine, VerbatimProse};
use crate::crypto::Digest;
use crate::encoding::name::{Language, MediaType, Origin, Url};
use crate::encoding::text::Text;
use crate::encoding::{Defect, DefectCode, limits};
use serde::{Deserialize, Serialize};

/// `review.record`: another organisation's published review, its values verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Review {
    /// The organisation, as it names itself.
    pub author: VerbatimLine,
    /// Our claim, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<StatementId>,
    /// The claim text, verbatim.
    pub claim_text: VerbatimProse,
    /// What it puts right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// Its language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Its date, verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<VerbatimLine>,
    /// Its rating, verbatim.
    pub rating: Rating,
    /// The bytes that the review was read from.
    pub raw: Raw,
    /// Where it was published.
    pub url: Url,
}

/// A rating as another organisation published it; numbers are kept as text, verbatim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rating {
    /// The best value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<VerbatimLine>,
    /// The label.
    pub label: VerbatimProse,
    /// The value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<VerbatimLine>,
    /// The worst value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst: Option<VerbatimLine>,
}

/// Bytes kept beside the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Raw {
    /// Where in them the review stands, e.g. `script 2 /@graph/0` or `row 17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<VerbatimLine>,
    /// Their length.
    pub bytes: u64,
    /// What they are.
    pub media_type: MediaType,
    /// Their SHA-256.
    pub sha256: Digest,
}

impl Review {
    pub(crate) fn named(&self) -> Vec<Named> {
        let mut named: Vec<Named> = self
            .claim
            .iter()
            .map(|id| Named::new("claim", *id, CLAIM))
            .collect();
        named.extend(self.correction.iter().map(|c| c.named(REVIEW)));
        named
    }
}

/// `checkpoint.observe`: another ledger's checkpoint, verbatim, with the key it verifies under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Observe {
    /// The signed checkpoint, verbatim.
    pub checkpoint: Text<{ limits::MAX_TEXT_BYTES }>,
    /// The ledger's name.
    pub origin: Origin,
    /// The verifier key (C2SP signed-note).
    pub vkey: Text<{ limits::MAX_NAME_BYTES }>,
}

impl Observe {
    /// Form: the checkpoint is the origin's, and its signature is the key's.
    pub(crate) fn check(&self) -> Result<(), Defect> {
        let bad = |message: String| Defect::new(DefectCode::FieldsDisagree, message);
        let vkey: crate::tlog::note::VerifierKey = self
            .vkey
            .as_str()
            .parse()
            .map_err(|e| bad(format!("vkey: {e}")))?;
        let signed =
            crate::tlog::checkpoint::SignedCheckpoint::parse(self.checkpoint.as_str().as_bytes())
                .map_err(|e| bad(format!("checkpoint: {e}")))?;
        if signed.checkpoint().origin != self.origin {
            return Err(bad(format!(
                "the checkpoint is of {}",
                signed.checkpoint().origin
            )));
        }
        signed
            .verify(&[vkey])
            .map_err(|e| bad(format!("checkpoint: {e}")))?;
        Ok(())
    }
}

/// What a field that names a review may name.
pub(crate) const REVIEW: &[StatementType] = &[StatementType::ReviewRecord];
