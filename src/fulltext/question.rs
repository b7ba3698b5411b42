//! A question to the index: words, and what the statements that have them must be like.

use super::document::{ABSENT, HELD, IndexFields, OWN};
use super::terms::MAX_TERM_BYTES;
use crate::text::further::{joined, of_word};
use crate::text::stems::Stemming;
use crate::text::words::{term, terms, words};
use claimledger_core::model::StatementType;
use claimledger_core::{EntryIndex, TreeSize};
use std::collections::{BTreeSet, HashSet};
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query,
    RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// What a statement that is found must be like. Nothing given means: anything.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    /// Of one of these types.
    pub types: Vec<StatementType>,
    /// In this entry or a later one.
    pub since: Option<EntryIndex>,
    /// Among the first so many entries.
    pub size: Option<TreeSize>,
    /// Of an organisation.
    pub organisation: Option<String>,
    /// On a topic, folded.
    pub topic: Option<String>,
    /// Published at an address, in the form in which addresses are compared.
    pub address: Option<String>,
}

/// The terms of a question.
#[derive(Debug, Clone, Default)]
pub struct WantedWords {
    /// For each word: the word, then its further terms.
    groups: Vec<(String, Vec<String>)>,
}

impl WantedWords {
    /// The terms of words; `stemming` is by any language, unless theirs is known.
    pub fn new(text: &str, stemming: Stemming) -> Self {
        let mut seen = BTreeSet::new();
        let mut groups = Vec::new();
        let mut add = |word: String, further: Vec<String>| {
            if word.len() <= MAX_TERM_BYTES && seen.insert(word.clone()) {
                groups.push((word, further));
            }
        };
        let mut before = None;
        for word in words(text) {
            add(term(word.written), of_word(word.written, stemming));
            if let Some(first) = before.replace(word) {
                let between = &text[first.end()..word.at];
                if let Some(joined) = joined(first, between, word) {
                    add(joined, Vec::new());
                }
            }
        }
        // Parts of words, and pairs of neighbours in scripts without spaces.
        terms(text).for_each(|term| add(term, Vec::new()));
        groups.retain(|(word, _)| !word.is_empty());
        Self { groups }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Every term.
    pub(super) fn all(&self) -> HashSet<&str> {
        let groups = self.groups.iter();
        groups
            .flat_map(|(word, further)| std::iter::once(word).chain(further))
            .map(String::as_str)
            .collect()
    }
}

/// What is looked for.
#[derive(Debug, Clone)]
pub enum LookedFor {
    /// Some of these words.
    Words(WantedWords),
    /// Everything that the filters let through, the newest first.
    Anything,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// What is looked for.
    pub looked_for: LookedFor,
    /// What a statement that is found must be like.
    pub filters: Filters,
}

impl Question {
    pub(super) fn query(&self, f: IndexFields) -> Box<dyn Query> {
        let mut clauses = self.filters.clauses(f);
        match &self.looked_for {
            LookedFor::Words(wanted) => clauses.push((Occur::Must, wanted.query(f))),
            LookedFor::Anything => {
                clauses.push((Occur::Must, Box::new(AllQuery)));
                clauses.push(must(exactly(Term::from_field_u64(f.part, OWN))));
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }
}

/// Documents of texts that were absent.
pub(super) fn absent(f: IndexFields) -> Box<dyn Query> {
    exactly(Term::from_field_u64(f.part, ABSENT))
}

/// Documents of texts.
pub(super) fn held(f: IndexFields) -> Box<dyn Query> {
    exactly(Term::from_field_u64(f.part, HELD))
}

/// The document of a text that was absent when its entry was read.
pub(super) fn absent_by(f: IndexFields, by: EntryIndex) -> Box<dyn Query> {
    let by = exactly(Term::from_field_u64(f.by, by.get()));
    Box::new(BooleanQuery::intersection(vec![absent(f), by]))
}

impl Filters {
    fn clauses(&self, f: IndexFields) -> Vec<(Occur, Box<dyn Query>)> {
        let mut clauses = Vec::new();
        let text = Term::from_field_text;
        if !self.types.is_empty() {
            let types = self.types.iter();
            let terms = types.map(|one| text(f.statement_type, one.as_str()));
            clauses.push(must(Box::new(TermSetQuery::new(terms.collect::<Vec<_>>()))));
        }
        let entry = |entry: u64| Term::from_field_u64(f.entry, entry);
        if let Some(since) = self.since {
            let from = Bound::Included(entry(since.get()));
            clauses.push(must(Box::new(RangeQuery::new(from, Bound::Unbounded))));
        }
        if let Some(size) = self.size {
            // Also the entry that brought a text must be among them.
            for field in [f.entry, f.by] {
                let to = Bound::Excluded(Term::from_field_u64(field, size.get()));
                clauses.push(must(Box::new(RangeQuery::new(Bound::Unbounded, to))));
            }
        }
        for (field, wanted) in [
            (f.organisation, &self.organisation),
            (f.topic, &self.topic),
            (f.address, &self.address),
        ] {
            if let Some(wanted) = wanted {
                clauses.push(must(exactly(text(field, wanted))));
            }
        }
        clauses
    }
}

/// A condition, which adds nothing to the score.
fn must(query: Box<dyn Query>) -> (Occur, Box<dyn Query>) {
    (Occur::Must, Box::new(ConstScoreQuery::new(query, 0.0)))
}

fn exactly(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

impl WantedWords {
    /// Any of the words. A word counts once, by the best way in which a document has it: the word itself before any other
    /// form of it.
    fn query(&self, f: IndexFields) -> Box<dyn Query> {
        let (words, further) = (f.words, f.further);
        let groups = self.groups.iter().map(|(word, forms)| {
            let mut ways = vec![in_field(words, word)];
            ways.push(weaker(in_field(further, word)));
            for form in forms {
                ways.push(weaker(in_field(words, form)));
                ways.push(weaker(in_field(further, form)));
            }
            let best: Box<dyn Query> = Box::new(DisjunctionMaxQuery::new(ways));
            (Occur::Should, best)
        });
        Box::new(BooleanQuery::new(groups.collect()))
    }
}

fn in_field(field: Field, word: &str) -> Box<dyn Query> {
    let term = Term::from_field_text(field, word);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn weaker(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, FURTHER_WEIGHT))
}

/// What another form of a word is worth beside the word itself. Low enough that of two texts of about the same length the one
/// with the very word comes first.
const FURTHER_WEIGHT: f32 = 0.3;
