//! The claims of an index that share pieces of words with a new one, found by its rarest pieces.

use super::find::Layer;
use super::guarded::{guarded, of_tantivy};
use crate::index::Error;
use claimledger_core::EntryIndex;
use claimledger_core::model::StatementType;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, SegmentReader, TERMINATED, TantivyError, Term};

/// The claims of an index, those of recorded reviews among them, while questions are asked.
pub struct IndexedClaims<'l> {
    layer: &'l Layer,
}

/// A piece of a new claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PieceWanted<'p> {
    /// The piece.
    pub piece: &'p str,
    /// How many claims of the index have it.
    pub having: u64,
    /// Its weight.
    pub weight: f64,
}

/// A claim of the index that shares pieces with a new one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sharing {
    /// Its entry.
    pub entry: EntryIndex,
    /// The weight of the pieces that were looked up and that both have.
    pub weight: f64,
}

/// Asks an index about claims, as often as the caller wants. The calls of the library are guarded together, because a guard
/// costs more than a question.
///
/// # Errors
///
/// Those of `ask`; [`Error::Corrupt`] if the files of the index are damaged.
pub fn asked<T: Send>(
    layer: &Layer,
    ask: impl FnOnce(&IndexedClaims<'_>) -> Result<T, Error> + Send,
) -> Result<T, Error> {
    guarded(|| ask(&IndexedClaims { layer }))
}

impl IndexedClaims<'_> {
    /// How many there are.
    pub fn count(&self) -> Result<u64, Error> {
        let types = [StatementType::ClaimAdd, StatementType::ReviewRecord];
        let mut count = 0;
        for one in types {
            let term = Term::from_field_text(self.layer.fields.statement_type, one.as_str());
            count += self.layer.searcher.doc_freq(&term).map_err(of_tantivy)?;
        }
        Ok(count)
    }

    /// How many of them have a piece.
    pub fn having(&self, piece: &str) -> Result<u64, Error> {
        let having = self.layer.searcher.doc_freq(&self.term(piece));
        having.map_err(of_tantivy)
    }

    /// Those that share most with a claim of these pieces: the greatest weight first, equal ones the oldest first.
    ///
    /// A frequent piece weighs next to nothing and is in many claims. So only so many of the rarest pieces are looked up that
    /// about `MOST_PLACES` places are looked at, but never fewer than `FEWEST_PIECES`.
    pub fn sharing(
        &self,
        mut pieces: Vec<PieceWanted<'_>>,
        most: usize,
    ) -> Result<Vec<Sharing>, Error> {
        pieces.retain(|piece| piece.having > 0);
        pieces.sort_by_key(|piece| piece.having);
        let mut places = 0;
        let enough = pieces.iter().enumerate().position(|(number, piece)| {
            places += piece.having;
            number >= FEWEST_PIECES && places > MOST_PLACES
        });
        pieces.truncate(enough.unwrap_or(pieces.len()));
        let mut found = Vec::new();
        for segment in self.layer.searcher.segment_readers() {
            let here = self.in_segment(segment, &pieces, most);
            found.extend(here.map_err(of_tantivy)?);
        }
        found.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.entry.cmp(&b.entry)));
        found.truncate(most);
        Ok(found)
    }

    fn term(&self, piece: &str) -> Term {
        Term::from_field_text(self.layer.fields.claim, piece)
    }

    fn in_segment(
        &self,
        segment: &SegmentReader,
        pieces: &[PieceWanted<'_>],
        most: usize,
    ) -> Result<Vec<Sharing>, TantivyError> {
        let index = segment.inverted_index(self.layer.fields.claim)?;
        // Most of it is never touched, and costs nothing.
        let mut weights = vec![0.0_f64; segment.max_doc() as usize];
        let mut touched: Vec<u32> = Vec::new();
        for piece in pieces {
            let term = self.term(piece.piece);
            let Some(mut places) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            while places.doc() != TERMINATED {
                let document = places.doc();
                if let Some(sum) = weights.get_mut(document as usize) {
                    if *sum == 0.0 {
                        touched.push(document);
                    }
                    *sum += piece.weight;
                }
                places.advance();
            }
        }
        if let Some(alive) = segment.alive_bitset() {
            touched.retain(|document| alive.is_alive(*document));
        }
        let weight = |document: u32| weights[document as usize];
        if touched.len() > most {
            let greatest = |a: &u32, b: &u32| weight(*b).total_cmp(&weight(*a)).then(a.cmp(b));
            touched.select_nth_unstable_by(most, greatest);
            touched.truncate(most);
        }
        let entries = segment.fast_fields().u64("entry")?;
        let found = touched.into_iter().map(|document| Sharing {
            entry: EntryIndex::new(entries.first(document).unwrap_or(0)),
            weight: weight(document),
        });
        Ok(found.collect())
    }
}

/// How many places of pieces are looked at: a thirtieth of a millisecond.
const MOST_PLACES: u64 = 8_192;

/// As many pieces of a claim are looked up, however frequent they are.
const FEWEST_PIECES: usize = 8;
