//! What an organisation requires before a verdict counts as approved.

use super::organisation::Role;
use super::{agree, ascending};
use crate::encoding::Defect;
use crate::encoding::name::Slug;
use serde::{Deserialize, Serialize};

/// `policy.set`: the policy of an organisation from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// How many approvals.
    pub approvals: u64,
    /// Whether author and approvers must say what interests they have in the matter.
    pub conflicts_declared: bool,
    /// Days from the report of an error to its correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction_days: Option<u64>,
    /// How many holders must approve, at least.
    pub holders: u64,
    /// Whose policy.
    pub organisation: Slug,
    /// How many organisations must approve, at least.
    pub organisations: u64,
    /// By which roles, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// How many traced independent origins a rating must rest on.
    pub traced_origins: u64,
}

impl Policy {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        ascending("roles", &self.roles)?;
        agree(
            (self.approvals == 0) == self.roles.is_empty(),
            "approvals are by roles: both are given, or neither",
        )?;
        agree(
            self.organisations <= self.holders && self.holders <= self.approvals,
            "no more holders than approvals, no more organisations than holders",
        )
    }
}
