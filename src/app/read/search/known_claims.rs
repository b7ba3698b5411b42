//! Claims in memory, found by the pieces of their words.

use super::claim_place::ClaimPlace;
use crate::text::likeness::PieceNumber;
use crate::text::similar::ComparedText;
use claimledger_core::model::StatementId;
use std::collections::{HashMap, VecDeque};

/// A claim in memory.
pub(super) struct ClaimInMemory {
    pub(super) at: ClaimPlace,
    /// Its statement; absent if it has none yet.
    pub(super) id: Option<StatementId>,
    /// If it is the claim of a recorded review: the claim of this ledger that the record names.
    pub(super) review_of: Option<StatementId>,
    /// Its words, as their letters are compared.
    pub(super) words: ComparedText,
    /// The pieces of its words, ascending, each once.
    pub(super) pieces: Vec<PieceNumber>,
    /// How many claims of the index have each.
    pub(super) in_index: Vec<u64>,
}

/// Claims in the order in which they came.
#[derive(Default)]
pub(super) struct KnownClaims {
    claims: VecDeque<ClaimInMemory>,
    /// How many claims were forgotten: the number of the first one that is kept.
    forgotten: usize,
    /// The numbers of the claims that have a piece, ascending.
    having: HashMap<PieceNumber, VecDeque<usize>>,
}

impl KnownClaims {
    pub(super) fn len(&self) -> usize {
        self.claims.len()
    }

    pub(super) fn push(&mut self, claim: ClaimInMemory) {
        let number = self.forgotten + self.claims.len();
        for piece in &claim.pieces {
            self.having.entry(*piece).or_default().push_back(number);
        }
        self.claims.push_back(claim);
    }

    /// Forgets the oldest claims beyond so many.
    pub(super) fn forget_beyond(&mut self, most: usize) {
        while self.claims.len() > most
            && let Some(claim) = self.claims.pop_front()
        {
            for piece in &claim.pieces {
                // The oldest claim is the first of every piece that it has.
                if let Some(numbers) = self.having.get_mut(piece) {
                    numbers.pop_front();
                    if numbers.is_empty() {
                        self.having.remove(piece);
                    }
                }
            }
            self.forgotten += 1;
        }
    }

    /// Forgets the claims that are not to be kept.
    pub(super) fn keep(&mut self, is_kept: impl Fn(&ClaimPlace) -> bool) {
        let claims = std::mem::take(self).claims;
        for claim in claims.into_iter().filter(|claim| is_kept(&claim.at)) {
            self.push(claim);
        }
    }

    /// How many claims have a piece.
    pub(super) fn having(&self, piece: PieceNumber) -> u64 {
        self.having
            .get(&piece)
            .map_or(0, |numbers| numbers.len() as u64)
    }

    /// The claims that share most with a claim of these pieces and weights, those with the greatest weight first, equal ones
    /// in their order; at most so many, and only those that `may` be found.
    pub(super) fn best(
        &self,
        own: &[(PieceNumber, f64)],
        most: usize,
        may: impl Fn(ClaimPlace) -> bool,
    ) -> Vec<&ClaimInMemory> {
        let mut shared = vec![0.0_f64; self.claims.len()];
        for (piece, weight) in own {
            for number in self.having.get(piece).into_iter().flatten() {
                shared[number - self.forgotten] += weight;
            }
        }
        let mut found: Vec<usize> = (0..shared.len())
            .filter(|at| shared[*at] > 0.0 && may(self.claims[*at].at))
            .collect();
        let order = |a: &usize, b: &usize| {
            let of = |at: usize| self.claims[at].at;
            let by_weight = shared[*b].total_cmp(&shared[*a]);
            by_weight.then_with(|| of(*a).cmp(&of(*b)))
        };
        if found.len() > most {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        found.into_iter().map(|at| &self.claims[at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::likeness::pieces;
    use std::collections::BTreeSet;

    fn claim(at: u64, words: &str) -> ClaimInMemory {
        let pieces: BTreeSet<PieceNumber> = pieces(words).map(|p| PieceNumber::of(&p)).collect();
        ClaimInMemory {
            at: ClaimPlace::Row(at),
            id: None,
            review_of: None,
            words: ComparedText::new(words),
            in_index: vec![0; pieces.len()],
            pieces: pieces.into_iter().collect(),
        }
    }

    /// Whatever was forgotten, the best are those that looking at each claim by itself finds.
    #[test]
    fn the_best_are_found_without_looking_at_every_claim() {
        let words = |n: u64| {
            let by = match n % 3 {
                0 => "northern",
                1 => "harbour",
                _ => "city",
            };
            let (bridge, months) = (n % 7, n % 5);
            format!("bridge {bridge} closed for {months} months by the {by} council")
        };
        let mut known = KnownClaims::default();
        for n in 0..200 {
            known.push(claim(n, &words(n)));
            known.forget_beyond(60);
        }
        known.keep(|at| !matches!(at, ClaimPlace::Row(n) if n % 4 == 0));
        known.push(claim(200, &words(3)));
        let kept: Vec<u64> = (140..200).filter(|n| n % 4 != 0).chain([200]).collect();
        assert_eq!(known.len(), kept.len());
        for n in 0..20 {
            let own = claim(n, &words(n)).pieces;
            let own: Vec<(PieceNumber, f64)> = own
                .into_iter()
                .zip(1..)
                .map(|(piece, weight)| (piece, f64::from(weight)))
                .collect();
            let mut expected: Vec<ClaimInMemory> = kept
                .iter()
                .map(|at| claim(*at, &words(if *at == 200 { 3 } else { *at })))
                .collect();
            let has = |one: &ClaimInMemory, piece: PieceNumber| one.pieces.contains(&piece);
            for (piece, _) in &own {
                let having = expected.iter().filter(|one| has(one, *piece));
                assert_eq!(known.having(*piece), having.count() as u64);
            }
            let weight = |one: &ClaimInMemory| -> f64 {
                let shared = own.iter().filter(|(piece, _)| has(one, *piece));
                shared.map(|(_, weight)| weight).sum()
            };
            expected.retain(|one| one.at != ClaimPlace::Row(150));
            expected.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.at.cmp(&b.at)));
            let expected: Vec<ClaimPlace> = expected.iter().map(|one| one.at).take(10).collect();
            let best = known.best(&own, 10, |at| at != ClaimPlace::Row(150));
            let best: Vec<ClaimPlace> = best.iter().map(|one| one.at).collect();
            assert_eq!(best, expected);
        }
    }
}
