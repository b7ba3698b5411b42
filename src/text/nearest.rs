//! The passage nearest to a quotation that is not in the text: shown to a person as help, never used in its place.

use super::words::{Word, character_before, fold, shortened, words};
use rapidfuzz::fuzz::RatioBatchComparator;
use std::collections::{HashMap, VecDeque};

/// The passage of `text` most similar to `quote`, if any is similar enough.
///
/// A window of as many words as the quotation slides over the text and counts the words they share; the best few are
/// compared character by character. The time is linear in the text, of which the first [`SEARCHED_BYTES`] are
/// examined.
pub fn nearest(text: &str, quote: &str) -> Option<String> {
    let text = &text[..character_before(text, SEARCHED_BYTES)];
    let mut wanted: HashMap<String, usize> = HashMap::new();
    let (mut width, mut end) = (0, 0);
    for word in words(quote).take(MOST_WORDS) {
        *wanted.entry(fold(word.written)).or_default() += 1;
        (width, end) = (width + 1, word.end());
    }
    if width == 0 {
        return None;
    }
    let said = RatioBatchComparator::new(compared(&quote[..end]));
    let score = |start: usize, end: usize| said.similarity(compared(&text[start..end]));
    let (best, start, end) = candidates(text, &wanted, width)
        .into_iter()
        .map(|(_, start, end)| (score(start, end), start, end))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .filter(|(best, ..)| *best >= LIKE)?;
    // The quotation may leave words out: a few more words on the right are added if that makes it more similar.
    let ends = words(&text[end..])
        .take(MORE_WORDS)
        .map(|word| end + word.end());
    let (_, end) = ends
        .map(|end| (score(start, end), end))
        .fold(
            (best, end),
            |best, next| if next.0 > best.0 { next } else { best },
        );
    let (start, end) = with_signs(text, (start, end), quote);
    Some(shortened(&text[start..end], SHOWN))
}

/// The same passage with the signs that belong to it: those directly around it where the quotation begins or ends with
/// signs too, and a closing quotation mark or bracket of which it has the opening one.
fn with_signs(text: &str, (mut start, mut end): (usize, usize), quote: &str) -> (usize, usize) {
    let is_sign = |c: char| !c.is_whitespace() && !c.is_alphanumeric();
    let quote = quote.trim();
    if quote.starts_with(is_sign) {
        let before = text[..start].trim_end_matches(is_sign);
        start = before.len();
    }
    let at_end = quote.ends_with(is_sign);
    for c in text[end..].chars().take_while(|c| is_sign(*c)) {
        if !at_end && !closes(&text[start..end], c) {
            break;
        }
        end += c.len_utf8();
    }
    (start, end)
}

/// Whether a sign closes a quotation or a bracket that is open in a passage.
fn closes(passage: &str, sign: char) -> bool {
    let count = |sign: char| passage.matches(sign).count();
    PAIRS.iter().any(|(opening, closing)| {
        *closing == sign
            && if opening == closing {
                count(*opening) % 2 == 1
            } else {
                count(*opening) > count(*closing)
            }
    })
}

/// Signs that open, and what closes them.
const PAIRS: &[(char, char)] = &[
    ('"', '"'),
    ('(', ')'),
    ('[', ']'),
    ('\u{ab}', '\u{bb}'),
    ('\u{bb}', '\u{ab}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{201a}', '\u{2018}'),
    ('\u{201c}', '\u{201d}'),
    ('\u{201e}', '\u{201c}'),
    ('\u{201e}', '\u{201d}'),
    ('\u{2039}', '\u{203a}'),
    ('\u{300c}', '\u{300d}'),
    ('\u{300e}', '\u{300f}'),
    ('\u{ff08}', '\u{ff09}'),
];

fn compared(passage: &str) -> Vec<char> {
    fold(passage).chars().take(COMPARED).collect()
}

/// The windows that share the most words: how many, and their first and last byte. No two overlap.
fn candidates(
    text: &str,
    wanted: &HashMap<String, usize>,
    width: usize,
) -> Vec<(usize, usize, usize)> {
    let mut best: Vec<(usize, usize, usize)> = Vec::new();
    let mut window: VecDeque<(Word<'_>, Option<String>)> = VecDeque::with_capacity(width + 1);
    let mut inside: HashMap<String, usize> = HashMap::new();
    let mut shared = 0;
    for word in words(text) {
        let folded = fold(word.written);
        let counted = wanted.get(&folded).map(|most| {
            let count = inside.entry(folded.clone()).or_default();
            *count += 1;
            shared += usize::from(*count <= *most);
            folded
        });
        window.push_back((word, counted));
        if window.len() > width
            && let Some((_, Some(gone))) = window.pop_front()
            && let Some(count) = inside.get_mut(&gone)
        {
            shared -= usize::from(*count <= wanted[&gone]);
            *count -= 1;
        }
        if shared > 0 {
            consider(&mut best, (shared, window[0].0.at, word.end()));
        }
    }
    best
}

/// Keeps the best few windows that do not overlap.
fn consider(best: &mut Vec<(usize, usize, usize)>, found: (usize, usize, usize)) {
    if let Some(last) = best.iter_mut().find(|last| found.1 < last.2) {
        if found.0 > last.0 {
            *last = found;
        }
        return;
    }
    if best.len() == CANDIDATES {
        let Some(worst) = (0..best.len()).min_by_key(|&at| best[at].0) else {
            return;
        };
        if best[worst].0 >= found.0 {
            return;
        }
        best.remove(worst);
    }
    best.push(found);
}

/// Ten times a long article.
pub const SEARCHED_BYTES: usize = 1024 * 1024;

/// A quotation's first words are enough to find its place.
const MOST_WORDS: usize = 400;

/// Characters compared of each candidate.
const COMPARED: usize = 4_000;

/// How many words a quotation may have left out.
const MORE_WORDS: usize = 8;

/// How many windows are compared character by character.
const CANDIDATES: usize = 8;

/// The least similarity (as in `similar`) worth showing.
const LIKE: f64 = 0.6;

/// Characters shown: as many as are compared, so that a passage which a person copies is whole.
const SHOWN: usize = COMPARED;
