//! Search among claims, sources, verdicts and recorded reviews, and in the stored texts of sources; and the search for claims
//! with nearly the same words.
//!
//! The full-text index says where words may be. Each answer is read again in the log, confirmed, and shown from there.

mod claim_place;
mod comparison;
mod have_it;
mod index;
mod known_claims;
mod near;
mod near_notes;
mod repeats;
mod texts;
mod unread;
mod words;

pub use claim_place::ClaimPlace;
pub use comparison::ClaimToCompare;
pub use index::{FullTextSeen, Tell, catch_up, discard, examined};
pub use near::{ClaimsAlike, LikeClaims};
pub use repeats::Repeats;

use self::index::{Beyond, FullText, take_out_gone};
use super::line::{Line, Lines};
use super::listed::{HasStanding, Listed, Which};
use super::standing_line::StandingLine;
use crate::app::when::{self, When};
use crate::app::{Error, Session};
use crate::fulltext::{
    Filters, FullTextDocument, Hit, LookedFor, Part, Question, WantedWords, beginning, passage,
};
use crate::index::Error as IndexError;
use crate::text::stems::Stemming;
use crate::text::words::fold;
use claimledger_core::encoding::unicode;
use claimledger_core::model::{Statement, StatementId, StatementType};
use claimledger_core::rules::{Reading, StandingWord, View as _};
use claimledger_core::{EntryIndex, TreeSize};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What to search for. Words, filters or both.
#[derive(Debug, Clone, Default)]
pub struct SearchFor {
    /// Some of these words.
    pub words: String,
    /// Of one of these types.
    pub types: Vec<StatementType>,
    /// Added from then on.
    pub since: Option<When>,
    /// Added until then.
    pub until: Option<When>,
    /// With this word for its standing.
    pub standing: Option<StandingWord>,
    /// Signed for this organisation.
    pub organisation: Option<String>,
    /// On this topic: a claim, or a verdict or a review of one.
    pub topic: Option<String>,
    /// Published at this address: a source, a recorded review, or a claim that appeared there.
    pub address: Option<String>,
}

/// Something found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Its entry.
    #[serde(flatten)]
    pub line: Line,
    /// The score (BM25). It can be compared only within one search. Zero without words.
    pub score: f32,
    /// A passage with some of the words; without words, the first of the statement's own.
    pub snippet: String,
    /// The words found in the passage: first byte, and first byte after.
    pub matched: Vec<(usize, usize)>,
}

/// A passage, and the words found in it: first byte, and first byte after.
type MarkedPassage = (String, Vec<(usize, usize)>);

impl HasStanding for Found {
    fn standing(&self) -> &StandingLine {
        &self.line.standing
    }
}

/// The claims, sources, verdicts and recorded reviews that contain some of the words and pass the filters, best first, as far
/// as they are asked for; without words the newest first. What is left out does not count against the limit.
pub fn search(
    session: &Session,
    what: &SearchFor,
    limit: usize,
    which: Which,
    tell: Tell<'_>,
) -> Result<Listed<Found>, Error> {
    let size = session.at(which.at)?;
    // A person who asks for withdrawn statements wants to see them.
    let which = Which {
        all: which.all || what.standing.is_some(),
        ..which
    };
    let mut full = FullText::open(session, Beyond::None, tell)?;
    let searching = Searching {
        session,
        what,
        size,
        question: question(session, what, size)?,
        limit,
        which,
        gone: RefCell::default(),
    };
    for again in [true, false] {
        match searching.answered(&full) {
            Err(Error::Ledger(crate::ledger::Error::Index(
                IndexError::Corrupt { .. } | IndexError::Failed { .. },
            ))) => {}
            answer => {
                let gone = searching.gone.take();
                if !gone.is_empty()
                    && !session.is_scratch()
                    && take_out_gone(session, &gone).is_err()
                {
                    session.note(
                        "the index still has the words of texts that are not in this copy any more: `claimledger doctor --repair` deletes it"
                            .to_owned(),
                    );
                }
                return answer;
            }
        }
        // A file of the index is damaged where opening it did not notice.
        if again && !session.is_scratch() {
            drop(full);
            discard(session.full_text());
            full = FullText::open(session, Beyond::None, tell)?;
        } else {
            full = FullText::without_folder(session, tell)?;
        }
    }
    searching.answered(&full)
}

/// The question to the index.
fn question(session: &Session, what: &SearchFor, size: TreeSize) -> Result<Question, Error> {
    let until = what.until.map(|until| when::entries_until(session, until));
    let until = until.transpose()?.unwrap_or(size);
    let since = what.since.map(|since| when::first_since(session, since));
    let words = Some(what.words.trim()).filter(|words| !words.is_empty());
    Ok(Question {
        looked_for: match words {
            Some(words) => LookedFor::Words(WantedWords::new(words, Stemming::Any)),
            None => LookedFor::Anything,
        },
        filters: Filters {
            types: what.types.clone(),
            since: since.transpose()?,
            size: Some(until.min(size)),
            organisation: what.organisation.clone(),
            topic: what.topic.as_deref().map(fold),
            address: what.address.as_deref().map(unicode::address),
        },
    })
}

struct Searching<'s> {
    session: &'s Session,
    what: &'s SearchFor,
    size: TreeSize,
    question: Question,
    limit: usize,
    which: Which,
    /// The entries whose texts the index has and this copy has not.
    gone: RefCell<Vec<EntryIndex>>,
}

impl Searching<'_> {
    fn answered(&self, full: &FullText) -> Result<Listed<Found>, Error> {
        let session = self.session;
        let view = session.view();
        let lines = Lines::at(session, &view, self.size)?;
        let mut found = Vec::new();
        let mut live = 0;
        // A source with several texts is found once, by its best text.
        let mut seen = BTreeSet::new();
        let mut looked_at = 0;
        let mut most = self.limit.saturating_mul(2).saturating_add(50);
        if self.wanted().is_some_and(WantedWords::is_empty) {
            return Ok(Listed::of(found, self.which));
        }
        while live < self.limit {
            let hits = full.find(&self.question, most)?;
            for hit in &hits[looked_at.min(hits.len())..] {
                if live == self.limit {
                    break;
                }
                if seen.contains(&hit.entry) {
                    continue;
                }
                let Some((snippet, matched)) = self.confirmed(hit)? else {
                    continue;
                };
                seen.insert(hit.entry);
                let line = lines.of(hit.entry)?;
                if !self.is_let_through(&line) {
                    continue;
                }
                live += usize::from(self.which.all || line.standing.facts.is_live());
                found.push(Found {
                    line,
                    score: hit.score,
                    snippet,
                    matched,
                });
            }
            looked_at = most;
            if hits.len() < most {
                break;
            }
            most = most.saturating_mul(4);
        }
        Ok(Listed::of(found, self.which))
    }

    /// The passage of a hit, from the log and the texts themselves; `None` if it is not there.
    fn confirmed(&self, hit: &Hit) -> Result<Option<MarkedPassage>, Error> {
        let session = self.session;
        if !self.size.contains(hit.entry) || !self.size.contains(hit.by) {
            return Ok(None);
        }
        let view = session.view();
        if view.entry(hit.entry)?.is_none() || view.entry(hit.by)?.is_none() {
            return Ok(None);
        }
        let statement = session.statement(hit.by)?;
        let Some(document) = self.document(hit, &statement)? else {
            return Ok(None);
        };
        if document.entry != hit.entry || !self.passes(&document) {
            return Ok(None);
        }
        if hit.held && document.part == Part::Absent {
            self.gone.borrow_mut().push(hit.by);
            return Ok(None);
        }
        let Some(wanted) = self.wanted() else {
            return Ok(Some((beginning(&document.words), Vec::new())));
        };
        let stemming = Stemming::of(document.language.as_deref(), &document.words);
        let passage = passage(&document.words, wanted, stemming);
        Ok(passage.map(|(snippet, matched)| {
            let matched = matched.iter().map(|at| (at.start, at.end));
            (snippet, matched.collect())
        }))
    }

    fn wanted(&self) -> Option<&WantedWords> {
        match &self.question.looked_for {
            LookedFor::Words(wanted) => Some(wanted),
            LookedFor::Anything => None,
        }
    }

    fn document(
        &self,
        hit: &Hit,
        statement: &Statement,
    ) -> Result<Option<FullTextDocument>, Error> {
        let session = self.session;
        if !hit.held {
            return words::own(session, hit.by, statement);
        }
        if statement.statement_type == StatementType::SourceTranscribe {
            let view = session.view();
            let reading = Reading::at(&view, session.head().size)?;
            if !reading.is_live(hit.by)? {
                return Ok(None);
            }
        }
        texts::brought(session, hit.by, statement)
    }

    /// Whether what the log says passes the filters too.
    fn passes(&self, document: &FullTextDocument) -> bool {
        let filters = &self.question.filters;
        let has = |wanted: &Option<String>, all: &[String]| {
            wanted.as_ref().is_none_or(|wanted| all.contains(wanted))
        };
        let types = &filters.types;
        (types.is_empty() || types.contains(&document.statement_type))
            && filters.since.is_none_or(|since| document.entry >= since)
            && filters
                .size
                .is_none_or(|size| size.contains(document.entry))
            && has(&filters.organisation, document.organisation.as_slice())
            && has(&filters.topic, &document.topics)
            && has(&filters.address, &document.addresses)
    }

    fn is_let_through(&self, line: &Line) -> bool {
        let word = self.what.standing;
        word.is_none_or(|word| line.standing.facts.word == word)
    }
}

/// The texts of a source that are held: its transcripts, then its captures, each oldest first.
pub(super) fn held_texts(
    session: &Session,
    source: &StatementId,
    size: TreeSize,
) -> Result<Vec<String>, Error> {
    let entry = session.resolve(&source.to_string(), size)?;
    let view = session.view();
    let naming = view.naming(entry, size)?;
    let reading = Reading::at(&view, session.head().size)?;
    let mut transcripts = Vec::new();
    let mut captures = Vec::new();
    let mut read = |by: EntryIndex| {
        let statement = session.statement(by)?;
        let into = match statement.statement_type {
            StatementType::SourceTranscribe if reading.is_live(by)? => &mut transcripts,
            StatementType::SourceTranscribe => return Ok::<(), Error>(()),
            _ => &mut captures,
        };
        into.extend(texts::text(session, &statement)?);
        Ok(())
    };
    read(entry)?;
    naming.into_iter().try_for_each(&mut read)?;
    transcripts.append(&mut captures);
    Ok(transcripts)
}
