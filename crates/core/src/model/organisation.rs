//! An organisation that fact-checks, and the roles its people hold.

use super::{Line, ascending};
use crate::encoding::Defect;
use crate::encoding::name::{Language, Slug, Url};
use serde::{Deserialize, Serialize};

words!(
    /// What a key may do.
    Role, "role" {
        /// Enrols and revokes keys, sets scales and policies.
        Admin = "admin",
        /// Approves and publishes.
        Editor = "editor",
        /// Software that records sources, claims and reviews, but no verdict.
        Importer = "importer",
        /// Records, weighs and signs verdicts.
        Reviewer = "reviewer",
    }
);

/// `organisation.set`: an organisation as it describes itself from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Organisation {
    /// Its corrections policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrections_policy: Option<Url>,
    /// The languages it works in, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// Its name.
    pub name: Line,
    /// Its short name.
    pub organisation: Slug,
    /// Its web site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
}

impl Organisation {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        ascending("languages", &self.languages)
    }
}
