//! The claims of the log as they are compared: read from its entries, not verified. What is shown of them is read as verified.

use super::claim_place::ClaimPlace;
use super::known_claims::ClaimInMemory;
use crate::index;
use crate::text::likeness::PieceNumber;
use claimledger_core::entry::Entry;
use claimledger_core::envelope;
use claimledger_core::log::{self, Reader, scan};
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::{EntryIndex, TreeSize};
use std::collections::{HashMap, HashSet};

/// Why a claim could not be compared.
pub(super) enum Unanswered {
    /// The index is damaged, or cannot be read.
    Index(index::Error),
    /// The log cannot be read.
    Log(log::Error),
}

impl From<index::Error> for Unanswered {
    fn from(why: index::Error) -> Self {
        Self::Index(why)
    }
}

impl From<log::Error> for Unanswered {
    fn from(why: log::Error) -> Self {
        Self::Log(why)
    }
}

/// A claim, or the claim that a recorded review is about.
pub(super) struct ClaimRead {
    pub(super) at: ClaimPlace,
    /// Its statement; absent if it has none yet.
    pub(super) id: Option<StatementId>,
    /// If it is of a recorded review: the claim of this ledger that the record names.
    pub(super) review_of: Option<StatementId>,
    pub(super) words: String,
}

impl ClaimRead {
    /// Of an entry's bytes; `None` if it has no claim, or its words are sealed.
    pub(super) fn of(entry: EntryIndex, bytes: &[u8]) -> Option<Self> {
        let (StatementType::ClaimAdd | StatementType::ReviewRecord) = scan::type_of(bytes)? else {
            return None;
        };
        let payload = Entry::payload_in(bytes)?;
        let body = Statement::decode(payload).ok()?.body;
        let (review_of, words) = match &body {
            Body::ClaimAdd(claim) => (None, claim.text.words()?),
            Body::ReviewRecord(review) => (review.claim, review.claim_text.words()?),
            _ => return None,
        };
        Some(Self {
            at: ClaimPlace::Entry(entry),
            id: Some(envelope::id_of(payload)),
            review_of,
            words: words.to_owned(),
        })
    }
}

/// Each claim of the entries from `from` to `size`.
pub(super) fn each_claim<E: From<log::Error>>(
    reader: &dyn Reader,
    from: TreeSize,
    size: TreeSize,
    mut take: impl FnMut(ClaimRead) -> Result<(), E>,
) -> Result<(), E> {
    scan::since(reader, from, size, |entry, bytes| {
        ClaimRead::of(entry, bytes).map_or(Ok(()), &mut take)
    })
}

/// Entries that are read again for each claim, so that memory does not grow with them.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnreadEntries {
    pub(super) from: TreeSize,
    pub(super) size: TreeSize,
}

impl UnreadEntries {
    /// Of its claims, as many as `most` that have most of these pieces. `known` makes a claim comparable.
    pub(super) fn best(
        self,
        reader: &dyn Reader,
        own: &HashSet<PieceNumber>,
        most: usize,
        known: impl Fn(&ClaimRead) -> Result<ClaimInMemory, Unanswered>,
    ) -> Result<Vec<ClaimInMemory>, Unanswered> {
        let mut found: Vec<(usize, ClaimInMemory)> = Vec::new();
        let keep_best = |found: &mut Vec<(usize, ClaimInMemory)>| {
            found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.at.cmp(&b.1.at)));
            found.truncate(most);
        };
        each_claim(reader, self.from, self.size, |claim| {
            let claim = known(&claim)?;
            let shared = claim.pieces.iter();
            let shared = shared.filter(|piece| own.contains(piece)).count();
            found.push((shared, claim));
            if found.len() >= 4 * most {
                keep_best(&mut found);
            }
            Ok::<(), Unanswered>(())
        })?;
        keep_best(&mut found);
        Ok(found.into_iter().map(|(_, claim)| claim).collect())
    }

    /// How many claims there are, and how many of them have each of these pieces.
    pub(super) fn counts(
        self,
        reader: &dyn Reader,
        wanted: &HashSet<PieceNumber>,
        known: impl Fn(&ClaimRead) -> Result<ClaimInMemory, Unanswered>,
    ) -> Result<(u64, HashMap<PieceNumber, u64>), Unanswered> {
        let (mut claims, mut of) = (0, HashMap::new());
        each_claim(reader, self.from, self.size, |claim| {
            claims += 1;
            for piece in known(&claim)?.pieces {
                if wanted.contains(&piece) {
                    *of.entry(piece).or_default() += 1;
                }
            }
            Ok::<(), Unanswered>(())
        })?;
        Ok((claims, of))
    }
}
