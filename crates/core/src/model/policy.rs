//! What an organisation requires before a verdict counts as approved.

use super::organisation::Role;
use super::reference::Named;
use super::scale::SCALE;
use super::{StatementId, agree, ascending};
use crate::encoding::Defect;
use crate::encoding::name::Slug;
use serde::{Deserialize, Serialize};

/// `policy.set`: the policy of an organisation from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// How many approvals.
    pub approvals: u64,
    /// Other organisations whose approvals, rejections and answers to objections count, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals_from: Vec<Slug>,
    /// Whether author and approvers must say what interests they have in the matter.
    pub conflicts_declared: bool,
    /// Days from the report of an error to its correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction_days: Option<u64>,
    /// Other organisations whose evidence, relations, vouches and assessments count, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence_from: Vec<Slug>,
    /// Whether a verdict must rest on the evidence that its rating needs by the scale.
    pub evidence_needed: bool,
    /// How many holders must approve, at least.
    pub holders: u64,
    /// Whose policy.
    pub organisation: Slug,
    /// How many organisations must approve, at least.
    pub organisations: u64,
    /// By which roles, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// Scale versions of other organisations that may be used too, ids ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scales: Vec<StatementId>,
    /// How many traced independent origins a rating must rest on.
    pub traced_origins: u64,
}

impl Policy {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        ascending("roles", &self.roles)?;
        ascending("approvalsFrom", &self.approvals_from)?;
        ascending("evidenceFrom", &self.evidence_from)?;
        ascending("scales", &self.scales)?;
        let others = self.approvals_from.iter().chain(&self.evidence_from);
        agree(
            others.into_iter().all(|other| *other != self.organisation),
            "approvalsFrom and evidenceFrom list other organisations; one's own always counts",
        )?;
        agree(
            (self.approvals == 0) == self.roles.is_empty(),
            "approvals are by roles: both are given, or neither",
        )?;
        agree(
            self.organisations <= self.holders && self.holders <= self.approvals,
            "no more holders than approvals, no more organisations than holders",
        )
    }

    pub(crate) fn named(&self) -> Vec<Named> {
        let scales = self.scales.iter();
        scales.map(|id| Named::new("scales", *id, SCALE)).collect()
    }
}
