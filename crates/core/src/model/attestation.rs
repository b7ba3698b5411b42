//! What a second person signs about a verdict: approval and its like, and publication.

use super::verdict::ConflictOfInterest;
use super::{Prose, StatementId};
use crate::crypto::Digest;
use crate::encoding::name::Url;
use crate::encoding::time::DateOrInstant;
use serde::{Deserialize, Serialize};

words!(
    /// What an attestation decides.
    Decision, "decision" {
        /// The verdict may stand.
        Approve = "approve",
        /// It may not.
        Reject = "reject",
        /// No opinion.
        Abstain = "abstain",
        /// Interests forbid an opinion.
        Recuse = "recuse",
    }
);

/// `verdict.attest`: what another holder says about a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attest {
    /// The signer's interests in the matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<ConflictOfInterest>,
    /// The decision.
    pub decision: Decision,
    /// Why this approval waives the required origins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exemption: Option<Prose>,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// The verdict.
    pub verdict: StatementId,
}

/// `verdict.publish`: where and when a verdict was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Publish {
    /// Why it was published although it is not the current approved verdict of its organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub despite: Option<Prose>,
    /// SHA-256 of the page's bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Digest>,
    /// When.
    pub published: DateOrInstant,
    /// Where.
    pub url: Url,
    /// The verdict.
    pub verdict: StatementId,
}
