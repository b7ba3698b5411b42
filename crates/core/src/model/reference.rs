//! How one statement names another: by its id, or by `origin#id` in another ledger.

use crate::crypto::{Digest, sha256};
use crate::encoding::bytes::{array_from_hex, byte_newtype, to_hex};
use crate::encoding::name::Origin;
use crate::encoding::{Defect, DefectCode};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

byte_newtype!(
    /// A statement's identity: SHA-256 of the DSSE pre-authentication encoding that its signature covers; in text, 64
    /// lower-case hex digits. The id of entry 0 is the ledger's id.
    StatementId,
    32,
    to_hex,
    array_from_hex,
    "^[0-9a-f]{64}$"
);

impl StatementId {
    /// The id of the statement whose signature covers `pae`.
    pub fn from_pae(pae: &[u8]) -> Self {
        Self(*sha256(&[pae]).as_bytes())
    }

    /// The first 8 hex digits, for people.
    pub fn short(&self) -> String {
        Digest::from_bytes(self.0).short(8)
    }
}

/// A statement of this ledger or of another one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reference {
    /// In this ledger: 64 hex digits.
    Here(StatementId),
    /// In another ledger: `origin#` and 64 hex digits.
    Elsewhere(Origin, StatementId),
}

impl FromStr for Reference {
    type Err = Defect;
    fn from_str(text: &str) -> Result<Self, Defect> {
        match text.split_once('#') {
            None => text.parse().map(Self::Here),
            Some((origin, id)) => Ok(Self::Elsewhere(origin.parse()?, id.parse()?)),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here(id) => write!(f, "{id}"),
            Self::Elsewhere(origin, id) => write!(f, "{origin}#{id}"),
        }
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?
            .parse()
            .map_err(|e: Defect| D::Error::custom(e))
    }
}

crate::encoding::schema::text_schema!(Reference, "pattern": r"^((?!claimledger/)[^\p{Cc}\p{Cf}\p{Z}+#]{1,255}#)?[0-9a-f]{64}$");

/// A reference in a statement: the field, what it names, and which types it may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The field, as `docs/format.md` calls it.
    pub field: &'static str,
    /// The statement named.
    pub id: StatementId,
    /// The types it may have; empty: any type.
    pub types: &'static [super::StatementType],
}

impl Named {
    /// A reference in `field` to a statement of one of `types`.
    pub const fn new(
        field: &'static str,
        id: StatementId,
        types: &'static [super::StatementType],
    ) -> Self {
        Self { field, id, types }
    }
}

/// Refuses a statement that relates a thing to itself.
pub(crate) fn distinct(from: &StatementId, to: &StatementId) -> Result<(), Defect> {
    if from == to {
        return Err(Defect::new(
            DefectCode::FieldsDisagree,
            "from and to are the same statement",
        ));
    }
    Ok(())
}
