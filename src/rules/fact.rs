//! What the rules remember: facts by key, changed only by admitted entries, with a chained digest.

use crate::crypto::{Digest, PublicKey, sha256};
use crate::encoding::json;
use crate::encoding::name::{Label, Origin, Slug};
use crate::model::organisation::Role;
use crate::model::{StatementId, StatementType};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a fact is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FactKey {
    /// The ledger itself.
    Ledger,
    /// A key, of a person or of checkpoints.
    Key(PublicKey),
    /// An organisation.
    Organisation(Slug),
    /// A statement.
    Statement(StatementId),
    /// A label.
    Label(Label),
    /// The ratings of a scale version.
    Ratings(StatementId),
}

/// A fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fact {
    /// The ledger itself.
    Ledger(LedgerFact),
    /// A key that signs or signed statements.
    Key(KeyFact),
    /// A key that signs checkpoints, since this entry.
    CheckpointKey(u64),
    /// The entry that first named an organisation.
    Organisation(u64),
    /// Where a statement stands.
    Statement(StatementFact),
    /// Whose a label is.
    Label(StatementId),
    /// The codes of a scale's entries.
    Ratings(Vec<Slug>),
}

/// The ledger, as entry 0 made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerFact {
    /// The statement id of entry 0.
    pub id: StatementId,
    /// Its name.
    pub origin: Origin,
    /// The key that signs its checkpoints.
    pub checkpoint_key: PublicKey,
    /// The rules version.
    pub rules: u64,
}

/// A key's whole history, oldest first: from which entry on it was whose, in which roles, until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFact {
    /// The person.
    pub holder: Slug,
    /// Their organisation.
    pub organisation: Slug,
    /// Roles, each valid after the entry that set them.
    pub roles: Vec<(u64, Vec<Role>)>,
    /// The entry that ended it, if one did.
    pub ended: Option<u64>,
}

/// Where a statement stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementFact {
    /// Its entry.
    pub index: u64,
    /// Its type.
    pub statement_type: StatementType,
}

/// What one admitted entry changes: facts put in place of earlier ones under the same key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes(BTreeMap<FactKey, Fact>);

impl Changes {
    /// Puts a fact.
    pub fn put(&mut self, key: FactKey, fact: Fact) {
        self.0.insert(key, fact);
    }

    /// The changes, by key ascending.
    pub fn iter(&self) -> impl Iterator<Item = (&FactKey, &Fact)> {
        self.0.iter()
    }

    /// Whether this entry changes this key.
    pub fn fact(&self, key: &FactKey) -> Option<&Fact> {
        self.0.get(key)
    }

    /// The chained digest of the rule state: SHA-256(digest before ‖ canonical changes), where the changes are a JSON
    /// list of [key, fact] pairs by key ascending.
    pub fn digest(&self, before: &Digest) -> Digest {
        let pairs: Vec<(&FactKey, &Fact)> = self.0.iter().collect();
        sha256(&[before.as_bytes(), &json::encode(&pairs)])
    }
}
