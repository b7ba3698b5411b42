//! The passage of a text that has most of the words that were searched for, made from the text itself.

use super::question::WantedWords;
use crate::text::further::of_word;
use crate::text::stems::Stemming;
use crate::text::words::{character_before, is_spaceless, parts, term, words};
use std::collections::HashSet;
use std::ops::Range;

/// The passage with most of the words, and their places in it; `None` if the text has none of them. `stemming` is the text's.
pub fn passage(
    text: &str,
    wanted: &WantedWords,
    stemming: Stemming,
) -> Option<(String, Vec<Range<usize>>)> {
    let wanted = wanted.all();
    let exact = |written: &str| {
        let folded = term(written);
        (wanted.contains(folded.as_str()) || parts(&folded).any(|part| wanted.contains(part)))
            .then_some(folded)
    };
    let any = |written: &str| {
        exact(written).or_else(|| {
            let forms = of_word(written, stemming);
            let wanted = forms.iter().any(|form| wanted.contains(form.as_str()));
            wanted.then(|| term(written))
        })
    };
    // Other forms of the words take longer to look for, so in a long text they are looked for only if the words are not there.
    if text.len() > LONG_BYTES
        && let Some(found) = best(text, exact)
    {
        return Some(found);
    }
    best(text, any).or_else(|| hyphened(text, &wanted))
}

/// The beginning of a text, without words to mark: for an answer to a question without words.
pub fn beginning(text: &str) -> String {
    let end = edge_after(text, 0);
    let more = if end < text.len() { "\u{2026}" } else { "" };
    text[..end].replace(['\n', '\t'], " ") + more
}

/// The passage with two words that a hyphen joins, and that were searched for as one.
fn hyphened(text: &str, wanted: &HashSet<&str>) -> Option<(String, Vec<Range<usize>>)> {
    let mut before = None;
    for word in words(text) {
        if let Some(first) = before.replace(word)
            && let Some(joined) =
                crate::text::further::joined(first, &text[first.end()..word.at], word)
            && wanted.contains(joined.as_str())
        {
            return cut(text, vec![(first.at..word.end(), joined)]);
        }
    }
    None
}

fn best(
    text: &str,
    is_wanted: impl Fn(&str) -> Option<String>,
) -> Option<(String, Vec<Range<usize>>)> {
    let said = words(text).filter_map(|word| Some((word.at..word.end(), is_wanted(word.written)?)));
    cut(text, said.collect())
}

/// The passage with most of the places.
fn cut(text: &str, said: Vec<(Range<usize>, String)>) -> Option<(String, Vec<Range<usize>>)> {
    // For each word found: how many different ones follow within the width.
    let (mut best, mut most) = (said.first()?.0.clone(), 0);
    for (at, (place, _)) in said.iter().enumerate().take(MOST_PLACES) {
        let near: Vec<_> = said[at..]
            .iter()
            .take_while(|(other, _)| other.end - place.start <= WIDTH_BYTES)
            .take(MOST_PLACES)
            .collect();
        let different: HashSet<&str> = near.iter().map(|(_, folded)| folded.as_str()).collect();
        if different.len() > most {
            most = different.len();
            best = place.start..near.last().map_or(place.end, |(last, _)| last.end);
        }
    }
    let start = edge_before(text, best.start);
    let end = edge_after(text, best.end);
    let mut snippet = String::new();
    if start > 0 {
        snippet.push('\u{2026}');
    }
    let shift = snippet.len();
    // One byte for one byte, so that the places below stay correct.
    snippet.push_str(&text[start..end].replace(['\n', '\t'], " "));
    if end < text.len() {
        snippet.push('\u{2026}');
    }
    let matched = said
        .into_iter()
        .filter(|(place, _)| place.start >= start && place.end <= end)
        .map(|(place, _)| place.start - start + shift..place.end - start + shift)
        .collect();
    Some((snippet, matched))
}

/// The beginning of a word some way before.
fn edge_before(text: &str, at: usize) -> usize {
    let floor = character_before(text, at.saturating_sub(AROUND_BYTES));
    if floor == 0 {
        return 0;
    }
    words(&text[floor..at])
        .find(|word| word.at > 0 || is_spaceless(word.written))
        .map_or(at, |word| floor + word.at)
}

/// The end of a word some way after.
fn edge_after(text: &str, at: usize) -> usize {
    let ceiling = character_before(text, at + AROUND_BYTES);
    if ceiling == text.len() {
        return ceiling;
    }
    words(&text[at..ceiling])
        .map(|word| at + word.end())
        .filter(|end| *end < ceiling)
        .last()
        .unwrap_or(at)
}

/// How far apart the words of a snippet may be.
const WIDTH_BYTES: usize = 160;

/// What is shown on either side of them.
const AROUND_BYTES: usize = 60;

/// How many places are examined in one document: it may contain a word very often.
const MOST_PLACES: usize = 256;

/// What takes longer than a moment to stem.
const LONG_BYTES: usize = 4_096;
