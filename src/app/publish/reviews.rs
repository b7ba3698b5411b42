//! Recorded reviews of others as they go out: as they were published, with the id of our record beside their own identifiers.

use super::originals::{ByFile, originals};
use crate::app::read::listed::Which;
use crate::app::read::show;
use crate::app::{Error, Session};
use crate::formats::json::VerbatimJson;
use crate::formats::schema_org::own_property::{OwnProperty, identifier};
use crate::formats::schema_org::vocabulary::{ClaimReviewNode, OrganizationNode, RatingNode};
use claimledger_core::EntryIndex;
use claimledger_core::model::foreign::Review;
use claimledger_core::model::{Body, FreeText, StatementId, StatementType, VerbatimLine};
use claimledger_core::rules::View as _;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Recorded reviews that go out.
#[derive(Debug, Clone, Default)]
pub struct PublishedReviews {
    /// Each as markup, oldest first.
    pub nodes: Vec<VerbatimJson>,
    /// What of them stays in, or comes without its markup.
    pub counts: ReviewCounts,
}

/// What of the recorded reviews stays in, or goes out without its markup.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewCounts {
    /// Records that were withdrawn, superseded or are distrusted.
    pub not_live: u64,
    /// Records with sealed words.
    pub sealed: u64,
    /// Their markup is not kept, is withheld, or was no ClaimReview: they have the fields of the record alone.
    pub without_markup: u64,
}

/// The recorded reviews in force; with forms of claims only those about these.
pub fn reviews(
    session: &Session,
    about: Option<&BTreeSet<EntryIndex>>,
) -> Result<PublishedReviews, Error> {
    let listed = show::list(session, StatementType::ReviewRecord, Which::default())?;
    let mut published = PublishedReviews::default();
    published.counts.not_live = listed.not_shown.total();
    let mut records: BTreeMap<EntryIndex, (StatementId, Review)> = BTreeMap::new();
    for line in listed.found {
        let said = session.statement_once(line.index)?;
        let Body::ReviewRecord(review) = &said.body else {
            continue;
        };
        let claim = match &review.claim {
            Some(id) => session.view().statement(id)?.map(|fact| fact.index),
            None => None,
        };
        let asked = about.is_none_or(|about| claim.is_some_and(|claim| about.contains(&claim)));
        if asked {
            records.insert(line.index, (said.id(), review.as_ref().clone()));
        }
    }
    let mut files = ByFile::new();
    for (entry, (_, review)) in &records {
        let file = files.entry(review.raw.sha256).or_default();
        file.push((*entry, review));
    }
    let mut markup = originals(session, &files)?;
    for (entry, (id, review)) in &records {
        let id = identifier(
            OwnProperty::Statement,
            id.to_string(),
            None,
            beside(session, *entry, review),
        );
        match (markup.remove(entry), fields(review)) {
            (Some(VerbatimJson::Object(members)), _) => {
                published.nodes.push(with_identifier(members, id.into()));
            }
            (_, Some(node)) => {
                published.counts.without_markup += 1;
                published.nodes.push(node.identifier([id]).into());
            }
            (_, None) => published.counts.sealed += 1,
        }
    }
    Ok(published)
}

fn beside(session: &Session, entry: EntryIndex, review: &Review) -> Vec<(OwnProperty, String)> {
    let mut beside = vec![
        (OwnProperty::Ledger, session.head().origin.to_string()),
        (OwnProperty::Entry, entry.to_string()),
        (OwnProperty::RawSha256, review.raw.sha256.to_string()),
    ];
    let at = review.raw.at.as_ref().and_then(FreeText::words);
    beside.extend(at.map(|at| (OwnProperty::RawAt, at.to_owned())));
    beside
}

/// Markup with our identifier after its own.
fn with_identifier(mut members: Vec<(String, VerbatimJson)>, id: VerbatimJson) -> VerbatimJson {
    match members.iter_mut().find(|(name, _)| name == "identifier") {
        Some((_, own)) => {
            let mut all = own.items().to_vec();
            all.push(id);
            *own = VerbatimJson::List(all);
        }
        None => members.push(("identifier".to_owned(), id)),
    }
    VerbatimJson::Object(members)
}

/// A review with the fields of its record, each as it was spelled; none if one that markup must have is sealed.
fn fields(review: &Review) -> Option<ClaimReviewNode> {
    let rating = &review.rating;
    let number = |field: &Option<VerbatimLine>| {
        let spelled = field.as_ref().and_then(FreeText::words);
        spelled.map(|spelled| VerbatimJson::from(spelled.to_owned()))
    };
    let author = OrganizationNode::default().name([review.author.words()?.to_owned()]);
    let rating = RatingNode::default()
        .alternate_name([rating.label.words()?.to_owned()])
        .rating_value(number(&rating.value))
        .best_rating(number(&rating.best))
        .worst_rating(number(&rating.worst));
    let published = review.published.as_ref().and_then(FreeText::words);
    let node = ClaimReviewNode::default()
        .url([review.url.to_string()])
        .claim_reviewed([review.claim_text.words()?.to_owned()])
        .review_rating([rating])
        .author([author])
        .date_published(published.map(str::to_owned))
        .in_language(review.language.as_ref().map(ToString::to_string));
    Some(node)
}
