//! Claims in memory, found by the pieces of their words.

use super::claim_place::ClaimPlace;
use crate::text::likeness::pieces;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, VecDeque};

/// A claim in memory.
pub(super) struct ClaimInMemory {
    pub(super) at: ClaimPlace,
    pub(super) words: String,
    pub(super) pieces: BTreeSet<String>,
}

impl ClaimInMemory {
    pub(super) fn new(at: ClaimPlace, words: &str) -> Self {
        Self {
            at,
            words: words.to_owned(),
            pieces: pieces(words).collect(),
        }
    }

    /// Orders claims by how many of the pieces they have, those with most first.
    pub(super) fn order(&self, own: &BTreeSet<String>) -> (Reverse<usize>, ClaimPlace) {
        (Reverse(own.intersection(&self.pieces).count()), self.at)
    }
}

/// Claims in the order in which they came.
#[derive(Default)]
pub(super) struct KnownClaims {
    claims: VecDeque<ClaimInMemory>,
    /// How many claims were forgotten: the number of the first one that is kept.
    forgotten: usize,
    /// The numbers of the claims that have a piece, ascending.
    having: HashMap<String, VecDeque<usize>>,
}

impl KnownClaims {
    pub(super) fn len(&self) -> usize {
        self.claims.len()
    }

    pub(super) fn push(&mut self, claim: ClaimInMemory) {
        let number = self.forgotten + self.claims.len();
        for piece in &claim.pieces {
            match self.having.get_mut(piece) {
                Some(numbers) => numbers.push_back(number),
                None => drop(self.having.insert(piece.clone(), [number].into())),
            }
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
    pub(super) fn having(&self, piece: &str) -> u64 {
        self.having
            .get(piece)
            .map_or(0, |numbers| numbers.len() as u64)
    }

    /// The claims that have most of these pieces, those with most first; at most so many.
    pub(super) fn best(&self, own: &BTreeSet<String>, most: usize) -> Vec<&ClaimInMemory> {
        let mut shared = vec![0_usize; self.claims.len()];
        for numbers in own.iter().filter_map(|piece| self.having.get(piece)) {
            for number in numbers {
                shared[number - self.forgotten] += 1;
            }
        }
        let mut found: Vec<usize> = (0..shared.len()).filter(|at| shared[*at] > 0).collect();
        let order = |at: &usize| (Reverse(shared[*at]), self.claims[*at].at);
        if found.len() > most {
            found.select_nth_unstable_by_key(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by_key(order);
        found.into_iter().map(|at| &self.claims[at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever was forgotten, the best are those that counting each claim by itself finds.
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
            known.push(ClaimInMemory::new(ClaimPlace::Row(n), &words(n)));
            known.forget_beyond(60);
        }
        known.keep(|at| !matches!(at, ClaimPlace::Row(n) if n % 4 == 0));
        known.push(ClaimInMemory::new(ClaimPlace::Row(200), &words(3)));
        let kept: Vec<u64> = (140..200).filter(|n| n % 4 != 0).chain([200]).collect();
        assert_eq!(known.len(), kept.len());
        for n in 0..20 {
            let own: BTreeSet<String> = pieces(&words(n)).collect();
            let mut expected: Vec<ClaimInMemory> = kept
                .iter()
                .map(|at| {
                    let of = if *at == 200 { 3 } else { *at };
                    ClaimInMemory::new(ClaimPlace::Row(*at), &words(of))
                })
                .collect();
            for piece in &own {
                let having = expected.iter().filter(|one| one.pieces.contains(piece));
                assert_eq!(known.having(piece), having.count() as u64);
            }
            expected.sort_by_key(|one| one.order(&own));
            let expected: Vec<ClaimPlace> = expected.iter().map(|one| one.at).take(10).collect();
            let best: Vec<ClaimPlace> = known.best(&own, 10).iter().map(|one| one.at).collect();
            assert_eq!(best, expected);
        }
    }
}
