//! Claims with nearly the same words: a warning for a person, who decides how they relate.
//!
//! What this is not: it does not know meaning. A denial is near to what it denies, and a paraphrase may be far.

use super::words::{fold, is_spaceless, words};
use rapidfuzz::fuzz::{Args, RatioBatchComparator};

/// A text nearly the same as another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near<K> {
    /// Which one.
    pub key: K,
    /// How near: 1 means the same words, [`NEAR`] is the lowest that is reported.
    pub score: f64,
}

/// Those of `others` that are nearly the same as `text`, nearest first; equally near ones in their given order.
///
/// The score is L / max(m, n), with L the longest common subsequence of the folded words' m and n characters, either
/// in their order or sorted. Only the first [`COMPARED`] characters are compared.
pub fn near_duplicates<'a, K>(
    text: &str,
    others: impl IntoIterator<Item = (K, &'a str)>,
) -> Vec<Near<K>> {
    let (said, sorted) = forms(text);
    if said.is_empty() {
        return Vec::new();
    }
    let said = RatioBatchComparator::new(said);
    let sorted = RatioBatchComparator::new(sorted);
    let cutoff = Args::default().score_cutoff(NEAR);
    let mut near: Vec<Near<K>> = others
        .into_iter()
        .filter_map(|(key, other)| {
            let (other, other_sorted) = forms(other);
            let in_order = said.similarity_with_args(other, &cutoff);
            let whatever_order = sorted.similarity_with_args(other_sorted, &cutoff);
            let score = in_order
                .into_iter()
                .chain(whatever_order)
                .reduce(f64::max)?;
            Some(Near { key, score })
        })
        .collect();
    near.sort_by(|a, b| b.score.total_cmp(&a.score));
    near
}

/// The folded words in their order, and sorted.
fn forms(text: &str) -> (Vec<char>, Vec<char>) {
    let end = text
        .char_indices()
        .nth(COMPARED)
        .map_or(text.len(), |(at, _)| at);
    let mut folded: Vec<(String, bool)> = words(&text[..end])
        .map(|word| (fold(word.written), is_spaceless(word.written)))
        .collect();
    let said = joined(&folded);
    folded.sort();
    (said, joined(&folded))
}

fn joined(words: &[(String, bool)]) -> Vec<char> {
    let mut out = Vec::new();
    let mut after_spaceless = false;
    for (word, spaceless) in words {
        if !(out.is_empty() || after_spaceless && *spaceless) {
            out.push(' ');
        }
        out.extend(word.chars());
        after_spaceless = *spaceless;
    }
    out
}

/// The lowest score that is reported. Unrelated sentences of one language score 0.4 to 0.65, the same claim with a
/// word or two changed 0.85 and more.
pub const NEAR: f64 = 0.85;

/// Claims are sentences; texts that differ only after this many characters are near enough.
pub const COMPARED: usize = 2_000;
