//! The rows: short keys, sorted runs, bincode values.
//!
//! | key | value |
//! |---|---|
//! | `m` | the marker |
//! | `L` | the ledger |
//! | `K` key, 32 bytes | a key's history |
//! | `O` organisation | the entry that first named it |
//! | `N` label | a statement's id |
//! | `R` id, 32 bytes | the ratings of a scale version |
//! | `S` id, its first 8 bytes | every statement whose id begins so, and where it stands |
//! | `T` type u8, index u64 | (empty) the entries of one type |
//! | `B` named u64, by u64 | (empty) which entry names which |

use super::Error;
use super::rows::Row;
use crate::crypto::Digest;
use crate::model::{StatementId, StatementType};
use crate::rules::fact::StatementFact;
use crate::rules::{Fact, FactKey};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// How far the index has followed the log, and by which schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// The schema of the rows.
    pub schema: u32,
    /// Entries followed.
    pub size: u64,
    /// The tree's root at that size.
    pub root: Digest,
    /// The chained digest of the rule state at that size.
    pub state: Digest,
}

impl Marker {
    /// Before entry 0.
    pub const EMPTY: Self = Self {
        schema: SCHEMA,
        size: 0,
        root: Digest::ZERO,
        state: Digest::ZERO,
    };
}

/// The statements that share the first 8 bytes of their ids; nearly always one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namesakes(pub Vec<(StatementId, StatementFact)>);

/// The key of a fact's row.
pub fn fact_key(key: &FactKey) -> Vec<u8> {
    let (tag, rest): (u8, &[u8]) = match key {
        FactKey::Ledger => (b'L', &[]),
        FactKey::Key(key) => (b'K', key.as_bytes()),
        FactKey::Organisation(slug) => (b'O', slug.as_str().as_bytes()),
        FactKey::Label(label) => (b'N', label.as_str().as_bytes()),
        FactKey::Ratings(id) => (b'R', id.as_bytes()),
        FactKey::Statement(id) => (b'S', &id.as_bytes()[..STATEMENT_KEY_BYTES]),
    };
    [&[tag], rest].concat()
}

/// The row of a fact other than a statement's.
pub fn fact_row(key: &FactKey, fact: &Fact) -> Row {
    row(fact_key(key), fact)
}

/// The row that lists an entry under its type.
pub fn type_row(statement_type: StatementType, index: u64) -> Row {
    Row {
        key: [&type_prefix(statement_type)[..], &index.to_be_bytes()].concat(),
        value: Vec::new(),
    }
}

/// What the keys of one type's entries begin with.
pub fn type_prefix(statement_type: StatementType) -> Vec<u8> {
    let place = StatementType::ALL
        .iter()
        .position(|t| *t == statement_type)
        .expect("ALL lists every type");
    vec![b'T', u8::try_from(place).expect("27 types")]
}

/// The row that says entry `by` names entry `named`.
pub fn naming_row(named: u64, by: u64) -> Row {
    Row {
        key: [&naming_prefix(named)[..], &by.to_be_bytes()].concat(),
        value: Vec::new(),
    }
}

/// What the keys of those that name an entry begin with.
pub fn naming_prefix(named: u64) -> Vec<u8> {
    [&b"B"[..], &named.to_be_bytes()].concat()
}

/// The index at the end of a type or naming row's key.
pub fn last_index(row: &Row) -> Result<u64, Error> {
    let at = row.key.len().checked_sub(8);
    at.and_then(|at| row.key[at..].try_into().ok())
        .map(u64::from_be_bytes)
        .ok_or_else(|| Error::Corrupt {
            reason: "a row's key is too short".to_owned(),
        })
}

/// A row with a bincode value.
pub fn row<T: Serialize>(key: Vec<u8>, value: &T) -> Row {
    let value = bincode::serde::encode_to_vec(value, bincode::config::standard())
        .expect("rows are plain data");
    Row { key, value }
}

/// Reads a bincode value; one that does not read is a corrupt index.
pub fn read_value<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let config = bincode::config::standard().with_limit::<MAX_ROW_BYTES>();
    match bincode::serde::decode_from_slice(bytes, config) {
        Ok((value, used)) if used == bytes.len() => Ok(value),
        Ok(_) => Err(Error::Corrupt {
            reason: "a row is longer than its value".to_owned(),
        }),
        Err(e) => Err(Error::Corrupt {
            reason: format!("a row does not read: {e}"),
        }),
    }
}

/// The marker's key.
pub const MARKER_KEY: &[u8] = b"m";

/// Moves when the rows mean something else; an index of another schema is rebuilt.
pub const SCHEMA: u32 = 1;

/// Eight bytes of an id tell statements apart; those few that share them stand in one row.
const STATEMENT_KEY_BYTES: usize = 8;

/// A key's history is the longest row; a megabyte would be tens of thousands of role changes.
const MAX_ROW_BYTES: usize = 1024 * 1024;
