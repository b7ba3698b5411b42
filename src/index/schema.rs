//! The rows: short keys, sorted runs, bincode values.
//!
//! | key | value |
//! |---|---|
//! | `m` | the marker |
//! | `L` | the ledger |
//! | `G` | the last key event |
//! | `K` key, 32 bytes | a key's history |
//! | `H` holder, `O` organisation | the entry that first named it |
//! | `N` label | the entry that took it last |
//! | `B` index u64 | the entry that had its label before |
//! | `C` organisation, 0, scale | its newest version |
//! | `D` source u64, digest, 32 bytes | bytes that a source has |
//! | `P` source u64, digest, 32 bytes, organisation u64 | the first entry with which it brought bytes that it holds |
//! | `R` organisation u64, digest, 32 bytes | the last record of another's review |
//! | `Q` index u64 | a record of another's review |
//! | `V` organisation u64, origin | the last observation of another ledger |
//! | `U` index u64 | an observation of another ledger |
//! | `A` thing u64, organisation u64 | the first evidence or verdict with which the organisation named it |
//! | `F` | the first entry that distrusted a key |
//! | `W` index u64 | what became of a revocation for compromise |
//! | `Z` index u64 | when an event that gave roles was distrusted |
//! | `Y` statement u64, index u64 | what ends the statement, from that entry on |
//! | `S` id, its first 8 bytes | every statement whose id begins so, and its entry |
//! | `E` index u64 | what the statement of an entry says |
//! | `X` subject u64, link u8, index u64 | (empty) an entry is about another |
//! | `T` type u8, index u64 | (empty) the entries of one type |

use super::Error;
use super::rows::Row;
use claimledger_core::crypto::Digest;
use claimledger_core::model::{StatementId, StatementType};
use claimledger_core::rules::{Fact, FactKey, Link};
use claimledger_core::{EntryIndex, TreeSize};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What a row is about, by its key: the words of the table above.
pub fn kind_of(key: &[u8]) -> &'static str {
    match key.first() {
        Some(b'm') => "marker",
        Some(b'L' | b'G' | b'F') => "ledger",
        Some(b'K') => "keys",
        Some(b'H' | b'O') => "people and organisations",
        Some(b'N' | b'B') => "labels",
        Some(b'C') => "scales",
        Some(b'D' | b'P') => "bytes held",
        Some(b'R' | b'Q') => "reviews of others",
        Some(b'V' | b'U') => "other ledgers",
        Some(b'A') => "what is named",
        Some(b'W' | b'Z') => "distrust",
        Some(b'Y') => "what ends a statement",
        Some(b'S') => "ids",
        Some(b'E') => "statements",
        Some(b'X') => "what is about what",
        Some(b'T') => "types",
        _ => "unknown",
    }
}

/// How far the index has followed the log, and by which schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marker {
    /// The schema of the rows.
    pub schema: u32,
    /// Entries followed.
    pub size: TreeSize,
    /// The tree's root at that size.
    pub root: Digest,
    /// The chained digest of the rule state at that size.
    pub state: Digest,
}

impl Marker {
    /// Before entry 0.
    pub const EMPTY: Self = Self {
        schema: SCHEMA,
        size: TreeSize::EMPTY,
        root: Digest::ZERO,
        state: Digest::ZERO,
    };
}

/// The statements that share the first 8 bytes of their ids; nearly always one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namesakes(pub Vec<(StatementId, EntryIndex)>);

/// What the key of every label begins with.
pub const LABELS: &[u8] = b"N";

/// The key of a fact's row.
pub fn fact_key(key: &FactKey) -> Vec<u8> {
    let tagged = |tag: u8, rest: &[u8]| [&[tag], rest].concat();
    match key {
        FactKey::Ledger => tagged(b'L', &[]),
        FactKey::LastKeyEvent => tagged(b'G', &[]),
        FactKey::Key(key) => tagged(b'K', key.as_bytes()),
        FactKey::Holder(slug) => tagged(b'H', slug.as_str().as_bytes()),
        FactKey::Organisation(slug) => tagged(b'O', slug.as_str().as_bytes()),
        FactKey::Described(slug) => tagged(b'B', slug.as_str().as_bytes()),
        FactKey::Label(label) => tagged(b'N', label.as_str().as_bytes()),
        FactKey::Scale(organisation, scale) => tagged(
            b'C',
            &[
                organisation.as_str().as_bytes(),
                &[0],
                scale.as_str().as_bytes(),
            ]
            .concat(),
        ),
        FactKey::Blob(source, sha256) => tagged(
            b'D',
            &[&source.get().to_be_bytes()[..], sha256.as_bytes()].concat(),
        ),
        FactKey::EarlierLabel(index) => tagged(b'B', &index.get().to_be_bytes()),
        FactKey::Review(organisation, identity) => tagged(
            b'R',
            &[&organisation.get().to_be_bytes()[..], identity.as_bytes()].concat(),
        ),
        FactKey::Recorded(index) => tagged(b'Q', &index.get().to_be_bytes()),
        FactKey::Observed(organisation, origin) => tagged(
            b'V',
            &[
                &organisation.get().to_be_bytes()[..],
                origin.as_str().as_bytes(),
            ]
            .concat(),
        ),
        FactKey::Observation(index) => tagged(b'U', &index.get().to_be_bytes()),
        FactKey::FirstDistrust => tagged(b'F', &[]),
        FactKey::Revocation(index) => tagged(b'W', &index.get().to_be_bytes()),
        FactKey::Void(event) => tagged(b'Z', &event.get().to_be_bytes()),
        FactKey::Became(statement, by) => {
            [&became_prefix(*statement)[..], &by.get().to_be_bytes()].concat()
        }
        FactKey::Named(thing, organisation) => tagged(
            b'A',
            &[thing.get().to_be_bytes(), organisation.get().to_be_bytes()].concat(),
        ),
        FactKey::Held(source, sha256, organisation) => tagged(
            b'P',
            &[
                &source.get().to_be_bytes()[..],
                sha256.as_bytes(),
                &organisation.get().to_be_bytes(),
            ]
            .concat(),
        ),
        FactKey::Id(id) => tagged(b'S', &id.as_bytes()[..STATEMENT_KEY_BYTES]),
        FactKey::Statement(index) => tagged(b'E', &index.get().to_be_bytes()),
        FactKey::Link(subject, link, index) => [
            &link_prefix(*subject, *link)[..],
            &index.get().to_be_bytes(),
        ]
        .concat(),
    }
}

/// The row of a fact other than the place of a statement's id.
pub fn fact_row(key: &FactKey, fact: &Fact) -> Row {
    match key {
        FactKey::Link(..) => Row {
            key: fact_key(key),
            value: Vec::new(),
        },
        _ => row(fact_key(key), fact),
    }
}

/// The row that lists an entry under its type.
pub fn type_row(statement_type: StatementType, index: EntryIndex) -> Row {
    Row {
        key: [&type_prefix(statement_type)[..], &index.get().to_be_bytes()].concat(),
        value: Vec::new(),
    }
}

/// The beginning of the keys of one type's entries.
pub fn type_prefix(statement_type: StatementType) -> Vec<u8> {
    let place = StatementType::ALL
        .iter()
        .position(|t| *t == statement_type)
        .expect("ALL lists every type");
    vec![b'T', u8::try_from(place).expect("27 types")]
}

/// The beginning of the keys of what ended a statement, entry by entry.
pub fn became_prefix(statement: EntryIndex) -> Vec<u8> {
    [&b"Y"[..], &statement.get().to_be_bytes()].concat()
}

/// The beginning of the keys of everything about an entry.
pub fn links_prefix(subject: EntryIndex) -> Vec<u8> {
    [&b"X"[..], &subject.get().to_be_bytes()].concat()
}

/// The beginning of the keys of one link of an entry.
pub fn link_prefix(subject: EntryIndex, link: Link) -> Vec<u8> {
    [&links_prefix(subject)[..], &[link.tag()]].concat()
}

/// The link and the entry of a link's row.
pub fn link_of(row: &Row) -> Result<(Link, EntryIndex), Error> {
    let link = row.key.get(9).and_then(|tag| Link::from_tag(*tag));
    let link = link.ok_or_else(|| Error::Corrupt {
        reason: "a row of no link".to_owned(),
    })?;
    Ok((link, last_index(row)?))
}

/// The index at the end of a type or link row's key.
pub fn last_index(row: &Row) -> Result<EntryIndex, Error> {
    let at = row.key.len().checked_sub(8);
    at.and_then(|at| row.key[at..].try_into().ok())
        .map(|bytes| EntryIndex::new(u64::from_be_bytes(bytes)))
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

/// Reads a bincode value; if that fails, the index is corrupt.
pub fn read_value<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let config = bincode::config::standard().with_limit::<MAX_ROW_BYTES>();
    match bincode::serde::decode_from_slice(bytes, config) {
        Ok((value, used)) if used == bytes.len() => Ok(value),
        Ok(_) => Err(Error::Corrupt {
            reason: "a row is longer than its value".to_owned(),
        }),
        Err(e) => Err(Error::Corrupt {
            reason: format!("a row is malformed: {e}"),
        }),
    }
}

/// The marker's key.
pub const MARKER_KEY: &[u8] = b"m";

/// Changes when the meaning of the rows changes; an index of another schema is built again.
pub const SCHEMA: u32 = 6;

/// Eight bytes of an id are enough to distinguish statements; the few that share them are in one row.
const STATEMENT_KEY_BYTES: usize = 8;

/// A key's history is the longest row; a megabyte would be tens of thousands of role changes.
const MAX_ROW_BYTES: usize = 1024 * 1024;
