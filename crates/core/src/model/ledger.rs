//! The ledger itself: its creation in entry 0, the version of its rules, and withdrawals.

use super::key_event::check_key;
use super::organisation::Organisation;
use super::{Line, Name, Prose, StatementId, agree, ascending};
use crate::crypto::{Digest, PublicKey};
use crate::encoding::name::{Origin, Slug};
use crate::encoding::{Defect, DefectCode};
use crate::tlog::TreeSize;
use serde::{Deserialize, Serialize};

/// `ledger.create`: entry 0, and only entry 0. Its signer's key is enrolled as admin, editor and reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Create {
    /// The key that signs this ledger's checkpoints; never a reviewer's.
    pub checkpoint_key: PublicKey,
    /// The founder, by a short name.
    pub holder: Slug,
    /// The founder's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The founding organisation.
    pub organisation: Organisation,
    /// The ledger's name.
    pub origin: Origin,
    /// Keys kept offline; a given number of them can replace an admin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery: Option<Recovery>,
    /// The version of the rules.
    pub rules: u64,
    /// The ledger that this one continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub succeeds: Option<Predecessor>,
    /// The ledger's title.
    pub title: Line,
}

/// Recovery keys, and how many of them must sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recovery {
    /// The keys, ascending.
    pub keys: Vec<PublicKey>,
    /// How many of them must sign.
    pub threshold: u64,
}

/// The last known head of a ledger that cannot be continued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Predecessor {
    /// Its ledger id.
    pub ledger: StatementId,
    /// Its name.
    pub origin: Origin,
    /// The root at `size`.
    pub root: Digest,
    /// The size of its last known head.
    pub size: TreeSize,
}

impl Create {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        check_key("checkpointKey", &self.checkpoint_key)?;
        self.organisation.check()?;
        let Some(recovery) = &self.recovery else {
            return Ok(());
        };
        ascending("recovery.keys", &recovery.keys)?;
        for key in &recovery.keys {
            check_key("recovery.keys", key)?;
        }
        let enough = (1..=recovery.keys.len() as u64).contains(&recovery.threshold);
        agree(
            enough,
            "the recovery threshold is from 1 to the number of keys",
        )
    }
}

/// `rules.upgrade`: the next version of the rules holds from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RulesUpgrade {
    /// The version.
    pub rules: u64,
}

impl RulesUpgrade {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        if self.rules < 2 {
            return Err(Defect::new(
                DefectCode::FieldsDisagree,
                "version 1 is where every ledger begins; an upgrade goes to 2 or later",
            ));
        }
        Ok(())
    }
}

/// `withdraw`: a statement no longer stands; its text stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Withdraw {
    /// Why.
    pub reason: Prose,
    /// What no longer stands.
    pub target: StatementId,
}
