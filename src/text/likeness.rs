//! How much two claims have in common, for a person who may know that they are about the same thing.
//!
//! Compared are pieces of words, so that other endings, other word order and other words between them matter little; rare
//! pieces, as of names and numbers, count for much more than frequent ones. What this is not: it does not know meaning.

use super::words::{fold, is_spaceless, words};
use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// The pieces of a text: of each word, with a mark at its beginning and end, every run of four characters; a shorter
/// word whole. In scripts without spaces each character, and each pair of neighbours.
pub fn pieces(text: &str) -> Pieces<'_> {
    Pieces {
        words: Box::new(words(text).map(|word| (word.at, word.written))),
        before: None,
        pending: VecDeque::new(),
    }
}

/// See [`pieces`]. One word is looked at after another.
pub struct Pieces<'t> {
    words: Box<dyn Iterator<Item = (usize, &'t str)> + 't>,
    /// The end of the character before and what it is folded to, if its script has no spaces.
    before: Option<(usize, String)>,
    pending: VecDeque<String>,
}

impl Iterator for Pieces<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.pending.is_empty() {
            let (at, written) = self.words.next()?;
            let folded = fold(written);
            if is_spaceless(written) {
                if let Some((end, first)) = &self.before
                    && *end == at
                {
                    self.pending.push_back(format!("{first}{folded}"));
                }
                self.before = Some((at + written.len(), folded.clone()));
                self.pending.push_back(folded);
                continue;
            }
            self.before = None;
            let marked: Vec<char> = format!("^{folded}$").chars().collect();
            if marked.len() <= LETTERS {
                self.pending.push_back(marked.into_iter().collect());
            } else {
                let runs = marked.windows(LETTERS);
                self.pending
                    .extend(runs.map(|run| run.iter().collect::<String>()));
            }
        }
        self.pending.pop_front()
    }
}

/// A piece as a number. Two pieces of one ledger hardly ever have the same one: it has 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PieceNumber(u64);

impl PieceNumber {
    /// The number of a piece. It is the same in one run of the program, and is not kept.
    pub fn of(piece: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        piece.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// The weight of a piece that `having` of `claims` claims have: idf³, with idf = ln(1 + (N - n + 1/2) / (n + 1/2)). The power
/// is what makes a shared name count for more than a shared phrase.
pub fn weight(claims: u64, having: u64) -> f64 {
    let count = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let having = having.min(claims);
    let idf = (1.0 + (count(claims - having) + 0.5) / (count(having) + 0.5)).ln();
    idf * idf * idf
}

/// A claim as it is compared: its pieces, each once, with their weights.
#[derive(Debug, Clone)]
pub struct WeighedClaim {
    /// Ascending.
    pieces: Vec<(PieceNumber, f64)>,
    total: f64,
}

impl WeighedClaim {
    /// Of pieces in ascending order, each once.
    pub fn new(pieces: Vec<(PieceNumber, f64)>) -> Self {
        debug_assert!(pieces.is_sorted_by(|a, b| a.0 < b.0));
        let total = pieces.iter().map(|(_, weight)| weight).sum();
        Self { pieces, total }
    }

    /// How much it has in common with a claim of other pieces, from 0 to 1: the weight of the pieces that both have, as a share
    /// of the weight of the one that has less. `None` if that is less than `least`, or if they share no more than a word.
    ///
    /// `others` are in ascending order, each once; `weigh` gives the weight of the one at a place there. It is asked only where the
    /// answer depends on it.
    pub fn likeness(
        &self,
        others: &[PieceNumber],
        weigh: impl Fn(usize) -> f64,
        least: f64,
    ) -> Option<f64> {
        let (mut shared, mut both) = (0, 0.0);
        let mut own = self.pieces.iter().peekable();
        for other in others {
            while own.next_if(|(piece, _)| piece < other).is_some() {}
            if let Some((_, weight)) = own.next_if(|(piece, _)| piece == other) {
                shared += 1;
                both += weight;
            }
        }
        if shared < FEWEST || both <= 0.0 {
            return None;
        }
        // The least weight of the two with which the answer is no.
        let too_much = both / least;
        let mut total = 0.0;
        for at in 0..others.len() {
            total += weigh(at);
            if total.min(self.total) > too_much {
                return None;
            }
        }
        Some(both / total.min(self.total))
    }
}

/// From which likeness on a claim is called similar; docs/search.md has what it finds and how often it errs.
pub const SIMILAR: f64 = 0.2;

/// The length of a piece in characters: four tell words apart and pass over most endings.
const LETTERS: usize = 4;

/// As many pieces are more than a word of usual length has.
const FEWEST: usize = 6;
