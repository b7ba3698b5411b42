//! The words by which a statement can be found, and what else a search may ask of it.

use crate::app::{Error, Session};
use crate::fulltext::{FullTextDocument, Part};
use crate::text::words::fold;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::unicode;
use claimledger_core::model::claim::{Claim, Claimant, Claimants};
use claimledger_core::model::foreign::Review;
use claimledger_core::model::source::Source;
use claimledger_core::model::verdict::Verdict;
use claimledger_core::model::{Body, FreeText, Statement, StatementId};
use claimledger_core::rules::View as _;
use std::collections::BTreeSet;

/// The document of a statement's own words: its words, names, label, topics and addresses. `None` for a statement that is not
/// searched. Sealed words are not among them.
pub(super) fn own(
    session: &Session,
    entry: EntryIndex,
    statement: &Statement,
) -> Result<Option<FullTextDocument>, Error> {
    let (mut words, language, claim) = match &statement.body {
        Body::ClaimAdd(claim) => (
            claim_words(claim),
            claim.language.as_ref(),
            claim.text.words(),
        ),
        Body::SourceAdd(source) => (source_words(source), source.language.as_ref(), None),
        Body::VerdictIssue(verdict) => (verdict_words(verdict), None, None),
        Body::ReviewRecord(review) => (
            review_words(review),
            review.language.as_ref(),
            review.claim_text.words(),
        ),
        _ => return Ok(None),
    };
    words.extend(statement.label.as_ref().map(ToString::to_string));
    if let Body::SourceAdd(_) | Body::ReviewRecord(_) = &statement.body {
        let shown = statement.body.addresses().into_iter().map(|url| {
            let url = url.as_str();
            url.split_once("://").map_or(url, |(_, rest)| rest)
        });
        let shown: BTreeSet<&str> = shown.collect();
        words.extend(shown.into_iter().map(str::to_owned));
    }
    let by = session.view().person(&statement.key)?;
    Ok(Some(FullTextDocument {
        entry,
        by: entry,
        statement_type: statement.statement_type,
        part: Part::Own,
        digests: Vec::new(),
        words: words.join(BETWEEN),
        language: language.map(ToString::to_string),
        claim: claim.map(str::to_owned),
        organisation: by.map(|(_, organisation)| organisation.to_string()),
        topics: topics(session, &statement.body)?,
        addresses: addresses(session, &statement.body)?,
    }))
}

/// What a claim is about, and so what a verdict or a review of it is about; folded.
fn topics(session: &Session, body: &Body) -> Result<Vec<String>, Error> {
    let named = |claim: &StatementId| {
        Ok::<_, Error>(match said(session, claim)? {
            Some(Body::ClaimAdd(claim)) => folded_topics(&claim),
            _ => Vec::new(),
        })
    };
    match body {
        Body::ClaimAdd(claim) => Ok(folded_topics(claim)),
        Body::VerdictIssue(verdict) => named(&verdict.claim),
        Body::ReviewRecord(review) => review.claim.as_ref().map_or(Ok(Vec::new()), named),
        _ => Ok(Vec::new()),
    }
}

fn folded_topics(claim: &Claim) -> Vec<String> {
    let topics = claim.topics.iter();
    topics.map(|topic| fold(topic.as_str())).collect()
}

/// Where it was published, in the form in which addresses are compared; a claim, where the sources of its occasion were.
pub(super) fn addresses(session: &Session, body: &Body) -> Result<Vec<String>, Error> {
    let own = |body: &Body| -> BTreeSet<String> {
        let urls = body.addresses().into_iter();
        urls.map(|url| unicode::address(url.as_str())).collect()
    };
    let mut all = BTreeSet::new();
    match body {
        Body::SourceAdd(_) | Body::ReviewRecord(_) => all = own(body),
        Body::ClaimAdd(claim) => {
            for source in &claim.appeared_in {
                all.extend(said(session, source)?.iter().flat_map(own));
            }
        }
        _ => {}
    }
    Ok(all.into_iter().collect())
}

fn said(session: &Session, id: &StatementId) -> Result<Option<Body>, Error> {
    Ok(match session.view().statement(id)? {
        Some(fact) => Some(session.statement(fact.index)?.body.clone()),
        None => None,
    })
}

fn claim_words(claim: &Claim) -> Vec<String> {
    let original = claim.original.as_ref().map(|original| &original.text);
    let mut all = open(std::iter::once(&claim.text).chain(original));
    if let Claimants::Named(named) = &claim.claimants {
        let name = |one: &Claimant| open(std::iter::once(&one.name).chain(&one.role)).join(", ");
        all.extend(named.iter().map(name));
    }
    all.extend(claim.topics.iter().map(|topic| topic.as_str().to_owned()));
    all
}

fn source_words(source: &Source) -> Vec<String> {
    let mut all = open([&source.title]);
    all.extend(open(
        std::iter::once(&source.publisher).chain(&source.authors),
    ));
    all
}

fn verdict_words(verdict: &Verdict) -> Vec<String> {
    open(std::iter::once(&verdict.reasons).chain(&verdict.limits))
}

fn review_words(review: &Review) -> Vec<String> {
    let mut all = open([&review.claim_text]);
    all.extend(open([&review.author]));
    all.extend(open([&review.rating.label]));
    all
}

/// The words of fields that are not sealed.
fn open<'a, const MAX: usize, const VERBATIM: bool>(
    fields: impl IntoIterator<Item = &'a FreeText<MAX, VERBATIM>>,
) -> Vec<String> {
    let words = fields.into_iter().filter_map(FreeText::words);
    words.map(str::to_owned).collect()
}

/// What separates two fields in a passage.
const BETWEEN: &str = " \u{b7} ";
