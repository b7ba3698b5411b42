//! What was asked of the index while something was made from it, so that it is made again only if an answer has changed.
//!
//! A question is the key of a row, or what the keys of a list begin with. Questions are kept as 32 bits of their hash: if two
//! share them, something is made again without need.

use super::schema::{LABELS, became_prefix, fact_key, link_prefix, links_prefix, type_prefix};
use claimledger_core::EntryIndex;
use claimledger_core::model::StatementType;
use claimledger_core::rules::{FactKey, Link};
use std::collections::HashSet;

/// Questions, each as 32 bits of its hash.
pub type Asked = HashSet<u32>;

/// A question whose answer a later entry may change.
pub(super) enum RowQuestion<'q> {
    /// A fact.
    Fact(&'q FactKey),
    /// What is linked to an entry in one way.
    Linked(EntryIndex, Link),
    /// What is linked to an entry in any way.
    AllLinked(EntryIndex),
    /// What ends a statement.
    Became(EntryIndex),
    /// The entries of a type.
    OfType(StatementType),
    /// Every key.
    Keys,
    /// Every label.
    Labels,
}

impl RowQuestion<'_> {
    /// FNV-1a over the bytes of the row's key, folded: a fast hash that every run computes alike. Nobody gains by making two
    /// questions alike.
    pub fn hash(&self) -> u32 {
        let bytes = match self {
            Self::Fact(key) => fact_key(key),
            Self::Linked(subject, link) => link_prefix(*subject, *link),
            Self::AllLinked(subject) => links_prefix(*subject),
            Self::Became(statement) => became_prefix(*statement),
            Self::OfType(kind) => type_prefix(*kind),
            Self::Keys => b"K".to_vec(),
            Self::Labels => LABELS.to_vec(),
        };
        let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, fnv);
        u32::try_from((hash >> 32) ^ (hash & u64::from(u32::MAX))).expect("32 bits")
    }
}
