//! Search in any language: words in plain documents, ranked by BM25, each hit with the passage that has them.
//!
//! What this is not: part of the index on disk. The caller supplies the documents, and the search structure is built
//! in memory.

use crate::text::words::{character_before, is_spaceless, parts, term, terms, words};
use bm25::{Embedder, EmbedderBuilder, Scorer, Tokenizer};
use claimledger_core::model::StatementId;
use std::collections::HashSet;
use std::ops::Range;

/// Something that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchDocument {
    /// The statement.
    pub id: StatementId,
    /// What it is, e.g. `claim`.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
}

/// Something found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The statement.
    pub id: StatementId,
    /// What it is.
    pub kind: &'static str,
    /// The words found in it, in bytes of the snippet.
    pub matched: Vec<Range<usize>>,
    /// The BM25 score. It can be compared only within one search.
    pub score: f32,
    /// A passage of its text with some of the words that were searched for.
    pub snippet: String,
}

/// Documents ready to be searched.
pub struct Search {
    documents: Vec<SearchDocument>,
    embedder: Embedder<u32, Terms>,
    scorer: Scorer<usize, u32>,
}

/// Divides text for BM25.
#[derive(Debug, Clone, Copy, Default)]
struct Terms;

impl Tokenizer for Terms {
    fn tokenize(&self, text: &str) -> Vec<String> {
        terms(text)
    }
}

impl Search {
    /// Takes documents in.
    pub fn over(documents: Vec<SearchDocument>) -> Self {
        let texts: Vec<&str> = documents.iter().map(|d| d.text.as_str()).collect();
        let embedder: Embedder<u32, Terms> =
            EmbedderBuilder::with_tokenizer_and_fit_to_corpus(Terms, &texts).build();
        let mut scorer = Scorer::new();
        for (number, text) in texts.iter().enumerate() {
            scorer.upsert(&number, embedder.embed(text));
        }
        Self {
            documents,
            embedder,
            scorer,
        }
    }

    /// The documents with some of these words, best first; equal ones in the order in which they were added.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        let wanted: HashSet<String> = terms(query).into_iter().collect();
        let mut matches = self.scorer.matches(&self.embedder.embed(query));
        matches.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        matches
            .into_iter()
            .filter_map(|found| {
                let document = &self.documents[found.id];
                // Terms are 32-bit hashes, so a match may be a collision: a document without any of the words is left
                // out.
                let (snippet, matched) = snippet(&document.text, &wanted)?;
                Some(Hit {
                    id: document.id,
                    kind: document.kind,
                    matched,
                    score: found.score,
                    snippet,
                })
            })
            .take(limit)
            .collect()
    }
}

/// The passage with most of the wanted terms, and their places in it.
fn snippet(text: &str, wanted: &HashSet<String>) -> Option<(String, Vec<Range<usize>>)> {
    let said: Vec<(Range<usize>, String)> = words(text)
        .map(|word| (word.at..word.end(), term(word.written)))
        .filter(|(_, folded)| {
            wanted.contains(folded) || parts(folded).any(|part| wanted.contains(part))
        })
        .collect();
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
