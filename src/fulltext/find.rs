//! Asks an index, or the committed index and what is beyond it in memory, as one.

use super::document::{HELD, IndexFields, OWN};
use super::guarded::{guarded, of_tantivy};
use super::question::{LookedFor, Question, absent, held};
use crate::index::Error;
use claimledger_core::EntryIndex;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{Bm25StatisticsProvider, Query};
use tantivy::schema::Field;
use tantivy::{
    DocId, Index, ReloadPolicy, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyError, Term,
};

/// Something found, not confirmed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The entry of the statement.
    pub entry: EntryIndex,
    /// The entry that has the words, or brought the text.
    pub by: EntryIndex,
    /// Whether the words are those of a text of a source.
    pub held: bool,
    /// The score (BM25). It can be compared only within one question.
    pub score: f32,
}

/// A committed index, as it was when it was opened.
pub struct Layer {
    pub(super) searcher: Searcher,
    pub(super) fields: IndexFields,
}

impl Layer {
    pub(super) fn of(index: &Index, fields: IndexFields) -> Result<Self, Error> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: Result<tantivy::IndexReader, _> = reader.try_into();
        Ok(Self {
            searcher: reader.map_err(of_tantivy)?.searcher(),
            fields,
        })
    }

    /// The entries that brought texts which were not there then.
    pub fn absent(&self) -> Result<Vec<EntryIndex>, Error> {
        let hits = guarded(|| {
            let found = self.hits(&*absent(self.fields), &Scores(&[self]), usize::MAX, false);
            found.map_err(of_tantivy)
        })?;
        Ok(hits.into_iter().map(|hit| hit.by).collect())
    }

    /// The entries that brought the texts that are in it.
    pub fn held(&self) -> Result<Vec<EntryIndex>, Error> {
        let hits = guarded(|| {
            let query = held(self.fields);
            let found = self.hits(&*query, &Scores(&[self]), usize::MAX, false);
            found.map_err(of_tantivy)
        })?;
        Ok(hits.into_iter().map(|hit| hit.by).collect())
    }

    fn hits(
        &self,
        query: &dyn Query,
        scores: &Scores<'_>,
        most: usize,
        scored: bool,
    ) -> Result<Vec<Hit>, TantivyError> {
        let best = Best { most, scored };
        self.searcher
            .search_with_statistics_provider(query, &best, scores)
    }
}

/// The best documents for a question, best first: by score, equal ones the oldest first; without words the newest first.
pub fn find(layers: &[&Layer], question: &Question, most: usize) -> Result<Vec<Hit>, Error> {
    let scored = !matches!(question.looked_for, LookedFor::Anything);
    guarded(|| {
        let scores = Scores(layers);
        let mut found = Vec::new();
        for layer in layers {
            let query = question.query(layer.fields);
            let hits = layer.hits(&*query, &scores, most, scored);
            found.extend(hits.map_err(of_tantivy)?);
        }
        Ok(sorted(found, most, scored))
    })
}

/// The statistics of all layers together, so that a score says the same in each.
struct Scores<'l>(&'l [&'l Layer]);

impl Scores<'_> {
    fn sum(
        &self,
        of: impl Fn(&Searcher) -> Result<u64, TantivyError>,
    ) -> Result<u64, TantivyError> {
        self.0.iter().map(|layer| of(&layer.searcher)).sum()
    }
}

impl Bm25StatisticsProvider for Scores<'_> {
    fn total_num_tokens(&self, field: Field) -> Result<u64, TantivyError> {
        self.sum(|searcher| searcher.total_num_tokens(field))
    }

    fn total_num_docs(&self) -> Result<u64, TantivyError> {
        self.sum(Bm25StatisticsProvider::total_num_docs)
    }

    fn doc_freq(&self, term: &Term) -> Result<u64, TantivyError> {
        self.sum(|searcher| Bm25StatisticsProvider::doc_freq(searcher, term))
    }
}

/// Collects the best hits.
struct Best {
    most: usize,
    scored: bool,
}

/// A hit by its place in the answer: the last one is the greatest.
struct Placed {
    hit: Hit,
    scored: bool,
}

impl Ord for Placed {
    fn cmp(&self, other: &Self) -> Ordering {
        in_order(&self.hit, &other.hit, self.scored)
    }
}

impl PartialOrd for Placed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Placed {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Placed {}

fn in_order(a: &Hit, b: &Hit, scored: bool) -> Ordering {
    let by_entry = if scored {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.entry.cmp(&b.entry))
    } else {
        b.entry.cmp(&a.entry)
    };
    by_entry.then_with(|| (a.held, a.by).cmp(&(b.held, b.by)))
}

fn sorted(mut hits: Vec<Hit>, most: usize, scored: bool) -> Vec<Hit> {
    hits.sort_unstable_by(|a, b| in_order(a, b, scored));
    hits.truncate(most);
    hits
}

impl Collector for Best {
    type Fruit = Vec<Hit>;
    type Child = BestOfSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> Result<BestOfSegment, TantivyError> {
        let columns = segment.fast_fields();
        Ok(BestOfSegment {
            entry: columns.u64("entry")?,
            by: columns.u64("by")?,
            part: columns.u64("part")?,
            most: self.most,
            scored: self.scored,
            best: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Hit>>) -> Result<Vec<Hit>, TantivyError> {
        Ok(sorted(
            fruits.into_iter().flatten().collect(),
            self.most,
            self.scored,
        ))
    }
}

struct BestOfSegment {
    entry: Column<u64>,
    by: Column<u64>,
    part: Column<u64>,
    most: usize,
    scored: bool,
    best: BinaryHeap<Placed>,
}

impl SegmentCollector for BestOfSegment {
    type Fruit = Vec<Hit>;

    fn collect(&mut self, document: DocId, score: Score) {
        // Most documents of a frequent word are not among the best; their other values are not read.
        if self.scored
            && self.best.len() >= self.most
            && let Some(last) = self.best.peek()
            && score < last.hit.score
        {
            return;
        }
        let value = |column: &Column<u64>| column.first(document).unwrap_or(0);
        let hit = Hit {
            entry: EntryIndex::new(value(&self.entry)),
            by: EntryIndex::new(value(&self.by)),
            held: value(&self.part) == HELD,
            score,
        };
        debug_assert!(hit.held || value(&self.part) != OWN || hit.entry == hit.by);
        self.best.push(Placed {
            hit,
            scored: self.scored,
        });
        if self.best.len() > self.most {
            self.best.pop();
        }
    }

    fn harvest(self) -> Vec<Hit> {
        self.best.into_iter().map(|placed| placed.hit).collect()
    }
}
