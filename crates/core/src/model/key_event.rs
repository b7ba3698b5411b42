//! Keys and the people behind them: enrolment, rotation, revocation, recovery.

use super::organisation::Role;
use super::{Name, Prose, agree, ascending};
use crate::crypto::{PublicKey, Signature};
use crate::encoding::name::Slug;
use crate::encoding::{Defect, DefectCode};
use crate::tlog::EntryIndex;
use serde::{Deserialize, Serialize};

/// `key.enroll`: from here on this key signs for this holder, in these roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Enroll {
    /// The person, by a short name.
    pub holder: Slug,
    /// The new key.
    pub key: PublicKey,
    /// The person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The organisation they sign for.
    pub organisation: Slug,
    /// The new key's signature over `possession::enroll`.
    pub possession: Signature,
    /// What the key may do, ascending.
    pub roles: Vec<Role>,
}

impl Enroll {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        check_key("key", &self.key)?;
        ascending("roles", &self.roles)?;
        agree(
            !self.roles.contains(&Role::Importer) || self.roles.len() == 1,
            "an importer is software and has no other role",
        )
    }
}

/// `key.rotate`: the holder continues with a new key; holder and roles stay the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rotate {
    /// The new key.
    pub new_key: PublicKey,
    /// Its signature over `possession::rotate`.
    pub possession: Signature,
}

impl Rotate {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        check_key("newKey", &self.new_key)
    }
}

words!(
    /// Why a key no longer signs.
    RevocationReason, "reason for revocation" {
        /// Another key took its place.
        Superseded = "superseded",
        /// Its holder left.
        Left = "left",
        /// It is lost.
        Lost = "lost",
        /// Somebody else may have it.
        Compromised = "compromised",
    }
);

/// `key.revoke`: this key no longer signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Revoke {
    /// For a compromised key: the first entry that is no longer trusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distrust_from: Option<EntryIndex>,
    /// The key.
    pub key: PublicKey,
    /// A remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Prose>,
    /// Why.
    pub reason: RevocationReason,
}

impl Revoke {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        agree(
            (self.reason == RevocationReason::Compromised) == self.distrust_from.is_some(),
            "a compromised key, and only such a one, is distrusted from an index",
        )
    }
}

/// A key and the first entry from which it is not trusted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RevokedFrom {
    /// The first entry that is no longer trusted.
    pub distrust_from: EntryIndex,
    /// The key.
    pub key: PublicKey,
}

/// One recovery key's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecoverySignature {
    /// The recovery key, as entry 0 lists it.
    pub key: PublicKey,
    /// Its signature over `possession::recover`.
    pub signature: Signature,
}

/// `key.recover`: recovery keys replace an admin; the statement is signed by the new admin key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Recover {
    /// The new admin.
    pub holder: Slug,
    /// The index of the last key event, so that no old recovery can be replayed.
    pub last_key_event: EntryIndex,
    /// The person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The keys that no longer sign, by key ascending.
    pub revoked: Vec<RevokedFrom>,
    /// The recovery keys' signatures, by key ascending.
    pub signatures: Vec<RecoverySignature>,
}

impl Recover {
    pub(crate) fn check(&self) -> Result<(), Defect> {
        let revoked: Vec<_> = self.revoked.iter().map(|r| r.key).collect();
        ascending("revoked", &revoked)?;
        let signing: Vec<_> = self.signatures.iter().map(|s| s.key).collect();
        ascending("signatures", &signing)
    }
}

/// Refuses a key that must not be enrolled.
pub(crate) fn check_key(field: &str, key: &PublicKey) -> Result<(), Defect> {
    key.check()
        .map_err(|e| Defect::new(DefectCode::BadKey, format!("{field}: {e}")))
}
