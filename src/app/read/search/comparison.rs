//! Compares a new claim with those of the index and those in memory. It is given everything by reference, so that several
//! claims can be compared at once.

use super::claim_place::ClaimPlace;
use super::known_claims::{ClaimInMemory, KnownClaims};
use super::unread::{ClaimRead, Unanswered, UnreadEntries};
use crate::fulltext::{IndexedClaims, PieceWanted};
use crate::text::likeness::{PieceNumber, SIMILAR, WeighedClaim, pieces, weight};
use crate::text::similar::{ComparedText, NearDuplicates};
use claimledger_core::log::Reader;
use claimledger_core::log::tiles::{DividedBundle, read_bundle};
use claimledger_core::model::StatementId;
use claimledger_core::tlog::tile::TILE_WIDTH;
use claimledger_core::{EntryIndex, TreeSize};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

/// What was found out about the index while it is open. It does not change meanwhile.
#[derive(Default)]
pub(super) struct IndexMemory {
    /// How many claims of the index have a piece.
    having: Mutex<HashMap<PieceNumber, u64>>,
    /// Claims that were read.
    claims: Mutex<HashMap<EntryIndex, Option<Arc<ClaimInMemory>>>>,
}

/// A new claim that is to be compared.
#[derive(Debug, Clone, Copy)]
pub struct ClaimToCompare<'c> {
    /// Its words.
    pub words: &'c str,
    /// Its own place if it was taken in already: then it is compared only with those before it.
    pub at: Option<ClaimPlace>,
    /// The claim that it corrects, which is not looked at.
    pub but: Option<&'c StatementId>,
}

/// What is like a claim, by the words alone.
#[derive(Default)]
pub(super) struct AlikeByWords {
    /// With nearly the same words, nearest first.
    pub(super) nearly_same: Vec<ClaimPlace>,
    /// Others, the most alike first.
    pub(super) similar: Vec<ClaimPlace>,
}

/// The claims that a new one is compared with.
pub(super) struct Comparison<'c> {
    /// Those of the index, if there is one.
    pub(super) indexed: Option<&'c IndexedClaims<'c>>,
    pub(super) memory: &'c IndexMemory,
    pub(super) beyond: &'c KnownClaims,
    pub(super) unread: Option<UnreadEntries>,
    pub(super) reader: &'c dyn Reader,
    pub(super) size: TreeSize,
}

/// A piece of a claim: as it is written, its number, and how many claims of the index have it.
struct Piece {
    written: String,
    number: PieceNumber,
    in_index: u64,
}

impl Comparison<'_> {
    /// A claim, ready to be compared.
    pub(super) fn known(&self, claim: &ClaimRead) -> Result<ClaimInMemory, Unanswered> {
        let (pieces, in_index) = self.counted(&claim.words)?;
        Ok(ClaimInMemory {
            at: claim.at,
            id: claim.id,
            review_of: claim.review_of,
            words: ComparedText::new(&claim.words),
            pieces,
            in_index,
        })
    }

    fn counted(&self, words: &str) -> Result<(Vec<PieceNumber>, Vec<u64>), Unanswered> {
        let pieces = self.pieces(words)?.into_iter();
        Ok(pieces.map(|piece| (piece.number, piece.in_index)).unzip())
    }

    /// The pieces of words, ascending by number, each once.
    fn pieces(&self, words: &str) -> Result<Vec<Piece>, Unanswered> {
        let written: HashSet<String> = pieces(words).collect();
        let numbered = written.into_iter().map(|written| Piece {
            number: PieceNumber::of(&written),
            written,
            in_index: 0,
        });
        let mut all: Vec<Piece> = numbered.collect();
        all.sort_unstable_by_key(|piece| piece.number);
        all.dedup_by_key(|piece| piece.number);
        let Some(indexed) = self.indexed else {
            return Ok(all);
        };
        let mut unknown = Vec::new();
        {
            let known = self.memory.having.lock();
            let known = known.unwrap_or_else(PoisonError::into_inner);
            for piece in &mut all {
                match known.get(&piece.number) {
                    Some(having) => piece.in_index = *having,
                    None => unknown.push(piece),
                }
            }
        }
        for piece in &mut unknown {
            piece.in_index = indexed.having(&piece.written)?;
        }
        let known = self.memory.having.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        known.extend(unknown.iter().map(|piece| (piece.number, piece.in_index)));
        Ok(all)
    }

    /// What is like a claim.
    pub(super) fn alike(&self, new: &ClaimToCompare<'_>) -> Result<AlikeByWords, Unanswered> {
        let own = self.pieces(new.words)?;
        if own.is_empty() {
            return Ok(AlikeByWords::default());
        }
        let indexed = self.indexed.map_or(Ok(0), IndexedClaims::count)?;
        let mut weights = Weights {
            claims: indexed + self.beyond.len() as u64,
            beyond: self.beyond,
            unread: HashMap::new(),
        };
        let weighed: Vec<(PieceNumber, f64)> = own
            .iter()
            .map(|piece| (piece.number, weights.of(piece.number, piece.in_index)))
            .collect();
        let in_index = self.in_index(&own, &weighed)?;
        let may = |at: ClaimPlace| new.at.is_none_or(|own| at < own);
        let in_memory = self.beyond.best(&weighed, CANDIDATES, may);
        let known = |claim: &ClaimRead| self.known(claim);
        let numbers = || own.iter().map(|piece| piece.number);
        let unread = match self.unread {
            Some(unread) => unread.best(self.reader, &numbers().collect(), CANDIDATES, known)?,
            None => Vec::new(),
        };
        let in_index = in_index.iter().map(|claim| &**claim);
        let candidates: Vec<&ClaimInMemory> = in_index.chain(in_memory).chain(&unread).collect();
        if let Some(unread) = self.unread {
            let of_others = candidates.iter().flat_map(|claim| &claim.pieces);
            let all = numbers().chain(of_others.copied()).collect();
            let (claims, of) = unread.counts(self.reader, &all, known)?;
            weights.claims += claims;
            weights.unread = of;
        }
        let own = own.iter().map(|piece| {
            let weight = weights.of(piece.number, piece.in_index);
            (piece.number, weight)
        });
        let own = WeighedClaim::new(own.collect());
        Ok(judged(new, &own, &weights, &candidates))
    }

    /// The claims of the index that share most with a new one.
    fn in_index(
        &self,
        own: &[Piece],
        weighed: &[(PieceNumber, f64)],
    ) -> Result<Vec<Arc<ClaimInMemory>>, Unanswered> {
        let Some(indexed) = self.indexed else {
            return Ok(Vec::new());
        };
        let total: f64 = weighed.iter().map(|(_, weight)| weight).sum();
        let wanted = own
            .iter()
            .zip(weighed)
            .map(|(piece, (_, weight))| PieceWanted {
                piece: &piece.written,
                having: piece.in_index,
                weight: *weight,
            });
        let sharing = indexed.sharing(wanted.collect(), CANDIDATES)?;
        let mut bundles = HashMap::new();
        let mut found = Vec::new();
        for one in sharing
            .iter()
            .filter(|one| one.weight >= LEAST_SHARED * total)
        {
            found.extend(self.read(one.entry, &mut bundles)?);
        }
        Ok(found)
    }

    /// The claim of an entry that the index names; `None` if the log has none there.
    fn read(
        &self,
        entry: EntryIndex,
        bundles: &mut HashMap<u64, DividedBundle>,
    ) -> Result<Option<Arc<ClaimInMemory>>, Unanswered> {
        if !self.size.contains(entry) {
            return Ok(None);
        }
        let lock = || {
            let claims = self.memory.claims.lock();
            claims.unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(known) = lock().get(&entry) {
            return Ok(known.clone());
        }
        let (number, place) = (entry.get() / TILE_WIDTH, entry.get() % TILE_WIDTH);
        let bundle = match bundles.entry(number) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(free) => free.insert(read_bundle(self.reader, number, self.size)?),
        };
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        let claim = match bundle
            .get(place)
            .and_then(|bytes| ClaimRead::of(entry, bytes))
        {
            Some(claim) => Some(Arc::new(self.known(&claim)?)),
            None => None,
        };
        let mut claims = lock();
        if claims.len() >= MOST_REMEMBERED {
            claims.clear();
        }
        claims.insert(entry, claim.clone());
        Ok(claim)
    }
}

/// How much each piece weighs, by how many of all claims have it.
struct Weights<'w> {
    claims: u64,
    beyond: &'w KnownClaims,
    unread: HashMap<PieceNumber, u64>,
}

impl Weights<'_> {
    fn of(&self, piece: PieceNumber, in_index: u64) -> f64 {
        let unread = self.unread.get(&piece).copied().unwrap_or(0);
        weight(self.claims, in_index + self.beyond.having(piece) + unread)
    }
}

/// Which of the candidates are like a claim. A recorded review of a claim that is like it itself is left out.
fn judged(
    new: &ClaimToCompare<'_>,
    own: &WeighedClaim,
    weights: &Weights<'_>,
    candidates: &[&ClaimInMemory],
) -> AlikeByWords {
    let mut near = NearDuplicates::new(&ComparedText::new(new.words));
    let mut similar = Vec::new();
    for claim in candidates {
        if new.but.is_some() && claim.id.as_ref() == new.but {
            continue;
        }
        near.compare(*claim, &claim.words);
        let weigh = |at: usize| weights.of(claim.pieces[at], claim.in_index[at]);
        let likeness = own.likeness(&claim.pieces, weigh, SIMILAR);
        similar.extend(likeness.map(|likeness| (likeness, *claim)));
    }
    similar.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.at.cmp(&b.1.at)));
    let near = near.nearest_first().into_iter().map(|near| near.key);
    let near: Vec<&ClaimInMemory> = near.collect();
    let similar: Vec<&ClaimInMemory> = similar.into_iter().map(|(_, claim)| claim).collect();
    let same: BTreeSet<StatementId> = near.iter().filter_map(|claim| claim.id).collect();
    let alike: BTreeSet<StatementId> = similar.iter().filter_map(|claim| claim.id).collect();
    let is_listed = |claim: &ClaimInMemory, ids: &BTreeSet<StatementId>| {
        claim.review_of.is_some_and(|id| ids.contains(&id))
    };
    let nearly_same: Vec<ClaimPlace> = near
        .into_iter()
        .filter(|claim| !is_listed(claim, &same))
        .map(|claim| claim.at)
        .collect();
    let similar = similar
        .into_iter()
        .filter(|claim| !is_listed(claim, &same) && !is_listed(claim, &alike))
        .map(|claim| claim.at)
        .filter(|at| !nearly_same.contains(at));
    AlikeByWords {
        similar: similar.collect(),
        nearly_same,
    }
}

/// How many of the best matches are compared, of the index and of those in memory.
const CANDIDATES: usize = 30;

/// A claim of the index is read if it shares at least this part of the weight of the new one: less is hardly ever similar.
const LEAST_SHARED: f64 = 0.05;

/// Claims of the index that are kept while it is open: about four megabytes.
const MOST_REMEMBERED: usize = 4_096;
