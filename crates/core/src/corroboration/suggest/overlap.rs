//! Long word sequences that two texts share.

use super::words::Words;
use super::{Cue, SourceText, Suggestion};
use crate::model::relation::SourceRelation;
use std::collections::HashMap;

/// A suggestion for each other text that shares a long sequence of words with `of`.
pub(super) fn overlaps(of: &SourceText<'_>, others: &[SourceText<'_>]) -> Vec<Suggestion> {
    let here = Words::new(of.text);
    let others = others.iter().filter(|other| other.source != of.source);
    others.filter_map(|other| overlap(&here, other)).collect()
}

/// The words of `here` that belong to a sequence of [`SHINGLE`] words shared with `other`; and the longest such
/// sequence, followed from the first place of each shingle.
fn overlap(here: &Words, other: &SourceText<'_>) -> Option<Suggestion> {
    let there = Words::new(other.text);
    let spelled =
        |text: &'_ Words| -> Vec<String> { text.words.iter().map(|w| w.lower.clone()).collect() };
    let (from, to) = (spelled(here), spelled(&there));
    let mut first: HashMap<&[String], usize> = HashMap::new();
    for (at, shingle) in to.windows(SHINGLE).enumerate() {
        first.entry(shingle).or_insert(at);
    }
    let (mut covered, mut covered_to) = (0, 0);
    let mut longest: Option<(usize, usize, usize)> = None;
    let mut run: Option<(usize, usize)> = None;
    for (at, shingle) in from.windows(SHINGLE).enumerate() {
        let Some(&found) = first.get(shingle) else {
            run = None;
            continue;
        };
        covered += at + SHINGLE - covered_to.max(at);
        covered_to = at + SHINGLE;
        let (start, start_there) = match run {
            Some((start, there))
                if to.get(there + at - start..there + at - start + SHINGLE) == Some(shingle) =>
            {
                (start, there)
            }
            _ => (at, found),
        };
        run = Some((start, start_there));
        let length = at + SHINGLE - start;
        if longest.is_none_or(|(_, _, known)| length > known) {
            longest = Some((start, start_there, length));
        }
    }
    let (start, start_there, words) = longest.filter(|(.., words)| *words >= LONG)?;
    let passage = |text: &Words, from: usize| {
        text.passage(text.words[from].start, text.words[from + words - 1].end)
    };
    let permille = covered as u64 * 1_000 / from.len() as u64;
    Some(Suggestion {
        basis: Cue::Overlap {
            method: METHOD,
            permille,
            there: passage(&there, start_there),
            words: words as u64,
        },
        named: None,
        quotation: passage(here, start),
        // an overlap does not show which of the two was first
        relation: if permille >= MOSTLY {
            SourceRelation::SharesOriginWith
        } else {
            SourceRelation::WasQuotedFrom
        },
        to: Some(other.source),
    })
}

/// Two texts rarely have the same eight words in a row by chance.
const SHINGLE: usize = 8;
/// A shared sequence of this length is worth a look: shorter ones are often names and titles.
const LONG: usize = 12;
/// From this share on the two texts as a whole look the same.
const MOSTLY: u64 = 600;
const METHOD: &str = "shingles of 8 words, version 1";
