//! Places in a log: the index of an entry, and the size of a tree. Two types, so that one cannot stand for the other.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

/// The place of an entry in its log, counted from 0.
///
/// # Examples
///
/// ```
/// use claimledger_core::{EntryIndex, TreeSize};
///
/// let third = EntryIndex::new(2);
/// // A tree of three entries holds entries 0, 1 and 2.
/// assert!(TreeSize::new(3).contains(third));
/// assert_eq!(third.size_through(), TreeSize::new(3));
/// assert_eq!(TreeSize::new(3).last(), Some(third));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct EntryIndex(u64);

/// The number of entries that a head covers: a tree of size n holds the entries 0 to n-1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct TreeSize(u64);

impl EntryIndex {
    /// Entry 0, with which every log begins.
    pub const FIRST: Self = Self(0);

    /// Entry number `index`, counted from 0.
    pub const fn new(index: u64) -> Self {
        Self(index)
    }

    /// The number, counted from 0.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The size of the log just before this entry: index.
    pub const fn size_before(self) -> TreeSize {
        TreeSize(self.0)
    }

    /// The size of the smallest tree that holds this entry: index + 1. At 2^64-1, which no log reaches, it stays there.
    pub const fn size_through(self) -> TreeSize {
        TreeSize(self.0.saturating_add(1))
    }
}

impl TreeSize {
    /// The log without entries.
    pub const EMPTY: Self = Self(0);

    /// The largest size that a checkpoint may have: 2^63 - 1, so that no computation on it overflows.
    pub const LARGEST: Self = Self(i64::MAX as u64);

    /// A tree of `entries` entries.
    pub const fn new(entries: u64) -> Self {
        Self(entries)
    }

    /// The number of entries.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Whether a tree of this size holds no entry.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a tree of this size holds this entry: index < size.
    pub const fn contains(self, index: EntryIndex) -> bool {
        index.0 < self.0
    }

    /// The last entry of a tree of this size; an empty tree has none.
    pub const fn last(self) -> Option<EntryIndex> {
        match self.0.checked_sub(1) {
            Some(last) => Some(EntryIndex(last)),
            None => None,
        }
    }

    /// The index that the next entry gets.
    pub const fn next(self) -> EntryIndex {
        EntryIndex(self.0)
    }

    /// Every entry of a tree of this size, in order.
    pub fn indices(self) -> impl DoubleEndedIterator<Item = EntryIndex> {
        self.indices_from(EntryIndex::FIRST)
    }

    /// The entries of a tree of this size from `first` on, in order.
    pub fn indices_from(self, first: EntryIndex) -> impl DoubleEndedIterator<Item = EntryIndex> {
        (first.0..self.0).map(EntryIndex)
    }

    /// How many entries a tree of this size has after the first `earlier`; 0 if it is no larger.
    pub const fn entries_after(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Every entry of a tree of this size, in portions of at most `most`: the first entry of each, and the size of the
    /// tree that ends with it.
    pub fn portions(self, most: u64) -> impl Iterator<Item = (EntryIndex, Self)> {
        let mut first = EntryIndex::FIRST;
        std::iter::from_fn(move || {
            let end = Self(first.0.saturating_add(most)).min(self);
            let portion = end.contains(first).then_some((first, end));
            first = end.next();
            portion
        })
    }
}

impl fmt::Display for EntryIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for TreeSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A decimal number.
impl FromStr for EntryIndex {
    type Err = ParseIntError;
    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}

/// A decimal number.
impl FromStr for TreeSize {
    type Err = ParseIntError;
    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        text.parse().map(Self)
    }
}
