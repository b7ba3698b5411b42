//! Verdicts, or corrections of them, as a feed.

use super::house::House;
use super::site::HouseSite;
use super::verdicts::{self, KeptBack};
use crate::app::read::line::instant;
use crate::app::{Error, Session};
use crate::formats::feeds::{Feed, FeedItem};
use crate::formats::own_review::{OwnCorrection, OwnReview};
use claimledger_core::EntryIndex;

/// A feed, and the verdicts that are not in it.
pub struct PublishedFeed {
    /// The feed.
    pub feed: Feed,
    /// Verdicts that stay in.
    pub kept_back: KeptBack,
}

/// What a feed has, and the name of its file below a site.
pub struct FeedQuery<'q> {
    /// The organisation.
    pub house: &'q House,
    /// Where it is published.
    pub site: Option<&'q HouseSite>,
    /// Corrections and what no longer stands, instead of all verdicts.
    pub corrections: bool,
    /// The ending of the file's name.
    pub ending: &'q str,
}

/// Collects a feed, newest first. Ids are those of statements, so that a reader meets each once, whatever changes.
pub fn feed(session: &Session, query: &FeedQuery<'_>) -> Result<PublishedFeed, Error> {
    let found = verdicts::verdicts(session, query.house, None, query.site)?;
    Ok(PublishedFeed {
        feed: of(session, query, &found.reviews)?,
        kept_back: found.kept_back,
    })
}

/// A feed of these verdicts, given in the order of the log.
pub fn of(session: &Session, query: &FeedQuery<'_>, reviews: &[OwnReview]) -> Result<Feed, Error> {
    let mut items: Vec<FeedItem> = if query.corrections {
        reviews.iter().flat_map(corrections).collect()
    } else {
        reviews.iter().map(item).collect()
    };
    // The log's order, reversed: of items of one second the later entry comes first.
    items.reverse();
    items.sort_by(|one, other| other.updated.cmp(&one.updated));
    let author = &query.house.author;
    let ledger = session.statement(EntryIndex::FIRST)?;
    let what = if query.corrections {
        "corrections"
    } else {
        "verdicts"
    };
    let newest = items.first().map(|item| item.updated.clone());
    let file = if query.corrections { what } else { "feed" };
    let name = format!("{file}.{}", query.ending);
    Ok(Feed {
        id: format!("{}:{}:{what}", urn(&ledger.id().to_string()), author.short),
        title: format!("{}: {what}", author.name),
        author: author.name.clone(),
        home: query
            .site
            .map(HouseSite::home)
            .or_else(|| author.url.clone()),
        address: query.site.map(|site| site.file(&name)),
        updated: newest.unwrap_or_else(|| instant(ledger.time)),
        items,
    })
}

fn urn(id: &str) -> String {
    format!("urn:claimledger:{id}")
}

fn item(review: &OwnReview) -> FeedItem {
    let (rating, standing) = (&review.rating, &review.standing);
    let (title, summary) = if standing.stands {
        (
            format!("{}: {}", rating.label, review.claim.text),
            format!("{} ({}); {}", rating.label, rating.scale, standing.words),
        )
    } else {
        (
            format!("No longer stands: {}", review.claim.text),
            format!("{}; it was: {}", standing.words, rating.label),
        )
    };
    let mut paragraphs = vec![summary.clone()];
    paragraphs.extend(standing.reason.clone());
    paragraphs.extend(review.reasons.clone());
    paragraphs.extend(review.limits.clone());
    let wrong = review.corrections.iter().filter_map(|one| one.text.clone());
    paragraphs.extend(wrong.filter(|text| standing.reason.as_ref() != Some(text)));
    let rated = standing.stands.then(|| rating.label.clone());
    FeedItem {
        id: urn(&review.id),
        title,
        url: review.url.clone(),
        published: review.signed.clone(),
        updated: review.changed.clone(),
        language: review.language.clone(),
        summary,
        text: paragraphs.join("\n\n"),
        tags: rated
            .into_iter()
            .chain(review.claim.topics.clone())
            .collect(),
        standing: standing.word.clone(),
    }
}

/// What was corrected of a verdict and of its claim, and what became of it.
fn corrections(review: &OwnReview) -> Vec<FeedItem> {
    let all = review.corrections.iter().chain(&review.claim.corrections);
    all.map(|one| correction(review, one)).collect()
}

fn correction(review: &OwnReview, correction: &OwnCorrection) -> FeedItem {
    let claim = &review.claim.text;
    let what = match &*correction.kind {
        "typo" => "A slip of the pen",
        "clarification" => "Clarified",
        "update" => "Updated",
        "correction" => "Corrected",
        "ratingChange" => "The rating changed",
        "withdrawn" => "Withdrawn",
        _ => "No longer stands",
    };
    let now = if review.standing.stands {
        format!("It stands now as: {}.", review.rating.label)
    } else {
        format!("It does not stand: {}.", review.standing.words)
    };
    let wrong = correction.text.clone();
    let text: Vec<String> = wrong.iter().cloned().chain([now.clone()]).collect();
    FeedItem {
        id: format!("{}:correction", urn(&correction.of)),
        title: format!("{what}: {claim}"),
        url: review.url.clone(),
        published: correction.on.clone(),
        updated: correction.on.clone(),
        language: review.language.clone(),
        summary: wrong.unwrap_or(now),
        text: text.join("\n\n"),
        tags: vec![correction.kind.clone()],
        standing: review.standing.word.clone(),
    }
}
