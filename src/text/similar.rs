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

/// A text as it is compared: the characters of its folded words, in their order and with the words sorted. Only the first
/// [`COMPARED`] characters of a text are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedText {
    said: Box<[char]>,
    sorted: Box<[char]>,
}

impl ComparedText {
    /// Of a text.
    pub fn new(text: &str) -> Self {
        let (said, sorted) = forms(beginning(text));
        Self {
            said: said.into(),
            sorted: sorted.into(),
        }
    }
}

/// Looks for texts that say nearly the same as one text.
///
/// The score is L / max(m, n), with L the longest common subsequence of the folded words' m and n characters, either
/// in their order or sorted.
pub struct NearDuplicates<K> {
    said: RatioBatchComparator<char>,
    sorted: RatioBatchComparator<char>,
    /// Whether the text has words; nothing is near to one without.
    has_words: bool,
    found: Vec<Near<K>>,
}

impl<K> NearDuplicates<K> {
    /// Near to `text`.
    pub fn new(text: &ComparedText) -> Self {
        Self {
            has_words: !text.said.is_empty(),
            said: RatioBatchComparator::new(text.said.iter().copied()),
            sorted: RatioBatchComparator::new(text.sorted.iter().copied()),
            found: Vec::new(),
        }
    }

    /// Keeps `key` if `other` says nearly the same.
    pub fn compare(&mut self, key: K, other: &ComparedText) {
        if !self.has_words {
            return;
        }
        let cutoff = Args::default().score_cutoff(NEAR);
        let compare = |own: &RatioBatchComparator<char>, other: &[char]| {
            own.similarity_with_args(other.iter().copied(), &cutoff)
        };
        let in_order = compare(&self.said, &other.said);
        let any_order = compare(&self.sorted, &other.sorted);
        let score = in_order.into_iter().chain(any_order).reduce(f64::max);
        self.found.extend(score.map(|score| Near { key, score }));
    }

    /// What was kept, the nearest first; equally near ones in the order in which they came.
    pub fn nearest_first(self) -> Vec<Near<K>> {
        let mut found = self.found;
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found
    }
}

/// Which of `others` say nearly the same as `text`, the nearest first; equally near ones in the order they came.
pub fn near_duplicates<'a, K>(
    text: &str,
    others: impl IntoIterator<Item = (K, &'a str)>,
) -> Vec<Near<K>> {
    let mut near = NearDuplicates::new(&ComparedText::new(text));
    for (key, other) in others {
        near.compare(key, &ComparedText::new(other));
    }
    near.nearest_first()
}

/// The part of a text that is compared.
fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(COMPARED);
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// The folded words in their order, and sorted.
fn forms(text: &str) -> (Vec<char>, Vec<char>) {
    let mut folded: Vec<(String, bool)> = words(text)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A count as a number of the score; counts are at most [`COMPARED`].
    fn number(count: usize) -> f64 {
        f64::from(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// L / max(m, n) by the textbook's table.
    fn ratio(a: &[char], b: &[char]) -> f64 {
        let mut row = vec![0_usize; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (at, y) in b.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if x == y {
                    diagonal + 1
                } else {
                    above.max(row[at])
                };
                diagonal = above;
            }
        }
        number(row[b.len()]) / number(a.len().max(b.len()))
    }

    fn score(a: &str, b: &str) -> f64 {
        let ((a, a_sorted), (b, b_sorted)) = (forms(a), forms(b));
        f64::max(ratio(&a, &b), ratio(&a_sorted, &b_sorted))
    }

    proptest! {
        #[test]
        fn what_is_told_has_the_score_of_the_formula_and_nothing_near_is_left_out(
            text in "[a-dA-D\u{e9} ,.-]{1,40}",
            others in proptest::collection::vec(("[a-dA-D\u{e9} ,.-]{0,3}", 0..40_usize, 0..5_usize), 1..20),
        ) {
            prop_assume!(!forms(&text).0.is_empty());
            let chars: Vec<char> = text.chars().collect();
            let others: Vec<String> = others
                .into_iter()
                .map(|(put_in, at, left_out)| {
                    let at = at.min(chars.len());
                    let end = (at + left_out).min(chars.len());
                    let (head, tail) = (&chars[..at], &chars[end..]);
                    head.iter().collect::<String>() + &put_in + &tail.iter().collect::<String>()
                })
                .filter(|other| !forms(other).0.is_empty())
                .collect();
            let numbered = others.iter().map(String::as_str).enumerate();
            let told = near_duplicates(&text, numbered);
            for (number, other) in others.iter().enumerate() {
                let found = told.iter().find(|near| near.key == number).map(|near| near.score);
                let score = score(&text, other);
                match found {
                    Some(found) => prop_assert!((found - score).abs() < 1e-9, "{other:?}"),
                    None => prop_assert!(score < NEAR + 1e-9, "{other:?} {score}"),
                }
            }
        }
    }
}
