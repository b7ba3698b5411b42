//! Where a claim is that another one is compared with.

use claimledger_core::EntryIndex;
use std::fmt;

/// Where a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimPlace {
    /// In the log.
    Entry(EntryIndex),
    /// In the import that is being added: the number of its review there, from one.
    Row(u64),
}

impl fmt::Display for ClaimPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(entry) => write!(f, "#{entry}"),
            Self::Row(row) => write!(f, "review {row} of this import"),
        }
    }
}
