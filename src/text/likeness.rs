//! How much two claims have in common, for a person who may know that they are about the same thing.
//!
//! Compared are pieces of words, so that other endings, other word order and other words between them matter little; rare
//! pieces, as of names and numbers, count for much more than frequent ones. What this is not: it does not know meaning.

use super::words::{fold, is_spaceless, words};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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

/// How often each piece occurs among claims.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    /// How many claims there are.
    pub claims: u64,
    /// In how many of them a piece is; one that is not here is in none.
    pub of: BTreeMap<String, u64>,
}

impl Rarity {
    /// The weight of a piece, idf(p) = ln(1 + (N - n + 1/2) / (n + 1/2)), to the third power. The power is what makes a shared
    /// name count for more than a shared phrase.
    fn weight(&self, piece: &str) -> f64 {
        let count = |n: u64| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        let n = self.of.get(piece).copied().unwrap_or(0).min(self.claims);
        let idf = (1.0 + (count(self.claims - n) + 0.5) / (count(n) + 0.5)).ln();
        idf.powi(3)
    }

    /// How much two claims have in common, from 0 to 1: the weight of the pieces that both have, as a share of the weight of
    /// the one that has less. Nothing, if they share no more than a word.
    pub fn likeness(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
        let weight = |pieces: &BTreeSet<String>| -> f64 {
            pieces.iter().map(|piece| self.weight(piece)).sum()
        };
        let both: Vec<f64> = a.intersection(b).map(|piece| self.weight(piece)).collect();
        let least = weight(a).min(weight(b));
        if both.len() < FEWEST || least <= 0.0 {
            return 0.0;
        }
        both.iter().sum::<f64>() / least
    }
}

/// From which likeness on a claim is called similar; docs/search.md has what it finds and how often it errs.
pub const SIMILAR: f64 = 0.2;

/// The length of a piece in characters: four tell words apart and pass over most endings.
const LETTERS: usize = 4;

/// As many pieces are more than a word of usual length has.
const FEWEST: usize = 6;
