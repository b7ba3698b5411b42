//! The ledger's own key changes hands: rotation with overlap, then retirement.

use super::key_event::check_key;
use crate::crypto::{PublicKey, Signature};
use crate::encoding::Defect;
use serde::{Deserialize, Serialize};

/// `checkpoint.rotate`: from here on this key signs checkpoints too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckpointRotate {
    /// The new checkpoint key.
    pub new_key: PublicKey,
    /// Its signature over `possession::checkpoint_key`.
    pub possession: Signature,
}

impl CheckpointRotate {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        check_key("newKey", &self.new_key)
    }
}

/// `checkpoint.retire`: this key signs no further checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckpointRetire {
    /// The retired key.
    pub key: PublicKey,
}
