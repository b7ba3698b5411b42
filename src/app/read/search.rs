//! Finds claims, sources, verdicts and recorded reviews by words, and claims with nearly the same words.

use super::captures::{captures_among, shown_text, shown_transcript, transcripts_among};
use super::line::{self, Line, Lines};
use super::listed::{HasStanding, Listed, Which};
use super::standing_line::StandingLine;
use crate::app::{Error, Session};
use crate::index::search::{Search, SearchDocument};
use crate::text::similar::NearDuplicates;
use claimledger_core::entry::Entry;
use claimledger_core::log::scan;
use claimledger_core::model::claim::{Claim, Claimant, Claimants};
use claimledger_core::model::foreign::Review;
use claimledger_core::model::source::Source;
use claimledger_core::model::verdict::Verdict;
use claimledger_core::model::{Body, FreeText, StatementId, StatementType};
use claimledger_core::rules::View as _;
use claimledger_core::{EntryIndex, TreeSize};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeSet;

/// Something found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Its entry.
    #[serde(flatten)]
    pub line: Line,
    /// The score (BM25). It can be compared only within one search.
    pub score: f32,
    /// A passage with some of the words.
    pub snippet: String,
    /// The words found in the passage: first byte, and first byte after.
    pub matched: Vec<(usize, usize)>,
}

impl HasStanding for Found {
    fn standing(&self) -> &StandingLine {
        &self.line.standing
    }
}

/// The claims, sources, verdicts and recorded reviews that contain some of these words, best first, as far as they are asked for.
/// What is left out does not count against the limit.
pub fn search(
    session: &Session,
    words: &str,
    limit: usize,
    which: Which,
) -> Result<Listed<Found>, Error> {
    let size = session.at(which.at)?;
    let mut found_in = Vec::new();
    for statement_type in [
        StatementType::ClaimAdd,
        StatementType::SourceAdd,
        StatementType::VerdictIssue,
        StatementType::ReviewRecord,
    ] {
        for entry in session.view().of_type(statement_type, size)? {
            let captured_in = match statement_type {
                StatementType::SourceAdd => session.view().naming(entry, size)?,
                _ => Vec::new(),
            };
            found_in.push((entry, captured_in));
        }
    }
    let entries = found_in
        .iter()
        .flat_map(|(entry, by)| [*entry].into_iter().chain(by.clone()));
    session.let_go_for(&entries.collect::<Vec<EntryIndex>>())?;
    let mut documents = Vec::new();
    for (entry, captured_in) in found_in {
        documents.extend(texts(session, entry, &captured_in)?);
    }
    let search = Search::over(documents);
    let view = session.view();
    let lines = Lines::at(session, &view, size)?;
    let mut found = Vec::new();
    let mut live = 0;
    let mut seen = BTreeSet::new();
    // A source with several texts is found once, by its best text.
    for hit in search.find(words, usize::MAX) {
        if live == limit {
            break;
        }
        if !seen.insert(hit.id) {
            continue;
        }
        let Some(fact) = view.statement(&hit.id)? else {
            continue;
        };
        let line = lines.of(fact.index)?;
        live += usize::from(which.all || line.standing.facts.is_live());
        found.push(Found {
            line,
            score: hit.score,
            snippet: hit.snippet,
            matched: hit.matched.iter().map(|at| (at.start, at.end)).collect(),
        });
    }
    Ok(Listed::of(found, which))
}

/// The texts by which a statement can be found: its own words, names and label; for a source also every text of it
/// that is held.
fn texts(
    session: &Session,
    entry: EntryIndex,
    captured_in: &[EntryIndex],
) -> Result<Vec<SearchDocument>, Error> {
    let statement = session.statement(entry)?;
    let (kind, mut own) = match &statement.body {
        Body::ClaimAdd(claim) => ("claim", claim_words(claim)),
        Body::SourceAdd(source) => ("source", source_words(source)),
        Body::VerdictIssue(verdict) => ("verdict", verdict_words(verdict)),
        Body::ReviewRecord(review) => ("review", review_words(review)),
        _ => return Ok(Vec::new()),
    };
    own.extend(statement.label.as_ref().map(ToString::to_string));
    let id = statement.id();
    let document = |text| SearchDocument { id, kind, text };
    let mut documents = vec![document(own.join(BETWEEN))];
    if let Body::SourceAdd(_) = &statement.body {
        documents.extend(held(session, entry, captured_in)?.into_iter().map(document));
    }
    Ok(documents)
}

/// The texts of a source that are held: its transcripts, then its captures, each oldest first. A text that cannot be read is a matter for the audit.
pub(super) fn held_texts(
    session: &Session,
    source: &StatementId,
    size: TreeSize,
) -> Result<Vec<String>, Error> {
    let entry = session.resolve(&source.to_string(), size)?;
    held(session, entry, &session.view().naming(entry, size)?)
}

fn held(
    session: &Session,
    source: EntryIndex,
    naming: &[EntryIndex],
) -> Result<Vec<String>, Error> {
    let mut texts = Vec::new();
    let mut keep = |text| match text {
        Ok(text) => {
            texts.extend(text);
            Ok(())
        }
        Err(Error::Ledger(crate::ledger::Error::Snapshots(crate::snapshots::Error::Altered {
            ..
        }))) => Ok(()),
        Err(e) => Err(e),
    };
    for (_, transcript) in transcripts_among(session, naming, session.head().size)? {
        keep(shown_transcript(session, &transcript))?;
    }
    for snapshot in captures_among(session, source, naming)? {
        keep(shown_text(session, &snapshot))?;
    }
    Ok(texts)
}

fn claim_words(claim: &Claim) -> Vec<String> {
    let original = claim.original.as_ref().map(|original| &original.text);
    let mut all = said(std::iter::once(&claim.text).chain(original));
    if let Claimants::Named(named) = &claim.claimants {
        let name = |one: &Claimant| said(std::iter::once(&one.name).chain(&one.role)).join(", ");
        all.extend(named.iter().map(name));
    }
    all
}

fn source_words(source: &Source) -> Vec<String> {
    let mut all = said([&source.title]);
    all.extend(said(
        std::iter::once(&source.publisher).chain(&source.authors),
    ));
    all
}

fn verdict_words(verdict: &Verdict) -> Vec<String> {
    said(std::iter::once(&verdict.reasons).chain(&verdict.limits))
}

fn review_words(review: &Review) -> Vec<String> {
    let mut all = said([&review.claim_text]);
    all.extend(said([&review.author]));
    all.extend(said([&review.rating.label]));
    all
}

/// The words of fields that are not sealed.
fn said<'a, const MAX: usize, const VERBATIM: bool>(
    fields: impl IntoIterator<Item = &'a FreeText<MAX, VERBATIM>>,
) -> Vec<String> {
    let words = fields.into_iter().filter_map(FreeText::words);
    words.map(str::to_owned).collect()
}

/// What separates two fields in a passage.
const BETWEEN: &str = " \u{b7} ";

/// Existing claims with nearly these words, nearest first, without the one that is being corrected.
pub fn near(session: &Session, text: &str, but: Option<&StatementId>) -> Result<Vec<Line>, Error> {
    let mut near = NearDuplicates::new(text);
    // The log is looked through as it stands; only what is shown is read as verified.
    scan::each(session.reader(), session.head().size, |index, entry| {
        if scan::is_of_type(entry, StatementType::ClaimAdd)
            && let Some(words) = Entry::payload_in(entry).and_then(words_in)
        {
            near.compare(index, &words);
        }
        Ok::<(), Error>(())
    })?;
    let mut lines = Vec::new();
    for found in near.nearest_first() {
        if lines.len() == SHOWN {
            break;
        }
        let fact = session.view().entry(found.key)?;
        if fact.is_some_and(|fact| Some(&fact.id) != but) {
            lines.push(line::one(session, found.key, session.head().size)?);
        }
    }
    Ok(lines)
}

/// The words in the payload of a claim; `None` where they are sealed.
fn words_in(payload: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Frame<'a> {
        #[serde(borrow)]
        body: Worded<'a>,
    }
    #[derive(Deserialize)]
    struct Worded<'a> {
        #[serde(borrow)]
        text: &'a RawValue,
    }
    let frame: Frame<'_> = serde_json::from_slice(payload).ok()?;
    serde_json::from_str(frame.body.text.get()).ok()
}

/// If there are more near claims than this, the question is why there are so many.
const SHOWN: usize = 5;
