//! Verdicts and recorded reviews as one document of ClaimReview markup, or as a feed of it.

use super::house::House;
use super::reviews::{self, ReviewCounts};
use super::site::HouseSite;
use super::verdicts::{self, KeptBack, PublishedVerdicts};
use crate::app::read::line::instant;
use crate::app::{Error, Session};
use crate::formats::claimreview::{author_node, own_node};
use crate::formats::json::VerbatimJson;
use crate::formats::own_review::OwnReview;
use crate::formats::schema_org::vocabulary::{DataFeedItemNode, DataFeedNode, document};
use serde::Serialize;

/// What goes out.
pub struct ClaimReviewQuery<'q> {
    /// The organisation.
    pub house: &'q House,
    /// Only what is about these claims; none: about all.
    pub claims: &'q [String],
    /// Where it is published.
    pub site: Option<&'q HouseSite>,
    /// Whether recorded reviews of others go out too.
    pub reviews: bool,
}

/// A document of ClaimReview markup.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimReviewDocument {
    /// The document.
    pub document: VerbatimJson,
    /// What it has, and what stays in.
    pub counts: PublishedCounts,
}

/// What goes out, and what stays in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PublishedCounts {
    /// Verdicts that stand.
    pub standing: u64,
    /// Verdicts that no longer stand, exported as such.
    pub not_standing: u64,
    /// Verdicts in the document that have no address.
    pub without_address: u64,
    /// Verdicts that stay in.
    pub kept_back: KeptBack,
    /// Recorded reviews in the document.
    pub reviews: u64,
    /// What of the recorded reviews stays in, or comes without its markup.
    pub review_counts: ReviewCounts,
}

/// The markup: of one review the object itself, otherwise a `@graph` of all.
pub fn markup(
    session: &Session,
    query: &ClaimReviewQuery<'_>,
) -> Result<ClaimReviewDocument, Error> {
    let (verdicts, others, counts) = collect(session, query)?;
    let own = verdicts.reviews.iter().map(|one| own_node(one).into());
    let mut nodes: Vec<VerbatimJson> = own.chain(others).collect();
    let whole = if nodes.len() == 1 {
        nodes.remove(0)
    } else {
        VerbatimJson::List(nodes)
    };
    Ok(ClaimReviewDocument {
        document: document(whole),
        counts,
    })
}

/// The same as a feed (schema.org `DataFeed`), as Data Commons reads it.
pub fn feed(session: &Session, query: &ClaimReviewQuery<'_>) -> Result<ClaimReviewDocument, Error> {
    let (verdicts, others, counts) = collect(session, query)?;
    let last = session.head().size.last();
    let last = last.map(|entry| session.statement(entry)).transpose()?;
    let last = last.map(|said| instant(said.time));
    Ok(ClaimReviewDocument {
        document: feed_of(query.house, &verdicts.reviews, others, last),
        counts,
    })
}

/// A feed of these verdicts and recorded reviews; `modified` is when the feed changed last.
pub fn feed_of(
    house: &House,
    reviews: &[OwnReview],
    others: Vec<VerbatimJson>,
    modified: Option<String>,
) -> VerbatimJson {
    let own = reviews.iter().map(|one| {
        let ended = (!one.standing.stands).then(|| ended_on(one));
        DataFeedItemNode::default()
            .date_created([one.signed.clone()])
            .date_modified([one.changed.clone()])
            .date_deleted(ended.flatten())
            .item([own_node(one).into()])
    });
    let others = others.into_iter();
    let others = others.map(|node| DataFeedItemNode::default().item([node]));
    let elements: Vec<VerbatimJson> = own.chain(others).map(VerbatimJson::from).collect();
    let feed = DataFeedNode::default()
        .name([format!("Fact-checks of {}", house.author.name)])
        .author([author_node(&house.author)])
        .date_modified(modified)
        .data_feed_element([VerbatimJson::List(elements)]);
    document(feed)
}

/// Since when a review does not stand.
fn ended_on(review: &OwnReview) -> Option<String> {
    review.corrections.first().map(|first| first.on.clone())
}

type Collected = (PublishedVerdicts, Vec<VerbatimJson>, PublishedCounts);

fn collect(session: &Session, query: &ClaimReviewQuery<'_>) -> Result<Collected, Error> {
    let forms = verdicts::forms(session, query.claims)?;
    let verdicts = verdicts::verdicts(session, query.house, forms.as_ref(), query.site)?;
    let mut counts = PublishedCounts {
        kept_back: verdicts.kept_back,
        ..PublishedCounts::default()
    };
    for review in &verdicts.reviews {
        *if review.standing.stands {
            &mut counts.standing
        } else {
            &mut counts.not_standing
        } += 1;
        counts.without_address += u64::from(review.url.is_none());
    }
    let mut others = Vec::new();
    if query.reviews {
        let published = reviews::reviews(session, forms.as_ref())?;
        counts.reviews = published.nodes.len() as u64;
        counts.review_counts = published.counts;
        others = published.nodes;
    }
    Ok((verdicts, others, counts))
}
